"""What a heading says of the numbers below it: that they are codes, or years, and count nothing."""

from __future__ import annotations

import re

__all__ = ["names_codes", "names_years"]

_CODE = re.compile(
    r"代码|编码|编号|证号|文号|邮编|区号|号码|身份证|(?:电话|手机|传真)号?$|adcode|^f?id$|_id$|code$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"年份|年度$|年$|(?:^|[_ ])years?(?:$|[_ ])", re.IGNORECASE)
# A heading 2020年 holds a quantity of that year.
_OF_A_YEAR = re.compile(r"\d\s*年")


def names_codes(heading: str) -> bool:
    """Return whether a heading is one of codes or numbers of documents and telephones.

    Examples
    --------
    >>> names_codes("行政区划代码"), names_codes("adcode"), names_codes("电话用户（万户）")
    (True, True, False)
    """
    return bool(_CODE.search(heading))


def names_years(heading: str) -> bool:
    """Return whether a heading is one of years, and none of what was counted in a year.

    Examples
    --------
    >>> names_years("建成年份"), names_years("Year"), names_years("2020年"), names_years("年均增长")
    (True, True, False, False)
    """
    return bool(_YEAR.search(heading)) and not _OF_A_YEAR.search(heading)
