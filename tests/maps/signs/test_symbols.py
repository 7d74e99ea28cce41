"""Marks of projects: five families of domains, those of one domain told apart, four stages."""

import itertools

import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.colors import to_rgb

from regionkit.maps.signs.colours import (
    DIVERGING,
    GAP_COLOURS,
    GAP_LIMITS,
    INDUSTRY_GROUPS,
    SEQUENTIAL,
    STRUCTURE,
    ZONES,
    zone_look,
)
from regionkit.maps.signs.palette import (
    _distances,
    _lab,
    _linear,
    nears_no_data,
    palette_faults,
    palette_warning,
    sample_colours,
)
from regionkit.maps.signs.shades import luminance
from regionkit.maps.signs.shapes import SHAPES, shape_points
from regionkit.maps.signs.stages import FILLS, STAGE_FILLS, fill_words, stage_fill
from regionkit.maps.signs.symbols import (
    FAMILIES,
    REST,
    REST_COLOUR,
    families_of_map,
    family_of,
    kind_families,
    symbol_of,
)

FIVE = ["transport-logistics", "energy", "nature", "industry", "society"]
SETS = {
    "families": [FAMILIES[family] for family in FIVE],
    "transport": [FAMILIES[family] for family in ("rail", "road", "water", "air-hub")],
    "energy": [
        FAMILIES[family]
        for family in (
            "grid",
            "nuclear-thermal",
            "wind-solar-hydrogen",
            "pumped-storage",
            "oil-gas",
        )
    ],
    "zone fills": [look.fill for look in ZONES],
    "zone edges": [look.edge for look in ZONES],
    "industries": list(INDUSTRY_GROUPS.values()),
    "structure": [look.colour for look in STRUCTURE.values() if not look.dashes_mm],
    "gap": list(GAP_COLOURS),
    "sequential": list(sample_colours(SEQUENTIAL, 5)),
    "diverging": list(sample_colours(DIVERGING, 6)),
}


def lab(colours):
    return _lab(_linear(np.array([to_rgb(colour) for colour in colours])))


@pytest.mark.parametrize("name", SETS)
def test_every_reader_tells_a_sets_colours_apart(name):
    assert not palette_faults(SETS[name])
    apart = _distances(lab(SETS[name]))[np.triu_indices(len(SETS[name]), 1)]
    assert apart.min() > 9


@pytest.mark.parametrize("name", ["sequential", "zone fills", "industries"])
def test_a_set_of_fills_stays_apart_in_grey(name):
    light = np.sort(lab(SETS[name])[:, 0])
    assert np.diff(light).min() > 4


@pytest.mark.parametrize("name", ["sequential", "diverging", "industries", "zone fills", "gap"])
def test_no_fill_passes_for_no_data(name):
    assert not nears_no_data(np.array([to_rgb(colour) for colour in SETS[name]])).any()


def test_white_numbers_are_read_on_every_disc():
    for colour in {*FAMILIES.values(), REST_COLOUR}:
        assert 1.05 / (luminance(colour) + 0.05) > 4.5, colour


def test_the_ramps_are_safe_and_keep_their_own_colours():
    assert palette_warning(SEQUENTIAL) is None
    assert palette_warning(DIVERGING, 6) is None
    assert sample_colours(SEQUENTIAL, 5) == ("#eff1e3", "#c3dccf", "#86bdbd", "#4489a0", "#1c4e73")
    assert len(GAP_COLOURS) == len(GAP_LIMITS) + 1


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_shapes_are_valid_polygons_about_the_origin(shape):
    polygon = shapely.Polygon(shape_points(shape))
    assert polygon.is_valid
    assert polygon.centroid.distance(shapely.Point(0, 0)) < 0.5
    assert 0.5 < polygon.hausdorff_distance(shapely.Point(0, 0)) < 1.5


def test_families_and_stages_are_those_of_the_schema(ln):
    assert list(FAMILIES) == sorted(ln.labels("kinds", "family"), key=list(FAMILIES).index)
    assert set(INDUSTRY_GROUPS) == set(ln.labels("sectors", "group"))
    assert set(STAGE_FILLS) == set(ln.labels("projects", "stage"))
    assert set(FILLS) == {*STAGE_FILLS.values(), stage_fill(None)}
    assert len({str(fill_words(fill)) for fill in FILLS}) == len(FILLS)


def test_a_map_of_many_domains_has_five_colours(ln):
    drawn = families_of_map(ln.projects, {"family_of": kind_families(ln.table("kinds"))})["row"]
    assert set(drawn.values()) == set(FIVE)


@pytest.mark.parametrize("domain", ["transport", "energy"])
def test_a_map_of_one_domain_tells_its_own_families_apart(ln, domain):
    projects = ln.projects[ln.projects["domain"] == domain]
    drawn = set(families_of_map(projects)["row"].values())
    assert not drawn & set(FIVE) - {domain}
    assert len(drawn) >= 4
    colours = {FAMILIES.get(family, REST_COLOUR) for family in drawn}
    assert len(colours) == len(drawn)


def test_what_was_settled_for_a_map_holds_for_a_part_of_it(ln):
    whole = families_of_map(ln.projects)
    part = ln.projects[ln.projects["domain"] == "transport"]
    assert families_of_map(part, whole) == whole


def test_a_packs_own_families_and_unknown_domains():
    own = {"family_of": {"space": "industry", "space/pad": "rail"}}
    rows = pd.DataFrame({"domain": ["space", "space"], "kind": ["pad", "gate"]})
    assert families_of_map(rows, own)["row"] == {"space/pad": "rail", "space/gate": REST}
    assert family_of("pad", "space", own) == "industry"
    assert symbol_of("gate", "nowhere").colour == REST_COLOUR
    assert stage_fill(None) == stage_fill(float("nan")) == stage_fill("someday") == "unknown"


def test_a_zone_of_another_colour_has_darker_edges():
    for one, other in itertools.combinations([zone_look("#cccccc"), *ZONES], 2):
        assert one.edge != other.edge
    look = zone_look("#cccccc")
    assert luminance(look.fill) > luminance(look.edge) > luminance(look.name)
