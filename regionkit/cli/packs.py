"""Commands about plan packs: check, convert, coverage, new-pack."""

from __future__ import annotations

import sys

import click

from regionkit.cli.options import table_output
from regionkit.cli.show import check_table_output, show_table
from regionkit.cli.spoken import argument, command, option
from regionkit.cli.terminal import tell
from regionkit.words.message import msg, say


@command(
    "check",
    msg(
        """Check a plan pack and list every fault with file, row, column and mend.

Exits with 1 where there are faults."""
    ),
)
@argument("pack", msg("ID|DIR"), default="liaoning")
@option(
    "--update",
    is_flag=True,
    help=msg("Write a sound pack of an earlier regionkit in today's form."),
)
def check_command(pack: str, *, update: bool) -> None:
    """Check a plan pack."""
    from regionkit.pack.check import check_pack

    faults = check_pack(pack)
    for fault in faults:
        tell(fault)
    tell(msg("Faults: {n}.", n=len(faults)) if faults else msg("No faults."))
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


@command("convert", msg("Write a pack in another form."))
@argument("pack", msg("ID|DIR"))
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
    help=msg("A new folder for the copy; the pack's own where none is given."),
)
def convert_command(pack: str, output: str | None, *, self_contained: bool) -> None:
    """Write a pack in another form."""
    from regionkit.pack.write import write_self_contained

    if not self_contained:
        raise click.UsageError(say("Say what to convert it to: --self-contained."))
    tell(write_self_contained(pack, output))


@command(
    "coverage",
    msg("Tell how many facts each chapter and box gave, and how many have a place."),
)
@argument("pack", msg("ID|DIR"), default="liaoning")
@option(
    "--by",
    type=click.Choice(["part", "document", "link"]),
    default="part",
    show_default=True,
    help=msg("A row for each chapter and box, for each document, or for each kind of link."),
)
@table_output
def coverage_command(pack: str, by: str, output: str | None) -> None:
    """Print how many facts of each table every chapter and box gave, and how many have a place."""
    from regionkit.pack.coverage import count_facts, count_links

    check_table_output(output)
    show_table(count_links(pack) if by == "link" else count_facts(pack, by=by), output)


@command(
    "new-pack",
    msg(
        """Make an empty pack for a province in a folder.

Example:
  regionkit new-pack 吉林 my-pack"""
    ),
)
@argument("province", msg("PROVINCE"))
@argument("folder", msg("FOLDER"), type=click.Path(file_okay=False))
def new_pack_command(province: str, folder: str) -> None:
    """Make an empty pack for a PROVINCE in FOLDER."""
    from regionkit.pack.new import new_pack

    tell(new_pack(province, folder))
