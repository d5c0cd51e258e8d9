"""The two rules of rounding, against the published figures, exact fractions and brute force."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.statistics.rounding import ROUNDING_RULES, round_half_up, round_largest_remainder

COUNTS = st.lists(st.integers(0, 400), min_size=1, max_size=8).filter(any)


def test_figure_2_is_printed_under_largest_remainder():
    assert round_largest_remainder([42, 28, 44, 26, 5, 3, 0, 5]) == [28, 18, 29, 17, 3, 2, 0, 3]


def test_figure_2_is_not_printed_under_half_up():
    assert round_half_up([42, 28, 44, 26, 5, 3, 0, 5]) == [27, 18, 29, 17, 3, 2, 0, 3]


def test_figure_3_is_printed_under_both_rules():
    for rule in ROUNDING_RULES.values():
        assert rule([28, 84, 27, 1, 0]) == [20, 60, 19, 1, 0]


def test_a_half_goes_up():
    assert round_half_up([1, 199]) == [1, 100]
    assert round_half_up([3, 197]) == [2, 99]


@given(COUNTS)
def test_half_up_is_the_nearest_whole_number(counts):
    for count, percentage in zip(counts, round_half_up(counts), strict=True):
        difference = Fraction(100 * count, sum(counts)) - percentage
        assert Fraction(-1, 2) <= difference < Fraction(1, 2)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5).filter(any))
def test_largest_remainder_is_the_closest_set_that_adds_up(counts):
    exact = [Fraction(100 * count, sum(counts)) for count in counts]
    floors = [value.__floor__() for value in exact]
    raised = 100 - sum(floors)

    def distance(percentages):
        return sum((value - percentage) ** 2 for value, percentage in zip(exact, percentages, strict=True))

    options = [
        [floor + (option in chosen) for option, floor in enumerate(floors)]
        for chosen in combinations(range(len(counts)), raised)
    ]
    found = round_largest_remainder(counts)
    assert sum(found) == 100
    assert distance(found) == min(map(distance, options))


@given(COUNTS)
def test_an_exact_percentage_stays_as_it_is(counts):
    found = round_largest_remainder(counts)
    for count, percentage in zip(counts, found, strict=True):
        if 100 * count % sum(counts) == 0:
            assert percentage == 100 * count // sum(counts)


@pytest.mark.parametrize("rule", ROUNDING_RULES.values())
@pytest.mark.parametrize("counts", [[], [0, 0], [3, -1]])
def test_what_has_no_percentage_is_refused(rule, counts):
    with pytest.raises(ValueError, match=r"negative|nobody answered"):
        rule(counts)
