"""One plan against another: its targets, its projects, and two states of one catalogue."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.units_of_measure import convert
from regionkit.errors import InputError
from regionkit.region.marks import mark_like
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regionkit.pack.pack import Pack
    from regionkit.region import Region

__all__ = [
    "CHANGE_LABELS",
    "COMPARE_REASONS",
    "PROJECT_CHANGES",
    "compare_packs",
    "compare_plans",
    "compare_projects",
]

CHANGE_LABELS = {
    "kept": msg("carried on"),
    "raised": msg("raised"),
    "lowered": msg("lowered"),
    "new": msg("newly listed"),
    "dropped": msg("no longer listed"),
    "not comparable": msg("not comparable"),
}
# Why two targets of one aim cannot be compared.
COMPARE_REASONS = {
    "scope": msg("set for other units"),
    "measure": msg("a level on one side, a growth or a sum on the other"),
    "unit": msg("the units cannot be converted"),
    "no number": msg("one side has no number"),
}
PROJECT_CHANGES = {
    "carried on": msg("carried on"),
    "renamed": msg("named differently"),
    "finished": msg("completed since"),
    "new": msg("newly listed"),
    "not named again": msg("not named again"),
}
_KEY = ["indicator_id", "scope_kind", "scope_id"]
_SHOWN = ["value", "unit", "measure", "bound", "target_year", "source_id", "locator"]
# What the name of an indicator says of its measure, not of its aim.
_MEASURE_WORDS = re.compile(
    r"（[^）]*）|年均|平均|每年|累计|增速|增长率|增长|增幅|下降|降低|减少|新增|数量|总量|总数|规模|全省|全市"
)
_LEVELS = {"level", "share", ""}


def compare_plans(
    a: pd.DataFrame | Region,
    b: pd.DataFrame | Region,
    *,
    indicators: pd.DataFrame | None = None,
    parts: Mapping[str, frozenset[str]] | None = None,
) -> pd.DataFrame:
    """Return what became of the targets of one plan in another.

    A target is the same in both where indicator and scope are. Where they are not, it is looked
    for at another scope, then under a name that says the same aim by another measure
    (海洋生产总值, 海洋生产总值增速): such pairs are told with the reason, and not compared.

    Parameters
    ----------
    a, b : DataFrame or Region
        The earlier and the later plan: targets as of ``region.targets``, such as those of one
        document, or two regions.
    indicators : DataFrame, optional
        As of ``region.indicators``, for the names; the regions' own, or the column ``indicator``
        of the targets, where not given.
    parts : mapping of str to set of str, optional
        The units that each scope covers, as of :func:`regionkit.region.scopes.scope_parts`; a
        target at another scope is then a counterpart only where one scope lies within the other.

    Returns
    -------
    DataFrame indexed by indicator_id, scope_kind, scope_id
        A row for each indicator and scope that either plan has a target for; the latest target
        year of each plan. Columns ``value, unit, measure, bound, target_year, source_id,
        locator`` with the suffixes ``_a`` and ``_b``, ``difference`` (b less a, in a's unit),
        ``change`` ("kept", "raised", "lowered", "new", "dropped", "not comparable";
        ``CHANGE_LABELS``), ``reason`` (why not comparable: "scope", "measure", "unit", "no
        number"; ``COMPARE_REASONS``) and ``counterpart`` (indicator and scope of the other
        plan's target of the same aim).

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
    names = _names(a, b, indicators)
    both = left.add_suffix("_a").join(right.add_suffix("_b"), how="outer").sort_index()
    in_left, in_right = both.index.isin(left.index), both.index.isin(right.index)
    rows = []
    for key, row, has_a, has_b in zip(
        both.index, both.to_dict("records"), in_left, in_right, strict=True
    ):
        if has_a and has_b:
            rows.append((*_change(row), ""))
        elif has_a:
            rows.append(_alone(key, row["measure_a"], right, names, "dropped", parts))
        else:
            rows.append(_alone(key, row["measure_b"], left, names, "new", parts))
    told = ["change", "reason", "difference", "counterpart"]
    made = pd.DataFrame(rows, columns=told, index=both.index)
    compared = both.join(made[["difference", "change", "reason", "counterpart"]])
    return mark_like(compared, left)


def _latest(plan: Any, name: str) -> pd.DataFrame:
    """Return a plan's targets by indicator and scope, of several years the last."""
    table = plan if isinstance(plan, pd.DataFrame) else plan.targets
    needed = [*_KEY, "value", "unit", "target_year"]
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise InputError(
            msg("Plan {name} has no column {columns}.", name=name, columns=missing),
            mend=msg("Give tables like region.targets."),
        )
    last = table.sort_values("target_year", kind="stable").drop_duplicates(_KEY, keep="last")
    return last.reindex(columns=[*_KEY, *_SHOWN]).set_index(_KEY)


def _names(a: Any, b: Any, indicators: pd.DataFrame | None) -> dict[str, str]:
    """Return the names of the indicators, as far as they are known."""
    if indicators is not None:
        return dict(indicators["name"])
    names: dict[str, str] = {}
    for plan in (a, b):
        if not isinstance(plan, pd.DataFrame):
            names |= dict(plan.indicators["name"])
        elif "indicator" in plan.columns:
            names |= dict(zip(plan["indicator_id"], plan["indicator"], strict=True))
    return names


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _change(row: dict[str, Any]) -> tuple[str, str, float]:
    """Return what became of a target that both plans have, the reason, and the difference."""
    first, second = row["value_a"], row["value_b"]
    if pd.isna(first) or pd.isna(second):
        return "not comparable", "no number", float("nan")
    if _text(row["measure_a"]) != _text(row["measure_b"]):
        return "not comparable", "measure", float("nan")
    other = convert(float(second), _text(row["unit_b"]), _text(row["unit_a"]))
    if other is None:
        return "not comparable", "unit", float("nan")
    difference = other - float(first)
    change = "kept" if difference == 0 else "raised" if difference > 0 else "lowered"
    return change, "", difference


def _alone(
    key: tuple[str, str, str],
    measure: Any,
    other: pd.DataFrame,
    names: dict[str, str],
    word: str,
    parts: Mapping[str, frozenset[str]] | None,
) -> tuple[str, str, float, str]:
    """Return what is said of a target that only one plan has at this scope."""
    nothing = float("nan")
    indicator_id, kind, scope = key
    codes = other.index.get_level_values(0)
    same = other[codes == indicator_id]
    if parts is not None:
        mine = parts.get(scope, frozenset([scope]))
        theirs = [parts.get(one, frozenset([one])) for one in same.index.get_level_values(2)]
        same = same[[mine <= one or one <= mine for one in theirs]]
    if len(same):
        return "not comparable", "scope", nothing, _address(same.index)
    aim = _aim(names.get(indicator_id, ""))
    if not aim:
        return word, "", nothing, ""
    akin = [
        index
        for index, their_measure in zip(other.index, other["measure"], strict=True)
        if index[1:] == (kind, scope)
        and _aim(names.get(index[0], "")) == aim
        and (_text(measure) in _LEVELS) != (_text(their_measure) in _LEVELS)
    ]
    if akin:
        return "not comparable", "measure", nothing, _address(akin)
    return word, "", nothing, ""


def _aim(name: str) -> str:
    """Return a name without the words that tell its measure.

    Examples
    --------
    >>> _aim("海洋生产总值增速") == _aim("海洋生产总值")
    True
    """
    return _MEASURE_WORDS.sub("", name)


def _address(index: Any) -> str:
    return "；".join(f"{indicator}@{scope}" for indicator, _, scope in list(index)[:5])


def compare_projects(
    projects: pd.DataFrame, mentions: pd.DataFrame, older: Sequence[str], newer: Sequence[str]
) -> pd.DataFrame:
    """Return what became of the projects of one document in another.

    Parameters
    ----------
    projects : DataFrame indexed by project_id
        As of ``region.projects``; ``name`` and ``domain`` are shown.
    mentions : DataFrame
        As of ``region.mentions``. Doubtful ones decide nothing.
    older, newer : sequence of str
        Ids of the sources that make up either plan.

    Returns
    -------
    DataFrame indexed by project_id
        ``name, domain, named_as_a, named_as_b, stage_a, stage_b, locator_a, locator_b`` and
        ``change``: "carried on" (named in both), "renamed" (under another name), "finished" (in
        the newer one completed), "new", "not named again"; ``PROJECT_CHANGES`` has them in
        Chinese.

    Raises
    ------
    InputError
        A document that names no project.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> changes = compare_projects(
    ...     ln.projects, ln.mentions, ["liaoning-rolling-2016"], ["liaoning-15fyp"]
    ... )
    >>> set(changes["change"]) <= set(PROJECT_CHANGES)
    True
    """
    certain = mentions[mentions["match"] != "doubtful"]
    sides = []
    for ids, side in ((older, "a"), (newer, "b")):
        mine = certain[certain["source_id"].isin(list(ids))]
        if mine.empty:
            raise InputError(
                msg("No project is named by {documents}.", documents=list(ids)),
                mend=msg(
                    "Documents that name some: {known}.",
                    known=sorted(mentions["source_id"].unique()),
                ),
            )
        shown = mine.sort_values("match", key=lambda m: m != "same", kind="stable")
        first = shown.drop_duplicates("project_id").set_index("project_id")
        sides.append(first[["named_as", "stage", "locator"]].add_suffix(f"_{side}"))
    both = sides[0].join(sides[1], how="outer")
    in_a, in_b = both.index.isin(sides[0].index), both.index.isin(sides[1].index)
    both["change"] = [
        _project_change(row, has_a, has_b)
        for row, has_a, has_b in zip(both.to_dict("records"), in_a, in_b, strict=True)
    ]
    names = projects[["name", "domain"]].reindex(both.index)
    return mark_like(names.join(both), projects)


def _project_change(row: dict[str, Any], has_a: bool, has_b: bool) -> str:  # noqa: FBT001
    if not has_b:
        return "not named again"
    if not has_a:
        return "new"
    if row["stage_b"] == "completed" and row["stage_a"] != "completed":
        return "finished"
    return "carried on" if row["named_as_a"] == row["named_as_b"] else "renamed"


def compare_packs(old: Pack, new: Pack) -> pd.DataFrame:
    """Return what changed between two states of a catalogue, a row a cell.

    Parameters
    ----------
    old, new : Pack
        As of ``Pack.open``.

    Returns
    -------
    DataFrame
        ``table, key, column, old, new, change``; ``change`` is "added" or "removed" (whole rows,
        ``column`` is "") or "changed".

    Examples
    --------
    >>> from regionkit.pack.pack import Pack
    >>> pack = Pack.open("liaoning")
    >>> len(compare_packs(pack, pack))
    0
    """
    rows: list[tuple[str, str, str, str, str, str]] = []
    for name, table in new.descriptor.tables.items():
        before = _cells(old, name, table.primary_key)
        after = _cells(new, name, table.primary_key)
        rows += [
            (name, key, "", _shown(before[key]), "", "removed")
            for key in before
            if key not in after
        ]
        for key, cells in after.items():
            if key not in before:
                rows.append((name, key, "", "", _shown(cells), "added"))
                continue
            rows += [
                (name, key, column, before[key].get(column, ""), value, "changed")
                for column, value in cells.items()
                if before[key].get(column, "") != value
            ]
    return pd.DataFrame(rows, columns=["table", "key", "column", "old", "new", "change"])


def _cells(pack: Pack, name: str, key: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return the cells of a table as texts, by the key of the row."""
    if name not in pack.tables:
        return {}
    frame = pack.table(name)
    texts = {column: [_as_text(value) for value in frame[column]] for column in frame.columns}
    records = [dict(zip(texts, cells, strict=True)) for cells in zip(*texts.values(), strict=True)]
    return {" / ".join(record[one] for one in key): record for record in records}


def _as_text(value: Any) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if pd.isna(value) else str(value)


def _shown(cells: dict[str, str]) -> str:
    return "；".join(value for value in cells.values() if value)[:200]
