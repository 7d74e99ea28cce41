"""Title and legend of a map on Axes, by matplotlib's own means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.paper.axes import figure_of
from regionkit.maps.paper.routes import line_style, marker_path, marker_stroke
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.stages import symbol_edge, symbol_face
from regionkit.maps.signs.wrap import wrap_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = ["axes_legend", "write_title"]


# Full-width characters on a line of the legend, so that long words leave the map its room.
_PER_LINE = 16
# Width of a route in the legend, points.
_USUAL_PT = 1.8


# Full-width characters of a title over Axes on a figure of 8 inches, a legend beside them.
_TITLE_CHARACTERS = 30


def write_title(ax: Axes, title: str) -> None:
    """Write a title over Axes as it is given, in lines that the figure has room for."""
    import matplotlib as mpl

    wide = figure_of(ax).get_size_inches()[0]
    lines = wrap_text(title, max(_TITLE_CHARACTERS * wide / 8.0, 8.0))
    # The title of the caller's own Axes was made with the caller's font.
    family = mpl.rcParams["font.family"]
    ax.set_title("\n".join(lines), fontfamily=family).set_parse_math(False)


def axes_legend(ax: Axes, items: list[LegendItem], theme: Theme) -> None:
    """Draw legend items with matplotlib's own legend, beside the map; headings stand over theirs.

    Parameters
    ----------
    ax : Axes
    items : list of LegendItem
    theme : Theme
    """
    drawn = [item for item in items if item.kind not in {"note", "grid"}]
    # The first heading is the legend's title; the others are rows of their own.
    title = drawn.pop(0).label if drawn and drawn[0].kind == "heading" else None
    handles = [_handle(item, theme) for item in drawn]
    words = ["\n".join(wrap_text(item.label, _PER_LINE)) for item in drawn]
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": theme.base_size,
        "title_fontsize": theme.base_size,
        "alignment": "left",
    }
    title = None if title is None else "\n".join(wrap_text(title, _PER_LINE))
    circles = [number for number, item in enumerate(drawn) if item.kind == "circle"]
    largest = max((drawn[number].size for number in circles), default=0.0)
    if circles and largest > theme.base_size and len(circles) < len(handles):
        # Circles larger than a line of words need a legend with wider spacing.
        first = circles[0] - (drawn[circles[0] - 1].kind == "heading")
        own = ax.legend(
            handles=[handles[number] for number in circles],
            labels=[words[number] for number in circles],
            title=words[first],
            loc="upper left",
            bbox_to_anchor=(1.0, 0.26),
            handletextpad=1.6,
            labelspacing=largest / theme.base_size * 0.55,
            **style,
        )
        ax.add_artist(own)
        ax.legend(
            handles=handles[:first],
            labels=words[:first],
            title=title,
            loc="lower left",
            bbox_to_anchor=(1.0, 0.28),
            **style,
        )
        return
    ax.legend(
        handles=handles,
        labels=words,
        title=title,
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
        **style,
    )


def _handle(item: LegendItem, theme: Theme) -> Any:
    """Return what stands before a legend's words; several on one another as a tuple."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if item.kind == "heading":
        return Line2D([], [], linestyle="none")
    if item.kind == "swatch":
        return Patch(
            facecolor=item.colour,
            edgecolor=item.hatch_colour,
            hatch=item.hatch or None,
            linewidth=0.4,
            alpha=item.alpha if item.alpha < 1 else None,
        )
    if item.kind == "circle":
        return Line2D(
            [],
            [],
            linestyle="none",
            marker="o",
            alpha=0.75,
            markerfacecolor=item.colour,
            markeredgecolor=theme.text,
            markeredgewidth=0.5,
            markersize=item.size,
        )
    if item.kind == "badge":
        return Line2D(
            [],
            [],
            linestyle="none",
            marker="s",
            markerfacecolor=item.colour,
            markeredgewidth=0.0,
            markersize=theme.base_size,
        )
    whole = Line2D([], [], **{**_line_style(item), **_marker_style(item, theme)})
    parts = [whole]
    if item.stroke is not None and item.stroke.core:
        width = (item.stroke.width_pt or _USUAL_PT * item.stroke.share) * item.stroke.core
        parts.append(Line2D([], [], color="#ffffff", linewidth=width, solid_capstyle="butt"))
    within = _within_symbol(item, theme)
    if within is not None:
        parts.append(Line2D([], [], linestyle="none", **within))
    return tuple(parts) if len(parts) > 1 else whole


def _within_symbol(item: LegendItem, theme: Theme) -> dict[str, Any] | None:
    """Return the point within the symbol of what is built, in black and white."""
    if item.kind == "line" or item.fill != "done" or item.colour != GREY:
        return None
    return {
        "marker": "o",
        "markersize": theme.base_size * 0.9 * 0.34,
        "markerfacecolor": "#ffffff",
        "markeredgewidth": 0.0,
    }


def _line_style(item: LegendItem) -> dict[str, Any]:
    """Return the line of an item: none of a kind that has points alone."""
    stroke = item.stroke
    if stroke is None:
        return {"linestyle": "none"}
    width = stroke.width_pt or _USUAL_PT * stroke.share
    return {"color": stroke.colour, "linestyle": line_style(stroke), "linewidth": width}


def _marker_style(item: LegendItem, theme: Theme) -> dict[str, Any]:
    """Return the symbol of an item; of a line its mark."""
    if item.kind == "line":
        mark = item.stroke.mark if item.stroke is not None else ""
        if not mark:
            return {}
        return {
            "marker": marker_stroke() if mark == "tick" else marker_path(mark),
            "markersize": theme.base_size * 0.6,
            "markerfacecolor": "#ffffff",
            "markeredgecolor": item.colour,
        }
    return {
        "marker": marker_path(item.shape),
        "markerfacecolor": symbol_face(item.colour, item.fill),
        "markeredgecolor": symbol_edge(item.colour, item.fill),
        "markersize": theme.base_size * 0.9,
        "alpha": item.alpha if item.alpha < 1 else None,
    }
