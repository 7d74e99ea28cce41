"""A pack in memory: typed tables, words, a stamp; what cannot be read is told."""

import csv
import pickle
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import regionkit as rk
from regionkit.cli import main
from regionkit.errors import InputError, PackError, UnknownPlaceError
from regionkit.pack.contents import read_pack_texts
from regionkit.pack.model import Field, Table, list_tables
from regionkit.pack.pack import Pack
from regionkit.pack.schema import embedded_packs
from regionkit.pack.stamp import digest_of, is_stamped
from regionkit.pack.texts import parse_texts
from regionkit.pack.typed import type_table


def digest(pack):
    return digest_of(read_pack_texts(pack.folder)[2])


def test_types(pack):
    pack.set("projects", 2, "is_bundle", "TRUE")
    opened = Pack.open(pack.folder)
    projects = opened.table("projects")
    assert projects["start_year"].dtype == "Int64"
    assert projects["start_year"].tolist() == [2026, pd.NA]
    assert projects["lon"].dtype == float
    assert projects["is_bundle"].dtype == bool
    assert projects["is_bundle"].tolist() == [True, False]
    assert projects["note"].isna().all()
    assert projects["note"].dtype == "str"
    assert opened.table("tasks")["adcodes"].tolist() == [("210100", "210281")]
    assert opened.table("tasks")["cooperating_org_ids"].tolist() == [()]
    assert opened.table("zones")["zone_id"].tolist() == ["east-zone", "west-zone"]


def test_a_table_is_made_once_and_when_asked_for(pack, monkeypatch):
    made = []
    monkeypatch.setattr(
        "regionkit.pack.pack.type_table",
        lambda texts, table: made.append(table.name) or type_table(texts, table),
    )
    opened = Pack.open(pack.folder)
    assert made == []
    assert opened.table("zones") is opened.table("zones")
    assert made == ["zones"]


def test_the_capacity_of_a_project_is_its_size_then_installed_newest_first(pack):
    place = {"source_id": "plan", "locator": "第一章/1", "basis": "stated"}
    for project, measure, value, unit, year in (
        ("a-line", "size", 100, "公里", 2024),
        ("a-line", "size", 120, "公里", 2026),
        ("a-line", "total-investment", 30, "亿元", 2026),
        ("b-site", "installed", 40, "万千瓦", ""),
        ("b-site", "total-investment", 60, "亿元", ""),
    ):
        pack.add(
            "project_values", project_id=project, measure=measure, value=value, unit=unit,
            year=year, **place,
        )  # fmt: skip
    projects = Pack.open(pack.folder).table("projects").set_index("project_id")
    assert projects["capacity_value"].tolist() == [120, 40]
    assert projects["capacity_unit"].tolist() == ["公里", "万千瓦"]
    columns = list(projects.columns)
    assert columns[columns.index("end_year") + 1] == "capacity_value"


def test_codes_and_the_word_na_stay_text(pack):
    pack.set("zones", 2, "short_name", "NA")
    pack.set("zones", 2, "name_en", "null")
    zones = Pack.open(pack.folder).table("zones")
    assert zones.loc[0, ["short_name", "name_en"]].tolist() == ["NA", "null"]


def test_what_a_spreadsheet_writes_is_read(pack):
    # A byte order mark and Windows line ends.
    path = pack.path("zones")
    before = Pack.open(pack.folder).table("zones")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(Pack.open(pack.folder).table("zones"), before)


def test_columns_are_found_by_name(pack):
    before = Pack.open(pack.folder).table("zones")
    pack.write("zones", [row[::-1] for row in pack.rows("zones")])
    pd.testing.assert_frame_equal(Pack.open(pack.folder).table("zones"), before)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "zones.csv: is missing. Add it, with its header row at least."),
        (b"", "zones.csv: has no header. Write the names of the columns in its first row."),
        (b"\n\n", "zones.csv: has no header. Write the names of the columns in its first row."),
        (b"\xff\xfe\x3a\x53", "zones.csv: is neither in UTF-8 nor in GBK. Save the file as UTF-8."),
        (b'a,"' + b"x" * 200_000, "zones.csv: is no CSV: a cell has more than"),
    ],
)
def test_unreadable_file(pack, content, told):
    pack.path("zones").unlink()
    if content is not None:
        pack.path("zones").write_bytes(content)
    with pytest.raises(PackError, match=r"Nothing is read from it until") as raised:
        Pack.open(pack.folder)
    assert str(raised.value.faults[0]).startswith(told)


def test_a_cell_too_long_is_told_whatever_limit_others_set(pack):
    before = csv.field_size_limit(10_000_000)
    try:
        pack.path("zones").write_bytes(b'a,"' + b"x" * 200_000)
        with pytest.raises(PackError) as raised:
            Pack.open(pack.folder)
    finally:
        csv.field_size_limit(before)
    assert str(raised.value.faults[0]).startswith(
        "zones.csv: is no CSV: a cell has more than 131,072 characters."
    )


def test_no_such_table(pack):
    with pytest.raises(InputError, match=r"The pack has no table 'zone'. There are: sources, "):
        Pack.open(pack.folder).table("zone")


def test_words(pack):
    opened = Pack.open(pack.folder)
    assert opened.labels("projects", "domain")["energy"] == "能源"
    assert opened.labels("projects", "kind")["wind"] == "风电"
    assert opened.labels("projects", "kind", "en")["oil-gas-field"] == "Oil gas field"
    assert opened.labels("zones", "kind")["strategic"] == "战略分区"
    pack.set("kinds", 2, "label_en", "Farming")
    assert Pack.open(pack.folder).labels("projects", "domain", "en")["agriculture"] == "Farming"


def test_it_stays_as_it_was_read(pack):
    opened = Pack.open(pack.folder)
    before = opened.table("zones").copy()
    again = pickle.loads(pickle.dumps(opened))  # noqa: S301 - our own bytes
    for table in list_tables():
        pack.path(table).unlink()
    pd.testing.assert_frame_equal(again.table("zones"), before)
    assert len(again.table("projects")) == 2
    assert again.name == opened.name == "辽宁省"


def test_a_bare_pack_has_every_table_empty_and_typed():
    bare, full = Pack.bare("220000"), Pack.open("liaoning")
    assert (bare.adcode, bare.name, bare.folder) == ("220000", "吉林省", None)
    assert bare.tables == full.tables
    for name in bare.tables:
        mine, other = bare.table(name), full.table(name)
        assert (len(mine) == 0) == (name != "kinds")
        assert mine.dtypes.to_dict() == other.dtypes.to_dict(), name
    assert repr(bare) == "<Pack 吉林省: no facts>"
    with pytest.raises(UnknownPlaceError, match=r"No province, city or county has the adcode '22'"):
        Pack.bare("22")
    city = Pack.bare("220100")
    assert (city.adcode, city.name, city.unit_codes) == ("220100", "长春市", ("220100",))
    several = Pack.bare(["220000", "150400"], name="两地")
    assert (several.adcode, several.name) == ("900000", "两地")
    assert several.unit_codes == ("150400", "220000")


def test_reading_needs_neither_geopandas_nor_an_engine():
    code = (
        "import sys; from regionkit.pack.pack import Pack; from regionkit.pack.check import "
        "check_pack; Pack.open('liaoning').table('targets'); check_pack('liaoning', places=False); "
        "print({'geopandas', 'frictionless', 'shapely'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_the_digest_is_of_the_content(pack):
    before = digest(pack)
    assert before == digest(pack)
    pack.set("zones", 2, "note", "x")
    changed = digest(pack)
    assert changed != before
    pack.set("zones", 2, "note", "")
    assert digest(pack) == before
    pack.path("zones").unlink()
    assert digest(pack) not in {before, changed}


def test_only_an_embedded_pack_is_believed(pack):
    (pack.folder / "checked.txt").write_text(digest(pack) + "\n")
    assert not is_stamped(pack.folder, digest(pack))
    assert not is_stamped(None, digest(pack))
    assert not is_stamped(embedded_packs()["liaoning"], "0" * 32)


def test_the_embedded_packs_carry_the_stamp_of_their_content():
    for name, folder in embedded_packs().items():
        stamp = (folder / "checked.txt").read_text(encoding="utf-8").strip()
        mend = f"facts or schema have changed: run regionkit check {folder} --tidy"
        assert stamp == digest_of(read_pack_texts(name)[2]), mend


def test_a_stamped_pack_is_not_checked_again(monkeypatch):
    def check(*_, **__):
        raise AssertionError

    monkeypatch.setattr("regionkit.pack.check.find_faults", check)
    monkeypatch.setattr("regionkit.pack.pack.cached_file", check)
    assert Pack.open("liaoning").name == "辽宁省"


def test_kinds_are_rows_of_the_pack(pack):
    # Domains, kinds and their labels need no line of code.
    pack.add("kinds", domain="space", label="航天", family="industry", order=14)
    pack.add("kinds", domain="space", kind="launch-site", label="航天发射场", order=70)
    header, *rows = pack.rows("kinds")
    pack.write("kinds", [header, *sorted(rows)])
    pack.set("projects", 3, "domain", "space")
    pack.set("projects", 3, "kind", "launch-site")
    opened = Pack.open(pack.folder)
    assert opened.labels("projects", "kind")["launch-site"] == "航天发射场"
    assert opened.labels("projects", "domain")["space"] == "航天"
    region = rk.load(pack.folder)
    assert region.select_projects(kind="航天发射场").index.tolist() == ["b-site"]
    assert region.select_projects(domain="航天").index.tolist() == ["b-site"]


@pytest.mark.parametrize("name", ["symbol", "图标"])
def test_a_retired_column_is_told_and_taken_out(pack, capsys, name):
    header, *rows = pack.rows("kinds")
    pack.write(
        "kinds", [[*header[:2], name, *header[2:]], *([*r[:2], "circle", *r[2:]] for r in rows)]
    )
    assert Pack.open(pack.folder).table("kinds").columns.tolist() == header
    main(["check", str(pack.folder)])
    told = capsys.readouterr().out
    assert f"kinds.csv: the column {name} is no longer read" in told
    main(["check", str(pack.folder), "--tidy"])
    assert pack.rows("kinds")[0] == header
    capsys.readouterr()
    main(["check", str(pack.folder)])
    assert name not in capsys.readouterr().out


# A cell may hold anything but what no text file holds; blank is missing.
# Letters of two bytes in UTF-8 alone may be words in GBK.
CELLS = st.text(
    st.characters(exclude_characters="\x00", codec="utf-8").filter(
        lambda letter: not "\x80" <= letter < "\u0800"
    )
).filter(lambda text: "\r" not in text)


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(
            CELLS,
            st.one_of(st.none(), st.integers(-(2**53), 2**53)),
            st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
            st.booleans(),
            st.lists(st.from_regex(r"[a-z0-9\u4e00-\u4e10]+", fullmatch=True)).map(tuple),
        ),
        max_size=6,
    )
)
def test_write_then_read_is_the_identity(rows):
    kinds = ("string", "integer", "number", "boolean", "list")
    table = Table("t", "t.csv", "t", tuple(Field(kind, kind) for kind in kinds), ("string",))
    frame = pd.DataFrame(rows, columns=list(kinds), dtype=object)
    written = frame.assign(
        boolean=frame["boolean"].map({True: "true", False: "false"}),
        list=frame["list"].map(";".join),
    )
    content = written.to_csv(index=False, lineterminator="\n").encode()
    read = type_table(parse_texts({"t": table}, {"t.csv": content})["t"], table)
    back = list(read.astype(object).where(read.notna(), None).itertuples(index=False, name=None))
    assert back == [(text or None, *others) for text, *others in rows]
