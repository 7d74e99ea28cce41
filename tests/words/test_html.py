"""What a notebook shows of regions, places and reports."""

import dataclasses

import pytest

from regionkit.tables.report import Report
from regionkit.words.message import msg


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
