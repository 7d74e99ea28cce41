"""A page shown elsewhere: in an iframe, or in a notebook."""

from __future__ import annotations

import base64
import html
import io
import re
from typing import TYPE_CHECKING

from regionkit.errors import InputError
from regionkit.maps.page.picture import close_sheet
from regionkit.words.message import Option, msg, say

if TYPE_CHECKING:
    from regionkit.maps.paper.sheet import Sheet

__all__ = ["check_address", "frame_html", "notebook_html"]


# What follows a question mark where it is no part of a file's name.
_QUERY = re.compile(r"\?[^?#=/]+=[^?#]*$")


def check_address(src: str) -> None:
    """Refuse an address that a browser would cut short: in a file's name # and ? are written so.

    Raises
    ------
    InputError
        It holds # or, but for a query such as ?v=2, a question mark.

    Examples
    --------
    >>> check_address("map.html?v=2")
    >>> check_address("a#1.html")
    Traceback (most recent call last):
    ...
    regionkit.errors.InputError: src="a#1.html" holds '#', at which a browser ends the address.
    Write it as %23 in the name of a file, or give what follows it as state=.
    """
    plain = _QUERY.sub("", src)
    sign = next((one for one in "#?" if one in plain), "")
    if sign:
        raise InputError(
            msg(
                "{option} holds {sign!r}, at which a browser ends the address.",
                option=Option("src", src),
                sign=sign,
            ),
            mend=msg("Write it as %23 in the name of a file, or give what follows it as state=.")
            if sign == "#"
            else msg("Write it as %3F in the name of a file."),
        )


def frame_html(
    title: str, *, height: int, src: str = "", page: str = "", style: str = "width:100%"
) -> str:
    """Return an iframe of a page's address, or of the page itself.

    Examples
    --------
    >>> frame_html("Map", height=300, src="map.html")
    '<iframe src="map.html" title="Map" style="width:100%;height:300px;border:0"></iframe>'
    """
    what = f'src="{html.escape(src)}"' if src else f'srcdoc="{html.escape(page)}"'
    name = html.escape(title)
    return f'<iframe {what} title="{name}" style="{style};height:{height}px;border:0"></iframe>'


def notebook_html(title: str, sheet: Sheet | None, page: str, *, height: int = 560) -> str:
    """Return a page over a picture of it: an untrusted notebook drops the page alone."""
    if sheet is None:
        return frame_html(title, height=height, page=page)
    buffer = io.BytesIO()
    try:
        sheet.figure.savefig(buffer, format="png", dpi=80, metadata={"Software": None})
    finally:
        close_sheet(sheet)
    picture = base64.b64encode(buffer.getvalue()).decode("ascii")
    # Read where the frame over it is dropped.
    untrusted = say(
        "A picture only? Run the cell again, or trust the notebook (command Trust Notebook), to "
        "have the map itself."
    )
    over = "position:absolute;left:0;top:0;width:100%;background:#fff"
    # The cell is as high as the map, whichever is seen: the picture leaves room for the sentence.
    return (
        f'<div style="position:relative;width:100%;height:{height}px;overflow:hidden">'
        f'<p style="margin:0 0 4px">{html.escape(untrusted)}</p>'
        f'<img alt="{html.escape(title)}" style="max-width:100%;max-height:{height - 48}px" '
        f'src="data:image/png;base64,{picture}">'
        f"{frame_html(title, height=height, page=page, style=over)}</div>"
    )
