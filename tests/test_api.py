"""What `import regionkit` gives, and what it leaves alone."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import regionkit as rk


def test_all_is_what_is_exported():
    assert sorted(rk.__all__) == sorted({*rk._HOMES, "__version__", "errors"})
    assert len(set(rk.__all__)) == len(rk.__all__)
    assert dir(rk) == sorted(rk.__all__)
    for name in rk.__all__:
        assert getattr(rk, name) is not None


def test_public_names_are_those_of_their_modules():
    for name, home in rk._HOMES.items():
        value = getattr(rk, name)
        if hasattr(value, "__module__"):
            assert value.__module__.startswith("regionkit."), (name, value.__module__)
            assert home.startswith("regionkit.")


def test_unknown_name_is_refused():
    with pytest.raises(AttributeError, match="module 'regionkit' has no attribute 'chloropleth'"):
        rk.chloropleth  # noqa: B018


def test_type_checkers_see_every_lazy_name():
    # The lazy names and the imports for type checkers are written down twice.
    import ast
    from pathlib import Path

    tree = ast.parse(Path(rk.__file__).read_text(encoding="utf-8"))
    guarded = next(
        node for node in tree.body if isinstance(node, ast.If) and node.test.id == "TYPE_CHECKING"
    )
    seen = {
        alias.asname or alias.name: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {**rk._HOMES, "errors": "regionkit"}


def test_the_public_nouns_stand_at_the_door():
    nouns = """AreaLayer choropleth_layer category_layer Theme WebMap Place check_pack new_pack
    export_layer write_atlas errors Region Sheet load"""
    assert set(nouns.split()) <= set(rk.__all__)


def test_errors_are_there_before_anything_is_loaded():
    code = (
        "import regionkit as rk; print(issubclass(rk.errors.InputError, rk.errors.RegionkitError))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "True\n"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_table_of_names_in_the_readme_is_the_door(name):
    text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
    listed = re.findall(r"^\| ((?:`rk\.\w+`(?:, |、)?)+) \|", text, flags=re.MULTILINE)
    names = re.findall(r"`rk\.(\w+)`", " ".join(listed))
    assert sorted(names) == sorted(set(rk.__all__) - {"__version__"})


@pytest.mark.parametrize("name", sorted(set(rk.__all__) - {"__version__", "errors"}))
def test_every_name_is_documented(name):
    text = inspect.getdoc(getattr(rk, name))
    assert text
    assert text.splitlines()[0].endswith(".")


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import regionkit", "matplotlib folium frictionless geopandas pandas"),
        (
            "import regionkit.region",
            "matplotlib folium frictionless mapclassify sklearn branca geopandas pyproj",
        ),
        (
            "import regionkit as rk; ln = rk.load(); ln.targets; ln.resolve('喀左')",
            "matplotlib folium frictionless geopandas pyproj",
        ),
        (
            "import regionkit as rk; ln = rk.load(); ln.select_projects(zone='liaoxi')",
            "matplotlib folium mapclassify sklearn branca pptx docx openpyxl",
        ),
    ],
)
def test_heavy_modules_are_left_alone(code, absent):
    shown = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not set(absent.split()) & set(shown.stdout.split())
