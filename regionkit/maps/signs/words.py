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
    "english_names",
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


def english_names(names: pd.Series, aliases: pd.DataFrame) -> pd.Series:
    """Return the shortest English name of each unit, or its own name where it has none.

    Parameters
    ----------
    names : Series of str, indexed by adcode
    aliases : DataFrame
        Columns ``alias, adcode, kind``, as of ``Region.aliases``.

    Examples
    --------
    >>> import pandas as pd
    >>> aliases = pd.DataFrame(
    ...     {"alias": ["Anshan City", "Anshan"], "adcode": "210300", "kind": "english"}
    ... )
    >>> english_names(pd.Series({"210300": "鞍山市", "210100": "沈阳市"}), aliases).tolist()
    ['Anshan', '沈阳市']
    """
    english = aliases[aliases["kind"] == "english"]
    shortest = english.assign(length=english["alias"].str.len()).sort_values(
        ["length", "alias"], kind="stable"
    )
    best = shortest.drop_duplicates("adcode").set_index("adcode")["alias"]
    return best.reindex(names.index).fillna(names)
