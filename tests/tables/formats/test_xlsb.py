"""Binary workbooks."""

import contextlib
import datetime as dt
import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionkit.errors import TableError
from regionkit.tables.cells import read_grids
from regionkit.tables.read import read_table

FIXTURE = [HealthCheck.function_scoped_fixture]
ROWS = [["县", "值", "率"], ["康平", 1, "6.2%"], ["法库", 0.1, None]]


def changed(path, part, make):
    """Change one part of a package."""
    content = io.BytesIO(path.read_bytes())
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, make(data) if name == part else data)
    return path


def test_values_of_every_kind(tmp_path, write_xlsb):
    values = [-1, 12, 0.25, -0.5, 1e300, 123456.789, 2**40, True, "#N/A", "#DIV/0!", "=和", "文"]
    path = write_xlsb(tmp_path / "a.xlsb", {"表": [values, [None, dt.date(2024, 1, 2), "-1.1%"]]})
    (grid,) = read_grids(path)
    day = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - a spreadsheet has no zone
    assert grid.rows[0] == [*values[:10], "和", "文"]
    assert grid.rows[1][:3] == [None, day, "-1.1%"]
    assert (grid.sheet, grid.note) == ("表", "")


def test_days_from_1904(tmp_path, write_xlsb):
    path = write_xlsb(tmp_path / "a.xlsb", {"表": [[dt.date(2024, 1, 2), "a"]]})
    flags = b"\x99\x01\x0c\x20\x00\x01\x00"
    changed(
        path, "xl/workbook.bin", lambda data: data.replace(flags, flags[:3] + b"\x21" + flags[4:])
    )
    (grid,) = read_grids(path)
    assert grid.rows[0][0] == dt.datetime(2028, 1, 3)  # noqa: DTZ001 - a spreadsheet has no zone


def test_hidden_sheets_and_merged_blocks(tmp_path, write_xlsb):
    path = write_xlsb(
        tmp_path / "a.xlsb",
        {"一": [["a", "b"], [None, "c"]], "藏": [["x"]], "二": [["y"]]},
        merged=[(0, 1, 0, 0)],
        hidden=["藏"],
    )
    first, second = read_grids(path)
    assert (first.sheet, first.merged, second.sheet) == ("一", [(0, 0, 1, 0)], "二")


def test_what_is_refused(tmp_path, write_xlsb):
    path = write_xlsb(tmp_path / "a.xlsb", {"表": ROWS})
    whole = path.read_bytes()
    part = "xl/worksheets/sheet1.bin"
    for length in (20, 2, 1):
        path.write_bytes(whole)
        changed(path, part, lambda data, cut=length: data[:-cut])
        with pytest.raises(TableError, match=r"cannot be read as a spreadsheet .EOFError"):
            read_grids(path)
    path.write_bytes(whole)
    row = b"\x00\x11\x01\x00\x00\x00"
    changed(path, part, lambda data: data.replace(row, b"\x00\x11\x01\x00\x00\x7f"))
    with pytest.raises(TableError, match=r"has a cell in row 2,130,706,434, column 1, where no"):
        read_grids(path)
    path.write_bytes(whole)
    relations = "xl/_rels/workbook.bin.rels"
    changed(path, relations, lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "c">]>'))
    with pytest.raises(TableError, match=r"declares XML entities in xl/_rels/workbook.bin.rels"):
        read_grids(path)


def test_a_far_cell_fills_no_memory(tmp_path, write_xlsb):
    path = write_xlsb(tmp_path / "a.xlsb", {"表": ROWS})
    row = b"\x00\x11\x02\x00\x00\x00"
    far = b"\x00\x11\xff\xff\x0f\x00"
    changed(path, "xl/worksheets/sheet1.bin", lambda data: data.replace(row, far))
    (grid,) = read_grids(path)
    assert len(grid.rows) == 1_048_576


@given(st.integers(0, 100_000), st.binary(min_size=1, max_size=12), st.integers(0, 5))
@settings(max_examples=150, suppress_health_check=FIXTURE)
def test_no_damage_breaks_the_reader(tmp_path, write_xlsb, at, noise, which):
    path = write_xlsb(tmp_path / "fuzz.xlsb", {"表": ROWS}, merged=[(1, 2, 0, 0)])
    with zipfile.ZipFile(path) as package:
        part = [name for name in package.namelist() if name.startswith("xl/")][which % 5]

    def damage(data):
        start = at % len(data)
        return data[:start] + noise + data[start + len(noise) :]

    changed(path, part, damage)
    with contextlib.suppress(TableError):
        assert read_table(path).frame is not None


CELL = st.one_of(
    st.none(),
    st.integers(-(2**27), 2**27),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.text("县市康平合计：注1", min_size=1, max_size=6),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=8))
@settings(max_examples=100, suppress_health_check=FIXTURE)
def test_written_and_read_are_the_same(tmp_path, write_xlsb, rows):
    path = write_xlsb(tmp_path / "fuzz.xlsb", {"表": rows})
    if not any(value is not None for row in rows for value in row):
        return
    (grid,) = read_grids(path)
    for row, read in zip(rows, grid.rows, strict=False):
        for value, cell in zip(row, read, strict=False):
            if isinstance(value, dt.date):
                assert cell.date() == value
            elif isinstance(value, float):
                assert cell == pytest.approx(value, rel=1e-12, abs=1e-7)
            else:
                assert cell == value
    lost = [value for row in rows[len(grid.rows) :] for value in row if value is not None]
    assert lost == []
