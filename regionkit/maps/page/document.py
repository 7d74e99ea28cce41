"""The one document that a page is written from: all that its script is given."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from regionkit.maps.page.contract import TABLES
from regionkit.maps.page.topology import LETTERS, POINT_SCALE

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PageDocument", "empty_tables", "empty_units", "page_grid"]


@dataclass(frozen=True)
class PageDocument:
    """What a page shows; the script reads nothing else.

    Attributes
    ----------
    title : str
    lang : str
        Tag of the language, as HTML has it.
    words : mapping
        Words of the interface by key.
    source : str
        What the foot of the page says of its base.
    boundaries : str
        Whose the boundaries are; "" for a page of no region.
    bounds : list
        South-west and north-east corner, (lat, lon).
    far : list, optional
        Corners, as those of ``bounds``, of what an inset shows: islands far from the main land.
    region : bool
        Whether the page is of a region, with its panel, filters and overlays.
    units : mapping
        The region's counties and cities, the outlines of the counties, and which of their arcs are
        ``borders`` of provinces.
    layers, marks, shapes, pairs
        Area layers, points and lines of the user's, outlines of areas that are no units of the
        region by level, and pairs of layers to compare.
    overlays, domains : list of str
        What is drawn at first.
    open : str, optional
        Id of the layer that is shown first.
    basemap : mapping, optional
    grid : mapping
        How coordinates are written: ``letters`` of the digits, ``steps`` of a point to a degree.
    signs : mapping
        How signs and numbers are drawn: :func:`regionkit.maps.page.page_signs.page_signs`.
    presets : list
        Views that have a button: :func:`regionkit.maps.page.presets.page_presets`.
    view : str
        Id of the view that is shown first; "" for what ``open``, ``overlays`` and ``domains`` say.
    story : list
        Chapters, each ``title``, ``text`` and ``state``: :mod:`regionkit.maps.page.story`.
    plan : str
        Short title of the current plan; "" where the pack has none.
    ground : mapping, optional
        What lies about the region: :func:`regionkit.maps.page.ground.page_ground`.
    under : list
        The user's own rivers, railways, roads: :func:`regionkit.maps.page.base.page_base`.
    zone_kind : str
        The kind of grouping that counts as a zone.
    tables : mapping
        The tables that panel, search and filters read, with the columns of the contract.
    """

    title: str
    lang: str
    words: Mapping[str, str]
    source: str
    boundaries: str
    bounds: list[list[float]]
    far: list[list[float]] | None
    region: bool
    units: Mapping[str, Any]
    layers: list[dict[str, Any]]
    marks: list[dict[str, Any]]
    shapes: Mapping[str, Any]
    pairs: list[dict[str, Any]]
    overlays: list[str]
    domains: list[str]
    open: str | None
    basemap: Mapping[str, Any] | None
    grid: Mapping[str, Any]
    signs: Mapping[str, Any]
    presets: list[dict[str, Any]]
    view: str
    story: list[dict[str, str]]
    plan: str
    ground: Mapping[str, Any] | None
    under: list[dict[str, Any]]
    zone_kind: str
    tables: Mapping[str, Any]

    def base(self) -> dict[str, Any]:
        """Return what the first picture needs, as JSON knows it."""
        made = {field.name: getattr(self, field.name) for field in fields(self)}
        made["early"] = _by_form(self.tables, {k: table.early for k, table in TABLES.items()})
        del made["tables"]
        return made

    def late(self) -> dict[str, Any]:
        """Return the tables that are read when the first picture is on the screen."""
        return _by_form(self.tables, {k: table.late for k, table in TABLES.items()})


def _by_form(
    tables: Mapping[str, Any], wanted: Mapping[str, tuple[str, ...]]
) -> dict[str, dict[str, Any]]:
    """Return some columns of each table, by the form in which the script reads it.

    Packed columns stand by their name, and by table beneath it: notes beside notes and places in
    a document beside each other deflate to less than table after table.
    """
    found: dict[str, dict[str, Any]] = {"packed": {}, "plain": {}, "series": {}}
    for name, columns in wanted.items():
        form, table = TABLES[name].form, tables[name]
        if form == "packed":
            for column in columns:
                found["packed"].setdefault(column, {})[name] = table[column]
        elif columns:
            found[form][name] = _part(table, columns)
    return found


def _part(table: Any, columns: tuple[str, ...]) -> Any:
    """Return some columns of a table; a series of tables has them in each."""
    if isinstance(table, list):
        return [_part(one, columns) for one in table]
    return {column: table[column] for column in columns}


def empty_tables() -> dict[str, Any]:
    """Return the tables of a page of no region: every column of the contract, no row."""
    nothing: dict[str, Any] = {"packed": [], "plain": {}}
    made: dict[str, Any] = {
        name: [] if table.form == "series" else dict.fromkeys(table.columns, nothing[table.form])
        for name, table in TABLES.items()
    }
    return made


def empty_units() -> dict[str, Any]:
    """Return the units of a page of no region."""
    table: dict[str, list[Any]] = {"id": [], "name": [], "at": [], "km2": []}
    return {
        "topology": {"scale": 1, "arcs": [], "rings": []},
        "province": ["", ""],
        "counties": {**table, "city": [], "province": []},
        "cities": {**table, "short": [], "rank": [], "seat": [], "capital": []},
        "provinces": {"id": [], "name": [], "short": [], "at": []},
        "borders": [],
    }


def page_grid() -> dict[str, Any]:
    """Return how a page writes coordinates."""
    return {"letters": LETTERS, "steps": POINT_SCALE}
