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
        ("a.doc", lambda: OLE + "WordDocument".encode("utf-16-le"), "is a Word document (.doc)"),
        ("a.pdf", lambda: b"%PDF-1.7", "is a PDF, not a spreadsheet. Use .xlsx, .xls, .xlsb, .ods"),
        ("a.xls", lambda: b"\x89PNG\r\n\x1a\n", "is a picture, not a spreadsheet."),
        ("a.ods", lambda: b"", "is empty (0 bytes). Save it again"),
        ("a.xlsb", lambda: b"PK\x03\x04" + bytes(90), "cannot be read as a spreadsheet"),
        ("a.et", lambda: OLE, "Open it"),
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
