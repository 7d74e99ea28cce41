"""Commands on what documents say: tasks, mentions, industries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import Answer, Outputs, answer_options, give
from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import cited_documents, cited_rows, labels_of, names_of
from regionkit.cli.nouns import subject_of, tell_noun
from regionkit.cli.options import level_choice, single, source_options
from regionkit.cli.show import add_codes
from regionkit.cli.spoken import argument, command, option
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.cli.conditions import Hits
    from regionkit.cli.map_options import MapLook
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.region.nouns import Noun
    from regionkit.words.message import Words

__all__ = ["industries_command", "mentions_command", "tasks_command"]

_PLACES = ("unit", "zone", "project")


@command(
    "tasks",
    msg(
        """List the tasks of the documents: who leads, who cooperates, where.

Examples:
  regionkit tasks --lead 省发改委
  regionkit tasks --lead 省交通厅 --with 沈阳铁路局 -o 任务.docx
  regionkit tasks --zone 辽西 --text 旅游"""
    ),
)
@single("--lead", help=msg("The body in charge, by name or short name."))
@single("--with", "cooperating", help=msg("A body that cooperates."))
@single("--place", help=msg("City or county that the task names."))
@single("--zone", help=msg("Zone that the task is said of, or names a unit of."))
@single("--text", help=msg("Part of the title or note."))
@source_options
@answer_options("tasks")
@region_options
def tasks_command(
    lead: str | None,
    cooperating: str | None,
    place: str | None,
    zone: str | None,
    text: str | None,
    source: tuple[str, ...],
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """List the tasks of the documents."""
    from regionkit.analysis.tasks import list_tasks, tell_tasks
    from regionkit.query.projects import ZONE_LINKS

    ln = load_region(pack, boundaries, boundaries_datum)
    for word, kind in ((lead, "body"), (cooperating, "body"), (place, "unit"), (zone, "zone")):
        if word is not None and (kind != "zone" or len(ln.look_up("zone", word).values) == 1):
            tell_noun(ln, word, ln.find(word, [kind]))
    tasks = list_tasks(
        ln, lead=lead, cooperating=cooperating, place=place, zone=zone, source=source or None,
        text=text,
    )  # fmt: skip
    names = names_of(ln)
    places = [
        str(join([*(names.zones[z] for z in zones), *(names.unit(code) for code in codes)]))
        for zones, codes in zip(tasks["zone_ids"], tasks["adcodes"], strict=True)
    ]
    table = tasks.assign(places=places)
    columns = {
        "title": say("Task"),
        "lead_orgs": say("Lead"),
        "cooperating_orgs": say("Cooperating"),
        "places": say("Places"),
    }
    if "zone_link" in table:
        table["zone_link"] = table["zone_link"].map(ZONE_LINKS).map(str, na_action="ignore")
        columns["zone_link"] = say("Zone")
    shown = table[list(columns)].rename(columns=columns)
    shown[say("Source")] = cited_rows(ln, tasks)
    asked = [lead, cooperating, place, zone, text, *source]
    answer = Answer(
        add_codes(shown.reset_index(drop=True), {say("Id"): tasks.index}),
        str(join([say("Tasks"), *filter(None, asked)], "places")),
        tell_tasks(tasks, place=place is not None or zone is not None),
        list(tasks["source_id"]),
        none=msg("No task meets every condition."),
        of="tasks",
        subject=subject_of(ln, zone=zone, place=place),
    )
    give(ln, answer, out)


@command(
    "mentions",
    msg(
        """Tell which documents name a place, a project or anything else, where, and as what.

NAME is a city, county, zone, port, cluster, project, body or indicator.

Examples:
  regionkit mentions 大连港
  regionkit mentions 喀左 -o 喀左.docx
  regionkit mentions 沈大走廊"""
    ),
)
@argument("name", msg("NAME"))
@source_options
@answer_options("mentions")
@region_options
def mentions_command(
    name: str,
    source: tuple[str, ...],
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell which documents name a thing."""
    from regionkit.analysis.mentioned import find_mentions

    ln = load_region(pack, boundaries, boundaries_datum)
    found = find_mentions(ln, name)
    noun = found.attrs["noun"]
    tell_noun(ln, name, noun)
    if source:
        asked = [ln.resolve_source(word) for word in source]
        found = found[found["source_id"].isin(asked)]
    table = found.assign(
        table=[_table_word(one) for one in found["table"]],
        match=found["match"].map(labels_of(ln, "mentions", "match")).fillna(""),
        note=found["note"].fillna(""),
    )
    columns = {
        "source": say("Document"),
        "locator": say("Place in it"),
        "table": say("As what"),
        "named_as": say("Named as"),
        "year": say("Year"),
        "match": say("Match"),
        "note": say("Note"),
    }
    table = table[list(columns)]
    empty = [c for c in ("year", "match", "note") if table[c].replace("", None).isna().all()]
    table = table.drop(columns=empty).rename(columns=columns)
    title = say("{name} in the documents", name=noun.name)
    told: list[Words] = [
        msg("Places in documents: {n}, of {n_documents} documents.", n=len(found),
            n_documents=found["source_id"].nunique())
    ]  # fmt: skip
    answer = Answer(
        table.reset_index(drop=True),
        title,
        told,
        list(found["source_id"]),
        none=msg("No document names it."),
        of="sources",
        hits=(lambda: _one_project(ln, noun)) if noun.kind == "project" else None,
        subject=noun.id if noun.kind in _PLACES else "",
    )
    give(ln, answer, out)


def _one_project(ln: Region, noun: Noun) -> Hits:
    from regionkit.cli.conditions import Hits

    projects = ln.projects
    return Hits(projects[projects.index == noun.id], noun.name)


def _table_word(table: str) -> str:
    words = {
        "mentions": say("project"),
        "other_mentions": say("named place or zone"),
        "memberships": say("member of a zone"),
        "profiles": say("positioning"),
        "industries": say("industry to develop"),
        "cluster_places": say("place of a cluster"),
        "project_places": say("place of a project"),
        "project_zones": say("zone of a project"),
        "targets": say("target"),
        "statistics": say("reported figure"),
        "places": say("named place"),
        "zones": say("zone"),
        "clusters": say("cluster"),
        "tasks": say("task"),
    }
    return words.get(table, table)


@command(
    "industries",
    msg(
        """Tell who plans which industry, and how alike the plans of cities are.

With --similar, PLACES are compared with each other; one alone is compared with all others.

Examples:
  regionkit industries --text 菱镁
  regionkit industries --similar 铁岭 抚顺
  regionkit industries --sector 装备制造 --map 装备.png"""
    ),
)
@argument("places", msg("PLACES"), nargs=-1)
@single("--text", help=msg("Part of the industry's or the sector's name."))
@single("--sector", help=msg("One of the sectors, by name or id."))
@single("--place", help=msg("City or county, with all in it."))
@single("--zone", help=msg("Zone, with all in it."))
@option("--similar", is_flag=True, help=msg("Compare the PLACES with each other."))
@single(
    "--level",
    type=level_choice("city", "county"),
    help=msg("Of PLACES: which unit a name means that a city and a county share; city."),
)
@answer_options("industries")
@region_options
def industries_command(
    places: tuple[str, ...],
    text: str | None,
    sector: str | None,
    place: str | None,
    zone: str | None,
    similar: bool,  # noqa: FBT001
    level: str | None,
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Tell who plans which industry, and how alike the plans of cities are."""
    if bool(places) != similar:
        raise click.UsageError(say("--similar and PLACES go together: --similar 铁岭 抚顺."))
    if similar and any((text, sector, place, zone)):
        raise click.UsageError(
            say("--similar compares all industries. Leave --text, --sector, --place, --zone out.")
        )
    ln = load_region(pack, boundaries, boundaries_datum)
    if similar:
        give(ln, _similar(ln, places, level or "city"), out)
        return
    from regionkit.analysis.planned_industries import list_industries

    rows = list_industries(ln, text=text, sector=sector, place=place, zone=zone)
    roles = labels_of(ln, "industries", "role")
    table = rows.assign(role=rows["role"].map(roles), cited=cited_rows(ln, rows))
    columns = {
        "name": say("Name"),
        "industry": say("Industry"),
        "sector": say("Sector"),
        "role": say("Role"),
        "cited": say("Source"),
    }
    shown = table[list(columns)].rename(columns=columns)
    told: list[Words] = [
        msg("Rows: {n}, of {n_units} units.", n=len(rows), n_units=rows["adcode"].nunique()),
        msg("Sectors are our grouping; the industry stands as the document names it."),
    ]
    answer = Answer(
        add_codes(shown, {say("Name"): rows["adcode"]}),
        str(join([say("Industries"), *filter(None, (text, sector, place, zone))], "places")),
        told,
        list(rows["source_id"]),
        none=msg("No industry meets every condition."),
        of="industries",
        layer=lambda look: _industry_layer(ln, rows, text or sector or "", look),
        subject=subject_of(ln, zone=zone, place=place),
    )
    give(ln, answer, out)


def _industry_layer(ln: Region, rows: pd.DataFrame, word: str, look: MapLook) -> AreaLayer:
    """Return the counties by who plans the industry: the county itself, its city, or neither."""
    from regionkit.maps.signs.layers import category_layer

    frame = ln.counties.set_geometry(ln.simplified("county"))
    named = set(rows["adcode"])
    own, city = say("the county", lang=look.lang), say("its city", lang=look.lang)
    frame["planned"] = [
        own if code in named else city if of in named else None
        for code, of in zip(frame.index, frame["city_adcode"], strict=True)
    ]
    title = say("Planned by: {word}", lang=look.lang, word=word or say("industries"))
    colours = {own: "#2c6e49", city: "#a9cbb7"}
    used = {name: colour for name, colour in colours.items() if (frame["planned"] == name).any()}
    cited = cited_documents(ln, rows["source_id"], look.lang)
    return category_layer(frame, "planned", colours=used, title=title, source=cited)


def _similar(ln: Region, places: tuple[str, ...], level: str) -> Answer:
    from regionkit.analysis.planned_industries import SIMILARITY, compare_industries

    found = compare_industries(ln, places, level=level)
    columns = {
        "name": say("Name"),
        "other_name": say("Other"),
        "structure": say("Structure"),
        "common": say("Common"),
        "sectors": say("Sectors of both"),
        "n_industries": say("Industries"),
        "n_other": say("Of the other"),
    }
    table = found[list(columns)].round({"structure": 3, "common": 3}).rename(columns=columns)
    told: list[Words] = [SIMILARITY]
    if found.attrs["missing"]:
        names = ln.distinct_names.reindex(found.attrs["missing"])
        told.append(msg("No document names an industry of {names}.", names=join(names)))
    codes = {say("Name"): found["adcode"], say("Other"): found["other_adcode"]}
    rows = ln.industries
    mine = rows[rows["adcode"].isin({*found["adcode"], *found["other_adcode"]})]
    title = say("How alike the planned industries are: {names}", names=join(places, "and"))
    return Answer(add_codes(table, codes), title, told, list(mine["source_id"]))
