"""Source lines: parts in their order, as a planner writes them."""

import pandas as pd
import pytest

from regionkit.maps.signs.citations import cite_rows, join_numbers, name_parts


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        (["三", "一", "六", "二"], "第一至三、六部分"),
        (["第二十章", "第九章", "第十一章"], "第九、十一、二十章"),
        (["专栏3", "专栏18", "专栏19"], "专栏3、18、19"),
        (["县级数据"], "县级数据"),
        ([], ""),
    ],
)
def test_parts_are_sorted_and_neighbours_are_a_run(heads, words):
    assert name_parts(heads) == words


def test_many_numbers_are_cut_with_a_word():
    assert join_numbers(range(1, 40, 2)) == "1、3、5、7、9、11等"


def test_the_latest_plan_stands_first_and_a_page_names_no_part(ln):
    rows = pd.DataFrame(
        [
            ("liaoning-zones-2022", "四/（一）"),
            ("public-pages", "网页"),
            ("liaoning-15fyp", "专栏21"),
            ("liaoning-zones-2022", "三"),
        ],
        columns=["source_id", "locator"],
    )
    text = "辽宁“十五五”规划纲要 专栏21；一圈一带两区行动方案 第三、四部分；公开网页"
    assert cite_rows(ln, rows) == text
    assert cite_rows(ln, rows.head(0)) == ""
