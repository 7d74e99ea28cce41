"""What every part of a briefing's few pages is made from: figures, own ones among them, states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.monitoring import take_baselines
from regionkit.analysis.own_aims import OWN
from regionkit.analysis.progress import progress
from regionkit.analysis.targets import format_number
from regionkit.maps.themes.listed import list_maps
from regionkit.pack.themes import STATISTIC_MAPS
from regionkit.region.names import names_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from regionkit.briefing.own import OwnFigures
    from regionkit.briefing.subject import Subject
    from regionkit.region import Region

__all__ = ["Desk", "figure_words", "open_desk", "peer_values", "rank_among"]

# Counts of people and money are told in the unit that keeps them short.
_TEN_THOUSAND = 10_000
_SHORTER = {"人": "万人", "户": "万户"}


@dataclass(frozen=True)
class Desk:
    """What the few pages are made from.

    Attributes
    ----------
    region : Region
    subject : Subject
    lang : {"zh", "en"}
    statistics : DataFrame
        As of ``region.statistics``; the user's own figures have the source "own" and stand for
        the pack's of the same indicator, place and year.
    judged : DataFrame indexed like ``region.targets``
    own : OwnFigures or None
    mapped : tuple of str
        Indicators in the order in which the region maps them.
    """

    region: Region
    subject: Subject
    lang: str
    statistics: pd.DataFrame = field(repr=False)
    judged: pd.DataFrame = field(repr=False)
    own: OwnFigures | None
    mapped: tuple[str, ...]

    def peers(self, indicator_id: str, year: int, level: str) -> pd.Series:
        """Return the values of all units of a level in a year, indexed by adcode."""
        return peer_values(self.statistics, indicator_id, year, units=self.region.units_at(level))

    def fullest_year(self, indicator_id: str, units: Collection[str]) -> int | None:
        """Return the newest year that most of some units report, None where none does."""
        table = self.statistics
        rows = table[(table["indicator_id"] == indicator_id) & table["adcode"].isin(units)]
        counts = rows.groupby("year")["adcode"].nunique()
        return None if counts.empty else int(counts[counts == counts.max()].index.max())

    def cities_touched(self) -> list[set[str]]:
        """Return the cities that each project of the headline touches, in their order."""
        cities = self.region.counties["city_adcode"]
        known = set(self.region.units_at("city"))
        return [
            {cities.get(code, code) for code in codes} & known
            for codes in self.subject.counted["adcodes"]
        ]

    def newest(self, adcode: str) -> pd.DataFrame:
        """Return a unit's newest value of each indicator, indexed by it; own ones first."""
        mine = self.statistics[self.statistics["adcode"] == adcode]
        mine = mine.sort_values("year", kind="stable").drop_duplicates("indicator_id", keep="last")
        mine = mine.set_index("indicator_id")
        order = {one: number for number, one in enumerate(self.mapped)}
        weights = [
            (mine["source_id"][one] != OWN, order.get(one, len(order)), -mine["year"][one])
            for one in mine.index
        ]
        ranked = pd.Series(weights, index=mine.index, dtype=object)
        return mine.loc[sorted(mine.index, key=lambda one: (ranked[one], one))]

    @cached_property
    def names(self) -> pd.Series:
        """Names of the indicators."""
        return names_in(self.region.indicators, self.lang)

    def is_own(self, row: pd.Series) -> bool:
        """Return whether a value is of the user's own table."""
        return bool(row["source_id"] == OWN)


def open_desk(region: Region, subject: Subject, own: OwnFigures | None, lang: str) -> Desk:
    """Return what the few pages are made from."""
    statistics = region.statistics
    if own is not None:
        keys = ["indicator_id", "adcode", "year"]
        mine = own.statistics
        taken = pd.MultiIndex.from_frame(mine[keys])
        kept = statistics[~pd.MultiIndex.from_frame(statistics[keys]).isin(taken)]
        statistics = pd.concat([mine, kept], ignore_index=True)
    targets = region.targets
    if own is not None:
        targets, _ = take_baselines(targets, own.table.actuals)
    judged = progress(targets, statistics, as_of=dt.datetime.now(dt.UTC).year)
    mapped = [
        one.indicator_id
        for one in list_maps(region)
        if one.shows in STATISTIC_MAPS and one.indicator_id
    ]
    return Desk(region, subject, lang, statistics, judged, own, tuple(dict.fromkeys(mapped)))


def peer_values(
    statistics: pd.DataFrame, indicator_id: str, year: int, *, units: pd.Index
) -> pd.Series:
    """Return the values of some units in a year, indexed by adcode."""
    rows = statistics[
        (statistics["indicator_id"] == indicator_id)
        & (statistics["year"] == year)
        & statistics["adcode"].isin(units)
    ]
    return rows.drop_duplicates("adcode").set_index("adcode")["value"]


def rank_among(value: float, peers: pd.Series) -> int:
    """Return the place of a value from the highest; ties share the better one.

    Examples
    --------
    >>> rank_among(3.0, pd.Series([5.0, 3.0, 3.0, 1.0]))
    2
    """
    return int((peers > value).sum()) + 1


def figure_words(value: float, unit: object) -> tuple[str, str]:
    """Return a value and its unit as a headline prints them: persons in ten thousands.

    Examples
    --------
    >>> figure_words(2388294, "人"), figure_words(74.63, "%"), figure_words(800, "人")
    (('238.8', '万人'), ('74.63', '%'), ('800', '人'))
    """
    unit = unit if isinstance(unit, str) else ""
    if unit in _SHORTER and abs(value) >= _TEN_THOUSAND:
        return format_number(round(value / _TEN_THOUSAND, 1)), _SHORTER[unit]
    return format_number(round(float(value), 2)), unit
