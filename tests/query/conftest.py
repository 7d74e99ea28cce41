"""Kinship of the units of `tiny`, as of a table of units."""

import pandas as pd
import pytest

from regionkit.places.units import list_parts


@pytest.fixture
def tiny_parts(tiny):
    """Each unit of `tiny`, its two cities and its province, with all that lie in it."""
    outer = pd.DataFrame(
        {
            "level": ["province", "city", "city"],
            "city_adcode": [None, "990100", "990200"],
        },
        index=["990000", "990100", "990200"],
    )
    return list_parts(pd.concat([outer, tiny[["city_adcode"]].assign(level="county")]))
