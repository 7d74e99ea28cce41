"""Values of units as they were, carried to the units of today where the catalogue allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import Fault, InputError, RegionkitError, TableError
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.places.names import NameMatch
    from regionkit.region import Region

__all__ = ["CARRY_RULES", "carry_values"]

#: What is known of a unit's area then and now; values of the first two are carried.
CARRY_RULES = {
    "same unit": msg("the unit is today's, and no change of its area since is recorded"),
    "same area": msg("renamed, raised in rank or moved as a whole: the area is today's"),
    "area changed": msg("townships have come or gone since"),
    "not known": msg("whether it had the area of today is not known"),
    "another area": msg("merged or divided: it had another area than today's unit"),
    "several units": msg("several units of then lead to it, and no rule says how to join them"),
}
_CARRIED = ("same unit", "same area")
_UNSURE = ("area changed", "not known")
_OF_AREA = {"same": "same area", "changed": "area changed", "other": "another area"}
_BOUNDARY = "boundary"


def carry_values(
    values: pd.Series,
    region: Region,
    *,
    year: int,
    level: str = "county",
    keep_changed: bool = False,
) -> pd.DataFrame:
    """Return values of the units of a year for the units of today.

    A value goes over whole or not at all: to a unit that ``region.changes`` says has the same
    area (renamed, raised in rank, moved to another city). Where townships came or went since the
    year, where a change has no date, and where units were merged or divided, it is missing and
    the rule says why; nothing is estimated by area or people.

    Parameters
    ----------
    values : Series indexed by name or code of then
        Such as the county values of an old yearbook.
    region : Region
    year : int
        That the values are of; changes of that year count as later.
    level : {"county", "city"}
        Of the units.
    keep_changed : bool
        Whether values are kept where townships have come or gone, or where that is not known;
        the rule tells them.

    Returns
    -------
    DataFrame indexed by adcode
        ``name`` (of today), ``value``, ``carried_from`` (name or code that was given), ``rule``
        (of ``CARRY_RULES``) and ``changes`` (the decisions, or dates, since the year).

    Raises
    ------
    InputError
        The level is not known.
    TableError
        Names that are no unit, or may be several; every one.

    Examples
    --------
    >>> import regionkit as rk
    >>> old = pd.Series({"新民县": 64.1, "锦县": 55.2, "盖县": 88.0})
    >>> carry_values(old, rk.load("liaoning"), year=1992)[["name", "value", "rule"]]
               name  value          rule
    adcode
    210181   新民市   64.1     same area
    210781   凌海市    NaN  area changed
    210881   盖州市    NaN  area changed
    """
    if level not in {"county", "city"}:
        raise InputError(
            msg("{value!r} is no level of units.", value=level),
            mend=msg("Use one of {choices}.", choices=("county", "city")),
        )
    faults: list[Fault] = []
    rows: dict[str, dict[str, Any]] = {}
    for number, (name, value) in enumerate(values.items(), 1):
        match = _match(str(name), region, level, number, faults)
        if match is None:
            continue
        code = match.place.adcode
        rule, since = _rule(match, region, year)
        if code in rows:
            rows[code]["carried_from"] += f"、{name}"
            rows[code] |= {"rule": "several units", "value": None}
            continue
        is_kept = rule in _CARRIED or (keep_changed and rule in _UNSURE)
        rows[code] = {
            "name": match.place.name,
            "value": value if is_kept else None,
            "carried_from": str(name),
            "rule": rule,
            "changes": "；".join(since),
        }
    if faults:
        raise TableError(msg("The values cannot be carried to the units of today."), faults)
    columns = ["name", "value", "carried_from", "rule", "changes"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("adcode")
    return table.astype({"value": float})


def _match(
    name: str, region: Region, level: str, number: int, faults: list[Fault]
) -> NameMatch | None:
    found = region.resolver.explain(name, level=level)
    if len(found) == 1:
        return found[0]
    try:
        region.resolver.resolve(name, level=level)
    except RegionkitError as error:
        faults.append(Fault("", number, "", error))
    return None


def _rule(match: NameMatch, region: Region, year: int) -> tuple[str, list[str]]:
    """Return what is known of a unit's area since a year, and the changes that say so."""
    changes = region.changes_of(match.place.adcode)
    moved = changes[changes["kind"] == _BOUNDARY]
    dated = moved[moved["date"].notna() & (moved["date"].astype("str").str[:4] >= str(year))]
    undated = moved[moved["date"].isna()]
    if len(dated):
        return "area changed", [_told(row) for row in dated.to_dict("records")]
    known = match.former.area if match.former is not None else "same"
    if known in {"other", ""}:
        return _OF_AREA.get(known, "not known"), []
    if len(undated):
        return "not known", [_told(row) for row in undated.to_dict("records")]
    if known == "changed":
        # The changes that made it so are older than the values, as far as they have a date.
        known = "same" if len(moved) else "changed"
    if known == "same" and match.former is None:
        return "same unit", []
    return _OF_AREA[known], [match.former.note] if match.former and match.former.note else []


def _told(change: dict[Any, Any]) -> str:
    parts = (change["date"], change["former_name"], "→", change["new_name"], change["document"])
    return "".join(str(part) for part in parts if isinstance(part, str))
