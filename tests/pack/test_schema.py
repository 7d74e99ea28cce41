"""The descriptor: read, and refused with every fault."""

import json
import os

import pytest

from regionkit.errors import PackError
from regionkit.pack import conformance
from regionkit.pack.model import SCHEMA_VERSION, list_tables
from regionkit.pack.schema import embedded_packs, find_pack, read_descriptor


def edit(pack, change):
    path = pack.folder / "datapackage.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")


def resource(raw, name="zones"):
    return next(table for table in raw["resources"] if table["name"] == name)


def faults(pack):
    with pytest.raises(PackError, match=r"Faults in .*datapackage.json: \d+\.") as raised:
        read_descriptor(pack.folder)
    assert {fault.file for fault in raised.value.faults} == {"datapackage.json"}
    assert all(fault.mend for fault in raised.value.faults)
    return [(fault.column, str(fault.what)) for fault in raised.value.faults]


def test_the_embedded_pack_by_id_folder_and_descriptor():
    assert find_pack("liaoning") == embedded_packs()["liaoning"]
    descriptor = read_descriptor("liaoning")
    assert read_descriptor(descriptor.folder) == descriptor
    assert read_descriptor(descriptor.folder / "datapackage.json") == descriptor
    assert descriptor.region["adcode"] == "210000"


def test_the_schema_is_whole():
    tables = list_tables()
    for table in tables.values():
        assert table.title, table.name
        assert set(table.primary_key) <= set(table.columns), table.name
        assert len(set(table.columns)) == len(table.columns), table.name
        for key in table.foreign_keys:
            other = tables[key.table]
            assert set(key.columns) <= set(table.columns)
            assert set(key.other_columns) <= set(other.primary_key), (table.name, key)
        for column in table.fields:
            where = f"{table.name}.{column.name}"
            assert column.title, where
            assert column.type in {"string", "integer", "number", "boolean", "list"}, where
            assert table[column.name] is column
            if column.references:
                name, key = column.references.split(".")
                assert key in tables[name].primary_key, where


def test_every_pattern_has_words():
    fields = [column for table in list_tables().values() for column in table.fields]
    assert {column.pattern for column in fields if column.pattern} <= set(conformance._FORMS)


def test_no_province_is_named_in_the_schema():
    text = str(list_tables())
    for word in ("辽", "沈", "一圈一带两区", "东北", "iaoning"):
        assert word not in text


def test_no_such_pack(tmp_path):
    with pytest.raises(
        PackError, match=r"'.*' is neither an embedded pack \(liaoning.*new-pack PROVINCE"
    ):
        read_descriptor(tmp_path)


@pytest.mark.parametrize("text", ["{", b"\xff\xfe{}", "[" * 100_000])
def test_no_json(pack, text):
    path = pack.folder / "datapackage.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(PackError, match=r"datapackage.json is not readable JSON \(.*new-pack"):
        read_descriptor(pack.folder)


@pytest.mark.parametrize("text", ["[]", "3"])
def test_no_package(pack, text):
    (pack.folder / "datapackage.json").write_text(text)
    assert faults(pack) == [("", "is no object.")]


@pytest.mark.parametrize(
    "region", [None, [], {"id": "x", "adcode": "220000"}, {"id": 1, "adcode": 2, "name": 3}]
)
def test_no_region(pack, region):
    edit(pack, lambda raw: raw.update(region=region))
    said = "must give id, adcode and name; one of several units their codes as units."
    assert faults(pack) == [("region", said)]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"adcode": "210199"}, "210199"),
        ({"units": ["210000", "999999"]}, "999999"),
        ({"units": []}, ""),
        ({"units": "2"}, "2"),
    ],
)
def test_a_region_that_is_no_unit(pack, change, told):
    edit(pack, lambda raw: raw["region"].update(change))
    assert faults(pack) == [("region", f"has the adcode {told!r}, which no unit has.")]


@pytest.mark.parametrize("version", [0, -1, "1", 1.0, True])
def test_no_version(pack, version):
    edit(pack, lambda raw: raw.update(schema_version=version))
    assert faults(pack) == [
        ("schema_version", f"is {version!r}, which is no version of the schema.")
    ]


def test_a_version_to_come(pack):
    edit(pack, lambda raw: raw.update(schema_version=SCHEMA_VERSION + 1))
    assert faults(pack) == [("schema_version", "is 2; this regionkit knows 1 and those before it.")]


def test_neither_version_nor_tables(pack):
    edit(pack, lambda raw: raw.pop("schema_version"))
    assert faults(pack) == [("schema_version", "is missing.")]


def test_a_province_has_words_of_its_own(pack):
    edit(pack, lambda raw: raw.update(words={"zones.kind": {"strategic": "四大板块"}}))
    labels = read_descriptor(pack.folder).labels("zones", "kind")
    assert labels["strategic"] == "四大板块"
    assert labels["core"] == "核心"
    assert list_tables()["zones"]["kind"].labels["strategic"] == "战略分区"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ([], "is no object."),
        ({"zones": {}}, "has 'zones', which is no table.column of fixed values."),
        ({"zones.name": {}}, "has 'zones.name', which is no table.column of fixed values."),
        ({"zones.kind": 3}, "has 'zones.kind', which is no table.column of fixed values."),
        ({"zones.kind": {"big": "大"}}, "gives zones.kind a word for 'big', which is none of its"),
        ({"zones.kind": {"core": 1}}, "gives zones.kind a word for 'core', which is none of its"),
    ],
)
def test_words_for_nothing(pack, words, what):
    edit(pack, lambda raw: raw.update(words=words))
    ((column, said),) = faults(pack)
    assert column == "words"
    assert said.startswith(what)


BAD_PATHS = [
    "../zones.csv",
    "/etc/passwd",
    "a/../../zones.csv",
    "a/../zones.csv",
    "https://example.org/zones.csv",
    "file:///etc/passwd",
    "C:\\zones.csv",
    "C:zones.csv",
    "..\\zones.csv",
    "",
    ".",
    "zones\x00.csv",
    "\ud800.csv",
    "z" * 5000,
    "区" * 83 + ".csv.csv.csv",
    ["zones.csv"],
    None,
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_files_outside_the_folder_are_refused(old_pack, path):
    edit(old_pack, lambda raw: resource(raw).update(path=path))
    (column, what) = faults(old_pack)[0]
    assert column.endswith(".path")
    assert what == f"is {path!r}, which is not a plain file inside the pack's folder."


@pytest.mark.parametrize("target", ["/etc/hostname", "../outside.csv"])
def test_links_out_of_the_folder_are_refused(pack, old_pack, target):
    (pack.folder.parent / "outside.csv").write_text("secret")
    for one in (pack, old_pack):
        one.path("zones").unlink()
        one.path("zones").symlink_to(target)
    assert faults(pack) == [("zones", "zones.csv leads out of the pack's folder.")]
    assert faults(old_pack)[0][1].startswith("is 'zones.csv', which is not a plain file inside")


@pytest.mark.parametrize("kind", ["pipe", "circle"])
def test_a_pipe_and_a_circle_of_links_are_no_tables(pack, kind):
    pack.path("zones").unlink()
    if kind == "pipe":
        os.mkfifo(pack.path("zones"))
    else:
        pack.path("zones").symlink_to("zones.csv")
    assert faults(pack) == [("zones", "zones.csv leads out of the pack's folder.")]


@pytest.mark.parametrize(
    "name", ["x/../../outside/pwned", "..", "", "a b", "a\x00b", "\ud800", "a" * 5000, "辽宁", "A"]
)
def test_an_id_is_a_name_for_files(pack, name):
    edit(pack, lambda raw: raw["region"].update(id=name))
    ((column, said),) = faults(pack)
    assert column == "region"
    assert said.endswith("which is no name for files.")
    assert len(said) < 200


def test_a_code_beside_several_units_is_one_of_them_all(pack):
    edit(pack, lambda raw: raw["region"].update(units=["210000"], adcode="../x"))
    assert faults(pack) == [("region", "has the adcode '../x', which no unit has.")]
    edit(pack, lambda raw: raw["region"].update(units=[210000], adcode="210000"))
    assert faults(pack)[0][0] == "region"


@pytest.mark.parametrize("name", ["x" * 5000, "a\x00b", "\ud800", "", "a/" * 3000])
def test_a_name_that_no_file_can_have_is_no_pack(name):
    with pytest.raises(PackError, match="is neither an embedded pack"):
        read_descriptor(name)


def test_a_folder_that_is_a_link_itself_will_do(pack, tmp_path):
    (tmp_path / "link").symlink_to(pack.folder)
    assert read_descriptor(tmp_path / "link").region["id"] == "liaoning"


def test_all_faults_at_once(old_pack):
    def change(raw):
        raw["region"] = {}
        resource(raw, "zones")["path"] = "../zones.csv"
        resource(raw, "tasks")["path"] = "http://example.org/tasks.csv"
        resource(raw, "sources")["name"] = "places"
        raw["resources"][1].pop("name")

    edit(old_pack, change)
    assert [column for column, _ in faults(old_pack)] == [
        "region", "resources[2]", "resources[5]", "resources[6].path", "resources[21].path",
    ]  # fmt: skip
