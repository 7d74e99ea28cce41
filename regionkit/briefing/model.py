"""What a briefing holds: sections of cited rows, numbered sources, a map. All forms read it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import geopandas as gpd

    from regionkit.briefing.subject import Kind

__all__ = [
    "Board",
    "Briefing",
    "Chart",
    "Citation",
    "Column",
    "Digest",
    "Figure",
    "MapView",
    "Row",
    "Section",
    "Series",
    "Source",
    "Spot",
    "Table",
]


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

    def filled(self) -> Table:
        """Return it without the columns in which no row has anything; those of sources stay."""
        n = len(self.rows[0].cells) if self.rows else 0
        kept = [at for at in range(n) if any(row.cells[at] for row in self.rows)]
        cited = range(n, len(self.columns))
        return replace(
            self,
            columns=tuple(self.columns[at] for at in (*kept, *cited)),
            rows=tuple(
                replace(row, cells=tuple(row.cells[at] for at in kept)) for row in self.rows
            ),
        )


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
class Figure:
    """A number of the first page.

    Attributes
    ----------
    value, unit : str
    label : str
        What it is of, with its year.
    remark : str
        Its rank, or how far the target is.
    is_own : bool
        Whether it is of the user's own table.
    """

    value: str
    unit: str
    label: str
    remark: str
    is_own: bool = False


@dataclass(frozen=True)
class Series:
    """Values of a chart that have one colour, a value a label; None where there is none."""

    name: str
    values: tuple[float | None, ...]
    colour: str


@dataclass(frozen=True)
class Chart:
    """Bars that lie, the first label at the top.

    Attributes
    ----------
    title : str
        What is found, as a sentence.
    labels : tuple of str
    series : tuple of Series
        Each of them has a value for each label.
    unit : str
    is_stacked : bool
        Whether the series add up to a bar, else they stand beside each other.
    note : str
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_stacked: bool
    note: str = ""


@dataclass(frozen=True)
class Spot:
    """A number on the map with its line in the list beside it.

    Attributes
    ----------
    number : int
    text : str
    colour : str
    is_solid : bool
        Whether something is under way there.
    project_ids : tuple of str
    geometry : GeoSeries
        Of its points and lines; the number stands at the first.
    fill : str
        Of :data:`~regionkit.maps.signs.stages.FILLS`: the stage that a line is drawn by.
    """

    number: int
    text: str
    colour: str
    is_solid: bool
    project_ids: tuple[str, ...]
    geometry: gpd.GeoSeries = field(repr=False)
    fill: str = "solid"


@dataclass(frozen=True)
class MapView:
    """What a map of the briefing shows.

    Attributes
    ----------
    caption, source : str
    areas : GeoDataFrame, indexed by adcode
        Counties of the subject: ``name, colour, second`` (colour of stripes, "" for none).
    rest : GeoSeries
        Other counties of the region, pale.
    cities : GeoSeries
        Borders of cities.
    edges : GeoDataFrame
        Outlines drawn heavier: ``colour, ink, is_inferred, name``; a name is written in ink.
    seats : GeoDataFrame
        ``name`` and the point it stands at, the first ones matter most.
    spots : tuple of Spot
    badges : GeoDataFrame
        ``name, count`` and a point: so many are known by their city or county only.
    notes : tuple of str
        What is said below the list of numbers: the parts add up to the whole.
    is_whole : bool
        Whether the frame is about the whole region, else about the areas.
    opens : bool
        Whether it says of its place more than the map of numbers: the zones of a region.
    """

    caption: str
    source: str
    areas: gpd.GeoDataFrame = field(repr=False)
    rest: gpd.GeoSeries = field(repr=False)
    cities: gpd.GeoSeries = field(repr=False)
    edges: gpd.GeoDataFrame = field(repr=False)
    seats: gpd.GeoDataFrame = field(repr=False)
    spots: tuple[Spot, ...] = field(repr=False)
    badges: gpd.GeoDataFrame = field(repr=False)
    notes: tuple[str, ...]
    is_whole: bool = False
    opens: bool = False


@dataclass(frozen=True)
class Board:
    """What stands on one slide: a title that says what is found, and short tables.

    Attributes
    ----------
    board_id : str
    title : str
    heading : str
        What a contents list calls it.
    tables : tuple of Table
        Rows in the order of their weight: the first are shown, the others are in the workbook.
    """

    board_id: str
    title: str
    heading: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Digest:
    """What a briefing says on its few pages.

    Attributes
    ----------
    called : str
        The place's short name.
    message : str
        The place in a sentence made of facts.
    figures : tuple of Figure
        At most five.
    charts : tuple of Chart
        At most two.
    cover : MapView
        Where the place is, or its zones.
    map : MapView
        Numbered projects.
    boards : tuple of Board
    """

    called: str
    message: str
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    cover: MapView = field(repr=False)
    map: MapView = field(repr=False)
    boards: tuple[Board, ...]


@dataclass(frozen=True)
class Briefing:
    """The facts of a place, gathered once for every form.

    Attributes
    ----------
    place_id : str
        Adcode or zone_id; "" for a query.
    kind : str
        As of :class:`regionkit.briefing.subject.Subject`.
    name, title, subtitle : str
    lang : {"zh", "en"}
    digest : Digest
    sections : tuple of Section
        Those that have facts, in full.
    sources : tuple of Source
        In order of first use.
    """

    place_id: str
    kind: Kind
    name: str
    title: str
    subtitle: str
    lang: str
    digest: Digest
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]

    def section(self, section_id: str) -> Section | None:
        """Return a section by id, None where it was empty."""
        return next((s for s in self.sections if s.section_id == section_id), None)
