"""What a sheet says of the documents that its projects come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.maps.atlas.data import LANG
from regionkit.maps.signs.words import counted
from regionkit.words.message import say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

__all__ = ["mentions_of", "project_documents"]


def mentions_of(ln: Region, projects: pd.DataFrame) -> pd.DataFrame:
    """Return what the documents say of some projects.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> mentions_of(ln, ln.projects.loc[["dalian-port"]])["project_id"].unique().tolist()
    ['dalian-port']
    """
    return ln.mentions[ln.mentions["project_id"].isin(projects.index)]


def project_documents(ln: Region, mentions: pd.DataFrame) -> str:
    """Return which documents and years projects come from, and how many only from older ones.

    Parameters
    ----------
    ln : Region
    mentions : DataFrame
        Columns ``project_id, source_id``: those that the projects are shown for.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> project_documents(ln, ln.mentions[ln.mentions["source_id"] == "northeast-13fyp"])
    '东北振兴“十三五”规划（2016年）所列项目 125 项'
    """
    if mentions.empty:
        return ""
    n_projects = mentions["project_id"].nunique()
    used = mentions["source_id"].unique()
    # A document that bears no date is older than those that do.
    years = ln.sources["issued_on"].reindex(used).str[:4].dropna().astype(int)
    if len(used) == 1:
        document = ln.sources.loc[used[0], "short_title"]
        if len(years):
            document = counted(document, say("{year}", lang=LANG, year=years.iloc[0]), LANG)
        return say("Projects listed by {document}: {n}", lang=LANG, document=document, n=n_projects)
    text = say(
        "Projects listed by {documents} plan documents: {n}",
        lang=LANG,
        documents=len(used),
        n=n_projects,
    )
    if years.empty:
        return text
    newest = years.max()
    span = str(newest) if years.min() == newest else f"{years.min()}—{newest}"
    text = say("{years}: {text}", lang=LANG, years=span, text=text)
    is_new = mentions["source_id"].isin(years.index[years == newest])
    n_older = n_projects - mentions.loc[is_new, "project_id"].nunique()
    before = years[years < newest]
    if n_older and len(before):
        text += say(
            ", {n} of them only in documents of {year} and before",
            lang=LANG,
            n=n_older,
            year=before.max(),
        )
    return text
