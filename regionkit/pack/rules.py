"""What must hold in a pack beyond its schema.

Here are the register of the rules and those on dates and figures: dates and values that can
be, counts that add up. What rows refer to is in :mod:`regionkit.pack.references`, where things
are in :mod:`regionkit.pack.points`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.figures import backward_targets, cluster_revenues, growth_against_levels
from regionkit.pack.points import (
    half_positions,
    seas_before_routes,
    short_tracks,
    unplaced_projects,
)
from regionkit.pack.references import (
    broken_orders,
    circular_parts,
    foreign_tasks,
    own_successors,
    twin_projects,
    unknown_adcodes,
    unknown_locators,
    unknown_named,
    unknown_scopes,
)
from regionkit.pack.rows import numbered_rows
from regionkit.pack.schema import DESCRIPTOR
from regionkit.pack.themes import unclear_themes
from regionkit.pack.vocabulary import unclear_kinds, unknown_words
from regionkit.places.units import at_level, list_partial
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from regionkit.pack.schema import Descriptor

    Tables = dict[str, pd.DataFrame]

__all__ = ["RULES"]

_DATES = {
    "date",
    "issued_on",
    "not_before",
    "valid_from",
    "valid_to",
    "due_on",
    "state_on",
    "dissolved_on",
}
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_WHOLE = 100


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
                        msg('"{cell}" is no date.', cell=cell),
                        msg("Write {form}.", form=msg("YYYY, YYYY-MM or YYYY-MM-DD")),
                    )


def _double_dates(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield documents with a date and a bound of it."""
    for line, row in numbered_rows(tables["sources"]):
        if pd.notna(row["issued_on"]) and pd.notna(row["not_before"]):
            yield Fault(
                descriptor.tables["sources"].path,
                line,
                "not_before",
                msg(
                    "is {bound} beside the date {date}.",
                    bound=row["not_before"],
                    date=row["issued_on"],
                ),
                msg("Leave it blank where the date is known."),
            )


def _unknown_plan(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield a plan in force that the descriptor names and no row of sources is."""
    named = descriptor.named_plan
    if named and named not in set(tables["sources"]["source_id"]):
        yield Fault(
            DESCRIPTOR,
            0,
            "region.current_plan",
            msg("{cell!r} is no source of the pack.", cell=named),
            msg("Write a source_id, or leave it out: the newest plan is in force."),
        )


def _bad_values(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield figures that cannot be: shares past 100, ranges and years the wrong way round."""
    file = descriptor.tables["statistics"].path
    for line, row in numbered_rows(tables["statistics"]):
        if (
            row["unit"] == "%"
            and "growth" not in str(row["indicator_id"])
            and (row["value"] < 0 or row["value"] > _WHOLE)
        ):
            yield Fault(
                file,
                line,
                "value",
                msg("{value} is no percentage.", value=row["value"]),
                msg("Give a value from 0 to 100."),
            )
    file = descriptor.tables["projects"].path
    for line, row in numbered_rows(tables["projects"]):
        years = row["start_year"], row["end_year"]
        if all(pd.notna(year) for year in years) and years[0] > years[1]:
            yield Fault(
                file,
                line,
                "end_year",
                msg("{year} is before the start {start}.", year=years[1], start=years[0]),
                msg("Correct the years."),
            )
    file = descriptor.tables["targets"].path
    for line, row in numbered_rows(tables["targets"]):
        if pd.notna(row["value_high"]) and not row["value"] < row["value_high"]:
            yield Fault(
                file,
                line,
                "value_high",
                msg("is not above value."),
                msg("Give the lower end as value, the upper as value_high."),
            )
        years = row["baseline_year"], row["target_year"]
        if all(pd.notna(year) for year in years) and years[0] >= years[1]:
            yield Fault(
                file,
                line,
                "baseline_year",
                msg(
                    "{year} is not before the target year {target}.", year=years[0], target=years[1]
                ),
                msg("Correct the years."),
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
                msg("is empty without a reason."),
                msg("Give a value, what it is relative to, is_to_be_set, or a note."),
            )
        if pd.notna(row["value"]) and pd.isna(row["target_year"]):
            yield Fault(
                file,
                line,
                "target_year",
                msg("is empty, though there is a value to reach."),
                msg("Give the year; the last of the plan where it names no other."),
            )


def _wholes(units: pd.DataFrame) -> list[tuple[str, pd.Index]]:
    """Return each unit that is made of others, with those of the next level that stand below it."""
    partial = list_partial(units)
    counties, cities = at_level(units, "county"), at_level(units, "city")
    provinces = at_level(units, "province")
    found = [
        (str(city), counties[units.loc[counties, "city_adcode"] == city])
        for city in cities
        if city not in counties
    ]
    found += [
        (str(province), cities[units.loc[cities, "province_adcode"] == province])
        for province in provinces
        if province not in cities
    ]
    whole = units.index[units["level"].isin(["region", "nation"])]
    found += [(str(one), provinces) for one in whole if partial.isdisjoint(provinces)]
    return [(unit, parts) for unit, parts in found if unit not in partial]


def _broken_sums(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield counts of counties that do not add up to their city's, or cities' to the province's."""
    units = descriptor.units
    statistics = tables["statistics"]
    counts = statistics[statistics["unit"].isin(["人", "户"])]
    wholes = _wholes(units)
    for (indicator, year), rows in counts.groupby(["indicator_id", "year"]):
        value = rows.set_index("adcode")["value"]
        value = value[~value.index.duplicated()]
        for parent, parts in wholes:
            if (
                parent in value
                and parts.isin(value.index).all()
                and (value[parts].sum() != value[parent])
            ):
                yield Fault(
                    descriptor.tables["statistics"].path,
                    int(rows.index[0]) + 2,
                    "value",
                    msg(
                        "{indicator} {year}: the parts of {parent} add up to {total:.0f}, "
                        "not {value:.0f}.",
                        indicator=indicator,
                        year=year,
                        parent=parent,
                        total=value[parts].sum(),
                        value=value[parent],
                    ),
                    msg("Correct the figures, or leave out what is not comparable."),
                )


# Each rule with the tables that must be whole for it.
RULES: dict[Callable[[Descriptor, Tables], Iterator[Fault]], set[str]] = {
    unknown_adcodes: set(),
    unknown_scopes: {"targets", "zones", "clusters", "places", "projects"},
    unknown_named: {"other_mentions", "zones", "places", "memberships"},
    unknown_locators: {"outline"},
    own_successors: {"organizations"},
    unclear_kinds: {"kinds"},
    unknown_words: {"words", "kinds"},
    unclear_themes: {"themes", "kinds", "targets"},
    broken_orders: {"project_places", "waypoints", "zone_waypoints"},
    twin_projects: {"projects"},
    circular_parts: {"projects"},
    foreign_tasks: {"mentions", "tasks"},
    short_tracks: {"zone_waypoints"},
    _unknown_plan: {"sources"},
    seas_before_routes: {"waypoints"},
    _double_dates: {"sources"},
    half_positions: {"projects", "places", "seats", "zone_waypoints"},
    unplaced_projects: {"projects", "project_places", "waypoints", "mentions"},
    _bad_dates: set(),
    _bad_values: {"statistics", "projects", "targets"},
    _broken_sums: {"statistics"},
    backward_targets: {"targets", "indicators"},
    growth_against_levels: {"targets"},
    cluster_revenues: {"targets", "clusters"},
}
