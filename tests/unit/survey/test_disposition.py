"""Dispositions follow from what was answered of what was asked."""

import pandas as pd
import pytest

from analysis.survey.disposition import Completeness, assign_dispositions
from analysis.survey.routing import asked

RULE = Completeness()


@pytest.fixture(scope="session")
def assign(instrument, reaction):
    def assign_one(rule=RULE, *, until=None, **changes):
        row = reaction(1, **changes)
        if until is not None:
            columns = list(instrument.columns)
            row |= dict.fromkeys(columns[columns.index(until) + 1 :], "")
        table = pd.DataFrame([row]).assign(is_finished=row["is_finished"] == "Ja")
        return assign_dispositions(table, instrument, asked(instrument, table), rule).iloc[0]

    return assign_one


def test_a_finished_reaction_is_complete(assign):
    result = assign()
    assert result.tolist() == ["complete", 1.0, "q29"]


@pytest.mark.parametrize(
    ("until", "disposition"),
    [("q04", "break_off"), ("q12", "break_off"), ("q21_o", "partial"), ("q22_y", "partial"), ("q25_g", "partial")],
)
def test_an_unfinished_reaction_is_partial_from_half_of_what_was_asked(assign, until, disposition):
    result = assign(until=until, is_finished="Nee")
    assert result["disposition"] == disposition
    assert result["last_column"] == {"q21_o": "q21_a", "q22_y": "q22_a", "q25_g": "q25_a"}.get(until, until)


def test_the_short_route_asks_less_and_is_complete_as_well(assign):
    assert assign(q04="g").tolist() == ["complete", 1.0, "q29"]


def test_without_the_question_that_routes_nothing_is_complete(assign):
    assert assign(q04="")["disposition"] == "break_off"


@pytest.mark.parametrize(
    ("rule", "disposition"),
    [
        (Completeness(), "partial"),
        (Completeness(finished=False), "complete"),
        (Completeness(complete_from=1.0, finished=False), "partial"),
        (Completeness(complete_from=1.0, partial_from=0.99, finished=False), "break_off"),
    ],
)
def test_the_completeness_rule_is_a_parameter(assign, rule, disposition):
    assert assign(rule, q16="", is_finished="Nee")["disposition"] == disposition


def test_questions_about_the_study_do_not_count(assign):
    assert assign(Completeness(complete_from=1.0), q29="")["disposition"] == "complete"
    assert assign(Completeness(complete_from=1.0, besides=()), q29="")["disposition"] == "partial"


def test_finished_but_hardly_answered_is_a_break_off(assign):
    assert assign(until="q08")["disposition"] == "break_off"


@pytest.mark.parametrize(
    ("changes", "disposition"),
    [
        ({"q01": "test"}, "test"),
        ({"q01": "Gemeente Test"}, "test"),
        ({"q02": "TESTEN"}, "test"),
        ({"q30a": "test@example.org"}, "test"),
        ({"q26": "we testen een aanpak"}, "complete"),
        ({"q02": "beleidsadviseur protest"}, "complete"),
    ],
)
def test_a_trial_says_so_where_respondents_say_who_they_are(assign, changes, disposition):
    assert assign(**changes)["disposition"] == disposition


def test_nothing_but_zeros_is_empty(assign, instrument):
    blank = dict.fromkeys(instrument.columns, "") | {"q21_a": "0", "q26": "  "}
    assert assign(**blank)["disposition"] == "empty"
    assert assign(**blank)["last_column"] == ""
