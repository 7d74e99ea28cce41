"""KML and KMZ as programs write them, and as nobody should."""

import contextlib
import io
import zipfile

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regionkit.errors import BoundaryError, InputError
from regionkit.export.layer import export_layer
from regionkit.places.boundaries import load_boundaries, read_boundaries
from regionkit.places.kml import read_kml_layer
from regionkit.places.names import Resolver
from regionkit.places.units import list_units

FIXTURE = [HealthCheck.function_scoped_fixture]
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
MARKS = """
<Placemark><name>站</name><Point><coordinates>123.4,41.8,0</coordinates></Point></Placemark>
<Folder><Placemark><name>线</name><LineString><coordinates>
 123,41 124,42,5
</coordinates></LineString></Placemark></Folder>
<Placemark><name>面</name><ExtendedData><Data name="面积"><value>1</value></Data></ExtendedData>
<MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 4,0 4,4 0,4 0,0</coordinates>
</LinearRing></outerBoundaryIs><innerBoundaryIs><LinearRing><coordinates>1,1 2,1 2,2 1,1
</coordinates></LinearRing></innerBoundaryIs></Polygon><Polygon><outerBoundaryIs><LinearRing>
<coordinates>9,9 10,9 10,10 9,9</coordinates></LinearRing></outerBoundaryIs></Polygon>
</MultiGeometry></Placemark>
<Placemark><name>图</name></Placemark>"""


def kmz(path, parts, *, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["a.kml", "a.kmz"])
@pytest.mark.parametrize("packed", [False, True])
def test_points_lines_and_polygons(tmp_path, name, packed):
    path = tmp_path / name
    content = KML.format(MARKS)
    if packed:
        kmz(path, {"files/icon.kml": "<kml/>", "doc.kml": content})
    else:
        path.write_text(content, encoding="utf-8")
    layer = read_kml_layer(path)
    assert layer["name"].tolist() == ["站", "线", "面"]
    assert layer.geometry.geom_type.tolist() == ["Point", "LineString", "MultiPolygon"]
    assert layer.geometry.iloc[1].coords[:] == [(123, 41), (124, 42)]
    assert layer.geometry.iloc[2].area == 16 - 0.5 + 0.5
    assert layer["面积"].iloc[2] == "1"
    assert layer.crs == "EPSG:4326"


@pytest.mark.parametrize("ending", ["kml", "kmz"])
def test_boundaries(tmp_path, ending):
    counties = load_boundaries("210000")
    path = tmp_path / f"official.{ending}"
    export_layer(counties, path)
    read = read_boundaries(path, "210000", resolver=Resolver(list_units("210000")))
    assert read.index.equals(counties.index)
    # Seven decimals are a centimetre.
    assert shapely.hausdorff_distance(read.geometry["210123"], counties.geometry["210123"]) < 1e-6


ENTITY = '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    ("parts", "match"),
    [
        ({"doc.kml": KML.format(" " * 30_000_000)}, r"unpacks from .* Nothing was unpacked"),
        ({"doc.kml": ENTITY + "<kml>&x;</kml>"}, "declares entities or a document type"),
        ({"a.txt": "x"}, "is a zip archive without a KML inside"),
        ({"doc.kml": "<kml>"}, "is not well-formed XML"),
        ({"doc.kml": "<gpx/>"}, "is XML of another kind"),
        ({"doc.kml": KML.format("<NetworkLink/>")}, "has no placemark with a geometry"),
        (
            {"doc.kml": KML.format(MARKS.replace("123.4,41.8", "x,41.8"))},
            r"a.kmz, placemark 1 .站.: its coordinates are none",
        ),
        ({"doc.kml": KML.format(MARKS.replace("0,0 4,0 4,4 0,4 0,0", "0,0"))}, "placemark 3 .面."),
    ],
)
def test_what_is_refused(tmp_path, parts, match):
    path = kmz(tmp_path / "a.kmz", parts)
    with pytest.raises(InputError, match=match):
        read_kml_layer(path)
    with pytest.raises(BoundaryError, match=f"cannot be read as a boundary layer .*{match}"):
        read_boundaries(path, "210000", resolver=Resolver(list_units("210000")))


def test_encodings(tmp_path):
    path = tmp_path / "a.kml"
    content = KML.format(MARKS)
    for encoding in ("gbk", "GB2312", "utf-8", "utf-16"):
        path.write_bytes(f'<?xml version="1.0" encoding="{encoding}"?>{content}'.encode(encoding))
        assert read_kml_layer(path)["name"].tolist() == ["站", "线", "面"]
    path.write_bytes(b'<?xml version="1.0" encoding="gbk"?><kml>\xff\xff</kml>')
    with pytest.raises(InputError, match=r"is not in the encoding it names .byte 5"):
        read_kml_layer(path)


def test_names_inside_are_no_paths(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    path = kmz(inner / "a.kmz", {"../../evil.kml": KML.format(MARKS), "/abs.kml": "<kml/>"})
    assert len(read_kml_layer(path)) == 3
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.kmz", "inner"]


def test_damaged_and_locked(tmp_path):
    path = tmp_path / "a.kmz"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(InputError, match=r"is a damaged .kmz"):
        read_kml_layer(path)
    content = bytearray(kmz(path, {"doc.kml": KML.format(MARKS)}).read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(InputError, match="is protected by a password"):
        read_kml_layer(path)
    with pytest.raises(InputError, match="does not exist"):
        read_kml_layer(tmp_path / "b.kmz")


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=20))
@settings(max_examples=80, suppress_health_check=FIXTURE)
def test_no_damage_breaks_the_reader(tmp_path, at, noise):
    for compression in (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED):
        path = kmz(tmp_path / "a.kmz", {"doc.kml": KML.format(MARKS)}, compression=compression)
        content = path.read_bytes()
        at %= len(content)
        path.write_bytes(content[:at] + noise + content[at + len(noise) :])
        with contextlib.suppress(InputError):
            assert isinstance(read_kml_layer(path), gpd.GeoDataFrame)


@given(st.lists(st.tuples(st.floats(73, 136), st.floats(3, 54)), min_size=2, max_size=9))
@settings(max_examples=40, suppress_health_check=FIXTURE)
def test_written_and_read_lines_are_the_same(tmp_path, pairs):
    layer = gpd.GeoDataFrame(
        {"name": ["线"]}, geometry=[shapely.LineString(pairs)], crs="EPSG:4326"
    )
    path = tmp_path / "a.kmz"
    export_layer(layer, path)
    read = read_kml_layer(path)
    assert shapely.equals_exact(read.geometry.iloc[0], layer.geometry.iloc[0], 1e-7)
    assert zipfile.ZipFile(io.BytesIO(path.read_bytes())).namelist() == ["doc.kml"]
