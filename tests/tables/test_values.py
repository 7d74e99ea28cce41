"""Numbers as typed."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.tables.grammar.cell import parse_number
from regionkit.tables.grammar.shown import ShownNumber
from regionkit.tables.values import parse_column


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,234,567.8", 1_234_567.8, ""),
        ("１２３，４５６", 123_456, ""),
        (" 5\u00a0678 ", 5678, ""),
        ("－5.2", -5.2, ""),
        ("−5.2", -5.2, ""),
        ("12.5%", 12.5, "%"),
        ("３．１％", 3.1, "%"),
        ("3.2亿", 3.2, "亿"),
        ("4500万元", 4500, "万元"),
        ("2.1E+3", 2100, ""),
        ("'12", 12, ""),
        ("12①", 12, ""),
        (7, 7, ""),
        ("0.5个百分点", 0.5, "个百分点"),
        ("10万千瓦", 10, "万千瓦"),
    ],
)
def test_numbers(cell, value, unit):
    number = parse_number(cell)
    assert (number.value, number.unit, number.what) == (value, unit, "")


@pytest.mark.parametrize(
    "mark", ["—", "——", "-", "…", "……", "...", "/", "N/A", "nan", "不详", "暂无"]
)
def test_marks_for_no_data(mark):
    number = parse_number(mark)
    assert math.isnan(number.value)
    assert (number.mark, number.what) == (mark, "")


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("1,5", "has a comma that does not part thousands"),
        ("12-15", "is no plain number"),
        ("约5", "is no plain number"),
        ("5左右", "is no plain number"),
        ("无", "is no plain number"),
        ("(12)", "is no plain number"),
        ("#DIV/0!", "is an error of the spreadsheet"),
        (True, "True is no number"),
        (dt.date(2024, 1, 2), "2024-01-02 is a date, not a number"),
        (dt.time(1, 2), "01:02:00 is a date"),
        ("1e999", "is too large a number"),
        (math.inf, "is infinite"),
        ("1.2.3", "is no plain number"),
        ({}, "is no number"),
    ],
)
def test_faults(cell, what):
    number = parse_number(cell)
    assert what in str(number.what)
    assert math.isnan(number.value)
    assert number.mend


def test_units_of_a_column():
    assert parse_column(["3亿", "4亿"], [2, 3]).unit == "亿"
    assert parse_column(["3亿"], [2], unit="亿元").faults == ()
    assert "the header says 万元" in parse_column(["3亿"], [2], unit="万元").faults[0][1].render()
    assert "1 other cells name no unit" in parse_column(["3亿", "4"], [2, 3]).faults[0][1].render()
    assert "taken alike" in str(parse_column(["3%", "4"], [2, 3]).notes[0])


@given(st.text(max_size=10))
@settings(max_examples=300, deadline=None)
def test_no_text_breaks_the_reader(text):
    number = parse_number(text)
    assert math.isnan(number.value) or not number.what


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 2)))
@settings(max_examples=200, deadline=None)
def test_a_number_printed_with_thousands_is_read_back(value):
    assert parse_number(f"{value:,.2f}").value == value
    wide = f"{value:,.2f}".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,.-"})
    assert parse_number(wide).value == value


def test_many_notes_alike_are_one():
    cells = [ShownNumber(10_000 * n, "0\\.0,") for n in range(1, 100)]
    made = parse_column([*cells, "5¹"], list(range(2, 102)))
    assert tuple(map(str, made.notes)) == (
        "row 2: shows 1, the cell holds 10000 (and 98 more rows alike)",
        "row 101: footnote mark ¹ taken off",
    )
