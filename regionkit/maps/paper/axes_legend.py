"""Title and legend of a map on Axes, by matplotlib's own means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from regionkit.maps.paper.axes import figure_of
from regionkit.maps.paper.routes import line_style, marker_path, marker_stroke
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.stages import symbol_edge, symbol_face
from regionkit.maps.signs.wrap import wrap_text
from regionkit.words.plain import drawn_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.maps.signs.label_seats import Box
    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.theme import Theme

__all__ = ["axes_legend", "ink_on", "is_within", "legend_boxes", "make_room", "write_title"]


# Full-width characters on a line of the legend, so that long words leave the map its room.
_PER_LINE = 16
# Width of a route in the legend, points.
_USUAL_PT = 1.8


# A figure darker than this takes light words; one as good as transparent shows the page.
_DARK, _SEEN, _LIGHT_INK = 0.25, 0.5, "#f2f2f2"
# Share of Axes among others that a legend within them may take.
_MOST_LEGEND = 0.42
# Full-width characters of a title over Axes on a figure of 8 inches, a legend beside them.
_TITLE_CHARACTERS = 30


def write_title(ax: Axes, title: str) -> None:
    """Write a title over Axes as it is given, in lines that the figure has room for.

    In the map's font and in a colour that is read on the figure, also where the caller's Axes were
    made with other settings.
    """
    import matplotlib as mpl

    wide = figure_of(ax).get_size_inches()[0]
    lines = wrap_text(drawn_text(title), max(_TITLE_CHARACTERS * wide / 8.0, 8.0))
    written = ax.set_title(
        "\n".join(lines), fontfamily=mpl.rcParams["font.family"], color=ink_on(ax)
    )
    written.set_parse_math(False)
    written.set_usetex(False)


def ink_on(ax: Axes) -> str:
    """Return the colour of words beside a map: light on a dark figure, else that of the drawing."""
    import matplotlib as mpl
    from matplotlib.colors import to_hex, to_rgba

    red, green, blue, alpha = to_rgba(figure_of(ax).get_facecolor())
    is_dark = alpha > _SEEN and luminance(to_hex((red, green, blue))) < _DARK
    return _LIGHT_INK if is_dark else str(mpl.rcParams["text.color"])


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
    per_line = _line_length(ax, theme)
    words = ["\n".join(wrap_text(item.label, per_line)) for item in drawn]
    style: dict[str, Any] = {
        "frameon": False,
        "fontsize": theme.base_size,
        "title_fontsize": theme.base_size,
        "alignment": "left",
    }
    ink = ink_on(ax)
    style["labelcolor"] = ink
    if is_within(ax):
        # In a place among others the legend keeps to its own Axes, on the figure's ground.
        style |= {"frameon": True, "framealpha": 1.0, "fancybox": False, "edgecolor": "none"}
        style["facecolor"] = figure_of(ax).get_facecolor()
    title = None if title is None else "\n".join(wrap_text(title, per_line))
    side = "right" if is_within(ax) else "left"
    upper, middle, lower = (cast("Any", f"{at} {side}") for at in ("upper", "center", "lower"))
    circles = [number for number, item in enumerate(drawn) if item.kind == "circle"]
    largest = max((drawn[number].size for number in circles), default=0.0)
    if circles and largest > theme.base_size and len(circles) < len(handles):
        # Circles larger than a line of words need a legend with wider spacing.
        first = circles[0] - (drawn[circles[0] - 1].kind == "heading")
        own = ax.legend(
            handles=[handles[number] for number in circles],
            labels=[words[number] for number in circles],
            title=words[first],
            loc=upper,
            bbox_to_anchor=(1.0, 0.26),
            handletextpad=1.6,
            labelspacing=largest / theme.base_size * 0.55,
            **style,
        )
        ax.add_artist(own)
        legends = [
            own,
            ax.legend(
                handles=handles[:first],
                labels=words[:first],
                title=title,
                loc=lower,
                bbox_to_anchor=(1.0, 0.28),
                **style,
            ),
        ]
    else:
        legends = [
            ax.legend(
                handles=handles,
                labels=words,
                title=title,
                loc=middle,
                bbox_to_anchor=(1.0, 0.5),
                **style,
            )
        ]
    for legend in legends:
        legend.get_title().set_color(ink)
    if is_within(ax):
        make_room(ax, max(legend.get_window_extent().width for legend in legends))


def _line_length(ax: Axes, theme: Theme) -> float:
    """Return how many full-width characters a line of the legend has."""
    if not is_within(ax):
        return _PER_LINE
    figure = figure_of(ax)
    wide_pt = ax.get_position(original=True).width * figure.get_size_inches()[0] * 72
    return float(min(max(wide_pt * _MOST_LEGEND / theme.base_size - 3, 5.0), _PER_LINE))


def is_within(ax: Axes) -> bool:
    """Return whether a legend has to keep within its Axes: no layout gives it room beside them."""
    return figure_of(ax).get_layout_engine() is None


def legend_boxes(ax: Axes) -> list[Box]:
    """Return what legends that keep within their Axes cover, in pixels."""
    if not is_within(ax):
        return []
    drawn = [one for one in ax.get_children() if type(one).__name__ == "Legend"]
    drawn += [one for one in ax.patches if one.get_gid() == "legend-ground"]
    boxes = [one.get_window_extent() for one in drawn]
    return [(box.x0, box.y0, box.x1, box.y1) for box in boxes]


def make_room(ax: Axes, wide_px: float) -> None:
    """Widen the limits of Axes of equal lengths so that the map leaves a legend room at the right.

    The Axes keep their place on the figure, which the limits fill.
    """
    figure = figure_of(ax)
    box = ax.get_position(original=True)
    dots = figure.get_size_inches() * figure.dpi
    across, up = box.width * dots[0], box.height * dots[1]
    legend = min(wide_px * 1.04, across * 0.7)
    (west, east), (south, north) = ax.get_xlim(), ax.get_ylim()
    scale = max((east - west) / (across - legend), (north - south) / up)
    left = (west + east) / 2 - (across - legend) * scale / 2
    middle = (south + north) / 2
    ax.set_xlim(left, left + across * scale)
    ax.set_ylim(middle - up * scale / 2, middle + up * scale / 2)


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
