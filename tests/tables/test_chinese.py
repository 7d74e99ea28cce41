"""What the reading of tables says to a Chinese planner: faults, notes and reports."""

import copy
import pickle
import re
from pathlib import Path

import pandas as pd
import pytest

from regionkit.errors import InputError, RegionkitError, TableError
from regionkit.tables.points import read_points
from regionkit.tables.read import read_table
from regionkit.words.message import Words
from regionkit.words.voice import speaking

CASES = Path(__file__).with_name("cases")

# A word of two letters and more that is none of a file, a unit, a code or an option.
_ENGLISH = re.compile(r"(?<![A-Za-z0-9_.=-])[a-z]{2,}(?![A-Za-z0-9_.=])")
_KNOWN = {"adcode", "value", "gdp", "geom", "name", "geometry", "table"}


def english_words(text):
    """Return the English words in a Chinese text, apart from columns of the files themselves."""
    return set(_ENGLISH.findall(text)) - _KNOWN


@pytest.fixture
def told(join, chinese):  # noqa: ARG001 - sets the language
    """What is said of a file: its report, or the error."""

    def run(file, **options):
        try:
            return str(join(CASES / file, **options).report)
        except RegionkitError as error:
            return str(error)

    return run


FAULTS = [
    ("a3-two-values-in-a-cell.xlsx",
     "a3-two-values-in-a-cell.xlsx，工作表“Sheet”，第 3 行，企业数 列：“120 135”在一个单元格中"
     "有两个数。请只保留所指的一个；千位请用逗号分隔。"),
    ("b2-filtered-year.xlsx",
     "2 个单位各有多行（共 4 行）：沈阳市 康平县（210123，县级）有 2 行。请选用其一："),
    ("b3c-format-unit-literal-mixed.xlsx",
     "第 4 行，地方财政收入 列：“123.4万元”的单位为万元，而第 2 行为亿元。"),
    ("b4-xlsxwriter-formula.xlsx",
     "第 2 行，合计值 列：是公式，文件中没有其结果。请用电子表格软件打开，计算后保存。"),
    ("b10-two-years.xlsx",
     "b10-two-years.xlsx：有 2 个工作表含有表格：“2022”、“2023”。请用 sheet= 指定其一。"),
    ("c4-date-autoconverted.xlsx", "第 2 行，排名 列：是日期或时间 2024-03-14，而该列不是日期列"),
    ("c6-percent-mixed.xlsx", "请按实际含义写成 0.043% 或 4.3%。"),
    ("c6b-share-as-percent-header.xlsx",
     "第 2 行，城镇化率 列：单位为 %，值为 0.452，可能是小数形式的比重。请把该列写成百分数，或用 "
     "accept= 按原值采用。"),
    ("c16-mixed-encoding.csv", "编码既非 UTF-8 也非 GB18030（第 34 字节）。请另存为 .xlsx"),
    ("c17-decimal-comma.csv", "第 2 行，人口 列：“27,5”中的逗号不是千位分隔。"),
    ("c18-unquoted-thousands.csv", "第 2 行：有 4 个单元格，表头只有 3 个：值中含有分隔符"),
    ("d3-stacked-other-header.xlsx",
     "第 5 行：是另一张表的表头（GDP(亿元)），其下各行不属于上面各列。"),
    ("d8-vertical-merge-value.xlsx", "是第 2 至 3 行的合并单元格，其数值属于这些单位的合计。"),
    ("p3-matrix-hidden.fods", "第 4 行，倍数 列：Err:502 是电子表格的错误值。"),
]  # fmt: skip

NOTES = [
    ("a1-rich-superscript.xlsx", "说明：常住人口 列，第 3 行：已去掉脚注标记 ¹。"),
    ("a4-html-sup-and-hidden-sortkey.xls", "说明：文件实为网页（HTML），与扩展名 .xls 不符。"),
    ("a5-html-sup-hidden.xls",
     "说明：常住人口 列，第 5 行为 1，远低于其他各行（32150 至 1010500），单位是否不同？"),
    ("b1-hidden-row-column.xlsx",
     "说明：工作表有 1 行被隐藏（第 4 行），已一并读取；visible_only=True 可不读取。"),
    ("b3-format-scales-to-wan.xlsx",
     "说明：地方财政收入 列，第 2 行：显示为 5.678，单元格存的是 56780。"),
    ("c10-csv-codes.csv", "第 3 行：代码 2.10124E+11 已被电子表格截短，末尾数字丢失。"),
    ("d2-repeated-header-other-order.xlsx", "第 4 行，县(市) 人口 GDP：未作数据，属重复的表头。"),
    ("d6b-unit-line-applied-to-population.xlsx", "说明：该单位未用于 常住人口、乡镇数。"),
    ("d9-total-words.xlsx", "第 4 行，两县合计：合计；合计或小计"),
    ("d9-total-words.xlsx", "按 县（市） 列读取 7 行（匹配 2 行、合计 5 行）。"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "said"), FAULTS + NOTES)
def test_what_is_said_of_real_tables(told, file, said):
    assert said in told(file)


@pytest.mark.parametrize("file", sorted(path.name for path in CASES.glob("*.[!k]*")))
def test_no_english_reaches_a_chinese_reader(told, file):
    text = told(file).replace(file, "")
    assert english_words(text) == set()
    assert "。" in text


def test_the_measure_finds_english():
    assert english_words("第 46 行，合 计：total; total or sub-total") == {"total", "or", "sub"}


def test_remedies_are_options_for_the_command(told):
    with speaking(door="command"):
        assert "请用 --sheet 指定其一。" in told("b10-two-years.xlsx")
        assert "或用 --accept 按原值采用" in told("c6b-share-as-percent-header.xlsx")
        text = told("b2-filtered-year.xlsx")
    assert "--where 年份=2023 或 --visible-only（只取显示出来的行）" in text
    assert "需要加总的行用 --sum-by 县（市）。" in text.replace('"', "")


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["朝阳"], "“朝阳”既是朝阳市（211300，市级），也是朝阳市 朝阳县（211321，县级）。"),
        (["康平县", "康平"], "沈阳市 康平县（210123，县级）有 2 行。请每个市县只留一行"),
        (["康平县", "210123101"], "210123101 是乡镇或村的代码，不是县级代码。"),
        (["康平县", None], "有数值而无名称。请填写市县名称，或删除该行。"),
        (["康坪县"], "没有哪一列写有本区域的县级单位（值为 康坪县）。"),
    ],
)
def test_names_that_are_not_certain(join, names, said):
    with pytest.raises(TableError) as caught:
        join(pd.DataFrame({"县": names, "人口": range(1, len(names) + 1)}))
    assert said in str(caught.value)


@pytest.mark.usefixtures("chinese")
def test_points_and_arguments():
    table = pd.DataFrame({"名称": ["a", "b"], "经度": ["123.4", "123°75′"], "纬度": [41.8, 41.8]})
    with pytest.raises(TableError) as caught:
        read_points(table)
    assert str(caught.value) == (
        "DataFrame 表有 1 处错误，未读取任何点：\n"
        "  DataFrame 表，第 3 行，经度 列：“123°75′”的分为 75。请写十进制度或 123°25′45″。"
    )
    with pytest.raises(
        InputError, match='datum="X" 不在可用之列。请使用以下之一：WGS-84、CGCS2000'
    ):
        read_points(table, datum="X")
    kept = read_points(table, strict=False).attrs["report"]
    assert str(kept).startswith(
        "DataFrame 表：由 经度 列和 纬度 列读取 1 个点，坐标系取作 WGS-84；无坐标 1 行。"
    )


def _pickled(report):
    return pickle.loads(pickle.dumps(report))  # noqa: S301 - of its own making


def test_a_report_speaks_the_language_it_is_shown_in(join):
    report = join(CASES / "d9-total-words.xlsx").report
    assert "Row 4, 两县合计: total; total or sub-total" in str(report)
    for one in (report, copy.deepcopy(report), _pickled(report)):
        with speaking(lang="zh"):
            assert "第 4 行，两县合计：合计；合计或小计" in str(one)
            assert f"{one}" == one.render("zh")
        assert str(one) == report.render("en")
    assert str(report.rows.loc[4, "detail"]) == "total or sub-total"
    assert report.rows.loc[4, "detail"].render("zh") == "合计或小计"


def test_notes_and_what_is_set_aside_are_kept_as_messages():
    table = read_table(CASES / "d6b-unit-line-applied-to-population.xlsx")
    assert table.notes
    assert all(isinstance(note, Words) for note in table.notes)
    assert [one.why.render("zh") for one in table.set_aside] == ["表头上方的内容"] * 2
