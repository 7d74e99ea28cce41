"""Files of points as strangers write them: each fault of the description ends in one message."""

import json
import struct

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.query.locate import CoverageIndex
from regionkit.query.stream import locate_parquet

POINT = shapely.to_wkb(shapely.Point(123.05, 41.05))
NESTED = struct.pack("<BII", 1, 7, 1) * 100_000 + POINT
DEEP = "[" * 100_000


def geo(*, column="geometry", **said):
    """Return the description of a file of points, with something said of its column."""
    return json.dumps(
        {"primary_column": column, "columns": {"geometry": {"encoding": "WKB"} | said}}
    )


#: What the description says, the column's cells, and the message.
HOSTILE = {
    "no JSON": ("{", POINT, "is not readable JSON"),
    "deep JSON": (DEEP, POINT, "is not readable JSON"),
    "no UTF-8": (b"\xff\xfe\xff", POINT, "is not readable JSON"),
    "a list": ("[]", POINT, "names no columns"),
    "a number": ("1e999", POINT, "names no columns"),
    "no columns": ('{"primary_column": "geometry"}', POINT, "names no columns"),
    "columns of texts": ('{"columns": {"geometry": "WKB"}}', POINT, "names no columns"),
    "no primary column": ('{"columns": {"geometry": {}}}', POINT, "column 'None', which is not"),
    "a column that is not there": (geo(column="x" * 6000), POINT, "column 'x{80}', which is not"),
    "a column that is a list": (geo(column=["a"]), POINT, "which is not there"),
    "an unreadable CRS": (geo(crs="EPSG:99999999"), POINT, "in a CRS that cannot be read"),
    "a CRS that is a number": (geo(crs=-1), POINT, "in a CRS that cannot be read"),
    "a CRS that is an object": (geo(crs={"a": []}), POINT, "in a CRS that cannot be read"),
    "a CRS of nothing": (geo(crs=None), POINT, "has no CRS"),
    "texts": (geo(), "POINT(1 1)", "holds no geometry"),
    "numbers": (geo(), 3.5, "holds no geometry"),
    "cut geometries": (geo(), POINT[:9], "is not well-known binary"),
    "nested geometries": (geo(), NESTED, "nest in each other more than 16 deep"),
}


@pytest.fixture
def index(tiny):
    return CoverageIndex.from_coverage(tiny)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_description_ends_in_a_message(tmp_path, index, name):
    said, cell, told = HOSTILE[name]
    path = tmp_path / "in.parquet"
    table = pa.table({"geometry": [cell, cell]}).replace_schema_metadata({b"geo": said})
    pq.write_table(table, path)
    with pytest.raises((InputError, CrsError), match=told):
        locate_parquet(path, tmp_path / "out.parquet", index)
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("cut", [0, 4, 11, 0.5, -1])
def test_a_file_that_is_cut_or_none_ends_in_a_message(tmp_path, index, cut):
    path = tmp_path / "in.parquet"
    pq.write_table(pa.table({"lon": np.array([123.05]), "lat": np.array([41.05])}), path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut) if isinstance(cut, float) else cut])
    with pytest.raises(InputError, match=r"in\.parquet"):
        locate_parquet(path, tmp_path / "out.parquet", index)
