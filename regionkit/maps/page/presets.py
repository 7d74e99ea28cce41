"""The views that a page has buttons for: what each shows and the sentence it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.analysis.messages import (
    indicator_message,
    kinds_message,
    projects_message,
    zones_message,
    zones_note,
)
from regionkit.maps.themes.listed import list_maps
from regionkit.query.projects import named_now
from regionkit.words.labels import labels_in
from regionkit.words.message import say

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from regionkit.maps.signs.layers import AreaLayer
    from regionkit.maps.themes.theme_layer import ThemeLayer
    from regionkit.region import Region

__all__ = ["layer_message", "page_presets"]


def page_presets(
    region: Region,
    layers: Sequence[ThemeLayer],
    domains: Collection[str],
    gaps: Sequence[tuple[ThemeLayer, dict[str, Any], str, str]] = (),
    *,
    lang: str = "zh",
) -> list[dict[str, Any]]:
    """Return the views with a button, in their order.

    Parameters
    ----------
    region : Region
    layers : sequence of ThemeLayer
        Those of the page.
    domains : collection of str
        Domains of projects that have a button of their own.
    gaps : sequence of tuple
        As of :func:`regionkit.maps.page.goals.gap_layers`.
    lang : {"zh", "en"}

    Returns
    -------
    list of dict
        ``id``, ``title``; ``body``, what the panel lists: zones, projects, layer; ``layer``, the
        id of the choropleth or None; ``overlays`` and ``domains`` that are on; ``message`` and
        ``note``.

    Examples
    --------
    >>> import regionkit as rk
    >>> from regionkit.maps.themes.plan import default_layers
    >>> ln = rk.load("liaoning")
    >>> [one["id"] for one in page_presets(ln, default_layers(ln), ["transport", "energy"])]
    ['zones', 'transport', 'energy', 'industry', 'targets', 'all']
    """
    made: list[dict[str, Any]] = []

    def add(key: str, title: str, body: str, message: str, **more: Any) -> None:
        made.append(
            {
                "id": key,
                "title": title,
                "body": body,
                "layer": None,
                "overlays": [],
                "domains": [],
                "message": message,
                "note": "",
                **more,
            }
        )

    if len(region.zones):
        add(
            "zones",
            say("Zones", lang=lang),
            "zones",
            zones_message(region, lang),
            overlays=["zones"],
            note=zones_note(region, lang),
        )
    known = set(named_now(region.projects)["domain"])
    labels = labels_in(region.labels("projects", "domain"), lang)
    for domain in domains:
        if domain in known:
            add(
                domain,
                labels.get(domain, domain),
                "projects",
                projects_message(region, domain, lang),
                overlays=["projects"],
                domains=[domain],
            )
    kind_maps = {one.map_id for one in list_maps(region) if one.shows == "industries"}
    kinds = next((one for one in layers if one.layer.layer_id in kind_maps), None)
    if kinds is not None:
        add("industry", say("Industries", lang=lang), "layer", layer_message(kinds, lang),
            layer=kinds.layer.layer_id)  # fmt: skip
    goal = _target_layer(layers)
    if gaps:
        made_gap, _, message, note = gaps[0]
        add("targets", say("Targets", lang=lang), "layer", message,
            layer=made_gap.layer.layer_id, note=note)  # fmt: skip
    elif goal is not None:
        add("targets", say("Targets", lang=lang), "layer", layer_message(goal, lang),
            layer=goal.layer.layer_id)  # fmt: skip
    if len(region.projects):
        add(
            "all",
            say("All projects", lang=lang),
            "projects",
            projects_message(region, None, lang),
            overlays=["projects"],
        )
    return made


def _target_layer(layers: Sequence[ThemeLayer]) -> ThemeLayer | None:
    """Return a series of reported values that has a target, else any target."""
    aimed = {one.series for one in layers if one.nature == "target" and one.series}
    both = [one for one in layers if one.series in aimed and one.nature == "actual" and one.is_main]
    return next(iter([*both, *(one for one in layers if one.nature == "target")]), None)


def layer_message(made: ThemeLayer, lang: str = "zh") -> str:
    """Return the sentence of a choropleth: who is first and last, or what most units list."""
    layer = made.layer
    if layer.classes is None:
        entries = [entry for entry in layer.entries if entry.kind == "class"]
        counts = layer.values.dropna().astype(str).value_counts()
        if counts.empty or len(entries) < 2:
            return ""
        import pandas as pd

        return kinds_message(
            layer.title,
            pd.Series({entry.label: entry.count for entry in entries}, dtype=int),
            int(layer.values.isna().sum()),
            lang,
        )
    return indicator_message(made.year, *_ends(layer), lang) if _has_ends(layer) else ""


def _has_ends(layer: AreaLayer) -> bool:
    return layer.values.min() < layer.values.max() and "name" in layer.frame


def _ends(layer: AreaLayer) -> tuple[tuple[str, str], tuple[str, str]]:
    def told(key: Any) -> tuple[str, str]:
        row = layer.frame.loc[key]
        return str(row["name"]), str(layer.value_labels.loc[key])

    return told(layer.values.idxmax()), told(layer.values.idxmin())
