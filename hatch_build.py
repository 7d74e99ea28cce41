"""Part of the build: what a wheel carries that a checkout makes as it goes."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):
    """Compiles the translations into the wheel; an editable install reads them as they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every .po, outside of the checkout, and have the wheel hold the .mo of it."""
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        self._made = Path(tempfile.mkdtemp(prefix="regionkit-words-"))
        if version == "editable":
            return
        root = Path(self.root)
        for number, source in enumerate(sorted((root / "regionkit").rglob("*.po"))):
            made = self._made / f"{number}.mo"
            with source.open("rb") as po, made.open("wb") as mo:
                write_mo(mo, read_po(po, locale="zh_CN"))
            place = source.relative_to(root).with_suffix(".mo").as_posix()
            build_data["force_include"][str(made)] = place

    def finalize(self, *_: object) -> None:
        """Leave nothing behind."""
        shutil.rmtree(self._made, ignore_errors=True)
