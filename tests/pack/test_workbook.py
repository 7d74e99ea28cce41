"""A pack typed into one workbook: 吉林, by what the national plan of 2016 says of it."""

import datetime as dt
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regionkit as rk
from regionkit.errors import OutputError, PackError
from regionkit.pack.check import check_pack
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.new import new_pack
from regionkit.pack.schema import find_pack
from regionkit.pack.settle import settle_texts
from regionkit.pack.sheets import pack_workbook
from regionkit.pack.workbook import read_workbook
from regionkit.pack.write import convert_pack, tidy_pack

SOURCE = "东北振兴“十三五”规划"
SAID = {"来源": SOURCE, "依据": "文件载明"}
ROWS = {
    "来源": [
        {
            "名称": SOURCE,
            "发布机构": "国家发展改革委",
            "发布日期": "2016年11月",
            "类型": "规划",
        }
    ],
    "文件目录": [
        {"来源": SOURCE, "出处": f"专栏{number}", "类型": "专栏"} for number in (1, 12, 13, 14, 17)
    ],
    "分区": [{"名称": "整体脱贫重点县", "类型": "其他", "出处": "专栏17", **SAID}],
    "分区成员": [
        {
            "分区": "整体脱贫重点县",
            "行政区划代码": "靖宇县、镇赉县、通榆县、大安市、龙井市、和龙市、汪清县、安图县",
            "出处": "专栏17",
            **SAID,
        }
    ],
    "登记": [
        {
            "项目名称": "四平至通化铁路",
            "类型": "高速铁路",
            "途经": "四平市、通化市",
            "来源": SOURCE,
            "出处": "专栏12",
            "阶段": "规划",
            "阶段用词": "规划建设",
        },
        {
            "项目名称": "吉林洮南百万千瓦风电基地",
            "类型": "风电",
            "所在地": "洮南",
            "来源": SOURCE,
            "出处": "专栏13",
            "规模": "100",
            "规模单位": "万千瓦",
        },
        {
            "项目名称": "吉林桦甸抽水蓄能电站",
            "类型": "抽水蓄能",
            "所在地": "桦甸市",
            "来源": SOURCE,
            "出处": "专栏13",
        },
        {
            "项目名称": "吉林中部引松供水",
            "领域": "水利",
            "类型": "引调水",
            "来源": SOURCE,
            "出处": "专栏14",
            "阶段": "在建",
            "备注": "文件未写所在的市县",
        },
    ],
    "指标": [{"名称": "粮食综合生产能力", "单位": "万吨", "方向": "越高越好"}],
    "目标": [
        {
            "指标": "粮食综合生产能力",
            "范围类型": "大区",
            "范围": "northeast",
            "约束方向": "等于",
            "目标值": "12,640",
            "单位": "万吨",
            "口径": "水平",
            "目标年": 2015,
            "来源": SOURCE,
            "出处": "专栏1",
            "依据": "推算",
        }
    ],
}


def put(path, title, row, **cells):
    """Type cells into a row of a sheet, by their Chinese headers."""
    book = openpyxl.load_workbook(path)
    at = {cell.value: cell.column for cell in book[title][1]}
    for name, value in cells.items():
        book[title].cell(row, at[name]).value = value
    book.save(path)


def type_rows(path, tables=ROWS):
    book = openpyxl.load_workbook(path)
    for title, rows in tables.items():
        sheet = book[title]
        at = {cell.value: cell.column for cell in sheet[1]}
        first = next(r for r in range(3, sheet.max_row + 2) if sheet.cell(r, 1).value is None
                     and sheet.cell(r, 2).value is None)  # fmt: skip
        for r, row in enumerate(rows, first):
            for name, value in row.items():
                sheet.cell(r, at[name]).value = value
    book.save(path)


@pytest.fixture(scope="session")
def typed(tmp_path_factory):
    path = new_pack("吉林", tmp_path_factory.mktemp("typed") / "吉林.xlsx")
    type_rows(path)
    return path


@pytest.fixture
def jilin(typed, tmp_path):
    path = tmp_path / "吉林.xlsx"
    path.write_bytes(typed.read_bytes())
    return path


def told(path):
    return [str(fault) for fault in check_pack(path)]


def tables_of(pack):
    descriptor, texts, _ = read_pack_texts(pack)
    return {n: texts[n].columns(table.columns) for n, table in descriptor.tables.items()}


def test_what_was_typed_is_read(jilin):
    assert told(jilin) == []
    region = rk.load(jilin)
    projects = region.projects
    line = projects.loc["si-ping-zhi-tong-hua-tie-lu"]
    assert (line["domain"], line["kind"], line["stage"]) == (
        "transport", "high-speed-railway", "planned",
    )  # fmt: skip
    assert line["adcodes"] == ("220300", "220500")
    assert line["geometry"].geom_type == "LineString"
    wind = projects.loc["ji-lin-tao-nan-bai-wan-qian-wa-feng-dian-ji-di"]
    assert (wind["adcodes"], wind["capacity_value"], wind["capacity_unit"]) == (
        ("220881",), 100.0, "万千瓦",
    )  # fmt: skip
    assert (wind["geometry_kind"], wind["location_basis"]) == ("point", "county")
    water = projects.loc["ji-lin-zhong-bu-yin-song-gong-shui"]
    assert (water["geometry_kind"], water["stage"]) == ("none", "under construction")
    assert list(region.memberships["adcode"]) == [
        "220622", "220821", "220822", "220882", "222405", "222406", "222424", "222426",
    ]  # fmt: skip
    (target,) = region.targets.to_dict("records")
    assert (target["value"], target["measure"], target["bound"]) == (12640.0, "level", "equal")
    assert region.sources["issued_on"].dropna().tolist() == ["2016-11"]


def test_it_becomes_a_folder_and_a_workbook_again(jilin, tmp_path):
    folder = convert_pack(jilin, tmp_path / "jilin")
    assert check_pack(folder) == []
    assert tables_of(folder) == tables_of(jilin)
    again = convert_pack(folder, tmp_path / "again.xlsx")
    assert check_pack(again) == []
    assert tables_of(again) == tables_of(jilin)
    # The register is spread over the tables.
    book = openpyxl.load_workbook(again)
    assert book["登记"].max_row == 2
    assert book["项目"].max_row == 6
    with pytest.raises(OutputError, match="is there already"):
        convert_pack(folder, again)


def test_cells_that_a_person_types(typed, tmp_path):
    """The same project, target and zone as tables hold them, and as they were typed."""
    folder = convert_pack(typed, tmp_path / "jilin")

    def cells(table, **wanted):
        rows = tables_of(folder)[table]
        records = [dict(zip(rows, row, strict=True)) for row in zip(*rows.values(), strict=True)]
        mine = [r for r in records if all(r[name] == value for name, value in wanted.items())]
        return sum(bool(cell) for record in mine for cell in record.values())

    line = "si-ping-zhi-tong-hua-tie-lu"
    of_line = ("projects", "project_places", "waypoints", "mentions")
    assert sum(cells(table, project_id=line) for table in of_line) == 37
    assert len(ROWS["登记"][0]) == 7
    assert cells("targets") == 13
    assert len(ROWS["目标"][0]) == 11
    # A zone of eight; of ten it would be 58 cells and 10.
    assert cells("zones") + cells("memberships") == 8 + 8 * 5
    assert len(ROWS["分区"][0]) + len(ROWS["分区成员"][0]) == 10


SPOILED = {
    "name of two units": (
        "登记", 3, "途经", "四平市、通化",
        "sheet '登记', row 3, column 途经: '通化' is the name of several units: ",
    ),
    "no unit": (
        "登记", 4, "所在地", "朝阳市",
        "sheet '登记', row 4, column 所在地: '朝阳市' is no unit of 吉林省. Write a unit's name",
    ),
    "no kind": (
        "登记", 5, "类型", "抽水电站",
        "sheet '登记', row 5, column 类型: '抽水电站' is none of the kinds of projects. Nearest",
    ),
    "no source": (
        "登记", 5, "来源", "某规划",
        "sheet '登记', row 5, column 来源: \"某规划\" is no 来源编号 of 来源. Add it to 来源, or",
    ),
    "no stage": (
        "登记", 6, "阶段", "停工",
        "sheet '登记', row 6, column 阶段: \"停工\" is none of its values. Use one of: ",
    ),
    "no locator": (
        "登记", 6, "出处", "专栏99",
        "sheet '登记', row 6, column 出处: \"专栏99\" is no part of ",
    ),
    "no date": (
        "来源", 4, "发布日期", "十一月",
        "sheet '来源', row 4, column 发布日期: \"十一月\" is not written as it has to be.",
    ),
    "no year": (
        "目标", 3, "目标年", None,
        "sheet '目标', row 3, column 目标年: is empty, though there is a value to reach.",
    ),
    "percentage of another unit": (
        "目标", 3, "目标值", "6.5 %",
        "sheet '目标', row 3, column 目标值: '6.5 %' is a percentage, and the unit beside it ",
    ),
    "no number": (
        "目标", 3, "目标值", "很多",
        "sheet '目标', row 3, column 目标值: \"很多\" is no number.",
    ),
    "formula": (
        "目标", 3, "目标值", "=1+1",
        "sheet '目标', row 3, column 目标值: holds a formula without its result.",
    ),
    "formula in a key": (
        "分区成员", 3, "行政区划代码", "=A1",
        "sheet '分区成员', row 3, column 行政区划代码: holds a formula without its result.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SPOILED)
def test_faults_name_sheet_row_and_header(jilin, name):
    title, row, header, value, words = SPOILED[name]
    put(jilin, title, row, **{header: value})
    faults = told(jilin)
    assert any(f"吉林.xlsx, {words}" in fault for fault in faults), faults
    with pytest.raises(PackError, match=header):
        rk.load(jilin)


@pytest.mark.parametrize("kind", ["抽水电站", "pumped-storrage"])
def test_a_wrong_kind_is_one_fault_though_its_domain_is_left_to_it(jilin, kind):
    put(jilin, "登记", 5, 类型=kind)
    (fault,) = told(jilin)
    assert "column 类型" in fault


def test_faults_of_an_enumeration_list_its_chinese_words(jilin):
    put(jilin, "分区", 3, 类型="大区")
    (fault,) = told(jilin)
    assert "战略分区" in fault
    assert "沿海地区" in fault


def test_rows_stand_where_a_person_left_them(jilin):
    # Without the line of help, below two empty rows, and with an empty column at the end.
    book = openpyxl.load_workbook(jilin)
    before = tables_of(jilin)
    sheet = book["登记"]
    sheet.delete_rows(2)
    sheet.insert_rows(2, 2)
    book["目标"].cell(1, 40).value = " "
    book.save(jilin)
    assert told(jilin) == []
    assert tables_of(jilin) == before
    put(jilin, "登记", 4, 类型="铁路")
    assert "sheet '登记', row 4, column 类型" in told(jilin)[0]


def test_spreadsheets_give_dates_percentages_and_whole_numbers(jilin):
    book = openpyxl.load_workbook(jilin)
    sheet = book["来源"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for value, form, said in (
        (dt.date(2016, 11, 1), 'yyyy"年"m"月"', "2016-11"),
        (dt.date(2016, 11, 7), "yyyy/m/d", "2016-11-07"),
        (2016, "General", "2016"),
    ):
        cell = sheet.cell(4, at["发布日期"])
        cell.value, cell.number_format = value, form
        book.save(jilin)
        assert tables_of(jilin)["sources"]["issued_on"][-1] == said
    target = book["目标"]
    at = {cell.value: cell.column for cell in target[1]}
    cell = target.cell(3, at["目标值"])
    cell.value, cell.number_format = 0.065, "0.0%"
    target.cell(3, at["单位"]).value = None
    book.save(jilin)
    rows = tables_of(jilin)["targets"]
    assert (rows["value"], rows["unit"], rows["target_year"]) == (["6.5"], ["%"], ["2015"])


def test_lists_to_choose_from(jilin):
    book = openpyxl.load_workbook(jilin)

    def offered(title, header):
        at = {cell.value: cell.column_letter for cell in book[title][1]}
        for rule in book[title].data_validations.dataValidation:
            if f"{at[header]}3" in rule.sqref:
                other, cells = rule.formula1.split("!")
                rows = book[other.strip("'")][cells.replace("$", "")]
                return [row[0].value for row in rows if row[0].value]
        return None

    assert offered("登记", "阶段")[:3] == ["续建", "新建", "改扩建"]
    assert offered("项目", "打捆项目") == ["是", "否"]
    units = offered("分区成员", "行政区划代码")
    assert {"吉林省", "靖宇县", "延边朝鲜族自治州"} <= set(units)
    # The province, 9 cities and 60 counties, no name twice.
    assert len(units) == len(set(units)) == 70
    assert offered("分区成员", "分区") == ["整体脱贫重点县"]
    assert {"风电", "高速铁路"} <= set(offered("登记", "类型"))
    assert offered("目标", "口径")[0] == "水平值"


def test_every_header_is_chinese_and_has_help(jilin):
    book = openpyxl.load_workbook(jilin)
    descriptor, *_ = read_pack_texts(jilin)
    for table in descriptor.tables.values():
        header, help_line = book[table.title][1], book[table.title][2]
        assert [cell.value for cell in header] == [one.title for one in table.fields]
        assert len({cell.value for cell in header}) == len(header)
        for cell in help_line:
            assert cell.value.startswith("〔")
            assert len(cell.value) > 3


def test_tidying_a_workbook_spreads_the_register(jilin):
    before = tables_of(jilin)
    assert tidy_pack(jilin) == ["吉林.xlsx"]
    assert tables_of(jilin) == before
    assert openpyxl.load_workbook(jilin)["登记"].max_row == 2


def package(path, **parts):
    """Write a workbook's package again, with parts changed or added."""
    with zipfile.ZipFile(path) as file:
        held = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in (held | parts).items():
            file.writestr(name, content)


def test_what_is_no_workbook_is_refused(jilin, monkeypatch):
    sound = jilin.read_bytes()
    jilin.write_bytes(b"PK not")
    with pytest.raises(PackError, match=r"is no workbook of the form \.xlsx"):
        check_pack(jilin)
    jilin.write_bytes(sound[:-40])
    with pytest.raises(PackError, match="is no workbook of the form"):
        check_pack(jilin)
    jilin.write_bytes(sound)
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    package(jilin, **{"xl/sharedStrings.xml": bomb})
    with pytest.raises(PackError, match="holds what no workbook holds"):
        check_pack(jilin)
    jilin.write_bytes(sound)
    package(jilin, **{"xl/workbook.xml": b"<workbook"})
    with pytest.raises(PackError, match="cannot be read as a workbook"):
        check_pack(jilin)
    jilin.write_bytes(sound)
    monkeypatch.setattr("regionkit.pack.workbook._MOST_CELLS", 500)
    with pytest.raises(PackError, match="has more than 500 cells"):
        check_pack(jilin)
    monkeypatch.setattr("regionkit.pack.workbook._MOST_BYTES", 10_000)
    with pytest.raises(PackError, match="unpacks to more than a pack can be"):
        check_pack(jilin)


def test_sheets_that_are_none_of_a_pack(jilin):
    book = openpyxl.load_workbook(jilin)
    book.create_sheet("草稿")
    book.create_sheet("zones")
    del book["说明"]
    book["登记"].cell(1, 30).value = "投资"
    book.save(jilin)
    with pytest.raises(PackError, match=r"Faults in 吉林\.xlsx: 4") as raised:
        check_pack(jilin)
    said = str(raised.value)
    assert "sheet '草稿': is no sheet of a pack. Remove it, or name it as one of: 说明" in said
    assert "sheet 'zones': holds a table that another sheet holds too." in said
    assert "sheet '说明': is missing." in said
    assert "sheet '登记', row 1, column 投资: is no column of this sheet" in said


def test_formulas_keep_the_result_that_stands_beside_them(jilin):
    # As a spreadsheet program saves it: the formula with its value.
    with zipfile.ZipFile(jilin) as file:
        names = {n: file.read(n) for n in file.namelist() if n.startswith("xl/worksheets/sheet")}
    name, text = next((n, t) for n, t in names.items() if b">2015<" in t)
    package(jilin, **{name: text.replace(b"<v>2015</v>", b"<f>2010+5</f><v>2015</v>")})
    assert b"<f>" in zipfile.ZipFile(jilin).read(name)
    assert told(jilin) == []
    assert tables_of(jilin)["targets"]["target_year"] == ["2015"]


def test_nothing_typed_is_a_formula_in_what_is_written(jilin, tmp_path):
    put(jilin, "登记", 6, 备注="'=HYPERLINK(1)")
    book = openpyxl.load_workbook(jilin)
    at = {cell.value: cell.column for cell in book["登记"][1]}
    cell = book["登记"].cell(6, at["备注"])
    cell.value, cell.data_type = "=HYPERLINK(1)", "s"
    book.save(jilin)
    assert tables_of(jilin)["projects"]["note"].count("=HYPERLINK(1)") == 1
    again = openpyxl.load_workbook(convert_pack(jilin, tmp_path / "again.xlsx"))
    kinds = {cell.data_type for sheet in again for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def lossy(descriptor, texts):
    """Return a workbook that lost a note."""
    zones = texts["zones"]
    rows = [["" if cell == "written" else cell for cell in row] for row in zones.rows]
    return pack_workbook(descriptor, texts | {"zones": replace(zones, rows=rows)})


def test_what_a_workbook_cannot_hold_is_told(pack, tmp_path, monkeypatch):
    for text, words in (("a" * 32_768, "is longer than a cell"), ("a\x07b", "holds letters that")):
        pack.set("zones", 2, "note", text)
        with pytest.raises(OutputError, match=words):
            convert_pack(pack.folder, tmp_path / "a.xlsx")
    pack.set("zones", 2, "note", "written")
    monkeypatch.setattr(
        "regionkit.pack.write.pack_workbook",
        lossy,
    )
    with pytest.raises(OutputError, match="A workbook cannot hold 'written' of 分区, 备注, unch"):
        convert_pack(pack.folder, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_liaoning_goes_through_a_workbook_without_a_change(tmp_path):
    book = convert_pack("liaoning", tmp_path / "a.xlsx")
    folder = convert_pack(book, tmp_path / "liaoning")
    home = find_pack("liaoning")
    for path in folder.iterdir():
        assert path.read_bytes() == (home / path.name).read_bytes(), path.name


TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and not text.strip().startswith("〔"))


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_write_then_read_is_the_identity(small_texts, data):
    descriptor, texts = small_texts
    spoiled = dict(texts)
    for name, column in (("zones", "note"), ("projects", "name"), ("places", "aliases")):
        rows = [list(row) for row in texts[name].rows]
        at = texts[name].header.index(column)
        for row in rows:
            row[at] = data.draw(TEXT)
        spoiled[name] = replace(texts[name], rows=rows)
    before = settle_texts(descriptor, spoiled)
    book = read_workbook(pack_workbook(descriptor, before), "a.xlsx")
    after = settle_texts(descriptor, book.texts, book.register)
    for name, table in descriptor.tables.items():
        assert after[name].columns(table.columns) == before[name].columns(table.columns)


@pytest.fixture(scope="module")
def small_texts(sound_pack):
    descriptor, texts, _ = read_pack_texts(sound_pack)
    return descriptor, texts
