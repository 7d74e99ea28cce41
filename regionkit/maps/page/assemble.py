"""One offline file of a folium map: Leaflet and our own page inside, nothing fetched."""

from __future__ import annotations

import base64
import html
import json
import re
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.maps.page.columns import to_packed_json, to_script_json
from regionkit.maps.page.facts import split_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import folium

__all__ = ["assemble_page", "leaflet_version", "page_element", "page_words"]

_SCRIPTS = (
    "decode.js",
    "draw.js",
    "facts.js",
    "view.js",
    "looks.js",
    "panel.js",
    "tools.js",
    "page.js",
)
_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_REMOTE = re.compile(
    r"""<(?:script|link|img)\b[^>]*?(?:src|href)\s*=\s*["']?(https?:)?//""", re.IGNORECASE
)
# What folium adds to every map and a map of ours does without.
_NOT_NEEDED = (
    "bootstrap",
    "jquery",
    "fontawesome",
    "font-awesome",
    "awesome-markers",
    "awesome.rotate",
    "glyphicons",
)
# folium's popups and icon markers call two libraries for one thing each.
_SHIM_QUERY = (
    "window.$=window.$||function(x){if(typeof x!=='string')return{ready:function(f){f()}};"
    "var t=document.createElement('template');t.innerHTML=x.trim();return[t.content.firstChild]};"
)
_SHIM_PIN = (
    "L.AwesomeMarkers={icon:function(o){var d=document.createElement('div');"
    "d.style.cssText='width:18px;height:18px;border-radius:50% 50% 50% 0;transform:rotate(-45deg);"
    "border:2px solid #fff;box-shadow:0 0 3px #000;background:'+(o.markerColor||'blue');"
    "return L.divIcon({className:'rk-pin',html:d,iconSize:[22,22],iconAnchor:[11,26]})}};"
)


def _leaflet_folder() -> Path:
    from xstatic.pkg import leaflet

    return Path(leaflet.BASE_DIR)


def leaflet_version() -> str:
    """Return the version of the Leaflet that pages carry.

    Examples
    --------
    >>> leaflet_version()
    '1.9.3'
    """
    from xstatic.pkg import leaflet

    return ".".join(str(leaflet.VERSION).split(".")[:3])


@cache
def _leaflet_script() -> str:
    text = (_leaflet_folder() / "leaflet.js").read_text(encoding="utf-8")
    # The browser's tools would ask for the source map.
    return re.sub(r"//# sourceMappingURL=.*", "", text).strip()


def _image(name: str) -> str:
    data = (_leaflet_folder() / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"


@cache
def _leaflet_style(*, with_images: bool) -> str:
    text = (_leaflet_folder() / "leaflet.css").read_text(encoding="utf-8")

    def image(match: re.Match[str]) -> str:
        return f"url({_image(match[1])})" if with_images else "none"

    return _squeeze_style(re.sub(r"url\(images/([\w-]+\.png)\)", image, text))


def _squeeze_style(text: str) -> str:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).strip()


def _asset(name: str) -> str:
    return (resources.files("regionkit.maps.page") / name).read_text(encoding="utf-8")


@cache
def page_style() -> str:
    """Return our own style sheet, squeezed."""
    return _squeeze_style(_asset("page.css"))


@cache
def page_script() -> str:
    """Return our own script: the rooms in one closed scope, comments and needless spaces gone."""
    import rjsmin

    rooms = "\n".join(_asset(f"js/{name}") for name in _SCRIPTS)
    made: str = rjsmin.jsmin(f"(function(){{\n'use strict';\n{rooms}\n}})();")
    return made


@cache
def _all_words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = json.loads(_asset("words.json"))
    return words


def page_words(lang: str) -> dict[str, str]:
    """Return the words of the interface in a language.

    Examples
    --------
    >>> page_words("en")["legend"]
    'Legend'
    """
    return {key: pair[lang == "en"] for key, pair in _all_words().items()}


def page_header(base: Mapping[str, Any], facts: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Return the elements that a page needs before the map: style, data and script."""
    return (
        f"<style>{page_style()}</style>",
        f'<script type="application/json" id="rk-base">{to_script_json(base)}</script>',
        f'<script type="text/plain" id="rk-facts">{to_packed_json(facts)}</script>',
        f"<script>{page_script()}</script>",
    )


def start_script(map_name: str) -> str:
    """Return the statement that turns a Leaflet map into our page."""
    base = "JSON.parse(document.getElementById('rk-base').textContent)"
    return f"regionkit.start({map_name},{base});"


def page_element(make: Callable[[], tuple[Mapping[str, Any], Mapping[str, Any]]]) -> Any:
    """Return the folium element that turns a folium map into our page when it is rendered.

    Parameters
    ----------
    make : callable
        Gives the specification and the facts, as they stand when the map is rendered.
    """
    from branca.element import Element, MacroElement
    from jinja2 import Template

    class RegionPage(MacroElement):
        _name = "RegionPage"
        _template = Template("{% macro script(this, kwargs) %}{{ this.start() }}{% endmacro %}")

        def start(self) -> str:
            parent: Any = self._parent
            return start_script(parent.get_name())

        def render(self, **kwargs: Any) -> Any:
            header: Any = self.get_root()
            base, facts = make()
            early, late = split_facts(facts)
            for number, part in enumerate(page_header({**base, "early": early}, late)):
                element: Any = Element()
                element._template = Template("{{ this.text }}")  # noqa: SLF001
                element.text = part
                header.header.add_child(element, name=f"regionkit-{number}")
            return super().render(**kwargs)  # type: ignore[no-untyped-call]

    return RegionPage()  # type: ignore[no-untyped-call]


def assemble_page(
    folium_map: folium.Map,
    *,
    title: str,
    lang: str = "zh",
    fallback: str = "",
    assets: Mapping[str, str | Path] | None = None,
    state: str = "",
) -> str:
    """Return the page of a folium map as one file that fetches nothing.

    Parameters
    ----------
    folium_map : folium.Map
    title : str
    lang : {"zh", "en"}
    fallback : str
        HTML for readers without scripts.
    assets : mapping of address to path, optional
        Local copies of files that a layer added by the user asks for.
    state : str
        View, layer and filters the page opens with, as its address would hold them.

    Raises
    ------
    InputError
        A layer needs a file from the network that is not given.
    """
    root: Any = folium_map.get_root()
    root.render()
    stable = _StableIds()
    head, ours = _split_header(root, assets or {})
    body = stable.rename(root.html.render())
    script = stable.rename(root.script.render())
    head = stable.rename(head)
    shims = ""
    if "$(" in script:
        shims += _SHIM_QUERY
    if "AwesomeMarkers" in script:
        shims += _SHIM_PIN
    with_images = "L.marker(" in script or "L.control.layers" in script
    if with_images:
        shims += (
            "L.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({iconUrl:'"
            f"{_image('marker-icon.png')}',iconRetinaUrl:'{_image('marker-icon-2x.png')}',"
            f"shadowUrl:'{_image('marker-shadow.png')}'}});"
        )
    opens = f"<script>window.rkState={to_script_json(state)};</script>" if state else ""
    return "\n".join(
        part
        for part in (
            "<!DOCTYPE html>",
            f'<html lang="{"en" if lang == "en" else "zh-CN"}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            # An empty icon keeps browsers from asking the server for one.
            '<link rel="icon" href="data:,">',
            f"<title>{html.escape(title)}</title>",
            f"<style>{_leaflet_style(with_images=with_images)}</style>",
            head,
            f"</head><body>{body}",
            *(part for part in ours if not part.startswith(("<script>", "<script data-asset>"))),
            *_joined_scripts(
                [
                    f"<script>{_leaflet_script()}</script>",
                    f"<script>{shims}</script>" if shims else "",
                    *(
                        part
                        for part in ours
                        if part.startswith(("<script>", "<script data-asset>"))
                    ),
                    opens,
                    f"<script>{script}</script>",
                ]
            ),
            f"<noscript>{fallback}</noscript>" if fallback else "",
            "</body></html>\n",
        )
        if part
    )


def _joined_scripts(parts: Sequence[str]) -> list[str]:
    """Return elements in which scripts that follow each other are one.

    Browsers like to pause between scripts, and draw an empty page in the pause.
    """
    joined: list[str] = []
    for part in parts:
        if not part:
            continue
        end = "</script>"
        if joined and part.startswith("<script>") and joined[-1].startswith("<script>"):
            joined[-1] = f"{joined[-1].removesuffix(end)}\n;{part.removeprefix('<script>')}"
        else:
            joined.append(part)
    return joined


class _StableIds:
    """Gives folium's random ids numbers in the order they appear, so that saves are alike."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def rename(self, text: str) -> str:
        """Return a text with the ids numbered."""
        return _RANDOM_ID.sub(
            lambda match: self._seen.setdefault(match[0], f"{len(self._seen) + 1:x}"), text
        )


def _split_header(root: Any, assets: Mapping[str, str | Path]) -> tuple[str, list[str]]:
    """Return folium's header without remote files, and our own elements."""
    from branca.element import CssLink, JavascriptLink

    head, ours, missing = [], [], []
    for name, child in root.header._children.items():  # noqa: SLF001 - branca offers no reader
        if name.startswith("regionkit-"):
            ours.append(child.render())
            continue
        if isinstance(child, (CssLink, JavascriptLink)):
            url = str(child.url)
            is_script = isinstance(child, JavascriptLink)
            if url in assets:
                text = Path(assets[url]).read_text(encoding="utf-8")
                ours.append(
                    # A script of someone else's stays apart: its fault is then only its own.
                    f"<script data-asset>{text}</script>" if is_script else f"<style>{text}</style>"
                )
            elif not (
                re.search(r"/leaflet(\.min)?\.(js|css)$", url)
                or any(word in url.lower() for word in _NOT_NEEDED)
            ):
                missing.append(url)
            continue
        text = child.render()
        if name == "meta_http":
            continue
        # folium forbids zooming the text on a phone.
        text = re.sub(r"<meta name=\"viewport\".*?/>", "", text, flags=re.DOTALL)
        if _REMOTE.search(text):
            missing.append(" ".join(text.split())[:120])
            continue
        head.append(text)
    if missing:
        raise InputError(
            f"A layer of the map needs {len(missing)} files from the network, which an offline "
            f"page cannot have: {'; '.join(missing)}. Download them and pass "
            "save(path, assets={address: local file}), or leave the layer out."
        )
    return "\n".join(head), ours
