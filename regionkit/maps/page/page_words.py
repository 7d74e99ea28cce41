"""The words that the page's script shows, in the reader's language."""

from __future__ import annotations

from regionkit.words.message import msg, say

__all__ = ["page_words"]

_WHOLES = {
    "nation": msg("Country"),
    "region": msg("Region"),
    "province": msg("Province"),
    "city": msg("Prefecture-level city"),
    "county": msg("County"),
}


def page_words(lang: str, *, whole: str = "province") -> dict[str, str]:
    """Return the words of the interface by the names that the script knows them by.

    Places that the script fills are numbered: ``{0}``.

    Parameters
    ----------
    lang : {"zh", "en"}
    whole : {"province", "city", "county", "region", "nation"}
        Level of the region that the page is of.

    Examples
    --------
    >>> page_words("en")["legend"], page_words("zh")["more"]
    ('Legend', '另有 {0} 项')
    """
    return {
        "layers": say("Themes", lang=lang),
        "noLayer": say("No theme", lang=lang),
        "overlays": say("Overlays", lang=lang),
        "failed": say(
            "Something went wrong and the page is not complete ({what}). Reload it, or open it in "
            "a newer browser.",
            lang=lang,
            what="{0}",
        ),
        "noTiles": say(
            "The base map ({name}) could not be loaded: it needs the network, 天地图 "
            "also a valid key",
            lang=lang,
            name="{0}",
        ),
        "pairs": say("Ready pairs", lang=lang),
        "choosePair": say("Choose a pair…", lang=lang),
        "zones": say("Zones", lang=lang),
        "counties": say("County borders", lang=lang),
        "cities": say("City borders and names", lang=lang),
        "projects": say("Plan projects", lang=lang),
        "clusters": say("Clusters (count by city)", lang=lang),
        "tasks": say("Tasks (count by place)", lang=lang),
        "grouping": say("Corridors and other groupings", lang=lang),
        "none": say("None", lang=lang),
        "legend": say("Legend", lang=lang),
        "filters": say("Filters", lang=lang),
        "zone": say("Zone", lang=lang),
        "domain": say("Domain", lang=lang),
        "stage": say("Stage", lang=lang),
        "sector": say("Sector (counties that list it, and their projects)", lang=lang),
        "document": say("Document", lang=lang),
        "year": say("Year", lang=lang),
        "all": say("Any", lang=lang),
        "allYears": say("All years", lang=lang),
        "clear": say("Clear filters", lang=lang),
        "count": say(
            "Projects {shown} of {total}: {drawn} drawn, {unplaced} without a place; "
            "counties {counties} of {all_counties}",
            lang=lang,
            shown="{0}",
            total="{1}",
            drawn="{2}",
            unplaced="{3}",
            counties="{4}",
            all_counties="{5}",
        ),
        "search": say("Search places and projects", lang=lang),
        "noHit": say("Nothing found", lang=lang),
        "county": say("County", lang=lang),
        "city": say("Prefecture-level city", lang=lang),
        "province": _WHOLES[whole].render(lang),
        "project": say("Project", lang=lang),
        "place": say("Named place", lang=lang),
        "cluster": say("Cluster", lang=lang),
        "task": say("Task", lang=lang),
        "custom": say("Own layer", lang=lang),
        "compare": say("Compare", lang=lang),
        "table": say("Data table", lang=lang),
        "print": say("Print", lang=lang),
        "printPanel": say("Print this", lang=lang),
        "help": say("Help", lang=lang),
        "menu": say("Layers", lang=lang),
        "drawer": say("Themes, overlays and filters", lang=lang),
        "further": say("Themes, overlays and filters…", lang=lang),
        "more_menu": say("More", lang=lang),
        "views": say("Views", lang=lang),
        "close": say("Close", lang=lang),
        "copy": say("Copy", lang=lang),
        "copied": say(
            "{n} rows copied",
            lang=lang,
            n="{0}",
        ),
        "save": say("Save CSV", lang=lang),
        "tableOf": say(
            "Table: {title} ({n} rows)",
            lang=lang,
            title="{0}",
            n="{1}",
        ),
        "chooseTable": say("Choose a table", lang=lang),
        "name": say("Name", lang=lang),
        "code": say("Code", lang=lang),
        "value": say("Numeric value", lang=lang),
        "class": say("Class", lang=lang),
        "source": say("Data source", lang=lang),
        "unit": say("Unit", lang=lang),
        "units": say("units", lang=lang),
        "noData": say("No data", lang=lang),
        "belongs": say("Zones it belongs to", lang=lang),
        "noZone": say("In none of the zones", lang=lang),
        "whollyIn": say("whole", lang=lang),
        "partlyIn": say("some counties", lang=lang),
        "profile": say("Profile", lang=lang),
        "industries": say("Industries", lang=lang),
        "byStage": say("Projects by stage", lang=lang),
        "noStage": say("No stage stated", lang=lang),
        "targets": say("Targets that bind it", lang=lang),
        "ownTargets": say("Own targets", lang=lang),
        "statistics": say("Statistics", lang=lang),
        "tasksHere": say("Tasks", lang=lang),
        "clustersHere": say("Clusters", lang=lang),
        "members": say("Members", lang=lang),
        "history": say("What the documents say", lang=lang),
        "touches": say("Places", lang=lang),
        "located": say("Position", lang=lang),
        "capacity": say("Capacity", lang=lang),
        "period": say("Years", lang=lang),
        "note": say("Remark", lang=lang),
        "lead": say("Lead", lang=lang),
        "baseline": say("Baseline", lang=lang),
        "area": say("Area (measured on the map)", lang=lang),
        "schematic": say(
            "The line joins its nodes by straight strokes; it is not the route. An "
            "arrow leads on outside.",
            lang=lang,
        ),
        "unsited": say(
            "Known only by county or city: the symbol stands near its representative point.",
            lang=lang,
        ),
        "nowhere": say("No place is given; not drawn.", lang=lang),
        "basis_stated": say("stated in the document", lang=lang),
        "basis_derived": say("derived", lang=lang),
        "basis_inferred": say("inferred", lang=lang),
        "basis_external": say("external", lang=lang),
        "basisHelp": say(
            "stated: in the document; derived: computed from it; inferred: our "
            "reading; external: from elsewhere.",
            lang=lang,
        ),
        "doubtful": say("may be another project", lang=lang),
        "overlap": say("Overlap of zones", lang=lang),
        "overlapLegend": say("Stripes: in two zones ({n} counties)", lang=lang, n="{0}"),
        "overlapList": say("The {n} counties in two zones", lang=lang, n="{0}"),
        "dashedZone": say("Dashed edge: members inferred, no document lists them", lang=lang),
        "nProjects": say("{n} projects", lang=lang, n="{0}"),
        "nOlder": say("{n} of them only in older documents", lang=lang, n="{0}"),
        "olderHidden": say("{n} more stand only in older documents.", lang=lang, n="{0}"),
        "showOlder": say("Show them", lang=lang),
        "hideOlder": say("Only those of the current plan", lang=lang),
        "ordered": say("By stage, then by domain: ", lang=lang),
        "shownOf": say("1–{shown} of {total}", lang=lang, shown="{0}", total="{1}"),
        "moreOf": say("{n} more ›", lang=lang, n="{0}"),
        "asTable": say("All {n} as a table ›", lang=lang, n="{0}"),
        "story": say("Story", lang=lang),
        "chapterOf": say("Chapter {n} of {total}", lang=lang, n="{0}", total="{1}"),
        "storyStart": say("Beginning", lang=lang),
        "printStory": say("Print the story, a page a chapter", lang=lang),
        "swipe": say("One over the other, with a bar across", lang=lang),
        "sideBySide": say("Side by side", lang=lang),
        "present": say("Presentation (arrow keys)", lang=lang),
        "picture": say("Save as a picture", lang=lang),
        "link": say("Copy link", lang=lang),
        "linkCopied": say("Link copied", lang=lang),
        "gapKey": say("Tick: the target, {limit}. Brown: what is missing.", lang=lang, limit="{0}"),
        "judgedTargets": say("Targets with a value of their year: {n}", lang=lang, n="{0}"),
        "targetsOf": say("Targets for {year}: {n} ›", lang=lang, year="{0}", n="{1}"),
        "fold": say("Fold the panel away or bring it back", lang=lang),
        "sheet": say("Raise or lower the panel", lang=lang),
        "filterRows": say("Only rows with…", lang=lang),
        "severalHere": say("{n} things lie here", lang=lang, n="{0}"),
        "layer": say("Theme", lang=lang),
        "target": say("Target", lang=lang),
        "roughLegend": say("Known only by city or county ({n})", lang=lang, n="{0}"),
        "roughTitle": say("Known only to lie in {place}", lang=lang, place="{0}"),
        "roughTip": say(
            "{n} projects of which only the city or county is known", lang=lang, n="{0}"
        ),
        "olderLegend": say("Only in older documents ({n})", lang=lang, n="{0}"),
        "mapLabel": say(
            "Map. Arrows pan, plus and minus zoom, N and P step through the units, Enter opens.",
            lang=lang,
        ),
        "leftMap": say("Left map", lang=lang),
        "rightMap": say("Right map", lang=lang),
        "placesTotal": say(
            "{cities} cities, {counties} counties",
            lang=lang,
            cities="{0}",
            counties="{1}",
        ),
        "more": say(
            "{n} more",
            lang=lang,
            n="{0}",
        ),
        "reset": say("Whole map", lang=lang),
        "inset": say("Islands far from the rest; choose them to see them near by.", lang=lang),
        "unplaced": say(
            "{tasks} tasks that name no place and {targets} targets of a larger "
            "region are in the plan pack, not on this page.",
            lang=lang,
            tasks="{0}",
            targets="{1}",
        ),
        "noRows": say("No rows", lang=lang),
        "gcj": say(
            "The base map is in GCJ-02; layers are shifted to match by about 0.5 km. "
            "Do not measure here.",
            lang=lang,
        ),
        "loading": say("Loading…", lang=lang),
        "helpText": say(
            "Choose one theme and any overlays at the left; filters work together "
            "and the count follows. Click a county or project to read about it; "
            "every figure names document, place in it and basis. Search by Chinese "
            "name, alias or pinyin initials. Keyboard: Tab to the map, arrows pan, + "
            "and - zoom, N and P step through units, Enter opens, Esc closes. The "
            "address keeps view, layers and filters. Tables can be copied or saved "
            "as CSV.",
            lang=lang,
        ),
        "yearNone": say(
            "(no data for this year, showing {year})",
            lang=lang,
            year="{0}",
        ),
        "all_in": say(
            "{n} in all",
            lang=lang,
            n="{0}",
        ),
        "other": say("Other", lang=lang),
        "kind": say("Kind", lang=lang),
        "role": say("Role", lang=lang),
        "level": say("Level", lang=lang),
        "scope": say("Scope", lang=lang),
        "tier": say("Tier", lang=lang),
        "revenue": say("Revenue target (100 million CNY)", lang=lang),
        "someInferred": say("Some members are inferred; click the name.", lang=lang),
        "noArea": say("No document lists its area; not drawn.", lang=lang),
        "arealess": say(" (no area listed)", lang=lang),
        "noneIsAll": say(" (none ticked: all)", lang=lang),
        "yearHelp": say(
            "Themes and targets of that year; projects for which a document names it.",
            lang=lang,
        ),
        "filteredOut": say(
            "The filters leave this project out; it is drawn all the same.", lang=lang
        ),
        "liesIn": say("Lies in", lang=lang),
        "printedOn": say("Printed", lang=lang),
        "map": say("Map", lang=lang),
        "zoom_in": say("Zoom in", lang=lang),
        "zoom_out": say("Zoom out", lang=lang),
    }
