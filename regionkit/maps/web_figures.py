"""What a page knows of figures: the targets that documents set and the values reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regionkit.maps.web_columns import cited, pack_table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regionkit.region import Region

__all__ = ["LARGER_SCOPES", "name_column", "statistic_tables", "target_table"]

LARGER_SCOPES = ("nation", "region")


def name_column(lang: str, frame: pd.DataFrame) -> str:
    """Return the column that holds the names in a language."""
    return "name_en" if lang == "en" and "name_en" in frame.columns else "name"


def target_table(region: Region, lang: str, projects: gpd.GeoDataFrame) -> dict[str, Any]:
    """Return the targets of the places of a page."""
    indicators = region.indicators
    name = name_column(lang, indicators)
    rows = region.targets.reset_index()
    # What a document sets for a larger region is no figure of a place on this page.
    rows = rows[~rows["scope_kind"].isin(LARGER_SCOPES)]
    # The page knows a project by its row.
    place = {key: str(number) for number, key in enumerate(projects.index)}
    rows = rows.assign(
        indicator=rows["indicator_id"].map(indicators[name]),
        scope_id=rows["scope_id"].where(
            rows["scope_kind"] != "project", rows["scope_id"].map(place)
        ),
    )
    return cited(
        rows,
        [
            "indicator",
            "scope_kind",
            "scope_id",
            "bound",
            "value",
            "value_high",
            "unit",
            "measure",
            "relative_to",
            "baseline_value",
            "baseline_year",
            "target_year",
            "nature",
            "is_to_be_set",
            "note",
        ],
    )


def statistic_tables(region: Region, lang: str) -> list[dict[str, Any]]:
    """Return reported values by series: units in order, those alike in one table."""
    indicators = region.indicators
    name = name_column(lang, indicators)
    keys = ["indicator_id", "year", "unit", "source_id", "locator", "basis"]
    return [
        {
            "indicator": indicators[name].get(key[0], key[0]),
            "id": key[0],
            "year": int(key[1]),
            "unit": key[2],
            "source_id": key[3],
            "locator": key[4],
            "basis": key[5],
            **pack_table({"adcode": rows["adcode"], "value": rows["value"], "note": rows["note"]}),
        }
        for key, rows in region.statistics.fillna({"locator": ""}).groupby(keys, sort=True)
    ]
