"""Native bar charts on a slide, in the template's own font."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.briefing.office import EMU_PER_PT, legal_xml
from regionkit.briefing.pptx_shapes import rgb

if TYPE_CHECKING:
    from regionkit.briefing.model import Chart
    from regionkit.briefing.pptx_page import Deck

__all__ = ["add_chart", "chart_words"]

_PT = 14


def chart_words(chart: Chart) -> str:
    """Return a chart in words, for readers who do not see it."""
    parts = []
    for at, label in enumerate(chart.labels):
        values = [f"{s.name} {s.values[at]:g}" for s in chart.series if s.values[at] is not None]
        parts.append(f"{label}: {', '.join(values)}")
    return f"{chart.title}. {'; '.join(parts)}"


def add_chart(
    deck: Deck, slide: Any, chart: Chart, x: float, y: float, wide: float, high: float
) -> Any:
    """Add a chart at a place below the title, points; return its frame."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    counts = [[s.values[at] for s in chart.series] for at in range(len(chart.labels))]
    # Bars of which each has one value stand in one row, with the value at their end.
    is_single = all(sum(v is not None for v in row) <= 1 for row in counts)
    is_stacked = chart.is_stacked and not is_single
    form = '#,##0.##"%"' if chart.unit == "%" else "#,##0.##"
    data = CategoryChartData(number_format=form)  # type: ignore[no-untyped-call]
    data.categories = [
        legal_xml(f"{label}  {sum(v or 0 for v in row):,g}" if is_stacked else label)
        for label, row in zip(chart.labels, counts, strict=True)
    ]
    for series in chart.series:
        data.add_series(  # type: ignore[no-untyped-call]
            legal_xml(series.name), series.values
        )
    kind = XL_CHART_TYPE.BAR_STACKED if is_stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame = slide.shapes.add_chart(
        kind,
        deck.content_left + int(x * EMU_PER_PT),
        deck.content_top + int(y * EMU_PER_PT),
        int(wide * EMU_PER_PT),
        int(high * EMU_PER_PT),
        data,
    )
    properties = frame._element.nvGraphicFramePr.cNvPr  # noqa: SLF001
    properties.set("descr", legal_xml(chart_words(chart)))
    frame.name = legal_xml(chart.title)
    made = frame.chart
    made.has_title = False
    made.font.size = Pt(_PT)
    for run in made._chartSpace.iter(qn("a:defRPr")):  # noqa: SLF001
        if run.find(qn("a:ea")) is None:
            run.append(run.makeelement(qn("a:ea"), {"typeface": "+mn-ea"}))
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    made.category_axis.reverse_order = True
    made.category_axis.format.line.fill.background()
    made.category_axis.major_tick_mark = -4142
    made.value_axis.visible = False
    made.value_axis.has_major_gridlines = False
    made.value_axis.minimum_scale = 0
    plot = made.plots[0]
    is_one_row = is_single or is_stacked
    n_bars = len(chart.labels) * (1 if is_one_row else len(chart.series))
    plot.gap_width = 45 if n_bars > 4 else 180
    plot.overlap = 100 if is_one_row else 0
    for series, given in zip(plot.series, chart.series, strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(given.colour)
        series.invert_if_negative = False
    if not is_stacked:
        plot.has_data_labels = True
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        plot.data_labels.show_value = True
        plot.data_labels.font.size = Pt(_PT)
        plot.data_labels.number_format = form
        plot.data_labels.number_format_is_linked = False
    return frame
