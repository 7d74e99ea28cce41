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
