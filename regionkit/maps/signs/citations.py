"""The source line of a sheet: documents, and the parts of them as a planner would write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regionkit.region.names import called_units
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from regionkit.region import Region

__all__ = [
    "cite_rows",
    "cite_values",
    "credit_positions",
    "join_numbers",
    "name_changed",
    "name_parts",
    "position_sources",
]

_DIGITS = "零一二三四五六七八九"
# A source line names so many parts of a kind, runs counted once.
_MOST = 6
# The licence that asks for a word wherever a position is shown, in any of its versions.
_ASKS_FOR_CREDIT = "ODbL"


def cite_rows(region: Region, rows: pd.DataFrame, lang: str = "zh") -> str:
    """Return the documents that rows come from with their parts, the newest plan first.

    Parameters
    ----------
    region : Region
    rows : DataFrame
        Columns ``source_id, locator``.
    lang : {"zh", "en"}
        Of what stands between two documents.
    """
    if rows.empty:
        return ""
    order = {source_id: place for place, source_id in enumerate(_by_date(region))}
    parts = []
    for source_id in sorted(rows["source_id"].unique(), key=lambda key: order.get(key, 99)):
        heads = rows.loc[rows["source_id"] == source_id, "locator"].dropna().str.split("/").str[0]
        is_page = region.sources.loc[source_id, "kind"] == "web page"
        parts.append(region.cite(str(source_id), "" if is_page else name_parts(heads)))
    return join(parts, "clauses").render(lang)


def cite_values(region: Region, values: pd.Series, lang: str = "zh") -> str:
    """Return every document that reported values come from, with its parts.

    Parameters
    ----------
    region : Region
    values : Series
        As of ``region.statistic``.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> cite_values(ln, ln.statistic("resident-population", year=2020))
    '七普分县 县级数据'
    """
    told, table = values.attrs, region.statistics
    return cite_rows(
        region,
        table[
            (table["indicator_id"] == told["indicator_id"])
            & (table["year"] == told["year"])
            & table["adcode"].isin(values.dropna().index)
            & table["source_id"].isin(told["source_ids"])
        ],
        lang,
    )


def name_changed(region: Region, values: pd.Series, lang: str = "zh") -> str:
    """Return the sentence by which a map names units whose area has changed since its figures.

    Parameters
    ----------
    region : Region
    values : Series
        As of ``region.statistic``.
    lang : {"zh", "en"}

    Returns
    -------
    str, "" where no such unit has a figure

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> name_changed(ln, ln.statistic("gdp", level="city", year=2023))
    ''
    """
    codes = values.attrs["not_comparable"]
    if not codes:
        return ""
    return say(
        "The area has changed since {year}, and the figure is that of the former area: {names}.",
        lang=lang,
        year=str(values.attrs["year"]),
        names=join(list(called_units(region, lang).reindex(codes))),
    )


def position_sources(region: Region, projects: pd.DataFrame | None = None) -> list[str]:
    """Return the sources of drawn positions that must be named: those under the ODbL.

    Parameters
    ----------
    region : Region
    projects : DataFrame, optional
        The projects drawn: those without a position of their own name no source. All named places
        of the region where it is not given.
    """
    places = region.table("places").set_index("place_id")
    if projects is not None:
        drawn = projects.index[~projects.geometry.is_empty] if "geometry" in projects else ()
        stops = region.waypoints
        passed = stops.loc[stops["project_id"].isin(drawn), "place_id"].dropna()
        places = places[places.index.isin(passed)]
    licences = region.sources["licence"].fillna("").astype(str)
    asking = licences.index[licences.str.startswith(_ASKS_FOR_CREDIT)]
    return [str(source_id) for source_id in asking if (places["source_id"] == source_id).any()]


def credit_positions(
    region: Region, projects: pd.DataFrame | None = None, *, lang: str = "zh"
) -> str:
    """Return the words by which a map names whose positions it shows, "" where none ask for it.

    Parameters
    ----------
    region : Region
    projects : DataFrame, optional
        As of :func:`position_sources`.
    lang : {"zh", "en"}

    Examples
    --------
    >>> import regionkit as rk
    >>> credit_positions(rk.load("liaoning"))
    '车站等位置：© OpenStreetMap 贡献者（ODbL-1.0）'
    """
    rows = region.sources.loc[position_sources(region, projects)]
    return join(
        [
            msg(
                "Positions of stations and the like: © {issuer} ({licence})",
                issuer=row.issuer,
                licence=row.licence,
            )
            for row in rows.itertuples()
        ],
        "clauses",
    ).render(lang)


def _by_date(region: Region) -> list[str]:
    """Return the sources, the latest first; those without a date last."""
    dates = region.sources["issued_on"].fillna("").astype(str)
    return list(dates.sort_values(ascending=False, kind="stable").index)


def name_parts(heads: Iterable[str]) -> str:
    """Return parts of a document in their order, neighbours as a run.

    Examples
    --------
    >>> name_parts(["四", "六", "五", "三"]), name_parts(["专栏18", "第十章", "第一章", "专栏3"])
    ('第三至六部分', '第一、十章，专栏3、18')
    """
    chapters: set[int] = set()
    parts: set[int] = set()
    boxes: set[int] = set()
    others: list[str] = []
    for head in dict.fromkeys(heads):
        chapter = re.fullmatch(r"第([一二三四五六七八九十]+)章", head)
        box = re.fullmatch(r"专栏(\d+)", head)
        if chapter:
            chapters.add(_number(chapter[1]))
        elif box:
            boxes.add(int(box[1]))
        elif re.fullmatch(r"[一二三四五六七八九十]+", head):
            parts.add(_number(head))
        else:
            others.append(head)
    words = []
    if parts:
        words.append(f"第{join_numbers(parts, is_chinese=True)}部分")
    if chapters:
        words.append(f"第{join_numbers(chapters, is_chinese=True)}章")
    if boxes:
        words.append(f"专栏{join_numbers(boxes)}")
    return "，".join([*words, *others])


def join_numbers(numbers: Iterable[int], *, is_chinese: bool = False) -> str:
    """Return numbers in their order, three neighbours or more as a run.

    Examples
    --------
    >>> join_numbers([3, 17, 18, 19, 1]), join_numbers([1, 2], is_chinese=True)
    ('1、3、17至19', '一、二')
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = []
    for run in runs:
        names = [_chinese(number) if is_chinese else str(number) for number in run]
        words += [f"{names[0]}至{names[-1]}"] if len(run) > 2 else names
    return "、".join(words[:_MOST]) + ("等" if len(words) > _MOST else "")


def _number(text: str) -> int:
    """Return a Chinese numeral up to 99 as a number."""
    tens, _, ones = text.rpartition("十")
    if "十" not in text:
        return _DIGITS.index(text)
    return 10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")
