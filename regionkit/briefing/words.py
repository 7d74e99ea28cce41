"""The words of a briefing in Chinese and English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.errors import InputError

if TYPE_CHECKING:
    from regionkit.briefing.model import Source

__all__ = ["BASES", "Words", "source_cells"]

BASES = {
    "zh": {"stated": "载明", "derived": "推算", "inferred": "推断", "external": "外部"},
    "en": {
        "stated": "stated",
        "derived": "derived",
        "inferred": "inferred",
        "external": "external",
    },
}

_WORDS: dict[str, tuple[str, str]] = {
    "brief": ("规划简报", "planning briefing"),
    "as_of": ("资料截至", "Documents up to"),
    "basis_line": (
        "依据：载明＝文件写明；推算＝由载明数据计算；推断＝编者判断；外部＝其他来源。空缺表示未知。",
        "Basis: stated = the document says it; derived = computed from stated figures; inferred = "
        "the editors' reading; external = another source. What is not known is left out.",
    ),
    "figure": ("图", "Figure"),
    "table": ("表", "Table"),
    "note": ("注", "Notes"),
    "legend": ("图例", "Legend"),
    "surroundings": ("周边县（市、区）", "Neighbouring counties"),
    "continued": ("续", "continued"),
    "contents": ("目录", "Contents"),
    "page": ("页", "page"),
    # Sections
    "s_map": ("地图", "Map"),
    "s_profile": ("定位与产业", "Positioning and industries"),
    "s_zones": ("所属分区", "Zones"),
    "s_members": ("分区组成", "Members"),
    "s_projects": ("重大项目", "Projects"),
    "s_targets": ("目标", "Targets"),
    "s_statistics": ("统计与位次", "Statistics and rank"),
    "s_tasks": ("任务与责任单位", "Tasks and those responsible"),
    "s_sources": ("资料来源", "Sources"),
    # Columns
    "unit_col": ("地区", "Unit"),
    "positioning": ("定位", "Positioning"),
    "industries": ("优势产业", "Advantage industries"),
    "emerging": ("培育产业", "Emerging industries"),
    "source": ("出处", "Source"),
    "basis": ("依据", "Basis"),
    "cluster": ("产业集群", "Cluster"),
    "tier": ("层级", "Tier"),
    "role": ("作用", "Role"),
    "revenue": ("全集群营收目标", "Revenue target of the whole cluster"),
    "zone": ("分区", "Zone"),
    "kind": ("类别", "Kind"),
    "through": ("归属方式", "Belongs"),
    "also_in": ("同属分区", "Also in"),
    "project": ("项目", "Project"),
    "type": ("类型", "Type"),
    "scale": ("规模、年限", "Size, years"),
    "history": ("历次提法", "What each document says"),
    "distance": ("距离（公里）", "Distance (km)"),
    "scope": ("范围", "Scope"),
    "indicator": ("指标", "Indicator"),
    "target": ("目标", "Target"),
    "baseline": ("基期", "Baseline"),
    "target_year": ("目标年", "Year"),
    "nature": ("属性", "Nature"),
    "year": ("年份", "Year"),
    "value": ("数值", "Value"),
    "rank": ("全省位次", "Rank in the province"),
    "province_value": ("全省", "Province"),
    "share": ("占全省", "Share of the province"),
    "task": ("任务", "Task"),
    "years": ("年限", "Years"),
    "lead": ("牵头（责任）单位", "Lead"),
    "cooperating": ("配合单位", "Cooperating"),
    "number": ("编号", "No."),
    "document": ("名称", "Title"),
    "issuer": ("发布机构", "Issuer"),
    "issued": ("发布日期", "Issued"),
    "cited": ("引用处", "Places cited"),
    "remark": ("说明", "Remarks"),
    "domain": ("领域", "Domain"),
    "total": ("合计", "Total"),
    "no_stage": ("未载明阶段", "stage not stated"),
    "city_seat": ("所在市", "its city"),
    "own": ("本地", "itself"),
    "whole_city": ("随所在市", "with its city"),
    "whole_province": ("随全省", "with the province"),
    "province_wide": ("全省目标", "Province"),
    "place_target": ("功能区", "Functional area"),
    "project_target": ("项目", "Project"),
    "cluster_target": ("集群", "Cluster"),
    "to": ("至", " to "),
    "doubtful": ("是否同一项目存疑", "may be another project"),
    "part": ("其组成部分", "a part of it"),
    "listed": ("列入", "listed"),
}


class Words:
    """The words of a language: ``words("table")``.

    Raises
    ------
    InputError
        The language is not known.

    Examples
    --------
    >>> Words("zh")("table"), Words("en")("table")
    ('表', 'Table')
    """

    def __init__(self, lang: str) -> None:
        if lang not in BASES:
            raise InputError(f"lang={lang!r} is not known. Use zh or en.")
        self.lang = lang
        self.is_zh = lang == "zh"

    def __call__(self, key: str) -> str:
        """Return a word."""
        return _WORDS[key][0 if self.is_zh else 1]

    def pick(self, chinese: str, english: str) -> str:
        """Return the text of the language."""
        return chinese if self.is_zh else english

    def brackets(self, key: str, number: int | None = None) -> str:
        """Return a word, with a number where one is given, in brackets."""
        inner = self(key) if number is None else f"{self(key)} {number}"
        return f"（{inner}）" if self.is_zh else f" ({inner})"

    def join(self, parts: list[str] | tuple[str, ...]) -> str:
        """Return a list in a line."""
        return ("、" if self.is_zh else ", ").join(parts)

    def basis(self, basis: object) -> str:
        """Return how a fact is known."""
        return BASES[self.lang].get(str(basis), "")


def source_cells(source: Source, words: Words) -> tuple[str, ...]:
    """Return a source as the texts of a row: number, title, issuer, date, places, remarks."""
    title = source.title + (f"（{source.kind}）" if source.kind else "")
    remark = source.note
    if source.licence:
        remark = words.pick(f"许可：{source.licence}。", f"Licence: {source.licence}. ") + remark
    return (
        f"[{source.number}]",
        title,
        source.issuer,
        source.issued_on,
        words.pick("；", "; ").join(source.locators),
        remark,
    )
