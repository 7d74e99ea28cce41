"""Commands about plan packs: check, convert, coverage, new-pack."""

from __future__ import annotations

import sys

import click

from regionkit.cli.options import table_output
from regionkit.cli.show import check_table_output, show_table


@click.command("check")
@click.argument("pack", default="liaoning", metavar="[ID|DIR]")
@click.option(
    "--update",
    is_flag=True,
    help="Write a sound pack of an earlier regionkit in today's form.",
)
def check_command(pack: str, *, update: bool) -> None:
    """Check a plan pack and list every fault with file, row, column and mend.

    Exits with 1 where there are faults.
    """
    from regionkit.pack.check import check_pack

    faults = check_pack(pack)
    for fault in faults:
        click.echo(str(fault))
    click.echo(f"{len(faults)} faults." if faults else "No faults.")
    if faults:
        sys.exit(1)
    if update:
        from regionkit.pack.write import update_pack

        written = update_pack(pack)
        click.echo(f"Wrote {', '.join(written)}." if written else "It is in today's form already.")


@click.command("convert")
@click.argument("pack", metavar="ID|DIR")
@click.option(
    "--self-contained",
    is_flag=True,
    help="Write the schema of every table into datapackage.json, for tools that know no regionkit.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False),
    help="A new folder for the copy; the pack's own where none is given.",
)
def convert_command(pack: str, output: str | None, *, self_contained: bool) -> None:
    """Write a pack in another form."""
    from regionkit.pack.write import write_self_contained

    if not self_contained:
        raise click.UsageError("Say what to convert it to: --self-contained.")
    click.echo(f"{write_self_contained(pack, output)}")


@click.command("coverage")
@click.argument("pack", default="liaoning", metavar="[ID|DIR]")
@click.option(
    "--by",
    type=click.Choice(["part", "document", "link"]),
    default="part",
    show_default=True,
    help="A row for each chapter and box, for each document, or for each kind of link.",
)
@table_output
def coverage_command(pack: str, by: str, output: str | None) -> None:
    """Print how many facts of each table every chapter and box gave, and how many have a place."""
    from regionkit.pack.coverage import count_facts, count_links

    check_table_output(output)
    show_table(count_links(pack) if by == "link" else count_facts(pack, by=by), output)


@click.command("new-pack")
@click.argument("province")
@click.argument("folder", type=click.Path(file_okay=False))
def new_pack_command(province: str, folder: str) -> None:
    """Make an empty pack for a PROVINCE in FOLDER."""
    from regionkit.pack.new import new_pack

    click.echo(f"{new_pack(province, folder)}")
