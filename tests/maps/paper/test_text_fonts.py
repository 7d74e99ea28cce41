"""A font of few characters: known to matplotlib in both weights, and short to write."""

from __future__ import annotations

import io

import geopandas as gpd
import pytest
import shapely

from regionkit.maps.paper.sheet import Sheet
from regionkit.maps.paper.text_fonts import add_text_fonts, make_text_fonts
from regionkit.maps.signs.theme import cjk_font_family, drawing, get_theme, theme


@pytest.fixture(scope="module")
def family() -> str:
    return add_text_fonts(make_text_fonts(cjk_font_family(), ["沈阳市", "0123456789 "]))


def _fonts_of(pdf: bytes) -> dict[str, bytes]:
    from pypdf import PdfReader

    fonts = {}
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for held in page["/Resources"]["/Font"].values():
            (own,) = held["/DescendantFonts"]
            descriptor = own.get_object()["/FontDescriptor"]
            fonts[held["/BaseFont"].partition("+")[2]] = descriptor["/FontFile2"].get_data()
    return fonts


def test_words_of_both_weights_are_written_and_found(family: str) -> None:
    from matplotlib.figure import Figure
    from pypdf import PdfReader

    buffer = io.BytesIO()
    with drawing(theme("print", font=family)):
        figure = Figure()
        figure.text(0.1, 0.5, "沈阳市 1")
        figure.text(0.1, 0.3, "沈阳市 2", fontweight="bold")
        # No character of the small font: a whole one writes it.
        figure.text(0.1, 0.1, "喀左")
        figure.savefig(buffer, format="pdf")
    text = PdfReader(buffer).pages[0].extract_text()
    assert all(words in text for words in ("沈阳市 1", "沈阳市 2", "喀左"))
    assert any("Bold" in name for name in _fonts_of(buffer.getvalue()))


def test_further_pages_have_true_type_fonts_too() -> None:
    pages = [Sheet(title="沈阳", theme=get_theme("print"), is_map=False).finish() for _ in range(2)]
    pages[0].more.append(pages[1])
    fonts = _fonts_of(pages[0]._pdf_of_pages(150))
    assert fonts
    assert not [name for name, data in fonts.items() if data.startswith(b"OTTO")]


def test_borders_of_neighbours_are_few_lines() -> None:
    from regionkit.maps.paper.surroundings import draw_surroundings
    from regionkit.places.projection import map_crs

    land = gpd.GeoDataFrame(geometry=[shapely.box(122.0, 41.0, 123.0, 42.0)], crs=4326)
    crs = map_crs(land)
    sheet = Sheet(title="沈阳")
    ax = sheet.axes[0]
    west, south, east, north = land.to_crs(crs).total_bounds
    ax.set_xlim(west - 4e5, east + 4e5)
    ax.set_ylim(south - 4e5, north + 4e5)
    draw_surroundings(ax, land, crs, get_theme("print"))
    (border,) = (one for one in ax.collections if one.get_gid() == "neighbour-border")
    paths = border.get_paths()
    # Strokes of two points each would never be long enough for a dash.
    assert sum(len(path.vertices) for path in paths) > 4 * len(paths)
