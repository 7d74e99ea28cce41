"""A run cut into parts, and one part located: read batch by batch, written aside, moved.

The result of a part is moved into place before its tally is; a part with a tally is done. A
part that is run twice writes the same files again: nothing is lost and nothing counts double.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from regionkit.errors import InputError
from regionkit.files import written_aside
from regionkit.places.cache import is_sealed, seal
from regionkit.query.points_file import geo_metadata
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from regionkit.query.locate import CoverageIndex
    from regionkit.query.points_file import Coordinates

__all__ = ["Job", "Part", "StreamOptions", "is_done", "locate_part", "plan_parts", "work_folder"]

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
            raise InputError(
                msg("{option} is not known.", option=Option("result", self.result)),
                mend=msg("Use one of {choices}.", choices=("counts", "points")),
            )
        for name in ("batch_rows", "part_rows"):
            option = Option(name, getattr(self, name))
            if getattr(self, name) < 1:
                raise InputError(
                    msg(
                        "{option}: at least one row is needed.",
                        option=option,
                    ),
                    mend=msg("Leave it out."),
                )


class Part(NamedTuple):
    """Row groups of one file that are located together."""

    number: int
    file: str
    row_groups: tuple[int, ...]
    rows: int
    is_whole_file: bool


@dataclass(frozen=True)
class Job:
    """All that a worker needs to do a part, beside the index: small, and it pickles."""

    folder: Path
    coordinates: Coordinates
    options: StreamOptions

    @property
    def points_folder(self) -> Path:
        """Where parts of labelled points are gathered."""
        return self.folder / "points"

    @property
    def index_file(self) -> Path:
        """The index, for the workers."""
        return self.folder / "index.npz"

    def points_file(self, part: Part) -> Path:
        """Return the file of a part's labelled points."""
        return self.points_folder / f"part-{part.number:05d}.parquet"

    def tally_file(self, part: Part) -> Path:
        """Return the file that says that a part is done, and what was counted in it."""
        return self.folder / f"tally-{part.number:05d}.npy"


def plan_parts(files: Sequence[Path], part_rows: int | None) -> list[Part]:
    """Return the parts: whole files, or runs of row groups with at most so many rows."""
    import pyarrow.parquet as pq

    parts: list[Part] = []
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
            Part(len(parts) + number, str(file.resolve()), tuple(run), size, len(runs) == 1)
            for number, (run, size) in enumerate(zip(runs, rows, strict=True))
        ]
    return parts


def work_folder(
    target: Path,
    files: Sequence[Path],
    parts: Sequence[Part],
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


def is_done(part: Part, job: Job) -> bool:
    """Return whether a part has been done, and what was kept of it is whole."""
    has_points = job.options.result != "points" or job.points_file(part).is_file()
    return has_points and is_sealed(job.tally_file(part))


def locate_part(part: Part, job: Job, index: CoverageIndex) -> NDArray[np.int64]:
    """Return a part's tally: points without coordinates, outside, then in each unit."""
    done = job.tally_file(part)
    if is_done(part, job):
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
    seal(done)
    return tally


def _located_batches(
    part: Part, job: Job, index: CoverageIndex
) -> Iterator[tuple[pa.RecordBatch, NDArray[Any], int]]:
    """Yield batches with their codes and the number of points without coordinates."""
    for batch in _read_batches(part, job):
        try:
            lon, lat = job.coordinates.read(batch)
        except InputError as error:
            raise InputError(error.what, where=part.file, mend=error.mend) from error
        missing = ~(np.isfinite(lon) & np.isfinite(lat))
        yield batch, index.codes(lon, lat), int(missing.sum())


def _read_batches(part: Part, job: Job) -> Iterator[pa.RecordBatch]:
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
        raise InputError(
            msg("this cannot be read to its end ({error}).", error=str(error)),
            where=part.file,
            mend=msg(
                "Fetch or write the file again; on a cluster, see that every worker has it under "
                "this path."
            ),
        ) from error


def _label_part(part: Part, job: Job, index: CoverageIndex, target: Path) -> NDArray[np.int64]:
    """Write a part's rows with the unit of each, and return its tally."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tally = np.zeros(len(index) + 2, np.int64)
    schema = pq.read_schema(part.file)
    metadata = dict(schema.metadata or {})
    geo = geo_metadata(schema, part.file)
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
