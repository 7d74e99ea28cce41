"""The descriptor: read, and refused with every fault."""

import json

import pytest

from regionkit.errors import PackError
from regionkit.pack.schema import embedded_packs, find_pack, read_descriptor


def edit(pack, change):
    path = pack.folder / "datapackage.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def resource(raw, name="zones"):
    return next(table for table in raw["resources"] if table["name"] == name)


def faults(pack):
    with pytest.raises(PackError, match=r"datapackage.json has \d+ faults") as raised:
        read_descriptor(pack.folder)
    assert {fault.file for fault in raised.value.faults} == {"datapackage.json"}
    assert all(fault.mend for fault in raised.value.faults)
    return [(fault.column, fault.what) for fault in raised.value.faults]


def test_the_embedded_pack_by_id_folder_and_descriptor():
    assert find_pack("liaoning") == embedded_packs()["liaoning"]
    descriptor = read_descriptor("liaoning")
    assert read_descriptor(descriptor.folder) == descriptor
    assert read_descriptor(descriptor.folder / "datapackage.json") == descriptor
    assert descriptor.region["adcode"] == "210000"


def test_columns_have_titles_and_enumerations_labels():
    for table in read_descriptor("liaoning").tables.values():
        for column in table.fields:
            where = f"{table.name}.{column.name}"
            assert column.title, where
            allowed = column.constraints.get("enum")
            assert allowed is None or list(column.labels) == allowed, where
            assert table[column.name] is column


def test_no_such_pack(tmp_path):
    with pytest.raises(
        PackError, match=r"'.*' is neither an embedded pack \(liaoning.*new-pack PROVINCE FOLDER"
    ):
        read_descriptor(tmp_path)


@pytest.mark.parametrize("text", ["{", "\ufeff{}", b"\xff\xfe{}"])
def test_no_json(pack, text):
    path = pack.folder / "datapackage.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PackError, match=r"datapackage.json is not readable JSON \(.*new-pack"):
        read_descriptor(pack.folder)


@pytest.mark.parametrize("text", ["[]", "{}", '{"resources": {}}', "3"])
def test_no_package(pack, text):
    (pack.folder / "datapackage.json").write_text(text)
    assert faults(pack) == [("resources", "is missing or no list.")]


@pytest.mark.parametrize(
    "region", [None, [], {"id": "x", "adcode": "220000"}, {"id": 1, "adcode": 2, "name": 3}]
)
def test_no_region(pack, region):
    edit(pack, lambda raw: raw.update(region=region))
    assert faults(pack) == [("region", "must give id, adcode and name.")]


def test_a_region_that_is_no_province(pack):
    edit(pack, lambda raw: raw["region"].update(adcode="210100"))
    assert faults(pack) == [("region", "has the adcode '210100', which no province has.")]


@pytest.mark.parametrize(
    "path",
    [
        "../zones.csv",
        "/etc/passwd",
        "a/../../zones.csv",
        "a/../zones.csv",
        "https://example.org/zones.csv",
        "file:///etc/passwd",
        "C:\\zones.csv",
        "C:zones.csv",
        "..\\zones.csv",
        ["zones.csv"],
        None,
    ],
)
def test_files_outside_the_folder_are_refused(pack, path):
    edit(pack, lambda raw: resource(raw).update(path=path))
    (column, what) = faults(pack)[0]
    assert column.endswith(".path")
    assert what == f"is {path!r}, which is not a plain file inside the pack's folder."


@pytest.mark.parametrize("target", ["/etc/hostname", "../outside.csv"])
def test_links_out_of_the_folder_are_refused(pack, target):
    (pack.folder.parent / "outside.csv").write_text("secret")
    pack.path("zones").unlink()
    pack.path("zones").symlink_to(target)
    assert faults(pack)[0][1].startswith("is 'zones.csv', which is not a plain file inside")


def test_a_folder_that_is_a_link_itself_will_do(pack, tmp_path):
    (tmp_path / "link").symlink_to(pack.folder)
    assert read_descriptor(tmp_path / "link").region["id"] == "liaoning"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda raw: resource(raw).pop("name"), "has no name."),
        (lambda raw: resource(raw).update(name="places"), "is a second table 'places'."),
        (lambda raw: resource(raw).update(schema="schema.json"), "has no fields."),
        (lambda raw: resource(raw)["schema"].update(fields=3), "has no fields."),
        (lambda raw: resource(raw)["schema"]["fields"].append({}), "has a field without a name."),
        (
            lambda raw: resource(raw)["schema"].update(primaryKey=["nothing"]),
            "has the primary key ['nothing'], which is none of its fields.",
        ),
        (
            lambda raw: resource(raw)["schema"].pop("primaryKey"),
            "has the primary key [], which is none of its fields.",
        ),
    ],
)
def test_tables_described_badly(pack, change, what):
    edit(pack, change)
    assert what in [said for _, said in faults(pack)]


def test_all_faults_at_once(pack):
    def change(raw):
        raw["region"] = {}
        resource(raw, "zones")["path"] = "../zones.csv"
        resource(raw, "tasks")["path"] = "http://example.org/tasks.csv"
        resource(raw, "places").pop("name")

    edit(pack, change)
    assert len(faults(pack)) == 4
