"""Base maps from the network, for those who ask for one."""

from __future__ import annotations

from typing import Any

from regionkit.errors import InputError
from regionkit.words.message import Option, join, msg

__all__ = ["find_basemap"]

_BASEMAPS = {
    "tianditu": {
        "name": "天地图",
        "subdomains": "01234567",
        "tiles": [
            "https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&"
            "VERSION=1.0.0&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&"
            "TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}".replace("{layer}", layer)
            for layer in ("vec", "cva")
        ],
    },
    "amap": {
        "name": "高德地图（GCJ-02）",
        "subdomains": "1234",
        "tiles": [
            "https://webrd0{{s}}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8"
            "&x={{x}}&y={{y}}&z={{z}}"
        ],
    },
}


def find_basemap(name: str | None, key: str | None) -> dict[str, Any] | None:
    """Return the tiles of a base map; None for none.

    Raises
    ------
    InputError
        The base map is not known, or its key is missing or no key.
    """
    if name is None:
        return None
    if name not in _BASEMAPS:
        raise InputError(
            msg("{option} is not known.", option=Option("basemap", name)),
            mend=msg("Use {choices}, or none.", choices=join(_BASEMAPS, "or")),
        )
    if name == "tianditu" and not key:
        raise InputError(
            msg('basemap="tianditu" needs your own key: tianditu_key="...".'),
            mend=msg("Apply for one at console.tianditu.gov.cn."),
        )
    if name == "tianditu" and not str(key).isalnum():
        raise InputError(
            msg("tianditu_key holds letters and digits only."), mend=msg("Copy it again.")
        )
    found = _BASEMAPS[name]
    tiles = [
        str(tile).replace("{key}", str(key)).replace("{{", "{").replace("}}", "}")
        for tile in found["tiles"]
    ]
    return {"id": name, **found, "tiles": tiles}
