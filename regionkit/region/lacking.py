"""What is said where a question is of facts that a region's pack has none of, or has no pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regionkit.words.message import join, msg

if TYPE_CHECKING:
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["tell_lacking", "tell_no_pack"]

_THINGS = {
    "industries": msg("industries"),
    "projects": msg("project"),
    "sources": msg("source"),
    "statistics": msg("statistics"),
    "targets": msg("target"),
    "tasks": msg("task"),
    "zones": msg("zone"),
}


def tell_lacking(region: Region, table: str) -> Words | None:
    """Return that a region has no row in a table, and how to give it some; None where it has.

    Parameters
    ----------
    region : Region
    table : str
        Of the pack: one of those that questions are of, such as ``tasks``.

    Examples
    --------
    >>> import regionkit as rk
    >>> print(tell_lacking(rk.load("liaoning"), "tasks"))
    None
    >>> tell_lacking(rk.load("吉林"), "tasks").render("en").split(". ")[0]
    '吉林省 has no plan pack, so it has no task'
    """
    if len(region.tables[table]):
        return None
    things, file = _THINGS[table], region.pack.descriptor.tables[table].path
    if region.pack.folder is not None:
        return join(
            [
                msg("The pack of {region} has no {things}.", region=region.name, things=things),
                msg("Fill in its table {table} to give it some.", table=file),
            ],
            "sentences",
        )
    return join(
        [
            msg(
                "{region} has no plan pack, so it has no {things}.",
                region=region.name,
                things=things,
            ),
            msg(
                "Make a pack with regionkit new-pack {region} DIR and fill in its table {table}.",
                region=region.name,
                table=file,
            ),
        ],
        "sentences",
    )


def tell_no_pack(region: Region) -> Words:
    """Return that a region has no plan pack, so nothing of one to check, and how to make one.

    Examples
    --------
    >>> import regionkit as rk
    >>> tell_no_pack(rk.load("吉林")).render("en").split(". ")[1]
    'Make one with regionkit new-pack 吉林省 DIR.'
    """
    return join(
        [
            msg(
                "{region} has no plan pack, so there is nothing else to check.", region=region.name
            ),
            msg("Make one with regionkit new-pack {region} DIR.", region=region.name),
        ],
        "sentences",
    )
