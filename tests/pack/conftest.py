"""A small sound pack to break: two zones, a county's industry, two projects, a few figures."""

import csv
import shutil
import zipfile
from pathlib import Path

import pytest

from regionkit.pack.new import new_pack
from regionkit.pack.schema import read_descriptor

_PLACE = {"source_id": "plan", "locator": "第一章/1", "basis": "stated"}
_ROWS = {
    "sources": [
        {
            "source_id": "plan",
            "title": "一份规划",
            "short_title": "规划",
            "issued_on": "2026-05",
            "kind": "plan",
        }
    ],
    "outline": [{"source_id": "plan", "locator": "第一章", "kind": "chapter", "order": 1}],
    "aliases": [{"alias": "省城", "adcode": "210100", "kind": "other", **_PLACE}],
    "places": [
        {
            "place_id": "north-station",
            "name": "沈阳北站",
            "kind": "station",
            "adcode": "210103",
            "lon": 123.42917,
            "lat": 41.81667,
            "location_basis": "site",
            "location_source": "gazetteer",
            **_PLACE,
        }
    ],
    "zones": [
        {
            "zone_id": f"{side}-zone",
            "name": f"{name}区",
            "short_name": name,
            "kind": "strategic",
            "order": order,
            **_PLACE,
        }
        for order, (side, name) in enumerate([("east", "东"), ("west", "西")], 1)
    ],
    "memberships": [
        {"zone_id": "east-zone", "adcode": "210100", **_PLACE},
        {"zone_id": "east-zone", "adcode": "210281", **_PLACE},
        {"zone_id": "west-zone", "adcode": "210281", **_PLACE},
    ],
    "sectors": [{"sector_id": "food", "name": "食品", "colour": "#aabbcc", "order": 1}],
    "industries": [
        {
            "adcode": "210281",
            "industry": "水产品加工",
            "sector_id": "food",
            "rank": 1,
            "role": "advantage",
            **_PLACE,
        }
    ],
    "projects": [
        {
            "project_id": "a-line",
            "name": "甲线",
            "domain": "transport",
            "kind": "railway",
            "start_year": 2026,
            "end_year": 2030,
            "is_bundle": "false",
            "geometry_kind": "line",
            "location_basis": "endpoints",
            **_PLACE,
        },
        {
            "project_id": "b-site",
            "name": "乙站",
            "domain": "energy",
            "kind": "wind",
            "is_bundle": "false",
            "lon": 122.0,
            "lat": 39.65,
            "geometry_kind": "point",
            "location_basis": "site",
            "location_source": "gazetteer",
            **_PLACE,
        },
    ],
    "project_places": [
        {"project_id": "a-line", "adcode": "210103", "order": 1, **_PLACE},
        {"project_id": "a-line", "adcode": "210281", "order": 2, **_PLACE},
        {"project_id": "b-site", "adcode": "210281", "order": 1, **_PLACE},
    ],
    "waypoints": [
        {"project_id": "a-line", "order": 1, "name": "沈阳北", "place_id": "north-station"},
        {"project_id": "a-line", "order": 2, "name": "瓦房店", "adcode": "210281"},
    ],
    "mentions": [
        {
            "project_id": project,
            "source_id": "plan",
            "locator": "第一章/1",
            "named_as": name,
            "match": "same",
        }
        for project, name in (("a-line", "甲线"), ("b-site", "乙站"))
    ],
    "indicators": [
        {
            "indicator_id": "share-urban",
            "name": "城镇化率",
            "unit": "%",
            "direction": "higher",
        }
    ],
    "targets": [
        {
            "target_id": "t1",
            "indicator_id": "share-urban",
            "scope_kind": "zone",
            "scope_id": "east-zone",
            "bound": "about",
            "value": 76,
            "unit": "%",
            "measure": "level",
            "baseline_value": 74,
            "baseline_year": 2025,
            "target_year": 2030,
            "is_to_be_set": "false",
            **_PLACE,
        }
    ],
    "statistics": [
        {
            "indicator_id": "share-urban",
            "adcode": "210281",
            "year": 2020,
            "value": 60,
            "unit": "%",
            **_PLACE,
        }
    ],
    "organizations": [{"org_id": "drc", "name": "省发展改革委", "kind": "provincial"}],
    "tasks": [
        {
            "task_id": "task-1",
            "title": "一项任务",
            "lead_org_ids": "drc",
            "adcodes": "210100;210281",
            "zone_ids": "east-zone;west-zone",
            **_PLACE,
        }
    ],
}


class Pack:
    """A pack on disk, with the edits that spoil it."""

    def __init__(self, folder):
        self.folder = folder

    def path(self, table):
        return self.folder / f"{table}.csv"

    def rows(self, table):
        with self.path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table, rows):
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table, line, column, value):
        """Set a cell; lines are counted as an editor shows them."""
        rows = self.rows(table)
        rows[line - 1][rows[0].index(column)] = value
        self.write(table, rows)

    def add(self, table, /, **cells):
        rows = self.rows(table)
        rows.append([str(cells.get(name, "")) for name in rows[0]])
        self.write(table, rows)


@pytest.fixture(scope="session")
def sound_pack(tmp_path_factory):
    """The folder that `pack` is a copy of."""
    made = Pack(new_pack("辽宁", tmp_path_factory.mktemp("packs") / "sound"))
    for table, described in read_descriptor(made.folder).tables.items():
        header, *kept = made.rows(table)
        rows = [dict(zip(header, row, strict=True)) for row in kept] + _ROWS.get(table, [])
        rows.sort(key=lambda row, key=described.primary_key: [str(row[name]) for name in key])
        assert all(set(row) <= set(header) for row in rows), table
        made.write(table, [header, *([row.get(name, "") for name in header] for row in rows)])
    return made.folder


@pytest.fixture
def pack(sound_pack, tmp_path):
    return Pack(shutil.copytree(sound_pack, tmp_path / "pack"))


@pytest.fixture
def old_pack(tmp_path):
    """The pack of `pack`, as regionkit wrote it before schemas had versions; with capacities."""
    with zipfile.ZipFile(Path(__file__).parent / "packs" / "version-0.zip") as file:
        file.extractall(tmp_path / "old")
    return Pack(tmp_path / "old")
