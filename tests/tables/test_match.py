"""The resolver and the names of rows: certain, or told."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regionkit as rk
from regionkit.errors import RegionkitError, UnknownPlaceError
from regionkit.places.names import Resolver
from regionkit.places.units import list_units
from regionkit.tables.match import ACCEPTED, match_names, names_a_unit, read_name

REGION = rk.load("liaoning")
RESOLVER = REGION.resolver


@pytest.mark.parametrize(
    ("name", "adcodes", "how"),
    [
        ("喀左", ["211324"], "short name"),
        ("阜蒙县", ["210921"], "short name"),
        ("朝阳", ["211300", "211321"], "short name"),
        ("Chaoyang County", ["211321"], "English name"),
        ("chaoyang xian", ["211321"], "pinyin"),
        ("２１０１２３", ["210123"], "adcode"),
        ("210123000000", ["210123"], "adcode"),
        ("大洼县", ["211104"], "former name"),
        ("鞍山 铁西", ["210303"], "short name"),
        ("辽宁省沈阳市和平区", ["210102"], "full name"),
        ("Lvshunkou", ["210212"], "pinyin"),
    ],
)
def test_explain(name, adcodes, how):
    found = RESOLVER.explain(name)
    assert [match.place.adcode for match in found] == adcodes
    assert found[0].how == how


def test_english_name_of_a_city_is_not_taken_for_the_city_alone():
    assert [p.adcode for p in RESOLVER.candidates("Chaoyang")] == ["211300", "211321"]
    assert [p.adcode for p in RESOLVER.candidates("tieling")] == ["211200", "211221"]


def test_former_names_know_their_years():
    former = RESOLVER.explain("普兰店市")[0].former
    assert (former.valid_from, former.valid_to) == ("1991-11-30", "2015-10-13")
    assert former.area == "changed"
    assert RESOLVER.explain("锦西县")[0].former.area == "other"
    assert RESOLVER.explain("辽中县")[0].former.area == "same"
    assert str(former).startswith("普兰店市, 1991-11-30 to 2015-10-13")


def test_former_codes_lead_to_the_unit_of_today(ln):
    for code, today in (
        ("210282", "210214"),
        ("２１９００８", "210214"),
        ("210122", "210115"),
        ("211225", "210123"),
        ("210622000000", "210323"),
    ):
        (match,) = ln.resolver.explain(code)
        assert (match.place.adcode, match.how) == (today, "former code")
    assert ln.resolver.explain("210282")[0].former.area == "changed"
    assert str(ln.resolver.explain("210122")[0].former) == (
        "210122, until 2016-01: 辽中县，改辽中区，国函〔2016〕6号"
    )
    with pytest.raises(UnknownPlaceError, match=r"210282.* Today it is 大连市 普兰店区"):
        ln.resolver.by_adcode("210282")


def test_codes_of_today_are_no_former_codes(ln):
    for code in ln.units.index:
        assert [match.how for match in ln.resolver.explain(code)] == ["adcode"]


def test_former_code_given_as_an_alias():
    aliases = pd.DataFrame({"alias": ["210282"], "adcode": ["210214"], "kind": ["former"]})
    resolver = Resolver(list_units("210000"), aliases)
    assert resolver.resolve("210282").name == "普兰店区"
    with pytest.raises(UnknownPlaceError, match="No unit has the adcode '210299'"):
        resolver.resolve("210299")


def test_a_unit_is_found_by_all_its_own_names():
    for code, unit in list_units("210000").iterrows():
        assert [p.adcode for p in RESOLVER.candidates(code)] == [code]
        assert code in [p.adcode for p in RESOLVER.candidates(unit["name"])]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("　3、普兰店区①", "普兰店区"),
        ("其中：市区", "市区"),
        ("（一）沈阳市", "沈阳市"),
        (210102.0, "210102"),
        ("康平县[1]", "康平县"),
        ("#海城市", "海城市"),
        (None, ""),
    ],
)
def test_marks_are_taken_off_names(cell, name):
    assert read_name(cell) == name


@pytest.mark.parametrize(
    "word",
    [
        "全省",
        "合 计",
        "市区",
        "其中：市辖区",
        "各县（市）",
        "沈阳市小计",
        "total",
        "全省平均",
        "其他",
    ],
)
def test_totals(word):
    assert match_names([word], RESOLVER)[0].status == "total"


def test_parts_of_the_row_above():
    words = ["海城市", "其中：开发区", "其 中 高新区", "其中：台安县", "其中：岫岩", "其中：城镇"]
    rows = match_names(words, RESOLVER)
    assert [row.status for row in rows] == [
        "matched",
        "total",
        "total",
        "matched",
        "matched",
        "total",
    ]
    assert str(rows[1].detail) == "a part of the row above it"
    # A letter off a unit's name is that unit mistyped, and no part.
    assert match_names(["其中：海成市"], RESOLVER)[0].status == "unknown"
    assert match_names(["开发区"], RESOLVER)[0].status == "unknown"


def test_name_with_brackets():
    rows = match_names(["海城市（县级市）", "北镇市(北镇)", "康平县（法库县）"], RESOLVER)
    assert [row.status for row in rows] == ["matched", "matched", "unknown"]


NAMES = sorted({label for label, _ in RESOLVER.names()})
NAME = st.one_of(
    st.sampled_from(NAMES),
    st.text(max_size=8),
    st.builds(lambda a, b: a + b, st.sampled_from(NAMES), st.sampled_from(NAMES)),
)


@given(st.lists(NAME, max_size=6))
@settings(max_examples=150, deadline=None)
def test_no_name_breaks_the_matching_and_none_is_guessed(names):
    rows = match_names(names, RESOLVER)
    assert len(rows) == len(names)
    given_to = [row.place.adcode for row in rows if row.status in ACCEPTED]
    assert len(given_to) == len(set(given_to))
    for row in rows:
        if row.status not in ACCEPTED:
            assert row.detail
        elif "below the row" not in str(row.within):
            units = {
                m.place.adcode
                for m in RESOLVER.explain(row.name)
                if m.place.level in {"province", "city", "county"}
            }
            assert units <= {row.place.adcode} or "（" in row.name or "(" in row.name


@given(NAME, st.sampled_from([None, "county", "city"]))
@settings(max_examples=150, deadline=None)
def test_resolver_returns_one_place_or_says_why(name, level):
    names_a_unit(name, RESOLVER)
    try:
        place = RESOLVER.resolve(name, level=level)
    except RegionkitError as error:
        text = str(error)
        assert text
    else:
        assert RESOLVER.candidates(name, level=level) == [place]


@given(st.sampled_from(NAMES), st.lists(st.sampled_from(" 　\u200b"), max_size=4))
@settings(max_examples=80, deadline=None)
def test_spaces_inside_a_name_change_nothing(name, spaces):
    spread = name
    for place, space in enumerate(spaces):
        spread = spread[: place + 1] + space + spread[place + 1 :]
    assert RESOLVER.candidates(spread) == RESOLVER.candidates(name)


def _resolver(province):
    return Resolver(list_units(province))


HAINAN = ["海口市", "三亚市", "三沙市", "儋州市", "五指山市", "琼海市", "陵水黎族自治县"]


def test_units_directly_under_the_province_are_cities_among_cities():
    rows = match_names(HAINAN, _resolver("460000"), level="city")
    assert {row.status for row in rows} == {"matched"}
    rows = match_names(["广州市", "东莞市", "中山市", "深圳"], _resolver("440000"), level="city")
    assert [row.place.adcode for row in rows] == ["440100", "441900", "442000", "440300"]
    rows = match_names(["东莞市", "中山", "越秀区"], _resolver("440000"))
    assert {row.status for row in rows} == {"matched"}


def test_a_city_among_them_never_vanishes_as_a_total():
    rows = match_names(HAINAN, _resolver("460000"))
    assert [row.status for row in rows] == ["other level"] * 3 + ["matched"] * 4
    assert 'level="city"' in str(rows[0].mend)
    # With a district of it in the table it sums that up.
    rows = match_names(["海口市", "秀英区", "儋州市"], _resolver("460000"))
    assert [row.status for row in rows] == ["total", "matched", "matched"]


@pytest.mark.parametrize(
    ("province", "name", "city", "adcode"),
    [
        ("140000", "城区", "晋城市", "140502"),
        ("140000", "城区", "阳泉市", "140302"),
        ("440000", "城区", "汕尾市", "441502"),
        ("450000", "全州", "桂林市", "450324"),
        ("450000", "全州县", "", "450324"),
        ("440000", "城区", "", "441502"),
        ("420000", "仙桃市", "湖北省", "429004"),
        ("420000", "仙桃", "仙桃市", "429004"),
    ],
)
def test_counties_called_like_totals(province, name, city, adcode):
    (row,) = match_names([name], _resolver(province), parents=[city])
    assert (row.status, row.place.adcode) == ("matched", adcode)


def test_parts_are_told_by_the_table_of_units_and_not_by_digits():
    # 济源 419001 shares four digits with no city, and 429004 and 429005 are none of one city.
    rows = match_names(["仙桃市", "潜江市"], _resolver("420000"), parents=["仙桃市", "仙桃市"])
    assert [row.status for row in rows] == ["matched", "other parent"]
