"""A kind of layer: points and lines of the user's own, as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from regionkit.maps.page.columns import pack_column
from regionkit.maps.page.topology import OWN_SCALE, encode_line, to_grid
from regionkit.maps.signs.classify import classify, number_column
from regionkit.maps.signs.naming_numbers import (
    is_boolean,
    is_naming,
    quantity_label,
    yes_or_no,
)
from regionkit.maps.signs.palette import NO_DATA_COLOUR, kind_colours, kinds_in_order
from regionkit.places.frames import kind_text
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regionkit.maps.signs.options import Caption, Classing
    from regionkit.maps.themes.own import OwnLayer

__all__ = ["mark_spec"]

# Marks without a column to be coloured by.
_ONE_COLOUR = "#0b5cad"


def mark_spec(
    own: OwnLayer,
    column: str | None,
    *,
    key: str,
    caption: Caption,
    classing: Classing,
    columns: Mapping[str, pd.Series],
    shift: Any,
    lang: str,
) -> dict[str, Any]:
    """Return points or lines of the user's as the page reads them."""
    frame = own.frame
    shades = [_ONE_COLOUR] * len(frame)
    labels: list[str] = [""] * len(frame)
    entries: list[list[Any]] = [["", _ONE_COLOUR, len(frame)]]
    if column is not None:
        values = frame[column]
        if own.is_kind(column):
            words = {str(v): yes_or_no(v, lang) for v in (True, False)}
            words = words if is_boolean(values) else {}
            texts = pd.Series(
                [None if pd.isna(v) else kind_text(v) for v in values.astype(object)], dtype=object
            )
            labels = ["" if t is None else f"{words.get(t, t)}{caption.unit}" for t in texts]
            kinds = list(map(kind_text, kinds_in_order(values)))
            own_colours = {kind_text(k): shade for k, shade in (classing.colours or {}).items()}
            found = own_colours or dict(zip(kinds, kind_colours(len(kinds)), strict=True))
            shades = [found.get(text, NO_DATA_COLOUR) for text in texts]
            counts = texts.value_counts()
            entries = [
                [words.get(kind, kind), found[kind], int(counts[kind])]
                for kind in found
                if kind in counts
            ]
        else:
            values = number_column(values)
            naming = is_naming(values)
            labels = [
                "" if pd.isna(v) else quantity_label(v, caption.unit, is_naming=naming)
                for v in values
            ]
            classes = classify(
                values,
                scheme=classing.class_scheme,
                k=classing.k,
                bins=classing.bins,
                cmap=classing.cmap,
            )
            shades = [classes.colours[c] if c >= 0 else NO_DATA_COLOUR for c in classes.codes]
            rows = zip(classes.labels, classes.colours, classes.counts, strict=True)
            entries = [[text, colour, int(count)] for text, colour, count in rows]
        if missing := int(values.isna().sum()):
            entries.append([say("No data", lang=lang), NO_DATA_COLOUR, missing])
    return {
        "id": key,
        "title": caption.title,
        "unit": caption.unit,
        "source": caption.source,
        "note": caption.note,
        "entries": entries,
        "names": own.names,
        "labels": labels,
        "colours": shades,
        "steps": OWN_SCALE,
        "at": [_points(shape, shift) for shape in frame.geometry],
        "lines": [_lines(shape, shift) for shape in frame.geometry],
        "columns": [[key, pack_column(cells)] for key, cells in columns.items()],
    }


def _grid(shape: Any, shift: Any) -> Any:
    xy = shapely.get_coordinates(shape)
    return to_grid(np.asarray(xy if shift is None else shift(xy)), OWN_SCALE)


def _points(shape: Any, shift: Any) -> list[list[int]] | None:
    if not shape.geom_type.endswith("Point"):
        return None
    points: list[list[int]] = _grid(shape, shift).tolist()
    return points


def _lines(shape: Any, shift: Any) -> list[str] | None:
    if "Line" not in shape.geom_type:
        return None
    return [encode_line(_grid(part, shift)) for part in shapely.get_parts(shape)]
