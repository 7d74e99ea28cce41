"""The whole atlas in one call: index page, interactive map, sheets, tables, one PDF."""

from __future__ import annotations

import io
import math
import multiprocessing
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import TYPE_CHECKING, Any

from regionkit.analysis.summary import summary_tables
from regionkit.errors import InputError
from regionkit.files import prepare_folder, write_aside
from regionkit.imprint import current_imprint, imprinting
from regionkit.maps.atlas.data import LANG
from regionkit.region.names import called_units, whole_word
from regionkit.tables.write import write_table
from regionkit.words.message import Option, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd
    from matplotlib.text import Text
    from PIL.Image import Image
    from pypdf import PageObject, PdfWriter

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.atlas.entry import AtlasSheet
    from regionkit.maps.signs.theme import Theme
    from regionkit.region import Region

__all__ = ["list_sheets", "write_atlas"]

_DPI = 200
# Of flat colours and thin lines: a higher one takes half as long again to save a hundredth.
_PNG_LEVEL = 3
# As wide as a card of the index page.
_THUMBNAIL_PX = 760
_SHEETS_AT_ONCE = 3
_OBJECTS_A_SWEEP = 50_000
_SHEETS_WORTH_A_FONT = 5
# Of numbers, units and English names.
_LETTERS = "".join(map(chr, range(32, 127))) + "−±×≤≥²°·—“”"
# So many entries a column, and columns a page, have room on a page of contents.
_CONTENTS_ROWS = 16
_CONTENTS_COLUMNS = 3
_SIZES = ("A4", "A3")
# Of a page's number: from the right, from below, size, points.
_NUMBER_PT = (25.5, 9.0, 8.0)
# A corner of a path in a page's contents: a line of numbers, then what is drawn to them.
_CORNER = re.compile(rb"^([-\d.]+(?: [-\d.]+)+) ([lmc])$", re.MULTILINE)
# Corners of one path after another, and how far apart they are at least: 0.09 mm.
_RUN = re.compile(rb"(?:^[-\d.]+ [-\d.]+ l\n){3,}", re.MULTILINE)
_LEAST_STEP_PT = 0.25
_Box = tuple[float, float, float, float]


def list_sheets(region: Region, *, with_untold: bool = False) -> list[AtlasSheet]:
    """Return the sheets of a region's atlas, in the order of its contents.

    Parameters
    ----------
    region : Region
    with_untold : bool
        Whether cities that the pack says nothing of are among them; they have a sheet only where
        it is asked for by name.

    Examples
    --------
    >>> import regionkit as rk
    >>> [sheet.title for sheet in list_sheets(rk.load("liaoning"))][:2]
    ['一圈一带两区', '空间结构']
    """
    from regionkit.maps.atlas.places import place_sheets
    from regionkit.maps.atlas.province import province_sheets

    return [*province_sheets(region), *place_sheets(region, with_untold=with_untold)]


def write_atlas(
    region: Region,
    folder: str | Path = "maps",
    *,
    theme: str = "print",
    n_processes: int = 2,
    progress: bool = True,
    size: str = "A4",
    only: Sequence[str] = (),
    older: bool = False,
) -> Path:
    """Write the atlas of a region; return the path of its index page.

    Parameters
    ----------
    region : Region
    folder : path
        Made where it is missing. Each file is written aside and moved, so an older atlas is
        replaced file by file and nothing is left half written.
    theme : {"print", "projector", "bw"}
    n_processes : int
        Sheets are drawn in so many processes.
    progress : bool
        Whether to show a progress bar on standard error.
    size : {"A4", "A3"}
        Of the sheets, in landscape.
    only : sequence of str
        Ids or titles of sheets: only these are written, each as picture and PDF, and nothing else.
    older : bool
        Whether sheets also show the projects that only older documents name: in grey, without
        numbers, listed and counted apart.

    Returns
    -------
    Path
        ``index.html``. Beside it: ``interactive.html``, ``atlas.pdf``, ``sheets/*.png`` and
        ``.pdf``, ``tables/*.csv`` and ``.xlsx``. With ``only`` the PDF of the first of them.

    Raises
    ------
    InputError
        The size is not known, there is no such sheet, or the region has none.
    OutputError
        The folder cannot be written.
    FontError
        No font with Chinese glyphs is installed.
    """
    from tqdm import tqdm

    from regionkit.maps.page.webmap import webmap
    from regionkit.maps.signs.theme import cjk_font_family

    cjk_font_family()
    if size not in _SIZES:
        raise InputError(
            msg("{option} is not known.", option=Option("size", size)),
            mend=msg("Use one of {choices}.", choices=_SIZES),
        )
    sheets = _chosen(list_sheets(region, with_untold=True), only) if only else list_sheets(region)
    if not sheets:
        raise InputError(
            msg("{region} has no facts that a sheet would show.", region=region.name),
            mend=msg(
                "Make a pack with regionkit new-pack {region} DIR, or draw the outline of one city "
                "with --only.",
                region=region.name,
            ),
        )
    folder = prepare_folder(folder)
    for name in ("sheets",) if only else ("sheets", "tables"):
        prepare_folder(folder / name)
    bar = tqdm(
        total=len(sheets) + (0 if only else 3),
        desc=say("atlas"),
        unit=say("pages"),
        disable=not progress,
        leave=False,
    )
    with bar:
        pages: dict[str, bytes] = {}
        messages: dict[str, str] = {}
        for sheet_id, message, pdf in _draw_all(
            region, folder, sheets, (theme, size, older), n_processes
        ):
            pages[sheet_id], messages[sheet_id] = pdf, message
            bar.update()
        if only:
            return folder / sheets[0].pdf
        webmap(region).save(folder / "interactive.html")
        bar.update()
        write_aside(folder / "atlas.pdf", _bind(region, sheets, pages))
        bar.update()
        tables = summary_tables(region, lang=LANG)
        for name, (title, table) in tables.items():
            write_table(table, folder / "tables" / f"{name}.csv")
            write_table(
                table,
                folder / "tables" / f"{name}.xlsx",
                title=title,
                notes=current_imprint().notes(),
                sources=tables["sources"][1],
            )
        write_aside(folder / "index.html", _index_page(region, sheets, tables, messages))
        bar.update()
    return folder / "index.html"


def _draw_all(
    region: Region,
    folder: Path,
    sheets: list[AtlasSheet],
    look: tuple[str, str, bool],
    n_processes: int,
) -> Iterable[tuple[str, str, bytes]]:
    """Draw every sheet, in several processes where that pays; yield ids, messages, PDF pages."""
    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.signs.theme import get_theme

    theme, size, older = look
    # Fewer sheets are written sooner than a font for them is made.
    files = _fonts_of(region, get_theme(theme)) if len(sheets) >= _SHEETS_WORTH_A_FONT else ()
    data = AtlasData(region, get_theme(theme), size=size, with_older=older, font_files=files)
    save = partial(_save_sheet, data, folder)
    # A process that is itself one of a pool may start no others.
    if n_processes < 2 or multiprocessing.current_process().daemon:
        yield from map(save, sheets)
        return
    # Fresh processes: a fork of one with threads (GDAL, pyarrow) may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(n_processes, mp_context=context, initializer=_start_worker) as pool:
        with _without_main():
            # The data travel once with each few sheets: a tenth of a second.
            drawn = pool.map(save, sheets, chunksize=_SHEETS_AT_ONCE)
        yield from drawn


def _fonts_of(region: Region, theme: Theme) -> tuple[str, ...]:
    """Return the files of a font with what a region's sheets say; none for a font of one's own."""
    from regionkit.maps.paper.text_fonts import make_text_fonts
    from regionkit.maps.signs.theme import cjk_font_family
    from regionkit.words.catalogue import chinese_letters

    if theme.font:
        return ()
    words = {
        word
        for table in region.tables.values()
        for column in table.columns
        for word in table[column].dropna().astype(str).unique()
    }
    words.update(region.units["name"].astype(str), chinese_letters(), _LETTERS)
    return make_text_fonts(cjk_font_family(), words)


@contextmanager
def _without_main() -> Iterator[None]:
    """Keep processes that start meanwhile from running the caller's script again.

    A fresh process runs the script that started it before anything else; one without the line
    ``if __name__ == "__main__"`` would start an atlas in each, which waits for ever. What is drawn
    there needs nothing of the script.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _start_worker() -> None:
    """Make a fresh process one that draws sheets: it ends with its parent, and seldom tidies up.

    A sheet is some hundred thousand objects that live until it is written; looking through them
    for what is no longer needed took a tenth of its time.
    """
    import gc

    gc.freeze()
    gc.set_threshold(_OBJECTS_A_SWEEP, 20, 20)
    _end_with_parent()


def _end_with_parent() -> None:
    """End this worker when the process that started it is gone, however that was killed."""
    import os
    import threading

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True, name="end with parent").start()


def _save_sheet(data: AtlasData, folder: Path, entry: AtlasSheet) -> tuple[str, str, bytes]:
    """Draw a sheet once and write it as picture, small picture and PDF page.

    Returns its id, its message and the PDF.
    """
    from PIL.PngImagePlugin import PngInfo

    from regionkit.maps.paper.pdf_pictures import page_pictures

    with imprinting(data.imprint):
        sheet = entry.make(data)
        pdf = sheet.save(folder / entry.pdf).read_bytes()
    first, *others = page_pictures(pdf, _DPI)
    told = PngInfo()
    told.add_itxt("Title", sheet.title)
    names = [
        entry.png,
        *(f"sheets/{entry.sheet_id}-{number}.png" for number in range(2, len(others) + 2)),
    ]
    for name, picture in zip(names, [first, *others], strict=True):
        data_of = _png_of(picture, compress_level=_PNG_LEVEL, dpi=(_DPI, _DPI), pnginfo=told)
        write_aside(folder / name, data_of)
    first.thumbnail((_THUMBNAIL_PX, _THUMBNAIL_PX))
    write_aside(folder / entry.thumbnail, _png_of(first.quantize(96), compress_level=9))
    return entry.sheet_id, sheet.subtitle, pdf


def _png_of(picture: Image, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format="PNG", **options)
    return buffer.getvalue()


def _bind(region: Region, sheets: list[AtlasSheet], pages: dict[str, bytes]) -> bytes:
    """Return all sheets as one PDF, a contents page before them, with bookmarks."""
    from pypdf import PdfReader, PdfWriter

    read = {sheet.sheet_id: PdfReader(io.BytesIO(pages[sheet.sheet_id])) for sheet in sheets}
    n_pages = {key: len(reader.pages) for key, reader in read.items()}
    contents, places = _contents(region, sheets, n_pages)
    writer = PdfWriter()
    writer.append(PdfReader(io.BytesIO(contents)))
    starts: dict[str, int] = {}
    for sheet in sheets:
        starts[sheet.sheet_id] = len(writer.pages)
        writer.append(read[sheet.sheet_id], import_outline=False)
        writer.add_outline_item(title=sheet.title, page_number=starts[sheet.sheet_id])
    for at, sheet_id, box in places:
        _link(writer, at, box, starts[sheet_id])
    for number, page in enumerate(writer.pages, 1):
        page.merge_page(_page_number(number, float(page.mediabox.width)))
        _shorten_contents(page)
    writer.compress_identical_objects()
    writer.add_metadata(
        {
            "/Title": say("{name}: planning atlas", lang=LANG, name=region.name),
            "/Producer": "regionkit",
        }
    )
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _shorten_contents(page: PageObject) -> None:
    """Write the corners of a page's paths to a tenth of a point, curves to a hundredth.

    matplotlib writes six digits, a millionth of what a printer can show, and corners of outlines
    nearer to one another than a printer can part.
    """
    contents = page.get_contents()
    if contents is None:
        return
    rounded = _CORNER.sub(_rounded, contents.get_data())
    contents.set_data(_RUN.sub(_thinned, rounded))
    page.replace_contents(contents)
    page.compress_content_streams(level=9)


def _thinned(run: re.Match[bytes]) -> bytes:
    """Return a run of corners without those next to the one before; its end stays."""
    *corners, end = run[0].split(b" l\n")[:-1]
    kept, last = [], (math.inf, math.inf)
    for corner in corners:
        x, y = map(float, corner.split())
        if abs(x - last[0]) > _LEAST_STEP_PT or abs(y - last[1]) > _LEAST_STEP_PT:
            kept.append(corner)
            last = x, y
    return b" l\n".join([*kept, end, b""])


def _rounded(corner: re.Match[bytes]) -> bytes:
    # Of an outline a tenth does: half of that is a tenth of the width of a coast.
    digits = 2 if corner[2] == b"c" else 1
    numbers = (
        f"{float(number):.{digits}f}".rstrip("0").rstrip(".") for number in corner[1].split()
    )
    return f"{' '.join(numbers)} ".encode("ascii") + corner[2]


def _link(writer: PdfWriter, page: int, box: _Box, to: int) -> None:
    """Make a box of a page lead to another page."""
    from pypdf.annotations import Link

    writer.add_annotation(page, Link(rect=box, target_page_index=to))


def _page_number(number: int, wide: float) -> PageObject:
    """Return an empty page with its number in the lower right, in a font that all readers have."""
    from pypdf import PageObject
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    page = PageObject.create_blank_page(width=wide, height=wide)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/PageNumber"): font})}
    )
    x = wide - _NUMBER_PT[0] - len(str(number)) * _NUMBER_PT[2] * 0.556
    words = DecodedStreamObject()
    words.set_data(
        f"BT /PageNumber {_NUMBER_PT[2]} Tf 0.33 0.38 0.42 rg {x:.1f} {_NUMBER_PT[1]} Td "
        f"({number}) Tj ET".encode("ascii")
    )
    page[NameObject("/Contents")] = words
    return page


def _chosen(sheets: list[AtlasSheet], only: Sequence[str]) -> list[AtlasSheet]:
    """Return the sheets asked for by id or title.

    Raises
    ------
    InputError
        There are no such sheets.
    """
    found = {name: sheet for sheet in sheets for name in (sheet.title, sheet.sheet_id)}
    unknown = [name for name in only if name not in found]
    if unknown:
        raise InputError(
            msg("The atlas has no sheet {names}.", names=join(map(repr, unknown))),
            mend=msg("Its sheets: {ids}.", ids=join(sheet.sheet_id for sheet in sheets)),
        )
    return [found[name] for name in dict.fromkeys(only)]


def _contents_page(region: Region, sheets: list[AtlasSheet]) -> bytes:
    """Return the contents as a PDF, as of sheets of one page each."""
    return _contents(region, sheets, {})[0]


def _contents(
    region: Region, sheets: list[AtlasSheet], n_pages: dict[str, int]
) -> tuple[bytes, list[tuple[int, str, _Box]]]:
    """Return the contents as a PDF, one page or more, and where on them each sheet is named."""
    columns = _contents_columns(region, sheets)
    pages = [
        columns[at : at + _CONTENTS_COLUMNS] for at in range(0, len(columns), _CONTENTS_COLUMNS)
    ]
    # Numbers are those of the file's pages, of which the contents are the first.
    numbers, at = {}, len(pages) + 1
    for sheet in sheets:
        numbers[sheet.sheet_id] = at
        at += n_pages.get(sheet.sheet_id, 1)
    drawn = [_draw_contents(region, page, numbers) for page in pages]
    places = [
        (page, sheet_id, box)
        for page, (_, boxes) in enumerate(drawn)
        for sheet_id, box in boxes.items()
    ]
    return _join_pdfs([pdf for pdf, _ in drawn]), places


def _contents_columns(
    region: Region, sheets: list[AtlasSheet]
) -> list[tuple[str, list[AtlasSheet]]]:
    """Return the columns of the contents: a heading and the sheets under it, so many a column."""
    columns = []
    for group, heading in _groups(region).items():
        mine = [sheet for sheet in sheets if sheet.group == group]
        for at in range(0, max(len(mine), 1), _CONTENTS_ROWS):
            title = say("{title} (continued)", lang=LANG, title=heading) if at else heading
            columns.append((title, mine[at : at + _CONTENTS_ROWS]))
    return columns


def _draw_contents(
    region: Region, columns: list[tuple[str, list[AtlasSheet]]], numbers: dict[str, int]
) -> tuple[bytes, dict[str, _Box]]:
    """Return a page of contents as a PDF, and where on it each sheet is named, points."""
    from regionkit.maps.paper.pdf_fonts import with_true_type
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.theme import drawing, get_theme

    theme = get_theme("print")
    with drawing(theme):
        sheet = Sheet(
            title=say("{name}: planning atlas", lang=LANG, name=region.name),
            subtitle=say("Contents", lang=LANG),
            theme=theme,
            legend_mm=0.0,
            source=_main_sources(region),
        )
        ax = sheet.axes[0]
        texts: dict[str, Text] = {}
        for column, (heading, mine) in enumerate(columns):
            x = 0.02 + column / _CONTENTS_COLUMNS
            ax.text(
                x,
                0.97,
                heading,
                transform=ax.transAxes,
                fontsize=theme.base_size * 1.4,
                fontweight="bold",
                va="top",
            )
            for row, entry in enumerate(mine):
                texts[entry.sheet_id] = ax.text(
                    x,
                    0.88 - row * 0.055,
                    f"{numbers[entry.sheet_id]}  {entry.title}",
                    transform=ax.transAxes,
                    fontsize=theme.base_size * 1.15,
                    va="top",
                )
        sheet.finish()
        points = 72 / sheet.figure.dpi
        boxes: dict[str, _Box] = {}
        for sheet_id, text in texts.items():
            box = text.get_window_extent()
            boxes[sheet_id] = (box.x0 * points, box.y0 * points, box.x1 * points, box.y1 * points)
        buffer = io.BytesIO()
        sheet.figure.savefig(buffer, format="pdf", metadata={"CreationDate": None})
    return with_true_type(buffer.getvalue()), boxes


def _join_pdfs(pages: list[bytes]) -> bytes:
    from pypdf import PdfReader, PdfWriter

    if len(pages) == 1:
        return pages[0]
    writer = PdfWriter()
    for page in pages:
        writer.append(PdfReader(io.BytesIO(page)))
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _groups(region: Region) -> dict[str, str]:
    """Return the headings that the sheets stand under."""
    return {
        "province": whole_word(region.name, LANG),
        "zone": say("Zones", lang=LANG),
        "city": say("Each city", lang=LANG),
    }


def _main_sources(region: Region) -> str:
    """Return the plan documents, the newest first, and how many sources stand beside them."""
    sources = region.sources
    is_plan = sources["kind"].isin(["plan", "action plan", "division of work"])
    plans = sources[is_plan].sort_values("issued_on", ascending=False, na_position="last")
    rest = len(sources) - len(plans)
    listed = join(plans["title"], "clauses").render(LANG)
    more = say("; {n} in all, see Sources on the first page", lang=LANG, n=len(sources))
    return listed + (more if rest else "")


def _index_words(region: Region, n_inferred: int, n_groupings: int) -> dict[str, str]:
    """Return what the index page says of itself."""
    return {
        "lead": say(
            "Zones: {zones}, cities: {cities}, county-level units: {counties}, projects: "
            "{projects}. The maps are schematic, not a basis for drawing boundaries.",
            lang=LANG,
            zones=len(region.zones),
            cities=len(region.cities),
            counties=len(region.counties),
            projects=len(region.projects),
        ),
        "interactive": say("Open the interactive map", lang=LANG),
        "pdf": say("Atlas as PDF", lang=LANG),
        "tables": say("Tables", lang=LANG),
        "workbook": say("Download Excel workbook", lang=LANG),
        "download": say("Download CSV", lang=LANG),
        "imprint": current_imprint().line(LANG),
        "sources": say("Documents and data", lang=LANG),
        "foot": say(
            "Every fact has its source; of the members of {zones} zones {n} are inferred by "
            "the editors (and {groupings} of corridors and other groupings), as the legends of "
            "the sheets concerned say. Administrative boundaries: {label}, converted to "
            "WGS-84. Made by regionkit.",
            lang=LANG,
            zones=len(region.zones),
            n=n_inferred,
            groupings=n_groupings,
            label=region.drawn_boundaries(LANG),
        ),
    }


def _untold_words(region: Region) -> str:
    """Return which cities have no sheet, and why; nothing where all have one."""
    from regionkit.maps.atlas.places import untold_cities

    untold = untold_cities(region)
    if not untold:
        return ""
    return say(
        "Without a sheet, as the pack has no fact of theirs that it would show: {names}.",
        lang=LANG,
        names=join(called_units(region, LANG)[untold]),
    )


def _index_page(
    region: Region,
    sheets: list[AtlasSheet],
    tables: dict[str, tuple[str, pd.DataFrame]],
    messages: Mapping[str, str] | None = None,
) -> str:
    """Return the index page: sheets with their messages, interactive map, tables, sources."""
    from importlib.resources import files

    from jinja2 import Environment

    template = (files("regionkit.maps.atlas") / "index.html.jinja").read_text(encoding="utf-8")
    shown = {
        name: (
            title,
            say("{n} rows", lang=LANG, n=len(table)),
            table.astype(object).where(table.notna(), ""),
        )
        for name, (title, table) in tables.items()
    }
    groups = [
        (heading, [sheet for sheet in sheets if sheet.group == group])
        for group, heading in _groups(region).items()
    ]
    inferred = region.memberships["basis"] == "inferred"
    in_zones = inferred & region.memberships["zone_id"].isin(region.zones.index)
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(template).render(
        region=region,
        title=say("{name}: planning atlas", lang=LANG, name=region.name),
        words=_index_words(region, int(in_zones.sum()), int(inferred.sum() - in_zones.sum())),
        groups=groups,
        untold=_untold_words(region),
        messages=messages or {},
        tables=shown,
        shown=("profiles", "clusters"),
    )
