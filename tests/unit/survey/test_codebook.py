"""Who was asked and who answered, counted by hand on five respondents."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.survey.codebook import check_counts, option_counts, question_counts
from analysis.survey.instrument import load_instrument
from analysis.survey.respondents import respondent_columns
from analysis.survey.routing import asked

INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))


@pytest.fixture
def respondents():
    """Two with an approach in use, one exploring, two without plans; the second left q18 and q21 open."""
    table = pd.DataFrame({"respondent_id": list("vwxyz"), "q03": "d", "q04": ["a", "a", "d", "e", "h"]})
    reached = asked(INSTRUMENT, table.assign(q04=table["q04"]))
    for question in INSTRUMENT.closed_questions:
        for column in question.columns:
            answer = "1" if question.type == "multi" else question.codes[0]
            filled = pd.Series(answer, index=table.index).where(reached[question.name], "not_asked")
            table[column] = table[column] if column in ("q03", "q04") else filled
    silent = table["respondent_id"] == "w"
    for column in ("q18", *INSTRUMENT.question("q21").columns, "q23b"):
        table[column] = table[column].mask(silent, "not_answered")
    table = table.assign(route="planning", size_class="d", province="Drenthe", n_municipalities=1)
    return table[list(respondent_columns(INSTRUMENT))]


OPEN = pd.DataFrame({"respondent_id": ["v", "w", "v", "y"], "column": ["q26", "q26", "q12_text", "q05"]})


def test_asked_and_answered_follow_routing_and_answers(respondents):
    counts = question_counts(INSTRUMENT, respondents, OPEN).set_index("question")
    numbers = counts[["n_asked", "n_answered", "n_not_answered"]]
    assert numbers.loc["q04"].tolist() == [5, 5, 0]
    assert numbers.loc["q18"].tolist() == [3, 2, 1]
    assert numbers.loc["q21"].tolist() == [3, 2, 1]
    assert numbers.loc["q23"].tolist() == [3, 3, 0], "a grid is answered when one of its rows is"
    assert numbers.loc["q26"].tolist() == [3, 2, 1]
    assert numbers.loc["q05"].tolist() == [2, 1, 1]
    assert (counts["n_respondents"] == 5).all()
    assert counts.loc["q01", ["n_answered", "n_not_answered"]].isna().all(), "it names a municipality"


def test_every_option_is_counted_and_so_is_every_kind_of_missing(respondents):
    options = option_counts(INSTRUMENT, respondents).set_index(["question", "item", "option"])["count"]
    assert options["q18", "", "a"] == 2
    assert options["q18", "", "c"] == 0
    assert options["q18", "", "not_asked"] == 2
    assert options["q18", "", "not_answered"] == 1
    assert options["q21", "", "o"] == 2
    assert options["q21", "", "not_answered"] == 1
    grid = INSTRUMENT.question("q23")
    assert options["q23", grid.items[1].nl, "altijd"] == 2
    assert len(options["q23"]) == 4 * 6


def test_the_four_largest_cities_are_counted_with_their_size_class_only(respondents):
    answered = respondents.assign(q03=["a", "b", "b", "c", "d"])
    options = option_counts(INSTRUMENT, answered)
    assert options.loc[options["question"] == "q03", ["option", "count"]].to_numpy().tolist() == [
        ["a;b", 3],
        ["c", 1],
        ["d", 1],
        ["not_answered", 0],
    ]


def test_what_does_not_add_up_is_refused(respondents):
    counts, options = question_counts(INSTRUMENT, respondents, OPEN), option_counts(INSTRUMENT, respondents)
    assert check_counts(counts, options, INSTRUMENT) == (
        "32 vragen; bij elke vraag met één antwoord tellen de antwoorden op tot 5 reacties."
    )
    with pytest.raises(ValueError, match="do not add up"):
        check_counts(counts, options.assign(count=options["count"] + 1), INSTRUMENT)
    with pytest.raises(ValueError, match="than were asked"):
        check_counts(counts.assign(n_not_answered=-1), options, INSTRUMENT)
