"""Projects as tables of words, for the screen and for files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.cli.labels import cited_rows, labels_of, names_of
from regionkit.cli.show import add_codes
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Message

__all__ = ["project_layer", "project_table", "tell_no_works", "tell_rough"]


def project_table(ln: Region, hits: pd.DataFrame, *, with_basis: bool = False) -> pd.DataFrame:
    """Return projects as a table of words with their provenance.

    Parameters
    ----------
    ln : Region
    hits : DataFrame or GeoDataFrame
    with_basis : bool
        Whether how the position is known stands in it: where it was judged by.
    """
    import pandas as pd

    from regionkit.query.projects import ZONE_LINKS

    labels = {c: labels_of(ln, "projects", c) for c in ("domain", "kind", "stage")}
    names = names_of(ln)
    table = pd.DataFrame(
        {
            say("Project"): hits["name"],
            say("Domain"): hits["domain"].map(labels["domain"]),
            say("Kind"): hits["kind"].map(labels["kind"]),
            say("Stage"): _stages(hits, labels["stage"]),
            say("Stage said in"): _stage_sources(ln, hits),
            say("Units"): [names.list_units(codes) for codes in hits["adcodes"]],
            say("Source"): cited_rows(ln, hits),
        }
    )
    if "zone_link" in hits.columns:
        links = hits["zone_link"].map(ZONE_LINKS).map(str, na_action="ignore")
        table.insert(6, say("Zone"), links)
    table = add_codes(
        table,
        {
            say("Id"): hits.index,
            say("Domain"): hits["domain"],
            say("Kind"): hits["kind"],
            say("Stage"): hits["stage"],
            say("Units"): hits["adcodes"],
            say("Source"): hits["source_id"],
        },
    )
    if with_basis:
        table.insert(1, say("Position known by"), _basis(ln, hits))
    if "distance_km" in hits.columns:
        table.insert(1, say("Distance (km)"), hits["distance_km"].round(1))
    return table


def _stages(hits: pd.DataFrame, labels: dict[str, str]) -> pd.Series:
    """Return the stages in words; a part that is completed is told beside the whole's."""
    import pandas as pd

    words = []
    for stage, is_partly in zip(hits["stage"], hits["is_partly_completed"], strict=True):
        word = labels.get(stage)
        if is_partly and word:
            word = say("{stage} (partly completed)", stage=word)
        words.append(word or (say("partly completed") if is_partly else None))
    return pd.Series(words, index=hits.index, dtype="str")


def _stage_sources(ln: Region, hits: pd.DataFrame) -> pd.Series:
    """Return year and document of the stages, where there is one."""
    import pandas as pd

    short = ln.sources["short_title"]
    words = [
        None
        if pd.isna(source)
        else short[source]
        if pd.isna(year)
        else say("{year}, {document}", year=int(year), document=short[source])
        for year, source in zip(hits["stage_year"], hits["stage_source_id"], strict=True)
    ]
    return pd.Series(words, index=hits.index, dtype="str")


def tell_no_works(hits: pd.DataFrame) -> Message | str:
    """Return how many of projects are designations or pilots, "" for none."""
    from regionkit.query.summaries import is_no_work

    n = int(is_no_work(hits).sum())
    return msg("Designations and pilots among them, where nothing is built: {n}.", n=n) if n else ""


def tell_rough(hits: pd.DataFrame) -> str:
    """Return how many of projects stand on the map only roughly, "" for none."""
    from regionkit.query.summaries import APPROXIMATE

    counts = hits["location_basis"].value_counts()
    n_units = sum(int(counts.get(basis, 0)) for basis in APPROXIMATE)
    n_lines = int(counts.get("endpoints", 0))
    told = [msg("known by city or county only, shown at its point: {n}", n=n_units)] * bool(n_units)
    told += [msg("a schematic line through its named places: {n}", n=n_lines)] * bool(n_lines)
    return say("Of these {told}.", told=join(told, "places")) if told else ""


def project_layer(ln: Region, hits: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return projects as a layer whose columns any format can hold."""
    table = project_table(ln, hits)
    if say("Id") not in table:
        table.insert(1, say("Id"), hits.index)
    table[say("Position known by")] = _basis(ln, hits)
    table[say("Basis")] = hits["basis"].map(labels_of(ln, "projects", "basis"))
    table[say("Note")] = hits["note"]
    layer = hits[["geometry"]].join(table)[[*table.columns, "geometry"]]
    # The name stands first, by which files call their rows; the id is a column of its own.
    return layer.reset_index(drop=True)


def _basis(ln: Region, hits: gpd.GeoDataFrame) -> pd.Series:
    return hits["location_basis"].map(labels_of(ln, "projects", "location_basis"))
