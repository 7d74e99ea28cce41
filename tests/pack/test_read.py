"""Tables as typed DataFrames."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regionkit.errors import PackError
from regionkit.pack.read import pack_digest, read_tables, read_tables_leniently
from regionkit.pack.schema import Descriptor, Field, Table, read_descriptor


def tables_of(pack):
    return read_tables(read_descriptor(pack.folder))


def refused(pack):
    with pytest.raises(PackError, match=r"The pack in .* cannot be read:") as raised:
        tables_of(pack)
    return [str(fault) for fault in raised.value.faults]


def test_types(pack):
    pack.set("projects", 2, "is_bundle", "TRUE")
    tables = tables_of(pack)
    projects = tables["projects"]
    assert projects["start_year"].dtype == "Int64"
    assert projects["start_year"].tolist() == [2026, pd.NA]
    assert projects["lon"].dtype == float
    assert projects["is_bundle"].tolist() == [True, False]
    assert projects["note"].isna().all()
    assert tables["tasks"]["adcodes"].tolist() == [("210100", "210281")]
    assert tables["tasks"]["cooperating_org_ids"].tolist() == [()]
    assert tables["zones"]["zone_id"].tolist() == ["east-zone", "west-zone"]


def test_codes_and_the_word_na_stay_text(pack):
    pack.set("zones", 2, "short_name", "NA")
    pack.set("zones", 2, "name_en", "null")
    assert tables_of(pack)["zones"].loc[0, ["short_name", "name_en"]].tolist() == ["NA", "null"]


def test_what_a_spreadsheet_writes_is_read(pack):
    # A byte order mark and Windows line ends.
    path = pack.path("zones")
    before = tables_of(pack)["zones"]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    pd.testing.assert_frame_equal(tables_of(pack)["zones"], before)


def test_columns_are_found_by_name(pack):
    before = tables_of(pack)["zones"]
    pack.write("zones", [row[::-1] for row in pack.rows("zones")])
    pd.testing.assert_frame_equal(tables_of(pack)["zones"], before)


def test_missing_file(pack):
    pack.path("zones").unlink()
    assert refused(pack) == ["zones.csv: is missing. Add it, with its header row at least."]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "it has no header"),
        (b"a,a\n", "two columns have one name"),
        (b"zone_id\nx,y\n", "row 2 has 2 cells, not 1"),
        (b"zone_id\n\nx\n", "row 2 has 0 cells, not 1"),
        (b"zone_id\nx\n", "'name'"),
        ("分区\n".encode("gbk"), "codec can't decode"),
    ],
)
def test_unreadable_file(pack, content, what):
    pack.path("zones").write_bytes(content)
    (fault,) = refused(pack)
    assert fault.startswith("zones.csv: cannot be read (")
    assert what in fault
    assert fault.endswith("`regionkit check` names the row and column.")


@pytest.mark.parametrize("value", ["soon", "1.5"])
def test_cell_of_another_type(pack, value):
    pack.set("zones", 2, "order", value)
    assert refused(pack)[0].startswith("zones.csv: cannot be read (")


def test_lenient_reading_keeps_what_can_be_read(pack):
    pack.set("zones", 2, "order", "soon")
    pack.set("zones", 3, "order", "1.5")
    pack.path("tasks").unlink()
    pack.write("places", [["place_id", "place_id"], ["a"], ["b", "c", "d"]])
    tables, broken = read_tables_leniently(read_descriptor(pack.folder))
    assert tables["zones"]["order"].isna().all()
    assert tables["zones"]["name"].tolist() == ["东区", "西区"]
    assert len(tables["tasks"]) == 0
    assert tables["places"]["place_id"].tolist() == ["a", "b"]
    assert tables["places"]["name"].isna().all()
    assert broken == {"tasks", "places"}


def test_the_digest_is_of_the_content(pack):
    descriptor = read_descriptor(pack.folder)
    before = pack_digest(descriptor)
    assert before == pack_digest(read_descriptor(pack.folder))
    pack.set("zones", 2, "note", "x")
    changed = pack_digest(descriptor)
    assert changed != before
    pack.set("zones", 2, "note", "")
    assert pack_digest(descriptor) == before
    pack.path("zones").unlink()
    assert pack_digest(descriptor) not in {before, changed}


# A cell may hold anything but what no text file holds; blank is missing.
CELLS = st.text(st.characters(exclude_characters="\x00", codec="utf-8")).filter(
    lambda text: "\r" not in text
)


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
def test_write_then_read_is_the_identity(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("table")
    kinds = ("string", "integer", "number", "boolean", "list")
    table = Table("t", "t.csv", "t", tuple(Field(kind, kind) for kind in kinds), ("string",))
    frame = pd.DataFrame(rows, columns=list(kinds), dtype=object)
    written = frame.assign(
        boolean=frame["boolean"].map({True: "true", False: "false"}),
        list=frame["list"].map(";".join),
    )
    written.to_csv(folder / "t.csv", index=False, lineterminator="\n", encoding="utf-8")
    read = read_tables(Descriptor(folder, {}, {"t": table}))["t"]
    back = list(read.astype(object).where(read.notna(), None).itertuples(index=False, name=None))
    assert back == [(text or None, *others) for text, *others in rows]
