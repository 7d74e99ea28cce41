"""The sheet of gaps: how far units stand from a target, and how far the whole has to go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.progress import progress
from regionkit.analysis.states import STATES
from regionkit.analysis.targets import describe_target, format_number, format_quantity
from regionkit.maps.atlas.data import FURNITURE, LANG
from regionkit.maps.page.goals import compared_targets, gap_layer, signed_number
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.paper.map_parts import MapParts
from regionkit.maps.paper.page_blocks import (
    LINE,
    MM_PER_PT,
    break_words,
    draw_bar,
    draw_ramp,
    heading_mm,
    write_words,
)
from regionkit.maps.signs.colours import GAP_COLOURS
from regionkit.maps.signs.theme import drawing
from regionkit.maps.signs.wrap import text_width
from regionkit.region.names import called_units, name_in, whole_word
from regionkit.region.scopes import are_of_whole
from regionkit.words.message import join, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from regionkit.analysis.states import State
    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.theme import Theme
    from regionkit.maps.themes.listed import ListedMap
    from regionkit.region import Region

__all__ = ["draw_gap_page", "gap_title"]

# Of the page's width: the map's column and the room beside it.
_MAP_SHARE, _GAP_MM = 0.46, 8.0
# Of a row, in lines of words.
_ROW_LINES = 2.5
# As on the map above, brown is what is missing: teal is a target that is met.
# Values that are there, what is missing of a target whose year is past, and what is still to go.
_THERE, _MISSED, _TO_GO, _TRACK = "#c9c5ba", STATES["missed"].colour, GAP_COLOURS[1], "#f0efe9"
_IN_GREY = {_THERE: "#c9c9c9", _MISSED: "#000000", _TO_GO: "#7a7a7a"}
# Levels whose values can be set beside one another.
_LEVEL_MEASURES = ("level", "share")
# Most rows below the map.
_MOST_OWN = 3
_NATURES = {"binding": "●", "expected": "○"}


def gap_title(region: Region, one: ListedMap) -> str:
    """Return what the sheet of a map's gaps is called: measure and year.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.page.goals import list_gaps
    >>> ln = rk.load("liaoning")
    >>> gap_title(ln, list_gaps(ln)[0])
    '常住人口城镇化率距 2030 年目标还差多少'
    """
    target = region.targets.loc[one.target_id]
    return say(
        "{name}: how far from the target for {year}",
        lang=LANG,
        name=name_in(region.indicators.loc[target["indicator_id"]], LANG),
        year=int(target["target_year"]),
    )


@dataclass(frozen=True)
class _Row:
    """A bar with its words.

    ``there`` and ``missing`` are shares of the bar's length; a tick stands where the target is.
    """

    name: str
    below: str
    told: str
    beside: str
    there: float
    missing: float
    ink: str
    is_bold: bool = False


def draw_gap_page(data: AtlasData, *, one: ListedMap, is_first: bool = True) -> Sheet:
    """Return the sheet of a map's gaps to its target.

    The map has the difference written in each unit; below it stand units with a target of their own
    and a value, with the state of :func:`regionkit.progress`. Beside it, on the first such sheet,
    stand the whole region's targets by how far they are from where they start; on others the units.

    Parameters
    ----------
    data : AtlasData
    one : ListedMap
        Of :func:`regionkit.maps.page.goals.list_gaps`.
    is_first : bool
    """
    ln, theme = data.region, data.theme
    made, goal, message, note = gap_layer(ln, one, LANG)
    layer = data.outlined(made.layer)
    own, own_rows = _own_rows(ln)
    aims, rows, heading = (
        _whole_rows(ln) if is_first else ([], _unit_rows(layer, goal), say("By unit", lang=LANG))
    )
    cited = data.cite(ln.targets.loc[[one.target_id, *own, *aims]])
    source = join(dict.fromkeys(part for part in (layer.source, cited) if part), "clauses")
    with drawing(theme):
        sheet = data.sheet(gap_title(ln, one), message, source.render(LANG), legend_mm=0.0)
        left, bottom, right, top = sheet.body_mm
        wide = (right - left) * _MAP_SHARE
        line = theme.base_size * MM_PER_PT * LINE
        low = bottom + (line * (3.2 + _ROW_LINES * len(own_rows)) if own_rows else 0.0)
        x, rest = left + wide + _GAP_MM, right - left - wide - _GAP_MM
        head = heading_mm(theme, layer.title, wide)
        # The map comes first: alone on its page it fills its box.
        sheet.place_map(left, low + 3.2 * line, wide, top - head - low - 3.2 * line)
        _draw_gaps(sheet.axes[0], data, layer, goal)
        ax = sheet.columns_axes()
        write_words(ax, theme, left, top, wide, layer.title, is_heading=True)
        draw_ramp(ax, theme, layer, left, low + 3.2 * line - 1.0, wide)
        if own_rows:
            words = say("Targets of their own, with a value", lang=LANG)
            at = write_words(ax, theme, left, low - 0.2 * line, wide, words, is_heading=True)
            _draw_rows(ax, theme, own_rows, left, at, wide, _ROW_LINES * line, (0.25, 0.27))
        _draw_keys(ax, theme, left, bottom, has_own=bool(own_rows))
        at = write_words(ax, theme, x, top, rest, heading, is_heading=True)
        if aims:
            note = join([_way_words(), note, *_compared_words(ln)], "sentences").render(LANG)
        at = write_words(ax, theme, x, at, rest, note)
        high = min((at - bottom) / max(len(rows), 1), _ROW_LINES * line * 1.15)
        _draw_rows(ax, theme, rows[: int((at - bottom) / (1.9 * line))], x, at, rest,
                   max(high, 1.9 * line))  # fmt: skip
        return sheet.finish()


def _way_words() -> str:
    return say(
        "Bars: how much the target is above or below where it starts, in per cent of that, not a "
        "degree of completion. ● binding, ○ expected, – not said.",
        lang=LANG,
    )


def _compared_words(region: Region) -> list[str]:
    """Return how many of the whole's targets its units can be held against, and why no more."""
    comparable, other, n_unreported = compared_targets(region)
    told = [
        say(
            "Of {n} targets of {whole} with a number {k} can be held against its units.",
            lang=LANG,
            n=len(comparable) + len(other) + n_unreported,
            whole=whole_word(region.name, LANG),
            k=len(comparable),
        )
    ]
    if other:
        rows = region.targets.loc[other, "indicator_id"].drop_duplicates()
        names = [name_in(region.indicators.loc[key], LANG) for key in rows]
        told.append(
            say(
                "{names}: units report it, but the target is a total or of several years.",
                lang=LANG,
                names=join(names[:_MOST_OWN]).render(LANG),
            )
        )
    if n_unreported:
        told.append(say("Units report no value of the other {n}.", lang=LANG, n=n_unreported))
    return told


def _draw_gaps(ax: Axes, data: AtlasData, layer: AreaLayer, goal: dict[str, Any]) -> None:
    """Draw the map, in each unit its name and its difference."""
    frame = layer.frame
    short = data.cities["short"].reindex(frame.index).fillna(frame["name"])
    gaps = pd.Series(goal["gaps"], frame.index)
    names = frame.assign(label=(short + "\n" + gaps).where(gaps != "", short))
    draw_map(
        ax,
        layer,
        MapParts(
            furniture=FURNITURE, cities=data.cities.geometry, names=names, name_column="label"
        ),
        crs=data.crs,
        theme=data.theme,
    )


def _draw_rows(
    ax: Axes,
    theme: Theme,
    rows: list[_Row],
    left: float,
    top: float,
    wide: float,
    high: float,
    shares: tuple[float, float] = (0.36, 0.27),
) -> None:
    """Draw rows of a name, a bar with a tick at the target, and the gap in words."""
    name_mm, told_mm = (wide * share for share in shares)
    bar = wide - name_mm - told_mm - 3.0
    body, small = theme.base_size * 0.94, theme.small_size
    step = body * MM_PER_PT * LINE
    ink: dict[str, Any] = {"va": "top", "color": theme.text}
    for number, row in enumerate(rows):
        y = top - number * high
        if number:
            ax.plot([left, left + wide], [y + 0.5] * 2, color="#e4e1da", linewidth=0.4)
        weight = "bold" if row.is_bold else "normal"
        lines = break_words(row.name, name_mm - 2.0, body)
        ax.text(
            left, y, "\n".join(lines), fontsize=body, fontweight=weight, linespacing=1.2,
            gid="row", **ink,
        )  # fmt: skip
        x, thick = left + name_mm, step * 0.62
        draw_bar(ax, x, y - thick - 0.3, bar, thick, (_TRACK, "", ""))
        inks = _ink(theme, _THERE), _ink(theme, row.ink)
        draw_bar(ax, x, y - thick - 0.3, bar * row.there, thick, (inks[0], "", ""))
        draw_bar(
            ax, x + bar * row.there, y - thick - 0.3, bar * row.missing, thick, (inks[1], "", "")
        )
        tick = x + bar * min(row.there + row.missing, 1.0)
        ax.plot([tick] * 2, [y - thick - 0.8, y + 0.2], color=theme.text, linewidth=1.0)
        ax.text(x, y - step * 0.85, row.below, fontsize=small, gid="row", **ink)
        ax.text(
            left + wide, y, row.told, fontsize=body, fontweight="bold", ha="right", va="top",
            gid="row", color=_ink(theme, row.ink) if row.ink == _MISSED else theme.text,
        )  # fmt: skip
        ax.text(
            left + wide, y - step * 0.95, row.beside, fontsize=small, ha="right", va="top",
            color=theme.muted, gid="row",
        )  # fmt: skip


def _ink(theme: Theme, colour: str) -> str:
    """Return the colour of a bar; greys that stay apart where a theme has no colours."""
    return _IN_GREY[colour] if theme.use_patterns else colour


def _draw_keys(ax: Axes, theme: Theme, left: float, bottom: float, *, has_own: bool) -> None:
    """Draw what the bars' colours and the tick mean, in a row."""
    size = theme.small_size
    high = size * MM_PER_PT * 0.8
    keys = [(_THERE, say("the value", lang=LANG))]
    if has_own:
        keys.append((_MISSED, say("missing, the year is past", lang=LANG)))
    keys.append((_TO_GO, say("still to go", lang=LANG)))
    x = left
    for colour, words in keys:
        draw_bar(ax, x, bottom + 0.4, 5.0, high, (_ink(theme, colour), "", ""))
        ax.text(x + 6.0, bottom + 0.2, words, fontsize=size, va="bottom", color=theme.text)
        x += 10.0 + text_width(words) * size * MM_PER_PT * 1.02
    ax.plot([x, x], [bottom + 0.1, bottom + 0.7 + high], color=theme.text, linewidth=1.0)
    words = say("the target", lang=LANG)
    ax.text(x + 1.5, bottom + 0.2, words, fontsize=size, va="bottom", color=theme.text)


def _judged(region: Region, targets: pd.DataFrame) -> pd.DataFrame:
    """Return targets that are one number, with what is reported and their state."""
    mine = targets[
        targets["value"].notna()
        & targets["value_high"].isna()
        & targets["measure"].isin(_LEVEL_MEASURES)
    ]
    judged = progress(mine, region.statistics)
    return judged.join(mine[[name for name in mine if name not in judged]])


def _own_rows(region: Region) -> tuple[list[str], list[_Row]]:
    """Return targets of units with a value of their own that tell a state, the largest gap first.

    Of the whole region's own and of what it is a part of there are none.
    """
    targets = region.targets
    units = targets["scope_id"].isin(region.units.index) & ~are_of_whole(region)
    judged = _judged(region, targets[units])
    judged = judged[judged["gap"].notna() & (judged["value"] > 0) & (judged["actual_value"] >= 0)]
    share = (judged["gap"] / judged["value"]).abs()
    judged = judged.loc[share.sort_values(ascending=False, kind="stable").index].head(_MOST_OWN)
    names = called_units(region, LANG)
    rows = []
    for row in judged.itertuples():
        top = max(row.value, row.actual_value)
        state = STATES[row.state]
        is_short = row.gap > 0 if row.direction == "lower" else row.gap < 0
        gap = f"{signed_number(row.gap)} {_gap_unit(row.unit)}"
        rows.append(
            _Row(
                name=say(
                    "{place}: {indicator}",
                    lang=LANG,
                    place=names[row.scope_id],
                    indicator=name_in(region.indicators.loc[row.indicator_id], LANG),
                ),
                below=_own_words(region, row),
                told=f"{state.mark} {state.word.render(LANG)}",
                beside=say(
                    "{gap} ({share}%)",
                    lang=LANG,
                    gap=gap,
                    share=signed_number(row.gap / row.value * 100),
                ),
                there=min(row.actual_value, row.value) / top,
                missing=abs(row.gap) / top if is_short else 0.0,
                ink=_MISSED if row.state == "missed" else _TO_GO,
            )
        )
    return [str(key) for key in judged.index], rows


def _own_words(region: Region, row: Any) -> str:
    """Return a unit's value and its target, with one year where both are of it."""
    words = {
        "year": int(row.actual_year),
        "value": format_quantity(row.actual_value, _unit(row)),
        "target": describe_target(region, row, LANG),
    }
    if row.actual_year == row.target_year:
        return say("{year}: {value} → {target}", lang=LANG, **words)
    return say(
        "{year}: {value} → {target_year}: {target}",
        lang=LANG,
        target_year=int(row.target_year),
        **words,
    )


def _whole_rows(region: Region) -> tuple[list[str], list[_Row], str]:
    """Return the whole region's targets that start from a value, the longest way first."""
    targets = region.targets
    mine = (
        are_of_whole(region) & targets["baseline_value"].gt(0) & targets["baseline_measure"].isna()
    )
    if region.current_plan is not None:
        mine &= targets["source_id"] == region.current_plan
    judged = _judged(region, targets[mine])
    way = (judged["value"] / judged["baseline_value"] - 1) * 100
    order = way.abs().sort_values(ascending=False, kind="stable").index
    longest = way.abs().max()
    rows = []
    for row in judged.loc[order].itertuples():
        share = float(way[row.Index])
        length = abs(share) / longest if longest else 0.0
        gone = float(row.reached_share) if pd.notna(row.reached_share) else 0.0
        gone = min(max(gone, 0.0), 1.0)
        mark = _NATURES.get(row.nature, "–")
        state = STATES[row.state]
        start = format_number(row.baseline_value)
        rows.append(
            _Row(
                name=f"{mark} {name_in(region.indicators.loc[row.indicator_id], LANG)}",
                below=say(
                    "{start} ({year}) → {target}",
                    lang=LANG,
                    start=start,
                    year=int(row.baseline_year),
                    target=describe_target(region, row, LANG),
                ),
                told=f"{signed_number(row.value - row.baseline_value)} {_gap_unit(row.unit)}",
                beside=_beside(share, state, row.state),
                there=length * gone,
                missing=length * (1 - gone),
                ink=_MISSED if row.state == "missed" else _TO_GO,
                is_bold=row.nature == "binding",
            )
        )
    years = sorted({int(year) for year in judged["target_year"].dropna()})
    heading = say(
        "Targets of {whole} for {years}: how far from where they start ({n} with such a value)",
        lang=LANG,
        whole=whole_word(region.name, LANG),
        years=join(map(str, years)),
        n=len(rows),
    )
    return [str(key) for key in order], rows, heading


def _beside(share: float, state: State, key: str) -> str:
    words = (
        say("{n}% above the start", lang=LANG, n=format_number(round(share, 1)))
        if share >= 0
        else say("{n}% below the start", lang=LANG, n=format_number(round(-share, 1)))
    )
    # What nobody can judge yet is not said of each of them.
    told = [words] if key in {"no actual", "undecided"} else [
        words, f"{state.mark} {state.word.render(LANG)}"
    ]  # fmt: skip
    return join(told, "clauses").render(LANG)


def _unit_rows(layer: AreaLayer, goal: dict[str, Any]) -> list[_Row]:
    """Return the units by their gap, the shortest of the target first."""
    frame = layer.frame
    limit, most = goal["limit"], max(*(value or 0.0 for value in goal["values"]), goal["limit"])
    table = pd.DataFrame(
        {
            "name": frame["name"],
            "value": goal["values"],
            "gap": goal["gaps"],
            "short": goal["isShort"],
        },
        index=frame.index,
    ).dropna(subset=["value"])
    way = (table["value"] - limit).abs()
    order = way.where(table["short"] == 1, -way)
    return [
        _Row(
            name=row.name,
            below=format_quantity(row.value, "%"),
            told=f"{row.gap} {_gap_unit('%')}",
            beside="",
            there=min(row.value, limit) / most,
            missing=abs(row.value - limit) / most if row.short else 0.0,
            ink=_TO_GO,
        )
        for row in table.loc[order.sort_values(ascending=False, kind="stable").index].itertuples()
    ]


def _unit(row: Any) -> str:
    return row.unit if isinstance(row.unit, str) else ""


def _gap_unit(unit: Any) -> str:
    """Return the unit of a difference."""
    if unit == "%":
        return say("percentage points", lang=LANG)
    return unit if isinstance(unit, str) else ""
