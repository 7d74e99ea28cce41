"""The atlas as a first-time user gets it: every file there, linked, readable and true."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

import regionkit as rk
from regionkit.errors import InputError, OutputError
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.places import draw_city_sheet, draw_zone_sheet
from regionkit.maps.atlas.province import area_sheet, province_sheets
from regionkit.maps.atlas.write import _shorten_contents, list_sheets, write_atlas
from regionkit.maps.page.goals import list_gaps
from regionkit.maps.signs.badges import is_approximate
from regionkit.maps.signs.colours import INDUSTRY_GROUPS
from regionkit.maps.signs.theme import get_theme
from regionkit.maps.themes.listed import list_maps
from regionkit.pack.new import new_pack
from regionkit.query.projects import named_now


@pytest.fixture(scope="module", params=["few", pytest.param("whole", marks=pytest.mark.slow)])
def sheets(ln, request):
    """Two sheets of the province, one of a zone and one of a city; the whole atlas is slow."""
    every = list_sheets(ln)
    if request.param == "whole":
        return every
    first = {sheet.group: sheet for sheet in reversed(every)}
    return [*every[:2], first["zone"], first["city"]]


@pytest.fixture(scope="module")
def atlas(ln, sheets, tmp_path_factory):
    folder = tmp_path_factory.mktemp("atlas")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("regionkit.maps.atlas.write.list_sheets", lambda _: sheets)
        write_atlas(ln, folder, progress=False)
    return folder


@pytest.fixture(scope="module")
def data(ln):
    return AtlasData(ln, get_theme("print"))


def draw_sheet(data, sheet_id):
    (entry,) = [sheet for sheet in province_sheets(data.region) if sheet.sheet_id == sheet_id]
    return entry.make(data)


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        del tag
        self.found += [value for name, value in attrs if name in {"href", "src"}]


def test_every_link_of_the_index_leads_to_a_file(atlas, sheets):
    links = _Links()
    links.feed((atlas / "index.html").read_text(encoding="utf-8"))
    assert "interactive.html" in links.found
    for name in ("profiles", "clusters", "targets", "projects", "sources"):
        assert {f"tables/{name}.xlsx", f"tables/{name}.csv"} <= set(links.found)
    for sheet in sheets:
        assert {sheet.png, sheet.pdf, sheet.thumbnail} <= set(links.found)
    for link in links.found:
        assert not re.match(r"[a-z]+:|//", link), f"{link} leaves the folder"
        assert (atlas / link).stat().st_size > 0


def test_the_index_holds_every_county_profile(ln, atlas):
    text = (atlas / "index.html").read_text(encoding="utf-8")
    for industries in ln.county_industries["industries"]:
        assert industries in text
    assert "专栏21/35" in text


def test_there_is_a_sheet_for_the_province_each_zone_and_each_city(ln):
    groups = pd.Series([sheet.group for sheet in list_sheets(ln)]).value_counts()
    assert groups.to_dict() == {"province": len(province_sheets(ln)), "zone": 4, "city": 14}


def test_the_pdf_has_a_contents_page_and_every_sheet_with_real_text(atlas, sheets):
    reader = PdfReader(atlas / "atlas.pdf")
    first = {sheet.title: at for sheet, at in zip(sheets, _starts(atlas, sheets), strict=True)}
    assert len(reader.pages) == 1 + sum(_count_pages(atlas, sheet) for sheet in sheets)
    assert [item.title for item in reader.outline] == [sheet.title for sheet in sheets]
    contents = reader.pages[0].extract_text()
    for sheet in sheets:
        assert sheet.title in contents
    for number, page in enumerate(reader.pages[1:], 2):
        assert "资料来源" in page.extract_text()
        assert str(number) in page.extract_text().split()
    # An entry of the contents leads to its sheet.
    links = [each.get_object() for each in reader.pages[0]["/Annots"]]
    led = [reader.get_page_number(link["/Dest"][0].get_object()) for link in links]
    assert led == list(first.values())
    # What a mail takes.
    assert (atlas / "atlas.pdf").stat().st_size < 8_000_000


def test_outlines_have_no_corners_that_a_printer_cannot_part():
    page = PdfWriter().add_blank_page(500, 500)
    path = b"0.000001 0 m\n10.04 0 l\n10.11 0.02 l\n10.19 0.01 l\n20 0.04 l\n20.02 0.01 l\nS\n"
    page[NameObject("/Contents")] = stream = DecodedStreamObject()
    stream.set_data(path)
    _shorten_contents(page)
    assert page.get_contents().get_data() == b"0 0 m\n10 0 l\n20 0 l\n20 0 l\nS\n"


def _count_pages(atlas, sheet):
    return len(PdfReader(atlas / sheet.pdf).pages)


def _starts(atlas, sheets):
    at, found = 1, []
    for sheet in sheets:
        found.append(at)
        at += _count_pages(atlas, sheet)
    return found


def test_only_the_sheets_asked_for_are_written(ln, tmp_path):
    made = write_atlas(ln, tmp_path, progress=False, n_processes=1, only=["ageing"], size="A3")
    assert made == tmp_path / "sheets" / "ageing.pdf"
    assert {path.name for path in tmp_path.iterdir()} == {"sheets"}
    (page,) = PdfReader(made).pages
    assert round(float(page.mediabox.width) / 72 * 25.4) == 420
    with pytest.raises(InputError, match=r"no sheet 'x'\. Its sheets: zones"):
        write_atlas(ln, tmp_path, progress=False, only=["x"])
    with pytest.raises(InputError, match="A4"):
        write_atlas(ln, tmp_path, progress=False, size="A7")


def test_every_picture_is_a_drawn_a4_page(atlas, sheets):
    for sheet in sheets:
        with Image.open(atlas / sheet.png) as picture:
            assert abs(picture.width - 2339) <= 1
            assert abs(picture.height - 1654) <= 1
            colours = picture.convert("RGB").resize((468, 331)).getcolors(2**20)
        assert len(colours) > 50, sheet.sheet_id
        white = max(colours)[0] / (468 * 331)
        assert 0.3 < white < 0.97, f"{sheet.sheet_id} is {white:.0%} empty"


def test_the_tables_open_in_a_spreadsheet_and_carry_sources(ln, atlas):
    for name in ("profiles", "clusters", "targets", "projects", "sources"):
        path = atlas / "tables" / f"{name}.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        table = pd.read_csv(path)
        if name != "sources":
            assert table["出处"].notna().all()
    assert len(pd.read_csv(atlas / "tables" / "projects.csv")) == len(ln.projects)


def test_nothing_but_finished_files_is_left(atlas):
    assert not [path for path in atlas.rglob("*") if path.name.startswith(".")]


def test_an_unwritable_folder_is_refused_before_anything_is_drawn(ln, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(OutputError, match=r"cannot be written .* Choose another folder"):
        write_atlas(ln, blocked, progress=False)
    assert blocked.read_text() == ""


def test_zone_sheet_shows_each_overlap_in_its_legend(ln, data):
    sheet = draw_sheet(data, "zones")
    labels = [item.label for item in sheet.items]
    for zone in ln.zones.itertuples():
        assert any(label.startswith(zone.name) for label in labels) or any(
            ln.zones.loc[zone.Index, "name"] in label for label in labels
        )
    groups = data.counties["zone_ids"]
    pairs = {mine for mine in groups if len(mine) > 1}
    hatched = [item for item in sheet.items if item.hatch]
    assert len(hatched) == len(pairs)
    counts = sorted(int(re.search(r"（(\d+)）$", item.label)[1]) for item in hatched)
    assert counts == sorted(int((groups == mine).sum()) for mine in pairs)


def test_zone_sheet_names_the_inferred_members(data):
    notes = " ".join(item.label for item in draw_sheet(data, "zones").items if item.kind == "note")
    assert "推断为成员的县：岫岩" in notes
    headings = [i.label for i in draw_sheet(data, "zones").items if i.kind == "heading"]
    assert any(words.endswith("成员全为推断") for words in headings)


def test_urbanisation_sheet_states_the_provincial_target_and_its_baseline(data):
    layer = data.layer("urbanisation")
    assert "2030年全省目标：75%左右（2025年 74.63%）" in layer.note
    assert 75.0 in layer.classes.limits


def test_cluster_layers_count_every_cluster_once_a_city(ln, data):
    layer = data.layer("cluster-count")
    city_of = ln.units["city_adcode"]
    places = ln.cluster_places.assign(city=ln.cluster_places["adcode"].map(city_of))
    dalian = places.loc[places["city"] == "210200", "cluster_id"].nunique()
    assert layer.values["210200"] == dalian
    assert "各市之和有重复" in data.layer("cluster-revenue").note


def test_counties_are_coloured_by_their_first_industry(ln, data):
    layer = data.layer("industry")
    first = ln.industries[(ln.industries["adcode"] == "210281") & (ln.industries["rank"] == 1)]
    assert first["industry"].item() == "轴承"
    expected = INDUSTRY_GROUPS[ln.sectors.loc[first["sector_id"].item(), "group"]]
    assert layer.colours["210281"] == expected
    assert layer.value_labels["210281"] == "轴承、绿色石化、船舶与海工装备"


def test_target_sheet_gives_each_zone_its_own_targets(ln, data):
    sheet = draw_sheet(data, "targets")
    labels = [item.label for item in sheet.items]
    heads = [number for number, item in enumerate(sheet.items) if item.kind == "heading"]
    parts = [labels[low:high] for low, high in pairwise(heads)]
    assert [part[0].rpartition(" ")[0] for part in parts] == ln.zones["name"].tolist()
    for part, words in zip(parts, ("不低于30%", "不低于35%", "不低于50%", "7.7%"), strict=True):
        assert any(words in label for label in part)
    # What is reached, or that nothing is known of it, stands with each.
    assert all(label.rpartition("；")[2][0] in "●◕◐◔○–" for part in parts for label in part[1:])


def test_project_sheets_draw_routes_and_tell_what_is_not_drawn(ln, data):
    sheet = draw_sheet(data, "transport")
    gids = {line.get_gid() for line in sheet.axes[0].lines}
    listed = named_now(ln.select_projects(domain="transport"))
    drawn = listed[~listed.geometry.is_empty]
    # Those known by city or county alone are counted in its badge.
    exact = drawn[~is_approximate(drawn)]
    assert {f"project-{project_id}" for project_id in exact.index} <= gids
    assert sorted(sheet.index) == sorted(listed.index)
    assert not [gid for gid in gids if str(gid).startswith("zone-")]
    missing = listed[listed.geometry.is_empty]
    labels = [item.label for item in sheet.items]
    start = labels.index(f"未载位置 {len(missing)}")
    assert sorted(labels[start + 1 : start + 1 + len(missing)]) == sorted(missing["name"])


@pytest.mark.parametrize("adcode", ["210100", "211400"])
def test_city_sheet_tells_positioning_and_zones(ln, data, adcode):
    sheet = draw_city_sheet(data, adcode)
    assert sheet.title == ln.units.loc[adcode, "name"]
    words = " ".join(item.label for item in sheet.items)
    positioning = ln.profiles.loc[ln.profiles["adcode"] == adcode, "positioning"].iloc[0]
    assert positioning[0] in words
    zones = ln.zones.loc[list(ln.zones_of(adcode)), "short_name"]
    assert sheet.subtitle.startswith("、".join(zones))


def test_zone_sheet_of_one_zone_counts_the_shared_counties(ln, data):
    sheet = draw_zone_sheet(data, "liaoxi")
    shared = sum("liaoxi" in mine and len(mine) > 1 for mine in ln.counties["zone_ids"])
    assert f"{shared} 个同属另一分区" in sheet.subtitle


def test_all_text_of_a_sheet_stays_on_the_page(data):
    for entry in province_sheets(data.region):
        sheet_id, sheet = entry.sheet_id, entry.make(data)
        renderer = sheet.figure.canvas.get_renderer()
        page = sheet.figure.bbox
        texts = [*sheet.figure.texts, *(sheet.legend_axes.texts if sheet.legend_axes else [])]
        for text in texts:
            box = text.get_window_extent(renderer)
            assert page.x0 <= box.x0, (sheet_id, text.get_text())
            assert box.x1 <= page.x1, (sheet_id, text.get_text())
            assert page.y0 <= box.y0, (sheet_id, text.get_text())
            assert box.y1 <= page.y1, (sheet_id, text.get_text())


def test_every_sheet_that_the_pack_lists_has_its_facts(ln):
    wanted = ln.themes["sheet"].dropna().unique()
    gaps = {f"gap-{one.map_id}" for one in list_gaps(ln)}
    assert {sheet.sheet_id for sheet in province_sheets(ln)} == {*wanted, *gaps}


def test_a_map_without_facts_is_no_sheet_and_says_so(ln, tmp_path):
    region = rk.load(new_pack("吉林", tmp_path / "jilin"))
    assert province_sheets(region) == []
    data = AtlasData(region, get_theme("print"))
    mine = [one for one in list_maps(ln) if one.map_id == "over-65"]
    with pytest.raises(InputError, match="no facts for the theme 'over-65'"):
        area_sheet(data, tuple(mine))


def test_sheets_and_data_travel_to_other_processes(data):
    import pickle

    data.layer("industry")
    there = pickle.loads(pickle.dumps(data))  # noqa: S301 - written here
    assert there.layer("industry").entries == data.layer("industry").entries
    for sheet in list_sheets(data.region):
        again = pickle.loads(pickle.dumps(sheet))  # noqa: S301 - written here
        assert again.title == sheet.title


@pytest.mark.slow
def test_a_new_province_without_facts_has_an_atlas_of_its_cities(tmp_path):
    region = rk.load(new_pack("吉林", tmp_path / "jilin"))
    index = write_atlas(region, tmp_path / "maps", n_processes=1, progress=False)
    assert {sheet.group for sheet in list_sheets(region)} == {"city"}
    assert "长春市" in index.read_text(encoding="utf-8")
    assert (tmp_path / "maps" / "interactive.html").stat().st_size > 50_000
