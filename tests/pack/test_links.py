"""The check holds the links of a pack, and coverage counts them."""

import pytest

from regionkit.pack.check import check_pack
from regionkit.pack.coverage import count_facts, count_links, count_recall, list_named_zones
from regionkit.pack.pack import Pack
from regionkit.words.voice import speaking

_SAID = {"source_id": "plan", "locator": "第一章/1", "basis": "stated"}


def told(pack):
    return [str(fault) for fault in check_pack(pack.folder)]


def set_cell(pack, table, key, column, value):
    """Set a cell of the row with a key."""
    line = [row[0] for row in pack.rows(table)].index(key) + 1
    pack.set(table, line, column, value)


def test_a_zone_a_project_is_said_of_must_exist(pack):
    pack.add("project_zones", project_id="a-line", zone_id="east-zone", **_SAID)
    assert told(pack) == []
    pack.add("project_zones", project_id="b-site", zone_id="north-zone", **_SAID)
    assert len(told(pack)) == 1
    assert "north-zone" in told(pack)[0]


@pytest.mark.parametrize(
    ("stops", "expected"),
    [
        ([("沈阳", "210100"), ("瓦房店", "210281")], ""),
        ([("沈阳", "210100")], "has one waypoint"),
        ([("沈阳", "210100"), ("某地", "")], "is empty, and so are place_id and the position"),
    ],
)
def test_a_track_makes_a_line(pack, stops, expected):
    for order, (name, adcode) in enumerate(stops, 1):
        pack.add(
            "zone_waypoints", zone_id="east-zone", order=order, name=name, adcode=adcode, **_SAID
        )
    faults = told(pack)
    assert bool(faults) == bool(expected)
    assert all(expected in fault and "zone_waypoints.csv" in fault for fault in faults)


@pytest.mark.parametrize(
    ("name", "adcode", "is_at_sea", "expected"),
    [
        ("长海", "210224", "", "no way over land leads from 大连 to 长海"),
        ("长海", "210224", "true", ""),
        ("庄河", "210283", "", ""),
    ],
)
def test_a_route_says_where_it_crosses_the_sea(pack, name, adcode, is_at_sea, expected):
    for code, lon, lat in (
        ("210200", 121.61, 38.92),
        ("210224", 122.58, 39.27),
        ("210283", 122.96, 39.68),
    ):
        pack.add("seats", adcode=code, lon=lon, lat=lat, **_SAID)
    header = pack.rows("waypoints")[0]
    stops = [("大连", "210200", ""), (name, adcode, is_at_sea)]
    said = [
        {"project_id": "a-line", "order": n, "name": name, "adcode": code, "is_at_sea": sea}
        for n, (name, code, sea) in enumerate(stops, 1)
    ]
    pack.write("waypoints", [header, *([row.get(one, "") for one in header] for row in said)])
    faults = told(pack)
    assert bool(faults) == bool(expected), faults
    assert all("waypoints.csv, row 3" in one and expected in one for one in faults)


def test_a_route_does_not_begin_over_the_sea(pack):
    pack.set("waypoints", 2, "is_at_sea", "true")
    (fault,) = told(pack)
    assert "is_at_sea" in fault
    assert "where the route begins" in fault


def test_a_task_of_a_mention_is_of_its_document(pack):
    pack.add("sources", source_id="rest", title="另一份", short_title="另", kind="plan")
    pack.add("tasks", task_id="zz", title="事", **_SAID | {"source_id": "rest"})
    pack.set("mentions", 2, "task_ids", "zz")
    assert len(told(pack)) == 1
    assert "is no task of plan but of rest" in told(pack)[0]
    set_cell(pack, "tasks", "zz", "source_id", "plan")
    assert told(pack) == []


def test_a_date_and_its_bound_are_not_both_given(pack):
    set_cell(pack, "sources", "plan", "not_before", "2026-01")
    assert len(told(pack)) == 1
    assert "beside the date 2026-05" in told(pack)[0]
    set_cell(pack, "sources", "plan", "issued_on", "")
    assert told(pack) == []
    set_cell(pack, "sources", "plan", "not_before", "2026-02-31")
    assert "is no date" in told(pack)[0]


def test_a_seat_lies_in_its_city(pack):
    # That of a county may lie in a district of its city.
    pack.add("seats", adcode="210281", lon=121.63, lat=38.92, **_SAID)
    assert told(pack) == []
    set_cell(pack, "seats", "210281", "lon", "123.43")
    set_cell(pack, "seats", "210281", "lat", "41.8")
    assert len(told(pack)) == 1
    assert "seats.csv" in told(pack)[0]


def test_the_counts_speak_the_language_of_the_moment():
    links, facts = count_links("liaoning"), count_facts("liaoning")
    for table in (links, facts.drop(columns=["Document", "Heading", "Place in it"])):
        assert not any(is_han(str(column)) for column in table.columns)
    assert not any(is_han(item) for item in links["Item"])
    with speaking("zh"):
        assert list(count_links("liaoning").columns) == ["项", "细目", "数"]
        chinese = count_facts("liaoning")
    assert list(chinese.columns[:3]) == ["文件", "出处", "标题"]
    assert list(chinese.columns[-2:]) == ["合计", "有地点"]
    assert chinese["合计"].tolist() == facts["Total"].tolist()


def is_han(text):
    """Return whether a text has a Chinese character."""
    return any("\u4e00" <= char <= "\u9fff" for char in text)


@pytest.mark.usefixtures("chinese")
def test_links_are_counted():
    counts = count_links("liaoning")
    pack = Pack.open("liaoning")
    table = counts.set_index(["项", "细目"])["数"]
    mentions = pack.table("mentions")
    assert table["项目提及", "组成部分"] == (mentions["match"] == "part").sum()
    totals = counts.groupby("项")["数"].sum()
    n_projects, n_zones = len(pack.table("projects")), len(pack.table("zones"))
    assert totals["项目提及"] == totals["项目提及所在任务"] == len(mentions)
    for item in ("项目阶段出处", "项目所属整体", "项目涉及分区", "项目位置"):
        assert totals[item] == n_projects, item
    assert totals["分区范围"] == n_zones
    assert totals["其他提及"] == len(pack.table("other_mentions"))
    said = pack.table("project_zones")["project_id"].nunique()
    assert table["项目涉及分区", "文件载明"] == said


def test_what_was_left_out_stands_beside_what_was_given():
    recall, omissions = count_recall("liaoning"), Pack.open("liaoning").table("omissions")
    assert recall["Figures left out"].sum() == omissions.query("kind == 'figure'")["count"].sum()
    assert recall["Names left out"].sum() == omissions.query("kind == 'name'")["count"].sum()
    assert recall["Facts"].sum() == count_facts("liaoning", by="document")["Total"].sum()
    rows = recall[recall["Document"] == "东北振兴“十三五”规划"].set_index("Place in it")
    # A box of which nothing was taken, and one of which much was.
    assert rows.loc["专栏17", ["Facts", "Names left out", "Why left out"]].tolist() == [
        0,
        42,
        "outside 42",
    ]
    assert rows.loc["专栏10", "Why left out"] == "generic 7, outside 27"
    assert recall.groupby("Document", sort=False).ngroups == recall["Document"].nunique()


def test_what_was_left_out_is_no_fact():
    titles = {table.title for table in Pack.open("liaoning").descriptor.tables.values()}
    assert "略去" in titles
    with speaking("zh"):
        assert "略去" not in count_facts("liaoning").columns


def test_zones_of_which_only_the_name_is_known_are_named(ln):
    assert list_named_zones("liaoning") == ln.unplaced_zones["name"].tolist()
