"""Reported figures of a region's units, and the industries they lead with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import InputError
from regionkit.places.place import level_words
from regionkit.places.units import at_level
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Collection

    from regionkit.pack.pack import Pack

__all__ = ["leading_industries", "reported_values"]

_LEVELS = ("county", "city", "province", "region", "nation")


def reported_values(
    indicator_id: str,
    pack: Pack,
    units: pd.DataFrame,
    *,
    year: int | None,
    level: str,
    sources: Collection[str] | None = None,
) -> pd.Series:
    """Return a reported value of each unit of a level, the newest year where none is given.

    Where sources are given, values of these alone count.

    Raises
    ------
    InputError
        No statistic has that id, level, year or source.
    """
    statistics = pack.table("statistics")
    mine = statistics[statistics["indicator_id"] == indicator_id]
    if mine.empty:
        known = sorted(statistics["indicator_id"].unique())
        raise InputError(
            msg("No statistic has the id {indicator!r}.", indicator=indicator_id),
            mend=msg("There are: {known}.", known=known or msg("none")),
        )
    if sources is not None:
        named = sorted(mine["source_id"].unique())
        mine = mine[mine["source_id"].isin(list(sources))]
        if mine.empty:
            raise InputError(
                msg(
                    "{indicator} is not reported by {sources}.",
                    indicator=indicator_id,
                    sources=list(sources),
                ),
                mend=msg("Sources: {known}.", known=named),
            )
    wanted = at_level(units, level)
    rows = mine[mine["adcode"].isin(wanted)]
    years = sorted(rows["year"].unique())
    if not years:
        raise _other_level(indicator_id, level, mine, pack, units)
    if year is not None and year not in years:
        raise InputError(
            msg(
                "{indicator} is not reported for {level} {year}.",
                indicator=indicator_id,
                level=level_words(level),
                year=year,
            ),
            mend=msg("Years: {years}.", years=[str(one) for one in years]),
        )
    # The newest year that most units report; a few early reporters do not make a map.
    counts = rows["year"].value_counts()
    chosen = year or max(y for y in years if counts[y] * 2 >= counts.max())
    rows = rows[rows["year"] == chosen].drop_duplicates("adcode")
    series = rows.set_index("adcode")["value"].reindex(wanted).rename(indicator_id)
    series.attrs.update(
        indicator_id=indicator_id,
        unit=rows["unit"].iloc[0],
        year=int(chosen),
        source_id=rows["source_id"].iloc[0],
        source_ids=tuple(rows["source_id"].unique()),
    )
    return series


def _other_level(
    indicator_id: str, level: str, rows: pd.DataFrame, pack: Pack, units: pd.DataFrame
) -> InputError:
    """Return the error of a figure that is reported at other levels only."""
    name = (
        pack.table("indicators").set_index("indicator_id")["name"].get(indicator_id, indicator_id)
    )
    levels = [one for one in _LEVELS if rows["adcode"].isin(at_level(units, one)).any()]
    if not levels:
        return InputError(
            msg(
                "{name} ({id}) is reported for no unit of {region}.",
                name=name,
                id=indicator_id,
                region=pack.name,
            )
        )
    return InputError(
        msg(
            "{name} ({id}) is not reported by {level}, only by {levels}.",
            name=name,
            id=indicator_id,
            level=level_words(level),
            levels=join([level_words(one) for one in levels], "and"),
        ),
        mend=msg("Use {option}.", option=Option("level", levels[0])),
    )


def leading_industries(industries: pd.DataFrame, sectors: pd.DataFrame) -> pd.DataFrame:
    """Return the leading sector and the industries of each unit with a profile, by adcode.

    Products that clusters name a unit for are left out: no document says which of them leads.
    """
    rows = industries[industries["role"] != "product"].sort_values(["adcode", "role", "rank"])
    first = rows.drop_duplicates("adcode").set_index("adcode")
    return pd.DataFrame(
        {
            "sector_id": first["sector_id"],
            "sector": first["sector_id"].map(sectors["name"]),
            "industries": rows.groupby("adcode")["industry"].agg("、".join),
            "source_id": first["source_id"],
            "locator": first["locator"],
        }
    )
