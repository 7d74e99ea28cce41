"""The three forms of a briefing: same facts, same bytes, native map, templates kept."""

import io
import re
import sys
import zipfile

import pytest

import regionkit as rk
from regionkit.briefing import write_briefing
from regionkit.briefing.facts import place_facts
from regionkit.errors import InputError, MissingDependencyError, OutputError
from regionkit.query.projects import named_now

PLACE = "喀左"


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture(scope="module")
def files(region, tmp_path_factory):
    folder = tmp_path_factory.mktemp("briefs")
    return {
        form: write_briefing(region, PLACE, folder / f"brief.{form}")
        for form in ("pptx", "docx", "html")
    }


@pytest.fixture(scope="module")
def deck(files):
    import pptx

    return pptx.Presentation(str(files["pptx"]))


@pytest.fixture(scope="module")
def paper(files):
    import docx

    return docx.Document(str(files["docx"]))


def slide_texts(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield shape.text_frame.text
            if shape.has_table:
                for row in shape.table.rows:
                    for cell in row.cells:
                        yield cell.text_frame.text


def bare(text):
    return re.sub(r"\s|<[^>]+>", "", text)


def test_every_cell_is_on_the_page_and_in_the_workbook(region, files):
    import html

    import openpyxl

    facts = place_facts(region, PLACE)
    page = bare(html.unescape(files["html"].read_text(encoding="utf-8")))
    book = openpyxl.load_workbook(files["pptx"].with_name("brief-tables.xlsx"))
    cells = [str(c) for sheet in book for row in sheet.values for c in row if c is not None]
    written = bare("\n".join(cells))
    for section in facts.sections:
        for table in section.tables:
            assert bare(table.caption) in page
            for row in table.rows:
                cited = [str(row.citation)] if row.citation else []
                for cell in (*row.cells, *cited):
                    for line in cell.split("\n"):
                        assert bare(line) in page
                        assert bare(line) in written
    for source in facts.sources:
        assert all(bare(source.title) in form for form in (page, written))


def test_every_form_begins_with_the_message_and_its_numbers(region, files, deck, paper):
    digest = place_facts(region, PLACE).digest
    page = bare(files["html"].read_text(encoding="utf-8"))
    first = bare("\n".join(s.text_frame.text for s in deck.slides[0].shapes if s.has_text_frame))
    written = [p.text for p in paper.paragraphs] + [
        c.text for r in paper.tables[0].rows for c in r.cells
    ]
    written = bare("\n".join(written))
    for figure in digest.figures:
        for form in (page, first, written):
            assert bare(digest.message) in form
            assert all(bare(one) in form for one in (figure.value, figure.label, figure.remark))


def test_same_input_same_bytes(region, files, tmp_path):
    for form, path in files.items():
        # The name of the workbook beside it is told in it.
        again = write_briefing(region, PLACE, tmp_path / path.name)
        assert again.read_bytes() == path.read_bytes(), form
    beside = "brief-tables.xlsx"
    assert (tmp_path / beside).read_bytes() == files["pptx"].with_name(beside).read_bytes()


def test_cells_of_a_word_table_stand_on_one_line_whatever_their_letters(paper):
    from docx.enum.text import WD_LINE_SPACING

    used = {
        paragraph.style.name
        for table in paper.tables
        for cell in table._cells
        for paragraph in cell.paragraphs
    }
    rules = {paper.styles[name].paragraph_format.line_spacing_rule for name in used}
    assert rules == {WD_LINE_SPACING.EXACTLY}


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_dates_inside_are_fixed(files, form):
    with zipfile.ZipFile(files[form]) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def map_slide(deck):
    return next(s for s in deck.slides if s.shapes.title.text.endswith("项目分布"))


def test_map_is_a_named_freeform_a_county(region, deck):
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    view = place_facts(region, PLACE).digest.map
    slide = map_slide(deck)
    shapes = {s.name: s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.FREEFORM}
    for code, name in view.areas["name"].items():
        shape = shapes[name]
        assert code in shape._element.xpath(".//p:cNvPr/@descr")[0]
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height
    texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    for spot in view.spots:
        assert texts.count(spot.text) == 1
    assert all(note in texts for note in view.notes)


def test_charts_are_native_and_say_what_they_show(region, deck):
    charts = place_facts(region, PLACE).digest.charts
    frames = [s for slide in deck.slides for s in slide.shapes if s.has_chart]
    assert [frame.name for frame in frames] == [chart.title for chart in charts]
    for frame, chart in zip(frames, charts, strict=True):
        assert chart.title in frame._element.nvGraphicFramePr.cNvPr.get("descr")
        plot = frame.chart.plots[0]
        for made, given in zip(plot.series, chart.series, strict=True):
            assert tuple(made.values) == given.values
        assert frame.chart.font.size.pt >= 14


def test_chinese_text_names_an_east_asian_font(deck):
    theme = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob
    assert "微软雅黑" in theme.decode("utf-8")
    for slide in deck.slides:
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            faces = run.xpath("./a:rPr/a:ea/@typeface")
            assert faces in (["+mn-ea"], ["+mj-ea"])


@pytest.fixture(scope="module")
def long_deck(region, tmp_path_factory):
    import pptx

    path = tmp_path_factory.mktemp("long") / "province.pptx"
    return pptx.Presentation(str(write_briefing(region, "大连市", path)))


def test_a_briefing_has_a_length(deck, long_deck):
    from regionkit.briefing.pptx import MOST_SLIDES

    assert 5 <= len(deck.slides) <= MOST_SLIDES
    assert 5 <= len(long_deck.slides) <= MOST_SLIDES


def test_slides_are_not_overfull_and_words_stay_inside_cells(deck, long_deck):
    from regionkit.briefing.office import EMU_PER_PT
    from regionkit.briefing.pptx_page import LINE, count_lines

    for made in (deck, long_deck):
        for slide in made.slides:
            for shape in slide.shapes:
                if not shape.has_table:
                    continue
                height = sum(row.height for row in shape.table.rows)
                assert shape.top + height <= made.slide_height * 0.96
                widths = [column.width / EMU_PER_PT - 12.0 for column in shape.table.columns]
                for row in shape.table.rows:
                    for cell, width in zip(row.cells, widths, strict=True):
                        text = cell.text_frame.text
                        lines = count_lines(text, width, 14.0)
                        assert lines * 14.0 * LINE <= row.height / EMU_PER_PT
                        if len(text) <= 6:
                            assert lines == 1 + text.count("\n"), text


def test_nothing_on_a_slide_is_under_14_points(deck, long_deck):
    for made in (deck, long_deck):
        for slide in made.slides:
            for shape in slide.shapes:
                # A number in a disc, a badge, and the number of the slide.
                is_number = shape.has_text_frame and shape.text_frame.text.strip("+").isdigit()
                if not shape.has_text_frame or is_number:
                    continue
                for paragraph in shape.text_frame.paragraphs:
                    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size]
                    assert all(size >= 14 for size in sizes), shape.text_frame.text


def test_no_table_goes_on_with_a_row_or_two(deck, long_deck):
    for made in (deck, long_deck):
        for slide in made.slides:
            grids = [s.table for s in slide.shapes if s.has_table]
            rows = [len(grid.rows) - 1 for grid in grids]
            foot = [s for s in slide.shapes if s.has_text_frame and "全文见" in s.text_frame.text]
            assert not (foot and grids and max(rows) <= 2)


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_links_of_a_template_are_dropped_and_told(region, tmp_path, form):
    import docx
    import pptx
    from docx.opc.constants import RELATIONSHIP_TYPE

    own = pptx.Presentation() if form == "pptx" else docx.Document()
    part = own.slide_master.part if form == "pptx" else own.part
    part.relate_to("https://example.org/logo.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    own.save(tmp_path / f"own.{form}")
    told = []
    path = write_briefing(
        region, PLACE, tmp_path / f"b.{form}", template=tmp_path / f"own.{form}", tell=told.append
    )
    assert any("https://example.org/logo.png" in str(words) for words in told)
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            assert b"example.org" not in archive.read(name), name


def test_word_has_styles_contents_and_alt_texts(files, paper):
    from regionkit.briefing.docx import MOST_PAGES

    styles = {p.style.name for p in paper.paragraphs}
    assert {"Title", "Heading 1", "Caption"} <= styles
    with zipfile.ZipFile(files["docx"]) as archive:
        body = archive.read("word/document.xml").decode()
    heads = [p.text for p in paper.paragraphs if p.style.name == "Heading 1"]
    assert 'TOC \\o "1-1"' in body
    for number, head in enumerate(heads, 1):
        listed = body[body.index(f'w:anchor="_Toc{number:06d}"') :]
        assert f"<w:t>{head}</w:t>" in listed[: listed.index("</w:hyperlink>")]
        assert f'w:name="_Toc{number:06d}"' in body
    breaks = sum(p.paragraph_format.page_break_before or 0 for p in paper.paragraphs)
    assert breaks + 1 <= MOST_PAGES
    assert body.count("SEQ 表") == len(paper.tables)
    # Two charts, and the map of numbers on the first page.
    assert body.count("SEQ 图") == 2 + 1
    assert "w:tblHeader" in body
    assert body.count('descr="') == len(paper.inline_shapes) == 3
    assert 'descr=""' not in body


def test_word_opens_with_the_map_of_numbers_and_what_they_are(region, tmp_path):
    import docx

    view = place_facts(region, "铁岭市").digest.map
    assert view.spots
    path = write_briefing(region, "铁岭市", tmp_path / "a.docx")
    first = []
    for block in docx.Document(str(path)).iter_inner_content():
        if hasattr(block, "rows"):
            first += [cell.text for row in block.rows for cell in row.cells]
        elif block.paragraph_format.page_break_before:
            break
        else:
            first.append(block.text)
    for spot in view.spots:
        assert any(text.endswith(f" {spot.number}  {spot.text}") for text in first)
    assert any(view.caption in text for text in first)


def test_a_single_project_has_five_numbers(region):
    figures = place_facts(region, "大连港").digest.figures
    assert len(figures) == 5
    alike = named_now(region.projects)
    alike = alike[alike["kind"] == "port"]
    assert figures[-1].value == str(len(alike))
    assert figures[-1].label == "全省同类项目（港口码头）"


def test_page_is_one_offline_file(files):
    text = files["html"].read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.findall(r'(?:src|href)="(?!#)[^"]+"', text)
    assert "url(" not in text
    assert "@media print" in text


def test_text_is_escaped(region, tmp_path):
    projects = region.projects.iloc[:3].copy()
    projects["name"] = '<b>&"x\x07'
    page = write_briefing(region, projects, tmp_path / "a.html", title="<i>头</i>").read_text(
        "utf-8"
    )
    assert "<i>头" not in page
    assert "<b>" not in page
    for form in ("pptx", "docx"):
        assert write_briefing(region, projects, tmp_path / f"a.{form}").stat().st_size > 0


def test_powerpoint_template_is_kept(region, tmp_path):
    import pptx
    from pptx.util import Inches

    own = pptx.Presentation()
    own.slide_width, own.slide_height = Inches(10), Inches(5.625)
    own.slide_master.name = "机构母版"
    own.slides.add_slide(own.slide_layouts[1]).shapes.title.text = "样张"
    own.save(tmp_path / "own.pptx")
    path = write_briefing(region, PLACE, tmp_path / "b.pptx", template=tmp_path / "own.pptx")
    made = pptx.Presentation(str(path))
    assert (made.slide_width, made.slide_height) == (Inches(10), Inches(5.625))
    assert made.slide_master.name == "机构母版"
    assert "样张" not in "".join(slide_texts(made))
    layouts = {slide.slide_layout.name for slide in made.slides}
    assert layouts == {"Title Only"}


def test_word_template_is_kept(region, tmp_path):
    import docx
    from docx.shared import Pt

    own = docx.Document()
    own.styles["Heading 1"].font.size = Pt(31)
    own.sections[0].header.paragraphs[0].text = "某规划院"
    own.add_paragraph("样张")
    own.save(tmp_path / "own.docx")
    path = write_briefing(region, PLACE, tmp_path / "b.docx", template=tmp_path / "own.docx")
    made = docx.Document(str(path))
    assert made.styles["Heading 1"].font.size == Pt(31)
    assert made.sections[0].header.paragraphs[0].text == "某规划院"
    assert "样张" not in [p.text for p in made.paragraphs]


def test_potx_and_dotx_are_opened(tmp_path):
    import docx
    import pptx

    from regionkit.briefing.office import open_template

    for form, made, kind, other in (
        (".pptx", pptx.Presentation(), "presentationml.presentation", "presentationml.template"),
        (".docx", docx.Document(), "wordprocessingml.document", "wordprocessingml.template"),
    ):
        saved = io.BytesIO()
        made.save(saved)
        path = tmp_path / f"own{form.replace('ptx', 'otx').replace('docx', 'dotx')}"
        with zipfile.ZipFile(saved) as old, zipfile.ZipFile(path, "w") as new:
            for item in old.infolist():
                data = old.read(item)
                if item.filename == "[Content_Types].xml":
                    data = data.replace(f"{kind}.main".encode(), f"{other}.main".encode())
                new.writestr(item, data)
        assert open_template(form, path) is not None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pptx", b"no zip"),
        ("b.pptx", None),
        ("c.docx", b"PK"),
        ("d.docx", None),
    ],
)
def test_wrong_template(region, files, tmp_path, name, content):
    template = tmp_path / name
    form = name[-4:]
    # A file of the other kind under this name, or no Office file at all.
    other = files["docx" if form == "pptx" else "pptx"].read_bytes()
    template.write_bytes(content or other)
    out = tmp_path / f"out.{form}"
    with pytest.raises(InputError, match=r"is no (PowerPoint presentation|Word document)"):
        write_briefing(region, PLACE, out, template=template)
    assert not out.exists()


def test_template_missing_or_for_a_page(region, tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        write_briefing(region, PLACE, tmp_path / "a.pptx", template=tmp_path / "none.pptx")
    with pytest.raises(InputError, match=r"serves \.pptx and \.docx only"):
        write_briefing(region, PLACE, tmp_path / "a.html", template=tmp_path / "none.pptx")


def test_unknown_ending(region, tmp_path):
    with pytest.raises(InputError, match="ends in none of"):
        write_briefing(region, PLACE, tmp_path / "a.pdf")


def test_unwritable_paths(region, tmp_path, monkeypatch):
    with pytest.raises(OutputError, match="does not exist"):
        write_briefing(region, PLACE, tmp_path / "none" / "a.html")
    (tmp_path / "b.html").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_briefing(region, PLACE, tmp_path / "b.html")
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="is not writable"):
        write_briefing(region, PLACE, tmp_path / "c.html")


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_missing_library(region, tmp_path, monkeypatch, form):
    monkeypatch.setitem(sys.modules, form, None)
    with pytest.raises(MissingDependencyError, match=r'pip install "regionkit\[briefing\]"'):
        write_briefing(region, PLACE, tmp_path / f"a.{form}")


def test_english_map_names_its_projection(region, tmp_path):
    written = write_briefing(region, PLACE, tmp_path / "brief.html", lang="en")
    page = written.read_text(encoding="utf-8")
    assert "Albers equal-area conic (standard parallels" in page
    assert "Projection: unknown" not in page


def test_names_no_file_can_hold_are_written_without_what_spoils_them(region, tmp_path):
    import docx
    import pptx

    wrong = "坏$x_1$\x0b\x1f<b>&\u202e"
    projects = region.select_projects(place="211200")
    projects.loc[projects.index[0], "name"] = "长" * 6000
    projects.loc[projects.index[1], "name"] = wrong
    told = {}
    for form in ("pptx", "docx", "html"):
        path = tmp_path / f"a.{form}"
        write_briefing(region, projects, path, title=f"{wrong}{'名' * 6000}")
        told[form] = path
    slides = pptx.Presentation(str(told["pptx"])).slides
    texts = [s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame]
    texts += [p.text for p in docx.Document(str(told["docx"])).paragraphs]
    assert any("坏$x_1$<b>&名名" in text for text in texts)
    assert max(map(len, texts)) < 500
    assert not any("\u202e" in text for text in texts)
    page = told["html"].read_text(encoding="utf-8")
    # The page and the workbook have every name in full.
    assert "长" * 6000 in page
    assert "坏$x_1$&lt;b&gt;&amp;" in page


def test_a_long_table_of_the_page_is_opened_by_its_reader(region, files):
    page = files["html"].read_text(encoding="utf-8")
    facts = place_facts(region, PLACE)
    long = [t for section in facts.sections for t in section.tables if len(t.rows) > 20]
    long += [t for b in facts.digest.boards if b.board_id == "targets"
             for t in b.tables if len(t.rows) > 20]  # fmt: skip
    assert long
    assert page.count("<details") == page.count("</details>") == len(long)
