"""A briefing as one page that opens without a network and prints well."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from regionkit.briefing.scene import build_scene
from regionkit.briefing.words import basis_line, basis_word, source_cells, source_heads
from regionkit.imprint import current_imprint
from regionkit.maps.signs.shapes import shape_points
from regionkit.maps.signs.stages import symbol_edge, symbol_face
from regionkit.maps.signs.words import counted
from regionkit.words.message import say
from regionkit.words.voice import language_tag

if TYPE_CHECKING:
    from regionkit.briefing.model import Briefing, Section, Source, Table
    from regionkit.briefing.scene import Area, Scene
    from regionkit.maps.signs.legend_item import LegendItem
    from regionkit.maps.signs.strokes import Stroke

__all__ = ["render_html"]

_MAP_MM = (180.0, 190.0)
# Width of a route on the map, millimetres, and in the legend, pixels: thin, so that the short
# line shows its dashes more than once.
_ROUTE_MM, _ROUTE_PX = 0.65, 1.5

_STYLE = """
:root { --ink: #1b1b1b; --muted: #5c5c5c; --line: #c9c9c9; --accent: #1f4e79; --pale: #eef3f8; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1120px; padding: 24px 28px 48px; color: var(--ink);
  background: #fff; font: 15px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei",
  "PingFang SC", "WenQuanYi Micro Hei", sans-serif; }
h1 { font-size: 28px; margin: 0 0 4px; color: var(--accent); }
.subtitle, .remark, figcaption small { color: var(--muted); }
h2 { font-size: 20px; margin: 36px 0 8px; padding-bottom: 4px; color: var(--accent);
  border-bottom: 2px solid var(--accent); break-after: avoid; }
nav { margin: 14px 0; } nav a { margin-right: 14px; white-space: nowrap; }
a { color: var(--accent); text-decoration: none; } a:hover { text-decoration: underline; }
figure { margin: 16px 0; }
.map { display: grid; grid-template-columns: minmax(0, 1fr) 300px; gap: 18px; align-items: start; }
.map > svg { width: 100%; height: auto; max-height: 820px; }
.legend { font-size: 13px; line-height: 1.5; } .legend h3 { font-size: 13px; margin: 10px 0 2px; }
.legend div { display: flex; gap: 6px; align-items: center; } .legend svg { flex: none; }
.legend p { margin: 8px 0 0; color: var(--muted); font-size: 12px; }
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
@media (max-width: 760px) { .map { grid-template-columns: 1fr; } body { padding: 14px; } }
@page { size: A4; margin: 16mm 14mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav { display: none; }
  .map { grid-template-columns: minmax(0, 1fr) 52mm; } .map > svg { max-height: 190mm; }
  .legend { font-size: 8pt; } .wide { overflow: visible; } table { min-width: 0; font-size: 8pt; }
  thead { display: table-header-group; } tr, figure { break-inside: avoid; }
  caption { break-after: avoid; } a { color: inherit; }
  th, tbody tr:nth-child(even) td, .map svg, .legend svg { -webkit-print-color-adjust: exact;
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
<h1>{escape(facts.title)}</h1>
<div class="subtitle">{escape(facts.subtitle)}</div>
<nav>{nav}</nav>
<p class="remark">{escape(basis_line(lang))}</p>
</header>
{_figure(facts, lang)}
{sections}
{_sources(facts.sources, lang, next(numbers))}
</body>
</html>
"""


def _figure(facts: Briefing, lang: str) -> str:
    heading, figure = say("Map", lang=lang), say("Figure", lang=lang)
    caption = counted(facts.map.caption, current_imprint().line(lang), lang)
    scene = build_scene(facts.map, *_MAP_MM, font_pt=9.0)
    legend = "\n".join(_legend_line(item) for item in facts.map.legend)
    gap = " "
    return f"""<section id="map">
<h2>{escape(heading)}</h2>
<figure>
<div class="map">
{_map_svg(scene, facts.map.caption)}
<div class="legend">
{legend}
</div>
</div>
<figcaption>{escape(figure)}{gap}1{gap}{escape(caption)}<br><small>{escape(facts.map.source)}</small></figcaption>
</figure>
</section>"""


def _path(area: Area) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring) + "Z" for ring in area.rings)


def _map_svg(scene: Scene, caption: str) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {scene.width:.2f} '
        f'{scene.height:.2f}" role="img" aria-label="{escape(caption)}">'
    ]
    parts += [
        f'<path d="{_path(a)}" fill="#f4f1ea" stroke="#d5d2ca" stroke-width="0.15"/>'
        for a in scene.ground
    ]
    parts += [
        f'<path d="{_path(a)}" fill="{escape(a.colour)}" stroke="#8a8a8a" stroke-width="0.2" '
        f'fill-rule="evenodd" data-adcode="{escape(a.unit_id)}">'
        f"<title>{escape(a.name)}：{escape(a.value)}</title></path>"
        for a in scene.areas
    ]
    parts += [
        f'<path d="{_path(a)}" fill="none" stroke="#2b2b2b" stroke-width="0.55"/>'
        for a in scene.outline
    ]
    for route in scene.routes:
        points = " ".join(f"{x:g},{y:g}" for x, y in route.points)
        parts.append(
            f'<polyline points="{points}" fill="none" stroke="#fff" '
            'stroke-width="1.1" opacity="0.8"/>'
        )
        parts.append(
            f'<polyline points="{points}" fill="none" {_stroke(route.stroke, _ROUTE_MM)}>'
            f"<title>{escape(route.name)}</title></polyline>"
        )
    parts += [
        _badge(m.name, m.colour, m.x, m.y, m.size)
        if m.count
        else _symbol(m.shape, m.colour, m.fill, m.x, m.y, m.size, title=m.name)
        for m in scene.marks
    ]
    for label in scene.labels:
        if label.anchor:
            parts.append(
                f'<line x1="{label.anchor[0]:g}" y1="{label.anchor[1]:g}" '
                f'x2="{label.x:g}" y2="{label.y:g}" stroke="#333" stroke-width="0.15"/>'
            )
    parts += [
        f'<text x="{label.x:g}" y="{label.y + label.height * 0.28:.3f}" text-anchor="middle" '
        f'font-size="{label.height / 1.25:.3f}" font-weight="600" paint-order="stroke" '
        f'stroke="#fff" stroke-width="0.6" fill="#1b1b1b">{escape(label.text)}</text>'
        for label in scene.labels
    ]
    return "\n".join([*parts, "</svg>"])


def _stroke(stroke: Stroke, width: float) -> str:
    """Return a line's colour, width and dashes as attributes, the width of a route given."""
    wide = width * stroke.share
    dashes = " ".join(f"{length * wide:g}" for length in stroke.dashes)
    return f'stroke="{stroke.colour}" stroke-width="{wide:g}"' + (
        f' stroke-dasharray="{dashes}"' if dashes else ""
    )


def _symbol(
    shape: str,
    colour: str,
    fill: str,
    x: float,
    y: float,
    size: float,
    *,
    title: str = "",
) -> str:
    half = size / 2
    points = " ".join(f"{x + px * half:.3f},{y - py * half:.3f}" for px, py in shape_points(shape))
    face = symbol_face(colour, fill)
    return (
        f"<g>{f'<title>{escape(title)}</title>' if title else ''}"
        f'<polygon points="{points}" fill="{face}" stroke="{symbol_edge(colour, fill)}" '
        f'stroke-width="{size * 0.12:.3f}"/></g>'
    )


def _badge(words: str, colour: str, x: float, y: float, size: float) -> str:
    """Return a number in a dark box with round corners."""
    wide = (len(words) * 0.6 + 0.7) * size * 0.8
    return (
        f'<g><rect x="{x - wide / 2:.3f}" y="{y - size / 2:.3f}" width="{wide:.3f}" '
        f'height="{size:g}" rx="{size * 0.2:.3f}" fill="{colour}" stroke="#fff" '
        f'stroke-width="{size * 0.05:.3f}"/><text x="{x:g}" y="{y + size * 0.28:.3f}" '
        f'text-anchor="middle" font-size="{size * 0.8:.3f}" font-weight="700" fill="#fff">'
        f"{escape(words)}</text></g>"
    )


def _legend_line(item: LegendItem) -> str:
    label = escape(item.label)
    if item.kind == "heading":
        return f"<h3>{label}</h3>"
    if item.kind == "note":
        return f"<p>{label}</p>"
    wide, drawn = 22, ""
    if item.kind == "swatch":
        drawn = (
            f'<rect x="1" y="2" width="20" height="10" fill="{item.colour}" stroke="#777" '
            'stroke-width="0.6"/>'
        )
    if item.stroke is not None:
        # A stage has its line beside its symbol; a kind of lines and points behind it.
        start = 22 if item.kind == "stage" else 0
        wide = 22 + start
        drawn += (
            f'<line x1="{start + 1}" y1="7" x2="{start + 21}" y2="7" '
            f"{_stroke(item.stroke, _ROUTE_PX)}/>"
        )
    if item.kind in {"symbol", "stage"}:
        drawn += _symbol(item.shape, item.colour, item.fill, 11, 7, 9)
    if item.kind == "badge":
        drawn += _badge("+n", item.colour, 11, 7, 10)
    return (
        f'<div><svg width="{wide}" height="14" viewBox="0 0 {wide} 14" aria-hidden="true">{drawn}'
        f"</svg><span>{label}</span></div>"
    )


def _section(section: Section, lang: str, numbers: object) -> str:
    lead = "".join(f"<p>{escape(line)}</p>" for line in section.lead)
    tables = "\n".join(
        _table(table, lang, next(numbers))  # type: ignore[call-overload]
        for table in section.tables
    )
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
    return (
        f'<div class="wide"><table>\n<caption>{escape(word)} {number} '
        f"{escape(table.caption)}</caption>\n<colgroup>{widths}</colgroup>"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
        + "\n".join(body)
        + f"\n</tbody></table>{notes_list}</div>"
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
