"""The command on the planner's own points: where they lie, how many, on a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import Outputs, answer_options
from regionkit.cli.command import load_region, region_options
from regionkit.cli.options import level_choice, single
from regionkit.cli.show import add_codes, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.errors import InputError
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["points_command", "points_table", "tell_points"]

_NAMES = ("county_adcode", "county", "city", "zones", "distance_km")


@command(
    "points",
    msg(
        """Take your own points from any table: which unit each lies in, counts, a map.

Longitude, latitude and datum are found and told; --lon, --lat and --datum say them.

Examples:
  regionkit points 项目点.xlsx
  regionkit points 项目点.xlsx --size 总投资 --by 类型 --map 项目点.png
  regionkit points 项目点.csv --near 锦州港 --km 30 --count-by county -o 数.xlsx"""
    ),
)
@argument("table", msg("TABLE"), type=click.Path(exists=True, dir_okay=False))
@single("--lon", help=msg("Column of longitudes; found where not given."))
@single("--lat", help=msg("Column of latitudes; found where not given."))
@single("--datum", metavar=msg("DATUM"), help=msg("WGS-84, CGCS2000, GCJ-02, BD-09 or auto."))
@single("--crs", help=msg("Of projected coordinates, such as EPSG:4549."))
@single("--county", help=msg("Column of the county that each is said to lie in."))
@single("--sheet", help=msg("Sheet of a workbook."))
@option("--keep-faults", is_flag=True, help=msg("Leave out points at fault, and tell them."))
@single("--near", help=msg("Points near a place; with --km."))
@single("--km", type=click.FloatRange(min=0), help=msg("Of --near, on the ellipsoid."))
@single("--within", help=msg("Points inside a zone, city or county; names joined by + overlap."))
@single("--count-by", type=level_choice("zone", "city", "county"), help=msg("Count, not list."))
@single(
    "--size", "measure", help=msg("Column of numbers: the size of a point, the sum of a count.")
)
@single("--by", help=msg("Column of kinds: the colour of a point, the columns of a count."))
@answer_options("points")
@region_options
def points_command(
    table: str,
    lon: str | None,
    lat: str | None,
    datum: str | None,
    crs: str | None,
    county: str | None,
    sheet: str | None,
    keep_faults: bool,  # noqa: FBT001
    near: str | None,
    km: float | None,
    within: str | None,
    count_by: str | None,
    measure: str | None,
    by: str | None,
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Take your own points from a TABLE."""
    if (near is None) != (km is None):
        raise click.UsageError(say("--near and --km go together."))
    for path in (out.output, out.map_path):
        if path is not None and Path(path).resolve() == Path(table).resolve():
            raise InputError(
                msg("{path} is the table itself; it stays as it is.", path=path),
                mend=msg("Name another file."),
            )
    from regionkit.analysis import own_points

    ln = load_region(pack, boundaries, boundaries_datum)
    points = ln.read_points(
        table, lon=lon, lat=lat, datum=datum, crs=crs, county=county, sheet=sheet,
        strict=not keep_faults,
    )  # fmt: skip
    tell(points.attrs["report"], err=True)
    for column in (measure, by):
        own_points.check_column(points, column)
    if measure is not None:
        points[measure] = own_points.numbers_of(points[measure])
    points = own_points.label_points(ln, points)
    told: list[Words] = []
    if near is not None and km is not None:
        points = own_points.points_near(ln, points, near, km=km)
        told.append(msg("Distances run in a straight line on the ellipsoid; a city or county means "
                        "its seat."))  # fmt: skip
    if within is not None:
        points = own_points.points_within(ln, points, within)
        told.append(msg("A point on the border is inside."))
    if points.empty:
        tell(join([msg("No point meets every condition."), *told], "sentences"), err=True)
        return
    if out.map_path is not None:
        from regionkit.cli.points_map import PointsLook, draw_points

        asked = PointsLook(measure, by, Path(table).name)
        tell(draw_points(ln, points, out.map_path, asked, out.look))
    if count_by is not None:
        shown, note = _counts(ln, points, count_by, measure, by)
        told.insert(0, note)
    else:
        shown = points_table(points)
        told.insert(0, tell_points(points))
    if out.output is not None or out.map_path is None:
        notes = {say("How to read it"): str(join(told, "sentences"))}
        title = say("Points of {table}", table=Path(table).name)
        show_table(shown, out.output, title=title, notes=notes if out.output else None)
    tell(join(told, "sentences"), err=True)


def tell_points(points: gpd.GeoDataFrame) -> Words:
    """Return how many points there are, and how many lie in no county."""
    n_outside = int(points["county_adcode"].isna().sum())
    return msg("Points: {n}; in no county of the region: {n_outside}.", n=len(points),
               n_outside=n_outside)  # fmt: skip


def points_table(points: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return points as a table of words: their own columns, then where they lie."""
    own = [name for name in points.columns if name not in {*_NAMES, "geometry"}]
    # A column of the table may be called as ours is.
    words = {
        "county": say("In the county"),
        "city": say("In the city"),
        "zones": say("In the zones"),
        "distance_km": say("Distance (km)"),
    }
    table = points[[*own, *(name for name in words if name in points)]].rename(columns=words)
    for column in words.values():
        if column in table and column != words["distance_km"]:
            table[column] = table[column].astype(object).where(table[column].notna(), "")
    if words["distance_km"] in table:
        table[words["distance_km"]] = table[words["distance_km"]].round(1)
    codes = points["county_adcode"].fillna("")
    return add_codes(table.reset_index(drop=True), {words["county"]: codes})


def _counts(
    ln: Region, points: gpd.GeoDataFrame, level: str, size: str | None, by: str | None
) -> tuple[pd.DataFrame, Words]:
    from regionkit.analysis.own_points import count_points

    counts = count_points(ln, points, level, by=by, size=size)
    table = counts.rename(columns={"name": say("Name"), "points": say("Points")})
    note = msg(
        "Points: {n}; in no county of the region: {n_outside}. One in several zones counts in "
        "each.",
        n=len(points),
        n_outside=counts.attrs["n_outside"],
    )
    codes = list(counts.index)
    return add_codes(table.reset_index(drop=True), {say("Name"): codes}), note
