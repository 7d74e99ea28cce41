"""The user's own figures and targets, which stand beside the plan's and are marked as own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.monitoring import Monitoring, read_monitoring
from regionkit.analysis.own_aims import OWN, tell_contradictions
from regionkit.analysis.units_of_measure import convert
from regionkit.words.message import Words, join, msg

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.region import Region

__all__ = ["OwnFigures", "read_own"]


@dataclass(frozen=True)
class OwnFigures:
    """What the user's own table says.

    Attributes
    ----------
    label : str
        File and sheet, as briefings call their source.
    statistics : DataFrame
        As of ``region.statistics``; the source is "own".
    table : Monitoring
        What was read, the own targets among it.
    notes : tuple of words
        What the reader did, and where own targets differ from the plan's.
    """

    label: str
    statistics: pd.DataFrame = field(repr=False)
    table: Monitoring = field(repr=False)
    notes: tuple[Words, ...] = ()

    def added_to(self, region: Region) -> Region:
        """Return a region that has the own targets among its own, and the table as a source."""
        return self.table.added_to(region)

    def told(self) -> Words:
        """Return how many values were read, and what was not."""
        read = msg(
            "{label}: {n} own values and {targets} own targets.",
            label=self.label,
            n=len(self.statistics),
            targets=len(self.table.targets),
        )
        unknown = self.table.unjudged_names
        if unknown:
            read = msg("{read} No indicator here: {names}.", read=read, names=unknown)
        return join([read, *self.notes], "sentences")


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
    >>> read_own(table, rk.load("liaoning"), place="211200").statistics[["value", "unit"]].values
    array([[2350000.0, '人']], dtype=object)
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
    told = tell_contradictions(found.added_to(region), found.targets)
    return OwnFigures(str(found.label), statistics, found, (*found.notes, *told))


def _in_usual(row: pd.Series, usual: pd.Series) -> pd.Series:
    unit = usual.get(row["indicator_id"])
    if isinstance(unit, str) and isinstance(row["unit"], str) and unit != row["unit"]:
        value = convert(row["value"], row["unit"], unit)
        if value is not None:
            row = row.copy()
            row["value"], row["unit"] = value, unit
    return row
