"""Which units a project touches: as recorded, where its point lies, and where its parts are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.places.cache import cached_file
from regionkit.places.units import at_level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from regionkit.pack.pack import Pack
    from regionkit.region.geography import Geography

__all__ = ["list_project_places"]

# Raise it when the file of the counties of points changes, so that old ones are not read.
_FORMAT = 1


def list_project_places(pack: Pack, geography: Geography) -> pd.DataFrame:
    """Return the units that projects touch: the recorded rows, then those that follow from them.

    A project with a position that no county is recorded for lies in the county of its point; a
    whole lies where its parts do. Rows that follow have the basis ``derived``, the source of their
    project, and a note of what they follow from: how the position is known, or the part's name.

    Returns
    -------
    DataFrame
        Columns of the pack's ``project_places``, those of a project together and in order.
    """
    recorded = pack.table("project_places")
    projects = pack.table("projects").set_index("project_id")
    touched: dict[str, list[str]] = {}
    ordered = recorded.sort_values("order", kind="stable")
    for project_id, adcode in zip(ordered["project_id"], ordered["adcode"], strict=True):
        touched.setdefault(project_id, []).append(adcode)
    rows = []
    for project_id, adcode in _counties_of_points(projects, touched, geography).items():
        touched.setdefault(project_id, []).append(adcode)
        rows.append((project_id, adcode, projects.loc[project_id, "location_source"]))
    names, whole_of = projects["name"], projects["part_of"].dropna().to_dict()
    # What comes to a part of its own parts comes to its wholes from these.
    covered = {project_id: tuple(codes) for project_id, codes in touched.items()}
    for part in projects.index:
        for whole in _wholes(part, whole_of):
            for adcode in covered.get(part, ()):
                if adcode != pack.adcode and adcode not in touched.setdefault(whole, []):
                    touched[whole].append(adcode)
                    rows.append((whole, adcode, names[part]))
    derived = pd.DataFrame(rows, columns=["project_id", "adcode", "note"])
    derived["order"] = [touched[p].index(a) + 1 for p, a, _ in rows]
    derived["basis"] = "derived"
    for column in ("source_id", "locator"):
        derived[column] = derived["project_id"].map(projects[column])
    derived = derived[recorded.columns].astype(recorded.dtypes)
    return pd.concat([recorded, derived]).sort_values(
        ["project_id", "order"], kind="stable", ignore_index=True
    )


def _wholes(project_id: str, whole_of: Mapping[str, str]) -> Iterator[str]:
    """Yield the whole that a project is a part of, the whole of that, and so on."""
    seen = {project_id}
    while project_id in whole_of and whole_of[project_id] not in seen:
        project_id = whole_of[project_id]
        seen.add(project_id)
        yield project_id


def _counties_of_points(
    projects: pd.DataFrame, touched: Mapping[str, list[str]], geography: Geography
) -> dict[str, str]:
    """Return the county that the point of each project lies in, where only larger units are known.

    A county that is recorded stands: a gazetteer's point may lie a little outside it.
    """
    counties = set(at_level(geography.units, "county"))
    located = projects[projects["lon"].notna() & projects["lat"].notna()]
    wanted = located[
        [counties.isdisjoint(touched.get(project_id, ())) for project_id in located.index]
    ]
    if wanted.empty or not counties:
        return {}
    found = _locate(wanted["lon"].tolist(), wanted["lat"].tolist(), geography)
    parts = geography.parts
    return {
        project_id: adcode
        for project_id, adcode in zip(map(str, wanted.index), found, strict=True)
        # One that lies outside what is recorded is the check's to tell.
        if adcode and any(adcode in parts[outer] for outer in touched.get(project_id, [adcode]))
    }


def _locate(lon: list[float], lat: list[float], geography: Geography) -> list[str]:
    """Return the county of each point, "" outside: computed once and kept in the cache folder.

    Asked for by questions that need no outline, which they would have to read for it.
    """
    from regionkit.places.shape_cache import content_of

    def make(path: Path) -> None:
        found = geography.index.locate(lon, lat)
        codes = [code if isinstance(code, str) else "" for code in found]
        path.write_text(json.dumps(codes), encoding="utf-8")

    points = [f"{x!r} {y!r}" for x, y in zip(lon, lat, strict=True)]
    name = content_of((), geography.outlines.content, f"{_FORMAT}", *points)
    codes: list[str] = json.loads(
        cached_file(f"point-counties-{name}.json", make).read_text(encoding="utf-8")
    )
    return codes
