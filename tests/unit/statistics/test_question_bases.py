"""Who was asked and who answered, by hand."""

import pandas as pd

from analysis.statistics.question_bases import question_bases


def test_not_asked_and_not_answered_are_different(short_instrument, synthetic_respondents):
    few = synthetic_respondents.iloc[:4].copy()
    few["q04"] = ["a", "b", "not_answered", "e"]
    for column in [column for column in few if column.startswith("q21_")]:
        few[column] = ["1", "not_answered", "not_asked", "not_asked"]
    found = question_bases(short_instrument, few, "answered").set_index("question")
    assert found.loc["q04", ["n_respondents", "n_asked", "n_answered"]].tolist() == [4, 4, 3]
    assert found.loc["q21", ["n_respondents", "n_asked", "n_answered"]].tolist() == [4, 2, 1]
    assert set(found["denominator"]) == {"answered"}


def test_there_is_a_row_for_every_question_and_every_row_of_a_grid(short_instrument, synthetic_respondents):
    expected = []
    for question in short_instrument.closed_questions:
        expected += question.columns if question.type == "grid" else (question.name,)
    found = question_bases(short_instrument, synthetic_respondents, "routed")
    assert found["question"].tolist() == expected
    assert pd.api.types.is_integer_dtype(found["n_asked"])
