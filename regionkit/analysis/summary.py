"""A region's facts as tables of words, each row with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.targets import describe_target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regionkit.region import Region

__all__ = ["scope_names", "summary_tables", "target_table"]


def summary_tables(region: Region) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return a region's tables in words, by file name, with their Chinese titles.

    Words stand in place of ids, and every row names its document and place in it.
    """
    return {
        "profiles": ("市县定位与产业", _profile_table(region)),
        "clusters": ("重点产业集群", _cluster_table(region)),
        "targets": ("目标", target_table(region)),
        "projects": ("项目", _project_table(region)),
        "sources": ("来源", _source_table(region)),
    }


def target_table(region: Region, targets: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return targets in words.

    Parameters
    ----------
    region : Region
    targets : DataFrame, optional
        Rows of ``region.targets``; all where not given.

    Examples
    --------
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> mine = ln.targets[ln.targets["scope_id"] == "liaoxi"]
    >>> target_table(ln, mine)["范围"].unique().tolist()
    ['辽西融入京津冀协同发展战略先导区']
    """
    targets = region.targets if targets is None else targets
    scopes, themes = scope_names(region), region.labels("indicators", "theme")
    return pd.DataFrame(
        {
            "主题": targets["indicator_id"].map(region.indicators["theme"]).map(themes),
            "指标": targets["indicator_id"].map(region.indicators["name"]),
            "范围": targets["scope_id"].map(scopes).fillna(targets["scope_id"]),
            "目标年": targets["target_year"],
            "目标": [describe_target(region, row) for row in targets.itertuples()],
            "标记": [_marks_of(row) for row in targets.itertuples()],
            "基期年": targets["baseline_year"],
            "基期值": targets["baseline_value"],
            "属性": targets["nature"].map(region.labels("targets", "nature")),
            "依据": targets["basis"].map(region.labels("targets", "basis")),
            # What the figure counts, and a year that no document says, stand in the note alone.
            "备注": targets["note"].fillna(""),
            "出处": _cited(region, targets),
        }
    )


def _marks_of(target: Any) -> str:
    """Return what a plan says of a target beside its value: ★, an ambition, of each year."""
    marks = (("★", "is_starred"), ("力争", "is_sought"), ("每年", "is_yearly"))
    return "、".join(mark for mark, column in marks if getattr(target, column))


def scope_names(region: Region) -> dict[str, str]:
    """Return the name of everything that targets can be set for."""
    named = [
        region.units["name"],
        region.zone_table["name"],
        region.clusters["name"],
        region.table("places").set_index("place_id")["name"],
        region.table("projects").set_index("project_id")["name"],
    ]
    names = {str(key): str(name) for series in named for key, name in series.items()}
    return {**names, "northeast": "东北地区", "china": "全国"}


def _profile_table(region: Region) -> pd.DataFrame:
    profiles = region.profiles
    industries = region.industries
    listed = industries[industries["role"] != "product"].sort_values(["adcode", "role", "rank"])
    joined = listed.groupby("adcode")["industry"].agg("、".join)
    return pd.DataFrame(
        {
            "地区": profiles["adcode"].map(_unit_namer(region)),
            "分区": [_zone_words(region, code) for code in profiles["adcode"]],
            "定位": profiles["positioning"].map("；".join),
            "产业": profiles["adcode"].map(joined).fillna(""),
            "出处": _cited(region, profiles),
        }
    )


def _cluster_table(region: Region) -> pd.DataFrame:
    clusters, places, name_of = region.clusters, region.cluster_places, _unit_namer(region)
    return pd.DataFrame(
        {
            "集群": clusters["name"],
            "层级": clusters["tier"].map(region.labels("clusters", "tier")),
            "2030年营收目标（亿元）": clusters["revenue_target_100m_cny"],
            "布局": [
                "、".join(map(name_of, places.loc[places["cluster_id"] == cluster, "adcode"]))
                for cluster in clusters.index
            ],
            "出处": _cited(region, clusters),
        }
    )


def _project_table(region: Region) -> pd.DataFrame:
    projects, name_of = region.select_projects(with_geometry=False), _unit_namer(region)
    short = region.zone_table["short_name"].to_dict()
    label = {c: region.labels("projects", c) for c in ("domain", "kind", "stage", "location_basis")}
    return pd.DataFrame(
        {
            "项目": projects["name"],
            "领域": projects["domain"].map(label["domain"]),
            "类型": projects["kind"].map(label["kind"]),
            "阶段": projects["stage"].map(label["stage"]),
            "地区": ["、".join(map(name_of, codes)) for codes in projects["adcodes"]],
            "分区": ["、".join(short[zone] for zone in ids) for ids in projects["zone_ids"]],
            "定位依据": projects["location_basis"].map(label["location_basis"]),
            "依据": projects["basis"].map(region.labels("targets", "basis")),
            "出处": _cited(region, projects),
        }
    )


def _source_table(region: Region) -> pd.DataFrame:
    return region.sources[["title", "issuer", "issued_on"]].rename(
        columns={"title": "名称", "issuer": "发布机构", "issued_on": "发布日期"}
    )


def _unit_namer(region: Region) -> Callable[[str], str]:
    """Return what gives a unit's name with its city's before it."""
    names = region.units["name"].to_dict()
    cities = region.units["city_adcode"].to_dict()

    def name_of(adcode: str) -> str:
        city = cities.get(adcode)
        prefix = names[city] if isinstance(city, str) and city != adcode else ""
        return f"{prefix}{names.get(adcode, '')}"

    return name_of


def _cited(region: Region, frame: pd.DataFrame) -> list[str]:
    pairs: Iterable[tuple[str, object]] = zip(frame["source_id"], frame["locator"], strict=True)
    return [region.cite(source_id, locator) for source_id, locator in pairs]


def _zone_words(region: Region, adcode: str) -> str:
    """Return the zones that hold a unit, those that no document says so of marked."""
    city = region.units["city_adcode"].get(adcode)
    rows = region.memberships
    # A city's membership is that of its counties.
    inferred = rows[(rows["basis"] == "inferred") & rows["adcode"].isin([adcode, city])]
    doubtful = set(inferred["zone_id"])
    names = region.zone_table["short_name"]
    return "、".join(
        names[zone_id] + ("（编者推断）" if zone_id in doubtful else "")
        for zone_id in region.zones_of(adcode)
    )
