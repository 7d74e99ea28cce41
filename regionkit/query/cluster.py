"""Parts located by the workers of a dask cluster."""

from __future__ import annotations

import contextlib
import importlib
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError, MissingDependencyError, RegionkitError
from regionkit.query.locate import CoverageIndex
from regionkit.query.parts import locate_part
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from regionkit.query.parts import Job, Part

__all__ = ["run_dask"]


def run_dask(
    job: Job, parts: Sequence[Part], index: CoverageIndex, scheduler: str | None
) -> Iterator[NDArray[np.int64]]:
    """Yield the tallies of the parts as a dask cluster finishes them."""
    try:
        # Through Any: distributed is typed in parts only.
        distributed: Any = importlib.import_module("distributed")
    except ImportError as error:
        raise MissingDependencyError(
            msg(
                "{option} needs dask's distributed, which is not installed.",
                option=Option("engine", "dask"),
            ),
            mend=msg("Install it: {command}.", command='pip install "regionkit[cluster]"'),
        ) from error
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
            raise InputError(
                msg(
                    "{option}: no dask scheduler answers there ({error}).",
                    option=Option("scheduler", scheduler),
                    error=str(error),
                ),
                mend=msg(
                    "Start one with `dask scheduler`, or leave the address out to use this machine."
                ),
            ) from error
        # Loaded by a task, not scattered: what a dead worker held can then be made again.
        on_workers = client.submit(CoverageIndex.load, str(job.index_file), pure=False)
        futures = client.map(locate_part, list(parts), job=job, index=on_workers, pure=False)
        try:
            done = distributed.as_completed(futures, with_results=True, loop=client.loop)
            for _, tally in done:
                yield tally
        except distributed.scheduler.KilledWorker as error:
            raise RegionkitError(
                msg("Workers died again and again at the same part ({error}).", error=str(error)),
                mend=msg(
                    "Give them more memory, or less to hold with StreamOptions(batch_rows=...), "
                    "and run again."
                ),
            ) from error
        finally:
            client.cancel([*futures, on_workers])
