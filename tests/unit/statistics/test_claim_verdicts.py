"""Statements against answers that are known."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Observed, Respondents
from analysis.statistics.claim_verdicts import check_data
from analysis.statistics.coded_claims import CodedClaims, Ranks
from analysis.statistics.design import Design
from analysis.statistics.response_facts import ResponseFacts
from analysis.statistics.weighting import unweighted
from analysis.survey.claims import Claim, Claims
from analysis.survey.coding.theme_levels import Grouping
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

CONVENTION = read_quantifiers(Path("data/raw/published/quantifiers.csv"))
REGISTER = pd.DataFrame(
    {"day": ["2025"] * 3 + ["2021"] * 3, "size_class": ["d", "c", "ab"] * 2, "n": [246, 64, 32, 251, 59, 32]}
)
BLANK = dict.fromkeys(("figure", "quantifier", "relation", "reference", "note", "options", "value"), "")


class Known:
    """Answers of which one share is known: 24 of 140, between 13 and 23 per cent."""

    def __init__(self, *claims):
        self.published = type(
            "Report",
            (),
            {
                "claims": Claims({claim.claim_id: claim for claim in claims}, Path("c.csv")),
                "quantifiers": CONVENTION,
                "facts": {"Y02": Fraction(7, 100)},
                "response": {"R01": "reactions"},
                "question": lambda self, variable: None,
            },
        )()
        self.frame = pd.DataFrame({"province": ["Drenthe"], "responded": [1]})
        self.response = ResponseFacts({}, REGISTER)
        self.coded = None

    def is_decided_by_codes(self, claim):
        return False

    def why_not(self, claim):
        return "no_bound"

    def observe(self, claim):
        return Observed(24, 140, 24 / 140, 0.13, 0.23)

    def printed(self, claim):
        return {17}

    def size_class_p_value(self):
        return 0.001


def judged(**fields):
    usual = {"evidence": "closed", "chapter": "5", "section": "5", "question": "q18", "base": "planning", "n": 140}
    claim = Claim(**(BLANK | usual | {"claim_id": "X", "line": 2, "statistic": "share", "options": "a"} | fields))
    return check_data(Known(claim), ["X"]).iloc[0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"kind": "exact_percent", "value": "17"}, "confirmed"),
        ({"kind": "exact_percent", "value": "20"}, "within_interval"),
        ({"kind": "exact_percent", "value": "40"}, "contradicted"),
        ({"kind": "exact_count", "statistic": "count", "value": "24"}, "confirmed"),
        ({"kind": "exact_count", "statistic": "count", "value": "25"}, "contradicted"),
        ({"kind": "verbal", "quantifier": "bijna een vijfde"}, "confirmed"),
        ({"kind": "verbal", "quantifier": "ruim een vijfde"}, "within_interval"),
        ({"kind": "verbal", "quantifier": "de helft"}, "contradicted"),
        ({"kind": "verbal", "quantifier": "een aantal"}, "not_tested"),
        ({"kind": "verdict", "statistic": "judgement", "quantifier": "representatief"}, "contradicted"),
        ({"kind": "verbal", "quantifier": "de helft", "evidence": "context"}, "not_tested"),
    ],
)
def test_a_share_is_compared_with_what_is_printed(fields, expected):
    assert judged(**fields)["data_verdict"] == expected


@pytest.mark.parametrize(
    ("options", "kind", "value", "expected"),
    [
        ("d", "exact_count", "246", "confirmed"),
        ("d", "exact_count", "250", "within_interval"),
        ("d", "exact_count", "252", "contradicted"),
        ("d", "exact_count", "245", "contradicted"),
        ("d", "exact_percent", "72", "confirmed"),
        ("d", "exact_percent", "73", "within_interval"),
        ("d", "exact_percent", "71", "contradicted"),
        ("a;b", "exact_count", "32", "confirmed"),
        ("a;b;c;d", "exact_count", "342", "confirmed"),
    ],
)
def test_a_size_class_is_compared_with_the_register_of_both_days(options, kind, value, expected):
    statistic = "count" if kind == "exact_count" else "share"
    row = judged(question="register", base="population", n=342, options=options, **_exact(kind, statistic, value))
    assert (row["data_verdict"], row["data_source"]) == (expected, "register")


def _exact(kind, statistic, value):
    return {"kind": kind, "statistic": statistic, "value": value}


@pytest.mark.parametrize(("value", "expected"), [("7", "confirmed"), ("8", "contradicted")])
def test_the_earlier_wave_is_compared_with_another_source(value, expected):
    row = judged(evidence="2021", reference="Y02", **_exact("exact_percent", "share", value))
    assert (row["data_verdict"], row["data_source"]) == (expected, "earlier")


def test_what_is_not_tested_says_why():
    row = judged(kind="verbal", quantifier="een aantal")
    assert (row["data_verdict"], row["data_reason"]) == ("not_tested", "no_bound")
    assert row["data_count"] == 24


def disputed(names):
    """Return the verdicts on two statements about open answers when coders disagree on those named."""
    usual = {"evidence": "open", "chapter": "5", "section": "5", "question": "q26", "base": "planning", "n": 140}
    usual |= {"statistic": "share", "kind": "exact_percent", "value": "36"}
    claims = {
        "A": Claim(**(BLANK | usual | {"claim_id": "A", "line": 2})),
        "P": Claim(**(BLANK | usual | {"claim_id": "P", "line": 3, "relation": "within", "reference": "A"})),
    }
    instrument = load_instrument(Path("data/raw/instrument_2025.yaml"))
    published = Published(instrument, Claims(claims, Path("c.csv")), CONVENTION)
    columns = {"level": "claim", "question": "q26", "base": "planning", "group": "all", "denominator": "routed"}
    shares = pd.DataFrame({"option": ["A", "P"], "count": [50, 18], "share": [50 / 140, 18 / 140]})
    shares = shares.assign(**columns, estimator="unweighted", n=140, ci_low=[0.3, 0.1], ci_high=[0.4, 0.2])
    groups = {"q26": [Grouping(name, name, name, frozenset([name])) for name in claims]}
    people = [f"r{number}" for number in range(140)]
    codes = ["A;P"] * 18 + ["A"] * 32
    written = pd.DataFrame({"column": "q26", "respondent_id": people[:50], "codes": codes})
    coded = CodedClaims(shares, written, groups, {"q26"}, {"q26": names})
    table = pd.DataFrame({"respondent_id": people, "all": "all", "q04": "a"})
    answers = Respondents.__new__(Respondents)
    answers.published, answers.coded = published, coded
    answers.design = unweighted(Design(table, {"all": 342}, stratum="all"))
    return check_data(answers, claims)[["data_verdict", "data_reason"]].fillna("").values.tolist()


def test_what_coders_disagree_about_is_not_tested_and_neither_is_a_part_of_it():
    tested, disagreed = ["confirmed", ""], ["not_tested", "coders_disagree"]
    assert disputed([]) == [tested, tested]
    assert disputed(["P"]) == [tested, disagreed]
    assert disputed(["A"]) == [disagreed, disagreed]


def test_the_share_stands_beside_the_verdict():
    claim = Claim(
        **(
            BLANK
            | {"claim_id": "X", "line": 2, "evidence": "closed", "chapter": "5", "section": "5", "question": "q18"}
            | {"base": "planning", "n": 140, "statistic": "share", "kind": "verbal", "quantifier": "de helft"}
            | {"options": "a"}
        )
    )
    row = check_data(Known(claim), ["X"]).loc["X"]
    assert (row["data_count"], row["data_n"]) == (24, 140)


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        (Ranks(first=2, last=2, lowest=2, highest=2), ("confirmed", True)),
        (Ranks(first=2, last=2, lowest=1, highest=3), ("confirmed", False)),
        (Ranks(first=3, last=3, lowest=1, highest=4), ("within_interval", None)),
        (Ranks(first=3, last=3, lowest=3, highest=4), ("contradicted", None)),
    ],
)
def test_a_place_is_certain_only_when_the_margins_leave_no_other(ranks, expected):
    usual = {"evidence": "open", "chapter": "11", "section": "11", "question": "q26", "base": "planning", "n": 140}
    usual |= {"claim_id": "X", "line": 2, "statistic": "rank", "kind": "verbal", "value": "2"}
    usual |= {"quantifier": "een tweede belangrijk"}
    answers = Known(Claim(**(BLANK | usual)))
    answers.is_decided_by_codes = lambda claim: True
    answers.coded = type("Coded", (), {"ranks": lambda self, claim: ranks})()
    row = check_data(answers, ["X"]).iloc[0]
    assert (row["data_verdict"], row["data_certain"] if expected[1] is not None else None) == expected
