"""The facts of a briefing: what the catalogue holds, each row with its source."""

import pytest

import regionkit as rk
from regionkit.briefing.facts import place_facts
from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture(scope="module")
def tieling(region):
    return place_facts(region, "铁岭市")


def tables(facts):
    return {table.table_id: table for section in facts.sections for table in section.tables}


@pytest.mark.parametrize("place", ["铁岭市", "喀左", "liaoxi", "沈阳现代化都市圈"])
def test_every_row_points_to_a_source_in_the_list(region, place):
    facts = place_facts(region, place)
    listed = {source.number: source for source in facts.sources}
    assert list(listed) == list(range(1, len(listed) + 1))
    for table in tables(facts).values():
        for row in table.rows:
            if row.citation is None:
                assert table.table_id == "project-counts"
                assert len(row.cells) == len(table.columns)
                continue
            source = listed[row.citation.number]
            assert source.source_id == row.citation.source_id
            assert row.citation.basis in {"stated", "derived", "inferred", "external"}
            assert row.citation.locator in source.locators or not row.citation.locator
            assert len(row.cells) + 2 == len(table.columns)


def test_all_zones_of_a_city_are_told_with_basis(region, tieling):
    rows = tables(tieling)["zones"].rows
    own = region.memberships[region.memberships["adcode"] == "211200"]
    names = region.table("zones").set_index("zone_id")["name"]
    assert set(own["zone_id"].map(names)) <= {row.cells[0] for row in rows}
    green = next(row for row in rows if row.cells[0] == "辽东绿色经济区")
    assert green.cells[-1] == "仅西丰县"


def test_projects_are_those_of_the_query_and_carry_their_history(region, tieling):
    rows = [
        row
        for key, table in tables(tieling).items()
        if key.startswith("projects-")
        for row in table.rows
    ]
    projects = region.select_projects(place="211200")
    assert sorted(row.cells[0] for row in rows) == sorted(projects["name"])
    corridor = next(row for row in rows if row.cells[0] == "辽河水系生态廊道")
    history = next(cell for cell in corridor.cells if "2022年" in cell)
    assert history.index("2022年") < history.index("2026年")
    doubtful = next(row for row in rows if row.cells[0] == "沈阳、铁岭国家农业现代化示范区")
    assert any("是否同一项目存疑" in cell for cell in doubtful.cells)


def test_targets_are_those_that_bind_and_the_province_is_marked(tieling):
    own = tables(tieling)["targets"]
    assert any(row.cells[0].startswith("分区：沈阳") for row in own.rows)
    assert not any("大连" in row.cells[0] for row in own.rows)
    province = tables(tieling)["province-targets"]
    assert {row.cells[0] for row in province.rows} == {"全省目标"}
    productive = next(row for row in province.rows if "城镇化率" in row.cells[1])
    assert "75%" in productive.cells[2]
    assert "74.63%" in productive.cells[3]


def test_rank_is_counted_from_the_highest(region, tieling):
    row = next(
        r
        for r in tables(tieling)["statistics"].rows
        if r.cells[0] == "常住人口" and r.cells[1] == "2020"
    )
    values = region.statistic("resident-population", year=2020, level="city")
    rank = int(values.rank(ascending=False, method="min")["211200"])
    assert row.cells[3] == f"第 {rank} 位（共 {len(values)}）"


def test_zone_sums_add_up_and_are_derived(region):
    facts = place_facts(region, "liaoxi")
    row = next(
        r
        for r in tables(facts)["zone-statistics"].rows
        if r.cells[0] == "常住人口" and r.cells[1] == "2020"
    )
    inside = [c for c, z in region.counties["zone_ids"].items() if "liaoxi" in z]
    total = region.statistic("resident-population", year=2020)[inside].sum()
    assert row.cells[2] == f"{int(total):,} 人"
    assert row.citation.basis == "derived"
    assert not any("率" in r.cells[0] for r in tables(facts)["zone-statistics"].rows)


def test_tasks_name_those_responsible(region, tieling):
    rows = tables(tieling)["tasks"].rows
    names = set(region.organizations["name"])
    led = [row for row in rows if row.cells[3]]
    assert all(set(row.cells[3].split("、")) & names for row in led)
    # The plan of 2026 names no responsible bodies: its measures stand with a blank.
    blank = {row.citation.source_id for row in rows if not row.cells[3]}
    assert (len(led) > 0, blank) == (True, {"liaoning-15fyp"})


def test_query_keeps_its_order_and_leaves_out_what_it_has_not(region):
    near = region.projects_near("锦州港", km=50)
    facts = place_facts(region, near, title="锦州港周边")
    assert facts.title == "锦州港周边"
    assert [s.section_id for s in facts.sections] == ["projects"]
    assert "距离（公里）" in [c.name for c in tables(facts)["projects-advancing"].columns]


def test_no_column_is_empty_throughout(tieling):
    for table in tables(tieling).values():
        for place in range(len(table.rows[0].cells)):
            assert any(row.cells[place] for row in table.rows), (table.table_id, place)


def test_english_headings(region):
    facts = place_facts(region, "铁岭市", lang="en")
    assert facts.section("zones").title == "Zones it belongs to"
    assert "not known is left out" not in facts.title


@pytest.mark.parametrize(
    ("place", "error", "text"),
    [
        ("铁岭", AmbiguousPlaceError, "铁岭"),
        (
            "长春市",
            UnknownPlaceError,
            "No zone, city or county, named place.* The plan.s own zones are",
        ),
        ("", InputError, "is no place"),
        (None, InputError, "is no place"),
    ],
)
def test_place_that_cannot_be_briefed_on(region, place, error, text):
    with pytest.raises(error, match=text):
        place_facts(region, place)


def test_frames_that_are_no_query(region):
    with pytest.raises(InputError, match="its rows are no projects"):
        place_facts(region, region.counties)
    with pytest.raises(InputError, match="holds no project"):
        place_facts(region, region.projects.iloc[:0])
    strange = region.projects.iloc[:2].rename(index=lambda key: f"x-{key}")
    with pytest.raises(InputError, match="2 rows are no projects of 辽宁省"):
        place_facts(region, strange)


def test_unknown_language(region):
    with pytest.raises(InputError, match="Use one of zh, en"):
        place_facts(region, "铁岭市", lang="fr")


@pytest.mark.parametrize(
    ("place", "kind", "words"),
    [
        ("锦州港", "place", "锦州港周边 30 公里"),
        ("能源", "domain", "能源"),
        ("energy", "domain", "能源"),
        ("航空航天装备产业集群", "cluster", "沈阳市"),
        ("沈大经济走廊", "zone", "沈大走廊"),
    ],
)
def test_a_port_a_domain_a_cluster_and_a_corridor_are_briefed_on(region, place, kind, words):
    facts = place_facts(region, place)
    assert facts.kind == kind
    assert words in facts.digest.message
    assert len(facts.digest.charts) == 2
    assert 3 <= len(facts.digest.figures) <= 5


def test_a_polygon_is_briefed_on(region):
    area = region.counties.loc["211224", "geometry"]
    facts = place_facts(region, area, title="昌图片区")
    assert facts.title == "昌图片区"
    assert facts.kind == "area"


@pytest.mark.parametrize("place", ["铁岭市", "liaoxi", "能源", "辽宁省"])
def test_headline_chart_list_and_map_count_the_same_projects(region, place):
    """One definition: what the current plan names."""
    facts = place_facts(region, place)
    digest = facts.digest
    chosen = {
        "铁岭市": {"place": "211200"},
        "liaoxi": {"zone": "liaoxi"},
        "能源": {"domain": "energy"},
        "辽宁省": {},
    }[place]
    projects = region.select_projects(**chosen)
    n = int(projects["is_in_current_plan"].sum())
    board = next(b for b in digest.boards if b.board_id == "projects")
    names, counts = board.tables
    assert f"列 {n} 项" in digest.message
    assert len(names.rows) == n
    assert counts.rows[0].cells[-1] == str(n)
    assert sum(int(row.cells[-1]) for row in counts.rows[1:]) == n
    assert str(n) in [figure.value for figure in digest.figures]
    if digest.map.badges is not None and any("＝" in note for note in digest.map.notes):
        by_number = sum(len(spot.project_ids) for spot in digest.map.spots)
        assert by_number + digest.map.badges["count"].sum() <= n


def test_a_stage_on_the_slide_is_that_of_the_projects_own_row(region, tieling):
    stages = region.labels("projects", "stage", "zh")
    board = next(b for b in tieling.digest.boards if b.board_id == "projects")
    own = region.projects.set_index("name")["stage"]
    for row in board.tables[0].rows:
        assert row.cells[-1] == stages.get(own[row.cells[0]], "未载明")


def test_every_number_of_page_one_has_its_year_and_rank(tieling):
    *figures, counted = tieling.digest.figures
    assert counted.value == "14"
    for figure in figures:
        assert figure.label.endswith("年")
        assert "14 市第" in figure.remark


def test_own_targets_stand_before_the_provinces_with_state(region):
    board = next(b for b in place_facts(region, "大连市").digest.boards if b.board_id == "targets")
    assert board.tables[0].table_id == "own-targets"
    assert board.tables[-1].table_id == "province-targets"
    assert "自身的目标 12 项" in board.title
    assert any("○ 未实现" in row.cells[-1] for row in board.tables[0].rows)


def test_a_place_without_targets_of_its_own_says_so(tieling):
    board = next(b for b in tieling.digest.boards if b.board_id == "targets")
    assert board.title.startswith("文件没有为铁岭市单列目标")


def test_own_figures_stand_beside_the_plans_and_are_marked(region):
    import pandas as pd

    from regionkit.briefing.own import read_own

    table = pd.DataFrame(
        {
            "指标": ["常住人口", "城镇化率"],
            "单位": ["万人", "%"],
            "2025年": [225.5, 58.2],
            "2030年目标": [220, 62],
        }
    )
    own = read_own(table, region, place="211200")
    facts = place_facts(region, "铁岭市", own=own)
    first, second = facts.digest.figures[:2]
    assert (first.value, first.unit, first.is_own) == ("225.5", "万人", True)
    assert first.label == "常住人口，2025 年（自有数据）"
    assert second.remark.startswith("自有 2030 年目标62%")
    board = next(b for b in facts.digest.boards if b.board_id == "targets")
    assert board.tables[0].rows[0].cells[0] == "常住人口（自有目标）"
    assert facts.section("own").tables[0].rows[0].cells[0] == "铁岭市"
    # The catalogue itself is as it was.
    assert 2025 not in set(region.statistics.query("adcode == '211200'")["year"])


def test_own_targets_come_first_with_value_state_and_source(region):
    import pandas as pd

    from regionkit.briefing.own import read_own

    table = pd.DataFrame(
        {
            "地区": ["铁岭市", "铁岭市", "沈阳都市圈"],
            "指标": ["森林覆盖率", "高铁站数", "森林覆盖率"],
            "单位": ["%", "座", "%"],
            "2025年": [33.1, 2, None],
            "2027年": [33.2, 3, None],
            "2030年目标": ["不低于34", "3", "不低于40"],
        }
    )
    own = read_own(table, region)
    facts = place_facts(region, "铁岭市", own=own)
    board = next(b for b in facts.digest.boards if b.board_id == "targets")
    first, *others = board.tables
    assert [row.cells for row in first.rows] == [
        (
            *("森林覆盖率（自有目标）", "不低于34%", "2030", "33.2%（2027 自有数据）"),
            "◔ 滞后（-0.8百分点）",
        ),
        ("高铁站数（自有目标）", "3座", "2030", "3座（2027 自有数据）", "● 提前实现（0 座）"),
    ]
    assert "自身的目标 2 项，其中自有表 2 项：" in board.title
    # A zone's own target stands with its zone's, before those of the documents.
    assert others[0].table_id == "zone-targets"
    assert others[0].rows[0].cells[0] == "森林覆盖率（自有目标）"
    assert others[-1].table_id == "province-targets"
    figure = next(one for one in facts.digest.figures if "森林" in one.label)
    assert figure.remark == "自有 2030 年目标不低于34%，差0.8百分点"
    assert any(source.source_id == "own" for source in facts.sources)
    (zone,) = own.table.targets.query("scope_kind == 'zone'")["scope_id"]
    assert zone == "shenyang-metro"


def test_a_briefing_of_one_project_tells_its_documents(region):
    facts = place_facts(region, "大连港")
    assert facts.digest.message.startswith("大连港：4 份文件点名（2016—2026 年）；")
    # One bar alone is no chart, and a row alone no slide.
    assert facts.digest.charts == ()
    (board,) = facts.digest.boards
    assert [table.table_id for table in board.tables] == ["project-names", "history"]
    n = int((region.mentions["project_id"] == "dalian-port").sum())
    assert len(board.tables[1].rows) == n


@pytest.mark.parametrize("place", ["喀左", "沈大经济走廊", "菱镁产业集群", "能源"])
def test_no_board_has_a_row_or_two_and_no_chart_one_bar(region, place):
    digest = place_facts(region, place).digest
    assert all(sum(len(table.rows) for table in b.tables) > 2 for b in digest.boards)
    assert all(len(chart.labels) > 1 for chart in digest.charts)
    assert len(digest.figures) == 5
    if place == "菱镁产业集群":
        # It is fifteenth, and fourteen bars are drawn.
        (mine,) = (s for s in digest.charts[1].series if s.name == digest.called)
        assert [value for value in mine.values if value is not None] == [700.0]
