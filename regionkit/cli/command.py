"""The command group: options that every command shares, and errors as one clear message."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from regionkit import __version__
from regionkit.errors import RegionkitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.region import Region

__all__ = ["load_region", "main", "region_options", "regionkit"]


class _Group(click.Group):
    """A group whose commands are imported when they are called, so that each starts quickly."""

    homes = {  # noqa: RUF012
        "atlas": "drawing",
        "brief": "drawing",
        "map": "drawing",
        "check": "packs",
        "convert": "packs",
        "coverage": "packs",
        "new-pack": "packs",
        "profile": "profile",
        "query": "query",
        "targets": "questions",
        "history": "questions",
        "sources": "questions",
        "export": "files",
        "join": "files",
        "locate": "files",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name."""
        del ctx
        from importlib import import_module

        if cmd_name not in self.homes:
            return None
        module = import_module(f"regionkit.cli.{self.homes[cmd_name]}")
        return getattr(module, cmd_name.replace("-", "_") + "_command")  # type: ignore[no-any-return]


# \b keeps click from joining the lines.
_HELP = """Regional planning analysis: zones, profiles, projects and targets on the map.

\b
Examples:
  regionkit atlas                             write the whole atlas to maps/
  regionkit query --zone 辽西 --domain 能源   projects of a zone
  regionkit profile 喀左                      what the plan says of a place
  regionkit COMMAND --help                    options of a command
"""


@click.group(cls=_Group, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="regionkit")
def regionkit() -> None:
    """Carry the commands."""


def region_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which region and boundaries are meant."""
    for option in (
        # The last added stands first in the help.
        click.option(
            "--boundaries-datum",
            default=None,
            metavar="DATUM",
            help="What that layer is in: WGS-84, CGCS2000, GCJ-02 or BD-09.",
        ),
        click.option(
            "--boundaries",
            type=click.Path(),
            default=None,
            help="Your own county layer (GeoPackage, Shapefile, GeoJSON, GeoParquet).",
        ),
        click.option(
            "--pack",
            default="liaoning",
            show_default=True,
            metavar="ID|DIR",
            help="Embedded pack or a pack's folder.",
        ),
    ):
        function = option(function)
    return function


def load_region(pack: str, boundaries: str | None, boundaries_datum: str | None) -> Region:
    """Return the region the options name."""
    from regionkit.region import load

    return load(pack, boundaries=boundaries, boundaries_datum=boundaries_datum)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; a known error is printed without a traceback and exits with 2."""
    try:
        regionkit.main(args=arguments, prog_name="regionkit", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.UsageError as error:
        _show_usage(error)
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"regionkit: {error.format_message()}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except RegionkitError as error:
        from regionkit.cli.wording import for_command

        click.echo(f"regionkit: {for_command(str(error))}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; that is no fault.
        sys.stderr.close()
        sys.exit(0)


def _show_usage(error: click.UsageError) -> None:
    """Print an error of the options as the other errors are, and where the options are told."""
    context = error.ctx
    if context is not None and error.format_message() == context.get_help():
        # The command alone, without arguments, is a question for help.
        click.echo(error.format_message())
        return
    command = context.command_path if context is not None else "regionkit"
    click.echo(f"regionkit: {error.format_message()}\nSee {command} --help.", err=True)
