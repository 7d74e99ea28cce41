"""locate_parquet in one process, and on a cluster that loses a worker in the middle."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import types
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

import regionkit
from regionkit.errors import (
    CrsError,
    InputError,
    MissingDependencyError,
    OutputError,
    RegionkitError,
)
from regionkit.query import points_file, stream
from regionkit.query.locate import CoverageIndex
from regionkit.query.parts import StreamOptions
from regionkit.query.stream import locate_parquet

#: 210104 | 210103
#: -------+-------
#: 210102 | 210101
INDEX = CoverageIndex.from_coverage(
    gpd.GeoDataFrame(
        geometry=[
            shapely.box(1, 0, 2, 1),
            shapely.box(0, 0, 1, 1),
            shapely.box(1, 1, 2, 2),
            shapely.box(0, 1, 1, 2),
        ],
        index=["210101", "210102", "210103", "210104"],
        crs="EPSG:4326",
    )
)
POINTS = StreamOptions(result="points")


@pytest.fixture
def frame():
    """Ten thousand points around the squares, every hundredth without coordinates."""
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(-0.5, 2.5, (2, 10_000))
    lon[::100] = np.nan
    return pd.DataFrame({"point_id": np.arange(10_000), "lon": lon, "lat": lat, "name": "厂"})


@pytest.fixture
def geo_frame(frame):
    geometry = gpd.points_from_xy(frame.lon, frame.lat)
    geometry[np.flatnonzero(frame.lon.isna())] = None
    return gpd.GeoDataFrame(frame[["point_id", "name"]], geometry=geometry, crs="EPSG:4326")


def expected_counts(frame):
    return pd.Series(INDEX.locate(frame.lon, frame.lat)).value_counts().sort_index().to_dict()


def assert_complete(report, frame):
    """Assert that every row of the frame is counted once, where it belongs."""
    assert report.counts.to_dict() == expected_counts(frame)
    assert report.rows == len(frame)
    assert report.without_coordinates == frame.lon.isna().sum()
    assert report.located == report.counts.sum()
    assert report.located + report.outside + report.without_coordinates == report.rows


def write_parts(frame, folder, n_parts):
    folder.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), n_parts)):
        frame.iloc[rows].to_parquet(folder / f"in-{number:03d}.parquet")
    return folder


class TestCounts:
    def test_by_hand(self, tmp_path):
        points = pd.DataFrame(
            {"lon": [0.5, 0.6, 1.0, 1.5, 9.0, None], "lat": [0.5, 0.6, 1.0, 1.5, 9.0, 0.5]}
        )
        points.to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        # (1, 1) is the vertex of all four: the lowest.
        assert report.counts.to_dict() == {"210101": 1, "210102": 2, "210103": 1, "210104": 0}
        assert (report.rows, report.outside, report.without_coordinates) == (6, 1, 1)
        written = pd.read_parquet(tmp_path / "out.parquet")
        assert written.to_dict("list") == {
            "adcode": ["210101", "210102", "210103", "210104"],
            "points": [1, 2, 1, 0],
        }
        totals = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"regionkit"])
        assert totals == {"rows": 6, "located": 4, "outside": 1, "without_coordinates": 1}
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]

    def test_csv(self, frame, tmp_path):
        frame.to_parquet(tmp_path / "in.parquet")
        locate_parquet(tmp_path / "in.parquet", tmp_path / "out.csv", INDEX)
        written = pd.read_csv(tmp_path / "out.csv", dtype={"adcode": str})
        assert written.set_index("adcode")["points"].to_dict() == expected_counts(frame)

    @pytest.mark.parametrize("batch_rows", [1, 97, 10_000, 1 << 18])
    @pytest.mark.parametrize("row_group_size", [1_000, 10_000])
    def test_batches_and_row_groups_do_not_matter(
        self, frame, tmp_path, batch_rows, row_group_size
    ):
        if batch_rows == 1:
            frame = frame[:300]
        frame.to_parquet(tmp_path / "in.parquet", row_group_size=row_group_size)
        options = StreamOptions(batch_rows=batch_rows)
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "o.parquet", INDEX, options)
        assert_complete(report, frame)

    def test_a_folder(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 7)
        (source / "_SUCCESS").touch()
        (source / ".in-000.parquet").write_bytes(b"a leftover of another program")
        report = locate_parquet(source, tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame)
        assert report.parts == 7

    def test_geoparquet(self, geo_frame, frame, tmp_path):
        geo_frame.to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame)

    def test_geoparquet_without_gaps_is_read_in_place(self, geo_frame, frame, tmp_path):
        whole = geo_frame[~geo_frame.geometry.isna()]
        whole.to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame.dropna())

    def test_geoarrow_points(self, geo_frame, frame, tmp_path):
        geo_frame.to_parquet(tmp_path / "in.parquet", geometry_encoding="geoarrow")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame)

    @pytest.mark.parametrize("force", ["z", "big-endian", "empty"])
    def test_other_well_known_binary(self, geo_frame, frame, tmp_path, force):
        odd = geo_frame.copy()
        if force == "z":
            odd.geometry = shapely.force_3d(odd.geometry.array, 7.0)
        elif force == "empty":
            odd.loc[odd.geometry.isna(), "geometry"] = shapely.Point()
        odd.to_parquet(tmp_path / "in.parquet")
        if force == "big-endian":
            table = pq.read_table(tmp_path / "in.parquet")
            wkb = [
                None if point is None else shapely.to_wkb(point, byte_order=0)
                for point in geo_frame.geometry
            ]
            place = table.schema.get_field_index("geometry")
            table = table.set_column(place, table.schema.field(place), pa.array(wkb, pa.binary()))
            pq.write_table(table, tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame)

    @pytest.mark.parametrize("kind", [pa.binary(), pa.large_binary()])
    def test_a_slice_of_a_geometry_column(self, kind):
        points = shapely.points(np.arange(10.0), np.arange(10.0) / 2)
        column = pa.array(list(shapely.to_wkb(points)), kind)[3:7]
        lon, lat = points_file._point_coordinates(column)
        assert lon.tolist() == [3, 4, 5, 6]
        assert lat.tolist() == [1.5, 2, 2.5, 3]

    @pytest.mark.parametrize("names", [("longitude", "latitude"), ("lng", "lat"), ("经度", "纬度")])
    def test_columns_by_their_usual_names(self, frame, tmp_path, names):
        renamed = frame.rename(columns=dict(zip(("lon", "lat"), names, strict=True)))
        renamed.to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert_complete(report, frame)

    def test_columns_named(self, frame, tmp_path):
        renamed = frame.rename(columns={"lon": "x", "lat": "y"})
        renamed.astype({"x": "float32", "y": "float32"}).to_parquet(tmp_path / "in.parquet")
        options = StreamOptions(columns=("x", "y"))
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "o.parquet", INDEX, options)
        assert_complete(report, frame.astype({"lon": "float32", "lat": "float32"}))

    def test_no_rows(self, frame, tmp_path):
        frame[:0].to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert report.rows == 0
        assert report.counts.tolist() == [0, 0, 0, 0]

    def test_progress(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 4)
        said = []
        locate_parquet(
            source, tmp_path / "o.parquet", INDEX, progress=lambda *rows: said.append(rows)
        )
        assert said == [(2500, 10_000), (5000, 10_000), (7500, 10_000), (10_000, 10_000)]

    def test_a_file_that_exists_is_replaced(self, frame, tmp_path):
        frame.to_parquet(tmp_path / "in.parquet")
        (tmp_path / "out.parquet").write_bytes(b"old")
        locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert len(pd.read_parquet(tmp_path / "out.parquet")) == 4

    def test_batches_stay_small(self, frame, tmp_path, monkeypatch):
        seen = []
        monkeypatch.setattr(
            CoverageIndex,
            "codes",
            lambda self, lon, lat: (seen.append(len(lon)), _CODES(self, lon, lat))[1],
        )
        frame.to_parquet(tmp_path / "in.parquet")
        options = StreamOptions(batch_rows=1000)
        locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, options)
        assert max(seen) <= 1000
        assert sum(seen) == len(frame)

    @pytest.mark.slow
    def test_memory_does_not_grow_with_the_file(self, tmp_path):
        """Arrow's own peak, in a process of its own: a small part of the file."""
        n = 4_000_000
        rng = np.random.default_rng(2)
        table = pa.table({"lon": rng.uniform(0, 2, n), "lat": rng.uniform(0, 2, n)})
        pq.write_table(table, tmp_path / "in.parquet", row_group_size=n // 4)
        INDEX.save(tmp_path / "index.npz")
        program = (
            "import sys, pyarrow\n"
            "from regionkit.query.locate import CoverageIndex\n"
            "from regionkit.query.stream import StreamOptions, locate_parquet\n"
            "index = CoverageIndex.load('index.npz')\n"
            "options = StreamOptions(batch_rows=50_000, result=sys.argv[1])\n"
            "report = locate_parquet('in.parquet', 'out.parquet', index, options)\n"
            "print(report.rows, pyarrow.default_memory_pool().max_memory())\n"
        )
        for result in ("counts", "points"):
            said = subprocess.run(
                [sys.executable, "-c", program, result],
                cwd=tmp_path,
                env={**os.environ, "PYTHONPATH": str(Path(regionkit.__file__).parents[1])},
                check=True,
                capture_output=True,
                text=True,
            )
            rows, peak = (int(word) for word in said.stdout.split())
            assert rows == n
            assert peak < 0.25 * (tmp_path / "in.parquet").stat().st_size


_CODES = CoverageIndex.codes


class TestPoints:
    def test_every_row_keeps_its_columns(self, frame, tmp_path):
        frame.to_parquet(tmp_path / "in.parquet")
        report = locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, POINTS)
        assert_complete(report, frame)
        written = pd.read_parquet(tmp_path / "out.parquet")
        pd.testing.assert_frame_equal(written.drop(columns="adcode"), frame)
        assert list(written["adcode"].cat.categories) == list(INDEX.adcodes)
        expected = pd.Series(INDEX.locate(frame.lon, frame.lat), name="adcode")
        pd.testing.assert_series_equal(written["adcode"], expected)

    def test_geoparquet_stays_geoparquet(self, geo_frame, frame, tmp_path):
        geo_frame.to_parquet(tmp_path / "in.parquet")
        locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, POINTS)
        written = gpd.read_parquet(tmp_path / "out.parquet")
        assert written.crs == "EPSG:4326"
        assert written.geometry.geom_equals(geo_frame.geometry).sum() == frame.lon.notna().sum()
        geo = json.loads(pq.read_schema(tmp_path / "out.parquet").metadata[b"geo"])
        bounds = geo["columns"]["geometry"]["bbox"]
        np.testing.assert_allclose(bounds, geo_frame.total_bounds)

    def test_a_folder_of_parts(self, geo_frame, frame, tmp_path):
        source = write_parts(geo_frame, tmp_path / "in", 3)
        report = locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert_complete(report, frame)
        names = sorted(file.name for file in (tmp_path / "out").iterdir())
        assert names == ["part-00000.parquet", "part-00001.parquet", "part-00002.parquet"]
        written = gpd.read_parquet(tmp_path / "out")
        assert written["point_id"].tolist() == list(range(10_000))
        # Each part's own bounds, which a reader uses to leave parts out.
        geo = json.loads(pq.read_schema(tmp_path / "out" / names[1]).metadata[b"geo"])
        part = gpd.read_parquet(tmp_path / "out" / names[1])
        np.testing.assert_allclose(geo["columns"]["geometry"]["bbox"], part.total_bounds)

    def test_another_label(self, frame, tmp_path):
        frame.assign(adcode="x").to_parquet(tmp_path / "in.parquet")
        options = StreamOptions(result="points", label="county")
        locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, options)
        written = pd.read_parquet(tmp_path / "out.parquet")
        assert written.columns[-2:].tolist() == ["adcode", "county"]


class TestBrokenOff:
    def break_off(self, *_):
        raise KeyboardInterrupt

    def test_a_run_goes_on_where_it_broke_off(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 5)

        def after_two(rows_done, _):
            if rows_done == 4000:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            locate_parquet(source, tmp_path / "out", INDEX, POINTS, progress=after_two)
        assert not (tmp_path / "out").exists()
        (first,) = tmp_path.glob(".out.*/points/part-00000.parquet")
        written_first = first.stat().st_mtime_ns
        report = locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert report.parts_resumed == 2
        assert (tmp_path / "out" / first.name).stat().st_mtime_ns == written_first
        assert_complete(report, frame)
        written = pd.read_parquet(tmp_path / "out")
        assert written["point_id"].tolist() == list(range(10_000))
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out"]

    def test_other_input_does_not_go_on(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 2)
        with pytest.raises(KeyboardInterrupt):
            locate_parquet(source, tmp_path / "out", INDEX, POINTS, progress=self.break_off)
        frame[:7].to_parquet(source / "in-000.parquet")
        report = locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert report.parts_resumed == 0
        assert report.rows == 5007

    def test_finished_parts_outlive_a_fault_and_go_when_the_result_is_there(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 3)
        whole = (source / "in-002.parquet").read_bytes()
        (source / "in-002.parquet").write_bytes(whole[:8] + bytes(60) + whole[68:])
        with pytest.raises(InputError, match=r"in-002\.parquet: this cannot be read to its end"):
            locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert len(list(tmp_path.glob(".out.*/tally-*.npy"))) == 2
        (source / "in-002.parquet").write_bytes(whole)
        report = locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert_complete(report, frame)
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out"]

    def test_it_goes_on_with_smaller_batches(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 2)
        with pytest.raises(KeyboardInterrupt):
            locate_parquet(source, tmp_path / "out", INDEX, POINTS, progress=self.break_off)
        options = StreamOptions(result="points", batch_rows=100)
        assert locate_parquet(source, tmp_path / "out", INDEX, options).parts_resumed == 1

    @pytest.mark.parametrize("result", ["counts", "points"])
    def test_a_part_whose_tally_was_damaged_is_done_again(self, frame, tmp_path, result):
        source = write_parts(frame, tmp_path / "in", 2)
        options = StreamOptions(result=result)
        target = tmp_path / ("out" if result == "points" else "out.parquet")
        with pytest.raises(KeyboardInterrupt):
            locate_parquet(source, target, INDEX, options, progress=self.break_off)
        (tally,) = tmp_path.glob(".out*/tally-*.npy")
        content = bytearray(tally.read_bytes())
        content[-1] ^= 1
        tally.write_bytes(content)
        report = locate_parquet(source, target, INDEX, options)
        assert report.parts_resumed == 0
        assert_complete(report, frame)

    def test_a_part_without_its_tally_is_done_again(self, frame, tmp_path):
        """As when a worker dies between the two files: the same file is written once more."""
        source = write_parts(frame, tmp_path / "in", 2)
        with pytest.raises(KeyboardInterrupt):
            locate_parquet(source, tmp_path / "out", INDEX, POINTS, progress=self.break_off)
        (work,) = tmp_path.glob(".out.*")
        (work / "tally-00000.npy").unlink()
        stray = work / "points" / ".writing-0123abcd"
        stray.mkdir()
        (stray / "part-00001.parquet").write_bytes(b"half a file")
        report = locate_parquet(source, tmp_path / "out", INDEX, POINTS)
        assert report.parts_resumed == 0
        assert_complete(report, frame)
        assert len(list((tmp_path / "out").iterdir())) == 2

    def test_rows_that_vanish_are_noticed(self, frame, tmp_path, monkeypatch):
        frame.to_parquet(tmp_path / "in.parquet")
        monkeypatch.setattr(
            stream, "_run_here", lambda *_: iter([np.ones(len(INDEX) + 2, np.int64)])
        )
        with pytest.raises(InputError, match=r"10000 rows were announced and 6 read.*Run again"):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)
        assert [file.name for file in tmp_path.iterdir()] == ["in.parquet"]


@pytest.fixture
def cluster():
    """Two worker processes on this machine; they start in a second or two."""
    distributed = pytest.importorskip("distributed")
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()
    except (OSError, RuntimeError) as error:
        pytest.skip(f"workers cannot reach this machine itself: {error}")
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        silence_logs="CRITICAL",
    ) as two_workers:
        yield two_workers


@pytest.fixture
def big(tmp_path):
    """A folder of GeoParquet: 6 files of 40,000 points, each in four row groups."""
    rng = np.random.default_rng(3)
    n = 240_000
    lon, lat = rng.uniform(-0.5, 2.5, (2, n))
    frame = pd.DataFrame({"point_id": np.arange(n), "lon": lon, "lat": lat})
    geo = gpd.GeoDataFrame(
        frame[["point_id"]], geometry=gpd.points_from_xy(lon, lat), crs="EPSG:4326"
    )
    (tmp_path / "in").mkdir()
    for number, rows in enumerate(np.array_split(np.arange(n), 6)):
        geo.iloc[rows].to_parquet(
            tmp_path / "in" / f"in-{number:03d}.parquet", row_group_size=10_000
        )
    return frame, tmp_path / "in"


def kill_a_worker_at(cluster, n_rows, killed):
    """Return a progress callback that kills a worker process once so many rows are done."""
    distributed = pytest.importorskip("distributed")

    def progress(rows_done, _):
        if killed or rows_done < n_rows:
            return
        with distributed.Client(cluster, set_as_default=False) as client:
            address, process = min(client.run(os.getpid).items())
        killed.append(address)
        os.kill(process, signal.SIGKILL)

    return progress


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::ResourceWarning")
class TestCluster:
    def test_labelled_points_lose_and_double_nothing_when_a_worker_is_killed(
        self, cluster, big, tmp_path
    ):
        frame, source = big
        killed = []
        report = locate_parquet(
            source,
            tmp_path / "out",
            INDEX,
            StreamOptions(result="points", part_rows=10_000, batch_rows=3_000),
            engine="dask",
            scheduler=cluster.scheduler_address,
            progress=kill_a_worker_at(cluster, 30_000, killed),
        )
        assert killed
        assert report.parts == 24
        assert_complete(report, frame)
        assert len(list((tmp_path / "out").iterdir())) == 24
        assert not list(tmp_path.glob(".out*"))
        written = gpd.read_parquet(tmp_path / "out")
        assert written["point_id"].tolist() == list(range(len(frame)))
        expected = pd.Series(INDEX.locate(frame.lon, frame.lat), name="adcode")
        pd.testing.assert_series_equal(written["adcode"], expected)
        dask_geopandas = pytest.importorskip("dask_geopandas")
        lazy = dask_geopandas.read_parquet(tmp_path / "out")
        assert lazy.npartitions == 24
        counted = lazy["adcode"].value_counts().compute(scheduler="synchronous")
        assert counted.to_dict() == report.counts.to_dict()

    def test_counts_stay_right_when_a_worker_is_killed(self, cluster, big, tmp_path):
        frame, source = big
        killed = []
        report = locate_parquet(
            source,
            tmp_path / "out.parquet",
            INDEX,
            StreamOptions(part_rows=10_000, batch_rows=3_000),
            engine="dask",
            scheduler=cluster.scheduler_address,
            progress=kill_a_worker_at(cluster, 30_000, killed),
        )
        assert killed
        assert_complete(report, frame)
        assert sorted(file.name for file in tmp_path.iterdir()) == ["in", "out.parquet"]
        here = locate_parquet(source, tmp_path / "here.parquet", INDEX)
        pd.testing.assert_series_equal(report.counts, here.counts)
        # A fault in the input comes back from the workers as it is.
        line = gpd.GeoDataFrame(geometry=[shapely.LineString([(0, 0), (1, 1)])], crs=4326)
        line.to_parquet(tmp_path / "line.parquet")
        with pytest.raises(InputError, match=r"line\.parquet: a geometry is a LineString"):
            locate_parquet(
                tmp_path / "line.parquet",
                tmp_path / "none.parquet",
                INDEX,
                engine="dask",
                scheduler=cluster.scheduler_address,
            )
        assert not list(tmp_path.glob("*none*"))


class KilledWorkerError(Exception):
    """Stands in for distributed.scheduler.KilledWorker."""


class FakeClient:
    """Just enough of a dask client to come to the point where it fails."""

    loop = None

    def __init__(self, address, **_):
        if address == "tcp://nowhere:1":
            raise TimeoutError("timed out after 30 s")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def submit(self, *_, **__):
        return "index"

    def map(self, *_, **__):
        return ["part"]

    def cancel(self, futures):
        self.cancelled = futures


def keep_dying(*_, **__):
    raise KilledWorkerError("_locate_part-0 died three times")


class TestClusterThatFails:
    @pytest.fixture
    def distributed(self, monkeypatch):
        fake = types.ModuleType("distributed")
        fake.Client = FakeClient
        fake.as_completed = keep_dying
        fake.scheduler = types.SimpleNamespace(KilledWorker=KilledWorkerError)
        monkeypatch.setitem(sys.modules, "distributed", fake)
        return fake

    @pytest.mark.usefixtures("distributed")
    @pytest.mark.parametrize(
        ("scheduler", "kind", "message"),
        [
            ("tcp://10.0.0.5:8786", RegionkitError, r"Workers died again and again.*batch_rows"),
            ("tcp://nowhere:1", InputError, r'"tcp://nowhere:1": no dask scheduler answers there'),
        ],
    )
    def test_message(self, frame, tmp_path, scheduler, kind, message):
        frame.to_parquet(tmp_path / "in.parquet")
        with pytest.raises(kind, match=message):
            locate_parquet(
                tmp_path / "in.parquet",
                tmp_path / "out.parquet",
                INDEX,
                engine="dask",
                scheduler=scheduler,
            )
        assert [file.name for file in tmp_path.iterdir()] == ["in.parquet"]

    def test_without_distributed(self, frame, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        frame.to_parquet(tmp_path / "in.parquet")
        with pytest.raises(MissingDependencyError, match=r'pip install "regionkit\[cluster\]"'):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, engine="dask")
        assert [file.name for file in tmp_path.iterdir()] == ["in.parquet"]


class TestRefusals:
    @pytest.fixture
    def source(self, frame, tmp_path):
        frame.to_parquet(tmp_path / "in.parquet")
        return tmp_path / "in.parquet"

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"result": "maps"}, r'result="maps" is not known'),
            ({"batch_rows": 0}, r"batch_rows=0: at least one row"),
            ({"part_rows": -1}, r"part_rows=-1: at least one row"),
        ],
    )
    def test_options(self, options, message):
        with pytest.raises(InputError, match=message):
            StreamOptions(**options)

    def test_engine(self, source, tmp_path):
        with pytest.raises(InputError, match=r'engine="spark" is not known'):
            locate_parquet(source, tmp_path / "out.parquet", INDEX, engine="spark")

    def test_scheduler_without_dask(self, source, tmp_path):
        with pytest.raises(InputError, match=r'engine="arrow"\. Use engine="dask"'):
            locate_parquet(source, tmp_path / "o.parquet", INDEX, scheduler="tcp://10.0.0.5:8786")

    def test_column_that_is_not_there(self, source, tmp_path):
        options = StreamOptions(columns=("lng", "lat"))
        with pytest.raises(InputError, match=r'no column "lng"; the nearest is "lon"'):
            locate_parquet(source, tmp_path / "out.parquet", INDEX, options)

    def test_no_coordinates(self, frame, tmp_path):
        frame[["point_id", "name"]].to_parquet(tmp_path / "in.parquet")
        with pytest.raises(InputError, match=r"no geometry and no pair.*point_id, name.*columns="):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_coordinates_as_text(self, frame, tmp_path):
        frame.astype({"lon": str}).to_parquet(tmp_path / "in.parquet")
        with pytest.raises(InputError, match=r"column lon: it holds .*string, expected numbers"):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_label_taken(self, frame, tmp_path):
        frame.assign(adcode="x").to_parquet(tmp_path / "in.parquet")
        with pytest.raises(InputError, match=r'already a column "adcode".*label='):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX, POINTS)

    @pytest.mark.parametrize(
        ("crs", "message"),
        [(4490, r"is in China Geodetic.*to_crs\(4326\)"), (None, r"has no CRS.*set_crs")],
    )
    def test_crs(self, geo_frame, tmp_path, crs, message):
        geo_frame.set_crs(crs, allow_override=True).to_parquet(tmp_path / "in.parquet")
        with pytest.raises(CrsError, match=message):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_not_points(self, geo_frame, tmp_path):
        geo_frame.geometry = shapely.buffer(geo_frame.geometry.array, 0.1)
        geo_frame.to_parquet(tmp_path / "in.parquet")
        with pytest.raises(
            InputError, match=r"in\.parquet: a geometry is a Polygon.*representative_point"
        ):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_broken_geometry(self, geo_frame, tmp_path):
        geo_frame.to_parquet(tmp_path / "in.parquet")
        table = pq.read_table(tmp_path / "in.parquet")
        place = table.schema.get_field_index("geometry")
        torn = pa.array([b"\x01\x01\x00"] * table.num_rows, pa.binary())
        pq.write_table(
            table.set_column(place, table.schema.field(place), torn), tmp_path / "in.parquet"
        )
        with pytest.raises(InputError, match=r"in\.parquet: a geometry is not well-known binary"):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_not_parquet(self, tmp_path):
        (tmp_path / "in.parquet").write_bytes(b"lon,lat\n1,2\n")
        with pytest.raises(InputError, match=r"in\.parquet: this cannot be read as Parquet"):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_missing_file(self, tmp_path):
        with pytest.raises(InputError, match=r"in\.parquet: this cannot be read as Parquet"):
            locate_parquet(tmp_path / "in.parquet", tmp_path / "out.parquet", INDEX)

    def test_empty_folder(self, tmp_path):
        (tmp_path / "in").mkdir()
        with pytest.raises(InputError, match=r"no file in this folder ends in \.parquet"):
            locate_parquet(tmp_path / "in", tmp_path / "out.parquet", INDEX)

    def test_files_that_differ(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 2)
        frame.rename(columns={"name": "title"}).to_parquet(source / "in-001.parquet")
        with pytest.raises(InputError, match=r"in-001\.parquet: its columns differ from those of"):
            locate_parquet(source, tmp_path / "out.parquet", INDEX)

    def test_ending(self, source, tmp_path):
        with pytest.raises(InputError, match=r"counts are written to \.parquet or \.csv"):
            locate_parquet(source, tmp_path / "out.xlsx", INDEX)
        with pytest.raises(InputError, match=r"points are written to \.parquet\. Change"):
            locate_parquet(source, tmp_path / "out.csv", INDEX, POINTS)

    def test_onto_the_input(self, source):
        before = source.read_bytes()
        with pytest.raises(OutputError, match=r"the result would lie in the input"):
            locate_parquet(source, source, INDEX, POINTS)
        assert source.read_bytes() == before

    def test_into_the_input(self, frame, tmp_path):
        source = write_parts(frame, tmp_path / "in", 2)
        with pytest.raises(OutputError, match=r"the result would lie in the input"):
            locate_parquet(source, source / "counts.parquet", INDEX)

    def test_a_folder_in_the_way(self, frame, source, tmp_path):
        (tmp_path / "out.parquet").mkdir()
        with pytest.raises(OutputError, match=r"this is a folder, expected a file"):
            locate_parquet(source, tmp_path / "out.parquet", INDEX)
        folder = write_parts(frame, tmp_path / "in", 2)
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").write_text("kept")
        with pytest.raises(OutputError, match=r"exists and is not an empty folder"):
            locate_parquet(folder, tmp_path / "full", INDEX, POINTS)
        assert (tmp_path / "full" / "mine.txt").read_text() == "kept"

    def test_an_empty_folder_is_filled(self, frame, tmp_path):
        folder = write_parts(frame, tmp_path / "in", 2)
        (tmp_path / "out").mkdir()
        assert locate_parquet(folder, tmp_path / "out", INDEX, POINTS).rows == len(frame)

    def test_a_folder_that_cannot_be_made(self, source, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(OutputError, match=r"cannot be written .*Choose a folder"):
            locate_parquet(source, Path(tmp_path / "file" / "out.parquet"), INDEX)


@pytest.mark.parametrize(
    ("file", "hint"),
    [
        ("k4-swapped", "first is 41.795, 123.39. The axes look swapped; .*: lat,lon"),
        ("k10-metres-named-lonlat", "look like metres of a projection: turn them into WGS-84"),
        ("k15-microdegrees", "look like degrees times a million: divide by 1,000,000"),
    ],
)
def test_coordinates_that_lie_nowhere_are_told(tmp_path, ln, file, hint):
    source = Path(__file__).parent / "cases" / f"{file}.parquet"
    report = locate_parquet(source, tmp_path / "a.csv", ln.index)
    assert report.located == 0
    assert re.search(hint, str(report.hint))
    assert "没有点落在范围内" in report.hint.render("zh")
    right = locate_parquet(
        Path(__file__).parent / "cases" / "k4-swapped.parquet",
        tmp_path / "b.csv",
        ln.index,
        StreamOptions(columns=("lat", "lon")),
    )
    assert (right.located, right.hint) == (3, "")


def test_columns_with_chinese_headers_are_found_and_two_rows_have_no_place(tmp_path, ln):
    source = Path(__file__).parent / "cases" / "k2-chinese.parquet"
    report = locate_parquet(source, tmp_path / "a.csv", ln.index)
    # A row at 0, 0 lies outside, one without a longitude nowhere.
    assert (report.rows, report.located) == (5, 3)
