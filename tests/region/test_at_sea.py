"""What the region's own projects are drawn on: land, but for what is at the shore itself."""

# A port or a wetland may stand off the coast line by so much, km; outlines are no surveys.
SHORE_KM = 1.0


def test_no_symbol_of_a_project_lies_in_the_sea(ln):
    shown = ln.projects[(ln.projects.geom_type == "Point") & ~ln.projects.geometry.is_empty]
    assert len(shown) > 300
    metric = ln.counties.estimate_utm_crs()
    land = ln.province.to_crs(metric).geometry.iloc[0]
    off = shown.to_crs(metric).geometry.distance(land) / 1000
    at_sea = off[off > SHORE_KM]
    assert at_sea.empty, at_sea.round(1).to_dict()
    # What stands for a city or county stands on its land.
    rough = shown["location_basis"].isin(["city", "county"])
    assert rough.sum() > 200
    assert off[rough].max() == 0
