"""Layers of strangers: only the formats promised are opened, and nothing outside the file."""

import http.server
import json
import os
import sqlite3
import struct
import threading

import geopandas as gpd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from regionkit.errors import BoundaryError
from regionkit.limits import FACTOR
from regionkit.places import layer_source
from regionkit.places.layer_file import read_layer

ENDINGS = [".gpkg", ".shp", ".geojson", ".json", ".fgb", ".parquet", ".kml"]


@pytest.fixture(scope="module")
def layer():
    return gpd.GeoDataFrame(
        {"name": ["甲", "乙"]},
        geometry=[shapely.box(121, 41, 122, 42), shapely.box(122, 41, 123, 42)],
        crs=4326,
    )


@pytest.fixture
def requests(monkeypatch):
    """Serve on the loopback and list what is asked for, with GDAL as open as at a user's."""
    monkeypatch.delenv("GDAL_HTTP_PROXY")
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def hostile(secret, address):
    """Return texts that GDAL opens as lists of other files and addresses."""
    return {
        "vrt": f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}'
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "vrt-web": '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/vsicurl/'
        f"{address}/a.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "gdalg": json.dumps(
            {
                "type": "gdal_streamed_alg",
                "command_line": f"gdal vector pipeline ! read {secret} ! write --of stream s",
            }
        ),
        "wfs": f"<OGRWFSDataSource><URL>{address}/wfs</URL></OGRWFSDataSource>",
        "csw": f"<OGRCSWDataSource><URL>{address}/csw</URL></OGRCSWDataSource>",
        "gml": '<?xml version="1.0"?><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink"><a xlink:href="{address}/x"/>'
        "</gml:FeatureCollection>",
        "wfs3": json.dumps({"conformsTo": [], "links": [{"href": f"{address}/collections"}]}),
        "text": "a,b\n1,2\n",
        "empty": "",
    }


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", list(hostile("", "")))
def test_a_list_of_other_files_is_no_layer(layer, tmp_path, requests, ending, kind):
    address, asked = requests
    secret = tmp_path / "secret.gpkg"
    layer.to_file(secret)
    path = tmp_path / f"cached{ending}"
    path.write_text(hostile(secret, address)[kind])
    with pytest.raises((BoundaryError, ValueError)) as raised:
        read_layer(path)
    assert path.name in str(raised.value)
    assert asked == []


@pytest.mark.parametrize("ending", [".vrt", ".xml", ".gml", ".zip", ".csv", ".tab", ""])
def test_other_endings_are_not_read(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    path.write_text("<OGRVRTDataSource/>")
    with pytest.raises(BoundaryError, match=r"is no layer that is read.*Use GeoPackage"):
        read_layer(path)


@pytest.mark.parametrize("kind", ["link", "URL"])
def test_a_crs_at_an_address_is_not_fetched(layer, tmp_path, requests, kind):
    address, asked = requests
    told = json.loads(layer.to_json())
    told["crs"] = {"properties": {"href": f"{address}/crs", "url": f"{address}/crs"}, "type": kind}
    path = tmp_path / "linked.geojson"
    path.write_text(json.dumps(told))
    with pytest.raises(BoundaryError, match=r"takes its coordinate reference system from a link"):
        read_layer(path)
    # Spelled so that nobody sees it, it is no more than a request that does not leave.
    path.write_text(json.dumps(told).replace('"crs"', '"\\u0063rs"'))
    read_layer(path)
    assert asked == []


def test_the_users_own_setting_of_gdal_comes_back():
    pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": "http://proxy.example:3128"})
    try:
        with layer_source.without_network():
            assert pyogrio.get_gdal_config_option("GDAL_HTTP_PROXY") == "http://127.0.0.1:9"
        assert pyogrio.get_gdal_config_option("GDAL_HTTP_PROXY") == "http://proxy.example:3128"
    finally:
        pyogrio.set_gdal_config_options({"GDAL_HTTP_PROXY": None})


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS fid"
LISTED = (
    "INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) "
    "VALUES('v', 'features', 'v', 4326); "
    "INSERT INTO gpkg_geometry_columns VALUES('v', 'geom', 'POLYGON', 4326, 0, 0);"
)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (f"CREATE VIEW v AS {ENDLESS}, x'00' AS geom FROM n; {LISTED}", "v is a view"),
        (
            "ALTER TABLE gpkg_contents RENAME TO old; "
            f"CREATE VIEW gpkg_contents AS {ENDLESS} FROM n;",
            "the table gpkg_contents of a GeoPackage is missing",
        ),
        ("CREATE VIRTUAL TABLE w USING fts4(a)", "w is a virtual table"),
        (
            "CREATE TABLE c (fid INTEGER PRIMARY KEY, geom BLOB AS (zeroblob(400000000)));",
            "c has columns that are computed",
        ),
        ("DROP TABLE gpkg_geometry_columns", "gpkg_geometry_columns of a GeoPackage is missing"),
    ],
)
def test_a_database_that_computes_is_refused(layer, tmp_path, script, told):
    path = tmp_path / "a.gpkg"
    layer.to_file(path)
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    with pytest.raises(BoundaryError, match=told):
        read_layer(path)


def test_a_giant_shape_is_refused_until_the_limit_is_raised(layer, tmp_path, monkeypatch):
    path = tmp_path / "a.gpkg"
    layer.to_file(path)
    monkeypatch.setattr(layer_source, "_MAX_SHAPE_BYTES", 50)
    with pytest.raises(BoundaryError, match=r"a has a shape of .*REGIONKIT_LIMIT_FACTOR=4"):
        read_layer(path)
    monkeypatch.setenv(FACTOR, "4")
    assert len(read_layer(path)) == 2


def test_a_layer_of_more_than_its_limit_is_refused(layer, tmp_path, monkeypatch):
    monkeypatch.setattr(layer_source, "_MAX_TEXT_BYTES", 100)
    path = tmp_path / "a.geojson"
    layer.to_file(path)
    with pytest.raises(BoundaryError, match=r"a layer of its kind may have .*LIMIT_FACTOR"):
        read_layer(path)


def test_a_text_that_repeats_is_counted_before_it_is_spelled_out(tmp_path):
    path = tmp_path / "a.parquet"
    texts = pa.DictionaryArray.from_arrays(
        pa.array([0] * 100_000, pa.int32()), pa.array(["x" * 100_000])
    )
    table = pa.table({"name": texts})
    pq.write_table(table.replace_schema_metadata(None), path, store_schema=False)
    assert path.stat().st_size < 100_000
    with pytest.raises(BoundaryError, match=r"unpacks to .* MB or more.*LIMIT_FACTOR"):
        read_layer(path)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [6, 7, 1007, 0x80000007])
def test_geometries_that_nest_without_end_are_refused(order, kind):
    head = struct.pack(f"{order}BII", order == "<", kind, 1)
    nested = head * 100_000 + shapely.to_wkb(shapely.Point(0, 0))
    assert "nest in each other" in str(layer_source.judge_wkb([None, b"", nested]))


def test_a_nested_geometry_in_a_file_ends_in_a_message(layer, tmp_path):
    path = tmp_path / "a.parquet"
    layer.to_parquet(path)
    table = pq.read_table(path)
    nested = struct.pack("<BII", 1, 7, 1) * 100_000 + shapely.to_wkb(shapely.Point(0, 0))
    at = table.schema.get_field_index("geometry")
    column = pa.array([nested] * len(table), pa.binary())
    pq.write_table(table.set_column(at, "geometry", column), path)
    with pytest.raises(BoundaryError, match="nest in each other more than 16 deep"):
        read_layer(path)


def test_large_geometries_that_programs_make_are_read():
    ring = shapely.Point(122, 41).buffer(1, quad_segs=3000)
    rings = shapely.Polygon(ring.exterior, [shapely.Point(122, 41).buffer(0.1).exterior])
    for shape in (
        ring,
        shapely.multipolygons([rings, shapely.affinity.translate(rings, 3)]),
        shapely.GeometryCollection([shapely.MultiPoint(ring.exterior.coords), rings]),
        shapely.force_3d(rings),
    ):
        for flavour in ("extended", "iso"):
            wkb = shapely.to_wkb(shape, flavor=flavour, output_dimension=3)
            assert len(wkb) > 40_000
            assert layer_source.judge_wkb([wkb]) is None
        assert (
            layer_source.judge_wkb(
                [shapely.to_wkb(shapely.set_srid(shape, 4326), include_srid=True)]
            )
            is None
        )


@pytest.mark.parametrize("name", ["a\x00.gpkg", "a" * 5000, "\ud800.gpkg", ""])
def test_a_name_that_no_file_can_have(tmp_path, name):
    with pytest.raises(BoundaryError, match=r"does not exist|is no layer"):
        read_layer(tmp_path / name)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.gpkg")
    with pytest.raises(BoundaryError, match="is no plain file"):
        read_layer(tmp_path / "a.gpkg")


def test_a_database_address_is_told_without_its_password():
    from pathlib import Path

    with pytest.raises(BoundaryError) as raised:
        read_layer(Path("postgresql://planner:s3cret@db.example/counties"))
    assert "s3cret" not in str(raised.value)
    assert "planner:***@db.example" in str(raised.value)


@pytest.mark.parametrize("ending", [".shp", ".parquet", ".kml"])
def test_a_file_of_one_layer_has_none_of_another_name(layer, tmp_path, ending):
    path = tmp_path / f"districts{ending}"
    if ending == ".parquet":
        layer.to_parquet(path)
    else:
        layer.to_file(path, driver={".shp": "ESRI Shapefile", ".kml": "KML"}[ending])
    assert len(read_layer(path, "districts")) == len(read_layer(path)) == len(layer)
    with pytest.raises(BoundaryError, match=r"has no layer 'x'\. It is one layer, districts"):
        read_layer(path, "x")
