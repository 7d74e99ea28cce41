"""Points of the planner: columns, notation, axes, projection and datum."""

import re
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyproj
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import regionkit as rk
from regionkit.errors import CrsError, InputError, TableError
from regionkit.places.datum import gauss_kruger_epsg, gcj02_to_bd09, wgs84_to_gcj02
from regionkit.places.projection import GEOD
from regionkit.tables import evidence, points
from regionkit.tables.angles import parse_angle
from regionkit.tables.points import read_points


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture(scope="module")
def border_points(region):
    """Points 50 m to 500 m inside their county, where a shift of the datum shows."""
    rng = np.random.default_rng(3)
    rows = []
    for code in region.counties.index[:20]:
        polygon = region.counties.geometry[code]
        ring = max(shapely.get_parts(polygon), key=lambda part: part.area).exterior
        for at in rng.uniform(0, 1, 6):
            edge = ring.interpolate(at, normalized=True)
            inner = polygon.representative_point()
            step = 0.003 / max(edge.distance(inner), 0.003)
            point = shapely.Point(
                edge.x + (inner.x - edge.x) * step, edge.y + (inner.y - edge.y) * step
            )
            if polygon.contains(point):
                rows.append((code, point.x, point.y))
    return pd.DataFrame(rows, columns=["区划代码", "经度", "纬度"])


@pytest.mark.parametrize(
    ("typed", "degrees"),
    [
        ("123.5", 123.5),
        ("123°30′", 123.5),
        ("123°30'00\"", 123.5),
        ("123度30分0秒", 123.5),
        ("东经123°30′", 123.5),
        ("E123.5", 123.5),
        ("123.5°E", 123.5),
        ("123-30-00", 123.5),
        ("123 30 00", 123.5),
        ("１２３．５", 123.5),
        ("123°30.0′", 123.5),
        ("W10°30′", -10.5),
        (123.5, 123.5),
        ("123º30’00”", 123.5),
        ("123°30′00″E", 123.5),
    ],
)
def test_notations(typed, degrees):
    assert parse_angle(typed).value == pytest.approx(degrees)


@pytest.mark.parametrize("typed", ["约123", "见附图", "123°75′", "12°3′99″"])
def test_what_is_no_coordinate(typed):
    assert parse_angle(typed).what


@given(st.integers(73, 135), st.integers(0, 59), st.floats(0, 59.99))
@settings(max_examples=60, deadline=None)
def test_sexagesimal_is_the_sum_of_its_parts(degrees, minutes, seconds):
    read = parse_angle(f"{degrees}°{minutes}′{seconds:.2f}″")
    assert read.value == pytest.approx(degrees + minutes / 60 + round(seconds, 2) / 3600)


@given(st.text(max_size=12))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_the_reader_of_angles(text):
    assert isinstance(parse_angle(text).value, float)


def test_zones():
    for zone in (*range(13, 24), *range(25, 46)):
        crs = pyproj.CRS.from_epsg(gauss_kruger_epsg(zone))
        assert f"zone {zone}" in crs.name
        assert crs.name.startswith("CGCS2000")
    assert gauss_kruger_epsg(24) == 0


def test_columns_are_found_and_axes_put_right():
    table = pd.DataFrame({"项目": ["a", "b"], "X": [41.8, 41.9], "Y": [123.4, 123.5]})
    points = read_points(table)
    assert points.geometry.x.tolist() == [123.4, 123.5]
    assert points.crs.to_epsg() == 4326
    assert points.index.tolist() == [2, 3]
    assert "axes of all rows are swapped" in points.attrs["report"]
    one = read_points(table.assign(X=[123.4, 41.9], Y=[41.8, 123.5]))
    assert "axes of rows 3 are swapped" in one.attrs["report"]
    assert one.geometry.y.tolist() == [41.8, 41.9]


def test_pairs_in_one_column_and_blank_rows():
    points = read_points(pd.DataFrame({"名称": ["a", "b"], "坐标": ["123.4，41.8", None]}))
    assert points.geometry.iloc[0].coords[0] == (123.4, 41.8)
    assert points.geometry.iloc[1].is_empty
    assert points.attrs["report"].n_blank == 1
    with pytest.raises(TableError, match=r"is no pair of coordinates. Write 123.43,41.80"):
        read_points(pd.DataFrame({"坐标": ["123.4", "1,2"]}))


@pytest.mark.parametrize(("epsg", "crs"), [(4529, None), (4499, None), (4550, "EPSG:4550")])
def test_projected_coordinates(epsg, crs):
    lon, lat = np.array([123.42, 122.9]), np.array([41.81, 41.2])
    east, north = pyproj.Transformer.from_crs(4326, epsg, always_xy=True).transform(lon, lat)
    # Surveyors call the northing X.
    points = read_points(pd.DataFrame({"X坐标": north, "Y坐标": east}), crs=crs)
    np.testing.assert_allclose(points.geometry.x, lon, atol=1e-7)
    np.testing.assert_allclose(points.geometry.y, lat, atol=1e-7)
    assert points.attrs["report"].crs == f"EPSG:{epsg}"


def test_projected_without_a_zone():
    table = pd.DataFrame({"X": [4630000.0], "Y": [535000.0]})
    with pytest.raises(TableError, match=r"is projected and names no zone. Give the CRS, such as"):
        read_points(table)
    with pytest.raises(TableError, match="is not in China when read as EPSG:32633"):
        read_points(table, crs=32633)


def test_some_rows_in_metres():
    table = pd.DataFrame({"X": [123.4, 41535000.0, 123.5], "Y": [41.8, 4630000.0, 41.8]})
    with pytest.raises(TableError, match=r"row 3, column X: is in metres .*the other rows are not"):
        read_points(table)
    kept = read_points(table, strict=False)
    assert kept.geometry.is_empty.tolist() == [False, True, False]
    assert len(kept.attrs["report"].faults) == 1


@pytest.mark.parametrize("datum", ["WGS-84", "GCJ-02", "BD-09"])
def test_datum_found_by_counties(region, border_points, datum):
    table = border_points.copy()
    x, y = table["经度"].to_numpy(), table["纬度"].to_numpy()
    if datum != "WGS-84":
        x, y = wgs84_to_gcj02(x, y)
    if datum == "BD-09":
        x, y = gcj02_to_bd09(x, y)
    points = read_points(
        table.assign(经度=x, 纬度=y),
        counties=region.counties,
        resolver=region.resolver,
        datum="auto",
        strict=False,
    )
    report = points.attrs["report"]
    assert report.datum == datum
    assert report.evidence.agreeing[datum] == report.evidence.n_points == len(table)
    assert f"points fit {datum} and not the next" in report
    shift = np.hypot(
        points.geometry.x - border_points["经度"].to_numpy(),
        points.geometry.y - border_points["纬度"].to_numpy(),
    )
    assert shift.max() < 1e-5


def test_mixed_datums(region, border_points):
    table = border_points.copy()
    half = len(table) // 2
    x, y = wgs84_to_gcj02(table["经度"][:half], table["纬度"][:half])
    table.loc[: half - 1, "经度"], table.loc[: half - 1, "纬度"] = x, y
    options = {"counties": region.counties, "resolver": region.resolver, "datum": "auto"}
    with pytest.raises(TableError, match=r"the datums are mixed: .* points fit only"):
        read_points(table, **options)
    table["坐标系"] = ["高德"] * half + ["CGCS2000"] * (len(table) - half)
    points = read_points(table, **options)
    assert points.attrs["report"].datum == "CGCS2000, GCJ-02"
    np.testing.assert_allclose(points.geometry.x, border_points["经度"], atol=1e-8)
    table.loc[3, "坐标系"] = "北京54?"
    with pytest.raises(TableError, match=r"row 5, .*datum '北京54.' is an older one. Xi'an"):
        read_points(table, **options)


def test_too_few_points_to_tell(region):
    table = pd.DataFrame({"县": ["康平县"], "lon": [123.35], "lat": [42.75]})
    options = {"counties": region.counties, "resolver": region.resolver, "datum": "auto"}
    with pytest.raises(TableError, match=r"the points do not tell .* pass datum="):
        read_points(table, **options)
    with pytest.raises(TableError, match="needs a column with the county of each point"):
        read_points(table.drop(columns="县"), **options)
    with pytest.raises(TableError, match="no point has a county that is known"):
        read_points(table.assign(县="某县"), county="县", **options)


def test_sea_and_other_province(region):
    table = pd.DataFrame(
        {
            "县": ["康平县", "康平县", "康平县"],
            "lon": [123.35, 120.9, 125.3],
            "lat": [42.75, 40.0, 43.9],
        }
    )
    with pytest.raises(TableError) as caught:
        read_points(table, counties=region.counties, resolver=region.resolver)
    assert [fault.row for fault in caught.value.faults] == [3, 4]
    assert "is outside the region" in str(caught.value)
    assert "in the sea or in another province" in str(caught.value)
    far = table.assign(lon=[123.35, 123.4, 123.35], lat=[42.75, 41.8, 42.75])
    with pytest.raises(TableError, match=r"row 3, .*lies .* km outside 康平县, which column 县"):
        read_points(far, counties=region.counties, resolver=region.resolver, county="县")


def test_bad_coordinates():
    with pytest.raises(TableError, match=r"\(0, 0\) is not in China"):
        read_points(pd.DataFrame({"lon": [0.0, 123.4], "lat": [0.0, 41.8]}))
    with pytest.raises(TableError, match="one of the two coordinates is blank"):
        read_points(pd.DataFrame({"lon": [123.1, 123.4], "lat": [None, 41.8]}))
    with pytest.raises(TableError, match="no row has coordinates"):
        read_points(pd.DataFrame({"lon": [None], "lat": [None], "a": ["x"]}))
    with pytest.raises(TableError, match=r"Addresses .column 详细地址. are not turned into coord"):
        read_points(pd.DataFrame({"名称": ["a"], "详细地址": ["沈阳市某路1号"]}))
    with pytest.raises(TableError, match="several columns can be the coordinates"):
        read_points(pd.DataFrame({"lon": [1], "经度": [1], "lat": [1]}))
    with pytest.raises(TableError, match="'坐标待定' is no coordinate"):
        read_points(pd.DataFrame({"lon": ["坐标待定", 123], "lat": [41.8, 41.8]}))


def test_arguments(region):
    table = pd.DataFrame({"lon": [123.4], "lat": [41.8], "县": ["康平"]})
    with pytest.raises(InputError, match=r"datum=\"WGS84\" is not known. Use one of WGS-84"):
        read_points(table, datum="WGS84")
    with pytest.raises(InputError, match='datum="auto" tests points against counties'):
        read_points(table, datum="auto")
    with pytest.raises(CrsError, match='crs="EPSG:1" is no coordinate reference system'):
        read_points(table, crs="EPSG:1")
    with pytest.raises(InputError, match="is projected, but the coordinates are degrees"):
        read_points(table, crs="EPSG:4549")
    with pytest.raises(CrsError, match="The counties are in EPSG:3857, not EPSG:4326"):
        read_points(table, counties=region.counties.to_crs(3857))
    with pytest.raises(InputError, match="county= needs resolver="):
        read_points(table, county="县")


KML = """<?xml version="1.0" encoding="UTF-8"?>{head}
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{name}</name>
<ExtendedData><Data name="装机"><value>12</value></Data></ExtendedData>
<Point><coordinates>123.4,41.8,0</coordinates></Point></Placemark></Document></kml>"""


def test_kml(tmp_path):
    path = tmp_path / "点.kml"
    path.write_text(KML.format(head="", name="风电场"), encoding="utf-8")
    points = read_points(path)
    assert points.geometry.iloc[0].coords[0] == (123.4, 41.8)
    assert points["name"].tolist() == ["风电场"]
    assert points["装机"].tolist() == ["12"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_kml_with_external_entities(tmp_path, encoding):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head = f'<!DOCTYPE kml [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "a.kml"
    path.write_bytes(KML.replace("UTF-8", encoding).format(head=head, name="&x;").encode(encoding))
    with pytest.raises(TableError, match=r"declares entities or a document type.*Nothing was fetc"):
        read_points(path)


def test_other_kml(tmp_path):
    path = tmp_path / "a.kml"
    for content, match in [
        ("<kml><Placemark><name>x</name></Placemark></kml>", "has no placemark with a point"),
        ("<gpx/>", "is XML of another kind"),
        ("<kml>", "is not well-formed XML"),
    ]:
        path.write_text(content)
        with pytest.raises(TableError, match=match):
            read_points(path)
    with pytest.raises(TableError, match="does not exist"):
        read_points(tmp_path / "b.kml")
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(TableError, match=r"a.kml: is a damaged .kmz"):
        read_points(path)


@pytest.mark.parametrize("name", ["点.kmz", "点.kml"])
def test_kmz(tmp_path, name):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("files/camera.png", b"png")
        package.writestr("doc.kml", KML.format(head="", name="风电场"))
    points = read_points(path)
    assert points.geometry.iloc[0].coords[0] == (123.4, 41.8)
    assert points["装机"].tolist() == ["12"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("doc.kml", KML.format(head="", name=" " * 30_000_000))
    with pytest.raises(TableError, match=r"unpacks from .* to 30 MB .*Nothing was unpacked"):
        read_points(path)


def test_points_from_a_workbook_with_a_title(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ["重点项目点位表"],
        ["序号", "项目名称", "东经", "北纬"],
        [1, "甲", "123°24′", "41°48′"],
        [2, "乙", "123°30′", "41°54′"],
    ]:
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    points = read_points(path)
    assert points.index.tolist() == [3, 4]
    assert points.geometry.x.tolist() == [123.4, 123.5]


CASES = Path(__file__).parent / "cases"


def test_web_mercator_of_a_shifted_datum():
    """Metres of a map service are in its datum as its degrees are."""
    table = pd.DataFrame({"X": [13736395.137], "Y": [5130685.508]})
    points = read_points(table, crs="EPSG:3857", datum="GCJ-02")
    assert points.geometry.x.iloc[0] == pytest.approx(123.39, abs=1e-5)
    assert points.geometry.y.iloc[0] == pytest.approx(41.795, abs=1e-5)
    assert points.attrs["report"].datum == "GCJ-02"


@pytest.mark.parametrize(
    ("names", "datum"),
    [
        (("高德经度", "高德纬度"), "GCJ-02"),
        (("百度经度", "百度纬度"), "BD-09"),
        (("经度（GCJ02）", "纬度（GCJ02）"), "GCJ-02"),
        (("经度(CGCS2000)", "纬度(CGCS2000)"), "CGCS2000"),
        (("经度", "纬度"), "WGS-84"),
    ],
)
def test_headings_say_the_datum(names, datum):
    x, y = (123.39, 41.795)
    if datum == "GCJ-02":
        x, y = (float(v[0]) for v in wgs84_to_gcj02([x], [y]))
    elif datum == "BD-09":
        x, y = (float(v[0]) for v in gcj02_to_bd09(*wgs84_to_gcj02([x], [y])))
    table = pd.DataFrame({names[0]: [x], names[1]: [y]})
    points = read_points(table)
    assert points.geometry.x.iloc[0] == pytest.approx(123.39, abs=2e-5)
    assert points.attrs["report"].datum == datum
    assert ("says that the datum is" in str(points.attrs["report"])) is (datum != "WGS-84")
    by_hand = read_points(table, datum="WGS-84")
    assert by_hand.geometry.x.iloc[0] == pytest.approx(x)


def test_a_column_of_datums_is_heeded_without_asking():
    x, y = wgs84_to_gcj02([123.39], [41.795])
    table = pd.DataFrame({"经度": x, "纬度": y, "坐标系": ["GCJ02"]})
    points = read_points(table)
    assert points.geometry.x.iloc[0] == pytest.approx(123.39, abs=1e-6)
    report = points.attrs["report"]
    assert report.datum == "GCJ-02"
    assert "the datum of each point is taken from column 坐标系" in str(report)
    told = str(read_points(table, datum="WGS-84").attrs["report"])
    assert 'the table says GCJ-02, and datum="WGS-84" was followed' in told
    with pytest.raises(TableError, match=r"is an older one. Xi'an 1980 and Beijing 1954 lie up"):
        read_points(table.assign(坐标系="西安80"))


def test_older_datums_are_never_taken_for_wgs84():
    table = pd.DataFrame({"经度(西安80)": [123.39], "纬度(西安80)": [41.795]})
    with pytest.raises(TableError, match=r"is of an older datum\. Xi'an 1980 and Beijing 1954"):
        read_points(table)
    metres = pd.DataFrame({"X": [584389.6], "Y": [4518844.1]})
    with pytest.raises(CrsError, match=r"is in Xian 1980.*an older datum"):
        read_points(metres, crs="EPSG:2384")
    with pytest.raises(CrsError, match=r"is in Beijing 1954.*an older datum"):
        read_points(metres, crs="EPSG:2435")


def test_packed_degrees_minutes_and_seconds():
    whole = pd.DataFrame({"经度": [1232324, 1225924], "纬度": [414742, 410600]})
    points = read_points(whole)
    assert points.geometry.x.tolist() == pytest.approx([123.39, 122.99], abs=1e-9)
    assert points.geometry.y.tolist() == pytest.approx([41.795, 41.1], abs=1e-9)
    assert "read as packed degrees, minutes and seconds" in str(points.attrs["report"])
    swapped = read_points(whole.rename(columns={"经度": "纬度", "纬度": "经度"}))
    assert swapped.geometry.x.tolist() == pytest.approx([123.39, 122.99], abs=1e-9)


def test_degrees_that_may_hold_minutes_are_asked_about():
    table = pd.DataFrame(
        {"经度": [123.2324, 122.5924, 121.3600], "纬度": [41.4742, 41.0600, 38.5412]}
    )
    with pytest.raises(TableError, match=r"123.2324, 41.4742 may be decimal degrees, or .*packed="):
        read_points(table)
    packed = read_points(table, packed=True)
    assert packed.geometry.x.tolist() == pytest.approx([123.39, 122.99, 121.6], abs=1e-9)
    plain = read_points(table, packed=False)
    assert plain.geometry.x.tolist() == table["经度"].tolist()
    with pytest.raises(TableError, match="so may all 1 rows"):
        read_points(table[:1])
    decimal = read_points(table.assign(经度=[123.2364, 122.5924, 121.36]))
    assert "may be" not in str(decimal.attrs["report"])
    with pytest.raises(TableError, match=r"row 2.*is no DDD\.MMSS"):
        read_points(table.assign(经度=[123.2364, 122.5924, 121.36]), packed=True)


@pytest.mark.parametrize(
    ("cell", "value"),
    [("123d25m45s", 123.4291667), ("123D25M45S", 123.4291667), ("41d48m40sN", 41.8111111),
     ("41 48 40 S", -41.8111111), ("123d25.5m", 123.425)],
)  # fmt: skip
def test_letters_of_degrees_minutes_and_seconds(cell, value):
    assert parse_angle(cell).value == pytest.approx(value, abs=1e-7)


def test_all_of_a_kml_is_read_or_told():
    points = read_points(CASES / "r1.kml")
    assert points["name"].tolist() == ["三处厂区"] * 3 + ["单点", "夹内"]
    assert points.geometry.x.tolist() == [123.4, 121.6, 124.35, 122.99, 121.14]
    assert points["height_m"].iloc[3] == "35.5"
    report = str(points.attrs["report"])
    assert "placemarks of several points have a row for each: 三处厂区 (3)" in report
    assert "1 placemarks hold lines or areas, left out: 面 (Polygon)" in report


def many(n, **columns):
    return pd.DataFrame({"lon": [123.35] * n, "lat": [42.75] * n, "县": ["康平县"] * n} | columns)


@pytest.mark.parametrize(
    ("columns", "options", "told"),
    [
        ({"lon": [125.9] * 250, "lat": [38.6] * 250}, {}, "is outside the region"),
        ({"lon": [123.35, 123.35] + [1.0] * 250, "lat": [42.75] * 252}, {}, "is not in China"),
        (
            {"lon": [123.35, 122.0] + [123.4] * 250, "lat": [42.75] + [41.8] * 251},
            {"county": "县"},
            "lies",
        ),
        ({"坐标系": ["WGS-84", "北京54"] + ["西安80"] * 250}, {}, "older one"),
        ({"坐标系": ["WGS-84", "地方"] + ["自定义"] * 250}, {}, "is not known"),
        ({"lon": [123.35, 4e7] + [5e6] * 250, "lat": [42.75, 4e6] + [4e6] * 250}, {}, "names no"),
    ],
)
def test_a_fault_of_very_many_rows_is_counted(monkeypatch, region, columns, options, told):
    n = len(next(iter(columns.values())))
    table = many(n, **columns)
    asked = []
    nearest = points._nearest_unit
    monkeypatch.setattr(points, "_nearest_unit", lambda *a: asked.append(1) or nearest(*a))
    with pytest.raises(TableError) as caught:
        read_points(table, counties=region.counties, resolver=region.resolver, **options)
    of_kind = [f for f in caught.value.faults if told in str(f) or "more rows have" in str(f)]
    more = [fault for fault in of_kind if "more rows have the same fault" in str(fault)]
    assert len(of_kind) == 101
    (last,) = more
    assert int(re.search(r"([\d,]+) more rows", str(last)).group(1)) + 100 in {n, n - 1, n - 2}
    assert len(asked) <= 200
    loose = read_points(
        table, counties=region.counties, resolver=region.resolver, strict=False, **options
    )
    assert int(loose.geometry.is_empty.sum()) >= 250


def test_a_datum_is_told_apart_by_very_many_points():
    chance = evidence._chance
    assert chance(3, 1) == pytest.approx(5 / 16)
    assert chance(0, 0) == chance(0, 4) == 1.0
    assert chance(200_000, 1) == 0.0


def test_distances_to_a_county_are_those_of_its_outline(region):
    outline = region.counties.geometry["210123"]
    rng = np.random.default_rng(1)
    shapes = shapely.points(rng.uniform(122, 125, 40), rng.uniform(41, 44, 40))
    found = points._distances_km(outline, shapes)
    for km, shape in zip(found, shapes, strict=True):
        ends = shapely.shortest_line(outline, shape).coords
        assert km == pytest.approx(GEOD.inv(*ends[0], *ends[1])[2] / 1000, abs=1e-6)
