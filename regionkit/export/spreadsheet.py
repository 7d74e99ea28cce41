"""Layers as spreadsheets, the position of each row in its last columns; tables beside a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from regionkit.export.content import Content, Written
from regionkit.imprint import current_imprint
from regionkit.tables.write import MAX_CELL, book_bytes, csv_bytes, fill_sheet, notes_table
from regionkit.words.message import Words, msg, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import geopandas as gpd

__all__ = ["write_beside", "write_csv", "write_xlsx"]


def write_xlsx(content: Content, path: Path) -> Written:
    """Write a workbook: the layer, its sources, and the CRS of the positions."""
    import openpyxl

    table, notes = _with_position(content.layer)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = say("Data")
    cut = fill_sheet(sheet, _header(content, table), table, keep_truths=True)
    for name, own in content.tables.items():
        cut += fill_sheet(book.create_sheet(_sheet_name(name)), _names(name, own), own)
    about = notes_table(
        {
            say("CRS of the positions"): content.layer.crs.to_string(),
            say("Rows"): str(len(table)),
            **current_imprint().notes(),
        }
    )
    fill_sheet(book.create_sheet(say("Notes")), list(about), about)
    path.write_bytes(book_bytes(book))
    if cut:
        notes.append(
            msg("texts cut at the {limit} characters of a cell: {n}", limit=MAX_CELL, n=cut)
        )
    return Written(notes=tuple(notes))


def write_csv(content: Content, path: Path) -> Written:
    """Write CSV in UTF-8 with the mark that Excel needs to see it; tables in files beside it."""
    table, notes = _with_position(content.layer)
    text, n_quoted = csv_bytes(table.set_axis(_header(content, table), axis=1))
    path.write_bytes(text)
    for name, own in content.tables.items():
        n_quoted += _write_one_beside(path, name, own)
    if n_quoted:
        notes.append(
            msg(
                "texts that begin with = + - or @ and have a ' before them, so that no program "
                "takes them for formulas: {n}",
                n=n_quoted,
            )
        )
    return Written(notes=tuple(notes))


def write_beside(path: Path, tables: Mapping[str, pd.DataFrame]) -> list[Words]:
    """Write the tables that a format has no room for as CSV files; return notes of them."""
    for name, table in tables.items():
        _write_one_beside(path, name, table)
    return [
        msg(
            "the table {name} stands in {file}",
            name=_sheet_name(name),
            file=_beside(path, name).name,
        )
        for name in tables
    ]


def _write_one_beside(path: Path, name: str, table: pd.DataFrame) -> int:
    """Write a table beside a file; return how many texts were quoted."""
    text, n_quoted = csv_bytes(table.set_axis(_names(name, table), axis=1))
    _beside(path, name).write_bytes(text)
    return n_quoted


def _beside(path: Path, name: str) -> Path:
    return path.with_name(f"{path.stem}-{name}.csv")


def _sheet_name(name: str) -> str:
    """Return the title of a table that goes with a layer."""
    titles = {"sources": say("Sources"), "unmatched": say("Unmatched rows")}
    return titles.get(name, name)


def _names(name: str, table: pd.DataFrame) -> list[str]:
    """Return the headers of a table that goes with a layer, in the reader's words."""
    if name != "sources":
        # The user's own headers, behind the numbers of the rows.
        return [say("Row") if str(column) == "row" else str(column) for column in table.columns]
    words = {
        "source_id": say("Id"),
        "title": say("Title"),
        "short_title": say("Short title"),
        "issuer": say("Issuer"),
        "issued_on": say("Issued on"),
        "kind": say("Kind"),
        "licence": say("Licence"),
        "note": say("Note"),
    }
    return [words.get(str(column), str(column)) for column in table.columns]


def _with_position(layer: gpd.GeoDataFrame) -> tuple[pd.DataFrame, list[Words]]:
    """Return the table of a layer with the position of each row in its last two columns."""
    geometry = layer.geometry
    points = geometry.representative_point()
    known = ~(geometry.isna() | geometry.is_empty)
    degrees = layer.crs is not None and layer.crs.is_geographic
    x, y = (say("lon"), say("lat")) if degrees else ("x_m", "y_m")
    table = pd.DataFrame(layer.drop(columns=geometry.name))
    for name, values in ((x, points.x), (y, points.y)):
        table[name if name not in table else f"{name} (position)"] = np.where(known, values, np.nan)
    is_point = (geometry.geom_type.dropna() == "Point").all()
    note = msg("positions are points inside the areas or on the lines")
    return table, [] if is_point else [note]


def _header(content: Content, table: pd.DataFrame) -> list[str]:
    """Return the names of the columns, each with the unit that a join took off its header."""
    units = content.units
    return [f"{c}（{units[c]}）" if units.get(str(c)) else str(c) for c in table]
