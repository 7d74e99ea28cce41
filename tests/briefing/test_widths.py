"""Widths of columns: they add up, and no number or short word is broken."""

from hypothesis import given
from hypothesis import strategies as st

from regionkit.briefing.pptx_page import count_lines
from regionkit.briefing.widths import fit_widths

CELLS = st.text(alphabet="城镇化率常住人口0123456789.%/", max_size=30)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_widths_add_up(rows):
    widths = fit_widths(rows, 800.0, 14.0)
    assert abs(sum(widths) - 800.0) < 1e-6
    assert all(width > 0 for width in widths)


def test_a_number_stays_on_one_line_beside_long_words():
    rows = [["指标", "现状", "位次"], ["常住人口城镇化率" * 12, "74.63%", "203/0"]]
    widths = fit_widths(rows, 300.0, 9.0)
    for cell, width in zip(rows[1][1:], widths[1:], strict=True):
        assert count_lines(cell, width - 12.0, 9.0) == 1
