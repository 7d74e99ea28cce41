"""Pages that call themselves spreadsheets: laid out right, and harmless whatever is in them."""

import contextlib
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.formats import html
from regionkit.tables.read import read_table

FIXTURE = [HealthCheck.function_scoped_fixture]


@pytest.fixture
def read(tmp_path):
    def run(page, name="a.xls", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(page if isinstance(page, bytes) else page.encode(encoding))
        return read_grids(path)

    return run


def test_spans_are_merged_blocks(read):
    (grid,) = read(
        "<table><tr><th rowspan=2>县<th colspan=2>值<tr><th>甲<th>乙"
        "<tr><td rowspan=0>a<td>1<td>2<tr><td>3<td colspan=x>4</table>"
    )
    assert grid.rows == [
        ["县", "值", None],
        [None, "甲", "乙"],
        ["a", "1", "2"],
        [None, "3", "4"],
    ]
    assert grid.merged == [(0, 0, 1, 0), (0, 1, 0, 2), (2, 0, 3, 0)]
    assert grid.numbers == [1, 2, 3, 4]
    assert grid.sheet == ""


def test_a_table_in_a_cell_is_a_table_of_its_own(read):
    inner = "<table><tr><td>县<td>值</tr><tr><td>康平<td>1</tr></table>"
    (grid,) = read(f"<body>题<table><tr><td>查询结果{inner}</td></tr></table>尾</body>")
    assert grid.rows == [["县", "值"], ["康平", "1"]]
    assert [text for _, text in grid.above] == ["题", "查询结果"]
    assert [text for _, text in grid.below] == ["尾"]
    outer, second = read(
        f"<table><tr><td>市<td>{inner}</tr><tr><td>甲<td>9</tr><tr><td>乙<td>8</tr></table>"
    )
    assert outer.rows == [["市", None], ["甲", "9"], ["乙", "8"]]
    assert second.rows == [["县", "值"], ["康平", "1"]]
    assert (outer.sheet, second.sheet) == ("table 1", "table 2")


def test_text_of_cells(read):
    (grid,) = read(
        "<table><caption>表 一</caption><tr><td>甲&nbsp;乙<td>一<br>二</tr>"
        '<tr><td><script>x()</script><b>粗</b>体<td x:num="0.5">0.5<input type=hidden value=7></tr>'
        '<tr><td><input value=12><td x:num>3%</tr><tr><td x:num="0.031">3%<td x:num="x">4</tr>'
        "<tr><td x:num='1e999'>5<td><select><option>选</select>&lt;6&gt;</tr></table>"
    )
    assert grid.rows == [
        ["甲 乙", "一\n二"],
        ["粗体", 0.5],
        ["12", "3%"],
        ["3%", "4"],
        ["5", "<6>"],
    ]
    assert grid.above == [(1, "表 一")]
    assert grid.numbers == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig", "utf-16"])
def test_encodings_whatever_the_page_says_of_itself(read, encoding):
    page = '<html><meta charset="iso-8859-1"><table><tr><td>县<td>值<tr><td>康平<td>1</table>'
    assert read(page, encoding=encoding)[0].rows == [["县", "值"], ["康平", "1"]]


def test_other_encodings(read):
    page = '<html><meta charset="{}"><table><tr><td>é<td>ÿ<tr><td>a<td>1</table>'
    (grid,) = read(page.format("windows-1252").encode("windows-1252"))
    assert grid.rows[0] == ["é", "ÿ"]
    with pytest.raises(TableError, match="is a web page in neither UTF-8 nor GB18030"):
        read(page.format("none").encode("windows-1252"))


def test_nothing_reaches_other_files(read, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    page = (
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f'<html><link rel=stylesheet href="http://192.0.2.1/a.css"><table><tr><td>县<td>值</tr>'
        f'<tr><td>&x;&b;<img src="http://192.0.2.1/a.png"><td>1</tr></table>'
        f'<iframe src="{secret.as_uri()}"></iframe><object data="{secret.as_uri()}"></object>'
    )
    (grid,) = read(page)
    assert "geheim" not in str(grid)
    assert "aaaaaaaaaa" not in str(grid)
    assert grid.rows[0] == ["县", "值"]


def test_spans_and_depths_that_would_fill_the_memory(read, monkeypatch):
    huge = "<table>" + "<tr><td rowspan=99999999 colspan=99999999>a<td>b" * 30 + "</table>"
    with pytest.raises(TableError, match=r"a table of more than 16,384 columns"):
        read(huge)
    with pytest.raises(TableError, match=r"a table of more than 16,384 columns"):
        read("<table>" + "<tr>" + "<td colspan=1000>a" * 20 + "<tr><td>b<td>c</table>")
    monkeypatch.setattr("regionkit.tables.grid.MAX_CELLS", 10_000)
    with pytest.raises(TableError, match="has more than 10,000 cells"):
        read(huge.replace("rowspan=99999999", ""))
    monkeypatch.setattr(html, "_MAX_BYTES", 1000)
    with pytest.raises(TableError, match="is a web page of 0 MB"):
        read("<html>" + "x" * 1000)


def test_deep_pages(read):
    page = "<table><tr><td>" * 300 + "x"
    with pytest.raises(TableError, match=r"without a table of rows|cannot be read as"):
        read(page)


def test_pages_without_a_table(read):
    with pytest.raises(
        TableError, match=r"is a web page without a table of rows. Open it in a brow"
    ):
        read("<html><body>会话超时，请重新登录</body></html>")
    with pytest.raises(TableError, match=r"stand in files beside it. Read those .a.files/sheet001"):
        read("<html><frameset><frame src='a.files/sheet001.htm'></frameset></html>")
    with pytest.raises(TableError, match="is a web page without a table of rows"):
        read("<html><!-- -->")


def test_page_in_one_file(read):
    page = "<html><table><tr><td>县<td>值<tr><td>康平<td>1</table></html>"
    mail = (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\n'
        b'Content-Type: text/html; charset="gb2312"\nContent-Transfer-Encoding: 8bit\n\n'
        + page.encode("gbk")
        + b"\n--x\nContent-Type: image/png\n\nabc\n--x--\n"
    )
    (grid,) = read(mail)
    assert grid.rows == [["县", "值"], ["康平", "1"]]
    assert str(grid.note).startswith("the file is a web page in one file (MHTML)")


def test_page_under_its_own_ending_needs_no_note(read):
    page = "<html><table><tr><td>县<td>值<tr><td>康平<td>1</table></html>"
    assert read(page, "a.html")[0].note == ""
    assert str(read("<!-- 导出 -->\n" + page)[0].note).startswith(
        "the file is a web page (HTML), what"
    )


WORDS = st.text(string.ascii_letters + "县市区全省合计万元%—１２（）：注 ", max_size=6)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=2, max_size=6), st.data())
@settings(max_examples=100, suppress_health_check=FIXTURE)
def test_no_cell_is_lost(tmp_path, rows, data):
    """Every word of a page stands in a cell, or in a line outside the tables."""
    spans = st.integers(1, 3)
    page = "<table>" + "".join(
        "<tr>"
        + "".join(
            f"<td rowspan={data.draw(spans)} colspan={data.draw(spans)}>{word}</td>" for word in row
        )
        for row in rows
    )
    path = tmp_path / "fuzz.xls"
    path.write_text(page, encoding="utf-8")
    words = sorted(" ".join(word.split()) for row in rows for word in row if word.strip())
    try:
        (grid,) = read_grids(path)
    except TableError:
        # No two rows with two words each.
        assert sum(any(word.strip() for word in row) for row in rows) < 2 or all(
            sum(bool(word.strip()) for word in row) < 2 for row in rows
        )
        return
    assert sorted(cell for row in grid.rows for cell in row if cell) == words
    assert len({len(row) for row in grid.rows}) == 1


PIECES = ["<table>", "</table>", "<tr>", "<td>", "<td colspan=2>", "<th rowspan=3>", "</td>", "<p>"]
PIECES += [
    "<caption>",
    "<!--",
    "-->",
    "<b>",
    "县",
    "康平县",
    "1",
    "注：",
    "<br>",
    "<script>",
    "&#0;",
]
PIECES += ["<![CDATA[", "<frameset>", "<input value='1'>", "\x00", "<tbody>", "<select>", "&nbsp;"]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@settings(max_examples=200, suppress_health_check=FIXTURE)
def test_no_page_breaks_the_reader(tmp_path, pieces):
    path = tmp_path / "fuzz.xls"
    path.write_text("<html>" + "".join(pieces), encoding="utf-8")
    with contextlib.suppress(TableError):
        table = read_table(path, is_place=lambda text: text.endswith("县"))
        assert table.frame.index.is_unique


@pytest.mark.parametrize(
    ("hidden", "head"),
    [
        ("<span style='display:none'>7004</span>", ""),
        ("<span style='color:red;DISPLAY: none !important'>7004</span>", ""),
        ("<b style='visibility:hidden'>7004</b>", ""),
        ("<i hidden>7004</i>", ""),
        ("<span class='key x'>7004</span>", "<style>td{x:y} .key, .k2 {display:none}</style>"),
        ("<span id=k>7004</span>", "<style><!-- #k{visibility:hidden} --></style>"),
        ("<span style='mso-hide:all'>7004</span>", ""),
    ],
)
def test_hidden_text_is_no_part_of_a_number(read, hidden, head):
    (grid,) = read(
        f"<html><head>{head}</head><table><tr><td>县<td>值<tr><td>康平<td>{hidden}120.5</table>"
    )
    assert grid.rows == [["县", "值"], ["康平", "120.5"]]


def test_what_only_print_hides_is_seen(read):
    (grid,) = read(
        "<html><head><style>@media print{.no{display:none}}</style></head><table><tr><td>县<td>值"
        "<tr><td>康平<td><span class=no>12</span></table>"
    )
    assert grid.rows[1] == ["康平", "12"]


def test_raised_text_hidden_rows_and_columns(read):
    (grid,) = read(
        "<html><head><style>.up{vertical-align:super}</style></head><table><col><col>"
        "<col style='display:none'><tr><td>县<td>值<td>旧<tr><td>康平<td>32150<sup>1</sup><td>9"
        "<tbody style='display:none'><tr><td>法库<td>7<span class=up>2</span><td>8</tbody></table>"
    )
    assert grid.rows == [["县", "值", "旧"], ["康平", "32150¹", "9"], ["法库", "7²", "8"]]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2})


def test_a_number_kept_beside_what_is_shown(read):
    """Excel keeps 56780 beside a shown 5.7 of another scale, and 27.46 beside a rounded 27.5."""
    (grid,) = read(
        "<table><tr><td>县<td>值<td>数<tr><td>康平<td x:num='56780'>5.7<td x:num='27.46'>27.5"
        "<tr><td>法库<td x:num='56780'>5.7亿元<td x:num='3'>3</table>"
    )
    assert grid.rows[1:] == [["康平", "5.7", 27.46], ["法库", "5.7亿元", 3]]
