"""The index over China: built from the boundaries of all provinces, kept, and read back."""

import pytest

from regionkit.query import china


@pytest.fixture
def few_provinces(monkeypatch):
    """Let China be 天津, 台湾, which has no counties, and 澳门."""
    load = china.load_boundaries
    asked = []

    def boundaries(region):
        asked.append(region)
        return load(["120000", "710000", "820000"])

    monkeypatch.setattr(china, "load_boundaries", boundaries)
    return asked


def test_the_index_is_built_once_and_read_back(few_provinces, monkeypatch, tmp_path):
    monkeypatch.setenv("REGIONKIT_CACHE", str(tmp_path))
    first = china.load_china_index()
    again = china.load_china_index()
    assert few_provinces == ["100000"]
    assert again.fingerprint == first.fingerprint
    found = list(again.locate([117.2, 121.5, 113.55, 0], [39.12, 25.04, 22.2, 0]))
    assert found[0].startswith("12")
    assert found[1:3] == ["710000", "820003"]
    assert not isinstance(found[3], str)


@pytest.mark.slow
def test_the_outlines_of_the_whole_country_are_one_coverage():
    import shapely

    counties = china.load_boundaries("100000")
    assert len(counties) == 2875
    assert shapely.coverage_is_valid(counties.geometry.to_numpy())
