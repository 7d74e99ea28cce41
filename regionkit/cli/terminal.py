"""The one way to the terminal: nothing raw, nothing that its encoding lacks, nothing too wide."""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING

import click

from regionkit.cli.text_layout import lay_out_table, plain_table
from regionkit.words.secrets import hide_secrets

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CODES",
    "PLAIN",
    "can_show_chinese",
    "encodable",
    "has_codes",
    "is_plain",
    "make_safe",
    "print_table",
    "printable",
    "tell",
]

# Where a command's context keeps whether tables are for a program.
PLAIN = "regionkit.plain"
# And whether tables have the codes of what they name.
CODES = "regionkit.codes"
# Text that runs the other way could show a figure it does not hold.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def printable(text: str) -> str:
    r"""Return a text whose control characters are told and not sent to the terminal.

    Line breaks stay. A pack or a table may hold escape sequences that clear the screen, set its
    title or answer for the user.

    Examples
    --------
    >>> printable("\x1b[2J锦州港")
    '\\x1b[2J锦州港'
    """
    if text.isprintable():
        return text
    return "".join(_shown(char) for char in text.replace("\r\n", "\n"))


def _shown(char: str) -> str:
    if char == "\n":
        return char
    if char == "\t":
        return " "
    return repr(char)[1:-1] if unicodedata.category(char) in _INVISIBLE else char


def tell(text: object, *, err: bool = False) -> None:
    """Print words on standard output, or on standard error."""
    said = printable(str(text))
    if err:
        # A message may repeat an address as it was typed, password and all.
        said = hide_secrets(said)
    click.echo(encodable(said, sys.stderr if err else sys.stdout), err=err)


def print_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, is_number: Sequence[bool]
) -> None:
    """Print a table: fitted to a window, in full to a pipe, parted by tabs where asked."""
    headers = [_cell(header) for header in headers]
    rows = [[_cell(cell) for cell in row] for row in rows]
    if is_plain():
        click.echo(plain_table(headers, rows))
        return
    is_window = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if is_window else None
    head, *lines = lay_out_table(headers, rows, is_number=is_number, width=width)
    click.echo(click.style(head, bold=True) if is_window and _has_colour() else head)
    for line in lines:
        click.echo(line)


def is_plain() -> bool:
    """Return whether the command was asked for tables that a program reads."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(PLAIN))


def has_codes() -> bool:
    """Return whether the command was asked for codes beside the words of a table."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(CODES))


def _cell(text: str) -> str:
    return encodable(" ".join(printable(text).split("\n")))


def _has_colour() -> bool:
    """Return whether bold is welcome: https://no-color.org, and terminals that say they cannot."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def encodable(text: str, stream: object = None) -> str:
    """Return a text with what a stream cannot encode told as an escape, so that widths hold.

    Parameters
    ----------
    text : str
    stream : text stream, optional
        Standard output where it is not given.
    """
    encoding = getattr(stream or sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def can_show_chinese() -> bool:
    """Return whether standard output can hold Chinese: a GBK console can, an ASCII one cannot."""
    try:
        "中文".encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def make_safe() -> None:
    """Let no character stop a stream: one that a console lacks is told as an escape.

    What is printed by :func:`tell` is safe already; bars and the words of libraries are not.
    """
    for stream in (sys.stdout, sys.stderr):
        encoding = (getattr(stream, "encoding", None) or "utf-8").lower().replace("-", "")
        if encoding != "utf8" and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
