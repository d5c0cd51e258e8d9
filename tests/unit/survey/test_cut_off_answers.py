"""Answers that share the greatest length of their question, unfinished, were cut off by a tool."""

import pandas as pd
import pytest

from analysis.survey.cut_off_answers import FEWEST, SHORTEST, cut_off_answers


def text(number, length=255, end="x"):
    return f"{number} ".ljust(length - len(end), "a") + end


def gathered(*texts, column="q26"):
    return pd.DataFrame({"column": column, "typed": texts})


def test_answers_that_stop_at_one_length_are_told_by_question_number_and_length():
    cut = gathered(*map(text, range(4)), "Een kort antwoord")
    whole = gathered("Kort", "Langer", column="q27")
    found = cut_off_answers(pd.concat([cut, whole]))
    assert found.to_dict("records") == [{"column": "q26", "n": 4, "length": 255}]


@pytest.mark.parametrize(
    "answers",
    [
        gathered(*map(text, range(FEWEST - 1))),
        gathered(*[text(number, SHORTEST - 1) for number in range(FEWEST)]),
        gathered(*[text(number, end=".") for number in range(FEWEST)]),
        gathered(*[text(number, end="!)") for number in range(FEWEST)]),
        gathered(*[text(1)] * FEWEST),
        gathered(*map(text, range(FEWEST)), text(9, 256)),
        gathered(),
    ],
    ids=["too few", "too short", "finished", "finished in brackets", "copied", "another is longer", "none"],
)
def test_answers_that_may_be_whole_are_no_finding(answers):
    assert cut_off_answers(answers).empty


def test_the_fewest_of_the_shortest_are_a_finding():
    assert len(cut_off_answers(gathered(*[text(number, SHORTEST) for number in range(FEWEST)]))) == 1
