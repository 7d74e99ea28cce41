"""Judged targets in words: the table of an evaluation, its counts and its headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.own_aims import OWN
from regionkit.analysis.states import REASONS, STATES
from regionkit.analysis.summary import scope_names
from regionkit.analysis.targets import describe_targets, format_number
from regionkit.region.names import RegionNames
from regionkit.words.message import join, msg, say
from regionkit.words.voice import current_language

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["count_states", "gap_words", "headline", "judged_table"]

# States that stand together in a headline.
_DONE = ("met early", "met", "ahead")
_LATE = ("behind", "missed")


def judged_table(region: Region, judged: pd.DataFrame) -> pd.DataFrame:
    """Return judged targets in words, a row a target.

    Parameters
    ----------
    region : Region
    judged : DataFrame indexed like ``region.targets``
        As of :func:`regionkit.analysis.progress.progress`.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> judged = rk.progress(ln.targets.loc[["z22-dalian-gdp"]], ln.statistics, as_of=2026)
    >>> judged_table(ln, judged)[["State", "Gap"]].to_numpy().tolist()
    [['○ not achieved', '-483.1 亿元']]
    """
    # By position: two judgements of one target, say of two years, are two rows.
    targets = region.targets.loc[judged.index].reset_index(drop=True)
    index, judged = judged.index, judged.reset_index(drop=True)
    lang = current_language()
    names, scopes = RegionNames(region).indicators, scope_names(region)
    natures = region.labels("targets", "nature", lang)
    states = judged["state"]
    rows = judged.to_dict("records")
    table = pd.DataFrame(
        {
            say("Indicator"): targets["indicator_id"].map(names),
            say("Scope"): targets["scope_id"].map(scopes).fillna(targets["scope_id"]),
            say("Nature"): targets["nature"].map(natures),
            say("Target year"): targets["target_year"],
            say("Target"): _marked(describe_targets(region, targets, lang), targets),
            say("Value"): [_quantity(row["actual_value"], row["unit"]) for row in rows],
            say("Year"): judged["actual_year"],
            say("Gap"): [gap_words(row["gap"], row["unit"]) for row in rows],
            say("Share of the time gone"): [_share(row["elapsed_share"]) for row in rows],
            say("Share of the way gone"): [_share(row["reached_share"]) for row in rows],
            say("Needed a year"): [
                # Of a growth it is a rate, of a share so many points.
                _quantity(
                    row["needed_yearly"],
                    row["unit"] if row.get("measure") == "yearly growth" else _points(row["unit"]),
                )
                for row in rows
            ],
            say("Forecast"): [_quantity(row["forecast_value"], row["unit"]) for row in rows],
            say("State"): [f"{STATES[state].mark} {STATES[state].label}" for state in states],
            say("Why not judged"): [str(REASONS.get(reason, "")) for reason in judged["reason"]],
            say("Source of the target"): [
                region.cite(source, locator)
                for source, locator in zip(targets["source_id"], targets["locator"], strict=True)
            ],
        },
    )
    return table.set_axis(index)


def _marked(words: pd.Series, targets: pd.DataFrame) -> list[str]:
    """Return targets in words, those of the user's own table marked."""
    return [
        say("{target} (own)", target=told) if source == OWN else str(told)
        for told, source in zip(words, targets["source_id"], strict=True)
    ]


def gap_words(gap: float, unit: object, lang: str | None = None) -> str:
    """Return how far a value lies from its target; of per cents in percentage points.

    In the reader's language where none is given.

    Examples
    --------
    >>> gap_words(-1.25, "%"), gap_words(float("nan"), "%")
    ('-1.25 percentage points', '')
    """
    return _quantity(gap, _points(unit, lang))


def _quantity(value: float, unit: object) -> str:
    if pd.isna(value):
        return ""
    digits = format_number(round(float(value), 2))
    if not isinstance(unit, str) or not unit:
        return digits
    return f"{digits}{unit}" if unit in {"%", "百分点"} else f"{digits} {unit}"


def _points(unit: object, lang: str | None = None) -> object:
    """Return the unit of a difference: of per cents it is percentage points."""
    return say("percentage points", lang=lang) if unit == "%" else unit


def _share(value: float) -> str:
    """Return a share in per cent; how far beyond its ends it lies says little."""
    if pd.isna(value):
        return ""
    if value > 1 or value < 0:
        return ">100%" if value > 1 else "<0%"
    return f"{format_number(round(100 * float(value), 1))}%"


def count_states(judged: pd.DataFrame, *, by: pd.Series | None = None) -> pd.DataFrame:
    """Return how many targets are in each state, a row a group and one for all.

    Parameters
    ----------
    judged : DataFrame
        As of :func:`regionkit.analysis.progress.progress`.
    by : Series of str, indexed like judged, optional
        Group of each target, such as its nature; missing ones are a group of their own.
    """
    order = [state for state in STATES if (judged["state"] == state).any()]
    words = {state: STATES[state].label for state in order}
    whole = judged["state"].value_counts().reindex(order).rename(say("All"))
    if by is None:
        return whole.to_frame().T.rename(columns=words)
    groups = by.fillna(say("not stated")).to_numpy()
    counts = pd.crosstab(groups, judged["state"].to_numpy()).reindex(columns=order, fill_value=0)
    return pd.concat([counts, whole.to_frame().T]).rename(columns=words).rename_axis(None)


def headline(judged: pd.DataFrame) -> str:
    """Return one sentence of counts that add up to the whole; "" where there is no target.

    Examples
    --------
    >>> headline(pd.DataFrame({"state": ["met", "behind", "behind", "no actual"]}))
    'Of 4 targets: achieved or ahead 1, behind or not achieved 2, without a current value 1.'
    """
    counts = judged["state"].value_counts()
    parts = [
        msg("achieved or ahead {n}", n=int(sum(counts.get(state, 0) for state in _DONE))),
        msg("broadly as expected {n}", n=int(counts.get("on track", 0))),
        msg("behind or not achieved {n}", n=int(sum(counts.get(state, 0) for state in _LATE))),
        msg("without a current value {n}", n=int(counts.get("no actual", 0))),
        msg("not to be judged yet {n}", n=int(counts.get("undecided", 0))),
    ]
    told = [part for part in parts if dict(part.values)["n"]]
    if not told:
        return ""
    return say("Of {n} targets: {parts}.", n=len(judged), parts=join(told, "places"))
