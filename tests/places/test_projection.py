"""Projections: equal area, and what a map says of them."""

import geopandas as gpd
import pytest
import shapely

from regionkit.places.projection import GEOD, local_projection, projection_label


def test_areas_are_those_of_the_ellipsoid(region_counties):
    outline = gpd.GeoSeries([shapely.box(123.0, 41.0, 123.5, 41.5)], crs="EPSG:4326")
    metric = outline.segmentize(0.01).to_crs(local_projection(region_counties))
    true = abs(GEOD.geometry_area_perimeter(outline.segmentize(0.01).iloc[0])[0])
    assert metric.area.iloc[0] == pytest.approx(true, rel=1e-6)


def test_lengths_err_by_less_than_half_a_percent(region_counties):
    west, south, east, north = region_counties.total_bounds
    crs = local_projection(region_counties)
    for lat in (south, (south + north) / 2, north):
        for step_lon, step_lat in ((0.2, 0.0), (0.0, 0.2)):
            for lon in (west, (west + east) / 2, east):
                ends = gpd.GeoSeries.from_xy([lon, lon + step_lon], [lat, lat + step_lat], crs=4326)
                drawn = ends.to_crs(crs)
                true = GEOD.inv(lon, lat, lon + step_lon, lat + step_lat)[2]
                assert drawn.iloc[0].distance(drawn.iloc[1]) == pytest.approx(true, rel=0.005)


def test_a_single_point_has_a_projection():
    point = gpd.GeoSeries.from_xy([123.4], [41.8], crs=4326)
    drawn = point.to_crs(local_projection(point)).iloc[0]
    assert drawn.distance(shapely.Point(0, 0)) < 200


def test_other_projections_are_named():
    points = gpd.GeoSeries.from_xy([500000], [4600000], crs=4526)
    assert str(projection_label(points.crs)) == points.crs.name
    assert str(projection_label(gpd.GeoSeries([], crs=4326).crs)) == "WGS 84"
