"""Exported layers, opened by another reader than the one that wrote them."""

import csv
import json
import os
import sqlite3
import stat
import zipfile
from contextlib import closing

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pyproj
import pytest
import shapely
from lxml import etree
from matplotlib.colors import to_hex

import regionkit as rk
from regionkit.errors import CrsError, InputError, OutputError
from regionkit.export.formats import LAYER_FORMATS
from regionkit.export.layer import export_layer
from regionkit.export.map_style import style_by_column
from regionkit.export.qml import qml
from regionkit.export.style import category_style, graduated_style
from regionkit.maps.signs.palette import NO_DATA_COLOUR

KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture
def layer():
    frame = gpd.GeoDataFrame(
        {
            "name": ["甲县", "乙县", "=cmd|' /C calc'!A0"],
            "地区生产总值（亿元）": [10.0, 20.0, np.nan],
            "zone_ids": [("east", "west"), ("east",), ()],
            "说明": ["+1", "-2", "@x"],
            "long_name_of_a_column": [1, 2, 3],
            "long_name_of_another": ["长" * 200, "b", None],
        },
        index=pd.Index(["990101", "990102", "990103"], name="adcode"),
        geometry=[shapely.box(122.9 + i / 10, 41, 123 + i / 10, 41.1) for i in range(3)],
        crs="EPSG:4326",
    )
    frame.attrs["value_columns"] = ["地区生产总值（亿元）"]
    frame.attrs["report"] = object()
    return frame


@pytest.fixture
def sources():
    return pd.DataFrame({"title": ["=某规划", "统计公报"]}, index=pd.Index(["a", "b"], name="id"))


@pytest.fixture
def mixed():
    return gpd.GeoDataFrame(
        {"name": ["p", "l", "n"], "domain": ["energy", "transport", "energy"]},
        geometry=[
            shapely.Point(123, 41),
            shapely.LineString([(123, 41), (124, 42)]),
            shapely.Point(),
        ],
        crs="EPSG:4326",
    )


def test_geopackage_opens_coloured(tmp_path, layer, sources):
    path = tmp_path / "经济.gpkg"
    export_layer(layer, path, sources=sources, crs="EPSG:4490")
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute(
            "SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles "
            "WHERE f_table_catalog = '' AND f_table_schema = ''"
        ).fetchall()
        kinds = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall())
        geometry = db.execute("SELECT table_name, column_name, srs_id FROM gpkg_geometry_columns")
        assert geometry.fetchall() == [("经济", "geom", 4490)]
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT title FROM sources").fetchall() == [("=某规划",), ("统计公报",)]
    db.close()
    assert kinds == {"经济": "features", "sources": "attributes", "layer_styles": "attributes"}
    [(name, column, style, default)] = rows
    assert (name, column, default) == ("经济", "geom", 1)
    root = etree.fromstring(style.split("\n", 1)[1].encode())
    renderer = root.find("renderer-v2")
    assert renderer.get("type") == "graduatedSymbol"
    assert renderer.get("attr") == "地区生产总值（亿元）"
    ranges = renderer.findall("ranges/range")
    symbols = renderer.findall("symbols/symbol")
    assert [r.get("symbol") for r in ranges] == [s.get("name") for s in symbols]
    assert float(ranges[0].get("lower")) == 10
    assert float(ranges[-1].get("upper")) == 20
    colours = {s.find("layer/Option/Option[@name='color']").get("value") for s in symbols}
    assert len(colours) == len(symbols) > 1


def test_geopackage_of_points_lines_and_nothing(tmp_path, mixed):
    path = tmp_path / "p.gpkg"
    result = export_layer(mixed, path, style="domain")
    assert dict(pyogrio.list_layers(path)) == {
        "p_line": "LineString",
        "p_point": "Point",
        "p_unplaced": None,
        "layer_styles": None,
    }
    assert "rows without a position: 1; they stand in the table p_unplaced" in map(
        str, result.notes
    )
    with closing(sqlite3.connect(path)) as db:
        styles = dict(db.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall())
    db.close()
    assert "SimpleMarker" in styles["p_point"]
    assert "SimpleLine" in styles["p_line"]
    assert 'value="energy"' in styles["p_line"]


def test_shapefile(tmp_path, layer, sources):
    path = tmp_path / "a.shp"
    result = export_layer(layer, path, crs=4549, sources=sources)
    assert (tmp_path / "a.cpg").read_bytes() == b"UTF-8"
    meta, _, _, columns = pyogrio.raw.read(path)
    fields = list(meta["fields"])
    assert all(len(field) <= 10 and field.isascii() for field in fields)
    assert fields[:2] == ["adcode", "name"]
    assert len(set(fields)) == len(fields) == 7
    assert columns[1].tolist()[0] == "甲县"
    assert result.field_names["地区生产总值（亿元）"] in fields
    assert len(columns[fields.index(result.field_names["long_name_of_another"])][0]) == 84
    assert any(
        "texts of field" in str(note) and "cut at the 254 bytes" in str(note)
        for note in result.notes
    )
    told = pd.read_csv(tmp_path / "a-fields.csv")
    assert dict(zip(told["column"], told["field"], strict=True))["说明"] in fields
    assert "CGCS2000_3_Degree_GK_CM_120E" in (tmp_path / "a.prj").read_text()


def test_shapefile_of_mixed_geometry(tmp_path, mixed):
    result = export_layer(mixed, tmp_path / "a.shp")
    assert {p.name for p in result.paths if p.suffix == ".shp"} == {"a_line.shp", "a_point.shp"}
    assert "rows without a position, left out: 1: n" in map(str, result.notes)
    with pytest.raises(InputError, match="No row has a position"):
        export_layer(mixed.iloc[[2]], tmp_path / "b.shp")


def test_geojson(tmp_path, layer):
    path = tmp_path / "a.geojson"
    export_layer(layer, path)
    read = json.loads(path.read_text(encoding="utf-8"))
    assert "crs" not in read
    assert read["features"][0]["properties"]["zone_ids"] == "east、west"
    assert read["features"][2]["properties"]["地区生产总值（亿元）"] is None
    with pytest.raises(InputError, match=r"is in WGS-84 by its standard .RFC 7946."):
        export_layer(layer, tmp_path / "b.geojson", crs=4490)


@pytest.mark.parametrize("ending", ["fgb", "parquet", "gpkg"])
def test_other_readers(tmp_path, layer, ending):
    path = tmp_path / f"a.{ending}"
    export_layer(layer, path, crs="EPSG:4490")
    if ending == "parquet":
        table = pq.read_table(path).to_pydict()
        geometry = shapely.from_wkb(table["geometry"])
        names = table["name"]
    else:
        _, _, wkb, columns = pyogrio.raw.read(path, layer="a", columns=["name"])
        geometry, names = shapely.from_wkb(wkb), columns[0].tolist()
    assert sorted(names) == sorted(layer["name"])
    order = [list(layer["name"]).index(name) for name in names]
    expected = layer.geometry.iloc[order].to_numpy()
    assert shapely.equals(geometry, expected).all()


def test_flatgeobuf_keeps_rows_without_a_position(tmp_path, mixed):
    export_layer(mixed, tmp_path / "a.fgb")
    assert pyogrio.read_info(tmp_path / "a.fgb")["features"] == 3


def test_kml(tmp_path, layer, sources):
    path = tmp_path / "a.kml"
    holed = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    layer.loc["990101", "geometry"] = shapely.MultiPolygon([holed, shapely.box(5, 5, 6, 6)])
    style = graduated_style("地区生产总值（亿元）", [10, 15, 20], ["#112233", "#445566"])
    export_layer(layer, path, style=style, sources=sources)
    root = etree.parse(path).getroot()
    marks = root.findall(".//k:Placemark", KML)
    assert [m.findtext("k:name", namespaces=KML) for m in marks] == layer["name"].tolist()
    assert [m.findtext("k:styleUrl", namespaces=KML) for m in marks] == ["#c0", "#c1", "#c-1"]
    assert root.findtext(".//k:Style[@id='c0']/k:PolyStyle/k:color", namespaces=KML) == "b0332211"
    assert len(marks[0].findall(".//k:innerBoundaryIs", KML)) == 1
    assert len(marks[0].findall(".//k:MultiGeometry/k:Polygon", KML)) == 2
    assert pyogrio.read_info(path)["features"] == 3


def test_kmz(tmp_path, layer, sources):
    paths = [tmp_path / name for name in ("a.kml", "a.kmz")]
    for path in paths:
        result = export_layer(layer, path, sources=sources)
        assert [file.name for file in result.paths] == [path.name]
    with zipfile.ZipFile(paths[1]) as package:
        assert package.namelist() == ["doc.kml"]
        assert package.read("doc.kml") == paths[0].read_bytes()
    first = paths[1].read_bytes()
    export_layer(layer, paths[1], sources=sources)
    assert paths[1].read_bytes() == first
    with pytest.raises(InputError, match=r".kmz is in WGS-84 by its standard .OGC KML 2.2."):
        export_layer(layer, paths[1], crs=4490)


def test_xlsx_holds_no_formula(tmp_path, layer, sources):
    path = tmp_path / "a.xlsx"
    layer["bad"] = ["a\x07b", "c", "d"]
    export_layer(layer, path, sources=sources)
    with zipfile.ZipFile(path) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/"):
                root = etree.fromstring(book.read(part))
                assert not root.findall(".//{*}f")
        text = book.read("xl/worksheets/sheet1.xml").decode()
        assert "ab" in text
        assert "\x07" not in text
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Data", "Sources", "Notes"]
    cells = [cell for row in book["Data"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    quoted = [c for c in cells if isinstance(c.value, str) and c.value[0] in "=+-@"]
    assert len(quoted) == 4
    assert all(cell.quotePrefix for cell in quoted)
    assert book["Sources"]["B2"].value == "=某规划"
    assert [c.value for c in book["Data"][1]][-2:] == ["lon", "lat"]


def test_csv_holds_no_formula(tmp_path, layer, sources):
    path = tmp_path / "a.csv"
    result = export_layer(layer, path, sources=sources)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["说明"] for row in rows] == ["'+1", "'-2", "'@x"]
    assert rows[2]["name"].startswith("'=cmd")
    assert float(rows[0]["lon"]) == pytest.approx(122.95)
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    assert result.paths[1].name == "a-sources.csv"
    assert "takes them for formulas: 5" in str(result)


def test_projected_positions_say_so(tmp_path, layer):
    export_layer(layer, tmp_path / "a.csv", crs="EPSG:4550")
    read = pd.read_csv(tmp_path / "a.csv")
    back = pyproj.Transformer.from_crs(4550, 4490, always_xy=True)
    assert back.transform(read["x_m"][0], read["y_m"][0])[1] == pytest.approx(41.05, abs=0.01)


def test_nothing_is_overwritten_by_a_fault(tmp_path, layer, monkeypatch):
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"old")
    monkeypatch.setattr(
        pyogrio, "write_dataframe", lambda *_a, **_k: (_ for _ in ()).throw(OSError)
    )
    with pytest.raises(OutputError, match="cannot be written"):
        export_layer(layer, path)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.gpkg"]


def test_arguments(tmp_path, layer):
    with pytest.raises(InputError, match=r"The ending '.dwg' is no format. Use one of: .gpkg"):
        export_layer(layer, tmp_path / "a.dwg")
    with pytest.raises(InputError, match="A DataFrame has no geometry"):
        export_layer(pd.DataFrame(), tmp_path / "a.csv")
    with pytest.raises(InputError, match="The layer has no rows"):
        export_layer(layer.iloc[:0], tmp_path / "a.csv")
    with pytest.raises(CrsError, match="The layer has no CRS"):
        export_layer(layer.set_crs(None, allow_override=True), tmp_path / "a.csv")
    with pytest.raises(CrsError, match='crs="EPSG:0" is no coordinate reference system'):
        export_layer(layer, tmp_path / "a.csv", crs="EPSG:0")
    with pytest.raises(OutputError, match=r"The folder .* does not exist"):
        export_layer(layer, tmp_path / "x" / "a.csv")
    with pytest.raises(
        InputError, match=r"There is no column 'nam' to colour by. Nearest are: name"
    ):
        export_layer(layer, tmp_path / "a.gpkg", style="nam")
    with pytest.raises(InputError, match="3 limits need 2 colours"):
        graduated_style("a", [1, 2, 3], ["#000000"])
    collection = layer.set_geometry(
        [shapely.GeometryCollection([shapely.Point(1, 1)])] * 3, crs=4326
    )
    with pytest.raises(InputError, match="A GeometryCollection cannot be written"):
        export_layer(collection, tmp_path / "a.gpkg")


def test_styles(layer, mixed):
    kinds = category_style("domain", {"energy": "#ff0000"}, {"energy": "能源"})
    assert [kinds.class_of(v) for v in ("energy", "water", None)] == [0, None, None]
    assert style_by_column(mixed).column == "domain"
    assert style_by_column(mixed.drop(columns="domain")).column == ""
    assert style_by_column(layer, joined=["地区生产总值（亿元）"]).is_graduated
    assert style_by_column(layer, "long_name_of_a_column").class_of(3) is not None
    one = layer.assign(x=5.0)
    assert style_by_column(one, "x").class_of(5.0) == 0
    assert "singleSymbol" in qml(style_by_column(mixed.drop(columns="domain")), "line")


@pytest.mark.parametrize("ending", LAYER_FORMATS)
def test_the_layer_is_not_changed(tmp_path, layer, ending):
    before = layer.copy()
    export_layer(layer, tmp_path / f"a{ending}")
    pd.testing.assert_frame_equal(layer, before)
    assert set(layer.attrs) == {"value_columns", "report"}


def test_rows_with_colours_of_their_own_keep_them(ln):
    style = style_by_column(ln.zones)
    assert [one.colour for one in style.classes] == ln.zones["colour"].tolist()
    assert [one.value for one in style.classes] == ln.zones["name"].tolist()
    # Zones overlap: one shows through the other.
    assert 'alpha="0.6"' in qml(style, "polygon")
    twice = ln.zones.assign(name="x")
    assert style_by_column(twice).column != "name"


def styles_of(path):
    """Return the classes that QGIS shows of each layer: limits or value, label and colour."""
    with closing(sqlite3.connect(path)) as db:
        rows = db.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()
    db.close()
    found = {}
    for name, text in rows:
        renderer = etree.fromstring(text.split("\n", 1)[1].encode()).find("renderer-v2")
        colours = {
            symbol.get("name"): "#{:02x}{:02x}{:02x}".format(
                *map(int, symbol.find(".//Option[@name='color']").get("value").split(",")[:3])
            )
            for symbol in renderer.find("symbols")
        }
        found[name] = [
            (dict(one.attrib), colours[one.get("symbol")])
            for one in renderer.findall("ranges/range") or renderer.findall("categories/category")
        ]
    return found


def legend_of(ax):
    legend = ax.get_legend()
    texts = [text.get_text() for text in legend.get_texts()]
    colours = [to_hex(patch.get_facecolor()) for patch in legend.get_patches()]
    return texts, colours


@pytest.fixture
def joined(ln):
    # Lognormal: quantiles and natural breaks part these otherwise.
    values = np.random.default_rng(3).lognormal(5, 1, len(ln.counties)).round(1)
    table = pd.DataFrame({"代码": list(ln.counties.index), "产值（亿元）": values})
    return ln.join_table(table, on="代码", value="产值")


def test_a_join_shows_the_classes_of_the_map_in_qgis(tmp_path, joined):
    path = tmp_path / "a.gpkg"
    export_layer(joined, path)
    texts, colours = legend_of(rk.choropleth(joined, "产值"))
    shown = styles_of(path)["a"]
    assert len(shown) == 5
    assert [colour for _, colour in shown] == colours[:5]
    assert all(one["label"] in text for (one, _), text in zip(shown, texts, strict=False))
    # Each county falls to the class whose colour the map gives it.
    layer = rk.choropleth_layer(joined, "产值")
    for (one, colour), code in zip(shown, range(5), strict=True):
        inside = joined["产值"].between(float(one["lower"]), float(one["upper"]))
        assert (layer.colours[layer.codes == code] == colour).all()
        assert inside[layer.codes == code].all()


def test_a_layer_of_a_map_is_exported_as_it_is_drawn(tmp_path, joined):
    layer = rk.choropleth_layer(joined, "产值", bins=[100, 500], cmap="Blues", title="产值")
    export_layer(layer, tmp_path / "a.gpkg")
    export_layer(joined, tmp_path / "b.gpkg", style=layer)
    shown = styles_of(tmp_path / "a.gpkg")["a"]
    assert [float(one["upper"]) for one, _ in shown] == list(layer.classes.limits[1:])
    assert [colour for _, colour in shown] == list(layer.classes.colours)
    assert styles_of(tmp_path / "b.gpkg")["b"] == shown


def test_kinds_have_the_colours_of_the_map(tmp_path, ln):
    frame = ln.cities.assign(kind=["沿海", "内陆"] * 7)
    export_layer(frame, tmp_path / "a.gpkg", style="kind")
    texts, colours = legend_of(rk.categorical(frame, "kind"))
    shown = {one["label"]: colour for one, colour in styles_of(tmp_path / "a.gpkg")["a"]}
    assert {text.split("（")[0]: colour for text, colour in zip(texts, colours, strict=True)} == {
        label: colour for label, colour in shown.items() if label
    }
    own = {"沿海": "#112233", "内陆": "#445566"}
    frame.loc[frame.index[0], "kind"] = None
    layer = rk.category_layer(frame, "kind", colours=own, category_labels={"沿海": "沿海市"})
    export_layer(layer, tmp_path / "b.gpkg")
    assert [
        (one["value"], one["label"], colour) for one, colour in styles_of(tmp_path / "b.gpkg")["b"]
    ] == [("沿海", "沿海市", "#112233"), ("内陆", "内陆", "#445566"), ("", "", NO_DATA_COLOUR)]


def test_values_without_end_are_of_no_class(tmp_path, tiny):
    frame = tiny.assign(ratio=[1.0, np.inf, 2.0, np.nan])
    export_layer(frame, tmp_path / "a.gpkg", style="ratio")
    assert [one["label"] for one, _ in styles_of(tmp_path / "a.gpkg")["a"]] == ["1", "2"]
    export_layer(tiny.assign(ratio=np.inf), tmp_path / "b.gpkg", style="ratio")
    assert styles_of(tmp_path / "b.gpkg")["b"] == []


@pytest.mark.parametrize("ending", LAYER_FORMATS)
def test_a_full_disk_is_told_and_leaves_the_older_file(small_disk, layer, ending):
    path = small_disk / f"a{ending}"
    path.write_bytes(b"older")
    rows = pd.concat([layer] * 2000)
    rows["noise"] = np.random.default_rng(1).random(len(rows)).astype(str)
    rows.attrs = {}
    with pytest.raises(OutputError, match="cannot be written"):
        export_layer(rows, path)
    assert path.read_bytes() == b"older"
    assert [file.name for file in small_disk.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", LAYER_FORMATS)
def test_files_are_shared_as_the_umask_says(tmp_path, layer, ending):
    found = os.umask(0o027)
    try:
        result = export_layer(layer, tmp_path / f"a{ending}")
    finally:
        os.umask(found)
    assert {stat.S_IMODE(path.stat().st_mode) for path in result.paths} == {0o640}
    assert sorted(tmp_path.iterdir()) == sorted(result.paths)


def test_names_that_a_database_does_not_keep_apart(tmp_path):
    columns = {"FID": [0, 0], "GDP": [120.0, 98.0], "gdp": [1.5, 1.6], "geom": ["a", "b"]}
    columns |= {"name": ["甲", "乙"]}
    layer = gpd.GeoDataFrame(columns, geometry=gpd.points_from_xy([1, 2], [3, 4]), crs=4326)
    written = export_layer(layer, tmp_path / "a.gpkg", style="gdp")
    assert written.field_names == {"FID": "FID_2", "gdp": "gdp_2", "geom": "geom_2"}
    assert "field gdp_2 is gdp" in str(written)
    back = gpd.read_file(tmp_path / "a.gpkg", layer="a")
    assert back["FID_2"].tolist() == [0, 0]
    assert back["GDP"].tolist() == [120, 98]
    assert back["gdp_2"].tolist() == [1.5, 1.6]
    assert back["geom_2"].tolist() == ["a", "b"]
    with closing(sqlite3.connect(tmp_path / "a.gpkg")) as connection:
        (style,) = connection.execute("SELECT styleQML FROM layer_styles").fetchone()
    assert 'attr="gdp_2"' in style


@pytest.mark.parametrize("ending", [e for e in LAYER_FORMATS if e not in {".csv", ".xlsx", ".kmz"}])
def test_points_and_multipoints_together(tmp_path, ending):
    shapes = [shapely.Point(123, 41), shapely.MultiPoint([(123, 41), (124, 42)])]
    layer = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=shapes, crs=4326)
    path = tmp_path / f"a{ending}"
    export_layer(layer, path)
    if ending == ".kml":
        parts = etree.parse(path).getroot().findall(".//k:Point", KML)
        assert len(parts) == 3
        return
    back = gpd.read_parquet(path) if ending == ".parquet" else gpd.read_file(path, layer="a")
    assert sorted(shapely.get_num_coordinates(back.geometry.to_numpy())) == [1, 2]


def test_lines_of_kml_lie_on_the_ground_and_heights_are_kept(tmp_path):
    shapes = [
        shapely.LineString([(123, 41), (124, 42)]),
        shapely.LineString([(123, 41, 10), (124, 42, 20.5)]),
        shapely.Point(123, 41, 35.5),
        shapely.box(123, 41, 124, 42),
    ]
    layer = gpd.GeoDataFrame({"name": list("abcd")}, geometry=shapes, crs=4326)
    export_layer(layer, tmp_path / "a.kml")
    root = etree.parse(tmp_path / "a.kml").getroot()
    lines = root.findall(".//k:LineString", KML)
    assert next(child.text for child in lines[0]) == "1"
    assert lines[1].findtext("k:coordinates", namespaces=KML).split()[1].endswith(",20.5")
    assert lines[1].findtext("k:altitudeMode", namespaces=KML) == "absolute"
    assert root.findtext(".//k:Point/k:coordinates", namespaces=KML).endswith(",35.5")
    assert root.findtext(".//k:Polygon/k:tessellate", namespaces=KML) == "1"


def test_codes_and_words_stay_whole_in_tables(tmp_path):
    layer = gpd.GeoDataFrame(
        {"name": ["a"], "信用代码": [112101230012345678], "年份": [2026], "是否": [True]},
        geometry=gpd.points_from_xy([123], [41]),
        crs=4326,
    )
    export_layer(layer, tmp_path / "a.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["Data"].iter_rows(values_only=True))
    assert rows[1][:4] == ("a", "112101230012345678", 2026, True)
    export_layer(layer, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][:4] == ["a", "112101230012345678", "2026", "yes"]
