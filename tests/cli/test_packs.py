"""Commands about packs: an older one is brought up to date, one is written for other tools."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from regionkit.pack.model import list_tables

OLD = Path(__file__).parents[1] / "pack" / "packs" / "version-0.zip"


@pytest.fixture
def old(tmp_path):
    with zipfile.ZipFile(OLD) as file:
        file.extractall(tmp_path / "old")
    return tmp_path / "old"


def version(folder):
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return raw.get("schema_version"), len(raw.get("resources", ()))


def test_check_leaves_a_pack_as_it_is_and_update_writes_it(run, old):
    assert run("check", str(old)) == (0, "No faults.\n", "")
    assert version(old) == (None, 21)
    status, out, _ = run("check", str(old), "--update")
    assert status == 0
    assert out.startswith("No faults.\nWrote ")
    assert "project_values.csv" in out
    assert version(old) == (1, 0)
    assert run("check", str(old), "--update") == (
        0, "No faults.\nIt is in today's form already.\n", "",
    )  # fmt: skip


def test_a_pack_with_faults_is_not_updated(run, old):
    path = old / "zones.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("strategic", "big"), encoding="utf-8")
    status, out, _ = run("check", str(old), "--update")
    assert status == 1
    assert '"big" is none of its values. Use one of: strategic (战略分区), ' in out
    assert "Faults: 2." in out
    assert version(old) == (None, 21)


def test_convert_writes_a_copy_or_the_pack_itself(run, old, tmp_path):
    copy = tmp_path / "copy"
    assert run("convert", str(old), "--self-contained", "-o", str(copy)) == (0, f"{copy}\n", "")
    assert version(copy) == (1, len(list_tables()))
    assert version(old) == (None, 21)
    assert run("check", str(copy)) == (0, "No faults.\n", "")
    shutil.rmtree(copy)
    assert run("convert", str(old), "--self-contained")[0] == 0
    assert version(old) == (1, len(list_tables()))
    assert run("check", str(old)) == (0, "No faults.\n", "")


def test_convert_refuses_a_full_folder_and_no_form(run, old):
    status, _, err = run("convert", str(old), "--self-contained", "-o", str(old))
    assert status == 2
    assert "is not an empty folder" in err
    status, _, err = run("convert", str(old))
    assert status == 2
    assert "Say what to convert it to: a workbook or folder to write, or --self-contained." in err
    status, _, err = run("convert", str(old), "x.xlsx", "--self-contained")
    assert status == 2


@pytest.mark.parametrize("word", ["吉林", "吉林省", "jilin", "220000"])
def test_a_new_pack_is_a_workbook_where_one_is_named(run, tmp_path, word):
    path = tmp_path / "吉林.xlsx"
    assert run("new-pack", word, "--xlsx", str(path)) == (0, f"{path}\n", "")
    assert run("check", str(path)) == (0, "No faults.\n", "")
    status, _, err = run("new-pack", word, str(path))
    assert status == 2
    assert "is there already, and may hold what somebody typed." in err


def test_a_new_pack_is_one_thing(run, tmp_path):
    for words in ([], [str(tmp_path / "a"), "--xlsx", "a.xlsx"], ["--xlsx", "a.csv"]):
        status, _, err = run("new-pack", "吉林", *words)
        assert status == 2
        assert "Name one folder to write, or one file that ends in .xlsx." in err


def test_convert_there_and_back(run, old, tmp_path):
    book, folder = tmp_path / "a.xlsx", tmp_path / "a"
    assert run("convert", str(old), str(book)) == (0, f"{book}\n", "")
    assert run("check", str(book)) == (0, "No faults.\n", "")
    assert run("convert", str(book), str(folder)) == (0, f"{folder}\n", "")
    assert run("check", str(folder), "--tidy") == (0, "No faults.\nIt is tidy already.\n", "")
    path = folder / "zones.csv"
    path.write_text(path.read_text("utf-8").replace("strategic", "战略分区"), encoding="gbk")
    status, out, _ = run("check", str(folder), "--tidy")
    assert (status, out) == (0, "No faults.\nWrote zones.csv.\n")
    assert "strategic" in path.read_text("utf-8")


@pytest.mark.usefixtures("chinese")
def test_faults_of_a_workbook_are_told_in_chinese(run, tmp_path):
    import openpyxl

    path = tmp_path / "吉林.xlsx"
    run("new-pack", "吉林", str(path))
    book = openpyxl.load_workbook(path)
    book["驻地"].cell(3, 1).value = "通化"
    book.save(path)
    status, out, _ = run("check", str(path))
    assert status == 1
    assert "吉林.xlsx，工作表“驻地”，第 3 行，行政区划代码 列：好几个单位叫“通化”：" in out


def test_coverage_tells_what_was_left_out(run):
    status, out, err = run("coverage", "--by", "recall")
    assert (status, err) == (0, "")
    assert "outside 42" in out
    _, _, err = run("coverage", "--by", "link")
    assert err.startswith("Zones of which only the name is known: ")
    assert "中蒙俄经济走廊" in err


def test_coverage_counts(run):
    status, out, _ = run("coverage", "--by", "document")
    assert status == 0
    assert "True" not in out
    assert "False" not in out


def test_coverage_of_a_pack_without_facts_and_of_a_small_one(run, tmp_path, chinese):
    del chinese
    run("new-pack", "jilin", tmp_path / "jilin")
    assert run("check", tmp_path / "jilin")[0] == 0
    status, out, _ = run("coverage", tmp_path / "jilin")
    assert (status, "专题图" in out) == (0, False)
    small = Path(__file__).parents[1] / "packs" / "jilin"
    status, out, _ = run("coverage", small)
    assert status == 0
    assert "True" not in out
    assert "“一主六双”专项规划" in out
