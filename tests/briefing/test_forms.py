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


def test_every_form_carries_every_cell(region, files, deck, paper):
    import html

    facts = place_facts(region, PLACE)
    page = bare(html.unescape(files["html"].read_text(encoding="utf-8")))
    slides = bare("\n".join(slide_texts(deck)))
    written = "\n".join(
        [
            *(p.text for p in paper.paragraphs),
            *(c.text for t in paper.tables for r in t.rows for c in r.cells),
        ]
    )
    written = bare(written)
    for section in facts.sections:
        for table in section.tables:
            assert all(bare(table.caption) in form for form in (page, slides, written))
            for row in table.rows:
                cited = [str(row.citation)] if row.citation else []
                for cell in (*row.cells, *cited):
                    for line in cell.split("\n"):
                        assert bare(line) in page
                        assert bare(line) in slides
                        assert bare(line) in written
    for source in facts.sources:
        assert all(bare(source.title) in form for form in (page, slides, written))


def test_same_input_same_bytes(region, files, tmp_path):
    for form, path in files.items():
        again = write_briefing(region, PLACE, tmp_path / f"again.{form}")
        assert again.read_bytes() == path.read_bytes(), form


@pytest.mark.parametrize("form", ["pptx", "docx"])
def test_dates_inside_are_fixed(files, form):
    with zipfile.ZipFile(files[form]) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_map_is_a_named_freeform_a_county(region, deck):
    from pptx.enum.shapes import MSO_SHAPE_TYPE

    facts = place_facts(region, PLACE)
    slide = deck.slides[1]
    shapes = {s.name: s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.FREEFORM}
    layer = facts.map.layer
    for code, name in layer.frame["name"].items():
        shape = shapes[name]
        assert str(shape.fill.fore_color.rgb) == layer.colours[code].lstrip("#").upper()
        assert code in shape._element.xpath(".//p:cNvPr/@descr")[0]
        assert shape.left >= 0
        assert shape.left + shape.width <= deck.slide_width
        assert shape.top + shape.height <= deck.slide_height
    assert "周边县（市、区）" in shapes
    legend = [s for s in slide.shapes if s.name.startswith("图例：")]
    labels = {s.text_frame.text for s in legend if s.has_text_frame and s.text_frame.text}
    assert labels == {item.label for item in facts.map.legend}


def test_chinese_text_names_an_east_asian_font(deck):
    theme = deck.slide_master.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme"
    ).blob
    assert "微软雅黑" in theme.decode("utf-8")
    for slide in deck.slides:
        for run in slide._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}r"):
            faces = run.xpath("./a:rPr/a:ea/@typeface")
            assert faces in (["+mn-ea"], ["+mj-ea"])


def test_slides_are_not_overfull(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_table:
                height = sum(row.height for row in shape.table.rows)
                assert shape.top + height <= deck.slide_height * 0.96
        notes = [s for s in slide.shapes if s.name == "注"]
        grids = [s for s in slide.shapes if s.has_table]
        if notes and grids:
            assert notes[0].top >= max(s.top + s.height for s in grids)


def test_word_has_styles_numbers_footnotes(files, paper):
    styles = {p.style.name for p in paper.paragraphs}
    assert {"Title", "Heading 1", "Caption"} <= styles
    with zipfile.ZipFile(files["docx"]) as archive:
        body = archive.read("word/document.xml").decode()
        notes = archive.read("word/footnotes.xml").decode()
        types = archive.read("[Content_Types].xml").decode()
    used = re.findall(r'<w:footnoteReference w:id="(\d+)"', body)
    kept = re.findall(r'<w:footnote w:id="(\d+)"|w:footnote xmlns:w="[^"]+" w:id="(\d+)"', notes)
    assert used == [a or b for a, b in kept]
    assert used
    assert "footnotes+xml" in types
    tables = body.count("SEQ 表")
    assert tables == len(paper.tables)
    assert body.count("SEQ 图") == 1
    assert "w:tblHeader" in body
    assert 'descr="' in body


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
    assert layouts == {"Title Slide", "Title Only"}


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


def test_legends_draw_the_lines_that_the_map_has(region, files, deck):
    """Kinds as their own line, stages with their dashes: on the page and on the slide."""
    items = place_facts(region, PLACE).map.legend
    lines = [item for item in items if item.stroke is not None]
    assert {item.kind for item in lines} >= {"line", "stage"}
    page = files["html"].read_text(encoding="utf-8")
    legend = page[page.index('<div class="legend">') :]
    line = 9
    slide = {
        s.name: s
        for s in deck.slides[1].shapes
        if s.name.startswith("图例：") and s.shape_type == line
    }
    for item in lines:
        (row,) = [r for r in legend.split("<div>") if f"<span>{item.label}</span>" in r]
        assert f'stroke="{item.stroke.colour}"' in row
        wide = 1.5 * item.stroke.share
        dashes = " ".join(f"{length * wide:g}" for length in item.stroke.dashes)
        assert (f'stroke-dasharray="{dashes}"' in row) == bool(dashes)
        assert ("<polygon" in row) == (item.kind != "line")
        drawn = slide[f"图例：{item.label}"]
        assert str(drawn.line.color.rgb) == item.stroke.colour.lstrip("#").upper()
        found = [int(d) for d in drawn._element.xpath(".//a:custDash/a:ds/@d")]
        assert found == [round(length * 100_000) for length in item.stroke.dashes[::2]]
