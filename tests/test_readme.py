"""What the README promises holds."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]


def _python_lines(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    (block,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    return compile(block, name, "exec"), ast.dump(ast.parse(block))


def test_its_python_lines_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, lines = _python_lines("README.md")
    exec(code, {})  # noqa: S102
    assert (tmp_path / "map.html").stat().st_size > 100_000
    # The other language says the same lines; its comments differ.
    assert _python_lines("README.zh-CN.md")[1] == lines


@pytest.mark.parametrize("name", READMES)
def test_its_pictures_and_links_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_ci_runs_the_test_command_of_the_readme():
    command = 'python -m pip install ".[test]"'
    for name in READMES:
        assert f"{command} && python -m pytest" in (ROOT / name).read_text(encoding="utf-8")
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_smoke_set_names_what_is_there():
    for path in (ROOT / ".ci" / "smoke").read_text(encoding="utf-8").split():
        assert (ROOT / path).exists(), path


def test_leaflet_is_the_version_that_folium_names():
    import folium
    from xstatic.pkg import leaflet

    named = dict(folium.Map.default_js)["leaflet"]
    assert f"leaflet@{leaflet.VERSION}/" in named


def test_every_change_of_the_version_has_a_changelog_heading():
    version = re.search(r'__version__ = "(.+)"', (ROOT / "regionkit/__init__.py").read_text())[1]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {version}" in changelog or "## Unreleased" in changelog


def test_dependencies_have_a_lower_bound():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    for requirement in [*project["dependencies"], *extras]:
        assert re.search(r">=|==|\[", requirement), requirement
