"""Certain notations of a code become the code and are reported; what is not certain stays as it is."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.closed_answers import allowed_codes, plain_numbers, recode_closed


def answers(instrument, **typed):
    n = len(next(iter(typed.values())))
    return pd.DataFrame({column: typed.get(column, [""] * n) for column in instrument.columns}, dtype="str")


@pytest.mark.parametrize(
    ("column", "typed", "code", "rule"),
    [
        ("q04", "a", "a", None),
        ("q04", "", "", None),
        ("q04", " A ", "a", "code_notation"),
        ("q04", "Nog aan het  verkennen", "d", "label_recoded"),
        ("q06", "very often", "a", "label_recoded"),
        ("q23a", "Altijd", "altijd", "code_notation"),
        ("q21_a", "1,00", "1", "number_notation"),
        ("q21_a", "0.0", "0", "number_notation"),
        ("q21_a", "Ja", "1", "label_recoded"),
        ("q16", "niet gevraagd", "", "missing_recoded"),
        ("q16", "not_answered", "", "missing_recoded"),
        ("q04", "z", "z", None),
        ("q21_a", "2", "2", None),
    ],
)
def test_notations_of_a_code(instrument, column, typed, code, rule):
    recoded, findings = recode_closed(answers(instrument, **{column: [typed]}), instrument, {})
    assert recoded[column].tolist() == [code]
    assert findings["rule"].tolist() == ([] if rule is None else [rule])
    if rule:
        assert findings[["row", "column"]].values.tolist() == [[0, column]]


def test_labels_of_values_lead_to_codes(instrument):
    labels = {"q04": {"4": "Nog aan het verkennen", "99": "niet ingevuld"}}
    recoded, findings = recode_closed(answers(instrument, q04=["4", "99", "7"]), instrument, labels)
    assert recoded["q04"].tolist() == ["d", "", "7"]
    assert findings["rule"].tolist() == ["label_recoded", "missing_recoded"]


@settings(max_examples=20, deadline=None)
@given(st.data())
def test_every_code_stays_itself_without_a_finding(instrument, data):
    question = data.draw(st.sampled_from(instrument.closed_questions))
    column = data.draw(st.sampled_from(question.columns))
    codes = data.draw(st.lists(st.sampled_from(["", *allowed_codes(question)]), min_size=1))
    recoded, findings = recode_closed(answers(instrument, **{column: codes}), instrument, {})
    assert recoded[column].tolist() == codes
    assert findings.empty


def test_a_thousand_is_not_one():
    assert plain_numbers(pd.Series(["1.000", "1,0", "12.0000"])).tolist() == ["1.000", "1", "12"]


def test_a_stated_decimal_sign_is_followed(instrument):
    typed = answers(instrument, q21_a=["1,000", "1.0"])
    recoded, findings = recode_closed(typed, instrument, {}, ",")
    assert recoded["q21_a"].tolist() == ["1", "1.0"]
    assert len(findings) == 1
