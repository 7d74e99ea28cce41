"""One offline file of a page's document and a folium map: nothing fetched."""

from __future__ import annotations

import base64
import html
import re
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING

from regionkit.maps.page.columns import to_packed_json, to_script_json
from regionkit.maps.page.leaflet import (
    leaflet_images,
    leaflet_script,
    leaflet_style,
    squeeze_style,
)
from regionkit.maps.page.script import page_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regionkit.maps.page.document import PageDocument
    from regionkit.maps.page.folium_parts import FoliumParts

__all__ = ["page_header", "write_page"]

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_ADDRESS = re.compile(r"(https?)://([^/\"'\s\\<>?#]+)")
# Leaflet's place for one of several hosts of tiles; hosts that are named and never asked.
_SUBDOMAIN = re.compile(r"[\w-]*\{s\}[\w-]*\.")
_HOST = re.compile(r"(\*\.)?[\w.-]+(:\d+)?")
_NOT_ASKED = frozenset({"www.w3.org", "leafletjs.com", "www.openstreetmap.org"})
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


def _asset(name: str) -> str:
    return (resources.files("regionkit.maps.page") / name).read_text(encoding="utf-8")


@cache
def _page_style() -> str:
    """Return our own style sheet, squeezed."""
    return squeeze_style(_asset("page.css"))


def _data_elements(document: PageDocument) -> list[str]:
    """Return the elements that carry a document: what the first picture needs, and the rest."""
    return [
        f'<script type="application/json" id="rk-base">{to_script_json(document.base())}</script>',
        f'<script type="text/plain" id="rk-facts">{to_packed_json(document.late())}</script>',
    ]


def page_header(document: PageDocument) -> list[str]:
    """Return the elements that a header needs before the map: style, data and script."""
    return [
        f"<style>{_page_style()}</style>",
        *_data_elements(document),
        f"<script>{page_script()}</script>",
    ]


def write_page(
    document: PageDocument, parts: FoliumParts, *, standing: str = "", state: str = ""
) -> str:
    """Return a page as one file that fetches nothing.

    Parameters
    ----------
    document : PageDocument
        All that our own script shows.
    parts : FoliumParts
        The map that it shows it on, with the layers that folium draws there.
    standing : str
        HTML that is read until the script has begun, and for good where it cannot.
    state : str
        View, layer and filters the page opens with, as its address would hold them.
    """
    with_images = "L.marker(" in parts.script or "L.control.layers" in parts.script
    shims = "".join(
        [
            _SHIM_QUERY if "$(" in parts.script else "",
            _SHIM_PIN if "AwesomeMarkers" in parts.script else "",
            leaflet_images() if with_images else "",
        ]
    )
    opens = f"window.rkState={to_script_json(state)};" if state else ""
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{html.escape(document.lang)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        # An empty icon keeps browsers from asking the server for one.
        '<link rel="icon" href="data:,">',
        f"<title>{html.escape(document.title)}</title>",
        f"<style>{leaflet_style(with_images=with_images)}</style>",
        parts.head,
        f"</head><body>{standing}{parts.body}",
        *(f"<style>{style}</style>" for style in (*parts.styles, _page_style())),
        *_data_elements(document),
        *_script_elements(
            [leaflet_script(), shims], parts.scripts, [page_script(), opens, parts.script]
        ),
        "</body></html>\n",
    ]
    return _with_policy("\n".join(line for line in lines if line), document)


def _with_policy(page: str, document: PageDocument) -> str:
    """Return a page that names its scripts by hash, so that no other runs.

    Hosts stand only where a base map or a layer of the user's asks for tiles.
    """
    page = page.replace("\r\n", "\n").replace("\r", "\n")
    hashes = [
        f"'sha256-{base64.b64encode(sha256(code.encode('utf-8')).digest()).decode('ascii')}'"
        for attributes, code in _SCRIPT.findall(page)
        if "type=" not in attributes
    ]
    tiles = document.basemap["tiles"] if document.basemap else ()
    asked = " ".join([*(code for _, code in _SCRIPT.findall(page) if "L." in code), *tiles])
    hosts = sorted(
        {
            f"{scheme}://{_SUBDOMAIN.sub('*.', host)}"
            for scheme, host in _ADDRESS.findall(asked)
            if _HOST.fullmatch(_SUBDOMAIN.sub("*.", host)) and host not in _NOT_ASKED
        }
    )
    from_there = "".join(f" {host}" for host in hosts)
    policy = (
        f"default-src 'none'; script-src {' '.join(hashes)}; style-src 'unsafe-inline'; "
        f"img-src data: blob:{from_there}; font-src data:; connect-src 'self'{from_there}; "
        "base-uri 'none'; form-action 'none'"
    )
    head = '<meta charset="utf-8">'
    return page.replace(
        head, f'{head}\n<meta http-equiv="Content-Security-Policy" content="{policy}">', 1
    )


def _script_elements(first: Sequence[str], assets: Sequence[str], last: Sequence[str]) -> list[str]:
    """Return script elements, as few as can be.

    Browsers like to pause between scripts, and draw an empty page in the pause. A script of
    someone else's stays apart: its fault is then only its own.
    """
    groups = [first, *([asset] for asset in assets), last] if assets else [[*first, *last]]
    joined = ("\n;".join(part for part in group if part) for group in groups)
    return [f"<script>{code}</script>" for code in joined]
