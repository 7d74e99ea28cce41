"""What a pack holds, folder or workbook: its descriptor and its tables as texts in today's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.pack.migrate import upgrade_texts
from regionkit.pack.model import KINDS
from regionkit.pack.schema import DESCRIPTOR, describe_workbook, find_pack, parse_descriptor
from regionkit.pack.settle import settle_texts
from regionkit.pack.stamp import digest_of, is_stamped
from regionkit.pack.texts import parse_texts, read_contents
from regionkit.pack.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from regionkit.pack.schema import Descriptor
    from regionkit.pack.texts import Texts

__all__ = ["read_pack_texts"]


def read_pack_texts(
    pack: str | Path,
) -> tuple[Descriptor, dict[str, Texts], dict[str, bytes | None]]:
    """Return a pack's descriptor, its tables as texts in today's form, and its files' bytes.

    Raises
    ------
    PackError
        There is no such pack, or its descriptor cannot be used.
    """
    folder = find_pack(pack)
    if is_workbook(folder):
        content = folder.read_bytes()
        book = read_workbook(content, folder.name)
        descriptor = describe_workbook(book, folder)
        return (
            descriptor,
            settle_texts(descriptor, book.texts, book.register),
            {folder.name: content},
        )
    contents = read_contents(folder, [DESCRIPTOR])
    descriptor = parse_descriptor(contents[DESCRIPTOR] or b"", folder)
    contents |= read_contents(folder, [table.path for table in descriptor.tables.values()])
    texts = parse_texts(descriptor.tables, contents)
    if not descriptor.version:
        texts = upgrade_texts(descriptor.original, texts)
        descriptor = descriptor.with_kinds(texts[KINDS].records())
    # A pack that is stamped was written in the form of the schema.
    if not is_stamped(folder, digest_of(contents)):
        texts = settle_texts(descriptor, texts)
    return descriptor, texts, contents
