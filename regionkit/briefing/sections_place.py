"""Sections on what a place is to be: positioning, industries, clusters, zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.region.names import name_in

if TYPE_CHECKING:
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.briefing.words import Words
    from regionkit.region import Region

__all__ = ["profile_section", "source_columns", "unit_name", "zones_section"]


def source_columns(words: Words) -> tuple[Column, Column]:
    """Return the two columns that every table of facts ends with."""
    return Column(words("source"), 0.15), Column(words("basis"), 0.07)


def unit_name(region: Region, adcode: str, subject: Subject) -> str:
    """Return a unit's name; with its city where it lies outside the subject's own city."""
    name = str(region.units["name"].get(adcode, adcode))
    city = region.units["city_adcode"].get(adcode)
    is_county = region.units["level"].get(adcode) == "county"
    if is_county and subject.kind in {"zone", "province", "query"}:
        return f"{region.units.loc[city, 'name']}{name}"
    return name


def profile_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return positioning, industries and clusters of the place and its units."""
    units = list(subject.members)
    if subject.kind == "county":
        units.append(str(region.units.loc[subject.place_id, "city_adcode"]))
    if subject.kind == "zone":
        units += [code for code in subject.counties if code not in units]
    tables = [
        _profiles_table(region, subject, register, words, units),
        _clusters_table(region, subject, register, words, units),
    ]
    found = tuple(table for table in tables if table is not None)
    return Section("profile", words("s_profile"), (), found) if found else None


def _profiles_table(
    region: Region, subject: Subject, register: Register, words: Words, units: list[str]
) -> Table | None:
    rows = []
    for code in units:
        name = unit_name(region, code, subject)
        if subject.kind == "county" and code != subject.place_id:
            name += f"（{words('city_seat')}）"
        profiles = region.profiles[region.profiles["adcode"] == code]
        industries = region.industries[region.industries["adcode"] == code]
        # One row a document and place in it, so that no figure stands beside another's source.
        places = pd.concat([profiles, industries])[["source_id", "locator", "basis"]]
        for place in places.drop_duplicates().itertuples(index=False):
            mine = _at(profiles, place)
            listed = _at(industries, place).sort_values("rank")
            named = [
                words.join([text(i) for i in listed.loc[listed["role"] == role, "industry"]])
                for role in ("advantage", "emerging")
            ]
            positioning = "\n".join(p for cell in mine["positioning"] for p in cell)
            notes = [text(n) for n in [*mine["note"], *listed["note"]] if text(n)]
            rows.append(
                Row(
                    (name, positioning, *named),
                    register.cite_row(place),
                    "；".join(dict.fromkeys(notes)),
                )
            )
    if not rows:
        return None
    columns = (
        Column(words("unit_col"), 0.15),
        Column(words("positioning"), 0.28),
        Column(words("industries"), 0.22),
        Column(words("emerging"), 0.16),
    )
    return Table(
        "profiles",
        words.pick("官方定位与产业", "Official positioning and industries"),
        (*columns, *source_columns(words)),
        tuple(rows),
    )


def _at(frame: pd.DataFrame, place: Any) -> pd.DataFrame:
    """Return the rows of a document's place and basis."""
    same = frame["source_id"].eq(place.source_id)
    same &= frame["locator"].eq(place.locator) & frame["basis"].eq(place.basis)
    return frame[same]


def _clusters_table(
    region: Region, subject: Subject, register: Register, words: Words, units: list[str]
) -> Table | None:
    places = region.cluster_places[region.cluster_places["adcode"].isin(units)]
    tiers, roles = region.labels("clusters", "tier"), region.labels("cluster_places", "role")
    rows = []
    for cluster_id, mine in places.groupby("cluster_id"):
        cluster = region.clusters.loc[cluster_id]
        for (source_id, locator, basis), same in mine.groupby(["source_id", "locator", "basis"]):
            where = "\n".join(
                unit_name(region, row.adcode, subject)
                + "："
                + (roles.get(row.role, "") if words.is_zh else row.role)
                for row in same.itertuples()
            )
            revenue = ""
            if pd.notna(cluster["revenue_target_100m_cny"]):
                amount = format_number(cluster["revenue_target_100m_cny"])
                year = int(cluster["target_year"])
                revenue = words.pick(f"{year}年 {amount}亿元", f"{amount} × 100m CNY in {year}")
            tier = tiers.get(cluster["tier"], "") if words.is_zh else text(cluster["tier"])
            citation = register.cite(source_id, locator, basis)
            own = register.cite(cluster["source_id"], cluster["locator"], cluster["basis"])
            notes = [text(cluster["note"]), *(text(n) for n in same["note"])]
            if revenue and str(own) != str(citation):
                notes.insert(
                    0,
                    words.pick(
                        f"层级与营收目标：{own}，{words.basis(own.basis)}",
                        f"Tier and revenue: {own}, {own.basis}",
                    ),
                )
            rows.append(
                (
                    cluster["order"],
                    Row(
                        (text(cluster["name"]), tier, where, revenue),
                        citation,
                        "；".join(n for n in dict.fromkeys(notes) if n),
                    ),
                )
            )
    if not rows:
        return None
    columns = (
        Column(words("cluster"), 0.26),
        Column(words("tier"), 0.1),
        Column(words("role"), 0.26),
        Column(words("revenue"), 0.19),
    )
    ordered = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
    return Table(
        "clusters",
        words.pick(
            "布局的重点产业集群（营收目标为全集群合计，未分解到本地）",
            "Industry clusters here (revenue targets are the whole cluster's)",
        ),
        (*columns, *source_columns(words)),
        ordered,
    )


def zones_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    """Return every zone a unit belongs to, or the members of a zone."""
    if subject.kind == "zone":
        return _members_section(region, subject, register, words)
    if subject.kind not in {"city", "county"}:
        return None
    city = str(region.units.loc[subject.place_id, "city_adcode"])
    ways = {subject.place_id: words("own"), region.adcode: words("whole_province")}
    if subject.kind == "county":
        ways[city] = words("whole_city")
    for code in subject.members:
        ways.setdefault(code, words.pick("仅", "only ") + str(region.units.loc[code, "name"]))
    table = region.table("zones").set_index("zone_id")
    mine = region.memberships[region.memberships["adcode"].isin(ways)]
    mine = mine.assign(
        order=mine["zone_id"].map(table["order"]),
        step=mine["adcode"].map({code: n for n, code in enumerate(ways)}),
    )
    kinds, roles = region.labels("zones", "kind"), region.labels("memberships", "role")
    rows = tuple(
        Row(
            (
                _zone_name(table, row.zone_id, words),
                kinds.get(kind, "") if words.is_zh else kind,
                roles.get(row.role, text(row.role)) if words.is_zh else text(row.role),
                ways[row.adcode],
            ),
            register.cite_row(row),
            text(row.note),
        )
        for row in mine.sort_values(["order", "zone_id", "step"]).itertuples()
        for kind in [text(table.loc[row.zone_id, "kind"])]
    )
    if not rows:
        return None
    columns = (
        Column(words("zone"), 0.36),
        Column(words("kind"), 0.16),
        Column(words("role"), 0.11),
        Column(words("through"), 0.18),
    )
    strategic = region.zones_of(subject.place_id)
    names = words.join([_zone_name(table, z, words) for z in strategic])
    lead = (words.pick(f"整体属于“一圈一带两区”中的{names}。", f"Belongs as a whole to {names}."),)
    title = words.pick("归属的分区与各类区域", "Zones and other groupings")
    return Section(
        "zones",
        words("s_zones"),
        lead if strategic else (),
        (Table("zones", title, (*columns, *source_columns(words)), rows),),
    )


def _members_section(
    region: Region, subject: Subject, register: Register, words: Words
) -> Section | None:
    table = region.table("zones").set_index("zone_id")
    mine = region.memberships[region.memberships["zone_id"] == subject.place_id]
    roles = region.labels("memberships", "role")
    rows = []
    for row in mine.sort_values("adcode").itertuples():
        others = [z for z in region.zones_of(row.adcode) if z != subject.place_id]
        level = str(region.units.loc[row.adcode, "level"])
        size = ""
        if level == "city":
            n = int((region.counties["city_adcode"] == row.adcode).sum())
            size = words.pick(f"（含 {n} 个县级单位）", f" ({n} counties)")
        rows.append(
            Row(
                (
                    unit_name(region, row.adcode, subject) + size,
                    roles.get(row.role, text(row.role)) if words.is_zh else text(row.role),
                    words.join([_zone_name(table, z, words) for z in others]),
                ),
                register.cite_row(row),
                text(row.note),
            )
        )
    if not rows:
        return None
    columns = (
        Column(words("unit_col"), 0.33),
        Column(words("role"), 0.12),
        Column(words("also_in"), 0.36),
    )
    lead = words.pick(
        f"由 {len(rows)} 个成员组成，含 {len(subject.counties)} 个县级单位。",
        f"{len(rows)} members with {len(subject.counties)} counties.",
    )
    return Section(
        "zones",
        words("s_members"),
        (lead,),
        (
            Table(
                "members",
                words.pick("分区成员", "Members of the zone"),
                (*columns, *source_columns(words)),
                tuple(rows),
            ),
        ),
    )


def _zone_name(table: pd.DataFrame, zone_id: str, words: Words) -> str:
    return name_in(table.loc[zone_id], words.lang)
