"""Shapefile: short names of fields, short texts, one kind of geometry a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.export.content import Content, Written, parts_by_kind
from regionkit.export.spreadsheet import write_beside
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

__all__ = ["write_shapefile"]

_DBF_NAME, _DBF_TEXT = 10, 254


def write_shapefile(content: Content, path: Path) -> Written:
    """Write a Shapefile a kind of geometry, UTF-8, and a table of what its short names mean."""
    import pyogrio

    renamed, names = _short_names(content.layer)
    renamed, notes = _short_texts(renamed)
    parts = parts_by_kind(renamed)
    unplaced = parts.pop("", None)
    if not parts:
        raise InputError(
            msg("No row has a position, so a Shapefile cannot be written."),
            mend=msg("Use .xlsx."),
        )
    if unplaced is not None:
        notes.append(
            msg(
                "rows without a position, left out: {n}: {rows}",
                n=len(unplaced),
                rows=[*unplaced.iloc[:20, 0].astype(str), *(["…"] if len(unplaced) > 20 else [])],
            )
        )
    for kind, part in parts.items():
        file = path if len(parts) == 1 else path.with_name(f"{path.stem}_{kind}.shp")
        # A Shapefile holds points or multipoints, and takes lines and areas of either kind.
        is_mixed = kind == "point" and len(set(part.geometry.geom_type)) > 1
        pyogrio.write_dataframe(
            part, file, driver="ESRI Shapefile", encoding="UTF-8", promote_to_multi=is_mixed
        )
        file.with_suffix(".cpg").write_text("UTF-8", encoding="ascii")
    listed = pd.DataFrame({"field": list(names.values()), "column": list(names)})
    listed["unit"] = [content.units.get(column, "") for column in names]
    write_beside(path, {"fields": listed})
    notes += write_beside(path, content.tables)
    return Written({old: new for old, new in names.items() if old != new}, tuple(notes))


def _short_names(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
    """Return the layer with names of at most ten plain letters: pinyin initials of Chinese."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in layer.columns.drop(layer.geometry.name):
        short = _short_name(str(column))
        name, number = short[:_DBF_NAME], 2
        while name.upper() in taken:
            tail = f"_{number}"
            name, number = short[: _DBF_NAME - len(tail)] + tail, number + 1
        taken.add(name.upper())
        names[str(column)] = name
    return layer.rename(columns=names), names


def _short_name(column: str) -> str:
    if len(column) <= _DBF_NAME and re.fullmatch("[A-Za-z][A-Za-z0-9_]*", column):
        return column
    text = column
    if not column.isascii():
        from pypinyin import Style, lazy_pinyin

        text = "".join(lazy_pinyin(column, style=Style.FIRST_LETTER))
    text = re.sub("[^A-Za-z0-9_]", "", text.encode("ascii", "ignore").decode())
    return text if text[:1].isalpha() else f"F{text}"


def _short_texts(layer: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, list[Words]]:
    """Return the layer with texts of at most 254 bytes, cut between characters, and a note."""
    notes: list[Words] = []
    for column in layer.columns.drop(layer.geometry.name):
        if not pd.api.types.is_string_dtype(layer[column]):
            continue
        long = layer[column].map(lambda v: isinstance(v, str) and len(v.encode()) > _DBF_TEXT)
        if long.any():
            layer[column] = layer[column].map(
                lambda v: (
                    v.encode()[:_DBF_TEXT].decode(errors="ignore") if isinstance(v, str) else v
                )
            )
            notes.append(
                msg(
                    "texts of field {column} cut at the {limit} bytes a Shapefile holds: {n}",
                    column=column,
                    limit=_DBF_TEXT,
                    n=int(long.sum()),
                )
            )
    return layer, notes
