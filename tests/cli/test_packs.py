"""Commands about packs: an older one is brought up to date, one is written for other tools."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

OLD = Path(__file__).parents[1] / "pack" / "packs" / "version-0.zip"


@pytest.fixture
def old(tmp_path):
    with zipfile.ZipFile(OLD) as file:
        file.extractall(tmp_path / "old")
    return tmp_path / "old"


def version(folder):
    raw = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return raw.get("schema_version"), len(raw.get("resources", ()))


def test_check_leaves_a_pack_as_it_is_and_update_writes_it(run, old):
    assert run("check", str(old)) == (0, "No faults.\n", "")
    assert version(old) == (None, 21)
    status, out, _ = run("check", str(old), "--update")
    assert status == 0
    assert out.startswith("No faults.\nWrote ")
    assert "project_values.csv" in out
    assert version(old) == (1, 0)
    assert run("check", str(old), "--update") == (
        0, "No faults.\nIt is in today's form already.\n", "",
    )  # fmt: skip


def test_a_pack_with_faults_is_not_updated(run, old):
    path = old / "zones.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("strategic", "big"), encoding="utf-8")
    status, out, _ = run("check", str(old), "--update")
    assert status == 1
    assert '"big" is none of its values. Use one of: strategic (战略分区), ' in out
    assert "Faults: 2." in out
    assert version(old) == (None, 21)


def test_convert_writes_a_copy_or_the_pack_itself(run, old, tmp_path):
    copy = tmp_path / "copy"
    assert run("convert", str(old), "--self-contained", "-o", str(copy)) == (0, f"{copy}\n", "")
    assert version(copy) == (1, 30)
    assert version(old) == (None, 21)
    assert run("check", str(copy)) == (0, "No faults.\n", "")
    shutil.rmtree(copy)
    assert run("convert", str(old), "--self-contained")[0] == 0
    assert version(old) == (1, 30)
    assert run("check", str(old)) == (0, "No faults.\n", "")


def test_convert_refuses_a_full_folder_and_no_form(run, old):
    status, _, err = run("convert", str(old), "--self-contained", "-o", str(old))
    assert status == 2
    assert "is not an empty folder" in err
    status, _, err = run("convert", str(old))
    assert status == 2
    assert "Say what to convert it to: --self-contained." in err
