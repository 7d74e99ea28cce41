"""What is known of a zone beside its area: members, track, and the documents that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regionkit.region.history import MENTION_COLUMNS, date_mentions
from regionkit.words.html import html_facts
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.pack.pack import Pack

__all__ = ["ZoneFacts", "gather_zone_facts"]


@dataclass(frozen=True)
class ZoneFacts:
    """What is known of a zone.

    Attributes
    ----------
    zone_id, name, kind : str
    members : tuple of str
        Adcodes of the units recorded as its members; none where the documents list none.
    places : tuple of str
        Names of members that are functional areas, or units outside the region.
    waypoints : tuple of str
        Names along its track, in order.
    waypoint_bases : tuple of str
        How each of them is known: "stated", or "inferred" of what lies between.
    mentions : DataFrame
        What documents say of the zone and of its memberships, in order of time: ``named_kind,
        named_id, issued_on, not_before, source, locator, named_as, year, match, note``.
    project_ids : tuple of str
        Projects said of it.
    """

    zone_id: str
    name: str
    kind: str
    members: tuple[str, ...]
    places: tuple[str, ...]
    waypoints: tuple[str, ...]
    waypoint_bases: tuple[str, ...]
    mentions: pd.DataFrame
    project_ids: tuple[str, ...]

    def _repr_html_(self) -> str:
        """Return the facts as a table, for a notebook."""
        facts = [
            (say("Id"), self.zone_id),
            (say("Members"), join(self.members)),
            (say("Other members"), join(self.places)),
            (say("Track"), "—".join(self.waypoints)),
            (say("Named in documents"), join(self.mentions["source"].drop_duplicates())),
            (say("Projects said of it"), len(self.project_ids)),
        ]
        return html_facts(self.name, facts)


def gather_zone_facts(zone_id: str, pack: Pack) -> ZoneFacts:
    """Return what a pack says of a zone, of which nothing but its name need be known."""
    zone = pack.table("zones").set_index("zone_id").loc[zone_id]
    names = pack.table("places").set_index("place_id")["name"]
    stops = _rows(pack, "zone_waypoints", zone_id).sort_values("order")
    mentions = pack.table("other_mentions")
    named, kind = mentions["named_id"], mentions["named_kind"]
    mine = mentions[
        ((kind == "zone") & (named == zone_id))
        | ((kind == "membership") & named.str.startswith(f"{zone_id}/"))
    ]
    dated = date_mentions(mine, pack.table("sources").set_index("source_id"))
    return ZoneFacts(
        zone_id,
        str(zone["name"]),
        str(zone["kind"]),
        tuple(_rows(pack, "memberships", zone_id)["adcode"]),
        tuple(_rows(pack, "zone_places", zone_id)["place_id"].map(names)),
        tuple(stops["name"]),
        tuple(stops["basis"]),
        dated[["named_kind", "named_id", *MENTION_COLUMNS]],
        tuple(dict.fromkeys(_rows(pack, "project_zones", zone_id)["project_id"])),
    )


def _rows(pack: Pack, table: str, zone_id: str) -> pd.DataFrame:
    frame = pack.table(table)
    return frame[frame["zone_id"] == zone_id]
