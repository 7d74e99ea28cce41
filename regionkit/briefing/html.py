"""A briefing as one page that opens without a network and prints well."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from regionkit.briefing.pptx_chart import chart_words
from regionkit.briefing.scene import build_scene
from regionkit.briefing.words import basis_line, basis_word, source_cells, source_heads
from regionkit.imprint import current_imprint
from regionkit.maps.signs.words import counted
from regionkit.words.message import join, say
from regionkit.words.voice import language_tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.briefing.model import Board, Briefing, Chart, MapView, Section, Source, Table
    from regionkit.briefing.scene import Area, Disc, Scene

__all__ = ["render_html"]

# A longer table is opened by its reader, and printed where it is open.
_LONG_TABLE = 20
_MAP_MM, _COVER_MM = (165.0, 150.0), (150.0, 130.0)
_BAR_PX, _LABEL_PX, _CHART_PX = 22, 190, 560

_STYLE = """
:root { --ink: #1b1b1b; --muted: #5c5c5c; --line: #c9c9c9; --accent: #0b4a86; --pale: #eef3f8; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px 28px 48px; color: var(--ink);
  background: #fff; font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei",
  "PingFang SC", "WenQuanYi Micro Hei", sans-serif; }
h1 { font-size: 27px; line-height: 1.35; margin: 4px 0; color: var(--ink); }
.subtitle, .remark, figcaption small { color: var(--muted); }
h2 { font-size: 20px; margin: 36px 0 8px; padding-bottom: 4px; color: var(--accent);
  border-bottom: 2px solid var(--accent); break-after: avoid; }
nav { margin: 14px 0; } nav a { margin-right: 14px; white-space: nowrap; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
figure { margin: 16px 0; }
.map { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 18px; align-items: start; }
.map > svg { width: 100%; height: auto; max-height: 820px; }
.list { font-size: 14px; line-height: 1.5; } .list h3 { font-size: 15px; margin: 0 0 6px; }
.list ol { list-style: none; margin: 0; padding: 0; }
.list p { margin: 8px 0 0; color: var(--muted); }
.list li { display: flex; gap: 8px; margin: 0 0 5px; } .list b { flex: none; width: 22px;
  height: 22px; border-radius: 11px; border: 2px solid; font-size: 12px; line-height: 19px;
  text-align: center; }
.first, .charts { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 28px;
  align-items: start; margin: 16px 0; } .first svg, .charts svg { width: 100%; height: auto; }
.figures { list-style: none; margin: 0; padding: 0; } .figures li { display: grid;
  grid-template-columns: 165px 1fr; gap: 12px; border-top: 1px solid var(--line); padding: 9px 0; }
.figures strong { font-size: 28px; line-height: 1.2; color: var(--accent); white-space: nowrap; }
.figures small { font-size: 14px; color: var(--muted); } .what { font-weight: 600; }
.figures em { display: block;
  font-style: normal; color: var(--muted); } .charts h3 { font-size: 17px; margin: 0 0 8px; }
.keys { display: flex; gap: 14px; font-size: 13px; color: var(--muted); flex-wrap: wrap; }
.keys i { display: inline-block; width: 11px; height: 11px; margin-right: 5px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 720px; margin: 4px 0 2px;
  font-size: 13px; line-height: 1.45; table-layout: fixed; }
caption { caption-side: top; text-align: left; font-weight: 600; padding: 12px 0 4px; }
th { background: var(--accent); color: #fff; text-align: left; font-weight: 600; }
th, td { padding: 4px 7px; border: 1px solid var(--line); vertical-align: top;
  white-space: pre-line; overflow-wrap: anywhere; }
tbody tr:nth-child(even) td { background: var(--pale); }
.right { text-align: right; } .notes { margin: 2px 0 0; padding-left: 1.6em; color: var(--muted);
  font-size: 12px; line-height: 1.45; }
tr:target td, li:target { background: #fff3c4 !important; }
@media (max-width: 760px) { .map, .first, .charts { grid-template-columns: 1fr; }
  body { padding: 14px; } }
@page { size: A4; margin: 16mm 14mm; }
details.long { margin: 8px 0; } summary { cursor: pointer; font-weight: 600; font-size: 13px; }
details.long caption { display: none; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  .map { grid-template-columns: minmax(0, 1fr) 52mm; } .map > svg { max-height: 190mm; }
  .list { font-size: 8pt; } .wide { overflow: visible; } table { min-width: 0; font-size: 8pt; }
  thead { display: table-header-group; } tr, figure { break-inside: avoid; }
  caption { break-after: avoid; } a { color: inherit; }
  th, tbody tr:nth-child(even) td, .map svg, .first svg, .charts svg, .keys i {
    -webkit-print-color-adjust: exact;
    print-color-adjust: exact; } }
"""


def render_html(facts: Briefing) -> str:
    """Return the page: no script, no outside file, every text escaped."""
    lang = facts.lang
    links = [
        ("map", say("Map", lang=lang)),
        *((s.section_id, s.title) for s in facts.sections),
        ("sources", say("Sources", lang=lang)),
    ]
    nav = " ".join(f'<a href="#{escape(i)}">{escape(title)}</a>' for i, title in links)
    numbers = iter(range(1, 10_000))
    targets = _targets(facts, lang, numbers)
    sections = "\n".join(_section(section, lang, numbers) for section in facts.sections)
    return f"""<!DOCTYPE html>
<html lang="{language_tag(facts.lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(facts.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<header>
<div class="subtitle">{escape(facts.title)}</div>
<h1>{escape(facts.digest.message)}</h1>
<div class="subtitle">{escape(facts.subtitle)}</div>
<nav>{nav}</nav>
</header>
{_first(facts, lang)}
{_charts(facts)}
{_figure(facts, lang)}
{targets}
<p class="remark">{escape(basis_line(lang))}</p>
{sections}
{_sources(facts.sources, lang, next(numbers))}
</body>
</html>
"""


def _first(facts: Briefing, lang: str) -> str:
    """Return the five numbers with the map of where the place is."""
    rows = "".join(
        f"<li><span><strong>{escape(one.value)}</strong> <small>{escape(one.unit)}</small></span>"
        f'<span><span class="what">{escape(one.label)}</span>'
        f"<em>{escape(one.remark)}</em></span></li>"
        for one in facts.digest.figures
    )
    view = facts.digest.cover
    notes = escape(join(view.notes, "clauses").render(lang)) if view.notes else ""
    return (
        f'<section class="first"><ul class="figures">{rows}</ul><figure>'
        f"{_svg(view, _COVER_MM, lang)}<figcaption><small>{notes}</small></figcaption></figure>"
        "</section>"
    )


def _charts(facts: Briefing) -> str:
    drawn = "".join(f"<div>{_chart(one)}</div>" for one in facts.digest.charts)
    return f'<section class="charts">{drawn}</section>' if drawn else ""


def _chart(chart: Chart) -> str:
    """Return a bar chart as SVG, the values written at the bars."""
    totals = [
        sum(s.values[at] or 0.0 for s in chart.series)
        if chart.is_stacked
        else max(s.values[at] or 0.0 for s in chart.series)
        for at in range(len(chart.labels))
    ]
    scale = (_CHART_PX - _LABEL_PX - 70) / (max(totals, default=0) or 1)
    rows = 1 if chart.is_stacked else len(chart.series)
    step = _BAR_PX * (0.55 + 0.75 * rows)
    unit = chart.unit if chart.unit == "%" else ""
    parts = []
    for at, label in enumerate(chart.labels):
        y = at * step
        middle = y + _BAR_PX * 0.75 * rows / 2
        parts.append(
            f'<text x="{_LABEL_PX - 8}" y="{middle + 5:.1f}" text-anchor="end" font-size="14">'
            f"{escape(label)}</text>"
        )
        x = float(_LABEL_PX)
        for number, series in enumerate(chart.series):
            value = series.values[at]
            if value is None:
                continue
            top = y if chart.is_stacked else y + number * _BAR_PX * 0.75
            parts.append(
                f'<rect x="{x:.1f}" y="{top:.1f}" width="{value * scale:.1f}" '
                f'height="{_BAR_PX * 0.7:.1f}" fill="{series.colour}"/>'
            )
            if chart.is_stacked:
                x += value * scale
            else:
                parts.append(_value(x + value * scale, top + 12, value, unit))
        if chart.is_stacked:
            parts.append(_value(x, y + 12, totals[at], unit))
    high = len(chart.labels) * step
    keys = "".join(
        f'<span><i style="background:{one.colour}"></i>{escape(one.name)}</span>'
        for one in chart.series
    )
    legend = f'<div class="keys">{keys}</div>' if len(chart.series) > 1 else ""
    note = f'<p class="remark">{escape(chart.note)}</p>' if chart.note else ""
    return (
        f'<h3>{escape(chart.title)}</h3><svg viewBox="0 0 {_CHART_PX} {high:.0f}" role="img" '
        f'aria-label="{escape(chart_words(chart))}">{"".join(parts)}</svg>{legend}{note}'
    )


def _value(x: float, y: float, value: float, unit: str) -> str:
    return f'<text x="{x + 6:.1f}" y="{y:.1f}" font-size="13">{value:,g}{unit}</text>'


def _targets(facts: Briefing, lang: str, numbers: Iterator[int]) -> str:
    """Return the targets with their states, which the tables below do not have."""
    board: Board | None = next((b for b in facts.digest.boards if b.board_id == "targets"), None)
    if board is None:
        return ""
    tables = "".join(_table(table, lang, next(numbers)) for table in board.tables)
    return f'<section id="states"><h2>{escape(board.title)}</h2>{tables}</section>'


def _figure(facts: Briefing, lang: str) -> str:
    heading, figure = say("Map", lang=lang), say("Figure", lang=lang)
    view = facts.digest.map
    caption = counted(view.caption, current_imprint().line(lang), lang)
    spots = "".join(
        f'<li><b style="border-color:{one.colour};'
        + (f"background:{one.colour};color:#fff" if one.is_solid else "color:inherit")
        + f'">{one.number}</b><span>{escape(one.text)}</span></li>'
        for one in view.spots
    )
    head = f"<h3>{escape(say('Numbers on the map', lang=lang))}</h3>" if spots else ""
    notes = "".join(f"<p>{escape(note)}</p>" for note in view.notes)
    return f"""<section id="map">
<h2>{escape(heading)}</h2>
<figure>
<div class="map">
{_svg(view, _MAP_MM, lang)}
<div class="list">{head}<ol>{spots}</ol>{notes}</div>
</div>
<figcaption>{escape(figure)} 1 {escape(caption)}<br>
<small>{escape(view.source)}</small></figcaption>
</figure>
</section>"""


def _path(area: Area) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in area.rings)


def _svg(view: MapView, size: tuple[float, float], lang: str) -> str:
    scene = build_scene(view, *size, font_pt=9.5, lang=lang)
    return "\n".join(_shapes(scene, view.caption))


def _shapes(scene: Scene, caption: str) -> list[str]:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.width:.2f} '
        f'{scene.height:.2f}" role="img" aria-label="{escape(caption)}">'
        f'<rect width="100%" height="100%" fill="{scene.water}"/>'
    ]
    for area in scene.areas:
        edge = f' stroke="{area.edge}" stroke-width="{area.edge_mm:g}"' if area.edge else ""
        key = f' data-adcode="{escape(area.unit_id)}"' if area.name and area.unit_id else ""
        told = f"<title>{escape(area.name)}</title>" if area.name else ""
        fill = f'fill="{area.fill}" fill-rule="evenodd"'
        parts.append(f'<path d="{_path(area)}" {fill}{edge}{key}>{told}</path>')
    for line in scene.lines:
        points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
        dashes = " ".join(f"{one:g}" for one in line.dashes)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="{line.colour}" '
            f'stroke-width="{line.width_mm:g}"'
            + (f' stroke-dasharray="{dashes}"' if dashes else "")
            + (f"><title>{escape(line.name)}</title></polyline>" if line.name else "/>")
        )
    parts += [
        f'<circle cx="{d.x:.2f}" cy="{d.y:.2f}" r="{d.size / 2:.2f}" fill="{d.fill}" '
        f'stroke="{d.edge}" stroke-width="0.3"/>'
        for d in scene.dots
    ]
    parts += [
        f'<text x="{one.x:g}" y="{one.y + one.height * 0.3:.2f}" text-anchor="middle" '
        f'font-size="{one.size_pt * 0.3528:.2f}" font-weight="{600 if one.is_bold else 400}" '
        f'paint-order="stroke" stroke="#fff" stroke-width="0.6" fill="{one.colour}">'
        f"{escape(one.text)}</text>"
        for one in scene.labels
    ]
    parts += [_disc(one) for one in scene.discs]
    return [*parts, "</svg>"]


def _disc(disc: Disc) -> str:
    wide = disc.size * (1.5 if disc.is_badge else 1.0)
    corner = disc.size * (0.2 if disc.is_badge else 0.5)
    return (
        f'<g><title>{escape(disc.name)}</title><rect x="{disc.x - wide / 2:.2f}" '
        f'y="{disc.y - disc.size / 2:.2f}" width="{wide:.2f}" height="{disc.size:g}" '
        f'rx="{corner:.2f}" fill="{disc.fill}" stroke="{disc.edge}" stroke-width="0.4"/>'
        f'<text x="{disc.x:g}" y="{disc.y + disc.size * 0.22:.2f}" text-anchor="middle" '
        f'font-size="{disc.size * 0.62:.2f}" font-weight="700" fill="{disc.colour}">'
        f"{escape(disc.text)}</text></g>"
    )


def _section(section: Section, lang: str, numbers: Iterator[int]) -> str:
    lead = "".join(f"<p>{escape(line)}</p>" for line in section.lead)
    tables = "\n".join(_table(table, lang, next(numbers)) for table in section.tables)
    return (
        f'<section id="{escape(section.section_id)}">\n<h2>{escape(section.title)}</h2>\n'
        f"{lead}\n{tables}\n</section>"
    )


def _table(table: Table, lang: str, number: int) -> str:
    word = say("Table", lang=lang)
    total = sum(column.share for column in table.columns)
    widths = "".join(f'<col style="width:{100 * c.share / total:.1f}%">' for c in table.columns)
    head = "".join(f'<th scope="col"{_align(c.align)}>{escape(c.name)}</th>' for c in table.columns)
    body: list[str] = []
    notes: list[str] = []
    for row in table.rows:
        cells = [escape(cell) for cell in row.cells]
        if row.note:
            # Rows with the same remark share a note; the way back leads to the first of them.
            is_first = row.note not in notes
            if is_first:
                notes.append(row.note)
            mark = notes.index(row.note) + 1
            key = escape(f"{table.table_id}-n{mark}")
            anchor = f' id="{key}-r"' if is_first else ""
            cells[0] += f'<sup{anchor}><a href="#{key}">{mark}</a></sup>'
        texts = [
            f"<td{_align(c.align)}>{cell}</td>"
            for c, cell in zip(table.columns, cells, strict=False)
        ]
        if row.citation is not None:
            basis = basis_word(row.citation.basis, lang)
            texts.append(
                f'<td><a href="#source-{row.citation.number}">{escape(str(row.citation))}'
                f"</a></td><td>{escape(basis)}</td>"
            )
        body.append(f"<tr>{''.join(texts)}</tr>")
    listed = "".join(
        f'<li id="{escape(f"{table.table_id}-n{n}")}">{escape(note)} '
        f'<a href="#{escape(f"{table.table_id}-n{n}")}-r">↩</a></li>'
        for n, note in enumerate(notes, start=1)
    )
    notes_list = f'<ol class="notes">{listed}</ol>' if notes else ""
    caption = f"{escape(word)} {number} {escape(table.caption)}"
    opened, closed = "", ""
    if len(table.rows) > _LONG_TABLE:
        rows = escape(say("{n} rows", lang=lang, n=len(table.rows)))
        opened = f'<details class="long"><summary>{caption} · {rows}</summary>'
        closed = "</details>"
    return (
        f'{opened}<div class="wide"><table>\n<caption>{caption}'
        f"</caption>\n<colgroup>{widths}</colgroup>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(body)
        + f"\n</tbody></table>{notes_list}</div>{closed}"
    )


def _align(align: str) -> str:
    return ' class="right"' if align == "right" else ""


def _sources(sources: tuple[Source, ...], lang: str, number: int) -> str:
    heading, word = say("Sources", lang=lang), say("Table", lang=lang)
    widths = (6, 25, 13, 10, 23, 23)
    body = "\n".join(
        f'<tr id="source-{s.number}">'
        + "".join(f"<td>{escape(cell)}</td>" for cell in source_cells(s, lang))
        + "</tr>"
        for s in sources
    )
    columns = "".join(f'<col style="width:{w}%">' for w in widths)
    head = "".join(f'<th scope="col">{escape(h)}</th>' for h in source_heads(lang))
    return (
        f'<section id="sources">\n<h2>{escape(heading)}</h2>\n<div class="wide">'
        f"<table><caption>{escape(word)} {number} {escape(heading)}"
        f"</caption><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>\n<tbody>\n"
        f"{body}\n</tbody></table></div>\n</section>"
    )
