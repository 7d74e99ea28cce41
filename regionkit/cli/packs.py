"""Commands about plan packs: check, convert, coverage, new-pack."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from regionkit.cli.options import table_output
from regionkit.cli.show import check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.pack.model import DEFAULT_PACK
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.region import Region


@command(
    "check",
    msg(
        """Check a plan pack and list every fault with file, row, column and mend.

Exits with 1 where there are faults.

Examples:
  regionkit check
  regionkit check my-pack
  regionkit check my-pack --tidy"""
    ),
)
@argument("pack", msg("ID|DIR|XLSX"), default=DEFAULT_PACK)
@option(
    "--update",
    is_flag=True,
    help=msg("Write a sound pack of an earlier regionkit in today's form."),
)
@option(
    "--tidy",
    is_flag=True,
    help=msg(
        "Write a sound pack as it was read: rows sorted, words as values, ids that were blank "
        "filled in, in UTF-8."
    ),
)
def check_command(pack: str, *, update: bool, tidy: bool) -> None:
    """Check a plan pack."""
    from regionkit.errors import PackError
    from regionkit.pack.check import check_pack, tell_unread

    try:
        faults = check_pack(pack)
    except PackError:
        bare = None if update or tidy else _bare_region(pack)
        if bare is None:
            raise
        _tell_bare(bare)
        sys.exit(2)
    for fault in faults:
        tell(fault)
    tell(msg("Faults: {n}.", n=len(faults)) if faults else msg("No faults."))
    if not tidy:
        for told in tell_unread(pack):
            tell(told)
    if faults:
        sys.exit(1)
    if update:
        from regionkit.pack.write import update_pack

        written = update_pack(pack)
        tell(
            msg("Wrote {files}.", files=written)
            if written
            else msg("It is in today's form already.")
        )
    if tidy:
        from regionkit.pack.write import tidy_pack

        written = tidy_pack(pack)
        tell(msg("Wrote {files}.", files=written) if written else msg("It is tidy already."))


def _bare_region(word: str) -> Region | None:
    """Return the region that a word names in place of a pack: a province, city or the country."""
    from regionkit.errors import RegionkitError
    from regionkit.region.load import load

    try:
        region = load(word)
    except RegionkitError:
        return None
    return region if region.pack.folder is None else None


def _tell_bare(region: Region) -> None:
    """Say what is known of a region without a pack: its units, their outlines, and how to go on."""
    import shapely

    from regionkit.region.lacking import tell_no_pack

    areas = region.counties.geometry.to_numpy()
    if shapely.coverage_is_valid(areas):
        told = msg("Their outlines neither overlap nor leave gaps.")
    else:
        n = int((~shapely.is_empty(shapely.coverage_invalid_edges(areas))).sum())
        told = msg("Outlines of {n} overlap or leave gaps.", n=n)
    units = msg(
        "{region}: cities: {cities}, county-level units: {counties}.",
        region=region.name,
        cities=len(region.cities),
        counties=len(region.counties),
    )
    tell(join([units, told, tell_no_pack(region)], "sentences"), err=True)


@command(
    "convert",
    msg(
        """Write a pack in another form: as a workbook, or as a folder of tables.

Examples:
  regionkit convert my-pack my-pack.xlsx
  regionkit convert my-pack.xlsx my-pack
  regionkit convert my-pack --self-contained"""
    ),
)
@argument("pack", msg("ID|DIR|XLSX"))
@argument("target", msg("DIR|XLSX"), required=False)
@option(
    "--self-contained",
    is_flag=True,
    help=msg(
        "Write the schema of every table into datapackage.json, for tools that know no regionkit."
    ),
)
@option(
    "-o",
    "--output",
    type=click.Path(file_okay=False),
    help=msg("With --self-contained: a new folder for the copy; else the pack's own."),
)
def convert_command(
    pack: str, target: str | None, output: str | None, *, self_contained: bool
) -> None:
    """Write a pack in another form."""
    from regionkit.pack.write import convert_pack, write_self_contained

    if self_contained == bool(target) or (output and target):
        raise click.UsageError(
            say("Say what to convert it to: a workbook or folder to write, or --self-contained.")
        )
    tell(convert_pack(pack, target) if target else write_self_contained(pack, output))


@command(
    "coverage",
    msg(
        """Tell how many facts each chapter and box gave, and how many have a place.

Examples:
  regionkit coverage
  regionkit coverage --by document
  regionkit coverage my-pack --by recall -o coverage.xlsx"""
    ),
)
@argument("pack", msg("ID|DIR|XLSX"), default=DEFAULT_PACK)
@option(
    "--by",
    type=click.Choice(["part", "document", "link", "recall"]),
    default="part",
    show_default=True,
    help=msg(
        "A row for each chapter and box, for each document, or for each kind of link; recall also "
        "tells what of each chapter and box was left out, and why."
    ),
)
@table_output
def coverage_command(pack: str, by: str, output: str | None) -> None:
    """Print how many facts of each table every chapter and box gave, and how many have a place."""
    from regionkit.pack.coverage import count_facts, count_links, count_recall, list_named_zones

    check_table_output(output)
    if by == "link":
        counts = count_links(pack)
    else:
        counts = count_recall(pack) if by == "recall" else count_facts(pack, by=by)
    show_table(counts, output)
    named = list_named_zones(pack) if by == "link" else []
    if named:
        tell(msg("Zones of which only the name is known: {names}.", names=join(named)), err=True)


@command(
    "new-pack",
    msg(
        """Make an empty pack for a region: a folder of tables, or one workbook to type in.

Examples:
  regionkit new-pack 吉林 my-pack
  regionkit new-pack jilin --xlsx 吉林.xlsx
  regionkit new-pack 东北地区 my-pack --units 辽宁,吉林,黑龙江,赤峰市"""
    ),
)
@argument("province", msg("PROVINCE"))
@argument("folder", msg("DIR|XLSX"), required=False)
@option("--xlsx", type=click.Path(dir_okay=False), help=msg("The workbook to write."))
@option(
    "--units",
    default="",
    help=msg("Provinces, cities or counties that a region of several is made of."),
)
def new_pack_command(province: str, folder: str | None, xlsx: str | None, units: str) -> None:
    """Make an empty pack for a PROVINCE."""
    from regionkit.pack.new import new_pack
    from regionkit.pack.workbook import is_workbook
    from regionkit.places.provinces import split_words

    if bool(folder) == bool(xlsx) or (xlsx and not is_workbook(xlsx)):
        raise click.UsageError(say("Name one folder to write, or one file that ends in .xlsx."))
    listed = split_words(units) if units else []
    tell(new_pack(province, folder or xlsx or "", units=listed))
