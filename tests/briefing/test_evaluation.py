"""The draft of an evaluation, read back from the document."""

import docx
import pandas as pd
import pytest

import regionkit as rk
from regionkit.analysis.judged import headline
from regionkit.analysis.monitoring import read_monitoring
from regionkit.briefing.evaluation import Evaluation, write_evaluation
from regionkit.errors import InputError

CITIES = {"沈阳": 50.0, "大连": 40.0, "鞍山": 48.0, "抚顺": 60.0}


def text_of(document):
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.fixture(scope="module")
def made(ln):
    table = pd.DataFrame({"指标": ["地区生产总值增速"], "单位": "%", "2026年": 4.0})
    own = read_monitoring(table, ln)
    targets = ln.targets[ln.targets["source_id"] == "liaoning-15fyp"]
    judged = rk.progress(targets, own.actuals, as_of=2027)
    return Evaluation(judged, 2027, "监测表.xlsx", "regionkit", ("没有的指标",))


@pytest.mark.usefixtures("chinese")
def test_it_says_what_lags_and_what_lacks_data(ln, made, tmp_path):
    path = write_evaluation(ln, made, tmp_path / "中期评估.docx")
    text = text_of(docx.Document(path))
    assert headline(made.judged) in text
    assert "◔ 滞后  地区生产总值增速（辽宁省）：2026年4%，目标年均增长5%左右，差距 -1百分点" in text
    assert "监测表中有而数据包中没有的指标：没有的指标。" in text
    # The main targets stand in the text, what nobody has a value of in the appendix.
    gaps = made.judged[made.judged["state"].isin(["no actual", "undecided"])]
    n = int((gaps["nature"].notna() | gaps["actual_value"].notna()).sum())
    assert f"未能判断的目标（{n} 项）" in text
    assert f"其他无现状值的目标（{len(gaps) - n} 项）" in text
    assert "按主题" in text


def test_it_speaks_english(ln, made, tmp_path):
    text = text_of(docx.Document(write_evaluation(ln, made, tmp_path / "e.docx", lang="en")))
    assert "What lags" in text
    assert "滞后" not in text


def test_the_same_evaluation_gives_the_same_bytes(ln, made, tmp_path):
    one = write_evaluation(ln, made, tmp_path / "a.docx").read_bytes()
    assert one == write_evaluation(ln, made, tmp_path / "b.docx").read_bytes()


def test_states_of_several_cities_are_a_map(ln, tmp_path):
    codes = [ln.resolve(name, level="city").adcode for name in CITIES]
    base = ln.targets.loc[["z22-dalian-gdp"] * len(codes)].assign(scope_id=codes, value=45.0)
    base["unit"], base["bound"] = "亿元", "at least"
    actuals = pd.DataFrame(
        {
            "indicator_id": "gdp",
            "adcode": codes,
            "year": 2024,
            "value": list(CITIES.values()),
            "unit": "亿元",
        }
    )
    judged = rk.progress(base, actuals, as_of=2026)
    path = write_evaluation(ln, Evaluation(judged, 2026, "", "x"), tmp_path / "m.docx")
    document = docx.Document(path)
    (picture,) = document.inline_shapes
    described = picture._inline.docPr.get("descr")
    assert "已实现 3" in described
    assert "未实现 1" in described


def test_another_ending_or_nothing_to_judge_is_refused(ln, made, tmp_path):
    with pytest.raises(InputError, match=r"does not end in \.docx"):
        write_evaluation(ln, made, tmp_path / "a.pptx")
    empty = Evaluation(made.judged.iloc[:0], 2027, "", "x")
    with pytest.raises(InputError, match="no target to evaluate"):
        write_evaluation(ln, empty, tmp_path / "a.docx")
