"""What becomes of an answer: printed with its sources, written, mapped, briefed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from regionkit.cli.map_options import (
    MAP_ENDINGS,
    MapLook,
    check_map_output,
    imprint_options,
    look_options,
    page_look_options,
)
from regionkit.cli.options import codes_option
from regionkit.cli.show import check_output, check_table_output, show_table
from regionkit.cli.spoken import option
from regionkit.cli.terminal import tell
from regionkit.tables.write import TABLE_FORMATS
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from regionkit.cli.conditions import Hits
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = [
    "BRIEF_ENDINGS",
    "OUTPUTS",
    "Answer",
    "Outputs",
    "answer_options",
    "give",
    "tell_if_lacking",
]

# As of regionkit.briefing, which is not imported for the sake of a help text.
BRIEF_ENDINGS = (".pptx", ".docx", ".html")
_NO_BRIEF = msg(
    "A briefing is of a place or of projects, and this answer is neither: -o FILE.docx writes it "
    "for a report."
)
_NO_POSITIONS = msg("These rows have no position of their own, so there is no map of them.")

#: Which output makes sense of which command's answer; where it makes none, the sentence that says
#: so. What depends on the question asked is said when it is asked.
OUTPUTS: dict[str, dict[str, Words | None]] = {
    "stats": {"-o": None, "--map": None, "--brief": None},
    "points": {"-o": None, "--map": None, "--brief": _NO_BRIEF},
    "tasks": {"-o": None, "--map": _NO_POSITIONS, "--brief": None},
    "mentions": {"-o": None, "--map": None, "--brief": None},
    "industries": {"-o": None, "--map": None, "--brief": None},
    "history": {"-o": None, "--map": None, "--brief": None},
    "targets": {"-o": None, "--map": _NO_POSITIONS, "--brief": None},
    "zones": {"-o": None, "--map": None, "--brief": None},
}


@dataclass(frozen=True)
class Outputs:
    """Where an answer goes; printed where none is given.

    Attributes
    ----------
    output, map_path, brief_path : str or None
    look : MapLook
    """

    output: str | None
    map_path: str | None
    brief_path: str | None
    look: MapLook

    @property
    def is_written(self) -> bool:
        """Whether any file is asked for."""
        return any((self.output, self.map_path, self.brief_path))


@dataclass(frozen=True)
class Answer:
    """An answer with what its outputs need.

    Attributes
    ----------
    table : DataFrame
        In words.
    title : str
    told : sequence of words
        What a reader has to know.
    source_ids : sequence of str
        Documents that it rests on.
    none : words
        What is said where the table is empty.
    of : str
        Table of the pack that the question is of: where it has no row at all, that is said, and how
        to give it some. "" for none.
    layer : callable, optional
        Makes the map's layer of areas by the look.
    hits : callable, optional
        Returns the projects that the answer is of, with positions.
    subject : str
        Id or name of the place that it is of, "" for none.
    """

    table: pd.DataFrame
    title: str
    told: Sequence[Words | str] = ()
    source_ids: Sequence[str] = ()
    none: Words | str = field(default_factory=lambda: msg("Nothing meets every condition."))
    of: str = ""
    layer: Callable[[MapLook], AreaLayer] | None = None
    hits: Callable[[], Hits] | None = None
    subject: str = ""


def _refusal(sentence: Words) -> Callable[..., None]:
    def refuse(ctx: click.Context, param: click.Parameter, value: object) -> None:
        del ctx, param
        if value is not None:
            raise click.UsageError(str(sentence))

    return refuse


def answer_options(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the decorator that adds the outputs of a command, which it gets as ``out``."""
    cells = OUTPUTS[name]
    helps: dict[str, Words] = {
        "-o": msg("Write a {endings} instead of printing.", endings=join(TABLE_FORMATS, "or")),
        "--map": msg("Draw the result: {endings}.", endings=MAP_ENDINGS),
        "--brief": msg("Write a briefing of it: {endings}.", endings=BRIEF_ENDINGS),
    }
    params = {"-o": "output", "--map": "map_path", "--brief": "brief_path"}

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def command(
            *,
            look: MapLook | None = None,
            output: str | None = None,
            map_path: str | None = None,
            brief_path: str | None = None,
            **values: Any,
        ) -> Any:
            check_table_output(output)
            check_map_output(map_path)
            check_output(brief_path, BRIEF_ENDINGS)
            return function(**values, out=Outputs(output, map_path, brief_path, look or MapLook()))

        # Without a map there is nothing to say of its look; who answers for a file is said of all.
        if cells["--map"] is not None:
            made = imprint_options(command)
        else:
            made = (page_look_options if name == "points" else look_options)(command)
        for flag in ("--brief", "--map", "-o"):
            sentence = cells[flag]
            names = (flag, "--output", "output") if flag == "-o" else (flag, params[flag])
            made = option(
                *names,
                type=click.Path(dir_okay=False),
                default=None,
                help=helps[flag],
                hidden=sentence is not None,
                callback=None if sentence is None else _refusal(sentence),
            )(made)
        return codes_option(made)

    return decorate


def give(ln: Region, answer: Answer, out: Outputs) -> None:
    """Print an answer with its sources, or write, map and brief it."""
    if answer.table.empty:
        from regionkit.region.lacking import tell_lacking

        unwritten = [msg("No file was written.")] if out.is_written else []
        lacking = tell_lacking(ln, answer.of) if answer.of else None
        words = [answer.none, *unwritten, *answer.told]
        tell(join(words if lacking is None else [lacking, *unwritten], "sentences"), err=True)
        return
    _check(answer, out)
    ids = list(dict.fromkeys(answer.source_ids))
    sources = ln.sources[ln.sources.index.isin(ids)]
    told = join(filter(None, answer.told), "sentences")
    if out.output is not None:
        notes = {say("How to read it"): str(told), say("Boundaries"): ln.boundaries_label}
        show_table(answer.table, out.output, title=answer.title, notes=notes, sources=sources)
    if out.map_path is not None:
        _map(ln, answer, out.map_path, out.look)
    if out.brief_path is not None:
        _brief(ln, answer, out.brief_path, out.look)
    if not out.is_written:
        show_table(answer.table)
    if told:
        tell(told, err=True)
    if len(sources):
        named = join(sources["short_title"])
        tell(msg("Sources: {titles}.", titles=named), err=True)


def tell_if_lacking(ln: Region, table: str) -> bool:
    """Say on standard error that a pack has no row in a table; return whether that was said."""
    from regionkit.region.lacking import tell_lacking

    lacking = tell_lacking(ln, table)
    if lacking is not None:
        tell(lacking, err=True)
    return lacking is not None


def _check(answer: Answer, out: Outputs) -> None:
    """Refuse an output that makes no sense of this answer, before any is written."""
    if out.map_path is not None and answer.layer is None and answer.hits is None:
        raise click.UsageError(str(_NO_POSITIONS))
    if out.brief_path is not None and not answer.subject and answer.hits is None:
        raise click.UsageError(str(_NO_BRIEF))


def _map(ln: Region, answer: Answer, path: str, look: MapLook) -> None:
    if answer.layer is not None:
        from regionkit.cli.drawing import draw_layer

        tell(draw_layer(ln, answer.layer(look), path, look))
    elif answer.hits is not None:
        from regionkit.cli.hits_map import draw_hits

        tell(draw_hits(ln, answer.hits(), path, look))


def _brief(ln: Region, answer: Answer, path: str, look: MapLook) -> None:
    from regionkit.briefing import write_briefing

    place: Any = answer.subject
    if not place and answer.hits is not None:
        place = answer.hits().projects
    title = look.title or ("" if answer.subject else answer.title)
    tell(write_briefing(ln, place, path, title=title, lang=look.lang))
