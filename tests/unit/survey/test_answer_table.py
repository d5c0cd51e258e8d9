"""Answers of any survey: routing and blanks become the missing codes."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.survey.answer_table import read_answer_table
from analysis.survey.instrument import load_instrument

INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))
CLOSED = [column for question in INSTRUMENT.closed_questions for column in question.columns]


@pytest.fixture
def table(tmp_path):
    """Three respondents: with an approach in use, without plans, and with plans but hardly an answer."""
    answers = pd.DataFrame("", index=range(3), columns=CLOSED)
    answers[["q03", "q04"]] = [["d", "a"], ["c", "h"], ["b", "d"]]
    answers.loc[0, "q08"] = "b"
    answers.loc[0, "q24_a"] = "1"
    answers.loc[0, "q23a"] = "altijd"
    answers.loc[1, "q06"] = "c"
    answers.loc[1, "q24_b"] = "1"
    answers.loc[1, "q24_c"] = "0"
    answers.assign(name="x", n_municipalities=["1", "3", "1"]).to_csv(tmp_path / "a.csv", index=False, sep=";")
    return read_answer_table(tmp_path / "a.csv", INSTRUMENT)


def test_a_blank_is_not_asked_or_not_answered_by_the_routing(table):
    found = table.respondents
    assert list(found["q08"]) == ["b", "not_asked", "not_asked"]
    assert list(found["q06"]) == ["not_asked", "c", "not_asked"]
    assert list(found["q23a"]) == ["altijd", "not_asked", "not_answered"]


def test_beside_a_tick_a_blank_is_a_zero(table):
    assert list(table.respondents["q24_a"]) == ["1", "not_asked", "not_answered"]
    assert list(table.respondents["q24_c"]) == ["0", "not_asked", "not_answered"]


def test_an_answer_that_nobody_asked_for_is_counted_and_left_out(table):
    assert table.left_out == 1
    assert table.respondents.loc[table.respondents.index[1], "q24_b"] == "not_asked"


def test_only_known_columns_are_kept(table):
    assert "name" not in table.respondents
    assert list(table.respondents["n_municipalities"]) == [1, 3, 1]
