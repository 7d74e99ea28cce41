"""Layers as spreadsheets: no cell is ever a formula, and the sources stand beside the values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

    from regionkit.tables.styles import LayerStyle

    # Tables that go with a layer, such as its sources, by name.
    Tables = Mapping[str, pd.DataFrame]

__all__ = ["neutralise", "workbook_bytes", "write_csv", "write_text", "write_xlsx"]

# A spreadsheet takes a text that begins so for a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MAX_CELL = 32_767
_MAX_WIDTH = 40


def _with_position(layer: gpd.GeoDataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return the table of a layer with the position of each row in its last two columns."""
    geometry = layer.geometry
    points = geometry.representative_point()
    known = ~(geometry.isna() | geometry.is_empty)
    degrees = layer.crs is not None and layer.crs.is_geographic
    x, y = ("lon", "lat") if degrees else ("x_m", "y_m")
    table = pd.DataFrame(layer.drop(columns=geometry.name))
    for name, values in ((x, points.x), (y, points.y)):
        table[name if name not in table else f"{name} (position)"] = np.where(known, values, np.nan)
    note = (
        "positions are points inside the areas or on the lines"
        if (geometry.geom_type.dropna() != "Point").any()
        else ""
    )
    return table, [note] if note else []


def write_xlsx(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> tuple[dict[str, str], list[str]]:
    """Write a workbook: the layer, its sources, and the CRS of the positions."""
    import openpyxl

    table, notes = _with_position(layer)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "data"
    cut = _fill(sheet, _header(layer, table), table)
    for name, own in tables.items():
        cut += _fill(book.create_sheet(name), [str(c) for c in own], own)
    about = pd.DataFrame(
        {
            "item": ["CRS of the positions", "rows"],
            "value": [layer.crs.to_string(), str(len(table))],
        }
    )
    _fill(book.create_sheet("about"), list(about), about)
    book.save(path)
    if cut:
        notes.append(f"{cut} texts are cut at the {_MAX_CELL} characters of a cell")
    return {}, notes


def _header(layer: gpd.GeoDataFrame, table: pd.DataFrame) -> list[str]:
    """Return the names of the columns, each with the unit that a join took off its header."""
    units: dict[str, str] = layer.attrs.get("units", {})
    return [f"{c}（{units[c]}）" if units.get(str(c)) else str(c) for c in table]


def _fill(sheet: Any, header: list[str], table: pd.DataFrame) -> int:
    """Write a table to a sheet, and return how many texts had to be cut."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    cut = 0
    widths = [len(name) for name in header]
    for r, row in enumerate([header, *table.itertuples(index=False)], 1):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c)
            plain = _cell(value)
            if isinstance(plain, str):
                text = _ILLEGAL.sub("", plain)
                cut += len(text) > _MAX_CELL
                cell.value = text[:_MAX_CELL]
                # openpyxl takes a leading = for a formula; the type says it is text, and the
                # quote prefix keeps it text when somebody edits the cell.
                cell.data_type = "s"
                if text.startswith(FORMULA_STARTS):
                    cell.quotePrefix = True
                widths[c - 1] = max(widths[c - 1], min(len(text), _MAX_WIDTH))
            else:
                cell.value = plain
            if r == 1:
                cell.font = Font(bold=True)
    for c, width in enumerate(widths, 1):
        # A Chinese character is as wide as two digits.
        sheet.column_dimensions[get_column_letter(c)].width = min(width * 1.8 + 2, _MAX_WIDTH)
    sheet.freeze_panes = "A2"
    return cut


def _cell(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, pd.Timestamp):
        return value.tz_localize(None).to_pydatetime()
    return value


def write_csv(
    layer: gpd.GeoDataFrame, path: Path, _style: LayerStyle | None, tables: Tables
) -> tuple[dict[str, str], list[str]]:
    """Write CSV in UTF-8 with the mark that Excel needs to see it; sources in a second file."""
    table, notes = _with_position(layer)
    quoted = write_text(table.set_axis(_header(layer, table), axis=1), path)
    for name, own in tables.items():
        quoted += write_text(own, path.with_name(f"{path.stem}-{name}.csv"))
    if quoted:
        notes.append(
            f"{quoted} texts that begin with = + - or @ have a ' before them, so that no "
            "program takes them for formulas"
        )
    return {}, notes


def write_text(table: pd.DataFrame, path: Path) -> int:
    """Write a table as CSV without formulas; return how many texts were quoted for that."""
    quoted = 0

    def safe(value: Any) -> Any:
        nonlocal quoted
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            quoted += 1
            return f"'{value}"
        return value

    table = table.rename(columns=lambda name: safe(str(name)))
    table = table.apply(
        lambda column: column.map(safe) if column.dtype.kind not in "ifb" else column
    )
    table.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return quoted


def workbook_bytes(sheets: dict[str, pd.DataFrame]) -> bytes:
    """Return a workbook of plain tables, a sheet each, as the bytes of an .xlsx file."""
    import io

    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in sheets.items():
        _fill(book.create_sheet(title), [str(column) for column in table], table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def neutralise(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts no spreadsheet takes for formulas.

    Examples
    --------
    >>> import pandas as pd
    >>> neutralise(pd.DataFrame({"a": ["=1+1", "沈阳"]}))["a"].tolist()
    ["'=1+1", '沈阳']
    """
    from regionkit.tables.sheets import FORMULA_STARTS

    return table.map(
        lambda cell: (
            f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
        )
    )
