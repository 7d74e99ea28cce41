"""A pack from before there were versions is read, says the same, and is written anew."""

import json

import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import OutputError, PackError
from regionkit.pack.check import check_pack
from regionkit.pack.pack import Pack
from regionkit.pack.schema import read_descriptor
from regionkit.pack.write import update_pack, write_self_contained


def edit(pack, change):
    path = pack.folder / "datapackage.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    change({table["name"]: table for table in raw["resources"]}, raw)
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")


def field(tables, table, name):
    return next(one for one in tables[table]["schema"]["fields"] if one["name"] == name)


def frames(pack):
    opened = Pack.open(pack.folder)
    return {name: opened.table(name) for name in opened.tables}


def test_it_is_read_as_it_stands(old_pack):
    assert check_pack(old_pack.folder) == []
    region = rk.load(old_pack.folder)
    assert region.zones_of("210281") == ("east-zone", "west-zone")
    assert region.projects["capacity_value"].tolist() == [120.5, 30]
    assert region.projects["capacity_unit"].tolist() == ["公里", "万千瓦"]
    assert region.labels("zones", "kind")["strategic"] == "一圈一带两区"
    # Nothing is written by reading.
    assert "schema_version" not in (old_pack.folder / "datapackage.json").read_text("utf-8")


def test_a_capacity_becomes_a_value_with_the_sources_of_its_project(old_pack):
    values = frames(old_pack)["project_values"].set_index("project_id")
    assert values["measure"].to_dict() == {"a-line": "size", "b-site": "installed"}
    assert values["value"].to_dict() == {"a-line": 120.5, "b-site": 30}
    assert set(values["source_id"]) == {"plan"}
    assert set(values["locator"]) == {"第一章/1"}
    assert set(values["basis"]) == {"stated"}


def test_the_places_of_a_project_take_its_source(old_pack):
    opened = Pack.open(old_pack.folder)
    projects = opened.table("projects").set_index("project_id")
    places = opened.table("project_places")
    assert len(places) == 3
    for column in ("source_id", "locator"):
        assert places[column].tolist() == projects.loc[places["project_id"], column].tolist()


def test_it_is_written_anew_and_says_the_same(old_pack):
    before = frames(old_pack)
    written = update_pack(old_pack.folder)
    assert {"datapackage.json", "projects.csv", "project_values.csv", "kinds.csv"} <= set(written)
    # Tables that are as they were are left alone.
    assert "zones.csv" not in written
    raw = json.loads((old_pack.folder / "datapackage.json").read_text(encoding="utf-8"))
    assert raw["schema_version"] == 1
    assert raw["words"]["zones.kind"] == {"strategic": "一圈一带两区"}
    assert "resources" not in raw
    assert old_pack.rows("project_values")[1][:4] == ["a-line", "size", "120.50", "公里"]
    assert not {"capacity_value", "capacity_unit"} & set(old_pack.rows("projects")[0])
    after = frames(old_pack)
    assert list(after) == list(before)
    for name, frame in after.items():
        pd.testing.assert_frame_equal(frame, before[name])
    assert check_pack(old_pack.folder) == []
    assert update_pack(old_pack.folder) == []


def test_a_pack_that_is_broken_off_while_written_loses_nothing(old_pack, monkeypatch):
    order = []
    monkeypatch.setattr("pathlib.Path.replace", lambda path, _: order.append(path.name))
    update_pack(old_pack.folder)
    # What is new, then the descriptor that speaks of it, then what loses columns.
    at = order.index("datapackage.json")
    assert "project_values.csv" in order[:at]
    assert "projects.csv" in order[at:]


@pytest.mark.parametrize("write", [update_pack, write_self_contained])
def test_a_file_that_is_no_table_is_not_written_over(old_pack, write):
    path = old_pack.path("words")
    path.write_text("my own words", encoding="utf-8")
    with pytest.raises(OutputError, match=r"words.csv is no table of this pack.*Move it away"):
        write(old_pack.folder)
    assert path.read_text(encoding="utf-8") == "my own words"
    assert not old_pack.path("kinds").exists()
    path.unlink()
    write(old_pack.folder)
    assert len(old_pack.rows("words")) == 1


def test_a_pack_with_faults_is_not_written(old_pack):
    old_pack.set("zones", 2, "kind", "big")
    before = {path.name: path.read_bytes() for path in old_pack.folder.iterdir()}
    with pytest.raises(PackError, match=r": 1. Nothing was written. Mend them first:"):
        update_pack(old_pack.folder)
    assert {path.name: path.read_bytes() for path in old_pack.folder.iterdir()} == before


def test_tables_and_columns_that_came_later_are_empty(old_pack):
    def change(tables, raw):
        raw["resources"].remove(tables["changes"])
        fields = tables["aliases"]["schema"]["fields"]
        fields.remove(field(tables, "aliases", "area"))

    edit(old_pack, change)
    old_pack.path("changes").unlink()
    rows = old_pack.rows("aliases")
    at = rows[0].index("area")
    old_pack.write("aliases", [[*row[:at], *row[at + 1 :]] for row in rows])
    assert check_pack(old_pack.folder) == []
    tables = frames(old_pack)
    assert len(tables["changes"]) == 0
    assert tables["aliases"]["area"].isna().all()
    # What its descriptor promises has to be there.
    rows = old_pack.rows("aliases")
    old_pack.write("aliases", [row[:-1] for row in rows])
    assert [str(fault) for fault in check_pack(old_pack.folder)] == [
        "aliases.csv, row 1, column note: is missing. Add the column to the header."
    ]


def test_kinds_and_words_of_its_own_come_along(old_pack):
    def change(tables, _):
        field(tables, "projects", "kind")["labels"]["launch-site"] = "航天发射场"
        field(tables, "projects", "kind")["labels"]["wind"] = "风力发电"
        field(tables, "projects", "domain")["labels"]["space"] = "航天"
        field(tables, "targets", "nature")["labels"]["binding"] = "硬约束"

    edit(old_pack, change)
    old_pack.set("projects", 3, "domain", "space")
    old_pack.set("projects", 3, "kind", "launch-site")
    assert check_pack(old_pack.folder, places=False) == []
    update_pack(old_pack.folder)
    labels = read_descriptor(old_pack.folder).labels
    assert labels("projects", "kind")["launch-site"] == "航天发射场"
    assert labels("projects", "kind")["wind"] == "风力发电"
    assert labels("projects", "domain")["space"] == "航天"
    assert labels("targets", "nature")["binding"] == "硬约束"


def test_its_own_schema_switches_nothing_off(old_pack):
    def change(tables, _):
        for table in tables.values():
            for one in table["schema"]["fields"]:
                one.pop("constraints", None)
                one["type"] = "string"
            table["schema"].pop("foreignKeys", None)

    edit(old_pack, change)
    old_pack.set("zones", 2, "zone_id", "East Zone")
    old_pack.set("zones", 2, "kind", "big")
    old_pack.set("zones", 2, "order", "first")
    old_pack.set("memberships", 3, "source_id", "nobody")
    found = {(f.file, f.row, f.column) for f in check_pack(old_pack.folder, places=False)}
    assert {
        ("zones.csv", 2, "zone_id"),
        ("zones.csv", 2, "kind"),
        ("zones.csv", 2, "order"),
        ("memberships.csv", 3, "source_id"),
    } <= found


def test_a_fault_of_a_capacity_is_told_where_it_stands(old_pack):
    old_pack.set("projects", 3, "capacity_value", "big")
    (fault,) = check_pack(old_pack.folder, places=False)
    assert str(fault).startswith('projects.csv, row 3, column capacity_value: "big" is no number.')


@pytest.mark.parametrize("schema", ["schema.json", {"fields": 3}, {"fields": [3, {}]}, None])
def test_a_schema_in_ruins_is_no_obstacle(old_pack, schema):
    # Its columns are not known to be promised, so what is there is read.
    edit(old_pack, lambda tables, _: tables["zones"].update(schema=schema))
    assert check_pack(old_pack.folder, places=False) == []
    assert len(frames(old_pack)["zones"]) == 2


def test_files_of_other_names_are_found(old_pack):
    edit(old_pack, lambda tables, _: tables["zones"].update(path="分区.csv"))
    old_pack.path("zones").rename(old_pack.folder / "分区.csv")
    assert len(frames(old_pack)["zones"]) == 2
    (old_pack.folder / "分区.csv").unlink()
    faults = check_pack(old_pack.folder, places=False)
    assert "分区.csv: is missing. Add it, with its header row at least." in map(str, faults)


def test_the_stage_of_an_older_packs_project_goes_to_its_mention(old_pack):
    for line in (2, 3):
        old_pack.set("projects", line, "stage", "planned")
        old_pack.set("mentions", line, "stage", "")

    def stages():
        return frames(old_pack)["projects"].set_index("project_id")["stage"].to_dict()

    assert stages() == {"a-line": "planned", "b-site": "planned"}
    # What a mention says stays.
    old_pack.set("mentions", 2, "stage", "new")
    assert stages() == {"a-line": "new", "b-site": "planned"}
