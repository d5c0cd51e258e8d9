"""Published figures of 2021 as intervals, against intervals written out by hand."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.comparison.published_facts import percent_limits, statement_of
from analysis.statistics.rounding import round_half_up, round_largest_remainder
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.quantifiers import read_quantifiers

PUBLISHED = Path("data/raw/published")
QUANTIFIERS = read_quantifiers(PUBLISHED / "quantifiers.csv")
FACTS = read_earlier_facts(PUBLISHED / "figures_2021.csv")


def limits(fact_id, rounding="half_up"):
    found = statement_of(fact_id, FACTS, QUANTIFIERS, rounding=rounding)
    return found.lower.offset, found.lower.is_strict, found.upper.offset, found.upper.is_strict


def test_a_percentage_is_an_interval_of_one_point():
    assert limits("Y02") == (Fraction(65, 1000), False, Fraction(75, 1000), True)
    assert limits("Y02", "either") == (Fraction(6, 100), True, Fraction(8, 100), True)


def test_words_follow_the_convention():
    assert limits("Y04") == (Fraction(80, 100), True, Fraction(85, 100), False)
    assert limits("Y12") == (Fraction(47, 100), False, Fraction(53, 100), False)
    assert limits("Y13") == (Fraction(12, 100), False, Fraction(18, 100), False)


def test_a_share_of_another_fact_is_within_its_answers():
    statement = statement_of("Y05", FACTS, QUANTIFIERS, rounding="half_up")
    assert statement.options == ("c",)
    assert statement.within == ("a", "b", "c")
    assert (statement.lower.offset, statement.upper.offset) == (Fraction(47, 100), Fraction(53, 100))


@pytest.mark.parametrize("fact_id", ["Y08", "Y11", "Y99"])
def test_a_fact_that_says_nothing_about_a_share_is_refused(fact_id):
    with pytest.raises(InputError, match=fact_id):
        statement_of(fact_id, FACTS, QUANTIFIERS, rounding="half_up")


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6).filter(sum))
def test_the_limits_hold_exactly_the_shares_that_are_printed(counts):
    n = sum(counts)
    for percent, count in zip(round_half_up(counts), counts, strict=True):
        lower, upper = percent_limits(percent, "half_up")
        assert lower.offset <= Fraction(count, n) < upper.offset
        for other in (percent - 1, percent + 1):
            lower, upper = percent_limits(other, "half_up")
            assert not lower.offset <= Fraction(count, n) < upper.offset
    for percent, count in zip(round_largest_remainder(counts), counts, strict=True):
        lower, upper = percent_limits(percent, "either")
        assert lower.offset < Fraction(count, n) < upper.offset
