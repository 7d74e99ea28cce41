"""One symbol: each stage fills it in a way of its own."""

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from regionkit.maps.paper.point_symbols import draw_symbol
from regionkit.maps.signs.monochrome import GREY
from regionkit.maps.signs.stages import DONE_COLOUR, FILLS


def drawn(fill, colour="#a4133c"):
    ax = Figure().add_subplot()
    draw_symbol(ax, 0.5, 0.5, "square", colour, fill, 40.0, gid="project-a")
    return ax.lines


def picture(fill, colour):
    figure = Figure(figsize=(1, 1), dpi=60)
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_axis_off()
    draw_symbol(ax, 0.5, 0.5, "square", colour, fill, 40.0)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).astype(int)


def test_no_two_stages_look_alike():
    for colour in ("#a4133c", GREY):
        pictures = [picture(fill, colour) for fill in FILLS]
        for number, one in enumerate(pictures):
            for other in pictures[:number]:
                assert np.abs(one - other).sum() > 1000


def test_what_is_built_is_grey_and_in_black_and_white_has_a_white_point():
    (whole,) = drawn("done")
    assert whole.get_markerfacecolor() == whole.get_markeredgecolor() == DONE_COLOUR
    _, point = drawn("done", GREY)
    assert point.get_markerfacecolor() == "#ffffff"


def test_what_is_planned_is_a_ring_and_what_is_not_stated_is_pale_without_one():
    (planned,) = drawn("hollow")
    assert (planned.get_markerfacecolor(), planned.get_markeredgecolor()) == ("#ffffff", "#a4133c")
    (unknown,) = drawn("unknown")
    assert unknown.get_markerfacecolor() == unknown.get_markeredgecolor() == "#d2899e"
