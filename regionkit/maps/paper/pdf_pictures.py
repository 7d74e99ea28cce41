"""Pages of a PDF as pictures, so that a sheet that is written as both is drawn once.

matplotlib lays out each word anew for a picture, which takes six times as long as to paint the
finished page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["page_pictures"]

_POINTS_PER_INCH = 72


def page_pictures(pdf: bytes, dpi: int) -> list[Image]:
    """Return every page of a PDF as a picture, RGB on white.

    Parameters
    ----------
    pdf : bytes
    dpi : int
        Pixels an inch.

    Examples
    --------
    >>> import io
    >>> from matplotlib.figure import Figure
    >>> buffer = io.BytesIO()
    >>> Figure(figsize=(2, 1)).savefig(buffer, format="pdf")
    >>> [picture.size for picture in page_pictures(buffer.getvalue(), 100)]
    [(200, 100)]
    """
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / _POINTS_PER_INCH).to_pil() for page in document]
    finally:
        document.close()
