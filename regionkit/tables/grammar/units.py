"""Units of measurement: in a cell, in a header in whatever brackets, in a line above a table."""

from __future__ import annotations

import re

from regionkit.tables.grammar.marks import fold_width, split_marks

__all__ = ["bare_unit", "is_unit", "same_unit", "split_unit", "tidy_unit", "unit_fits"]

_SCALE = r"(?:十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿|万亿)?"
_BASE = (
    "人民币元|元人民币|人民币|元|美元|港元|欧元|日元|人次|人|户|吨标准煤|吨标煤|吨二氧化碳当量|吨二氧化碳|"
    "吨公里|载重吨|吨|千克|公斤|克|斤|担|亩|公顷|平方公里|平方千米|平方米|平米|平方厘米|公里|千米|"
    "海里|里|米|厘米|毫米|人公里|千瓦时|千瓦|兆瓦时|兆瓦|吉瓦时|吉瓦|瓦时|瓦|千伏安|千伏|伏|度电|度|"
    "个|家|件|辆|套|张|所|座|处|条|项|台|头|只|羽|株|棵|册|部|艘|架|班|名|位|栋|幢|间|床位|张床位|床|"
    "微克|毫克|例|起|宗|笔|份|立方米|升|毫升|标准箱|标箱|小时|分钟|摄氏度|℃|°c|吉焦|焦耳|焦|字节|"
    "km2|km²|km|hm2|hm²|m2|m²|m3|m³|cm|mm|m|ha|mu|t|kg|tce|teu|mwh|gwh|kwh|twh|mw|kw|gw|kva|kv|"
    "mb|gb|tb|person|persons|yuan|cny|usd|rmb"
)
_SHARE = "%|‰|百分点|个百分点|个千分点|千分点|倍|pct"
_TIME = "年|月|日|天|周|季度|季|岁|时|秒"
_PER = rf"(?:{_SCALE}(?:{_BASE}|{_TIME}|次))"
_UNIT = re.compile(rf"^(?:{_SHARE}|{_SCALE}(?:{_BASE})?(?:[/·]{_PER}){{0,2}}(?:·{_PER})?)$")
# 5年 and 3次 in a cell may be dates and places in a row; in brackets of a header they are units.
_HEADER_UNIT = re.compile(rf"^(?:{_TIME}|次|分|级|点|指数)$")
_WORDS = {
    "个百分点": "百分点",
    "pct": "百分点",
    "km2": "平方公里",
    "平方千米": "平方公里",
    "km": "公里",
    "千米": "公里",
    "m2": "平方米",
    "平米": "平方米",
    "m3": "立方米",
    "m": "米",
    "ha": "公顷",
    "hm2": "公顷",
    "kw": "千瓦",
    "mw": "兆瓦",
    "gw": "吉瓦",
    "kwh": "千瓦时",
    "mwh": "兆瓦时",
    "gwh": "吉瓦时",
    "度": "千瓦时",
    "度电": "千瓦时",
    "kv": "千伏",
    "kva": "千伏安",
    "t": "吨",
    "kg": "千克",
    "公斤": "千克",
    "吨标煤": "吨标准煤",
    "tce": "吨标准煤",
    "teu": "标准箱",
    "标箱": "标准箱",
    "yuan": "元",
    "cny": "元",
    "rmb": "元",
    "人民币": "元",
    "人民币元": "元",
    "元人民币": "元",
    "℃": "摄氏度",
    "°c": "摄氏度",
}
_BRACKET = re.compile(
    r"\s*[（(\[［【〔〖「<《〈]\s*([^（）()\[\]［］【】〔〕〖〗「」<>《》〈〉]*?)\s*[)）\]］】〕〗」>》〉]\s*"
)
_TAIL = re.compile(r"\s*(?:[，,:：;；]|单位\s*[:：]?)\s*([^，,:：;；()（）]+)$")
_SLASH = re.compile(r"\s*/\s*([^，,/:：()（）]+)$")
_SPACE = re.compile(r"\s+(\S+)$")
_GLUED = re.compile(r"(?<=\S)\s*([%％‰])$")
_PREFIX = re.compile(r"^(?:计量|金额|货币)?单位\s*[:：]\s*")
# Growth either way: ±%.
_EITHER = re.compile(r"^(?:±|\+/?-|\+)(?=%)")
_PARTS = re.compile(r"\s*[，,、;；]\s*")
_MONEY = re.compile(
    rf"^{_SCALE}(?:人民币元|元人民币|人民币|元|美元|港元|欧元|日元|yuan|cny|usd|rmb)$"
)
_PEOPLE = re.compile(rf"^{_SCALE}(?:人|户|名|person|persons)$")
# What a column measures by its name, where a line above the table names one unit for all.
_NAMES_SHARE = re.compile(
    "占比|比重|比例|占.{0,8}比|率$|率[（(/]|增速|增长|增幅|降幅|同比|环比|指数|倍数|位次|排名|排序|名次|得分|评分|结构$"
)
_NAMES_PEOPLE = re.compile("人口|人数|户数|从业人员|就业人员|职工|学生|教师|医生|护士")
_NAMES_AREA = re.compile("面积|耕地|长度|里程")
_NAMES_COUNT = re.compile(
    "(?:镇|乡|村|街道|社区|企业|单位|机构|学校|医院|项目|家|个|床位|车辆)数|数量|个数|年份|年度$|代码|编码"
)
_NAMES_MONEY = re.compile(
    "收入|支出|产值|增加值|投资|GDP|生产总值|额$|利润|税|存款|贷款|财政", re.IGNORECASE
)


def is_unit(text: str, *, in_header: bool = False) -> bool:
    """Return whether a text is a unit of measurement and no remark (左右, 以上, 余).

    Examples
    --------
    >>> is_unit("万元"), is_unit("吨标准煤/万元"), is_unit("左右")
    (True, True, False)
    >>> is_unit("年"), is_unit("年", in_header=True)
    (False, True)
    """
    word = _EITHER.sub("", fold_width(text).casefold().replace(" ", ""))
    if not word:
        return False
    return bool(_UNIT.match(word)) or (in_header and bool(_HEADER_UNIT.match(word)))


def bare_unit(text: str) -> str:
    """Return a text without brackets around it."""
    return text.strip("()（）[]［］【】〔〕 ")


def split_unit(heading: str) -> tuple[str, str]:
    """Return a heading without its unit and footnote marks, and the unit.

    Examples
    --------
    >>> split_unit("人口（万人）①"), split_unit("产值[亿元]"), split_unit("占比%")
    (('人口', '万人'), ('产值', '亿元'), ('占比', '%'))
    >>> split_unit("GDP（现价，亿元）"), split_unit("县（市）")
    (('GDP（现价）', '亿元'), ('县（市）', ''))
    """
    text, _ = split_marks(heading)
    whole = _PREFIX.sub("", bare_unit(text))
    if is_unit(whole):
        return "", tidy_unit(whole)
    brackets = list(_BRACKET.finditer(text))
    for found in reversed(brackets):
        inside = split_marks(_PREFIX.sub("", found.group(1)))[0]
        before = split_marks(text[: found.start()].strip())[0]
        name = before + text[found.end() :].strip()
        if is_unit(inside, in_header=True):
            return name, tidy_unit(inside)
        parts = _PARTS.split(inside)
        units = [part for part in parts if is_unit(_PREFIX.sub("", part))]
        if len(parts) > 1 and len(units) == 1:
            rest = "，".join(part for part in parts if part != units[0])
            return f"{before}（{rest}）{text[found.end() :].strip()}", tidy_unit(
                _PREFIX.sub("", units[0])
            )
    if brackets and brackets[-1].end() == len(text):
        return text, ""
    for pattern in (_TAIL, _SLASH, _GLUED, _SPACE):
        tail = pattern.search(text)
        if tail and is_unit(tail.group(1)) and text[: tail.start()].strip():
            return text[: tail.start()].strip(), tidy_unit(tail.group(1))
    return text, ""


def tidy_unit(unit: str) -> str:
    """Return a unit half-width and without blanks: km² is km2."""
    text = fold_width(unit).replace(" ", "").replace("²", "2").replace("³", "3")
    return _EITHER.sub("", text)


def _plain(unit: str) -> str:
    """Return a unit in the word that all its spellings share."""
    word = tidy_unit(unit).casefold()
    if word in _WORDS:
        return _WORDS[word]
    scaled = re.match(r"^((?:十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿|万亿)+)(.+)$", word)
    return scaled.group(1) + _WORDS.get(scaled.group(2), scaled.group(2)) if scaled else word


def same_unit(cell: str, header: str) -> bool:
    """Return whether a unit in a cell says what the header's says: 12.3亿 below (亿元) does.

    Examples
    --------
    >>> same_unit("亿", "亿元"), same_unit("km²", "平方公里"), same_unit("万千瓦", "万千瓦时")
    (True, True, False)
    """
    first, second = _plain(cell), _plain(header)
    if first in {second, second.partition("/")[0]}:
        return True
    scale = re.fullmatch(r"(?:十|百|千|万|十万|百万|千万|亿|十亿|百亿|千亿|万亿)", first)
    if not scale or not second.startswith(first):
        return False
    rest = second[len(first) :].partition("/")[0]
    return bool(re.fullmatch(_BASE, rest))


def unit_fits(unit: str, name: str) -> bool:
    """Return whether a unit named once for a whole table can be that of a column so named.

    Examples
    --------
    >>> (
    ...     unit_fits("亿元", "地区生产总值"),
    ...     unit_fits("亿元", "城镇化率"),
    ...     unit_fits("万元", "常住人口"),
    ... )
    (True, False, False)
    """
    if is_unit(unit) and re.fullmatch(_SHARE, tidy_unit(unit).casefold()):
        return not (_NAMES_PEOPLE.search(name) or _NAMES_AREA.search(name))
    if _NAMES_SHARE.search(name):
        return False
    if _MONEY.match(tidy_unit(unit).casefold()):
        others = (_NAMES_PEOPLE, _NAMES_AREA, _NAMES_COUNT)
        return bool(_NAMES_MONEY.search(name)) or not any(p.search(name) for p in others)
    if _PEOPLE.match(tidy_unit(unit).casefold()):
        return not (_NAMES_MONEY.search(name) or _NAMES_AREA.search(name))
    return True
