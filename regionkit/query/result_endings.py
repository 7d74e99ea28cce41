"""The files that located points are written to, by what is written; read by help texts, too."""

from __future__ import annotations

__all__ = ["RESULT_ENDINGS"]

RESULT_ENDINGS = {"counts": (".parquet", ".csv"), "points": (".parquet",)}
