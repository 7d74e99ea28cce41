"""Ranks, sums, shares and changes of what is reported of cities and counties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import InputError
from regionkit.region.comparability import compare_areas
from regionkit.region.lacking import tell_lacking
from regionkit.region.marks import mark
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Collection

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["describe_missing", "find_statistic", "rank_units", "units_inside"]

# Figures that do not add up over units.
_RATIOS = ("%", "‰", "岁", "年")
# The finest of these that most of its units are reported at is meant where no level is given.
_LEVELS = ("county", "city", "province")


def rank_units(
    region: Region,
    indicator: str,
    *,
    level: str | None = None,
    year: int | None = None,
    top: int | None = None,
    zone: str | None = None,
    place: str | None = None,
    near: str | None = None,
    km: float | None = None,
    share_of: str | None = None,
    change_from: int | None = None,
    source: Collection[str] | None = None,
) -> pd.DataFrame:
    """Return the units that report an indicator, the highest first, with shares and changes.

    Parameters
    ----------
    region : Region
    indicator : str
        Name, everyday word or id of an indicator of the statistics.
    level : {"county", "city", "province"}, optional
        The finest at which most units report it where not given.
    year : int, optional
        The newest that most units report where not given.
    top : int, optional
        So many only; ranks and the total are of all.
    zone, place : str, optional
        Units that are in a zone, or lie in a city, as a whole.
    near : str, optional
        With ``km``: units whose seat lies so far from that of a place, in a straight line.
    km : float, optional, kilometres
    share_of : str, optional
        A unit whose figure of the same year is the whole, such as 全省: adds ``share_percent``.
    change_from : int, optional
        An earlier year: adds ``value_before``, ``change``, ``change_percent``.
    source : collection of str, optional
        Ids of documents; values of these alone.

    Returns
    -------
    DataFrame indexed by adcode
        ``rank`` (units with the same value share it), ``name``, ``value``, ``unit``, ``year``,
        ``is_comparable`` and ``comparability`` (whether the figure is of the area of today, or of
        both years), ``source_id``, ``locator``, ``note``. ``attrs`` hold ``indicator_id``,
        ``indicator``, ``level``, ``n_units`` (asked), ``missing`` (adcodes without a figure),
        ``total`` (missing for rates, which do not add up), with ``share_of`` the ``whole`` and
        ``whole_name``, and ``told`` (how to read it).

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        A name is not known, or means several things.
    InputError
        Nothing is reported for that level, year or source; the whole of a share is not reported.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = rank_units(rk.load("liaoning"), "GDP", level="city", year=2023, top=2)
    >>> table[["name", "value"]].values.tolist()
    [['大连市', 8752.9], ['沈阳市', 8122.1]]
    """
    indicator_id = find_statistic(region, indicator)
    level = level or _finest(region, indicator_id)
    values = region.statistic(indicator_id, year=year, level=level, source=source)
    newest = int(values.attrs["year"])
    asked, told = _asked(region, values.index, zone, place)
    if near is not None or km is not None:
        distances, words = _distances(region, asked, near, km)
        asked = pd.Index(distances.index)
        told.append(words)
    rows = region.statistics
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["year"] == newest)]
    if source is not None:
        rows = rows[rows["source_id"].isin(list(source))]
    rows = rows.drop_duplicates("adcode").set_index("adcode")
    found = asked[asked.isin(rows.index)]
    mine = rows.loc[found]
    names = region.distinct_names
    table = pd.DataFrame(
        {
            "rank": mine["value"].rank(ascending=False, method="min").astype(int),
            "name": names.reindex(found),
            "value": mine["value"],
            "unit": mine["unit"],
            "year": newest,
        },
        index=pd.Index(found, name="adcode"),
    )
    if near is not None:
        table["distance_km"] = distances.reindex(found)
    attrs: dict[str, Any] = {}
    if share_of is not None:
        whole, name = _whole(region, share_of, rows, indicator_id, newest)
        table["share_percent"] = mine["value"] / whole * 100
        attrs.update(whole=whole, whole_name=name)
    if change_from is not None:
        before = _before(region, indicator_id, change_from, newest)
        table["value_before"] = before.reindex(found)
        table["change"] = table["value"] - table["value_before"]
        if not _is_ratio(table["unit"]):
            table["change_percent"] = table["change"] / table["value_before"] * 100
    then = newest if change_from is None else change_from
    until = None if change_from is None else newest
    areas = compare_areas(found, region.changes, region.unit_parts, year=then, until=until)
    table = table.join(areas).join(mine[["source_id", "locator", "note"]])
    table = table.sort_values(["rank", "name"], kind="stable")
    total = float("nan") if _is_ratio(table["unit"]) else float(mine["value"].sum())
    attrs |= {
        "indicator_id": indicator_id,
        "indicator": str(region.indicators.loc[indicator_id, "name"]),
        "level": level,
        "year": newest,
        "not_comparable": values.attrs["not_comparable"],
        "n_units": len(asked),
        "missing": [code for code in asked if code not in set(found)],
        "total": total,
        "told": told,
    }
    table = table if top is None else table[table["rank"] <= top]
    table.attrs.update(attrs)
    return mark(table, region, "statistics")


def find_statistic(region: Region, word: str) -> str:
    """Return the id of the indicator of the statistics that a word names.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        None, or several, have the name.
    InputError
        The pack has no statistics, or plans the indicator and does not report it.
    """
    lacking = tell_lacking(region, "statistics")
    if lacking is not None:
        raise InputError(lacking)
    reported = set(region.statistics["indicator_id"])
    found = [noun for noun in region.find_all(word, ["indicator"]) if noun.id in reported]
    if len(found) == 1:
        return found[0].id
    noun = region.find(word, ["indicator"])
    if found:
        return noun.id
    raise InputError(
        msg("{name} ({id}) is reported for no unit of {region}.", name=noun.name, id=noun.id,
            region=region.name),
        mend=msg("The plan sets targets for it: regionkit targets --text {word}.", word=noun.name),
    )  # fmt: skip


def _finest(region: Region, indicator_id: str) -> str:
    """Return the finest level of which half of the units report an indicator, else any."""
    rows = region.statistics
    told = set(rows.loc[rows["indicator_id"] == indicator_id, "adcode"])
    shares = {level: region.units_at(level).isin(told).mean() for level in _LEVELS}
    for level, share in shares.items():
        if share >= 1 / 2:
            return level
    return max(shares, key=lambda level: shares[level])


def units_inside(region: Region, *, zone: str | None = None, place: str | None = None) -> set[str]:
    """Return the adcodes of a zone's members, or of a unit, with all that lie in them."""
    parts = region.unit_parts
    if zone is not None:
        meant = region.look_up("zone", zone).values
        rows = region.memberships
        members = rows.loc[rows["zone_id"].isin(meant), "adcode"]
        return {code for member in members for code in parts[member]}
    if place is None:
        return {code for inner in parts.values() for code in inner}
    return set(parts[region.find(place, ["unit"]).id])


def _asked(
    region: Region, codes: pd.Index, zone: str | None, place: str | None
) -> tuple[pd.Index, list[Words]]:
    """Return the units asked for, and in a sentence how they were chosen."""
    told: list[Words] = []
    if zone is not None:
        codes = codes[codes.isin(units_inside(region, zone=zone))]
        told.append(
            msg("In the zone are units that are members as a whole, or lie in one that is.")
        )
    if place is not None:
        codes = codes[codes.isin(units_inside(region, place=place))]
    if not len(codes):
        raise InputError(
            msg("No unit of this level lies in {place}.", place=zone or place or ""),
            mend=msg("Use {option}.", option=Option("level", "county")),
        )
    return codes, told


def _distances(
    region: Region, codes: pd.Index, near: str | None, km: float | None
) -> tuple[pd.Series, Words]:
    """Return the distances of the seats of units that lie so near, nearest first."""
    from regionkit.query.projects import geodesic_km

    if near is None or km is None:
        raise InputError(msg("{near} and {km} go together.", near=Option("near"), km=Option("km")),
                         mend=msg("Give both."))  # fmt: skip
    origin, _ = region.origin_of(near)
    seats = region.seats.geometry
    seats = seats[seats.index.isin(codes)]
    distances = pd.Series(geodesic_km(seats, origin), index=seats.index).sort_values()
    return distances[distances <= km], msg(
        "Distances run in a straight line on the ellipsoid, from seat to seat."
    )


def _whole(
    region: Region, share_of: str, rows: pd.DataFrame, indicator_id: str, year: int
) -> tuple[float, str]:
    noun = region.find(share_of, ["unit"])
    name = str(region.indicators.loc[indicator_id, "name"])
    if noun.id not in rows.index:
        raise InputError(
            msg("{name} of {place} is not reported for {year}.", name=name, place=noun.name,
                year=year),
            mend=msg("Use another year, or another whole."),
        )  # fmt: skip
    if _is_ratio(rows["unit"]):
        raise InputError(
            msg("{name} is a rate, and of rates there are no shares.", name=name),
            mend=msg("Leave {option} out.", option=Option("share_of")),
        )
    return float(rows.loc[noun.id, "value"]), noun.name


def _before(region: Region, indicator_id: str, year: int, newest: int) -> pd.Series:
    """Return the figures of an earlier year by adcode."""
    rows = region.statistics
    rows = rows[rows["indicator_id"] == indicator_id]
    earlier = rows[rows["year"] == year]
    if year >= newest or earlier.empty:
        years = sorted(int(one) for one in rows["year"].unique() if one < newest)
        raise InputError(
            msg("There is no figure of {year} to tell the change to {newest} from.", year=year,
                newest=newest),
            mend=msg("Years: {years}.", years=[str(one) for one in years] or msg("none")),
        )  # fmt: skip
    return earlier.drop_duplicates("adcode").set_index("adcode")["value"]


def _is_ratio(units: pd.Series) -> bool:
    return bool(units.isin(_RATIOS).any())


def describe_missing(region: Region, missing: Collection[str]) -> Words | str:
    """Return which units have no figure, in a sentence; "" for none."""
    if not missing:
        return ""
    names = region.distinct_names.reindex(list(missing))
    return msg("Without a figure: {n} ({names}).", n=len(missing), names=join(names))
