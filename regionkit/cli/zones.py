"""The command on zones: which there are, which overlap, and which a place is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from regionkit.cli.answer import Answer, Outputs, answer_options, give
from regionkit.cli.command import load_region, region_options
from regionkit.cli.labels import cited_documents, cited_rows, labels_of, names_of
from regionkit.cli.nouns import find_unit
from regionkit.cli.options import level_choice, single
from regionkit.cli.show import add_codes
from regionkit.cli.spoken import command, option
from regionkit.words.message import msg, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.cli.map_options import MapLook
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["zones_command"]


@command(
    "zones",
    msg(
        """List the plan's own zones, the units that lie in two of them, or the zones of a place.

Examples:
  regionkit zones
  regionkit zones --overlap --map 重叠.png
  regionkit zones --of 阜新市 --kind all"""
    ),
)
@option("--overlap", is_flag=True, help=msg("Units that lie in two zones, by pair."))
@single("--of", "place", help=msg("Zones that a city or county is in, whole or in part."))
@single(
    "--kind",
    help=msg("Kind of zone: strategic (the plan's own) where not given; all for every grouping."),
)
@single(
    "--level",
    type=level_choice("city", "county"),
    help=msg("Of --of: which unit a name means that a city and a county share; city."),
)
@answer_options("zones")
@region_options
def zones_command(
    overlap: bool,  # noqa: FBT001
    place: str | None,
    kind: str | None,
    level: str | None,
    out: Outputs,
    pack: str,
    boundaries: str | None,
    boundaries_datum: str | None,
) -> None:
    """List zones, their overlaps, or the zones of a place."""
    if overlap and place is not None:
        raise click.UsageError(say("--overlap and --of cannot be combined. Give one of them."))
    if level is not None and place is None:
        raise click.UsageError(say("--level is said of --of. Give a city or county with --of."))
    ln = load_region(pack, boundaries, boundaries_datum)
    wanted = _kind(ln, kind, default=None if place is not None else "strategic")
    if overlap:
        answer = _overlaps(ln, wanted)
    elif place is not None:
        answer = _of_place(ln, place, level or "city", wanted)
    else:
        answer = _list(ln, wanted)
    give(ln, answer, out)


def _kind(ln: Region, kind: str | None, *, default: str | None) -> str | None:
    if kind is None:
        return default
    return None if kind in {"all", "全部"} else ln.resolve_word("zones", "kind", kind)


def _list(ln: Region, kind: str | None) -> Answer:
    zones = ln.zone_table
    zones = zones if kind is None else zones[zones["kind"] == kind]
    rows, names = ln.memberships, names_of(ln)
    members = rows.groupby("zone_id", sort=False)["adcode"].agg(list)
    listed = [names.list_units(members.get(zone, [])) for zone in zones.index]
    return Answer(
        add_codes(_zone_words(ln, zones, {say("Members"): listed}), {say("Zone"): zones.index}),
        say("Zones of {region}", region=ln.name),
        [msg("Zones: {n}.", n=len(zones))],
        list(zones["source_id"]),
        of="zones",
        layer=lambda look: _count_layer(ln, list(zones.index), look),
    )


def _overlaps(ln: Region, kind: str | None) -> Answer:
    from regionkit.analysis.zone_overlaps import zone_overlaps

    found = zone_overlaps(ln, kind=kind)
    names = names_of(ln)
    table = found.assign(
        zone=found["zone_id"].map(names.short_zones),
        other=found["other_id"].map(names.short_zones),
        name=[names.unit(code) for code in found["adcode"]],
    )
    columns = {"zone": say("Zone"), "other": say("Other zone"), "name": say("Name")}
    shown = table[list(columns)].rename(columns=columns)
    rows = ln.memberships
    ids = {*found["zone_id"], *found["other_id"]}
    told: list[Words] = [
        msg(
            "Units in two zones: {n} different ones, in {n_pairs} pairs of zones. A city stands "
            "for its counties where it is in both as a whole.",
            n=found["adcode"].nunique(),
            n_pairs=len(found[["zone_id", "other_id"]].drop_duplicates()),
        )
    ]
    return Answer(
        add_codes(
            shown,
            {
                say("Zone"): found["zone_id"],
                say("Other zone"): found["other_id"],
                say("Name"): found["adcode"],
            },
        ),
        say("Units in two zones"),
        told,
        list(rows.loc[rows["zone_id"].isin(ids), "source_id"]),
        none=msg("No unit is in two of these zones."),
        of="zones",
        layer=lambda look: _count_layer(ln, sorted(ids), look),
    )


def _of_place(ln: Region, place: str, level: str, kind: str | None) -> Answer:
    from regionkit.analysis.zone_overlaps import list_zones_of

    noun = find_unit(ln, place, level)
    found = list_zones_of(ln, noun.id)
    if kind is not None:
        found = found[found["kind"] == kind]
    names = names_of(ln)
    whole, part = say("as a whole"), say("in part")
    of_each = {
        say("Whole or in part"): [whole if one else part for one in found["is_whole"]],
        say("Through"): list(found["through"]),
    }
    table = _zone_words(ln, found, of_each)
    told: list[Words] = [
        msg("Zones: {n}.", n=len(found)),
        msg("In part means that some of its counties are members, and others are not."),
    ]
    own = found.index[found["kind"] == "strategic"]
    return Answer(
        add_codes(table, {say("Zone"): found.index}),
        say("Zones of {region}", region=names.unit(noun.id)),
        told,
        list(found["source_id"]),
        none=msg("No document says that it is in a zone."),
        of="zones",
        layer=(lambda look: _count_layer(ln, list(own), look)) if len(own) else None,
        subject=noun.id,
    )


def _zone_words(ln: Region, zones: pd.DataFrame, of_each: dict[str, list[str]]) -> pd.DataFrame:
    """Return zones in words, with what else is told of each before its source."""
    table = zones[[]].assign(
        **{
            say("Zone"): names_of(ln).zones.reindex(zones.index),
            say("Category"): zones["kind"].map(labels_of(ln, "zones", "kind")),
            **of_each,
            say("Source"): cited_rows(ln, zones),
        }
    )
    return table.reset_index(drop=True)


def _count_layer(ln: Region, zone_ids: list[str], look: MapLook) -> AreaLayer:
    """Return the counties by how many of some zones they are in."""
    from regionkit.maps.signs.layers import category_layer

    rows, parts = ln.memberships, ln.unit_parts
    inside = [
        {code for m in rows.loc[rows["zone_id"] == zone, "adcode"] for code in parts[m]}
        for zone in zone_ids
    ]
    frame = ln.counties.set_geometry(ln.simplified("county"))
    counts = [sum(code in mine for mine in inside) for code in frame.index]
    words = {n: say("in {n} zones", lang=look.lang, n=n) for n in range(1, max(counts) + 1)}
    frame["zones"] = [words.get(n) for n in counts]
    shades = ("#d6e4ee", "#6f9fc0", "#2b5f86", "#173b57", "#0b2033")
    colours = {
        word: shades[min(n, len(shades)) - 1]
        for n, word in words.items()
        if (frame["zones"] == word).any()
    }
    return category_layer(
        frame,
        "zones",
        colours=colours,
        title=say("How many zones a county is in", lang=look.lang),
        source=cited_documents(
            ln, rows.loc[rows["zone_id"].isin(zone_ids), "source_id"], look.lang
        ),
    )
