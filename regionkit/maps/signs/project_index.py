"""The index of a map of projects: a number for each that is drawn, a name for each that is not."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

from regionkit.maps.signs.badges import BADGE_COLOUR, gather_badges, is_approximate
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.stages import stage_fill
from regionkit.maps.signs.symbols import (
    FAMILIES,
    OLDER_COLOUR,
    REST,
    families_of_map,
    family_of,
    symbol_of,
)
from regionkit.maps.signs.words import counted, project_words
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import geopandas as gpd

__all__ = ["ProjectIndex", "index_older", "index_projects", "part_projects"]

# A map of one domain is listed by kind where it has no more kinds than this, else by family.
_MOST_KINDS = 12
# What a row says; a frame of all columns is slow to walk.
_COLUMNS = ["name", "kind", "domain", "stage"]


@dataclass(frozen=True)
class ProjectIndex:
    """What stands beside a map of projects.

    Attributes
    ----------
    numbers : dict of project_id to str
        Of each project that is drawn at a place of its own.
    items : tuple of LegendItem
        Headings, then the projects under them: the numbered, those that a badge counts, those
        without a place.
    keys : tuple of project_id
        In the order of the rows, each project once.
    """

    numbers: dict[Any, str] = field(default_factory=dict)
    items: tuple[LegendItem, ...] = ()
    keys: tuple[Any, ...] = ()


def index_projects(
    projects: gpd.GeoDataFrame,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    *,
    crossing: Collection[Any] = (),
    places: Mapping[tuple[float, float], str] | None = None,
    is_grey: bool = False,
    lang: str = "zh",
) -> ProjectIndex:
    """Return the index of a map of projects.

    Parameters
    ----------
    projects : GeoDataFrame
        All that the map is of, drawn or not: columns ``name, kind, domain, stage,
        location_basis``.
    labels_of : mapping, optional
        As of :func:`~regionkit.maps.signs.project_items.project_items`.
    crossing : collection of project_id
        Routes that run on beyond what the map is of: listed apart from what it contains.
    places : mapping of (lon, lat) to str, optional
        Names of the seats that badges stand at.
    is_grey : bool
        Whether the map is in black and white.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.query.projects import named_now
    >>> projects = named_now(rk.load("liaoning").projects)
    >>> index = index_projects(projects)
    >>> sorted(index.keys) == sorted(projects.index)
    True
    >>> list(index.numbers.values())[:3]
    ['1', '2', '3']
    """
    words = families_of_map(projects, project_words(labels_of, lang))
    is_placed = ~projects.geometry.is_empty
    is_rough = is_approximate(projects) & is_placed
    drawn, bare = projects[is_placed & ~is_rough], projects[~is_placed]
    items = [LegendItem(_lead(drawn, int(is_rough.sum()), len(bare), lang), "note")]
    numbers: dict[Any, str] = {}
    keys: list[Any] = []

    def add(
        rows: gpd.GeoDataFrame, *, numbered: bool, units: Mapping[Any, str] | None = None
    ) -> None:
        for row in rows[_COLUMNS].itertuples():
            if numbered:
                numbers[row.Index] = str(len(numbers) + 1)
            keys.append(row.Index)
            colour = GREY if is_grey else symbol_of(row.kind, row.domain, words).colour
            name = str(row.name)
            items.append(
                LegendItem(
                    counted(name, units[row.Index], lang) if units else name,
                    "disc" if numbered else "dot",
                    colour,
                    fill=stage_fill(row.stage),
                    number=numbers.get(row.Index, ""),
                )
            )

    beyond = drawn.index.isin(list(crossing))
    for heading, colour, rows in _groups(drawn[~beyond], words, lang):
        items.append(LegendItem(heading, "heading", GREY if is_grey else colour))
        add(rows, numbered=True)
    if beyond.any():
        rest = _in_order(drawn[beyond], words)
        items.append(
            LegendItem(
                say("Running on beyond the map's land {n}", lang=lang, n=len(rest)), "heading"
            )
        )
        add(rest, numbered=True)
    badges = gather_badges(projects[is_rough])
    named = [
        (list(ids), (places or {}).get((round(seat.x, 4), round(seat.y, 4)), ""))
        for ids, seat in zip(badges["ids"], badges.geometry, strict=True)
    ]
    alone = [(ids, place) for ids, place in named if len(ids) == 1 and place]
    # Units with one project each stand in one list, the unit behind the name.
    alone = alone if len(alone) > 1 else []
    for ids, place in named:
        if (ids, place) in alone:
            continue
        heading = (
            say("+{n} known only to be in {place}", lang=lang, n=len(ids), place=place)
            if place
            else say("+{n} known only by city or county", lang=lang, n=len(ids))
        )
        items.append(LegendItem(heading, "heading", BADGE_COLOUR))
        add(_in_order(projects.loc[ids], words), numbered=False)
    if alone:
        heading = say("+1 known only to be in the unit in brackets", lang=lang)
        items.append(LegendItem(heading, "heading", BADGE_COLOUR))
        told = {ids[0]: place for ids, place in alone}
        add(_in_order(projects.loc[list(told)], words), numbered=False, units=told)
    if len(bare):
        heading = say("Without a stated place {n}", lang=lang, n=len(bare))
        items.append(LegendItem(heading, "heading"))
        add(_in_order(bare, words), numbered=False)
    return ProjectIndex(numbers, tuple(items), tuple(keys))


def index_older(projects: gpd.GeoDataFrame, lang: str = "zh") -> list[LegendItem]:
    """Return the part of an index that names projects which only older documents name.

    They have no numbers: beside those of the plan in force they are grey, and counted apart.

    Examples
    --------
    >>> import regionkit as rk
    >>> projects = rk.load("liaoning").projects
    >>> older = projects[~projects["is_in_current_plan"]].head(2)
    >>> [(item.kind, item.label) for item in index_older(older, "en")][0]
    ('heading', 'Only in older documents (2)')
    """
    words = say("Only in older documents ({n})", lang=lang, n=len(projects))
    dots = [LegendItem(str(name), "dot", OLDER_COLOUR) for name in projects["name"]]
    return [LegendItem(words, "heading", OLDER_COLOUR), *dots]


def part_projects(
    projects: gpd.GeoDataFrame,
    labels_of: Mapping[str, Mapping[str, str]] | None = None,
    *,
    most: int,
    lang: str = "zh",
) -> list[tuple[str, gpd.GeoDataFrame]]:
    """Return projects in parts of whole families, with what each is called: as even as these allow.

    Parameters
    ----------
    projects : GeoDataFrame
        As of :func:`index_projects`.
    labels_of : mapping, optional
    most : int
        As many projects are one part, which has no name of its own: "".
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.query.projects import named_now
    >>> projects = named_now(rk.load("liaoning").projects)
    >>> len(part_projects(projects, most=1000)), len(part_projects(projects, most=300))
    (1, 2)
    """
    words = families_of_map(projects, project_words(labels_of, lang))
    rows = _in_order(projects, words)
    counts = rows["_family"].value_counts(sort=False)
    n_parts = min(-(-len(rows) // most), len(counts))
    if n_parts < 2:
        return [("", projects)]
    # Cut behind the families that bring the parts nearest to one size.
    best = min(
        combinations(range(1, len(counts)), n_parts - 1),
        key=lambda cuts: max(counts.iloc[a:b].sum() for a, b in pairwise((0, *cuts, len(counts)))),
    )
    parts = []
    for begin, end in pairwise((0, *best, len(counts))):
        mine = list(counts.index[begin:end])
        names = [words["family"].get(one, "") or say("Other", lang=lang) for one in mine]
        own = rows.index[rows["_family"].isin(mine)]
        parts.append((join(names).render(lang), projects[projects.index.isin(own)]))
    return parts


def _lead(drawn: gpd.GeoDataFrame, n_rough: int, n_bare: int, lang: str) -> str:
    """Return of what parts all the projects are; parts without any go."""
    n_lines = int((drawn.geom_type == "LineString").sum())
    n_points = len(drawn) - n_lines
    told = (
        (n_lines, msg("{n} lines", n=n_lines)),
        (n_points, msg("{n} points", n=n_points)),
        (n_rough, msg("{n} known only by city or county", n=n_rough)),
        (n_bare, msg("{n} without a stated place", n=n_bare)),
    )
    parts = [words for n, words in told if n]
    if not parts:
        return say("No project.", lang=lang)
    return say(
        "{n} projects = {parts}",
        lang=lang,
        n=len(drawn) + n_rough + n_bare,
        parts=join(parts, "sum").render(lang),
    )


def _groups(
    drawn: gpd.GeoDataFrame, words: Mapping[str, Mapping[str, str]], lang: str
) -> list[tuple[str, str, gpd.GeoDataFrame]]:
    """Return heading, colour and rows: by kind on a map of one domain, else by family."""
    if drawn.empty:
        return []
    rows = _in_order(drawn, words)
    is_fine = rows["domain"].nunique() == 1 and rows["kind"].nunique() <= _MOST_KINDS
    if is_fine:
        label = rows["kind"].map(lambda kind: words["kind"].get(kind, kind))
    else:
        label = rows["_family"].map(
            lambda family: words["family"].get(family, "") or say("Other", lang=lang)
        )
    found = []
    for name in label.drop_duplicates():
        mine = rows[label == name]
        colour = symbol_of(mine["kind"].iloc[0], mine["domain"].iloc[0], words).colour
        found.append((f"{name} {len(mine)}", colour, mine))
    return found


def _in_order(rows: gpd.GeoDataFrame, words: Mapping[str, Mapping[str, str]]) -> gpd.GeoDataFrame:
    """Return projects by family as a legend has them, then by kind, then as they were."""
    order = {family: number for number, family in enumerate([*FAMILIES, REST])}
    families = [
        family_of(kind, domain, words)
        for kind, domain in zip(rows["kind"], rows["domain"], strict=True)
    ]
    made = rows.assign(
        _family=families, _place=[order.get(family, len(order)) for family in families]
    )
    kinds = {kind: number for number, kind in enumerate(rows["kind"].value_counts().index)}
    made["_kind"] = made["kind"].map(kinds)
    return made.sort_values(["_place", "_kind"], kind="stable")
