"""The sheet 登记: a project with its places, one mention and its stops, all in one row.

On reading, each row is spread over the tables that hold such facts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from regionkit.pack.cells import split_typed
from regionkit.pack.model import Field, list_tables
from regionkit.pack.texts import Origin, Texts

if TYPE_CHECKING:
    from regionkit.pack.unit_names import UnitNames

__all__ = ["REGISTER", "register_fields", "spread_register"]

#: Name of the sheet.
REGISTER = "登记"
_FEWEST_STOPS = 2
_LISTS = "可一格多个，用顿号隔开"

# What a column is called, which column of a table says what it may hold, and its help.
_COLUMNS = (
    ("project_id", "项目编号", "projects", "空白则自动编号"),
    ("name", "项目名称", "projects", "一个项目一行"),
    ("domain", "领域", "projects", "空白则由类型得出"),
    ("kind", "类型", "projects", "项目类型表中的类型"),
    ("adcode", "所在地", "project_places", f"单位名称或六位代码；{_LISTS}；空白则为途经的各单位"),
    ("stop", "途经", "waypoints", f"线路依次经过的单位或地点；{_LISTS}"),
    ("lon", "经度", "projects", "知道具体位置才填；十进制度，WGS-84"),
    ("lat", "纬度", "projects", "知道具体位置才填；十进制度，WGS-84"),
    ("location_source", "定位来源", "projects", ""),
    ("source_id", "来源", "mentions", ""),
    ("locator", "出处", "mentions", ""),
    ("basis", "依据", "projects", "空白即文件载明"),
    ("named_as", "原文名称", "mentions", "空白即项目名称"),
    ("stage", "阶段", "mentions", "文件没说则留空"),
    ("stage_as_stated", "阶段用词", "mentions", ""),
    ("year", "年份", "mentions", ""),
    ("start_year", "起始年", "projects", ""),
    ("end_year", "完成年", "projects", ""),
    ("value", "规模", "project_values", "数字"),
    ("unit", "规模单位", "project_values", "如 万千瓦、公里"),
    ("is_bundle", "打捆项目", "projects", ""),
    ("note", "备注", "projects", ""),
)
_REQUIRED = {"name", "kind", "source_id", "locator"}


def register_fields() -> list[tuple[Field, str, str]]:
    """Return the columns of the sheet: each with the table it is of, and its help."""
    fields = []
    for name, title, table, text in _COLUMNS:
        known = {one.name: one for one in list_tables()[table].fields}
        model = known.get(name, Field(name))
        field = replace(model, name=name, title=title, required=name in _REQUIRED)
        fields.append((field, table, text))
    return fields


def spread_register(texts: dict[str, Texts], register: Texts, units: UnitNames) -> dict[str, Texts]:
    """Return the tables with the rows of the register added to them, as they were typed."""
    if not register.rows:
        return texts
    added: dict[str, list[tuple[dict[str, str], int]]] = defaultdict(list)
    places = texts["places"].columns(("place_id", "name"))
    known_places = {cell for cells in places.values() for cell in cells if cell}
    for index, row in enumerate(register.records()):
        for table, cells in _spread(row, units, known_places):
            added[table].append((cells, index))
    spread = dict(texts)
    for table, rows in added.items():
        spread[table] = _append(table, texts[table], rows, register)
    return spread


def _spread(
    row: dict[str, str], units: UnitNames, known_places: set[str]
) -> list[tuple[str, dict[str, str]]]:
    """Return what a row holds, as rows of tables."""
    project = row["project_id"] or row["name"]
    provenance = {name: row[name] for name in ("source_id", "locator")}
    provenance["basis"] = row["basis"] or "stated"
    stops = split_typed(row["stop"])
    codes = {stop: units.find(stop) for stop in stops if stop not in known_places}
    passed = [stop for stop in stops if isinstance(codes.get(stop), str)]
    places = split_typed(row["adcode"]) or list(dict.fromkeys(passed))
    is_line = len(stops) >= _FEWEST_STOPS
    has_point = bool(row["lon"] and row["lat"])
    kind, basis = "none", "none"
    if is_line:
        kind, basis = "line", "endpoints"
    elif places or has_point:
        codes_of = [code for code in map(units.find, places) if isinstance(code, str)]
        levels = {level for code in codes_of for level in units.levels_of(code)}
        kind, basis = "point", "site" if has_point else "county"
        if not has_point and "county" not in levels:
            # A point needs a unit; the province's own is no place of a project.
            kind, basis = ("point", "city") if "city" in levels else ("none", "none")
    shared = ("name", "domain", "kind", "lon", "lat", "location_source", "start_year", "end_year")
    rows = [
        (
            "projects",
            {name: row[name] for name in (*shared, "project_id", "is_bundle", "note")}
            | {"geometry_kind": kind, "location_basis": basis}
            | provenance,
        )
    ]
    rows += [
        ("project_places", {"project_id": project, "adcode": place} | provenance)
        for place in places
    ]
    for stop in stops if is_line else ():
        cells = {"project_id": project, "name": stop}
        if stop in known_places:
            cells["place_id"] = stop
        elif isinstance(codes[stop], str) or units.is_ambiguous(stop):
            # The name of several units is told as such where units are read.
            cells["adcode"] = stop
        rows.append(("waypoints", cells))
    said = {name: row[name] for name in ("source_id", "locator", "stage_as_stated", "year")}
    said |= {
        "project_id": project,
        "named_as": row["named_as"] or row["name"],
        "stage": row["stage"],
        "match": "same",
    }
    rows.append(("mentions", said))
    if row["value"]:
        figures = {name: row[name] for name in ("value", "unit")} | provenance
        rows.append(("project_values", {"project_id": project, "measure": "size"} | figures))
    return rows


def _append(
    table: str, texts: Texts, rows: list[tuple[dict[str, str], int]], register: Texts
) -> Texts:
    """Return a table with rows added that stand in the register's rows."""
    titles = {name: title for name, title, *_ in _COLUMNS}
    titles |= {"project_id": "项目名称", "place_id": "途经"}
    if table == "waypoints":
        titles |= {"name": "途经", "adcode": "途经"}
    origin = Origin(register.file, register.sheet, titles)
    own = texts.origins or [texts.own_origin] * len(texts.rows)
    lines = [texts.line_of(i) for i in range(len(texts.rows))]
    return replace(
        texts,
        rows=[*texts.rows, *([cells.get(name, "") for name in texts.header] for cells, _ in rows)],
        lines=[*lines, *(register.line_of(index) for _, index in rows)],
        origins=[*own, *[origin] * len(rows)],
    )
