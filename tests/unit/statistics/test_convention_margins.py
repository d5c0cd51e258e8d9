"""Narrower and wider margins of the convention for quantity words."""

from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest

from analysis.statistics.convention_margins import changes_by_factor, scale_limit, scale_margins
from analysis.survey.quantifiers import Limit, read_quantifiers

CONVENTION = read_quantifiers(Path("data/raw/published/quantifiers.csv"))


@pytest.mark.parametrize(
    ("offset", "factor", "is_lower", "expected"),
    [
        ("1/5", 2, False, "2/5"),
        ("1/5", "1/2", False, "1/10"),
        ("2/5", 2, True, "3/10"),
        ("3/4", 2, True, "1/2"),
        ("17/20", "1/2", False, "7/10"),
        ("1/2", 2, True, "1/2"),
        ("1", 2, False, "1"),
    ],
)
def test_a_limit_without_a_named_share_moves_from_where_it_starts(offset, factor, is_lower, expected):
    limit = Limit(Fraction(0), Fraction(offset), False)
    assert scale_limit(limit, Fraction(factor), is_lower=is_lower).offset == Fraction(expected)


def test_twice_the_margin_around_a_named_share():
    reading = scale_margins(CONVENTION, Fraction(2)).read("ongeveer een derde")
    ends = [limit.at(reading.fraction).offset for limit in (reading.quantifier.lower, reading.quantifier.upper)]
    assert ends == [Fraction(1, 3) - Fraction(6, 100), Fraction(1, 3) + Fraction(6, 100)]


def test_a_statement_of_which_both_verdicts_change_counts_once():
    changes = pd.DataFrame(
        {
            "factor": [0.5, 0.5, 2.0],
            "claim_id": ["A", "B", "A"],
            "arithmetic_before": ["consistent"] * 3,
            "arithmetic_after": ["contradicted", "consistent", "consistent"],
            "data_before": ["confirmed"] * 3,
            "data_after": ["contradicted", "confirmed", "confirmed"],
        }
    )
    assert changes_by_factor(changes)["count"].tolist() == [1, 0]
