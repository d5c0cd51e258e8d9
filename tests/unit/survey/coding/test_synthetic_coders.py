"""Synthetic coders find what was planted, go wrong as often as stated, and give way to people."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.agreement import Bootstrap, agreement_table
from analysis.survey.coding.codeframe import Code, Codeframe
from analysis.survey.coding.coding_file import COLUMNS, read_codings, write_codings
from analysis.survey.coding.settlement import disagreements, settled_codes
from analysis.survey.coding.synthetic_coders import (
    CODERS,
    ErrorRates,
    planted_codes,
    synthetic_agreement,
    synthetic_codings,
    without_people,
)

NAMES = ("money", "cuts", "courts", "other", "no_content")
CODEFRAME = Codeframe(
    column="q26",
    codes=tuple(
        Code(code=name, nl=name, en=name, definition="d", example="e", exclusive=name == "no_content")
        for name in NAMES
    ),
)
ANSWERS = [f"a{number:05d}" for number in range(8000)]
PLANTED = {answer: frozenset(["money"]) for answer in ANSWERS[:3200]}


def test_without_mistakes_both_coders_give_what_was_planted():
    table = synthetic_codings(ANSWERS[:10], PLANTED, CODEFRAME, ErrorRates(0, 0), seed=1)
    assert set(table["coder"]) == set(CODERS)
    assert set(table["codes"]) == {"money"}
    nothing = synthetic_codings(["z"], {}, CODEFRAME, ErrorRates(0, 0), seed=1)
    assert set(nothing["codes"]) == {"no_content"}


def test_a_coder_who_overlooks_everything_says_something_else():
    table = synthetic_codings(ANSWERS[:5], PLANTED, CODEFRAME, ErrorRates(1, 0), seed=1)
    assert set(table["codes"]) == {"other"}


def test_mistakes_are_as_frequent_as_stated_and_differ_between_coders():
    table = synthetic_codings(ANSWERS, PLANTED, CODEFRAME, ErrorRates(0.2, 0.1), seed=1)
    given = table.assign(money=table["codes"].str.contains("money")).pivot(
        index="answer_id", columns="coder", values="money"
    )
    there = given.index.isin(PLANTED)
    assert given[there].mean().to_numpy() == pytest.approx([0.8, 0.8], abs=0.025)  # 3.5 standard errors
    assert given[~there].mean().to_numpy() == pytest.approx([0.1, 0.1], abs=0.015)
    assert np.corrcoef(given[there].to_numpy(dtype=float).T)[0, 1] == pytest.approx(0, abs=0.06)


def test_their_agreement_tends_to_the_alpha_that_the_stated_rates_imply():
    # 40 of 100 answers have the code, found with 0.8 and added with 0.1: alpha 1 - 0.236 / (2 * 0.38 * 0.62).
    table = synthetic_codings(ANSWERS, PLANTED, CODEFRAME, ErrorRates(0.2, 0.1), seed=1)
    ratings = table.pivot(index="answer_id", columns="coder", values="codes")
    found = agreement_table(ratings, ["money"], Bootstrap(seed=1, n_resamples=50)).set_index("code")
    assert found.loc["money", "alpha"] == pytest.approx(1 - 0.236 / (2 * 0.38 * 0.62), abs=0.04)


def test_the_same_seed_gives_the_same_codes_and_the_files_can_be_read(tmp_path):
    one, two, other = (
        synthetic_codings(ANSWERS[:50][::step], PLANTED, CODEFRAME, ErrorRates(0.3, 0.1), seed=seed)
        for step, seed in ((1, 7), (-1, 7), (1, 8))
    )
    assert one.equals(two)
    assert not one.equals(other)
    write_codings(tmp_path / "q26.csv", one)
    assert read_codings(tmp_path / "q26.csv", CODEFRAME).equals(one)


def test_they_settle_the_stated_share_of_their_differences_and_find_the_truth():
    table = synthetic_codings(ANSWERS, PLANTED, CODEFRAME, ErrorRates(0.2, 0.1), seed=1)
    agreed = synthetic_agreement(table, PLANTED, CODEFRAME, settled=0.5, seed=1)
    n_differing = len(disagreements(table, table.iloc[:0]))
    assert len(agreed) / n_differing == pytest.approx(0.5, abs=0.03)
    assert set(agreed.loc[agreed["answer_id"].isin(PLANTED), "codes"]) == {"money"}
    assert set(agreed.loc[~agreed["answer_id"].isin(PLANTED), "codes"]) == {"no_content"}
    assert len(disagreements(table, agreed)) == n_differing - len(agreed)
    everything = synthetic_agreement(table, PLANTED, CODEFRAME, settled=1, seed=1)
    assert disagreements(table, everything).empty
    assert set(settled_codes(table, everything)["source"]) == {"same", "agreed"}


def test_a_person_takes_the_place_of_both_synthetic_coders():
    table = synthetic_codings(ANSWERS[:3], PLANTED, CODEFRAME, ErrorRates(0, 0), seed=1)
    person = pd.DataFrame(
        [[ANSWERS[1], "anna", "cuts", "2025-03-03", "", "x"]], columns=list(COLUMNS), dtype="str"
    )
    left = without_people(table, person, person.iloc[:0])
    assert sorted(left["answer_id"].unique()) == [ANSWERS[0], ANSWERS[2]]


def test_a_planted_theme_that_is_no_code_is_refused():
    themes = pd.DataFrame({"answer_id": ["a1", "a1"], "theme": ["money", "cuts"]}, dtype="str")
    assert planted_codes(themes, CODEFRAME) == {"a1": {"money", "cuts"}}
    with pytest.raises(InputError, match=r"q26.yaml: the planted theme 'taxes' of q26 is no code"):
        planted_codes(themes.assign(theme=["money", "taxes"]), CODEFRAME)


@pytest.mark.parametrize("rates", [(-0.1, 0), (0, 1.1)])
def test_a_rate_is_a_probability(rates):
    with pytest.raises(InputError, match="expected a number from 0 to 1"):
        ErrorRates(*rates)
