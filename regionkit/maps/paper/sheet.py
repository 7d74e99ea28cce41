"""A finished sheet: map, title, legend, scale bar, source line, approval number."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.files import write_aside
from regionkit.imprint import Imprint, current_imprint
from regionkit.maps.paper.legend import draw_legend, legend_fits, legend_height
from regionkit.maps.paper.pdf_fonts import with_true_type
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.theme import Theme, drawing, get_theme
from regionkit.maps.signs.words import check_lang, projection_words
from regionkit.maps.signs.wrap import text_width, wrap_text
from regionkit.words.message import Option, join, msg, say
from regionkit.words.plain import cut_text, drawn_text

if TYPE_CHECKING:
    import pyproj
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["PAGE_SIZES_MM", "Sheet"]

PAGE_SIZES_MM: dict[str, tuple[float, float]] = {
    "A4": (297.0, 210.0),
    "A4-portrait": (210.0, 297.0),
    "A3": (420.0, 297.0),
    "A3-portrait": (297.0, 420.0),
    "16:9": (338.7, 190.5),
    "column": (150.0, 120.0),
}
# Letters that a sheet has room for beside its map.
_LONGEST_TITLE, _LONGEST_MESSAGE, _LONGEST_SOURCE = 120, 360, 1500
_MARGIN_MM = 9.0
_LEGEND_MM = 62.0
_MM_PER_PT = 0.353
# Most that a logo takes of a sheet with letters of 8 points, and the air beside it.
_LOGO_MM, _LOGO_AIR_MM = (42.0, 13.0), 4.0
# Of title and message, in sizes of body text.
_TITLE_SCALES, _MESSAGE_SCALE = (2.25, 1.9, 1.7, 1.5), 1.375
# A page holds title, map, legend and source line from so many sizes of body text on.
_LEAST_WIDE, _LEAST_HIGH = 11.0, 8.5


@dataclass
class Sheet:
    """A page with one or more maps, made by :func:`regionkit.layout` and the atlas.

    Attributes
    ----------
    imprint : Imprint
        Approval number, institution, author and date; what is empty is that of
        :func:`regionkit.imprint.imprinting`.
    figure : Figure
    axes : list of Axes
        The maps.
    items : list of LegendItem
        Of the legend; known from the start, they make it no larger than it needs to be.
    lang : {"zh", "en"}
        Of the sheet's own words.
    is_map : bool
        Whether the page has maps at all: one that continues an index has none.
    more : list of Sheet
        Further pages, finished.
    index : tuple of project_id
        What the index of the sheet and its further pages names.
    legend_shrink : float
        Size of the legend's words as a share of the theme's, once finished.
    """

    title: str
    subtitle: str = ""
    size: str | tuple[float, float] = "A4"
    theme: Theme = field(default_factory=Theme)
    source: str = ""
    imprint: Imprint = field(default_factory=Imprint)
    n_maps: int = 1
    legend_mm: float | None = None
    lang: str = "zh"
    is_map: bool = True
    more: list[Sheet] = field(default_factory=list, repr=False)
    index: tuple[Any, ...] = ()
    figure: Figure = field(init=False, repr=False)
    axes: list[Axes] = field(init=False, repr=False)
    items: list[LegendItem] = field(default_factory=list, repr=False)
    legend_axes: Axes | None = field(default=None, repr=False)
    legend_shrink: float = field(default=1.0, init=False, repr=False)

    def __post_init__(self) -> None:
        """Open the page."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.theme = get_theme(self.theme)
        check_lang(self.lang)
        self.title = cut_text(drawn_text(self.title), _LONGEST_TITLE)
        self.subtitle = cut_text(drawn_text(self.subtitle), _LONGEST_MESSAGE)
        self.source = cut_text(drawn_text(self.source), _LONGEST_SOURCE)
        self.page_mm = self._page_size()
        width, height = self.page_mm
        self.figure = Figure(figsize=(width / 25.4, height / 25.4), dpi=150, facecolor="#ffffff")
        FigureCanvasAgg(self.figure)
        self.is_wide = width >= height
        legend = self.legend_mm if self.legend_mm is not None else self._side_mm()
        left, right = _MARGIN_MM, width - _MARGIN_MM
        top, bottom = height - self._title_mm(), self._foot_mm()
        if self.is_wide:
            self._legend_box = (right - legend, bottom, legend, top - bottom)
            map_right = right - legend - (3.0 if legend else 0.0)
            map_bottom = bottom
        else:
            depth = self._strip_mm(right - left) if legend else 0.0
            self._legend_box = (left, bottom, right - left, depth)
            map_right, map_bottom = right, bottom + depth + (4.0 if legend else 0.0)
        self.body_mm = (left, bottom, right, top)
        self.axes = self._map_axes(left, map_bottom, map_right, top) if self.is_map else []
        for ax in self.axes:
            ax.set_axis_off()

    def _side_mm(self) -> float:
        """Return the width of a legend beside the map; no more than its words need, if known."""
        most = min(_LEGEND_MM, self.page_mm[0] * 0.34)
        if not self.items or not self.is_wide:
            return most
        if most >= _LEGEND_MM:
            # On a larger page the map is bounded by its height: a narrow legend gains nothing,
            # and one of many lines gets the width that it is read in.
            high = self.page_mm[1] - self._title_mm() - self._foot_mm()
            items = [*self.items, LegendItem("　" * 36, "note")]
            widths = (most, most * 1.2, most * 1.4, most * 1.6)
            return next(
                (wide for wide in widths if legend_fits(items, self.theme, wide, high)), widths[-1]
            )
        mm = self.theme.base_size * _MM_PER_PT
        words = max(text_width(item.label) for item in self.items if item.kind != "note")
        return max(min(most, (words + 4.0) * mm * 1.06), most * 0.72)

    def _strip_mm(self, wide: float) -> float:
        """Return the height of a legend below the map: what it needs, if known, else a quarter."""
        most = self.page_mm[1] * 0.24
        if not self.items:
            return most
        # Room for the projection, which is told when the sheet is finished.
        items = [*self.items, LegendItem("　" * 48, "note")]
        return legend_height(items, self.theme, wide, most, columns=3)

    def _page_size(self) -> tuple[float, float]:
        if isinstance(self.size, tuple):
            base = self.theme.base_size
            wide, high = round(_LEAST_WIDE * base), round(_LEAST_HIGH * base)
            if len(self.size) != 2 or not all(map(math.isfinite, self.size)):
                raise InputError(
                    msg("{option} is no page.", option=Option("size", self.size)),
                    mend=msg("Give (width, height) in millimetres, such as (150, 120)."),
                )
            if self.size[0] < wide or self.size[1] < high:
                raise InputError(
                    msg(
                        "{option} is too small for a map with title, legend and source line at "
                        "{base:g} points: they would lie on one another.",
                        option=Option("size", self.size),
                        base=base,
                    ),
                    mend=msg(
                        "Give {wide} by {high} mm or more, a theme with a smaller base_size, "
                        "or draw the map alone with rk.choropleth.",
                        wide=wide,
                        high=high,
                    ),
                )
            return self.size
        if self.size not in PAGE_SIZES_MM:
            raise InputError(
                msg("{option} is not known.", option=Option("size", self.size)),
                mend=msg(
                    "Use one of {choices}, or (width, height) in millimetres.",
                    choices=tuple(PAGE_SIZES_MM),
                ),
            )
        return PAGE_SIZES_MM[self.size]

    def _title_mm(self) -> float:
        base = self.theme.base_size * _MM_PER_PT
        return (
            _MARGIN_MM
            + self._title_lines()[1] * _MM_PER_PT * 1.15 * len(self._title_lines()[0])
            + (base * _MESSAGE_SCALE * 1.4 * len(self._subtitle_lines()))
            + 3
        )

    def _title_lines(self) -> tuple[list[str], float]:
        """Return the title in lines and their size in points: smaller, then wrapped, if long."""
        room = self.page_mm[0] - 2 * _MARGIN_MM - self._logo_mm[0]
        for scale in _TITLE_SCALES:
            size = self.theme.base_size * scale
            if text_width(self.title) * size * _MM_PER_PT * 1.02 <= room:
                return [self.title], size
        return wrap_text(self.title, room / (size * _MM_PER_PT * 1.02)), size

    def _subtitle_lines(self) -> list[str]:
        room = self.page_mm[0] - 2 * _MARGIN_MM - self._logo_mm[0]
        per_line = room / (self.theme.base_size * _MESSAGE_SCALE * _MM_PER_PT * 1.02)
        return wrap_text(self.subtitle, per_line) if self.subtitle else []

    @cached_property
    def _logo(self) -> Any:
        """The institution's picture as an array; None without one.

        Raises
        ------
        InputError
            It cannot be read.
        """
        path = self.imprint.logo or current_imprint().logo
        if not path:
            return None
        from matplotlib.image import imread
        from PIL.Image import DecompressionBombError

        try:
            return imread(path)
        except (OSError, SyntaxError, ValueError, DecompressionBombError) as error:
            raise InputError(
                msg("The logo cannot be read: {reason}.", reason=str(error)),
                where=str(path),
                mend=msg("Give a picture, .png or .jpg."),
            ) from error

    @property
    def _logo_mm(self) -> tuple[float, float]:
        """Width and height of the picture with the air beside it, millimetres."""
        if self._logo is None:
            return (0.0, 0.0)
        high, wide = self._logo.shape[:2]
        scale = min(_LOGO_MM[0] / wide, _LOGO_MM[1] / high) * self.theme.base_size / 8.0
        return (wide * scale + _LOGO_AIR_MM, high * scale)

    def _draw_logo(self) -> None:
        if self._logo is None:
            return
        width, height = self.page_mm
        wide, high = self._logo_mm[0] - _LOGO_AIR_MM, self._logo_mm[1]
        ax = self._add_axes(width - _MARGIN_MM - wide, height - _MARGIN_MM - high + 1.0, wide, high)
        ax.imshow(self._logo, aspect="auto", interpolation="antialiased")
        ax.set_axis_off()
        ax.set_gid("logo")

    def _foot_mm(self) -> float:
        lines = max(len(self._foot_lines()), len(self._right_lines()))
        return _MARGIN_MM + lines * self.theme.small_size * 1.45 * _MM_PER_PT + 1.5

    def _right_lines(self) -> list[str]:
        """Return approval number or 示意图, then institution and date, for the lower right."""
        general = current_imprint()
        own = Imprint(
            self.imprint.approval_number or general.approval_number,
            self.imprint.institution or general.institution or self.theme.institution,
            self.imprint.author or general.author,
            self.imprint.date or general.date,
        )
        mark = own.mark(self.lang)
        signed = join(own.signature(self.lang), "space").render(self.lang)
        return [mark, signed] if signed else [mark]

    def _foot_lines(self) -> list[str]:
        """Return the source in lines that end short of what stands on the right."""
        if not self.source:
            return [""]
        mm = self.theme.small_size * _MM_PER_PT
        right = max(text_width(line) for line in self._right_lines()) * mm * 1.04 + 6
        room = max(self.page_mm[0] - 2 * _MARGIN_MM - right, 30.0)
        return wrap_text(
            say("Source: {source}", lang=self.lang, source=self.source), room / (mm * 1.02)
        )

    def _map_axes(self, left: float, bottom: float, right: float, top: float) -> list[Axes]:
        """Return the maps' Axes in a grid as square as the page allows."""
        count = self.n_maps
        gap = 3.0
        # As many columns as make the maps, a little wider than high, largest.
        shape = 1.1
        columns = max(
            range(1, count + 1),
            key=lambda n: (min((right - left) / n, (top - bottom) / -(-count // n) * shape), -n),
        )
        rows = -(-count // columns)
        wide = (right - left - gap * (columns - 1)) / columns
        # Each of several maps has its own title above it.
        gap_y = gap + (self.theme.base_size * 1.9 * _MM_PER_PT if count > 1 else 0.0)
        top -= gap_y - gap
        high = (top - bottom - gap_y * (rows - 1)) / rows
        return [
            self._add_axes(
                left + (i % columns) * (wide + gap),
                top - (i // columns + 1) * high - (i // columns) * gap_y,
                wide,
                high,
            )
            for i in range(count)
        ]

    def _add_axes(self, left: float, bottom: float, wide: float, high: float) -> Axes:
        width, height = self.page_mm
        return self.figure.add_axes((left / width, bottom / height, wide / width, high / height))

    @property
    def pages(self) -> list[Sheet]:
        """The sheet and its further pages, in their order."""
        return [self, *self.more]

    def place_map(self, left: float, bottom: float, wide: float, high: float) -> None:
        """Set the only map to a box of the page, millimetres from its lower left corner."""
        width, height = self.page_mm
        self.axes[0].set_position((left / width, bottom / height, wide / width, high / height))

    def columns_axes(self) -> Axes:
        """Return Axes over the whole page, in millimetres from its lower left corner."""
        width, height = self.page_mm
        ax = self._add_axes(0.0, 0.0, width, height)
        ax.set_xlim(0, width)
        ax.set_ylim(0, height)
        ax.set_axis_off()
        ax.set_gid("columns")
        self.legend_axes = ax
        return ax

    def add_legend(self, items: list[LegendItem]) -> None:
        """Add lines to the legend."""
        self.items.extend(items)

    def add_legends_below(self, legends: list[list[LegendItem]]) -> None:
        """Draw a legend under each map, which gives way by what the longest needs.

        Call it before the maps are drawn.
        """
        width, height = self.page_mm
        places = [ax.get_position() for ax in self.axes]
        wide = places[0].width * width - 4.0
        needed = max(
            legend_height(items, self.theme, wide, places[0].height * height * 0.5, columns=2)
            for items in legends
        )
        with drawing(self.theme):
            for ax, place, items in zip(self.axes, places, legends, strict=True):
                low = place.y0 * height
                ax.set_position(
                    (place.x0, (low + needed + 3.0) / height, place.width,
                     place.height - (needed + 3.0) / height)
                )  # fmt: skip
                own = self._add_axes(place.x0 * width + 2.0, low, wide, needed)
                own.set_xlim(0, wide)
                own.set_ylim(-needed, 0)
                own.set_axis_off()
                own.set_gid("legend-below")
                draw_legend(own, items, self.theme, columns=2)

    def finish(self, crs: pyproj.CRS | None = None) -> Sheet:
        """Write title, legend, source line and projection; return the sheet."""
        with drawing(self.theme):
            self._write(crs)
        return self

    def _write(self, crs: pyproj.CRS | None) -> None:
        width, height = self.page_mm
        base = self.theme.base_size
        text = self.figure.text
        lines, size = self._title_lines()
        # The corner of an opening quotation mark would stand in from the margin by half its width.
        shift = size * _MM_PER_PT * 0.5 if self.title.startswith(("“", "《", "「")) else 0.0
        text(
            (_MARGIN_MM - shift) / width,
            1 - (_MARGIN_MM - 1) / height,
            "\n".join(lines),
            fontsize=size,
            fontweight="bold",
            va="top",
            gid="title",
            linespacing=1.2,
        )
        if self.subtitle:
            down = _MARGIN_MM + size * _MM_PER_PT * (1.35 + 1.5 * (len(lines) - 1))
            shift = (
                base * _MESSAGE_SCALE * _MM_PER_PT * 0.5
                if self.subtitle.startswith(("“", "《", "「"))
                else 0.0
            )
            text(
                (_MARGIN_MM - shift) / width,
                1 - down / height,
                "\n".join(self._subtitle_lines()),
                fontsize=base * _MESSAGE_SCALE,
                color=self.theme.text,
                va="top",
                gid="subtitle",
                linespacing=1.2,
            )
        small = self.theme.small_size
        step = small * 1.45 * _MM_PER_PT
        for side, gid, words in (
            ("left", "source", self._foot_lines()),
            ("right", "approval", self._right_lines()),
        ):
            x = _MARGIN_MM / width if side == "left" else 1 - _MARGIN_MM / width
            for number, line in enumerate(reversed(words)):
                text(
                    x,
                    (_MARGIN_MM - 2 + number * step) / height,
                    line,
                    fontsize=small,
                    color=self.theme.muted,
                    va="bottom",
                    ha=side,
                    gid=gid,
                )
        self._draw_logo()
        if self.items and self.legend_axes is None:
            notes = (
                [LegendItem(projection_words(crs, self.lang), "note")] if crs is not None else []
            )
            self._draw_legend([*self.items, *notes])

    def _draw_legend(self, items: list[LegendItem]) -> None:
        """Draw the legend in its box."""
        left, bottom, wide, high = self._legend_box
        ax = self._add_axes(left, bottom, wide, high)
        ax.set_xlim(0, wide)
        ax.set_ylim(-high, 0)
        ax.set_axis_off()
        self.legend_axes = ax
        self.legend_shrink = draw_legend(ax, items, self.theme, columns=1 if self.is_wide else 3)

    def save(self, path: str | Path, *, dpi: int = 300) -> Path:
        """Write the sheet as .pdf, .svg or .png, by the file's ending; return the path.

        Raises
        ------
        InputError
            The ending is none of these.
        OutputError
            The file cannot be written; nothing is left half written.
        """
        path = Path(path)
        kind = path.suffix.lower().lstrip(".")
        if kind not in {"pdf", "svg", "png"}:
            raise InputError(
                msg("{name!r} ends in none of .pdf, .svg and .png.", name=path.name),
                mend=msg("Name the file so."),
            )
        buffer = io.BytesIO()
        if kind == "pdf" and self.more:
            write_aside(path, self._pdf_of_pages(dpi))
            return path
        # No date inside, so that the same map is the same file.
        dateless = {"pdf": {"CreationDate": None}, "svg": {"Date": None}, "png": {}}[kind]
        with drawing(self.theme):
            self.figure.savefig(
                buffer, format=kind, dpi=dpi, metadata={"Title": self.title, **dateless}
            )
        data = buffer.getvalue()
        write_aside(path, with_true_type(data) if kind == "pdf" else data)
        return path

    def _pdf_of_pages(self, dpi: int) -> bytes:
        """Return the sheet and its further pages as one PDF."""
        from matplotlib.backends.backend_pdf import PdfPages

        buffer = io.BytesIO()
        told = {"Title": self.title, "CreationDate": None}
        with drawing(self.theme), PdfPages(buffer, metadata=told) as book:
            for page in self.pages:
                book.savefig(page.figure, dpi=dpi)
        return with_true_type(buffer.getvalue())

    def _repr_png_(self) -> bytes:
        """Show the sheet in a notebook."""
        buffer = io.BytesIO()
        with drawing(self.theme):
            self.figure.savefig(buffer, format="png", dpi=110)
        return buffer.getvalue()
