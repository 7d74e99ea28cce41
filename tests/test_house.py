"""Rooms keep to themselves: no private name read across, no second door to a public one."""

import ast
from pathlib import Path

import pytest

import regionkit

ROOT = Path(regionkit.__file__).parent
MODULES = {
    path.relative_to(ROOT.parent).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(ROOT.rglob("*.py"))
}
# The public door gives what others define; the command's entry point is named in its package.
DOORS = {"regionkit/__init__.py", "regionkit/cli/__init__.py"}
# python-docx and python-pptx give their XML under no public name.
OF_OTHER_LIBRARIES = {"_element"}


def is_private(name):
    return name.startswith("_") and not name.endswith("__")


def defined(tree):
    """Return the names that a module defines at its top."""
    names = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        names |= {
            name.id for target in targets if target for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }  # fmt: skip
    return names


def private_members(tree):
    """Return the private names that a module defines anywhere, attributes of self included."""
    names = {name for name in defined(tree) if is_private(name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return {name for name in names if is_private(name)}


PRIVATE = {name: private_members(tree) for name, tree in MODULES.items()}
DEFINED = {name: defined(tree) for name, tree in MODULES.items()}


def imported(tree):
    """Return what a module takes of others: the file that holds it, and the name."""
    return [
        (f"{node.module.replace('.', '/')}.py", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("regionkit.")
        for alias in node.names
    ]


@pytest.mark.parametrize("name", MODULES)
def test_no_private_name_is_read_across_modules(name):
    others = set().union(*(PRIVATE[n] for n in MODULES if n != name)) - PRIVATE[name]
    read = [taken for _, taken in imported(MODULES[name]) if is_private(taken)]
    read += [
        f"{ast.unparse(node)} (line {node.lineno})"
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Attribute)
        and node.attr in others - OF_OTHER_LIBRARIES
        and not (isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"})
    ]
    assert not read


@pytest.mark.parametrize("name", MODULES)
def test_every_name_has_one_door(name):
    for home, taken in imported(MODULES[name]):
        file = home if home in MODULES else home.replace(".py", "/__init__.py")
        is_module = f"{home.removesuffix('.py')}/{taken}.py" in MODULES
        assert is_module or taken in DEFINED[file], f"{taken} is not defined in {file}"
    if name in DOORS:
        return
    for node in MODULES[name].body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            offered = set(ast.literal_eval(node.value))
            strange = offered - DEFINED[name]
            assert not strange, f"{strange} are defined elsewhere: import them from there"


def test_the_rules_see_what_they_forbid():
    tree = ast.parse("from regionkit.a import B\n_C = 1\nclass D:\n    def _e(self): self._f = 1\n")
    assert imported(tree) == [("regionkit/a.py", "B")]
    assert defined(tree) == {"_C", "D"}
    assert private_members(tree) == {"_C", "_e", "_f"}
