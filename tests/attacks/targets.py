"""What strangers' files are given to, and the mutations of each: run as a script by the fuzzers.

    python targets.py TARGET SECONDS SEED FOLDER

Each input is written to FOLDER before it is read, so that one which ends the process is there
afterwards. A message of regionkit's own is right; any other error is printed with its input's name.
"""

import io
import json
import random
import sys
import time
import traceback
import warnings
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import shapely

from regionkit.errors import RegionkitError

ROWS = {"县（市）": ["康平县", "法库县", "新民市"], "人口（万人）": ["27.5", "36.1", "59.4"]}
LAYER = gpd.GeoDataFrame(
    {"adcode": ["210123", "210124"], "name": ["康平县", "法库县"]},
    geometry=[shapely.box(123, 42, 123.5, 42.5), shapely.box(123.5, 42, 124, 42.5)],
    crs=4326,
)
POINTS = LAYER.set_geometry(LAYER.representative_point())
ODD = [None, True, -1, 1e999, "", "\0", "x" * 6000, [], {}, [[]] * 3, "../../a", "EPSG:1"]


def read_table(path):
    from regionkit.tables.read import read_table as read

    read(path)


def read_layer(path):
    from regionkit.places import boundaries, layer_file

    layer = layer_file.read_layer(path)
    if isinstance(layer, gpd.GeoDataFrame):
        boundaries.layer_in_wgs84(layer, path.name)


def locate_points(path):
    from regionkit.query.locate import CoverageIndex
    from regionkit.query.stream import locate_parquet

    index = CoverageIndex.from_coverage(LAYER.set_index("adcode"))
    target = path.with_name("located.parquet")
    target.unlink(missing_ok=True)
    locate_parquet(path, target, index)


def read_points(path):
    from regionkit.tables.points import read_points as read

    read(path)


def open_template(path):
    from regionkit.briefing import office

    document = office.open_template(path.suffix, path)
    office.drop_external_links(document)


def read_descriptor(path):
    from regionkit.pack.schema import parse_descriptor

    parse_descriptor(path.read_bytes(), path.parent)


def read_cached(path):
    """Put a damaged file in the cache's place; what comes back is right whatever it holds."""
    from regionkit.places.cache import cache_folder
    from regionkit.places.shape_cache import cached_shapes

    shapes = dict(zip("ab", LAYER.geometry, strict=True))
    cached_shapes("fuzzed", lambda: shapes)
    (cache_folder() / "fuzzed.npz").write_bytes(path.read_bytes())
    found = cached_shapes("fuzzed", lambda: shapes)
    assert {key: one.wkb for key, one in found.items()} == {k: s.wkb for k, s in shapes.items()}


def written(write, ending):
    """Return what a writer writes, in memory or as a file."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{ending}")
        write(path)
        return path.read_bytes()


def table_seeds():
    frame = pd.DataFrame(ROWS)
    book = openpyxl.Workbook()
    for row in [list(ROWS), *zip(*ROWS.values(), strict=True)]:
        book.active.append(row)
    text = frame.to_csv(index=False)
    return {
        ".xlsx": written(book.save, ".xlsx"),
        ".csv": text.encode("gb18030"),
        ".tsv": text.replace(",", "\t").encode("utf-16"),
        ".html": frame.to_html().encode(),
        ".parquet": written(frame.to_parquet, ".parquet"),
    }


def layer_seeds():
    from regionkit.export.layer import export_layer

    endings = (".gpkg", ".geojson", ".fgb", ".kml", ".kmz", ".parquet")
    return {e: written(lambda path: export_layer(LAYER, path), e) for e in endings}


def write_points(path):
    from regionkit.export.layer import export_layer

    export_layer(POINTS, path)


def point_seeds():
    rows = pd.DataFrame(
        {"名称": ["甲", "乙"], "经度": ["123.1", "123°12′"], "纬度": [42.1, "42.2"]}
    )
    return {".csv": rows.to_csv(index=False).encode(), ".kml": written(write_points, ".kml")}


def template_seeds():
    import docx
    import pptx

    return {
        ".docx": written(docx.Document().save, ".docx"),
        ".pptx": written(pptx.Presentation().save, ".pptx"),
    }


def descriptor_seeds():
    region = {"id": "jilin", "adcode": "220000", "name": "吉林省", "units": ["220000"]}
    made = {"schema_version": 1, "region": region, "words": {"zones.kind": {"strategic": "四"}}}
    return {".json": json.dumps(made).encode()}


def geo_seeds():
    return {".parquet": written(POINTS.to_parquet, ".parquet")}


def cache_seeds():
    shapes = np.frombuffer(b"".join(LAYER.geometry.to_wkb()), dtype=np.uint8)
    out = io.BytesIO()
    np.savez(out, keys=np.array(["a", "b"]), ends=np.array([93, 186]), wkb=shapes)
    return {".npz": out.getvalue()}


def mutate_bytes(content, rng):
    """Return content with some bytes changed, cut, doubled or taken out."""
    made = bytearray(content)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        at = rng.randrange(len(made) or 1)
        wide = rng.choice([1, 1, 2, 8, 64])
        kind = rng.randrange(5)
        if kind == 0:
            made[at : at + wide] = rng.randbytes(wide)
        elif kind == 1:
            del made[at : at + wide]
        elif kind == 2:
            made[at:at] = made[at : at + wide] * rng.choice([1, 2, 50])
        elif kind == 3:
            made[at : at + 1] = rng.choice([b"\0", b"\xff", b'"', b"<", b",", b"\r", b"=", b"9"])
        else:
            made = made[: max(at, 1)]
    return bytes(made)


def mutate_package(content, rng):
    """Return a zip whose parts are changed, taken out or emptied, or whose bytes are."""
    if rng.random() < 0.2:
        return mutate_bytes(content, rng)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = rng.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == chosen:
                if rng.random() < 0.1:
                    continue
                part = mutate_bytes(part, rng) if rng.random() < 0.9 else b""
            new.writestr(name, part)
    return out.getvalue()


def mutate_json(content, rng):
    """Return JSON one value of which is an odd one."""
    raw = json.loads(content)
    places = [(raw, key) for key in raw]
    for holder, key in places:
        value = holder[key]
        if isinstance(value, dict):
            places += [(value, inner) for inner in value]
        elif isinstance(value, list):
            places += [(value, inner) for inner in range(len(value))]
    holder, key = rng.choice(places)
    holder[key] = rng.choice(ODD)
    return json.dumps(raw).encode()


def mutate_text_or_json(content, rng):
    return (mutate_json if rng.random() < 0.7 else mutate_bytes)(content, rng)


def mutate_geo(content, rng):
    """Return GeoParquet whose description has something odd in it."""
    table = pq.read_table(io.BytesIO(content))
    said = mutate_text_or_json(table.schema.metadata[b"geo"], rng)
    out = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"geo": said}), out)
    return out.getvalue()


def mutate_any(content, rng):
    return (mutate_package if content.startswith(b"PK") else mutate_bytes)(content, rng)


TARGETS = {
    "tables": (table_seeds, mutate_any, read_table),
    "layers": (layer_seeds, mutate_any, read_layer),
    "points": (point_seeds, mutate_any, read_points),
    "templates": (template_seeds, mutate_package, open_template),
    "descriptor": (descriptor_seeds, mutate_text_or_json, read_descriptor),
    "geo": (geo_seeds, mutate_geo, locate_points),
    "cache": (cache_seeds, mutate_bytes, read_cached),
}


def survive(read, path):
    """Return what a reader trips over, "" where it reads the file or says what is wrong."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            read(path)
    except RegionkitError as error:
        str(error)
    except Exception:  # noqa: BLE001 - whatever it is is told
        return traceback.format_exc()
    return ""


def main(target, seconds, seed, folder):
    make_seeds, mutate, read = TARGETS[target]
    seeds = make_seeds()
    rng = random.Random(seed)  # noqa: S311 - the same inputs each time
    end, n, failed = time.monotonic() + float(seconds), 0, 0
    # As many as there is time for, and not so many that a quick machine sees other inputs.
    while time.monotonic() < end and n < 2000 and failed < 5:
        ending = rng.choice(sorted(seeds))
        path = Path(folder, f"{target}-{n:04}{ending}")
        path.write_bytes(mutate(seeds[ending], rng))
        told = survive(read, path)
        n += 1
        if told:
            failed += 1
            print(f"{path}\n{told}")  # noqa: T201 - for who runs it
        else:
            path.unlink()
    print(f"{n} inputs, {failed} broke something")  # noqa: T201
    return 1 if failed or not n else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
