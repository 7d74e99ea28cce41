"""A region's facts as tables of words, each row with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from regionkit.analysis.targets import describe_target

if TYPE_CHECKING:
    from regionkit.region import Region

__all__ = ["summary_tables"]


def summary_tables(region: Region) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return a region's tables in words, by file name, with their Chinese titles.

    Words stand in place of ids, and every row names its document and place in it.
    """
    units = region.units

    def unit_name(adcode: str) -> str:
        city = units["city_adcode"].get(adcode)
        prefix = units.loc[city, "name"] if isinstance(city, str) and city != adcode else ""
        return f"{prefix}{units['name'].get(adcode, '')}"

    def cited(frame: pd.DataFrame) -> list[str]:
        return [
            region.cite(s, loc) for s, loc in zip(frame["source_id"], frame["locator"], strict=True)
        ]

    basis = region.labels("targets", "basis")
    profiles = region.profiles
    listed = region.industries.sort_values(["adcode", "role", "rank"])
    joined = listed.groupby("adcode")["industry"].agg("、".join)
    targets = region.targets
    scope_names = {
        **units["name"].to_dict(),
        **region.zones["name"].to_dict(),
        **region.groupings["name"].to_dict(),
        **region.clusters["name"].to_dict(),
        **region.places["name"].to_dict(),
        **region.projects["name"].to_dict(),
        "northeast": "东北地区",
        "china": "全国",
    }
    projects = region.projects
    label = {c: region.labels("projects", c) for c in ("domain", "kind", "stage", "location_basis")}
    return {
        "profiles": (
            "市县定位与产业",
            pd.DataFrame(
                {
                    "地区": profiles["adcode"].map(unit_name),
                    "分区": [_zone_words(region, code) for code in profiles["adcode"]],
                    "定位": profiles["positioning"].map("；".join),
                    "产业": profiles["adcode"].map(joined).fillna(""),
                    "出处": cited(profiles),
                }
            ),
        ),
        "clusters": (
            "重点产业集群",
            pd.DataFrame(
                {
                    "集群": region.clusters["name"],
                    "层级": region.clusters["tier"].map(region.labels("clusters", "tier")),
                    "2030年营收目标（亿元）": region.clusters["revenue_target_100m_cny"],
                    "布局": [
                        "、".join(
                            unit_name(a)
                            for a in region.cluster_places.loc[
                                region.cluster_places["cluster_id"] == c, "adcode"
                            ]
                        )
                        for c in region.clusters.index
                    ],
                    "出处": cited(region.clusters),
                }
            ),
        ),
        "targets": (
            "目标",
            pd.DataFrame(
                {
                    "指标": targets["indicator_id"].map(region.indicators["name"]),
                    "范围": targets["scope_id"].map(scope_names).fillna(targets["scope_id"]),
                    "目标年": targets["target_year"],
                    "目标": [describe_target(region, row) for row in targets.itertuples()],
                    "基期年": targets["baseline_year"],
                    "基期值": targets["baseline_value"],
                    "属性": targets["nature"].map(region.labels("targets", "nature")),
                    "依据": targets["basis"].map(basis),
                    "出处": cited(targets),
                }
            ),
        ),
        "projects": (
            "项目",
            pd.DataFrame(
                {
                    "项目": projects["name"],
                    "领域": projects["domain"].map(label["domain"]),
                    "类型": projects["kind"].map(label["kind"]),
                    "阶段": projects["stage"].map(label["stage"]),
                    "地区": projects["adcodes"].map(lambda codes: "、".join(map(unit_name, codes))),
                    "分区": projects["zone_ids"].map(
                        lambda ids: "、".join(region.zones["short_name"].reindex(list(ids)))
                    ),
                    "定位依据": projects["location_basis"].map(label["location_basis"]),
                    "依据": projects["basis"].map(basis),
                    "出处": cited(projects),
                }
            ),
        ),
        "sources": (
            "来源",
            region.sources[["title", "issuer", "issued_on"]].rename(
                columns={"title": "名称", "issuer": "发布机构", "issued_on": "发布日期"}
            ),
        ),
    }


def _zone_words(region: Region, adcode: str) -> str:
    """Return the zones that hold a unit, those that no document says so of marked."""
    city = region.units["city_adcode"].get(adcode)
    rows = region.memberships
    # A city's membership is that of its counties.
    inferred = rows[(rows["basis"] == "inferred") & rows["adcode"].isin([adcode, city])]
    doubtful = set(inferred["zone_id"])
    return "、".join(
        region.zones.loc[zone_id, "short_name"] + ("（编者推断）" if zone_id in doubtful else "")
        for zone_id in region.zones_of(adcode)
    )
