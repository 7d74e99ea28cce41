"""Points of any kind as symbols, units that a table states, what dots refuses."""

import geopandas as gpd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import InputError
from regionkit.maps.paper.dots import dots


@pytest.fixture
def firms():
    return gpd.GeoDataFrame(
        {"name": ["a", "b"], "output": [10.0, 90.0]},
        geometry=gpd.points_from_xy([121.1, 123.4], [41.1, 41.8]),
        crs=4326,
    )


def squares(firms, half):
    boxes = [shapely.box(p.x - half, p.y - half, p.x + half, p.y + half) for p in firms.geometry]
    return firms.set_geometry(gpd.GeoSeries(boxes, crs=4326))


def test_any_points_are_symbols_with_a_size_a_colour_and_a_legend(firms):
    ax = rk.symbols(firms, size="output", colour="#1b6ca8", label="firms", ground=False)
    drawn = [line for line in ax.lines if line.get_gid() == "point"]
    assert {line.get_markerfacecolor() for line in drawn} == {"#1b6ca8"}
    assert len({line.get_markersize() for line in drawn}) == 2
    words = [text.get_text() for text in ax.get_legend().get_texts()]
    assert any(word.startswith("firms") for word in words)


def test_symbols_refuse_what_stands_at_no_point(firms):
    areas = squares(firms, 0.1)
    with pytest.raises(InputError, match="no points but Polygon"):
        rk.symbols(areas)
    with pytest.raises(InputError, match="is no colour"):
        rk.symbols(firms, colour="nocolour")


@pytest.mark.parametrize("option", [{"value": "output"}, {"per_dot": 5.0}, {"seed": 3}])
def test_dots_refuse_what_they_would_ignore(firms, option):
    with pytest.raises(InputError, match=f"{next(iter(option))}=.* would be ignored"):
        dots(firms, **option)


def test_a_choropleth_takes_the_unit_that_was_found_and_says_its_column(firms):
    areas = squares(firms, 0.3)
    areas.attrs.update(indicator_id="output", unit="亿元")
    ax = rk.choropleth(areas, "output", k=2, ground=False)
    assert ax.get_title() == "output"
    assert "亿元" in ax.get_legend().get_title().get_text()
