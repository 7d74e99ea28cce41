"""The command that ranks, sums and compares what is reported of units."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import Answer, Outputs, answer_options, give
from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import cited_documents
from regionkit.cli.nouns import subject_of, tell_noun
from regionkit.cli.options import YEAR, level_choice, single, source_options
from regionkit.cli.show import add_codes
from regionkit.cli.spoken import argument, command, option
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.cli.map_options import MapLook
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["stats_command"]


@command(
    "stats",
    msg(
        """Rank the units by an indicator of the statistics; sum it, tell shares and changes.

INDICATOR is a name, an everyday word or an id: see regionkit map.

Examples:
  regionkit stats GDP --level 市 --top 5 --share-of 全省
  regionkit stats 人口 --zone 辽西 --sum --change 2010
  regionkit stats 人口 --level 县 --near 沈阳市 --km 60 -o 人口.xlsx"""
    ),
)
@argument("indicator", msg("INDICATOR"))
@single(
    "--level",
    type=level_choice("county", "city", "province"),
    help=msg("The finest that most units report where not given."),
)
@single("--year", type=YEAR, help=msg("The newest where not given."))
@single("--top", type=click.IntRange(min=1), help=msg("So many only; the rest is counted."))
@single("--zone", help=msg("Units in a zone, by id or name."))
@single("--place", help=msg("Units in a city, by name or adcode."))
@single("--near", help=msg("Units whose seat lies near a place; with --km."))
@single("--km", type=click.FloatRange(min=0), help=msg("Of --near, from seat to seat."))
@option("--sum", "total", is_flag=True, help=msg("Add up the units found, in a last row."))
@single("--share-of", help=msg("Share of the figure of a unit, such as 全省."))
@single("--change", type=YEAR, help=msg("Change since that year, and whether it can be told."))
@source_options
@answer_options("stats")
@region_options
def stats_command(
    indicator: str,
    level: str | None,
    year: int | None,
    top: int | None,
    zone: str | None,
    place: str | None,
    near: str | None,
    km: float | None,
    total: bool,  # noqa: FBT001
    share_of: str | None,
    change: int | None,
    source: tuple[str, ...],
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """Rank the units by an INDICATOR of the statistics."""
    if (near is None) != (km is None):
        raise click.UsageError(say("--near and --km go together."))
    from regionkit.analysis.ranking import describe_missing, find_statistic, rank_units

    ln = load_region(pack, boundaries, boundaries_datum)
    indicator_id = find_statistic(ln, indicator)
    tell_noun(ln, indicator, ln.find(indicator_id, ["indicator"]))
    found = rank_units(
        ln,
        indicator_id,
        level=level,
        year=year,
        top=top,
        zone=zone,
        place=place,
        near=near,
        km=km,
        share_of=share_of,
        change_from=change,
        source=[ln.resolve_source(word) for word in source] or None,
    )
    told: list[Words | str] = [
        msg("Units of this level asked for: {n}.", n=found.attrs["n_units"]),
        describe_missing(ln, found.attrs["missing"]),
        *found.attrs["told"],
        *_comparability(found),
        *_rates(found, total=total),
    ]
    name = found.attrs["indicator"]
    answer = Answer(
        _table(found, total=total),
        say("{name} ({year})", name=name, year=found.attrs["year"]),
        told,
        list(found["source_id"]),
        layer=lambda look: _layer(ln, found, look),
        subject=subject_of(ln, zone=zone, place=place),
    )
    give(ln, answer, out)


def _comparability(found: pd.DataFrame) -> list[Words]:
    """Return what is to be said of units whose area has changed."""
    n_changed = int((found["is_comparable"] == False).fillna(value=False).sum())  # noqa: E712
    n_doubtful = int(found["is_comparable"].isna().sum())
    told: list[Words] = []
    if n_changed:
        told.append(msg("Not comparable, for their area has changed since: {n}.", n=n_changed))
    if n_doubtful:
        told.append(msg("Changed in area at a time that is not known: {n}.", n=n_doubtful))
    return told


def _rates(found: pd.DataFrame, *, total: bool) -> list[Words]:
    import math

    if total and math.isnan(found.attrs["total"]):
        return [msg("A rate does not add up over units, so there is no sum.")]
    return []


def _table(found: pd.DataFrame, *, total: bool) -> pd.DataFrame:
    """Return the units in words, with a last row for the sum."""
    import pandas as pd

    words = {
        "rank": say("Rank"),
        "name": say("Name"),
        "value": say("Value"),
        "unit": say("Unit"),
        "year": say("Year"),
        "distance_km": say("Distance (km)"),
        "share_percent": say("Share (%)"),
        "value_before": say("Value before"),
        "change": say("Change"),
        "change_percent": say("Change (%)"),
        "is_comparable": say("Comparable"),
        "comparability": say("Change of area"),
        "note": say("Note"),
    }
    table = found[[column for column in words if column in found]].copy()
    for column in ("share_percent", "change_percent", "distance_km"):
        if column in table:
            table[column] = table[column].round(2)
    yes_no = {True: say("yes"), False: say("no")}
    table["is_comparable"] = [
        say("not known") if pd.isna(one) else yes_no[bool(one)] for one in table["is_comparable"]
    ]
    table["note"] = table["note"].fillna("")
    empty = [name for name in ("comparability", "note") if (table[name] == "").all()]
    codes = list(table.index)
    table = table.drop(columns=empty)
    if total and found.attrs["total"] == found.attrs["total"]:
        row = {"name": say("Sum of all found"), "value": found.attrs["total"],
               "unit": found["unit"].iloc[0], "year": found.attrs["year"]}  # fmt: skip
        if "whole" in found.attrs:
            row["share_percent"] = round(found.attrs["total"] / found.attrs["whole"] * 100, 2)
        table = pd.concat([table, pd.DataFrame([row])]).astype({"rank": "Int64"})
        codes.append("")
    table["year"] = table["year"].astype("Int64")
    table = table.rename(columns=words).reset_index(drop=True)
    return add_codes(table, {say("Name"): codes})


def _changed(ln: Region, found: pd.DataFrame, look: MapLook) -> str:
    """Return the names of the units mapped whose figure is of a former area."""
    from regionkit.maps.signs.citations import name_changed

    values = found["value"]
    codes = [code for code in found.attrs["not_comparable"] if code in values.index]
    values.attrs = {"not_comparable": codes, "year": found.attrs["year"]}
    return name_changed(ln, values, look.lang)


def _layer(ln: Region, found: pd.DataFrame, look: MapLook) -> AreaLayer:
    """Return the map's layer of the values found."""
    from regionkit.cli.drawing import drawn_units, value_layer
    from regionkit.cli.map_options import few_classes
    from regionkit.region.names import name_in

    name = name_in(ln.indicators.loc[found.attrs["indicator_id"]], look.lang)
    return value_layer(
        drawn_units(ln, found.attrs["level"], look.lang).join(found["value"]),
        "value",
        few_classes(found["value"]),
        look,
        title=say("{name} ({year})", lang=look.lang, name=name, year=found.attrs["year"]),
        unit=found["unit"].iloc[0],
        source=cited_documents(ln, found["source_id"], look.lang),
        note=_changed(ln, found, look),
    )
