"""Sections on what a place is to be: positioning, industries, clusters, zones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import format_number
from regionkit.briefing.model import Column, Row, Section, Table
from regionkit.briefing.register import text
from regionkit.briefing.words import basis_word
from regionkit.maps.signs.words import counted
from regionkit.region.names import name_in, whole_word
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from regionkit.briefing.register import Register
    from regionkit.briefing.subject import Subject
    from regionkit.region import Region

__all__ = ["profile_section", "source_columns", "unit_name", "zones_section"]


def source_columns(lang: str) -> tuple[Column, Column]:
    """Return the two columns that every table of facts ends with."""
    return Column(say("Source", lang=lang), 0.15), Column(say("Basis", lang=lang), 0.07)


def unit_name(region: Region, adcode: str, subject: Subject) -> str:
    """Return a unit's name; with its city where it lies outside the subject's own city."""
    units = region.units
    names = units["name"]
    name = str(names.get(adcode, adcode))
    if subject.kind in {"city", "county"}:
        return name
    city = units["city_adcode"].get(adcode)
    if isinstance(city, str) and city != adcode:
        return f"{names[city]}{name}"
    return name


def profile_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return positioning, industries and clusters of the place and its units."""
    units = list(subject.members)
    city = region.units["city_adcode"].get(subject.place_id)
    if subject.kind == "county" and city != subject.place_id:
        units.append(str(city))
    if subject.kind == "zone":
        units += [code for code in subject.counties if code not in units]
    tables = [
        _profiles_table(region, subject, register, lang, units),
        _clusters_table(region, subject, register, lang, units),
    ]
    return _profile(tables, lang)


def _profile(tables: list[Table | None], lang: str) -> Section | None:
    found = tuple(table for table in tables if table is not None)
    return (
        Section("profile", say("Positioning and industries", lang=lang), (), found)
        if found
        else None
    )


def _profiles_table(
    region: Region, subject: Subject, register: Register, lang: str, units: list[str]
) -> Table | None:
    rows = []
    of_profiles = dict(list(region.profiles.groupby("adcode")))
    of_industries = dict(list(region.industries.groupby("adcode")))
    for code in units:
        if code not in of_profiles and code not in of_industries:
            continue
        name = unit_name(region, code, subject)
        if subject.kind == "county" and code != subject.place_id:
            name = counted(name, say("its city", lang=lang), lang)
        profiles = of_profiles.get(code, region.profiles.iloc[:0])
        industries = of_industries.get(code, region.industries.iloc[:0])
        # One row a document and place in it, so that no figure stands beside another's source.
        places = pd.concat([profiles, industries])[["source_id", "locator", "basis"]]
        for place in places.drop_duplicates().itertuples(index=False):
            mine = _at(profiles, place)
            listed = _at(industries, place).sort_values("rank")
            named = [
                join([text(i) for i in listed.loc[listed["role"] == role, "industry"]]).render(lang)
                for role in ("advantage", "emerging")
            ]
            positioning = "\n".join(p for cell in mine["positioning"] for p in cell)
            notes = [text(n) for n in [*mine["note"], *listed["note"]] if text(n)]
            rows.append(
                Row(
                    (name, positioning, *named),
                    register.cite_row(place),
                    join(dict.fromkeys(notes), "clauses").render(lang),
                )
            )
    if not rows:
        return None
    columns = (
        Column(say("Place", lang=lang), 0.15),
        Column(say("Positioning", lang=lang), 0.28),
        Column(say("Advantage industries", lang=lang), 0.22),
        Column(say("Emerging industries", lang=lang), 0.16),
    )
    return Table(
        "profiles",
        say("Official positioning and industries", lang=lang),
        (*columns, *source_columns(lang)),
        tuple(rows),
    )


def _at(frame: pd.DataFrame, place: Any) -> pd.DataFrame:
    """Return the rows of a document's place and basis."""
    same = frame["source_id"].eq(place.source_id)
    same &= frame["locator"].eq(place.locator) & frame["basis"].eq(place.basis)
    return frame[same]


def _clusters_table(
    region: Region, subject: Subject, register: Register, lang: str, units: list[str]
) -> Table | None:
    places = region.cluster_places[region.cluster_places["adcode"].isin(units)]
    if subject.kind == "cluster":
        places = places[places["cluster_id"] == subject.place_id]
    tiers = region.labels("clusters", "tier", lang)
    roles = region.labels("cluster_places", "role", lang)
    rows = []
    for cluster_id, mine in places.groupby("cluster_id"):
        cluster = region.clusters.loc[cluster_id]
        for (source_id, locator, basis), same in mine.groupby(["source_id", "locator", "basis"]):
            where = "\n".join(
                say(
                    "{label}: {text}",
                    lang=lang,
                    label=unit_name(region, row.adcode, subject),
                    text=roles.get(row.role, ""),
                )
                for row in same.itertuples()
            )
            revenue = ""
            if pd.notna(cluster["revenue_target_100m_cny"]):
                amount = format_number(cluster["revenue_target_100m_cny"])
                year = int(cluster["target_year"])
                revenue = say("{amount} × 100m CNY in {year}", lang=lang, amount=amount, year=year)
            tier = tiers.get(cluster["tier"], "")
            citation = register.cite(source_id, locator, basis)
            own = register.cite(cluster["source_id"], cluster["locator"], cluster["basis"])
            notes = [text(cluster["note"]), *(text(n) for n in same["note"])]
            if revenue and str(own) != str(citation):
                notes.insert(
                    0,
                    say(
                        "Tier and revenue: {own}, {basis}",
                        lang=lang,
                        own=own,
                        basis=basis_word(own.basis, lang),
                    ),
                )
            rows.append(
                (
                    cluster["order"],
                    Row(
                        (text(cluster["name"]), tier, where, revenue),
                        citation,
                        join([n for n in dict.fromkeys(notes) if n], "clauses").render(lang),
                    ),
                )
            )
    if not rows:
        return None
    columns = (
        Column(say("Cluster", lang=lang), 0.26),
        Column(say("Tier", lang=lang), 0.1),
        Column(say("Role", lang=lang), 0.26),
        Column(say("Revenue target of the whole cluster", lang=lang), 0.19),
    )
    ordered = tuple(row for _, row in sorted(rows, key=lambda pair: pair[0]))
    return Table(
        "clusters",
        say("Industry clusters here (revenue targets are the whole cluster's)", lang=lang),
        (*columns, *source_columns(lang)),
        ordered,
    )


def zones_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    """Return every zone a unit belongs to, or the members of a zone."""
    if subject.kind == "zone":
        return _members_section(region, subject, register, lang)
    if subject.kind not in {"city", "county"}:
        return None
    city = str(region.units.loc[subject.place_id, "city_adcode"])
    ways = {
        subject.place_id: say("itself", lang=lang),
        region.adcode: say("with {whole}", lang=lang, whole=whole_word(region.name, lang)),
    }
    if subject.kind == "county":
        ways.setdefault(city, say("with its city", lang=lang))
    for code in subject.members:
        ways.setdefault(code, say("only {name}", lang=lang, name=region.units.loc[code, "name"]))
    table = region.table("zones").set_index("zone_id")
    mine = region.memberships[region.memberships["adcode"].isin(ways)]
    mine = mine.assign(
        order=mine["zone_id"].map(table["order"]),
        step=mine["adcode"].map({code: n for n, code in enumerate(ways)}),
    )
    kinds = region.labels("zones", "kind", lang)
    roles = region.labels("memberships", "role", lang)
    rows = tuple(
        Row(
            (
                _zone_name(table, row.zone_id, lang),
                kinds.get(kind, ""),
                roles.get(row.role, text(row.role)),
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
        Column(say("Zone", lang=lang), 0.36),
        Column(say("Category", lang=lang), 0.16),
        Column(say("Role", lang=lang), 0.11),
        Column(say("Belongs", lang=lang), 0.18),
    )
    strategic = region.zones_of(subject.place_id)
    names = join([_zone_name(table, z, lang) for z in strategic]).render(lang)
    lead = (
        say(
            "Belongs as a whole to {names} of {system}.",
            lang=lang,
            names=names,
            system=region.zone_system,
        ),
    )
    title = say("Zones and other groupings", lang=lang)
    return Section(
        "zones",
        say("Zones it belongs to", lang=lang),
        lead if strategic else (),
        (Table("zones", title, (*columns, *source_columns(lang)), rows),),
    )


def _members_section(
    region: Region, subject: Subject, register: Register, lang: str
) -> Section | None:
    table = region.table("zones").set_index("zone_id")
    mine = region.memberships[region.memberships["zone_id"] == subject.place_id]
    roles = region.labels("memberships", "role", lang)
    rows = []
    for row in mine.sort_values("adcode").itertuples():
        others = [z for z in region.zones_of(row.adcode) if z != subject.place_id]
        size = ""
        if region.units.loc[row.adcode, "level"] == "city":
            n = int((region.counties["city_adcode"] == row.adcode).sum())
            size = say(" ({n} counties)", lang=lang, n=n)
        rows.append(
            Row(
                (
                    unit_name(region, row.adcode, subject) + size,
                    roles.get(row.role, text(row.role)),
                    join([_zone_name(table, z, lang) for z in others]).render(lang),
                ),
                register.cite_row(row),
                text(row.note),
            )
        )
    if not rows:
        return None
    columns = (
        Column(say("Place", lang=lang), 0.33),
        Column(say("Role", lang=lang), 0.12),
        Column(say("Also in", lang=lang), 0.36),
    )
    lead = say(
        "{n} members with {counties} counties.",
        lang=lang,
        n=len(rows),
        counties=len(subject.counties),
    )
    return Section(
        "zones",
        say("Composition", lang=lang),
        (lead,),
        (
            Table(
                "members",
                say("Members of the zone", lang=lang),
                (*columns, *source_columns(lang)),
                tuple(rows),
            ),
        ),
    )


def _zone_name(table: pd.DataFrame, zone_id: str, lang: str) -> str:
    return name_in(table.loc[zone_id], lang)
