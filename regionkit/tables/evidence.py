"""Which datum puts points into the counties named beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from regionkit.places.datum import to_wgs84
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = ["DatumEvidence", "datum_evidence"]

_CANDIDATES = ("WGS-84", "GCJ-02", "BD-09")
# A chance of one in twenty that the points favour the datum by accident.
_ACCIDENT = 0.05
_MIXED = 3


@dataclass(frozen=True)
class DatumEvidence(Words):
    """How well each datum fits.

    Attributes
    ----------
    datum : str
        The one that fits, "" for none for certain.
    agreeing : dict of str to int
        Points that lie in the county named, by datum.
    n_points : int
        Points with a certain county.
    for_, against : int
        Points that fit only this datum, and only the next best.
    fault, mend : words or ""
    """

    datum: str
    agreeing: dict[str, int]
    n_points: int
    for_: int = 0
    against: int = 0
    fault: Words | str = ""
    mend: Words | str = ""

    def _put(self, lang: str, door: str) -> str:
        """Return the evidence in a sentence."""
        return msg(
            "Of {n} points with a county, in it lie: {counts}. {mine} points fit {datum} and not "
            "the next, {others} the other way round. (WGS-84 and CGCS2000 differ by centimetres "
            "and are not told apart.)",
            n=self.n_points,
            counts=[f"{name} {n}" for name, n in self.agreeing.items()],
            mine=self.for_,
            datum=self.datum or msg("the best"),
            others=self.against,
        ).render(lang, door)


def datum_evidence(
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    adcodes: NDArray[np.str_],
    counties: gpd.GeoDataFrame,
) -> DatumEvidence:
    """Return which datum the points are in, as far as the counties named tell.

    Only points near a border tell datums apart, for these are shifted by some 500 m. The next
    best is refuted where the points that disagree between the two favour the best one beyond
    chance (sign test, one-sided, 5 percent).

    Parameters
    ----------
    lon, lat : arrays of float, shape (n,), degrees in one unknown datum
    adcodes : array of str, shape (n,)
        County named for each point; one that the layer has not is left out.
    counties : GeoDataFrame indexed by adcode, EPSG:4326

    References
    ----------
    Sign test: Dixon and Mood (1946), Journal of the American Statistical Association 41.
    """
    known = np.isfinite(lon) & np.isfinite(lat)
    use = known & (counties.index.get_indexer(adcodes) >= 0)
    polygons = counties.geometry.reindex(adcodes[use]).to_numpy()
    shapely.prepare(polygons)
    inside = {}
    for datum in _CANDIDATES:
        x, y = to_wgs84(lon[use], lat[use], datum)
        inside[datum] = shapely.intersects_xy(polygons, x, y)
    counts = {datum: int(fits.sum()) for datum, fits in inside.items()}
    n = int(use.sum())
    if not n:
        return DatumEvidence(
            "",
            counts,
            0,
            fault=msg("no point has a county that is known."),
            mend=msg(
                "Name another column with {option}, or say the datum.", option=Option("county")
            ),
        )
    best, second = sorted(_CANDIDATES, key=lambda datum: -counts[datum])[:2]
    only_best = int((inside[best] & ~inside[second]).sum())
    only_second = int((inside[second] & ~inside[best]).sum())
    told = [f"{datum} {count}" for datum, count in counts.items()]
    if only_best >= _MIXED and only_second >= _MIXED:
        return DatumEvidence(
            "",
            counts,
            n,
            only_best,
            only_second,
            fault=msg(
                "the datums are mixed: {n_best} points fit only {best} and {n_second} only "
                "{second} (of {n}: {counts}).",
                n_best=only_best,
                best=best,
                n_second=only_second,
                second=second,
                n=n,
                counts=told,
            ),
            mend=msg("Split the table by where the coordinates come from, or add a column 坐标系."),
        )
    rivals = []
    for other in _CANDIDATES:
        if other == best:
            continue
        mine = int((inside[best] & ~inside[other]).sum())
        theirs = int((inside[other] & ~inside[best]).sum())
        if _chance(mine, theirs) > _ACCIDENT:
            rivals.append(other)
    if rivals:
        return DatumEvidence(
            "",
            counts,
            n,
            only_best,
            only_second,
            fault=msg(
                "the points do not tell {best} from {rivals} (of {n} points in the county named: "
                "{counts}).",
                best=best,
                rivals=join(rivals, "and"),
                n=n,
                counts=told,
            ),
            mend=msg(
                "Too few lie near a border. Ask where the coordinates come from (amap: GCJ-02; "
                "Baidu: BD-09; GPS or survey: WGS-84, CGCS2000), and pass {option}.",
                option=Option("datum"),
            ),
        )
    return DatumEvidence(best, counts, n, only_best, only_second)


def _chance(mine: int, theirs: int) -> float:
    """Return how probable so many or more of the differing points favour one side by chance."""
    from scipy.special import bdtrc

    return float(bdtrc(mine - 1, mine + theirs, 0.5)) if mine else 1.0
