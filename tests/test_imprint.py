"""Approval number, institution, author and date: from a file or options, on all that is written."""

import struct
import zlib

import openpyxl
import pytest

from regionkit.errors import InputError
from regionkit.imprint import Imprint, current_imprint, imprinting, read_settings
from regionkit.maps.paper.sheet import Sheet

OWN = Imprint("辽S〔2026〕1号", "某院", "某人", "2026年")


@pytest.fixture(autouse=True)
def nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REGIONKIT_SETTINGS", raising=False)
    return tmp_path


def test_without_settings_a_map_is_schematic():
    assert current_imprint() == Imprint()
    assert current_imprint().line("zh") == "示意图"
    assert OWN.line("zh") == "审图号：辽S〔2026〕1号，某院，制图：某人，2026年"


def test_settings_of_the_working_folder_and_of_the_variable(nowhere, monkeypatch):
    (nowhere / "regionkit.toml").write_text('institution = "甲院"\n', encoding="utf-8-sig")
    assert read_settings().institution == "甲院"
    other = nowhere / "other.toml"
    other.write_text('author = "乙"\n', encoding="utf-8")
    monkeypatch.setenv("REGIONKIT_SETTINGS", str(other))
    assert read_settings() == Imprint(author="乙")
    other.unlink()
    with pytest.raises(InputError, match=r"other\.toml.*cannot be read"):
        read_settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("institution = 甲院", "cannot be read"),
        ('colour = "red"', "'colour' is no setting"),
        ("date = 2026-01-01", "'date' is no setting, or its value is no text"),
    ],
)
def test_settings_with_faults_are_refused(nowhere, text, told):
    (nowhere / "regionkit.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_settings()


def test_a_sheet_prints_what_is_general_under_its_own():
    with imprinting(OWN):
        assert Sheet(title="图")._right_lines() == [
            "审图号：辽S〔2026〕1号",
            "某院\u3000制图：某人\u30002026年",
        ]
        own = Sheet(title="图", imprint=Imprint("2号", "丙院"))._right_lines()
    assert own[0] == "审图号：2号"
    assert own[1].startswith("丙院\u3000")


def test_options_come_before_the_settings_and_a_workbook_says_them(nowhere):
    from regionkit.cli.command import main

    (nowhere / "regionkit.toml").write_text(
        'institution = "甲院"\nauthor = "某人"\n', encoding="utf-8"
    )
    main(["export", "cities", "-o", "c.xlsx", "--institution", "乙院"])
    notes = dict(openpyxl.load_workbook("c.xlsx")["Notes"].iter_rows(values_only=True))
    assert (notes["Map"], notes["Institution"], notes["Author"]) == (
        "Schematic map",
        "乙院",
        "某人",
    )


def test_every_command_that_draws_takes_the_same_options():
    import click

    from regionkit.cli.command import regionkit

    wanted = {"--approval-number", "--institution", "--author", "--date", "--logo"}
    look = {"--title", "--size", "--theme", "--labels"}
    classes = {"--scheme", "-k", "--cmap"}
    for name, options in {
        "map": wanted | look | classes | {"--unit"},
        "join": wanted | look | classes | {"--unit"},
        "query": wanted | look,
        "atlas": wanted,
        "brief": wanted,
        "export": wanted,
    }.items():
        command = regionkit.get_command(click.Context(regionkit), name)
        has = {opt for parameter in command.params for opt in parameter.opts}
        assert options <= has, name


def test_a_page_and_a_briefing_print_the_number(ln):
    from regionkit.briefing import write_briefing
    from regionkit.maps.page.webmap import webmap

    with imprinting(OWN):
        page = webmap(ln, layers=()).to_html()
        path = write_briefing(ln, "盘锦市", "b.html")
    for text in (page, path.read_text(encoding="utf-8")):
        assert OWN.approval_number in text
        assert "某院" in text


@pytest.mark.parametrize("imprint", [OWN, Imprint()], ids=["signed", "schematic"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_captions_of_slides_and_documents_print_all_of_it(ln, imprint, lang):
    from docx import Document
    from pptx import Presentation

    from regionkit.briefing import write_briefing

    with imprinting(imprint):
        slides = Presentation(str(write_briefing(ln, "盘锦市", "b.pptx", lang=lang)))
        document = Document(str(write_briefing(ln, "盘锦市", "b.docx", lang=lang)))
    caption = [
        [shape.text_frame.text for slide in slides.slides for shape in slide.shapes
         if shape.has_text_frame and imprint.line(lang) in shape.text_frame.text],
        [one.text for one in document.paragraphs if imprint.line(lang) in one.text],
    ]  # fmt: skip
    for found in caption:
        assert len(found) == 1, caption
        assert found[0].startswith("图" if lang == "zh" else "Figure")


def test_the_atlas_prints_all_of_it_on_its_index_and_its_sheets(ln):
    from regionkit.analysis.summary import summary_tables
    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.atlas.province import province_sheets
    from regionkit.maps.atlas.write import _index_page
    from regionkit.maps.signs.theme import get_theme

    entries, tables = province_sheets(ln)[:1], summary_tables(ln, lang="zh")
    for imprint in (OWN, Imprint()):
        with imprinting(imprint):
            page = _index_page(ln, entries, tables)
            data = AtlasData(ln, get_theme("print"))
            lines = entries[0].make(data)._right_lines()
        assert f"<br>{imprint.line('zh')}</footer>" in page
        assert lines[0] == imprint.mark("zh")
        assert all(part in lines[-1] for part in imprint.signature("zh"))


def test_a_logo_stands_in_the_upper_right_and_the_title_keeps_off_it(nowhere):
    from matplotlib.image import imsave

    imsave("logo.png", [[[1.0, 0.0, 0.0]] * 60] * 20)
    (nowhere / "regionkit.toml").write_text('logo = "logo.png"\n', encoding="utf-8")
    sheet = Sheet(title="很长的标题" * 9).finish()
    (logo,) = [ax for ax in sheet.figure.axes if ax.get_gid() == "logo"]
    box = logo.get_window_extent()
    assert box.width / box.height == pytest.approx(3.0, rel=0.02)
    assert box.y1 > sheet.axes[0].get_window_extent().y1
    (title,) = [text for text in sheet.figure.texts if text.get_gid() == "title"]
    assert title.get_window_extent().x1 < box.x0


def test_a_logo_that_cannot_be_read_is_told(nowhere):
    (nowhere / "no.png").write_text("no picture", encoding="utf-8")
    # A small file that unpacks into a picture of 10^10 points.
    size = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    head = b"IHDR" + size
    bomb = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    (nowhere / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bomb)
    for name in ("no.png", "missing.png", "bomb.png"):
        with imprinting(Imprint(logo=name)), pytest.raises(InputError, match=f"{name}.*logo"):
            Sheet(title="图")
