"""The source line of a map of reported values."""

import pytest

from regionkit.maps.signs.citations import cite_values


@pytest.mark.parametrize(("lang", "joint"), [("zh", "；"), ("en", "; ")])
def test_every_document_of_the_values_is_cited(ln, lang, joint):
    values = ln.statistic("resident-population", year=2020)
    one = cite_values(ln, values, lang)
    assert joint not in one
    # A second document reports the same year.
    others = ln.statistics
    second = next(
        source
        for source in others["source_id"].unique()
        if source not in values.attrs["source_ids"]
    )
    taken = others["adcode"].eq(values.index[0]) & others["indicator_id"].eq("resident-population")
    others.loc[taken & others["year"].eq(2020), "source_id"] = second

    class Region:
        statistics, sources, cite = others, ln.sources, staticmethod(ln.cite)

    values.attrs["source_ids"] = (*values.attrs["source_ids"], second)
    told = cite_values(Region, values, lang)
    assert joint in told
    assert one in told.split(joint)
    assert any(part.startswith(ln.cite(second)) for part in told.split(joint))
