"""Which datum points are in: the evidence just enough, and just not."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from regionkit.places.datum import to_wgs84
from regionkit.tables.evidence import _chance, datum_evidence

WEST, EAST, MIDDLE = 123.0, 123.5, 41.25
# About 170 m: within the shift of a datum, which is some 500 m eastwards here.
NEAR = 0.002


@pytest.fixture(scope="module")
def counties():
    return gpd.GeoDataFrame(
        {"name": ["甲县"]},
        index=pd.Index(["990101"], name="adcode"),
        geometry=[shapely.box(WEST, 41.0, EAST, 41.5)],
        crs="EPSG:4326",
    )


def evidence(counties, n_wgs, n_gcj, n_both=4):
    """Points that only WGS-84 puts into their county, only the others, and all of them."""
    lon = [WEST + NEAR] * n_wgs + [EAST + NEAR] * n_gcj + [(WEST + EAST) / 2] * n_both
    lon = np.array(lon)
    return datum_evidence(lon, np.full(len(lon), MIDDLE), np.full(len(lon), "990101"), counties)


def test_the_points_are_what_they_are_meant_to_be():
    x, _ = to_wgs84(np.array([WEST + NEAR, EAST + NEAR]), np.array([MIDDLE] * 2), "GCJ-02")
    assert x[0] < WEST
    assert x[1] < EAST


@pytest.mark.parametrize(
    ("n_wgs", "n_gcj", "told"),
    [(4, 0, False), (5, 0, True), (6, 1, False), (7, 1, True), (8, 2, False), (9, 2, True)],
)
def test_a_datum_is_told_where_chance_is_under_one_in_twenty(counties, n_wgs, n_gcj, told):
    found = evidence(counties, n_wgs, n_gcj)
    assert (found.for_, found.against) == (n_wgs, n_gcj)
    assert found.n_points == n_wgs + n_gcj + 4
    assert (found.datum == "WGS-84") is told
    assert ("do not tell WGS-84 from GCJ-02 and BD-09" in str(found.fault)) is not told


@pytest.mark.parametrize(
    ("n_wgs", "n_gcj", "mixed"),
    [(3, 3, True), (3, 2, False), (30, 3, True), (30, 2, False)],
)
def test_three_points_on_either_side_are_a_mixture(counties, n_wgs, n_gcj, mixed):
    assert ("the datums are mixed" in str(evidence(counties, n_wgs, n_gcj).fault)) is mixed


@pytest.mark.parametrize(
    ("mine", "theirs", "chance"), [(0, 0, 1), (1, 0, 1 / 2), (5, 0, 1 / 32), (7, 1, 9 / 256)]
)
def test_the_sign_test_is_one_sided(mine, theirs, chance):
    assert _chance(mine, theirs) == chance
