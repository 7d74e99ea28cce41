"""Commands, options and arguments whose help is a message, and click's own words in Chinese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click import core, decorators, exceptions, formatting, parser, types

from regionkit.cli.terminal import encodable
from regionkit.cli.text_layout import cell_width, pad, wrap_cells
from regionkit.words.catalogue import translate
from regionkit.words.message import Words, join, msg, say
from regionkit.words.voice import current_door, current_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["SpokenCommand", "SpokenGroup", "SpokenOption", "argument", "command", "option"]


class _Formatter(click.HelpFormatter):
    """Lays help out by the columns that a terminal gives to Chinese characters: two each."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(prog, args, prefix if prefix is not None else say("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        told = say("{heading}:", heading=heading)
        self.write(f"{'':>{self.current_indent}}{told}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs; one with indented lines, such as examples, keeps its lines."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            if number:
                self.write("\n")
            if "\n " in paragraph:
                lines = paragraph.split("\n")
            else:
                joined = " ".join(line.strip() for line in paragraph.split("\n"))
                lines = wrap_cells(joined, self.width - self.current_indent)
            for line in lines:
                self.write(f"{indent}{line}\n" if line else "\n")

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write terms and what they mean beside them."""
        rows = list(rows)
        first = min(max((cell_width(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap_cells(meaning, max(self.width - first - self.current_indent, 10))
            if cell_width(term) > first - col_spacing:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{pad(term, first)}{lines.pop(0)}".rstrip() + "\n")
            for line in filter(None, lines):
                self.write(f"{indent}{'':>{first}}{line}\n")


class _Context(click.Context):
    formatter_class = _Formatter


class _Helped:
    """A help text that is put into words when it is read."""

    _help: Words | str | None = None

    @property
    def help(self) -> str | None:
        """The help in the language of the moment."""
        return None if self._help is None else str(self._help)

    @help.setter  # noqa: A003
    def help(self, value: Words | str | None) -> None:
        self._help = value


def _kind_of_value(parameter: click.Parameter) -> str:
    """Return what an option takes, "" where click names it well."""
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return ""
    if isinstance(kind, click.Path):
        return say("PATH") if kind.file_okay else say("FOLDER")
    for of, word in (
        ((types.IntParamType, click.IntRange), msg("INTEGER")),
        ((types.FloatParamType, click.FloatRange), msg("NUMBER")),
        ((types.StringParamType,), msg("TEXT")),
    ):
        if isinstance(kind, of):
            return str(word)
    return ""


class SpokenOption(_Helped, click.Option):
    """An option whose help, and what it takes, are messages.

    Parameters
    ----------
    *names, **settings
        As of ``click.Option``.
    help : Message, optional
    metavar : Message or str, optional
        What it takes.
    """

    def __init__(
        self,
        *names: Any,
        help: Words | None = None,  # noqa: A002 - click's word
        metavar: Words | str | None = None,
        **settings: Any,
    ) -> None:
        super().__init__(*names, **settings)
        self.help = help  # type: ignore[assignment, unused-ignore]
        self._takes = metavar

    def make_metavar(self, ctx: click.Context) -> str:
        """Return what the option takes, in words."""
        return str(self._takes or _kind_of_value(self) or super().make_metavar(ctx))

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help, with what click adds in brackets parted as we part."""
        record = super().get_help_record(ctx)
        if record is None:
            return None
        names, told = record
        text, bracket, extra = f"  {told}".rpartition("  [")
        if bracket and extra.endswith("]"):
            told = f"{text}{bracket}{join(extra.split('; '), 'clauses')}".removeprefix("  ")
        return names, told


class _SpokenArgument(click.Argument):
    """An argument that is named in the language of the moment."""

    def __init__(self, *names: Any, metavar: Words, **settings: Any) -> None:
        super().__init__(*names, **settings)
        self._takes = metavar

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the argument's name, in brackets where it may be left out."""
        del ctx
        return str(self._takes) if self.required else f"[{self._takes}]"


class SpokenCommand(_Helped, click.Command):
    """A command whose help is a message; its first paragraph stands in the list of commands."""

    context_class = _Context

    def get_help(self, ctx: click.Context) -> str:
        """Return the help as the terminal can show it."""
        return encodable(super().get_help(ctx))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first paragraph of the help, without its full stop."""
        del limit
        first = (self.help or "").partition("\n\n")[0].replace("\n", " ")
        return first.rstrip(".。")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        pieces = super().collect_usage_pieces(ctx)
        return [say("[OPTIONS]") if piece == "[OPTIONS]" else piece for piece in pieces]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help."""
        shown = super().get_help_option(ctx)
        if shown is not None:
            shown.help = say("Show this help and exit.")
        return shown


class SpokenGroup(SpokenCommand, click.Group):
    """A group of commands whose help is a message."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        standing = self.subcommand_metavar
        pieces = super().collect_usage_pieces(ctx)
        return [say("COMMAND ...") if piece == standing else piece for piece in pieces]


def command(name: str, told: Words) -> Callable[[Callable[..., Any]], click.Command]:
    """Return the decorator of a command with its help."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made = click.command(name, cls=SpokenCommand)(function)
        made.help = told
        return made

    return decorate


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator of an option whose ``help`` is a message."""
    return click.option(*names, **{"cls": SpokenOption, **settings})


def argument(name: str, metavar: Words, **settings: Any) -> Callable[[Any], Any]:
    """Return the decorator of an argument that is called by a message."""
    return click.argument(name, cls=_SpokenArgument, metavar=metavar, **settings)


# The texts of click that reach a user of ours, so that the catalogue has them.
_CLICK = (
    msg("Options"),
    msg("Commands"),
    msg("Missing command."),
    msg("No such option {name!r}."),
    msg("No such command {name!r}."),
    msg("(Did you mean one of: {possibilities}?)"),
    msg("Invalid value: {message}"),
    msg("Invalid value for {param_hint}: {message}"),
    msg("Could not open file {filename!r}: {message}"),
    msg("unknown error"),
    msg("default: {default}"),
    msg("required"),
    msg("(dynamic)"),
    msg("Got unexpected extra arguments ({args})"),
    msg("Option {name!r} does not take a value."),
    msg("Option {name!r} requires {nargs} arguments."),
    msg("Argument {name!r} takes {nargs} values."),
    msg("{value!r} is not one of {choices}."),
    msg("{value!r} is not a valid {number_type}."),
    msg("{value} is not in the range {range}."),
    msg("Choose from:\n\t{choices}"),
    msg("{name} {filename!r} does not exist."),
    msg("{name} {filename!r} is a file."),
    msg("{name} {filename!r} is a directory."),
    msg("{name} {filename!r} is not readable."),
    msg("{name} {filename!r} is not writable."),
    msg("file"),
    msg("directory"),
    msg("path"),
)


def _gettext(text: str) -> str:
    """Return a text of click in our language, where our command is what runs."""
    return translate(text, current_language()) if current_door() == "command" else text


def _ngettext(one: str, many: str, number: int) -> str:
    # Chinese has one form, which the catalogue knows by the plural.
    translated = _gettext(many)
    return translated if translated != many or number != 1 else one


def _speak_for_click() -> None:
    """Have click look its texts up in our catalogue: it knows no other way than its own names."""
    for module in (core, decorators, exceptions, formatting, parser, types):
        for name, ours in (("_", _gettext), ("ngettext", _ngettext)):
            if hasattr(module, name):
                setattr(module, name, ours)


_speak_for_click()
