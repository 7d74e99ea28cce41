"""A layer file of a stranger's: judged, then opened by the driver of its own format and no other.

GDAL opens a file by what it holds, with any of some sixty drivers. Several of them (VRT, GDALG,
WFS ...) are lists of other files and addresses, whatever the ending says, so that a layer could
read outside its folder and make requests. Here the ending names the one driver that is asked, or
the first bytes are those of the format; what a database computes while it is read is refused.
"""

from __future__ import annotations

import re
import sqlite3
import struct
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from regionkit.errors import BoundaryError
from regionkit.limits import raise_limit, raised
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from regionkit.words.message import Words

__all__ = ["LAYER_ENDINGS", "judge_parquet", "judge_wkb", "open_source", "without_network"]

#: Endings of the layers that are read.
LAYER_ENDINGS = frozenset(
    {".gpkg", ".shp", ".geojson", ".json", ".fgb", ".parquet", ".geoparquet", ".kml", ".kmz"}
)
_MAX_BYTES = 2_000_000_000
_MAX_TEXT_BYTES = 500_000_000
_MAX_SHAPE_BYTES = 100_000_000
_MAX_DECODED = 1_000_000_000
_MAGIC = {".shp": b"\x00\x00\x27\x0a", ".fgb": b"fgb\x03"}
_SQLITE = b"SQLite format 3\x00"
# GeoJSON of 2008 may point to its CRS: at an address, or in another file.
_LINKED_CRS = re.compile(
    rb'"crs"\s*:\s*\{(?:[^{}]|\{[^{}]*\})*?"type"\s*:\s*"(?:link|url)"', re.IGNORECASE
)
# Nothing listens there: a request ends before it leaves the machine.
_NO_NETWORK = {"GDAL_HTTP_PROXY": "http://127.0.0.1:9", "GDAL_HTTP_MAX_RETRY": "0"}
# Geometries nest without end in WKB, and readers of it follow them until the stack is full.
_HARMLESS_WKB = 40_000
_MAX_DEPTH = 16


@contextmanager
def without_network() -> Iterator[None]:
    """Keep GDAL from the network, whatever a file asks it to fetch."""
    import pyogrio

    before = {name: pyogrio.get_gdal_config_option(name) for name in _NO_NETWORK}
    pyogrio.set_gdal_config_options(_NO_NETWORK)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)


def open_source(path: Path) -> str:
    """Return what GDAL is given to open a layer file with its own driver.

    Parameters
    ----------
    path : Path
        Of a file that exists.

    Raises
    ------
    BoundaryError
        It is no file of the format its ending names, is larger than a layer can be, or a database
        that computes what it holds.
    """
    ending = path.suffix.lower()
    if ending not in LAYER_ENDINGS:
        raise BoundaryError(
            msg(
                "{path} is no layer that is read: its ending is {ending!r}.",
                path=path,
                ending=ending,
            ),
            mend=msg("Use GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GeoParquet, KML or KMZ."),
        )
    if not path.is_file():
        raise BoundaryError(
            msg("{path} is no plain file.", path=path), mend=msg("Check the path of the layer.")
        )
    is_text = ending in {".geojson", ".json"}
    limit = raised(_MAX_TEXT_BYTES if is_text else _MAX_BYTES)
    size = path.stat().st_size
    if size > limit:
        raise BoundaryError(
            msg(
                "{path} is {size:,.0f} MB; a layer of its kind may have {limit:,.0f} MB.",
                path=path,
                size=size / 1e6,
                limit=limit / 1e6,
            ),
            mend=raise_limit(),
        )
    whole = path.resolve()
    if ending == ".gpkg":
        _judge_database(path)
        return f"GPKG:{whole}"
    if is_text:
        if _LINKED_CRS.search(path.read_bytes()):
            raise BoundaryError(
                msg("{path} takes its coordinate reference system from a link.", path=path),
                mend=msg("Nothing was fetched. Save it again as GeoJSON, which is in WGS-84."),
            )
        return f"GeoJSON:{whole}"
    if ending in _MAGIC:
        with path.open("rb") as file:
            if not file.read(4).startswith(_MAGIC[ending]):
                raise _no_such_format(path)
    return str(whole)


def _no_such_format(path: Path) -> BoundaryError:
    return BoundaryError(
        msg("{path} is no file of the format that its ending names.", path=path),
        mend=msg("Use GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GeoParquet, KML or KMZ."),
    )


def _judge_database(path: Path) -> None:
    """Refuse a GeoPackage that runs a query where a table should stand, or holds a giant shape."""
    with path.open("rb") as file:
        if file.read(len(_SQLITE)) != _SQLITE:
            raise _no_such_format(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            fault = _database_fault(database)
    except sqlite3.Error as error:
        raise BoundaryError(
            msg("{path} cannot be read as a GeoPackage ({error}).", path=path, error=str(error)),
            mend=msg("Save it again, or close the program that is writing it."),
        ) from error
    if fault:
        raise BoundaryError(msg("{path}: {fault}", path=path, fault=fault[0]), mend=fault[1])


def _database_fault(database: sqlite3.Connection) -> tuple[Words, Words] | None:
    """Return what a database does beyond holding tables, and how to mend it; None for nothing."""
    kinds: dict[str, tuple[str, str]] = {
        str(name): (str(kind), str(sql or ""))
        for kind, name, sql in database.execute("SELECT type, name, sql FROM sqlite_master")
        if kind in {"table", "view"}
    }
    for own in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"):
        if kinds.get(own, ("",))[0] != "table":
            return (
                msg("the table {table} of a GeoPackage is missing.", table=own),
                msg("Save it again as GeoPackage."),
            )
    listed = {str(name) for (name,) in database.execute("SELECT table_name FROM gpkg_contents")}
    columns = {
        str(table): str(column)
        for table, column in database.execute(
            "SELECT table_name, column_name FROM gpkg_geometry_columns"
        )
    }
    mend = msg("Save the layer as a table of its own, in QGIS under Export, Save Features As.")
    for name, (kind, sql) in kinds.items():
        is_own = name in listed or name.casefold().startswith("gpkg_")
        if kind == "view" and is_own:
            return msg("{name} is a view, a query that runs when it is read.", name=name), mend
        if re.match(r"\s*create\s+virtual\s+table\b", sql, re.IGNORECASE) and not re.search(
            r"\busing\s+rtree\b", sql, re.IGNORECASE
        ):
            return msg("{name} is a virtual table, which draws on others.", name=name), mend
        if kind == "table" and any(
            row[6] in {2, 3} for row in database.execute(f"PRAGMA table_xinfo({_quoted(name)})")
        ):
            return msg("{name} has columns that are computed when they are read.", name=name), mend
    limit = raised(_MAX_SHAPE_BYTES)
    for table, column in columns.items():
        if kinds.get(table, ("",))[0] != "table":
            continue
        # The length of a blob stands at its head; the blob itself is not read.
        size = f"length({_quoted(column)})"
        query = f"SELECT {size} FROM {_quoted(table)} WHERE {size} > ?"
        giant = database.execute(query, (limit,)).fetchone()
        if giant:
            return (
                msg(
                    "{name} has a shape of {size:,.0f} MB; one may have {limit:,.0f} MB.",
                    name=table,
                    size=giant[0] / 1e6,
                    limit=limit / 1e6,
                ),
                raise_limit(),
            )
    return None


def _quoted(name: str) -> str:
    """Return a name as SQL takes it, whatever characters it has."""
    return '"' + name.replace('"', '""') + '"'


def judge_parquet(path: Path, columns: Iterable[str] | None = None) -> Words | None:
    """Return what is wrong with the size of a Parquet file once unpacked, None for nothing.

    A text that repeats is stored once: what it comes to is counted before it is spelled out.

    Parameters
    ----------
    path : Path
    columns : iterable of str, optional
        What is to be read of it; all where not given.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    limit = raised(_MAX_DECODED)

    def told(size: float) -> Words:
        return msg(
            "unpacks to {size:,.0f} MB or more; a layer or table may have {limit:,.0f} MB.",
            size=size / 1e6,
            limit=limit / 1e6,
        )

    with pq.ParquetFile(path) as file:
        wanted = None if columns is None else set(columns)
        groups = [file.metadata.row_group(n) for n in range(file.metadata.num_row_groups)]
        stored = sum(
            group.column(n).total_uncompressed_size
            for group in groups
            for n in range(group.num_columns)
            if wanted is None or group.column(n).path_in_schema.split(".")[0] in wanted
        )
        if stored > limit:
            return told(stored)
        spelled = [
            field.name
            for field in file.schema_arrow
            if str(field.type) in {"string", "large_string", "binary", "large_binary"}
            and (wanted is None or field.name in wanted)
        ]
    if not spelled:
        return None
    total = 0
    with pq.ParquetFile(path, read_dictionary=spelled) as file:
        for batch in file.iter_batches(columns=spelled):
            for column in batch.columns:
                total += _spelled_bytes(column, pc)
            if total > limit:
                return told(total)
    return None


def _spelled_bytes(column: pa.Array, pc: object) -> int:
    """Return how many bytes a column of texts has, those that repeat counted each time."""
    import pyarrow as pa

    length = pc.binary_length  # type: ignore[attr-defined]
    sizes = (
        length(column.dictionary).take(column.indices)
        if pa.types.is_dictionary(column.type)
        else length(column)
    )
    return int(pc.sum(sizes).as_py() or 0)  # type: ignore[attr-defined]


def judge_wkb(shapes: Iterable[bytes | None]) -> Words | None:
    """Return what is wrong with geometries that nest in each other, None for nothing.

    Examples
    --------
    >>> import shapely
    >>> judge_wkb([shapely.to_wkb(shapely.box(0, 0, 1, 1)), None])
    >>> nested = struct.pack("<BII", 1, 7, 1) * 100_000 + shapely.to_wkb(shapely.Point(0, 0))
    >>> print(judge_wkb([nested]))
    holds a geometry whose parts nest in each other more than 16 deep.
    """
    for shape in shapes:
        if shape is not None and len(shape) > _HARMLESS_WKB and _nests_deep(shape):
            return msg(
                "holds a geometry whose parts nest in each other more than {n} deep.", n=_MAX_DEPTH
            )
    return None


def _nests_deep(shape: bytes) -> bool:
    """Return whether parts of a geometry nest deeper than any made by a program."""
    at = 0
    # How many parts are still to come at each depth.
    open_parts = [1]
    try:
        while open_parts:
            if not open_parts[-1]:
                open_parts.pop()
                continue
            open_parts[-1] -= 1
            order = "<" if shape[at] else ">"
            (code,) = struct.unpack_from(f"{order}I", shape, at + 1)
            at += 9 if code & 0x20000000 else 5
            flags, base = code & 0xE0000000, (code & 0x1FFFFFFF)
            extra = (flags & 0xC0000000).bit_count() + {0: 0, 1: 1, 2: 1, 3: 2}.get(base // 1000, 0)
            kind, width = base % 1000, 8 * (2 + extra)
            if kind == 1:
                at += width
                continue
            (n,) = struct.unpack_from(f"{order}I", shape, at)
            at += 4
            if kind == 2:
                at += n * width
            elif kind == 3:
                for _ in range(n):
                    (m,) = struct.unpack_from(f"{order}I", shape, at)
                    at += 4 + m * width
            elif kind in {4, 5, 6, 7}:
                open_parts.append(n)
                if len(open_parts) > _MAX_DEPTH:
                    return True
            else:
                # Curves, which no layer of units has at this size.
                return True
    except (struct.error, IndexError):
        # Cut short: who reads it says so, and gets no deeper than this.
        return False
    return False
