"""The commands on the user's files, typed with files as offices send them."""

import io
import zipfile

import msoffcrypto
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

PAGE = "<html><table><tr><td>县<td>人口（万人）<tr><td>康平<td>27<tr><td>法库<td>33</table></html>"


def locked():
    plain, result = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(plain)
    assert msoffcrypto.OfficeFile
    OOXMLFile(plain).encrypt("1234", result)
    return result.getvalue()


def package(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1500)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", locked, "is protected by a password. Open it, remove the password"),
        ("a.numbers", lambda: package("Index/Document.iwa"), "is a workbook of Apple Numbers"),
        ("a.docx", lambda: package("word/document.xml"), "is a Word document, not a spreadsheet."),
        ("a.pdf", lambda: b"%PDF-1.7", "is a PDF, not a spreadsheet. Use .xlsx, .xls, .ods"),
        ("a.xls", lambda: b"\x89PNG\r\n\x1a\n", "is a picture, not a spreadsheet."),
        ("a.ods", lambda: b"", "is empty (0 bytes). Save it again"),
        (
            "a.xlsb",
            lambda: package("xl/workbook.bin"),
            "is a binary workbook (.xlsb), which is not",
        ),
        ("a.xlsx", lambda: b"PK\x03\x04" + bytes(90), "cannot be read as a spreadsheet"),
        ("a.et", lambda: OLE, "is a damaged .xls workbook"),
        ("a.xls", lambda: b"<html>x</html>", "is a web page without a table of rows."),
    ],
)
def test_what_is_no_table_is_one_message_and_exit_2(run, tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content())
    status, out, err = run("join", path)
    assert (status, out) == (2, "")
    assert words in err
    assert f"{name}: " in err
    assert "Traceback" not in err


def test_join_says_what_the_file_really_is(run, tmp_path):
    path = tmp_path / "导出.xls"
    path.write_bytes(PAGE.encode("gbk"))
    status, out, _ = run("join", path)
    assert status == 0
    assert "Note: the file is a web page (HTML), whatever its ending .xls says." in out
    assert "Column 人口, in 万人: 2 values" in out


def test_kmz_goes_out_and_comes_in(run, tmp_path):
    path = tmp_path / "zones.kmz"
    status, out, _ = run("export", "zones", "-o", path)
    assert status == 0
    assert out.startswith(str(path))
    whole = run("query", "--domain", "energy", "--count-by", "zone")
    status, out, err = run("query", "--domain", "energy", "--within", path)
    assert status == 0
    assert whole[0] == 0
    assert "项" in err + out
    path.write_bytes(b"PK\x03\x04")
    status, _, err = run("query", "--within", path)
    assert status == 2
    assert "zones.kmz: is a damaged .kmz" in err


LONG = """县,年份,指标,数值
康平县,2022,人口（万人）,27.9
康平县,2023,人口（万人）,27.5
康平县,2023,占比（%）,141
法库县,2022,人口（万人）,33
法库县,2023,人口（万人）,32.1
"""


def test_a_long_table_is_joined_from_the_command(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(LONG, encoding="utf-8")
    status, _, err = run("join", path)
    assert status == 2
    assert "Choose with --where 年份=2023; " in err
    chosen = ("join", path, "--where", "年份=2023", "--pivot", "指标")
    status, _, err = run(*chosen)
    assert status == 2
    assert "row 4, column 占比: is 141, but 占比 cannot lie outside 0 to 100" in err
    out_path, report = tmp_path / "b.xlsx", tmp_path / "b.txt"
    status, out, _ = run(
        *chosen, "--accept", "占比", "--unit", "人口=人", "-o", out_path, "--report", report
    )
    assert status == 0
    assert "Column 人口, in 人: 2 values" in out
    assert report.read_text(encoding="utf-8-sig").strip() in out
    sheet = openpyxl.load_workbook(out_path)["说明"]
    lines = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert lines == report.read_text(encoding="utf-8-sig").rstrip("\n").split("\n")
    assert any("is 141" in line and "taken as it is" in line for line in lines)


@pytest.mark.parametrize("word", ["年份", "=2023", "年份="])
def test_a_choice_of_rows_without_a_value_is_told(run, tmp_path, word):
    path = tmp_path / "a.csv"
    path.write_text(LONG, encoding="utf-8")
    status, _, err = run("join", path, "--where", word)
    assert status == 2
    assert f"{word} is no COLUMN=VALUE. Write it such as --where 年份=2023" in err


def test_projects_are_summed_and_hidden_rows_left_out(run, tmp_path):
    book = openpyxl.Workbook()
    rows = [
        ["项目", "县", "投资（亿元）"],
        ["甲", "康平县", 1],
        ["乙", "康平县", 2],
        ["丙", "法库县", 4],
    ]
    for row in rows:
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    status, out, _ = run("join", tmp_path / "a.xlsx", "--sum-by", "县", "-o", tmp_path / "b.csv")
    assert status == 0
    assert "3 rows of 2 units were summed" in out
    assert "1 rows of the sheet are hidden (3) and were read too" in out
    status, out, _ = run("join", tmp_path / "a.xlsx", "--sum-by", "县", "--visible-only")
    assert "2 rows of 2 units were summed" in out


def test_a_column_is_drawn_by_its_heading_as_typed(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("县,人口（万人）,等级\n康平县,27.5,甲\n法库县,32.1,乙\n", encoding="utf-8")
    picture = tmp_path / "a.svg"
    status, _, _ = run("join", path, "--value", "人口（万人）", "--map", picture)
    assert status == 0
    assert picture.stat().st_size > 10_000
    status, _, err = run("join", path, "--value", "等级", "--map", picture)
    assert status == 2
    assert "等级 holds text, which has no classes to draw" in err


def test_a_table_of_zones_from_the_command(run, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("区域,值\n沈阳现代化都市圈,1\n沿海经济带,2\n", encoding="utf-8")
    status, out, _ = run("join", path, "--level", "zone", "--map", tmp_path / "a.svg")
    assert status == 0
    assert "2 rows by column 区域 (2 matched)" in out


@pytest.mark.parametrize("has_group", [True, False], ids=["a group of years", "years alone"])
def test_a_series_of_years_has_one_name_and_one_unit_on_the_map(run, tmp_path, has_group):
    book = openpyxl.Workbook()
    sheet = book.active
    if has_group:
        for row in (["单位：万人"], ["地区", "年末常住人口", None], [None, "2020年", "2021年"]):
            sheet.append(row)
        sheet.merge_cells("B2:C2")
        sheet.merge_cells("A2:A3")
    else:
        sheet.append(["年末常住人口（万人）"])
        sheet.append(["地区", "2020年", "2021年"])
    for name, value in (("沈阳市", 907), ("大连市", 745), ("鞍山市", 332), ("抚顺市", 185)):
        sheet.append([name, value, value + 1])
    book.save(tmp_path / "人口.xlsx")
    status, out, err = run(
        "join", tmp_path / "人口.xlsx", "--level", "city", "--map", tmp_path / "a.svg", "--no-zones"
    )
    assert status == 0
    assert out.count("in 万人: 4 values") == 2
    group = "年末常住人口/" if has_group else ""
    assert f"Drawn is the column {group}2021年; --value names another: {group}2020年." in err
    drawn = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "年末常住人口 (2021)" in drawn
    assert "万人" in drawn


@pytest.mark.parametrize(
    ("header", "options", "drawn"),
    [
        ("县,2023年人口,2021年人口,面积2024年", [], "2023年人口"),
        ("县,GDP2021,GDP2023,人口", [], "GDP2023"),
        ("县,人口,2023年产值,2024年产值", [], "人口"),
        ("县,2021年,2022年,2023年", ["--value", "2022年", "--value", "2021年"], "2022年"),
    ],
)
def test_a_map_draws_the_newest_year_or_the_first_column_named(
    run, tmp_path, header, options, drawn
):
    table = tmp_path / "t.csv"
    table.write_text(f"{header}\n康平县,1,2,3\n法库县,4,5,6\n", encoding="utf-8")
    status, _, err = run("join", table, *options, "--map", tmp_path / "a.svg")
    assert status == 0
    assert f"Drawn is the column {drawn};" in err
    assert f"<title>{drawn}<" in (tmp_path / "a.svg").read_text(encoding="utf-8")
