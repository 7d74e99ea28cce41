"""The index over China: built from the boundaries of all provinces, kept, and read back."""

import pytest

from regionkit.query import china


@pytest.fixture
def two_provinces(monkeypatch):
    """Let China be 辽宁, 天津, a province without counties, and one that overlaps others."""
    names = china.list_provinces().loc[["120000", "210000", "710000", "810000"]]
    monkeypatch.setattr(china, "list_provinces", lambda: names)


@pytest.mark.usefixtures("two_provinces")
def test_counties_of_the_provinces_stand_side_by_side_and_gaps_are_named():
    counties = china.load_china_counties()
    assert {code[:2] for code in counties.index} == {"12", "21", "71"}
    assert counties.attrs["left_out"] == ("香港特别行政区",)


@pytest.mark.usefixtures("two_provinces")
def test_the_index_is_built_once_and_read_back_after(monkeypatch, tmp_path):
    monkeypatch.setenv("REGIONKIT_CACHE", str(tmp_path))
    first = china.load_china_index()
    assert next(iter(first.locate([123.42917, 117.2], [41.81667, 39.12]))) == "210103"
    assert [path.suffix for path in tmp_path.glob("locate-china-*")] == [".npz"]

    def never(**_):
        raise AssertionError

    monkeypatch.setattr(china, "load_china_counties", never)
    again = china.load_china_index()
    assert again.fingerprint == first.fingerprint
    assert next(iter(again.locate([117.2], [39.12]))).startswith("12")
