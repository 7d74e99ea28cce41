"""How far targets are reached, and one plan beside another, from the command line."""

import shutil

import pandas as pd
import pytest

from regionkit.pack.schema import find_pack

PLAN = "liaoning-zones-2022"


@pytest.mark.usefixtures("chinese")
def test_targets_of_a_plan_are_judged(run, ln):
    status, out, err = run("progress", "--source", "liaoning-zones-2022", "--as-of", "2026")
    assert (status, err) == (0, "")
    n = int((ln.targets["source_id"] == "liaoning-zones-2022").sum())
    assert f"{n} 项目标中，滞后或未实现 2 项，无现状值" in out
    (row,) = (line for line in out.splitlines() if "9,516.9 亿元" in line)
    assert "大连市" in row
    assert "○ 未实现" in row
    assert "状态限值：regionkit。" in out


def test_only_what_is_judged_and_a_file(run, tmp_path):
    path = tmp_path / "judged.csv"
    status, out, _ = run(
        "progress",
        "--source",
        "liaoning-zones-2022",
        "--as-of",
        "2026",
        "--judged-only",
        "-o",
        path,
    )
    assert status == 0
    assert str(path) in out
    table = pd.read_csv(path)
    assert table["State"].tolist() == ["○ not achieved"] * 2


def test_before_its_year_a_target_is_not_missed(run):
    _, out, _ = run(
        "progress", "--source", "liaoning-zones-2022", "--as-of", "2024", "--year", "2023"
    )
    assert "not achieved" not in out.splitlines()[2]
    assert "cannot be judged yet" in out


def test_limits_of_ones_own_are_named_and_faults_told(run, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("subject,basis,at_least,state\nlevel,pace,80,on track\nlevel,pace,,behind\n")
    status, out, _ = run("progress", "--scope", "大连", "--thresholds", path)
    assert (status, "Limits between the states: own." in out) == (0, True)
    path.write_text("subject,basis,at_least,state\nlevel,pace,x,on track\n")
    status, out, err = run("progress", "--scope", "大连", "--thresholds", path)
    assert (status, out) == (2, "")
    assert "own.csv, row 2, column at_least: 'x' is no number." in err


def test_two_documents(run):
    status, out, _ = run("compare", "liaoning-zones-2022", "liaoning-15fyp")
    assert status == 0
    body = out.splitlines()[2:]
    # What both plans say comes first.
    assert "carried on" in body[0]
    assert "not comparable" in out
    assert "set for other units" in out


@pytest.mark.usefixtures("chinese")
def test_projects_of_two_documents(run):
    status, out, _ = run("compare", "liaoning-rolling-2016", "liaoning-15fyp", "--projects")
    assert status == 0
    assert "不再提及" in out.splitlines()[-1]


def test_two_packs(run, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder in (old, new):
        shutil.copytree(find_pack("liaoning"), folder)
    clusters = new / "clusters.csv"
    text = clusters.read_text(encoding="utf-8")
    changed = text.replace("2030", "2029", 1)
    assert changed != text
    clusters.write_text(changed, encoding="utf-8")
    status, out, _ = run("compare", old, new)
    assert status == 0
    assert out.splitlines()[-1] == "changed 1"
    assert run("compare", old, old)[1] == "Nothing changed.\n"
    status, _, err = run("compare", old, new, "--projects")
    assert (status, "--projects compares two documents" in err) == (2, True)


def test_a_document_without_targets_and_an_unknown_one(run):
    status, _, err = run("compare", "census-2020", "liaoning-15fyp")
    assert (status, "sets no target" in err) == (2, True)
    status, _, err = run("compare", "nothing", "liaoning-15fyp")
    assert status == 2


@pytest.mark.parametrize(("lang", "mark"), [("en", ", "), ("zh", "，")])
def test_what_changed_is_summed_up_in_the_readers_language(run, lang, mark):
    asked = ("compare", "liaoning-zones-2022", "liaoning-15fyp", "--lang", lang)
    summary = run(*asked)[1].splitlines()[-1]
    assert mark in summary
    assert ("，" in summary) == (lang == "zh")


@pytest.fixture
def works_list(tmp_path):
    path = tmp_path / "项目表.xlsx"
    pd.DataFrame(
        {
            "项目名称": ["甲", "乙", "丙"],
            "计划开工时间": ["2026年3月", "2024年", "2025年"],
            "计划竣工时间": ["2028年", "2026年3月", "2027年"],
            "项目状态": ["未开工", "在建", "在建"],
            "责任单位": ["发改委", "交通厅", "水利厅"],
            "形象进度": [None, "83%", "20%"],
        }
    ).to_excel(path, index=False)
    return path


def test_a_list_of_projects_is_judged(run, works_list, tmp_path):
    status, out, err = run("progress", works_list, "--as-of", "2026-06")
    assert (status, "Projects read from" in err) == (0, True)
    assert "○ not begun, 3 months late" in out
    assert "○ overdue by 3 months" in out
    assert "Of 3 projects: behind the plan's pace 1, not begun in time 1, overdue 1." in out
    path = tmp_path / "late.csv"
    assert run("progress", works_list, "--as-of", "2026-06", "-o", path)[0] == 0
    assert pd.read_csv(path)["Responsible"].tolist() == ["发改委", "交通厅", "水利厅"]


def test_the_catalogues_projects_and_tasks_are_judged(run):
    status, out, _ = run("progress", "--projects", "--judged-only", "--as-of", "2026")
    assert status == 0
    assert "○ named for years, not begun" in out
    status, out, _ = run("progress", "--tasks", "--judged-only", "--as-of", "2026")
    assert (status, "cannot be judged yet" in out) == (0, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--projects", "--scope", "大连"], "--scope: of targets, and projects are judged"),
        (["--indicator", "gdp"], "Add --map FILE"),
        (["--project-list", "a.xlsx"], "--project-list is for a .docx"),
        (["--as-of", "June"], "'June' is no year or month"),
        (["--source", "liaoning-15fyp", "--all-sources"], "cannot be combined"),
        (["--map", "a.txt"], "does not end in"),
    ],
)
def test_options_that_do_not_fit_are_refused(run, options, told):
    status, _, err = run("progress", *options)
    assert (status, told in err) == (2, True), err


def test_states_of_one_indicator_are_drawn(run, tmp_path):
    path = tmp_path / "states.svg"
    ask = ("progress", "--as-of", "2026", "--map", path, "--lang", "zh")
    status, _, err = run(*ask)
    assert (status, "没有指标在足够多的单位上作出判断" in err) == (2, True)
    status, out, _ = run(*ask, "--indicator", "地区生产总值", "--level", "市")
    assert (status, str(path) in out) == (0, True)
    # What is drawn is read from the layer; here the sheet is there, and names its limits once.
    assert path.stat().st_size > 10_000
    status, _, err = run(*ask, "--indicator", "没有的指标")
    assert (status, "不是指标" in err) == (2, True)


def test_an_evaluation_is_of_the_plan_in_force(run, ln, works_list, tmp_path):
    import docx

    path = tmp_path / "中期评估.docx"
    ask = ("progress", "--as-of", "2026-06", "-o", path, "--lang", "zh")
    status, _, err = run(*ask, "--project-list", works_list)
    n = int((ln.targets["source_id"] == ln.current_plan).sum())
    assert (status, f"{len(ln.targets)} 项中的 {n} 项" in err) == (0, True)
    document = docx.Document(path)
    told = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith(f"{n} 项目标中") for text in told)
    assert "3 个项目中，进度滞后 1 个，未按期开工 1 个，逾期未完成 1 个。" in told
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    # What nobody has a value of stands at the end.
    assert headings[-1] == "附表"
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"○ 逾期 3 个月", "○ 应开工未开工，已过 3 个月", "发改委"} <= cells
    status, _, err = run(*ask, "--all-sources")
    assert (status, "现行规划" in err) == (0, False)
    assert any(
        p.text.startswith(f"{len(ln.targets)} 项目标中") for p in docx.Document(path).paragraphs
    )


def test_a_target_without_a_baseline_takes_that_of_the_table(run, tmp_path, ln):
    target = ln.targets.loc["p26-liaoning-ai-core-revenue"]
    table = pd.DataFrame(
        {
            "指标": [target["indicator"]],
            "单位": [target["unit"]],
            "2024年": [target["value"] * 0.2],
            "2025年": [target["value"] * 0.5],
            "2026年": [target["value"] * 0.7],
        }
    )
    table.to_excel(tmp_path / "监测表.xlsx", index=False)
    status, out, err = run(
        "progress",
        tmp_path / "监测表.xlsx",
        *("--source", "liaoning-15fyp", "--as-of", "2026", "--judged-only", "-o"),
        tmp_path / "a.csv",
    )
    assert (status, out.count("a.csv")) == (0, 1)
    assert "Baseline of 2025 taken from the table, since the plan states none: Rev" in err
    (row,) = pd.read_csv(tmp_path / "a.csv").to_dict("records")
    # Two fifths of the way after a fifth of the time.
    assert row["Share of the way gone"] == "40%"
    assert row["Share of the time gone"] == "20%"


@pytest.mark.usefixtures("chinese")
def test_own_targets_stand_first_marked_and_contradictions_are_told(run, tmp_path):
    import docx

    path, out = tmp_path / "监测表.xlsx", tmp_path / "评估.docx"
    pd.DataFrame(
        {
            "指标": ["森林覆盖率", "高铁通达县数"],
            "单位": ["%", "个"],
            "责任单位": ["省林草局", "省交通厅"],
            "2025年": [42.0, 30],
            "2027年": [42.1, 31],
            "2030年目标": ["不低于43", "36"],
        }
    ).to_excel(path, index=False)
    ask = ("progress", path, "--source", "liaoning-15fyp", "--as-of", "2028")
    status, told, err = run(*ask, "--scope", "全省", "--judged-only")
    assert (status, "表中自有目标 2 项" in err) == (0, True)
    lines = told.splitlines()
    assert "不低于43%（自有）" in lines[2]
    assert "36个（自有）" in lines[3]
    assert "35.7%" in lines[4]
    assert "第 3 行：“高铁通达县数”不在指标目录中，按其自有目标判断。" in err
    both = (
        "森林覆盖率，2030 年：自有目标不低于43%，辽宁“十五五”规划纲要 专栏1为35.7%，二者分别判断。"
    )
    assert both in err
    assert run(*ask, "--judged-only", "-o", out)[0] == 0
    paragraphs = [one.text for one in docx.Document(out).paragraphs]
    assert both in paragraphs
    # Who answers is what the bureau's table says.
    assert any(one.startswith("◔ 滞后  高铁通达县数") and "省交通厅" in one for one in paragraphs)
