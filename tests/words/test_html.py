"""What a notebook shows of regions, places and reports."""

import dataclasses
import re

import geopandas
import pandas as pd
import pytest

from regionkit.analysis.monitoring import read_monitoring
from regionkit.export.layer import export_layer
from regionkit.query.stream import locate_parquet
from regionkit.tables.report import Report
from regionkit.words.message import msg
from regionkit.words.voice import speaking


@pytest.mark.usefixtures("chinese")
def test_a_region_and_a_place_show_themselves_in_chinese(ln):
    page = ln._repr_html_()
    assert "<caption>辽宁省</caption>" in page
    assert "<th>项目数</th>" in page
    place = ln.resolve("桃仙机场")
    assert "<td>地点</td>" in place._repr_html_()
    evil = dataclasses.replace(place, name="<script>")
    assert "<script>" not in evil._repr_html_()


def test_a_report_shows_its_words_and_the_rows_that_matched_nothing(ln, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("县,值\n康平县,1\n<b>无此县</b>,2\n", encoding="utf-8")
    report = ln.join_table(path, on_unmatched="keep").attrs["report"]
    page = report._repr_html_()
    assert "&lt;b&gt;无此县" in page
    assert "<b>" not in page
    assert "<th>Row</th><th>县</th>" in page
    assert Report(msg("a\n<i>"))._repr_html_() == "<p>a<br>&lt;i&gt;</p>"


def shown(ln, tmp_path):
    """Return what a notebook shows of each kind of result."""
    points = tmp_path / "points.parquet"
    places = geopandas.GeoSeries.from_xy([123.4, 100.0], [41.8, 41.8], crs=4326)
    places.to_frame("geometry").to_parquet(points)
    table = pd.DataFrame({"指标": ["地区生产总值", "无此指标"], "2024年": [100, 1]})
    return {
        "region": ln,
        "place": ln.resolve("桃仙机场"),
        "zone": ln.zone_facts("liaoxi"),
        "export": export_layer(ln.cities[["name", "geometry"]], tmp_path / "a.geojson"),
        "located": locate_parquet(points, tmp_path / "counts.csv", ln.index),
        "monitoring": read_monitoring(table, ln, scope="全省"),
        "message": msg("There are: {known}.", known=["<i>"]),
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_notebook_shows_results_in_the_readers_language(ln, tmp_path, lang):
    with speaking(lang):
        pages = {name: one._repr_html_() for name, one in shown(ln, tmp_path).items()}
    heads = {name: "".join(re.findall("<th>(.*?)</th>", page)) for name, page in pages.items()}
    assert all(heads[name] for name in ("region", "place", "zone", "located", "monitoring"))
    foreign = "[a-z]{3}" if lang == "zh" else "[一-鿿]"
    assert not {name: head for name, head in heads.items() if re.search(foreign, head)}
    assert "<caption>" + {"zh": "辽宁省", "en": "Liaoning"}[lang] in pages["region"]
    assert "&lt;i&gt;" in pages["message"]
