"""Symbols: no two rows of a legend look alike, for any kind in any domain of the schema."""

import itertools

import numpy as np
import pytest
import shapely
from matplotlib.colors import to_rgb

from regionkit.maps.signs.palette import _distances, _lab, _linear
from regionkit.maps.signs.shapes import SHAPES, shape_points
from regionkit.maps.signs.stages import FILLS, STAGE_FILLS, stage_fill
from regionkit.maps.signs.symbols import (
    DOMAIN_KINDS,
    row_labels,
    row_of,
    symbol_of,
)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_shapes_are_valid_polygons_about_the_origin(shape):
    polygon = shapely.Polygon(shape_points(shape))
    assert polygon.is_valid
    assert polygon.centroid.distance(shapely.Point(0, 0)) < 0.5
    assert 0.5 < polygon.hausdorff_distance(shapely.Point(0, 0)) < 1.5


def test_kinds_and_stages_are_those_of_the_schema(ln):
    assert set(DOMAIN_KINDS) == set(ln.labels("projects", "domain"))
    named = {kind for kinds in DOMAIN_KINDS.values() for kind in kinds}
    assert named == set(ln.labels("projects", "kind"))
    assert set(STAGE_FILLS) == set(ln.labels("projects", "stage"))
    assert set(FILLS) == {*STAGE_FILLS.values(), stage_fill(None)}


def test_all_pairs_of_the_schema_that_differ_in_words_differ_in_drawing(ln):
    labels = {column: ln.labels("projects", column) for column in ("kind", "domain")}
    rows = [row_of(k, d) for k, d in itertools.product(labels["kind"], labels["domain"])]
    words = row_labels(rows, labels)
    looks = {row: symbol_of(row[1], row[0]) for row in rows}
    assert len(set(words.values())) == len(words) == len(set(looks.values()))
    for kind, domain in itertools.product(labels["kind"], labels["domain"]):
        assert symbol_of(kind, domain) == looks[row_of(kind, domain)]


def test_every_pair_of_the_pack_has_a_drawing_of_its_own(ln):
    pairs = set(zip(ln.projects["kind"], ln.projects["domain"], strict=True))
    assert len({symbol_of(*pair) for pair in pairs}) == len(pairs)


def test_alike_shapes_have_unlike_colours():
    looks = {symbol_of(kind, domain) for domain, kinds in DOMAIN_KINDS.items() for kind in kinds}
    for one, other in itertools.combinations(looks, 2):
        if one.shape == other.shape:
            rgb = np.array([to_rgb(one.colour), to_rgb(other.colour)])
            assert _distances(_lab(_linear(rgb)))[0, 1] > 20, (one, other)


def test_routes_of_different_kinds_have_unlike_colours(ln):
    lines = ln.projects[ln.projects.geom_type == "LineString"]
    lines = lines[~lines.geometry.is_empty]
    pairs = {row_of(k, d) for k, d in zip(lines["kind"], lines["domain"], strict=True)}
    colours = [symbol_of(kind, domain).colour for domain, kind in sorted(pairs)]
    rgb = np.array([to_rgb(colour) for colour in colours])
    apart = _distances(_lab(_linear(rgb)))[np.triu_indices(len(rgb), 1)]
    assert apart.min() > 20


def test_words_that_would_repeat_carry_their_domain():
    labels = {"kind": {"park": "园区", "mine": "矿山"}, "domain": {"industry": "产业"}}
    rows = [("industry", "park"), ("opening", "park"), ("industry", "mine"), ("social", "other")]
    assert list(row_labels(rows, labels).values()) == [
        "产业：园区",
        "opening：园区",
        "矿山",
        "social：other",
    ]


def test_unknown_kinds_and_stages():
    assert symbol_of("new-kind", "new-domain") == symbol_of("other", "new-domain")
    assert symbol_of("new-kind", "water") == symbol_of("other", "water")
    assert stage_fill(None) == stage_fill(float("nan")) == stage_fill("someday") == "unknown"
    assert stage_fill("planned") == "hollow"
    assert stage_fill("completed") != stage_fill("under construction")
