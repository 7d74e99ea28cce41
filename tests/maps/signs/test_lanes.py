"""Routes in one corridor stand beside each other, whichever way they run, and off the sea."""

from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionkit.maps.signs.lanes import find_lanes, shift_line

LINE = shapely.LineString([(0, 0), (100, 0)])


def drawn(lines, gap=1.0, **more):
    """Return lines as they are drawn."""
    lanes = find_lanes(lines, gap, **more)
    return {
        key: shift_line(line, lanes[key][0] * gap, lanes[key][1]) for key, line in lines.items()
    }


def hidden(one, two, gap=1.0):
    """Return how much of a line another one hides, as a share."""
    return one.intersection(two.buffer(0.8 * gap)).length / one.length


def test_a_line_of_a_few_points_keeps_to_the_land_too():
    line = shapely.LineString([(0, 0), (10, 0)])
    # So short and so far aside that no more than nine points are moved.
    assert shift_line(line, 3.0, 0.0, sea=shapely.box(-5, 2, 15, 9)).equals(line)
    assert shift_line(line, 3.0, 0.0, sea=shapely.box(-5, -9, 15, -2)).interpolate(5).y == 3


def test_a_line_moved_aside_keeps_its_own_way_where_that_alone_leads_into_the_sea():
    line = shapely.LineString([(0, 0), (400, 0)])
    bay = shapely.box(190, 1, 210, 30)
    moved = shift_line(line, 3.0, 10.0, sea=bay)
    assert moved.intersection(bay).length == 0
    assert moved.interpolate(200).y == 0
    assert moved.interpolate(80).y == 3
    # One that runs through the sea itself is moved like any other.
    gulf = shapely.box(190, -30, 210, 30)
    assert shift_line(line, 3.0, 10.0, sea=gulf).interpolate(200).y == 3


@pytest.mark.parametrize("n", [2, 3, 5])
@pytest.mark.parametrize("is_turned", [False, True])
def test_lines_on_one_way_are_told_apart(n, is_turned):
    lines = {k: LINE.reverse() if is_turned and k % 2 else LINE for k in range(n)}
    shown = drawn(lines)
    assert shown[0].equals(LINE)
    middle = sorted(round(shapely.intersection(one, shapely.box(49, -9, 51, 9)).centroid.y, 1)
                    for one in shown.values())  # fmt: skip
    assert len(set(middle)) == n
    assert all(b - a >= 0.99 for a, b in pairwise(middle))
    for one in shown.values():
        assert {one.coords[0], one.coords[-1]} == {(0.0, 0.0), (100.0, 0.0)}


@pytest.mark.parametrize(
    ("other", "is_moved"),
    [
        # A crossing, a common end, and a quarter of the way are no corridor; a third is.
        (shapely.LineString([(50, -50), (50, 50)]), False),
        (shapely.LineString([(0, 0), (0, 100)]), False),
        (shapely.LineString([(0, 0), (25, 0), (25, 75)]), False),
        (shapely.LineString([(0, 0), (35, 0), (35, 65)]), True),
        # One that runs three gaps off is not hidden.
        (shapely.LineString([(0, 3), (100, 3)]), False),
    ],
)
def test_only_a_shared_way_moves_a_line(other, is_moved):
    lanes = find_lanes({"a": LINE, "b": other}, 1.0)
    assert lanes["a"][0] == 0
    assert (lanes["b"][0] != 0) == is_moved


@pytest.mark.parametrize("side", [1, -1])
def test_the_side_without_sea_is_taken(side):
    sea = shapely.box(-10, 0.3, 110, 50) if side < 0 else shapely.box(-10, -50, 110, -0.3)
    for two in (LINE, LINE.reverse()):
        shown = drawn({"a": LINE, "b": two}, sea=sea)
        assert shown["b"].intersection(sea).length == 0
        assert hidden(shown["b"], shown["a"]) < 0.35


def test_what_lies_outside_the_frame_makes_no_corridor():
    # They part within the frame and run together beyond it.
    lines = {
        "a": shapely.LineString([(0, 0), (50, 0), (500, 0)]),
        "b": shapely.LineString([(0, 40), (50, 0), (500, 0)]),
    }
    assert find_lanes(lines, 1.0)["b"][0] != 0
    assert find_lanes(lines, 1.0, frame=shapely.box(0, -50, 55, 50))["b"][0] == 0


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6,
                unique=True), st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0]))  # fmt: skip
def test_a_shifted_line_keeps_its_ends_and_stays_near(points, offset):
    line = shapely.LineString(points)
    moved = shift_line(line, offset, 8.0)
    assert moved.coords[0] == line.coords[0]
    assert moved.coords[-1] == line.coords[-1]
    assert shapely.hausdorff_distance(moved, line) <= abs(offset) + 1e-9 or moved.within(
        line.buffer(abs(offset) + 1e-6)
    )
