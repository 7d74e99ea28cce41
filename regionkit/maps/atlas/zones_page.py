"""The sheet of the plan's zones: fills and names on the map, a card for each zone beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.analysis.messages import zones_message, zones_note
from regionkit.maps.atlas.data import LANG
from regionkit.maps.paper.columns_page import fill_columns
from regionkit.maps.paper.compose import draw_map
from regionkit.maps.signs.colours import zone_look
from regionkit.maps.signs.layer_items import overlap_items
from regionkit.maps.signs.legend_item import LegendItem
from regionkit.maps.signs.styles import zone_face
from regionkit.maps.signs.theme import drawing
from regionkit.maps.signs.words import projection_words
from regionkit.maps.signs.zone_doubt import membership_doubt, with_inferred
from regionkit.query.projects import named_now
from regionkit.region.names import names_in
from regionkit.words.message import join, say

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.maps.atlas.data import AtlasData
    from regionkit.maps.paper.sheet import Sheet

__all__ = ["draw_zones_page"]

_MAP_SHARE = 0.68
_KM2_IN_UNIT = 1e4


def draw_zones_page(data: AtlasData, title: str) -> Sheet:
    """Return the sheet of a region's zones."""
    ln = data.region
    zones = with_inferred(ln, data.zones, data.counties.geometry)
    members = ln.memberships[ln.memberships["zone_id"].isin(zones.index)]
    with drawing(data.theme):
        sheet = data.sheet(title, zones_message(ln, LANG), data.cite(members), legend_mm=0.0)
        left, bottom, right, top = sheet.body_mm
        wide = _MAP_SHARE * (right - left)
        sheet.place_map(left, bottom, wide, top - bottom)
        draw_map(
            sheet.axes[0],
            None,
            replace(
                data.whole_parts,
                zones=zones,
                zone_names=names_in(zones, LANG, column="short_name"),
                fill_zones=data.counties,
            ),
            crs=data.crs,
            theme=data.theme,
        )
        items = [item for zone_id in zones.index for item in _card(data, zone_id, members)]
        note = zones_note(ln, LANG)
        if note:
            items += [
                LegendItem(say("Sums", lang=LANG), "heading"),
                LegendItem(note, "note"),
            ]
        items += overlap_items(
            zones, data.counties, data.theme, names=data.short_counties, lang=LANG
        )
        inferred = data.counties.index.isin(members.loc[members["basis"] == "inferred", "adcode"])
        named = data.short_counties[inferred]
        if len(named):
            items.append(
                LegendItem(
                    say("Inferred counties: {members}.", lang=LANG, members=join(named)), "note"
                )
            )
        if not all(shape.is_empty for shape in zones["inferred"]):
            items.append(
                LegendItem(say("Edges are dashed where members are inferred.", lang=LANG), "note")
            )
        none = int((data.counties["zone_ids"].map(len) == 0).sum())
        if none:
            items.append(
                LegendItem(say("County-level units in no zone: {n}.", lang=LANG, n=none), "note")
            )
        items.append(LegendItem(projection_words(data.crs), "note"))
        sheet.items = items
        x = left + wide + 5.0
        fill_columns(sheet, items, [(x, top, right - x, top - bottom)])
        return sheet.finish()


def _card(data: AtlasData, zone_id: str, members: pd.DataFrame) -> list[LegendItem]:
    """Return what is told of a zone: its members, counties, area, projects."""
    ln, zone = data.region, data.zones.loc[zone_id]
    look = zone_look(str(zone["colour"]))
    mine = members[members["zone_id"] == zone_id]
    cities = data.cities["short"].reindex(mine["adcode"]).dropna()
    # A unit directly under the province is both, and told once.
    below = mine.loc[~mine["adcode"].isin(cities.index), "adcode"]
    counties = data.short_counties.reindex(below).dropna()
    short = names_in(data.zones, LANG, column="short_name")[zone_id]
    doubt = membership_doubt(ln, zone_id, LANG)
    heading = f"{short}　{doubt}" if doubt else short
    items = [
        LegendItem(heading, "heading", data.theme.text if data.theme.use_patterns else look.name)
    ]
    items.append(
        LegendItem(
            join([*cities, *counties]).render(LANG),
            "swatch",
            zone_face(data.zones, zone_id, data.theme),
        )
    )
    now = named_now(ln.projects)
    count = sum(zone_id in zones for zones in now["zone_ids"])
    n_counties = int(data.counties["zone_ids"].map(lambda own: zone_id in own).sum())
    area = f"{float(zone['area_km2']) / _KM2_IN_UNIT:.1f}"
    items.append(
        LegendItem(
            say(
                "{n} counties, {area} × 10,000 km², {projects} projects of the plan in force",
                lang=LANG,
                n=n_counties,
                area=area,
                projects=count,
            ),
            "note",
        )
    )
    if str(zone["name"]) != short:
        items.append(LegendItem(say("In full: {name}", lang=LANG, name=zone["name"]), "note"))
    return items
