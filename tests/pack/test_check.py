"""The check of a pack: every fault with file, row, column and mend, all at once."""

import json
from dataclasses import replace

import pytest

import regionkit as rk
from regionkit.errors import PackError
from regionkit.pack.check import check_pack
from regionkit.pack.model import list_tables
from regionkit.pack.pack import Pack


def found(pack, **options):
    faults = check_pack(pack.folder, **options)
    assert faults == sorted(set(faults))
    for fault in faults:
        assert fault.file
        assert fault.what
        assert fault.mend
    return [replace(one, what=str(one.what), mend=str(one.mend)) for one in faults]


def places_of(faults):
    return {(fault.file, fault.row, fault.column) for fault in faults}


def test_the_embedded_pack_is_sound():
    assert [str(fault) for fault in check_pack("liaoning")] == []


def test_the_small_pack_is_sound(pack):
    assert found(pack) == []
    region = rk.load(pack.folder)
    assert region.zones_of("210281") == ("east-zone", "west-zone")
    assert region.projects.geometry["a-line"].length > 2


# What a schema says, then what only rules say: table, line, column, value, words of the fault.
SPOILED = {
    "wrong enum": ("zones", 2, "kind", "big", '"big" is none of its values.'),
    "missing key": ("memberships", 3, "zone_id", "", "is empty."),
    "missing value": ("zones", 2, "name", "", "is empty."),
    "no whole number": ("zones", 2, "order", "first", '"first" is no whole number.'),
    "out of range": ("places", 2, "lon", "200", "200 is above 180."),
    "date of another form": (
        "sources",
        3,
        "issued_on",
        "五月",
        "is not written as it has to be.",
    ),
    "date in no calendar": ("sources", 3, "issued_on", "2026-02-30", '"2026-02-30" is no date.'),
    "month in no calendar": ("aliases", 2, "valid_to", "2026-13", '"2026-13" is no date.'),
    "bad foreign key": (
        "memberships",
        2,
        "source_id",
        "plan-b",
        '"plan-b" is no source_id of sources.',
    ),
    "bad adcode": ("memberships", 2, "adcode", "210199", '"210199" is no unit of 辽宁省.'),
    "adcode of another province": ("aliases", 2, "adcode", "220100", "is no unit of 辽宁省."),
    "bad adcode in a list": ("tasks", 2, "adcodes", "210100;999999", '"999999" is no unit of'),
    "bad zone in a list": ("tasks", 2, "zone_ids", "east", '"east" is no zone_id of zones.'),
    "bad body": ("tasks", 2, "lead_org_ids", "drc;nobody", '"nobody" is no org_id of organizat'),
    "part of itself": ("projects", 2, "part_of", "a-line", "makes the project a part of itself."),
    "part of nothing": ("projects", 3, "part_of", "c-line", '"c-line"'),
    "bad scope": ("targets", 2, "scope_id", "north", '"north" is no zone of the pack.'),
    "bad locator": ("industries", 2, "locator", "第九章/1", '"第九章/1" is no part of plan.'),
    "range reversed": ("targets", 2, "value_high", "70", "is not above value."),
    "years reversed": ("targets", 2, "baseline_year", "2031", "2031 is not before the target"),
    "no value, no reason": ("targets", 2, "value", "", "is empty without a reason."),
    "end before start": ("projects", 2, "end_year", "2020", "2020 is before the start 2026."),
    "no percentage": ("statistics", 2, "value", "160", "160.0 is no percentage."),
    "half a position": ("places", 2, "lat", "", "and lat are not both given."),
    "position without source": ("projects", 3, "location_source", "", "is empty or the project"),
    "site without position": ("projects", 2, "location_basis", "site", "is site, without a pos"),
    "twin": ("projects", 3, "name", "甲 线", '"甲 线" is the name of a-line too.'),
    "gap in a route": ("waypoints", 3, "order", "3", "a-line is numbered 1, 3."),
}
#: Where the fault of a cell is told of another cell.
ELSEWHERE = {
    "half a position": ("places.csv", 2, "lon"),
    "gap in a route": ("waypoints.csv", 2, "order"),
}


def batches():
    """Return the names of SPOILED in lists that spoil each row once."""
    lists = []
    for name, (table, line, *_) in SPOILED.items():
        for names in lists:
            if all(SPOILED[other][:2] != (table, line) for other in names):
                names.append(name)
                break
        else:
            lists.append([name])
    return lists


@pytest.mark.parametrize("names", batches(), ids=", ".join)
def test_spoiled_cells_are_found_with_row_and_column(pack, names):
    for name in names:
        table, line, column, value, _ = SPOILED[name]
        pack.set(table, line, column, value)
    faults = found(pack, places=False)
    for name in names:
        table, line, column, _, words = SPOILED[name]
        place = ELSEWHERE.get(name, (f"{table}.csv", line, column))
        said = [str(f.what) for f in faults if (f.file, f.row, f.column) == place]
        assert any(words in what for what in said), (name, [*map(str, faults)])


@pytest.mark.parametrize(
    ("table", "line", "column", "value", "mend"),
    [
        ("zones", 2, "zone_id", "东", "Write small letters, digits and hyphens, such as"),
        ("zones", 2, "colour", "red", "Write a colour as # and six digits or small letters, such"),
        ("memberships", 2, "adcode", "21", "Write the six digits of an adcode, such as 210100."),
        ("sources", 3, "issued_on", "May", "Write YYYY, YYYY-MM or YYYY-MM-DD."),
        ("zones", 2, "kind", "cor", "Use one of: strategic (战略分区), core (核心), "),
        ("projects", 3, "kind", "windy", "or correct the id. Nearest are: energy, wind"),
        ("tasks", 2, "zone_ids", "east-zon", "or correct the id. Nearest are: east-zone; "),
    ],
)  # fmt: skip
def test_mends_say_what_to_write(pack, table, line, column, value, mend):
    pack.set(table, line, column, value)
    mends = [str(fault.mend) for fault in found(pack, places=False) if fault.file == f"{table}.csv"]
    assert any(mend in one for one in mends), mends


def test_a_cell_that_is_not_there_is_told_with_its_row(pack):
    header, row = pack.rows("organizations")
    pack.write("organizations", [header, row[:2]])
    told = [fault for fault in found(pack, places=False) if fault.file == "organizations.csv"]
    assert [str(fault.what) for fault in told] == [
        f"has 2 cells, fewer than the {len(header)} of the header."
    ]


def test_a_column_that_is_wrong_throughout_is_told_soon(pack):
    header, row = pack.rows("statistics")
    at = header.index("indicator_id")
    rows = [[*row[:at], f"share-urban{n:04}", *row[at + 1 :]] for n in range(3000)]
    pack.write("statistics", [header, *rows])
    told = [fault for fault in found(pack, places=False) if fault.column == "indicator_id"]
    assert len(told) == 3000
    # To look for what is near takes time.
    assert sum("Nearest are: share-urban." in str(fault.mend) for fault in told) == 20


def test_duplicate_id(pack):
    rows = pack.rows("zones")
    pack.write("zones", [*rows, rows[-1]])
    faults = found(pack, places=False)
    assert places_of(faults) == {("zones.csv", 4, "zone_id")}
    assert str(faults[0].what) == '"west-zone" stands in row 3 too.'
    assert str(faults[0].mend) == "Remove or rename the second row."


def test_rows_stand_in_any_order(pack):
    before = rk.load(pack.folder).zones
    header, *rows = pack.rows("zones")
    pack.write("zones", [header, *rows[::-1]])
    assert found(pack, places=False) == []
    assert rk.load(pack.folder).zones.equals(before)
    pack.set("zones", 2, "colour", "red")
    (fault,) = found(pack, places=False)
    assert (fault.row, pack.rows("zones")[1][0]) == (2, "west-zone")


def test_points_outside_their_county(pack):
    pack.set("projects", 3, "lon", "123.0")
    pack.set("places", 2, "lon", "123.0")
    faults = found(pack)
    assert places_of(faults) == {("projects.csv", 3, "lon"), ("places.csv", 2, "lon")}
    assert all("km outside" in str(fault.what) for fault in faults)
    assert "瓦房店市" in str(faults[1].what)
    # The sea off the county is the county's.
    pack.set("projects", 3, "lon", "121.2")
    pack.set("places", 2, "lon", "123.42917")
    assert found(pack) == []


def test_projects_without_place_or_mention(pack):
    for table in ("waypoints", "mentions", "project_places"):
        pack.write(table, pack.rows(table)[:1])
    said = {str(fault.what) for fault in found(pack, places=False)}
    assert said == {
        "is line, with fewer than two waypoints.",
        "is point, in no unit of project_places.",
        "has no mention.",
    }
    pack.set("projects", 2, "geometry_kind", "none")
    pack.set("projects", 2, "location_basis", "none")
    assert "is empty, and so is the place." in {str(f.what) for f in found(pack, places=False)}


def test_sums(pack):
    pack.add("indicators", indicator_id="people", name="人口", unit="人", direction="higher")
    pack.set("indicators", 2, "indicator_id", "urban")
    for table in ("targets", "statistics"):
        pack.set(table, 2, "indicator_id", "urban")
    rows = pack.rows("indicators")
    pack.write("indicators", [rows[0], *sorted(rows[1:])])
    rows = pack.rows("statistics")
    region = rk.load("liaoning")
    census = region.statistic("resident-population", year=2020, level="county")
    census = census[region.counties["city_adcode"] == "210200"].astype(int)
    shown = dict(zip(rows[0], rows[1], strict=True))
    for adcode, value in [("210200", census.sum() + 1), *census.items()]:
        cells = shown | {"indicator_id": "people", "adcode": adcode, "value": value, "unit": "人"}
        pack.add("statistics", **cells)
    header, *body = pack.rows("statistics")
    pack.write("statistics", [header, *sorted(body)])
    said = [str(fault.what) for fault in found(pack, places=False)]
    assert said == [
        f"people 2020: the parts of 210200 add up to {census.sum()}, not {census.sum() + 1}."
    ]


def test_columns_missing_strange_and_twice(pack):
    header, *rows = pack.rows("zones")
    at = header.index("short_name")
    spoiled = [[*row[:at], *row[at + 1 :], "x"] for row in rows]
    pack.write("zones", [[*header[:at], *header[at + 1 :], "remark"], *spoiled])
    header, *rows = pack.rows("sectors")
    pack.write("sectors", [[*header, "name"], *([*row, "x"] for row in rows)])
    faults = found(pack, places=False)
    assert {("zones.csv", 1, "short_name"), ("zones.csv", 1, "remark")} <= places_of(faults)
    assert ("sectors.csv", 1, "name") in places_of(faults)
    # What follows a missing column is not taken for the one before it.
    assert {fault.file for fault in faults} == {"zones.csv", "sectors.csv"}
    assert len([fault for fault in faults if fault.file == "zones.csv"]) == 2


def test_key_columns_missing(pack):
    header, *rows = pack.rows("zones")
    at = header.index("zone_id")
    pack.write("zones", [[*row[:at], *row[at + 1 :]] for row in (header, *rows)])
    header, *rows = pack.rows("aliases")
    at = header.index("source_id")
    pack.write("aliases", [[*row[:at], *row[at + 1 :]] for row in (header, *rows)])
    faults = found(pack, places=False)
    assert {("zones.csv", 1, "zone_id"), ("aliases.csv", 1, "source_id")} <= places_of(faults)
    # Ids that stand in a table without its key column are not each a fault of a rule.
    assert not [fault for fault in faults if "is no zone_id" in str(fault.what)]


def test_files_missing_empty_and_in_gbk(pack):
    pack.path("zones").unlink()
    pack.path("tasks").write_bytes(b"")
    path = pack.path("organizations")
    path.write_bytes(path.read_text(encoding="utf-8").encode("gbk"))
    faults = found(pack, places=False)
    assert {fault.file for fault in faults} == {"zones.csv", "tasks.csv"}


def test_a_damaged_file_in_utf_8_is_not_read_as_gbk(pack):
    path = pack.path("zones")
    path.write_bytes(path.read_bytes().replace("东".encode(), "东".encode()[:2], 1))
    (fault,) = found(pack, places=False)
    assert str(fault) == ("zones.csv: is neither in UTF-8 nor in GBK. Save the file as UTF-8.")


def test_rows_too_long_and_too_short(pack):
    rows = pack.rows("sectors")
    pack.write("sectors", [rows[0], [*rows[1], "more"], rows[1][:2], []])
    faults = [fault for fault in found(pack, places=False) if fault.file == "sectors.csv"]
    assert {fault.row for fault in faults} == {2, 3}
    mends = {str(fault.mend) for fault in faults}
    assert "Quote cells that hold commas." in mends
    assert "Give the row as many cells as the header." in mends


def test_a_descriptor_cannot_lead_to_the_web(pack):
    # The network is closed in tests: a request would be an error of another kind.
    path = pack.folder / "datapackage.json"
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["profile"] = raw["$schema"] = "http://example.org/profile.json"
    raw["resources"] = [
        {"name": "zones", "path": "http://example.org/zones.csv", "schema": {"fields": []}}
    ]
    for table in raw["resources"]:
        table["profile"] = table["dialect"] = "http://example.org/it.json"
        table["extrapaths"] = ["/etc/passwd"]
        table["schema"]["$schema"] = "http://example.org/schema.json"
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    assert found(pack) == []


def test_all_faults_at_once_and_nothing_is_drawn_from_it(pack):
    for table, line, column, value in (
        ("zones", 2, "kind", "big"),
        ("zones", 2, "order", "first"),
        ("memberships", 3, "adcode", "210199"),
        ("sources", 3, "issued_on", "May 2026"),
        ("industries", 2, "sector_id", "steel"),
        ("industries", 2, "locator", "nowhere"),
        ("tasks", 2, "title", ""),
    ):
        pack.set(table, line, column, value)
    rows = pack.rows("aliases")
    pack.write("aliases", [*rows, rows[-1]])
    with pytest.raises(
        PackError, match=r"Faults of the pack in .*: \d+. Nothing is read from it until"
    ) as raised:
        rk.load(pack.folder)
    assert {
        ("zones.csv", 2, "kind"),
        ("zones.csv", 2, "order"),
        ("memberships.csv", 3, "adcode"),
        ("sources.csv", 3, "issued_on"),
        ("industries.csv", 2, "sector_id"),
        ("industries.csv", 2, "locator"),
        ("tasks.csv", 2, "title"),
        ("aliases.csv", 3, "alias, adcode"),
    } <= places_of(raised.value.faults)
    text = str(raised.value)
    assert "\n  zones.csv, row 2, column kind: " in text
    assert len(text.splitlines()) == 1 + len(raised.value.faults)
    # Mended, it loads: the refusal is not remembered.
    with pytest.raises(PackError):
        rk.load(pack.folder)


def test_many_faults_are_counted_and_the_first_shown(pack):
    header = pack.rows("aliases")[0]
    pack.write("aliases", [header, *[["x"] * len(header)] * 70])
    with pytest.raises(PackError, match=r"\. The first 50:") as raised:
        rk.load(pack.folder)
    assert len(raised.value.faults) == 50


def test_a_sound_pack_is_checked_once(pack, monkeypatch):
    rk.load(pack.folder)
    checks = []
    monkeypatch.setattr("regionkit.pack.check.find_faults", lambda *a, **_: checks.append(a) or [])
    rk.load(pack.folder)
    assert checks == []
    pack.set("zones", 2, "note", "changed")
    rk.load(pack.folder)
    assert len(checks) == 1


def test_every_row_of_a_fact_table_has_its_provenance():
    for table in list_tables().values():
        if {"basis", "source_id"} <= set(table.columns):
            assert table["source_id"].required
            assert table["locator"].required


@pytest.mark.parametrize(
    "colour",
    [
        'red"><meta http-equiv=refresh content=0;url=//x>',
        "url(http://example.org/x)",
        "#aabbcc;background:url(//x)",
        "#AABBCC\n",
        "#abc",
        "red",
    ],
)
def test_a_colour_is_a_colour_whatever_a_pack_says_of_itself(pack, colour):
    raw = json.loads((pack.folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = [{"name": "colour", "type": "string", "constraints": {"pattern": ".*"}}]
    raw["resources"] = [{"name": "sectors", "path": "sectors.csv", "schema": {"fields": fields}}]
    (pack.folder / "datapackage.json").write_text(json.dumps(raw), encoding="utf-8")
    pack.set("sectors", 2, "colour", colour)
    with pytest.raises(PackError, match="is not written as it has to be"):
        Pack.open(pack.folder)
