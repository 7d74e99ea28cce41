"""A story told on the page: chapters, each a sentence and what the map shows with it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pandas as pd

from regionkit.analysis.messages import stage_parts
from regionkit.errors import InputError
from regionkit.query.projects import named_now
from regionkit.region.names import names_in
from regionkit.words.message import Option, join, msg, say

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from regionkit.region import Region

__all__ = ["CHAPTER_COLUMNS", "default_story", "read_story", "with_covers"]

#: Columns of a table of chapters; only the title is needed.
CHAPTER_COLUMNS = ("title", "sentence", "theme", "zone", "domain", "stage", "place", "view")


def default_story(
    region: Region, presets: Sequence[Mapping[str, Any]], lang: str = "zh"
) -> list[dict[str, str]]:
    """Return the story that the pack tells: the zones, each of them, what is built, the targets.

    Returns
    -------
    list of dict
        ``title``, ``text`` and ``state``, what the page's address would hold.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.page.presets import page_presets
    >>> ln = rk.load("liaoning")
    >>> story = default_story(ln, page_presets(ln, [], ["transport"]))
    >>> [chapter["title"] for chapter in story][:2]
    ['分区', '沈阳都市圈']
    """
    chapters: list[dict[str, str]] = []
    by_id = {preset["id"]: preset for preset in presets}
    projects = named_now(region.projects)
    names = names_in(region.zones, lang, column="short_name")

    def add(title: str, text: str, **state: str) -> None:
        if text:
            # No choropleth of the chapter before stays.
            chapters.append({"title": title, "text": text, "state": _state(**{"l": "-", **state})})

    if "zones" in by_id:
        add(
            by_id["zones"]["title"], by_id["zones"]["message"], p="zones", o="zones,counties,cities"
        )
        for zone in region.zones.index:
            mine = projects[[zone in zones for zones in projects["zone_ids"]]]
            if len(mine):
                text = say(
                    "{n} projects: {parts}",
                    lang=lang,
                    n=len(mine),
                    parts=stage_parts(mine["stage"], lang),
                )
                add(
                    str(names[zone]),
                    say("{head}.", lang=lang, head=text),
                    p="zones",
                    o="zones,counties,cities",
                    zone=str(zone),
                    s=f"zone:{zone}",
                )
    for preset in presets:
        if preset["body"] == "projects" and preset["id"] != "all":
            add(
                preset["title"],
                preset["message"],
                p=preset["id"],
                o="counties,cities,projects",
                domain=",".join(preset["domains"]),
            )
    if "targets" in by_id:
        add(
            by_id["targets"]["title"],
            by_id["targets"]["message"],
            p="targets",
            l=by_id["targets"]["layer"],
            o="counties,cities",
        )
    return chapters


def with_covers(
    chapters: list[dict[str, str]], *, title: str, message: str, view: str = "", lang: str = "zh"
) -> list[dict[str, str]]:
    """Return chapters between a start page with their list and an end page with the sources.

    Parameters
    ----------
    chapters : list of dict
        As of :func:`default_story` or :func:`read_story`.
    title, message : str
        Of the page, for the start.
    view : str
        Id of the view that both are told with.
    lang : {"zh", "en"}

    Examples
    --------
    >>> told = with_covers([{"title": "甲", "text": "", "state": "l=-"}], title="图", message="")
    >>> [(chapter["title"], chapter.get("kind", "")) for chapter in told]
    [('图', 'start'), ('甲', ''), ('来源', 'end')]
    >>> with_covers([], title="图", message="")
    []
    """
    if not chapters:
        return []
    plain = _state(l="-", o="zones,counties,cities", p=view)
    return [
        {"title": title, "text": message, "state": plain, "kind": "start"},
        *chapters,
        {"title": say("Sources", lang=lang), "text": "", "state": plain, "kind": "end"},
    ]


def _state(**parts: str) -> str:
    return "&".join(f"{key}={quote(value, safe=':,+')}" for key, value in parts.items() if value)


def read_story(
    source: str | Path | pd.DataFrame,
    region: Region,
    presets: Sequence[Mapping[str, Any]],
    layer_ids: Collection[str],
) -> list[dict[str, str]]:
    """Return chapters from a table.

    Parameters
    ----------
    source : path of a .csv or .xlsx, or DataFrame
        A row a chapter: ``title``, ``sentence``; ``theme``, the id of a view or a choropleth;
        ``zone``, ``domain`` and ``stage``, what is filtered; ``place``, a city or county that the
        map shows; ``view``, "lat,lon,zoom".

    Raises
    ------
    InputError
        No title, an unknown column, theme, zone, domain, stage, place or view; all faults at once.
    """
    table = _read(source)
    name = str(source) if isinstance(source, (str, Path)) else "chapters"
    strange = [column for column in table.columns if column not in CHAPTER_COLUMNS]
    if "title" not in table.columns or strange:
        raise InputError(
            msg(
                "Chapters have the columns {columns}; {choices} is none of them.",
                columns=CHAPTER_COLUMNS,
                choices=tuple(map(str, strange)) or ("-",),
            ),
            where=name,
            mend=msg("Name the columns so; only title is needed."),
        )
    by_id = {preset["id"]: preset for preset in presets}
    known = {
        "theme": [*by_id, *layer_ids],
        "domain": list(region.labels("projects", "domain")),
        "stage": list(region.labels("projects", "stage")),
    }
    chapters: list[dict[str, str]] = []
    faults: list[str] = []
    for number, row in enumerate(table.fillna("").astype(str).to_dict("records"), start=2):
        cells = {column: row.get(column, "").strip() for column in CHAPTER_COLUMNS}
        for column, choices in known.items():
            if cells[column] and cells[column] not in choices:
                faults.append(_fault(number, column, cells[column], choices))
        zone = _resolved(region.find_zone, cells["zone"], number, "zone", faults)
        place = _resolved(region.resolve, cells["place"], number, "place", faults)
        if cells["view"] and not _is_view(cells["view"]):
            faults.append(_fault(number, "view", cells["view"], ["41.5,122.9,8"]))
        preset = by_id.get(cells["theme"])
        layer = preset["layer"] if preset else cells["theme"]
        domain = cells["domain"] or (",".join(preset["domains"]) if preset else "")
        overlays = ["counties", "cities", *(preset["overlays"] if preset else ())]
        if (cells["domain"] or cells["stage"]) and "projects" not in overlays:
            overlays.append("projects")
        chosen = f"{place.level}:{place.adcode}" if place is not None else ""
        zone_id = "" if zone is None else str(zone.zone_id)
        chapters.append(
            {
                "title": cells["title"],
                "text": cells["sentence"],
                "state": _state(
                    p=preset["id"] if preset else "",
                    l=layer or "-",
                    o=",".join(overlays),
                    domain=domain,
                    zone=zone_id,
                    stage=cells["stage"],
                    s=chosen,
                    v=cells["view"],
                ),
            }
        )
    if faults:
        raise InputError(
            msg("{n} cells of the chapters are not known.", n=len(faults)),
            where=name,
            mend=join(faults, "clauses"),
        )
    return chapters


def _read(source: str | Path | pd.DataFrame) -> pd.DataFrame:
    if isinstance(source, pd.DataFrame):
        return source
    path = Path(source)
    try:
        if path.suffix.lower() == ".xlsx":
            return pd.read_excel(path, dtype=str)
        return pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise InputError(
            msg("{path} cannot be read as a table of chapters.", path=path),
            mend=msg("Give a .csv (UTF-8) or .xlsx with a row a chapter."),
        ) from error


def _is_view(text: str) -> bool:
    parts = text.split(",")
    try:
        return len(parts) == 3 and all(map(lambda part: float(part) < 360, parts))  # noqa: C417
    except ValueError:
        return False


def _resolved(find: Any, word: str, number: int, column: str, faults: list[str]) -> Any:
    if not word:
        return None
    try:
        return find(word)
    except (KeyError, ValueError) as error:
        faults.append(
            say("row {row}, {column}: {what}", row=number, column=column, what=str(error))
        )
        return None


def _fault(row: int, column: str, value: str, choices: Sequence[str]) -> str:
    return say(
        "row {row}, {option} is none of {choices}",
        row=row,
        option=Option(column, value),
        choices=join(choices, "or"),
    )
