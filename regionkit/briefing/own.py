"""The user's own figures and targets, which stand beside the plan's and are marked as own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.monitoring import find_indicators, read_monitoring
from regionkit.analysis.units_of_measure import convert
from regionkit.briefing.desk import OWN
from regionkit.tables.read import read_table
from regionkit.words.message import Words, msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.region import Region

__all__ = ["OwnFigures", "read_own"]

_AIM = re.compile(
    r"(?:目标|target|规划).*?((?:19|20)\d\d)|((?:19|20)\d\d).*?(?:目标|target|规划)", re.IGNORECASE
)
_NAMES = ("指标", "指标名称", "indicator", "name")


@dataclass(frozen=True)
class OwnFigures:
    """What the user's own table says.

    Attributes
    ----------
    label : str
        File and sheet, as briefings call their source.
    statistics : DataFrame
        As of ``region.statistics``; the source is "own".
    targets : DataFrame
        ``indicator_id, adcode, year, value, unit``: from columns such as 2030年目标.
    unknown : tuple of str
        Names of rows that are no indicator of the region.
    notes : tuple of words
    """

    label: str
    statistics: pd.DataFrame = field(repr=False)
    targets: pd.DataFrame = field(repr=False)
    unknown: tuple[str, ...] = ()
    notes: tuple[Words, ...] = ()

    def told(self) -> Words:
        """Return how many values were read, and what was not."""
        read = msg(
            "{label}: {n} own values and {targets} own targets.",
            label=self.label,
            n=len(self.statistics),
            targets=len(self.targets),
        )
        if not self.unknown:
            return read
        return msg("{read} No indicator here: {names}.", read=read, names=self.unknown)


def read_own(
    source: str | Path | pd.DataFrame, region: Region, *, place: str | None = None
) -> OwnFigures:
    """Return the figures of the user's own table of statistics or targets by name and year.

    Parameters
    ----------
    source : path or DataFrame
        In any form that a monitoring table may have; columns such as 2030年目标 are targets.
    region : Region
    place : str, optional
        Adcode of the unit that a table without a column of units is of.

    Raises
    ------
    TableError
        The table cannot be read, with every fault.

    Examples
    --------
    >>> import regionkit as rk
    >>> table = pd.DataFrame({"指标": ["常住人口"], "单位": ["万人"], "2025年": [235.0]})
    >>> read_own(table, rk.load("liaoning"), place="211200").statistics["value"].tolist()
    [235.0]
    """
    found = read_monitoring(source, region, scope=place)
    rows = found.actuals.rename(columns={"scope_id": "adcode"})
    usual = region.indicators["unit"]
    statistics = pd.DataFrame(
        {
            "indicator_id": rows["indicator_id"],
            "adcode": rows["adcode"],
            "year": rows["year"].astype(int),
            "value": rows["value"].astype(float),
            "unit": rows["unit"],
            "source_id": OWN,
            "locator": str(found.label),
            "basis": "external",
            "note": None,
        }
    )
    # In the unit of the catalogue where it can be converted, so that ranks compare like with like.
    statistics = statistics.apply(lambda row: _in_usual(row, usual), axis=1)
    return OwnFigures(
        str(found.label),
        statistics,
        _targets(source, region, place or region.adcode),
        tuple(found.unknown["name"]),
        found.notes,
    )


def _in_usual(row: pd.Series, usual: pd.Series) -> pd.Series:
    unit = usual.get(row["indicator_id"])
    if isinstance(unit, str) and isinstance(row["unit"], str) and unit != row["unit"]:
        value = convert(row["value"], row["unit"], unit)
        if value is not None:
            row = row.copy()
            row["value"], row["unit"] = value, unit
    return row


def _targets(source: str | Path | pd.DataFrame, region: Region, adcode: str) -> pd.DataFrame:
    """Return the targets of a table with a row an indicator: columns that say target and year."""
    frame = read_table(source).frame
    columns = ["indicator_id", "adcode", "year", "value", "unit"]
    named = next((c for c in frame.columns if str(c).strip().lower() in _NAMES), None)
    aims = {c: int(m[1] or m[2]) for c in frame.columns if (m := _AIM.search(str(c)))}
    if named is None or not aims:
        return pd.DataFrame(columns=columns)
    made = []
    for _, row in frame.iterrows():
        found = find_indicators(region.indicators, str(row[named]))[0]
        if len(found) != 1:
            continue
        for column, year in aims.items():
            number = pd.to_numeric(str(row[column]).replace(",", "").rstrip("%"), errors="coerce")
            if pd.notna(number):
                unit = region.indicators["unit"].get(found[0])
                made.append((found[0], adcode, year, float(number), unit))
    return pd.DataFrame(made, columns=columns)
