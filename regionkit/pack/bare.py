"""The pack of a region without one: every table empty, with its columns and their types."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING

from regionkit.pack.read import read_tables_leniently
from regionkit.pack.schema import Descriptor, read_descriptor

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["bare_pack"]

# The pack whose descriptor holds the schema.
_MODEL = "liaoning"


def bare_pack(adcode: str, name: str) -> tuple[Descriptor, dict[str, pd.DataFrame]]:
    """Return descriptor and tables of a province without a pack.

    Examples
    --------
    >>> descriptor, tables = bare_pack("220000", "吉林省")
    >>> descriptor.region["name"], len(tables["zones"]), str(tables["projects"]["lon"].dtype)
    ('吉林省', 0, 'float64')
    """
    model = read_descriptor(_MODEL)
    raw = copy.deepcopy(model.raw)
    raw["region"] = {"id": adcode, "adcode": adcode, "name": name, "name_en": ""}
    # In a folder that is none, every table is empty.
    descriptor = Descriptor(Path(), raw, model.tables)
    nowhere = Descriptor(Path("/nonexistent"), raw, model.tables)
    tables, _ = read_tables_leniently(nowhere)
    return descriptor, tables
