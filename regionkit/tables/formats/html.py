"""Tables of a web page, which statistics systems and 政务平台 save under the ending .xls.

Nothing in a page is fetched or run: it is parsed as text, and what it links to stays unknown.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from regionkit.tables.formats.page_look import hidden_columns, is_hidden_row, leave_what_is_seen
from regionkit.tables.formats.text import decode_text
from regionkit.tables.grammar.cell import parse_number
from regionkit.tables.grid import check_cell_count, refuse, trim_grid
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regionkit.tables.grid import Grid

__all__ = ["read_mhtml", "read_page"]

_MAX_BYTES = 100_000_000
# As browsers bound them.
_MAX_ACROSS, _MAX_DOWN = 1000, 65_534
# As spreadsheets do.
_MAX_COLUMNS = 16_384
# Not text of the page.
_SILENT = frozenset(
    {"head", "script", "style", "noscript", "select", "button", "template", "xml", "textarea"}
)
_INLINE = frozenset(
    {"a", "b", "big", "em", "font", "i", "input", "label", "nobr", "s", "small", "span", "strong"}
    | {"sub", "sup", "u", "img", "del", "ins", "code", "mark"}
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)


@dataclass
class _Table:
    """A table of a page: its rows as elements, its lines as text."""

    rows: list[tuple[int, list[Any]]] = field(default_factory=list)
    above: list[tuple[int, str]] = field(default_factory=list)
    below: list[tuple[int, str]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_page(path: Path) -> Iterator[Grid]:
    """Yield the tables of a page as sheets called ``table 1`` and so on.

    Merged cells (colspan, rowspan) are merged blocks. Rows are counted through the page, a line
    of text outside the tables as one, as a spreadsheet program shows a page. A table of one row,
    or of one cell a row, only sets text in place: it is taken as lines.

    Raises
    ------
    TableError
        Larger than 100 MB, in no known encoding, or without a table.
    """
    content = path.read_bytes()
    _check_size(len(content), path)
    yield from _page_grids([content], path)


def read_mhtml(path: Path) -> Iterator[Grid]:
    """Yield the tables of a page saved with all its parts in one file, as Excel saves them."""
    content = path.read_bytes()
    _check_size(len(content), path)
    message = email.message_from_bytes(content)
    pages = [part.get_payload(decode=True) for part in message.walk() if _is_page(part)]
    yield from _page_grids([page for page in pages if isinstance(page, bytes)], path)


def _is_page(part: Any) -> bool:
    return bool(part.get_content_type() == "text/html")


def _check_size(n_bytes: int, path: Path) -> None:
    if n_bytes > _MAX_BYTES:
        raise refuse(
            path.name,
            msg("is a web page of {size:,.0f} MB.", size=n_bytes / 1e6),
            msg("Open it in a spreadsheet program and save it as .xlsx."),
        )


def _page_grids(pages: list[bytes], path: Path) -> Iterator[Grid]:
    tables: list[tuple[_Table, str]] = []
    has_frames = False
    for page in pages:
        root, encoding = _parse(page, path)
        if root is not None:
            leave_what_is_seen(root)
            tables += [(table, encoding) for table in _tables(root)]
            has_frames = has_frames or root.find(".//frameset") is not None
    if not tables and has_frames:
        beside = f"{path.stem}.files/sheet001.htm"
        raise refuse(
            path.name,
            msg("is only the frame of a web page; its sheets stand in files beside it."),
            msg(
                "Read those ({file}), or open it in Excel and save it as .xlsx.",
                file=beside,
            ),
        )
    if not tables:
        raise refuse(
            path.name,
            msg("is a web page without a table of rows."),
            msg("Open it in a browser: it may say that the session was over. Export it again."),
        )
    for number, (table, encoding) in enumerate(tables, 1):
        rows, merged = _placed(table, path.name)
        grid = trim_grid(
            path.name,
            f"table {number}",
            rows,
            merged,
            set(),
            hidden_rows=table.hidden_rows,
            hidden_columns=table.hidden_columns,
        )
        yield replace(
            grid,
            sheet=grid.sheet if len(tables) > 1 else "",
            numbers=[row for row, _ in table.rows][: len(grid.rows)],
            encoding=encoding,
            above=table.above,
            below=table.below,
        )


def _parse(content: bytes, path: Path) -> tuple[Any, str]:
    """Return the root of a page and its encoding."""
    import lxml.etree
    import lxml.html

    text, encoding = _decode(content, path)
    # What a page says of its encoding is often wrong (gb2312 over UTF-8); what reads, is right.
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        # Nothing in it at all.
        return None, encoding
    return root, encoding


def _decode(content: bytes, path: Path) -> tuple[str, str]:
    try:
        text, encoding = decode_text(content)
    except UnicodeDecodeError as error:
        named = _CHARSET.search(content[:4096])
        try:
            encoding = named.group(1).decode() if named else ""
            text = content.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            raise refuse(
                path.name,
                msg("is a web page in neither UTF-8 nor GB18030 (byte {n}).", n=error.start),
                msg("Open it in a spreadsheet program and save it as .xlsx."),
            ) from error
    return text.replace("\x00", ""), encoding


# From elements to rows ------------------------------------------------------------------------


def _tables(root: Any) -> list[_Table]:
    """Return the tables of a page, each with the lines before and after it."""
    import lxml.etree

    found: list[_Table] = []
    lines: list[tuple[int, str]] = []
    number, depth, silent = 0, 0, 0
    pieces: list[str] = []

    def end_line() -> None:
        nonlocal number
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text:
            number += 1
            lines.append((number, text))

    for event, node in lxml.etree.iterwalk(root, events=("start", "end")):
        tag = node.tag
        if event == "start":
            if tag == "table":
                end_line()
                depth += 1
                table = _Table()
                caption = next((child for child in node if child.tag == "caption"), None)
                if caption is not None:
                    pieces.append(_cell_text(caption))
                    end_line()
                table.hidden_columns = hidden_columns(node)
                for row, is_hidden in _own_rows(node):
                    number += 1
                    if is_hidden:
                        table.hidden_rows.add(len(table.rows))
                    table.rows.append((number, row))
                if _is_frame(table):
                    lines += _lines_of(table)
                else:
                    if found:
                        found[-1].below += lines
                    table.above, lines = lines, []
                    found.append(table)
            if tag in _SILENT:
                silent += 1
            elif not (depth or silent):
                if tag not in _INLINE:
                    end_line()
                pieces.append(node.text or "")
        else:
            depth -= tag == "table"
            silent -= tag in _SILENT
            if not (depth or silent):
                if tag not in _INLINE:
                    end_line()
                pieces.append(node.tail or "")
    end_line()
    if found:
        found[-1].below += lines
    return found


def _own_rows(table: Any) -> list[tuple[list[Any], bool]]:
    """Return the cells of each row of a table, and whether it is hidden.

    Those of tables inside its cells are left out.
    """
    rows: list[tuple[list[Any], bool]] = []
    waiting = list(table)[::-1]
    while waiting:
        node = waiting.pop()
        if node.tag == "tr":
            rows.append(([], is_hidden_row(node)))
            waiting += list(node)[::-1]
        elif node.tag in {"td", "th"}:
            if not rows:
                rows.append(([], False))
            rows[-1][0].append(node)
        elif node.tag not in {"table", "caption"}:
            waiting += list(node)[::-1]
    return rows


def _is_frame(table: _Table) -> bool:
    """Return whether a table only sets text in place."""
    n_rows, most = 0, 0
    for _, cells in table.rows:
        filled = sum(bool(_cell_text(cell)) for cell in cells)
        n_rows, most = n_rows + bool(filled), max(most, filled)
        if n_rows > 1 and most > 1:
            return False
    return True


def _lines_of(table: _Table) -> list[tuple[int, str]]:
    texts = [
        (row, " ".join(_cell_text(cell).split())) for row, cells in table.rows for cell in cells
    ]
    return [(row, text) for row, text in texts if text]


def _cell_text(cell: Any) -> str:
    """Return the text of a cell, without that of tables inside it."""
    pieces: list[str] = []
    # An element, and whether its own text is still to come.
    waiting: list[tuple[Any, bool]] = [(cell, True)]
    while waiting:
        node, is_opening = waiting.pop()
        if not is_opening:
            pieces.append(node.tail or "")
            continue
        if node is not cell:
            waiting.append((node, False))
        if not isinstance(node.tag, str) or (node.tag in _SILENT | {"table"} and node is not cell):
            continue
        if node.tag in {"br", "p", "div"}:
            pieces.append("\n")
        elif node.tag == "input" and node.get("type", "text") in {"text", "number"}:
            # Forms of platforms keep the figure in a field.
            pieces.append(node.get("value", ""))
        pieces.append(node.text or "")
        waiting += [(child, True) for child in list(node)[::-1]]
    text = "".join(pieces).replace("\xa0", " ")
    return "\n".join(line for line in (" ".join(t.split()) for t in text.split("\n")) if line)


def _placed(table: _Table, file: str) -> tuple[list[list[Any]], list[tuple[int, int, int, int]]]:
    """Return rows with every cell in its column, and the merged blocks."""
    rows: list[list[Any]] = []
    merged = []
    taken: dict[int, int] = {}
    n_cells = 0
    for r, (_, cells) in enumerate(table.rows):
        row: list[Any] = []
        for cell in cells:
            while taken.get(len(row), 0) > r:
                row.append(None)
            across = _span(cell, "colspan", _MAX_ACROSS)
            down = min(_span(cell, "rowspan", _MAX_DOWN), len(table.rows) - r)
            if across * down > 1:
                merged.append((r, len(row), r + down - 1, len(row) + across - 1))
            for c in range(len(row), len(row) + across):
                taken[c] = max(taken.get(c, 0), r + down)
            row += [_cell_value(cell), *[None] * (across - 1)]
            check_cell_count(n_cells + len(row), file, "")
            if len(row) > _MAX_COLUMNS:
                raise refuse(
                    file,
                    msg("has a table of more than {n:,} columns.", n=_MAX_COLUMNS),
                    msg("Export the columns that are needed."),
                )
        n_cells += len(row)
        rows.append(row)
    return rows, merged


def _span(cell: Any, name: str, most: int) -> int:
    text = (cell.get(name) or "").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    number = int(text[:6])
    # rowspan="0" runs to the end of the table.
    return most if number == 0 and name == "rowspan" else min(max(number, 1), most)


def _cell_value(cell: Any) -> Any:
    """Return the text of a cell, or the number that Excel keeps beside what it shows.

    The number kept has more decimals; one of another scale (万 shown of 元) is not what is seen.
    """
    text = _cell_text(cell)
    exact = cell.get("x:num")
    if not exact:
        return text or None
    shown = parse_number(text)
    try:
        number = float(exact)
    except ValueError:
        return text or None
    decimals = len(text.partition(".")[2].strip()) if "." in text else 0
    is_rounded = abs(number - shown.value) <= 0.5 * 10.0**-decimals * (1 + 1e-9)
    return number if is_rounded and not shown.unit and not shown.note else text or None
