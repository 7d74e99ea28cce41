"""Whether a figure of an earlier year is of the area that a unit has today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regionkit.words.message import Message, Words

__all__ = ["compare_areas"]


def compare_areas(
    adcodes: Iterable[str],
    changes: pd.DataFrame,
    parts: Mapping[str, frozenset[str]],
    *,
    year: int,
    until: int | None = None,
) -> pd.DataFrame:
    """Return of each unit whether its area of a year is that of today, or of a later year.

    A change that moves area over the unit's border after the year makes its figure not comparable.
    One of the year itself, or without a date, may have: that is told as not known. A unit renamed
    or raised in rank with its whole area stays comparable.

    Parameters
    ----------
    adcodes : iterable of str
    changes : DataFrame
        As of ``Region.changes``.
    parts : mapping of str to set of str
        Each unit with all that lie in it.
    year : int
        Of the figure.
    until : int, optional
        Year of the figure that it is compared with; today where not given.

    Returns
    -------
    DataFrame indexed by adcode
        ``is_comparable`` (True, False, or missing where not known) and ``comparability`` (what
        changed, "" for nothing).

    Examples
    --------
    >>> changes = pd.DataFrame(
    ...     {
    ...         "date": ["2016"],
    ...         "former_name": ["东县"],
    ...         "former_code": ["1"],
    ...         "new_name": ["西区"],
    ...         "adcode": ["2"],
    ...         "is_same_area": [False],
    ...     }
    ... )
    >>> parts = {key: frozenset(key) for key in "123"}
    >>> compare_areas("123", changes, parts, year=2010)["is_comparable"].tolist()
    [False, False, True]
    """
    renamed = changes[changes["is_same_area"].astype(bool)]
    today = dict(zip(renamed["former_code"], renamed["adcode"], strict=True))
    moved = list(changes[~changes["is_same_area"].astype(bool)].itertuples())
    rows = []
    for adcode in adcodes:
        inside = parts.get(adcode, frozenset([adcode]))
        told: list[Words] = []
        is_changed, is_doubtful = False, False
        for row in moved:
            giver = today.get(row.former_code, row.former_code)
            # What moves inside a city leaves the city's area as it is.
            if (giver in inside) == (row.adcode in inside):
                continue
            when = int(str(row.date)[:4]) if isinstance(row.date, str) else None
            if when is not None and (when < year or (until is not None and when > until)):
                continue
            is_changed |= when is not None and when > year
            is_doubtful |= when is None or when == year
            told.append(_tell(row.former_name, row.new_name, row.date))
        state = False if is_changed else (None if is_doubtful else True)
        listed = list({str(one): one for one in told}.values())
        rows.append((adcode, state, str(join(listed, "clauses"))))
    table = pd.DataFrame(rows, columns=["adcode", "is_comparable", "comparability"])
    table["is_comparable"] = table["is_comparable"].astype("boolean")
    return table.set_index("adcode")


def _tell(former: str, new: str, date: object) -> Message:
    if isinstance(date, str):
        return msg("{date}: a part of {former} went to {new}", date=date, former=former, new=new)
    return msg("a part of {former} went to {new}, no date known", former=former, new=new)
