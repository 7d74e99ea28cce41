"""The words that sheets and legends say of themselves, in Chinese and in English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.pack.schema import read_descriptor
from regionkit.places.projection import projection_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    import pyproj

__all__ = [
    "WORDS",
    "check_lang",
    "counted",
    "joined",
    "project_words",
    "projection_words",
    "say",
    "short_names",
]

WORDS: dict[str, tuple[str, str]] = {
    # Chinese, then English.
    "source": ("资料来源：{source}", "Source: {source}"),
    "schematic": ("示意图", "Schematic map"),
    "approval": ("审图号：{number}", "Map approval no. {number}"),
    "no-data": ("无数据", "No data"),
    "to-be-set": ("待定", "To be set"),
    "north": ("北", "N"),
    "zones": ("分区", "Zones"),
    "zones-counted": (
        "分区（县级单位数，重叠者各计一次）",
        "Zones (county-level units, overlaps counted in each)",
    ),
    "counts": ("括号内为{units}", "in brackets {units}"),
    "overlaps": ("重叠（县级单位数）", "Overlaps (county-level units)"),
    "kinds": ("类型（项目数）", "Kind (number of projects)"),
    "colon": ("：", ": "),
    "stages-symbol": ("阶段（填充）", "Stage (fill)"),
    "stages-line": ("阶段（线型）", "Stage (dashes)"),
    "stages-stage": ("阶段（符号填充、线型）", "Stage (fill, dashes)"),
    "stage-unknown": ("未载明", "not stated"),
    "rough": (
        "外有圆圈：仅知所在县（市、区）或市，置于其代表点（{count}）",
        "In a ring: known only by county or city, set at its representative point ({count})",
    ),
    "routes": (
        "线路按起讫点和途经点直线示意，不表示实际走向。",
        "Routes are straight lines between the places named, not alignments.",
    ),
    "not-drawn": (
        "另有 {count} 项未载明具体位置，未上图。",
        "{count} more have no stated place and are not drawn.",
    ),
    "ends-unknown": (
        "另有 {count} 项只有起讫点名称，未查到坐标，未上图。",
        "{count} more have ends that are named but not located, and are not drawn.",
    ),
    "context": ("本图范围以外", "Beyond what the map is of"),
    "crowd": (
        "{number}　位置仅知到市县：{count} 项",
        "{number}  Known by unit only: {count}",
    ),
    "to": ("至{place}", "to {place}"),
    "inset": ("{tag}　放大 {zoom} 倍", "{tag}  enlarged {zoom} times"),
    "lines": ("线路", "Routes"),
    "points": ("点", "Points"),
    "per-dot": ("每点 {amount}", "one dot is {amount}"),
    "one-scale": (
        "各图用同一分级，括号内为各图单位数之和。",
        "All maps share one scale; in brackets the units of all maps together.",
    ),
    # What themes are called, and what must be known to read them.
    "theme-industry": ("县域主导产业", "Leading industry of counties"),
    "theme-industry-note": (
        "颜色取所列第一项产业的门类（编者归类，推断）；悬停见全部产业。",
        "Coloured by our grouping (inferred) of the first industry named; hover lists all.",
    ),
    "theme-industry-note-paper": (
        "颜色取所列第一项产业的门类（编者归类，推断）。",
        "Coloured by our grouping (inferred) of the first industry named.",
    ),
    "theme-province-value": ("全省 {value}。", "The whole province: {value}."),
    "theme-no-target": ("规划未就此设定目标。", "The plans set no target for it."),
    "theme-no-profile": ("规划未列产业（市辖区）", "No industry named"),
    "theme-population": ("常住人口", "Resident population"),
    "theme-urbanisation": (
        "常住人口城镇化率（以全省目标为界）",
        "Urbanisation rate, below and above the province's target",
    ),
    "theme-urbanisation-note": (
        "{year}年全省目标：{target}{baseline}，以此为界分两色（{source}，文件载明）；"
        "目标属全省，未分解到县。",
        "The province's target for {year} is {target}{baseline} ({source}, stated): colours part "
        "there; it is not divided among counties.",
    ),
    "theme-over-65": ("65岁及以上人口占比", "Share aged 65 and over"),
    "theme-under-15": ("0—14岁人口占比", "Share aged 0 to 14"),
    "theme-gdp": ("地区生产总值", "GDP"),
    "theme-cluster-count": ("重点产业集群数（按市）", "Industry clusters by city"),
    "theme-cluster-unit": ("个", ""),
    "theme-cluster-names": ("{count}：{names}", "{count}: {names}"),
    "theme-cluster-note": (
        "按文件点名的布局统计；一个集群落在几个市就在几个市各计一次，各市之和大于集群总数。",
        "A cluster placed in several cities counts in each of them.",
    ),
    "theme-cluster-revenue": (
        "所在集群2030年营收目标合计（按市，上限）",
        "2030 revenue targets of the clusters placed there (upper frame)",
    ),
    "theme-revenue-unit": ("亿元", "100 million CNY"),
    "theme-revenue": (
        "≤ {value} 亿元（{count}个集群的全省目标之和）",
        "≤ {value} × 100 million CNY (sum of the whole targets of {count} clusters)",
    ),
    "theme-revenue-gap": (
        "≤ {value} 亿元（{count}个集群的全省目标之和，另{gap}个未列目标）",
        "≤ {value} × 100 million CNY (sum of the whole targets of {count} clusters; {gap} more "
        "state none)",
    ),
    "theme-revenue-note": (
        "不是各市的目标：营收目标属于整个集群，文件没有分到市。此处把落在该市的各集群的"
        "全省目标相加（推算），只是上限；各市之和有重复，不可相加。",
        "Not a target of the city: a cluster's target is not divided among its cities. "
        "This is the sum of the targets of the clusters placed there (derived), an upper frame; "
        "the cities must not be added up.",
    ),
    "theme-target": ("目标：{indicator}", "Target: {indicator}"),
    "target-title": ("{title} {year}（{nature}，{level}）", "{title} {year} ({nature}, {level})"),
    "target-target": ("规划目标", "target"),
    "target-baseline": ("规划基期", "baseline"),
    "target-actual": ("实际", "actual"),
    "target-zone": ("按分区", "by zone"),
    "target-city": ("按市", "by city"),
    "target-county": ("按县", "by county"),
    "target-province-note": (
        "数值属全域，未分解到市县，故全图一色。",
        "The value is that of the whole; it is not divided among its parts.",
    ),
    "target-zone-note": ("重叠处按各区颜色条纹显示。", "Overlaps are striped."),
    "target-gap-note": ("未列此项的单位为“无数据”。", "Units without a figure show as no data."),
    "own-without-shape": ("{count}行没有图形，未画。", "{count} rows have no geometry, not drawn."),
    "own-mended": (
        "{count}个图形自相交，已修复。",
        "{count} shapes crossed themselves and were mended.",
    ),
    "pair": ("{title}：{left}与{right}", "{title}: {left} and {right}"),
    "pair-projects": ("项目", "Projects"),
    "pair-": ("{year}年", "{year}"),
    "pair-target": ("{year}年目标", "{year} target"),
    "pair-baseline": ("{year}年基期", "{year} baseline"),
    "pair-actual": ("{year}年实际", "{year} actual"),
}
_PLACES = {"zh": 0, "en": 1}
_JOINERS = {"zh": ("（{}）", "、", "＋", "　", "；"), "en": (" ({})", ", ", " + ", "  ", "; ")}


def check_lang(lang: str) -> str:
    """Return a language that sheets can be written in.

    Raises
    ------
    InputError
        It is another.
    """
    if lang not in _PLACES:
        raise InputError(f"lang={lang!r} is not known. Use one of {', '.join(_PLACES)}.")
    return lang


def say(key: str, lang: str = "zh", **values: Any) -> str:
    """Return the words for a key.

    Raises
    ------
    InputError
        The language is neither Chinese nor English.

    Examples
    --------
    >>> say("not-drawn", "en", count=15)
    '15 more have no stated place and are not drawn.'
    """
    return WORDS[key][_PLACES[check_lang(lang)]].format(**values)


def counted(label: str, count: object, lang: str = "zh") -> str:
    """Return a label with a number or a unit in brackets after it.

    Examples
    --------
    >>> counted("沈阳都市圈", 54), counted("Zone", 54, "en")
    ('沈阳都市圈（54）', 'Zone (54)')
    """
    return label + _JOINERS[check_lang(lang)][0].format(count)


def joined(words: list[str], lang: str = "zh", *, sign: str = "list") -> str:
    """Return words in a row, as a list, a sum, parted by a space, or as clauses.

    Examples
    --------
    >>> joined(["new", "planned"], "en")
    'new, planned'
    """
    place = ("list", "sum", "space", "clause").index(sign) + 1
    return _JOINERS[check_lang(lang)][place].join(words)


def project_words(
    labels_of: Mapping[str, Mapping[str, str]] | None = None, lang: str = "zh"
) -> dict[str, dict[str, str]]:
    """Return the words for kinds, domains and stages of projects.

    Parameters
    ----------
    labels_of : mapping, optional
        ``{"kind": {...}, "domain": {...}, "stage": {...}}``; what it leaves out has the words of
        the embedded pack.
    lang : {"zh", "en"}
        In English the ids, which are English, are the words.

    Examples
    --------
    >>> project_words()["kind"]["nuclear"], project_words(lang="en")["kind"]["oil-gas-field"]
    ('核电', 'Oil gas field')
    """
    given = labels_of or {}
    words = {column: {**own, **given.get(column, {})} for column, own in _schema_words().items()}
    if check_lang(lang) == "en":
        return {
            column: {key: str(key).replace("-", " ").capitalize() for key in own}
            for column, own in words.items()
        }
    return words


@cache
def _schema_words() -> dict[str, dict[str, str]]:
    """Return the words that the schema of packs gives."""
    schema = read_descriptor("liaoning")
    return {column: schema.labels("projects", column) for column in ("kind", "domain", "stage")}


def projection_words(crs: pyproj.CRS, lang: str = "zh") -> str:
    """Return how a map states its projection.

    Examples
    --------
    >>> import pyproj
    >>> conic = {"proj": "aea", "lat_1": 39.5, "lat_2": 42.7, "lon_0": 122.3}
    >>> projection_words(pyproj.CRS.from_dict(conic), "en")
    'Albers equal-area conic (standard parallels 39.50°N and 42.70°N, central meridian 122.30°E)'
    """
    operation = crs.coordinate_operation
    if lang == "zh" or operation is None or operation.method_name != "Albers Equal Area":
        return projection_label(crs)
    value = {parameter.name: parameter.value for parameter in operation.params}
    return (
        "Albers equal-area conic (standard parallels "
        f"{value['Latitude of 1st standard parallel']:.2f}°N and "
        f"{value['Latitude of 2nd standard parallel']:.2f}°N, "
        f"central meridian {value['Longitude of false origin']:.2f}°E)"
    )


def short_names(names: pd.Series, aliases: pd.DataFrame, taken: set[str]) -> pd.Series:
    """Return names for a map: long ones by an alias, unless that would read as another place.

    Parameters
    ----------
    names : Series of str, indexed by adcode
    aliases : DataFrame
        Columns ``alias, adcode, kind``, as of ``Region.aliases``.
    taken : set of str
        Names that stand for other places, such as the cities' short ones.

    Examples
    --------
    >>> import pandas as pd
    >>> aliases = pd.DataFrame(
    ...     {"alias": ["阜新", "喀左"], "adcode": ["210921", "211324"], "kind": "short"}
    ... )
    >>> names = pd.Series({"210921": "阜新蒙古族自治县", "211324": "喀喇沁左翼蒙古族自治县"})
    >>> short_names(names, aliases, {"阜新"}).tolist()
    ['阜新县', '喀左']
    """
    rows = aliases[aliases["kind"].isin(["short", "minority"])]
    best = rows.drop_duplicates("adcode").set_index("adcode")["alias"].reindex(names.index)
    best = best.mask(best.isin(taken), best + "县")
    return names.where(names.str.len() < 5, best).fillna(names)
