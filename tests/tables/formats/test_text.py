"""Text in the encodings and with the separators that offices use."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from regionkit.tables.cells import read_grids
from regionkit.tables.formats.text import decode_text
from regionkit.tables.read import read_table


@given(st.text(st.characters(codec="gbk", exclude_categories=["Cc"]), min_size=1))
@settings(max_examples=200, deadline=None)
@example("锘")
def test_text_in_gbk_is_read_as_it_was_written(text):
    content = text.encode("gbk")
    try:
        also_utf8 = content.decode("utf-8")
    except UnicodeDecodeError:
        also_utf8 = None
    if also_utf8 is None and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        assert decode_text(content)[0] == text


def test_text_that_we_quoted_ourselves_is_read_as_it_was(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("县,备注\n康平,'=1+1\n法库,'x\n", encoding="utf-8-sig")
    assert read_table(path).frame["备注"].tolist() == ["=1+1", "'x"]


@pytest.mark.parametrize(
    ("separator", "word"), [(",", "commas"), ("\t", "tabs"), (";", "semicolons"), ("|", "bars")]
)
def test_what_text_under_another_ending_is(tmp_path, separator, word):
    path = tmp_path / "a.xlsx"
    path.write_text(separator.join("县值") + "\n" + separator.join(["康平", "1"]), encoding="gbk")
    (grid,) = read_grids(path)
    assert grid.rows == [["县", "值"], ["康平", "1"]]
    note = f"the file is text separated by {word}, in gb18030, whatever its ending .xlsx says"
    assert str(grid.note) == note
    assert tuple(map(str, read_table(path).notes)) == (note,)
    path = path.rename(tmp_path / "a.csv")
    assert read_table(path).notes == ()


def test_text_that_begins_like_a_picture(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("BM编号,值\n1,2\n", encoding="utf-8")
    assert read_grids(path)[0].rows[0] == ["BM编号", "值"]
