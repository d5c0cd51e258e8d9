"""Statements against answers that are known."""

from pathlib import Path

import pytest

from analysis.statistics.claim_shares import Observed
from analysis.statistics.claim_verdicts import check_data
from analysis.survey.claims import Claim, Claims
from analysis.survey.quantifiers import read_quantifiers

CONVENTION = read_quantifiers(Path("data/raw/published/quantifiers.csv"))
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
                "facts": {},
            },
        )

    def observe(self, claim):
        return Observed(24, 140, 24 / 140, 0.13, 0.23)

    def printed(self, claim):
        return {17}

    def size_class_p_value(self):
        return 0.001


def verdict(**fields):
    usual = {"evidence": "closed", "chapter": "5", "section": "5", "question": "q18", "base": "planning", "n": 140}
    claim = Claim(**(BLANK | usual | {"claim_id": "X", "line": 2, "statistic": "share", "options": "a"} | fields))
    return check_data(Known(claim), ["X"])["data_verdict"].iloc[0]


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
    assert verdict(**fields) == expected


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
