"""Parquet files of points, of any size, located in constant memory or on a dask cluster.

The work is cut into parts. Each part is read batch by batch, its result is written aside and
moved into place, and then its tally is written in the same way; a part with a tally is done.
A part that is run twice, because its worker was killed or the whole run was repeated, writes
the same files again: nothing is lost and nothing counts double. A run that broke off goes on
from its last finished part when it is started again.
"""

from __future__ import annotations

import contextlib
import difflib
import glob
import hashlib
import importlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pandas as pd
import shapely

from regionkit.errors import (
    CrsError,
    InputError,
    MissingDependencyError,
    OutputError,
    RegionkitError,
)
from regionkit.query.locate import CoverageIndex, written_aside

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["LocateReport", "StreamOptions", "locate_parquet"]

#: Names that a pair of coordinate columns goes by, looked for in this order.
_COORDINATE_COLUMNS = (
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("lng", "lat"),
    ("经度", "纬度"),
)
#: A point in well-known binary, little-endian, without further dimensions.
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])
_BUFFER_BYTES = 1 << 20


@dataclass(frozen=True)
class StreamOptions:
    """How points are read and what is written.

    Attributes
    ----------
    columns : tuple of two str, optional
        Columns with longitude and latitude. By default the geometry of a GeoParquet file,
        else the first of ``lon, lat``, ``longitude, latitude``, ``lng, lat``, ``经度, 纬度``.
    result : {"counts", "points"}
        Points per unit, or every input row with its unit beside it.
    label : str
        Name of the column with the unit, for ``result="points"``.
    batch_rows : int
        Rows held in memory at a time, by each worker.
    part_rows : int
        Rows that a worker takes on at a time (dask); whole row groups, at least one.
    """

    columns: tuple[str, str] | None = None
    result: Literal["counts", "points"] = "counts"
    label: str = "adcode"
    batch_rows: int = 1 << 18
    part_rows: int = 1 << 23

    def __post_init__(self) -> None:
        """Check every option."""
        if self.result not in ("counts", "points"):
            msg = f'result={self.result!r} is not known. Give "counts" or "points".'
            raise InputError(msg)
        for name in ("batch_rows", "part_rows"):
            if getattr(self, name) < 1:
                msg = f"{name}={getattr(self, name)}: at least one row is needed. Leave it out."
                raise InputError(msg)


@dataclass(frozen=True)
class LocateReport:
    """What a run did.

    Attributes
    ----------
    destination : Path
        File or folder written.
    counts : Series of int, indexed by adcode
        Points per unit, every unit of the index.
    rows, located, outside, without_coordinates : int
        Rows read; of these the rows in a unit, outside all units, and with a missing
        coordinate. The last three add up to the first.
    parts, parts_resumed : int
        Parts of the work; of these the ones that an earlier run, broken off, had finished.
    """

    destination: Path
    counts: pd.Series[int]
    rows: int
    located: int
    outside: int
    without_coordinates: int
    parts: int
    parts_resumed: int


def locate_parquet(
    src: str | os.PathLike[str],
    dst: str | os.PathLike[str],
    index: CoverageIndex,
    options: StreamOptions | None = None,
    *,
    engine: Literal["arrow", "dask"] = "arrow",
    scheduler: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> LocateReport:
    """Return a report of the points of ``src`` located and the result written to ``dst``.

    Parameters
    ----------
    src : path
        A Parquet or GeoParquet file of points, or a folder of them.
    dst : path
        For counts a ``.parquet`` or ``.csv`` file. For points a ``.parquet`` file where
        ``src`` is a file and the engine is "arrow", otherwise a folder of part files, new or
        empty. A file that exists is replaced when the result is whole.
    index : CoverageIndex
        The units.
    options : StreamOptions, optional
        How points are read and what is written.
    engine : {"arrow", "dask"}
        One process, or a cluster of them.
    scheduler : str, optional
        Address of a dask scheduler, such as ``tcp://10.0.0.5:8786``. Its workers need
        regionkit and the folders of ``src`` and ``dst`` under the same paths. Without it
        "dask" starts a worker for each processor of this machine.
    progress : callable, optional
        Called with the rows done and the rows of all parts after each part.

    Returns
    -------
    LocateReport
        Counts and totals.

    Raises
    ------
    InputError
        When an option does not fit, ``src`` is not Parquet, holds no coordinates or holds
        geometries other than points.
    CrsError
        When a GeoParquet file is not in EPSG:4326.
    OutputError
        When ``dst`` cannot be written or is in the way.
    MissingDependencyError
        When engine is "dask" and dask's distributed is not installed.

    Notes
    -----
    Points are in WGS-84 degrees; convert GCJ-02 coordinates first.

    Examples
    --------
    >>> import tempfile, geopandas as gpd, pandas as pd, shapely
    >>> squares = gpd.GeoDataFrame(
    ...     geometry=[shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], index=["1", "2"], crs=4326
    ... )
    >>> index = CoverageIndex.from_coverage(squares)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     points = pd.DataFrame({"lon": [0.5, 1.5, 1.6, 9.0], "lat": [0.5, 0.5, 0.5, 0.5]})
    ...     points.to_parquet(f"{folder}/points.parquet")
    ...     report = locate_parquet(f"{folder}/points.parquet", f"{folder}/counts.parquet", index)
    >>> report.counts.to_dict(), report.outside
    ({'1': 1, '2': 2}, 1)
    """
    options = options or StreamOptions()
    if engine not in ("arrow", "dask"):
        msg = f'engine={engine!r} is not known. Give "arrow" (one process) or "dask" (a cluster).'
        raise InputError(msg)
    if scheduler is not None and engine != "dask":
        msg = f'scheduler={scheduler!r} is given with engine="{engine}". Add engine="dask".'
        raise InputError(msg)
    source, target = Path(src), Path(dst)
    files = _source_files(source)
    is_folder = options.result == "points" and (engine == "dask" or source.is_dir())
    _check_target(source, target, options, is_folder=is_folder)
    coordinates = _Coordinates.of(files, options)
    parts = _plan_parts(files, options.part_rows if engine == "dask" else None)
    job = _Job(_work_folder(target, files, parts, index, options), coordinates, options)
    n_resumed = sum(job.tally_file(part).exists() for part in parts)
    try:
        job.points_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{target}: cannot be written ({error}). Choose a folder that exists and is yours."
        raise OutputError(msg) from error
    results = (
        _run_here(job, parts, index)
        if engine == "arrow"
        else _run_dask(job, parts, index, scheduler)
    )
    tally = np.zeros(len(index) + 2, np.int64)
    done_rows, all_rows = 0, sum(part.rows for part in parts)
    try:
        for part_tally in results:
            tally += part_tally
            done_rows += int(part_tally.sum())
            if progress is not None:
                progress(done_rows, all_rows)
        report = LocateReport(
            destination=target,
            counts=pd.Series(tally[2:], pd.Index(index.adcodes, name="adcode"), name="points"),
            rows=int(tally.sum()),
            located=int(tally[2:].sum()),
            outside=int(tally[1]),
            without_coordinates=int(tally[0]),
            parts=len(parts),
            parts_resumed=n_resumed,
        )
        if report.rows != all_rows:
            msg = (
                f"{source}: {all_rows} rows were announced and {report.rows} read; the files "
                "changed meanwhile. Run again when they are complete."
            )
            raise InputError(msg)
        _deliver(job, parts, report, is_folder=is_folder)
    except RegionkitError:
        if not any(job.folder.glob("tally-*.npy")):  # nothing to go on from
            shutil.rmtree(job.folder, ignore_errors=True)
        raise
    # This run's, and those of runs to the same destination that were given up.
    for folder in target.resolve().parent.glob(f".{glob.escape(target.name)}.{'[0-9a-f]' * 16}"):
        shutil.rmtree(folder, ignore_errors=True)
    return report


class _Part(NamedTuple):
    """Row groups of one file that are located together."""

    number: int
    file: str
    row_groups: tuple[int, ...]
    rows: int
    is_whole_file: bool


@dataclass(frozen=True)
class _Coordinates:
    """Where a record batch holds its points: two columns, or a geometry."""

    lon: str | None
    lat: str | None
    geometry: str | None

    @classmethod
    def of(cls, files: Sequence[Path], options: StreamOptions) -> _Coordinates:
        """Return where all the files hold them; the first file decides, the others must agree."""
        import pyarrow.parquet as pq

        first = pq.read_schema(files[0])
        for file in files[1:]:
            schema = pq.read_schema(file)
            if not schema.equals(first):
                msg = (
                    f"{file}: its columns differ from those of {files[0].name}. "
                    "Put files of one kind into the folder."
                )
                raise InputError(msg)
            cls._in_schema(file, schema, options)
        return cls._in_schema(files[0], first, options)

    @classmethod
    def _in_schema(cls, file: Path, schema: pa.Schema, options: StreamOptions) -> _Coordinates:
        if options.result == "points" and options.label in schema.names:
            msg = (
                f'{file}: there is already a column "{options.label}". '
                "Name another one with StreamOptions(label=...)."
            )
            raise InputError(msg)
        if options.columns is not None:
            for name in options.columns:
                if name not in schema.names:
                    raise InputError(_unknown_column(file, name, schema.names))
            lon, lat = options.columns
            return cls._numeric(file, schema, lon, lat)
        geo = _geo_metadata(schema)
        if geo is not None:
            name = geo["primary_column"]
            _check_crs(file, geo["columns"][name])
            return cls(None, None, name)
        for lon, lat in _COORDINATE_COLUMNS:
            if lon in schema.names and lat in schema.names:
                return cls._numeric(file, schema, lon, lat)
        msg = (
            f"{file}: there is no geometry and no pair of columns lon and lat; the columns are "
            f'{", ".join(schema.names)}. Name them with StreamOptions(columns=("x", "y")).'
        )
        raise InputError(msg)

    @classmethod
    def _numeric(cls, file: Path, schema: pa.Schema, lon: str, lat: str) -> _Coordinates:
        import pyarrow as pa

        for name in (lon, lat):
            kind = schema.field(name).type
            if not (
                pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)
            ):
                msg = (
                    f'{file}, column "{name}": it holds {kind}, expected numbers in degrees. '
                    "Convert the column, or name another with StreamOptions(columns=...)."
                )
                raise InputError(msg)
        return cls(lon, lat, None)

    @property
    def columns(self) -> list[str]:
        """The columns to read."""
        return [name for name in (self.lon, self.lat, self.geometry) if name is not None]

    def read(self, batch: pa.RecordBatch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes of a batch, NaN where missing."""
        import pyarrow as pa

        if self.geometry is not None:
            return _point_coordinates(batch.column(self.geometry))
        lon, lat = (
            batch.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)
            for name in self.columns
        )
        return lon, lat


@dataclass(frozen=True)
class _Job:
    """All that a worker needs to do a part, beside the index: small, and it pickles."""

    folder: Path
    coordinates: _Coordinates
    options: StreamOptions

    @property
    def points_folder(self) -> Path:
        """Where parts of labelled points are gathered."""
        return self.folder / "points"

    @property
    def index_file(self) -> Path:
        """The index, for the workers."""
        return self.folder / "index.npz"

    def points_file(self, part: _Part) -> Path:
        """Return the file of a part's labelled points."""
        return self.points_folder / f"part-{part.number:05d}.parquet"

    def tally_file(self, part: _Part) -> Path:
        """Return the file that says that a part is done, and what was counted in it."""
        return self.folder / f"tally-{part.number:05d}.npy"


def _locate_part(part: _Part, job: _Job, index: CoverageIndex) -> NDArray[np.int64]:
    """Return a part's tally: points without coordinates, outside, then in each unit."""
    done = job.tally_file(part)
    if done.exists():
        finished: NDArray[np.int64] = np.load(done, allow_pickle=False)
        return finished
    if job.options.result == "points":
        with written_aside(job.points_file(part)) as aside:
            tally = _label_part(part, job, index, aside)
    else:
        tally = np.zeros(len(index) + 2, np.int64)
        for _, codes, n_missing in _located_batches(part, job, index):
            tally[1:] += np.bincount(codes + 1, minlength=len(index) + 1)
            tally[:2] += (n_missing, -n_missing)
    with written_aside(done) as aside, aside.open("wb") as file:
        np.save(file, tally, allow_pickle=False)
    return tally


def _located_batches(
    part: _Part, job: _Job, index: CoverageIndex
) -> Iterator[tuple[pa.RecordBatch, NDArray[Any], int]]:
    """Yield batches with their codes and the number of points without coordinates."""
    for batch in _read_batches(part, job):
        try:
            lon, lat = job.coordinates.read(batch)
        except InputError as error:
            msg = f"{part.file}: {error}"
            raise InputError(msg) from error
        missing = ~(np.isfinite(lon) & np.isfinite(lat))
        yield batch, index.codes(lon, lat), int(missing.sum())


def _read_batches(part: _Part, job: _Job) -> Iterator[pa.RecordBatch]:
    """Yield the batches of a part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = job.coordinates.columns if job.options.result == "counts" else None
    try:
        # Read through a small buffer, so that memory depends neither on the size of the row
        # groups nor, as with pre_buffer (the default), on the size of the file.
        with pq.ParquetFile(part.file, buffer_size=_BUFFER_BYTES, pre_buffer=False) as file:
            yield from file.iter_batches(
                job.options.batch_rows, row_groups=list(part.row_groups), columns=columns
            )
    except (OSError, pa.ArrowException) as error:
        msg = (
            f"{part.file}: this cannot be read to its end ({error}). Fetch or write the file "
            "again; on a cluster, see that every worker has it under this path."
        )
        raise InputError(msg) from error


def _label_part(part: _Part, job: _Job, index: CoverageIndex, target: Path) -> NDArray[np.int64]:
    """Write a part's rows with the unit of each, and return its tally."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tally = np.zeros(len(index) + 2, np.int64)
    schema = pq.read_schema(part.file)
    metadata = dict(schema.metadata or {})
    geo = _geo_metadata(schema)
    if geo is not None and not part.is_whole_file:
        # The bounds of the file that the part is cut from; the format does not require any.
        for column in geo["columns"].values():
            column.pop("bbox", None)
        metadata[b"geo"] = json.dumps(geo).encode()
    units = pa.array(index.adcodes, pa.string())
    label_type = pa.dictionary(pa.from_numpy_dtype(index.codes([], []).dtype), pa.string())
    schema = schema.append(pa.field(job.options.label, label_type)).with_metadata(metadata)
    with pq.ParquetWriter(target, schema) as writer:
        for batch, codes, n_missing in _located_batches(part, job, index):
            tally[1:] += np.bincount(codes + 1, minlength=len(index) + 1)
            tally[:2] += (n_missing, -n_missing)
            label = pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), units)
            writer.write_batch(pa.RecordBatch.from_arrays([*batch.columns, label], schema=schema))
    return tally


def _run_here(
    job: _Job, parts: Sequence[_Part], index: CoverageIndex
) -> Iterator[NDArray[np.int64]]:
    """Yield the tallies of the parts, done one after another in this process."""
    for part in parts:
        yield _locate_part(part, job, index)


def _run_dask(
    job: _Job, parts: Sequence[_Part], index: CoverageIndex, scheduler: str | None
) -> Iterator[NDArray[np.int64]]:
    """Yield the tallies of the parts as a dask cluster finishes them."""
    try:
        # Through Any: distributed is typed in parts only.
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        msg = (
            'engine="dask" needs dask\'s distributed, which is not installed. '
            'Install it with: pip install "regionkit[cluster]"'
        )
        raise MissingDependencyError(msg) from error
    index.save(job.index_file)
    with contextlib.ExitStack() as stack:
        address: Any = scheduler
        if address is None:
            address = stack.enter_context(
                distributed.LocalCluster(
                    threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0"
                )
            )
        try:
            client = stack.enter_context(distributed.Client(address, set_as_default=False))
        except OSError as error:
            msg = (
                f"scheduler={scheduler!r}: no dask scheduler answers there ({error}). Start one "
                "with `dask scheduler`, or leave the address out to use this machine."
            )
            raise InputError(msg) from error
        # Loaded by a task, not scattered: what a dead worker held can then be made again.
        on_workers = client.submit(CoverageIndex.load, str(job.index_file), pure=False)
        futures = client.map(_locate_part, list(parts), job=job, index=on_workers, pure=False)
        try:
            done = distributed.as_completed(futures, with_results=True, loop=client.loop)
            for _, tally in done:
                yield tally
        except distributed.scheduler.KilledWorker as error:
            msg = (
                f"Workers died again and again at the same part ({error}). Give them more "
                "memory, or less to hold with StreamOptions(batch_rows=...), and run again."
            )
            raise RegionkitError(msg) from error
        finally:
            client.cancel([*futures, on_workers])


def _deliver(job: _Job, parts: Sequence[_Part], report: LocateReport, *, is_folder: bool) -> None:
    """Move what the parts wrote to the destination, or write the counts there."""
    target = report.destination
    try:
        if job.options.result == "counts":
            _write_counts(target, report)
        elif is_folder:
            for stray in job.points_folder.glob(".*"):
                stray.unlink()  # of a worker that was killed while it wrote
            if target.exists():
                target.rmdir()
            job.points_folder.replace(target)
        else:
            job.points_file(parts[0]).replace(target)
    except OSError as error:
        msg = f"{target}: cannot be written ({error}). Choose a folder that exists and is yours."
        raise OutputError(msg) from error


def _write_counts(target: Path, report: LocateReport) -> None:
    """Write points per unit; what is in no unit stands in the metadata."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    totals = {
        name: getattr(report, name)
        for name in ("rows", "located", "outside", "without_coordinates")
    }
    table = pa.table(
        {"adcode": pa.array(report.counts.index, pa.string()), "points": report.counts.to_numpy()}
    ).replace_schema_metadata({"regionkit": json.dumps(totals)})
    with written_aside(target) as aside:
        if target.suffix == ".csv":
            pyarrow.csv.write_csv(table, aside)
        else:
            pq.write_table(table, aside)


def _source_files(source: Path) -> list[Path]:
    """Return the Parquet files of a file or folder, in order of name, each seen to be one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    files = [file for file in files if not file.name.startswith((".", "_")) or file == source]
    if not files:
        msg = f"{source}: no file in this folder ends in .parquet. Give the folder they are in."
        raise InputError(msg)
    for file in files:
        try:
            pq.read_schema(file)
        except (OSError, pa.ArrowInvalid) as error:
            msg = f"{file}: this cannot be read as Parquet ({error}). Give a file of points."
            raise InputError(msg) from error
    return files


def _check_target(source: Path, target: Path, options: StreamOptions, *, is_folder: bool) -> None:
    """Raise where the destination is in the way or of the wrong kind."""
    inside = [target.resolve(), *target.resolve().parents]
    if source.resolve() in inside:
        msg = f"{target}: the result would lie in the input {source}. Choose another destination."
        raise OutputError(msg)
    if is_folder:
        if target.is_file() or (target.is_dir() and any(target.iterdir())):
            msg = f"{target}: this exists and is not an empty folder. Choose another or remove it."
            raise OutputError(msg)
        return
    endings = (".parquet", ".csv") if options.result == "counts" else (".parquet",)
    if target.suffix not in endings:
        msg = (
            f"{target}: {options.result} are written to {' or '.join(endings)}. Change the ending."
        )
        raise InputError(msg)
    if target.is_dir():
        msg = f"{target}: this is a folder, expected a file. Choose another name or remove it."
        raise OutputError(msg)


def _plan_parts(files: Sequence[Path], part_rows: int | None) -> list[_Part]:
    """Return the parts: whole files, or runs of row groups with at most so many rows."""
    import pyarrow.parquet as pq

    parts: list[_Part] = []
    for file in files:
        metadata = pq.read_metadata(file)
        runs: list[list[int]] = [[]]
        rows = [0]
        for group in range(metadata.num_row_groups):
            size = metadata.row_group(group).num_rows
            if runs[-1] and part_rows is not None and rows[-1] + size > part_rows:
                runs.append([])
                rows.append(0)
            runs[-1].append(group)
            rows[-1] += size
        parts += [
            _Part(len(parts) + number, str(file.resolve()), tuple(run), size, len(runs) == 1)
            for number, (run, size) in enumerate(zip(runs, rows, strict=True))
        ]
    return parts


def _work_folder(
    target: Path,
    files: Sequence[Path],
    parts: Sequence[_Part],
    index: CoverageIndex,
    options: StreamOptions,
) -> Path:
    """Return the folder of a run; the same run has the same one, to go on where it broke off."""
    states = [file.stat() for file in files]
    identity = [
        [[state.st_size, state.st_mtime_ns] for state in states],
        parts,
        index.fingerprint,
        [options.columns, options.result, options.label],
    ]
    key = hashlib.blake2b(json.dumps(identity).encode(), digest_size=8).hexdigest()
    target = target.resolve()
    return target.with_name(f".{target.name}.{key}")


def _geo_metadata(schema: pa.Schema) -> dict[str, Any] | None:
    """Return the GeoParquet description of a file, None where there is none."""
    text = (schema.metadata or {}).get(b"geo")
    if text is None:
        return None
    geo: dict[str, Any] = json.loads(text)
    return geo


def _check_crs(file: Path, column: dict[str, Any]) -> None:
    """Raise where a GeoParquet column is not in EPSG:4326 (its default is the like CRS84)."""
    import pyproj

    if "crs" not in column:
        return
    if column["crs"] is None:
        msg = f"{file}: its geometry has no CRS, expected EPSG:4326. Set it with gdf.set_crs(4326)."
        raise CrsError(msg)
    crs = pyproj.CRS.from_user_input(column["crs"])
    if not crs.equals("EPSG:4326", ignore_axis_order=True):
        msg = f"{file}: its geometry is in {crs.name}, expected EPSG:4326. Use gdf.to_crs(4326)."
        raise CrsError(msg)


def _unknown_column(file: Path, name: str, names: Sequence[str]) -> str:
    """Return the message for a column that is not there, with the nearest one."""
    nearest = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
    return (
        f'{file}: there is no column "{name}"; the nearest is "{nearest[0]}", '
        f"of {', '.join(names)}. Correct StreamOptions(columns=...)."
    )


def _point_coordinates(
    column: pa.Array,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coordinates of a geometry column: GeoArrow points, or well-known binary."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_struct(column.type):
        x, y = (pc.struct_field(column, name).to_numpy(zero_copy_only=False) for name in ("x", "y"))
        return x, y
    if not pa.types.is_large_binary(column.type):
        column = column.cast(pa.large_binary())
    plain = _plain_points(column)
    if plain is not None:
        return plain
    try:
        points = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    except shapely.errors.ShapelyError as error:
        msg = f"a geometry is not well-known binary ({error}). Write the file again."
        raise InputError(msg) from error
    kinds = shapely.get_type_id(points)
    odd = np.flatnonzero(~np.isin(kinds, (shapely.GeometryType.POINT, -1)))
    if odd.size:
        msg = (
            f"a geometry is a {points[odd[0]].geom_type}, expected points. "
            "Take gdf.representative_point() first."
        )
        raise InputError(msg)
    return shapely.get_x(points), shapely.get_y(points)


def _plain_points(
    column: pa.Array,
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return coordinates where all are plain points in well-known binary, read in place."""
    _, offset_buffer, data = column.buffers()
    if column.null_count or data is None or not len(column):
        return None
    offsets = np.frombuffer(offset_buffer, np.int64)
    offsets = offsets[column.offset : column.offset + len(column) + 1]
    if (np.diff(offsets) != _WKB_POINT.itemsize).any():
        return None
    points = np.frombuffer(data, _WKB_POINT, count=len(column), offset=int(offsets[0]))
    if (points["order"] != 1).any() or (points["kind"] != 1).any():
        return None
    return np.ascontiguousarray(points["x"]), np.ascontiguousarray(points["y"])
