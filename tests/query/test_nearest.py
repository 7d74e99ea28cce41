"""PointIndex against the geodesics from every point to every other."""

import numpy as np
import pandas as pd
import pyproj
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.errors import InputError
from regionkit.query import nearest as nearest_module
from regionkit.query.ellipsoid import geocentric, shortest_geodesic_m
from regionkit.query.nearest import Nearest, PointIndex
from regionkit.query.outline import Outline

GEOD = pyproj.Geod(ellps="WGS84")


def geodesics_m(lon, lat, target_lon, target_lat):
    """Return all geodesics, shape (n, m)."""
    shape = len(lon), len(target_lon)
    ends = (
        np.broadcast_to(np.asarray(lon, float)[:, None], shape),
        np.broadcast_to(np.asarray(lat, float)[:, None], shape),
        np.broadcast_to(np.asarray(target_lon, float), shape),
        np.broadcast_to(np.asarray(target_lat, float), shape),
    )
    return np.asarray(GEOD.inv(*ends)[2])


def assert_nearest(found, lon, lat, target_lon, target_lat):
    """Assert that no point is nearer than the one found, by rank, to the last micrometre."""
    k = found.position.shape[1]
    everything = geodesics_m(lon, lat, target_lon, target_lat)
    expected = np.sort(everything, axis=1)[:, :k]
    m = expected.shape[1]
    assert (found.position[:, m:] == -1).all()
    assert np.isnan(found.distance_km[:, m:]).all()
    chosen = np.take_along_axis(everything, found.position[:, :m], axis=1)
    np.testing.assert_allclose(chosen, expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.distance_km[:, :m], expected / 1000, rtol=0, atol=1e-6)
    for row in found.position[:, :m]:
        assert len(set(row)) == m


@pytest.fixture(params=["tree", "table"])
def way(request, monkeypatch):
    """Both ways to an answer, whatever the number of points."""
    monkeypatch.setattr(nearest_module, "_TABLE_FROM", 1 if request.param == "table" else 10**12)
    monkeypatch.setattr(nearest_module, "_POINTS_PER_CELL", (0.01, 48))
    return request.param


@pytest.mark.usefixtures("way")
class TestPorts:
    """Three ports on the equator, 0°, 1° and 3°E: 111.3195 km to a degree."""

    ports = PointIndex([0.0, 1.0, 3.0], [0.0, 0.0, 0.0])

    def test_one(self):
        found = self.ports.nearest([0.4, 0.6, 2.5, -1.0], [0, 0, 0, 0])
        assert isinstance(found, Nearest)
        assert found.position.tolist() == [[0], [1], [2], [0]]
        np.testing.assert_allclose(
            found.distance_km[:, 0], np.array([0.4, 0.4, 0.5, 1.0]) * 111.319491, atol=1e-5
        )

    def test_two_nearest_first(self):
        found = self.ports.nearest(2.5, 0.0, k=2)
        assert found.position.tolist() == [[2, 1]]
        np.testing.assert_allclose(found.distance_km, [[55.659745, 166.979236]], atol=1e-5)

    def test_more_than_there_are(self):
        found = self.ports.nearest([0.4], [0.0], k=5)
        assert found.position.tolist() == [[0, 1, 2, -1, -1]]
        assert np.isnan(found.distance_km[0, 3:]).all()

    def test_at_a_port(self):
        found = self.ports.nearest([1.0, 3.0], [0.0, 0.0])
        assert found.position.tolist() == [[1], [2]]
        assert found.distance_km.tolist() == [[0.0], [0.0]]

    def test_missing_coordinates(self):
        found = self.ports.nearest([np.nan, 0.4, 0.4, np.inf], [0, np.nan, 0, 0])
        assert found.position[:, 0].tolist() == [-1, -1, 0, -1]
        assert np.isnan(found.distance_km[[0, 1, 3], 0]).all()

    def test_nothing_but_missing(self):
        assert self.ports.nearest([np.nan], [np.nan]).position.tolist() == [[-1]]

    def test_no_points_asked_about(self):
        assert self.ports.nearest([], []).position.shape == (0, 1)

    def test_a_limit(self):
        found = self.ports.nearest([0.4, 2.0], [0, 0], max_km=50)
        assert found.position.tolist() == [[0], [-1]]
        assert np.isnan(found.distance_km[1, 0])

    def test_missing_ports_are_never_found(self):
        ports = PointIndex([np.nan, 1.0, 0.0], [0.0, 0.0, np.nan])
        assert len(ports) == 1
        assert ports.nearest([0.0, 5.0], [0.0, 0.0]).position.tolist() == [[1], [1]]

    @pytest.mark.parametrize("empty", [[], [np.nan]])
    def test_no_ports(self, empty):
        found = PointIndex(empty, empty).nearest([0.4, 0.5], [0.0, 0.0])
        assert found.position.tolist() == [[-1], [-1]]

    def test_ports_at_one_place_come_in_order(self):
        ports = PointIndex([5.0, 1.0, 0.0, 1.0, 1.0], [0.0] * 5)
        assert ports.nearest([1.1, 0.1], [0.0, 0.0]).position.tolist() == [[1], [2]]
        found = ports.nearest([1.1, 0.1], [0.0, 0.0], k=4)
        assert found.position.tolist() == [[1, 3, 4, 2], [2, 1, 3, 4]]

    def test_equally_far_the_first_wins(self):
        ports = PointIndex([1.0, -1.0], [0.0, 0.0])
        assert ports.nearest([0.0], [0.0]).position.tolist() == [[0]]
        swapped = PointIndex([-1.0, 1.0], [0.0, 0.0])
        assert swapped.nearest([0.0], [0.0]).position.tolist() == [[0]]

    def test_series(self):
        ports = PointIndex(pd.Series([0.0, None]), pd.Series([0.0, 0.0]))
        assert ports.nearest(pd.Series([1.0]), pd.Series([0.0])).position.tolist() == [[0]]


#: Where the bounds and the cells are put to the test: the region, both poles, the date line,
#: the whole globe, a street.
PLACES = {
    "region": (118.8, 38.7, 125.8, 43.5),
    "north pole": (-180.0, 88.0, 180.0, 90.0),
    "south pole": (-180.0, -90.0, 180.0, -89.9),
    "date line": (178.0, -10.0, 182.0, 10.0),
    "globe": (-180.0, -90.0, 180.0, 90.0),
    "street": (123.4, 41.8, 123.4001, 41.8001),
}


class TestAgainstEveryPair:
    @settings(deadline=None, max_examples=60)
    @given(
        st.sampled_from(sorted(PLACES)),
        st.integers(1, 60),
        st.integers(1, 6),
        st.booleans(),
        st.sampled_from([1, 10**12]),
        st.integers(0, 2**32 - 1),
    )
    def test_everywhere(self, place, m, k, has_duplicates, table_from, seed):
        rng = np.random.default_rng(seed)
        west, south, east, north = PLACES[place]
        lon, lat = rng.uniform(west, east, 80), rng.uniform(south, north, 80)
        target = rng.uniform([west, south], [east, north], (m, 2))
        if has_duplicates:
            target = target[rng.integers(0, max(m // 3, 1), m)]
        lon[:2], lat[:2] = target[0]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(nearest_module, "_TABLE_FROM", table_from)
            patch.setattr(nearest_module, "_POINTS_PER_CELL", (0.01, 48))
            found = PointIndex(*target.T).nearest(lon, lat, k)
        assert_nearest(found, lon, lat, *target.T)

    @pytest.mark.usefixtures("way")
    def test_a_lattice_full_of_ties(self):
        # Points of a lattice have up to four nearest; to the micrometre none is nearer.
        target = np.stack(np.meshgrid(np.arange(120, 122, 0.25), np.arange(40, 42, 0.25)), -1)
        target = target.reshape(-1, 2)
        middle = target + 0.125
        found = PointIndex(*target.T).nearest(*middle.T)
        assert_nearest(found, *middle.T, *target.T)

    @pytest.mark.usefixtures("way")
    def test_points_that_only_the_ellipsoid_tells_apart(self):
        # Two targets at one chord but not one geodesic: north and east, chords equal to 0.1 µm.
        lon, lat, reach = 123.0, 41.0, 400_000.0
        there = geocentric(np.array([lon]), np.array([lat]))

        def chord(azimuth, length):
            x, y, _ = GEOD.fwd(lon, lat, azimuth, length)
            return float(np.linalg.norm(geocentric(np.array([x]), np.array([y])) - there)), x, y

        wanted, *north = chord(0, reach)
        low, high = reach - 100, reach + 100
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if chord(90, middle)[0] < wanted else (low, middle)
        _, *east = chord(90, middle + 0.001)
        # By chord the three in the north come first, all of them; by geodesic the one in the east.
        target = np.array([north, *(chord(tilt, reach)[1:] for tilt in (-0.01, 0.01)), east])
        by_chord = np.linalg.norm(geocentric(*target.T) - there, axis=1)
        assert by_chord.argmin() != 3
        assert np.ptp(by_chord) < 0.01
        length = geodesics_m([lon], [lat], *target.T)[0]
        assert length.argmin() == 3
        assert 0.1 < length[0] - length[3] < 10
        assert PointIndex(*target.T).nearest([lon], [lat]).position.tolist() == [[3]]

    def test_cells_with_more_candidates_than_they_keep(self, monkeypatch):
        monkeypatch.setattr(nearest_module, "_TABLE_FROM", 1)
        rng = np.random.default_rng(7)
        target = rng.uniform(0, 1, (400, 2))
        lon, lat = rng.uniform(0, 1, (2, 3000))
        index = PointIndex(*target.T)
        table = index._table_for(lon, lat)
        assert (table.n_candidates == 0).mean() > 0.2
        assert_nearest(index.nearest(lon, lat), lon, lat, *target.T)

    def test_a_million_to_three_hundred(self):
        rng = np.random.default_rng(1)
        west, south, east, north = PLACES["region"]
        n = 1_000_000
        lon, lat = rng.uniform(west, east, n), rng.uniform(south, north, n)
        target = rng.uniform([west, south], [east, north], (300, 2))
        found = PointIndex(*target.T).nearest(lon, lat)
        some = rng.integers(0, n, 2000)
        assert_nearest(
            Nearest(found.position[some], found.distance_km[some]), lon[some], lat[some], *target.T
        )

    @pytest.mark.usefixtures("way")
    def test_distances_beyond_a_hundred_kilometres(self):
        lon, lat = np.linspace(119, 127, 50), np.linspace(38, 44, 50)
        found = PointIndex([110.0], [30.0]).nearest(lon, lat)
        np.testing.assert_allclose(
            found.distance_km, geodesics_m(lon, lat, [110.0], [30.0]) / 1000, rtol=0, atol=1e-9
        )


class TestBounds:
    @settings(deadline=None, max_examples=30)
    @given(st.integers(0, 2**32 - 1), st.sampled_from([1e-6, 1e-3, 0.1, 10, 180]))
    def test_no_geodesic_is_shorter_than_its_bound(self, seed, reach):
        rng = np.random.default_rng(seed)
        start = np.column_stack([rng.uniform(-180, 180, 500), rng.uniform(-90, 90, 500)])
        end = start + rng.uniform(-reach, reach, start.shape)
        end[:, 1] = end[:, 1].clip(-90, 90)
        length = np.asarray(GEOD.inv(*start.T, *end.T)[2])
        chord = np.linalg.norm(geocentric(*end.T) - geocentric(*start.T), axis=1)
        assert (shortest_geodesic_m(chord) <= length + 1e-6).all()

    def test_geocentric_is_what_pyproj_says(self):
        rng = np.random.default_rng(2)
        lon, lat = rng.uniform(-180, 180, 1000), rng.uniform(-90, 90, 1000)
        to_geocentric = pyproj.Transformer.from_crs(4979, 4978, always_xy=True)
        expected = np.column_stack(to_geocentric.transform(lon, lat, np.zeros(1000)))
        np.testing.assert_allclose(geocentric(lon, lat), expected, rtol=0, atol=1e-6)


class TestOutline:
    def test_a_long_edge_is_straight_in_lon_and_lat(self):
        # The 60th parallel is no geodesic: the edge follows the parallel.
        edge = Outline(*(np.array([value]) for value in (0.0, 60.0, 20.0, 60.0)))
        lon, lat = np.array([7.3]), np.array([60.5])
        sample = np.linspace(0, 20, 200_001)
        expected = GEOD.inv(
            np.full_like(sample, 7.3), np.full_like(sample, 60.5), sample, np.full_like(sample, 60)
        )[2].min()
        assert edge.distance_km(lon, lat)[0] == pytest.approx(expected / 1000, abs=1e-5)

    def test_an_edge_without_length(self):
        point = Outline(*(np.array([value]) for value in (1.0, 0.0, 1.0, 0.0)))
        assert point.distance_km(np.array([0.0]), np.array([0.0]))[0] == pytest.approx(111.319491)

    def test_a_long_edge_behind_many_short_ones(self):
        # Metres on the equator: thirty edges of 1 m, 200 m north; one of 480 m from 100 m east on.
        metre = 1 / 111_319.491
        number = np.arange(30.0)
        lon1 = np.append((number - 15) * metre, 100 * metre)
        lon2 = np.append((number - 14) * metre, 580 * metre)
        lat = np.append(np.full(30, 200 * metre), 0.0)
        edges = Outline(lon1, lat, lon2, lat)
        distance_km = edges.distance_km(np.array([0.0]), np.array([0.0]))
        assert distance_km[0] == pytest.approx(0.1, abs=1e-6)

    def test_many_edges_at_one_distance(self):
        # A fan of edges around the point: every one must be asked about.
        angle = np.linspace(0, 2 * np.pi, 400)
        lon, lat = 10 + np.cos(angle), np.sin(angle)
        ring = Outline(lon[:-1], lat[:-1], lon[1:], lat[1:])
        by_sample = geodesics_m([10], [0], lon, lat).min() / 1000
        assert ring.distance_km(np.array([10.0]), np.array([0.0]))[0] == pytest.approx(
            by_sample, abs=0.01
        )


class TestRefusals:
    ports = PointIndex([0.0], [0.0])

    def test_k_below_one(self):
        with pytest.raises(InputError, match=r"k=0: at least one nearest point.*Give 1 or more"):
            self.ports.nearest([0], [0], k=0)

    @pytest.mark.parametrize("limit", [-1.0, np.nan])
    def test_a_negative_limit(self, limit):
        with pytest.raises(InputError, match=r"max_km=.*a distance is 0 or more"):
            self.ports.nearest([0], [0], max_km=limit)

    def test_a_latitude_beyond_the_pole(self):
        with pytest.raises(InputError, match=r"lat\[1\]=123.4 is beyond a pole.*swapped"):
            PointIndex([123.4, 41.8], [41.8, 123.4])
        with pytest.raises(InputError, match="beyond a pole"):
            self.ports.nearest([41.8], [123.4])

    def test_lengths_that_differ(self):
        with pytest.raises(InputError, match="lon has 1 values and lat has 2"):
            self.ports.nearest([0], [0, 1])
