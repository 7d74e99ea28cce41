"""Texts without the control characters that XML cannot hold."""

from __future__ import annotations

import re

__all__ = ["without_controls"]

# Characters that XML, of which workbooks and KML are made, cannot hold.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def without_controls(text: str) -> str:
    r"""Return a text without the control characters that XML cannot hold.

    Examples
    --------
    >>> without_controls("a\x07b")
    'ab'
    """
    return _CONTROLS.sub("", text)
