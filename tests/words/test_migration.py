"""Errors whose words are no messages yet, and forks on the language, only become fewer.

``to_migrate.csv`` has the modules that are not done, with how many of each they hold. A module
that is done leaves the list; none comes back. ``REGIONKIT_WORDS=renew`` writes the list anew, for
when modules were moved.
"""

import ast
import csv
import os
from pathlib import Path

from regionkit import errors
from regionkit.words.gather import PACKAGE

LIST = Path(__file__).with_name("to_migrate.csv")
_RAISED = {name for name in errors.__all__ if name != "Fault"} | {
    "UsageError",
    "BadParameter",
    "ClickException",
}
_WORDED = {"msg", "say", "join", "Option", "Call"}
_LANGUAGES = {"zh", "en"}
# Where the catalogue and its labels themselves are chosen.
_HOMES = ("words/", "cli/labels.py")


def _name(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_bare(node):
    """Return whether an argument holds a text of its own, outside of a message."""
    if isinstance(node, ast.Call) and _name(node) in _WORDED:
        return False
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and _is_text(node.value)):
        return True
    return any(_is_bare(child) for child in ast.iter_child_nodes(node))


def _is_text(value):
    return isinstance(value, str) and " " in value.strip()


def count_bare(tree):
    """Return how many errors and faults of a module are given text and no message."""
    n = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in _RAISED | {"Fault"}:
            told = node.args[3:] if _name(node) == "Fault" else node.args[:1]
            told += [word.value for word in node.keywords if word.arg in {"what", "where", "mend"}]
            n += any(_is_bare(argument) for argument in told)
    return n


def count_forks(tree):
    """Return how often a module decides by the language itself."""
    n = 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            n += any(isinstance(s, ast.Constant) and s.value in _LANGUAGES for s in sides)
        elif isinstance(node, ast.Call):
            n += _name(node) in {"pick", "is_zh"}
        elif isinstance(node, ast.Dict):
            keys = {k.value for k in node.keys if isinstance(k, ast.Constant)}
            n += keys == _LANGUAGES
    return n


def _counts():
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        forks = 0 if name.startswith(_HOMES) else count_forks(tree)
        yield name, count_bare(tree), forks


def _listed():
    with LIST.open(encoding="utf-8", newline="") as file:
        return {
            row["module"]: (int(row["bare"]), int(row["forks"])) for row in csv.DictReader(file)
        }


def test_bare_texts_and_forks_only_become_fewer():
    counts = {name: found for name, *found in _counts()}
    if os.environ.get("REGIONKIT_WORDS") == "renew":
        rows = [f"{name},{bare},{forks}" for name, (bare, forks) in counts.items() if bare or forks]
        LIST.write_text("\n".join(["module,bare,forks", *rows, ""]), encoding="utf-8", newline="\n")
    listed = _listed()
    for name, (bare, forks) in counts.items():
        most_bare, most_forks = listed.get(name, (0, 0))
        assert bare <= most_bare, f"{name}: {bare} errors with bare text; use msg(...)"
        assert forks <= most_forks, f"{name}: {forks} forks on the language; use say(...)"


def test_what_is_done_has_left_the_list():
    counts = {name: tuple(found) for name, *found in _counts()}
    assert {name for name in _listed() if counts.get(name, (0, 0)) == (0, 0)} == set()


def test_what_is_counted():
    tree = ast.parse(
        'raise InputError(f"{x} is not known.")\n'
        'raise InputError("is not known.")\n'
        'raise InputError(msg("{x} is not known.", x=f"a {b}"), mend=msg("Use it."))\n'
        'raise InputError(msg("is not known."), mend="Use another.")\n'
        'faults.append(Fault(name, 1, "a b", "is wrong.", ""))\n'
        'faults.append(Fault(name, 1, "a b", msg("is wrong."), msg("Mend it.")))\n'
        "raise error\n"
    )
    assert count_bare(tree) == 4
    forks = 'a = "x" if lang == "en" else "y"\nb = words.pick("甲", "a")\nc = {"zh": 1, "en": 2}\n'
    assert count_forks(ast.parse(forks)) == 3
