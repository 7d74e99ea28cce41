"""A kind of layer: clusters and tasks, counted in badges, as the page reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.page.columns import cited

if TYPE_CHECKING:
    import pandas as pd

    from regionkit.region import Region

__all__ = ["BADGES", "cluster_place_table", "cluster_table", "n_placeless_tasks", "task_table"]


# Colour of an overlay's badges, and how far beside a city's name they stand, px.
BADGES: dict[str, dict[str, Any]] = {
    "clusters": {"colour": "#5a3fa0", "dx": -17},
    "tasks": {"colour": "#006d77", "dx": 17},
}


def cluster_table(region: Region) -> dict[str, Any]:
    """Return the industry clusters in the order of the plan."""
    return cited(
        region.clusters.sort_values("order").reset_index(),
        ["cluster_id", "name", "tier", "revenue_target_100m_cny", "target_year", "note"],
    )


def cluster_place_table(region: Region) -> dict[str, Any]:
    """Return where clusters stand."""
    return cited(region.cluster_places, ["cluster_id", "adcode", "role"])


def n_placeless_tasks(region: Region) -> int:
    """Return how many tasks name neither a place nor a zone, and so are on no map."""
    return int((~_has_place(region.tasks)).sum())


def _has_place(tasks: pd.DataFrame) -> pd.Series:
    return (tasks["adcodes"].map(len) > 0) | (tasks["zone_ids"].map(len) > 0)


def task_table(region: Region) -> dict[str, Any]:
    """Return the tasks that name a place or a zone; the others belong on no map."""
    names = region.organizations["name"]
    tasks = region.tasks
    tasks = tasks[_has_place(tasks)]

    def listed(ids: Any) -> str | None:
        return "、".join(str(names.get(i, i)) for i in ids) or None

    frame = tasks.assign(
        adcodes=tasks["adcodes"].map(lambda codes: " ".join(codes) or None),
        zone_ids=tasks["zone_ids"].map(lambda codes: " ".join(codes) or None),
        lead=tasks["lead_org_ids"].map(listed),
    )
    return cited(frame, ["title", "start_year", "end_year", "lead", "adcodes", "zone_ids", "note"])
