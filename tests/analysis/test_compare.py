"""One plan against another."""

import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.compare import (
    CHANGE_LABELS,
    COMPARE_REASONS,
    PROJECT_CHANGES,
    compare_packs,
    compare_projects,
)
from regionkit.errors import InputError
from regionkit.region.scopes import scope_parts


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


NAMES = pd.DataFrame({"name": {"sea": "海洋生产总值", "sea-growth": "海洋生产总值增速"}})


def test_an_aim_at_another_scope_or_by_another_measure_is_no_new_one():
    a = plan(
        ("urban", "city", "x", 70, "%", "level", 2024),
        ("sea", "zone", "z", 4500, "亿元", "level", 2024),
        ("money", "city", "x", 1, "万亿元", "level", 2024),
    )
    b = plan(
        ("urban", "province", "p", 75, "%", "level", 2030),
        ("sea-growth", "zone", "z", 6, "%", "yearly growth", 2030),
        ("money", "city", "x", 12000, "亿元", "level", 2030),
    )
    found = rk.compare_plans(a, b, indicators=NAMES)
    told = found.loc[("urban", "city", "x")]
    assert (told["change"], told["reason"], told["counterpart"]) == (
        "not comparable",
        "scope",
        "urban@p",
    )
    told = found.loc[("sea", "zone", "z")]
    assert (told["reason"], told["counterpart"]) == ("measure", "sea-growth@z")
    told = found.loc[("money", "city", "x")]
    assert (told["change"], told["difference"]) == ("raised", pytest.approx(0.2))
    assert set(found["reason"]) <= {"", *COMPARE_REASONS}


def test_the_plans_of_2022_and_2026(ln):
    targets = ln.targets
    older = targets[targets["source_id"] == "liaoning-zones-2022"]
    newer = targets[targets["source_id"] == "liaoning-15fyp"]
    found = rk.compare_plans(older, newer, indicators=ln.indicators)
    # The plan of 2026 sets the zones' aims for the province.
    told = found.loc[("manufacturing-share-of-gdp", "zone", "coastal-belt")]
    assert (told["reason"], told["counterpart"]) == ("scope", "manufacturing-share-of-gdp@210000")
    assert found.loc[("port-cargo-throughput", "city", "210200"), "change"] == "dropped"
    counted = found["change"].value_counts()
    assert counted["new"] + counted["dropped"] < len(found)


def mention(project, source, name, stage=None, match="same"):
    columns = ["project_id", "source_id", "locator", "named_as", "stage", "match"]
    return dict(zip(columns, (project, source, "1", name, stage, match), strict=True))


def test_projects_of_two_documents():
    mentions = pd.DataFrame(
        [
            mention("a", "old", "甲", "new"),
            mention("a", "young", "甲", "under construction"),
            mention("b", "old", "乙"),
            mention("b", "young", "新乙"),
            mention("c", "old", "丙"),
            mention("c", "young", "丙", "completed"),
            mention("d", "old", "丁"),
            mention("d", "young", "丁", match="doubtful"),
            mention("e", "young", "戊"),
        ]
    )
    projects = pd.DataFrame({"name": list("甲乙丙丁戊"), "domain": "energy"}, index=list("abcde"))
    found = compare_projects(projects, mentions, ["old"], ["young"])
    assert found["change"].to_dict() == {
        "a": "carried on",
        "b": "renamed",
        "c": "finished",
        "d": "not named again",
        "e": "new",
    }
    assert set(found["change"]) <= set(PROJECT_CHANGES)
    with pytest.raises(
        InputError, match=r"is named by none\. Documents that name some: old, young"
    ):
        compare_projects(projects, mentions, ["none"], ["young"])


def test_two_states_of_a_catalogue(ln):
    import copy

    old, new = copy.deepcopy(ln.pack), copy.deepcopy(ln.pack)
    table = new.table("clusters")
    changed = table.copy()
    changed.loc[0, "tier"] = "another"
    new._typed["clusters"] = changed.drop(index=1)
    found = compare_packs(old, new)
    assert found[["table", "change"]].to_numpy().tolist() == [
        ["clusters", "removed"],
        ["clusters", "changed"],
    ]
    assert found.loc[1, ["column", "new"]].tolist() == ["tier", "another"]
    assert found.loc[0, "key"] == table.loc[1, "cluster_id"]


def test_a_counterpart_shares_the_scope_or_lies_within_it(ln):
    targets = ln.targets.iloc[:2].assign(
        indicator_id="gdp", scope_kind="city", unit="亿元", value=1.0
    )
    older = targets.iloc[:1].assign(scope_id="210100")
    newer = targets.iloc[1:].assign(scope_kind="place", scope_id="jinpu-new-area")
    apart = rk.compare_plans(older, newer, indicators=ln.indicators, parts=scope_parts(ln))
    assert set(apart["change"]) == {"dropped", "new"}
    assert set(apart["counterpart"]) == {""}
    within = rk.compare_plans(
        older.assign(scope_id="210200"), newer, indicators=ln.indicators, parts=scope_parts(ln)
    )
    assert set(within["reason"]) == {"scope"}
