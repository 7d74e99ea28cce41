"""Routes on the page: off what they share with others, and none that lies wholly outside."""

import geopandas as gpd
import numpy as np
import pytest
import shapely

from regionkit.maps.page import projects as page_projects
from regionkit.maps.page.projects import ordered_projects, project_table

LINE = shapely.LineString([(121.65, 42.0), (122.5, 41.95), (123.4, 41.8)])


@pytest.fixture(scope="module")
def shown(ln):
    """Return what stands in a page's table for the lines of four projects."""

    class Some:
        """A region with other lines."""

        def __getattr__(self, name):
            return getattr(ln, name)

        projects = (
            ln.projects.loc[
                ["qin-shen-hsr-2", "shen-bai-hsr", "jing-shen-hsr", "dandong-tonghua-hsr"]
            ]
            .set_geometry(
                gpd.GeoSeries(
                    [LINE, LINE.reverse(), LINE, shapely.LineString([(124, 47.3), (122.3, 43.6)])],
                    index=[
                        "qin-shen-hsr-2",
                        "shen-bai-hsr",
                        "jing-shen-hsr",
                        "dandong-tonghua-hsr",
                    ],
                    crs=4326,
                )
            )
            .assign(location_basis=["endpoints", "endpoints", "site", "endpoints"])
        )

    kept = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(page_projects, "_encode_route", lambda shape, _: shape)
        patch.setattr(page_projects, "cited", lambda frame, _: kept.update(frame=frame))
        project_table(Some(), None, ordered_projects(Some()))
    return kept["frame"].set_index("project_id")


def test_lines_of_one_corridor_are_told_apart_and_exact_ones_stay(shown):
    assert shown.loc["jing-shen-hsr", "line"].equals(LINE)
    middles = [
        shapely.intersection(line, shapely.LineString([(122.5, 41), (122.5, 43)])).centroid.y
        for line in shown["line"].iloc[:]
        if line is not None
    ]
    assert len(middles) == 3
    assert np.diff(sorted(middles)).min() > 0.005


def test_a_route_wholly_outside_is_not_drawn(shown):
    assert shown.loc["dandong-tonghua-hsr", "line"] is None
