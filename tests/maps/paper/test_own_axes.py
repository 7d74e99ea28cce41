"""The caller's own Axes, settings and tables: a map draws on them and changes nothing else."""

import geopandas as gpd
import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from matplotlib.colors import to_hex

import regionkit as rk
from regionkit.errors import InputError


@pytest.fixture
def scene(tiny, tiny_zones):
    frame = tiny.assign(share=[1.0, 2.0, None, 4.0], other=[4.0, 1.0, 3.0, 2.0])
    projects = gpd.GeoDataFrame(
        {
            "name": ["港", "路"],
            "kind": ["port", "railway"],
            "domain": "transport",
            "stage": ["new", "planned"],
            "location_basis": "site",
        },
        geometry=[shapely.Point(123.05, 41.05), shapely.LineString([(123, 41), (123.2, 41.2)])],
        crs="EPSG:4326",
    )
    return frame, tiny_zones, projects


DOORS = ("choropleth", "categorical", "bivariate", "symbols", "dots")


def draw(door, scene, ax):
    frame, zones, projects = scene
    return {
        "choropleth": lambda: rk.choropleth(frame, "share", k=2, zones=zones, labels="name", ax=ax),
        "categorical": lambda: rk.categorical(frame, "name", zones=zones, labels="name", ax=ax),
        "bivariate": lambda: rk.bivariate(frame, "population", "other", k=2, zones=zones, ax=ax),
        "symbols": lambda: rk.symbols(projects, base=frame, zones=zones, ax=ax),
        "dots": lambda: rk.dots(frame, value="population", base=frame, ax=ax),
    }[door]()


@pytest.mark.parametrize("layout", [None, "constrained"])
@pytest.mark.parametrize("door", DOORS)
def test_drawing_leaves_places_settings_and_tables_alone(scene, door, layout):
    copies = [table.copy() for table in scene]
    _, axes = plt.subplots(1, 2, layout=layout)
    before = [(*ax.bbox.bounds, *ax.get_position(original=True).bounds) for ax in axes]
    settings = dict(mpl.rcParams)
    neighbour = (axes[0].get_xlim(), axes[0].get_aspect(), axes[0].axison)
    assert draw(door, scene, axes[1]) is axes[1]
    after = [(*ax.bbox.bounds, *ax.get_position(original=True).bounds) for ax in axes]
    np.testing.assert_allclose(after, before)
    assert all(ax.get_in_layout() for ax in axes)
    assert dict(mpl.rcParams) == settings
    assert (axes[0].get_xlim(), axes[0].get_aspect(), axes[0].axison) == neighbour
    for table, copy in zip(scene, copies, strict=True):
        assert_geodataframe_equal(table, copy)


def test_a_map_on_own_axes_is_drawn_as_on_a_new_figure(scene):
    """The places that come back are those that matplotlib settles again."""
    frame, *_ = scene
    figure, ax = plt.subplots(figsize=(8, 7), layout="constrained")
    other = rk.choropleth(frame, "population", k=2, labels="name")
    rk.choropleth(frame, "population", k=2, labels="name", ax=ax)
    for made in (figure, other.get_figure()):
        made.canvas.draw()
    assert ax.get_position().bounds == pytest.approx(other.get_position().bounds, abs=1e-6)
    mine, theirs = ([t.get_position() for t in one.texts] for one in (ax, other))
    np.testing.assert_allclose(mine, theirs)


def areas(ax):
    return next(c for c in ax.collections if str(c.get_gid()).startswith("areas-"))


def test_look_is_set_by_the_names_of_geopandas(scene):
    frame, _, projects = scene
    look = {"figsize": (4, 3), "edgecolor": "#112233", "linewidth": 2.5, "alpha": 0.4}
    for ax in (rk.choropleth(frame, "population", k=2, **look),
               rk.categorical(frame, "name", **look)):  # fmt: skip
        assert tuple(ax.get_figure().get_size_inches()) == (4, 3)
        assert to_hex(areas(ax).get_edgecolor()[0]) == "#112233"
        assert areas(ax).get_linewidth()[0] == 2.5
        assert areas(ax).get_alpha() == 0.4
        assert {patch.get_alpha() for patch in ax.get_legend().get_patches()} == {0.4}
    ax = rk.symbols(projects, base=frame, **look)
    (symbol,) = [line for line in ax.lines if line.get_gid() == "project-0"]
    assert symbol.get_markeredgecolor() == "#112233"
    assert (symbol.get_markeredgewidth(), symbol.get_alpha()) == (2.5, 0.4)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        ({"edgecolor": "nocolour"}, 'edgecolor="nocolour" is no colour'),
        ({"linewidth": -1}, "linewidth=-1 is no width"),
        ({"alpha": 2}, "alpha=2 is out of range"),
        ({"figsize": (0, 3)}, r"figsize=\(0, 3\) is no size"),
    ],
)
def test_a_look_that_cannot_be_drawn_is_refused(tiny, look, words):
    with pytest.raises(InputError, match=words):
        rk.choropleth(tiny, "population", **look)


@pytest.mark.parametrize("door", ["choropleth", "categorical", "bivariate"])
def test_points_and_lines_are_refused(tiny, door):
    """They drew an empty map with a full legend."""
    points = tiny.set_geometry(tiny.representative_point()).assign(other=[4, 3, 2, 1])
    mixed = pd.concat([tiny.iloc[:3], points.iloc[3:]])
    call = {
        "choropleth": lambda frame: rk.choropleth(frame, "population"),
        "categorical": lambda frame: rk.categorical(frame, "name"),
        "bivariate": lambda frame: rk.bivariate(frame, "population", "other", k=2),
    }[door]
    with pytest.raises(InputError, match=r"4 of 4 rows are no areas but Point .* rk\.symbols"):
        call(points)
    with pytest.raises(InputError, match=r"1 of 4 rows are no areas but Point \(990202\)"):
        call(mixed.assign(other=[4, 3, 2, 1]))
