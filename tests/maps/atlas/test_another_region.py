"""Another province follows: 吉林, by public documents, without a word of the embedded pack."""

import re
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

import regionkit as rk
from regionkit.analysis.summary import summary_tables
from regionkit.briefing import write_briefing
from regionkit.errors import InputError
from regionkit.maps.atlas.data import AtlasData
from regionkit.maps.atlas.province import province_sheets
from regionkit.maps.atlas.write import _index_page, list_sheets, write_atlas
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.theme import get_theme
from regionkit.pack.check import check_pack
from regionkit.region.names import whole_word

PACKS = Path(__file__).parents[2] / "packs"
PACK = PACKS / "jilin"


@pytest.fixture(scope="module")
def jilin():
    return rk.load(PACK)


@pytest.fixture(scope="module")
def foreign(ln, jilin):
    return foreign_words(ln, jilin)


def foreign_words(ln, region):
    """Words of the embedded pack's plan: names of zones and documents."""
    words = {ln.zone_system, *ln.zone_table["name"], *ln.zones["short_name"]}
    own = ln.sources[ln.sources["kind"].isin(["plan", "action plan", "division of work"])]
    words |= {*own["title"], *own["short_title"], "十五五", "三年行动"}
    return words - set(region.sources["title"]) - set(region.sources["short_title"])


def told(text, foreign):
    return sorted(word for word in foreign if word in text.replace("\n", ""))


def test_the_pack_is_sound(jilin):
    assert check_pack(PACK) == []
    assert (len(jilin.zones), len(jilin.projects), len(jilin.targets)) == (3, 11, 7)
    # As the source counts them.
    assert sum("west" in mine for mine in jilin.counties["zone_ids"]) == 12


def test_its_sheets_are_what_its_facts_allow(jilin):
    assert [sheet.title for sheet in province_sheets(jilin)] == [
        "三大板块", "重大交通项目", "重大能源项目", "重大水利项目",
    ]  # fmt: skip
    assert len(list_sheets(jilin)) == 4 + 3 + 9


@pytest.fixture(scope="module")
def northeast():
    return rk.load(PACKS / "northeast")


def test_a_city_that_the_pack_says_nothing_of_has_no_sheet_of_its_own(northeast):
    titles = [sheet.title for sheet in list_sheets(northeast)]
    cities = [one.title for one in list_sheets(northeast) if one.group == "city"]
    # Members of a zone, or a project's place.
    assert cities == [
        "赤峰市", "通辽市", "锡林郭勒盟", "大连市", "抚顺市", "丹东市", "锦州市", "铁岭市",
        "朝阳市", "吉林市", "四平市", "辽源市", "通化市", "白山市", "哈尔滨市", "牡丹江市",
    ]  # fmt: skip
    index = _index_page(northeast, list_sheets(northeast), summary_tables(northeast, lang="zh"))
    (line,) = re.findall("<p>(.*不出图幅.*)</p>", index)
    assert "沈阳市" in line
    assert all(name not in line for name in cities)
    # By its name it is drawn all the same: an outline with its counties.
    every = [sheet.title for sheet in list_sheets(northeast, with_untold=True)]
    assert len(every) == len(titles) + 25 == 3 + 3 + 41


def test_the_atlas_of_several_provinces_without_facts_says_what_to_do(tmp_path):
    region = rk.load(["海南", "吉林"], name="两省")
    with pytest.raises(InputError, match="has no facts that a sheet would show") as caught:
        write_atlas(region, tmp_path, progress=False)
    assert "regionkit new-pack 两省 DIR" in str(caught.value)
    assert len(list_sheets(region, with_untold=True)) == 19 + 9
    # Of one province the outlines of its cities are few.
    assert len(list_sheets(rk.load("宁夏"))) == 5


def test_a_badge_says_where_though_the_pack_has_no_seats(northeast):
    data = AtlasData(northeast, get_theme("print"), tolerance_m=3000.0)
    (energy,) = [one for one in list_sheets(northeast) if one.title == "重大能源项目"]
    sheet = energy.make(data)
    labels = [item.label for item in sheet.items]
    assert "+1 只知在括号中所列县（市、区）" in labels
    assert "内蒙古科左中旗百万千瓦风电基地（科尔沁左翼中旗）" in labels
    gids = {one.get_gid() for one in sheet.axes[0].collections}
    assert "province-border" in gids


def test_a_name_of_a_zone_stands_a_letter_off_names_of_its_units():
    data = AtlasData(rk.load(PACKS / "hainan"), get_theme("print"), tolerance_m=1000.0)
    sheet = list_sheets(data.region)[0].make(data)
    boxes = {}
    for text in sheet.axes[0].texts:
        boxes.setdefault(text.get_gid() == "zone-name", []).append(text.get_window_extent())
    pixels = 4 * sheet.figure.dpi / 72
    for zone in boxes[True]:
        for other in boxes[False]:
            beside = other.y0 < zone.y1 and other.y1 > zone.y0
            assert not beside or max(other.x0 - zone.x1, zone.x0 - other.x1) > pixels


def test_a_region_within_one_province_has_no_border_of_provinces(jilin):
    data = AtlasData(jilin, get_theme("print"), tolerance_m=3000.0)
    sheet = list_sheets(jilin)[0].make(data)
    assert "province-border" not in {one.get_gid() for one in sheet.axes[0].collections}


def test_zones_without_a_colour_have_one_each(jilin):
    assert jilin.zones["colour"].nunique() == 3
    assert jilin.zones["colour"].str.fullmatch("#[0-9a-f]{6}").all()


def test_its_sheets_name_its_own_cities_and_documents(jilin, foreign):
    data = AtlasData(jilin, get_theme("print"), tolerance_m=3000.0)
    for entry in [*province_sheets(jilin)[:2], *list_sheets(jilin)[4:5]]:
        sheet = entry.make(data)
        words = [text.get_text() for ax in sheet.axes for text in ax.texts]
        text = "".join([*words, sheet.title, sheet.subtitle, sheet.source])
        text += "".join(item.label for item in sheet.items)
        assert told(text, foreign) == [], entry.title
        assert "自治州" not in "".join(words)
    assert "延边" in words or "延边" in data.cities["short"].tolist()


def test_sheets_of_cities_draw_what_older_documents_name_where_the_plan_names_nothing(jilin):
    data = AtlasData(jilin, get_theme("print"), tolerance_m=3000.0)
    (baicheng,) = [one for one in list_sheets(jilin) if one.title == "白城市"]
    words = "".join(item.label for item in baicheng.make(data).items)
    assert "更早" not in words
    assert "以前的文件" not in words
    assert "只知所在市县" in words


def test_page_index_and_tables_hold_no_word_of_another_plan(jilin, foreign, tmp_path):
    page = webmap(jilin).save(tmp_path / "page.html").read_text(encoding="utf-8")
    tables = summary_tables(jilin, lang="zh")
    index = _index_page(jilin, list_sheets(jilin), tables)
    texts = [page, index, *(table.to_csv() for _, table in tables.values())]
    for text in texts:
        assert told(text, foreign) == []
    assert "三大板块" in index


def test_briefs_hold_no_word_of_another_plan(jilin, foreign, tmp_path, chinese):
    del chinese
    for name in ("西部板块", "延边州", "通榆县"):
        path = write_briefing(jilin, name, tmp_path / "brief.html")
        assert told(path.read_text(encoding="utf-8"), foreign) == [], name
    assert "整体属于“三大板块”中的西部生态经济区" in path.read_text(encoding="utf-8")


def test_the_whole_is_called_as_its_kind_is():
    assert whole_word("重庆市", "zh") == "全市"
    assert whole_word("广西壮族自治区", "zh") == "全区"
    assert whole_word("吉林省", "en") == "the whole province"


@pytest.mark.slow
@pytest.mark.parametrize("pack", ["jilin", "hainan", "northeast"])
def test_no_file_of_its_atlas_holds_a_word_of_another_plan(ln, pack, tmp_path):
    region = rk.load(PACKS / pack)
    foreign = foreign_words(ln, region)
    write_atlas(region, tmp_path, progress=False)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".html", ".pdf", ".png", ".csv", ".xlsx"}
    for path in files:
        if path.suffix == ".pdf":
            text = "".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as package:
                text = "".join(package.read(one).decode() for one in package.namelist())
        elif path.suffix == ".png":
            continue
        else:
            text = path.read_text(encoding="utf-8")
        assert told(text, foreign) == [], path.name
