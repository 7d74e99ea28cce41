"""The one sentence under a map's title, computed from the facts: rules, not prose.

Every number is one of the table's; no adjective, no cause. A rule whose facts are not all there
gives "". One home for page and sheet; a briefing counts stages by the same groups, and says of its
place what :mod:`regionkit.briefing.headline` has.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regionkit.query.projects import named_now
from regionkit.query.summaries import APPROXIMATE
from regionkit.region.names import called_units, names_in
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = [
    "STAGE_GROUPS",
    "gap_message",
    "group_of_stage",
    "indicator_message",
    "kinds_message",
    "place_message",
    "projects_message",
    "stage_parts",
    "stage_parts_word",
    "structure_message",
    "zones_message",
    "zones_note",
]

# The stages as a reader counts them; a stage of none of these is not stated.
STAGE_GROUPS: dict[str, tuple[str, ...]] = {
    "under way": ("under construction", "advancing"),
    "to come": ("new", "expansion", "planned", "preparatory", "study"),
    "built": ("completed",),
    "unstated": (),
}
# A place that this share of the lines touch is named as where they meet.
_HUB_SHARE = 0.5


def group_of_stage(stage: object) -> str:
    """Return which of STAGE_GROUPS a stage is counted in.

    Examples
    --------
    >>> group_of_stage("study"), group_of_stage(None)
    ('to come', 'unstated')
    """
    return next((group for group, stages in STAGE_GROUPS.items() if stage in stages), "unstated")


def zones_message(region: Region, lang: str = "zh") -> str:
    """Return how many zones cover how many counties, and how many lie in two.

    Examples
    --------
    >>> import regionkit as rk
    >>> zones_message(rk.load("liaoning"))
    '4 个分区覆盖辽宁省 100 个县（市、区），其中 22 个同属两个分区。'
    """
    times = [len(region.zones_of(code)) for code in region.counties.index]
    covered, shared = sum(n > 0 for n in times), sum(n > 1 for n in times)
    if not covered:
        return ""
    words = {
        "n": len(region.zones),
        "region": called_units(region, lang)[region.adcode],
        "units": covered,
        "shared": shared,
    }
    if covered < len(times):
        whole = say("{n} zones cover {units} counties of {region}.", lang=lang, **words)
        if not shared:
            return whole
        return say(
            "{n} zones cover {units} counties of {region}; {shared} of them lie in two.",
            lang=lang,
            **words,
        )
    if not shared:
        return say("{n} zones cover all {units} counties of {region}.", lang=lang, **words)
    return say(
        "{n} zones cover all {units} counties of {region}; {shared} of them lie in two.",
        lang=lang,
        **words,
    )


def zones_note(region: Region, lang: str = "zh") -> str:
    """Return how the sums over zones that overlap compare with what there is.

    Examples
    --------
    >>> import regionkit as rk
    >>> zones_note(rk.load("liaoning")).startswith("重叠部分在各区分别计入：各区相加 122 个县")
    True
    """
    counties = [set(_counties_of(region, zone)) for zone in region.zones.index]
    sizes = [len(codes) for codes in counties]
    distinct = len(set().union(*counties)) if counties else 0
    projects = named_now(region.projects)
    mine = [set(_projects_of(zone, projects)) for zone in region.zones.index]
    somewhere = len(set().union(*mine)) if mine else 0
    if sum(sizes) == distinct and sum(map(len, mine)) == somewhere:
        return ""
    return say(
        "What overlaps is counted in each: the zones add up to {sum_units} counties and "
        "{sum_projects} projects; there are {units} and {projects}. {rest} more projects are in "
        "none.",
        lang=lang,
        sum_units=sum(sizes),
        sum_projects=sum(map(len, mine)),
        units=distinct,
        projects=somewhere,
        rest=len(projects) - somewhere,
    )


def _counties_of(region: Region, zone: str) -> list[str]:
    return [code for code in region.counties.index if zone in region.zones_of(code)]


def _projects_of(zone: str, projects: pd.DataFrame) -> list[str]:
    """Return those of some projects that lie in a zone or are said of it."""
    return list(projects.index[[zone in zones for zones in projects["zone_ids"]]])


def stage_parts(stages: pd.Series, lang: str = "zh") -> str:
    """Return how many projects stand at each group of stages; the parts add up, zeros go.

    Examples
    --------
    >>> import pandas as pd
    >>> stage_parts(pd.Series(["new", None, "advancing", "study"]))
    '在建 1 项、拟建 2 项、阶段未载明 1 项'
    """
    counts = Counter(map(group_of_stage, stages))
    texts = {
        "under way": say("{n} under way", lang=lang, n=counts["under way"]),
        "to come": say("{n} to come", lang=lang, n=counts["to come"]),
        "built": say("{n} built", lang=lang, n=counts["built"]),
        "unstated": say("{n} without a stage", lang=lang, n=counts["unstated"]),
    }
    return join([texts[group] for group in STAGE_GROUPS if counts[group]]).render(lang)


def stage_parts_word(group: str, lang: str = "zh") -> str:
    """Return the word of a group of stages.

    Examples
    --------
    >>> stage_parts_word("to come")
    '拟建'
    """
    words = {
        "under way": say("under way", lang=lang),
        "to come": say("to come", lang=lang),
        "built": say("built", lang=lang),
        "unstated": say("no stage stated", lang=lang),
    }
    return words[group]


def projects_message(region: Region, domain: str | None = None, lang: str = "zh") -> str:
    """Return how many projects the current plan lists, by stage, and where most of them are.

    Parameters
    ----------
    region : Region
    domain : str, optional
        Only those of a domain.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> projects_message(rk.load("liaoning"), "transport").startswith(
    ...     "辽宁“十五五”规划纲要列 67 项"
    ... )
    True
    """
    projects = named_now(region.projects)
    if domain is not None:
        projects = projects[projects["domain"] == domain]
    if projects.empty:
        return ""
    parts = stage_parts(projects["stage"], lang)
    head = _listed(region, len(projects), parts, lang)
    tail = _hub(region, projects, lang) or _fullest_zone(region, projects, lang)
    return (
        say("{head}; {tail}.", lang=lang, head=head, tail=tail)
        if tail
        else say("{head}.", lang=lang, head=head)
    )


def place_message(region: Region, zones: str, projects: gpd.GeoDataFrame, lang: str = "zh") -> str:
    """Return what a place belongs to, and how much of its projects has a place of its own.

    Parameters
    ----------
    region : Region
    zones : str
        What it belongs to or consists of, in words; "" where there is nothing to say.
    projects : GeoDataFrame
        Those of the place that the plan in force names; the parts add up to their number.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> mine = named_now(ln.select_projects(place="211200"))
    >>> place_message(ln, "沈阳都市圈", mine).startswith("沈阳都市圈。")
    True
    """
    if projects.empty:
        return say("{zones}.", lang=lang, zones=zones) if zones else ""
    bare = int(projects.geometry.is_empty.sum())
    rough = int((projects["location_basis"].isin(APPROXIMATE) & ~projects.geometry.is_empty).sum())
    told = (
        (len(projects) - bare - rough, msg("{n} with a position", n=len(projects) - bare - rough)),
        (rough, msg("{n} known only by city or county", n=rough)),
        (bare, msg("{n} without a stated place", n=bare)),
    )
    parts = join([words for n, words in told if n]).render(lang)
    head = _listed(region, len(projects), parts, lang)
    listed = say("{head}.", lang=lang, head=head)
    return say("{zones}. {listed}", lang=lang, zones=zones, listed=listed) if zones else listed


def _listed(region: Region, n: int, parts: str, lang: str) -> str:
    plan = region.current_plan
    if plan is None:
        return say("{n} projects: {parts}", lang=lang, n=n, parts=parts)
    title = str(region.sources.loc[plan, "short_title"])
    return say("{plan} lists {n} projects: {parts}", lang=lang, plan=title, n=n, parts=parts)


def _hub(region: Region, projects: gpd.GeoDataFrame, lang: str) -> str:
    """Return the city that half of the lines or more touch."""
    # Those of which no course is known are counted among what has no place.
    lines = projects[(projects.geom_type == "LineString") & ~projects.geometry.is_empty]
    cities = region.counties["city_adcode"]
    touched = Counter(
        city
        for codes in lines["adcodes"]
        for city in {cities.get(code, code) for code in codes}
        if city != region.adcode
    )
    if not touched:
        return ""
    best, count = max(touched.items(), key=lambda item: (item[1], item[0]))
    if count < _HUB_SHARE * len(lines):
        return ""
    name = called_units(region, lang).get(best, best)
    return say("{k} of {lines} lines touch {hub}", lang=lang, k=count, lines=len(lines), hub=name)


def _fullest_zone(region: Region, projects: pd.DataFrame, lang: str) -> str:
    counts = {zone: len(_projects_of(zone, projects)) for zone in region.zones.index}
    if not any(counts.values()):
        return ""
    best = max(counts, key=lambda zone: counts[zone])
    name = names_in(region.zones, lang, column="short_name")[best]
    return say("{name} has most, {n}", lang=lang, name=name, n=counts[best])


def structure_message(n_drawn: int, n_bare: int, n_members: int = 0, lang: str = "zh") -> str:
    """Return how many axes, belts and channels there are, and how many a map can show.

    Parameters
    ----------
    n_drawn, n_bare, n_members : int
        On the map; of which neither course nor members are known; and of which the members are
        known, and no course.

    Examples
    --------
    >>> structure_message(8, 2)
    '空间格局 10 项，8 项能上图，2 项文件没有给出走向或所含市县。'
    >>> structure_message(8, 2, 3)
    '空间格局 13 项，8 项能上图，3 项只知所含市县，2 项文件没有给出走向或所含市县。'
    """
    if not n_drawn:
        return ""
    words = {"n": n_drawn + n_bare + n_members, "a": n_drawn, "b": n_bare, "c": n_members}
    if not n_bare and not n_members:
        return say("{n} parts of the spatial structure, all on the map.", lang=lang, **words)
    if not n_members:
        return say(
            "{n} parts of the spatial structure: {a} on the map, of {b} no document gives the "
            "course or the members.",
            lang=lang,
            **words,
        )
    return say(
        "{n} parts of the spatial structure: {a} on the map, {c} known by their members only, of "
        "{b} no document gives the course or the members.",
        lang=lang,
        **words,
    )


def kinds_message(what: str, counts: pd.Series, n_without: int, lang: str = "zh") -> str:
    """Return which two kinds most units have first.

    Parameters
    ----------
    what : str
        What is listed of the units.
    counts : Series of int, indexed by the name of a kind
    n_without : int
        Units that list none.

    Examples
    --------
    >>> import pandas as pd
    >>> kinds_message("产业", pd.Series({"农产品": 3, "装备": 2}), 1)
    '列出产业的 5 个单位中，3 个以农产品居首，2 个以装备居首；1 个未列。'
    """
    ordered = counts[counts > 0].sort_values(ascending=False, kind="stable")
    if len(ordered) < 2:
        return ""
    words = {
        "what": what,
        "n": int(ordered.sum()),
        "a": int(ordered.iloc[0]),
        "first": str(ordered.index[0]),
        "b": int(ordered.iloc[1]),
        "second": str(ordered.index[1]),
    }
    if not n_without:
        return say(
            "Of {n} units that list {what}, {a} have {first} first and {b} {second}.",
            lang=lang,
            **words,
        )
    return say(
        "Of {n} units that list {what}, {a} have {first} first and {b} {second}; {rest} list none.",
        lang=lang,
        rest=n_without,
        **words,
    )


def indicator_message(
    year: int | None, highest: tuple[str, str], lowest: tuple[str, str], lang: str = "zh"
) -> str:
    """Return who has most and who least in a year, each a name and a value in words.

    Examples
    --------
    >>> indicator_message(2020, ("沈阳市", "9.1%"), ("大连市", "3.2%"))
    '2020 年沈阳市最高（9.1%），大连市最低（3.2%）。'
    """
    words = {"max": highest[0], "v": highest[1], "min": lowest[0], "w": lowest[1]}
    if year is None:
        return say("{max} is highest ({v}), {min} lowest ({w}).", lang=lang, **words)
    return say(
        "In {year} {max} was highest ({v}), {min} lowest ({w}).", lang=lang, year=year, **words
    )


def gap_message(
    year: int,
    *,
    n: int,
    below: int,
    level: str,
    whole: str,
    target: tuple[int, str],
    base: tuple[int, str, str] | None = None,
    lang: str = "zh",
) -> str:
    """Return how many units fall short of a target of the whole region, and how far it is itself.

    Parameters
    ----------
    year : int
        Of the values.
    n, below : int
        Units with a value, and those that fall short.
    level : {"city", "county"}
    whole : str
        Whose the target is.
    target : tuple of int and str
        Its year and value.
    base : tuple of int, str and str, optional
        Year and value of the whole region, and its gap.

    Examples
    --------
    >>> gap_message(2020, n=14, below=9, level="city", whole="全省", target=(2030, "75%"))
    '2020 年 14 个市中 9 个低于全省 2030 年目标 75%。'
    """
    units = {
        "city": say("{n} prefecture-level cities", lang=lang, n=n),
        "county": say("{n} counties", lang=lang, n=n),
    }[level]
    words = {
        "year": year,
        "units": units,
        "below": below,
        "whole": whole,
        "target_year": target[0],
        "target": target[1],
    }
    if base is None:
        return say(
            "In {year} {below} of {units} fell short of the target of {whole} for {target_year}, "
            "{target}.",
            lang=lang,
            **words,
        )
    return say(
        "In {year} {below} of {units} fell short of the target of {whole} for {target_year}, "
        "{target}; {whole} had {base} in {base_year}, {gap} short.",
        lang=lang,
        base=base[1],
        base_year=base[0],
        gap=base[2],
        **words,
    )
