"""What a briefing holds: sections of cited rows, numbered sources, a map. All forms read it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.signs.legend_item import LegendItem

__all__ = ["Briefing", "Citation", "Column", "MapView", "Row", "Section", "Source", "Table"]


@dataclass(frozen=True)
class Citation:
    """Where a row comes from.

    Attributes
    ----------
    number : int
        Of the source in the list of sources.
    source_id, locator : str
    basis : str
        "stated", "derived", "inferred" or "external"; "" where the table has none.
    """

    number: int
    source_id: str
    locator: str
    basis: str = ""

    def __str__(self) -> str:
        """Return the number with the place in the document."""
        return f"[{self.number}] {self.locator}".rstrip()


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and its share of the width."""

    name: str
    share: float
    align: Literal["left", "right"] = "left"


@dataclass(frozen=True)
class Row:
    """A row: its texts, a line break where a cell has several lines.

    Attributes
    ----------
    cells : tuple of str
    citation : Citation or None
        None for a count of the rows of another table.
    note : str
        The catalogue's own remark on the fact.
    """

    cells: tuple[str, ...]
    citation: Citation | None = None
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption."""

    table_id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] = field(repr=False)


@dataclass(frozen=True)
class Section:
    """A section: a heading, a few sentences, tables."""

    section_id: str
    title: str
    lead: tuple[str, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Source:
    """A line of the list of sources.

    Attributes
    ----------
    number : int
    source_id, title, issuer, issued_on, kind, licence, note : str
        "" where not known.
    locators : tuple of str
        The places in it that the briefing cites.
    """

    number: int
    source_id: str
    title: str
    issuer: str
    issued_on: str
    kind: str
    licence: str
    note: str
    locators: tuple[str, ...]


@dataclass(frozen=True)
class MapView:
    """What the briefing's map shows.

    Attributes
    ----------
    caption, source : str
    layer : AreaLayer
        The counties with their classes.
    ground : GeoSeries
        Counties round about, pale.
    outline : GeoSeries
        Borders drawn heavier: the cities', or the county the briefing is of.
    projects : GeoDataFrame
        Those with a position inside the map.
    signs : mapping
        Their words and symbols, as of ``project_signs``.
    labels : Series of str, indexed by adcode
        Names to write.
    label_points : GeoSeries
        Where.
    legend : tuple of LegendItem
    """

    caption: str
    source: str
    layer: AreaLayer = field(repr=False)
    ground: gpd.GeoSeries = field(repr=False)
    outline: gpd.GeoSeries = field(repr=False)
    projects: gpd.GeoDataFrame = field(repr=False)
    signs: Mapping[str, Mapping[str, str]] = field(repr=False)
    labels: tuple[str, ...]
    label_points: gpd.GeoSeries = field(repr=False)
    legend: tuple[LegendItem, ...]


@dataclass(frozen=True)
class Briefing:
    """The facts of a place, gathered once for every form.

    Attributes
    ----------
    place_id : str
        Adcode or zone_id; "" for a query.
    kind : {"province", "city", "county", "zone", "query"}
    name, title, subtitle : str
    lang : {"zh", "en"}
    map : MapView
    sections : tuple of Section
        Those that have facts.
    sources : tuple of Source
        In order of first use.
    """

    place_id: str
    kind: str
    name: str
    title: str
    subtitle: str
    lang: str
    map: MapView
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    def section(self, section_id: str) -> Section | None:
        """Return a section by id, None where it was empty."""
        return next((s for s in self.sections if s.section_id == section_id), None)
