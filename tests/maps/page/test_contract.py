"""The contract of Python and the script: what is sent is what is read, by whom it says."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import regionkit.maps.page
from regionkit.maps.page.columns import unpack_column
from regionkit.maps.page.contract import RECORDS, SIGNS, TABLES
from regionkit.maps.page.document import PageDocument
from regionkit.maps.page.script import join_modules, module_names
from regionkit.maps.page.webmap import webmap
from regionkit.maps.signs.stages import FILLS, STAGE_STROKES
from regionkit.maps.signs.theme import Theme

FOLDER = Path(regionkit.maps.page.__file__).parent / "js"
HEADS = (
    re.compile(
        r"^(?:export )?(?:async )?function (\w+)\(([^)]*)\) \{.*?^\}", re.MULTILINE | re.DOTALL
    ),
    re.compile(r"^  (\w+)\(([^)]*)\) \{.*?^  \}", re.MULTILINE | re.DOTALL),
)


def scripts():
    """Return the script's files without comments, by name."""
    return {
        path.stem: re.sub(
            r"/\*\*.*?\*/|^import [^;]*;|(^|(?<=\s))//[^\n]*",
            "",
            path.read_text(encoding="utf-8"),
            flags=re.MULTILINE | re.DOTALL,
        )
        for path in sorted(FOLDER.glob("*.js"))
    }


def functions(code):
    """Return the functions and methods of a file: name, names of arguments, body."""
    return [
        (found[1], [one.split("=")[0].strip() for one in found[2].split(",")], found[0])
        for head in HEADS
        for found in head.finditer(code)
    ]


def arguments(body, name):
    """Return what a function is called with in a body."""
    return [
        [one.strip() for one in re.split(r",(?![^(]*\))", found[1])]
        for found in re.finditer(rf"(?<!function )\b{name}\(([^()]*(?:\([^()]*\)[^()]*)*)\)", body)
    ]


def aliases_of(body, given):
    """Return which tables a name may stand for in a body."""
    found = {name: set(tables) for name, tables in given.items()}
    for name, table in re.findall(r"\b(\w+) = tables\.(\w+)(?=[,;])", body):
        found.setdefault(name, set()).add(table)
    for name, table in re.findall(r"for \(const (\w+) of tables\.(\w+)\)", body):
        found.setdefault(name, set()).add(table)
    return found


def reads_of_tables():
    """Return who reads which column, ``{(table, column): files}``, and what the script makes."""
    blocks = [(file, *one) for file, code in scripts().items() for one in functions(code)]
    given = {name: {} for _, name, _, _ in blocks}
    for _ in range(3):
        for _, name, _, body in blocks:
            known = aliases_of(body, given[name])
            for _, called, wanted, _ in blocks:
                for passed in arguments(body, called):
                    for argument, value in zip(wanted, passed, strict=False):
                        tables = known.get(value, set())
                        if found := re.fullmatch(r"tables\.(\w+)", value):
                            tables = tables | {found[1]}
                        if tables:
                            given[called].setdefault(argument, set()).update(tables)
    read, made = {}, set()
    for file, name, _, body in blocks:
        for alias, tables in aliases_of(body, given[name]).items():
            for column, assigned in re.findall(rf"(?<!\w)(?<!\w\.){alias}\.(\w+)\b( = )?", body):
                for table in tables:
                    read.setdefault((table, column), set()).add(file)
                    if assigned:
                        made.add((table, column))
        for table, column, assigned in re.findall(r"\btables\.(\w+)\.(\w+)\b( = )?", body):
            read.setdefault((table, column), set()).add(file)
            if assigned:
                made.add((table, column))
        for column in re.findall(r"\blabel\(\"(\w+)\"", body):
            read.setdefault(("labels", column), set()).add(file)
        made |= {(table, None) for table in re.findall(r"\btables\.(\w+) = ", body)}
    lookups = {table for table, column in made if column is None}
    made |= {(table, "size") for table in TABLES}
    return {key: files for key, files in read.items() if key[0] not in lookups}, made


def declared():
    return {
        (table, column): set(readers.split())
        for table, made in TABLES.items()
        for column, readers in made.columns.items()
    }


def test_the_script_reads_each_column_of_the_contract_where_it_says():
    read, made = reads_of_tables()
    wanted = declared()
    assert len(read) > 90
    assert {key: files for key, files in read.items() if key in wanted} == wanted
    assert set(read) - set(wanted) <= made


def records_read(*words):
    """Return the fields that the script reads of what it calls by some names."""
    code = "\n".join(scripts().values())
    return {
        column
        for word in words
        for column in re.findall(rf"(?<!\w)(?<!\w\.){word}\.(\w+)\b(?! = )(?!\()", code)
    }


def test_the_script_reads_the_fields_of_the_document():
    sent = {field.name for field in fields(PageDocument)} - {"tables"} | {"early"}
    assert records_read("sent", "data") == sent


@pytest.mark.parametrize(("record", "words"), [("layer", ("layer", "one", "other")),
                                               ("mark", ("own", "one")),
                                               ("pair", ("pair", "one"))])  # fmt: skip
def test_the_script_reads_the_fields_of_each_record(record, words):
    read = records_read(*words)
    assert set(RECORDS[record]) <= read


def test_a_page_sends_what_the_contract_says(ln):
    document = webmap(ln, layers=["over-65"]).document()
    assert list(document.tables) == list(TABLES)
    for name, table in TABLES.items():
        sent = document.tables[name]
        for one in sent if isinstance(sent, list) else [sent]:
            assert set(one) == set(table.columns), name
        if table.form == "packed":
            sizes = {len(unpack_column(cells)) for cells in sent.values()}
            assert len(sizes) == 1, name
    for layer in document.layers:
        assert set(layer) <= set(RECORDS["layer"])
    for pair in document.pairs:
        assert set(pair) <= set(RECORDS["pair"])
    early, late = document.base()["early"], document.late()
    for name, table in TABLES.items():
        if table.form == "packed":
            parts = [
                {column: cells[name] for column, cells in part["packed"].items() if name in cells}
                for part in (early, late)
            ]
            assert {**parts[0], **parts[1]} == document.tables[name]
            assert not set(parts[0]) & set(parts[1])


def test_the_script_reads_how_signs_are_drawn_where_the_contract_says():
    for sign, (names, readers) in SIGNS.items():
        files = {file for file, code in scripts().items() if f"sent.signs.{sign}" in code}
        assert files == set(readers.split()), sign
        code = "\n".join(scripts()[file] for file in files)
        for name in names:
            assert re.search(rf"\.{name}\b|{{[^}}=]*\b{name}\b[^}}=]*}} = ", code), (sign, name)
    read = {name for code in scripts().values() for name in re.findall(r"sent\.signs\.(\w+)", code)}
    assert read == set(SIGNS)


def test_a_page_sends_how_signs_are_drawn(ln):
    signs = webmap(ln, layers=["over-65"]).document().signs
    assert set(signs) == set(SIGNS)
    for sign, (names, _) in SIGNS.items():
        looks = signs[sign]
        if not names:
            assert isinstance(looks, (int, float)), sign
            continue
        if isinstance(looks, dict):
            looks = list(looks.values()) if sign in {"strokes", "badges"} else [looks]
        assert looks
        assert all(set(look) == set(names) for look in looks), sign
    assert list(signs["strokes"]) == list(FILLS)
    assert {
        fill: (tuple(look["dashes"]), look["width"]) for fill, look in signs["strokes"].items()
    } == {fill: (stroke.dashes, stroke.share) for fill, stroke in STAGE_STROKES.items()}
    assert signs["hatch"]["colour"] == Theme().muted


def test_the_script_keeps_no_sign_of_its_own(ln):
    signs = webmap(ln, layers=["over-65"]).document().signs
    code = "\n".join(scripts().values())
    colours = [look["colour"] for look in signs["badges"].values()]
    colours += [*signs["colours"].values(), signs["hatch"]["colour"], "#777"]
    assert not [colour for colour in colours if f'{colour}"' in code or f"{colour} " in code]
    numbers = signs["numbers"]
    assert f'"{numbers["year_unit"]}"' not in code
    assert f'"{numbers["per"]}"' not in code
    assert not re.search(r"maximumFractionDigits: \d", code)
    assert not re.search(r"\bdash: \[\d", code)


def test_every_module_is_reached_by_the_imports_and_stands_after_what_it_imports():
    assert sorted(module_names()) == sorted(path.name for path in FOLDER.glob("*.js"))
    before = set()
    for name in module_names():
        code = (FOLDER / name).read_text(encoding="utf-8")
        imports = set(re.findall(r'^import \{[^}]*\} from "\./([\w.]+)";$', code, re.MULTILINE))
        assert imports <= before, (name, imports - before)
        before.add(name)


def test_names_at_the_top_of_modules_are_unique_and_exported_by_name():
    seen = {}
    for name in module_names():
        code = (FOLDER / name).read_text(encoding="utf-8")
        assert not re.search(r"^export (default|\{|\*)", code, re.MULTILINE), name
        assert len(re.findall(r"^import ", code, re.MULTILINE)) == len(
            re.findall(r'^import \{[\w,\s]+\} from "\./\w+\.js";$', code, re.MULTILINE)
        ), name
        tops = re.findall(
            r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", code, re.MULTILINE
        )
        for top in tops:
            assert top not in seen, (top, name, seen.get(top))
            seen[top] = name
    assert len(seen) > 100


def test_no_module_word_is_left_in_the_joined_script_and_no_bundle_is_kept():
    joined = join_modules()
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)
    kept = {path.suffix for path in FOLDER.parent.rglob("*") if path.suffix in {".js", ".mjs"}}
    assert kept == {".js"}
    assert {path.parent for path in FOLDER.parent.rglob("*.js")} == {FOLDER}


def test_the_script_decides_no_colour():
    """A colour is Python's: the script holds none but full transparency."""
    for file, code in scripts().items():
        assert not re.findall(r"[\"'`]#[0-9a-fA-F]{3,8}[\"'`]", code), file
        assert not re.findall(r"\b(?:rgba?|hsla?)\(", code), file
