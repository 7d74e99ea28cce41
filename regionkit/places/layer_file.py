"""A user's own layer file: the layer chosen, its text decoded, its datum and axes looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd

from regionkit.errors import BoundaryError, CrsError
from regionkit.files import finish_moves
from regionkit.limits import raise_limit
from regionkit.places.layer_source import judge_parquet, judge_wkb, open_source, without_network
from regionkit.words.message import Call, msg
from regionkit.words.secrets import hide_secrets

if TYPE_CHECKING:
    from pathlib import Path

    import pyproj
    from numpy.typing import ArrayLike

    from regionkit.words.message import Words

__all__ = ["are_swapped", "check_crs", "check_datum", "is_older_datum", "read_layer"]

# Of WGS-84 and CGCS2000 alike; the ellipsoids of Beijing 1954 and Xi'an 1980 are larger.
_SEMI_MAJOR_M = 6378137.0
_LON, _LAT = (73.0, 136.0), (3.0, 54.0)
# A text cut at the width of its field leaves half a character; more is another encoding.
_FEW_BROKEN = 0.05
# Formats of one layer to a file; of KML every placemark is read.
_OF_ONE_LAYER = (".shp", ".parquet", ".geoparquet")


def read_layer(
    path: Path, layer: str | None = None, *, within: gpd.GeoSeries | None = None
) -> gpd.GeoDataFrame:
    """Return a layer of a file.

    Parameters
    ----------
    path : Path
        ``districts.gpkg#县界`` names a layer of a file that holds several.
    layer : str, optional
        The layer's name.
    within : GeoSeries, optional
        Of a file with a CRS only what meets its bounds is read, where the format can tell.

    Raises
    ------
    BoundaryError
        There is no such file or layer, it holds several and none is named, or it cannot be read.
    """
    if not _is_there(path) and "#" in path.name:
        name, _, wanted = path.name.rpartition("#")
        path, layer = path.with_name(name), layer or wanted
    if not _is_there(path):
        finish_moves(path.parent)
    if not _is_there(path):
        raise BoundaryError(
            msg("{path} does not exist.", path=hide_secrets(str(path))),
            mend=msg("Check the path of the layer."),
        )
    from regionkit.places.kml import KML_ENDINGS, read_kml_layer

    try:
        source = open_source(path)
        ending = path.suffix.lower()
        if ending in {*KML_ENDINGS, *_OF_ONE_LAYER}:
            _check_only_layer(path, layer)
        if ending in KML_ENDINGS:
            return read_kml_layer(path)
        if ending in {".parquet", ".geoparquet"}:
            return _read_parquet(path)
        with without_network():
            if ending == ".shp":
                encoding = _dbf_encoding(path.with_suffix(".dbf"))
                return gpd.read_file(source, encoding=encoding, **_part(source, None, within))
            chosen = _chosen_layer(path, source, layer)
            return gpd.read_file(source, layer=chosen, **_part(source, chosen, within))
    except BoundaryError:
        raise
    except Exception as error:
        raise BoundaryError(
            msg("{path} cannot be read as a boundary layer ({error}).", path=path, error=error),
            mend=msg("Use GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GeoParquet, KML or KMZ."),
        ) from error


def _check_only_layer(path: Path, layer: str | None) -> None:
    """Refuse a layer's name that is not the file's own, where a file is one layer."""
    if layer not in {None, "", path.stem}:
        raise BoundaryError(
            msg("{path} has no layer {layer}.", path=path, layer=repr(layer)),
            mend=msg("It is one layer, {name}: leave the name out.", name=path.stem),
        )


def _is_there(path: Path) -> bool:
    """Return whether there is something of that path; a name that no file can have names none."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _read_parquet(path: Path) -> gpd.GeoDataFrame:
    """Return the layer of a GeoParquet file that neither fills the memory nor the stack."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    fault = judge_parquet(path)
    mend = raise_limit()
    if fault is None:
        table = pq.read_table(path, partitioning=None)
        shapes = (
            shape.as_py()
            for column in table.columns
            if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type)
            for shape in column
        )
        fault, mend = judge_wkb(shapes), msg("Save it again from the program that made it.")
    if fault is not None:
        raise BoundaryError(msg("{path} {fault}", path=path, fault=fault), mend=mend)
    return gpd.read_parquet(path)


def _part(path: str, layer: str | None, within: gpd.GeoSeries | None) -> dict[str, Any]:
    """Return how a part of a layer is asked for: none of one that names no CRS."""
    import pyogrio

    if within is None or pyogrio.read_info(path, layer=layer).get("crs") is None:
        return {}
    return {"bbox": within}


def _chosen_layer(path: Path, source: str, layer: str | None) -> str | None:
    """Return the layer to read: the one named, or the only one with geometries."""
    import pyogrio

    listed = [(str(name), kind) for name, kind in pyogrio.list_layers(source)]
    with_shapes = [name for name, kind in listed if kind]
    shown = "、".join(with_shapes)
    if layer is not None:
        if layer not in [name for name, _ in listed]:
            raise BoundaryError(
                msg("{path} has no layer {layer}.", path=path, layer=repr(layer)),
                mend=msg("Its layers are: {layers}.", layers=shown),
            )
        return layer
    if len(with_shapes) > 1:
        example = f"{path.name}#{with_shapes[0]}"
        raise BoundaryError(
            msg("{path} holds {n} layers: {layers}.", path=path, n=len(with_shapes), layers=shown),
            mend=msg('Name one, such as "{example}".', example=example),
        )
    return with_shapes[0] if with_shapes else None


def _dbf_encoding(path: Path) -> str:
    """Return the encoding of a Shapefile's attributes: what reads counts, not what .cpg says."""
    if not path.exists():
        return "utf-8"
    content = path.read_bytes()
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # The head is numbers in binary, of which a few may look like letters.
    strange = sum(char > "\x7f" for char in text)
    return "utf-8" if broken <= max(4, _FEW_BROKEN * strange) else "gb18030"


def is_older_datum(crs: pyproj.CRS) -> bool:
    """Return whether a CRS is of Beijing 1954, Xi'an 1980 or another datum of an older ellipsoid.

    Examples
    --------
    >>> import pyproj
    >>> is_older_datum(pyproj.CRS("EPSG:4610")), is_older_datum(pyproj.CRS("EPSG:4549"))
    (True, False)
    """
    ellipsoid = crs.ellipsoid
    return ellipsoid is not None and abs(ellipsoid.semi_major_metre - _SEMI_MAJOR_M) > 1


def check_crs(layer: gpd.GeoSeries | gpd.GeoDataFrame, label: Words | str) -> None:
    """Refuse a layer that does not say what its coordinates are in.

    Raises
    ------
    CrsError
        It names no CRS.

    Examples
    --------
    >>> check_crs(gpd.GeoSeries.from_xy([121], [41], crs="EPSG:4490"), "a.shp")
    """
    if layer.crs is not None:
        return
    raise CrsError(
        msg(
            "{layer} names no coordinate reference system, so its place on Earth is not known.",
            layer=label,
        ),
        mend=Call(
            msg(
                "Set it first: {call} for CGCS2000 degrees, or add the .prj file.",
                call="layer.set_crs('EPSG:4490')",
            ),
            command=msg(
                "Save it with one, in QGIS under Export, Save Features As (CGCS2000 degrees "
                "are EPSG:4490), or add the .prj file."
            ),
        ),
    )


def check_datum(crs: pyproj.CRS, label: Words | str) -> None:
    """Refuse a CRS of an older datum, from which no public transformation leads out.

    Raises
    ------
    CrsError
        It is one of Beijing 1954 or Xi'an 1980.
    """
    if is_older_datum(crs):
        raise CrsError(
            msg(
                "{layer} is in {crs}, an older datum that lies up to 150 m from WGS-84; no public "
                "transformation leads out of it.",
                layer=label,
                crs=crs.name,
            ),
            mend=msg(
                "Convert the layer to CGCS2000 first, with the parameters of your surveying "
                "authority."
            ),
        )


def are_swapped(bounds: ArrayLike) -> bool:
    """Return whether bounds (west, south, east, north) are those of China with the axes swapped.

    Examples
    --------
    >>> are_swapped((40.8, 121.0, 42.2, 124.0)), are_swapped((121.0, 40.8, 124.0, 42.2))
    (True, False)
    """
    import numpy as np

    west, south, east, north = np.asarray(bounds, dtype=float)
    return bool(west > _LAT[0] and east < _LAT[1] and south > _LON[0] and north < _LON[1])
