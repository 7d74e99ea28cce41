"""A pack for other tools: Frictionless itself calls it valid, and finds what our check finds."""

import csv
import io
import json
import shutil

import pytest
from frictionless import Package

from regionkit.errors import OutputError
from regionkit.pack.check import check_pack
from regionkit.pack.conformance import schema_faults
from regionkit.pack.model import list_tables
from regionkit.pack.pack import Pack
from regionkit.pack.schema import DESCRIPTOR
from regionkit.pack.texts import Texts, parse_texts, read_contents
from regionkit.pack.typed import is_of_type
from regionkit.pack.write import table_text, update_pack, write_self_contained


def validate(folder):
    """Return what Frictionless finds: (file, row, kind of fault)."""
    report = Package(str(folder / DESCRIPTOR)).validate(limit_errors=10**6)
    return {
        (task.place, getattr(error, "row_number", 0), error.type)
        for task in report.tasks
        for error in task.errors
    } | {("", 0, error.type) for error in report.errors}


@pytest.mark.parametrize("which", ["liaoning", "pack", "old_pack"])
def test_frictionless_calls_it_valid(which, request, tmp_path):
    source = which if which == "liaoning" else request.getfixturevalue(which).folder
    made = write_self_contained(source, tmp_path / "made")
    assert validate(made) == set()
    package = Package(str(made / DESCRIPTOR))
    opened = Pack.open(made)
    assert [resource.name for resource in package.resources] == list(opened.tables)
    for resource in package.resources:
        assert len(resource.read_rows()) == len(opened.table(resource.name)), resource.name
    assert check_pack(made, places=False) == []


def test_limits_of_zero_are_written(tmp_path):
    made = write_self_contained("liaoning", tmp_path / "made")
    raw = json.loads((made / DESCRIPTOR).read_text(encoding="utf-8"))
    clusters = next(table for table in raw["resources"] if table["name"] == "clusters")
    fields = {one["name"]: one for one in clusters["schema"]["fields"]}
    assert fields["revenue_target_100m_cny"]["constraints"] == {"minimum": 0}
    assert fields["name"]["constraints"] == {"required": True}
    assert "constraints" not in fields["target_year"]
    places = next(table for table in raw["resources"] if table["name"] == "cluster_places")
    reference = {"resource": "clusters", "fields": ["cluster_id"]}
    keys = places["schema"]["foreignKeys"]
    assert {"fields": ["cluster_id"], "reference": reference} in keys


# Table, line, column, value, what Frictionless calls it.
SPOILED = [
    ("zones", 2, "kind", "big", "constraint-error"),
    ("zones", 2, "name", "", "constraint-error"),
    ("zones", 2, "order", "first", "type-error"),
    ("zones", 2, "order", "1.5", "type-error"),
    ("zones", 2, "order", "0", "constraint-error"),
    ("zones", 2, "colour", "red", "constraint-error"),
    ("zones", 3, "zone_id", "east-zone", "primary-key"),
    ("places", 2, "lon", "200", "constraint-error"),
    ("places", 2, "lon", "-180.5", "constraint-error"),
    ("places", 2, "lat", "abc", "type-error"),
    ("projects", 2, "is_bundle", "maybe", "type-error"),
    ("projects", 2, "is_bundle", "", "constraint-error"),
    ("projects", 2, "start_year", "1989", "constraint-error"),
    ("projects", 3, "kind", "nuclear-wind", "foreign-key"),
    ("projects", 3, "domain", "water", "foreign-key"),
    ("memberships", 2, "zone_id", "north-zone", "foreign-key"),
    ("memberships", 2, "adcode", "21028", "constraint-error"),
    ("waypoints", 2, "place_id", "nowhere", "foreign-key"),
    ("sources", 3, "issued_on", "2026年5月", "constraint-error"),
]


# What spoils a row once, each batch of its own.
_ROWS = [cell[:2] for cell in SPOILED]
BATCHES = [
    [cell for i, cell in enumerate(SPOILED) if _ROWS[:i].count(cell[:2]) == turn]
    for turn in range(max(map(_ROWS.count, _ROWS)))
]


@pytest.fixture(scope="module")
def self_contained(sound_pack, tmp_path_factory):
    return write_self_contained(sound_pack, tmp_path_factory.mktemp("packs") / "made")


def as_typed(folder):
    """Return tables before they are read as a person means them, which the format does not."""
    tables = list_tables()
    return parse_texts(tables, read_contents(folder, [table.path for table in tables.values()]))


@pytest.mark.parametrize("batch", BATCHES, ids=range(len(BATCHES)))
def test_both_find_the_same_rows(self_contained, pack, batch):
    shutil.copytree(self_contained, pack.folder, dirs_exist_ok=True)
    for table, line, column, value, _ in batch:
        pack.set(table, line, column, value)
    faults = list(schema_faults(as_typed(pack.folder)))
    found = validate(pack.folder)
    assert {(f"{table}.csv", line, kind) for table, line, *_, kind in batch} <= found
    # The format has no references from items of lists.
    lists = {name for table in list_tables().values() for name in table.columns
             if table[name].type == "list"}  # fmt: skip
    told = {(fault.file, fault.row) for fault in faults if fault.column not in lists}
    assert told == {(file, row) for file, row, _ in found}


NUMBERS = ["2020", "1990", "2060", "-0.5", "1e3", "180", "-180", ".5", "5.", "1,000", "1.5万", "-"]
# What int() and float() would take, and no table means.
LOOSE = ["1_000", "٣", "NaN", "inf", " 5", "0x10"]


def test_both_take_the_same_numbers(self_contained, pack):
    shutil.copytree(self_contained, pack.folder, dirs_exist_ok=True)
    header, row, *_ = pack.rows("statistics")
    at = {name: header.index(name) for name in ("year", "value")}
    rows = []
    for number, text in enumerate(NUMBERS):
        for year, value in ((text, "1"), (str(2100 + number), text)):
            rows.append(list(row))
            rows[-1][at["year"]], rows[-1][at["value"]] = year, value
    pack.write("statistics", [header, *rows])
    told = {(f.file, f.row) for f in schema_faults(as_typed(pack.folder))}
    assert told == {(file, row) for file, row, _ in validate(pack.folder)}
    assert not any(is_of_type(text, "number") for text in LOOSE)
    assert not any(is_of_type(text, "integer") for text in LOOSE)


def test_a_schema_in_the_pack_itself_switches_nothing_off(pack):
    write_self_contained(pack.folder)
    path = pack.folder / DESCRIPTOR
    raw = json.loads(path.read_text(encoding="utf-8"))
    for table in raw["resources"]:
        table["path"] = "elsewhere.csv"
        table["schema"] = {"fields": [{"name": "zone_id", "type": "any"}]}
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert check_pack(pack.folder, places=False) == []
    pack.set("zones", 2, "colour", "red")
    pack.set("zones", 3, "order", "first")
    told = {(fault.row, fault.column) for fault in check_pack(pack.folder, places=False)}
    assert {(2, "colour"), (3, "order")} <= told


@pytest.mark.parametrize("text", ["a\r=1+1", "a\n=1", "a\r\n=1", "\r", 'a"b', "a,b", " a"])
def test_no_line_break_of_a_cell_begins_a_line(text):
    table = list_tables()["sectors"]
    row = {"sector_id": "a", "name": text, "note": text}
    cells = [row.get(name, "") for name in table.columns]
    written = table_text(table, Texts(table.path, list(table.columns), [cells]))
    assert list(csv.reader(io.StringIO(written, newline="")))[1:] == [cells]
    # A spreadsheet ends a line at a bare CR too.
    outside = "".join(written.split('"')[::2])
    assert "\r" not in outside
    assert written.endswith("\n")


def test_a_copy_is_not_written_over_something(pack):
    with pytest.raises(OutputError, match=r"is not an empty folder"):
        write_self_contained(pack.folder, pack.folder)


def test_a_folder_that_cannot_be_written(old_pack, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    before = {path.name: path.read_bytes() for path in old_pack.folder.iterdir()}
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        update_pack(old_pack.folder)
    assert {path.name: path.read_bytes() for path in old_pack.folder.iterdir()} == before


def test_patterns_are_those_that_frictionless_reads(pack):
    # A pattern has to hold for the whole cell in both.
    pack.set("zones", 2, "colour", "#aabbccdd")
    (fault,) = schema_faults(as_typed(pack.folder))
    assert (fault.row, fault.column) == (2, "colour")
