"""Names on maps: none covers another, none leaves the page."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

import regionkit as rk
from regionkit.maps.paper.labels import place_labels
from regionkit.maps.signs import displacement
from regionkit.maps.signs.displacement import spread_points
from regionkit.maps.signs.theme import drawing, get_theme


def blank_axes():
    figure = Figure(figsize=(6, 5), dpi=100)
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.05, 0.05, 0.9, 0.9))
    ax.set_xlim(0, 100)
    ax.set_ylim(0, 80)
    return ax


def boxes(ax, texts):
    """Boxes of the visible names; a line's box is a little higher than its letters."""
    renderer = ax.get_figure().canvas.get_renderer()
    extents = [text.get_window_extent(renderer) for text in texts if text.get_visible()]
    return [(b.x0, b.y0 + b.height * 0.08, b.x1, b.y1 - b.height * 0.08) for b in extents]


def cover(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5


def assert_legible(ax, texts):
    page = ax.get_window_extent(ax.get_figure().canvas.get_renderer())
    shown = boxes(ax, texts)
    for a, b in itertools.combinations(shown, 2):
        assert not cover(a, b)
    for left, bottom, right, top in shown:
        assert left >= page.x0 - 1.5
        assert right <= page.x1 + 1.5
        assert bottom >= page.y0 - 1.5
        assert top <= page.y1 + 1.5


def test_a_name_alone_stands_on_its_point():
    ax = blank_axes()
    with drawing(get_theme("print")):
        (text,) = place_labels(ax, ["康平县"], [50], [40], size=8)
    assert text.get_position() == (50, 40)
    assert len(ax.lines) == 0


def test_names_at_one_point_stand_apart():
    ax = blank_axes()
    with drawing(get_theme("print")):
        texts = place_labels(ax, ["康平县", "法库县", "新民市"], [50] * 3, [40] * 3, size=8)
    assert all(text.get_visible() for text in texts)
    assert_legible(ax, texts)


def test_a_name_at_the_edge_moves_onto_the_page():
    ax = blank_axes()
    with drawing(get_theme("print")):
        texts = place_labels(ax, ["很长的一个名称"] * 2, [0, 100], [0, 80], size=10)
    assert all(text.get_visible() for text in texts)
    assert_legible(ax, texts)


def test_boxes_to_keep_out_of():
    ax = blank_axes()
    x, y = ax.transData.transform((50, 40))
    box = (x - 60, y - 30, x + 60, y + 30)
    with drawing(get_theme("print")):
        texts = place_labels(ax, ["康平县"], [50], [40], size=8, keep_out=[box])
    assert not cover(boxes(ax, texts)[0], box)


NAMES = st.sampled_from(["康平县", "喀喇沁左翼蒙古族自治县", "双台子区", "Wafangdian", "大连市"])


@settings(max_examples=25)
@given(
    st.lists(st.tuples(NAMES, st.floats(0, 100), st.floats(0, 80)), min_size=1, max_size=25),
    st.sampled_from([6.0, 9.0]),
)
def test_names_never_cover_one_another_wherever_their_points_lie(labels, size):
    ax = blank_axes()
    names, x, y = zip(*labels, strict=True)
    with drawing(get_theme("print")):
        texts = place_labels(ax, names, x, y, size=size)
    assert [text.get_text() for text in texts] == list(names)
    assert_legible(ax, texts)


@pytest.mark.parametrize("level", ["cities", "counties"])
def test_names_on_a_sheet(ln, level):
    frame = getattr(ln, level).copy()
    frame.geometry = ln.simplified("city" if level == "cities" else "county")
    sheet = rk.layout(frame, "area_km2", title="面积", size="A3", labels="name")
    sheet.figure.canvas.draw()
    ax = sheet.axes[0]
    wanted = set(frame["name"])
    texts = [text for text in ax.texts if text.get_text() in wanted]
    shown = {text.get_text() for text in texts if text.get_visible()}
    if level == "cities":
        assert shown == wanted
    assert_legible(ax, texts)


POINTS = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=25)


@settings(max_examples=60)
@given(POINTS, st.sampled_from([0.1, 1.0, 5.0]))
def test_spread_points_keep_their_distance(points, gap):
    x, y = np.array(points).T
    new_x, new_y = spread_points(x, y, gap)
    for (ax, ay), (bx, by) in itertools.combinations(zip(new_x, new_y, strict=True), 2):
        assert np.hypot(ax - bx, ay - by) >= gap * 0.979
    # The first stays; others move no further than they must, ring by ring.
    assert (new_x[0], new_y[0]) == (x[0], y[0])
    assert np.hypot(new_x - x, new_y - y).max() <= gap * 15
    assert np.array_equal(np.array(points), np.column_stack([x, y]))


def spread_by_all(x, y, gap):
    """Return seats found by holding each against every one that is taken."""
    taken = []
    for at in zip(x, y, strict=True):
        for right, up in displacement._seats(gap):
            seat = (at[0] + right, at[1] + up)
            if all((seat[0] - a) ** 2 + (seat[1] - b) ** 2 >= (gap * 0.98) ** 2 for a, b in taken):
                break
        taken.append(seat)
    return np.array(taken).T


@settings(max_examples=30, deadline=None)
@given(POINTS, st.sampled_from([0.1, 1.0, 5.0, 1e-9]))
def test_seats_beside_are_all_that_count(points, gap):
    x, y = np.array(points).T
    assert np.array_equal(spread_points(x, y, gap), spread_by_all(x, y, gap))


def test_points_already_apart_stay():
    x, y = np.array([0.0, 3.0, 0.0]), np.array([0.0, 0.0, 3.0])
    new_x, new_y = spread_points(x, y, 2.0)
    assert np.array_equal(new_x, x)
    assert np.array_equal(new_y, y)
    assert spread_points(np.array([]), np.array([]), 1.0)[0].size == 0


def test_points_leave_spots_of_other_marks_free():
    x, y = spread_points(np.array([0.0, 5.0]), np.array([0.0, 5.0]), 1.0, [(0.0, 0.0)])
    assert np.hypot(x[0], y[0]) >= 0.979
    assert (x[1], y[1]) == (5.0, 5.0)
