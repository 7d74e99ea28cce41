"""The planner's own points: columns found, notation, axes, projection and datum settled."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import shapely

from regionkit.errors import CrsError, InputError, RegionkitError, TableError
from regionkit.places.datum import Datum, gauss_kruger_epsg, to_wgs84
from regionkit.places.kml import KML_ENDINGS
from regionkit.places.layer_file import check_datum
from regionkit.places.projection import GEOD
from regionkit.tables.angles import parse_angle, plain_degrees, unpack_angles
from regionkit.tables.evidence import DatumEvidence, datum_evidence
from regionkit.tables.grammar.cell import is_blank, plain_text
from regionkit.tables.match import names_a_unit, read_name
from regionkit.tables.read import find_column, read_table
from regionkit.tables.report import Report, remark_lines
from regionkit.tables.stated_datum import (
    OLDER,
    OLDER_MEND,
    datum_of_headings,
    datum_of_word,
    is_datum_heading,
)
from regionkit.words.message import Option, Words, join, msg

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from regionkit.errors import Fault
    from regionkit.places.names import Resolver
    from regionkit.tables.read import SheetTable

    FloatArray = NDArray[np.float64]

__all__ = ["PointsReport", "read_points"]

_WGS84 = "EPSG:4326"
_LON = re.compile(
    r"^(?:经度|东经|百度经度|高德经度|lon|lng|long|longitude|x|x坐标|横坐标|东坐标|e|"
    r"easting|point_x|coordx|.*经度.*)$",
    re.IGNORECASE,
)
_LAT = re.compile(
    r"^(?:纬度|北纬|百度纬度|高德纬度|lat|latitude|y|y坐标|纵坐标|北坐标|n|northing|"
    r"point_y|coordy|.*[纬维]度.*)$",
    re.IGNORECASE,
)
_PAIR = re.compile(
    r"^(?:坐标|经纬度|经纬度坐标|位置坐标|坐标值|lonlat|lnglat|coordinates?|location)$",
    re.IGNORECASE,
)
_LON_RANGE, _LAT_RANGE = (73.0, 136.0), (3.0, 54.0)
_NORTHINGS = (300_000.0, 6_000_000.0)
_METRES = 1000.0
# Farther out than any datum shifts a point: the coordinates themselves are wrong.
_FAR_KM = 2.0
# Rows with one and the same fault that are told one by one, and that are named beyond these.
_MOST_TOLD, _ROWS_TOLD = 100, 20
_LON_OPTION, _LAT_OPTION = Option("lon"), Option("lat")
_NO_POINTS = msg("No points can be read:")
_NO_DATUM = msg("The datum cannot be settled:")


class PointsReport(Report):
    """How coordinates were read.

    Attributes
    ----------
    label : words
        File and sheet.
    lon, lat : str
        Columns; the same for a column of pairs.
    datum : str
        What the coordinates were taken to be in.
    crs : str
        Of projected coordinates, "" for degrees.
    evidence : DatumEvidence or None
        For ``datum="auto"``: how many points lie in the county named, by datum.
    n_points, n_blank : int
        Rows with and without coordinates.
    notes : tuple of words
    faults : tuple of Fault
        What was not raised, for ``strict=False``.
    """

    label: Words
    lon: str
    lat: str
    datum: str
    crs: str
    evidence: DatumEvidence | None
    n_points: int
    n_blank: int
    notes: tuple[Words, ...]
    faults: tuple[Fault, ...]


def _in_words(fields: dict[str, Any]) -> Words:
    """Return the report in words."""
    datum: object = fields["datum"]
    if fields["crs"]:
        datum = msg(
            "{datum}, projected in {crs}",
            datum=datum,
            crs=fields["crs"],
        )
    lines: list[Words] = [
        msg(
            "{table}: {n} points from columns {lon} and {lat}, taken as {datum}; {blank} rows "
            "without coordinates.",
            table=fields["label"],
            n=fields["n_points"],
            lon=fields["lon"],
            lat=fields["lat"],
            datum=datum,
            blank=fields["n_blank"],
        )
    ]
    if fields["evidence"] is not None:
        lines.append(fields["evidence"])
    return join([*lines, *remark_lines(fields["notes"], fields["faults"])], "lines")


def read_points(
    source: str | Path | pd.DataFrame,
    *,
    counties: gpd.GeoDataFrame | None = None,
    resolver: Resolver | None = None,
    lon: str | None = None,
    lat: str | None = None,
    datum: str | None = None,
    crs: str | int | None = None,
    county: str | None = None,
    sheet: str | int | None = None,
    strict: bool = True,
    packed: bool | None = None,
) -> gpd.GeoDataFrame:
    """Return the points of a planner's table, KML or KMZ file, in EPSG:4326.

    Addresses are not geocoded. Rows without coordinates keep an empty point.

    Parameters
    ----------
    source : path or DataFrame
        .kml or .kmz, or a table of any format of :func:`read_table`.
    counties : GeoDataFrame indexed by adcode, EPSG:4326, optional
        Points outside it are faults; needed for ``datum="auto"``.
    resolver : Resolver, optional
        Needed for ``county`` and ``datum="auto"``.
    lon, lat : str, optional
        Columns; found by their names where not given. One column of pairs serves as both.
    datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09", "auto"}, optional
        What the coordinates are in. Where it is not given, a column 坐标系 or the headings
        (高德经度, 百度纬度) say it, else it is WGS-84; "auto" asks these too, else tests which one
        puts the points into the counties named beside them, and states the evidence.
    crs : str or int, optional
        Of projected coordinates without a zone prefix, such as "EPSG:4549".
    county : str, optional
        Column with the county of each point; found by itself for ``datum="auto"``.
    sheet : str or int, optional
    strict : bool
        Whether any fault stops the reading. If not, points at fault are empty and told.
    packed : bool, optional
        Whether 123.2324 is 123°23′24″ (DDD.MMSS); asked where the numbers look so and it is not
        given.

    Returns
    -------
    GeoDataFrame
        Indexed by the row in the file; ``attrs["report"]`` is a :class:`PointsReport`.

    Raises
    ------
    TableError
        No such columns, cells that are no coordinates, points outside the region, a datum that
        the points do not settle, or several.
    InputError, CrsError
        An argument is none of the known.

    Examples
    --------
    >>> table = pd.DataFrame({"名称": ["沈阳站"], "经度": ["123°23′18″"], "纬度": ["41°47′42″"]})
    >>> point = read_points(table).geometry.iloc[0]
    >>> round(point.x, 4), round(point.y, 4)
    (123.3883, 41.795)
    """
    _check_arguments(datum, crs, counties, resolver)
    is_place = (lambda text: names_a_unit(text, resolver)) if resolver is not None else None
    kml_notes: list[Words] = []
    if not isinstance(source, pd.DataFrame) and Path(source).suffix.lower() in KML_ENDINGS:
        from regionkit.tables.kml import read_kml_points

        source, kml_notes = read_kml_points(Path(source))
        lon, lat = lon or "lon", lat or "lat"
    table = read_table(source, sheet=sheet, column=lon, is_place=is_place)
    columns = _coordinate_columns(table, lon, lat)
    work = _Points(table, *_read_pairs(table, columns), columns)
    work.notes += kml_notes
    crs_used = ""
    if crs is None:
        work.unpack(packed=packed)
    if work.is_projected():
        crs_used = work.unproject(crs)
    elif crs is not None and not pyproj.CRS.from_user_input(crs).is_geographic:
        raise InputError(
            msg(
                "{option} is projected, but the coordinates are degrees ({sample}).",
                option=Option("crs", crs),
                sample=work.sample(),
            ),
            mend=msg("Leave {option} out.", option=Option("crs")),
        )
    else:
        work.settle_axes()
    named = _named_counties(table, county, resolver, datum)
    used, evidence = work.settle_datum(datum, named, counties, crs_used)
    if counties is not None:
        work.check_region(counties, named)
    if work.faults and strict:
        found = sorted(set(work.faults))
        raise TableError(
            msg("Faults in {table}: {n}; no points are read:", table=table.label, n=len(found)),
            found,
        )
    return work.frame(used, crs_used, evidence)


def _check_arguments(
    datum: str | None,
    crs: str | int | None,
    counties: gpd.GeoDataFrame | None,
    resolver: Resolver | None,
) -> None:
    known = (*get_args(Datum), "auto")
    if datum is not None and datum not in known:
        raise InputError(
            msg("{option} is not known.", option=Option("datum", datum)),
            mend=msg("Use one of {choices}.", choices=known),
        )
    if datum == "auto" and (counties is None or resolver is None):
        raise InputError(
            msg("{option} tests points against counties.", option=Option("datum", "auto")),
            mend=msg("Give counties= and resolver=, or use ln.read_points."),
        )
    if counties is not None and (counties.crs is None or not counties.crs.equals(_WGS84)):
        raise CrsError(
            msg("The counties are in {crs}, not EPSG:4326.", crs=str(counties.crs)),
            mend=msg("Reproject and rerun: {call}.", call="counties.to_crs(4326)"),
        )
    if crs is not None:
        try:
            check_datum(
                pyproj.CRS.from_user_input(crs),
                msg("the table, with {option}", option=Option("crs", crs)),
            )
        except pyproj.exceptions.CRSError as error:
            raise CrsError(
                msg("{option} is no coordinate reference system.", option=Option("crs", crs)),
                mend=msg('Give an EPSG code such as "EPSG:4549".'),
            ) from error


def _coordinate_columns(table: SheetTable, lon: str | None, lat: str | None) -> tuple[str, str]:
    """Return the columns of the two coordinates; the same twice for a column of pairs."""
    if lon is not None or lat is not None:
        first, second = lon or lat or "", lat or lon or ""
        return find_column(table, first), find_column(table, second)
    found = [
        [c for c in table.frame if pattern.match("".join(c.split()))] for pattern in (_LON, _LAT)
    ]
    pairs = [c for c in table.frame if _PAIR.match("".join(c.split()))]
    if len(found[0]) == 1 and len(found[1]) == 1:
        return found[0][0], found[1][0]
    if len(pairs) == 1 and not (found[0] and found[1]):
        return pairs[0], pairs[0]
    several = found[0] + found[1]
    what = (
        msg("several columns can be the coordinates: {columns}.", columns=several)
        if several
        else msg(
            "no column is named as longitude and latitude (经度 and 纬度, lon and lat, X and Y, "
            "坐标)."
        )
    )
    address = [c for c in table.frame if "地址" in c]
    mend = [msg("Name them with {lon} and {lat}.", lon=_LON_OPTION, lat=_LAT_OPTION)]
    if address and not several:
        mend.append(
            msg("Addresses (column {column}) are not turned into coordinates.", column=address[0])
        )
    mend.append(msg("Columns are: {columns}.", columns=list(table.frame)))
    raise TableError(_NO_POINTS, [table.fault(0, "", what, join(mend, "sentences"))])


def _read_pairs(
    table: SheetTable, columns: tuple[str, str]
) -> tuple[FloatArray, FloatArray, list[Fault], list[int]]:
    """Return both coordinates as typed, the faults, and rows whose letters name the other axis."""
    xs, ys = (plain_degrees(table.frame[column]) for column in columns)
    if columns[0] == columns[1]:
        xs[:], ys[:] = np.nan, np.nan
    faults: list[Fault] = []
    swapped: list[int] = []
    # Rows of two bare numbers, as most are, are read by now.
    rest = np.flatnonzero(np.isnan(xs) | np.isnan(ys))
    for place, row, first, second in zip(
        rest,
        table.frame.index[rest],
        table.frame[columns[0]].iloc[rest],
        table.frame[columns[1]].iloc[rest],
        strict=True,
    ):
        cells = (first, second)
        if columns[0] == columns[1] and not is_blank(first):
            parts = re.split(r"[,，;；\s]+", str(first).strip("()（）[] "))
            if len(parts) != 2:
                faults.append(
                    table.fault(
                        int(row),
                        columns[0],
                        msg("{text!r} is no pair of coordinates.", text=first),
                        msg("Write 123.43,41.80."),
                    )
                )
                parts = ["", ""]
            cells = (parts[0], parts[1])
        read = [parse_angle(cell) for cell in cells]
        for column, angle in zip(columns, read, strict=True):
            if angle.what:
                faults.append(
                    table.fault(
                        int(row),
                        column,
                        angle.what,
                        msg("Write decimal degrees or 123°25′45″."),
                    )
                )
        blank = [bool(np.isnan(angle.value)) for angle in read]
        if blank[0] != blank[1] and not any(angle.what for angle in read):
            faults.append(
                table.fault(
                    int(row),
                    columns[blank[1]],
                    msg("one of the two coordinates is blank."),
                    msg("Write both, or neither."),
                )
            )
        if read[0].axis == "lat" or read[1].axis == "lon":
            swapped.append(int(row))
        xs[place], ys[place] = read[0].value, read[1].value
    return xs, ys, faults, swapped


def _named_counties(
    table: SheetTable, county: str | None, resolver: Resolver | None, datum: str | None
) -> pd.Series | None:
    """Return the adcode of the county named beside each point, "" where it is not certain."""
    if county is None and datum != "auto":
        return None
    if resolver is None:
        raise InputError(
            msg("county= needs resolver=, which knows the names."),
            mend=msg("Use ln.read_points."),
        )
    column = find_column(table, county) if county else ""
    if not column:
        hits = {}
        for c in table.frame:
            # A bare number with decimals names no unit; what stands often is asked about once.
            texts = table.frame[c][np.isnan(plain_degrees(table.frame[c]))]
            counts = Counter(plain_text(x) for x in texts)
            hits[c] = sum(n for text, n in counts.items() if names_a_unit(text, resolver, "county"))
        best = max(hits, key=lambda c: hits[c])
        if not hits[best]:
            return None
        column = best
    names = [read_name(cell) for cell in table.frame[column]]
    codes = dict.fromkeys(names, "")
    for name in codes:
        with suppress(RegionkitError):
            codes[name] = resolver.resolve(name, level="county").adcode
    return pd.Series([codes[name] for name in names], index=table.frame.index, name=column)


class _Points:
    """Coordinates on their way to WGS-84, with what was noted and found at fault."""

    def __init__(
        self,
        table: SheetTable,
        x: FloatArray,
        y: FloatArray,
        faults: list[Fault],
        swapped: list[int],
        columns: tuple[str, str],
    ) -> None:
        self.table, self.x, self.y, self.columns = table, x, y, columns
        self.faults, self.swapped = faults, swapped
        self.notes: list[Words] = list(table.notes)
        bad = np.isnan(x) | np.isnan(y)
        self.x[bad], self.y[bad] = np.nan, np.nan
        self.rows = table.frame.index.to_numpy(dtype=int)
        if bad.all():
            raise TableError(
                _NO_POINTS,
                [
                    *faults,
                    table.fault(
                        0,
                        columns[0],
                        msg("no row has coordinates."),
                        msg(
                            "Name other columns with {lon} and {lat}.",
                            lon=_LON_OPTION,
                            lat=_LAT_OPTION,
                        ),
                    ),
                ],
            )

    def sample(self) -> Words:
        """Return the first coordinates, for messages."""
        first = int(np.flatnonzero(~np.isnan(self.x))[0])
        pair = [f"{self.x[first]:g}", f"{self.y[first]:g}"]
        return msg("row {row}: {note}", row=int(self.rows[first]), note=pair)

    def fault(self, place: int | np.integer, what: Words, mend: Words) -> None:
        """Note a fault of a row, and take its point out."""
        row = int(self.rows[place])
        self.faults.append(self.table.fault(row, self.columns[0], what, mend))
        self.x[place], self.y[place] = np.nan, np.nan

    def fault_all(
        self, places: NDArray[np.intp], tell: Callable[[int], Words], mend: Words
    ) -> None:
        """Note a fault of many rows: each of the first, and of the others how many, and which."""
        # A point that is taken out is told nothing more of, so that all are told of first.
        told = [(place, tell(int(place))) for place in places[:_MOST_TOLD]]
        for place, what in told:
            self.fault(place, what, mend)
        others = places[_MOST_TOLD:]
        if len(others):
            rows = [int(row) for row in self.rows[others[:_ROWS_TOLD]]]
            more = [*rows, "..."] if len(others) > _ROWS_TOLD else rows
            what = msg("{n:,} more rows have the same fault: {rows}.", n=len(others), rows=more)
            self.fault(others[0], what, mend)
            self.x[others], self.y[others] = np.nan, np.nan

    def is_projected(self) -> bool:
        """Return whether the coordinates are metres; some of each is a fault of the few."""
        metres = np.abs(self.x) > _METRES
        degrees = np.abs(self.x) <= _METRES
        if metres.any() and degrees.any():
            few = degrees if metres.sum() >= degrees.sum() else metres
            self.fault_all(
                np.flatnonzero(few),
                lambda place: msg(
                    "is in {kind} ({x:g}, {y:g}), the other rows are not.",
                    kind=msg("degrees") if degrees[place] else msg("metres"),
                    x=self.x[place],
                    y=self.y[place],
                ),
                msg("Bring all rows to one kind of coordinates."),
            )
            return bool(metres.sum() >= degrees.sum())
        return bool(metres.any())

    def settle_axes(self) -> None:
        """Swap rows whose first coordinate is a latitude: in China no value can be both."""
        lon_first = _within(self.x, _LON_RANGE) & _within(self.y, _LAT_RANGE)
        lat_first = _within(self.y, _LON_RANGE) & _within(self.x, _LAT_RANGE)
        known = ~np.isnan(self.x)
        self.fault_all(
            np.flatnonzero(known & ~lon_first & ~lat_first),
            lambda place: msg("({x:g}, {y:g}) is not in China.", x=self.x[place], y=self.y[place]),
            msg("Check the coordinates: longitude is 73 to 136, latitude 3 to 54."),
        )
        self._swap(lat_first)

    def _swap(self, swap: NDArray[np.bool_]) -> None:
        if swap.any():
            self.x[swap], self.y[swap] = self.y[swap], self.x[swap].copy()
            n = int(swap.sum())
            rows = (
                msg("all rows")
                if n == (~np.isnan(self.x)).sum()
                else msg("rows {rows}", rows=[int(row) for row in self.rows[swap][:20]])
            )
            self.notes.append(
                msg(
                    "the axes of {rows} are swapped in the file (latitude or northing first) and "
                    "were put right",
                    rows=rows,
                )
            )

    def unproject(self, crs: str | int | None) -> str:
        """Turn metres into degrees WGS-84 and return the CRS used."""
        # China's surveyors call the northing X: a northing has seven digits, an easting six or
        # eight.
        northing_first = _within(self.x, (_METRES * 1000, _NORTHINGS[1])) & ~_within(
            self.y, (_METRES * 1000, _NORTHINGS[1])
        )
        self._swap(northing_first)
        zones = np.where(self.x > 1e7, np.floor(self.x / 1e6), 0)
        used = set()
        if crs is not None:
            self._inverse(~np.isnan(self.x), pyproj.CRS.from_user_input(crs))
            return pyproj.CRS.from_user_input(crs).to_string()
        for zone in sorted({int(z) for z in zones[~np.isnan(self.x)]}):
            mine = (zones == zone) & ~np.isnan(self.x)
            epsg = gauss_kruger_epsg(zone)
            if not epsg:
                self.fault_all(
                    np.flatnonzero(mine),
                    lambda place: msg(
                        "({x:.0f}, {y:.0f}) is projected and names no zone.",
                        x=self.x[place],
                        y=self.y[place],
                    ),
                    msg(
                        "Give the CRS, such as {option} (CGCS2000, central meridian 120°E) or "
                        "EPSG:4550 (123°E).",
                        option=Option("crs", "EPSG:4549"),
                    ),
                )
                continue
            self._inverse(mine, pyproj.CRS.from_epsg(epsg))
            used.add(f"EPSG:{epsg}")
        if used:
            self.notes.append(
                msg(
                    "the zone prefix was read as CGCS2000; coordinates of Xi'an 80 or Beijing 54 "
                    "would lie up to some 100 m off, give their CRS with {option}",
                    option=Option("crs"),
                )
            )
        return ", ".join(sorted(used)) or "projected"

    def _inverse(self, mine: NDArray[np.bool_], crs: pyproj.CRS) -> None:
        to_degrees = pyproj.Transformer.from_crs(crs, _WGS84, always_xy=True)
        self.x[mine], self.y[mine] = to_degrees.transform(self.x[mine], self.y[mine])
        lost = mine & ~(_within(self.x, _LON_RANGE) & _within(self.y, _LAT_RANGE))
        what = msg("is not in China when read as {crs}.", crs=crs.to_string())
        self.fault_all(
            np.flatnonzero(lost),
            lambda _: what,
            msg("Check the zone, or give another {option}.", option=Option("crs")),
        )

    def move(self, datum: str, mine: NDArray[np.bool_] | None = None) -> None:
        """Move points from a datum to WGS-84."""
        which = ~np.isnan(self.x) if mine is None else mine & ~np.isnan(self.x)
        self.x[which], self.y[which] = to_wgs84(self.x[which], self.y[which], datum)

    def unpack(self, *, packed: bool | None) -> None:
        """Read degrees, minutes and seconds packed into one number; ask where it is not certain.

        1232324, 414742 is nothing else: as metres it would lie in the South China Sea.
        """
        known = ~np.isnan(self.x)
        whole = [
            unpack_angles(values[known], point_after_degrees=False) for values in (self.x, self.y)
        ]
        for first, second, is_swapped in ((0, 1, False), (1, 0, True)):
            fits = _within(whole[first], _LON_RANGE) & _within(whole[second], _LAT_RANGE)
            if len(fits) and fits.all() and packed is not False:
                self.x[known], self.y[known] = whole[0], whole[1]
                self.notes.append(
                    msg(
                        "the coordinates were read as packed degrees, minutes and seconds "
                        "(DDDMMSS, latitude first)"
                    )
                    if is_swapped
                    else msg(
                        "the coordinates were read as packed degrees, minutes and seconds (DDDMMSS)"
                    )
                )
                return
        numbers = np.concatenate([self.x[known], self.y[known]])
        after = [
            unpack_angles(values[known], point_after_degrees=True) for values in (self.x, self.y)
        ]
        if packed:
            self.fault_all(
                np.flatnonzero(known)[np.isnan(after[0]) | np.isnan(after[1])],
                lambda place: msg(
                    "({x:g}, {y:g}) is no DDD.MMSS: 60 minutes or more.",
                    x=self.x[place],
                    y=self.y[place],
                ),
                msg("Correct it, or pass packed=False for decimal degrees."),
            )
            still = ~np.isnan(self.x)
            fine = ~(np.isnan(after[0]) | np.isnan(after[1]))
            self.x[still], self.y[still] = after[0][fine], after[1][fine]
            self.notes.append(msg("the coordinates were read as DDD.MMSS, as said by hand"))
            return
        if packed is False or np.isnan(after).any() or (np.abs(numbers) > _METRES).any():
            return
        decimals = [len(f"{value:.10g}".partition(".")[2]) for value in numbers]
        looks = max(decimals) <= 4 and sum(n == 4 for n in decimals) * 2 > len(decimals)
        if not looks:
            return
        first = int(np.flatnonzero(known)[0])
        what = msg(
            "{x:.10g}, {y:.10g} may be decimal degrees, or degrees, minutes and seconds (DDD.MMSS) "
            "of {lon:.5f}, {lat:.5f}; so may all {n} rows.",
            x=self.x[first],
            y=self.y[first],
            lon=after[0][0],
            lat=after[1][0],
            n=int(known.sum()),
        )
        mend = msg("Say which: packed=True for DDD.MMSS, packed=False for decimal degrees.")
        raise TableError(
            msg("The coordinates can be read in two ways:"),
            [self.table.fault(int(self.rows[first]), self.columns[0], what, mend)],
        )

    def settle_datum(
        self,
        datum: str | None,
        named: pd.Series | None,
        counties: gpd.GeoDataFrame | None,
        crs: str,
    ) -> tuple[str, DatumEvidence | None]:
        """Find the datum and move the points to WGS-84.

        What is said by hand counts, else a column 坐标系, the headings, for "auto" the counties.
        """
        stated = self._stated_datum(is_moved=datum in {None, "auto"})
        if datum not in {None, "auto"}:
            if stated and stated != datum:
                self.notes.append(
                    msg(
                        "the table says {stated}, and {option} was followed",
                        stated=stated,
                        option=Option("datum", datum),
                    )
                )
            self.move(str(datum))
            return str(datum), None
        if stated:
            return stated, None
        is_survey = bool(crs) and not _is_web_mercator(crs)
        if datum is None or is_survey:
            if datum is not None:
                self.notes.append(
                    msg("projected coordinates are in no shifted datum; none was tested")
                )
            return ("CGCS2000" if is_survey else "WGS-84"), None
        if named is None or counties is None:
            raise TableError(
                _NO_DATUM,
                [
                    self.table.fault(
                        0,
                        "",
                        msg(
                            "{option} needs a column with the county of each point, and there is "
                            "none.",
                            option=Option("datum", "auto"),
                        ),
                        msg("Name it with {option}, or say the datum.", option=Option("county")),
                    )
                ],
            )
        evidence = datum_evidence(self.x, self.y, named.to_numpy(dtype=str), counties)
        if evidence.fault:
            raise TableError(
                _NO_DATUM,
                [self.table.fault(0, str(named.name), evidence.fault, evidence.mend)],
            )
        self.move(evidence.datum)
        return evidence.datum, evidence

    def _stated_datum(self, *, is_moved: bool) -> str:
        """Return what a column or the headings say of the datum, and move the points by it."""
        columns = [c for c in self.table.frame if is_datum_heading(c)]
        if not columns:
            return self._datum_of_headings(is_moved=is_moved)
        cells = self.table.frame[columns[0]].to_list()
        stated = [name if (name := datum_of_word(cell)) != OLDER else "" for cell in cells]
        if is_moved:
            unsaid = np.array([not name for name in stated]) & ~np.isnan(self.x)
            older = np.array([datum_of_word(cell) == OLDER for cell in cells])
            self.fault_all(
                np.flatnonzero(unsaid & older),
                lambda place: msg("datum {word!r} is an older one.", word=plain_text(cells[place])),
                OLDER_MEND,
            )
            self.fault_all(
                np.flatnonzero(unsaid & ~older),
                lambda place: msg("datum {word!r} is not known.", word=plain_text(cells[place])),
                msg("Write WGS-84, CGCS2000, GCJ-02 or BD-09."),
            )
        if is_moved:
            for name in set(stated) - {""}:
                self.move(name, np.array([one == name for one in stated]))
            self.notes.append(
                msg("the datum of each point is taken from column {column}", column=columns[0])
            )
        return ", ".join(sorted(set(stated) - {""})) or "unknown"

    def _datum_of_headings(self, *, is_moved: bool) -> str:
        name = datum_of_headings(self.table.typed[column] for column in self.columns)
        if name == OLDER:
            raise TableError(
                _NO_POINTS,
                [self.table.fault(0, self.columns[0], msg("is of an older datum."), OLDER_MEND)],
            )
        if name and is_moved:
            self.move(name)
            self.notes.append(
                msg(
                    "the heading {column} says that the datum is {datum}",
                    column=self.columns[0],
                    datum=name,
                )
            )
        return name

    def check_region(self, counties: gpd.GeoDataFrame, named: pd.Series | None) -> None:
        """Find points outside the region, and points far from the county named."""
        known = np.flatnonzero(~np.isnan(self.x))
        points = shapely.points(self.x[known], self.y[known])
        # The counties are asked and not the points: an outline is prepared once.
        _, hits = shapely.STRtree(points).query(counties.geometry.to_numpy(), "intersects")
        outside = np.setdiff1d(np.arange(len(known)), hits)
        names = counties["name"] if "name" in counties else counties.index.to_series()
        place_of = dict(zip(known[outside].tolist(), points[outside], strict=True))

        def tell_outside(place: int) -> Words:
            nearest, km = _nearest_unit(counties, place_of[place])
            return msg(
                "({x:.5f}, {y:.5f}) is outside the region, {km:.1f} km from {unit}: in the sea "
                "or in another province.",
                x=self.x[place],
                y=self.y[place],
                km=km,
                unit=names[nearest],
            )

        self.fault_all(
            known[outside],
            tell_outside,
            msg("Check the coordinates and their datum, or leave the point out."),
        )
        if named is None:
            return
        inside = np.isin(np.arange(len(known)), outside, invert=True)
        codes = named.to_numpy(dtype=str)[known]
        away: dict[int, float] = {}
        for code in np.intersect1d(codes, counties.index.to_numpy(dtype=str)):
            mine = np.flatnonzero(inside & (codes == code))
            km = _distances_km(counties.geometry[code], points[mine])
            away |= dict(zip(known[mine[km > _FAR_KM]].tolist(), km[km > _FAR_KM], strict=True))

        self.fault_all(
            np.array(sorted(away), dtype=np.intp),
            lambda place: msg(
                "lies {km:.1f} km outside {county}, which column {column} names.",
                km=away[place],
                county=names[str(named.iloc[place])],
                column=named.name,
            ),
            msg("Correct the coordinates or the county."),
        )

    def frame(self, datum: str, crs: str, evidence: DatumEvidence | None) -> gpd.GeoDataFrame:
        """Return the table with its points."""
        points = shapely.points(self.x, self.y)
        points[np.isnan(self.x)] = shapely.Point()
        cells = self.table.frame.map(lambda cell: None if is_blank(cell) else cell).infer_objects()
        cells = cells.drop(columns=[c for c in ("geometry",) if c in cells])
        made = gpd.GeoDataFrame(cells, geometry=points, crs=_WGS84)
        n_blank = int(np.isnan(self.x).sum())
        fields: dict[str, Any] = {
            "label": self.table.label,
            "lon": self.columns[0],
            "lat": self.columns[1],
            "datum": datum,
            "crs": crs,
            "evidence": evidence,
            "n_points": len(made) - n_blank,
            "n_blank": n_blank,
            "notes": tuple(self.notes),
            "faults": tuple(sorted(set(self.faults))),
        }
        made.attrs["report"] = PointsReport(_in_words(fields), **fields)
        return made


def _is_web_mercator(crs: str) -> bool:
    return crs == "EPSG:3857"


def _within(values: FloatArray, limits: tuple[float, float]) -> NDArray[np.bool_]:
    return (values >= limits[0]) & (values <= limits[1])


def _nearest_unit(counties: gpd.GeoDataFrame, point: shapely.Point) -> tuple[str, float]:
    place = int(counties.sindex.nearest(point, return_all=False)[1][0])
    return str(counties.index[place]), _distance_km(counties.geometry.iloc[place], point)


def _distance_km(polygon: shapely.Geometry, point: shapely.Point) -> float:
    """Return how far a point lies outside a polygon, on the ellipsoid."""
    return float(_distances_km(polygon, np.array([point]))[0])


def _distances_km(polygon: shapely.Geometry, points: NDArray[np.object_]) -> FloatArray:
    """Return how far points lie outside a polygon, on the ellipsoid."""
    shapely.prepare(polygon)
    outside = np.flatnonzero(~shapely.intersects(polygon, points))
    km = np.zeros(len(points))
    if len(outside):
        # An edge is found by an index: the whole outline is not measured from each point.
        ends = shapely.get_coordinates(shapely.boundary(polygon))
        lines = shapely.get_parts(shapely.boundary(polygon))
        last = np.cumsum(shapely.get_num_points(lines)) - 1
        rings = np.delete(np.arange(len(ends) - 1), last[:-1])
        edges = shapely.linestrings(np.stack([ends[rings], ends[rings + 1]], axis=1))
        (_, nearest), _ = shapely.STRtree(edges).query_nearest(
            points[outside], all_matches=False, return_distance=True
        )
        shortest = shapely.get_coordinates(shapely.shortest_line(edges[nearest], points[outside]))
        km[outside] = GEOD.inv(*shortest[::2].T, *shortest[1::2].T)[2] / 1000.0
    return km
