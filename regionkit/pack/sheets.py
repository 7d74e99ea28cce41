"""Write a pack as one workbook to type in: Chinese headers, help, lists to choose from."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from regionkit.errors import OutputError
from regionkit.pack.cells import DATE_PATTERN, read_word, split_typed
from regionkit.pack.draft import Draft
from regionkit.pack.model import help_text
from regionkit.pack.register import REGISTER, register_fields
from regionkit.pack.row_names import Names
from regionkit.pack.settle import SCOPES, UNIT_SCOPES
from regionkit.pack.unit_names import UnitNames
from regionkit.pack.workbook import ABOUT, ABOUT_WORDS, CHOICES, HELP_MARK, UNITS
from regionkit.words.message import msg

if TYPE_CHECKING:
    from regionkit.pack.model import Field, Table
    from regionkit.pack.schema import Descriptor
    from regionkit.pack.texts import Texts

__all__ = ["pack_workbook"]

_MOST_LETTERS = 32_767
# Rows below the last one in which lists to choose from are offered.
_FREE_ROWS = 500
_FIRST_ROW = 3
# Columns with the values of rows of the table of kinds.
_OF_KINDS = {("projects", "domain"), ("projects", "kind"), ("themes", "domain")}
_YES_NO = {"true": "是", "false": "否"}
_BETWEEN = "、"
# What a spreadsheet would take for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@")
# Left out: the schema is not the pack's to say, and no cell holds it.
_LEFT_OUT = {"resources", "profile"}
_WIDE, _NARROW = 34, 14
_HEAD_COLOUR, _NEED_COLOUR, _HELP_COLOUR = "DCE6F1", "F8E3C5", "F5F5F5"


def pack_workbook(descriptor: Descriptor, texts: dict[str, Texts]) -> bytes:
    """Return a pack as the bytes of a workbook, an .xlsx file.

    Parameters
    ----------
    descriptor : Descriptor
    texts : dict of str to Texts
        In the form of the schema, as read.

    Raises
    ------
    OutputError
        A cell holds what no workbook can.
    """
    import openpyxl

    writer = _Writer(descriptor, texts)
    book = openpyxl.Workbook()
    book.remove(book.active)
    _fill_about(book.create_sheet(ABOUT), descriptor.raw)
    writer.fill_register(book.create_sheet(REGISTER))
    for name, table in descriptor.tables.items():
        writer.fill_table(book.create_sheet(table.title), table, texts[name])
    writer.fill_units(book.create_sheet(UNITS))
    writer.fill_choices(book.create_sheet(CHOICES))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill_about(sheet: Any, raw: dict[str, Any]) -> None:
    rows = []
    for key, value in raw.items():
        if key == "region":
            rows += [(f"region.{name}", one) for name, one in value.items()]
        elif key not in _LEFT_OUT:
            rows.append((key, value))
    for r, (key, value) in enumerate(rows, 1):
        said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        _put(sheet, r, 1, ABOUT_WORDS.get(key, key), is_bold=True)
        _put(sheet, r, 2, said)
    hints = (
        "每张表的第一行是列名，第二行是填写说明，从第三行填起；橙色的列必填。空白表示未知，不是零。",
        f"项目可以在“{REGISTER}”一行填完，读取时分到各表；也可以直接填各表。",
        "编号、次序可以不填；单位写名称或六位代码；行的先后不限。",
        "填好后：regionkit check 检查，regionkit convert 转成文件夹。",
    )
    for r, hint in enumerate(hints, len(rows) + 2):
        _put(sheet, r, 1, f"{HELP_MARK}{hint}〕")
    sheet.column_dimensions["A"].width = _NARROW
    sheet.column_dimensions["B"].width = 2 * _WIDE


class _Writer:
    """Fills sheets: words for values, names for units and for rows of other tables."""

    def __init__(self, descriptor: Descriptor, texts: dict[str, Texts]) -> None:
        self._descriptor = descriptor
        self._texts = texts
        name = descriptor.region["name"]
        self._units = UnitNames(descriptor.unit_codes, texts["aliases"], name=name)
        self._plain = self._units.without_aliases()
        self._names = Names({n: Draft(t, texts[n]) for n, t in descriptor.tables.items()})
        self._choices: dict[tuple[str, ...], int] = {}
        self._labels: dict[tuple[bool, str], str] = {}

    def fill_table(self, sheet: Any, table: Table, texts: Texts) -> None:
        """Write a table: header, line of help, rows, lists to choose from."""
        for c, column in enumerate(table.fields, 1):
            self._head(sheet, c, column, table.name, help_text(table.name, column.name))
        cells = texts.columns(table.columns)
        for i in range(len(texts.rows)):
            for c, column in enumerate(table.fields, 1):
                cell = cells[column.name][i]
                if cell:
                    kind = cells["scope_kind"][i] if "scope_kind" in cells else ""
                    said = self._said(cell, table, column, kind)
                    _put(sheet, i + _FIRST_ROW, c, said, is_number=_is_number(said, column))
        self._finish(sheet, [(one, table.name) for one in table.fields], len(texts.rows))

    def fill_register(self, sheet: Any) -> None:
        """Write the empty register."""
        fields = register_fields()
        for c, (column, table, text) in enumerate(fields, 1):
            self._head(sheet, c, column, table, text or help_text(table, column.name))
        self._finish(sheet, [(column, table) for column, table, _ in fields], 0)

    def fill_units(self, sheet: Any) -> None:
        """Write the units of the region, each by the name that means it alone."""
        units = self._units.units
        for c, title in enumerate(("名称", "代码", "级别", "所属市"), 1):
            _put(sheet, 1, c, title, is_bold=True)
        levels = {"nation": "国", "region": "地区", "province": "省", "city": "市", "county": "县"}
        for r, (code, unit) in enumerate(units.iterrows(), 2):
            city = unit["city_adcode"]
            outer = units["name"].get(city, "") if isinstance(city, str) and city != code else ""
            told = (self._unit(str(code), is_plain=False), str(code), levels[unit["level"]], outer)
            for c, text in enumerate(told, 1):
                _put(sheet, r, c, text)
        sheet.freeze_panes = "A2"
        sheet.column_dimensions["A"].width = _WIDE

    def fill_choices(self, sheet: Any) -> None:
        """Write the lists that cells are chosen from."""
        for words, c in self._choices.items():
            for r, word in enumerate(words, 1):
                _put(sheet, r, c, word)
        sheet.sheet_state = "hidden"

    def _head(self, sheet: Any, c: int, column: Field, table: str, text: str) -> None:
        from openpyxl.styles import Alignment, Font, PatternFill
        from openpyxl.utils import get_column_letter

        is_needed = _is_needed(column, table)
        colour = _NEED_COLOUR if is_needed else _HEAD_COLOUR
        _put(sheet, 1, c, column.title, is_bold=True)
        sheet.cell(1, c).fill = PatternFill("solid", fgColor=colour)
        _put(sheet, 2, c, f"{HELP_MARK}{_help(column, is_needed=is_needed, text=text)}〕")
        cell = sheet.cell(2, c)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(size=9, color="666666")
        cell.fill = PatternFill("solid", fgColor=_HELP_COLOUR)
        width = _NARROW if column.type in {"integer", "number", "boolean"} else _WIDE * 2 // 3
        dimension = sheet.column_dimensions[get_column_letter(c)]
        dimension.width = _WIDE if column.name in {"name", "title", "note"} else width
        if column.type not in {"integer", "number"}:
            # As text, so that 2026-05 stays what is typed.
            dimension.number_format = "@"

    def _finish(self, sheet: Any, columns: list[tuple[Field, str]], n_rows: int) -> None:
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        sheet.freeze_panes = f"B{_FIRST_ROW}"
        sheet.row_dimensions[2].height = 52
        for c, (column, table) in enumerate(columns, 1):
            source = self._list_of(column, table)
            if source:
                letter = get_column_letter(c)
                rule = DataValidation(
                    type="list", formula1=source, allow_blank=True, showErrorMessage=False
                )
                rule.add(f"{letter}{_FIRST_ROW}:{letter}{_FIRST_ROW + n_rows + _FREE_ROWS}")
                sheet.add_data_validation(rule)

    def _list_of(self, column: Field, table: str) -> str:
        """Return the range that a column is chosen from; "" for none."""
        from openpyxl.utils import get_column_letter

        tables = self._descriptor.tables
        if column.name in {"adcode", "scope_id"}:
            return f"'{UNITS}'!$A$2:$A${len(self._units.units) + 1}"
        if (table, column.name) in _OF_KINDS:
            return _column_range(tables["kinds"], "label", len(self._texts["kinds"].rows))
        if column.type == "boolean":
            words = tuple(_YES_NO.values())
        elif column.labels:
            labels = {**column.labels, **tables[table][column.name].labels}
            words = tuple(_word(value, labels) for value in column.labels)
        elif column.references and column.type != "list":
            other = tables[column.references.split(".")[0]]
            names = ("name", "short_title", "title", *other.primary_key)
            named = next(n for n in names if n in other.columns)
            return _column_range(other, named, len(self._texts[other.name].rows))
        else:
            return ""
        at = self._choices.setdefault(words, len(self._choices) + 1)
        letter = get_column_letter(at)
        return f"'{CHOICES}'!${letter}$1:${letter}${len(words)}"

    def _said(  # noqa: PLR0911 - one for each kind of column
        self, cell: str, table: Table, column: Field, scope_kind: str
    ) -> str:
        """Return a cell in the words that it is read back from."""
        if column.name == "adcode":
            return self._unit(cell, is_plain=table.name == "aliases")
        if column.name == "adcodes":
            return _BETWEEN.join(self._unit(one, is_plain=False) for one in split_typed(cell))
        if column.name == "scope_id":
            if scope_kind in UNIT_SCOPES:
                label = self._unit(cell, is_plain=False)
                return label if self._units.find(label, scope_kind) == cell else cell
            return self._names.label(SCOPES[scope_kind], cell) if scope_kind in SCOPES else cell
        labels = self._descriptor.tables[table.name][column.name].labels
        if labels and table.name != "kinds":
            return _word(cell, labels)
        if column.labels:
            return _word(cell, column.labels)
        if column.type == "boolean":
            return _YES_NO.get(cell, cell)
        if column.references:
            other = column.references.split(".")[0]
            if column.type != "list":
                return self._names.label(other, cell)
            return _BETWEEN.join(
                label if split_typed(label) == [label] else one
                for one in split_typed(cell)
                for label in [self._names.label(other, one)]
            )
        return cell

    def _unit(self, code: str, *, is_plain: bool) -> str:
        key = is_plain, code
        if key not in self._labels:
            names = self._plain if is_plain else self._units
            is_known = code in names.units.index
            self._labels[key] = names.label_of(code) if is_known else code
        return self._labels[key]


def _word(value: str, labels: dict[str, str]) -> str:
    """Return the label of a value, where it is read back as that value."""
    label = labels.get(value, value)
    return label if read_word(label, labels, {}) == value else value


def _is_needed(column: Field, table: str) -> bool:
    """Return whether a person has to fill a column in: others that are required are made."""
    made = column.name in {"order", "rank", "scope_kind", "short_name", "short_title"}
    is_own_id = column.name.endswith("_id") and not column.references and column.name != "scope_id"
    is_made = made or is_own_id or column.type == "boolean" or column.name == "domain"
    return column.required and (table == "kinds" or not is_made)


def _help(column: Field, *, is_needed: bool, text: str) -> str:
    """Return what to type into a column, on one line."""
    parts = ["必填"] if is_needed else []
    if column.name.endswith("_id") and not column.references and column.name != "scope_id":
        parts.append("可空，自动编号")
    if text:
        parts.append(text)
    elif column.references:
        parts.append("名称或编号，从列表选")
    if column.labels:
        parts.append("从列表选")
    elif column.type == "boolean" and "是" not in text:
        parts.append("是或否；空白表示不知" if not column.required else "是；空白即否")
    elif column.pattern == DATE_PATTERN:
        parts.append("如 2026、2026-05、2026/5/17")
    elif column.type == "list":
        parts.append("多项用分号隔开" if not column.references else "多项用顿号隔开")
    elif column.type in {"integer", "number"} and not text:
        parts.append("年份" if column.name.endswith("year") else "数字")
    return "；".join(dict.fromkeys(parts)) or "可空"


def _column_range(table: Table, name: str, n_rows: int) -> str:
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(table.columns.index(name) + 1)
    return f"'{table.title}'!${letter}${_FIRST_ROW}:${letter}${_FIRST_ROW + n_rows + _FREE_ROWS}"


def _is_number(text: str, column: Field) -> bool:
    """Return whether a text is what a spreadsheet gives for the number."""
    if column.type not in {"integer", "number"}:
        return False
    try:
        number = float(text)
    except ValueError:
        return False
    return text == (str(int(number)) if number.is_integer() else f"{number:.15g}")


def _put(
    sheet: Any, r: int, c: int, text: str, *, is_bold: bool = False, is_number: bool = False
) -> None:
    """Write a cell: a number, or a text that no program takes for a formula."""
    from openpyxl.styles import Font
    from openpyxl.utils.exceptions import IllegalCharacterError

    if len(text) > _MOST_LETTERS:
        raise OutputError(
            msg(
                "A text of {n} letters, {text!r}..., is longer than a cell of a workbook can be.",
                n=len(text),
                text=text[:20],
            ),
            mend=msg("Shorten it, or keep the pack as a folder."),
        )
    cell = sheet.cell(r, c)
    if is_number:
        cell.value = float(text) if "." in text or "e" in text else int(text)
        return
    try:
        cell.value = text
    except IllegalCharacterError as error:
        raise OutputError(
            msg("The text {text!r} holds letters that no workbook can.", text=text[:20]),
            mend=msg("Remove them."),
        ) from error
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(_FORMULA_STARTS):
        cell.quotePrefix = True
    if is_bold:
        cell.font = Font(bold=True)
