"""Who plans what industry, and how alike the plans of two units are."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.disparity import similarity
from regionkit.analysis.ranking import units_inside
from regionkit.errors import InputError
from regionkit.region.marks import mark
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["SIMILARITY", "compare_industries", "list_industries"]

#: How the two measures are computed, in a sentence.
SIMILARITY = msg(
    "Structure: the sum over sectors of the products of both shares, by the root of the product of "
    "their sums of squares (UNIDO 1979), of the numbers of planned industries; 1 for the same. "
    "Common: sectors that both plan, by sectors that either plans (Jaccard)."
)


def list_industries(
    region: Region,
    *,
    text: str | None = None,
    sector: str | None = None,
    place: str | None = None,
    zone: str | None = None,
    role: str | None = None,
) -> pd.DataFrame:
    """Return the industries that units are to develop, by the documents, with names.

    Parameters
    ----------
    region : Region
    text : str, optional
        A part of the industry as the document names it, or of its sector's name.
    sector : str, optional
        Id or name of one of our sectors.
    place, zone : str, optional
        Units that are it, or lie in it.
    role : {"advantage", "emerging", "product"}, optional

    Returns
    -------
    DataFrame
        Rows of ``region.industries`` with ``name`` (of the unit) and ``sector``.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError, InputError
        A word is not known.

    Examples
    --------
    >>> import regionkit as rk
    >>> rows = list_industries(rk.load("liaoning"), text="菱镁")
    >>> "海城市" in set(rows["name"])
    True
    """
    sectors = region.sectors["name"]
    rows = region.industries
    rows.insert(1, "name", rows["adcode"].map(region.distinct_names))
    rows["sector"] = rows["sector_id"].map(sectors)
    if place is not None or zone is not None:
        rows = rows[rows["adcode"].isin(units_inside(region, zone=zone, place=place))]
    if sector is not None:
        rows = rows[rows["sector_id"] == _sector(sectors, sector)]
    if text is not None:
        held = rows["industry"].str.contains(text, regex=False)
        held |= rows["sector"].astype(str).str.contains(text, regex=False)
        rows = rows[held]
    if role is not None:
        rows = rows[rows["role"] == region.resolve_word("industries", "role", role)]
    return rows.reset_index(drop=True)


def _sector(sectors: pd.Series, word: str) -> str:
    found = [key for key, name in sectors.items() if word in {key, name}]
    found = found or [key for key, name in sectors.items() if word in name]
    if len(found) == 1:
        return str(found[0])
    known = [msg("{name} ({code})", name=sectors[key], code=key) for key in found or sectors.index]
    what: Words = (
        msg("{word!r} stands in the names of {n} sectors.", word=word, n=len(found))
        if found
        else msg("No sector is named {word!r}.", word=word)
    )
    raise InputError(what, mend=msg("There are: {known}.", known=join(known)))


def compare_industries(
    region: Region, places: Sequence[str], *, level: str = "city"
) -> pd.DataFrame:
    """Return how alike the planned industries of each two of some units are, the most alike first.

    Parameters
    ----------
    region : Region
    places : sequence of str
        Two units or more; one alone is compared with all others of the level.
    level : {"city", "county"}
        Of a name that a city and a county share, this one is meant.

    Returns
    -------
    DataFrame
        ``adcode, name, other_adcode, other_name, structure, common`` (as :data:`SIMILARITY` says),
        ``sectors`` (that both plan), ``n_industries, n_other``. Units of which no document names
        an industry are in ``attrs["missing"]``.

    Raises
    ------
    UnknownPlaceError, AmbiguousPlaceError
        A name is not known.
    InputError
        No unit is given, or none of them has a planned industry.

    References
    ----------
    UNIDO (1979). World industry since 1960: progress and prospects.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = compare_industries(rk.load("liaoning"), ["铁岭", "抚顺"])
    >>> table[["name", "other_name"]].values.tolist()
    [['铁岭市', '抚顺市']]
    """
    if not places:
        raise InputError(msg("No unit is named."), mend=msg("Name two, or one for all others."))
    codes = list(dict.fromkeys(region.resolve(name, level=level).adcode for name in places))
    asked = set(codes)
    if len(codes) == 1:
        codes += [code for code in region.units_at(level) if code not in asked]
    rows = region.industries
    rows = rows[rows["adcode"].isin(codes)]
    missing = [code for code in codes if code not in set(rows["adcode"])]
    if not asked - set(missing):
        raise InputError(
            msg("No document names an industry of {names}.",
                names=join(region.distinct_names.reindex(list(asked)), "and"))
        )  # fmt: skip
    counts = pd.crosstab(rows["adcode"], rows["sector_id"])
    counts = counts.reindex([code for code in codes if code not in missing])
    structure, common = similarity(counts), similarity(counts, measure="jaccard")
    names, sectors = region.distinct_names, region.sectors["name"]
    pairs = [(a, b) for a, b in combinations(counts.index, 2) if len(asked) > 1 or asked & {a, b}]
    table = pd.DataFrame(
        {
            "adcode": [a for a, _ in pairs],
            "name": [names[a] for a, _ in pairs],
            "other_adcode": [b for _, b in pairs],
            "other_name": [names[b] for _, b in pairs],
            "structure": [float(structure.loc[a, b]) for a, b in pairs],
            "common": [float(common.loc[a, b]) for a, b in pairs],
            "sectors": [
                "、".join(sectors[s] for s in counts.columns if counts.loc[[a, b], s].all())
                for a, b in pairs
            ],
            "n_industries": [int(counts.loc[a].sum()) for a, _ in pairs],
            "n_other": [int(counts.loc[b].sum()) for _, b in pairs],
        }
    )
    table = table.sort_values("structure", ascending=False, kind="stable", ignore_index=True)
    table.attrs["missing"] = missing
    return mark(table, region)
