"""The one resolver: what people type finds the thing, all candidates, or nothing; never another."""

import pytest

from regionkit.errors import AmbiguousPlaceError, UnknownPlaceError
from regionkit.region.project_names import plain_project_name

# Ways in which a name is typed otherwise, by rule: what stands in the pack, what is typed.
RULES = {
    "dash as hyphen": ("—", "-"),
    "dash as wave": ("—", "~"),
    "to as dash": ("至", "—"),
    "to as hyphen": ("至", "-"),
    "pumped storage short": ("抽水蓄能电站", "抽蓄"),
    "pumped storage half": ("抽水蓄能", "抽蓄"),
    "railway long": ("高铁", "高速铁路"),
    "motorway short": ("高速公路", "高速"),
    "first as digit": ("一期", "1期"),
    "second as digit": ("二期", "2期"),
    "brackets half width": ("（", "("),
    "quotes left out": ("“", ""),
    "comma left out": ("、", ","),
    "works left out": ("工程", ""),
    "project left out": ("项目", ""),
    "nuclear": ("核电站", "核电"),
}
WANTED = 200


def spellings(ln):
    """Return what is typed with the project that it means, 200 of them, by the rules in turn."""
    names = ln.table("projects").set_index("project_id")["name"]
    made = []
    for old, new in RULES.values():
        # Only what ends in the word is typed without it.
        fits = [
            (
                name.removesuffix(old)
                if not new and old in {"工程", "项目"}
                else name.replace(old, new),
                key,
            )
            for key, name in names.items()
            if (name.endswith(old) if old in {"工程", "项目"} else old in name)
        ]
        made += fits[:20]
    wide = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x30, 0x3A)})
    made += [
        (name.translate(wide), key) for key, name in names.items() if name != name.translate(wide)
    ][:20]
    step = len(names) // 60
    made += [(" ".join(name), key) for key, name in names.items()][::step][: WANTED - len(made)]
    return made[:WANTED]


def test_two_hundred_spellings_by_rule_find_their_project_or_all_candidates(ln):
    typed = spellings(ln)
    assert len(typed) == WANTED
    found = wrong = 0
    for word, key in typed:
        try:
            noun = ln.find(word, ["project"])
        except AmbiguousPlaceError:
            assert key in {one.id for one in ln.find_all(word, ["project"])}, word
        except UnknownPlaceError:
            continue
        else:
            found += noun.id == key
            wrong += noun.id != key
    assert wrong == 0
    assert found >= 0.95 * WANTED


# Typed by hand: None for what is no one thing.
TYPED = {
    "庄河抽蓄": "zhuanghe-pumped-storage",
    "大连庄河抽水蓄能": "zhuanghe-pumped-storage",
    "庄河抽水蓄能电站": "zhuanghe-pumped-storage",
    "大连市庄河抽蓄电站": "zhuanghe-pumped-storage",
    "徐大堡核电1-4号机组": "xudapu-nuclear-1-4",
    "徐大堡核电１－４号": "xudapu-nuclear-1-4",
    "徐大堡核电站1—4号机组": "xudapu-nuclear-1-4",
    "徐大堡5、6号机组": None,
    "徐大堡核电5,6号": "xudapu-nuclear-5-6",
    "徐大堡核电5-6号机组": "xudapu-nuclear-5-6",
    "徐大堡核电五、六号机组": "xudapu-nuclear-5-6",
    "徐大堡核电14号机组": None,
    "徐大堡核电一期": "xudapu-nuclear-phase-1",
    "徐大堡核电1期工程": "xudapu-nuclear-phase-1",
    "徐大堡核电": None,
    "京沈高速铁路": "jing-shen-hsr",
    "京沈高铁": "jing-shen-hsr",
    "京沈": None,
    "清原抽蓄二期": "qingyuan-pumped-storage-phase-2",
    "清原抽水蓄能2期": "qingyuan-pumped-storage-phase-2",
    "抚顺清原抽水蓄能": "qingyuan-pumped-storage",
    "桃仙机场第二跑道": "shenyang-taoxian-airport-runway-2",
    "沈阳桃仙机场二跑道": "shenyang-taoxian-airport-runway-2",
    "沈阳机场二跑道": "shenyang-taoxian-airport-runway-2",
    "鞍山机场扩建工程": "anshan-airport-expansion",
    "鞍山市机场扩建": "anshan-airport-expansion",
    "大连机场扩建": None,
    "G9111本溪至集安高速": "benxi-jian-expressway",
    "本溪—集安国家高速公路": "benxi-jian-expressway",
    "鞍山—台安高速": "anshan-taian-expressway",
    "鞍山台安高速公路": "anshan-taian-expressway",
    "北票-朝阳天然气管道支线": "beipiao-chaoyang-gas-branch",
    "本桓高速": "benxi-huanren-expressway",
    "大连港": "dalian-port",
    "巴新铁路": "baxin-railway-restructuring",
    "鞍山保税物流中心(B型)": "anshan-bonded-logistics",
    "一带一路联合实验室": "belt-road-joint-labs-bundle",
    "航空护林站": None,
    "沈大高铁": None,
    "大连智慧海洋工程": None,
}


def test_there_are_forty_typed_by_hand():
    assert len(TYPED) == 40


@pytest.mark.parametrize("word", TYPED)
def test_what_is_typed_by_hand_is_found_or_not_guessed(ln, word):
    wanted = TYPED[word]
    try:
        found = ln.find(word, ["project"]).id
    except (AmbiguousPlaceError, UnknownPlaceError):
        found = None
    if wanted is not None:
        assert found == wanted
    else:
        # A part that one name alone has is its project; nothing else is.
        name = "" if found is None else ln.table("projects").set_index("project_id")["name"][found]
        assert found is None or plain_project_name(word) in plain_project_name(name)


@pytest.mark.parametrize(
    ("word", "kinds", "found"),
    [
        ("省发改委", ("body",), "ln-drc"),
        ("辽宁省发展改革委", ("body",), "ln-drc"),
        ("石化集群", ("cluster",), "green-petrochemicals"),
        ("辽西", ("zone", "unit"), "liaoxi"),
        ("锦州港", ("unit", "place", "project"), "jinzhou-port"),
        ("大连港", ("unit", "place", "project"), "dalian-port"),
        ("GDP", ("indicator",), "gdp"),
        ("喀左", ("unit",), "211324"),
    ],
)
def test_every_kind_of_noun_is_found_by_the_one_resolver(ln, word, kinds, found):
    assert ln.find(word, kinds).id == found


def test_a_name_of_several_is_told_with_all_candidates(ln):
    with pytest.raises(AmbiguousPlaceError, match=r"朝阳市.*朝阳县"):
        ln.find("朝阳")


def test_an_unknown_name_tells_what_it_is_elsewhere_and_what_is_near(ln):
    with pytest.raises(UnknownPlaceError, match="There is 大连港"):
        ln.find("大连港", ["unit", "place"])
    with pytest.raises(UnknownPlaceError, match=r"Nearest are:.*京沈高铁"):
        ln.find("京沈高帖", ["project"])
