"""The section on statistics: reported values with their rank in the province."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.analysis.targets import format_number
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.sections_place import source_columns, unit_name
from regionkit.region.names import names_in

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.briefing.words import Words
    from regionkit.region import Region

__all__ = ["statistics_section"]

# Counts of people and money add up over units; rates and shares do not.
_ADDITIVE_UNITS = frozenset({"人", "万人", "户", "万户", "亿元", "万元"})
_COUNTY_COLUMNS = ("resident-population", "urbanisation-rate", "share-65plus", "share-0-14")


def statistics_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return the place's reported values with rank, and those of its counties."""
    if subject.kind == "query":
        return None
    if subject.kind == "zone":
        tables = [_zone_table(region, subject, register, words)]
    else:
        tables = [_own_table(region, subject, register, words)]
        if subject.kind == "city":
            tables.append(_counties_table(region, subject, register, words))
    found = tuple(table for table in tables if table is not None)
    if not found:
        return None
    lead = words.pick(
        "位次由高到低计，同级单位中有数的参加排位；位次为推算。",
        "Rank counts from the highest, among units of the same level with a value; "
        "ranks are derived.",
    )
    if subject.kind == "zone":
        lead = words.pick(
            "分区数由各成员相加，为推算；比率不能相加，不列。",
            "Values of the zone are sums over its units, derived; rates do not add "
            "up and are left out.",
        )
    return Section("statistics", words("s_statistics"), (lead,), found)


def _peers(region: Region, indicator_id: str, year: int, level: str) -> pd.Series:
    """Return the values of all units of a level in a year, indexed by adcode."""
    table = region.statistics
    units = region.units.index[region.units["level"] == level]
    rows = table[
        (table["indicator_id"] == indicator_id)
        & (table["year"] == year)
        & table["adcode"].isin(units)
    ]
    return rows.drop_duplicates("adcode").set_index("adcode")["value"]


def _rank(values: pd.Series, adcode: str) -> tuple[int, int]:
    """Return a unit's place from the highest, ties sharing the better one, and of how many."""
    return int((values > values[adcode]).sum()) + 1, len(values)


def _number(value: float, unit: str) -> str:
    gap = " " if unit and unit != "%" else ""
    return f"{format_number(value)}{gap}{unit}"


def _own_table(region: Region, subject: Subject, register: Register, words: Words) -> Table | None:
    table = region.statistics
    names = names_in(region.indicators, words.lang)
    mine = table[table["adcode"] == subject.place_id]
    rows = []
    for row in mine.sort_values(["indicator_id", "year"]).itertuples():
        peers = _peers(region, row.indicator_id, row.year, subject.kind)
        place, among = _rank(peers, subject.place_id)
        rank = words.pick(f"第 {place} 位（共 {among}）", f"{place} of {among}")
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
                    "" if among < 2 else rank,
                    "" if subject.kind == "province" else province,
                ),
                register.cite_row(row),
                text(row.note),
            )
        )
    if not rows:
        return None
    columns = (
        Column(words("indicator"), 0.24),
        Column(words("year"), 0.08),
        Column(words("value"), 0.17, "right"),
        Column(words("rank"), 0.16),
        Column(words("province_value"), 0.16, "right"),
    )
    return Table(
        "statistics",
        words.pick("主要统计与全省位次", "Statistics with rank"),
        (*columns, *source_columns(words)),
        tuple(rows),
    )


def _counties_table(
    region: Region, subject: Subject, register: Register, words: Words
) -> Table | None:
    """Return the counties of a city side by side, each value with its rank among all counties."""
    table = region.statistics
    inside = table[table["adcode"].isin(subject.counties)]
    shown: list[tuple[str, pd.Series, str]] = []
    years: dict[str, str] = {}
    sources: pd.Series | None = None
    for indicator_id in _COUNTY_COLUMNS:
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
        own = "" if place["basis"] == sources["basis"] else words.basis(place["basis"])
        years[indicator_id] = words.pick("，", ", ").join(p for p in (str(year), own) if p)
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
            place, among = _rank(peers, code)
            cells.append(
                words.pick(
                    f"{_number(peers[code], unit)}（{place}/{among}）",
                    f"{_number(peers[code], unit)} ({place}/{among})",
                )
            )
        rows.append(Row((unit_name(region, code, subject), *cells), register.cite_row(sources)))
    share = 0.65 / len(shown)
    names = names_in(region.indicators, words.lang)
    columns = [Column(words("unit_col"), 0.16)]
    columns += [Column(f"{names[i]}（{years[i]}）", share, "right") for i, _, _ in shown]
    caption = words.pick(
        "各县（市、区）统计（括号内为全省县级位次）",
        "Counties (in brackets: rank among the province's counties)",
    )
    return Table("county-statistics", caption, (*columns, *source_columns(words)), tuple(rows))


def _zone_table(region: Region, subject: Subject, register: Register, words: Words) -> Table | None:
    """Return sums over a zone's units of what adds up, with the share of the province."""
    table = region.statistics
    names = names_in(region.indicators, words.lang)
    adding = table[table["unit"].isin(_ADDITIVE_UNITS)]
    cities = [c for c in subject.members if region.units.loc[c, "level"] == "city"]
    rows = []
    for (indicator_id, year, unit), same in adding.groupby(["indicator_id", "year", "unit"]):
        level, units = "county", list(subject.counties)
        peers = _peers(region, indicator_id, year, level)
        if not set(units) <= set(peers.index):
            # Only whole cities: the zone's figure is then the sum of theirs.
            level, units = "city", cities
            peers = _peers(region, indicator_id, year, level)
            if len(cities) != len(subject.members) or not set(units) <= set(peers.index):
                continue
        total = float(peers[units].sum())
        first = same[same["adcode"].isin(units)].iloc[0]
        whole = same[same["adcode"] == region.adcode]
        share = ""
        if len(whole) and whole["value"].iloc[0]:
            share = f"{100 * total / whole['value'].iloc[0]:.1f}%"
        how = words.pick(
            f"{len(units)} 个{'县级单位' if level == 'county' else '市'}相加",
            f"sum of {len(units)} {'counties' if level == 'county' else 'cities'}",
        )
        rows.append(
            Row(
                (
                    names[indicator_id],
                    str(int(year)),
                    _number(total, text(unit)),
                    share,
                    how,
                ),
                register.cite(first["source_id"], first["locator"], "derived"),
                text(whole["note"].iloc[0]) if len(whole) else "",
            )
        )
    if not rows:
        return None
    columns = (
        Column(words("indicator"), 0.24),
        Column(words("year"), 0.08),
        Column(words("value"), 0.19, "right"),
        Column(words("share"), 0.12, "right"),
        Column(words.pick("算法", "How"), 0.18),
    )
    return Table(
        "zone-statistics",
        words.pick("分区合计", "Sums over the zone"),
        (*columns, *source_columns(words)),
        tuple(rows),
    )
