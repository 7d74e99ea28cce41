"""Tables derived from the projects of a query: counts, sums, units without, pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.cli.labels import labels_of, names_of
from regionkit.cli.projects import tell_no_works, tell_rough
from regionkit.cli.show import add_codes
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region
    from regionkit.words.message import Message, Words

__all__ = ["Derived", "derive"]


@dataclass(frozen=True)
class Derived:
    """Which table is asked for; an attribute an option of the command."""

    count_by: str | None = None
    matrix: bool = False
    sum_by: str | None = None
    without: str | None = None
    pairs: float | None = None
    with_approximate: bool = False
    overlaps: str | None = None
    buffer: float | None = None

    @property
    def options(self) -> list[str]:
        """The options given, of which there may be one."""
        given = {
            "--count-by": self.count_by is not None,
            "--zone-matrix": self.matrix,
            "--sum-by": self.sum_by is not None,
            "--without": self.without is not None,
            "--pairs": self.pairs is not None,
            "--overlaps": self.overlaps is not None,
        }
        return [option for option, is_given in given.items() if is_given]

    @property
    def has_map(self) -> bool:
        """Whether what is asked for can be drawn."""
        return self.overlaps is not None or self.count_by in {"county", "city"}

    def faults(self, *, has_map: bool, has_crs: bool) -> list[Words]:
        """Return what does not fit together."""
        found: list[Words] = []
        if len(self.options) > 1:
            given = join(self.options, "and")
            found.append(msg("{options} cannot be combined. Give one of them.", options=given))
        for option, is_given in (("--map", has_map), ("--crs", has_crs)):
            if self.options and is_given and not (option == "--map" and self.has_map):
                found.append(
                    msg(
                        "{option} cannot be combined with {table}, whose table has no positions. "
                        "Leave one of them out.",
                        option=option,
                        table=self.options[0],
                    )
                )
        if self.buffer is not None and self.overlaps is None:
            found.append(msg("--buffer needs --overlaps: say what is kept clear."))
        if self.with_approximate and self.pairs is None:
            found.append(msg("--with-approximate needs --pairs."))
        return found


def derive(
    ln: Region, hits: pd.DataFrame, wanted: Derived, inside: frozenset[str] | None = None
) -> tuple[pd.DataFrame, str]:
    """Return the table that is asked for, in words, and what a reader of it has to know.

    Parameters
    ----------
    ln : Region
    hits : DataFrame or GeoDataFrame
    wanted : Derived
    inside : set of str, optional
        Units that were asked about: others have no row.
    """
    if wanted.count_by is not None:
        return _counts(ln, hits, wanted.count_by, inside)
    if wanted.sum_by is not None:
        return _sums(ln, hits, wanted.sum_by, inside)
    if wanted.without is not None:
        return _without(ln, hits, wanted.without, inside)
    if wanted.overlaps is not None:
        return _overlaps(ln, hits, wanted.overlaps, wanted.buffer or 0.0)
    if wanted.pairs is not None:
        return _pairs(ln, hits, wanted.pairs, with_approximate=wanted.with_approximate)
    return _zone_matrix(ln, hits)


def _units(ln: Region, level: str, inside: frozenset[str] | None) -> tuple[pd.DataFrame, pd.Series]:
    """Return the units of a level that were asked about, and their names; no outline is needed."""
    if level == "zone":
        return own_zones(ln), names_of(ln).zones
    units = ln.units.loc[ln.units_at(level)]
    return units if inside is None else units[units.index.isin(inside)], names_of(ln).units


def _only_inside(level: str, inside: frozenset[str] | None) -> Words | str:
    """Return that the table has the units asked about alone."""
    if inside is None or level == "zone":
        return ""
    return msg(
        "Rows are the units asked about, or touched by the area asked about; others have none."
    )


def own_zones(ln: Region) -> pd.DataFrame:
    """Return the plan's own zones, in order, without their outlines."""
    zones = ln.zone_table
    return zones[zones["kind"] == "strategic"]


def _elsewhere(n: int, level: str) -> Words | str:
    """Return how many projects are in no row, and why."""
    why: dict[str, Message] = {
        "zone": msg("In no zone, or without a stated unit, and not in the table: {n}.", n=n),
        "province": msg("Without a stated province, and not in the table: {n}.", n=n),
        "city": msg("Without a stated city, and not in the table: {n}.", n=n),
        "county": msg("Without a stated county, and not in the table: {n}.", n=n),
    }
    return why[level] if n else ""


def _outside(n: int) -> Words | str:
    """Return how many projects are in none of the rows of a table of some units."""
    return msg("Recorded for none of these units by name: {n}.", n=n) if n else ""


def _zone_matrix(ln: Region, hits: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import zone_matrix

    zones = own_zones(ln)
    table = zone_matrix(hits, zones)
    short = names_of(ln).short_zones
    n_elsewhere = len(hits) - table.attrs["n_projects"]
    return (
        table.rename(index=short, columns=short).reset_index(names=say("Zone")),
        _note(
            msg(
                "Different projects: {n}. One in several zones, or where zones overlap, counts in "
                "each of them.",
                n=len(hits),
            ),
            _elsewhere(n_elsewhere, "zone"),
        ),
    )


def _counts(
    ln: Region, hits: pd.DataFrame, level: str, inside: frozenset[str] | None
) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import count_projects, is_no_work

    units, names = _units(ln, level, inside)
    no_works = hits[is_no_work(hits)]
    counts = count_projects(hits, units, by="domain", parts=ln.unit_parts)
    n_elsewhere = counts.attrs["n_elsewhere"]
    counts = counts.rename(columns=labels_of(ln, "projects", "domain"))
    counts.insert(0, say("Total"), count_projects(hits, units, parts=ln.unit_parts)["projects"])
    if len(no_works):
        numbers = count_projects(no_works, units, parts=ln.unit_parts)["projects"]
        counts.insert(1, say("Designations and pilots"), numbers)
    if level == "zone":
        numbers = [sum(zone in said for said in hits["said_zone_ids"]) for zone in units.index]
        counts.insert(1, say("Said of it"), numbers)
    counts.insert(0, say("Name"), names.reindex(units.index))
    counts = add_codes(counts, {say("Name"): units.index})
    note = msg(
        "Different projects: {n}. One that touches several units counts in each of them.",
        n=len(hits),
    )
    where = _only_inside(level, inside)
    elsewhere = _elsewhere(n_elsewhere, level) if not where else _outside(n_elsewhere)
    return counts, _note(note, tell_no_works(hits), where, elsewhere)


def _sums(
    ln: Region, hits: pd.DataFrame, level: str, inside: frozenset[str] | None
) -> tuple[pd.DataFrame, str]:
    from regionkit.query.summaries import newest_values, sum_values

    units, names = _units(ln, level, inside)
    values = newest_values(ln.table("project_values"), ln.sources["issued_on"])
    sums = sum_values(hits, values, units, parts=ln.unit_parts)
    told = sums.attrs
    unit_ids = sums["unit_id"]
    sums["unit_id"] = unit_ids.map(names)
    sums["kind"] = sums["kind"].map(labels_of(ln, "projects", "kind"))
    sums["measure"] = sums["measure"].map(labels_of(ln, "project_values", "measure"))
    # Columns that hold nothing here would only crowd the table.
    empty = [
        name for name in ("year", "total", "listed") if sums[name].replace("", None).isna().all()
    ]
    sums = sums.drop(columns=empty).rename(columns=_sum_columns())
    sums = add_codes(sums, {say("Name"): unit_ids})
    n_stated = len(hits) - told["n_unstated"]
    if not n_stated:
        return sums, _note(
            msg(
                "None of these {n} projects has a stated value, and there is nothing to add up.",
                n=len(hits),
            )
        )
    return sums, _note(
        msg(
            "Of {n} projects {n_stated} have stated values and {n_unstated} have none.",
            n=len(hits),
            n_stated=n_stated,
            n_unstated=told["n_unstated"],
        ),
        msg(
            "Voltages and grades are not added up but listed; a project that touches several "
            "units counts in full in each of them."
        ),
        _only_inside(level, inside),
        _outside(told["n_elsewhere"])
        if inside is not None
        else _elsewhere(told["n_elsewhere"], level),
    )


def _sum_columns() -> dict[str, str]:
    return {
        "unit_id": say("Name"),
        "kind": say("Kind"),
        "measure": say("Measure"),
        "unit": say("Unit"),
        "year": say("Year"),
        "total": say("Total"),
        "listed": say("Value by value"),
        "n_projects": say("Projects"),
        "n_unstated": say("Not stated"),
    }


def _without(
    ln: Region, hits: pd.DataFrame, level: str, inside: frozenset[str] | None
) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    from regionkit.query.summaries import units_without

    units, names = _units(ln, level, inside)
    lacking = units_without(hits, units, parts=ln.unit_parts)
    n_wide = lacking.attrs["n_provincewide"]
    plain = names_of(ln).plain_units
    sure, unsure = say("certain"), say("its city has one, the county is not stated")
    table = pd.DataFrame(
        {
            # The city stands beside it.
            say("Name"): (plain if level == "county" else names).reindex(lacking.index),
            say("City"): lacking["city_adcode"].map(plain),
            say("Certainty"): [sure if known else unsure for known in lacking["is_certain"]],
        }
    )
    table = add_codes(table, {say("Name"): lacking.index})
    return table, _note(
        msg("Units with none of these {n} projects: {n_units}.", n=len(hits), n_units=len(lacking)),
        msg("Recorded for the province alone, and in no row: {n}.", n=n_wide) if n_wide else "",
        _only_inside(level, inside),
    )


def _overlaps(
    ln: Region, hits: pd.DataFrame, path: str, buffer_m: float
) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    from regionkit.cli.conditions import read_areas
    from regionkit.query.overlaps import CERTAINTY_WORDS, projects_overlapping

    areas = read_areas(path)
    name = next((c for c in ("name", "名称", "NAME", "Name") if c in areas.columns), None)
    found = projects_overlapping(hits, areas, buffer_m=buffer_m, name=name)
    words = {key: str(word) for key, word in CERTAINTY_WORDS.items()}
    basis = labels_of(ln, "projects", "location_basis")
    table = pd.DataFrame(
        {
            say("Project"): found["project_id"].map(hits["name"]),
            say("Area"): found["area"],
            say("Length inside (km)"): found["length_km"].round(2),
            say("Share of its length (%)"): (found["length_share"] * 100).round(1),
            say("Area inside (km²)"): found["area_km2"].round(3),
            say("Distance (m)"): found["distance_m"].round(0),
            say("Position known by"): found["location_basis"].map(basis),
            say("Certainty"): found["certainty"].map(words),
        }
    )
    table = table.loc[:, [not table[column].isna().all() for column in table.columns]]
    table = add_codes(table, {say("Id"): found["project_id"]})
    sure = found["certainty"] == "known site"
    unplaced = found.attrs["n_unplaced"]
    return table, _note(
        msg("Projects that touch: {n}; by a known site: {n_sure}.",
            n=found["project_id"].nunique(), n_sure=found.loc[sure, "project_id"].nunique()),
        msg("The border counts as touching; the buffer of {m:g} m as well.", m=buffer_m)
        if buffer_m
        else msg("The border counts as touching."),
        msg("Without a known position, and not to be told: {n}.", n=unplaced) if unplaced else "",
    )  # fmt: skip


def _pairs(
    ln: Region, hits: gpd.GeoDataFrame, km: float, *, with_approximate: bool
) -> tuple[pd.DataFrame, str]:
    import pandas as pd

    from regionkit.query.projects import placed_projects
    from regionkit.query.summaries import pairs_within

    near = pairs_within(hits, km=km, with_approximate=with_approximate)
    basis = hits["location_basis"].map(labels_of(ln, "projects", "location_basis"))
    table = pd.DataFrame(
        {
            say("Project"): near["project_id"].map(hits["name"]),
            say("Position known by"): near["project_id"].map(basis),
            say("Other project"): near["other_id"].map(hits["name"]),
            say("Its position known by"): near["other_id"].map(basis),
            say("Distance (km)"): near["distance_km"].round(1),
        }
    )
    paired = hits[hits.index.isin([*near["project_id"], *near["other_id"]])]
    n_unplaced = len(hits) - len(placed_projects(hits))
    notes: list[Words | str] = [
        msg("Pairs: {n}, of {n_projects} projects.", n=len(table), n_projects=len(paired)),
        tell_rough(paired),
    ]
    if near.attrs.get("n_approximate"):
        notes.append(
            msg(
                "Not listed are {n} pairs in which one is known by its city or county only, so "
                "that the distance means little; --with-approximate lists them as well.",
                n=near.attrs["n_approximate"],
            )
        )
    if n_unplaced:
        notes.append(msg("Without a known position, and left out: {n}.", n=n_unplaced))
    return table, _note(*notes)


def _note(*told: Words | str) -> str:
    """Return what a reader of a table has to know, in sentences."""
    return str(join(filter(None, told), "sentences"))
