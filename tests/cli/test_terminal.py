"""What reaches the terminal: nothing raw, nothing too wide, nothing that its encoding lacks."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regionkit.cli import terminal
from regionkit.cli.show import show_table
from regionkit.cli.terminal import printable
from regionkit.cli.text_layout import cell_width, lay_out_table, wrap_cells

TABLE = pd.DataFrame(
    {
        "项目": ["徐大堡核电1—4号机组", "川州500千伏变电站二期扩建工程及其配套送出线路"],
        "目标": ["年均增长不低于15%", "1,234.5亿元"],
        "数": [1234567.5, float("nan")],
        "出处": ["辽宁“十五五”规划纲要 专栏27/（一）/3"] * 2,
    }
)


@pytest.fixture
def window(monkeypatch):
    """Print to a window of so many columns."""

    def open_(columns):
        monkeypatch.setattr(terminal.sys.stdout, "isatty", lambda: True, raising=False)
        monkeypatch.setenv("COLUMNS", str(columns))

    return open_


@pytest.mark.parametrize("raw", ["\x1b[2J", "\x9b31m", "\x07", "\r", "\u202e", "\x00", "\u2028"])
def test_control_characters_are_told_and_not_sent(raw):
    shown = printable(f"锦州{raw}港\n大连")
    assert shown == f"锦州{repr(raw)[1:-1]}港\n大连"


def test_a_packs_text_does_not_reach_the_terminal_raw(run, tmp_path, capsys):
    show_table(pd.DataFrame({"a\x1b]0;x\x07": ["甲\x1b[31m乙\n丙\t丁"]}))
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert r"甲\x1b[31m乙 丙 丁" in out
    status, _, err = run("join", str(tmp_path / "\x1b[2J.xlsx"))
    assert status == 2
    assert "\x1b" not in err


@pytest.mark.parametrize("columns", [120, 80, 60, 40, 24])
def test_a_table_fits_the_window_without_breaking_a_number(window, capsys, columns):
    window(columns)
    show_table(TABLE)
    lines = capsys.readouterr().out.splitlines()
    bare = [line.replace("\x1b[1m", "").replace("\x1b[0m", "") for line in lines]
    assert max(map(cell_width, bare)) <= columns
    for number in ("15%", "1,234.5亿元", "1,234,567.5"):
        assert any(number in line for line in bare), number
    assert not any("…" in line for line in bare)


@pytest.mark.usefixtures("chinese")
def test_targets_keep_their_figures_whole_in_every_window(run, monkeypatch, ln):
    shown = []
    monkeypatch.setattr(terminal, "print_table", lambda *table, **how: shown.append((*table, how)))
    assert run("targets")[0] == 0
    ((headers, rows, how),) = shown
    units = sorted(set(ln.targets["unit"].dropna()) - {"比值"}, key=len, reverse=True)
    figure = re.compile(rf"\d[\d,.]*\s?(?:{'|'.join(map(re.escape, units))})?")
    column = headers.index("目标")
    figures = {row[column]: figure.findall(row[column]) for row in rows}
    assert "15%" in {one for many in figures.values() for one in many}
    for width in range(60, 161, 5):
        lines = lay_out_table(headers, rows, width=width, **how)
        assert max(map(cell_width, lines)) <= width
        dashes = lines[1].split()
        is_table = len(dashes) == len(headers)
        # Else a row is told line by line, behind the names of the columns.
        room = len(dashes[column]) if is_table else width - max(map(cell_width, headers)) - 2
        for cell, whole in figures.items():
            wrapped = wrap_cells(cell, room)
            assert all(any(one in line for line in wrapped) for one in whole), (width, wrapped)
            assert all(any(line in out for out in lines) for line in wrapped)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("年均增长不低于15%", "15%"),
        ("不超过43/10万", "43/10万"),
        ("到2030年达到3000万千瓦以上", "3000万千瓦"),
        ("人均8.5万元/人左右", "8.5万元/人"),
        ("综合能耗降到4.5亿吨标准煤", "4.5亿吨标准煤"),
        ("提高3个百分点", "3个百分点"),
        ("细颗粒物降到28微克/立方米", "28微克/立方米"),
    ],
)
def test_a_figure_stays_with_its_unit(text, whole):
    for width in range(cell_width(whole), cell_width(text) + 1):
        lines = wrap_cells(text, width)
        assert any(whole in line for line in lines)
        assert max(map(cell_width, lines)) <= width


def test_a_pipe_gets_whole_rows_without_colour(capsys):
    show_table(TABLE)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert "\x1b" not in "".join(lines)
    assert "川州500千伏变电站二期扩建工程及其配套送出线路" in lines[3]
    # Columns begin below each other.
    assert cell_width(lines[2].partition("年均")[0]) == cell_width(lines[3].partition("1,234.5")[0])


@pytest.mark.parametrize(
    ("variable", "value", "is_bold"),
    [("NO_COLOR", "1", False), ("TERM", "dumb", False), ("NO_COLOR", "", True)],
)
def test_bold_only_where_it_is_welcome(window, capsys, monkeypatch, variable, value, is_bold):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv(variable, value)
    window(200)
    show_table(TABLE)
    assert ("\x1b[1m" in capsys.readouterr().out) == is_bold


def test_plain_tables_are_for_programs(run):
    status, out, _ = run("sources", "--plain")
    assert status == 0
    table = pd.read_csv(io.StringIO(out), sep="\t")
    assert table.columns.tolist()[:2] == ["Id", "Short title"]
    assert (table["Id"] == "liaoning-15fyp").sum() == 1
    assert run("--plain", "sources")[1] == out


def test_plain_profile_is_one_table(run):
    _, out, _ = run("profile", "喀左", "--plain")
    assert all(line.count("\t") == 2 for line in out.splitlines())


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "utf-8"])
def test_no_console_stops_the_command(encoding):
    """A Windows console in GBK lacks ² and emoji, an ASCII terminal all of Chinese."""
    code = (
        "from regionkit.cli import terminal\n"
        "import pandas as pd\n"
        "from regionkit.cli.show import show_table\n"
        "terminal.make_safe()\n"
        "show_table(pd.DataFrame({'项目': ['锦州港 5 km² 😀']}))\n"
        "terminal.tell('锦州 😀', err=True)\n"
        "print('😀')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": encoding},
    )
    out = done.stdout.decode(encoding)
    assert ("锦州港" in out) == (encoding in {"gbk", "utf-8"})
    assert (r"\U0001f600" in out) == (encoding != "utf-8")


@pytest.mark.parametrize(("encoding", "word"), [("ascii", "Usage:"), ("gbk", "用法：")])
def test_a_console_that_cannot_show_chinese_is_spoken_english_to(encoding, word):
    environment = {k: v for k, v in os.environ.items() if k not in {"REGIONKIT_LANG", "LANG"}}
    done = subprocess.run(
        [sys.executable, "-c", "from regionkit.cli import main; main(['--help'])"],
        capture_output=True,
        check=True,
        env={**environment, "PYTHONIOENCODING": encoding},
    )
    assert done.stdout.decode(encoding).startswith(word)


@given(st.text(alphabet="锦州港沿海，。（）“”15.%2A-z \n", max_size=60), st.integers(2, 30))
def test_wrapping_keeps_every_character_and_the_width(text, width):
    lines = wrap_cells(text, width)
    assert all(cell_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


def test_lines_begin_and_end_as_chinese_does():
    for width in range(8, 40):
        for line in wrap_cells(
            "到2030年，常住人口城镇化率（75%）和“一圈一带两区”格局基本形成。", width
        ):
            assert line[0] not in "，。）”%"
            assert line[-1] not in "（“"


def test_a_window_too_narrow_for_a_table_gets_a_line_a_column():
    lines = lay_out_table(
        ["项目", "规模"], [["锦州港", "1,234.5亿元"], ["", "5"]], is_number=[False, True], width=16
    )
    assert lines == [
        "------------",
        "项目  锦州港",
        "规模  1,234.5亿",
        "      元",
        "------------",
        "规模  5",
        "------------",
    ]


@pytest.mark.parametrize(
    ("heading", "printed"),
    [
        ("2020年", "2,026.5"),
        ("年末人口", "2,026.5"),
        ("建成年份", "2026.5"),
        ("区划代码", "2026.5"),
    ],
)
def test_years_and_codes_have_no_mark_and_quantities_of_a_year_have(capsys, heading, printed):
    show_table(pd.DataFrame({heading: [2026.5]}))
    assert printed in capsys.readouterr().out.split()


@pytest.mark.parametrize("arguments", [["sources"], ["query", "--plain"], ["--help"]])
def test_a_full_output_is_one_message(arguments):
    code = f"from regionkit.cli import main; main({arguments!r})"
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--boundaries", "postgresql://planner:s3cret@db.example/counties"),
        ("--boundaries", "PG:host=db user=planner password=s3cret"),
        ("--within", "postgresql://planner:s3cret@db.example/x.gpkg"),
        ("--boundaries", "x" * 5000),
        ("--within", "x" * 5000 + ".gpkg"),
        ("--pack", "x" * 5000),
        ("--pack", "\udcff"),
    ],
)
def test_no_secret_and_no_long_name_ends_in_a_traceback(run, option, value):
    status, out, err = run("query", option, value)
    assert status == 2
    assert "s3cret" not in out + err
    assert err.startswith("regionkit: ")


@pytest.mark.skipif(os.name == "nt", reason="arguments come as Unicode")
def test_chinese_arguments_are_read_in_a_locale_without_them(tmp_path):
    table = tmp_path / "表.csv"
    table.write_text("县,人口\n康平县,1\n", encoding="utf-8")
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "REGIONKIT_LANG": "en"}
    done = subprocess.run(
        [sys.executable, "-c", "from regionkit.cli import main; main()", "join", table,
         "--value", "人口"],
        capture_output=True,
        env={**os.environ, **bare},
        check=True,
    )  # fmt: skip
    # What the terminal lacks is told as an escape.
    assert b"1 rows by column \\u53bf (1 matched)" in done.stdout


@pytest.mark.usefixtures("chinese")
def test_hints_behind_an_option_are_parted_by_chinese_marks(run):
    assert "[默认：5；2<=x<=12]" in run("map", "--help")[1]
