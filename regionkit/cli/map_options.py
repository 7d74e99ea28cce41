"""How a map is drawn, as the commands that draw one are told: the same options everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from regionkit.cli.show import check_output
from regionkit.cli.spoken import option
from regionkit.cli.terminal import tell
from regionkit.imprint import SETTINGS, Imprint, imprinting, read_settings
from regionkit.words.message import msg, say
from regionkit.words.voice import LANGUAGES, current_language

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

__all__ = [
    "MAP_ENDINGS",
    "SCHEMES",
    "THEMES",
    "ClassOptions",
    "MapLook",
    "check_map_output",
    "classing_options",
    "few_classes",
    "imprint_options",
    "look_options",
    "page_look_options",
    "theme_option",
    "without_classes",
]

MAP_ENDINGS = (".png", ".pdf", ".svg", ".html")
# As of regionkit.maps, which is not imported for the sake of a help text.
SCHEMES = (
    "boxplot",
    "equalinterval",
    "fisherjenks",
    "headtailbreaks",
    "jenkscaspall",
    "maximumbreaks",
    "maxp",
    "naturalbreaks",
    "percentiles",
    "prettybreaks",
    "quantiles",
    "stdmean",
)
THEMES = ("print", "projector", "bw")


class SchemeChoice(click.Choice[str]):
    """A scheme of mapclassify, or the Chinese word for one: 自然断点, 分位数."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the scheme; how a Chinese word was taken is told."""
        from regionkit.region.everyday import Everyday

        found = Everyday().find("classes", "scheme", str(value))
        if found is None:
            return super().convert(value, param, ctx)
        (scheme,), _ = found
        tell(msg("{word!r} is taken as {labels}.", word=value, labels=scheme), err=True)
        return scheme


theme_option = option(
    "--theme",
    type=click.Choice(THEMES),
    default="print",
    show_default=True,
    help=msg("For print, a projector, or in black and white."),
)


@dataclass(frozen=True)
class ClassOptions:
    """How values are divided into classes and coloured.

    Attributes
    ----------
    scheme : str
    k : int
    cmap : str or None
        The theme's where None.
    """

    scheme: str = "fisherjenks"
    k: int = 5
    cmap: str | None = None


@dataclass(frozen=True)
class MapLook:
    """What a map looks like beside its colours.

    Attributes
    ----------
    size, theme, lang : str
    title : str or None
        What is mapped where None.
    labels : bool
        Whether the names of the units are written on the map.
    base : tuple of str
        Files of the user's own rivers, railways, roads and areas.
    """

    size: str = "A4"
    title: str | None = None
    theme: str = "print"
    lang: str = field(default_factory=current_language)
    labels: bool = False
    base: tuple[str, ...] = ()


_CLASSING = (
    option(
        "--scheme",
        type=SchemeChoice(SCHEMES),
        default=ClassOptions.scheme,
        show_default=True,
        metavar=msg("SCHEME"),
        help=msg("Of mapclassify: {schemes}; or 自然断点, 分位数, 等间距 ...", schemes=SCHEMES),
    ),
    option(
        "-k",
        "k",
        default=ClassOptions.k,
        show_default=True,
        type=click.IntRange(2, 12),
        help=msg("Number of classes."),
    ),
    option("--cmap", default=None, help=msg("A matplotlib colormap.")),
)
_LOOK = (
    option(
        "--size",
        default=MapLook.size,
        show_default=True,
        help=msg("Page of a sheet: A4, A4-portrait, A3, 16:9 ..."),
    ),
    option("--title", default=None, help=msg("Title of the map; what is mapped where not given.")),
    option("--labels", is_flag=True, help=msg("Write the names of the units on the map.")),
    option(
        "--base",
        multiple=True,
        metavar="FILE",
        help=msg("Your own rivers, railways, roads or areas, drawn under the map."),
    ),
    theme_option,
    option(
        "--lang",
        type=click.Choice(LANGUAGES),
        # The command line is read in it before the options are, so that it is the reader's own.
        default=current_language,
        help=msg("Language of the map, and of messages; that of your system where not given."),
    ),
)
_IMPRINT = (
    option(
        "--approval-number",
        default=None,
        help=msg("审图号 of the base map; 示意图 without one. Also in {file}.", file=SETTINGS),
    ),
    option("--institution", default=None, help=msg("Who answers for it; printed on all of it.")),
    option("--author", default=None, help=msg("Who drew it.")),
    option("--date", default=None, help=msg("Date that is printed, as you write it.")),
    option(
        "--logo",
        default=None,
        metavar="FILE",
        help=msg("Picture of the institution, drawn in the upper right of sheets."),
    ),
)
_Record = TypeVar("_Record")


def few_classes(values: pd.Series) -> ClassOptions:
    """Return the classes of values for which none are asked: five at most, no more than values."""
    return ClassOptions(k=max(2, min(5, values.nunique())))


def classing_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of classes; the command gets them as ``classing``."""
    return _with_record(function, _CLASSING, "classing", ClassOptions)


def look_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a map's look, which the command gets as ``look``, and of its imprint."""
    return imprint_options(_with_record(function, _LOOK, "look", MapLook))


def page_look_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of :func:`look_options`, the paper as --page: --size is a column's."""
    page = option(
        "--page",
        "size",
        default=MapLook.size,
        show_default=True,
        help=msg("Page of a sheet: A4, A4-portrait, A3, 16:9 ..."),
    )
    return imprint_options(_with_record(function, (page, *_LOOK[1:]), "look", MapLook))


def without_classes(function: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse the options of classes in one sentence, for a map of projects, which has none."""
    for name in ("--unit", "--cmap", "-k", "--scheme"):
        option(name, hidden=True, expose_value=False, callback=_refuse_classes)(function)
    return function


def _refuse_classes(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    del ctx
    if value is not None:
        raise click.UsageError(
            say(
                "{option} is of values in classes; a map of projects shows their kinds.",
                option=param.opts[0],
            )
        )


def imprint_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of who answers for what is written, which stands on all of it.

    Those that are not given are taken from the settings file.
    """

    @wraps(function)
    def command(**values: Any) -> Any:
        given = {one.name: values.pop(one.name) for one in fields(Imprint)}
        general = read_settings()
        own = {name: text for name, text in given.items() if text is not None}
        with imprinting(replace(general, **own)):
            return function(**values)

    for added in reversed(_IMPRINT):
        added(command)
    return command


def _with_record(
    function: Callable[..., Any],
    options: tuple[Callable[[Any], Any], ...],
    name: str,
    kind: type[_Record],
) -> Callable[..., Any]:
    """Return a command with the options, of which it gets one record in place of each."""

    @wraps(function)
    def command(**values: Any) -> Any:
        own = {one.name: values.pop(one.name) for one in fields(kind)}  # type: ignore[arg-type]
        if "map_path" in values and values["map_path"] is None:
            _refuse_without_map(own)
        return function(**values, **{name: kind(**own)})

    # The last added stands first in the help.
    for added in reversed(options):
        added(command)
    return command


def _refuse_without_map(names: dict[str, Any]) -> None:
    """Refuse options of a map that is not asked for."""
    context = click.get_current_context()
    given = [n for n in names if context.get_parameter_source(n) is ParameterSource.COMMANDLINE]
    for parameter in context.command.params:
        # The language is that of messages, too.
        if parameter.name in given and parameter.name != "lang":
            raise click.UsageError(
                say(
                    "{option} says how a map is drawn, and none is. Add --map FILE.",
                    option=parameter.opts[0],
                )
            )


def check_map_output(path: str | None) -> None:
    """Refuse a file that no map can be drawn to."""
    check_output(path, MAP_ENDINGS)
