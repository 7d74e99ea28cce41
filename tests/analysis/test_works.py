"""Projects and tasks beside what is planned for them, and lists of them as bureaus write them."""

import pandas as pd
import pytest

from regionkit.analysis.judged_works import judged_works_table, works_headline
from regionkit.analysis.periods import parse_period, parse_span
from regionkit.analysis.states import REASONS, WORK_STATES, read_thresholds
from regionkit.analysis.worklist import is_worklist, read_worklist
from regionkit.analysis.works import project_progress, works_of_projects, works_of_tasks
from regionkit.errors import InputError, TableError

# What is known of a project, its state and how late it is, at the end of June 2026; worked by hand.
WORKS = [
    # The month of the planned beginning is to be over; a quarter and a year likewise.
    ({"stage": "not begun", "planned_start": "2026-06"}, "not due", None),
    ({"stage": "not begun", "planned_start": "2026-05"}, "not begun", 1),
    ({"stage": "not begun", "planned_start": "2026Q2"}, "not due", None),
    ({"stage": "not begun", "planned_start": "2026年一季度"}, "not begun", 3),
    ({"stage": "not begun", "planned_start": "2026"}, "not due", None),
    ({"stage": "not begun", "planned_start": "2025年底"}, "not begun", 6),
    ({"stage": "not begun", "planned_start": "2026年上半年"}, "not due", None),
    ({"stage": "not begun"}, "undecided", None),
    # Overdue goes before every other rule.
    ({"stage": "begun", "due": "2026-06", "progress": 99}, "undecided", None),
    ({"stage": "begun", "due": "2026-05", "progress": 99}, "overdue", 1),
    ({"stage": "begun", "due": "2025", "year_plan": 10, "year_done": 10}, "overdue", 6),
    ({"stage": "not begun", "due": "2026-03", "planned_start": "2025"}, "overdue", 3),
    ({"stage": "completed", "due": "2025"}, "completed", None),
    ({"progress": 100, "due": "2025"}, "completed", None),
    ({"due": "2025"}, "undecided", None),
    # The year's investment beside half a year: limits at 80 and 110 % of the pace.
    ({"stage": "begun", "year_plan": 10, "year_done": 5.5}, "ahead", None),
    ({"stage": "begun", "year_plan": 10, "year_done": 5.49}, "on plan", None),
    ({"stage": "begun", "year_plan": 10, "year_done": 4}, "on plan", None),
    ({"stage": "begun", "year_plan": 10, "year_done": 3.99}, "behind", None),
    # A plan of nothing is no measure; missing is not zero.
    ({"stage": "begun", "year_plan": 0, "year_done": 0}, "undecided", None),
    ({"stage": "begun", "year_plan": 10}, "undecided", None),
    # 18 of 36 months are gone: 10 points on either side.
    ({"planned_start": "2025", "due": "2027", "progress": 60}, "ahead", None),
    ({"planned_start": "2025", "due": "2027", "progress": 59.9}, "on plan", None),
    ({"planned_start": "2025", "due": "2027", "progress": 40}, "on plan", None),
    ({"planned_start": "2025", "due": "2027", "progress": 39.9}, "behind", None),
    ({"planned_start": "2025", "due": "2027", "investment": 10, "invested": 3}, "behind", None),
    ({"planned_start": "2025", "due": "2027", "invested": 3}, "undecided", None),
    # A plain 0 says that nothing has begun.
    ({"planned_start": "2025", "due": "2027", "invested": 0}, "not begun", 6),
    # An older document does not say what was missed since.
    ({"stage": "begun", "due": "2020", "known_on": "2016-11"}, "undecided", None),
    ({"stage": "begun", "due": "2020", "known_on": "2026-05"}, "overdue", 65),
    ({"stage": "not begun", "planned_start": "2018", "known_on": "2016-11"}, "undecided", None),
    ({"stage": "not begun", "named_years": 4}, "stalled", None),
    ({"stage": "not begun", "named_years": 3}, "undecided", None),
    ({"stage": "dropped", "due": "2020"}, "undecided", None),
]


@pytest.mark.parametrize(("work", "state", "months"), WORKS)
def test_a_project_is_judged_as_worked_by_hand(work, state, months):
    row = project_progress(pd.DataFrame([work]), as_of="2026-06").iloc[0]
    assert row["state"] == state
    assert months is None or row["months_late"] == months
    assert row["state"] in WORK_STATES
    assert (row["reason"] in REASONS) == (state == "undecided")


def test_limits_of_ones_own(tmp_path):
    path = tmp_path / "本市.csv"
    path.write_text(
        "subject,basis,at_least,state\n"
        "due,months,-3,按计划推进\ndue,months,,逾期未完成\n"
        "year,pace,60,on plan\nyear,pace,,behind\n",
        encoding="utf-8",
    )
    works = pd.DataFrame(
        {
            "stage": "begun",
            "due": ["2026-03", "2026-02", "2027"],
            "year_plan": [None, None, 10],
            "year_done": [None, None, 3],
        }
    )
    judged = project_progress(works, thresholds=path, as_of="2026-06")
    assert judged["state"].tolist() == ["undecided", "overdue", "on plan"]
    path.write_text("subject,basis,at_least,state\ndue,months,,on track\n")
    with pytest.raises(TableError, match=r"row 2, column state: 'on track' is not known"):
        read_thresholds(path)


def test_every_fault_of_a_table_of_works_is_told():
    works = pd.DataFrame(
        {
            "stage": ["started", None, None],
            "due": ["soon", "2024", None],
            "planned_start": [None, "2025", None],
            "investment": [None, None, -1],
        }
    )
    with pytest.raises(TableError) as caught:
        project_progress(works, as_of=2026)
    told = str(caught.value)
    for part in (
        "'started' is not known",
        "'soon' is no month",
        "ends (2024) before",
        "below zero",
    ):
        assert part in told
    with pytest.raises(InputError, match="none of the columns"):
        project_progress(pd.DataFrame({"a": [1]}))
    with pytest.raises(InputError, match="'June' is no month"):
        project_progress(pd.DataFrame({"due": ["2026"]}), as_of="June")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2026年3月", "2026-03"),
        ("2026.10", "2026-10"),
        ("2026/3", "2026-03"),
        ("2026-03-15", "2026-03"),
        ("202603", "2026-03"),
        (pd.Timestamp("2026-03-15"), "2026-03"),
        ("2026年第三季度", "2026Q3"),
        ("2026Q4", "2026Q4"),
        ("2026年6月底前完成", "2026-06"),
        ("2026年下半年", "2026-07/2026-12"),
        (2026, "2026"),
        (2026.0, "2026"),
        ("2026年度", "2026"),
        (2026.1, "None"),
        ("2026年13月", "None"),
        ("年底", "None"),
        ("待定", "None"),
    ],
)
def test_months_quarters_and_years(cell, told):
    assert str(parse_period(cell)) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("2024-2027", ["2024", "2027"]),
        ("2024—2027年", ["2024", "2027"]),
        ("2024年3月至2026年12月", ["2024-03", "2026-12"]),
        ("2024.3-2026.10", ["2024-03", "2026-10"]),
        ("2027-2024", None),
        ("长期", None),
    ],
)
def test_spans_of_years(cell, told):
    span = parse_span(cell)
    assert (None if span is None else [str(end) for end in span]) == told


LIST = pd.DataFrame(
    {
        "项目名称": ["甲高铁", "乙水库", "丙核电", "丁码头", "戊公路"],
        "建设年限": ["2024-2028", "2025-2026", "2026-2031", "2023-2026", None],
        "总投资（亿元）": [320, 8, 400, 15, 5],
        "年度计划投资（亿元）": [60, 4, 20, 3, None],
        "1-6月完成投资（万元）": [330000, 11000, 0, 30000, None],
        "计划开工时间": ["2024年3月", "2025年二季度", "2026年3月", "2023年", None],
        "实际开工时间": ["2024年4月", "2025.06", None, "2023年5月", None],
        "计划竣工时间": [None, "2026年12月", None, "2026年5月", None],
        "形象进度": ["56%", "40%", None, "主体完工", "已完成投资3亿元"],
        "项目状态": ["在建", "在建", "未开工", "已竣工", None],
        "责任单位": ["交通厅", "水利厅", "发改委", "交通厅", "交通厅"],
    }
)


def test_a_list_as_bureaus_write_it():
    found = read_worklist(LIST)
    assert found.works["stage"].tolist()[:4] == ["begun", "begun", "not begun", "completed"]
    # A report in the column of progress is no stage.
    assert found.works["stage"].isna().tolist()[4]
    assert found.works["year_done"].tolist()[:4] == [33, 1.1, 0, 3]
    judged = project_progress(found.works, as_of="2026-06")
    states = ["ahead", "behind", "not begun", "completed", "undecided"]
    assert judged["state"].tolist() == states
    table = judged_works_table(found.works, judged)
    assert table["State"].tolist()[2] == "○ not begun, 3 months late"
    assert table["Responsible"].tolist()[:2] == ["交通厅", "水利厅"]
    assert works_headline(judged).startswith("Of 5 projects: completed 1, ahead of plan 1, behind")
    assert works_headline(judged.head(0)) == ""


@pytest.mark.parametrize(
    "first", [["甲", "2026年3月", None], ["甲", "2024-2027", None], ["甲", None, "未开工"]]
)
def test_a_first_project_without_a_number_is_no_header(tmp_path, first):
    path = tmp_path / "项目表.csv"
    rows = [["项目名称", "计划开工时间", "项目状态"], first, ["乙", "2025年", "在建"]]
    columns = rows[0] if first[1] != "2024-2027" else ["项目名称", "建设年限", "项目状态"]
    pd.DataFrame(rows[1:], columns=columns).to_csv(path, index=False)
    assert read_worklist(path).works["name"].tolist() == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("主体完工", "begun"),
        ("即将竣工", "begun"),
        ("基本建成", "begun"),
        ("尚未完工", "begun"),
        ("拟开工", "not begun"),
        ("完成招标", "not begun"),
        ("可研批复", "not begun"),
        ("已办结", "completed"),
        ("正在推进", "begun"),
        ("终止", "dropped"),
        ("完成投资5亿元", None),
        ("已完成全部征地拆迁补偿", None),
    ],
)
def test_words_of_a_stage(text, stage):
    table = pd.DataFrame({"工作任务": ["甲"], "完成时限": ["2026年"], "进展情况": [text]})
    found = read_worklist(table).works["stage"].iloc[0]
    assert (None if pd.isna(found) else found) == stage


def test_every_fault_of_a_list_is_told():
    bad = LIST.assign(形象进度=["156%", "0.4", None, None, None])
    bad["计划开工时间"] = ["明年", 2025.1, None, None, None]
    bad["计划竣工时间"] = [None, None, None, "2022年", None]
    bad["年度计划投资（亿元）"] = ["-3", "6人", None, None, "甲"]
    bad["项目名称"] = ["甲高铁", "乙水库", "丙核电", "丁码头", "甲高铁"]
    with pytest.raises(TableError) as caught:
        read_worklist(bad)
    told = str(caught.value)
    for part in (
        "156 % lies outside 0 to 100",
        "Whether 0.4 is 0.4 % or a share of one cannot be told",
        "'明年' is no month",
        "'2025.1' is no month",
        "ends (2022) before it begins (2023)",
        "-3 is below zero",
        "'人' cannot be converted to 亿元",
        "甲高铁 stands 2 times",
    ):
        assert part in told
    with pytest.raises(TableError, match="is no list of projects"):
        read_worklist(pd.DataFrame({"指标": ["森林覆盖率"], "2026年": [42]}))
    assert not is_worklist(pd.DataFrame({"项目": ["森林覆盖率"], "2026年": [42]}))
    with pytest.raises(TableError, match="'长期' is no span"):
        read_worklist(pd.DataFrame({"项目名称": ["甲"], "建设年限": ["长期"]}))


def test_a_title_says_which_month_a_list_is_of(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["2026年重点项目进展情况表（截至6月底）", None, None])
    book.active.append(["项目名称", "建设年限", "项目状态"])
    book.active.append(["甲", "2024-2026", "在建"])
    path = tmp_path / "项目表.xlsx"
    book.save(path)
    found = read_worklist(path)
    assert found.as_of == "2026-06"
    # What was known in June 2026 does not say that 2026 was missed.
    assert project_progress(found.works, as_of="2028-02")["reason"].tolist() == ["no news"]


def test_the_catalogue_is_judged_by_what_its_documents_say(ln):
    works = works_of_projects(ln)
    judged = project_progress(works, as_of=2026)
    assert len(judged) == len(ln.projects)
    stalled = set(judged.index[judged["state"] == "stalled"])
    assert "shenyang-dandong-railway-upgrade" in stalled
    assert stalled <= set(ln.stalled_projects(min_years=4).index)
    # No document says how these ended.
    assert judged.loc["single-window-phase-1", "reason"] == "no news"
    assert not judged["state"].isin(["overdue", "not begun"]).any()
    tasks = project_progress(works_of_tasks(ln), as_of=2026)
    assert tasks["state"].eq("undecided").all()
