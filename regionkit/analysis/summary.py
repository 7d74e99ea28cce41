"""A region's facts as tables of words, each row with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target
from regionkit.region.names import RegionNames
from regionkit.region.scopes import are_of_larger
from regionkit.words.message import join, msg, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regionkit.region import Region

__all__ = ["scope_names", "summary_tables", "target_table"]


def summary_tables(
    region: Region, *, lang: str | None = None
) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return a region's tables in words, by file name, with their titles.

    Words stand in place of ids, and every row names its document and place in it. The facts are
    told as the documents tell them; ``lang`` is that of titles and headers.

    Parameters
    ----------
    region : Region
    lang : {"zh", "en"}, optional
        The language spoken at the moment where it is not given.

    Examples
    --------
    >>> import regionkit as rk
    >>> title, table = summary_tables(rk.load("liaoning"), lang="zh")["clusters"]
    >>> title, table.columns[0]
    ('重点产业集群', '产业集群')
    """
    return {
        "profiles": (
            say("Positioning and industries of cities and counties", lang=lang),
            _profile_table(region, lang),
        ),
        "clusters": (say("Key industry clusters", lang=lang), _cluster_table(region, lang)),
        "targets": (say("Targets", lang=lang), target_table(region, lang=lang)),
        "projects": (say("Plan projects", lang=lang), _project_table(region, lang)),
        "sources": (say("Sources", lang=lang), _source_table(region, lang)),
    }


def target_table(
    region: Region, targets: pd.DataFrame | None = None, *, lang: str | None = None
) -> pd.DataFrame:
    """Return targets in words.

    Parameters
    ----------
    region : Region
    targets : DataFrame, optional
        Rows of ``region.targets``; all where not given.
    lang : {"zh", "en"}, optional
        Of the headers; the language spoken at the moment where it is not given.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> mine = ln.targets[ln.targets["scope_id"] == "liaoxi"]
    >>> target_table(ln, mine, lang="zh")["范围"].unique().tolist()
    ['辽西融入京津冀协同发展战略先导区']
    """
    targets = region.targets if targets is None else targets
    spoken = lang or current_language()
    names, scopes = RegionNames(region, spoken), scope_names(region, spoken)
    themes = region.labels("indicators", "theme", spoken)
    return pd.DataFrame(
        {
            say("Theme", lang=lang): targets["indicator_id"]
            .map(region.indicators["theme"])
            .map(themes),
            say("Indicator", lang=lang): targets["indicator_id"].map(names.indicators),
            say("Scope", lang=lang): targets["scope_id"].map(scopes).fillna(targets["scope_id"]),
            say("Target year", lang=lang): targets["target_year"],
            say("Target", lang=lang): [
                describe_target(region, row, spoken) for row in targets.itertuples()
            ],
            say("Marks", lang=lang): [_marks_of(row, spoken) for row in targets.itertuples()],
            say("Baseline year", lang=lang): targets["baseline_year"],
            say("Baseline value", lang=lang): targets["baseline_value"],
            say("Nature", lang=lang): targets["nature"].map(
                region.labels("targets", "nature", spoken)
            ),
            say("Basis", lang=lang): targets["basis"].map(
                region.labels("targets", "basis", spoken)
            ),
            # What the figure counts, and a year that no document says, stand in the note alone.
            say("Note", lang=lang): targets["note"].fillna(""),
            say("Source", lang=lang): _cited(region, targets),
        }
    )


def _marks_of(target: Any, lang: str) -> str:
    """Return what a plan says of a target beside its value: ★, an ambition, of each year."""
    marks = (("★", "is_starred"), (msg("sought"), "is_sought"), (msg("each year"), "is_yearly"))
    return join([mark for mark, column in marks if getattr(target, column)]).render(lang)


def scope_names(region: Region, lang: str | None = None) -> dict[str, str]:
    """Return the name of everything that targets can be set for, in the reader's language."""
    own = RegionNames(region, lang or current_language())
    named = [
        own.plain_units,
        own.zones,
        region.clusters["name"],
        region.table("places").set_index("place_id")["name"],
        region.table("projects").set_index("project_id")["name"],
    ]
    names = {str(key): str(name) for series in named for key, name in series.items()}
    # Larger regions are no rows of a table: the pack has a word for each kind of them.
    kinds = region.labels("targets", "scope_kind", own.lang)
    larger = region.targets[are_of_larger(region)]
    scopes = zip(larger["scope_id"], larger["scope_kind"], strict=True)
    return {**names, **{str(scope): kinds[kind] for scope, kind in scopes}}


def _profile_table(region: Region, lang: str | None) -> pd.DataFrame:
    names, profiles = RegionNames(region, lang or current_language()), region.profiles
    industries = region.industries
    listed = industries[industries["role"] != "product"].sort_values(["adcode", "role", "rank"])
    spoken = names.lang
    joined = listed.groupby("adcode")["industry"].agg(lambda mine: join(mine).render(spoken))
    return pd.DataFrame(
        {
            say("Place", lang=lang): profiles["adcode"].map(names.full_unit),
            say("Zones", lang=lang): [
                _zone_words(region, names, code) for code in profiles["adcode"]
            ],
            say("Positioning", lang=lang): [
                join(mine, "clauses").render(spoken) for mine in profiles["positioning"]
            ],
            say("Industries", lang=lang): profiles["adcode"].map(joined).fillna(""),
            say("Source", lang=lang): _cited(region, profiles),
        }
    )


def _cluster_table(region: Region, lang: str | None) -> pd.DataFrame:
    clusters, places = region.clusters, region.cluster_places
    spoken = lang or current_language()
    name_of = RegionNames(region, spoken).full_unit
    return pd.DataFrame(
        {
            say("Cluster", lang=lang): clusters["name"],
            say("Tier", lang=lang): clusters["tier"].map(region.labels("clusters", "tier", spoken)),
            _revenue_header(clusters, lang): clusters["revenue_target_100m_cny"],
            say("Laid out in", lang=lang): [
                join(map(name_of, places.loc[places["cluster_id"] == cluster, "adcode"])).render(
                    spoken
                )
                for cluster in clusters.index
            ],
            say("Source", lang=lang): _cited(region, clusters),
        }
    )


def _revenue_header(clusters: pd.DataFrame, lang: str | None) -> str:
    """Return the header of the revenue targets: with their year, where all are of one."""
    years = clusters["target_year"].dropna().unique()
    if len(years) == 1:
        return say("Revenue target for {year} (100 million CNY)", lang=lang, year=int(years[0]))
    return say("Revenue target (100 million CNY)", lang=lang)


def _project_table(region: Region, lang: str | None) -> pd.DataFrame:
    projects, spoken = region.select_projects(with_geometry=False), lang or current_language()
    names = RegionNames(region, spoken)
    labelled = ("domain", "kind", "stage", "location_basis")
    label = {c: region.labels("projects", c, spoken) for c in labelled}
    return pd.DataFrame(
        {
            say("Project", lang=lang): projects["name"],
            say("Domain", lang=lang): projects["domain"].map(label["domain"]),
            say("Kind", lang=lang): projects["kind"].map(label["kind"]),
            say("Stage", lang=lang): projects["stage"].map(label["stage"]),
            say("Place", lang=lang): [
                join(map(names.full_unit, codes)).render(spoken) for codes in projects["adcodes"]
            ],
            say("Zones", lang=lang): [
                join(names.short_zones[zone] for zone in ids).render(spoken)
                for ids in projects["zone_ids"]
            ],
            say("Position known by", lang=lang): projects["location_basis"].map(
                label["location_basis"]
            ),
            say("Basis", lang=lang): projects["basis"].map(
                region.labels("targets", "basis", spoken)
            ),
            say("Source", lang=lang): _cited(region, projects),
        }
    )


def _source_table(region: Region, lang: str | None) -> pd.DataFrame:
    return region.sources[["title", "issuer", "issued_on"]].rename(
        columns={
            "title": say("Document title", lang=lang),
            "issuer": say("Issuer", lang=lang),
            "issued_on": say("Date of issue", lang=lang),
        }
    )


def _cited(region: Region, frame: pd.DataFrame) -> list[str]:
    pairs: Iterable[tuple[str, object]] = zip(frame["source_id"], frame["locator"], strict=True)
    return [region.cite(source_id, locator) for source_id, locator in pairs]


def _zone_words(region: Region, called: RegionNames, adcode: str) -> str:
    """Return the zones that hold a unit, those that no document says so of marked."""
    city = region.units["city_adcode"].get(adcode)
    rows = region.memberships
    # A city's membership is that of its counties.
    inferred = rows[(rows["basis"] == "inferred") & rows["adcode"].isin([adcode, city])]
    doubtful = set(inferred["zone_id"])
    names = called.short_zones
    return join(
        msg("{name} (inferred by us)", name=names[zone_id])
        if zone_id in doubtful
        else names[zone_id]
        for zone_id in region.zones_of(adcode)
    ).render(called.lang)
