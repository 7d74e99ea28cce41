"""What disks, other programs and missing positions do to a file that is written."""

import json
import subprocess

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from regionkit.errors import OutputError
from regionkit.export.layer import export_layer


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of its own, with room for 32 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True, capture_output=True)


@pytest.fixture(scope="module")
def large():
    """Return a layer that packs badly: 200 kB in any format."""
    random = np.random.default_rng(0)
    shapes = [shapely.MultiPoint(random.random((200, 2)) + np.array([121, 41])) for _ in range(60)]
    lines = [shapely.LineString(shape.geoms) for shape in shapes]
    words = [random.bytes(120).hex() for _ in shapes]
    return gpd.GeoDataFrame({"name": words}, geometry=lines, crs=4326)


FORMATS = [".gpkg", ".shp", ".geojson", ".fgb", ".parquet", ".kml", ".kmz", ".csv"]


@pytest.mark.parametrize("ending", FORMATS)
def test_a_full_disk_leaves_the_older_file_and_a_message(small_disk, large, ending):
    path = small_disk / f"a{ending}"
    frame = large if ending != ".csv" else large.assign(name=[word * 9 for word in large["name"]])
    path.write_bytes(b"older")
    with pytest.raises(OutputError, match=r"cannot be written"):
        export_layer(frame, path)
    assert [file.name for file in small_disk.iterdir()] == [path.name]
    assert path.read_bytes() == b"older"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_database_that_another_program_has_open_is_not_replaced(tmp_path, large, ending):
    path = tmp_path / "a.gpkg"
    export_layer(large, path)
    before = path.read_bytes()
    log = tmp_path / f"a.gpkg{ending}"
    log.write_bytes(b"pages of the other program")
    with pytest.raises(OutputError, match=rf"is open in another program: {log.name} stands besi"):
        export_layer(large.head(1), path)
    assert path.read_bytes() == before
    # An empty log has no pages.
    log.write_bytes(b"")
    export_layer(large.head(1), path)


@pytest.mark.parametrize("ending", [".geojson", ".fgb"])
@pytest.mark.parametrize("empty", [shapely.LineString(), shapely.Point(), None])
def test_a_row_without_a_position_has_no_geometry(tmp_path, ending, empty):
    shapes = [shapely.LineString([(121, 41), (122, 42)]), empty]
    layer = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=shapes, crs=4326)
    path = tmp_path / f"a{ending}"
    export_layer(layer, path)
    info = pyogrio.read_info(path, force_total_bounds=True)
    assert info["total_bounds"] == (121.0, 41.0, 122.0, 42.0)
    assert info["features"] == 2
    if ending == ".geojson":
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        assert [one["geometry"] is None for one in features] == [False, True]
    assert layer.geometry.iloc[1] is empty or layer.geometry.iloc[1].is_empty


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("length", [81, 83, 90])
def test_a_name_that_the_disk_cannot_hold_is_told(tmp_path, large, ending, length):
    # A letter takes three bytes, and a name may have 255, its ending and what is put before it too.
    path = tmp_path / f"{'县' * length}{ending}"
    try:
        export_layer(large, path)
    except OutputError as error:
        told = str(error)
        assert "cannot be written" in told
        assert list(tmp_path.iterdir()) == []
    else:
        assert path.stat().st_size
