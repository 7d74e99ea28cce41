"""Maps and charts of a briefing as pictures, drawn from the same shapes as slides and page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from regionkit.maps.signs.theme import drawing, get_theme

if TYPE_CHECKING:
    from regionkit.briefing.model import Chart
    from regionkit.briefing.scene import Scene

__all__ = ["chart_picture", "map_picture"]

_DPI = 200
_PT_PER_MM = 72 / 25.4
_MM_PER_INCH = 25.4


def map_picture(scene: Scene, title: str) -> bytes:
    """Return a scene as a PNG of its own size."""
    from matplotlib.collections import LineCollection
    from matplotlib.figure import Figure
    from matplotlib.patches import Circle, FancyBboxPatch, PathPatch
    from matplotlib.path import Path

    with drawing(get_theme("print")):
        figure = Figure(figsize=(scene.width / _MM_PER_INCH, scene.height / _MM_PER_INCH))
        axes = figure.add_axes((0, 0, 1, 1), facecolor=scene.water)
        axes.set_xlim(0, scene.width)
        axes.set_ylim(scene.height, 0)
        axes.set_xticks([])
        axes.set_yticks([])
        # Added as artists: every patch and line would else widen the limits anew.
        for area in scene.areas:
            steps, codes = [], []
            for ring in area.rings:
                steps += [*ring, ring[0]]
                codes += [Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY]
            axes.add_artist(
                PathPatch(
                    Path(steps, codes),
                    facecolor=area.fill,
                    edgecolor=area.edge or "none",
                    linewidth=area.edge_mm * _PT_PER_MM,
                )
            )
        looks: dict[tuple[Any, ...], list[Any]] = {}
        for one in scene.lines:
            looks.setdefault((one.colour, one.width_mm, one.dashes), []).append(one.points)
        for (colour, wide, dashes), same in looks.items():
            style: Any = (0, tuple(d / wide for d in dashes)) if dashes else "solid"
            lines = LineCollection(
                same, colors=colour, linewidths=wide * _PT_PER_MM, linestyles=[style]
            )
            axes.add_collection(lines, autolim=False)
        for dot in scene.dots:
            axes.add_artist(
                Circle(
                    (dot.x, dot.y),
                    dot.size / 2,
                    facecolor=dot.fill,
                    edgecolor=dot.edge,
                    linewidth=0.8,
                    zorder=4,
                )
            )
        for label in scene.labels:
            _write(
                axes,
                label.text,
                (label.x, label.y),
                label.size_pt,
                label.colour,
                is_bold=label.is_bold,
                halo=True,
            )
        for disc in scene.discs:
            if disc.is_badge:
                wide = disc.size * 1.5
                axes.add_artist(
                    FancyBboxPatch(
                        (disc.x - wide / 2, disc.y - disc.size / 2), wide, disc.size,
                        boxstyle="round,pad=0,rounding_size=0.5", facecolor=disc.fill,
                        edgecolor=disc.edge, linewidth=0.5, zorder=6,
                    )
                )  # fmt: skip
            else:
                axes.add_artist(
                    Circle(
                        (disc.x, disc.y), disc.size / 2, facecolor=disc.fill, edgecolor=disc.edge,
                        linewidth=1.1, zorder=6,
                    )
                )  # fmt: skip
            size = disc.size * 0.62 * _PT_PER_MM
            _write(axes, disc.text, (disc.x, disc.y), size, disc.colour, is_bold=True, halo=False)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="png", dpi=_DPI, metadata={"Title": title, "Software": None})
    return buffer.getvalue()


def _write(
    axes: Any,
    text: str,
    at: tuple[float, float],
    size: float,
    colour: str,
    *,
    is_bold: bool,
    halo: bool,
) -> None:
    from matplotlib.patheffects import withStroke

    axes.text(
        *at, text, fontsize=size, color=colour, fontweight="bold" if is_bold else "normal",
        ha="center", va="center_baseline", zorder=7,
        path_effects=[withStroke(linewidth=1.8, foreground="#ffffff")] if halo else [],
    )  # fmt: skip


def chart_picture(chart: Chart, size_mm: tuple[float, float]) -> bytes:
    """Return a chart without its title as a PNG."""
    from matplotlib.figure import Figure

    with drawing(get_theme("print")):
        figure = Figure(
            figsize=(size_mm[0] / _MM_PER_INCH, size_mm[1] / _MM_PER_INCH), layout="constrained"
        )
        axes = figure.add_subplot()
        n = len(chart.labels)
        starts = [0.0] * n
        height = 0.68 if chart.is_stacked else 0.74 / len(chart.series)
        for at, series in enumerate(chart.series):
            values = [0.0 if v is None else v for v in series.values]
            shift = 0.0 if chart.is_stacked else (at - (len(chart.series) - 1) / 2) * height
            rows = [row + shift for row in range(n)]
            axes.barh(
                rows, values, height=height, left=starts if chart.is_stacked else 0.0,
                color=series.colour, label=series.name,
            )  # fmt: skip
            if chart.is_stacked:
                starts = [a + b for a, b in zip(starts, values, strict=True)]
            else:
                _values(axes, rows, values, series.values, chart.unit)
        if chart.is_stacked:
            _values(axes, list(range(n)), starts, starts, chart.unit)
        axes.set_yticks(range(n), chart.labels, fontsize=8)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.margins(x=0.16)
        axes.spines[["top", "right", "bottom"]].set_visible(False)
        axes.tick_params(length=0)
        if len(chart.series) > 1:
            axes.legend(fontsize=7.5, frameon=False, loc="upper center", ncols=4,
                        bbox_to_anchor=(0.5, 0.0), handlelength=1.0, columnspacing=1.0)  # fmt: skip
        buffer = io.BytesIO()
        figure.savefig(
            buffer, format="png", dpi=_DPI, metadata={"Title": chart.title, "Software": None}
        )
    return buffer.getvalue()


def _values(axes: Any, rows: list[float], ends: list[float], shown: Any, unit: str) -> None:
    unit = unit if unit == "%" else ""
    for row, end, value in zip(rows, ends, shown, strict=True):
        if value is not None and value:
            axes.annotate(
                f"{value:,g}{unit}", (end, row), xytext=(2, 0), textcoords="offset points",
                va="center", fontsize=7.5,
            )  # fmt: skip
