"""The command group: options that every command shares, and errors as one clear message."""

from __future__ import annotations

import atexit
import gc
import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regionkit import __version__
from regionkit.cli import terminal
from regionkit.cli.spoken import SpokenGroup, SpokenOption, option
from regionkit.errors import RegionkitError
from regionkit.pack.model import DEFAULT_PACK
from regionkit.words.message import join, msg
from regionkit.words.voice import LANGUAGES, speaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.region import Region

__all__ = ["load_region", "main", "region_options", "regionkit"]

# Where what only the region asks for is kept between its options and its loading.
_REGION = "regionkit.region"


def _set_plain(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    del param
    if value:
        ctx.meta[terminal.PLAIN] = True


def _shared_options() -> list[click.Option]:
    """Return the options that stand before a command or behind it."""
    return [
        SpokenOption(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            # Taken from the arguments before they are read, so that their faults are told in it.
            expose_value=False,
            help=msg("Language of messages and tables; that of your system where not given."),
        ),
        SpokenOption(
            ["--plain"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_set_plain,
            help=msg("Print tables for a program: cells parted by tabs, numbers as they are."),
        ),
    ]


class _Group(SpokenGroup):
    """A group whose commands are imported when they are called, so that each starts quickly."""

    homes = {  # noqa: RUF012
        "atlas": "drawing",
        "brief": "drawing",
        "map": "drawing",
        "check": "packs",
        "convert": "packs",
        "coverage": "packs",
        "new-pack": "packs",
        "compare": "judgement",
        "profile": "profile",
        "progress": "judgement",
        "query": "query",
        "targets": "questions",
        "history": "questions",
        "sources": "questions",
        "export": "files",
        "join": "files",
        "locate": "files",
        "points": "points",
        "stats": "statistics",
        "tasks": "documents",
        "mentions": "documents",
        "industries": "documents",
        "zones": "zones",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        del ctx
        return list(self.homes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by name, with the options that all share."""
        del ctx
        from importlib import import_module

        if cmd_name not in self.homes:
            return None
        module = import_module(f"regionkit.cli.{self.homes[cmd_name]}")
        found: click.Command = getattr(module, cmd_name.replace("-", "_") + "_command")
        has = {name for parameter in found.params for name in parameter.opts}
        found.params += [shared for shared in _shared_options() if not has & set(shared.opts)]
        return found


_HELP = msg(
    """Regional planning analysis: zones, profiles, projects and targets on the map.

Examples:
  regionkit atlas                             write the whole atlas to maps/
  regionkit query --zone 辽西 --domain 能源   projects of a zone
  regionkit profile 喀左                      what the plan says of a place
  regionkit COMMAND --help                    options of a command"""
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__,
    prog_name="regionkit",
    message="%(prog)s %(version)s",
    cls=SpokenOption,
    help=msg("Show the version and exit."),
)
def regionkit() -> None:
    """Carry the commands."""


regionkit.help = _HELP
regionkit.params += _shared_options()


def region_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which region and boundaries are meant."""
    for added in (
        # The last added stands first in the help.
        option(
            "--routes-datum",
            default=None,
            metavar=msg("DATUM"),
            expose_value=False,
            callback=_keep,
            help=msg("What these lines are in: WGS-84, CGCS2000, GCJ-02 or BD-09."),
        ),
        option(
            "--routes",
            type=click.Path(),
            default=None,
            expose_value=False,
            callback=_keep,
            help=msg(
                "Your own alignments (lines with the project's id or name in a column) in place "
                "of the schematic routes."
            ),
        ),
        option(
            "--boundaries-datum",
            default=None,
            metavar=msg("DATUM"),
            help=msg("What that layer is in: WGS-84, CGCS2000, GCJ-02 or BD-09."),
        ),
        option(
            "--boundaries",
            type=click.Path(),
            default=None,
            help=msg(
                "Your own county layer (GeoPackage, Shapefile, GeoJSON, GeoParquet); FILE#LAYER "
                "names one of several."
            ),
        ),
        option(
            "--pack",
            default=DEFAULT_PACK,
            show_default=True,
            metavar=msg("ID|DIR|NAME"),
            help=msg("Embedded pack, a pack's folder, or a province: 吉林."),
        ),
    ):
        function = added(function)
    return function


def _keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    """Keep an option that only the region asks for, so that no command has to hand it on."""
    ctx.meta[f"{_REGION}.{param.name}"] = value


def load_region(pack: str, boundaries: str | None, boundaries_datum: str | None) -> Region:
    """Return the region the options name."""
    import pandas as pd

    from regionkit.region.load import load

    context = click.get_current_context()
    # A question looks at cells one by one, which Arrow's arrays make anew each time.
    context.with_resource(pd.option_context("mode.string_storage", "python"))
    kept = context.meta
    return load(
        pack,
        boundaries=boundaries,
        boundaries_datum=boundaries_datum,
        routes=kept.get(f"{_REGION}.routes"),
        routes_datum=kept.get(f"{_REGION}.routes_datum"),
    )


def main(arguments: list[str] | None = None) -> None:
    """Run the command; a known error is printed without a traceback and exits with 2."""
    given = sys.argv[1:] if arguments is None else arguments
    if arguments is None:
        # What a question reads is needed to its end: a tenth of its time goes into looking for
        # what is not, and once more when Python ends.
        gc.set_threshold(200_000, 5, 20)
        atexit.register(gc.freeze)
        _read_as_utf8(given)
    terminal.make_safe()
    with speaking(_language_for(given), door="command"), warnings.catch_warnings():
        warnings.showwarning = _show_warning
        _run(given)


def _read_as_utf8(arguments: list[str]) -> None:
    """Begin again in Python's UTF-8 mode where the locale cannot read the arguments.

    What Python cannot read stands as halves of characters. Names of files have to be found again
    in the same way, so that it does not do to decode the arguments alone.
    """
    is_broken = any("\udc80" <= char <= "\udcff" for one in arguments for char in one)
    if not is_broken or sys.flags.utf8_mode or os.environ.get("PYTHONUTF8") == "1":
        return
    shown = f"{sys.stdout.encoding}:backslashreplace"
    environment = {"PYTHONIOENCODING": shown, **os.environ, "PYTHONUTF8": "1"}
    os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)  # noqa: S606


def _language_for(arguments: list[str]) -> str | None:
    """Return the language the arguments ask for, None for that of the system."""
    own = arguments[: arguments.index("--")] if "--" in arguments else arguments
    asked = [
        own[n + 1] if word == "--lang" else word.removeprefix("--lang=")
        for n, word in enumerate(own)
        if word.startswith("--lang=") or (word == "--lang" and n + 1 < len(own))
    ]
    if asked and asked[-1] in LANGUAGES:
        return asked[-1]
    is_set = bool(os.environ.get("REGIONKIT_LANG"))
    return None if is_set or terminal.can_show_chinese() else "en"


def _run(arguments: list[str]) -> None:
    try:
        regionkit.main(args=arguments, prog_name="regionkit", standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.UsageError as error:
        _show_usage(error)
        sys.exit(2)
    except click.ClickException as error:
        terminal.tell(f"regionkit: {error.format_message()}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        terminal.tell(msg("Stopped."), err=True)
        sys.exit(130)
    except RegionkitError as error:
        terminal.tell(f"regionkit: {error}", err=True)
        sys.exit(2)
    except (MemoryError, RecursionError) as error:
        told = msg(
            "What is asked for takes more memory than there is ({error}).",
            error=type(error).__name__,
        )
        mend = msg("Ask for less at once, or give a smaller file.")
        terminal.tell(f"regionkit: {join([told, mend], 'sentences')}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of a pipe (head, less) has gone; that is no fault.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        _show_refusal(error)
        sys.exit(2)


def _show_refusal(error: OSError) -> None:
    """Print why the system refuses a file, a folder or the output itself."""
    why = str(error.strerror or error)
    name = error.filename
    if name is None:
        told = msg("The output cannot be written ({error}).", error=why)
        mend = msg("Check the free space.")
    else:
        told = msg("{path} cannot be used ({error}).", path=os.fsdecode(name), error=why)
        mend = msg("Check the path, its length, and the rights to it.")
    terminal.tell(f"regionkit: {join([told, mend], 'sentences')}", err=True)
    # What waits to be printed would be refused once more when Python ends.
    try:
        sys.stdout.flush()
    except OSError:
        with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _show_warning(message: Warning | str, *_where: Any, **_more: Any) -> None:
    """Print a warning as errors are, without the line of code that gave it."""
    note = msg("note: {text}", text=str(message))
    terminal.tell(f"regionkit: {note}", err=True)


def _show_usage(error: click.UsageError) -> None:
    """Print an error of the options as the other errors are, and where the options are told."""
    context = error.ctx
    if context is not None and error.format_message() == context.get_help():
        # The command alone, without arguments, is a question for help.
        terminal.tell(error.format_message())
        return
    command = context.command_path if context is not None else "regionkit"
    hint = msg("See {command} --help.", command=command)
    told: object = error.format_message()
    if isinstance(error, click.MissingParameter) and error.param and context:
        # What click says ends with its own full stop.
        told = msg("Missing: {name}.", name=error.param.get_error_hint(context))
    terminal.tell(f"regionkit: {told}\n{hint}", err=True)
