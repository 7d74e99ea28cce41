"""The draft of an evaluation as a Word document: what is reached, what lags, what lacks data."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from regionkit.analysis.judged import count_states, headline, judged_table
from regionkit.analysis.own_aims import OWN
from regionkit.analysis.states import REASONS, STATES
from regionkit.briefing.office import EMU_PER_MM
from regionkit.errors import InputError
from regionkit.words.message import join, msg, say

if TYPE_CHECKING:
    from collections.abc import Collection

    from regionkit.briefing.docx_page import Paper
    from regionkit.region import Region
    from regionkit.words.message import Words

__all__ = ["Evaluation", "write_evaluation"]

_LATE = ("behind", "missed")
_UNJUDGED = ("no actual", "undecided")
_MAP_MM = (160.0, 112.0)


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation is made of.

    Attributes
    ----------
    judged : DataFrame indexed like ``region.targets``
        As of :func:`regionkit.analysis.progress.progress`.
    as_of : int
        Year of the judgement.
    actuals : str
        Where the reported values come from, as the reader knows it: a file, or the pack.
    limits : str
        Name of the limits between the states.
    unknown : tuple of str
        Names in the reported values that are no indicator of the region.
    works : tuple of two DataFrames, optional
        Projects of one's own list and where they stand, as of
        :func:`regionkit.analysis.worklist.read_worklist` and
        :func:`regionkit.analysis.works.project_progress`; else the catalogue's are counted.
    notes : tuple of words
        Where baselines came from, and which own targets say otherwise than the plan.
    bodies : DataFrame, optional
        ``indicator_id, scope_id, body``: who the user's table says is responsible.
    """

    judged: pd.DataFrame
    as_of: int
    actuals: str
    limits: str
    unknown: tuple[str, ...] = ()
    works: tuple[pd.DataFrame, pd.DataFrame] | None = None
    notes: tuple[Words, ...] = ()
    bodies: pd.DataFrame | None = None


def write_evaluation(
    region: Region,
    made: Evaluation,
    path: str | Path,
    *,
    title: str = "",
    template: str | Path | None = None,
    lang: str = "zh",
) -> Path:
    """Return the path of the draft of an evaluation, written as .docx.

    It counts the states by nature and theme, lists every judged target with value, shares of time
    and way, and state, says what lags by how much and who answers for it where the facts name a
    body, lists what lacks data and why, counts the projects by stage, and names its sources. A map
    of states stands in it where one indicator is judged for several counties or cities.

    Parameters
    ----------
    region : Region
    made : Evaluation
    path : path
        Ends in .docx.
    title : str
    template : path, optional
        The user's own .docx or .dotx.
    lang : {"zh", "en"}

    Raises
    ------
    InputError
        Another ending, a template that cannot be used, or no judged target.
    MissingDependencyError
        python-docx is not installed.
    OutputError
        The file cannot be written; an older one stays as it was.

    Examples
    --------
    >>> import tempfile
    >>> import regionkit as rk
    >>> ln = rk.load("liaoning")
    >>> judged = rk.progress(ln.targets, ln.statistics, as_of=2026)
    >>> made = Evaluation(judged, 2026, "", "regionkit")
    >>> write_evaluation(ln, made, Path(tempfile.mkdtemp()) / "中期评估.docx").name
    '中期评估.docx'
    """
    from regionkit.briefing.docx_page import Paper
    from regionkit.briefing.office import check_output, open_template, save_stable
    from regionkit.files import write_aside
    from regionkit.words.voice import speaking

    path = Path(path)
    if path.suffix.lower() != ".docx":
        raise InputError(
            msg("{path} does not end in {known}.", path=path.name, known=".docx"),
            mend=msg("Name the file so."),
        )
    if made.judged.empty:
        raise InputError(msg("There is no target to evaluate."))
    check_output(path)
    document = open_template(".docx", template)
    paper = Paper(document, lang, own=template is not None)
    with speaking(lang=lang):
        named = title or say("Evaluation of the targets: {region}", region=region.name)
        told = say(
            "As of {year}; values: {actuals}; limits between the states: {limits}. A draft.",
            year=str(made.as_of),
            actuals=made.actuals or say("as in the plan pack"),
            limits=made.limits,
        )
        paper.paragraph(named, "Title")
        paper.paragraph(told, "Subtitle")
        _summary(paper, region, made)
        _map(paper, region, made, lang)
        _targets(paper, region, made)
        _notes(paper, made)
        _late(paper, region, made)
        _projects(paper, region, made)
        _gaps(paper, region, made)
        _sources(paper, region, made)
        _appendix(paper, region, made)
        data = save_stable(document, title=named, subject=told, lang=lang)
    return write_aside(path, data)


def _table(
    paper: Paper,
    caption: str,
    frame: pd.DataFrame,
    shares: list[float],
    figures: Collection[str] = (),
) -> None:
    """Write a table with its caption; numbers, and the columns named so, stand at the right."""
    from regionkit.briefing.model import Column

    paper.caption("table", caption)
    columns = [
        Column(
            str(name),
            share,
            "right" if name in figures or pd.api.types.is_numeric_dtype(frame[name]) else "left",
        )
        for name, share in zip(frame.columns, shares, strict=True)
    ]
    rows = [[_text(cell) for cell in row] for row in frame.itertuples(index=False)]
    paper.table(columns, rows)


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)


def _summary(paper: Paper, region: Region, made: Evaluation) -> None:
    judged = made.judged
    paper.paragraph(say("Overall"), "Heading 1")
    paper.paragraph(headline(judged))
    targets = region.targets.loc[judged.index]
    words = region.labels("targets", "nature")
    natures = targets["nature"].map(words)
    for word in words.values():
        mine = judged[natures == word]
        if len(mine):
            paper.paragraph(say("{group}: {told}", group=word, told=headline(mine)))
    groups = {say("By nature"): natures}
    indicators = region.indicators
    if "theme" in indicators and indicators["theme"].notna().any():
        themes = indicators["theme"].map(region.labels("indicators", "theme"))
        groups[say("By theme")] = targets["indicator_id"].map(themes)
    for caption, by in groups.items():
        counts = count_states(judged, by=by)
        # As the catalogue orders them; what is not stated, and all, last.
        first = [word for word in words.values() if word in counts.index]
        counts = counts.reindex([*first, *(word for word in counts.index if word not in first)])
        counts = counts.reset_index(names=say("Group"))
        width = 0.76 / (counts.shape[1] - 1)
        _table(paper, caption, counts, [0.24, *[width] * (counts.shape[1] - 1)])


def _targets(paper: Paper, region: Region, made: Evaluation) -> None:
    judged = made.judged[~made.judged["state"].isin(_UNJUDGED)]
    if judged.empty:
        return
    table = judged_table(region, judged)
    widths = {
        say("Indicator"): 0.2,
        say("Scope"): 0.1,
        say("Nature"): 0.08,
        say("Target year"): 0.07,
        say("Target"): 0.18,
        say("Value"): 0.12,
        say("Year"): 0.07,
        say("Share of the time gone"): 0.08,
        say("Share of the way gone"): 0.08,
        say("State"): 0.15,
    }
    # What is one for all rows is said once: above the table.
    (scope, *others) = table[say("Scope")].unique()
    if not others:
        del widths[say("Scope")]
    paper.paragraph(say("Targets"), "Heading 1")
    if not others:
        paper.paragraph(say("All of {scope}.", scope=scope))
    shares = [share / sum(widths.values()) for share in widths.values()]
    years = (say("Year"), say("Target year"))
    table = table[list(widths)].astype(dict.fromkeys(years, "string"))
    figures = (say("Value"), say("Share of the time gone"), say("Share of the way gone"))
    _table(paper, say("Judged targets"), table, shares, figures)


def _notes(paper: Paper, made: Evaluation) -> None:
    """Say where baselines came from, and which own targets say otherwise than the plan."""
    if made.notes:
        paper.paragraph(say("Baselines, and own targets beside the plan's"), "Heading 1")
    for words in made.notes:
        paper.paragraph(str(words), "List Bullet")


def _late(paper: Paper, region: Region, made: Evaluation) -> None:
    """Say of each target that lags by how much, what is needed, and who answers for it."""
    late = made.judged[made.judged["state"].isin(_LATE)]
    if late.empty:
        return
    paper.paragraph(say("What lags"), "Heading 1")
    table = judged_table(region, late)
    bodies = region.organizations["name"] if len(region.organizations) else pd.Series(dtype=str)
    leads = region.targets.loc[late.index].get("lead_org_ids")
    said: dict[tuple[str, str], str] = {}
    if made.bodies is not None:
        said = {(row.indicator_id, row.scope_id): row.body for row in made.bodies.itertuples()}
    for number, row in enumerate(table.to_dict("records")):
        parts = [
            msg(
                "{indicator} ({scope}): {year} {value}, target {target}, gap {gap}",
                indicator=row[say("Indicator")],
                scope=row[say("Scope")],
                year=str(row[say("Year")]),
                value=row[say("Value")],
                target=row[say("Target")],
                gap=row[say("Gap")],
            )
        ]
        if row[say("Needed a year")]:
            parts.append(msg("needed a year from now {value}", value=row[say("Needed a year")]))
        if row[say("Forecast")]:
            parts.append(msg("as it goes it ends at {value}", value=row[say("Forecast")]))
        named = leads.iloc[number] if leads is not None else ()
        body = said.get((late["indicator_id"].iloc[number], late["scope_id"].iloc[number]))
        if body is not None:
            parts.append(msg("responsible: {bodies}", bodies=body))
        elif isinstance(named, tuple) and named:
            parts.append(msg("responsible: {bodies}", bodies=[bodies.get(b, b) for b in named]))
        paper.paragraph(f"{row[say('State')]}  {join(parts, 'clauses')}", "List Bullet")


def _gaps(paper: Paper, region: Region, made: Evaluation) -> None:
    """List the main targets that nothing can be said of, with the reason; count the others."""
    gaps = _unjudged(made)
    if len(gaps):
        paper.paragraph(say("What lacks data"), "Heading 1")
        main = gaps[_is_main(region, gaps)]
        if len(main):
            _gap_table(paper, region, main, say("Targets without a judgement: {n}", n=len(main)))
        if len(gaps) > len(main):
            told = say(
                "Without a current value besides: {n}, see the appendix.", n=len(gaps) - len(main)
            )
            paper.paragraph(told)
    if made.unknown:
        paper.paragraph(
            say(
                "In the reported values, but no indicator of the plan: {names}.", names=made.unknown
            )
        )


def _unjudged(made: Evaluation) -> pd.DataFrame:
    return made.judged[made.judged["state"].isin(_UNJUDGED)]


def _is_main(region: Region, gaps: pd.DataFrame) -> pd.Series:
    """Return which targets are binding or expected ones, or have a value that cannot be judged."""
    return gaps["actual_value"].notna() | region.targets["nature"].reindex(gaps.index).notna()


def _gap_table(paper: Paper, region: Region, gaps: pd.DataFrame, caption: str) -> None:
    table = judged_table(region, gaps)
    why = [
        str(REASONS[reason]) if reason else STATES[state].label
        for state, reason in zip(gaps["state"], gaps["reason"], strict=True)
    ]
    shown = table[[say("Indicator"), say("Scope"), say("Target year"), say("Target")]]
    shown = shown.assign(**{say("Why not judged"): why})
    shown = shown.astype({say("Target year"): "string"})
    _table(paper, caption, shown, [0.32, 0.18, 0.08, 0.2, 0.22])


def _appendix(paper: Paper, region: Region, made: Evaluation) -> None:
    """List the targets that nobody has a value of, after all that can be read."""
    gaps = _unjudged(made)
    rest = gaps[~_is_main(region, gaps)]
    if len(rest):
        paper.paragraph(say("Appendix"), "Heading 1")
        _gap_table(
            paper, region, rest, say("Other targets without a current value: {n}", n=len(rest))
        )


def _projects(paper: Paper, region: Region, made: Evaluation) -> None:
    if made.works is not None:
        _works(paper, *made.works)
        return
    projects = region.select_projects(with_geometry=False)
    plan = region.current_plan
    if plan is not None and set(made.judged["source_id"]) - {OWN} == {plan}:
        projects = projects[projects["is_in_current_plan"]]
    if projects.empty:
        return
    stages = projects["stage"].map(region.labels("projects", "stage")).fillna(say("not stated"))
    domains = projects["domain"].map(region.labels("projects", "domain"))
    counts = pd.crosstab(domains, stages)
    order = [word for word in region.labels("projects", "stage").values() if word in counts]
    counts = counts[[*order, *(word for word in counts if word not in order)]]
    counts[say("All")] = counts.sum(axis=1)
    counts = counts.sort_values(say("All"), ascending=False, kind="stable")
    table = counts.rename_axis(columns=None).reset_index(names=say("Domain"))
    paper.paragraph(say("Progress of the projects"), "Heading 1")
    paper.paragraph(say("Projects of the catalogue by domain and stage: {n}.", n=len(projects)))
    width = 0.8 / (table.shape[1] - 1)
    _table(paper, say("Projects by stage"), table, [0.2, *[width] * (table.shape[1] - 1)])


def _sources(paper: Paper, region: Region, made: Evaluation) -> None:
    ids = [*made.judged["source_id"].dropna().unique()]
    ids += [one for one in made.judged["actual_source_id"].unique() if one]
    rows = region.sources.reindex(dict.fromkeys(ids)).dropna(subset=["title"])
    table = pd.DataFrame(
        {
            say("Title"): rows["title"],
            say("Issuer"): rows["issuer"],
            say("Issued on"): rows["issued_on"],
        }
    )
    paper.paragraph(say("Sources"), "Heading 1")
    _table(paper, say("Sources"), table, [0.6, 0.25, 0.15])


def _map(paper: Paper, region: Region, made: Evaluation, lang: str) -> None:
    """Write the map of the indicator that most counties, cities or zones are judged by."""
    from regionkit.maps.themes.state_map import state_layer, widest_indicator

    found = widest_indicator(region, made.judged)
    if found is None:
        return
    from regionkit.maps.paper.layout import layout

    layer = state_layer(region, made.judged, *found, limits=made.limits, lang=lang)
    drawn = msg("Boundaries: {label}", label=region.drawn_boundaries(lang))
    source = join([layer.source, drawn], "clauses").render(lang)
    sheet = layout(layer, title=layer.title, size=_MAP_MM, labels="told", source=source, lang=lang)
    buffer = io.BytesIO()
    sheet.figure.savefig(buffer, format="png", dpi=200, metadata={"Software": None})
    told = join([msg("{word} {n}", word=one.label, n=one.count) for one in layer.entries], "places")
    buffer.seek(0)
    paper.picture(buffer, int(_MAP_MM[0] * EMU_PER_MM), layer.title, f"{layer.title}：{told}")
    paper.caption("figure", layer.title)


def _works(paper: Paper, works: pd.DataFrame, judged: pd.DataFrame) -> None:
    """Count one's own projects by state, and list those that are late with who answers."""
    from regionkit.analysis.judged_works import judged_works_table, works_headline
    from regionkit.analysis.states import WORK_STATES

    paper.paragraph(say("Progress of the projects"), "Heading 1")
    paper.paragraph(works_headline(judged))
    late = judged[judged["state"].isin(["behind", "not begun", "overdue"])]
    order = {key: number for number, key in enumerate(WORK_STATES)}
    late = late.sort_values("state", key=lambda states: -states.map(order), kind="stable")
    if late.empty:
        return
    table = judged_works_table(works.loc[late.index], late)
    wide = {say("Project"): 3.0, say("Responsible"): 1.8, say("State"): 1.8}
    shares = [wide.get(str(name), 1.0) for name in table.columns]
    whole = sum(shares)
    caption = say("Projects that are late: {n}", n=len(late))
    _table(paper, caption, table, [share / whole for share in shares])
