"""Not asked and not answered are never mixed, and answers to other questions are set aside."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.closed_answers import allowed_codes
from analysis.survey.routing import asked
from analysis.survey.routing_check import bases, replay_routing


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_cell_is_what_the_routing_and_the_answer_make_of_it(instrument, data):
    status = data.draw(st.sampled_from(["", *"abcdefgh"]))
    typed = {"q04": status}
    for question in instrument.questions:
        for column in (*question.columns, question.text_column):
            if column and column != "q04":
                closed = question.type != "open" and column != question.text_column
                codes = ["", *(allowed_codes(question) if closed else ["tekst"])]
                typed[column] = data.draw(st.sampled_from(codes))
    table = pd.DataFrame([typed], index=[7], dtype="category")[list(instrument.columns)]
    reached = asked(instrument, table)
    answers, violations = replay_routing(table, instrument, reached)
    set_aside = set(zip(violations["row"], violations["column"], strict=True))
    for question in instrument.questions:
        was_asked = reached.loc[7, question.name]
        ticked = question.type == "multi" and any(typed[column] == "1" for column in question.columns)
        for column in question.columns:
            given_code = typed[column]
            expected = given_code or ("0" if ticked else "not_answered")
            if question.type == "open":
                expected = given_code if was_asked else ""
            elif not was_asked:
                expected = "not_asked"
            assert answers.loc[7, column] == expected
            is_answer = given_code not in (("", "0") if question.type == "multi" else ("",))
            assert ((7, column) in set_aside) == (is_answer and not was_asked)
        if question.text_column:
            assert answers.loc[7, question.text_column] == (typed[question.text_column] if was_asked else "")
            assert ((7, question.text_column) in set_aside) == bool(typed[question.text_column] and not was_asked)


def test_bases_count_who_was_asked_and_who_answered(instrument, reaction):
    rows = [reaction(1, q04="a"), reaction(2, q04="b", q13=""), reaction(3, q04="c"), reaction(4, q04="e", q06="")]
    table = pd.DataFrame(rows, dtype="str")
    reached = asked(instrument, table)
    answers, _ = replay_routing(table[list(instrument.columns)], instrument, reached)
    counts = bases(reached, answers, instrument).set_index("question")
    columns = ["base", "n_asked", "n_answered", "n_not_answered"]
    assert counts.loc["q04", columns].tolist() == ["all", 4, 4, 0]
    assert counts.loc["q08", columns].tolist() == ["implemented", 1, 1, 0]
    assert counts.loc["q13", columns].tolist() == ["implementing", 1, 0, 1]
    assert counts.loc["q16", columns].tolist() == ["planning", 3, 3, 0]
    assert counts.loc["q06", columns].tolist() == ["no_plan", 1, 0, 1]
