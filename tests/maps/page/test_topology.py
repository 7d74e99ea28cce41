"""Borders come out of the page's geometry as they went in."""

import base64
import json
import math
import zlib

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from regionkit.maps.page.columns import (
    pack_column,
    to_packed_json,
    to_script_json,
    unpack_column,
)
from regionkit.maps.page.topology import decode_numbers, encode_coverage, encode_numbers
from regionkit.words.plain import without_turns


@given(st.lists(st.integers(-(2**40), 2**40)))
def test_numbers_come_back(numbers):
    assert decode_numbers(encode_numbers(numbers)) == numbers


def decoded(made):
    """Return the units as polygons, the way the page joins arcs."""
    arcs = [np.cumsum(np.reshape(decode_numbers(arc), (-1, 2)), axis=0) for arc in made["arcs"]]
    units = []
    for rings in made["rings"]:
        shapes = []
        for ring in rings:
            parts = [arcs[~n][::-1] if n < 0 else arcs[n] for n in ring]
            points = [parts[0], *(part[1:] for part in parts[1:])]
            shapes.append(shapely.Polygon(np.concatenate(points)))
        total = shapes[0]
        for other in shapes[1:]:
            total = total.symmetric_difference(other)
        units.append(total)
    return units


def test_province_stays_a_coverage(ln):
    outlines = ln.simplified("county", tolerance_m=700)
    made = encode_coverage(outlines)
    units = decoded(made)
    assert shapely.coverage_is_valid(units)
    back = shapely.transform(units, lambda xy: xy / made["scale"])
    areas = shapely.area(back) / shapely.area(outlines.to_numpy())
    assert np.all(np.abs(areas - 1) < 0.02)


def test_shared_border_is_one_arc(tiny):
    made = encode_coverage(tiny.geometry)
    used = [n if n >= 0 else ~n for rings in made["rings"] for ring in rings for n in ring]
    # Four inner borders are walked by two counties each, the outer ones by one.
    assert sorted(used.count(arc) for arc in set(used)) == [1, 1, 1, 1, 2, 2, 2, 2]


def test_enclave_and_island():
    hole = shapely.box(1, 1, 2, 2)
    outer = shapely.box(0, 0, 3, 3).difference(hole)
    units = decoded(
        encode_coverage(
            __import__("geopandas").GeoSeries([outer, hole]),
        )
    )
    assert units[0].area == units[1].area * 8


cells = st.one_of(st.none(), st.integers(-5, 5), st.text(max_size=3))


@given(st.lists(cells))
def test_columns_come_back(column):
    assert unpack_column(pack_column(column)) == column


@given(st.text())
def test_script_json_cannot_end_its_element(text):
    assert "<" not in to_script_json([text])


@pytest.mark.parametrize("n_letters", [0, 128, 129, 1_500, 40_000])
def test_packed_text_holds_any_letter(n_letters):
    """All letters come back, also more than two bytes number, and those outside the first plane.

    Marks that turn the direction of what follows are left out of a page.
    """
    sent = ["".join(map(chr, range(0x80, 0x80 + n_letters))), "a𠮷\x7f\n😀"]
    letters, packed = to_packed_json(sent).split(".")
    codes = np.cumsum(decode_numbers(letters)).tolist()
    data = iter(zlib.decompress(base64.b64decode(packed), -15))
    n_single = 128 - max(0, math.ceil((len(codes) - 128) / 255))
    read = []
    for byte in data:
        place = byte - 128
        if place >= n_single:
            place = n_single + 256 * (place - n_single) + next(data)
        read.append(chr(byte if byte < 128 else codes[place]))
    assert json.loads("".join(read)) == [without_turns(one) for one in sent]
