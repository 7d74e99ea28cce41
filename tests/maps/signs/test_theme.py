"""Themes, and a font that has the glyphs."""

import importlib.util

import matplotlib as mpl
import pytest
from matplotlib import font_manager

from regionkit.errors import FontError, InputError
from regionkit.maps.signs import theme as module
from regionkit.maps.signs.palette import is_cmap
from regionkit.maps.signs.theme import THEMES, Theme, cjk_font_family, drawing, get_theme, theme


@pytest.fixture
def fonts(monkeypatch):
    """Fonts as on a machine without any Chinese one; what a test adds goes with it."""
    latin = [font for font in font_manager.fontManager.ttflist if font.name == "DejaVu Sans"]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", latin)
    caches = [cjk_font_family, module._family]
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def test_the_font_has_the_glyphs_of_every_name(ln):
    from fontTools.ttLib import TTCollection, TTFont

    path = font_manager.findfont(cjk_font_family(), fallback_to_default=False)
    font = TTCollection(path).fonts[0] if path.endswith(".ttc") else TTFont(path)
    drawn = set("".join([*ln.units["name"], *ln.zones["name"], *ln.sectors["name"]]))
    drawn |= set("".join(ln.projects["name"]))
    missing = {char for char in drawn if ord(char) not in font.getBestCmap() and char != "\n"}
    assert missing == set()


def test_the_systems_font_comes_first(fonts, monkeypatch):
    del fonts
    known = [*font_manager.fontManager.ttflist]
    entry = font_manager.FontEntry(fname="x.ttf", name="Microsoft YaHei")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [*known, entry])
    assert cjk_font_family() == "Microsoft YaHei"


def test_a_carried_font_serves_where_the_system_has_none(fonts):
    del fonts
    family = cjk_font_family()
    assert "Noto Sans" in family
    assert any(font.name == family for font in font_manager.fontManager.ttflist)


def test_no_chinese_font_is_an_error_and_never_boxes(fonts, monkeypatch, tiny):
    del fonts
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    words = "No font with Chinese glyphs is installed.*pip install mpl-font.*fonts-noto-cjk"
    with pytest.raises(FontError, match=words):
        cjk_font_family()
    import regionkit as rk

    for draw in (
        lambda: rk.choropleth(tiny, "population"),
        lambda: rk.layout(tiny, "population", title="人口"),
    ):
        with pytest.raises(FontError, match=words):
            draw()


def test_matplotlibs_own_settings_come_back():
    before = dict(mpl.rcParams)
    with drawing(get_theme("projector")):
        assert mpl.rcParams["font.size"] == THEMES["projector"].base_size
        assert mpl.rcParams["font.family"][0] == cjk_font_family()
    assert dict(mpl.rcParams) == before
    with drawing(Theme(font="DejaVu Sans")):
        assert mpl.rcParams["font.family"][0] == "DejaVu Sans"


def test_themes_by_name_and_by_self():
    assert get_theme("bw").use_patterns
    assert get_theme(THEMES["print"]) is THEMES["print"]
    with pytest.raises(InputError, match=r'theme="dark" is not known. Use one of print, projector'):
        get_theme("dark")
    own = theme("bw", land="#eeeeee")
    assert (own.land, own.use_patterns) == ("#eeeeee", True)
    assert THEMES["bw"].land == "#ffffff"
    with pytest.raises(InputError, match='theme="dark" is not known'):
        theme("dark")


def test_every_theme_is_named_as_it_is_filed():
    for name, filed in THEMES.items():
        assert filed.name == name
        assert is_cmap(filed.cmap)
