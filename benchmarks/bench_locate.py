"""Locating and nearest points measured against geopandas and SedonaDB: one run, one table.

    python benchmarks/bench_locate.py                    # 10 million points, about a minute
    python benchmarks/bench_locate.py --points 1e6 --share 0.2
    python benchmarks/bench_locate.py --nation           # all counties of China, index size
    python benchmarks/bench_locate.py --stream           # Parquet files, to show their memory

All methods answer for the same points in Liaoning's bounding box and must agree; the script
exits with 1 where they do not. Every method is timed --repeat times and the best counts, by
the wall clock (and by the processor, for a busy machine), without what it needs beforehand
(the points as geometries, tables handed over: told below the table). With --share below 1
geopandas.sjoin gets that share of the points and its time is scaled up. Memory is that of the
process at its highest during the first call, as a multiple of the two coordinate arrays and
with them: 1.0 is nothing beside them.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj

from regionkit.places.boundaries import load_boundaries
from regionkit.query.locate import CoverageIndex
from regionkit.query.nearest import PointIndex

if TYPE_CHECKING:
    from collections.abc import Callable

#: UTM 51N, where geopandas.sjoin_nearest works in metres.
UTM_51N = 32651
PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65"
)


@dataclass
class Run:
    """One line of the table."""

    task: str
    method: str
    seconds: float
    cpu_s: float
    n: int
    reference_s: float | None = None
    memory: str = ""
    answers: str = ""

    def cells(self) -> list[str]:
        ratio = "" if self.reference_s is None else f"{self.seconds / self.reference_s:.1f}"
        each = f"{self.seconds / self.n * 1e9:,.0f}"
        return [
            self.task,
            self.method,
            f"{self.seconds:.3f}",
            f"{self.cpu_s:.3f}",
            each,
            ratio,
            self.memory,
            self.answers,
        ]


def rss_bytes(key: str) -> int:
    """Return VmRSS or VmHWM of this process; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(key))


def measure(call: Callable[[], Any], repeat: int) -> tuple[float, float, Any, int]:
    """Return the best wall and CPU time, the last result, and how the process grew in the first."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        # What earlier calls freed goes back to the system, else it would hide the growth.
        ctypes.CDLL("libc.so.6").malloc_trim(0)
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = rss_bytes("VmRSS:")
    times: list[tuple[float, float]] = []
    result = None
    growth = 0
    for number in range(repeat):
        result = None
        start = time.perf_counter(), time.process_time()
        result = call()
        times.append((time.perf_counter() - start[0], time.process_time() - start[1]))
        if number == 0:
            growth = max(rss_bytes("VmHWM:") - before, 0)
    return *min(times), result, growth


def print_table(runs: list[Run]) -> None:
    head = ["task", "method", "seconds", "CPU s", "ns/point", "times slower", "memory", "answers"]
    rows = [head, *(run.cells() for run in runs)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    for number, row in enumerate(rows):
        cells = [
            cell.ljust(width) if column in (0, 1, 7) else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def bench_locate(
    counties: gpd.GeoDataFrame, n: int, share: float, repeat: int
) -> tuple[list[Run], list[str]]:
    """Return the lines for locating n points, and what was needed beforehand."""
    notes = []
    builds = []
    for _ in range(3):
        start = time.process_time()
        index = CoverageIndex.from_coverage(counties)
        builds.append(time.process_time() - start)
    vertices = int(counties.geometry.count_coordinates().sum())
    notes.append(
        f"CoverageIndex of {len(index)} counties, {vertices:,} vertices: built in "
        f"{builds[0]:.2f} s CPU (again {min(builds):.2f}), tables {index.nbytes / 1e6:.1f} MB"
    )
    rng = np.random.default_rng(2026)
    west, south, east, north = counties.total_bounds
    lon, lat = rng.uniform(west, east, n), rng.uniform(south, north, n)
    arrays = lon.nbytes + lat.nbytes

    seconds, cpu_s, located, growth = measure(lambda: index.locate(lon, lat), repeat)
    codes = located.codes
    memory = f"{1 + growth / arrays:.2f}"
    runs = [Run("locate", "regionkit", seconds, cpu_s, n, memory=memory, answers="-")]
    inside = int((codes >= 0).sum())
    notes.append(f"{n:,} points, {inside:,} in a county; the arrays take {arrays / 1e6:.0f} MB")

    m = max(int(n * share), 1)
    start = time.perf_counter()
    points = [gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon[:m], lat[:m]), crs=counties.crs)]
    notes.append(
        f"geopandas: {time.perf_counter() - start:.1f} s to make {m:,} geometries, not counted"
    )
    seconds_part, cpu_s, joined, growth = measure(
        lambda: gpd.sjoin(points[0], counties[["geometry"]], predicate="within"), repeat
    )
    points.clear()
    answer = np.full(m, -1, codes.dtype)
    answer[joined.index] = pd.Categorical(joined["adcode"], located.categories).codes
    same = bool((answer == codes[:m]).all()) and len(joined) == int((answer >= 0).sum())
    name = "geopandas.sjoin" if m == n else f"geopandas.sjoin ({share:.0%})"
    runs.append(
        Run(
            "locate",
            name,
            seconds_part * n / m,
            cpu_s * n / m,
            n,
            seconds,
            f"{1 + growth / (arrays * m / n):.2f}",
            f"identical on {m:,}" if same else "DIFFERENT",
        )
    )
    del joined
    runs += bench_sedona(counties, lon, lat, codes, located, runs[0], repeat, notes)
    return runs, notes


def bench_sedona(
    counties: gpd.GeoDataFrame,
    lon: np.ndarray,
    lat: np.ndarray,
    codes: np.ndarray,
    located: pd.Categorical,
    ours: Run,
    repeat: int,
    notes: list[str],
) -> list[Run]:
    """Return SedonaDB's line, none where it is not installed."""
    try:
        import sedona.db
    except ImportError:
        notes.append('SedonaDB is not installed: pip install "apache-sedona[db]"')
        return []
    n = len(lon)
    units = gpd.GeoDataFrame(
        {"code": pd.Categorical(counties.index, located.categories).codes.astype(np.int32)},
        geometry=counties.geometry.array,
        crs=counties.crs,
    )
    start = time.perf_counter()
    database = sedona.db.connect()
    database.create_data_frame(units).to_view("units", overwrite=True)
    table = pd.DataFrame({"i": np.arange(n), "lon": lon, "lat": lat})
    database.create_data_frame(table).to_view("points", overwrite=True)
    notes.append(
        f"SedonaDB: {time.perf_counter() - start:.1f} s to hand over the tables, not counted"
    )
    query = (
        "SELECT points.i, units.code FROM points JOIN units ON "
        "ST_Within(ST_SetSRID(ST_Point(points.lon, points.lat), 4326), units.geometry)"
    )
    seconds, cpu_s, result, growth = measure(lambda: database.sql(query).to_arrow_table(), repeat)
    answer = np.full(n, -1, codes.dtype)
    answer[result["i"].to_numpy()] = result["code"].to_numpy()
    same = bool((answer == codes).all()) and len(result) == int((answer >= 0).sum())
    return [
        Run(
            "locate",
            f"SedonaDB ({os.cpu_count()} threads)",
            seconds,
            cpu_s,
            n,
            ours.seconds,
            f"{1 + growth / (lon.nbytes + lat.nbytes):.2f}",
            f"identical on {n:,}" if same else "DIFFERENT",
        )
    ]


def bench_nearest(
    counties: gpd.GeoDataFrame, n: int, n_targets: int, repeat: int
) -> tuple[list[Run], list[str]]:
    """Return the lines for the nearest of some targets to n points."""
    rng = np.random.default_rng(2027)
    west, south, east, north = counties.total_bounds
    lon, lat = rng.uniform(west, east, n), rng.uniform(south, north, n)
    target_lon = rng.uniform(west, east, n_targets)
    target_lat = rng.uniform(south, north, n_targets)
    arrays = lon.nbytes + lat.nbytes
    task = f"nearest of {n_targets:,}"

    seconds, cpu_s, found, growth = measure(
        lambda: PointIndex(target_lon, target_lat).nearest(lon, lat), repeat
    )
    memory = f"{1 + growth / arrays:.2f}"
    runs = [Run(task, "regionkit", seconds, cpu_s, n, memory=memory, answers="-")]
    start = time.perf_counter()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326).to_crs(UTM_51N)
    targets = gpd.GeoDataFrame(
        {"target": np.arange(n_targets)},
        geometry=gpd.points_from_xy(target_lon, target_lat),
        crs=4326,
    ).to_crs(UTM_51N)
    notes = [
        f"geopandas: {time.perf_counter() - start:.1f} s to make and project {n:,} geometries for "
        "sjoin_nearest, not counted"
    ]
    seconds_theirs, cpu_s, joined, growth = measure(
        lambda: gpd.sjoin_nearest(points, targets, distance_col="distance_m"), repeat
    )
    joined = joined[~joined.index.duplicated()].sort_index()
    ours, theirs = found.position[:, 0], joined["target"].to_numpy()
    odd = np.flatnonzero(ours != theirs)
    # UTM stretches lengths by up to 0.3 % here, so that its nearest is not always the nearest.
    geod = pyproj.Geod(ellps="WGS84")
    ours_m, theirs_m = (
        geod.inv(lon[odd], lat[odd], target_lon[which[odd]], target_lat[which[odd]])[2]
        for which in (ours, theirs)
    )
    right = bool((np.asarray(ours_m) <= np.asarray(theirs_m)).all())
    some = rng.integers(0, n, min(n, 200_000))
    checked_m = geod.inv(lon[some], lat[some], target_lon[ours[some]], target_lat[ours[some]])[2]
    error_mm = float(np.abs(checked_m - found.distance_km[some, 0] * 1000).max() * 1000)
    answers = (
        f"{n - len(odd):,} identical; {len(odd):,} where UTM errs, ours nearer by Geod"
        if right
        else "DIFFERENT"
    )
    notes.append(f"{task}: distances within {error_mm:.2f} mm of pyproj.Geod on {len(some):,}")
    runs.append(
        Run(
            task,
            "geopandas.sjoin_nearest",
            seconds_theirs,
            cpu_s,
            n,
            seconds,
            f"{1 + growth / arrays:.2f}",
            answers,
        )
    )
    return runs, notes


def bench_nation(n: int, repeat: int) -> tuple[list[Run], list[str]]:
    """Return the line for all counties of the mainland provinces."""
    counties = pd.concat([load_boundaries(f"{code}0000") for code in PROVINCES.split()])
    start = time.process_time()
    index = CoverageIndex.from_coverage(counties)
    build = time.process_time() - start
    vertices = int(counties.geometry.count_coordinates().sum())
    rng = np.random.default_rng(2028)
    west, south, east, north = counties.total_bounds
    lon, lat = rng.uniform(west, east, n), rng.uniform(south, north, n)
    seconds, cpu_s, _, growth = measure(lambda: index.locate(lon, lat), repeat)
    memory = f"{1 + growth / (lon.nbytes + lat.nbytes):.2f}"
    return [Run("locate, nation", "regionkit", seconds, cpu_s, n, memory=memory, answers="-")], [
        f"CoverageIndex of {len(index):,} counties, {vertices:,} vertices: built in "
        f"{build:.1f} s CPU, tables {index.nbytes / 1e6:.0f} MB"
    ]


STREAM = """
import sys
from regionkit.query.locate import CoverageIndex
from regionkit.query.stream import locate_parquet
report = locate_parquet(sys.argv[1], sys.argv[2], CoverageIndex.load(sys.argv[3]))
status = open("/proc/self/status").read().split()
print(report.located, status[status.index("VmHWM:") + 1])
"""


def bench_stream(counties: gpd.GeoDataFrame, n: int) -> tuple[list[Run], list[str]]:
    """Return lines for files of n and 4 n points, each in a process of its own."""
    runs = []
    west, south, east, north = counties.total_bounds
    schema = pa.schema({"lon": pa.float64(), "lat": pa.float64()})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        CoverageIndex.from_coverage(counties).save(folder / "index.npz")
        for rows in (n, 4 * n):
            rng = np.random.default_rng(2029)
            source = folder / f"points-{rows}.parquet"
            with pq.ParquetWriter(source, schema, compression="none") as writer:
                for start in range(0, rows, 1_000_000):
                    size = min(1_000_000, rows - start)
                    columns = rng.uniform(west, east, size), rng.uniform(south, north, size)
                    writer.write_table(pa.table(list(columns), schema=schema))
            arguments = [str(source), str(folder / "counts.parquet"), str(folder / "index.npz")]
            start_s = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", STREAM, *arguments],
                check=True,
                capture_output=True,
                text=True,
            )
            seconds = time.perf_counter() - start_s
            peak_mb = int(done.stdout.split()[1]) / 1000
            runs.append(
                Run(
                    "locate, Parquet",
                    "regionkit, with start",
                    seconds,
                    np.nan,
                    rows,
                    memory=f"{peak_mb:.0f} MB",
                    answers="-",
                )
            )
    return runs, [f"Parquet of {n:,} and of {4 * n:,} points: memory of the whole process"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=float, default=1e7, help="points to locate")
    parser.add_argument("--share", type=float, default=1.0, help="share of them for sjoin")
    parser.add_argument("--nearest", type=float, default=1e6, help="points to find a nearest for")
    parser.add_argument("--targets", type=int, nargs="+", default=[300, 3000])
    parser.add_argument("--repeat", type=int, default=3, help="runs, of which the best counts")
    parser.add_argument("--nation", action="store_true", help="also all counties of China")
    parser.add_argument("--stream", action="store_true", help="also Parquet files")
    options = parser.parse_args()

    counties = load_boundaries("210000")
    busy = [os.getloadavg()[0]]
    runs, notes = bench_locate(counties, int(options.points), options.share, options.repeat)
    for n_targets in options.targets:
        more_runs, more_notes = bench_nearest(
            counties, int(options.nearest), n_targets, options.repeat
        )
        runs += more_runs
        notes += more_notes
    if options.nation:
        more_runs, more_notes = bench_nation(int(options.points), options.repeat)
        runs += more_runs
        notes += more_notes
    if options.stream:
        more_runs, more_notes = bench_stream(counties, int(options.points))
        runs += more_runs
        notes += more_notes
    busy.append(os.getloadavg()[0])
    packages = ("geopandas", "shapely", "numpy", "pandas", "scipy", "pyproj")
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in packages)
    )
    print(f"load of the machine {busy[0]:.1f} before, {busy[1]:.1f} after (1 is this script's own)")
    print()
    print_table(runs)
    print()
    for note in notes:
        print(note)
    return int(any("DIFFERENT" in run.answers for run in runs))


if __name__ == "__main__":
    sys.exit(main())
