"""The tables on representativeness hold what the statistics found."""

import pandas as pd
import pytest

from analysis.reporting import representativeness_tables as tables
from analysis.statistics.independence import cramers_v, group_differences, independence_tests
from analysis.statistics.nonresponse_bounds import nonresponse_bounds
from analysis.statistics.r_indicator import bootstrap_r_indicator, partial_r_indicators, r_indicator

TABLE_1 = pd.DataFrame({"size_class": ["d", "c", "ab"], "population": [250, 60, 32], "respondents": [98, 33, 22]})
KEY = ("reactions", "size_class")
LIMITS = {"alpha": 0.05, "margin": 0.2}


def test_table_1_is_the_one_of_the_report():
    rows = tables.frame_rows(group_differences(TABLE_1, ["size_class"]))
    assert rows["Reacties"].tolist() == ["98 (64%)", "33 (22%)", "22 (14%)"]
    assert rows["Gemeenten"].tolist() == ["250 (73%)", "60 (18%)", "32 (9%)"]
    assert rows["Verschil (procentpunt)"].tolist() == ["−9,0", "+4,0", "+5,0"]


def test_three_tests_stand_in_one_row():
    tests = independence_tests(TABLE_1, ["size_class"])
    compared = tables.independence_rows({KEY: tests}, {KEY: cramers_v(TABLE_1, ["size_class"])}, **LIMITS)
    assert compared[["statistic", "df", "simulated"]].values.tolist() == [
        [pytest.approx(13.12, abs=0.001), 2, False]
    ]
    assert compared["verdict"].item() == "not_representative"
    shown = tables.shown_tests(compared).iloc[0]
    assert shown["Kenmerk en wat is geteld"] == "Grootte, reacties"
    assert shown[["p", "p exact"]].tolist() == ["0,001", "0,002"]


def test_a_simulated_test_is_marked():
    tests = independence_tests(TABLE_1, ["size_class"], n_tables=999, exact_limit=10)
    compared = tables.independence_rows({KEY: tests}, {KEY: cramers_v(TABLE_1, ["size_class"])}, **LIMITS)
    assert tables.shown_tests(compared)["p exact"].item().endswith(tables.SIMULATED)


def test_both_adjustments_of_the_indicator_stand_side_by_side():
    found = [r_indicator(TABLE_1, ["size_class"], adjustment=name) for name in ("centred", "risq")]
    drawn = bootstrap_r_indicator(TABLE_1, ["size_class"], n_samples=20)
    row = tables.indicator_rows(pd.concat(found).assign(unit="reactions"), drawn).iloc[0]
    assert row["R zonder correctie"] == "0,805"
    assert row["R"].startswith("0,819 (")
    assert row["R, handleiding RISQ"] == "0,827"


def test_categories_are_over_and_under_represented():
    rows = tables.category_rows(partial_r_indicators(TABLE_1, ["size_class"])).set_index("label")
    assert rows["verdict_label"].tolist() == [
        "ondervertegenwoordigd",
        "niet aantoonbaar anders",
        "oververtegenwoordigd",
    ]
    assert (rows["difference_low"] == rows["difference_high"]).all()


def test_bounds_have_a_column_per_assumption():
    shares = pd.DataFrame({"label": ["in gebruik"], "count": [42], "n": [153]})
    row = tables.bound_rows(nonresponse_bounds(shares, 342, share_deltas=[0.1], odds_ratios=[2.0])).iloc[0]
    assert row["Niets aangenomen"] == "12 tot 68%"
    assert row["Aandeel scheelt hooguit 10 punten"] == "22 tot 33%"


def test_frames_of_another_population_are_refused():
    frame = pd.DataFrame({"province": ["Zeeland"] * 342})
    assert tables.check_frames({"published": TABLE_1}, frame)
    with pytest.raises(ValueError, match="count"):
        tables.check_frames({"published": TABLE_1}, frame.iloc[1:])
