"""What of a zone no document says: members by inference, or from another source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.words.message import join, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["inferred_counties", "membership_doubt", "with_inferred"]


def inferred_counties(region: Region, zone_id: str) -> list[str]:
    """Return the counties of a zone or grouping that are in it by inference alone.

    Parameters
    ----------
    region : Region
    zone_id : str

    Returns
    -------
    list of adcode, in the order of the counties

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> ln.counties.loc[inferred_counties(ln, "liaodong"), "name"].tolist()
    ['岫岩满族自治县', '抚顺县', '清原满族自治县', '本溪满族自治县']
    """
    rows, parts = _rows(region, zone_id), region.unit_parts
    is_inferred = rows["basis"] == "inferred"
    inferred, stated = (
        {code for unit in mine["adcode"] for code in parts.get(unit, ())}
        for mine in (rows[is_inferred], rows[~is_inferred])
    )
    return [code for code in region.counties.index if code in inferred - stated]


def with_inferred(
    region: Region, zones: gpd.GeoDataFrame, outlines: gpd.GeoSeries
) -> gpd.GeoDataFrame:
    """Return zones with what of each is inferred as a shape, ``inferred``: there it is dashed.

    Parameters
    ----------
    region : Region
    zones : GeoDataFrame indexed by zone_id
    outlines : GeoSeries indexed by adcode
        Of the counties, as they are drawn.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> zones = with_inferred(ln, ln.zones, ln.counties.geometry)
    >>> zones.index[[not shape.is_empty for shape in zones["inferred"]]].tolist()
    ['liaoxi', 'liaodong']
    """
    codes = [inferred_counties(region, zone_id) for zone_id in zones.index]
    return zones.assign(inferred=[outlines.reindex(mine).union_all() for mine in codes])


def membership_doubt(region: Region, zone_id: str, lang: str = "zh") -> str:
    """Return how many members of a zone no document lists; "" where all are listed.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> membership_doubt(ln, "liaoxi"), membership_doubt(ln, "liaodong")
    ('成员全为推断', '9 个成员中 4 个推断、1 个据其他来源')
    """
    basis = _rows(region, zone_id)["basis"]
    inferred, external = int((basis == "inferred").sum()), int((basis == "external").sum())
    if inferred and inferred == len(basis):
        return say("all members inferred", lang=lang)
    parts = []
    if inferred:
        parts.append(say("{n} inferred", lang=lang, n=inferred))
    if external:
        parts.append(say("{n} from elsewhere", lang=lang, n=external))
    told = join(parts).render(lang)
    return say("of {n} members {told}", lang=lang, n=len(basis), told=told) if parts else ""


def _rows(region: Region, zone_id: str) -> pd.DataFrame:
    return region.memberships[region.memberships["zone_id"] == zone_id]
