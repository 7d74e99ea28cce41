"""The region of Liaoning with some of its tables changed."""

import copy

import pytest

from regionkit.region import Region


@pytest.fixture(scope="session")
def changed(ln):
    """Return what makes a region like `ln`, with other tables in place of its own."""

    def make(**tables):
        pack = copy.copy(ln.pack)
        pack._typed = {name: ln.table(name) for name in pack.tables} | tables
        return Region(pack)

    return make
