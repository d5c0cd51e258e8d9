"""The design refuses what cannot be analysed, and nothing changes it afterwards."""

from dataclasses import FrozenInstanceError

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.design import Design, WeightedDesign

ANSWERS = pd.DataFrame({"size_class": ["d", "d", "d", "c", "c", "ab"]})
POPULATION = {"d": 10, "c": 4, "ab": 2}


def test_counts_follow_the_order_of_the_population():
    design = Design(ANSWERS, POPULATION)
    assert design.sample_counts == {"d": 3, "c": 2, "ab": 1}
    assert (design.n, design.population_total) == (6, 16)


def test_a_design_cannot_be_changed():
    answers = ANSWERS.copy()
    design = Design(answers, dict(POPULATION))
    answers.loc[0, "size_class"] = "ab"
    assert design.respondents.loc[0, "size_class"] == "d"
    with pytest.raises(FrozenInstanceError):
        design.fpc = False
    with pytest.raises(TypeError):
        design.population["d"] = 1


@pytest.mark.parametrize(
    ("population", "message"),
    [
        ({"d": 2, "c": 4, "ab": 2}, r"population of d \(2\) is below its respondents \(3\)"),
        ({"d": 10, "c": 4}, "stratum without population: ab"),
        ({"d": 10, "c": 4, "ab": 0}, "no usable population for ab"),
        ({"d": 10.5, "c": 4, "ab": 2}, "no usable population for d"),
        ({"d": float("nan"), "c": 4, "ab": 2}, "no usable population for d"),
        ({}, "no usable population"),
    ],
)
def test_a_population_that_does_not_fit_is_refused(population, message):
    with pytest.raises(InputError, match=message):
        Design(ANSWERS, population)


def test_an_absent_stratum_column_is_refused():
    with pytest.raises(InputError, match="no column province"):
        Design(ANSWERS, POPULATION, stratum="province")


@pytest.mark.parametrize("wrong", [0.0, -1.0, np.nan, np.inf])
def test_a_weight_that_is_missing_or_not_positive_is_refused(wrong):
    design = Design(ANSWERS, POPULATION)
    with pytest.raises(InputError, match=r"estimator mine, base all.*1 weights are missing or not positive"):
        WeightedDesign(design, "mine", [1, 1, wrong, 1, 1, 1], stratified=False)


def test_as_many_weights_as_respondents_are_needed():
    with pytest.raises(InputError, match="5 weights for 6 respondents"):
        WeightedDesign(Design(ANSWERS, POPULATION), "mine", np.ones(5), stratified=False)


def test_a_stratum_of_one_cannot_carry_weights():
    with pytest.raises(InputError, match="too few respondents for weights in ab"):
        WeightedDesign(Design(ANSWERS, POPULATION), "mine", np.ones(6))
