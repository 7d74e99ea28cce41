"""Parquet and GeoParquet files of points: which they are, and where they hold coordinates."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from regionkit.errors import CrsError, InputError
from regionkit.places.layer_source import judge_wkb
from regionkit.words.message import Call, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from regionkit.words.message import Words

__all__ = ["Coordinates", "coordinates_hint", "geo_metadata", "source_files"]

_MOST_SHOWN = 80
_WRITE_AGAIN = msg("Write the file again.")
#: Names that a pair of coordinate columns goes by, looked for in this order.
_COORDINATE_COLUMNS = (
    ("lon", "lat"),
    ("longitude", "latitude"),
    ("lng", "lat"),
    ("经度", "纬度"),
)
#: Where China lies.
_LON, _LAT = (73.0, 136.0), (3.0, 54.0)
_DEGREES = 360.0
_SAMPLE = 10_000
#: A point in well-known binary, little-endian, without further dimensions.
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


def source_files(source: Path) -> list[Path]:
    """Return the Parquet files of a file or folder, in order of name, each seen to be one."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    files = [file for file in files if not file.name.startswith((".", "_")) or file == source]
    if not files:
        raise InputError(
            msg("no file in this folder ends in .parquet."),
            where=str(source),
            mend=msg("Give the folder they are in."),
        )
    for file in files:
        try:
            pq.read_schema(file)
        except (OSError, pa.ArrowInvalid) as error:
            raise InputError(
                msg("this cannot be read as Parquet ({error}).", error=str(error)),
                where=str(file),
                mend=msg("Give a file of points."),
            ) from error
    return files


@dataclass(frozen=True)
class Coordinates:
    """Where a record batch holds its points: two columns, or a geometry."""

    lon: str | None
    lat: str | None
    geometry: str | None

    @classmethod
    def of(
        cls, files: Sequence[Path], columns: tuple[str, str] | None, *, new_column: str | None
    ) -> Coordinates:
        """Return where all the files hold them; the first file decides, the others must agree.

        Columns may be named; ``new_column`` is one that is to be added, so none may have its name.
        """
        import pyarrow.parquet as pq

        first = pq.read_schema(files[0])
        for file in files[1:]:
            schema = pq.read_schema(file)
            if not schema.equals(first):
                raise InputError(
                    msg("its columns differ from those of {other}.", other=files[0].name),
                    where=str(file),
                    mend=msg("Put files of one kind into the folder."),
                )
            cls._in_schema(file, schema, columns, new_column)
        return cls._in_schema(files[0], first, columns, new_column)

    @classmethod
    def _in_schema(
        cls,
        file: Path,
        schema: pa.Schema,
        columns: tuple[str, str] | None,
        new_column: str | None,
    ) -> Coordinates:
        if new_column is not None and new_column in schema.names:
            raise InputError(
                msg('there is already a column "{column}".', column=new_column),
                where=str(file),
                mend=Call(
                    msg("Name another one with StreamOptions(label=...)."),
                    command=msg("Rename that column in the file."),
                ),
            )
        if columns is not None:
            for name in columns:
                if name not in schema.names:
                    raise _unknown_column(file, name, schema.names)
            lon, lat = columns
            return cls._numeric(file, schema, lon, lat)
        geo = geo_metadata(schema, file)
        if geo is not None:
            name = _geometry_column(file, schema, geo)
            _check_crs(file, geo["columns"][name])
            return cls(None, None, name)
        for lon, lat in _COORDINATE_COLUMNS:
            if lon in schema.names and lat in schema.names:
                return cls._numeric(file, schema, lon, lat)
        raise InputError(
            msg(
                "there is no geometry and no pair of columns lon and lat; "
                "the columns are {columns}.",
                columns=schema.names,
            ),
            where=str(file),
            mend=msg("Name them with {call}.", call=_name_columns('("x", "y")', "x,y")),
        )

    @classmethod
    def _numeric(cls, file: Path, schema: pa.Schema, lon: str, lat: str) -> Coordinates:
        import pyarrow as pa

        for name in (lon, lat):
            kind = schema.field(name).type
            if not (
                pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)
            ):
                raise InputError(
                    msg("it holds {kind}, expected numbers in degrees.", kind=kind),
                    where=join([str(file), msg("column {column}", column=name)], "places"),
                    mend=msg(
                        "Convert the column, or name another with {call}.", call=_name_columns()
                    ),
                )
        return cls(lon, lat, None)

    @property
    def columns(self) -> list[str]:
        """The columns to read."""
        return [name for name in (self.lon, self.lat, self.geometry) if name is not None]

    def read(self, batch: pa.RecordBatch) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return longitudes and latitudes of a batch, NaN where missing."""
        import pyarrow as pa

        if self.geometry is not None:
            return _point_coordinates(batch.column(self.geometry))
        lon, lat = (
            batch.column(name).cast(pa.float64()).to_numpy(zero_copy_only=False)
            for name in self.columns
        )
        return lon, lat


def coordinates_hint(files: Sequence[Path], coordinates: Coordinates) -> Words | str:
    """Return what coordinates may be that lie in no unit at all; "" where they look like degrees.

    Told by the first rows: swapped axes, metres, degrees times a million, packed DDDMMSS.
    """
    import pyarrow.parquet as pq

    batch = next(pq.ParquetFile(files[0]).iter_batches(_SAMPLE, columns=coordinates.columns), None)
    if batch is None:
        return ""
    x, y = coordinates.read(batch)
    known = np.isfinite(x) & np.isfinite(y)
    if not known.any():
        return ""
    x, y = x[known], y[known]
    mend: Words | None = None
    if _mostly(y, _LON) and _mostly(x, _LAT):
        mend = msg("The axes of the geometry look swapped.")
        if coordinates.lon:
            names = f"{coordinates.lat},{coordinates.lon}"
            mend = msg(
                "The axes look swapped; name the columns the other way round: {names}.", names=names
            )
    elif _mostly(x / 1e6, _LON) and _mostly(y / 1e6, _LAT):
        mend = msg("These look like degrees times a million: divide by 1,000,000 first.")
    elif np.abs(x).max() > _DEGREES or np.abs(y).max() > _DEGREES:
        mend = msg(
            "These are no degrees but look like metres of a projection: turn them into WGS-84 "
            "degrees first, with gdf.to_crs(4326)."
        )
    if mend is None:
        return ""
    seen = msg("No point lies inside: the first is {x:.12g}, {y:.12g}.", x=x[0], y=y[0])
    return join([seen, mend], "sentences")


def _mostly(values: NDArray[np.float64], limits: tuple[float, float]) -> bool:
    inside = (values >= limits[0]) & (values <= limits[1])
    return bool(inside.mean() > 0.5)


def geo_metadata(schema: pa.Schema, file: str | Path) -> dict[str, Any] | None:
    """Return the GeoParquet description of a file, None where there is none.

    Raises
    ------
    InputError
        It is no object of JSON.
    """
    text = (schema.metadata or {}).get(b"geo")
    if text is None:
        return None
    try:
        geo = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            msg(
                "the description of its geometry (geo) is not readable JSON ({error}).", error=error
            ),
            where=str(file),
            mend=_WRITE_AGAIN,
        ) from error
    columns = geo.get("columns") if isinstance(geo, dict) else None
    if not isinstance(columns, dict) or not all(isinstance(one, dict) for one in columns.values()):
        raise InputError(
            msg("the description of its geometry (geo) names no columns."),
            where=str(file),
            mend=_WRITE_AGAIN,
        )
    return dict(geo)


def _geometry_column(file: Path, schema: pa.Schema, geo: dict[str, Any]) -> str:
    """Return the column of the geometry, which is there and can hold one."""
    import pyarrow as pa

    name = geo.get("primary_column")
    if not isinstance(name, str) or name not in geo["columns"] or name not in schema.names:
        raise InputError(
            msg(
                "the description of its geometry (geo) names the column {column!r}, which is not "
                "there.",
                column=str(name)[:_MOST_SHOWN],
            ),
            where=str(file),
            mend=_WRITE_AGAIN,
        )
    # Several columns of one name are no column; an extension of Arrow holds what it is stored as.
    kinds = [field.type for field in schema if field.name == name]
    kind = getattr(kinds[0], "storage_type", kinds[0])
    is_pair = pa.types.is_struct(kind) and {"x", "y"} <= {part.name for part in kind}
    if len(kinds) > 1 or not (
        is_pair or pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    ):
        raise InputError(
            msg("its column {column!r} holds no geometry.", column=name),
            where=str(file),
            mend=_WRITE_AGAIN,
        )
    return name


def _check_crs(file: Path, column: dict[str, Any]) -> None:
    """Raise where a GeoParquet column is not in EPSG:4326 (its default is the like CRS84)."""
    import pyproj

    if "crs" not in column:
        return
    if column["crs"] is None:
        raise CrsError(
            msg("its geometry has no CRS, expected EPSG:4326."),
            where=str(file),
            mend=Call(
                msg("Set it with gdf.set_crs(4326)."),
                command=msg("Save it with one, in QGIS under Export, Save Features As."),
            ),
        )
    try:
        crs = pyproj.CRS.from_user_input(column["crs"])
    except (pyproj.exceptions.CRSError, TypeError, ValueError, RecursionError) as error:
        raise CrsError(
            msg("its geometry is in a CRS that cannot be read."), where=str(file), mend=_WRITE_AGAIN
        ) from error
    if not crs.equals("EPSG:4326", ignore_axis_order=True):
        raise CrsError(
            msg("its geometry is in {crs}, expected EPSG:4326.", crs=crs.name),
            where=str(file),
            mend=msg("Use {option}.", option="gdf.to_crs(4326)"),
        )


def _unknown_column(file: Path, name: str, names: Sequence[str]) -> InputError:
    """Return the error of a column that is not there, with the nearest one."""
    nearest = difflib.get_close_matches(name, names, n=1, cutoff=0.0)
    return InputError(
        msg(
            'there is no column "{column}"; the nearest is "{nearest}", of {columns}.',
            column=name,
            nearest=nearest[0],
            columns=names,
        ),
        where=str(file),
        mend=msg("Correct {call}.", call=_name_columns()),
    )


def _name_columns(python: str = "...", command: str = "") -> Call:
    """Return how the columns of coordinates are named."""
    return Call(f"StreamOptions(columns={python})", f"--columns {command}".strip())


def _point_coordinates(
    column: pa.Array,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coordinates of a geometry column: GeoArrow points, or well-known binary."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    if pa.types.is_struct(column.type):
        x, y = (pc.struct_field(column, name).to_numpy(zero_copy_only=False) for name in ("x", "y"))
        return x, y
    if not pa.types.is_large_binary(column.type):
        column = column.cast(pa.large_binary())
    plain = _plain_points(column)
    if plain is not None:
        return plain
    shapes = column.to_numpy(zero_copy_only=False)
    fault = judge_wkb(shapes)
    if fault is not None:
        raise InputError(msg("the file {fault}", fault=fault), mend=_WRITE_AGAIN)
    try:
        points = shapely.from_wkb(shapes)
    except shapely.errors.ShapelyError as error:
        raise InputError(
            msg("a geometry is not well-known binary ({error}).", error=str(error)),
            mend=_WRITE_AGAIN,
        ) from error
    kinds = shapely.get_type_id(points)
    odd = np.flatnonzero(~np.isin(kinds, (shapely.GeometryType.POINT, -1)))
    if odd.size:
        raise InputError(
            msg("a geometry is a {kind}, expected points.", kind=points[odd[0]].geom_type),
            mend=msg("Take gdf.representative_point() first."),
        )
    return shapely.get_x(points), shapely.get_y(points)


def _plain_points(
    column: pa.Array,
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Return coordinates where all are plain points in well-known binary, read in place."""
    _, offset_buffer, data = column.buffers()
    if column.null_count or data is None or not len(column):
        return None
    offsets = np.frombuffer(offset_buffer, np.int64)
    offsets = offsets[column.offset : column.offset + len(column) + 1]
    if (np.diff(offsets) != _WKB_POINT.itemsize).any():
        return None
    points = np.frombuffer(data, _WKB_POINT, count=len(column), offset=int(offsets[0]))
    if (points["order"] != 1).any() or (points["kind"] != 1).any():
        return None
    return np.ascontiguousarray(points["x"]), np.ascontiguousarray(points["y"])
