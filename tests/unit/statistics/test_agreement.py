"""Agreement equals published worked examples, sums by hand, and its own definition on random codings."""

from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.agreement import (
    Bootstrap,
    agreement_table,
    has_code,
    masi_alpha,
    masi_distance,
    nominal_alpha,
    reliability,
)

NA = np.nan
ONCE = Bootstrap(seed=1, n_resamples=200)
# Krippendorff (2011), sections A, B and C, each with the alpha that is printed there. C is also the example in the
# manual of R's irr (kripp.alpha on the matrix nmm), which gives the same value.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
LETTERS = ["aabbdcccedda", "babbbccceddd"]
FOUR_CODERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3],
    [NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA],
]


@pytest.mark.parametrize(
    ("ratings", "printed"),
    [
        (BINARY, 0.095),
        ([[ord(letter) for letter in coder] for coder in LETTERS], 0.692),
        (FOUR_CODERS, 0.743),
    ],
    ids=["binary", "nominal", "missing values"],
)
def test_nominal_alpha_equals_the_published_examples(ratings, printed):
    assert nominal_alpha(np.array(ratings, dtype=float)) == pytest.approx(printed, abs=0.0005)


def test_nominal_alpha_by_hand():
    # Five units, coders 11, 11, 00, 00, 10: ten ratings, five ones. One unit differs, so 2 of the 10 ordered pairs
    # differ; by chance 2 * 5 * 5 / 9 of the 10 would. Alpha is 1 - 2 / (50 / 9) = 0.64.
    ratings = np.array([[1, 1, 0, 0, 1], [1, 1, 0, 0, 0]], dtype=float)
    assert nominal_alpha(ratings) == pytest.approx(0.64)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("a", "a", 0),
        ("a", "b", 1),
        ("ab", "abc", 1 - Fraction(2, 3) * Fraction(2, 3)),
        ("ab", "bc", 1 - Fraction(1, 3) * Fraction(1, 3)),
        ("", "", 0),
        ("", "a", 1),
    ],
)
def test_masi_distance_by_hand(one, other, distance):
    assert masi_distance(frozenset(one), frozenset(other)) == pytest.approx(float(distance))
    assert masi_distance(frozenset(other), frozenset(one)) == pytest.approx(float(distance))


def test_masi_alpha_by_hand():
    # Three units: {a} {a}; {a, b} {a}; {b} {b}. Ratings: a 3 times, ab once, b twice. Distances: a-ab 2/3,
    # b-ab 2/3, a-b 1. Seen: unit 2 has both orders of 2/3, so 4/3. By chance both orders of a-ab 3 * 2/3, b-ab
    # 2 * 2/3 and a-b 3 * 2, over 6 - 1: 2 * (2 + 4/3 + 6) / 5 = 56/15. Alpha is 1 - (4/3) / (56/15) = 9/14.
    ratings = pd.DataFrame({"x": ["a", "a;b", "b"], "y": ["a", "a", "b"]})
    assert masi_alpha(ratings) == pytest.approx(9 / 14)


def alpha_from_its_definition(units, distance):
    """Compute alpha with a loop over pairs, in exact fractions where the distance is exact."""
    paired = [unit for unit in units if len(unit) > 1]
    values = [value for unit in paired for value in unit]
    seen = sum(2 * distance(*pair) / (len(unit) - 1) for unit in paired for pair in combinations(unit, 2))
    chance = sum(2 * distance(*pair) for pair in combinations(values, 2)) / (len(values) - 1)
    return 1 - seen / chance if chance else None


sets = st.frozensets(st.sampled_from("abcd"), min_size=1, max_size=3)
codings = st.lists(st.lists(st.one_of(st.none(), sets), min_size=3, max_size=3), min_size=2, max_size=12)


@settings(max_examples=60, deadline=None)
@given(codings)
def test_alpha_follows_its_definition_whoever_is_missing(rows):
    text = [[None if cell is None else ";".join(sorted(cell)) for cell in row] for row in rows]
    ratings = pd.DataFrame(text, columns=["x", "y", "z"], dtype="str")
    units = [[cell for cell in row if cell is not None] for row in rows]
    expected = alpha_from_its_definition(units, masi_distance)
    table = agreement_table(ratings, list("abcd"), ONCE).set_index("code")
    assert table.loc["all", "n"] == sum(len(unit) > 1 for unit in units)
    if expected is None:
        assert np.isnan(masi_alpha(ratings))
    else:
        assert masi_alpha(ratings) == pytest.approx(float(expected))
        assert table.loc["all", "alpha"] == pytest.approx(float(expected))
    for code in "abcd":
        given_codes = [[code in cell for cell in unit] for unit in units]
        per_code = alpha_from_its_definition(given_codes, lambda one, other: int(one != other))
        assert table.loc[code, "alpha"] == pytest.approx(NA if per_code is None else float(per_code), nan_ok=True)


def test_the_table_counts_pairs_and_disagreements():
    ratings = pd.DataFrame(
        {"x": ["a", "a;b", "b", "c"], "y": ["a", "a", "b", None], "z": ["a", "a;b", None, None]}, dtype="str"
    )
    table = agreement_table(ratings, ["a", "b", "c"], ONCE).set_index("code")
    assert table.loc["all", ["n", "n_coders", "n_given", "n_disagreements"]].tolist() == [3, 3, 8, 1]
    assert table.loc["all", "agreement"] == pytest.approx(5 / 7)  # 3 + 1 + 1 of 3 + 3 + 1 pairs
    assert table.loc["a", "n_given"] == 6
    assert table.loc["b", ["n_given", "n_disagreements"]].tolist() == [4, 1]
    assert np.isnan(table.loc["c", "alpha"])
    assert np.isnan(table.loc["c", "alpha_low"])
    assert table.loc["c", "agreement"] == 1


def test_coders_that_always_agree_have_alpha_one_with_a_narrow_interval():
    ratings = pd.DataFrame({"x": ["a", "b", "a;b", "c"] * 5})
    table = agreement_table(ratings.assign(y=ratings["x"]), ["a", "b", "c"], ONCE)
    assert table[["alpha", "alpha_low", "alpha_high", "agreement"]].eq(1).all(axis=None)


def test_nothing_to_compare_gives_no_alpha():
    ratings = pd.DataFrame({"x": ["a", None], "y": [None, "b"]}, dtype="str")
    table = agreement_table(ratings, ["a"], ONCE)
    assert table["n"].tolist() == [0, 0]
    assert table[["alpha", "alpha_low", "alpha_high", "agreement"]].isna().all(axis=None)


def test_the_interval_is_seeded_and_covers_the_alpha_that_two_random_coders_have():
    # Both coders give a code that is there with probability 0.8 and one that is not with 0.1; it is there in 40 of
    # 100 answers. Each coder then gives it with q = 0.38, and the two differ with probability d = 0.4 * 2 * 0.8 *
    # 0.2 + 0.6 * 2 * 0.1 * 0.9 = 0.236, so that alpha tends to 1 - d / (2 q (1 - q)).
    truth = 1 - 0.236 / (2 * 0.38 * 0.62)
    random = np.random.default_rng(3)
    covered = 0
    for seed in range(100):
        there = random.random(120) < 0.4
        given_codes = [np.where(random.random(120) < np.where(there, 0.8, 0.1), "a", "b") for _ in range(2)]
        ratings = pd.DataFrame(dict(zip("xy", given_codes, strict=True)), dtype="str")
        table = agreement_table(ratings, ["a"], Bootstrap(seed=seed, n_resamples=400)).set_index("code")
        covered += table.loc["a", "alpha_low"] <= truth <= table.loc["a", "alpha_high"]
    again = agreement_table(ratings, ["a"], Bootstrap(seed=seed, n_resamples=400)).set_index("code")
    assert again.equals(table)
    assert 88 <= covered <= 100  # 95 expected; fewer than 88 has a probability below one in a thousand


def test_a_code_is_found_whole():
    ratings = pd.DataFrame({"x": ["ab;c", None], "y": ["a", "c"]}, dtype="str")
    np.testing.assert_array_equal(has_code(ratings, "a"), [[0, NA], [1, 0]])


def test_reliable_means_that_the_whole_interval_is_at_or_above_the_threshold():
    alphas = pd.DataFrame({"alpha": [0.8, 0.8, 0.8, 0.667, 0.6, NA], "alpha_low": [0.667, 0.6, NA, 0.667, NA, NA]})
    expected = ["reliable", "unsure", "unsure", "reliable", "not_reliable", "unknown"]
    assert reliability(alphas, 0.667).tolist() == expected


def test_of_a_code_that_few_named_nothing_is_said():
    alphas = pd.DataFrame({"alpha": [1.0, 1.0, 0.2, NA], "alpha_low": [1.0, 1.0, 0.1, NA]})
    expected = ["too_few", "reliable", "too_few", "unknown"]
    assert reliability(alphas, 0.667, pd.Series([4, 5, 2, 2])).tolist() == expected


def test_alpha_per_code_equals_what_r_computes_from_the_coincidence_matrix():
    folder = Path(__file__).parents[2] / "reference"
    ratings = pd.read_csv(folder / "agreement_ratings.csv", dtype="str", keep_default_na=False).set_index("unit")
    ratings = ratings.mask(ratings == "NA")
    expected = pd.read_csv(folder / "agreement_expected.csv").set_index("code")["alpha"]
    table = agreement_table(ratings, list(expected.index), ONCE).set_index("code")
    assert table.loc[expected.index, "alpha"].tolist() == pytest.approx(expected.tolist(), rel=1e-12)
