"""The exception tree."""

import inspect

import pytest

from regionkit import errors
from regionkit.errors import (
    Fault,
    PackError,
    RegionkitError,
    TableError,
    UnknownPlaceError,
)

BUILTIN = {
    "UnknownPlaceError": KeyError,
    "AmbiguousPlaceError": ValueError,
    "PackError": ValueError,
    "TableError": ValueError,
    "BoundaryError": ValueError,
    "CrsError": ValueError,
    "InputError": ValueError,
    "FontError": OSError,
    "OutputError": OSError,
    "MissingDependencyError": ImportError,
}


def test_every_error_is_in_the_tree_and_is_its_builtin():
    raised = {name for name in errors.__all__ if name not in {"RegionkitError", "Fault"}}
    assert raised == set(BUILTIN)
    for name, builtin in BUILTIN.items():
        error = getattr(errors, name)
        assert issubclass(error, RegionkitError)
        assert issubclass(error, builtin)


def test_the_tree_is_drawn_at_the_head_of_the_module():
    drawn = inspect.getdoc(errors)
    for name, builtin in BUILTIN.items():
        line = next(row for row in drawn.splitlines() if f"-- {name} " in row)
        assert f"({builtin.__name__})" in line


def test_messages_are_bare():
    # KeyError shows the repr of its argument, which turns a line break into \n.
    for name in BUILTIN:
        assert str(getattr(errors, name)("喀左\nis unknown")) == "喀左\nis unknown"
    assert str(RegionkitError()) == ""


def test_faults_say_where_and_are_sorted_by_place():
    faults = [
        Fault("b.csv", 0, "", "is missing.", "Add it."),
        Fault("a.csv", 10, "", "is empty.", ""),
        Fault("a.csv", 2, "adcode", '"1" is no unit.', "Use six digits."),
    ]
    assert [str(fault) for fault in sorted(faults)] == [
        'a.csv, row 2, column adcode: "1" is no unit. Use six digits.',
        "a.csv, row 10: is empty.",
        "b.csv: is missing. Add it.",
    ]


@pytest.mark.parametrize("error", [PackError, TableError])
def test_errors_of_tables_carry_and_show_every_fault(error):
    faults = [Fault("a.csv", row, "x", "is wrong.", "Mend it.") for row in (2, 3)]
    raised = error("Two faults:", faults)
    assert raised.faults == tuple(faults)
    assert str(raised).splitlines() == [
        "Two faults:",
        "  a.csv, row 2, column x: is wrong. Mend it.",
        "  a.csv, row 3, column x: is wrong. Mend it.",
    ]
    assert error("None.").faults == ()


def test_names_carry_their_candidates():
    assert UnknownPlaceError("?", ["喀左"]).nearest == ("喀左",)
    assert errors.AmbiguousPlaceError("?").candidates == ()
