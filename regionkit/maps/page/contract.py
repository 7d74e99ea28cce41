"""The contract with the script: which tables and columns a page sends, and who reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["RECORDS", "SIGNS", "TABLES", "Table"]


@dataclass(frozen=True)
class Table:
    """A table of a page.

    Attributes
    ----------
    columns : mapping of str to str
        For each column the files of the script (js/NAME.js) that read it.
    early : tuple of str
        Columns that the first picture needs; the others are read when it is on the screen.
    form : {"packed", "plain", "series"}
        Columns of :func:`regionkit.maps.page.columns.pack_column`; values as JSON has them, by
        name; a list of tables that have packed columns beside single values.
    """

    columns: Mapping[str, str]
    early: tuple[str, ...] = ()
    form: Literal["packed", "plain", "series"] = "packed"

    @property
    def late(self) -> tuple[str, ...]:
        """Columns that are read when the first picture is on the screen."""
        return tuple(column for column in self.columns if column not in self.early)


TABLES: dict[str, Table] = {
    "sources": Table(
        {
            "id": "facts page",
            "name": "facts page tools",
            "title": "facts",
            "issued_on": "projects",
        },
    ),
    "labels": Table(
        {
            "kind": "projects tip",
            "scope_kind": "tools",
            "cluster_role": "panel",
            "domain": "page projects tools",
            "industry_role": "panel",
            "location_basis": "panel projects",
            "match": "projects",
            "member_role": "panel tools zones",
            "nature": "panel",
            "place_kind": "panel",
            "stage": "page projects tip tools",
            "tier": "panel tools",
            "zone_kind": "page zones",
        },
        form="plain",
    ),
    "zones": Table(
        {
            "id": "areas facts page panel projects tools",
            "name": "areas page panel tools zones",
            "short": "page projects tip tools",
            "kind": "facts page panel zones",
            "colour": "tools zones",
            "counties": "areas facts page panel tools view zones",
            "km2": "zones",
            "note": "zones",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
        early=("id", "short", "kind", "colour", "counties"),
    ),
    "memberships": Table(
        {
            "zone_id": "facts panel tools zones",
            "adcode": "facts panel tools zones",
            "role": "panel tools zones",
            "note": "panel tools zones",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts zones",
        },
    ),
    "aliases": Table(
        {
            "name": "tools",
            "adcode": "tools",
        },
    ),
    "profiles": Table(
        {
            "adcode": "panel",
            "positioning": "panel",
            "note": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "industries": Table(
        {
            "adcode": "facts panel",
            "industry": "panel",
            "role": "panel",
            "sector_id": "facts panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "sectors": Table(
        {
            "id": "page panel tools",
            "name": "page panel tools",
            "colour": "panel",
        },
    ),
    "clusters": Table(
        {
            "cluster_id": "page panel tools",
            "name": "panel tools",
            "revenue_target_100m_cny": "tools",
            "target_year": "tools",
            "tier": "panel tools",
            "note": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "cluster_places": Table(
        {
            "cluster_id": "badges panel tools",
            "adcode": "badges panel tools",
            "role": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "projects": Table(
        {
            "name": "facts page panel projects tip tools",
            "kind": "projects tip",
            "adcodes": "facts",
            "said": "facts",
            "at": "page projects",
            "capacity_unit": "projects",
            "capacity_value": "projects",
            "cut": "projects",
            "domain": "page projects",
            "end_year": "projects",
            "line": "page projects",
            "location_basis": "projects",
            "location_source": "projects",
            "stage": "projects tip",
            "start_year": "projects",
            "years": "facts",
            "note": "projects",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
        early=("domain", "kind", "stage", "location_basis", "at", "line", "cut"),
    ),
    "mentions": Table(
        {
            "project": "projects",
            "match": "projects",
            "named_as": "projects",
            "said": "projects",
            "stage": "projects",
            "year": "projects",
            "note": "projects",
            "source_id": "facts projects",
            "locator": "projects",
        },
    ),
    "plain_mentions": Table(
        {
            "project": "projects",
            "year": "projects",
        },
    ),
    "targets": Table(
        {
            "indicator": "panel tools",
            "scope_kind": "panel tools",
            "scope_id": "panel tools",
            "words": "panel tools",
            "baseline": "panel",
            "nature": "panel",
            "target_year": "facts panel tools",
            "note": "panel tools",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "statistics": Table(
        {
            "indicator": "panel",
            "adcode": "panel",
            "unit": "panel",
            "value": "panel",
            "year": "panel",
            "note": "panel",
            "source_id": "panel",
            "locator": "panel",
            "basis": "panel",
        },
        form="series",
    ),
    "tasks": Table(
        {
            "title": "panel tools",
            "adcodes": "badges panel",
            "end_year": "panel",
            "lead": "panel tools",
            "start_year": "panel",
            "zone_ids": "panel zones",
            "note": "panel tools",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "elsewhere": Table(
        {
            "targets": "panel",
            "tasks": "panel",
        },
        form="plain",
    ),
    "places": Table(
        {
            "id": "page panel tools view",
            "name": "panel tools",
            "kind": "panel",
            "adcode": "page panel tools",
            "at": "page panel view",
            "location_basis": "panel",
            "location_source": "panel",
            "note": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "symbols": Table(
        {
            "fills": "projects",
            "kinds": "projects",
            "shapes": "projects",
        },
        early=("kinds", "shapes", "fills"),
        form="plain",
    ),
    "search": Table(
        {
            "initials": "tools",
        },
        form="plain",
    ),
}

# Fields of what a document lists.
RECORDS: dict[str, tuple[str, ...]] = {
    "layer": (
        "id",
        "title",
        "unit",
        "level",
        "codes",
        "values",
        "labels",
        "entries",
        "source",
        "note",
        "series",
        "name",
        "year",
        "nature",
        "main",
        "cites",
        "ramp",
        "columns",
    ),
    "mark": (
        "id",
        "title",
        "unit",
        "names",
        "labels",
        "colours",
        "entries",
        "source",
        "note",
        "steps",
        "at",
        "lines",
        "columns",
    ),
    "pair": ("title", "left", "right", "leftDocument", "rightDocument"),
}

# How signs and numbers are drawn: the fields of each, and who reads it (js/NAME.js).
SIGNS: dict[str, tuple[tuple[str, ...], str]] = {
    "colours": (("land", "unstated"), "areas draw"),
    "strokes": (("dashes", "width"), "projects"),
    "routes": (("map", "chosen", "legend"), "projects"),
    "hatch": (("hatch", "angle", "colour", "size"), "areas"),
    "zone_hatches": (("hatch", "angle"), "zones"),
    "badges": (("colour", "dx"), "badges tools"),
    "numbers": (("decimals", "year_unit", "longest_span", "per", "close"), "facts"),
}
