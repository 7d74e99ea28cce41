"""Limits on what is read from a file: told where they are met, and raised by who trusts the file.

What a file may take of memory and time is bounded, so that a damaged file, or one made to fill the
memory, ends in one message. ``REGIONKIT_LIMIT_FACTOR=4`` makes every limit four times as high.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.words.message import Words

__all__ = ["FACTOR", "raise_limit", "raised"]

#: The variable of the environment that raises every limit.
FACTOR = "REGIONKIT_LIMIT_FACTOR"


def raised(limit: int) -> int:
    """Return a limit as the user has raised it; a factor that is no number, or below 1, is 1.

    Examples
    --------
    >>> raised(1000)
    1000
    """
    try:
        factor = float(os.environ.get(FACTOR, "1"))
    except ValueError:
        factor = 1.0
    # NaN is no more than 1 either.
    return int(limit * min(factor, 1e6)) if factor > 1 else limit


def raise_limit() -> Words:
    """Return how a limit is raised, as the mend of an error.

    Examples
    --------
    >>> print(raise_limit())
    If you trust the file, raise every limit fourfold with REGIONKIT_LIMIT_FACTOR=4.
    """
    return msg(
        "If you trust the file, raise every limit fourfold with {variable}=4.", variable=FACTOR
    )
