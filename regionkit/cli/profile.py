"""The command that tells what the documents say of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import labels_of, names_of
from regionkit.cli.nouns import find_noun
from regionkit.cli.options import table_output
from regionkit.cli.projects import project_table
from regionkit.cli.show import check_table_output, show_table
from regionkit.cli.spoken import argument, command
from regionkit.cli.terminal import is_plain, tell
from regionkit.words.message import join, msg, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from regionkit.places.place import Place
    from regionkit.region import Region

# So far from a port or park lie the projects that are told of it.
_NEAR_KM = 5.0
# What has a profile, in the order in which a word is looked for.
_KINDS = ("zone", "unit", "place", "cluster", "project")


class _Fact(NamedTuple):
    """A line of a profile."""

    word: str
    text: str
    source: str = ""

    def __str__(self) -> str:
        """Return the fact as it is printed."""
        if not self.source:
            return say("{word}: {text}", word=self.word, text=self.text)
        return say("{word}: {text}  [{source}]", word=self.word, text=self.text, source=self.source)


class _Profile(NamedTuple):
    """What is told of a place: its heading, its facts, its projects and how they were chosen."""

    heading: str
    facts: list[_Fact]
    projects: pd.DataFrame
    chosen: str


@command(
    "profile",
    msg(
        """Tell what the plan says of a place: zones, positioning, industries, targets, projects.

PLACE is a city, county or zone; a port or park inside a county; a cluster or a project.

Examples:
  regionkit profile 喀左
  regionkit profile 锦州港 -o port.xlsx
  regionkit profile 庄河抽蓄"""
    ),
)
@argument("place", msg("PLACE"))
@table_output
@region_options
def profile_command(
    place: str, output: str | None, pack: str, boundaries: str | None, boundaries_datum: str | None
) -> None:
    """Tell what the plan says of a place."""
    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    told = _profile(ln, place)
    if output is not None or is_plain():
        show_table(_as_table(ln, told), output, title=told.heading, sources=ln.sources)
        return
    tell(told.heading)
    for fact in told.facts:
        tell(fact)
    if len(told.projects):
        tell(told.chosen)
        show_table(project_table(ln, told.projects, with_basis="distance_km" in told.projects))


def _profile(ln: Region, name: str) -> _Profile:
    """Return the profile of a zone, a unit, a place inside a county, a cluster or a project."""
    noun = find_noun(ln, name, _KINDS)
    if noun.kind == "zone":
        return _of_zone(ln, noun.id)
    if noun.kind == "cluster":
        return _of_cluster(ln, noun.id)
    if noun.kind == "project":
        return _of_project(ln, noun.id)
    place = noun.place or ln.resolver.by_adcode(noun.id)
    return _of_site(ln, place) if noun.kind == "place" else _of_unit(ln, place)


def _of_cluster(ln: Region, cluster_id: str) -> _Profile:
    """Return what is known of a cluster: its tier, where it stands, its targets."""
    import pandas as pd

    row = ln.clusters.loc[cluster_id]
    names = names_of(ln)
    rows = ln.cluster_places[ln.cluster_places["cluster_id"] == cluster_id]
    facts = [_Fact(say("Tier"), labels_of(ln, "clusters", "tier")[row["tier"]], _cite(ln, row))]
    for (role, *where), mine in rows.groupby(["role", "source_id", "locator"], sort=False):
        word = labels_of(ln, "cluster_places", "role").get(role, role)
        facts.append(_Fact(word, names.list_units(mine["adcode"]), ln.cite(*where)))
    if pd.notna(row["revenue_target_100m_cny"]):
        figure = say(
            "{value:g} 亿元 by {year}",
            value=row["revenue_target_100m_cny"],
            year=row["target_year"],
        )
        facts.append(_Fact(say("Revenue target"), figure, _cite(ln, row)))
    facts += _targets(ln, cluster_id)
    none = ln.select_projects(with_geometry=False).iloc[:0]
    return _Profile(_heading(row["name"], cluster_id), facts, none, "")


def _of_project(ln: Region, project_id: str) -> _Profile:
    """Return what is known of a project: what it is, what documents say of it, what lies in it."""
    projects = ln.select_projects(with_geometry=False)
    row = projects.loc[project_id]
    facts = []
    for word, column in ((say("Domain"), "domain"), (say("Kind"), "kind"), (say("Stage"), "stage")):
        told = labels_of(ln, "projects", column).get(row[column])
        if told:
            facts.append(_Fact(word, told, _cite(ln, row)))
    units = names_of(ln).list_units(row["adcodes"])
    if units:
        facts.append(_Fact(say("Units"), units))
    stages = labels_of(ln, "mentions", "stage")
    for said in ln.project_history(project_id).itertuples():
        words = [said.named_as, stages.get(said.stage)]
        text = str(join([word for word in words if isinstance(word, str)], "places"))
        facts.append(_Fact(say("Named in documents"), text, f"{said.source} {said.locator}"))
    parts = projects[projects["part_of"] == project_id]
    chosen = say("Parts of it: {n}", n=len(parts))
    return _Profile(_heading(row["name"], project_id), facts, parts, chosen)


def _of_unit(ln: Region, place: Place) -> _Profile:
    names = names_of(ln)
    zones = str(join(names.zones.loc[list(place.zone_ids)])) or say("none")
    facts = [
        _Fact(say("Zones"), zones),
        *_positioning(ln, place.adcode),
        *_industries(ln, place.adcode),
        *_changes(ln, place.adcode),
        *_targets(ln, place.adcode),
        *_statistics(ln, place.adcode),
    ]
    hits = ln.select_projects(place=place.adcode, with_geometry=False)
    heading = _heading(names.full_unit(place.adcode), place.adcode)
    return _Profile(heading, facts, hits, say("Projects: {n}", n=len(hits)))


def _heading(name: str, known_as: str) -> str:
    return say("{name} ({code})", name=name, code=known_as)


def _of_zone(ln: Region, zone_id: str) -> _Profile:
    zone = ln.zone_table.loc[zone_id]
    rows = ln.memberships[ln.memberships["zone_id"] == zone_id]
    names = names_of(ln)
    facts = [
        _Fact(say("Category"), labels_of(ln, "zones", "kind")[zone["kind"]], _cite(ln, zone)),
        *(
            _Fact(
                say("Members"),
                names.list_units(mine["adcode"]),
                ln.cite(*where),
            )
            for where, mine in rows.groupby(["source_id", "locator"], sort=False)
        ),
        *_zone_links(ln, zone_id),
        *_targets(ln, zone_id),
    ]
    if rows.empty:
        facts.append(_Fact(say("Members"), say("not listed by any document")))
    hits = ln.select_projects(zone=zone_id, with_geometry=False)
    chosen = say("Projects: {n}", n=len(hits))
    return _Profile(_heading(names.zones[zone_id], zone_id), facts, hits, chosen)


def _zone_links(ln: Region, zone_id: str) -> Iterator[_Fact]:
    """Yield the members that are no units, the track and the other documents of a zone."""
    told = ln.zone_facts(zone_id)
    if told.places:
        yield _Fact(say("Other members"), str(join(told.places)))
    if told.waypoints:
        stops = zip(told.waypoints, told.waypoint_bases, strict=True)
        words = [
            name if basis == "stated" else say("{name} (inferred)", name=name)
            for name, basis in stops
        ]
        yield _Fact(say("Track"), "—".join(words))
    for row in told.mentions[told.mentions["named_kind"] == "zone"].itertuples():
        yield _Fact(say("Named in documents"), row.named_as, f"{row.source} {row.locator}")


def _of_site(ln: Region, place: Place) -> _Profile:
    """Return what is known of a place itself; its county's figures are not its own."""
    row = ln.places.loc[place.place_id]
    names = names_of(ln)
    unit = names.unit(place.adcode)
    if place.level == "functional area":
        kind = say("functional area")
    else:
        kind = labels_of(ln, "places", "kind").get(row["kind"], say("place"))
    facts = [_Fact(say("Category"), kind, _cite(ln, row))]
    if unit:
        facts.append(_Fact(say("Lies in"), _heading(names.full_unit(place.adcode), place.adcode)))
    basis = labels_of(ln, "places", "location_basis").get(row["location_basis"], "")
    if place.lon is not None and place.lat is not None:
        at = say("{lon:.4f}, {lat:.4f} ({basis})", lon=place.lon, lat=place.lat, basis=basis)
    else:
        at = say("not stated ({basis})", basis=basis) if basis else say("not stated")
    facts.append(_Fact(say("Position"), at))
    facts += _targets(ln, place.place_id)
    if unit:
        told = say(
            "figures are those of its county or city, which regionkit profile {unit} gives",
            unit=ln.distinct_names[place.adcode],
        )
        facts.append(_Fact(say("How to read it"), told))
    hits, chosen = _of_neighbourhood(ln, place, row)
    return _Profile(_heading(place.name, place.place_id), facts, hits, chosen)


def _of_neighbourhood(ln: Region, place: Place, row: pd.Series) -> tuple[pd.DataFrame, str]:
    """Return the projects that name a place or lie near it, and how they were chosen."""
    import pandas as pd

    from regionkit.query.summaries import APPROXIMATE

    named = _named_with(ln, place, row)
    if place.lon is None:
        return named, say("Projects whose name or note has it: {n}", n=len(named))
    near = ln.projects_near(row["geometry"], km=_NEAR_KM)
    # One known by its city or county stands at that unit's point, which may be here by chance.
    near = near[~near["location_basis"].isin(APPROXIMATE)]
    rest = named[~named.index.isin(near.index)]
    chosen = say(
        "Projects: {n} within {km:g} km, and {n_named} more whose name or note has it",
        n=len(near),
        km=_NEAR_KM,
        n_named=len(rest),
    )
    return pd.concat([near, rest]) if len(rest) else near, chosen


def _named_with(ln: Region, place: Place, row: pd.Series) -> pd.DataFrame:
    """Return the projects whose name or note has the place's name."""
    names = [place.name, *(row["aliases"] or ())]
    found = {
        key for name in names for key in ln.select_projects(text=name, with_geometry=False).index
    }
    projects = ln.projects
    return projects[projects.index.isin(found)]


def _cite(ln: Region, row: pd.Series) -> str:
    return ln.cite(row["source_id"], row["locator"])


def _positioning(ln: Region, adcode: str) -> Iterator[_Fact]:
    for row in ln.profiles[ln.profiles["adcode"] == adcode].itertuples():
        yield _Fact(
            say("Positioning"),
            str(join(row.positioning, "clauses")),
            ln.cite(row.source_id, row.locator),
        )


def _industries(ln: Region, adcode: str) -> Iterator[_Fact]:
    mine = ln.industries[ln.industries["adcode"] == adcode].sort_values(["role", "rank"])
    for (source_id, locator, role), rows in mine.groupby(["source_id", "locator", "role"]):
        word = labels_of(ln, "industries", "role")[role]
        yield _Fact(word, str(join(rows["industry"])), ln.cite(source_id, locator))


def _changes(ln: Region, adcode: str) -> Iterator[_Fact]:
    import pandas as pd

    kinds = labels_of(ln, "changes", "kind")
    for row in ln.changes_of(adcode).itertuples():
        told = [row.date, f"{row.former_name}→{row.new_name}", kinds[row.kind], row.document]
        # Which townships moved, and what is in doubt, stands in the note.
        if row.kind == "boundary" or row.note.startswith("存疑"):
            told.append(row.note)
        words = str(join([part for part in told if pd.notna(part)], "places"))
        yield _Fact(say("History"), words, ln.cite(row.source_id, row.locator))


def _targets(ln: Region, scope_id: str) -> Iterator[_Fact]:
    import pandas as pd

    from regionkit.analysis.targets import describe_target

    rows = ln.targets[ln.targets["scope_id"] == scope_id].sort_values("target_year", kind="stable")
    names = names_of(ln).indicators
    for row in rows.itertuples():
        name = names[row.indicator_id]
        if pd.notna(row.target_year):
            name = say("{name} ({year})", name=name, year=row.target_year)
        told = say("{word}: {text}", word=name, text=describe_target(ln, row, current_language()))
        yield _Fact(say("Target"), told, ln.cite(row.source_id, row.locator))


def _statistics(ln: Region, adcode: str) -> Iterator[_Fact]:
    statistics, names = ln.statistics, names_of(ln).indicators
    for row in statistics[statistics["adcode"] == adcode].itertuples():
        name = names[row.indicator_id]
        value = f"{row.value:,.0f}" if row.value >= 1e6 else f"{row.value:,.6g}"
        source = ln.cite(row.source_id, row.locator)
        yield _Fact(say("{name} ({year})", name=name, year=row.year), f"{value}{row.unit}", source)


def _as_table(ln: Region, told: _Profile) -> pd.DataFrame:
    """Return a profile as one table, a fact or a project a row."""
    import pandas as pd

    projects = project_table(ln, told.projects)
    rows = [(say("Name"), told.heading, ""), *told.facts]
    columns = (say("Project"), say("Kind"), say("Stage"), say("Source"))
    for name, kind, stage, source in zip(*(projects[c] for c in columns), strict=True):
        known = join([kind, stage] if isinstance(stage, str) else [kind], "places")
        rows.append((say("Project"), say("{name} ({code})", name=name, code=known), source))
    return pd.DataFrame(rows, columns=[say("Item"), say("Content"), say("Source")])
