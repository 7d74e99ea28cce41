"""Classes: those of mapclassify, with no gap and no overlap."""

import subprocess
import sys
import warnings

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.analysis.targets import format_number
from regionkit.errors import InputError
from regionkit.maps.signs.classify import (
    _SCHEMES,
    NO_DATA,
    TO_BE_SET,
    classify,
)
from regionkit.maps.signs.natural_breaks import natural_breaks
from regionkit.maps.signs.palette import SAFE_CMAPS, is_cmap, sample_colours

CHEAP = ["equalinterval", "quantiles", "fisherjenks", "stdmean", "headtailbreaks", "percentiles"]
VALUES = st.lists(
    st.one_of(st.floats(-1e9, 1e9, allow_subnormal=False), st.integers(-5, 5).map(float)),
    min_size=1,
    max_size=40,
)


def checked(values, classes):
    """Assert that limits part the values: each in the one class whose limits hold it."""
    limits = np.array(classes.limits)
    assert len(limits) == classes.k + 1
    assert (np.diff(limits) >= 0).all()
    assert (np.diff(limits[1:]) > 0).all()
    for value, code in zip(values, classes.codes, strict=True):
        if pd.isna(value):
            assert code in {NO_DATA, TO_BE_SET}
            continue
        holding = [
            i
            for i in range(classes.k)
            if (limits[i] <= value if i == 0 else limits[i] < value) and value <= limits[i + 1]
        ]
        assert holding == [code], (value, limits)
    assert sum(classes.counts) + classes.n_missing + classes.n_to_be_set == len(values)
    assert len(classes.labels) == len(classes.colours) == len(classes.counts) == classes.k


@settings(max_examples=60)
@given(VALUES, st.sampled_from(CHEAP), st.integers(1, 7))
def test_limits_part_the_values_with_no_gap(values, scheme, k):
    with warnings.catch_warnings():
        # mapclassify warns where a heavy tail does not part; the classes stay right.
        warnings.simplefilter("ignore")
        checked(values, classify(pd.Series(values), scheme=scheme, k=k))


@settings(max_examples=40)
@given(VALUES, st.sets(st.floats(-1e9, 1e9), min_size=1, max_size=6).map(sorted))
def test_own_limits_part_the_values_wherever_they_lie(values, bins):
    checked(values, classify(pd.Series(values), bins=bins))


@settings(max_examples=30)
@given(VALUES, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(values, random):
    series = pd.Series(values)
    turned = series.sample(frac=1, random_state=random.randrange(1000))
    one, other = classify(series, k=4), classify(turned, k=4)
    assert one.limits == other.limits
    assert dict(zip(series.index, one.codes, strict=True)) == dict(
        zip(turned.index, other.codes, strict=True)
    )


@pytest.mark.parametrize("scheme", sorted(_SCHEMES))
def test_every_scheme_classes_the_census_alike_each_time(ln, scheme):
    people = ln.statistic("resident-population", year=2020)
    state = np.random.get_state()[1].tolist()  # noqa: NPY002
    one, other = (classify(people, scheme=scheme.upper(), k=5) for _ in range(2))
    assert one.limits == other.limits
    assert one.scheme == scheme
    checked(people, one)
    # A caller's own random numbers are left alone.
    assert np.random.get_state()[1].tolist() == state  # noqa: NPY002


@pytest.mark.parametrize(
    ("scheme", "theirs"),
    [
        ("fisherjenks", mapclassify.FisherJenks),
        ("quantiles", mapclassify.Quantiles),
        ("equalinterval", mapclassify.EqualInterval),
        ("jenkscaspall", mapclassify.JenksCaspall),
        ("maximumbreaks", mapclassify.MaximumBreaks),
    ],
)
def test_classes_are_those_of_mapclassify(ln, scheme, theirs):
    people = ln.statistic("resident-population", year=2020)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Numba not installed")
        made = theirs(people.to_numpy(), k=5)
    mine = classify(people, scheme=scheme, k=5)
    assert mine.limits[1:] == pytest.approx(tuple(made.bins))
    assert mine.counts == tuple(made.counts)


@pytest.mark.parametrize("k", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("kind", ["measured", "counted", "skewed", "shares"])
def test_natural_breaks_are_those_of_mapclassify(kind, k):
    rng = np.random.default_rng(k)
    for size in (k + 2, 14, 60):
        values = {
            "measured": rng.normal(size=size) * 1e3,
            "counted": rng.integers(0, 40, size).astype(float),
            "skewed": rng.lognormal(3, 2, size),
            "shares": rng.random(size).round(2) * 100,
        }[kind]
        if len(np.unique(values)) <= k:
            continue
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Numba not installed")
            theirs = mapclassify.FisherJenks(values, k=k).bins
        assert natural_breaks(values, k).tolist() == theirs.tolist()


def test_the_usual_schemes_load_no_mapclassify():
    script = (
        "import sys, pandas as pd\n"
        "from regionkit.maps.signs.classify import classify\n"
        "for scheme in ('fisherjenks', 'quantiles', 'equalinterval'):\n"
        "    classify(pd.Series([1.0, 2.0, 4.0, 9.0, 9.5, 12.0]), scheme=scheme, k=3)\n"
        "print(sorted({'mapclassify', 'sklearn', 'scipy.stats'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_fewer_values_than_classes_are_a_class_each():
    classes = classify(pd.Series([3, 1, 1, 2]), k=7)
    assert classes.limits == (1, 1, 2, 3)
    assert classes.counts == (2, 1, 1)
    one = classify(pd.Series([5.0, 5.0]), k=3)
    assert (one.labels, one.counts) == (("5",), (2,))


def test_missing_and_yet_to_be_set_are_told_apart():
    values = pd.Series([1.0, None, None, 4.0], index=list("abcd"))
    marked = pd.Series({"b": True, "d": True})
    classes = classify(values, k=2, to_be_set=marked)
    # A value that is there is shown, whatever the mark says.
    assert classes.codes.tolist() == [0, TO_BE_SET, NO_DATA, 1]
    assert (classes.n_missing, classes.n_to_be_set) == (1, 1)


def test_labels_tell_the_limits_apart():
    classes = classify(pd.Series([0.0012, 0.0013, 0.0014]), k=3)
    # The smallest value is a class of its own here.
    assert classes.labels == ("0.0012", "> 0.0012 – 0.0013", "> 0.0013 – 0.0014")
    large = classify(pd.Series([12_345.0, 987_654.0]), scheme="equalinterval", k=1)
    assert large.labels == ("12,345 – 987,654",)


def test_numbers_of_any_kind():
    whole = classify(pd.Series([1, None, 3], dtype="Int64"), k=2)
    assert whole.codes.tolist() == [0, NO_DATA, 1]
    text = classify(pd.Series(["1", "3", None], dtype=object), k=2)
    assert text.codes.tolist() == [0, 1, NO_DATA]


def test_own_limits_reach_the_largest_value():
    classes = classify(pd.Series([1, 5, 9]), scheme="userdefined", bins=np.array([2.0, 6.0]))
    assert classes.limits == (1, 2, 6, 9)
    assert classes.counts == (1, 1, 1)


@pytest.mark.parametrize(
    ("values", "options", "words"),
    [
        ([None, None], {}, "Column 'x' has no values at all. Join the data first"),
        (["a", "1", None], {}, r"Column 'x' holds text, not numbers \(0: 'a'\). Use rk.categori"),
        ([True, False], {}, r"Column 'x' holds text, not numbers \(true/false\)"),
        ([1.0, np.inf], {}, "Column 'x' is infinite at 1. A division by zero"),
        ([1, 2], {"k": 0}, "k=0 is no number of classes. Give a whole number of 1 or more"),
        ([1, 2], {"k": 2.5}, "k=2.5 is no number of classes"),
        ([1, 2], {"k": True}, "k=True is no number of classes"),
        ([1, 2], {"scheme": "jenks"}, 'scheme="jenks" is not known. Use one of boxplot, equal'),
        ([1, 2], {"scheme": "userdefined"}, r'scheme="userdefined" needs bins=\[...\]'),
        ([1, 2], {"bins": []}, 'scheme="userdefined" needs bins='),
        ([1, 2], {"bins": [2, 1]}, r"bins=\[2, 1\] are not ascending. Sort them, each once"),
        ([1, 2], {"bins": [1, 1]}, r"bins=\[1, 1\] are not ascending"),
        ([1, 2], {"bins": [1, np.inf]}, "are not all finite. Leave the others out"),
        (
            [1, 2],
            {"cmap": "YlGnBlue"},
            'cmap="YlGnBlue" is no matplotlib colormap. Nearest are: Yl',
        ),
    ],
)
def test_what_cannot_be_classed_is_refused(values, options, words):
    with pytest.raises(InputError, match=words):
        classify(pd.Series(values, name="x", dtype=object), **options)


def test_numbers_as_maps_print_them():
    assert format_number(-0.00001) == "0"
    assert format_number(1234.5) == "1,234.5"
    assert format_number(1234.5678, 1) == "1,234.6"


def test_colours_run_from_light_to_dark_and_differ():
    for cmap in ("YlGnBu", "Greys"):
        colours = sample_colours(cmap, 9)
        assert len(set(colours)) == 9
        light = [sum(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in colours]
        assert light == sorted(light, reverse=True)
    assert len(sample_colours("viridis", 1)) == 1


def test_palettes_called_safe_are_there():
    assert all(is_cmap(name) for name in SAFE_CMAPS)


def test_classes_of_values_that_are_all_yet_to_be_set():
    values = pd.Series([None, None], dtype=float)
    classes = classify(values, bins=[1.0, 2.0], to_be_set=pd.Series([True, False]))
    assert (classes.counts, classes.n_to_be_set, classes.n_missing) == ((0, 0), 1, 1)
    assert classes.labels == ("≤ 1", "> 1 – 2")


def test_whole_numbers_read_as_they_are_counted():
    classes = classify(pd.Series([4, 5, 6, 7, 21, 10, 14]), bins=[5, 7, 10, 14, 20, 21])
    assert classes.labels[:4] == ("4–5", "6–7", "8–10", "11–14")
    assert classes.labels[-1] == "21"
    # Limits between whole numbers part the same ones; a class that holds none keeps its limits.
    assert classify(pd.Series([1, 2, 8]), bins=[2.5, 9.9]).labels == ("1–2", "3–9")
    assert classify(pd.Series([1, 9]), bins=[1.2, 1.8, 9.0]).labels[1] == "> 1.2 – 1.8"
    # What is measured is no count.
    assert classify(pd.Series([1000.0, 2000.0]), k=1).labels == ("1,000 – 2,000",)


def test_negative_numbers_have_a_true_minus_and_no_negative_zero():
    whole = classify(pd.Series([-27, -11, -3, 0]), bins=[-11, -3, 0])
    assert whole.labels == ("−27 ～ −11", "−10 ～ −3", "−2 ～ 0")
    parts = classify(pd.Series([-2.6, -0.01, 2.6]), bins=[-0.01, 2.6])
    assert parts.labels == ("−2.6 ～ 0.0", "> 0.0 ～ 2.6")
    assert "-" not in "".join(classify(pd.Series([-2.64, -0.04, 2.6]), k=2).labels)
    assert classify(pd.Series([-2.04, -0.04, 999.0]), bins=[-0.04, 999.0]).labels[0].endswith(" 0")


@settings(max_examples=60)
@given(st.lists(st.floats(-1e5, 1e5).map(lambda x: round(x, 3)), min_size=2, max_size=30))
def test_no_printed_limit_lies_below_a_value_of_its_class(values):
    classes = classify(pd.Series(values), scheme="quantiles", k=4)
    printed = [float(text.replace(",", "").replace("−", "-")) for text in classes.printed_limits]
    for value, code in zip(values, classes.codes, strict=True):
        assert value <= printed[code + 1] + 1e-9
        assert value >= printed[code] - 1e-9
