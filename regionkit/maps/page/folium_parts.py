"""What folium gives to a page: its map's options, and the layers and scripts that users add."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import InputError
from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import folium

__all__ = ["FoliumParts", "read_folium", "regionkit_element"]

_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_REMOTE = re.compile(
    r"""<(?:script|link|img)\b[^>]*?(?:src|href)\s*=\s*["']?(https?:)?//""", re.IGNORECASE
)
# Tiles and pictures laid over the map, by their host.
_TILES = re.compile(
    r"""L\.(?:tileLayer(?:\.wms)?|imageOverlay|videoOverlay)\(\s*["'](?:https?:)?//([^/"']+)"""
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


@dataclass(frozen=True)
class FoliumParts:
    """A folium map in parts, free of the network and alike each time.

    Attributes
    ----------
    head, body, script : str
    styles, scripts : tuple of str
        Contents of the local files that layers of the user's ask for.
    """

    head: str
    body: str
    script: str
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


@cache
def _header_class() -> Any:
    """Return the class of the element that folium's header has of us."""
    from branca.element import Element

    class RegionkitHeader(Element):
        """Its text is made when folium writes it, and never where a page is written from parts."""

        def __init__(self, make: Callable[[], Sequence[str]]) -> None:
            super().__init__()
            self._make = make

        def render(self, **_: Any) -> str:
            return "\n".join(self._make())

    return RegionkitHeader


def regionkit_element(make_header: Callable[[], Sequence[str]]) -> Any:
    """Return the folium element that turns a folium map into our page.

    Its statement stands among those of the map's layers. Where folium shows the map by itself,
    in a notebook or with its own ``save``, the header has what the page needs.

    Parameters
    ----------
    make_header : callable
        Gives the header's elements, as they stand when the map is shown.
    """
    from branca.element import MacroElement
    from jinja2 import Template

    class RegionPage(MacroElement):
        _name = "RegionPage"
        _template = Template(
            "{% macro script(this, kwargs) %}"
            "regionkit.start({{ this._parent.get_name() }});"
            "{% endmacro %}"
        )

        def render(self, **kwargs: Any) -> Any:
            root: Any = self.get_root()
            root.header.add_child(_header_class()(make_header), name="regionkit")
            return super().render(**kwargs)  # type: ignore[no-untyped-call]

    return RegionPage()  # type: ignore[no-untyped-call]


def read_folium(folium_map: folium.Map, assets: Mapping[str, str | Path]) -> FoliumParts:
    """Return the parts of a folium map; folium is asked once.

    Parameters
    ----------
    folium_map : folium.Map
    assets : mapping of address to path
        Local copies of files that a layer added by the user asks for.

    Raises
    ------
    InputError
        A layer needs a file from the network that is not given.
    """
    root: Any = folium_map.get_root()
    for child in root._children.values():  # noqa: SLF001 - branca offers no reader
        child.render()
    stable = _StableIds()
    head, styles, scripts = _read_header(root.header, assets)
    body, script = stable.rename(root.html.render()), stable.rename(root.script.render())
    _warn_of_tiles(script)
    return FoliumParts(stable.rename(head), body, script, tuple(styles), tuple(scripts))


def _warn_of_tiles(script: str) -> None:
    """Tell of tiles and pictures that the user's layers ask the network for.

    Warns
    -----
    UserWarning
        With the hosts.
    """
    hosts = sorted(set(_TILES.findall(script)))
    if hosts:
        text = msg(
            "The map has tiles from the network ({hosts}): without it the page shows none of them.",
            hosts=tuple(hosts),
        )
        warnings.warn(str(text), UserWarning, stacklevel=4)


class _StableIds:
    """Gives folium's random ids numbers in the order they appear, so that saves are alike."""

    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def rename(self, text: str) -> str:
        """Return a text with the ids numbered."""
        return _RANDOM_ID.sub(
            lambda match: self._seen.setdefault(match[0], f"{len(self._seen) + 1:x}"), text
        )


def _read_header(header: Any, assets: Mapping[str, str | Path]) -> tuple[str, list[str], list[str]]:
    """Return folium's header without remote files, and the local styles and scripts for them."""
    from branca.element import CssLink, JavascriptLink

    head: list[str] = []
    missing: list[str] = []
    styles: list[str] = []
    scripts: list[str] = []
    for name, child in header._children.items():  # noqa: SLF001 - branca offers no reader
        # Ours is for folium's own use; a page is written from its document.
        if isinstance(child, _header_class()) or name == "meta_http":
            continue
        if isinstance(child, (CssLink, JavascriptLink)):
            url = str(child.url)
            if url in assets:
                text = Path(assets[url]).read_text(encoding="utf-8")
                (scripts if isinstance(child, JavascriptLink) else styles).append(text)
            elif not (
                re.search(r"/leaflet(\.min)?\.(js|css)$", url)
                or any(word in url.lower() for word in _NOT_NEEDED)
            ):
                missing.append(url)
            continue
        # folium forbids zooming the text on a phone.
        text = re.sub(r"<meta name=\"viewport\".*?/>", "", child.render(), flags=re.DOTALL)
        if _REMOTE.search(text):
            missing.append(" ".join(text.split())[:120])
            continue
        head.append(text)
    if missing:
        raise InputError(
            msg(
                "A layer of the map needs {n} files from the network, which an offline page "
                "cannot have: {choices}.",
                n=len(missing),
                choices=join(missing, "clauses"),
            ),
            mend=msg(
                "Download them and pass save(path, assets={{address: local file}}), or leave "
                "the layer out."
            ),
        )
    return "\n".join(head), styles, scripts
