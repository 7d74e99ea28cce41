"""Everyday words at the command: taken, told on standard error, refused with what is nearest."""

import pytest

from regionkit.cli.map_options import SCHEMES
from regionkit.region.everyday import Everyday

pytestmark = pytest.mark.usefixtures("chinese")
TOLD = [
    (("query", "--stage", "在建", "--place", "全省"), "“在建”取作续建、新建、改扩建。"),
    (("query", "--near", "桃仙机场", "--km", "9"), "“桃仙机场”取作沈阳桃仙机场。"),
    (("query", "--zone", "两区", "--kind", "核电"), "“两区”取作辽东绿色经济区、"),
    (("targets", "--scope", "全省", "--text", "森林覆盖率"), "“全省”取作辽宁省。"),
    (("targets", "--scope", "工业母机集群"), "“工业母机集群”取作工业母机产业集群。"),
    (("targets", "--scope", "石化集群"), "“石化集群”取作绿色石化及精细化工产业集群。"),
    (("profile", "桃仙机场"), "“桃仙机场”取作沈阳桃仙机场。"),
    (("profile", "一圈"), "“一圈”取作沈阳现代化都市圈"),
]


@pytest.mark.parametrize(("arguments", "told"), TOLD)
def test_how_a_word_was_taken_is_told_beside_the_answer(run, arguments, told):
    status, out, err = run(*arguments)
    assert status == 0
    assert out
    assert told in err


def test_an_indicator_with_targets_alone_is_sent_to_them(run, tmp_path):
    status, _, err = run("map", "森林覆盖率", "-o", tmp_path / "a.png")
    assert status == 2
    assert "regionkit targets --text 森林覆盖率" in err


def test_a_scheme_by_its_chinese_word(run, tmp_path):
    status, _, err = run(
        "map", "gdp", "--level", "市", "--scheme", "分位数", "-o", tmp_path / "a.svg"
    )
    assert (status, "“分位数”取作quantiles。" in err) == (0, True)
    assert (tmp_path / "a.svg").exists()
    assert run("map", "gdp", "--scheme", "乱分", "-o", tmp_path / "b.svg")[0] == 2


def test_chinese_words_of_schemes_are_schemes_of_the_command():
    for schemes in Everyday().words_of("classes", "scheme").values():
        assert set(schemes) <= set(SCHEMES)


def test_the_title_of_what_was_asked_has_every_value(run, tmp_path):
    path = tmp_path / "a.csv"
    status, _, err = run("query", "--domain", "电力", "-o", path)
    assert (status, path.exists()) == (2, False)
    assert "--kind 电力" in err
