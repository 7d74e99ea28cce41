"""Targets by nature, theme and box, in the order in which the documents set them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Collection

    from regionkit.region import Region

__all__ = ["choose_targets"]


def choose_targets(
    region: Region,
    *,
    scope_id: str | None = None,
    source: Collection[str] | None = None,
    year: int | None = None,
    text: str | None = None,
    theme: str | None = None,
    nature: str | None = None,
    box: str | None = None,
) -> pd.DataFrame:
    """Return the targets that meet every condition, in the documents' own order.

    Parameters
    ----------
    region : Region
    scope_id : str, optional
        Id of the unit, zone, place or cluster that they are set for.
    source : collection of str, optional
        Ids of documents.
    year : int, optional
        Target year.
    text : str, optional
        Part of the indicator's name.
    theme, nature : str, optional
        Value or label: 绿色低碳, 约束性.
    box : str, optional
        Box or chapter as the document numbers it, with all in it: "专栏1" is not 专栏10.

    Returns
    -------
    DataFrame indexed by target_id
        Rows of ``region.targets``. The documents stand newest first, their parts as the outline
        orders them, and within a part the rows as the plan's table has them.

    Raises
    ------
    InputError
        A word is no theme or nature; no document has the box.

    Examples
    --------
    >>> import regionkit as rk
    >>> binding = choose_targets(rk.load("liaoning"), nature="约束性", box="专栏1")
    >>> set(binding["nature"]), set(binding["locator"])
    ({'binding'}, {'专栏1'})
    """
    rows = region.targets
    if scope_id is not None:
        rows = rows[rows["scope_id"] == scope_id]
    if source is not None:
        rows = rows[rows["source_id"].isin(list(source))]
    if year is not None:
        rows = rows[(rows["target_year"] == year).fillna(value=False).astype(bool)]
    if text is not None:
        rows = rows[rows["indicator"].astype(str).str.contains(text, regex=False)]
    if theme is not None:
        themes = rows["indicator_id"].map(region.indicators["theme"])
        rows = rows[themes == region.resolve_word("indicators", "theme", theme)]
    if nature is not None:
        rows = rows[rows["nature"] == region.resolve_word("targets", "nature", nature)]
    if box is not None:
        if not _in_box(region.targets["locator"], box).any():
            raise InputError(
                msg("No target stands in {box!r}.", box=box),
                mend=msg("Write it as the document numbers it: 专栏1, 第九章/第二节."),
            )
        rows = rows[_in_box(rows["locator"], box)]
    return rows.loc[_order(region, rows)]


def _in_box(locators: pd.Series, box: str) -> pd.Series:
    """Return whether each locator is the box or a part of it."""
    wanted = box.strip().rstrip("/")
    return (locators == wanted) | locators.str.startswith(wanted + "/")


def _order(region: Region, rows: pd.DataFrame) -> pd.Index:
    outline = region.outline
    at = outline.set_index(["source_id", "locator"])["order"]
    at = at[~at.index.duplicated()]
    keys = pd.MultiIndex.from_frame(rows[["source_id", "locator"]])
    issued = rows["source_id"].map(region.sources["issued_on"]).fillna("")
    frame = pd.DataFrame(
        {"issued": issued.to_numpy(), "order": at.reindex(keys).to_numpy()}, index=rows.index
    )
    ordered = frame.sort_values(
        ["issued", "order"], ascending=[False, True], kind="stable", na_position="last"
    )
    return ordered.index
