"""Kinds of options that several commands share, and what they refuse."""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from regionkit.cli import terminal
from regionkit.cli.labels import list_words
from regionkit.cli.spoken import SpokenOption, option
from regionkit.tables.write import TABLE_FORMATS
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from regionkit.words.message import Words

__all__ = [
    "YEAR",
    "Distance",
    "WordChoice",
    "WordOption",
    "codes_option",
    "crs_option",
    "level_choice",
    "single",
    "source_options",
    "table_output",
    "told_source_options",
]

# Plans and statistics of the People's Republic.
YEAR = click.IntRange(1949, 2100)
_LEVEL_WORDS = {
    "zone": ("分区", "区域"),
    "province": ("省", "各省", "省级", "全省", "全域"),
    "city": ("市", "地级市", "各市"),
    "county": ("县", "区县", "县区", "县（市）", "县级"),
}


class WordChoice(click.Choice[str]):
    """One of some English words, or a Chinese word for it.

    Parameters
    ----------
    words : dict of str to sequence of str
        Each word with its other names.
    """

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        super().__init__(list(words))
        self._meant = {other: word for word, others in words.items() for other in others}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word that was meant."""
        return super().convert(self._meant.get(value, value), param, ctx)


def level_choice(*levels: str) -> WordChoice:
    """Return the choice of a level of units, also by its Chinese word."""
    return WordChoice({level: _LEVEL_WORDS[level] for level in levels})


class Distance(click.ParamType):  # type: ignore[type-arg, unused-ignore]
    """A distance in metres: 100, 100m, 1.5km, 100米, 1公里."""

    name = "distance"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return what the option takes."""
        del param, ctx
        return "100m"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the metres that were meant."""
        if isinstance(value, int | float):
            return float(value)
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(m|km|米|公里|千米)?", str(value).strip().lower())
        if not found:
            self.fail(
                say("{value!r} is no distance, such as 100m or 1.5km.", value=value), param, ctx
            )
        return float(found[1]) * (1000.0 if found[2] in {"km", "公里", "千米"} else 1.0)


class WordOption(SpokenOption):
    """An option that takes the words of an enumeration, which its help lists.

    The words are those that every pack knows; a pack of one's own may have others.
    """

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option with its help and the words it takes."""
        from regionkit.pack.model import known_labels

        record = super().get_help_record(ctx)
        if record is None:
            return None
        words = list_words(known_labels(str(self.name)))
        return record[0], say("{help} One of: {words}.", help=record[1], words=words)


def _take_one(ctx: click.Context, param: click.Parameter, values: tuple[Any, ...]) -> Any:
    del ctx
    if len(values) > 1:
        told = say("it is given {n} times. Give it once.", n=len(values))
        raise click.BadParameter(told, param=param)
    return values[0] if values else None


def single(*names: str, **settings: Any) -> Callable[..., Any]:
    """Return an option that is refused where it is given twice, rather than the last one taken."""
    return option(*names, multiple=True, callback=_take_one, **settings)


def source_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of documents; the command gets ``source``, () for every one of them."""

    @wraps(function)
    def command(*, all_sources: bool, **values: Any) -> Any:
        del all_sources
        return function(**values)

    return _with_sources(command, msg("Every document, as without --source."))


def told_source_options(of_all: Words) -> Callable[..., Any]:
    """Return what adds the options of documents to a command that minds what it takes by itself.

    The command gets ``source``, () where none is given, and ``all_sources``.
    """
    return lambda function: _with_sources(function, of_all)


def _with_sources(function: Callable[..., Any], of_all: Words) -> Callable[..., Any]:
    @wraps(function)
    def command(*, source: tuple[str, ...], all_sources: bool, **values: Any) -> Any:
        if all_sources and source:
            raise click.UsageError(
                say("--source and --all-sources cannot be combined. Give one of them.")
            )
        return function(source=source, all_sources=all_sources, **values)

    for added in (
        # The last added stands first in the help.
        option("--all-sources", is_flag=True, help=of_all),
        option(
            "--source",
            multiple=True,
            help=msg("A document by id or title: see regionkit sources. May be repeated."),
        ),
    ):
        added(command)
    return command


def table_output(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that write a table instead of printing it, and put codes into it."""
    written = option(
        "-o",
        "--output",
        default=None,
        type=click.Path(dir_okay=False),
        help=msg("Write a {endings} instead of printing.", endings=join(TABLE_FORMATS, "or")),
    )
    return written(codes_option(function))


def codes_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that puts codes beside words, for a program that reads on."""
    return option(
        "--codes",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_set_codes,
        help=msg("Codes and ids in columns of their own beside the words."),
    )(function)


def _set_codes(ctx: click.Context, param: click.Parameter, value: bool) -> None:  # noqa: FBT001
    del param
    if value:
        ctx.meta[terminal.CODES] = True


def crs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option that says what coordinates a file is written in."""
    return option(
        "--crs",
        default=None,
        help=msg("Of -o: EPSG:4490, or a 3-degree zone such as EPSG:4549."),
    )(function)
