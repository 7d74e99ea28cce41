"""A cell as a reader sees it: blank for what is unknown, amounts in groups of three."""

from __future__ import annotations

import math

from regionkit.words.message import join

__all__ = ["cell_text"]


def cell_text(cell: object, *, for_program: bool = False, is_label: bool = False) -> str:
    """Return a cell as it is shown; blank is unknown.

    Parameters
    ----------
    cell : object
    for_program : bool
        Whether a program reads on: every digit, and none grouped.
    is_label : bool
        Whether the number is a year or a code, which is no amount: 2026, and not 2,026.

    Examples
    --------
    >>> cell_text(12345.5), cell_text(2026.0, is_label=True), cell_text(None)
    ('12,345.5', '2026', '')
    """
    import pandas as pd

    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, float) and math.isnan(cell):
        return ""
    if isinstance(cell, float):
        if for_program:
            return f"{cell:.15g}"
        shown = f"{cell:.4f}" if is_label else f"{cell:,.4f}"
        return shown.rstrip("0").rstrip(".")
    if isinstance(cell, tuple):
        return str(join(cell))
    return str(cell)
