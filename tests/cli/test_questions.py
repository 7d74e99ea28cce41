"""What profile, history, targets, sources and the smaller commands answer."""

from functools import partial

import pandas as pd
import pytest


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("place", "county", "figure"),
    [("锦州港", "太和区", "457,602"), ("长兴岛", "瓦房店市", "905,082")],
)
def test_a_place_inside_a_county_has_none_of_its_figures(run, place, county, figure):
    status, out, _ = run("profile", place)
    assert status == 0
    assert figure not in out
    assert "定位：" not in out
    assert f"统计只到所在市县，见 regionkit profile {county}" in out
    assert figure in run("profile", county)[1]


@pytest.mark.usefixtures("chinese")
def test_a_place_inside_a_county_is_told_with_its_targets_and_projects(run):
    _, out, _ = run("profile", "锦州港")
    assert "类别：港口" in out
    assert "位于：锦州市太和区（210711）" in out
    assert "位置：121.0744, 40.7967（具体位置）" in out
    assert "锦州港保税物流中心" in out
    _, out, _ = run("profile", "金普新区")
    assert "目标：地区生产总值" in out


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("zone", ["辽西", "liaoxi", "辽西先导区"])
def test_profile_of_a_zone(run, zone):
    status, out, err = run("profile", zone)
    assert status == 0
    assert "成员：阜新市" in out
    assert "目标：" in out
    assert ("取作" in err) == (zone == "辽西")


@pytest.mark.usefixtures("chinese")
def test_profile_of_a_zone_whose_members_are_not_listed(run):
    status, out, _ = run("profile", "辽中南城市群")
    assert (status, "成员：文件未列" in out) == (0, True)


def test_an_unknown_place_is_told_near_places_and_zones(run):
    status, _, err = run("profile", "辽西地区")
    assert status == 2
    assert "own zones are" in err


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["profile", "喀左"],
        ["history", "桃仙机场第二跑道"],
        ["history", "--stalled", "5"],
        ["targets", "--scope", "辽西"],
        ["sources"],
        ["coverage"],
    ],
    ids=" ".join,
)
def test_tables_are_written(run, tmp_path, arguments, ending):
    path = tmp_path / f"table{ending}"
    status, out, _ = run(*arguments, "-o", str(path))
    assert (status, out) == (0, f"{path}\n")
    read = {".csv": pd.read_csv, ".xlsx": partial(pd.read_excel, engine="openpyxl")}[ending]
    assert len(read(path)) > 1
    assert run(*arguments, "-o", str(tmp_path / "table.pdf"))[0] == 2
    assert run(*arguments, "-o", str(tmp_path / "missing" / "table.csv"))[0] == 2


def test_sources_are_listed_with_their_ids(run):
    status, out, _ = run("sources")
    assert status == 0
    assert "liaoning-15fyp" in out
    assert "辽宁“十五五”规划纲要" in out


def test_history_takes_a_project_or_stalled_and_not_both(run):
    for arguments in (["桃仙机场第二跑道", "--stalled", "5"], []):
        status, _, err = run("history", *arguments)
        assert status == 2
        assert "one of them" in err


def test_history_is_in_order_of_the_years(run):
    _, out, _ = run("history", "桃仙机场第二跑道")
    years = [line.split()[0] for line in out.splitlines() if line.startswith("20")]
    assert len(years) > 3
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["targets", "--source", "x"], "No source has the id or title 'x'"),
        (["targets", "--year", "-1"], "-1 is not in the range"),
        (["targets", "--scope", "火星"], "is named"),
        (["profile", "朝阳"], "the city's name before it, or the adcode"),
        (["map", "gdp", "-o", "a.png"], "Use --level city"),
        (["map", "常住人口", "-o", "a.jpg"], "does not end in .png, .pdf, .svg or .html"),
        (["map", "常住人口", "-o", "a.png", "-k", "200"], "200 is not in the range"),
        (["map", "常住人口", "-o", "a.png", "--scheme", "x"], "'fisherjenks'"),
        (["no-such-command"], "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_what_is_refused_names_the_commands_options(run, arguments, message):
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert err.startswith("regionkit: ")


@pytest.mark.usefixtures("chinese")
def test_no_targets_write_no_file(run, tmp_path):
    path = tmp_path / "t.csv"
    status, _, err = run("targets", "--text", "没有", "-o", str(path))
    assert (status, path.exists()) == (0, False)
    assert "未写文件" in err


def test_targets_of_the_whole_region(run):
    every = run("targets", "--scope", "全省")
    assert every[:2] == run("targets", "--scope", "辽宁省")[:2]
    assert "Liaoning" in every[1]


def test_a_pack_without_statistics_says_so(run, tmp_path):
    run("new-pack", "宁夏", str(tmp_path / "pack"))
    status, _, err = run(
        "map", "常住人口", "-o", str(tmp_path / "a.png"), "--pack", str(tmp_path / "pack")
    )
    assert status == 2
    assert "has no statistics" in err


def test_the_atlas_takes_o_as_well(run):
    _, out, _ = run("atlas", "--help")
    assert "-o, --out" in out


def test_levels_and_layers_by_their_chinese_words(run, tmp_path):
    status, _, _ = run("export", "市", "-o", str(tmp_path / "cities.csv"))
    assert status == 0
    assert len(pd.read_csv(tmp_path / "cities.csv")) == 14
    status, _, _ = run("map", "gdp", "--level", "市", "-o", str(tmp_path / "gdp.svg"))
    assert status == 0


def test_locate_makes_no_folder_and_leaves_no_bar(run, tmp_path):
    points = tmp_path / "points.parquet"
    pd.DataFrame({"lon": [123.43], "lat": [41.81]}).to_parquet(points)
    missing = tmp_path / "missing" / "counts.csv"
    status, _, err = run("locate", str(points), "--to", str(missing))
    assert (status, missing.parent.exists()) == (2, False)
    assert "does not exist. Make it first" in err
    status, _, err = run("locate", str(points), "--to", str(tmp_path / "counts.csv"))
    assert (status, err) == (0, "")


def test_messages_name_options_and_not_arguments(run, tmp_path):
    table = tmp_path / "a.csv"
    table.write_text("县,人口\n朝阳,1\n康平,2\n", encoding="utf-8")
    _, _, err = run("join", str(table))
    assert "give the column of cities with --parent" in err
    assert "parent=" not in err
    status, _, err = run("brief", "锦州码头", "-o", str(tmp_path / "a.docx"))
    assert status == 2
    assert "region." not in err


def test_the_choices_of_a_map_are_those_of_the_maps():
    from regionkit.cli.map_options import SCHEMES, THEMES
    from regionkit.maps.signs import classify, theme

    assert tuple(sorted(classify._SCHEMES)) == SCHEMES
    assert tuple(theme.THEMES) == THEMES


def test_a_bound_of_a_date_is_told_as_one(run):
    status, out, _ = run("history", "liaoning-ftz")
    assert status == 0
    assert "2016-11 or later" in out
    assert out.index("2016-11 or later") < out.index("2022-01-31")


def test_targets_of_a_theme(run):
    status, out, _ = run("targets", "--theme", "绿色低碳", "--source", "liaoning-15fyp")
    assert status == 0
    assert "★" in out
    rows = [line for line in out.splitlines() if "辽宁“十五五”规划纲要" in line]
    assert rows
    assert all("green" in line for line in rows)


@pytest.mark.usefixtures("chinese")
def test_links_are_counted_by_the_command(run):
    status, out, _ = run("coverage", "--by", "link")
    assert status == 0
    assert "项目阶段出处" in out
    assert "只有名称" in out


HEADERS = {
    "zh": "主题 指标 范围 目标年 目标 标记 基期年 基期值 属性 依据 备注 出处",
    "en": "Theme Indicator Scope Target_year Target Marks Baseline_year Baseline_value Nature "
    "Basis Note Source",
}


@pytest.mark.parametrize("lang", HEADERS)
def test_headers_of_targets_are_in_the_readers_language_and_codes_beside_what_they_name(
    run, tmp_path, ln, lang
):
    path = tmp_path / "t.csv"
    assert run("--lang", lang, "targets", "-o", path)[0] == 0
    table = pd.read_csv(path)
    assert list(table.columns) == [name.replace("_", " ") for name in HEADERS[lang].split()]
    assert run("--lang", lang, "targets", "--codes", "-o", path)[0] == 0
    table = pd.read_csv(path, dtype=str)
    indicator, scope, source = (HEADERS[lang].split()[n] for n in (1, 2, -1))
    code = "{}代码" if lang == "zh" else "{} code"
    assert set(table[code.format(indicator)]) <= set(ln.indicators.index)
    assert {"liaoxi", "210000"} <= set(table[code.format(scope)])
    assert set(table[code.format(source)]) <= set(ln.sources.index)
