"""Tables of hundreds of thousands of rows: all are counted, and a refusal is short."""

import numpy as np
import pandas as pd
import pytest

import regionkit as rk
from regionkit.errors import TableError

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture(scope="module")
def points(region):
    """Return 300,000 points inside counties, the county named beside each."""
    inside = region.counties.representative_point()
    place = np.arange(300_000) % len(inside)
    shift = (np.arange(300_000) // len(inside)) * 1e-7
    return pd.DataFrame(
        {
            "县": inside.index.to_numpy()[place],
            "经度": (inside.x.to_numpy()[place] + shift).round(7),
            "纬度": inside.y.to_numpy()[place].round(7),
        }
    )


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_points_by_the_hundred_thousand_are_all_read(tmp_path, region, points, ending):
    path = tmp_path / f"a{ending}"
    write = {".csv": points.to_csv, ".xlsx": points.to_excel, ".parquet": points.to_parquet}
    write[ending](path, index=False)
    read = region.read_points(path, county="县")
    assert read.attrs["report"].n_points == len(points)
    assert np.abs(read.geometry.x.to_numpy() - points["经度"].to_numpy()).max() == 0


def test_points_by_the_hundred_thousand_outside_are_counted(region, points):
    table = points.assign(经度=points["经度"] + 9)
    with pytest.raises(TableError, match="299,900 more rows have the same fault") as caught:
        region.read_points(table)
    assert len(caught.value.faults) == 101
    assert len(str(caught.value).encode()) < 30_000


def test_a_join_of_a_million_rows_is_refused_in_a_line(tmp_path, region):
    names = region.counties["name"].to_numpy()
    rows = np.arange(1_000_000)
    path = tmp_path / "a.csv"
    pd.DataFrame({"县": names[rows % len(names)], "产值": rows}).to_csv(path, index=False)
    with pytest.raises(TableError, match=r"has 1,000,001 rows.*铁西区 20,000") as caught:
        region.join_table(path)
    assert len(caught.value.faults) == 1
    assert len(str(caught.value).encode()) < 1_000
