"""Routing against a reading of the conditions one respondent and one question at a time."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.routing import asked

INSTRUMENT = Path(__file__).resolve().parents[3] / "data/raw/instrument_2025.yaml"
CODES = ("a", "b", "c")


@st.composite
def questionnaires(draw):
    """Instruments of a few single and multi questions, each with a base on earlier ones."""
    bases = [{"name": "all", "nl": "x", "en": "x"}]
    questions = []
    for index in range(draw(st.integers(2, 6))):
        earlier = [question["name"] for question in questions]
        conditions = draw(
            st.dictionaries(
                st.sampled_from(earlier), st.lists(st.sampled_from(CODES), min_size=1, unique=True), max_size=3
            )
            if earlier
            else st.just({})
        )
        base = f"base{index}" if conditions else "all"
        if conditions:
            bases.append({"name": base, "nl": "x", "en": "x", "when": conditions})
        questions.append(
            {
                **{"name": f"q{index + 1:02}", "number": str(index + 1), "chapter": 1, "base": base},
                **{"type": draw(st.sampled_from(["single", "multi"])), "disclosure": "none", "nl": "x", "en": "x"},
                "missing": ["not_answered"],
                "options": [{"code": code, "nl": code, "en": code} for code in CODES],
            }
        )
    return Instrument.model_validate({"wave": "x", "missing": [], "bases": bases, "questions": questions})


@st.composite
def answers_to(draw, instrument):
    """Answers of a few respondents, asked or not, with blanks and missing codes among them."""
    n = draw(st.integers(0, 4))
    single = st.sampled_from([*CODES, None, "", "not_answered", "not_asked", "z"])
    multi = st.sampled_from(draw(st.sampled_from([(1, 0, None), ("1", "0", "", "not_asked")])))
    columns = {
        column: draw(st.lists(multi if question.type == "multi" else single, min_size=n, max_size=n))
        for question in instrument.questions
        for column in question.columns
    }
    index = draw(st.permutations(range(10, 10 + n)))
    return pd.DataFrame(columns, index=list(index))


def was_asked(instrument, answer, name):
    """Read the conditions of one question for one respondent, and those behind them in turn."""
    for earlier, codes in instrument.base(instrument.question(name).base).when.items():
        if not was_asked(instrument, answer, earlier):
            return False
        if instrument.question(earlier).type == "multi":
            if not any(str(answer[f"{earlier}_{code}"]) in ("1", "1.0") for code in codes):
                return False
        elif answer[earlier] not in codes:
            return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_routing_agrees_with_reading_each_condition(data):
    instrument = data.draw(questionnaires())
    answers = data.draw(answers_to(instrument))
    result = asked(instrument, answers)
    assert list(result.columns) == [question.name for question in instrument.questions]
    assert result.index.equals(answers.index)
    assert all(dtype.kind == "b" for dtype in result.dtypes)
    for row in answers.index:
        answer = answers.loc[row].to_dict()
        for name in result.columns:
            assert result.loc[row, name] == was_asked(instrument, answer, name)


@pytest.mark.parametrize(
    ("letter", "first", "last", "n"),
    [
        ("a", "q08", "q12", 7 + 5 + 14),
        ("b", "q13", "q15", 7 + 3 + 14),
        ("c", "q16", "q28", 7 + 14),
        ("d", "q16", "q28", 7 + 14),
        ("e", "q05", "q07", 7 + 3),
        ("h", "q05", "q07", 7 + 3),
        (None, "q01", "q04", 7),
        ("not_answered", "q29", "q31", 7),
    ],
)
def test_each_status_leads_to_its_part_of_the_questionnaire_of_2025(letter, first, last, n):
    instrument = load_instrument(INSTRUMENT)
    result = asked(instrument, pd.DataFrame({"q04": [letter]})).iloc[0]
    assert result.loc[first:last].all()
    assert result.sum() == n


def test_an_absent_column_is_named():
    with pytest.raises(InputError, match="lack the column q04"):
        asked(load_instrument(INSTRUMENT), pd.DataFrame({"q03": ["a"]}))
