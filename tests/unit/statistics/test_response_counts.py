"""Counts per group: what is counted, and every kind of count that is refused."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.population import population_by_group
from analysis.statistics.response_counts import (
    check_cells,
    count_municipalities,
    count_reactions,
)

ROOT = Path(__file__).parents[3]
FRAME = pd.DataFrame(
    {
        "province": ["Zeeland", "Zeeland", "Utrecht", "Utrecht", "Utrecht"],
        "size_class": ["d", "c", "d", "ab", "d"],
        "responded": [1, 0, 1, 1, 0],
    }
)


def cells(**columns):
    return pd.DataFrame({"size_class": ["d", "c"], "population": [4, 2], "respondents": [1, 2]} | columns)


def test_municipalities_per_province():
    found = count_municipalities(FRAME, ["province"])
    assert found.values.tolist() == [["Utrecht", 3, 2], ["Zeeland", 2, 1]]


def test_size_classes_go_from_small_to_large_and_absent_combinations_stay_out():
    found = count_municipalities(FRAME, ["size_class", "province"])
    assert found.values.tolist() == [
        ["d", "Utrecht", 2, 1],
        ["d", "Zeeland", 1, 1],
        ["c", "Zeeland", 1, 0],
        ["ab", "Utrecht", 1, 1],
    ]


def test_anonymous_reactions_are_left_out_of_a_province():
    reactions = pd.DataFrame({"province": ["Utrecht", "unknown", "Utrecht"]})
    found = count_reactions(population_by_group(FRAME, ["province"]), reactions, ["province"])
    assert found["respondents"].tolist() == [2, 0]


def test_a_province_that_is_not_in_the_register_is_refused():
    reactions = pd.DataFrame({"province": ["Utrecht", "Holland"]})
    with pytest.raises(InputError, match=r"reactions from Holland, which the population does not have"):
        count_reactions(population_by_group(FRAME, ["province"]), reactions, ["province"])


def test_more_reactions_than_municipalities_are_refused():
    reactions = pd.DataFrame({"province": ["Zeeland"] * 3})
    with pytest.raises(InputError, match="more respondents than population in Zeeland"):
        count_reactions(population_by_group(FRAME, ["province"]), reactions, ["province"])


def test_responded_is_0_or_1():
    with pytest.raises(InputError, match="other than 0 and 1"):
        count_municipalities(FRAME.assign(responded=2), ["province"])


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"respondents": [-1, 2]}, "respondents is no count in d"),
        ({"respondents": [1.5, 2]}, "respondents is no count in d"),
        ({"respondents": [1, None]}, "respondents is no count in c"),
        ({"population": [4, -2]}, "population is no count in c"),
        ({"population": [4, 0], "respondents": [1, 0]}, "population is zero in c"),
        ({"respondents": [5, 2]}, "more respondents than population in d"),
        ({"size_class": ["d", "d"]}, "occur twice"),
        ({"size_class": ["d", None]}, "empty"),
    ],
)
def test_impossible_counts_are_refused(columns, problem):
    with pytest.raises(InputError, match=problem):
        check_cells(cells(**columns), ["size_class"])


def test_one_group_cannot_be_compared():
    with pytest.raises(InputError, match="nothing to compare"):
        check_cells(cells().head(1), ["size_class"])


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="respondents"):
        check_cells(cells().drop(columns="respondents"), ["size_class"])
