"""What must hold in a pack beyond its schema.

Codes that exist, lists of ids, locators that stand in the document's outline, routes in order,
dates and figures that can be, sums, points in their counties.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.places.names import normalise_name
from regionkit.places.units import list_units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regionkit.pack.schema import Descriptor

    Tables = dict[str, pd.DataFrame]

__all__ = ["RULES", "point_faults"]

_DATES = {"issued_on", "valid_from", "valid_to"}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLE = 100
_FEWEST_STOPS = 2
# A point may lie this far off the coast of the county it belongs to (offshore wind, anchorages,
# and islands and new land that the boundary data do not have).
OFFSHORE_KM = 60.0
# A point on land may stand this far outside the county its document names: the precision of the
# gazetteers it is read from.
GAZETTEER_KM = 2.0


def _rows(table: pd.DataFrame) -> Iterator[tuple[int, pd.Series]]:
    """Yield the rows with their line in the file."""
    for line, (_, row) in enumerate(table.iterrows(), 2):
        yield line, row


def _cell_rule(
    wanted: Callable[[str, str], bool], allowed: set[str], what: str, mend: str
) -> Callable[[Descriptor, Tables], Iterator[Fault]]:
    """Return a rule: every item of the columns wanted is one of the allowed."""

    def rule(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
        for table in descriptor.tables.values():
            for field in table.fields:
                if not wanted(table.name, field.name):
                    continue
                for line, cell in enumerate(tables[table.name][field.name], 2):
                    items = cell if isinstance(cell, tuple) else (cell,)
                    for item in items:
                        if isinstance(item, str) and item not in allowed:
                            yield Fault(table.path, line, field.name, f'"{item}" {what}', mend)

    return rule


def _unknown_adcodes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    units = list_units(descriptor.region["adcode"])
    yield from _cell_rule(
        lambda _, column: column in {"adcode", "adcodes"},
        set(units.index),
        f"is no unit of {descriptor.region['name']}.",
        "Use a six-digit adcode of the province, a city or a county.",
    )(descriptor, tables)


def _unknown_list_items(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    for column, table, key in (
        ("lead_org_ids", "organizations", "org_id"),
        ("cooperating_org_ids", "organizations", "org_id"),
        ("zone_ids", "zones", "zone_id"),
    ):
        yield from _cell_rule(
            lambda _, name, column=column: name == column,  # type: ignore[misc]
            set(tables[table][key]),
            f"is no {key} of {table}.",
            f"Add it to {table}, or correct the id.",
        )(descriptor, tables)


def _unknown_scopes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    units = list_units(descriptor.region["adcode"])
    by_kind = {
        level: set(units.index[units["level"] == level]) for level in ("province", "city", "county")
    }
    for kind, table, key in (
        ("zone", "zones", "zone_id"),
        ("cluster", "clusters", "cluster_id"),
        ("place", "places", "place_id"),
        ("project", "projects", "project_id"),
    ):
        by_kind[kind] = set(tables[table][key])
    for line, row in _rows(tables["targets"]):
        allowed = by_kind.get(row["scope_kind"])
        if allowed is not None and row["scope_id"] not in allowed:
            yield Fault(
                descriptor.tables["targets"].path,
                line,
                "scope_id",
                f'"{row["scope_id"]}" is no {row["scope_kind"]} of the pack.',
                "Correct the scope's kind or id.",
            )


def _unknown_locators(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield facts whose locator does not begin with a part of the document's outline."""
    outline: dict[str, set[str]] = {}
    for source_id, locator in zip(
        tables["outline"]["source_id"], tables["outline"]["locator"], strict=True
    ):
        outline.setdefault(source_id, set()).add(locator)
    for table in descriptor.tables.values():
        frame = tables[table.name]
        if table.name == "outline" or not {"source_id", "locator"} <= set(frame.columns):
            continue
        pairs = zip(frame["source_id"], frame["locator"], strict=True)
        for line, (source_id, locator) in enumerate(pairs, 2):
            known = outline.get(source_id)
            if known is None or not isinstance(locator, str):
                continue
            parts = locator.split("/")
            heads = {"/".join(parts[:end]) for end in range(1, len(parts) + 1)}
            if not heads & known:
                yield Fault(
                    table.path,
                    line,
                    "locator",
                    f'"{locator}" is no part of {source_id}.',
                    "Use a locator of outline.csv, or one that begins with it and a /.",
                )


def _unsorted(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    for table in descriptor.tables.values():
        keys = list(tables[table.name][list(table.primary_key)].itertuples(index=False, name=None))
        for line, (before, after) in enumerate(pairwise(keys), 3):
            if all(pd.notna(x) for x in (*before, *after)) and after < before:
                yield Fault(
                    table.path,
                    line,
                    table.primary_key[0],
                    "stands before a row with a smaller key.",
                    "Sort the rows by " + ", ".join(table.primary_key) + ".",
                )
                break


def _broken_orders(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield routes whose places are not numbered 1, 2, 3 ..."""
    for name in ("project_places", "waypoints"):
        for project_id, rows in tables[name].groupby("project_id"):
            order = sorted(rows["order"].dropna())
            if order != list(range(1, len(rows) + 1)):
                yield Fault(
                    descriptor.tables[name].path,
                    int(rows.index[0]) + 2,
                    "order",
                    f"{project_id} is numbered {', '.join(map(str, order))}.",
                    "Number the places along the route from 1 without gaps.",
                )


def _twin_projects(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    names = tables["projects"]["name"].dropna().map(normalise_name)
    for index in names.index[names.duplicated()]:
        twin = names.index[names == names[index]][0]
        yield Fault(
            descriptor.tables["projects"].path,
            int(index) + 2,
            "name",
            f'"{tables["projects"].loc[index, "name"]}" stands in row {twin + 2} too.',
            "Keep one row a project and record further sayings in mentions.csv.",
        )


def _half_positions(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    for name in ("projects", "places"):
        for line, row in _rows(tables[name]):
            if pd.notna(row["lon"]) != pd.notna(row["lat"]):
                yield Fault(
                    descriptor.tables[name].path,
                    line,
                    "lon",
                    "and lat are not both given.",
                    "Give both or neither.",
                )


def _unplaced_projects(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield projects whose geometry, places and basis do not agree."""
    placed = set(tables["project_places"]["project_id"])
    routes = tables["waypoints"]["project_id"].value_counts()
    mentioned = set(tables["mentions"]["project_id"])
    file = descriptor.tables["projects"].path
    for line, row in _rows(tables["projects"]):
        has_point = pd.notna(row["lon"]) and pd.notna(row["lat"])
        kind = row["geometry_kind"]
        if kind == "line" and routes.get(row["project_id"], 0) < _FEWEST_STOPS:
            yield Fault(
                file,
                line,
                "geometry_kind",
                "is line, with fewer than two waypoints.",
                "Add its route to waypoints.csv, or set point or none.",
            )
        if kind == "point" and row["project_id"] not in placed:
            yield Fault(
                file,
                line,
                "geometry_kind",
                "is point, in no unit of project_places.",
                "Add the county or city it lies in.",
            )
        if has_point and (kind != "point" or pd.isna(row["location_source"])):
            yield Fault(
                file,
                line,
                "location_source",
                "is empty or the project is no point, yet a position is given.",
                "Name the gazetteer or dataset the position is from.",
            )
        if row["location_basis"] == "site" and not has_point:
            yield Fault(
                file,
                line,
                "location_basis",
                "is site, without a position.",
                "Give lon and lat with their source, or the basis county or city.",
            )
        if (
            kind == "none"
            and row["location_basis"] == "none"
            and pd.isna(row["note"])
            and not (row["is_bundle"])
        ):
            yield Fault(
                file,
                line,
                "note",
                "is empty, and so is the place.",
                "Say why the place is not known.",
            )
        if row["project_id"] not in mentioned:
            yield Fault(
                file,
                line,
                "project_id",
                "has no mention.",
                "Add what the document says of it to mentions.csv.",
            )


def _bad_dates(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield texts of a date's form that are no day or month of the calendar."""
    for table in descriptor.tables.values():
        for name in _DATES & {column.name for column in table.fields}:
            for line, cell in enumerate(tables[table.name][name], 2):
                # Other forms are the pattern's to refuse.
                if not isinstance(cell, str) or not _DATE.fullmatch(cell):
                    continue
                try:
                    date.fromisoformat(f"{cell}-01-01"[:10])
                except ValueError:
                    yield Fault(
                        table.path,
                        line,
                        name,
                        f'"{cell}" is no date.',
                        "Write YYYY, YYYY-MM or YYYY-MM-DD.",
                    )


def _bad_values(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield figures that cannot be: shares past 100, ranges and years the wrong way round."""
    file = descriptor.tables["statistics"].path
    for line, row in _rows(tables["statistics"]):
        if (
            row["unit"] == "%"
            and "growth" not in str(row["indicator_id"])
            and (row["value"] < 0 or row["value"] > _WHOLE)
        ):
            yield Fault(
                file,
                line,
                "value",
                f"{row['value']} is no percentage.",
                "Give a value from 0 to 100.",
            )
    file = descriptor.tables["projects"].path
    for line, row in _rows(tables["projects"]):
        years = row["start_year"], row["end_year"]
        if all(pd.notna(year) for year in years) and years[0] > years[1]:
            yield Fault(
                file,
                line,
                "end_year",
                f"{years[1]} is before the start {years[0]}.",
                "Correct the years.",
            )
    file = descriptor.tables["targets"].path
    for line, row in _rows(tables["targets"]):
        if pd.notna(row["value_high"]) and not row["value"] < row["value_high"]:
            yield Fault(
                file,
                line,
                "value_high",
                "is not above value.",
                "Give the lower end as value, the upper as value_high.",
            )
        years = row["baseline_year"], row["target_year"]
        if all(pd.notna(year) for year in years) and years[0] >= years[1]:
            yield Fault(
                file,
                line,
                "baseline_year",
                f"{years[0]} is not before the target year {years[1]}.",
                "Correct the years.",
            )
        if (
            pd.isna(row["value"])
            and pd.isna(row["relative_to"])
            and not row["is_to_be_set"]
            and (pd.isna(row["note"]))
        ):
            yield Fault(
                file,
                line,
                "value",
                "is empty without a reason.",
                "Give a value, what it is relative to, is_to_be_set, or a note.",
            )


def _broken_sums(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield counts of counties that do not add up to their city's, or cities' to the province's."""
    units = list_units(descriptor.region["adcode"])
    counts = tables["statistics"][tables["statistics"]["unit"].isin(["人", "户"])]
    for (indicator, year), rows in counts.groupby(["indicator_id", "year"]):
        value = rows.set_index("adcode")["value"]
        value = value[~value.index.duplicated()]
        for parent, parts in (
            *(
                (city, units.index[(units["city_adcode"] == city) & (units["level"] == "county")])
                for city in units.index[units["level"] == "city"]
            ),
            (descriptor.region["adcode"], units.index[units["level"] == "city"]),
        ):
            if (
                parent in value
                and parts.isin(value.index).all()
                and (value[parts].sum() != value[parent])
            ):
                yield Fault(
                    descriptor.tables["statistics"].path,
                    int(rows.index[0]) + 2,
                    "value",
                    f"{indicator} {year}: the parts of {parent} add up to "
                    f"{value[parts].sum():.0f}, not {value[parent]:.0f}.",
                    "Correct the figures, or leave out what is not comparable.",
                )


# Each rule with the tables that must be whole for it.
RULES: dict[Callable[[Descriptor, Tables], Iterator[Fault]], set[str]] = {
    _unknown_adcodes: set(),
    _unknown_list_items: {"organizations", "zones"},
    _unknown_scopes: {"targets", "zones", "clusters", "places", "projects"},
    _unknown_locators: {"outline"},
    _unsorted: set(),
    _broken_orders: {"project_places", "waypoints"},
    _twin_projects: {"projects"},
    _half_positions: {"projects", "places"},
    _unplaced_projects: {"projects", "project_places", "waypoints", "mentions"},
    _bad_dates: set(),
    _bad_values: {"statistics", "projects", "targets"},
    _broken_sums: {"statistics"},
}


def point_faults(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield points that do not lie in a unit they are said to lie in."""
    # Points need boundaries, which the other rules do without.
    import geopandas as gpd

    from regionkit.places.boundaries import load_boundaries
    from regionkit.places.projection import local_projection

    counties = load_boundaries(descriptor.region["adcode"])
    metric = counties.geometry.to_crs(local_projection(counties))
    coast = metric.union_all()
    for name, units_of in (
        ("projects", tables["project_places"].groupby("project_id")["adcode"].agg(list)),
        ("places", tables["places"].set_index("place_id")["adcode"].dropna().map(lambda a: [a])),
    ):
        frame = tables[name]
        key = descriptor.tables[name].primary_key[0]
        placed = frame[frame["lon"].notna() & frame[key].isin(units_of.index)]
        points = gpd.GeoSeries.from_xy(placed["lon"], placed["lat"], index=placed.index, crs=4326)
        for index, point in points.to_crs(metric.crs).items():
            adcodes = units_of[frame.loc[index, key]]
            if descriptor.region["adcode"] in adcodes:
                continue
            mine = metric[counties.index.isin(adcodes) | counties["city_adcode"].isin(adcodes)]
            off_km = mine.distance(point).min() / 1000
            limit = GAZETTEER_KM if coast.contains(point) else OFFSHORE_KM
            if off_km > limit:
                yield Fault(
                    descriptor.tables[name].path,
                    int(index) + 2,
                    "lon",
                    f"the point lies {off_km:.1f} km outside "
                    f"{'、'.join(counties['name'].get(a, a) for a in adcodes)}.",
                    "Correct the position or the unit.",
                )
