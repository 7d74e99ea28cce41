"""Files of strangers by the thousand, mutated from a fixed seed: each is read or told.

A bounded run of each fuzzer, slow by nature; what ever broke something stands in ``broken``, named
by its target, and is replayed each time.
"""

import importlib.util
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from regionkit.errors import OutputError
from regionkit.export.layer import export_layer
from regionkit.places.layer_file import read_layer

HOME = Path(__file__).parent
SECONDS = 20


def load_targets():
    spec = importlib.util.spec_from_file_location("attack_targets", HOME / "targets.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


targets = load_targets()
BROKEN = sorted(path for path in (HOME / "broken").iterdir() if path.suffix != ".md")


@pytest.mark.slow
@pytest.mark.parametrize("target", targets.TARGETS)
def test_no_mutated_file_breaks_anything(tmp_path, target):
    # In a process of its own: a fault in a library of C ends that and not this one.
    command = [sys.executable, HOME / "targets.py", target, str(SECONDS), "22", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS * 8)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-2000:]}\nleft: {left}"


EXPORTING = """
import sys
import geopandas as gpd, shapely
from regionkit.export.layer import export_layer
turn = 0
while True:
    turn += 1
    shapes = [shapely.Point(121 + n / 1000, 41) for n in range(300)]
    frame = gpd.GeoDataFrame({"turn": [turn] * 300}, geometry=shapes, crs=4326)
    export_layer(frame, sys.argv[1])
    print(turn, flush=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("ending", [".gpkg", ".shp", ".geojson", ".fgb", ".parquet"])
def test_a_killed_export_leaves_a_whole_file_or_none(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    rng = random.Random(22)  # noqa: S311 - the same moments each time
    for _ in range(3):
        with subprocess.Popen(
            [sys.executable, "-c", EXPORTING, path], stdout=subprocess.PIPE, text=True
        ) as child:
            child.stdout.readline()
            time.sleep(rng.random() / 2)
            child.kill()
        # A Shapefile killed between its parts has no .shp, and is put together by who comes next.
        layer = read_layer(path)
        assert (len(layer), layer["turn"].nunique()) == (300, 1)
    export_layer(layer, path)
    assert not [one.name for one in tmp_path.iterdir() if one.name.startswith(".")]


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [4, 16, 48, 112])
def test_a_full_disk_leaves_nothing_or_all(tmp_path, kilobytes):
    home = tmp_path / "disk"
    home.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(home)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    try:
        for ending in (".gpkg", ".shp", ".geojson", ".fgb", ".parquet", ".kml", ".xlsx", ".csv"):
            path = home / f"a{ending}"
            try:
                export_layer(targets.LAYER, path)
            except OutputError:
                assert list(home.iterdir()) == []
            else:
                assert path.stat().st_size
            for left in home.iterdir():
                left.unlink()
    finally:
        subprocess.run(["umount", str(home)], check=True, capture_output=True)


COMMANDS = {
    ".docx": ["brief", "锦州", "-o"],
    ".pptx": ["brief", "锦州", "-o"],
    ".html": ["brief", "锦州", "-o"],
    ".xlsx": ["query", "--zone", "辽西", "-o"],
    ".csv": ["query", "--zone", "辽西", "-o"],
    ".png": ["query", "--zone", "辽西", "--map"],
    ".pdf": ["query", "--zone", "辽西", "--map"],
}


@pytest.mark.slow
@pytest.mark.parametrize("ending", COMMANDS)
def test_a_command_on_a_full_disk_says_so_and_leaves_nothing(tmp_path, ending):
    home = tmp_path / "disk"
    home.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(home)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    try:
        run = "from regionkit.cli import main; main()"
        asked = [sys.executable, "-c", run, *COMMANDS[ending], str(home / f"a{ending}")]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert done.returncode == 2, done.stderr
        assert "cannot be written" in done.stderr
        assert "Traceback" not in done.stderr
        assert list(home.iterdir()) == []
    finally:
        subprocess.run(["umount", str(home)], check=True, capture_output=True)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_what_broke_something_breaks_nothing(tmp_path, path):
    _, _, read = targets.TARGETS[path.name.partition("-")[0]]
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    assert targets.survive(read, copy) == ""
