"""Enumeration of whole numbers, against brute force over every division of the respondents."""

from fractions import Fraction
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.statistics.comparison.published_facts import Statement, percent_limits, statement_of
from analysis.statistics.comparison.reconstruction import (
    feasible_bases,
    feasible_distributions,
    reconstruct,
    union_counts,
)
from analysis.statistics.rounding import round_half_up, round_largest_remainder
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import Limit, read_quantifiers

RAW = Path("data/raw")
CELLS = (("a",), ("b",), ("c", "d"))
BASES = feasible_bases(32, [352, 355])


def limit(value, strict=False):
    return Limit(Fraction(0), Fraction(value), strict)


def divisions(n, cells):
    for counts in product(range(n + 1), repeat=cells - 1):
        if sum(counts) <= n:
            yield (*counts, n - sum(counts))


def holds(statement, counts, cells, n):
    def total(options):
        return sum(count for count, cell in zip(counts, cells, strict=True) if set(cell) <= set(options))

    return statement.allows(total(statement.options), total(statement.within) if statement.within else n)


shares = st.integers(0, 20).map(lambda twentieths: Fraction(twentieths, 20))
statements = st.builds(
    lambda options, low, high, strict, within: Statement(
        "s", options, limit(min(low, high), strict), limit(max(low, high), strict), within
    ),
    st.sampled_from([("a",), ("b",), ("c", "d"), ("a", "b"), ("b", "c", "d")]),
    shares,
    shares,
    st.booleans(),
    st.sampled_from([(), (), ("a", "b"), ("a", "b", "c", "d")]),
)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 14), st.lists(statements, max_size=4))
def test_the_enumeration_equals_brute_force(n, conditions):
    found = feasible_distributions(n, CELLS, conditions)
    expected = [
        counts
        for counts in divisions(n, len(CELLS))
        if all(holds(statement, counts, CELLS, n) for statement in conditions)
    ]
    assert list(found.columns) == ["a", "b", "c+d"]
    assert sorted(found.itertuples(index=False, name=None)) == sorted(expected)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=3, max_size=3).filter(sum), st.booleans())
def test_the_true_counts_are_among_those_that_fit_their_printed_percentages(counts, ordinary):
    printed = round_half_up(counts) if ordinary else round_largest_remainder(counts)
    rounding = "half_up" if ordinary else "either"
    facts = [Statement("s", cell, *percent_limits(p, rounding)) for cell, p in zip(CELLS, printed, strict=True)]
    found = feasible_distributions(sum(counts), CELLS, facts)
    assert tuple(counts) in set(found.itertuples(index=False, name=None))


def test_the_number_of_respondents_of_2021():
    # 32 percent of 352 is 111 to 114, and of 355 it is 112 to 115; by hand.
    pairs = set(BASES.itertuples(index=False, name=None))
    assert pairs == {(n, 352) for n in range(111, 115)} | {(n, 355) for n in range(112, 116)}


def status_distributions(rounding):
    quantifiers = read_quantifiers(RAW / "published/quantifiers.csv")
    facts = read_earlier_facts(RAW / "published/figures_2021.csv")
    crosswalk = load_crosswalk(RAW / "crosswalk_2021.yaml", load_instrument(RAW / "instrument_2025.yaml"), facts)
    question = crosswalk.question("status")
    read = [statement_of(fact, facts, quantifiers, rounding=rounding) for fact in question.facts]
    return reconstruct(BASES, question.all_cells, read)


def test_the_status_of_2021_equals_a_loop_over_all_counts():
    expected = set()
    for n in range(111, 116):
        for a, b, d, f in product(range(5, 12), range(36, 45), range(10, 18), range(2, 8)):
            if round_half_up([a, n - a])[0] != 7 or round_half_up([b, n - b])[0] != 36:
                continue
            if round_half_up([d, n - d])[0] != 12 or round_half_up([f, n - f])[0] != 4:
                continue
            for c in range(n - a - b - d - f + 1):
                works = a + b + c
                if 80 * n < 100 * works <= 85 * n and 47 * works <= 100 * c <= 53 * works:
                    expected.add((n, a, b, c, d, f, n - works - d - f))
    found = status_distributions("half_up")
    assert set(found.itertuples(index=False, name=None)) == expected
    assert len(found) == len(expected) > 0
    # Seven percent is eight municipalities, whatever the number of respondents.
    assert union_counts(found, ["a"])["count"].unique().tolist() == [8]


def test_ordinary_rounding_is_a_special_case():
    ordinary, either = status_distributions("half_up"), status_distributions("either")
    merged = ordinary.merge(either, how="left", indicator=True)
    assert (merged["_merge"] == "both").all()
    assert len(either) > len(ordinary)


def test_unions_of_cells_are_added_up():
    distributions = pd.DataFrame({"n": [5, 5, 6], "a": [1, 1, 2], "b": [2, 1, 2], "c+d": [2, 3, 2]})
    found = union_counts(distributions, ["a", "c", "d"])
    assert found.to_dict("list") == {"n": [5, 5, 6], "count": [3, 4, 4]}


def test_facts_that_fit_no_whole_numbers_are_refused():
    half = Statement("F1", ("a",), limit(Fraction(1, 2)), limit(Fraction(1, 2)))
    with pytest.raises(InputError, match="F1"):
        reconstruct(pd.DataFrame({"n": [3], "population": [3]}), CELLS, [half])


def test_a_fact_about_no_union_of_cells_is_refused():
    with pytest.raises(InputError, match="no union"):
        feasible_distributions(5, CELLS, [Statement("F1", ("c",), limit(0), limit(1))])


def test_too_little_knowledge_is_refused_before_it_fills_the_memory():
    with pytest.raises(InputError, match="combinations"):
        feasible_distributions(500, tuple((letter,) for letter in "abcdef"), [])
