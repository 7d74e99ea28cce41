"""The workbook beside a briefing: every table in full, with source and basis."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from regionkit.briefing.office import stable_zip
from regionkit.briefing.words import basis_line, basis_word, source_cells, source_heads
from regionkit.tables.write import workbook_bytes
from regionkit.words.message import say

if TYPE_CHECKING:
    from regionkit.briefing.model import Briefing, Table

__all__ = ["render_workbook", "sheet_names"]

_LONGEST = 28


def sheet_names(facts: Briefing) -> dict[str, str]:
    """Return the name of the sheet of each table by its id; "sources" for the list of sources."""
    names: dict[str, str] = {}
    tables = [table for section in facts.sections for table in section.tables]
    for number, table in enumerate(tables, 1):
        name = re.sub(r"[\[\]:*?/\\']", " ", table.caption)[:_LONGEST].strip()
        names[table.table_id] = f"{number} {name}"
    names["sources"] = say("Sources", lang=facts.lang)
    return names


def render_workbook(facts: Briefing) -> bytes:
    """Return the workbook's bytes: the first pages' facts, then a sheet a table, then sources."""
    lang, digest = facts.lang, facts.digest
    names = sheet_names(facts)
    first = [
        (facts.title, digest.message, ""),
        *((one.label, f"{one.value} {one.unit}".strip(), one.remark) for one in digest.figures),
        (say("Basis", lang=lang), basis_line(lang), ""),
    ]
    heads = [say("What", lang=lang), say("Numeric value", lang=lang), say("Remarks", lang=lang)]
    sheets = {say("Overview", lang=lang): pd.DataFrame(first, columns=heads)}
    sheets |= {
        names[table.table_id]: _frame(table, lang)
        for section in facts.sections
        for table in section.tables
    }
    listed = [source_cells(one, lang) for one in facts.sources]
    sheets[names["sources"]] = pd.DataFrame(listed, columns=list(source_heads(lang)))
    return stable_zip(workbook_bytes(sheets))


def _frame(table: Table, lang: str) -> pd.DataFrame:
    heads = [column.name for column in table.columns]
    has_notes = any(row.note for row in table.rows)
    rows = []
    for row in table.rows:
        cited = (
            []
            if row.citation is None
            else [str(row.citation), basis_word(row.citation.basis, lang)]
        )
        cells = [*row.cells, *cited]
        cells += [""] * (len(heads) - len(cells))
        rows.append([*cells, row.note] if has_notes else cells)
    return pd.DataFrame(rows, columns=[*heads, say("Remarks", lang=lang)] if has_notes else heads)
