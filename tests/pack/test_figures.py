"""The documents' own figures agree; a lost decimal point is found by them."""

import shutil

import pytest

from regionkit.pack.check import check_pack
from regionkit.pack.schema import find_pack


@pytest.fixture
def spoil(tmp_path):
    """Copy the embedded pack, replace a text in one row of a table, return the faults."""
    folder = tmp_path / "pack"
    shutil.copytree(find_pack("liaoning"), folder)

    def call(table, key, before, after):
        path = folder / f"{table}.csv"
        lines = path.read_text(encoding="utf-8").splitlines()
        (number,) = (n for n, line in enumerate(lines) if line.startswith(f"{key},"))
        assert before in lines[number]
        lines[number] = lines[number].replace(before, after, 1)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return [str(fault) for fault in check_pack(folder, places=False)]

    return call


def test_a_growth_rate_that_lost_its_decimal_point_is_found(spoil):
    (fault,) = spoil("targets", "ne13-labour-productivity-growth", ",6.2,", ",62,")
    assert "62% a year leads from 9.6 to 107.1 in 5 years, not to 13" in fault
    assert "lost decimal point" in fault


def test_a_level_that_lost_its_decimal_point_is_found(spoil):
    faults = spoil("targets", "ne13-labour-productivity", ",13,", ",1.3,")
    assert any("1.3 is worse than the baseline 9.6" in fault for fault in faults)


def test_cluster_revenues_of_two_tables_agree(spoil):
    faults = spoil("clusters", "machine-tools", ",250,", ",2500,")
    assert any("250 is not the 2500 that clusters gives machine-tools" in f for f in faults)
