"""The catalogue has every text of the code, whole, and nothing else."""

import ast
import io
import re
from string import Formatter

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po as babel_read_po
from click import exceptions, parser, types

from regionkit.words import catalogue
from regionkit.words.catalogue import read_po, translate
from regionkit.words.gather import CATALOGUE, PACKAGE, find_texts, write_po

SOURCE = CATALOGUE.read_text(encoding="utf-8")
TEXTS = read_po(SOURCE)


def _places(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_text_is_translated_and_none_is_left_over():
    texts = find_texts()
    assert {text for text in texts if not TEXTS.get(text)} == set()
    assert set(TEXTS) - set(texts) == set()
    assert len(texts) > 300


def test_nothing_is_doubtful_or_obsolete():
    assert not re.findall(r"^#[,~|].*", SOURCE, re.MULTILINE)
    assert write_po(TEXTS) == SOURCE


@pytest.mark.parametrize("text", sorted(TEXTS))
def test_a_translation_has_the_places_of_its_text(text):
    assert _places(TEXTS[text]) == _places(text)


def test_punctuation_of_chinese_is_full_width():
    for chinese in TEXTS.values():
        # What is typed with a comma is told with it.
        told = re.sub(r"(?m)^ *regionkit .*$", "", chinese.replace("经度,纬度", ""))
        assert not re.search(r"[一-鿿][,;:?!]|[一-鿿]\.$", told), chinese


def test_our_reader_reads_what_babel_reads():
    babel = {m.id: m.string for m in babel_read_po(io.BytesIO(SOURCE.encode())) if m.id}
    assert babel == TEXTS


def test_a_wheel_reads_the_compiled_catalogue(tmp_path, monkeypatch):
    with (tmp_path / "regionkit.mo").open("wb") as file:
        write_mo(file, babel_read_po(io.BytesIO(SOURCE.encode()), locale="zh_CN"))
    monkeypatch.setattr(catalogue, "_FOLDER", tmp_path)
    catalogue._chinese.cache_clear()
    try:
        assert {text: translate(text, "zh") for text in TEXTS} == TEXTS
        assert translate("", "zh") == ""
    finally:
        monkeypatch.undo()
        catalogue._chinese.cache_clear()


def _calls(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def test_texts_are_literals_that_babel_finds():
    found = find_texts()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "from regionkit.words.message import" not in source:
            continue
        for call in _calls(ast.parse(source)):
            if call.func.id in {"msg", "say"}:
                text = call.args[0]
                where = f"{path.name}:{call.lineno}"
                assert isinstance(text, ast.Constant), f"{where}: a text is a literal"
                # Not inside of an f-string, where it is not found.
                assert text.value in found, f"{where}: {text.value!r}"


def _dict_keys(function, name):
    """Return the keys of the dict that a function writes out under a name."""
    for node in ast.walk(function):
        is_assigned = isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            node.value, ast.Dict
        )
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if is_assigned and any(isinstance(one, ast.Name) and one.id == name for one in targets):
            return {key.value for key in node.value.keys}
    return set()


def test_places_of_a_text_are_those_it_is_given():
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "from regionkit.words.message import" not in source or path.name == "spoken.py":
            continue
        tree = ast.parse(source)
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for call in _calls(tree):
            if call.func.id not in {"msg", "say"}:
                continue
            places, where = _places(call.args[0].value), f"{path}:{call.lineno}"
            given = {word.arg for word in call.keywords} - {"lang", None}
            # What several texts are given comes from one dict, written out in the same function.
            within = [one for one in functions if call in ast.walk(one)]
            shared = [
                _dict_keys(within[-1], word.value.id) for word in call.keywords if word.arg is None
            ]
            assert all(shared), f"{where}: a dict that is written out"
            assert given == places - set().union(*shared), where


# A user of ours never meets these: no command asks, takes a date, a UUID or a tuple.
_NOT_OURS = {
    "Error: {message}",
    # Told in our own words.
    "Missing argument",
    "Missing option",
    "Missing parameter",
    "Missing {param_type}",
    "Missing parameter: {param_name}",
    "Try '{command} {option}' for help.",
    "Choice({choices})",
    "{value!r} is not a valid UUID.",
    "{value!r} is not a valid boolean. Recognized values: {states}",
    "{value!r} does not match the format {format}.",
    "{value!r} does not match the formats {formats}.",
    "{len_type} values are required, but {len_value} was given.",
    "{len_type} values are required, but {len_value} were given.",
    "Invalid start character for option ({option})",
    "{name} {filename!r} is not executable.",
}


@pytest.mark.parametrize("module", [exceptions, parser, types], ids=lambda module: module.__name__)
def test_errors_of_click_are_translated(module):
    keywords = {"_": None, "ngettext": (1, 2)}
    for _, text, *_ in extract_from_file("python", module.__file__, keywords):
        # Chinese has one form, that of the plural.
        known = text[-1] if isinstance(text, tuple) else text
        assert known in TEXTS or known in _NOT_OURS, known
