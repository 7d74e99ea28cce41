"""The section on statistics: reported values with their rank in the province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.analysis.targets import format_number
from regionkit.briefing.desk import peer_values, rank_among
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name
from regionkit.briefing.words import basis_word
from regionkit.maps.signs.words import counted
from regionkit.maps.themes.listed import list_maps, statistic_years
from regionkit.pack.themes import STATISTIC_MAPS
from regionkit.region.names import names_in, whole_word
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.region import Region

__all__ = ["ZoneSum", "statistics_section", "zone_sums"]

# Counts of people and money add up over units; rates and shares do not.
_ADDITIVE_UNITS = frozenset({"人", "万人", "户", "万户", "亿元", "万元"})
_SUMS = {
    "county": lambda n: msg("sum of {n} counties", n=n),
    "city": lambda n: msg("sum of {n} cities", n=n),
}
# So many figures of counties stand side by side.
_MOST_COLUMNS = 4


def statistics_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return the place's reported values with rank, and those of its counties."""
    if subject.is_of_projects or subject.kind == "cluster":
        return None
    if subject.kind == "zone":
        tables = [_zone_table(region, subject, register, lang)]
    else:
        tables = [_own_table(region, subject, register, lang)]
        if subject.kind == "city":
            tables.append(_counties_table(region, subject, register, lang))
    found = tuple(table for table in tables if table is not None)
    if not found:
        return None
    lead = say(
        "Rank counts from the highest, among units of the same level with a "
        "value; ranks are derived.",
        lang=lang,
    )
    if subject.kind == "zone":
        lead = say(
            "Values of the zone are sums over its units, derived; rates do not add "
            "up and are left out.",
            lang=lang,
        )
    return Section("statistics", say("Statistics and rank", lang=lang), (lead,), found)


def _peers(region: Region, indicator_id: str, year: int, level: str) -> pd.Series:
    """Return what the documents say of all units of a level in a year, indexed by adcode."""
    return peer_values(region.statistics, indicator_id, year, units=region.units_at(level))


def _number(value: float, unit: str) -> str:
    gap = " " if unit and unit != "%" else ""
    return f"{format_number(value)}{gap}{unit}"


def _own_table(region: Region, subject: Subject, register: Register, lang: str) -> Table | None:
    table = region.statistics
    names = names_in(region.indicators, lang)
    mine = table[table["adcode"] == subject.place_id]
    rows = []
    for row in mine.sort_values(["indicator_id", "year"]).itertuples():
        peers = _peers(region, row.indicator_id, row.year, subject.kind)
        place = rank_among(peers[subject.place_id], peers)
        rank = say("{place} of {among}", lang=lang, place=place, among=len(peers))
        whole = table[
            (table["adcode"] == region.adcode)
            & (table["year"] == row.year)
            & (table["indicator_id"] == row.indicator_id)
        ]
        province = _number(whole["value"].iloc[0], text(row.unit)) if len(whole) else ""
        rows.append(
            Row(
                (
                    names[row.indicator_id],
                    str(int(row.year)),
                    _number(row.value, text(row.unit)),
                    "" if len(peers) < 2 else rank,
                    "" if subject.kind == "province" else province,
                ),
                register.cite_row(row),
                text(row.note),
            )
        )
    if not rows:
        return None
    whole = whole_word(region.name, lang)
    columns = (
        Column(say("Indicator", lang=lang), 0.24),
        Column(say("Year", lang=lang), 0.08),
        Column(say("Numeric value", lang=lang), 0.17, "right"),
        Column(say("Rank in {whole}", lang=lang, whole=whole), 0.16),
        Column(whole.capitalize(), 0.16, "right"),
    )
    return Table(
        "statistics",
        say("Statistics with rank in {whole}", lang=lang, whole=whole),
        (*columns, *source_columns(lang)),
        tuple(rows),
    )


def _counties_table(
    region: Region, subject: Subject, register: Register, lang: str
) -> Table | None:
    """Return the counties of a city side by side, each value with its rank among all counties."""
    table = region.statistics
    inside = table[table["adcode"].isin(subject.counties)]
    shown: list[tuple[str, pd.Series, str]] = []
    years: dict[str, str] = {}
    sources: pd.Series | None = None
    for indicator_id in _county_columns(region):
        same = inside[inside["indicator_id"] == indicator_id]
        if same.empty:
            continue
        year = int(same["year"].max())
        same = same[same["year"] == year]
        place = same[["source_id", "locator", "basis"]].drop_duplicates()
        # Side by side only what one document reports, so that one citation serves the row.
        if len(place) != 1:
            continue
        place = place.iloc[0]
        sources = place if sources is None else sources
        if (place["source_id"], place["locator"]) != (sources["source_id"], sources["locator"]):
            continue
        own = "" if place["basis"] == sources["basis"] else basis_word(place["basis"], lang)
        years[indicator_id] = join([p for p in (str(year), own) if p], "places").render(lang)
        shown.append(
            (indicator_id, _peers(region, indicator_id, year, "county"), text(same["unit"].iloc[0]))
        )
    if not shown or sources is None:
        return None
    rows = []
    for code in subject.counties:
        cells = []
        for _, peers, unit in shown:
            if code not in peers:
                cells.append("")
                continue
            rank = f"{rank_among(peers[code], peers)}/{len(peers)}"
            cells.append(counted(_number(peers[code], unit), rank, lang))
        rows.append(Row((unit_name(region, code, subject), *cells), register.cite_row(sources)))
    share = 0.65 / len(shown)
    names = names_in(region.indicators, lang)
    columns = [Column(say("Place", lang=lang), 0.16)]
    columns += [Column(counted(names[i], years[i], lang), share, "right") for i, _, _ in shown]
    caption = say(
        "Counties (in brackets: rank among the counties of {whole})",
        lang=lang,
        whole=whole_word(region.name, lang),
    )
    return Table("county-statistics", caption, (*columns, *source_columns(lang)), tuple(rows))


def _county_columns(region: Region) -> list[str]:
    """Return the indicators that the region maps by county, in the order of its themes."""
    mapped = [
        one.indicator_id
        for one in list_maps(region)
        if one.shows in STATISTIC_MAPS
        and statistic_years(region, one.indicator_id, one.level)[0] == "county"
    ]
    return list(dict.fromkeys(mapped))[:_MOST_COLUMNS]


@dataclass(frozen=True)
class ZoneSum:
    """A sum over the units of a zone.

    Attributes
    ----------
    indicator_id, unit : str
    year : int
    value : float
    share : str
        Of the region, "" where it has no value.
    how : str
        Over how many units of which level.
    source_id, locator, note : str
    """

    indicator_id: str
    year: int
    unit: str
    value: float
    share: str
    how: str
    source_id: str
    locator: str
    note: str


def zone_sums(region: Region, subject: Subject, lang: str = "zh") -> list[ZoneSum]:
    """Return sums over a zone's units of what adds up; later years after earlier ones."""
    table = region.statistics
    adding = table[table["unit"].isin(_ADDITIVE_UNITS)]
    at_level = set(region.units_at("city"))
    cities = [c for c in subject.members if c in at_level]
    made = []
    for (indicator_id, year, unit), same in adding.groupby(["indicator_id", "year", "unit"]):
        level, units = "county", list(subject.counties)
        peers = _peers(region, indicator_id, year, level)
        if not set(units) <= set(peers.index):
            # Only whole cities: the zone's figure is then the sum of theirs.
            level, units = "city", cities
            peers = _peers(region, indicator_id, year, level)
            if len(cities) != len(subject.members) or not set(units) <= set(peers.index):
                continue
        if not units:
            continue
        total = float(peers[units].sum())
        first = same[same["adcode"].isin(units)].iloc[0]
        whole = same[same["adcode"] == region.adcode]
        has_whole = len(whole) and whole["value"].iloc[0]
        made.append(
            ZoneSum(
                str(indicator_id),
                int(year),
                text(unit),
                total,
                f"{100 * total / whole['value'].iloc[0]:.1f}%" if has_whole else "",
                _SUMS[level](len(units)).render(lang),
                str(first["source_id"]),
                text(first["locator"]),
                text(whole["note"].iloc[0]) if len(whole) else "",
            )
        )
    return made


def _zone_table(region: Region, subject: Subject, register: Register, lang: str) -> Table | None:
    """Return sums over a zone's units of what adds up, with the share of the province."""
    names = names_in(region.indicators, lang)
    rows = [
        Row(
            (
                names[one.indicator_id],
                str(one.year),
                _number(one.value, one.unit),
                one.share,
                one.how,
            ),
            register.cite(one.source_id, one.locator, "derived"),
            one.note,
        )
        for one in zone_sums(region, subject, lang)
    ]
    if not rows:
        return None
    columns = (
        Column(say("Indicator", lang=lang), 0.24),
        Column(say("Year", lang=lang), 0.08),
        Column(say("Numeric value", lang=lang), 0.19, "right"),
        Column(
            say("Share of {whole}", lang=lang, whole=whole_word(region.name, lang)), 0.12, "right"
        ),
        Column(say("How", lang=lang), 0.18),
    )
    return Table(
        "zone-statistics",
        say("Sums over the zone", lang=lang),
        (*columns, *source_columns(lang)),
        tuple(rows),
    )
