"""One symbol: each stage fills it in a way of its own."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from regionkit.maps.paper.point_symbols import draw_symbol, lower_half
from regionkit.maps.signs.shapes import SHAPES
from regionkit.maps.signs.stages import FILLS


def drawn(fill, **options):
    ax = Figure().add_subplot()
    draw_symbol(ax, 0.5, 0.5, "square", "#a4133c", fill, 40.0, gid="project-a", **options)
    return ax.lines


def picture(fill):
    figure = Figure(figsize=(1, 1), dpi=60)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    draw_symbol(ax, 0.5, 0.5, "square", "#a4133c", fill, 40.0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int)


def test_no_two_stages_look_alike():
    pictures = [picture(fill) for fill in FILLS]
    for number, one in enumerate(pictures):
        for other in pictures[:number]:
            assert np.abs(one - other).sum() > 1000


def test_what_is_not_stated_is_grey_and_what_is_built_has_a_white_point():
    (unknown,) = drawn("unknown")
    assert unknown.get_markerfacecolor() == "#d6d6d6"
    whole, point = drawn("done")
    assert whole.get_markerfacecolor() == "#a4133c"
    assert point.get_markerfacecolor() == "#ffffff"
    assert [line.get_gid() for line in drawn("hollow")] == ["project-a"]
    ring = drawn("hollow", is_site=False)[0]
    assert ring.get_gid() == "rough-ring"


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_lower_half_keeps_the_scale_of_the_whole(shape):
    corners = np.abs(np.array(SHAPES[shape])).max()
    half = lower_half(shape).vertices
    assert np.abs(half).max() == pytest.approx(corners)
    assert half[1:, 1].max() <= 1e-9
