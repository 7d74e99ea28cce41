"""Leaflet's files, as a page carries them inside."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

__all__ = ["leaflet_images", "leaflet_script", "leaflet_style", "leaflet_version", "squeeze_style"]


def _folder() -> Path:
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
def leaflet_script() -> str:
    """Return Leaflet's script."""
    text = (_folder() / "leaflet.js").read_text(encoding="utf-8")
    # The browser's tools would ask for the source map.
    text = re.sub(r"//# sourceMappingURL=.*", "", text).strip()
    # In brackets the one function that holds it all is read once: a browser skims a function that
    # it does not see called, and reads it again when it is.
    return re.sub(r"(\}\(this,)(function\(\w\)\{.*\})\);$", r"\1(\2));", text, flags=re.DOTALL)


@cache
def leaflet_style(*, with_images: bool) -> str:
    """Return Leaflet's style sheet, its pictures inside or left out."""
    text = (_folder() / "leaflet.css").read_text(encoding="utf-8")

    def image(match: re.Match[str]) -> str:
        return f"url({_image(match[1])})" if with_images else "none"

    return squeeze_style(re.sub(r"url\(images/([\w-]+\.png)\)", image, text))


def leaflet_images() -> str:
    """Return the statement that gives Leaflet's own marker its pictures."""
    return (
        "L.Icon.Default.imagePath='';L.Icon.Default.mergeOptions({iconUrl:'"
        f"{_image('marker-icon.png')}',iconRetinaUrl:'{_image('marker-icon-2x.png')}',"
        f"shadowUrl:'{_image('marker-shadow.png')}'}});"
    )


def _image(name: str) -> str:
    data = (_folder() / "images" / name).read_bytes()
    return f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"


def squeeze_style(text: str) -> str:
    """Return a style sheet without comments and needless spaces.

    Examples
    --------
    >>> squeeze_style("a { color: red; } /* why */")
    'a{color: red;}'
    """
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).strip()
