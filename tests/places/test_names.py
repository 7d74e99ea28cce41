"""Names of units: found, refused with the nearest, or all of them shown; never guessed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionkit.errors import AmbiguousPlaceError, InputError, UnknownPlaceError
from regionkit.places.names import Resolver, normalise_name
from regionkit.places.place import Place
from regionkit.places.units import list_units


@pytest.fixture(scope="module")
def bare():
    """A resolver that knows official names alone."""
    return Resolver(list_units("210000"))


def test_every_official_name_and_code_leads_to_its_unit(bare):
    units = list_units("210000")
    cities = units["city_adcode"].map(units["name"])
    for adcode, unit in units.iterrows():
        assert bare.resolve(adcode).adcode == adcode
        assert bare.by_adcode(f"{adcode}000000").adcode == adcode
        within = cities[adcode] if unit["level"] == "county" else None
        assert bare.resolve(unit["name"], level=unit["level"], within=within).adcode == adcode
        if within:
            assert bare.resolve(f"{within}{unit['name']}", level="county").adcode == adcode


@pytest.mark.parametrize(
    ("province", "name", "full"),
    [
        ("460000", "陵水县", "陵水黎族自治县"),
        ("460000", "白沙", "白沙黎族自治县"),
        ("460000", "昌江县", "昌江黎族自治县"),
        ("220000", "前郭", "前郭尔罗斯蒙古族自治县"),
        ("220000", "前郭县", "前郭尔罗斯蒙古族自治县"),
        ("220000", "伊通县", "伊通满族自治县"),
        ("220000", "延边州", "延边朝鲜族自治州"),
        ("220000", "延边", "延边朝鲜族自治州"),
        ("220000", "长白", "长白朝鲜族自治县"),
        ("220000", "延边州敦化", "敦化市"),
        ("620000", "东乡县", "东乡族自治县"),
        ("650000", "巴州", "巴音郭楞蒙古自治州"),
        ("410000", "瀍河区", "瀍河回族区"),
    ],
)
def test_units_named_for_a_nationality_need_no_alias(province, name, full):
    assert Resolver(list_units(province)).resolve(name).name == full


@pytest.mark.parametrize(
    ("province", "name", "full"),
    [
        ("530000", "大理", {"大理白族自治州", "大理市"}),
        ("620000", "临夏", {"临夏回族自治州", "临夏市", "临夏县"}),
        ("510000", "阿坝", {"阿坝藏族羌族自治州", "阿坝县"}),
    ],
)
def test_a_short_name_of_two_units_means_both(province, name, full):
    resolver = Resolver(list_units(province))
    assert {place.name for place in resolver.candidates(name)} == full
    with pytest.raises(AmbiguousPlaceError):
        resolver.resolve(name)


def test_a_full_name_is_never_another_units_short_one():
    for province in ("510000", "620000", "630000"):
        units = list_units(province)
        resolver = Resolver(units)
        for adcode, name in units["name"].items():
            found = {place.name for place in resolver.candidates(name)}
            assert found == {name}, adcode


@pytest.mark.parametrize(
    ("name", "adcode"),
    [
        # The names that address parsers put in other provinces.
        ("岫岩县", "210323"),
        ("新宾县", "210422"),
        ("清原县", "210423"),
        ("本溪县", "210521"),
        ("桓仁县", "210522"),
        ("宽甸", "210624"),
        ("阜蒙县", "210921"),
        ("喀左", "211324"),
        ("沈阳和平", "210102"),
        ("鞍山铁西", "210303"),
        ("辽宁省鞍山市铁东区", "210302"),
        ("　沈 阳 市 ", "210100"),
    ],
)
def test_names_as_planners_write_them(ln, name, adcode):
    assert ln.resolve(name).adcode == adcode


@pytest.mark.parametrize(
    ("name", "adcodes"),
    [
        ("朝阳", ["211300", "211321"]),
        ("铁岭", ["211200", "211221"]),
        ("抚顺", ["210400", "210421"]),
        ("本溪", ["210500", "210521"]),
        ("辽阳", ["211000", "211021"]),
        ("阜新", ["210900", "210921"]),
        ("铁西区", ["210106", "210303"]),
    ],
)
def test_ambiguous_names_show_every_candidate(ln, name, adcodes):
    with pytest.raises(AmbiguousPlaceError) as raised:
        ln.resolve(name)
    assert [place.adcode for place in raised.value.candidates] == adcodes
    assert f"{name!r} is the name of {len(adcodes)} places" in str(raised.value)
    assert "Write the full name or the adcode, or pass level= or within=" in str(raised.value)
    for place in raised.value.candidates:
        assert f"{place.name} ({place.adcode}, {place.level})" in str(raised.value)
        assert ln.resolve(name, level=place.level, within=place.city or None) == place


def test_unknown_name_gives_the_nearest(ln):
    with pytest.raises(
        UnknownPlaceError, match=r"No place of the region is named '瓦房殿'. Nearest are: 瓦房店"
    ) as raised:
        ln.resolve("瓦房殿")
    assert raised.value.nearest[0] == "瓦房店"


def test_unknown_name_like_nothing(bare):
    with pytest.raises(UnknownPlaceError, match=r"named 'XQ7'. Check the spelling") as raised:
        bare.resolve("XQ7")
    assert raised.value.nearest == ()


def test_a_name_that_stands_elsewhere_says_where(bare):
    with pytest.raises(
        UnknownPlaceError,
        match=r"No place is named '铁西区' with within=\"大连\"; there is 沈阳市 铁西区 \(210106",
    ):
        bare.resolve("铁西区", within="大连")
    with pytest.raises(
        UnknownPlaceError, match="named '康平' with level=\"city\"; there is 沈阳市 康平"
    ):
        bare.resolve("康平", level="city")


@pytest.mark.parametrize("code", ["219999", "110000", "21010"])
def test_unknown_code(bare, code):
    with pytest.raises(UnknownPlaceError):
        bare.resolve(code)
    with pytest.raises(UnknownPlaceError, match=f"No unit has the adcode '{code}'. Nearest are"):
        bare.by_adcode(code)


def test_unknown_level(bare):
    with pytest.raises(
        InputError, match=r"level=\"town\" is not known. Use one of nation, region, prov"
    ):
        bare.candidates("康平", level="town")


def test_within_a_county_and_the_province(bare):
    assert bare.resolve("康平", within="210000").adcode == "210123"
    assert bare.candidates("康平", within="法库县") == []
    with pytest.raises(AmbiguousPlaceError):
        bare.candidates("铁西区", within="朝阳")


def test_an_alias_of_another_region_is_left_out():
    aliases = pd.DataFrame({"alias": ["省城", "申城"], "adcode": ["210100", "310000"]})
    resolver = Resolver(list_units("210000"), aliases)
    assert resolver.resolve("省城").adcode == "210100"
    assert resolver.candidates("申城") == []


def test_functional_areas_and_sites_know_their_county(ln):
    areas = ln.places[ln.places["kind"] == "functional area"]
    assert len(areas)
    for place_id, area in areas.iterrows():
        found = [p for p in ln.resolver.candidates(area["name"]) if p.place_id == place_id]
        assert [place.level for place in found] == ["functional area"], place_id
        if isinstance(area["adcode"], str):
            county = ln.resolver.by_adcode(area["adcode"])
            assert found[0].adcode == county.adcode
            assert found[0].zone_ids == county.zone_ids


def test_names_lists_every_unit(bare):
    assert {place.adcode for _, place in bare.names()} == set(list_units("210000").index)
    assert ("铁西区", bare.by_adcode("210303")) in list(bare.names())


def test_a_place_prints_with_city_and_code(bare):
    assert str(bare.resolve("沈河区")) == "沈阳市 沈河区 (210103, county)"
    assert str(Place("210000", "辽宁省", "province")) == "辽宁省 (210000, province)"


@given(st.text(max_size=12))
def test_any_text_is_found_or_refused_in_words(text):
    # Never another error, whatever is typed.
    resolver = ANY_TEXT
    try:
        place = resolver.resolve(text)
    except (UnknownPlaceError, AmbiguousPlaceError) as error:
        assert str(error)  # noqa: PT017 - either outcome is right
    else:
        assert place.adcode in list_units("210000").index


ANY_TEXT = Resolver(list_units("210000"))


@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    once = normalise_name(text)
    assert normalise_name(once) == once


@given(st.sampled_from(sorted(list_units("210000")["name"])), st.sampled_from(" 　\u200b·\ufeff"))
def test_marks_and_spaces_do_not_matter(name, mark):
    assert normalise_name(mark.join(name)) == name
