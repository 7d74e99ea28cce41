"""One table of what a cell says: text or number with its format -> value, unit, mark."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.tables.grammar.cell import Number, is_identifier, parse_number, plain_text
from regionkit.tables.grammar.marks import raise_text, split_marks
from regionkit.tables.grammar.shown import ShownNumber, as_shown, show_number
from regionkit.tables.grammar.units import same_unit, split_unit, unit_fits


@pytest.mark.parametrize(
    ("cell", "form", "value", "unit", "said"),
    [
        # Footnote marks are told from digits.
        ("32.1¹", "", 32.1, "", "¹"),
        ("101.0²", "", 101.0, "", "²"),
        ("123㉑", "", 123, "", "㉑"),
        ("123⒈", "", 123, "", "⒈"),
        ("123①", "", 123, "", "①"),
        ("①123", "", 123, "", "①"),
        ("27.5[1]", "", 27.5, "", "[1]"),
        ("27.5〔注2〕", "", 27.5, "", "〔注2〕"),
        ("27.5注1", "", 27.5, "", "注1"),
        ("27.5（注1）", "", 27.5, "", "（注1）"),
        ("27.5*", "", 27.5, "", "*"),
        ("27.5万人¹", "", 27.5, "万人", "¹"),
        ("6.2%²", "", 6.2, "%", "²"),
        ("12.5km²", "", 12.5, "km2", ""),
        ("12.5㎡", "", 12.5, "m2", ""),
        # Formats that print a percentage, another scale, a unit.
        (0.062, "0.0%", 6.2, "%", ""),
        (5.2, '0.0"%"', 5.2, "%", ""),
        (56780, "0!.0,", 5.678, "", "holds 56780"),
        (56780, "0\\.0,", 5.678, "", "holds 56780"),
        (56780, '0"."0,', 5.678, "", "holds 56780"),
        (123456, '0!.0000"万"', 12.3456, "万", "holds 123456"),
        (56780000, "#,##0.0,,", 56.78, "", "holds 56780000"),
        (56780000, "#,##0,.0", 56780, "", "holds 56780000"),
        (567800000, '0!.00,,"亿元"', 5.678, "亿元", "holds 567800000"),
        (567800000, '0.00,,"万元"\n%', 56780, "万元", "holds 567800000"),
        (5.6, '0.0"亿元"', 5.6, "亿元", ""),
        (5.6, "0.0\\亿\\元", 5.6, "亿元", ""),
        (56780, '[>=10000]0!.0,"万";0', 5.678, "万", "holds 56780"),
        (5678, '[>=10000]0!.0,"万";0', 5678, "", ""),
        (-56780, "0!.0,;[Red]-0!.0,", -5.678, "", "holds -56780"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 1234.5, "", ""),
        (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 0, "", ""),
        (1234.5, '"¥"#,##0.00', 1234.5, "", ""),
        (1234.5, "[$¥-804]#,##0.00", 1234.5, "", ""),
        (-7, "0_);(0)", -7, "", ""),
        (12, '"约"0', 12, "", "约12"),
        (12, '0"（估）"', 12, "", "估"),
        (1.25e9, "0.00E+00", 1.25e9, "", ""),
        (7, 'G/通用格式"户"', 7, "户", ""),
        # Texts that spell a number.
        ('="27.5"', "", 27.5, "", ""),
        ("5\u00a0678", "", 5678, "", ""),
        ("5\u202f678", "", 5678, "", ""),
        ("27.5 万人", "", 27.5, "万人", ""),
        ("27.5\n万人", "", 27.5, "万人", ""),
        ("1.25E+09", "", 1.25e9, "", ""),
        (" 27.5\t", "", 27.5, "", ""),
    ],
)
def test_a_cell_says_value_unit_and_mark(cell, form, value, unit, said):
    number = parse_number(show_number(cell, form) if form else cell)
    assert (number.what, number.unit) == ("", unit)
    assert number.value == pytest.approx(value, rel=1e-14)
    assert bool(number.note) == bool(said)
    assert said in str(number.note)


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("120\n135", "'120 135' is two numbers in a cell"),
        ("100 200", "is two numbers in a cell"),
        ("27.5% 31.2%", "is two numbers in a cell"),
        ("10³", "may be a power of ten or a footnote"),
        ("2.5×10³", "may be a power of ten or a footnote"),
        ("3½", "raised, circled or a fraction"),
        ("3²5", "raised, circled or a fraction"),
        ("1⒈2", "raised, circled or a fraction"),
        ("Err:502", "is an error of the spreadsheet"),
        ("#SPILL!", "is an error of the spreadsheet"),
        ("27.5万千瓦左右", "is no plain number"),
        (ShownNumber(5, ";;;"), "holds 5, which its number format shows as ''"),
        (ShownNumber(5, '"保密"'), "holds 5, which its number format shows as '保密'"),
    ],
)
def test_what_cannot_be_told_is_a_fault(cell, what):
    number = parse_number(cell)
    assert what in str(number.what)
    assert math.isnan(number.value)
    assert number.mend


def test_zero_that_a_format_hides_is_zero():
    assert parse_number(ShownNumber(0, "0;-0;;@")) == Number(0.0)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (2023.1, "0.00", "2023.10"),
        (2023.1, "0.0", "2023.1"),
        (123, "00000", "00123"),
        (1000, "0\\.0,", "0.1"),
        (123456, '0!.0000"万"', "12.3456万"),
        (210123, "0", "210123"),
        (0.062, "0.0%", "6.2%"),
        (5.6, '0.0"亿元"', "5.6亿元"),
        (-3.5, "0.0", "-3.5"),
    ],
)
def test_a_text_column_has_what_is_shown(value, form, text):
    assert as_shown(value, form).text == plain_text(ShownNumber(value, form)) == text


@pytest.mark.parametrize(
    ("heading", "name", "unit"),
    [
        ("人口（万人）", "人口", "万人"),
        ("人口(万人)", "人口", "万人"),
        ("耕地[万亩]", "耕地", "万亩"),
        ("产值【亿元】", "产值", "亿元"),
        ("产值〔亿元〕", "产值", "亿元"),
        ("产值，万元", "产值", "万元"),
        ("产值/万元", "产值", "万元"),
        ("产值：万元", "产值", "万元"),
        ("产值（单位：万元）", "产值", "万元"),
        ("产值 万元", "产值", "万元"),
        ("占比%", "占比", "%"),
        ("占比％", "占比", "%"),
        ("增幅（百分点）", "增幅", "百分点"),
        ("增幅（个百分点）", "增幅", "个百分点"),
        ("能耗（吨标准煤/万元）", "能耗", "吨标准煤/万元"),
        ("人口（万人）①", "人口", "万人"),
        ("人口¹（万人）", "人口", "万人"),
        ("人口（万人）²", "人口", "万人"),
        ("面积（km²）", "面积", "km2"),
        ("面积（㎢）", "面积", "km2"),
        ("建设周期（年）", "建设周期", "年"),
        ("GDP（2023年，亿元）", "GDP（2023年）", "亿元"),
        ("县（市）", "县（市）", ""),
        ("人口（常住）", "人口（常住）", ""),
        ("人口、GDP（万人、亿元）", "人口、GDP（万人、亿元）", ""),
        ("人口①", "人口", ""),
        ("增速（±%）", "增速", "%"),
        ("就业人员（万人）（2023）", "就业人员（2023）", "万人"),
        ("收入〈万 元〉", "收入", "万元"),
        ("病床（张/千人）", "病床", "张/千人"),
        ("生产总值（当年价格）（亿元）", "生产总值（当年价格）", "亿元"),
        ("金额（元/㎡）", "金额", "元/m2"),
        ("投资额 单位：亿元", "投资额", "亿元"),
        ("年", "年", ""),
    ],
)
def test_units_of_headers_in_every_form(heading, name, unit):
    assert split_unit(heading) == (name, unit)


@pytest.mark.parametrize(
    ("cell", "header", "same"),
    [
        ("亿", "亿元", True),
        ("万", "万人", True),
        ("km²", "平方公里", True),
        ("个百分点", "百分点", True),
        ("元", "元/人", True),
        ("万千瓦", "万千瓦时", False),
        ("吨", "吨标准煤", False),
        ("万", "万元/人", True),
        ("亿元", "万元", False),
        ("%", "百分点", False),
    ],
)
def test_units_that_say_the_same(cell, header, same):
    assert same_unit(cell, header) is same


def test_a_unit_for_the_whole_table_spares_what_it_cannot_be_of():
    spared = ["城镇化率", "占比", "增速", "常住人口", "乡镇数", "耕地面积", "位次", "年份"]
    assert not [name for name in spared if unit_fits("亿元", name)]
    assert unit_fits("亿元", "地区生产总值")
    assert unit_fits("亿元", "2022年")
    assert unit_fits("万人", "常住人口")
    assert not unit_fits("万人", "财政收入")


def test_identifiers_and_marks():
    assert [is_identifier(c) for c in ("024", "0", "0.5", 24, 112101230012345678, True, None)] == [
        *(True, False, False, False, True, False, False)
    ]
    assert not is_identifier(math.inf)
    assert split_marks("海城市²") == ("海城市", "²")
    assert split_marks("注1") == ("注1", "")
    assert raise_text("2)") == "²⁾"


FORMS = [
    "0.0%",
    "0!.0,",
    '0.00,,"万元"\n%',
    '0.0"亿元"',
    "#,##0",
    "0.00E+00",
    "# ?/?",
    "00000",
    ";;;",
]


@given(
    st.floats(-9e15, 9e15),
    st.one_of(st.sampled_from(FORMS), st.text('0#?.,%;"!\\[]>=_*E+/-万元 \n@')),
)
@settings(max_examples=400, deadline=None)
def test_no_number_and_no_format_breaks_the_reader(value, form):
    cell = show_number(value, form)
    number = parse_number(cell)
    assert math.isnan(number.value) == bool(number.what)
    assert isinstance(plain_text(cell), str)


@pytest.mark.parametrize("value", [1e-5, -1e-7, 0.0, 1e15, 5e-324])
def test_percents_of_any_size(value):
    assert parse_number(ShownNumber(value, "0%")).value == pytest.approx(value * 100, rel=1e-12)
