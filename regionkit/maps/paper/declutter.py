"""Lists of projects that crowd at one spot, set beside the land and tied to it by a number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from regionkit.maps.paper.axes import data_per_point, figure_of, to_data
from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.signs.monochrome import grey_symbol
from regionkit.maps.signs.stages import FILLS, stage_fill
from regionkit.maps.signs.symbols import Symbol, row_labels, row_of, symbol_of
from regionkit.maps.signs.wrap import text_width
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import geopandas as gpd
    from matplotlib.axes import Axes

    from regionkit.maps.paper.free_space import FreeSpace
    from regionkit.maps.signs.label_seats import Box

__all__ = ["draw_crowd", "draw_spot", "find_crowds"]

# More symbols than these about one spot hide the map: they are counted in a list beside it.
_CROWD = 14
# Size of the list's words, in sizes of a symbol.
_WORDS = 1.23


@dataclass(frozen=True)
class _Entry:
    """A row of a list: a kind's name, and its symbols by stage with their numbers."""

    name: str
    symbol: Symbol
    counts: dict[str, int]

    @property
    def width(self) -> float:
        """Width in sizes of a symbol."""
        return 2.7 * len(self.counts) + text_width(self.name) * _WORDS + 0.8


def find_crowds(points: gpd.GeoDataFrame) -> list[list[Any]]:
    """Return the points known only by their unit that stand at one spot in great number."""
    rough = points[points["location_basis"] != "site"]
    spots = rough.groupby([rough.geometry.x.round(1), rough.geometry.y.round(1)], sort=True)
    return [list(mine.index) for _, mine in spots if len(mine) >= _CROWD]


def draw_crowd(
    ax: Axes,
    points: gpd.GeoDataFrame,
    number: int,
    size_pt: float,
    space: FreeSpace,
    labels_of: Mapping[str, Mapping[str, str]],
    *,
    is_grey: bool,
    lang: str,
) -> Box | None:
    """List a crowd in a box beside the land, its number at its spot; None without room.

    Parameters
    ----------
    ax : Axes
    points : GeoDataFrame, in the Axes' units
        Projects at one spot.
    number : int
        Written in the ring at the spot and before the list's title.
    size_pt : float
        Of a symbol, points.
    space : FreeSpace
    labels_of : mapping
        Words for kinds and domains.
    is_grey : bool
    lang : {"zh", "en"}
    """
    dot = figure_of(ax).dpi / 72
    title = say(
        "{number}  Known by unit only: {count}", lang=lang, number=number, count=len(points)
    )
    full = _entries(points, labels_of, is_grey=is_grey)
    anchor = ax.transData.transform((points.geometry.x.iloc[0], points.geometry.y.iloc[0]))
    window = ax.get_window_extent()
    towards = (
        float((anchor[0] - window.x0) / window.width),
        float((anchor[1] - window.y0) / window.height),
    )
    tall, pad = size_pt * 1.75 * dot, size_pt * 0.7 * dot
    least = text_width(title) * size_pt * _WORDS * dot
    # From square to slim, at last without the kinds' names, which the legend has; the first that
    # finds room beside the land is taken.
    for entries, columns in _shapes_of(full, tall / dot / size_pt):
        lines = -(-len(entries) // columns)
        wide = max(entry.width for entry in entries) * size_pt * dot
        width, height = max(columns * wide, least) + 2 * pad, (lines + 1) * tall + 2 * pad
        box = space.find(width, height, towards=towards, margin=size_pt * 0.6 * dot)
        if box is not None:
            break
    else:
        return None
    _draw_box(ax, box)
    _write(ax, (box[0] + pad, box[3] - pad - tall / 2), title, size_pt, "crowd-title")
    for place, entry in enumerate(entries):
        column, line = divmod(place, lines)
        corner = (box[0] + pad + column * wide, box[3] - pad - (line + 1.5) * tall)
        _draw_entry(ax, corner, entry, size_pt)
    # The ring is no symbol, yet it is kept clear.
    space.block(draw_spot(ax, to_data(ax, anchor), number, size_pt))
    return box


def _shapes_of(full: list[_Entry], tall: float) -> Iterator[tuple[list[_Entry], int]]:
    """Yield the rows of a list and in how many columns to set them, the best first."""
    for entries in (full, [replace(entry, name="") for entry in full]):
        wide = max(entry.width for entry in entries)
        for columns in sorted(
            range(1, min(len(entries), 8) + 1),
            key=lambda n: abs(n * n * wide / tall - len(entries) * 1.6),
        ):
            yield entries, columns


def _entries(
    points: gpd.GeoDataFrame, labels_of: Mapping[str, Mapping[str, str]], *, is_grey: bool
) -> list[_Entry]:
    """Return the rows of a list, a drawing each, in the order of domains and kinds."""
    counts: dict[Symbol, dict[str, int]] = {}
    names: dict[Symbol, set[str]] = {}
    domains: dict[Symbol, str] = {}
    rows = [row_of(k, d, labels_of) for k, d in zip(points["kind"], points["domain"], strict=True)]
    words = row_labels(rows, labels_of)
    pairs = zip(rows, points["stage"], strict=True)
    for (domain, kind), stage in sorted(pairs, key=lambda pair: pair[0]):
        symbol = symbol_of(kind, domain, labels_of)
        symbol = grey_symbol(symbol) if is_grey else symbol
        mine, fill = counts.setdefault(symbol, {}), stage_fill(stage)
        mine[fill] = mine.get(fill, 0) + 1
        names.setdefault(symbol, set()).add(words[domain, kind])
        domains[symbol] = labels_of.get("domain", {}).get(domain, domain)
    # In black and white kinds of a domain share a drawing, and stand in one row under its name.
    return [
        _Entry(
            next(iter(names[symbol])) if len(names[symbol]) == 1 else domains[symbol],
            symbol,
            {fill: mine[fill] for fill in FILLS if fill in mine},
        )
        for symbol, mine in counts.items()
    ]


def _draw_box(ax: Axes, box: Box) -> None:
    from matplotlib.patches import FancyBboxPatch

    (x0, y0), (x1, y1) = to_data(ax, box[:2]), to_data(ax, box[2:])
    ax.add_patch(
        FancyBboxPatch(
            (x0, y0),
            x1 - x0,
            y1 - y0,
            boxstyle="square,pad=0",
            facecolor="#ffffff",
            edgecolor="#777777",
            linewidth=0.5,
            zorder=6.0,
            gid="crowd",
        )
    )


def _write(ax: Axes, at: tuple[float, float], words: str, size_pt: float, gid: str) -> None:
    """Write words of a list, their left and middle at a pixel."""
    ax.text(
        *to_data(ax, at),
        words,
        fontsize=size_pt * _WORDS,
        va="center_baseline",
        zorder=6.2,
        gid=gid,
    )


def _draw_entry(ax: Axes, corner: tuple[float, float], entry: _Entry, size_pt: float) -> None:
    unit = size_pt * figure_of(ax).dpi / 72
    x, y = corner
    for fill, count in entry.counts.items():
        at = to_data(ax, (x + 0.7 * unit, y))
        draw_symbol(
            ax,
            *at,
            entry.symbol.shape,
            entry.symbol.colour,
            fill,
            size_pt,
            gid="crowd-symbol",
            zorder=6.1,
        )
        _write(ax, (x + 1.45 * unit, y), f"{count}", size_pt, "crowd-count")
        x += 2.7 * unit
    if entry.name:
        _write(ax, (x + 0.1 * unit, y), entry.name, size_pt, "crowd-kind")


def draw_spot(ax: Axes, spot: tuple[float, float], number: int, size_pt: float) -> Box:
    """Draw the ring with a list's number at its spot; return what it covers, in pixels."""
    x, y = spot
    ax.plot(
        [x],
        [y],
        marker="o",
        markersize=size_pt * 1.75,
        markerfacecolor="#ffffff",
        markeredgecolor="#333333",
        markeredgewidth=0.9,
        linestyle="none",
        zorder=6.3,
        gid="crowd-spot",
    )
    ax.text(
        x,
        y - 0.05 * size_pt * data_per_point(ax),
        f"{number}",
        fontsize=size_pt * _WORDS,
        ha="center",
        va="center_baseline",
        zorder=6.4,
        gid="crowd-number",
    )
    px, py = ax.transData.transform(spot)
    half = size_pt * 0.9 * figure_of(ax).dpi / 72
    return (px - half, py - half, px + half, py + half)
