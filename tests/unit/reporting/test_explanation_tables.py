"""Tables of other explanations, from small tables."""

import pandas as pd

from analysis.reporting.explanation_tables import (
    ASSUMPTIONS,
    composition_rows,
    estimate_rows,
    overlap_rows,
    paired_rows,
    robustness_rows,
    tipping_rows,
)

ITEMS = {"b": "Tweede", "a": "Eerste"}


def test_overlap_shows_none_and_the_largest():
    rows = [
        (item, correlation, n, 0.01 + 0.1 * (item == "b"), 0.02 + 0.1 * (item == "b"))
        for item in "ab"
        for correlation in (-1.0, 0.0, 0.3, 1.0)
        for n in (0, 50, 111)
    ]
    curve = pd.DataFrame(rows, columns=["item", "correlation", "n_both", "p_low", "p_high"])
    found = overlap_rows(curve, ITEMS)
    assert found["Onderdeel"].tolist() == ["Tweede", "Eerste"]
    assert list(found.columns[1:]) == [
        "p zonder overlap",
        "p bij volle overlap, samenhang sterkst negatief",
        "p bij volle overlap, samenhang 0,3",
        "p bij volle overlap, samenhang sterkst positief",
    ]
    assert found.loc[0, "p zonder overlap"] == "0,110\u00a0tot\u00a00,120"


def test_a_tipping_point_is_possible_not_possible_or_in_between():
    rows = [("a", "2021", 2.0, 2.5), ("a", "2025", 4.0, 5.0), ("b", "2021", 2.9, 3.5), ("b", "2025", 0.5, 0.6)]
    table = pd.DataFrame(rows, columns=["item", "wave", "vanishes_low", "vanishes_high"])
    table = table.assign(unclear_low=1.0, unclear_high=1.5, possible_low=0.2, possible_high=3.0)
    found = tipping_rows(table, ITEMS)
    assert found["Onderdeel"].tolist() == ["Tweede", "Tweede", "Eerste", "Eerste"]
    assert found["Nul mogelijk"].tolist() == ["hangt af", "ja", "ja", "nee"]


def test_composition_follows_the_order_of_the_items_and_leaves_out_what_is_held_back():
    standardised = pd.DataFrame(
        {
            "item": ["a", "b"],
            "share": [0.1, 0.2],
            "standardised": [0.11, 0.22],
            "lowest": [0.0, 0.1],
            "highest": [0.3, 0.4],
        }
    )
    found = composition_rows(standardised, ITEMS, {"a", "b"})
    assert found["Elke verdeling"].tolist() == ["10,0 tot 40,0%", "0,0 tot 30,0%"]
    assert composition_rows(standardised, ITEMS, {"a"})["Elke verdeling"].tolist() == ["0,0 tot 30,0%"]


def test_estimates_stand_side_by_side_and_what_is_held_back_says_so():
    rows = [
        {"item": item, "wave": wave, "estimator": estimator, "share": 0.25, "ci_low": 0.2, "ci_high": 0.3}
        for item in "ab"
        for wave in ("2021", "2025")
        for estimator in ("unweighted", "raked")
        if (item, wave, estimator) != ("b", "2021", "raked")
    ]
    table = pd.DataFrame(rows).assign(percent=float("nan"))
    own = (table["wave"] == "2025") & (table["estimator"] == "unweighted")
    table.loc[own, "percent"] = 26
    table.loc[(table["item"] == "a") & (table["estimator"] == "raked"), "share"] = float("nan")
    found = estimate_rows(table, ITEMS)
    assert list(found.columns) == [
        "Onderdeel",
        "2021, ongewogen",
        "2021, gewogen",
        "2025, ongewogen",
        "2025, gewogen",
    ]
    whole, printed = "25% (20 tot 30%)", "26% (20 tot 30%)"
    assert found.iloc[0].tolist() == ["Tweede", whole, "niet getoond", printed, whole]
    assert found.iloc[1].tolist() == ["Eerste", whole, "niet getoond", printed, "niet getoond"]


def test_pairs_are_ranges_over_the_rules():
    rows = [
        {"item": item, "rule": rule, "n_both": 55, "correlation": 0.1 * place, "mcnemar": 0.01, "difference": 0.2,
         "ci_low": 0.1, "ci_high": 0.3, "partly_overlapping": 0.001}
        for item in "ab"
        for place, rule in enumerate(("any", "all"))
    ]  # fmt: skip
    found = paired_rows(pd.DataFrame(rows), ITEMS)
    assert found.iloc[0].tolist() == ["Tweede", "55", "0,00 tot 0,10", "0,010", "+20", "+10 tot +30", "0,001"]


def test_only_other_verdicts_are_listed():
    table = pd.DataFrame({"item": ["a", "b"], "main": ["changed", "not_shown"], "stands": [True, False]})
    table = table.assign(fisher=["changed", "not_shown"], overlap=["changed", "depends"])
    found = robustness_rows(table, ITEMS)
    assert found["Ander oordeel bij"].tolist() == [f"{ASSUMPTIONS['overlap']} (hangt af)", "geen enkele aanname"]
