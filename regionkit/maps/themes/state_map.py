"""Maps of the states that one indicator's targets are in, unit by unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.judged import gap_words, headline
from regionkit.analysis.states import STATES
from regionkit.errors import InputError
from regionkit.maps.signs.layers import category_layer
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.region import Region

__all__ = ["state_layer", "widest_indicator"]

_UNJUDGED = ("undecided", "no actual")
# Fewer units than this make no map.
_FEWEST_UNITS = 3
_LEVELS = ("county", "city", "zone")


def widest_indicator(
    region: Region, judged: pd.DataFrame, *, level: str | None = None, fewest: int = _FEWEST_UNITS
) -> tuple[str, str] | None:
    """Return indicator and level of the map that most units are judged on; None for too few.

    Parameters
    ----------
    region : Region
    judged : DataFrame
        As of :func:`regionkit.analysis.progress.progress`.
    level : {"county", "city", "zone"}, optional
        Any where not given.
    fewest : int
        Units that make a map.
    """
    known = judged[~judged["state"].isin(_UNJUDGED)]
    best, most = None, fewest - 1
    for one in _LEVELS if level is None else (level,):
        mine = known[known["scope_id"].isin(_units(region, one))]
        for indicator_id, scopes in mine.groupby("indicator_id")["scope_id"].nunique().items():
            if scopes > most:
                best, most = (str(indicator_id), one), int(scopes)
    return best


def _units(region: Region, level: str) -> pd.Index:
    if level == "zone":
        return region.zones.index
    units = region.units
    return units.index[units["level"] == level]


def state_layer(
    region: Region,
    judged: pd.DataFrame,
    indicator_id: str,
    level: str,
    *,
    limits: str,
    lang: str = "zh",
) -> AreaLayer:
    """Return the layer of an indicator's states: a colour, mark and word each, the gap written.

    Of several targets of a unit that of the last year counts. Column ``told`` of the frame has
    name, mark and gap, for labels.

    Parameters
    ----------
    region : Region
    judged : DataFrame
        As of :func:`regionkit.analysis.progress.progress`.
    indicator_id : str
    level : {"county", "city", "zone"}
    limits : str
        Name of the limits between the states, which the map names.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        No unit of the level has a target of the indicator.
    """
    rows = judged[judged["indicator_id"] == indicator_id]
    rows = rows[rows["scope_id"].isin(_units(region, level))]
    name = region.indicators["name"].get(indicator_id, indicator_id)
    if rows.empty:
        raise InputError(
            msg("{indicator} has no target of any {level}.", indicator=name, level=level),
            mend=msg("Choose another indicator or level."),
        )
    # The last year of those that can be judged; else that which cannot.
    is_unjudged = rows["state"].isin(_UNJUDGED)
    rows = rows.assign(is_judged=~is_unjudged).sort_values(["is_judged", "target_year"])
    rows = rows.drop_duplicates("scope_id", keep="last").set_index("scope_id")
    frames = {"county": region.counties, "city": region.cities, "zone": region.zones}
    frame = frames[level].set_geometry(region.simplified(level))
    frame = frame[~frame.geometry.is_empty]
    frame["state"] = rows["state"].reindex(frame.index)
    gaps = {
        code: gap_words(row["gap"], row["unit"])
        for code, row in zip(rows.index, rows.to_dict("records"), strict=True)
    }
    told = [
        "" if pd.isna(state) else f"{STATES[state].mark} {gaps[code]}".strip()
        for code, state in frame["state"].items()
    ]
    frame["told"] = [
        f"{unit}\n{words}" if words else unit
        for unit, words in zip(frame["name"], told, strict=True)
    ]
    labels = {key: f"{state.mark} {state.word.render(lang)}" for key, state in STATES.items()}
    documents = [region.cite(one) for one in rows["source_id"].dropna().unique()]
    return category_layer(
        frame,
        "state",
        colours={key: state.colour for key, state in STATES.items()},
        category_labels=labels,
        title=say("{indicator}: states", lang=lang, indicator=name),
        value_labels=pd.Series(
            [
                "" if pd.isna(state) else f"{labels[state]} {gaps[code]}".strip()
                for code, state in frame["state"].items()
            ],
            index=frame.index,
        ),
        source="；".join(documents),
        note=join(
            [headline(rows), msg("Limits between the states: {name}.", name=limits)], "sentences"
        ).render(lang),
        missing_label=say("no target", lang=lang),
        layer_id=f"states-{indicator_id}",
        lang=lang,
    )
