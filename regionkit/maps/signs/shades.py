"""A colour made darker or lighter, and how light it is."""

from __future__ import annotations

__all__ = ["darker", "lighter", "luminance"]


def darker(colour: str, factor: float) -> str:
    """Return a colour darkened by a factor.

    Examples
    --------
    >>> darker("#ffffff", 0.8)
    '#cccccc'
    """
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (channel * factor for channel in to_rgb(colour))
    return to_hex((red, green, blue))


def lighter(colour: str, share: float) -> str:
    """Return a colour mixed with a share of white.

    Examples
    --------
    >>> lighter("#000000", 0.8)
    '#cccccc'
    """
    from matplotlib.colors import to_hex, to_rgb

    red, green, blue = (channel * (1 - share) + share for channel in to_rgb(colour))
    return to_hex((red, green, blue))


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 (black) to 1.

    Examples
    --------
    >>> luminance("#ffffff")
    1.0
    """
    from matplotlib.colors import to_rgb

    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)
    )
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)
