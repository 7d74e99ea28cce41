"""One plan's targets against another's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["CHANGE_LABELS", "compare_plans"]

CHANGE_LABELS = {
    "kept": "不变",
    "raised": "调高",
    "lowered": "调低",
    "new": "新增",
    "dropped": "不再列",
    "not comparable": "口径不同",
}
_KEY = ["indicator_id", "scope_kind", "scope_id"]
_SHOWN = ["value", "unit", "measure", "bound", "target_year", "source_id", "locator"]


def compare_plans(a: pd.DataFrame | Region, b: pd.DataFrame | Region) -> pd.DataFrame:
    """Return what became of the targets of one plan in another.

    Parameters
    ----------
    a, b : DataFrame or Region
        The earlier and the later plan: targets as of ``region.targets``, such as those of one
        document, or two regions.

    Returns
    -------
    DataFrame indexed by indicator_id, scope_kind, scope_id
        A row for each indicator and scope that either plan has a target for; the latest target
        year of each plan. Columns ``value, unit, measure, bound, target_year, source_id,
        locator`` with the suffixes ``_a`` and ``_b``, ``difference`` (b less a, where unit and
        measure are the same) and ``change``: "kept", "raised", "lowered", "new", "dropped", or
        "not comparable" (another unit or measure, or no number). ``CHANGE_LABELS`` names them in
        Chinese.

    Raises
    ------
    InputError
        A column is missing, or neither plan has a target.

    Examples
    --------
    >>> import regionkit as rk
    >>> targets = rk.load("liaoning").targets
    >>> older = targets[targets["source_id"] == "liaoning-zones-2022"]
    >>> newer = targets[targets["source_id"] == "liaoning-15fyp"]
    >>> changes = compare_plans(older, newer)
    >>> changes.loc[("one-hour-transport-circle", "zone", "shenyang-metro"), "change"]
    'kept'
    """
    left, right = _latest(a, "a"), _latest(b, "b")
    if left.empty and right.empty:
        raise InputError(
            msg("Neither plan has a target."), mend=msg("Give tables like region.targets.")
        )
    both = left.add_suffix("_a").join(right.add_suffix("_b"), how="outer").sort_index()
    in_a, in_b = both.index.isin(left.index), both.index.isin(right.index)
    is_alike = (
        (both["unit_a"].fillna("") == both["unit_b"].fillna(""))
        & (both["measure_a"] == both["measure_b"])
        & both["value_a"].notna()
        & both["value_b"].notna()
    )
    both["difference"] = (both["value_b"] - both["value_a"]).where(is_alike)
    both["change"] = [
        _change(first, second, alike, difference)
        for first, second, alike, difference in zip(
            in_a, in_b, is_alike, both["difference"], strict=True
        )
    ]
    return both


def _latest(plan: Any, name: str) -> pd.DataFrame:
    """Return a plan's targets by indicator and scope, of several years the last."""
    table = plan if isinstance(plan, pd.DataFrame) else plan.targets
    needed = [*_KEY, "value", "unit", "target_year"]
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise InputError(
            msg("Plan {name} has no column {columns}.", name=name, columns=missing),
            mend=msg("Give a table like {table}.", table="region.targets"),
        )
    last = table.sort_values("target_year", kind="stable").drop_duplicates(_KEY, keep="last")
    return last.reindex(columns=[*_KEY, *_SHOWN]).set_index(_KEY)


def _change(is_in_a: bool, is_in_b: bool, is_alike: bool, difference: float) -> str:  # noqa: FBT001
    if not is_in_a:
        return "new"
    if not is_in_b:
        return "dropped"
    if not is_alike:
        return "not comparable"
    return "kept" if difference == 0 else "raised" if difference > 0 else "lowered"
