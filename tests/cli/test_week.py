"""A week's questions, a line each: every answer is computed again from the rows of the tables."""

import csv
import math
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import PIL.Image
import pytest
import shapely

import regionkit as rk
from regionkit.cli.answer import OUTPUTS

PACK = Path(rk.__file__).parents[1] / "geodata" / "liaoning"


def rows(name):
    """Return the rows of a table as its file has them."""
    with (PACK / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(text):
    return [part for part in text.split(";") if part]


def figures(indicator, year):
    return {
        row["adcode"]: float(row["value"])
        for row in rows("statistics")
        if row["indicator_id"] == indicator and row["year"] == str(year)
    }


def is_city(code):
    return code.endswith("00") and not code.endswith("0000")


def members(zone):
    return {row["adcode"] for row in rows("memberships") if row["zone_id"] == zone}


def in_zone(code, zone):
    return code in members(zone) or code[:4] + "00" in members(zone)


def numbers(table, column):
    return [float(row[column].replace(",", "")) for row in table if row[column]]


# The questions: what is asked, the command, and the check against the rows ----------------------


def highest_gdp(table):
    gdp = {code: value for code, value in figures("gdp", 2023).items() if is_city(code)}
    assert numbers(table, "Value") == sorted(gdp.values(), reverse=True)[:5]


def gdp_share(table):
    gdp = figures("gdp", 2023)
    cities = sorted((value for code, value in gdp.items() if is_city(code)), reverse=True)
    assert numbers(table, "Share (%)") == [round(v / gdp["210000"] * 100, 2) for v in cities]


def gdp_sum_of_zone(table):
    gdp = figures("gdp", 2023)
    assert float(table[-1]["Value"]) == pytest.approx(sum(gdp[c] for c in members("liaoxi")))


def population_of_zone(table):
    people = figures("resident-population", 2020)
    mine = {c: v for c, v in people.items() if not c.endswith("00") and in_zone(c, "liaoxi")}
    assert float(table[-1]["Value"]) == sum(mine.values())
    assert len(table) == len(mine) + 1


def population_change(table):
    now, then = figures("resident-population", 2020), figures("resident-population", 2010)
    mine = {c for c in now if c[:4] == "2102" and not is_city(c)}
    assert sorted(numbers(table, "Change")) == sorted(now[c] - then[c] for c in mine & set(then))
    told = {row["Name"]: row["Comparable"] for row in table}
    assert told["金州区"] == "no"
    assert told["甘井子区"] == "yes"


def population_of_city(table):
    people = figures("resident-population", 2020)
    assert [float(row["Value"]) for row in table] == sorted(
        (v for c, v in people.items() if c[:4] == "2105" and not is_city(c)), reverse=True
    )


def oldest_counties(table):
    shares = {c: v for c, v in figures("share-65plus", 2020).items() if not c.endswith("00")}
    assert numbers(table, "Value") == sorted(shares.values(), reverse=True)[:3]


def near_shenyang(table):
    gdp = figures("gdp", 2023)
    assert {row["Name"] for row in table} >= {"沈阳市", "抚顺市", "辽阳市"}
    assert all(float(row["Distance (km)"]) <= 100 for row in table)
    assert sorted(numbers(table, "Value")) == sorted(
        gdp[c] for c in ("210100", "210300", "210400", "210500", "211000", "211200")
    )


def led_by_commission(table):
    mine = [row for row in rows("tasks") if "ln-drc" in cell(row["lead_org_ids"])]
    assert Counter(row["Task"] for row in table) == Counter(row["title"] for row in mine)


def with_railway(table):
    mine = [
        row
        for row in rows("tasks")
        if "ln-transport" in cell(row["lead_org_ids"])
        and "shenyang-railway" in cell(row["cooperating_org_ids"])
    ]
    assert sorted(row["Task"] for row in table) == sorted(row["title"] for row in mine)
    assert mine


def tasks_of_fuxin(table):
    mine = [r for r in rows("tasks") if any(c[:4] == "2109" for c in cell(r["adcodes"]))]
    assert sorted(row["Task"] for row in table) == sorted(row["title"] for row in mine)


def tasks_of_zone(table):
    mine = [
        row
        for row in rows("tasks")
        if (
            "liaoxi" in cell(row["zone_ids"])
            or any(in_zone(c, "liaoxi") for c in cell(row["adcodes"]))
        )
    ]
    assert len(table) == len(mine)


def tasks_with_text(table):
    mine = [r for r in rows("tasks") if "养老" in r["title"] or "养老" in r["note"]]
    assert sorted(row["Task"] for row in table) == sorted(row["title"] for row in mine)


def mentions_of_port(table):
    mine = {
        (row["locator"], row["named_as"])
        for row in rows("mentions")
        if row["project_id"] == "dalian-port"
    }
    assert {(row["Place in it"], row["Named as"]) for row in table} == mine


def mentions_of_county(table):
    named = {r["industry"] for r in rows("industries") if r["adcode"] == "211324"}
    told = {row["Named as"] for row in table if row["As what"] == "industry to develop"}
    assert told == named


def mentions_of_corridor(table):
    mine = [
        row
        for row in rows("other_mentions")
        if (row["named_kind"], row["named_id"]) == ("zone", "shen-da-corridor")
    ]
    assert len([r for r in table if r["As what"] == "named place or zone"]) == len(mine)


def magnesite(table):
    sectors = {row["sector_id"] for row in rows("sectors") if "菱镁" in row["name"]}
    mine = [r for r in rows("industries") if "菱镁" in r["industry"] or r["sector_id"] in sectors]
    assert sorted(row["Industry"] for row in table) == sorted(row["industry"] for row in mine)


def alike(table):
    counts = [
        Counter(r["sector_id"] for r in rows("industries") if r["adcode"] == code)
        for code in ("211200", "210400")
    ]
    a, b = ({k: n / sum(c.values()) for k, n in c.items()} for c in counts)
    product = sum(a.get(k, 0) * b.get(k, 0) for k in {*a, *b})
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    assert float(table[0]["Structure"]) == round(product / norm, 3)
    assert float(table[0]["Common"]) == round(len({*a} & {*b}) / len({*a} | {*b}), 3)


def equipment(table):
    sectors = {row["sector_id"] for row in rows("sectors") if row["name"] == "装备制造"}
    mine = [row for row in rows("industries") if row["sector_id"] in sectors]
    assert len(table) == len(mine)


def issued():
    return {row["source_id"]: row["issued_on"] or row["not_before"] for row in rows("sources")}


def years_named():
    """Return the years in which documents name each project, doubtful mentions left out."""
    dates, found = issued(), {}
    for row in rows("mentions"):
        if row["match"] == "doubtful":
            continue
        told = [int(text[:4]) for text in (row["year"], dates[row["source_id"]]) if text]
        found.setdefault(row["project_id"], []).append(min(told))
    return found


def works():
    built = {
        r["project_id"]
        for r in rows("mentions")
        if r["stage"] == "completed" and r["match"] == "same"
    }
    return {
        row["project_id"]: row["name"]
        for row in rows("projects")
        if row["kind"] not in {"designation", "pilot"} and row["project_id"] not in built
    }


def still_open(table):
    mine = {
        name
        for key, name in works().items()
        if min(years_named().get(key, [9999])) <= 2016 < max(years_named()[key])
    }
    assert {row["Project"] for row in table} == mine


def dropped(table):
    named = years_named()
    mine = {name for key, name in works().items() if key in named and max(named[key]) <= 2016}
    assert {row["Project"] for row in table} == mine


def history_of_reactors(table):
    mine = [row for row in rows("mentions") if row["project_id"] == "xudapu-nuclear-1-4"]
    assert len(table) == len(mine)


def stalled(table):
    # How far a stage is; what is under way or further stands still no more.
    rank = {"study": 1, "preparatory": 2, "planned": 3, "new": 4}
    rank |= {"advancing": 5, "under construction": 5, "completed": 6}
    dates, told = issued(), {}
    for row in rows("mentions"):
        if row["match"] == "same" and row["stage"] in rank:
            year = int((row["year"] or dates[row["source_id"]])[:4])
            told.setdefault(row["project_id"], []).append((year, rank[row["stage"]]))
    names = {row["project_id"]: row["name"] for row in rows("projects")}
    mine = {}
    for key, found in told.items():
        first, last = min(found)[0], max(found)[0]
        (was, now) = (max(r for y, r in found if y == year) for year in (first, last))
        if last - first >= 4 and now <= was and now < 5:
            mine[names[key]] = (str(first), str(last))
    assert {row["Project"]: (row["First year"], row["Last year"]) for row in table} == mine


def binding_of_box(table):
    mine = [
        row
        for row in rows("targets")
        if row["nature"] == "binding" and row["locator"] == "专栏1"
        and row["source_id"] == "liaoning-15fyp"
    ]  # fmt: skip
    assert len(table) == len(mine)


def targets_of_zone(table):
    assert len(table) == sum(row["scope_id"] == "liaoxi" for row in rows("targets"))


def targets_of_cluster(table):
    mine = [row for row in rows("targets") if row["scope_id"] == "green-petrochemicals"]
    assert len(table) == len(mine)


def zones_twice(table):
    mine = members("shenyang-metro") & members("liaoxi")
    told = {
        row["Name code"]
        for row in table
        if {row["Zone code"], row["Other zone code"]} == {"shenyang-metro", "liaoxi"}
    }
    assert told == mine == {"210900"}


def zones_of_fuxin(table):
    assert len(table) == len(
        {row["zone_id"] for row in rows("memberships") if row["adcode"][:4] in {"2109", "2100"}}
    )


def across_cities(table):
    places = {}
    for row in rows("project_places"):
        code = row["adcode"]
        if not code.endswith("0000"):
            places.setdefault(row["project_id"], set()).add(code[:4])
    energy = {
        row["project_id"]: row["name"] for row in rows("projects") if row["domain"] == "energy"
    }
    mine = {energy[key] for key, cities in places.items() if key in energy and len(cities) > 1}
    assert {row["Project"] for row in table} == mine


def no_airport(table):
    kinds = {"airport", "general-airport"}
    airports = {row["project_id"] for row in rows("projects") if row["kind"] in kinds}
    having = {r["adcode"][:4] for r in rows("project_places") if r["project_id"] in airports}
    having -= {"2100"}
    cities = {f"{n:04d}" for n in range(2101, 2115)}
    assert {row["Name code"][:4] for row in table} == cities - having
    # A project of the whole province makes none of them uncertain.
    assert {row["Certainty"] for row in table} == {"certain"}


def zone_cities(table):
    assert {row["Name code"] for row in table} == members("liaoxi")


def along_cities(table):
    # The railway runs through these four and no other, as its places say.
    places = [r["adcode"] for r in rows("project_places") if r["project_id"] == "jing-shen-hsr"]
    named = {row["Name code"] for row in table}
    assert {code[:4] + "00" for code in places} <= named
    assert "210200" not in named


def near_seat(table):
    assert all(float(row["Distance (km)"]) <= 20 for row in table)
    assert "鞍山至台安高速公路" not in {row["Project"] for row in table}


def near_border(table):
    assert "鞍山至台安高速公路" in {row["Project"] for row in table}


QUESTIONS = {
    "哪五个市生产总值最高": ("stats GDP --level 市 --year 2023 --top 5", highest_gdp),
    "各市生产总值占全省多少": ("stats GDP --level 市 --year 2023 --share-of 全省", gdp_share),
    "辽西三市生产总值合计": ("stats GDP --zone 辽西 --year 2023 --sum", gdp_sum_of_zone),
    "辽西各县区人口合计": ("stats 人口 --zone 辽西 --level 县 --sum", population_of_zone),
    "大连各区十年人口变化": (
        "stats 人口 --place 大连市 --level 县 --change 2010",
        population_change,
    ),
    "本溪各县区人口排位": ("stats 人口 --place 本溪市 --level 县", population_of_city),
    "老龄化最高的三个县区": ("stats share-65plus --level 县 --top 3", oldest_counties),
    "沈阳百公里内的市": ("stats GDP --year 2023 --near 沈阳市 --km 100", near_shenyang),
    "省发改委牵头的任务": ("tasks --lead 省发改委", led_by_commission),
    "交通厅牵头、铁路局配合": ("tasks --lead 省交通厅 --with 沈阳铁路局", with_railway),
    "点名阜新的任务": ("tasks --place 阜新市", tasks_of_fuxin),
    "辽西的任务": ("tasks --zone 辽西", tasks_of_zone),
    "养老的任务": ("tasks --text 养老", tasks_with_text),
    "哪些文件提到大连港": ("mentions 大连港", mentions_of_port),
    "哪些文件提到喀左": ("mentions 喀左", mentions_of_county),
    "哪些文件提到沈大走廊": ("mentions 沈大走廊", mentions_of_corridor),
    "谁规划菱镁": ("industries --text 菱镁", magnesite),
    "铁岭与抚顺多相似": ("industries --similar 铁岭 抚顺", alike),
    "谁规划装备制造": ("industries --sector 装备制造", equipment),
    "2016年提出至今未建成": ("history --open-since 2016", still_open),
    "2016年后不再提及": ("history --dropped-after 2016", dropped),
    "徐大堡1-4号机组的经过": ("history 徐大堡核电1-4号机组", history_of_reactors),
    "四年未进展的项目": ("history --stalled 4", stalled),
    "专栏1的约束性指标": (
        "targets --nature 约束性 --box 专栏1 --source 十五五规划纲要",
        binding_of_box,
    ),
    "辽西的目标": ("targets --scope 辽西", targets_of_zone),
    "石化集群的目标": ("targets --scope 石化集群", targets_of_cluster),
    "哪些单位同属两区": ("zones --overlap --codes", zones_twice),
    "阜新属于哪些分区": ("zones --of 阜新", zones_of_fuxin),
    "跨市的能源项目": ("query --domain 能源 --across", across_cities),
    "哪些市没有机场": ("query --kind 机场 --without city --codes", no_airport),
    "辽西各市项目数": ("query --zone 辽西 --count-by city --codes", zone_cities),
    "京沈高铁沿线各市": ("query --along 京沈高铁 --km 5 --count-by city --codes", along_cities),
    "沈阳驻地20公里内": ("query --near 沈阳市 --km 20", near_seat),
    "沈阳边界20公里内": ("query --near 沈阳市 --km 20 --from border", near_border),
}


def table_of(out):
    # The note below a count is no row.
    head, *lines = [line.split("\t") for line in out.split("\n") if "\t" in line]
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_by_one_line(run, question):
    command, check = QUESTIONS[question]
    status, out, err = run(*command.split(), "--plain")
    assert status == 0, err
    check(table_of(out))


def _ranked(**asked):
    return lambda ln: rk.rank_units(ln, **asked)


def _tasks(**asked):
    return lambda ln: rk.list_tasks(ln, **asked)


def _targets(**asked):
    def ask(ln):
        found = rk.choose_targets(ln, **asked)
        return found.assign(called=found["indicator_id"].map(ln.indicators["name_en"]))

    return ask


def _summed(**asked):
    """Return the ranked values with their sum below them, as the command has it."""

    def ask(ln):
        found = rk.rank_units(ln, **asked)
        return pd.DataFrame({"value": [*found["value"], found.attrs["total"]]})

    return ask


def _counted(select, *, zone=None, line=None):
    """Return the counts of the cities asked about."""

    def ask(ln):
        counts = ln.count_projects(select(ln), level="city")
        if zone is not None:
            asked = {ln.find(zone, ["zone"]).id}
            mine = ln.memberships[ln.memberships["zone_id"].isin(asked)]["adcode"]
            return counts[counts.index.isin(mine)]
        near = gpd.GeoSeries([ln.course_of(line)], crs=4326).to_crs(4549).buffer(5000)
        touched = ln.cities.intersects(near.to_crs(4326).iloc[0])
        return counts[touched.reindex(counts.index)]

    return ask


# The same answer from Python: the call, its column and the command's.
IN_PYTHON = {
    "哪五个市生产总值最高": (
        _ranked(indicator="GDP", level="city", year=2023, top=5), "value", "Value"
    ),
    "各市生产总值占全省多少": (
        _ranked(indicator="GDP", level="city", year=2023, share_of="全省"),
        "share_percent", "Share (%)",
    ),
    "大连各区十年人口变化": (
        _ranked(indicator="人口", place="大连市", level="county", change_from=2010),
        "change", "Change",
    ),
    "本溪各县区人口排位": (
        _ranked(indicator="人口", place="本溪市", level="county"), "name", "Name"
    ),
    "老龄化最高的三个县区": (
        _ranked(indicator="share-65plus", level="county", top=3), "name", "Name"
    ),
    "沈阳百公里内的市": (
        _ranked(indicator="GDP", year=2023, near="沈阳市", km=100), "distance_km", "Distance (km)"
    ),
    "省发改委牵头的任务": (_tasks(lead="省发改委"), "title", "Task"),
    "交通厅牵头、铁路局配合": (_tasks(lead="省交通厅", cooperating="沈阳铁路局"), "title", "Task"),
    "点名阜新的任务": (_tasks(place="阜新市"), "title", "Task"),
    "辽西的任务": (_tasks(zone="辽西"), "title", "Task"),
    "养老的任务": (_tasks(text="养老"), "title", "Task"),
    "哪些文件提到大连港": (lambda ln: rk.find_mentions(ln, "大连港"), "named_as", "Named as"),
    "哪些文件提到喀左": (lambda ln: rk.find_mentions(ln, "喀左"), "named_as", "Named as"),
    "哪些文件提到沈大走廊": (lambda ln: rk.find_mentions(ln, "沈大走廊"), "named_as", "Named as"),
    "谁规划菱镁": (lambda ln: rk.list_industries(ln, text="菱镁"), "industry", "Industry"),
    "谁规划装备制造": (
        lambda ln: rk.list_industries(ln, sector="装备制造"), "industry", "Industry"
    ),
    "铁岭与抚顺多相似": (
        lambda ln: rk.compare_industries(ln, ["铁岭", "抚顺"]), "structure", "Structure"
    ),
    "2016年提出至今未建成": (lambda ln: rk.open_since(ln, 2016), "name", "Project"),
    "2016年后不再提及": (lambda ln: rk.dropped_after(ln, 2016), "name", "Project"),
    "徐大堡1-4号机组的经过": (
        lambda ln: ln.project_history("徐大堡核电1-4号机组"), "named_as", "Named as"
    ),
    "四年未进展的项目": (lambda ln: ln.stalled_projects(min_years=4), "name", "Project"),
    "专栏1的约束性指标": (
        _targets(nature="约束性", box="专栏1", source=["liaoning-15fyp"]), "called", "Indicator"
    ),
    "辽西的目标": (_targets(scope_id="liaoxi"), "called", "Indicator"),
    "石化集群的目标": (_targets(scope_id="green-petrochemicals"), "called", "Indicator"),
    "哪些单位同属两区": (rk.zone_overlaps, "adcode", "Name code"),
    "阜新属于哪些分区": (lambda ln: rk.list_zones_of(ln, "210900"), "through", "Through"),
    "沈阳驻地20公里内": (lambda ln: ln.projects_near("沈阳市", km=20), "name", "Project"),
    "沈阳边界20公里内": (
        lambda ln: ln.projects_near("沈阳市", km=20, measured_from="border"), "name", "Project"
    ),
    "跨市的能源项目": (
        lambda ln: ln.select_projects(domain="能源", across=True), "name", "Project"
    ),
    "哪些市没有机场": (
        lambda ln: ln.units_without(ln.select_projects(kind="机场")).reset_index(),
        "adcode", "Name code",
    ),
    "辽西各市项目数": (
        _counted(lambda ln: ln.select_projects(zone="辽西"), zone="辽西"), "projects", "Total"
    ),
    "京沈高铁沿线各市": (
        _counted(lambda ln: ln.projects_along("京沈高铁", km=5), line="京沈高铁"),
        "projects", "Total",
    ),
    "辽西三市生产总值合计": (
        _summed(indicator="GDP", zone="辽西", year=2023), "value", "Value"
    ),
    "辽西各县区人口合计": (
        _summed(indicator="人口", zone="辽西", level="county"), "value", "Value"
    ),
}  # fmt: skip


@pytest.mark.parametrize("question", IN_PYTHON)
def test_a_question_has_the_same_answer_from_python(run, ln, question):
    ask, column, heading = IN_PYTHON[question]
    _, out, _ = run(*QUESTIONS[question][0].split(), "--plain")
    told = [row[heading] for row in table_of(out)]
    found = ask(ln)[column].tolist()
    if isinstance(found[0], float):
        assert [float(one or "nan") for one in told] == pytest.approx(found, abs=0.01, nan_ok=True)
    else:
        assert told == [str(one) for one in found]


def test_of_two_units_of_a_name_the_city_is_taken_and_told(run):
    city = run("zones", "--of", "阜新", "--plain")
    assert "'阜新' is taken as 阜新市, not 阜新蒙古族自治县: --level tells them apart." in city[2]
    assert city[1] == run("zones", "--of", "阜新市", "--plain")[1]
    county = run("zones", "--of", "阜新", "--level", "county", "--plain")
    assert county[1] == run("zones", "--of", "210921", "--plain")[1]
    # Neither is one of two counties chosen.
    assert run("zones", "--of", "铁西区", "--level", "county")[0] == 2
    assert "--level is said of --of" in run("zones", "--level", "city")[2]


def test_projects_on_a_control_line_are_told_by_quality_of_position(run, tmp_path, ln):
    point = ln.projects.geometry["dalian-port"]
    areas = gpd.GeoDataFrame(
        {"name": ["红线"]}, geometry=[shapely.box(*point.buffer(0.001).bounds)], crs=4326
    )
    areas.to_file(tmp_path / "红线.gpkg")
    status, out, err = run(
        "query", "--overlaps", tmp_path / "红线.gpkg", "--buffer", "100m", "--plain"
    )
    assert status == 0, err
    found = {row["Project"]: row["Certainty"] for row in table_of(out)}
    assert found["大连港"] == "its site is known"
    assert "Without a known position" in out
    inside = ln.projects_within(areas.to_crs(4549))
    assert "dalian-port" in inside.index


def test_a_line_tells_how_much_of_it_lies_in_an_area(ln):
    table = ln.projects_overlapping(ln.cities.loc[["210100"]], name="name")
    lines = table[table["length_km"].notna()]
    assert lines["length_share"].between(0, 1 + 1e-9).all()
    assert set(lines["certainty"]) == {"schematic line"}


@pytest.fixture
def own_points(tmp_path):
    table = pd.DataFrame(
        {
            "名称": ["甲", "乙", "丙"],
            "经度": [123.43, 121.60, 121.07],
            "纬度": [41.81, 38.91, 40.80],
            "总投资": [10, 250.5, 40],
            "类型": ["工业", "交通", "工业"],
        }
    )
    table.to_excel(tmp_path / "点.xlsx", index=False)
    return tmp_path / "点.xlsx"


def test_own_points_are_counted_by_unit_and_kind(run, own_points):
    status, out, _ = run(
        "points", own_points, "--count-by", "city", "--size", "总投资", "--by", "类型", "--plain"
    )
    assert status == 0
    told = {row["Name"]: (row["工业"], row["交通"], row["总投资"]) for row in table_of(out)}
    assert told == {
        "沈阳市": ("1", "0", "10"),
        "大连市": ("0", "1", "250.5"),
        "锦州市": ("1", "0", "40"),
    }


def test_own_points_near_a_place_and_by_locate(run, own_points):
    _, out, _ = run("points", own_points, "--near", "锦州港", "--km", "30", "--plain")
    assert [row["名称"] for row in table_of(out)] == ["丙"]
    _, out, _ = run("locate", own_points, "--plain")
    assert [row["In the city"] for row in table_of(out)] == ["沈阳市", "大连市", "锦州市"]
    assert run("points", own_points, "--by", "无此列")[0] == 2


# Outputs: each cell of the table ------------------------------------------------------------------

ONE_OF_EACH = {
    "stats": ["GDP", "--level", "市", "--zone", "辽西"],
    "tasks": ["--place", "阜新市"],
    "mentions": ["大连港"],
    "industries": ["--text", "菱镁", "--zone", "辽宁沿海经济带"],
    "history": ["庄河抽蓄"],
    "targets": ["--scope", "辽西"],
    "zones": ["--of", "阜新市"],
}


@pytest.mark.parametrize("name", ONE_OF_EACH)
@pytest.mark.parametrize("ending", [".xlsx", ".csv", ".docx"])
def test_every_answer_is_written_with_its_sources(run, tmp_path, name, ending):
    path = tmp_path / f"answer{ending}"
    status, _, err = run(name, *ONE_OF_EACH[name], "-o", path)
    assert status == 0, err
    assert path.stat().st_size
    if ending == ".xlsx":
        assert len(openpyxl.load_workbook(path).sheetnames) == 3


# What each answer has to show, in a file that a reader opens: a map of it, a briefing of it.
SHOWN = {
    **ONE_OF_EACH,
    "points": [],
    "query": ["--kind", "机场"],
    "history --open-since": ["--open-since", "2016"],
    "query --count-by": ["--kind", "机场", "--count-by", "city"],
}
# One page and one briefing of the many are drawn in every run, the others with -m slow.
SOON = {("mentions", ".html"), ("history", ".docx")}
CELLS = [
    pytest.param(
        name,
        output,
        ending,
        marks=[] if ending == ".png" or (name, ending) in SOON else pytest.mark.slow,
    )
    for name in SHOWN
    for output, endings in (("--map", (".png", ".html")), ("--brief", (".docx", ".pptx", ".html")))
    for ending in endings
    if OUTPUTS.get(name, {}).get(output) is None
    and (name, output) != ("query --count-by", "--brief")
]


@pytest.mark.parametrize(("name", "output", "ending"), CELLS)
def test_every_answer_is_shown_in_every_form_that_makes_sense(
    run, tmp_path, own_points, name, output, ending
):
    asked = [own_points] if name == "points" else SHOWN[name]
    path = tmp_path / f"answer{ending}"
    status, out, err = run(name.split()[0], *asked, output, path)
    assert status == 0, err
    assert str(path) in out
    if ending == ".png":
        with PIL.Image.open(path) as picture:
            assert len(picture.convert("L").getcolors(256)) > 20
    elif ending == ".html":
        assert "</html>" in path.read_text(encoding="utf-8")[-2000:]
    else:
        with zipfile.ZipFile(path) as package:
            assert package.testzip() is None


REFUSED = [
    (name, output) for name, cells in OUTPUTS.items() for output, said in cells.items() if said
]


@pytest.mark.parametrize(("name", "output"), REFUSED)
def test_an_output_that_makes_no_sense_is_refused_in_a_sentence(
    run, tmp_path, own_points, name, output
):
    asked = [own_points] if name == "points" else ONE_OF_EACH[name]
    ending = ".png" if output == "--map" else ".docx"
    status, _, err = run(name, *asked, output, tmp_path / f"a{ending}")
    assert status == 2
    assert str(OUTPUTS[name][output]) in err
    assert not (tmp_path / f"a{ending}").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["stats", "GDP", "--near", "沈阳市"],
        ["stats", "没有的指标"],
        ["stats", "GDP", "--level", "市", "--change", "2010"],
        ["stats", "城镇化率", "--share-of", "全省"],
        ["tasks", "--lead", "没有的单位"],
        ["mentions", "没有的事物"],
        ["industries", "铁岭"],
        ["industries", "--sector", "没有的门类"],
        ["targets", "--box", "专栏999"],
        ["zones", "--overlap", "--of", "阜新市"],
        ["history"],
        ["query", "--buffer", "100m"],
        ["query", "--from", "border"],
        ["query", "--overlaps", "没有.gpkg"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_answered_is_told_without_a_traceback(run, arguments):
    status, out, err = run(*arguments)
    assert status == 2
    assert not out
    assert "regionkit: " in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("command", "is_told"),
    [
        ("map resident-population --year 2010 -o", True),
        ("stats 人口 --place 大连市 --level 县 --year 2010 --map", True),
        ("stats 人口 --place 大连市 --level 县 --year 2020 --map", False),
    ],
)
def test_a_map_names_the_units_whose_area_has_changed_since(run, tmp_path, command, is_told):
    status, _, err = run(*command.split(), tmp_path / "a.svg")
    assert status == 0, err
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert ("The area has changed since 2010" in drawn) == is_told
