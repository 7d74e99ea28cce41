"""Parquet files of points, of any size, located in constant memory or on a dask cluster.

The work is cut into parts. Each part is read batch by batch, its result is written aside and
moved into place, and then its tally is written in the same way; a part with a tally is done.
A part that is run twice, because its worker was killed or the whole run was repeated, writes
the same files again: nothing is lost and nothing counts double. A run that broke off goes on
from its last finished part when it is started again.
"""

from __future__ import annotations

import glob
import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from regionkit.errors import InputError, OutputError, RegionkitError
from regionkit.files import written_aside
from regionkit.query.cluster import run_dask
from regionkit.query.parts import Job, StreamOptions, is_done, locate_part, plan_parts, work_folder
from regionkit.query.points_file import Coordinates, coordinates_hint, source_files
from regionkit.query.result_endings import RESULT_ENDINGS
from regionkit.words.html import html_facts
from regionkit.words.message import Option, join, msg, say

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from regionkit.query.locate import CoverageIndex
    from regionkit.query.parts import Part
    from regionkit.words.message import Words

__all__ = ["LocateReport", "locate_parquet"]

_RESULTS = {"counts": msg("counts"), "points": msg("points")}


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
    hint : Words or str
        What the coordinates may be, where no point lies in any unit: swapped, metres.
    """

    destination: Path
    counts: pd.Series[int]
    rows: int
    located: int
    outside: int
    without_coordinates: int
    parts: int
    parts_resumed: int
    hint: Words | str = ""

    def _repr_html_(self) -> str:
        """Return the report as a table, for a notebook."""
        facts = [
            (say("Rows"), f"{self.rows:,}"),
            (say("In a unit"), f"{self.located:,}"),
            (say("Outside all units"), f"{self.outside:,}"),
            (say("Without coordinates"), f"{self.without_coordinates:,}"),
            (say("Hint"), self.hint),
        ]
        return html_facts(self.destination, facts)


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
    >>> from regionkit.query.locate import CoverageIndex
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
        raise InputError(
            msg("{option} is not known.", option=Option("engine", engine)),
            mend=msg('Give "arrow" (one process) or "dask" (a cluster).'),
        )
    if scheduler is not None and engine != "dask":
        raise InputError(
            msg(
                "{scheduler} is given with {engine}.",
                scheduler=Option("scheduler", scheduler),
                engine=Option("engine", engine),
            ),
            mend=msg("Use {option}.", option=Option("engine", "dask")),
        )
    source, target = Path(src), Path(dst)
    files = source_files(source)
    is_folder = options.result == "points" and (engine == "dask" or source.is_dir())
    _check_target(source, target, options, is_folder=is_folder)
    coordinates = Coordinates.of(
        files, options.columns, new_column=options.label if options.result == "points" else None
    )
    parts = plan_parts(files, options.part_rows if engine == "dask" else None)
    job = Job(work_folder(target, files, parts, index, options), coordinates, options)
    n_resumed = sum(is_done(part, job) for part in parts)
    try:
        job.points_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(target, error) from error
    results = (
        _run_here(job, parts, index)
        if engine == "arrow"
        else run_dask(job, parts, index, scheduler)
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
        if report.outside and not report.located:
            report = replace(report, hint=coordinates_hint(files, coordinates))
        if report.rows != all_rows:
            raise InputError(
                msg(
                    "{announced} rows were announced and {read} read; the files changed meanwhile.",
                    announced=all_rows,
                    read=report.rows,
                ),
                where=str(source),
                mend=msg("Run again when they are complete."),
            )
        _deliver(job, parts, report, is_folder=is_folder)
    except RegionkitError:
        if not any(job.folder.glob("tally-*.npy")):  # nothing to go on from
            shutil.rmtree(job.folder, ignore_errors=True)
        raise
    # This run's, and those of runs to the same destination that were given up.
    for folder in target.resolve().parent.glob(f".{glob.escape(target.name)}.{'[0-9a-f]' * 16}"):
        shutil.rmtree(folder, ignore_errors=True)
    return report


def _cannot_write(target: Path, error: OSError) -> OutputError:
    return OutputError(
        msg("{path} cannot be written ({error}).", path=target, error=error.strerror or str(error)),
        mend=msg("Choose a folder that exists and is yours."),
    )


def _check_target(source: Path, target: Path, options: StreamOptions, *, is_folder: bool) -> None:
    """Raise where the destination is in the way or of the wrong kind."""
    inside = [target.resolve(), *target.resolve().parents]
    if source.resolve() in inside:
        raise OutputError(
            msg("the result would lie in the input {source}.", source=source),
            where=str(target),
            mend=msg("Choose another destination."),
        )
    if is_folder:
        if target.is_file() or (target.is_dir() and any(target.iterdir())):
            raise OutputError(
                msg("this exists and is not an empty folder."),
                where=str(target),
                mend=msg("Choose another or remove it."),
            )
        return
    endings = RESULT_ENDINGS[options.result]
    if target.suffix not in endings:
        raise InputError(
            msg(
                "{result} are written to {endings}.",
                result=_RESULTS[options.result],
                endings=join(endings, "or"),
            ),
            where=str(target),
            mend=msg("Change the ending."),
        )
    if target.is_dir():
        raise OutputError(
            msg("this is a folder, expected a file."),
            where=str(target),
            mend=msg("Choose another name or remove it."),
        )


def _run_here(job: Job, parts: Sequence[Part], index: CoverageIndex) -> Iterator[NDArray[np.int64]]:
    """Yield the tallies of the parts, done one after another in this process."""
    for part in parts:
        yield locate_part(part, job, index)


def _deliver(job: Job, parts: Sequence[Part], report: LocateReport, *, is_folder: bool) -> None:
    """Move what the parts wrote to the destination, or write the counts there."""
    target = report.destination
    try:
        if job.options.result == "counts":
            _write_counts(target, report)
        elif is_folder:
            for stray in job.points_folder.glob(".*"):
                shutil.rmtree(stray)  # of a worker that was killed while it wrote
            if target.exists():
                target.rmdir()
            job.points_folder.replace(target)
        else:
            job.points_file(parts[0]).replace(target)
    except OSError as error:
        raise _cannot_write(target, error) from error


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
