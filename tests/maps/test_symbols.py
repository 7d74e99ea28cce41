"""Symbols: every kind and stage of the catalogue has one that others do not have."""

import pytest
import shapely

from regionkit.maps.symbols import (
    _DOMAIN_COLOURS,
    _DOMAIN_SHAPES,
    _SHAPES,
    KIND_SYMBOLS,
    STAGE_FILLS,
    shape_points,
    stage_fill,
    symbol_of,
)


@pytest.mark.parametrize("shape", sorted(_SHAPES))
def test_shapes_are_polygons_about_the_origin(shape):
    polygon = shapely.Polygon(shape_points(shape))
    assert polygon.is_valid
    assert polygon.contains(shapely.Point(0, 0))
    assert 0.5 < polygon.hausdorff_distance(shapely.Point(0, 0)) < 1.5


def test_kinds_with_symbols_are_kinds_of_the_catalogue(ln):
    assert set(KIND_SYMBOLS) <= set(ln.labels("projects", "kind"))
    assert set(_DOMAIN_COLOURS) == set(_DOMAIN_SHAPES) == set(ln.labels("projects", "domain"))
    assert set(STAGE_FILLS) == set(ln.labels("projects", "stage"))


def test_kinds_of_transport_and_energy_are_told_apart():
    symbols = list(KIND_SYMBOLS.values())
    assert len(set(symbols)) == len(symbols)


def test_every_project_has_a_symbol(ln):
    for kind, domain, stage in zip(
        ln.projects["kind"], ln.projects["domain"], ln.projects["stage"], strict=True
    ):
        symbol = symbol_of(kind, domain)
        assert symbol.shape in _SHAPES
        assert symbol.colour.startswith("#")
        assert stage_fill(stage) in {"solid", "half", "hollow", "dotted"}


def test_unknown_kinds_and_stages_have_a_plain_symbol():
    assert symbol_of("new-kind", "new-domain") == symbol_of("other", "new-domain")
    assert symbol_of("new-kind", "water").shape == "drop"
    assert stage_fill(None) == stage_fill(float("nan")) == stage_fill("someday") == "hollow"
