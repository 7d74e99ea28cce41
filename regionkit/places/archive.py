"""Zip packages and XML from elsewhere, judged before anything in them is unpacked or expanded."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from regionkit.words.message import msg

if TYPE_CHECKING:
    import zipfile

    from regionkit.words.message import Words

__all__ = ["bomb_fault", "declares_entities", "is_locked", "xml_in_utf8"]

# What a package may unpack to. Real ones shrink to a tenth; a bomb to a thousandth.
_MAX_UNPACKED = 600_000_000
_MAX_RATIO = 200
_SMALL_UNPACKED = 20_000_000
_MAX_MEMBERS = 5_000


_GB_DECLARATION = re.compile(
    rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"'](?:gb[\w-]{1,10}|cp936)[\"'][^>]*\?>",
    re.IGNORECASE,
)


class _FoundError(Exception):
    """Ends a parse: what was looked for has come, or can come no more."""


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
    is_bomb = unpacked > _MAX_UNPACKED or (
        unpacked > _SMALL_UNPACKED and unpacked / packed > _MAX_RATIO
    )
    if not is_bomb and len(members) <= _MAX_MEMBERS:
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


def declares_entities(stream: IO[bytes]) -> bool:
    """Return whether XML has a document type, the only place where entities are declared.

    The parser itself looks, in whatever encoding and behind whatever comments; it stops at the
    first element, after which no declaration can stand. Broken XML has none: who reads it will
    say what is broken.

    Examples
    --------
    >>> import io
    >>> declares_entities(io.BytesIO(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
    True
    >>> declares_entities(io.BytesIO(b"<a><![CDATA[<!DOCTYPE html>]]></a>"))
    False
    """
    found = []

    def doctype(*_details: object) -> None:
        found.append(True)
        raise _FoundError

    def element(*_details: object) -> None:
        raise _FoundError

    parser = expat.ParserCreate()
    # Newer parsers put long tokens off, and the declaration behind them would not be seen.
    defer = getattr(parser, "SetReparseDeferralEnabled", None)
    if defer is not None:
        defer(False)
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = element
    try:
        while chunk := stream.read(65_536):
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except (_FoundError, expat.ExpatError, ValueError, LookupError):
        pass
    return bool(found)


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
