"""What a query refuses, counts, tells and draws."""

import re
from functools import partial
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from regionkit.cli.conditions import Conditions, Hits, choose_projects
from regionkit.cli.hits_map import _opening

READ = {".csv": pd.read_csv, ".xlsx": partial(pd.read_excel, engine="openpyxl")}
DERIVED = (
    ["--count-by", "zone"],
    ["--zone-matrix"],
    ["--sum-by", "city"],
    ["--without", "city"],
    ["--pairs", "1"],
)


# What is derived ---------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("option", DERIVED, ids=lambda option: option[0])
def test_derived_tables_are_written(run, tmp_path, option, ending):
    path = tmp_path / f"table{ending}"
    status, out, err = run("query", "--domain", "水利", *option, "-o", str(path))
    assert (status, out) == (0, f"{path}\n")
    assert "。" in err
    assert len(READ[ending](path).columns) > 2


@pytest.mark.usefixtures("chinese")
def test_a_workbook_says_what_was_asked(run, tmp_path):
    path = tmp_path / "table.xlsx"
    run("query", "--zone", "辽西", "--count-by", "市", "-o", str(path))
    rows = dict(openpyxl.load_workbook(path)["说明"].iter_rows(values_only=True))
    assert rows["条件"] == "辽西先导区"
    assert "分别计数" in rows["说明"]


@pytest.mark.parametrize("option", DERIVED, ids=lambda option: option[0])
def test_a_derived_table_has_no_map_and_no_layer(run, tmp_path, option):
    for other in (
        ["--map", str(tmp_path / "a.png")],
        ["-o", str(tmp_path / "a.gpkg")],
        ["-o", str(tmp_path / "a.csv"), "--map", str(tmp_path / "a.html")],
    ):
        status, out, err = run("query", *option, *other)
        assert (status, out) == (2, "")
        assert "cannot be combined" in err or "does not end in .csv, .xlsx or .docx" in err
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("chinese")
def test_counts_by_zone_tell_said_from_touching_and_works_from_titles(run, tmp_path, ln):
    path = tmp_path / "counts.csv"
    _, _, err = run("query", "--count-by", "zone", "-o", str(path))
    counts = pd.read_csv(path).set_index("名称")
    hits = ln.select_projects(zone="liaoxi", with_geometry=False)
    name = ln.zones.loc["liaoxi", "name"]
    assert counts.loc[name, "文件载明"] == (hits["zone_link"] == "said").sum()
    assert counts.loc[name, "合计"] == len(hits)
    titles = hits["kind"].isin(["designation", "pilot"])
    assert counts.loc[name, "称号、试点"] == titles.sum()
    n_titles = ln.projects["kind"].isin(["designation", "pilot"]).sum()
    assert f"称号、试点 {n_titles} 项，不是工程" in err
    # Nothing is told of what is not there.
    run("query", "--domain", "能源", "--count-by", "市", "-o", str(path))
    assert not {"文件载明", "称号、试点"} & set(pd.read_csv(path).columns)


@pytest.mark.usefixtures("chinese")
def test_a_stage_has_its_year_and_document(run, tmp_path, ln):
    path = tmp_path / "hits.csv"
    run("query", "--zone", "辽西", "--domain", "产业", "-o", str(path))
    told = pd.read_csv(path).set_index("项目")["阶段出处"]
    assert told["朝阳钒钛资源开发"] == "2026年，辽宁“十五五”规划纲要"
    # The division of work bears no date; what no document gives a stage has no document of it.
    assert told["东戴河中关村合作园区"] == "东北振兴“十三五”任务分工"
    assert pd.isna(told["朝阳新能源产业基地"])
    assert ln.projects["stage"].notna().sum() == ln.projects["stage_source_id"].notna().sum()


@pytest.mark.usefixtures("chinese")
def test_counts_tell_what_is_in_no_row_and_names_tell_counties_apart(run, tmp_path, ln):
    path = tmp_path / "counts.csv"
    _, _, err = run("query", "--domain", "能源", "--count-by", "县", "-o", str(path))
    energy = ln.select_projects(domain="energy")
    in_county = energy["adcodes"].map(
        lambda codes: any(code in ln.counties.index for code in codes)
    )
    assert f"其中 {(~in_county).sum()} 个未载明所在县区，不在表中" in err
    names = pd.read_csv(path)["名称"]
    assert names.is_unique
    assert {"沈阳市铁西区", "鞍山市铁西区"} <= set(names)


@pytest.mark.usefixtures("chinese")
def test_sums_by_an_everyday_word_answer(run, ln):
    status, out, err = run("query", "--domain", "energy", "--sum-by", "市")
    assert (status, err) == (0, "")
    hits = ln.select_projects(domain="energy")
    stated = hits["capacity_value"].notna().sum()
    assert 0 < stated < len(hits)
    assert f"{len(hits)} 个项目中，{stated} 个载明数值，{len(hits) - stated} 个未载明。" in out
    # Voltages are listed, each with how many lines have it.
    lines = hits[hits["kind"] == "transmission"]
    of_fuxin = lines["adcodes"].map(lambda codes: any(code[:4] == "2109" for code in codes))
    n_lines = int((of_fuxin & lines["capacity_value"].eq(500)).sum())
    assert n_lines > 1
    (row,) = (line for line in out.splitlines() if "阜新市" in line)
    assert f"500（{n_lines}项）" in row


@pytest.mark.usefixtures("chinese")
def test_sums_tell_that_nothing_is_stated_in_place_of_an_empty_table(run, ln):
    status, out, _ = run("query", "--domain", "文旅", "--sum-by", "city")
    n = len(ln.select_projects(domain="tourism"))
    assert (status, out) == (0, f"{n} 个项目都未载明数值，没有可加总的。\n")


@pytest.mark.usefixtures("chinese")
def test_pairs_leave_out_guessed_points_and_say_how_many(run):
    status, out, _ = run("query", "--domain", "能源", "--pairs", "5")
    assert status == 0
    assert "代表点 " not in out.split("另有")[0]
    n_left = int(re.search(r"另有 (\d+) 对", out)[1])
    _, every, _ = run("query", "--domain", "能源", "--pairs", "5", "--with-approximate")
    count = [int(re.search(r"(\d+) 对，共", text)[1]) for text in (out, every)]
    assert count[0] + n_left == count[1]
    assert "市级代表点" in every


# What is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "messages"),
    [
        (["--km", "50", "--nearest", "5"], ["--km needs --near or --along", "--nearest needs"]),
        (["--count-by", "zone", "--sum-by", "city"], ["--count-by and --sum-by cannot be"]),
        (["--near", "大连市", "--near", "沈阳市", "--km", "5"], ["given 2 times. Give it once"]),
        (["--near", "大连市", "--nearest", "0"], ["0 is not in the range"]),
        (["--with-approximate"], ["--with-approximate needs --pairs"]),
        (["--year", "18"], ["18 is not in the range"]),
        (["--near", "40.80,121.07", "--km", "50"], ["axes look swapped", "121.07, 40.8"]),
        (["--near", "500,40", "--km", "50"], ["no position on Earth"]),
        (["--near", "box.geojson", "--km", "5"], ["--near takes a place", "no file"]),
        (["--near", "徐大堡核电", "--km", "5"], ["徐大堡核电1—4号机组"]),
        (["--within", "nofile.geojson"], ["The file nofile.geojson does not exist"]),
        (["--within", "锦州港"], ["has no inside", "regionkit query --near 锦州港 --km 10"]),
        (["--along", "锦州港", "--km", "9"], ["has no inside"]),
        (["--place", "沈抚示范区"], ["no unit", "--place 望花区", "--near 沈抚示范区"]),
        (["--zone", "沈阳"], ["--place 沈阳市", "(shenyang-metro)"]),
        (["--zone", "锦州"], ["--place 锦州市"]),
        (["--zone", "沈"], ["several zones' names"]),
        (["--zone", "辽喜", "--domain", "渔"], ["(liaoxi)", "--domain 渔 is not known"]),
        (["--source", "没有"], ["liaoning-15fyp", "辽宁“十五五”规划纲要"]),
    ],
    ids=lambda value: " ".join(value) if value[0].startswith("--") else None,
)
def test_what_cannot_be_answered_is_refused(run, arguments, messages):
    status, out, err = run("query", *arguments)
    assert (status, out) == (2, "")
    for message in messages:
        assert message in err


@pytest.mark.parametrize(
    "option", [["--within"], ["--km", "5", "--along"]], ids=["within", "along"]
)
def test_files_that_are_no_layers_are_refused(run, tmp_path, option):
    junk = tmp_path / "junk.geojson"
    junk.write_text("no json", encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    book = tmp_path / "book.xlsx"
    pd.DataFrame({"县": ["康平县"]}).to_excel(book)
    points = tmp_path / "points.parquet"
    pd.DataFrame({"x": [1.0]}).to_parquet(points)
    for path in (junk, table, book, points):
        status, _, err = run("query", *option, str(path))
        assert status == 2
        assert path.name in err
        assert "Use GeoPackage" in err


def test_a_layer_without_a_crs_is_refused(run, tmp_path):
    path = tmp_path / "area.shp"
    area = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(121, 40, 122, 41)], crs=4326)
    area.to_file(path)
    path.with_suffix(".prj").unlink()
    status, _, err = run("query", "--within", str(path))
    assert status == 2
    assert "names no coordinate reference system" in err


@pytest.mark.parametrize("folder", ["missing", "."])
def test_nothing_is_written_where_a_part_could_not_be(run, tmp_path, monkeypatch, folder):
    monkeypatch.chdir(tmp_path)
    other = {"missing": "missing/a.html", ".": "a.jpg"}[folder]
    status, _, err = run("query", "--kind", "核电", "-o", "a.csv", "--map", other)
    assert status == 2
    assert "does not exist" in err or "does not end in" in err
    assert not list(tmp_path.iterdir())


# What is told ------------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_a_part_of_a_zones_name_is_told(run):
    _, _, err = run("query", "--zone", "沿海", "--kind", "核电")
    assert "“沿海”取作辽宁沿海经济带（coastal-belt）" in err
    _, _, err = run("query", "--within", "辽西+沈阳都市圈")
    assert err.count("取作") == 1
    _, _, err = run("query", "--zone", "coastal-belt", "--kind", "核电")
    assert "取作" not in err


def test_within_a_citys_name_is_the_city(run):
    assert run("query", "--within", "沈阳") == run("query", "--within", "沈阳市")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("option", [["--within", "锦州市"], ["--near", "锦州港", "--km", "50"]])
def test_positions_are_told_with_their_basis_and_what_was_not_judged(run, ln, option):
    status, out, err = run("query", *option)
    assert status == 0
    assert "定位依据" in out
    assert "市级代表点" in out
    assert re.search(r"\d+ 项只知所在市县，以代表点定位", err)
    assert f"另有 {ln.projects.geometry.is_empty.sum()} 项位置未知" in err


@pytest.mark.usefixtures("chinese")
def test_only_hits_of_the_other_conditions_count_as_unplaced(run, ln):
    hits = ln.select_projects(domain="water")
    n = int(hits.geometry.is_empty.sum())
    line = ln.projects.index[ln.projects.geom_type.eq("LineString")][0]
    _, _, err = run("query", "--domain", "水利", "--along", line, "--km", "30", "--within", "辽西")
    assert f"另有 {n} 项位置未知" in err


@pytest.mark.parametrize(
    "near", ["121.07438，40.79672", "121.07438 40.79672", "121.07438,40.79672"]
)
def test_a_position_is_read_as_it_is_typed(run, near):
    status, out, _ = run("query", "--near", near, "--km", "1")
    assert status == 0
    assert "锦州港" in out


@pytest.mark.parametrize("source", ["liaoning-15fyp", "十五五", "辽宁“十五五”规划纲要"])
def test_sources_by_id_and_title(run, source):
    status, out, _ = run("query", "--source", source, "--kind", "核电")
    assert status == 0
    assert "徐大堡" in out


def test_help_says_what_may_be_repeated_and_lists_the_words(run):
    status, out, _ = run("query", "--help")
    assert status == 0
    assert "\\b" not in out
    assert out.count("repeated") >= 6
    assert "meets one of the words" in " ".join(out.split())
    assert "\n    regionkit query --within" in out
    for words in ("energy(能源)", "underconstruction(续建)", "nuclear(核电)"):
        assert words in "".join(out.split())


# What is drawn -----------------------------------------------------------------------------


@pytest.mark.usefixtures("chinese")
def test_a_page_carries_its_conditions_and_the_circle(run, tmp_path):
    path = tmp_path / "hits.html"
    status, _, _ = run(
        "query", "--domain", "能源", "--near", "锦州港", "--km", "50", "--map", str(path)
    )
    assert status == 0
    page = path.read_text(encoding="utf-8")
    title = re.search("<title>([^<]*)</title>", page)[1]
    assert "锦州港" in title
    status, listed, _ = run(
        "query", "--domain", "能源", "--near", "锦州港", "--km", "50", "--plain"
    )
    assert status == 0
    assert re.findall(r"\d+", title) == ["50", str(len(listed.splitlines()) - 1)]
    assert "asked-1" in page
    assert "asked-2" in page


def test_a_page_opens_on_the_hits(ln):
    hits = choose_projects(ln, Conditions(kind=("nuclear",), text="徐大堡"))
    lat, lon, zoom = (float(part) for part in _opening(ln, hits, []).removeprefix("#v=").split(","))
    west, south, east, north = hits.projects.total_bounds
    assert (lat, lon) == pytest.approx(((south + north) / 2, (west + east) / 2), abs=1e-3)
    assert 6 <= zoom <= 13
    nowhere = ln.projects[ln.projects.geometry.is_empty]
    assert _opening(ln, Hits(nowhere, ""), []) == ""


@pytest.mark.usefixtures("chinese")
def test_a_sheet_carries_its_conditions_and_the_circle(ln, tmp_path, monkeypatch):
    from regionkit.cli.hits_map import draw_hits
    from regionkit.cli.map_options import MapLook
    from regionkit.maps.paper.sheet import Sheet

    sheets = []
    monkeypatch.setattr(Sheet, "save", lambda self, path: sheets.append(self) or path)
    hits = choose_projects(ln, Conditions(near="锦州港", km=50.0, zone=("coastal-belt",)))
    draw_hits(ln, hits, str(tmp_path / "a.png"), MapLook())
    (sheet,) = sheets
    assert sheet.subtitle == "沿海经济带，距锦州港50 km以内"
    outlines = [line for line in sheet.axes[0].lines if line.get_gid() == "search-area"]
    assert [len(line.get_xdata()) > 1 for line in outlines] == [False, True]


def test_a_part_that_is_completed_is_told_beside_the_stage(run):
    _, out, _ = run("query", "--text", "G9111本溪至集安")
    assert "preparatory (partly completed)" in out
    _, out, _ = run("query", "--text", "哈尔滨至北京高速铁路")
    assert "partly completed" in out
    _, out, _ = run("query", "--text", "徐大堡核电站一期")
    assert "under construction" in out
    assert "partly" not in out


def test_a_zone_tells_what_is_said_of_it(run):
    status, out, _ = run("query", "--zone", "辽东", "--text", "大健康")
    assert status == 0
    assert "said of it" in out
    status, out, _ = run("query", "--place", "鲅鱼圈区")
    assert (status, "营口港" in out) == (0, True)


def test_a_zone_without_members_has_a_profile(run):
    status, out, _ = run("profile", "辽中南城市群")
    assert status == 0
    assert "Named in documents" in out
    status, out, _ = run("profile", "京哈主轴")
    assert "Track: 北京—" in out
    assert "(inferred)" in out
    assert "Other members: " in out


CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize(
    ("option", "file"), [("--within", "v5-swapped"), ("--along", "v13-line-swapped")]
)
def test_swapped_axes_of_ones_own_geometry_are_told(run, option, file):
    more = ("--km", "10") if option == "--along" else ()
    path = CASES / f"{file}.geojson"
    status, _, err = run("query", "--domain", "energy", option, path, *more)
    assert status == 2
    assert "has its axes swapped: x runs from 40.80 to 42.20 and y from 121.00 to 124.00" in err


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("v10-xian80.gpkg", "Xian 1980, an older datum"),
        ("v11-bj54.gpkg", "Beijing 1954, an older datum"),
        ("v12-xian80gk.gpkg", "Xian 1980 / 3-degree Gauss-Kruger CM 120E, an older datum"),
        ("v1b.shp", "names no coordinate reference system"),
        ("v2b.shp", "names no coordinate reference system"),
        ("v8-line.geojson", "A LineString has no inside"),
        ("v9-bow.geojson", "Self-intersection"),
    ],
)
def test_areas_that_cannot_be_placed_are_refused(run, file, told):
    status, out, err = run("query", "--within", CASES / file)
    assert (status, out) == (2, "")
    assert told in err


def test_one_area_is_the_same_in_every_form(run):
    # Also without a list of features, with rings the other way round, and projected.
    files = ("v1.geojson", "v1.gpkg", "v1.shp", "v2.shp", "v3.geojson", "v4.geojson")
    found = [
        run("query", "--within", CASES / file)[1]
        for file in (*files, "v6-cw.geojson", "v7-bare.geojson")
    ]
    assert found[0].count("\n") > 200
    assert len(set(found)) == 1


def test_geometries_of_older_datums_and_of_several_layers(run, tmp_path):
    box = gpd.GeoDataFrame({"n": ["a"]}, geometry=[shapely.box(121, 40.8, 124, 42.2)], crs=4326)
    old = tmp_path / "old.gpkg"
    box.set_crs("EPSG:4610", allow_override=True).to_file(old)
    status, _, err = run("query", "--domain", "energy", "--within", old)
    assert status == 2
    assert "is in Xian 1980, an older datum" in err
    several = tmp_path / "several.gpkg"
    box.to_file(several, layer="草图")
    box.to_file(several, layer="县界")
    status, _, err = run("query", "--domain", "energy", "--within", several)
    assert status == 2
    assert 'holds 2 layers: 草图、县界. Name one, such as "several.gpkg#草图"' in err
    status, _, _ = run("query", "--domain", "energy", "--within", f"{several}#县界")
    assert status == 0
    status, _, err = run("query", "--domain", "energy", "--within", f"{several}#市界")
    assert "has no layer '市界'. Its layers are: 草图、县界" in err
