"""The presentation rules at and around their thresholds (Parker et al. 2017)."""

import pandas as pd
import pytest

from analysis.statistics.presentation import RULES, flags, is_unreliable, legend

GOOD = {
    "n": 140,
    "count": 70,
    "share": 0.5,
    "se": 0.04,
    "ci_low": 0.42,
    "ci_high": 0.58,
    "n_effective": 150,
    "df": 137,
}


def flag(**changes):
    return flags(pd.DataFrame([GOOD | changes])).item()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ""),
        ({"n": 30, "count": 15}, ""),
        ({"n": 29, "count": 15}, "few_respondents"),
        ({"n_effective": 30.0}, ""),
        ({"n_effective": 29.9}, "few_effective"),
        ({"ci_low": 0.36, "ci_high": 0.655}, ""),
        ({"ci_low": 0.35, "ci_high": 0.65}, "wide"),
        ({"share": 0.1, "ci_low": 0.05, "ci_high": 0.175}, ""),
        ({"share": 0.1, "ci_low": 0.05, "ci_high": 0.19}, "wide_relative"),
        ({"share": 0.02, "ci_low": 0.005, "ci_high": 0.05}, ""),
        ({"df": 8}, ""),
        ({"df": 7}, "few_df"),
        ({"count": 0, "share": 0.0, "se": 0.0, "ci_low": 0.0, "ci_high": 0.03}, "extreme"),
        ({"count": 140, "share": 1.0, "se": 0.0, "ci_low": 0.97, "ci_high": 1.0}, "extreme"),
        ({"se": 0.0, "ci_low": 0.5, "ci_high": 0.5, "n_effective": float("nan")}, "fixed"),
        ({"n": 13, "count": 5, "ci_low": 0.2, "ci_high": 0.8, "df": 7}, "few_respondents;wide;few_df"),
        (
            {"n": 0, "count": 0, "df": 0}
            | dict.fromkeys(["share", "se", "ci_low", "ci_high", "n_effective"], float("nan")),
            "empty",
        ),
    ],
)
def test_rules_at_their_thresholds(changes, expected):
    assert flag(**changes) == expected


def test_the_legend_names_what_occurs_in_order_of_the_rules():
    found = legend(["extreme;few_df", "", "wide"], "nl")
    assert list(found) == ["wide", "few_df", "extreme"]
    assert found["extreme"] == "niemand of iedereen koos dit antwoord"
    assert legend(["", ""]) == {}


def test_every_rule_has_a_text_in_both_languages():
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.nl
        assert rule.en
        assert rule.nl != rule.en
        assert ";" not in rule.code


def test_small_bases_are_unreliable_and_extremes_are_not():
    assert is_unreliable(pd.Series(["few_respondents", "extreme", "few_df;fixed", "wide;few_df"])).tolist() == [
        True,
        False,
        False,
        True,
    ]
