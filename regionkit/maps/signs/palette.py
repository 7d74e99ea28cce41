"""Palettes: which colours readers with a colour deficiency cannot tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from regionkit.errors import InputError
from regionkit.maps.signs.colours import DIVERGING, RAMPS, SEQUENTIAL
from regionkit.places.frames import no_values
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from matplotlib.colors import Colormap
    from numpy.typing import NDArray

__all__ = [
    "KIND_COLOURS",
    "NO_DATA_COLOUR",
    "SAFE_CMAPS",
    "PaletteFault",
    "PaletteWarning",
    "check_palette",
    "colours_by_kind",
    "find_cmap",
    "is_cmap",
    "kind_colours",
    "kinds_in_order",
    "nears_no_data",
    "off_no_data",
    "palette_faults",
    "palette_warning",
    "sample_colours",
    "warn_near_no_data",
    "warn_of_repeats",
]

# What has no value; no class has it.
NO_DATA_COLOUR = "#dad6cd"
# Okabe and Ito's first, then such as stand farthest from all before them in CIELAB, to readers
# with each of the common colour deficiencies as well: any two are 14 apart or more.
KIND_COLOURS = (
    "#56b4e9",
    "#e69f00",
    "#009e73",
    "#f0e442",
    "#cc79a7",
    "#0072b2",
    "#d55e00",
    "#a5f087",
    "#96a55a",
    "#69ffb4",
    "#5a783c",
    "#8796ff",
    "#d2a5a5",
    "#a54b87",
    "#b4c3e1",
    "#c3c35a",
)
# Linear RGB as seen by readers who lack one kind of cone.
_DEFICIENCIES: dict[str, tuple[tuple[float, ...], ...]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_LABELS = {
    "protanopia": msg("protanopia"),
    "deuteranopia": msg("deuteranopia"),
    "tritanopia": msg("tritanopia"),
}
# Two areas nearer than this in CIELAB cannot be matched with a legend reliably.
_LEAST_DISTANCE = 9.0
# A pair near to everyone is no fault of the reader's eyes: it must also lose this share.
_KEPT_SHARE = 0.6
# Smaller changes of lightness are not seen as one.
_LEAST_STEP = 2.0
# Palettes that readers with any of the common colour deficiencies can order.
SAFE_CMAPS = frozenset(
    [
        SEQUENTIAL,
        DIVERGING,
        "viridis",
        "cividis",
        "magma",
        "inferno",
        "plasma",
        "Blues",
        "Greens",
        "Oranges",
        "Purples",
        "Greys",
        "YlGnBu",
        "YlOrBr",
        "YlOrRd",
        "BuPu",
        "GnBu",
        "PuBu",
        "PuBuGn",
        "OrRd",
        "RdPu",
        "YlGn",
        "BuGn",
        "PuOr",
        "RdBu",
        "BrBG",
        "PRGn",
        "RdYlBu",
    ]
)


class PaletteWarning(UserWarning):
    """Some readers cannot tell a map's colours apart."""


@dataclass(frozen=True)
class PaletteFault:
    """Two colours that readers with a deficiency cannot tell apart.

    Attributes
    ----------
    first, second : str
        "#rrggbb".
    deficiency : {"protanopia", "deuteranopia", "tritanopia"}
    distance : float
        Of the two in CIELAB as these readers see them; below 9 areas are not matched reliably.
    """

    first: str
    second: str
    deficiency: str
    distance: float


def palette_faults(colours: Sequence[str]) -> list[PaletteFault]:
    """Return the pairs of colours that readers with a colour deficiency cannot tell apart.

    Parameters
    ----------
    colours : sequence of str
        Any that matplotlib knows.

    Raises
    ------
    InputError
        One is no colour.

    References
    ----------
    Machado, Oliveira and Fernandes (2009), A physiologically-based model for simulation of color
    vision deficiency, IEEE TVCG 15(6), table 1, severity 1.0. CIELAB after CIE 15, D65.

    Examples
    --------
    >>> [(f.first, f.second, f.deficiency) for f in palette_faults(["#8c8c00", "#b06a00"])]
    [('#8c8c00', '#b06a00', 'deuteranopia')]
    >>> palette_faults(["#0072b2", "#e69f00"])
    []
    """
    from matplotlib.colors import is_color_like, to_hex, to_rgb

    bad = [colour for colour in colours if not is_color_like(colour)]
    if bad:
        raise InputError(
            msg("{colour!r} is no colour.", colour=bad[0]),
            mend=msg("Write colours like '#1b6ca8'."),
        )
    names = [to_hex(colour) for colour in colours]
    linear = _linear(np.array([to_rgb(colour) for colour in colours]).reshape(-1, 3))
    plain = _distances(_lab(linear))
    faults: list[PaletteFault] = []
    for deficiency, matrix in _DEFICIENCIES.items():
        seen = _distances(_lab(np.clip(linear @ np.array(matrix).T, 0, 1)))
        is_near = (seen < _LEAST_DISTANCE) & (seen < _KEPT_SHARE * plain)
        faults += [
            PaletteFault(names[i], names[j], deficiency, round(float(seen[i, j]), 1))
            for i, j in zip(*np.nonzero(np.triu(is_near, 1)), strict=True)
        ]
    return faults


def palette_warning(palette: str | Sequence[str], k: int = 5) -> Words | None:
    """Return what is wrong with a palette for colour-blind readers, None where it is safe.

    Parameters
    ----------
    palette : str or sequence of str
        A matplotlib colormap, cut into ``k`` classes as maps cut it; or colours.
    k : int

    Raises
    ------
    InputError
        There is no such colormap or colour.

    Examples
    --------
    >>> palette_warning("YlGnBu", k=5) is None
    True
    >>> palette_warning("RdYlGn", k=5).render("zh").split("：")[0]
    '配色 RdYlGn 有色觉障碍者难以分辨的颜色'
    """
    if isinstance(palette, str) and palette in SAFE_CMAPS:
        return None
    colours = sample_colours(palette, k) if isinstance(palette, str) else list(palette)
    faults = palette_faults(colours)
    if not faults and isinstance(palette, str) and _turns(palette) > 1:
        return msg(
            "The colormap {palette} turns from dark to light and back: its order cannot be read "
            "from the colours. Use YlGnBu, viridis or PuOr.",
            palette=palette,
        )
    if not faults:
        return None
    worst = min(faults, key=lambda fault: fault.distance)
    seen = tuple(dict.fromkeys(_LABELS[fault.deficiency] for fault in faults))
    pair = msg(
        "readers with {seen} see {first} and {second} nearly alike (difference {distance:g}, "
        "better {least:g} or more)",
        seen=seen,
        first=worst.first,
        second=worst.second,
        distance=worst.distance,
        least=_LEAST_DISTANCE,
    )
    mend = msg("Use YlGnBu, viridis, PuOr, or {bw}.", bw=Option("theme", "bw"))
    if isinstance(palette, str):
        what = msg(
            "The colormap {palette} has colours that colour-blind readers cannot tell apart: "
            "{pair}.",
            palette=palette,
            pair=pair,
        )
    else:
        what = msg(
            "The colours given have some that colour-blind readers cannot tell apart: {pair}.",
            pair=pair,
        )
    return join([what, mend], "sentences")


def _turns(cmap: str) -> int:
    """Return how often a colormap turns from darker to lighter or back; 1 where it diverges."""
    table = find_cmap(cmap)
    qualitative = 64
    if qualitative > table.N:
        return 0
    rgb = table(np.linspace(0.05, 0.95, 13))[:, :3]
    steps = np.diff(_lab(_linear(rgb))[:, 0])
    signs = np.sign(steps[np.abs(steps) > _LEAST_STEP])
    return int((np.diff(signs) != 0).sum())


def check_palette(palette: str | Sequence[str], k: int = 5) -> None:
    """Warn where colour-blind readers cannot tell a palette's colours apart.

    Warns
    -----
    PaletteWarning
        With the worst pair and what to use in its place.
    """
    text = palette_warning(palette, k)
    if text:
        import warnings

        warnings.warn(str(text), PaletteWarning, stacklevel=3)


def _linear(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIELAB (D65) of linear sRGB."""
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = linear @ to_xyz.T / np.array([0.95047, 1.0, 1.08883])
    step = 6 / 29
    f = np.where(xyz > step**3, np.cbrt(xyz), xyz / (3 * step**2) + 4 / 29)
    return np.column_stack(
        [116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])]
    )


def _distances(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    distances: NDArray[np.float64] = np.linalg.norm(lab[:, None] - lab[None], axis=2)
    return distances


def nears_no_data(rgb: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which colours readers may take for the one of "no data".

    Parameters
    ----------
    rgb : array of float, shape (n, 3)
        From 0 to 1.

    Examples
    --------
    >>> nears_no_data(np.array([[0.9, 0.9, 0.9], [0.0, 0.3, 0.7]])).tolist()
    [True, False]
    """
    from matplotlib.colors import to_rgb

    lab = _lab(_linear(np.vstack([to_rgb(NO_DATA_COLOUR), rgb])))
    near: NDArray[np.bool_] = np.linalg.norm(lab[1:] - lab[0], axis=1) < _LEAST_DISTANCE
    return near


def off_no_data(colour: str) -> str:
    """Return a colour, moved away from that of "no data" until readers tell the two apart.

    Examples
    --------
    >>> off_no_data("#0072b2"), off_no_data("#e0dcd4")
    ('#0072b2', '#f3efea')
    """
    from matplotlib.colors import to_hex, to_rgb

    rgb, other = np.array(to_rgb(colour)), np.array(to_rgb(NO_DATA_COLOUR))
    if np.allclose(rgb, other):
        rgb = other - 0.01
    moved = rgb
    for factor in np.arange(1.0, 20.0, 0.1):
        moved = np.round(np.clip(other + (rgb - other) * factor, 0, 1) * 255) / 255
        if not nears_no_data(moved[None])[0]:
            break
    return str(to_hex(tuple(moved)))


def warn_near_no_data(colours: Mapping[str, str], values: pd.Series) -> None:
    """Warn where a colour of one's own may be taken for "no data", and some units have none.

    Warns
    -----
    PaletteWarning
        With the kinds and their colours.

    Raises
    ------
    InputError
        One is no colour.
    """
    import warnings

    from matplotlib.colors import is_color_like, to_rgb

    for colour in colours.values():
        if not is_color_like(colour):
            raise InputError(
                msg("{colour!r} is no colour.", colour=colour),
                mend=msg("Write colours like '#1b6ca8'."),
            )
    if not colours or not values.isna().any():
        return
    is_near = nears_no_data(np.array([to_rgb(colour) for colour in colours.values()]))
    near = [f"{kind} {colours[kind]}" for kind, one in zip(colours, is_near, strict=True) if one]
    if near:
        text = msg(
            "Colours that look like {no_data}, which stands for units without a value: {near}. "
            "Choose others.",
            no_data=NO_DATA_COLOUR,
            near=near,
        )
        warnings.warn(str(text), PaletteWarning, stacklevel=3)


def warn_of_repeats(n: int, different: int) -> None:
    """Warn where there are more kinds than colours.

    Warns
    -----
    PaletteWarning
        With how many kinds can be told apart, and what to do.
    """
    if n <= different:
        return
    import warnings

    text = msg(
        "Kinds: {n}; colours that can be told apart: {different}. Some kinds have the same "
        "colour. Group the kinds, or give colours=.",
        n=n,
        different=different,
    )
    warnings.warn(str(text), PaletteWarning, stacklevel=3)


def kind_colours(n: int) -> list[str]:
    """Return colours for n kinds, told apart with any of the common colour deficiencies.

    Past sixteen kinds colours come again, with a warning: no more can be told apart.

    Warns
    -----
    PaletteWarning
        There are more kinds than colours.

    Examples
    --------
    >>> kind_colours(2)
    ['#56b4e9', '#e69f00']
    """
    warn_of_repeats(n, len(KIND_COLOURS))
    return [KIND_COLOURS[i % len(KIND_COLOURS)] for i in range(n)]


def colours_by_kind(values: pd.Series, cmap: str | None = None) -> dict[str, str]:
    """Return a colour for each kind, in order: of a colormap, else such as all can tell apart.

    Ordered categories keep their order.

    Examples
    --------
    >>> import pandas as pd
    >>> colours_by_kind(pd.Series(["b", "a", None, "b"]))
    {'a': '#56b4e9', 'b': '#e69f00'}
    """
    from matplotlib.colors import to_hex

    kinds = kinds_in_order(values, is_sorted=True)
    if not kinds:
        raise no_values(values)
    if cmap is None:
        return dict(zip(kinds, kind_colours(len(kinds)), strict=True))
    if not is_cmap(cmap):
        raise InputError(
            msg("{option} is no matplotlib colormap.", option=Option("cmap", cmap)),
            mend=msg("Try tab20 or Set3."),
        )
    table = find_cmap(cmap)
    continuous = 64
    if continuous <= table.N:
        return dict(zip(kinds, sample_colours(cmap, len(kinds)), strict=True))
    rgb = table(np.arange(table.N))[:, :3]
    kept = [to_hex(tuple(one)) for one in rgb[~nears_no_data(rgb)]]
    warn_of_repeats(len(kinds), len(kept))
    return {kind: kept[number % len(kept)] for number, kind in enumerate(kinds)}


def kinds_in_order(values: pd.Series, *, is_sorted: bool = False) -> list[Any]:
    """Return the kinds of a column: ordered categories in their order, others sorted or as met.

    Examples
    --------
    >>> import pandas as pd
    >>> levels = pd.CategoricalDtype(["1级", "2级", "10级"], ordered=True)
    >>> kinds_in_order(pd.Series(["10级", "2级", None], dtype=levels))
    ['2级', '10级']
    """
    import pandas as pd

    held = values.dropna().unique()
    if isinstance(values.dtype, pd.CategoricalDtype) and values.dtype.ordered:
        there = set(held)
        return [kind for kind in values.dtype.categories if kind in there]
    if not is_sorted:
        return list(held)
    try:
        # Numbers and dates in their own order.
        return sorted(held)
    except TypeError:
        return sorted(held, key=str)


def is_cmap(cmap: str) -> bool:
    """Return whether a colormap of that name is known: one of ours, or of matplotlib.

    Examples
    --------
    >>> is_cmap("regionkit"), is_cmap("Blues"), is_cmap("Bleus")
    (True, True, False)
    """
    import matplotlib as mpl

    return cmap in RAMPS or cmap in mpl.colormaps


def find_cmap(cmap: str) -> Colormap:
    """Return a colormap by name: one of ours, or of matplotlib.

    Examples
    --------
    >>> find_cmap("regionkit").N
    256
    """
    import matplotlib as mpl
    from matplotlib.colors import LinearSegmentedColormap

    if cmap in RAMPS:
        return LinearSegmentedColormap.from_list(cmap, list(RAMPS[cmap]))
    return mpl.colormaps[cmap]


def sample_colours(cmap: str, n: int) -> tuple[str, ...]:
    """Return n colours of a matplotlib colormap, light end first.

    Raises
    ------
    InputError
        No colormap has that name.

    Examples
    --------
    >>> sample_colours("Greys", 2)
    ('#f1f1f1', '#232323')
    """
    import difflib

    import matplotlib as mpl
    from matplotlib.colors import to_hex, to_rgb

    if not is_cmap(cmap):
        near = difflib.get_close_matches(cmap, list(mpl.colormaps), n=5)
        raise InputError(
            msg("{option} is no matplotlib colormap.", option=Option("cmap", cmap)),
            mend=msg("Nearest are: {nearest}.", nearest=tuple(near) or msg("none")),
        )
    if cmap in RAMPS:
        # Read between the colours themselves, not off a table of 256: what is chosen is kept.
        at = [0.5] if n == 1 else np.linspace(0.0, 1.0, n)
        nodes, rgb = zip(*((place, to_rgb(colour)) for place, colour in RAMPS[cmap]), strict=True)
        mixed = np.column_stack([np.interp(at, nodes, side) for side in np.array(rgb).T])
        return tuple(off_no_data(to_hex(one)) for one in mixed)
    colours = find_cmap(cmap)
    # The palest tints vanish on paper and the darkest swallow labels.
    first, last = 0.12, 0.88
    steps = np.linspace(first, last, 77)
    is_near = nears_no_data(colours(steps)[:, :3])
    if not is_near.all():
        # Tints that pass for "no data" are left out at the end where they stand.
        first = float(steps[np.argmin(is_near)])
        last = float(steps[::-1][np.argmin(is_near[::-1])])
    where = [0.5] if n == 1 else np.linspace(first, last, n)
    return tuple(off_no_data(to_hex(colours(position))) for position in where)
