"""Messages are put into words by language and by door, where they are shown."""

import pickle

import pytest

from regionkit.errors import Fault, InputError, TableError, UnknownPlaceError
from regionkit.words.message import Call, Joined, Option, join, msg, say
from regionkit.words.voice import speaking


def test_a_message_is_put_into_words_when_it_is_shown():
    message = msg("The folder {folder} does not exist.", folder="图集")
    assert str(message) == "The folder 图集 does not exist."
    with speaking("zh"):
        assert str(message) == "文件夹 图集 不存在。"
    assert f"{message:>40}".endswith("图集 does not exist.")


def test_a_text_without_a_translation_is_shown_as_it_is():
    assert msg("no such text {n}", n=1).render("zh") == "no such text 1"


def test_values_are_no_places_of_their_own():
    assert msg("{path} does not exist.", path="{a}").render("zh") == "{a} 不存在。"


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        ("锦州", "'锦州'", "“锦州”"),
        ("\x1b[2J", r"'\x1b[2J'", r"“\x1b[2J”"),
        (7, "7", "7"),
    ],
)
def test_quotes_are_those_of_the_language(value, english, chinese):
    message = msg("No province has the adcode {adcode!r}.", adcode=value)
    assert english in message.render("en")
    assert chinese in message.render("zh")


@pytest.mark.parametrize(
    ("joint", "english", "chinese"),
    [
        ("list", "a, b, c", "a、b、c"),
        ("and", "a, b and c", "a、b 和 c"),
        ("or", "a, b or c", "a、b 或 c"),
        ("clauses", "a; b; c", "a；b；c"),
        ("sentences", "a b c", "a b c"),
        ("places", "a, b, c", "a，b，c"),
        ("lines", "a\n  b\n  c", "a\n  b\n  c"),
    ],
)
def test_parts_are_joined_as_the_language_joins_them(joint, english, chinese):
    assert join("abc", joint).render("en") == english
    assert join("abc", joint).render("zh") == chinese
    assert join("a", joint).render("zh") == "a"
    assert (join([], joint).render("en"), bool(join([], joint))) == ("", False)


def test_lists_in_a_message_are_joined():
    message = msg("Known are: {known}.", known=["甲", "乙"])
    assert message.render("en") == "Known are: 甲, 乙."
    assert message.render("zh") == "已知的有：甲、乙。"
    assert hash(message) == hash(msg("Known are: {known}.", known=("甲", "乙")))


@pytest.mark.parametrize(
    ("option", "python", "command"),
    [
        (Option("level", "city"), 'level="city"', "--level city"),
        (Option("level"), "level=", "--level"),
        (Option("km", 50), "km=50", "--km 50"),
        (Option("k", 5, "--nearest"), "k=5", "--nearest 5"),
        (Option("boundaries_datum", "GCJ-02"), 'boundaries_datum="GCJ-02"',
         "--boundaries-datum GCJ-02"),
        (Option("on", "县 名"), 'on="县 名"', '--on "县 名"'),
        (Option("on", "县（市）"), 'on="县（市）"', '--on "县（市）"'),
        (Call("ln.sources", "regionkit sources"), "ln.sources", "regionkit sources"),
    ],
)  # fmt: skip
def test_a_remedy_is_told_by_the_door(option, python, command):
    for lang in ("zh", "en"):
        assert option.render(lang, "python") == python
        assert option.render(lang, "command") == command
    with speaking(door="command"):
        assert str(msg("{option} is not known.", option=option)) == f"{command} is not known."


def test_an_error_tells_where_what_and_how_to_mend_it():
    error = InputError(
        msg("has no placemark with a geometry."),
        where="a.kml",
        mend=msg("Check the zone, or give another {option}.", option=Option("boundaries")),
    )
    assert str(error) == (
        "a.kml: has no placemark with a geometry. Check the zone, or give another boundaries=."
    )
    assert (
        error.render("zh", "command")
        == "a.kml：没有带图形的地标。请核对带号，或用 --boundaries 另行指定。"
    )
    assert (error.where, str(error.mend)[:4]) == ("a.kml", "Chec")


def test_errors_pass_between_processes_and_still_speak_both_languages():
    error = UnknownPlaceError(
        msg("No unit has the adcode {adcode!r}.", adcode="1"), ["甲"], mend=msg("Check the path.")
    )
    same = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert same.nearest == ("甲",)
    assert same.render("zh") == error.render("zh") == "没有行政区划代码为“1”的单位。请核对路径。"


def test_errors_may_stand_in_messages():
    inner = InputError(msg("{path} does not exist.", path="a"), mend=msg("Check its path."))
    assert isinstance(join([inner]), Joined)
    assert InputError(join([inner, inner], "lines")).render("zh") == (
        "a 不存在。请核对路径。\n  a 不存在。请核对路径。"
    )


def test_faults_speak_both_languages_and_keep_one_order():
    fault = Fault("a.xlsx", 3, "县名", msg("is XML of another kind ({kind}).", kind="x"), "", "表1")
    assert fault.render("zh") == "a.xlsx，工作表“表1”，第 3 行，县名 列：是另一种 XML（x）。"
    assert fault.render("en") == (
        "a.xlsx, sheet '表1', row 3, column 县名: is XML of another kind (x)."
    )
    other = Fault("a.xlsx", 3, "县名", msg("is larger than 100 MB."), "", "表1")
    with speaking("zh"):
        assert sorted([other, fault]) == [fault, other]
    error = TableError(msg("{path} holds no geometry.", path="a"), [fault])
    assert error.render("zh").splitlines() == ["a 中没有图形。", f"  {fault.render('zh')}"]


def test_say_takes_its_language():
    assert say("Zone", lang="zh") == "分区"
    assert say("Zone", lang="en") == say("Zone") == "Zone"
