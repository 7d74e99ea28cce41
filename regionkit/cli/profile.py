"""The command that tells what the documents say of a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from regionkit.cli.command import load_region, region_options
from regionkit.cli.options import table_output
from regionkit.cli.projects import project_table
from regionkit.cli.show import check_table_output, show_table
from regionkit.errors import AmbiguousPlaceError, UnknownPlaceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from regionkit.places.place import Place
    from regionkit.region import Region

# So far from a port or park lie the projects that are told of it.
_NEAR_KM = 5.0


class _Fact(NamedTuple):
    """A line of a profile."""

    word: str
    text: str
    source: str = ""

    def __str__(self) -> str:
        """Return the fact as it is printed."""
        return f"{self.word}：{self.text}" + (f"  〔{self.source}〕" if self.source else "")


class _Profile(NamedTuple):
    """What is told of a place: its heading, its facts, its projects and how they were chosen."""

    heading: str
    facts: list[_Fact]
    projects: pd.DataFrame
    chosen: str


@click.command("profile")
@click.argument("place", metavar="PLACE")
@table_output
@region_options
def profile_command(
    place: str, output: str | None, pack: str, boundaries: str | None, boundaries_datum: str | None
) -> None:
    """Tell what the plan says of a PLACE: zones, positioning, industries, targets, projects.

    PLACE is a city, county or zone, or a port, park or other place inside a county.
    """
    check_table_output(output)
    ln = load_region(pack, boundaries, boundaries_datum)
    told = _profile(ln, place)
    if output is not None:
        show_table(_as_table(ln, told), output)
        return
    click.echo(told.heading)
    for fact in told.facts:
        click.echo(str(fact))
    if len(told.projects):
        click.echo(told.chosen)
        show_table(project_table(ln, told.projects, with_basis="distance_km" in told.projects))


def _profile(ln: Region, name: str) -> _Profile:
    """Return the profile of a zone, a place inside a county, or a unit."""
    from regionkit.cli.conditions import tell_zone

    try:
        if ln.find_zone(name).is_exact:
            return _of_zone(ln, ln.resolve_zone(name))
    except (UnknownPlaceError, AmbiguousPlaceError):
        pass
    try:
        place = ln.resolve(name)
    except UnknownPlaceError as error:
        try:
            zone_id = ln.resolve_zone(name)
        except UnknownPlaceError as no_zone:
            raise UnknownPlaceError(f"{error} {no_zone}", error.nearest) from None
        tell_zone(ln, name)
        return _of_zone(ln, zone_id)
    return _of_site(ln, place) if place.place_id else _of_unit(ln, place)


def _of_unit(ln: Region, place: Place) -> _Profile:
    zones = "、".join(ln.zone_table["name"].loc[list(place.zone_ids)]) or "无"
    facts = [
        _Fact("分区", zones),
        *_positioning(ln, place.adcode),
        *_industries(ln, place.adcode),
        *_changes(ln, place.adcode),
        *_targets(ln, place.adcode),
        *_statistics(ln, place.adcode),
    ]
    hits = ln.select_projects(place=place.adcode, with_geometry=False)
    return _Profile(
        f"{place.city}{place.name}（{place.adcode}）", facts, hits, f"项目：{len(hits)} 个"
    )


def _of_zone(ln: Region, zone_id: str) -> _Profile:
    zone = ln.zone_table.loc[zone_id]
    rows = ln.memberships[ln.memberships["zone_id"] == zone_id]
    facts = [
        _Fact("类别", ln.labels("zones", "kind")[zone["kind"]], _cite(ln, zone)),
        *(
            _Fact("成员", "、".join(ln.distinct_names.reindex(mine["adcode"])), ln.cite(*where))
            for where, mine in rows.groupby(["source_id", "locator"], sort=False)
        ),
        *_zone_links(ln, zone_id),
        *_targets(ln, zone_id),
    ]
    if rows.empty:
        facts.append(_Fact("成员", "文件未列"))
    hits = ln.select_projects(zone=zone_id, with_geometry=False)
    return _Profile(f"{zone['name']}（{zone_id}）", facts, hits, f"项目：{len(hits)} 个")


def _zone_links(ln: Region, zone_id: str) -> Iterator[_Fact]:
    """Yield the members that are no units, the track and the other documents of a zone."""
    told = ln.zone_facts(zone_id)
    if told.places:
        yield _Fact("其他成员", "、".join(told.places))
    if told.waypoints:
        marks = {"stated": "", "inferred": "（推断）"}
        stops = zip(told.waypoints, told.waypoint_bases, strict=True)
        yield _Fact("走向", "—".join(name + marks.get(basis, "") for name, basis in stops))
    for row in told.mentions[told.mentions["named_kind"] == "zone"].itertuples():
        yield _Fact("文件提及", row.named_as, f"{row.source} {row.locator}")


def _of_site(ln: Region, place: Place) -> _Profile:
    """Return what is known of a place itself; its county's figures are not its own."""
    row = ln.places.loc[place.place_id]
    unit = ln.distinct_names.get(place.adcode, "")
    if place.level == "functional area":
        kind = "功能区"
    else:
        kind = ln.labels("places", "kind").get(row["kind"], "地点")
    facts = [_Fact("类别", kind, _cite(ln, row))]
    if unit:
        where = unit if unit.startswith(place.city) else f"{place.city}{unit}"
        facts.append(_Fact("位于", f"{where}（{place.adcode}）"))
    basis = ln.labels("places", "location_basis").get(row["location_basis"], "")
    if place.lon is not None and place.lat is not None:
        facts.append(_Fact("位置", f"{place.lon:.4f}, {place.lat:.4f}（{basis}）"))
    else:
        facts.append(_Fact("位置", f"未载明具体位置（{basis}）" if basis else "未载明"))
    facts += _targets(ln, place.place_id)
    if unit:
        facts.append(_Fact("说明", f"统计只到所在市县，见 regionkit profile {unit}，不列在此"))
    hits, chosen = _of_neighbourhood(ln, place, row)
    return _Profile(f"{place.name}（{place.place_id}）", facts, hits, chosen)


def _of_neighbourhood(ln: Region, place: Place, row: pd.Series) -> tuple[pd.DataFrame, str]:
    """Return the projects that name a place or lie near it, and how they were chosen."""
    import pandas as pd

    from regionkit.query.summaries import APPROXIMATE

    named = _named_with(ln, place, row)
    if place.lon is None:
        return named, f"名称或备注提到它的项目：{len(named)} 个"
    near = ln.projects_near(row["geometry"], km=_NEAR_KM)
    # One known by its city or county stands at that unit's point, which may be here by chance.
    near = near[~near["location_basis"].isin(APPROXIMATE)]
    rest = named[~named.index.isin(near.index)]
    chosen = f"项目：{_NEAR_KM:g} km以内 {len(near)} 个，另有名称或备注提到它的 {len(rest)} 个"
    return pd.concat([near, rest]) if len(rest) else near, chosen


def _named_with(ln: Region, place: Place, row: pd.Series) -> pd.DataFrame:
    """Return the projects whose name or note has the place's name."""
    names = [place.name, *(row["aliases"] or ())]
    found = {
        key for name in names for key in ln.select_projects(text=name, with_geometry=False).index
    }
    projects = ln.projects
    return projects[projects.index.isin(found)]


def _cite(ln: Region, row: pd.Series) -> str:
    return ln.cite(row["source_id"], row["locator"])


def _positioning(ln: Region, adcode: str) -> Iterator[_Fact]:
    for row in ln.profiles[ln.profiles["adcode"] == adcode].itertuples():
        yield _Fact("定位", "；".join(row.positioning), ln.cite(row.source_id, row.locator))


def _industries(ln: Region, adcode: str) -> Iterator[_Fact]:
    mine = ln.industries[ln.industries["adcode"] == adcode].sort_values(["role", "rank"])
    for (source_id, locator, role), rows in mine.groupby(["source_id", "locator", "role"]):
        word = ln.labels("industries", "role")[role]
        yield _Fact(word, "、".join(rows["industry"]), ln.cite(source_id, locator))


def _changes(ln: Region, adcode: str) -> Iterator[_Fact]:
    import pandas as pd

    kinds = ln.labels("changes", "kind")
    for row in ln.changes_of(adcode).itertuples():
        told = [row.date, f"{row.former_name}→{row.new_name}", kinds[row.kind], row.document]
        # Which townships moved, and what is in doubt, stands in the note.
        if row.kind == "boundary" or row.note.startswith("存疑"):
            told.append(row.note)
        words = "，".join(str(part) for part in told if pd.notna(part))
        yield _Fact("沿革", words, ln.cite(row.source_id, row.locator))


def _targets(ln: Region, scope_id: str) -> Iterator[_Fact]:
    import pandas as pd

    from regionkit.analysis.targets import describe_target

    rows = ln.targets[ln.targets["scope_id"] == scope_id].sort_values("target_year", kind="stable")
    names = ln.indicators["name"]
    for row in rows.itertuples():
        name = names[row.indicator_id]
        year = f"（{row.target_year}年）" if pd.notna(row.target_year) else ""
        words = describe_target(ln, row)
        yield _Fact("目标", f"{name}{year}：{words}", ln.cite(row.source_id, row.locator))


def _statistics(ln: Region, adcode: str) -> Iterator[_Fact]:
    statistics, names = ln.statistics, ln.indicators["name"]
    for row in statistics[statistics["adcode"] == adcode].itertuples():
        name = names[row.indicator_id]
        value = f"{row.value:,.0f}" if row.value >= 1e6 else f"{row.value:,.6g}"
        source = ln.cite(row.source_id, row.locator)
        yield _Fact(f"{name}（{row.year}年）", f"{value}{row.unit}", source)


def _as_table(ln: Region, told: _Profile) -> pd.DataFrame:
    """Return a profile as one table, a fact or a project a row."""
    import pandas as pd

    projects = project_table(ln, told.projects)
    rows = [("名称", told.heading, ""), *told.facts]
    rows += [
        (
            "项目",
            f"{name}（{kind}，{stage}）" if isinstance(stage, str) else f"{name}（{kind}）",
            source,
        )
        for name, kind, stage, source in zip(
            projects["项目"], projects["类型"], projects["阶段"], projects["出处"], strict=True
        )
    ]
    return pd.DataFrame(rows, columns=["项", "内容", "出处"])
