"""The door for a user's frame: what every function that takes one checks, in one place.

A frame comes in with its shapes where they belong, its columns named by text and each once, and
its positions in EPSG:4326; or it is refused in words.
"""

from __future__ import annotations

import datetime as dt
import difflib
import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.places.positions import in_degrees
from regionkit.words.message import join, msg
from regionkit.words.plain import drawn_text

if TYPE_CHECKING:
    from collections.abc import Hashable

    from regionkit.words.message import Words

__all__ = [
    "check_units_once",
    "clean_column",
    "column_name",
    "drop_unplaced",
    "holds_shapes",
    "kind_text",
    "leave_out_unplaced",
    "need_column",
    "no_values",
    "open_frame",
    "place_frame",
    "unplaced",
]

_MOST_NAMED = 5
_AREA = 2


def column_name(key: Hashable) -> str:
    """Return the name of a column as text: a year as it is, two header levels with a stroke.

    Examples
    --------
    >>> column_name(2024), column_name(2024.0), column_name(("产值", "sum")), column_name(("a", ""))
    ('2024', '2024', '产值/sum', 'a')
    """
    if isinstance(key, str):
        return key
    if isinstance(key, tuple):
        return "/".join(part for part in map(column_name, key) if part)
    return kind_text(key)


def kind_text(value: Any) -> str:
    r"""Return a value as it is read: 1 for 1.0, the day of a midnight, lists with 、 between.

    Examples
    --------
    >>> kind_text(1.0), kind_text(pd.Timestamp("2024-01-01")), kind_text(("甲", "乙"))
    ('1', '2024-01-01', '甲、乙')
    >>> kind_text(pd.Timedelta(days=5)), kind_text("a\tb")
    ('5 d', 'a b')
    """
    if isinstance(value, float | np.floating):
        number = float(value)
        return str(int(number)) if number.is_integer() and abs(number) < 2**53 else f"{number:.15g}"
    if isinstance(value, dt.datetime | np.datetime64):
        moment = pd.Timestamp(value)
        is_day = moment == moment.normalize()
        return str(moment.date()) if is_day else str(moment)
    if isinstance(value, dt.timedelta | np.timedelta64):
        return f"{pd.Timedelta(value) / pd.Timedelta(days=1):g} d"
    if isinstance(value, list | tuple | set | frozenset):
        parts = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return "、".join(map(kind_text, parts))
    return drawn_text(value)


def open_frame(frame: Any) -> gpd.GeoDataFrame:
    """Return a frame whose shapes are active and whose columns are texts, each once.

    An active geometry that was lost or renamed is found where there is one column of shapes alone.
    Columns of one name are one where they are alike; of others the later are numbered. The frame
    given is not changed.

    Parameters
    ----------
    frame : GeoDataFrame, GeoSeries or DataFrame with a column of shapes

    Raises
    ------
    InputError
        It has no shapes, or several columns of them of which none is active.

    Examples
    --------
    >>> lost = pd.DataFrame(gpd.GeoDataFrame({2024: [1]}, geometry=[shapely.Point(1, 2)], crs=4326))
    >>> opened = open_frame(lost)
    >>> opened.columns.tolist(), opened.geometry.name
    (['2024', 'geometry'], 'geometry')
    """
    if isinstance(frame, gpd.GeoSeries):
        frame = gpd.GeoDataFrame(geometry=frame)
    if not isinstance(frame, pd.DataFrame):
        raise _shapeless(frame)
    if _is_plain(frame):
        return frame
    table = pd.DataFrame(frame)
    names = [column_name(column) for column in table.columns]
    active = _active_geometry(frame, table, names)
    shapes = table.iloc[:, active]
    kept, final = _each_once(table, names, active)
    made = table.iloc[:, kept].set_axis(final, axis=1)
    name = final[kept.index(active)]
    crs = getattr(shapes, "crs", None) if isinstance(shapes, gpd.GeoSeries) else None
    crs = crs or getattr(shapes.array, "crs", None)
    array = gpd.array.from_shapely(shapes.to_numpy(dtype=object), crs=crs)
    made = gpd.GeoDataFrame(made.drop(columns=name), geometry=gpd.GeoSeries(array, made.index))
    made = made if name == "geometry" else made.rename_geometry(name)
    made = made[final]
    if isinstance(made.index, pd.MultiIndex):
        made.index = pd.Index([column_name(key) for key in made.index])
    made.attrs = dict(frame.attrs)
    return made


def _is_plain(frame: pd.DataFrame) -> bool:
    """Return whether there is nothing to do: nearly every frame."""
    return (
        isinstance(frame, gpd.GeoDataFrame)
        and frame.active_geometry_name is not None
        and not isinstance(frame.index, pd.MultiIndex)
        and frame.columns.is_unique
        and all(isinstance(column, str) for column in frame.columns)
        and frame.active_geometry_name in frame.columns
    )


def _active_geometry(frame: Any, table: pd.DataFrame, names: list[str]) -> int:
    """Return the place of the column of shapes that is meant."""
    found = [place for place in range(table.shape[1]) if holds_shapes(table.iloc[:, place])]
    active = frame.active_geometry_name if isinstance(frame, gpd.GeoDataFrame) else None
    distinct = dict.fromkeys(names[place] for place in found)
    if active is not None or len(distinct) == 1:
        wanted = next(iter(distinct), "") if active is None else column_name(active)
        mine = [place for place in found if names[place] == wanted]
        if len(mine) > 1 and not _are_alike(table, mine):
            raise InputError(
                msg(
                    "Column {column!r} stands {n} times, with different shapes.",
                    column=names[mine[0]],
                    n=len(mine),
                ),
                mend=_keep_one(),
            )
        if mine:
            return mine[0]
    if not found:
        raise _shapeless(frame)
    if len(distinct) > 1:
        call = f"frame.set_geometry({next(iter(distinct))!r})"
        raise InputError(
            msg(
                "The frame has several columns of shapes ({choices}), and none of them is active.",
                choices=tuple(distinct),
            ),
            mend=msg("Say which is meant: {call}.", call=call),
        )
    return found[0]


def _shapeless(frame: object) -> InputError:
    return InputError(
        msg("A {kind} has no geometry.", kind=type(frame).__name__),
        mend=msg("Give a GeoDataFrame, for example ln.counties.join(table)."),
    )


def holds_shapes(column: pd.Series) -> bool:
    """Return whether a column holds shapes and nothing else, whatever its type.

    Examples
    --------
    >>> holds_shapes(pd.Series([shapely.Point(1, 2), None])), holds_shapes(pd.Series(["甲"]))
    (True, False)
    """
    if column.dtype.name == "geometry":
        return True
    if column.dtype != object:
        return False
    known = column.dropna()
    return bool(len(known)) and all(isinstance(value, shapely.Geometry) for value in known)


def _each_once(table: pd.DataFrame, names: list[str], active: int) -> tuple[list[int], list[str]]:
    """Return which columns are kept and their names: alike ones once, others numbered."""
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        places.setdefault(name, []).append(place)
    kept, final = [], []
    for place, name in enumerate(names):
        mine = places[name]
        if len(mine) > 1 and _are_alike(table, mine):
            first = active if active in mine else mine[0]
            if place != first:
                continue
            mine = [place]
        kept.append(place)
        number = mine.index(place) + 1
        final.append(name if number == 1 else f"{name} ({number})")
    return kept, final


def _are_alike(table: pd.DataFrame, places: list[int]) -> bool:
    first = table.iloc[:, places[0]]
    if first.dtype.name == "geometry":
        return all(
            bool(shapely.equals_identical(*_shapes(first, table.iloc[:, one])).all())
            for one in places[1:]
        )
    return all(first.equals(table.iloc[:, one]) for one in places[1:])


def _shapes(*columns: pd.Series) -> list[Any]:
    return [column.to_numpy(dtype=object) for column in columns]


def _keep_one() -> Words:
    return msg("Keep one: {call}.", call="frame.loc[:, ~frame.columns.duplicated()]")


def place_frame(frame: Any, label: Words | str | None = None) -> gpd.GeoDataFrame:
    """Return a frame as of :func:`open_frame` in EPSG:4326, its positions checked.

    Parameters
    ----------
    frame : as of :func:`open_frame`
    label : words, optional
        What messages call it.

    Raises
    ------
    InputError, CrsError
        As of :func:`open_frame` and :func:`regionkit.places.positions.in_degrees`.
    """
    opened = open_frame(frame)
    shapes = in_degrees(opened.geometry, label)
    return opened if shapes is opened.geometry else opened.set_geometry(shapes)


def need_column(frame: gpd.GeoDataFrame, column: Hashable, given: Any = None) -> str:
    """Return a column's name, if an opened frame has it once.

    Parameters
    ----------
    frame : GeoDataFrame, as of :func:`open_frame`
    column : hashable
    given : DataFrame, optional
        The frame as the user gave it, whose doubled names are refused.

    Raises
    ------
    InputError
        There is no such column (the nearest are told), or several.
    """
    name = column_name(column)
    if given is not None and f"{name} (2)" in frame.columns:
        n = Counter(map(column_name, given.columns))[name]
        if n > 1:
            raise InputError(
                msg("Column {column!r} stands {n} times, with different values.", column=name, n=n),
                mend=_keep_one(),
            )
    if name in frame.columns:
        return name
    near = difflib.get_close_matches(name, list(frame.columns), n=3, cutoff=0.3)
    hint = [msg("Did you mean {nearest}?", nearest=join(map(repr, near), "or"))] if near else []
    raise InputError(
        msg("There is no column {column!r}.", column=name),
        mend=join([*hint, msg("Columns: {columns}.", columns=tuple(frame.columns))], "sentences"),
    )


def unplaced(geometry: gpd.GeoSeries) -> pd.Series:
    """Return which rows have no shape: None and an empty one are the same.

    Examples
    --------
    >>> unplaced(gpd.GeoSeries([None, shapely.Point(), shapely.Point(1, 2)])).tolist()
    [True, True, False]
    """
    return geometry.isna() | geometry.is_empty


def drop_unplaced(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have a shape, where those without one are told elsewhere or are none."""
    gone = unplaced(frame.geometry)
    return frame[~gone] if gone.any() else frame


def leave_out_unplaced(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows that have a shape; how many have none is told.

    Raises
    ------
    InputError
        None has one.

    Warns
    -----
    UserWarning
        With the count, the first of them, and how to leave them out beforehand.
    """
    gone = unplaced(frame.geometry)
    if not gone.any():
        return frame
    if gone.all():
        raise InputError(
            msg("None of the {n} rows has a geometry.", n=len(frame)),
            mend=msg("Join the rows to places first, for example with ln.join_table(...)."),
        )
    told = join(
        [
            msg(
                "{n} of {total} rows have no geometry and are left out ({choices}).",
                n=int(gone.sum()),
                total=len(frame),
                choices=tuple(map(str, frame.index[gone][:_MOST_NAMED])),
            ),
            msg(
                "Leave them out beforehand: {call}.",
                call="frame[~(frame.geometry.isna() | frame.geometry.is_empty)]",
            ),
        ],
        "sentences",
    )
    warnings.warn(str(told), UserWarning, stacklevel=3)
    return frame[~gone]


def clean_column(frame: gpd.GeoDataFrame, *columns: str) -> gpd.GeoDataFrame:
    """Return a frame in whose columns a blank text is missing and a list is a text.

    Examples
    --------
    >>> frame = gpd.GeoDataFrame({"a": [" ", "甲", ["乙", "丙"]]}, geometry=[None] * 3)
    >>> clean_column(frame, "a")["a"].tolist()
    [None, '甲', '乙、丙']
    """
    for column in columns:
        values = frame[column]
        if column == frame.geometry.name or values.dtype.name == "geometry":
            continue
        if isinstance(values.dtype, pd.CategoricalDtype):
            blank = [kind for kind in values.dtype.categories if _is_blank(kind)]
            if blank:
                frame = frame.assign(**{column: values.cat.remove_categories(blank)})
        elif pd.api.types.is_string_dtype(values.dtype) or values.dtype == object:
            cells = [_cell(value) for value in values]
            if any(new is not old for new, old in zip(cells, values, strict=True)):
                made = pd.Series(cells, index=values.index, dtype=object)
                frame = frame.assign(**{column: made})
    return frame


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip("\u200b\ufeff \t\r\n\u3000\xa0")


def _cell(value: Any) -> Any:
    if _is_blank(value):
        return None
    return kind_text(value) if isinstance(value, list | set | frozenset | dict) else value


def check_units_once(frame: gpd.GeoDataFrame) -> None:
    """Refuse areas that stand twice: the colour of one would hide the other's.

    Rows are of one unit where they share their id, or have one shape and no id but a number.
    Others of one shape are told.

    Raises
    ------
    InputError
        With the units.

    Warns
    -----
    UserWarning
        Different ids have one shape.
    """
    index = frame.index
    is_named = not pd.api.types.is_numeric_dtype(index)
    doubled = pd.Series(index.duplicated(keep=False) & is_named, index=index)
    shapes = pd.Series(shapely.to_wkb(frame.geometry.to_numpy()), index=index)
    is_one_shape = shapes.duplicated(keep=False).to_numpy()
    if not is_named or not index.is_unique:
        doubled |= is_one_shape if not is_named else (is_one_shape & index.duplicated(keep=False))
    if doubled.any():
        ids = dict.fromkeys(map(str, _told_ids(frame, doubled.to_numpy())))
        raise InputError(
            msg(
                "{n} rows are of units that stand more than once ({choices}): one colour would "
                "hide another.",
                n=int(doubled.sum()),
                choices=tuple(ids)[:_MOST_NAMED],
            ),
            mend=msg(
                "After a spatial join or a concat keep a row each, {call}, or sum them first, "
                "{other}.",
                call="frame[~frame.index.duplicated()]" if is_named else "frame.drop_duplicates()",
                other="frame.dissolve(by=..., aggfunc='sum')",
            ),
        )
    if is_one_shape.any():
        text = msg(
            "{n} rows have a shape that another has too ({choices}): one colour hides another.",
            n=int(is_one_shape.sum()),
            choices=tuple(map(str, index[is_one_shape][:_MOST_NAMED])),
        )
        warnings.warn(str(text), UserWarning, stacklevel=4)


def _told_ids(frame: gpd.GeoDataFrame, rows: np.ndarray) -> Any:
    """Return what names the rows: their index, or a column of names where that is a number."""
    if pd.api.types.is_numeric_dtype(frame.index):
        for column in ("name", "名称", "adcode"):
            if column in frame.columns:
                return frame[column][rows].tolist()
    return frame.index[rows].tolist()


def no_values(values: pd.Series) -> InputError:
    """Return the error of a column that holds nothing, with what may be amiss.

    Units are known by codes that are texts: a table whose codes are numbers matches none.

    Examples
    --------
    >>> print(no_values(pd.Series([None], index=["210100"], name="x")).mend.render("en"))
    Join the data first, or choose another column. Codes of units are texts here, and numbers match
    none: table.index = table.index.astype(str) before the join, or ln.join_table(table).
    """
    mend: list[Words] = [msg("Join the data first, or choose another column.")]
    index = values.index
    if len(index) and all(isinstance(key, str) and key.isdecimal() for key in index):
        mend.append(
            msg(
                "Codes of units are texts here, and numbers match none: {call} before the join, or "
                "{other}.",
                call="table.index = table.index.astype(str)",
                other="ln.join_table(table)",
            )
        )
    return InputError(
        msg("Column {name!r} has no values at all.", name=values.name),
        mend=join(mend, "sentences"),
    )
