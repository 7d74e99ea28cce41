"""Rules on a pack's targets: what the documents' own figures must agree in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.rows import numbered_rows
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.schema import Descriptor
    from regionkit.words.message import Words

    Tables = dict[str, pd.DataFrame]

__all__ = ["backward_targets", "cluster_revenues", "growth_against_levels"]

_LEVELS = {"level", "share"}
_SUFFIX = "-growth"
# Documents round levels and rates to two or three figures.
_ROUNDING = 0.02


def backward_targets(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield levels that lie behind their own baseline, seen in the indicator's direction."""
    path = descriptor.tables["targets"].path
    indicators = tables["indicators"].drop_duplicates("indicator_id")
    direction = indicators.set_index("indicator_id")["direction"]
    for line, row in numbered_rows(tables["targets"]):
        same = pd.isna(row["baseline_measure"]) or row["baseline_measure"] == row["measure"]
        if row["measure"] not in _LEVELS or not same:
            continue
        if pd.isna(row["value"]) or pd.isna(row["baseline_value"]):
            continue
        way = direction.get(row["indicator_id"])
        upper = row["value_high"] if pd.notna(row["value_high"]) else row["value"]
        is_behind = (way == "higher" and upper < row["baseline_value"]) or (
            way == "lower" and row["value"] > row["baseline_value"]
        )
        if is_behind:
            yield Fault(
                path,
                line,
                "value",
                _worse(row, way),
                msg("Correct the figures, or the indicator's direction."),
            )


def _worse(row: pd.Series, way: object) -> Words:
    value, baseline, indicator = row["value"], row["baseline_value"], row["indicator_id"]
    if way == "higher":
        return msg(
            "{value:g} is worse than the baseline {baseline:g}, though {indicator} is to be "
            "higher.",
            value=value,
            baseline=baseline,
            indicator=indicator,
        )
    return msg(
        "{value:g} is worse than the baseline {baseline:g}, though {indicator} is to be lower.",
        value=value,
        baseline=baseline,
        indicator=indicator,
    )


def growth_against_levels(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield yearly growth rates that do not lead from the baseline to the level beside them.

    They are compared where one document gives both for one scope and year, the rate under the
    indicator's id with -growth.
    """
    path = descriptor.tables["targets"].path
    targets = tables["targets"]
    levels = targets[
        targets["measure"].isin(_LEVELS)
        & targets["value"].notna()
        & targets["baseline_value"].notna()
        & targets["baseline_year"].notna()
        & targets["target_year"].notna()
    ]
    for line, row in numbered_rows(targets):
        name = row["indicator_id"]
        is_rate = isinstance(name, str) and name.endswith(_SUFFIX) and pd.notna(row["value"])
        if not is_rate or row["measure"] != "yearly growth" or pd.isna(row["target_year"]):
            continue
        beside = levels[
            (levels["indicator_id"] == name.removesuffix(_SUFFIX))
            & (levels["scope_id"] == row["scope_id"])
            & (levels["source_id"] == row["source_id"])
            & (levels["target_year"] == row["target_year"])
        ]
        for level in beside.itertuples():
            years = int(level.target_year) - int(level.baseline_year)
            reached = float(level.baseline_value) * (1 + float(row["value"]) / 100) ** years
            if abs(reached - level.value) > _ROUNDING * abs(level.value):
                yield Fault(
                    path,
                    line,
                    "value",
                    msg(
                        "{rate:g}% a year leads from {baseline:g} to {reached:.4g} in {years} "
                        "years, not to {value:g} ({target}).",
                        rate=row["value"],
                        baseline=level.baseline_value,
                        reached=reached,
                        years=years,
                        value=level.value,
                        target=level.target_id,
                    ),
                    msg("Look for a lost decimal point in one of the three figures."),
                )


def cluster_revenues(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield revenue targets of clusters that differ between the two tables that hold them."""
    stated = tables["clusters"].drop_duplicates("cluster_id").set_index("cluster_id")
    revenue = stated["revenue_target_100m_cny"]
    for line, row in numbered_rows(tables["targets"]):
        if row["scope_kind"] != "cluster" or row["indicator_id"] != "cluster-revenue":
            continue
        other = revenue.get(row["scope_id"])
        if pd.notna(other) and pd.notna(row["value"]) and other != row["value"]:
            yield Fault(
                descriptor.tables["targets"].path,
                line,
                "value",
                msg(
                    "{value:g} is not the {other:g} that clusters gives {cluster}.",
                    value=row["value"],
                    other=other,
                    cluster=row["scope_id"],
                ),
                msg("Correct one of the two."),
            )
