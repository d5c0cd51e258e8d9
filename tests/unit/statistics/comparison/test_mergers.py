"""Merging municipalities: the register of the project, brute force over who answered, and refusals."""

from itertools import combinations
from math import comb

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.comparison.mergers import later_codes, lost_respondents, merged_combinations, merged_sizes

REGISTER = "data/raw/register"
EARLIER = pd.read_csv(f"{REGISTER}/municipalities_2021.csv")
LATER = pd.read_csv(f"{REGISTER}/municipalities_2025.csv")
MERGERS = pd.read_csv(f"{REGISTER}/mergers_2021_2025.csv")


def test_the_map_of_2021_leads_to_the_map_of_2025():
    codes = later_codes(EARLIER, LATER, MERGERS)
    assert len(codes) == 352
    assert codes.nunique() == 342
    sizes = merged_sizes(codes)
    assert sizes.sum() - len(sizes) == 10
    names = LATER.set_index("code")["name"].reindex(sizes.index)
    assert dict(zip(names, sizes, strict=True)) == {
        "Amsterdam": 2,
        "Purmerend": 2,
        "Dijk en Waard": 2,
        "Land van Cuijk": 5,
        "Maashorst": 2,
        "Voorne aan Zee": 3,
    }


@pytest.mark.parametrize("leave_out", [0, 5])
def test_a_forgotten_merger_is_refused(leave_out):
    with pytest.raises(InputError, match=MERGERS["code_2021"][leave_out]):
        later_codes(EARLIER, LATER, MERGERS.drop(index=leave_out))


def small_map():
    return pd.Series(["A", "A", "A", "B", "B", "c", "d", "e"], index=list("stuvwcde"))


@pytest.mark.parametrize("n", range(9))
def test_the_chance_of_losing_respondents_equals_a_count_of_all_draws(n):
    codes = small_map()
    expected = dict.fromkeys(range(4), 0.0)
    for chosen in combinations(range(8), n):
        lost = n - codes.iloc[list(chosen)].nunique()
        expected[lost] += 1 / comb(8, n)
    found = lost_respondents(n, codes).set_index("lost")["probability"]
    assert found.to_dict() == pytest.approx(expected, abs=1e-12)


def test_no_merger_loses_nobody():
    found = lost_respondents(2, pd.Series(["x", "y", "z"], index=list("xyz")))
    assert found.to_dict("list") == {"lost": [0], "probability": [1.0]}


def test_every_count_after_merging_is_there_once():
    columns = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
    before = pd.DataFrame([("x", 1, 4, 8, 2, 5, 6)], columns=columns)
    found = merged_combinations(before, 2, 6)
    # One lost: the one with the answer, or another. Two lost: one with the answer, or none; never two of one.
    assert found[["count_2021", "n_2021"]].to_numpy().tolist() == [[0, 2], [0, 3], [1, 2], [1, 3], [1, 4]]
    assert (found["population_2021"] == 6).all()
