"""Rules on the maps that a pack asks for: what each kind of map is of, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.errors import Fault
from regionkit.pack.model import THEMES
from regionkit.pack.rows import numbered_rows
from regionkit.words.message import msg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regionkit.pack.schema import Descriptor
    from regionkit.words.message import Message

    Tables = dict[str, pd.DataFrame]

__all__ = ["INDICATOR_MAPS", "STATISTIC_MAPS", "unclear_themes"]

#: Maps that are of an indicator, and those of them that show what is reported.
INDICATOR_MAPS = frozenset({"statistic", "target", "both"})
STATISTIC_MAPS = frozenset({"statistic", "both"})
# Columns that only some kinds of map have.
_ONLY_OF = {
    "indicator_id": INDICATOR_MAPS,
    "domain": frozenset({"projects"}),
    "source_id": frozenset({"projects", "zone targets", "structure"}),
    "locator": frozenset({"projects", "zone targets"}),
    "target_id": STATISTIC_MAPS,
    "year": STATISTIC_MAPS,
    "against_year": frozenset({"statistic"}),
}
# These fill a sheet by themselves.
_ALONE = frozenset({"zones", "structure", "zone targets", "projects"})


def unclear_themes(descriptor: Descriptor, tables: Tables) -> Iterator[Fault]:
    """Yield maps that no sheet and no page shows, or that hold what their kind has no use for."""
    table = descriptor.tables[THEMES]
    themes = tables[THEMES]
    shared = themes["sheet"].dropna()
    shared = set(shared[shared.duplicated(keep=False)])
    targets = tables["targets"].drop_duplicates("target_id").set_index("target_id")
    whole = descriptor.region["adcode"]
    domains = set(tables["kinds"]["domain"])
    for line, row in numbered_rows(themes):
        for column, what, mend in _faults_of(row, shared, targets, domains, whole):
            yield Fault(table.path, line, column, what, mend)


def _faults_of(
    row: Any, shared: set[str], targets: pd.DataFrame, domains: set[str], whole: str
) -> Iterator[tuple[str, Message, Message]]:
    shows = row["shows"]
    if pd.isna(row["sheet"]) and not row["is_on_page"]:
        yield (
            "sheet",
            msg("is empty, and the page does not show it."),
            msg("Name a sheet of the atlas, or put it on the page."),
        )
    if row["sheet"] in shared and shows in _ALONE:
        yield (
            "sheet",
            msg("is that of another map, and {shows} fills a sheet.", shows=shows),
            msg("Give it a sheet of its own."),
        )
    for column, kinds in _ONLY_OF.items():
        if pd.notna(shows) and pd.notna(row[column]) and shows not in kinds:
            yield (
                column,
                msg("is of no use to a map of {shows}.", shows=shows),
                msg("Leave it blank, or show one of {kinds}.", kinds=sorted(kinds)),
            )
    if pd.notna(row["locator"]) and pd.isna(row["source_id"]):
        yield (
            "source_id",
            msg("is empty beside a part of a document."),
            msg("Name the document."),
        )
    if pd.notna(row["domain"]) and row["domain"] not in domains:
        yield (
            "domain",
            msg('"{cell}" has no row that names it.', cell=row["domain"]),
            msg("Use a domain of kinds, or add it there."),
        )
    if pd.notna(row["against_year"]) and pd.isna(row["indicator_id"]):
        yield (
            "against_year",
            msg("is given without an indicator."),
            msg("Name the indicator whose change is shown."),
        )
    if pd.notna(row["target_id"]) and row["target_id"] in targets.index:
        target = targets.loc[row["target_id"]]
        if not _parts_colours(target, whole) or target["indicator_id"] != row["indicator_id"]:
            yield (
                "target_id",
                msg("{target} is no share of the whole region.", target=row["target_id"]),
                msg(
                    "Name a target of the same indicator, of the whole region, in per cent and "
                    "with a value; or leave it blank."
                ),
            )


def _parts_colours(target: Any, whole: str) -> bool:
    """Return whether units can be held against a target: a share of the whole region."""
    return bool(
        target["scope_id"] == whole
        and target["unit"] == "%"
        and target["measure"] in {"level", "share"}
        and pd.notna(target["value"])
    )
