"""What respondents say about statements that no single row of the estimates answers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.base_shares import share_of
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Respondents
from analysis.statistics.coded_claims import CodedClaims
from analysis.statistics.design import Design
from analysis.statistics.intervals import beta_interval, hypergeometric_interval
from analysis.statistics.weighting import unweighted
from analysis.survey.claims import Claim, Claims
from analysis.survey.coding.theme_levels import Grouping
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

CONVENTION = read_quantifiers(Path("data/raw/published/quantifiers.csv"))
POPULATION = 12
INSTRUMENT = """
wave: "2030"
missing:
  - {code: not_asked, nl: niet gevraagd, en: not asked}
  - {code: not_answered, nl: niet ingevuld, en: not answered}
bases:
  - {name: all, nl: iedereen, en: everyone}
  - {name: lending, nl: leent uit, en: lends, when: {q01: [a]}}
questions:
  - name: q01
    number: "1"
    type: single
    chapter: 1
    base: all
    missing: [not_answered]
    disclosure: none
    nl: Leent uit
    en: Lends
    options: [{code: a, nl: ja, en: "yes"}, {code: b, nl: nee, en: "no"}]
  - name: q02
    number: "2"
    type: multi
    chapter: 2
    base: lending
    missing: [not_asked, not_answered]
    disclosure: none
    nl: Wat
    en: What
    options: [{code: a, nl: laptops, en: laptops}, {code: b, nl: tablets, en: tablets}]
"""
BLANK = dict.fromkeys(
    ("figure", "quantifier", "relation", "reference", "note", "options", "value", "question"), ""
)
GROUP = {"claim_id": "G", "evidence": "closed", "question": "q01", "options": "a", "base": "all"}


@pytest.fixture(scope="module")
def instrument(tmp_path_factory):
    path = tmp_path_factory.mktemp("questionnaire") / "instrument.yaml"
    path.write_text(INSTRUMENT, encoding="utf-8")
    return load_instrument(path)


@pytest.fixture(scope="module")
def design():
    """Ten of twelve: six lend (five laptops, two tablets, one of them both), four do not."""
    table = pd.DataFrame(
        {
            "respondent_id": [f"r{number}" for number in range(10)],
            "all": "all",
            "q01": list("aaaaaabbbb"),
            "q02_a": [*"111101", *["not_asked"] * 4],
            "q02_b": [*"010010", *["not_asked"] * 4],
        }
    )
    return unweighted(Design(table, {"all": POPULATION}, stratum="all"))


def ask(instrument, design, *claims, coded=None):
    made = [
        Claim(**(BLANK | {"chapter": "1", "section": "1", "line": 2, "statistic": "share", "n": 10} | claim))
        for claim in ({"kind": "exact_percent", "value": "60"} | claim for claim in claims)
    ]
    published = Published(instrument, Claims({one.claim_id: one for one in made}, Path("c.csv")), CONVENTION)
    return Respondents(published, design, coded=coded).observe(made[-1])


def exact(count, n=10):
    """Return the exact interval of a count in ten of twelve."""
    low, high = hypergeometric_interval(np.array([count]), np.array([n]), np.array([POPULATION]))
    return pytest.approx((low[0], high[0]))


def written(*ids):
    """Return codes of which one is a statement, written by some respondents."""
    names = ["level", "question", "option", "base", "group", "estimator", "denominator"]
    coded = pd.DataFrame({"respondent_id": ids, "column": "q02_text", "codes": "money"})
    groups = {"q02_text": [Grouping("W", "W", "W", frozenset({"money"}))]}
    return CodedClaims(pd.DataFrame(columns=names), coded, groups, {"q02_text"})


def test_the_share_of_everyone_has_the_interval_of_the_design(instrument, design):
    claim = {"claim_id": "S", "evidence": "closed", "question": "q02", "options": "a", "base": "all"}
    found = ask(instrument, design, claim)
    assert (found.count, found.n) == (5, 10)
    assert (found.low, found.high) == exact(5)
    low, high = beta_interval(np.array([0.5]), np.array([10]))
    assert found.high - found.low < (high - low)[0]


def test_several_answers_are_a_share_of_who_answered(instrument, design):
    found = ask(instrument, design, {"claim_id": "S", "evidence": "closed", "question": "q02", "base": "lending"})
    row = share_of({"r1"}, "lending", instrument, design)
    assert (found.count, found.n) == (1, 6)
    assert (found.low, found.high) == (row["ci_low"], row["ci_high"])


def test_a_written_part_counts_the_members_of_the_group_alone(instrument, design):
    claim = {"claim_id": "W", "evidence": "open", "base": "all", "relation": "within", "reference": "G"}
    outside = ask(instrument, design, GROUP, claim, coded=written("r0", "r1", "r9"))
    assert (outside.count, outside.n, outside.share) == (2, 6, pytest.approx(1 / 3))
    inside = ask(instrument, design, GROUP, claim, coded=written("r0", "r1"))
    assert outside == inside


def test_a_written_part_of_a_group_of_ticks(instrument, design):
    group = GROUP | {"question": "q02", "options": "b", "base": "lending"}
    claim = {"claim_id": "W", "evidence": "open", "base": "lending", "relation": "within", "reference": "G"}
    found = ask(instrument, design, group, claim, coded=written("r0", "r1"))
    assert (found.count, found.n) == (1, 2)


def test_the_share_of_a_base_does_not_count_who_is_outside_it(instrument, design):
    row = share_of({"r0", "r9"}, "lending", instrument, design)
    assert (row["count"], row["n"]) == (1, 6)
    row = share_of({"r0", "r9"}, "all", instrument, design)
    assert (row["count"], row["n"]) == (2, 10)
    assert (row["ci_low"], row["ci_high"]) == exact(2)
    row = share_of({"r0"}, "all", instrument, design, members={"r0", "r1"})
    assert (row["count"], row["n"]) == (1, 2)
