"""What tests and doctests share: they read English unless they ask for Chinese."""

import os

# Before any test, doctest or worker: what a test matches must not hang on who runs it.
os.environ["REGIONKIT_LANG"] = "en"

import pytest


@pytest.fixture
def chinese(monkeypatch):
    """Speak Chinese, as to a user whose system says nothing else."""
    monkeypatch.setenv("REGIONKIT_LANG", "zh")
