"""The look of maps: fonts, colours, line widths. One place to set an institution's own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import FontError, InputError
from regionkit.maps.signs.colours import SEQUENTIAL
from regionkit.maps.signs.palette import NO_DATA_COLOUR, is_cmap
from regionkit.words.message import Option, msg

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "THEMES",
    "Theme",
    "cjk_font_family",
    "drawing",
    "get_theme",
    "theme",
]

_SYSTEM_FAMILIES = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)

_COLOURS = {
    "text",
    "muted",
    "land",
    "rest",
    "neighbour",
    "neighbour_name",
    "water",
    "shore",
    "coast",
    "sea_name",
    "county_edge",
    "city_edge",
    "province_edge",
    "no_data",
}
_LEAST_SIZE, _MOST_SIZE = 4.0, 40.0


@dataclass(frozen=True)
class Theme:
    """How maps look.

    Attributes
    ----------
    name : str
    font : str
        Font family, or path of a font file (.ttf, .otf, .ttc); "" for the first Chinese one
        found.
    text, muted : str
        Colours of words and of lesser words.
    land, rest, neighbour : str
        Colours of the land a map is of, of the rest of its province, and of what lies about it.
    water, shore, coast : str
        Colours of the sea, of its band along the shore, and of the coast.
    neighbour_name, sea_name : str
        Colours of the names of provinces and countries about the map's land, and of seas.
    county_edge, city_edge, province_edge : str
        Colours of borders.
    no_data : str
        Colour of what has no value.
    base_size : float
        Size of body text on an A4 sheet, points.
    use_patterns : bool
        Whether classes and zones are told apart by patterns as well, for black and white.
    cmap : str
        Colormap of choropleths.
    institution : str
        Printed in the lower right of each sheet.
    """

    name: str = "print"
    font: str = ""
    text: str = "#1f2a33"
    muted: str = "#55606a"
    land: str = "#faf8f2"
    rest: str = "#f3f0e9"
    neighbour: str = "#ebe8e1"
    neighbour_name: str = "#68645b"
    water: str = "#e1ecf1"
    shore: str = "#cfe0e8"
    coast: str = "#6f98ad"
    sea_name: str = "#3f6e87"
    county_edge: str = "#d3cfc5"
    city_edge: str = "#9a958a"
    province_edge: str = "#5a554c"
    no_data: str = NO_DATA_COLOUR
    base_size: float = 8.0
    use_patterns: bool = False
    cmap: str = SEQUENTIAL
    institution: str = ""

    @property
    def small_size(self) -> float:
        """Size of notes and lesser words, points: no less than 7 on an A4 sheet."""
        return self.base_size * 0.88


THEMES: dict[str, Theme] = {
    "print": Theme(),
    "projector": Theme(
        name="projector", base_size=11.0, county_edge="#a8a398", city_edge="#6f6a60", text="#000000"
    ),
    "bw": Theme(
        name="bw",
        text="#1b1b1b",
        land="#ffffff",
        rest="#f4f4f4",
        neighbour="#e8e8e8",
        neighbour_name="#555555",
        water="#ffffff",
        shore="#f0f0f0",
        coast="#555555",
        sea_name="#555555",
        county_edge="#8a8a8a",
        city_edge="#000000",
        province_edge="#000000",
        muted="#333333",
        use_patterns=True,
        cmap="Greys",
    ),
}


def get_theme(theme: str | Theme) -> Theme:
    """Return a theme by name, or the theme itself.

    Raises
    ------
    InputError
        No theme has that name.
    """
    if isinstance(theme, Theme):
        return theme
    if theme not in THEMES:
        raise InputError(
            msg("{option} is not known.", option=Option("theme", theme)),
            mend=msg("Use one of {choices}.", choices=tuple(THEMES)),
        )
    return THEMES[theme]


@cache
def cjk_font_family() -> str:
    """Return a font family with Chinese glyphs: the system's, else that of mpl-font.

    Raises
    ------
    FontError
        None is found; the message names what to install.
    """
    from matplotlib import font_manager

    known = {font.name for font in font_manager.fontManager.ttflist}
    for family in _SYSTEM_FAMILIES:
        if family in known:
            return family
    carried = _carried_fonts()
    for path in carried:
        font_manager.fontManager.addfont(path)
    if carried:
        return font_manager.FontProperties(fname=carried[0]).get_name()
    raise FontError(
        msg("No font with Chinese glyphs is installed, so labels would be empty boxes."),
        mend=msg(
            "Install one: `python -m pip install mpl-font`, or Noto Sans CJK (Debian: "
            "fonts-noto-cjk)."
        ),
    )


def _carried_fonts() -> list[Path]:
    """Return the regular, then bold, Noto files of the package mpl-font, if installed."""
    from importlib.util import find_spec

    spec = find_spec("mpl_font")
    if spec is None or not spec.submodule_search_locations:
        return []
    folder = Path(next(iter(spec.submodule_search_locations))) / "fonts" / "noto"
    found = [folder / f"NotoSansCJKsc-{weight}.otf" for weight in ("Regular", "Bold")]
    return [path for path in found if path.is_file()]


@contextmanager
def drawing(theme: Theme) -> Iterator[None]:
    """Draw with a theme's fonts and sizes; matplotlib's own settings come back afterwards."""
    import matplotlib as mpl

    family = _family(theme.font)
    with mpl.rc_context(
        {
            # What a font of few characters lacks is written in a whole one.
            "font.family": [*dict.fromkeys([family, cjk_font_family()]), "DejaVu Sans"],
            "font.size": theme.base_size,
            "axes.unicode_minus": False,
            "hatch.linewidth": 1.0,
            "svg.fonttype": "none",
            "svg.hashsalt": "regionkit",
            "pdf.compression": 6,
            # Whole fonts, so that the text of a page is found, copied and edited.
            "pdf.fonttype": 42,
            "ps.fonttype": 42,
            # Text is text: two $ are money, whatever the caller's settings.
            "text.parse_math": False,
            "text.usetex": False,
            # The page keeps its own ground when it is written under a dark style.
            "savefig.facecolor": "auto",
            "savefig.edgecolor": "auto",
            "path.simplify": False,
            "text.color": theme.text,
        }
    ):
        yield


@cache
def _family(font: str) -> str:
    """Return the family of a font's name or file, known to matplotlib from then on.

    Raises
    ------
    FontError
        There is no such font or file.
    """
    if not font:
        return cjk_font_family()
    from matplotlib import font_manager

    if Path(font).suffix.lower() in {".ttf", ".otf", ".ttc"}:
        try:
            font_manager.fontManager.addfont(font)
            return font_manager.FontProperties(fname=font).get_name()
        except (OSError, RuntimeError) as error:
            raise FontError(
                msg("The font file {font} cannot be read ({error}).", font=font, error=error),
                mend=msg("Give the path of a .ttf, .otf or .ttc file."),
            ) from error
    known = {entry.name for entry in font_manager.fontManager.ttflist}
    if font not in known and font != cjk_font_family():
        import difflib

        near = difflib.get_close_matches(font, sorted(known), n=3)
        raise FontError(
            msg("{option} is not installed.", option=Option("font", font)),
            mend=msg(
                "Nearest are: {nearest}. Install it, give the path of its file, or leave font out.",
                nearest=tuple(near) or msg("none"),
            ),
        )
    return font


def theme(base: str | Theme = "print", /, **changes: Any) -> Theme:
    """Return a theme with an institution's own colours, font and name.

    Parameters
    ----------
    base : {"print", "projector", "bw"} or Theme
        What is changed.
    **changes
        Attributes of :class:`Theme`: ``font``, ``base_size``, ``cmap``, ``use_patterns``,
        ``institution``, ``name``, and each of its colours.

    Raises
    ------
    InputError
        An attribute or colour does not exist, or the size is out of range.
    FontError
        The font is not installed.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.signs.theme import theme
    >>> ours = theme("print", cmap="Blues", city_edge="#7a1f1f", institution="某市规划院")
    >>> ours.cmap, ours.institution
    ('Blues', '某市规划院')
    """
    from matplotlib.colors import is_color_like

    names = [entry.name for entry in fields(Theme)]
    unknown = sorted(set(changes) - set(names))
    if unknown:
        raise InputError(
            msg("A theme has no {choices}.", choices=tuple(unknown)),
            mend=msg("It has: {known}.", known=tuple(names)),
        )
    for name in _COLOURS & set(changes):
        if not is_color_like(changes[name]):
            raise InputError(
                msg("{option} is no colour.", option=Option(name, changes[name])),
                mend=msg("Write it like '#1b6ca8'."),
            )
    if not is_cmap(changes.get("cmap", SEQUENTIAL)):
        raise InputError(
            msg("{option} is no matplotlib colormap.", option=Option("cmap", changes["cmap"])),
            mend=msg("Try YlGnBu, Blues or Greys."),
        )
    made = replace(get_theme(base), **changes)
    if not _LEAST_SIZE <= made.base_size <= _MOST_SIZE:
        raise InputError(
            msg("{option} is out of range.", option=Option("base_size", made.base_size)),
            mend=msg(
                "Give {least:g} to {most:g} points.",
                least=_LEAST_SIZE,
                most=_MOST_SIZE,
            ),
        )
    _family(made.font)
    return made
