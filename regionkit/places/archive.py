"""Zip packages and XML from elsewhere, judged before anything in them is unpacked or expanded."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

from regionkit.limits import raised
from regionkit.words.message import msg

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from regionkit.words.message import Words

__all__ = ["DeclaredError", "bomb_fault", "is_locked", "iterate_xml", "parse_xml", "xml_in_utf8"]

# What a package may unpack to. Real ones shrink to a tenth; a bomb to a thousandth.
_MAX_UNPACKED = 600_000_000
_MAX_RATIO = 200
_SMALL_UNPACKED = 20_000_000
_MAX_MEMBERS = 5_000


_GB_DECLARATION = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?:gb[\w-]{1,10}|cp936)[\"'][^>]*\?>",
    re.IGNORECASE,
)


class DeclaredError(Exception):
    """XML has a document type, which can declare entities and draw in other files."""


def bomb_fault(package: zipfile.ZipFile) -> Words | None:
    """Return what is wrong with the size of a package, None where it may be unpacked.

    Parameters
    ----------
    package : ZipFile
        Its table of contents is enough; nothing is unpacked.

    Examples
    --------
    >>> import io, zipfile
    >>> with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as package:
    ...     package.writestr("a", bytes(30_000_000))
    ...     print(bomb_fault(package))
    unpacks from 0.03 MB to 30 MB in 1 parts: it is damaged, or made to fill the memory.
    """
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    is_bomb = unpacked > raised(_MAX_UNPACKED) or (
        unpacked > _SMALL_UNPACKED and unpacked / packed > raised(_MAX_RATIO)
    )
    if not is_bomb and len(members) <= raised(_MAX_MEMBERS):
        return None
    return msg(
        "unpacks from {packed:,.2f} MB to {unpacked:,.0f} MB in {n} parts: it is damaged, or made "
        "to fill the memory.",
        packed=packed / 1e6,
        unpacked=unpacked / 1e6,
        n=len(members),
    )


def is_locked(package: zipfile.ZipFile) -> bool:
    """Return whether any part of a package is encrypted."""
    return any(member.flag_bits & 1 for member in package.infolist())


def parse_xml(content: bytes) -> ET.Element:
    """Return the root of XML that declares nothing.

    Raises
    ------
    DeclaredError
        It has a document type, the only place where entities are declared.
    ParseError
        It is not well formed.

    Examples
    --------
    >>> parse_xml(b"<a><![CDATA[<!DOCTYPE html>]]></a>").text
    '<!DOCTYPE html>'
    >>> parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    Traceback (most recent call last):
        ...
    regionkit.places.archive.DeclaredError
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    # Elements of the interpreter's own builder, which take a third of the memory.
    parser = DefusedXMLParser(target=ET.TreeBuilder(), forbid_dtd=True)
    try:
        parser.feed(content)
        root: ET.Element = parser.close()
    except DefusedXmlException as error:
        raise DeclaredError from error
    return root


def iterate_xml(
    stream: IO[bytes], events: tuple[Literal["start", "end"], ...] = ("end",)
) -> Iterator[tuple[str, ET.Element]]:
    """Yield the events of XML that declares nothing, as they are parsed.

    Raises
    ------
    DeclaredError, ParseError
        As of :func:`parse_xml`.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        # It parses in Python. What is declared stands before the root, so that the rest may be
        # parsed by the quick parser, which takes no declaration there.
        next(iterparse(stream, events=("start",), forbid_dtd=True), None)
    except DefusedXmlException as error:
        raise DeclaredError from error
    stream.seek(0)
    yield from ET.iterparse(stream, events=events)  # noqa: S314 - nothing is declared by now


def xml_in_utf8(content: bytes) -> bytes:
    """Return XML in an encoding that parsers know: GB2312, GBK and GB18030 as UTF-8.

    Raises
    ------
    UnicodeDecodeError
        It is not in the encoding it names.

    Examples
    --------
    >>> xml_in_utf8('<?xml version="1.0" encoding="GBK"?><a>县</a>'.encode("gbk")).decode()
    '<a>县</a>'
    """
    declaration = _GB_DECLARATION.match(content)
    if declaration is None:
        return content
    body = content[declaration.end() :]
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("gb18030").encode("utf-8")
    # Named so by a program that wrote UTF-8 after all.
    return body
