"""The ``regionkit`` command."""

from regionkit.cli.command import main

__all__ = ["main"]
