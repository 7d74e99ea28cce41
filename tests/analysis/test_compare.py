"""One plan against another."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.compare import CHANGE_LABELS
from regionkit.errors import InputError


def plan(*rows):
    columns = ["indicator_id", "scope_kind", "scope_id", "value", "unit", "measure", "target_year"]
    return pd.DataFrame(rows, columns=columns)


def test_every_kind_of_change():
    a = plan(
        ("same", "city", "x", 1, "%", "level", 2024),
        ("up", "city", "x", 1, "%", "level", 2024),
        ("down", "city", "x", 1, "%", "level", 2024),
        ("gone", "city", "x", 1, "%", "level", 2024),
        ("unit", "city", "x", 1, "%", "level", 2024),
        ("text", "city", "x", None, "%", "level", 2024),
    )
    b = plan(
        ("same", "city", "x", 1, "%", "level", 2030),
        ("up", "city", "x", 9, "%", "level", 2027),
        ("up", "city", "x", 3, "%", "level", 2030),
        ("down", "city", "x", 0, "%", "level", 2030),
        ("unit", "city", "x", 1, "家", "level", 2030),
        ("text", "city", "x", 2, "%", "level", 2030),
        ("come", "city", "y", 1, "%", "level", 2030),
    )
    found = rk.compare_plans(a, b).reset_index().set_index("indicator_id")
    assert found["change"].to_dict() == {
        "same": "kept",
        "up": "raised",
        "down": "lowered",
        "gone": "dropped",
        "unit": "not comparable",
        "text": "not comparable",
        "come": "new",
    }
    # Of several years the last is compared.
    assert found.loc["up", "difference"] == 2
    assert set(found["change"]) <= set(CHANGE_LABELS)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_the_last_year_of_a_plan_is_compared_whatever_the_order_of_rows(order):
    rows = [("up", "city", "x", value, "%", "level", year)
            for value, year in ((1, 2025), (2, 2027), (3, 2030))]  # fmt: skip
    before = plan(("up", "city", "x", 3, "%", "level", 2024))
    found = rk.compare_plans(before, plan(*(rows[i] for i in order)))
    assert found[["value_b", "target_year_b", "change"]].to_numpy().tolist() == [[3, 2030, "kept"]]


def test_a_plan_against_itself_keeps_everything_that_has_a_number(ln):
    found = rk.compare_plans(ln, ln)
    has_number = found["value_a"].notna()
    assert (found.loc[has_number, "change"] == "kept").all()
    assert (found.loc[~has_number, "change"] == "not comparable").all()


def test_no_targets_and_no_columns():
    with pytest.raises(InputError, match="Neither plan has a target"):
        rk.compare_plans(plan(), plan())
    with pytest.raises(InputError, match="Plan b has no column unit"):
        rk.compare_plans(plan(), plan().drop(columns="unit"))
