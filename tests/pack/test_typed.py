"""Tables read as a person means them: words, dates, figures, names, order, encodings."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regionkit as rk
from regionkit.pack.cells import DATE_PATTERN, is_percentage, read_cell, split_typed
from regionkit.pack.check import check_pack
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.ids import make_id
from regionkit.pack.model import Field, everyday_words, help_text, list_tables
from regionkit.pack.write import tidy_pack

DAY = Field("on", pattern=DATE_PATTERN)
NUMBER, WHOLE, BOX = (Field("x", kind) for kind in ("number", "integer", "boolean"))


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2021/3/17", "2021-03-17"),
        ("2021-3-17", "2021-03-17"),
        ("2021.3.17", "2021-03-17"),
        ("2021年3月17日", "2021-03-17"),
        ("２０２１年３月", "2021-03"),
        ("2021年", "2021"),
        ("2021-03-17 00:00:00", "2021-03-17"),
        ("2021-03", "2021-03"),
        # Not days of a calendar, for the check to tell.
        ("2021/13/1", "2021-13-01"),
        ("三月", "三月"),
        ("3/17/2021", "3/17/2021"),
    ],
)
def test_dates(cell, meant):
    assert read_cell(cell, DAY, {}) == meant


@pytest.mark.parametrize(
    ("cell", "column", "meant"),
    [
        ("6.5 %", NUMBER, "6.5"),
        ("６．５％", NUMBER, "6.5"),
        ("1,234,567.8", NUMBER, "1234567.8"),
        ("1，234", WHOLE, "1234"),
        ("\u22125", NUMBER, "-5"),
        ("2030年", WHOLE, "2030"),
        ("2030.0", WHOLE, "2030"),
        (" 7 ", NUMBER, "7"),
        ("1,23", NUMBER, "1,23"),
        ("1,234%", WHOLE, "1,234%"),
        ("约5", NUMBER, "约5"),
        ("2030.5", WHOLE, "2030.5"),
        ("是", BOX, "true"),
        ("否", BOX, "false"),
        ("TRUE", BOX, "TRUE"),
        ("也许", BOX, "也许"),
    ],
)
def test_figures_and_boxes(cell, column, meant):
    assert read_cell(cell, column, {}) == meant


def test_every_label_and_everyday_word_is_read():
    counted = 0
    for table in list_tables().values():
        for column in table.fields:
            words = everyday_words(table.name, column.name) if column.labels else {}
            for word, value in [*((label, value) for value, label in column.labels.items()),
                                *words.items()]:  # fmt: skip
                assert read_cell(f" {word} ", column, words) == value, (table.name, word)
                assert value in column.labels
                counted += 1
    assert counted > 300


def test_a_word_with_two_meanings_stays_as_it_is():
    column = Field("x", labels={"a": "同", "b": "同"})
    assert read_cell("同", column, {}) == "同"


def test_every_help_is_of_a_column():
    texts = {
        help_text(table.name, column.name)
        for table in list_tables().values()
        for column in table.fields
    }
    assert len(texts) > 60


def test_ids_are_made_from_names():
    assert make_id("沈白高铁") == "shen-bai-gao-tie"
    assert make_id("G1 京哈", "2030") == "g1-jing-ha-2030"
    assert make_id("——") == ""
    assert split_typed("长春市、 吉林市；四平市,白山市;") == [
        "长春市",
        "吉林市",
        "四平市",
        "白山市",
    ]
    assert is_percentage("5％ ")
    assert not is_percentage("5%点")


def tables_of(folder):
    descriptor, texts, _ = read_pack_texts(folder)
    return {n: texts[n].columns(table.columns) for n, table in descriptor.tables.items()}


@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed, shuffled):
    pack, before = shuffled
    rows = {}
    for table in list_tables():
        header, *body = pack.rows(table)
        random.Random(seed).shuffle(body)  # noqa: S311 - no secret
        rows[table] = [header, *body]
    for table, mixed in rows.items():
        pack.write(table, mixed)
    assert tables_of(pack.folder) == before


@pytest.fixture(scope="module")
def shuffled(sound_pack, tmp_path_factory):
    import shutil

    from tests.pack.conftest import Pack

    pack = Pack(shutil.copytree(sound_pack, tmp_path_factory.mktemp("shuffled") / "pack"))
    return pack, tables_of(pack.folder)


def typed_by_hand(pack):
    """Write the small pack as a person types it."""
    for table, line, column, value in (
        ("sources", 3, "issued_on", "2026年5月"),
        ("sources", 3, "kind", "规划"),
        ("sources", 3, "short_title", ""),
        ("zones", 2, "kind", "战略分区"),
        ("zones", 2, "order", ""),
        ("zones", 2, "short_name", ""),
        ("zones", 3, "order", ""),
        ("memberships", 2, "zone_id", "东区"),
        ("memberships", 2, "adcode", "沈阳"),
        ("memberships", 2, "source_id", "一份规划"),
        ("memberships", 3, "adcode", "瓦房店市"),
        ("industries", 2, "rank", ""),
        ("projects", 2, "domain", "交通"),
        ("projects", 2, "kind", "普速铁路"),
        ("projects", 2, "is_bundle", ""),
        ("projects", 3, "geometry_kind", "点状"),
        ("project_places", 2, "adcode", "沈河区"),
        ("targets", 2, "target_id", ""),
        ("targets", 2, "scope_kind", ""),
        ("targets", 2, "scope_id", "东区"),
        ("targets", 2, "indicator_id", "城镇化率"),
        ("targets", 2, "value", "76%"),
        ("targets", 2, "unit", ""),
        ("targets", 2, "bound", "约"),
        ("targets", 2, "is_to_be_set", "否"),
        ("statistics", 2, "adcode", "瓦房店"),
        ("tasks", 2, "lead_org_ids", "省发展改革委"),
        ("tasks", 2, "adcodes", "沈阳市、瓦房店市"),
        ("tasks", 2, "zone_ids", "东区；西区"),
    ):
        pack.set(table, line, column, value)


def test_what_a_person_types_is_what_the_schema_writes(pack):
    before = tables_of(pack.folder)
    typed_by_hand(pack)
    assert [str(fault) for fault in check_pack(pack.folder)] == []
    after = tables_of(pack.folder)
    assert after["sources"]["short_title"][1] == "一份规划"
    assert after["zones"]["short_name"][0] == "东区"
    made = after["targets"].pop("target_id")
    assert made == ["share-urban-east-zone-2030"]
    before["targets"].pop("target_id")
    before["sources"]["short_title"] = after["sources"]["short_title"]
    before["zones"]["short_name"] = after["zones"]["short_name"]
    assert after == before


def test_tidy_writes_what_was_meant_and_then_nothing(pack):
    typed_by_hand(pack)
    for table in ("zones", "memberships"):
        header, *rows = pack.rows(table)
        pack.write(table, [header, *rows[::-1]])
    meant = tables_of(pack.folder)
    written = tidy_pack(pack.folder)
    assert {"zones.csv", "memberships.csv", "targets.csv"} <= set(written)
    assert [row[0] for row in pack.rows("zones")] == ["zone_id", "east-zone", "west-zone"]
    assert pack.rows("targets")[1][0] == "share-urban-east-zone-2030"
    assert tables_of(pack.folder) == meant
    assert tidy_pack(pack.folder) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_encodings(pack, encoding):
    before = tables_of(pack.folder)
    for table in list_tables():
        path = pack.path(table)
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
    assert tables_of(pack.folder) == before
    assert check_pack(pack.folder) == []


@pytest.mark.parametrize(
    ("text", "encoding", "read"),
    [
        ("食品", "gbk", "食品"),
        ("São", "utf-8", "São"),
        ("São食品", "utf-8", "São食品"),
        ("食品", "utf-8", "食品"),
    ],
)
def test_short_words_in_gbk_are_no_utf_8(pack, text, encoding, read):
    path = pack.path("sectors")
    path.write_bytes(f"sector_id,name,name_en,colour,order,note\na,{text},,,1,".encode(encoding))
    assert tables_of(pack.folder)["sectors"]["name"] == [read]


def test_empty_rows_and_columns_are_nothing(pack):
    before = tables_of(pack.folder)
    header, *rows = pack.rows("zones")
    width = len(header) + 2
    pack.write(
        "zones",
        [[*header, "", ""], *[[*row, "", " "] for row in rows], [""] * width, ["", " "], []],
    )
    header, *rows = pack.rows("memberships")
    pack.write("memberships", [header, rows[0], [""] * len(header), *rows[1:]])
    assert tables_of(pack.folder) == before
    assert check_pack(pack.folder) == []
    # Rows are told by where they stand.
    pack.set("memberships", 4, "role", "big")
    (fault,) = check_pack(pack.folder)
    assert (fault.file, fault.row, fault.column) == ("memberships.csv", 4, "role")


def test_chinese_headers_are_columns(pack):
    before = tables_of(pack.folder)
    titles = {one.name: one.title for one in list_tables()["zones"].fields}
    header, *rows = pack.rows("zones")
    pack.write("zones", [[titles[name] for name in header], *rows])
    assert tables_of(pack.folder) == before
    pack.set("zones", 2, "类型", "大")
    (fault,) = check_pack(pack.folder)
    assert str(fault).startswith("zones.csv, row 2, column 类型: ")


@pytest.mark.parametrize(
    ("table", "column", "cell", "words"),
    [
        (
            "memberships",
            "adcode",
            "朝阳",
            "'朝阳' is the name of several units: 朝阳市",
        ),
        ("memberships", "adcode", "铁西区", "is the name of several units: 沈阳市 铁西区"),
        (
            "memberships",
            "adcode",
            "长春",
            "'长春' is no unit of 辽宁省. Write a unit's",
        ),
        ("tasks", "adcodes", "沈阳、朝阳", "'朝阳' is the name of several units"),
        ("tasks", "lead_org_ids", "某局", '"某局" is no org_id of organizations.'),
        ("targets", "value", "5%", "'5%' is a percentage, and the unit beside it is 万吨."),
    ],
)
def test_what_may_mean_two_things_is_told(pack, table, column, cell, words):
    if table == "targets":
        pack.set(table, 2, "unit", "万吨")
    pack.set(table, 2, column, cell)
    faults = [str(fault) for fault in check_pack(pack.folder, places=False)]
    assert len(faults) == 1
    assert faults[0].startswith(f"{table}.csv, row 2, column {column}: ")
    assert words in faults[0]


def test_former_names_are_no_guess(pack):
    pack.add("aliases", alias="旧市", adcode="210281", kind="曾用名", source_id="plan",
             locator="第一章/1", basis="stated")  # fmt: skip
    assert check_pack(pack.folder) == []
    pack.set("memberships", 2, "adcode", "旧市")
    (fault,) = check_pack(pack.folder)
    assert "'旧市' is a former name of 大连市 瓦房店市" in str(fault)


def test_names_of_two_rows_are_told(pack):
    pack.set("zones", 3, "name", "东区")
    pack.set("memberships", 2, "zone_id", "东区")
    (fault,) = check_pack(pack.folder)
    assert "'东区' is the name of several rows of 分区: east-zone, west-zone." in str(fault)


@pytest.mark.parametrize(
    ("scope", "kind", "read"),
    [
        ("沈阳市", "", ("city", "210100")),
        ("210103", "", ("county", "210103")),
        ("辽宁省", "", ("province", "210000")),
        ("甲线", "", ("project", "a-line")),
        ("朝阳", "市", ("city", "211300")),
        ("全国", "全国", ("nation", "china")),
    ],
)
def test_what_a_target_is_of(pack, scope, kind, read):
    pack.set("targets", 2, "scope_id", scope)
    pack.set("targets", 2, "scope_kind", kind)
    assert check_pack(pack.folder) == []
    row = tables_of(pack.folder)["targets"]
    assert (row["scope_kind"][0], row["scope_id"][0]) == read


@pytest.mark.parametrize("scope", ["朝阳", "无此地"])
def test_what_a_target_is_of_is_not_guessed(pack, scope):
    pack.set("targets", 2, "scope_id", scope)
    pack.set("targets", 2, "scope_kind", "")
    faults = [str(fault) for fault in check_pack(pack.folder)]
    assert any(f"column scope_id: '{scope}' is " in fault for fault in faults)


def test_a_target_with_a_value_needs_its_year(pack):
    pack.set("targets", 2, "target_year", "")
    pack.set("targets", 2, "baseline_year", "")
    (fault,) = check_pack(pack.folder)
    assert str(fault).startswith(
        "targets.csv, row 2, column target_year: is empty, though there is a value to reach."
    )
    pack.set("targets", 2, "value", "")
    pack.set("targets", 2, "baseline_value", "")
    pack.set("targets", 2, "is_to_be_set", "true")
    assert check_pack(pack.folder) == []


def test_ids_that_are_there_stay_and_names_get_theirs_apart(pack):
    for name in ("北区", "北区", "东区"):
        pack.add("zones", name=name, kind="其他", source_id="plan", locator="第一章/1",
                 basis="载明")  # fmt: skip
    zones = tables_of(pack.folder)["zones"]
    assert zones["zone_id"] == ["bei-qu", "bei-qu-2", "dong-qu", "east-zone", "west-zone"]
    assert zones["order"] == ["3", "4", "5", "1", "2"]
    assert rk.load(pack.folder).name == "辽宁省"
