"""Short names of autonomous prefectures, counties and banners, made from their nationalities."""

from __future__ import annotations

import re

__all__ = ["bare_name", "list_short_names"]

# The 55 nationalities beside the Han by the names of the state's list (GB/T 3304), and 各.
_PEOPLES = [
    "蒙古",
    "回",
    "藏",
    "维吾尔",
    "苗",
    "彝",
    "壮",
    "布依",
    "朝鲜",
    "满",
    "侗",
    "瑶",
    "白",
    "土家",
    "哈尼",
    "哈萨克",
    "傣",
    "黎",
    "傈僳",
    "佤",
    "畲",
    "高山",
    "拉祜",
    "水",
    "东乡",
    "纳西",
    "景颇",
    "柯尔克孜",
    "土",
    "达斡尔",
    "仫佬",
    "羌",
    "布朗",
    "撒拉",
    "毛南",
    "仡佬",
    "锡伯",
    "阿昌",
    "普米",
    "塔吉克",
    "怒",
    "乌孜别克",
    "俄罗斯",
    "鄂温克",
    "德昂",
    "保安",
    "裕固",
    "京",
    "塔塔尔",
    "独龙",
    "鄂伦春",
    "赫哲",
    "门巴",
    "珞巴",
    "基诺",
    "各",
]
_WITH = "|".join(sorted(_PEOPLES, key=len, reverse=True))
# Some names leave 族 out: 巴音郭楞蒙古自治州. One character alone would be a guess.
_WITHOUT = "|".join(name for name in _PEOPLES if len(name) > 1)
_NAME = re.compile(
    rf"(?P<stem>.*?)(?P<peoples>(?:(?:{_WITH})族)+|(?:{_WITHOUT}))?自治(?P<kind>[区州县旗])"
    rf"|(?P<stem_2>.*?)(?P<peoples_2>(?:(?:{_WITH})族)+)(?P<kind_2>区)"
)
_MIN_STEM = 2
# Names of sound are said by their beginning: 前郭尔罗斯 is 前郭, 巴音郭楞 is 巴州.
_LONG_STEM = 4
_BEGINNING = 2
_ENDING = re.compile(r"(?:地区|[市盟])$")


def list_short_names(name: str) -> tuple[str, ...]:
    """Return what a unit named for a nationality is called in short; none for other units.

    Its name without nationalities, alone and with the word for its kind; of a name of four
    characters or more also its beginning. Where one of them is another unit's name as well, it
    means both.

    Examples
    --------
    >>> list_short_names("陵水黎族自治县"), list_short_names("长春市")
    (('陵水', '陵水县'), ())
    >>> list_short_names("前郭尔罗斯蒙古族自治县")
    ('前郭尔罗斯', '前郭尔罗斯县', '前郭', '前郭县')
    >>> list_short_names("巴音郭楞蒙古自治州")
    ('巴音郭楞', '巴音郭楞州', '巴音', '巴音州', '巴州')
    >>> list_short_names("鄂温克族自治旗"), list_short_names("瀍河回族区")
    (('鄂温克', '鄂温克旗'), ('瀍河', '瀍河区'))
    """
    found = _parts(name)
    if found is None:
        return ()
    stem, kind = found
    kind = "" if kind == "自治区" else kind
    stems = [stem]
    if len(stem) >= _LONG_STEM and kind:
        stems.append(stem[:_BEGINNING])
    names = [short for one in stems for short in (one, one + kind)]
    if len(stem) >= _LONG_STEM and kind == "州":
        names.append(stem[0] + kind)
    return tuple(dict.fromkeys(names))


def bare_name(name: str) -> str:
    """Return the name of a city or prefecture as maps write it: without the word for its kind.

    Examples
    --------
    >>> [bare_name(name) for name in ("长春市", "延边朝鲜族自治州", "大兴安岭地区", "锡林郭勒盟")]
    ['长春', '延边', '大兴安岭', '锡林郭勒']
    """
    found = _parts(name)
    stem = _ENDING.sub("", name) if found is None else found[0]
    return stem if len(stem) >= _MIN_STEM else name


def _parts(name: str) -> tuple[str, str] | None:
    """Return the name proper and the word for the kind of a unit named for a nationality."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    stem = found["stem"] or found["stem_2"] or ""
    peoples = found["peoples"] or found["peoples_2"] or ""
    kind = found["kind"] or found["kind_2"]
    kind = "自治区" if kind == "区" and found["kind"] else kind
    if not stem and peoples.endswith("族"):
        # 东乡族自治县 is named for the people alone.
        stem = peoples.removesuffix("族") if peoples.count("族") == 1 else peoples
    elif not stem:
        stem = peoples
    if len(stem) < _MIN_STEM:
        # 内蒙古 is no 内 of the Mongols.
        stem += peoples
    return (stem, kind) if len(stem) >= _MIN_STEM else None
