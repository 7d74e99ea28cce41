"""The stage of a project follows from its mentions by one rule."""

import pandas as pd
import pytest

from regionkit.errors import PackError
from regionkit.pack.pack import Pack
from regionkit.pack.stages import current_plan, document_order, with_stages

SOURCES = pd.DataFrame(
    {
        "source_id": ["old", "late", "plan", "undated", "lost"],
        "kind": ["plan", "action plan", "plan", "division of work", "plan"],
        "issued_on": ["2016-11", "2022-01-31", "2026-05", None, None],
        "not_before": [None, None, None, "2016-11", None],
    }
)


def staged(*said):
    """Return one project's columns on its stage, of mentions: source, match, stage, year."""
    mentions = pd.DataFrame(said, columns=["source_id", "match", "stage", "year"])
    mentions = mentions.assign(project_id="p", year=mentions["year"].astype("Int64"))
    projects = pd.DataFrame({"project_id": ["p"], "kind": ["wind"]})
    row = with_stages(projects, mentions, SOURCES).iloc[0]
    return (
        row["stage"] if isinstance(row["stage"], str) else None,
        None if pd.isna(row["stage_year"]) else int(row["stage_year"]),
        row["stage_source_id"] if isinstance(row["stage_source_id"], str) else None,
        bool(row["is_partly_completed"]),
        bool(row["is_in_current_plan"]),
    )


NONE = (None, None, None)
CASES = {
    "nobody names it": ([], (*NONE, False, False)),
    "the newest document's same": (
        [("old", "same", "preparatory", 2016), ("plan", "same", "new", 2026)],
        ("new", 2026, "plan", False, True),
    ),
    "the order of the rows does not matter": (
        [("plan", "same", "new", 2026), ("old", "same", "preparatory", 2016)],
        ("new", 2026, "plan", False, True),
    ),
    "an older stage is not today's": (
        [("old", "same", "advancing", 2016), ("plan", "same", None, 2026)],
        (*NONE, False, True),
    ),
    "an old document alone": (
        [("old", "same", "advancing", 2016)],
        ("advancing", 2016, "old", False, False),
    ),
    "else the newest document's whole": (
        [("old", "same", "preparatory", 2016), ("plan", "whole", "under construction", 2026)],
        ("under construction", 2026, "plan", False, True),
    ),
    "same before whole in one document": (
        [("plan", "whole", "completed", 2026), ("plan", "same", "new", 2026)],
        ("new", 2026, "plan", False, True),
    ),
    "whole where same gives no stage": (
        [("plan", "same", None, 2026), ("plan", "whole", "new", 2026)],
        ("new", 2026, "plan", False, True),
    ),
    "a whole without a stage": (
        [("old", "same", "advancing", 2016), ("plan", "whole", None, 2026)],
        (*NONE, False, True),
    ),
    "a part makes no whole completed": (
        [("old", "same", "preparatory", 2016), ("plan", "part", "completed", 2025)],
        ("preparatory", 2016, "old", True, True),
    ),
    "a part alone": ([("plan", "part", "completed", 2025)], (*NONE, True, True)),
    "a part that is under way": (
        [("old", "same", "preparatory", 2016), ("plan", "part", "advancing", 2026)],
        ("preparatory", 2016, "old", False, True),
    ),
    "another part is under way": (
        [("late", "part", "completed", 2022), ("plan", "part", "advancing", 2026)],
        (*NONE, True, True),
    ),
    "a part of what is completed": (
        [("late", "part", "completed", 2022), ("plan", "same", "completed", 2025)],
        ("completed", 2025, "plan", False, True),
    ),
    "a doubtful mention": (
        [("old", "doubtful", "advancing", 2016)],
        (*NONE, False, False),
    ),
    "a doubtful mention in the newest document": (
        [("old", "same", "study", 2016), ("plan", "doubtful", "completed", 2026)],
        ("study", 2016, "old", False, False),
    ),
    "years of one document": (
        [("old", "same", "new", 2018), ("old", "same", "preparatory", 2016)],
        ("new", 2018, "old", False, False),
    ),
    "twice in one year": (
        [("plan", "same", "planned", 2026), ("plan", "same", "new", 2026)],
        ("new", 2026, "plan", False, True),
    ),
    "a word that says how far, and one that does not": (
        [("plan", "same", "advancing", 2026), ("plan", "same", "planned", 2026)],
        ("planned", 2026, "plan", False, True),
    ),
    "a document of the same date that speaks of a later year": (
        [("undated", "same", "study", None), ("old", "same", "new", 2018)],
        ("new", 2018, "old", False, False),
    ),
    "done in the review, and no word after": (
        [("plan", "same", None, 2026), ("plan", "same", "completed", 2025)],
        ("completed", 2025, "plan", False, True),
    ),
    "a document that is not before another": (
        [("old", "same", "study", 2016), ("undated", "same", "advancing", None)],
        ("advancing", None, "undated", False, False),
    ),
    "a document of which no date is known": (
        [("lost", "same", "completed", None), ("old", "same", "study", 2016)],
        ("study", 2016, "old", False, False),
    ),
}


@pytest.mark.parametrize("said", CASES)
def test_a_stage_is_computed(said):
    mentions, expected = CASES[said]
    assert staged(*mentions) == expected


def test_the_plan_in_force_is_the_newest_plan():
    assert current_plan(SOURCES) == "plan"
    assert current_plan(SOURCES[SOURCES["source_id"] == "late"]) is None
    order = document_order(SOURCES)
    assert sorted(order, key=order.get) == ["lost", "old", "undated", "late", "plan"]


@pytest.mark.parametrize(
    ("project_id", "expected"),
    [
        ("xudapu-nuclear-phase-1", ("under construction", 2026, "liaoning-15fyp", False)),
        ("xudapu-nuclear-1-4", ("under construction", 2026, "liaoning-15fyp", False)),
        ("benxi-jian-expressway", ("preparatory", 2016, "northeast-13fyp", True)),
        ("sino-russian-gas-pipeline", (None, None, None, False)),
        ("liaoning-ftz", (None, None, None, False)),
        # Named without a stage by the plan in force, staged by an older document.
        ("chaoyang-historic-city", (None, None, None, False)),
        ("dalian-port", (None, None, None, False)),
        ("xingcheng-ancient-city", (None, None, None, False)),
        # Staged by a doubtful mention only.
        ("binhai-laboratory", (None, None, None, False)),
        ("huludao-nuclear-science-base", (None, None, None, False)),
        ("hun-river-flood-control", (None, None, None, False)),
        ("coal-subsidence-bundle", (None, None, None, False)),
    ],
)
def test_projects_that_had_another_documents_stage(ln, project_id, expected):
    row = ln.projects.loc[project_id]
    told = row[["stage", "stage_year", "stage_source_id", "is_partly_completed"]]
    assert tuple(None if pd.isna(cell) else cell for cell in told) == expected
    assert row["is_in_current_plan"]


def test_every_stage_is_what_its_document_says(ln):
    mentions = ln.mentions[ln.mentions["match"].isin(["same", "whole"])]
    said = set(zip(mentions["project_id"], mentions["source_id"], mentions["stage"], strict=True))
    projects = ln.projects
    staged = projects[projects["stage"].notna()]
    assert len(staged) > 300
    for project_id, source_id, stage in zip(
        staged.index, staged["stage_source_id"], staged["stage"], strict=True
    ):
        assert (project_id, source_id, stage) in said
    in_force = ln.select_projects(source="liaoning-15fyp", stage="advancing")
    assert set(in_force.index[in_force["stage_source_id"] == "liaoning-15fyp"]) != set()
    named = ln.mentions[
        (ln.mentions["source_id"] == "liaoning-15fyp") & (ln.mentions["match"] == "same")
    ]
    older = staged[staged["stage_source_id"] != "liaoning-15fyp"]
    assert not set(older.index) & set(named["project_id"])


def test_a_stage_is_that_of_the_last_document_in_the_history(ln):
    staged = ln.table("projects").dropna(subset="stage").set_index("project_id")
    for project_id in staged.index:
        history = ln.project_history(project_id)
        last = history[history["match"].isin(["same", "whole"])].iloc[-1]
        source_id = staged.loc[project_id, "stage_source_id"]
        assert ln.sources.loc[source_id, "short_title"] == last["source"], project_id


def test_a_stage_is_typed_once(pack):
    header, *rows = pack.rows("projects")
    pack.write("projects", [[*header, "stage"], *([*row, "new"] for row in rows)])
    with pytest.raises(PackError, match="stage"):
        Pack.open(pack.folder)
