"""A keyword of the drawing functions means one thing wherever it is taken."""

import inspect
import re

import geopandas as gpd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import InputError

DRAWING = ("choropleth", "categorical", "bivariate", "symbols", "dots", "small_multiples", "layout")
WORDS = {
    "zones": (
        "gpd.GeoDataFrame | None",
        "GeoDataFrame, optional",
        "Outlines drawn over the units and told in the legend, such as ``ln.zones``.",
    ),
    "labels": ("str | None", "str, optional", "Column of the units whose text is written at each."),
}


WORDS_OF_GROUND = (
    "Whether sea, coast and neighbours are drawn about the units, where they are known."
)


@pytest.fixture
def scene(tiny, tiny_zones):
    frame = tiny.assign(share=[1.0, 2.0, None, 4.0], other=[4.0, 1.0, 3.0, 2.0])
    projects = gpd.GeoDataFrame(
        {
            "name": ["港"],
            "kind": ["port"],
            "domain": "transport",
            "stage": ["new"],
            "location_basis": "site",
        },
        geometry=[shapely.Point(123.05, 41.05)],
        crs="EPSG:4326",
    )
    return frame, tiny_zones, projects


def draw(door, scene, **options):
    """Return the Axes of a map, and the words of its legend."""
    frame, _, projects = scene
    made = {
        "choropleth": lambda: rk.choropleth(frame, "share", k=2, **options),
        "categorical": lambda: rk.categorical(frame, "name", **options),
        "bivariate": lambda: rk.bivariate(frame, "population", "other", k=2, **options),
        "symbols": lambda: rk.symbols(projects, base=frame, **options),
        "dots": lambda: rk.dots(projects, base=frame, **options),
        "small_multiples": lambda: rk.small_multiples(
            frame, ["share", "other"], k=2, title="图", **options
        ),
        "layout": lambda: rk.layout(frame, "share", k=2, title="图", **options),
    }[door]()
    if isinstance(made, rk.Sheet):
        return made.axes[0], [item.label for item in made.items]
    legend = made.get_legend()
    return made, [text.get_text() for text in legend.get_texts()] if legend else []


def takers(keyword):
    """Return the public functions that take a keyword."""
    return [
        name
        for name in rk.__all__
        if inspect.isfunction(getattr(rk, name))
        and keyword in inspect.signature(getattr(rk, name)).parameters
    ]


@pytest.mark.parametrize("keyword", WORDS)
def test_every_drawing_function_takes_it_and_says_the_same_of_it(keyword):
    kind, documented, words = WORDS[keyword]
    assert set(takers(keyword)) == set(DRAWING)
    for name in DRAWING:
        parameter = inspect.signature(getattr(rk, name)).parameters[keyword]
        assert parameter.kind is inspect.Parameter.KEYWORD_ONLY, name
        assert parameter.default is None, name
        assert parameter.annotation == kind, name
        text = inspect.getdoc(getattr(rk, name))
        (found,) = re.findall(rf"^{keyword} : (.+)\n    (.+)$", text, re.MULTILINE)
        assert found == (documented, words), name


@pytest.mark.parametrize("door", DRAWING)
def test_ground_is_drawn_unless_it_is_not_wanted(scene, door):
    text = inspect.getdoc(getattr(rk, door))
    assert re.findall(r"^ground : bool\n    (.+)$", text, re.MULTILINE) == [WORDS_OF_GROUND]
    assert "sea" in {patch.get_gid() for patch in draw(door, scene)[0].patches}
    assert "sea" not in {patch.get_gid() for patch in draw(door, scene, ground=False)[0].patches}


@pytest.mark.parametrize("door", DRAWING)
def test_zones_are_drawn_and_told_in_the_legend(scene, door):
    zones = scene[1]
    ax, words = draw(door, scene, zones=zones)
    assert set(zones["name"]) <= set(words)
    drawn = {artist.get_gid() for artist in ax.collections}
    assert {f"zone-{zone}" for zone in zones.index} <= drawn
    bare, words = draw(door, scene)
    assert not set(zones["name"]) & set(words)
    assert not [a for a in bare.collections if str(a.get_gid()).startswith("zone-")]


@pytest.mark.parametrize("door", DRAWING)
def test_labels_are_written_at_the_units(scene, door):
    names = set(scene[0]["name"])
    ax, _ = draw(door, scene, labels="name")
    assert names & {text.get_text() for text in ax.texts}
    bare, _ = draw(door, scene)
    assert not names & {text.get_text() for text in bare.texts}


@pytest.mark.parametrize("door", DRAWING)
def test_labels_of_no_column_are_refused(scene, door):
    with pytest.raises(InputError, match="no column 'nama'"):
        draw(door, scene, labels="nama")


@pytest.mark.parametrize("door", ["symbols", "dots"])
def test_labels_without_units_are_refused(scene, door):
    with pytest.raises(InputError, match='labels="name" is a column of the units beneath'):
        getattr(rk, door)(scene[2], labels="name")
