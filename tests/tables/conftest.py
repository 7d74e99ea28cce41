"""What the table tests share: the region and its join."""

import pytest

import regionkit as rk
from regionkit.tables.join import join_table


@pytest.fixture(scope="module")
def region():
    return rk.load("liaoning")


@pytest.fixture
def join(region):
    def run(source, **options):
        return join_table(region.counties, region.resolver, source, **options)

    return run
