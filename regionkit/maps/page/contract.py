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
            "id": "facts filters",
            "name": "facts filters print",
            "title": "facts",
            "issued_on": "projects",
        },
    ),
    "labels": Table(
        {
            "kind": "projects tip",
            "scope_kind": "table",
            "cluster_role": "panel",
            "domain": "filters listing print projects",
            "industry_role": "panel",
            "location_basis": "panel projects",
            "match": "projects",
            "member_role": "panel table",
            "nature": "targets",
            "place_kind": "panel",
            "stage": "filters listing print projects tip",
            "tier": "panel table",
            "zone_kind": "filters panel zones",
            "group": "listing",
            "stage_group": "facts",
        },
        form="plain",
    ),
    "zones": Table(
        {
            "id": "areas facts filters legend opening panel projects search",
            "name": "areas filters opening panel search table targets zones",
            "short": "labels legend opening page panel print projects search tip",
            "kind": "facts filters panel zones",
            "colour": "zones",
            "fill": "zones",
            "ink": "labels",
            "name_at": "labels",
            "inferred": "legend zones",
            "card": "opening page",
            "doubt": "opening",
            "counties": "areas facts filters fit legend panel view zones",
            "km2": "panel",
            "note": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
        early=(
            "id",
            "short",
            "kind",
            "colour",
            "fill",
            "ink",
            "name_at",
            "inferred",
            "counties",
        ),
    ),
    "memberships": Table(
        {
            "zone_id": "facts panel table zones",
            "adcode": "facts panel table",
            "role": "panel table",
            "note": "panel table",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts zones",
        },
    ),
    "aliases": Table(
        {
            "name": "search",
            "adcode": "search",
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
            "id": "address filters panel print",
            "name": "filters panel print",
            "colour": "panel",
        },
    ),
    "clusters": Table(
        {
            "cluster_id": "page panel search table targets",
            "name": "panel search table targets",
            "revenue_target_100m_cny": "table",
            "target_year": "table",
            "tier": "panel table",
            "note": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "cluster_places": Table(
        {
            "cluster_id": "badges panel table",
            "adcode": "badges panel table",
            "role": "panel",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
    ),
    "projects": Table(
        {
            "name": "address facts listing page panel projects targets tip",
            "kind": "projects tip",
            "adcodes": "facts",
            "said": "facts",
            "at": "fit page projects",
            "capacity_unit": "listing projects",
            "capacity_value": "listing projects",
            "current": "facts filters listing opening projects",
            "cut": "projects",
            "domain": "facts filters listing projects",
            "end_year": "facts listing projects",
            "line": "fit page projects",
            "location_basis": "panel projects",
            "location_source": "projects",
            "stage": "facts listing projects tip",
            "start_year": "facts listing projects",
            "years": "facts",
            "note": "projects",
            "source_id": "facts",
            "locator": "facts",
            "basis": "facts",
        },
        early=("domain", "kind", "stage", "location_basis", "at", "line", "cut", "current"),
    ),
    "mentions": Table(
        {
            "project": "facts",
            "match": "projects",
            "named_as": "facts projects",
            "said": "projects",
            "stage": "projects",
            "year": "facts projects",
            "note": "projects",
            "source_id": "facts projects",
            "locator": "projects",
        },
    ),
    "plain_mentions": Table(
        {
            "project": "facts",
            "year": "facts",
        },
    ),
    "targets": Table(
        {
            "indicator": "search table targets",
            "scope_kind": "table targets",
            "scope_id": "targets",
            "words": "table targets",
            "baseline": "targets",
            "nature": "targets",
            "state": "opening targets",
            "gap": "targets",
            "state_colour": "targets",
            "target_year": "facts table targets",
            "note": "table targets",
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
            "title": "panel table",
            "adcodes": "badges panel",
            "end_year": "panel",
            "lead": "panel table",
            "start_year": "panel",
            "zone_ids": "panel",
            "note": "panel table",
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
            "id": "fit page panel search targets view",
            "name": "panel search targets",
            "kind": "panel",
            "adcode": "fit panel search",
            "at": "fit panel view",
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
            "families": "projects",
            "older": "projects",
            "sample": "projects",
            "words": "projects",
        },
        early=("kinds", "families", "older", "sample", "fills", "words"),
        form="plain",
    ),
    "search": Table({"initials": "search"}, form="plain"),
    "called": Table({"word": "search", "kind": "search", "of": "search"}),
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
        "message",
        "goal",
        "judged",
        "circles",
    ),
    "preset": ("id", "title", "body", "layer", "overlays", "domains", "message", "note"),
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
    "kind": ("scale", "line", "fill", "width", "dashes", "lines", "areas"),
    "pair": ("title", "left", "right", "leftDocument", "rightDocument"),
}

# How signs and numbers are drawn: the fields of each, and who reads it (js/NAME.js).
SIGNS: dict[str, tuple[tuple[str, ...], str]] = {
    "colours": (
        (
            "land",
            "text",
            "county",
            "city",
            "province",
            "water",
            "shore",
            "coast",
            "neighbour",
            "rest",
            "badge",
            "face",
            "halo",
            "own_edge",
            "chosen",
            "circle",
        ),
        "areas draw ground inset legend picture projects symbols view zones",
    ),
    "stripes": ((), "areas"),
    "circle_px": ((), "areas"),
    "lines": (
        (
            "shore",
            "coast",
            "border",
            "border_dashes",
            "province",
            "city",
            "county",
            "zone",
            "zone_dashes",
        ),
        "areas ground view zones",
    ),
    "names": (("phone", "embed", "usual", "room"), "labels"),
    "county_zoom": ((), "labels"),
    "strokes": (("dashes", "width", "core"), "symbols"),
    "routes": (("map", "chosen", "legend"), "projects symbols"),
    "hatch": (("hatch", "angle", "colour", "size"), "areas"),
    "badges": (("colour", "dx"), "badges legend"),
    "numbers": (("decimals", "year_unit", "longest_span", "per", "close"), "facts"),
}
