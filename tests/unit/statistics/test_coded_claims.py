"""Published statements against coded open answers that are known."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.statistics.coded_claims import CodedClaims
from analysis.statistics.design import Design
from analysis.statistics.weighting import unweighted
from analysis.survey.coding.theme_levels import Grouping
from analysis.survey.instrument import load_instrument

INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))


def group(claim, *codes):
    return Grouping(claim, claim, claim, frozenset(codes))


def statement(name, base="planning", value=()):
    return SimpleNamespace(claim_id=name, base=base, value=value)


def shares(*rows):
    names = ["level", "question", "option", "base", "count", "ci_low", "ci_high"]
    fixed = {"group": "all", "estimator": "unweighted", "denominator": "routed", "n": 140}
    table = pd.DataFrame(rows, columns=names).assign(**fixed)
    return table.assign(share=table["count"] / 140)


THEMES = shares(
    ("claim", "q26", "A", "planning", 50, 0.30, 0.42),
    ("claim", "q26", "B", "planning", 33, 0.18, 0.29),
    ("claim", "q26", "C", "planning", 10, 0.05, 0.12),
    ("code", "q26", "youth", "planning", 50, 0.30, 0.42),
    ("code", "q26", "money", "planning", 33, 0.18, 0.29),
    ("code", "q26", "parents", "planning", 30, 0.16, 0.27),
    ("code", "q26", "courts", "planning", 10, 0.05, 0.12),
)
CODED = pd.DataFrame(
    [
        ("r1", "q26", "savings;money"),
        ("r1", "q27", "benefit"),
        ("r2", "q27", "benefit"),
        ("r3", "q26", "money"),
        ("r4", "q26", None),
    ],
    columns=["respondent_id", "column", "codes"],
)
GROUPS = {
    "q26": [group("A", "youth"), group("B", "money"), group("C", "courts"), group("U", "savings")],
    "q27": [group("U", "benefit")],
}


@pytest.fixture(scope="module")
def coded():
    return CodedClaims(THEMES, CODED, GROUPS, {"q26"})


@pytest.fixture(scope="module")
def design():
    """Four respondents with plans and two without, out of eight municipalities."""
    table = pd.DataFrame(
        {"respondent_id": [f"r{i}" for i in range(1, 7)], "q04": list("abcdef"), "all": "all", "q06": "a"}
    )
    return unweighted(Design(table, {"all": 8}, stratum="all"))


def test_a_statement_in_one_column_is_the_share_of_who_was_asked(coded, design):
    found = coded.share(statement("A"), INSTRUMENT, design)
    assert (found["count"], found["n"]) == (50, 140)


def test_coders_who_disagree_in_one_column_dispute_the_statement():
    coded = CodedClaims(THEMES, CODED, GROUPS, {"q26", "q27"}, {"q26": ["A"], "q27": ["U"]})
    assert [coded.is_agreed(statement(name)) for name in "ABU"] == [False, True, False]


def test_a_statement_in_two_columns_counts_each_respondent_once(coded, design):
    found = coded.share(statement("U"), INSTRUMENT, design)
    assert (found["count"], found["n"]) == (2, 4)


def test_a_statement_about_everyone_is_a_share_of_everyone(coded, design):
    found = coded.share(statement("U", base="all"), INSTRUMENT, design)
    assert (found["count"], found["n"]) == (2, 6)
    found = coded.share(statement("B", base="all"), INSTRUMENT, design)
    assert (found["count"], found["n"]) == (2, 6)


def test_a_statement_is_coded_when_all_of_its_columns_are(coded):
    assert coded.is_coded(statement("A"))
    assert not coded.is_coded(statement("U"))
    assert not coded.decides(statement("Z"))


def test_the_place_of_a_theme_among_the_others(coded):
    first, second = coded.ranks(statement("A")), coded.ranks(statement("B"))
    assert (first.first, first.last, first.lowest, first.highest) == (1, 1, 1, 1)
    # Its interval and that of the third one overlap.
    assert (second.first, second.last, second.lowest, second.highest) == (2, 2, 2, 3)
    assert coded.ranks(statement("C")).lowest == 4


def test_nothing_coded_yet_is_no_error():
    empty = CodedClaims(THEMES.iloc[:0], CODED.iloc[:0], GROUPS, set())
    assert empty.decides(statement("A"))
    assert not empty.is_coded(statement("A"))
