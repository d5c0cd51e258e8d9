"""The codebook names every question as the annex does and leads to the figure that uses it."""

import pandas as pd
import pytest

from analysis.reporting.codebook_tables import codebook_sentence, option_tables, question_number, question_table
from analysis.reporting.page import PageLink
from analysis.survey.codebook import option_counts, question_counts

PAGES = [
    PageLink(stem, stem, "") for stem in ("02_response", "03_representativeness", "04_status", "08_implemented")
]
NO_ANSWERS = pd.DataFrame({"respondent_id": [], "column": []})


@pytest.fixture(scope="module")
def counts(instrument, planted_respondents):
    return question_counts(instrument, planted_respondents, NO_ANSWERS)


def test_questions_stand_in_order_with_the_numbers_of_the_annex(instrument, counts):
    table = question_table(instrument, counts, PAGES)
    assert len(table) == len(instrument.questions)
    assert table["Vraag"].iloc[3] == "4. Stand van de aanpak"
    numbers = [question_number(instrument, question) for question in instrument.questions]
    assert numbers[:2] == ["1", "2"]
    assert numbers[-3:] == ["Slotvraag 6", "Slotvraag 7", "Slotvraag 8"]
    assert "22 (tweede)" in numbers
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        (["7", "7a", "7b", "8"], ["7", "7a", "7b", "8"]),
        (["9", "10", "10", "9a"], ["9", "10", "10 (tweede)", "Slotvraag 9a"]),
        (["7a", "7a", "?", "?", "8"], ["7a", "7a (tweede)", "?", "?", "8"]),
    ],
)
def test_numbers_with_a_letter_and_unknown_ones_are_shown_as_they_are(instrument, numbers, shown):
    questions = [
        question.model_copy(update={"number": number})
        for question, number in zip(instrument.questions, numbers, strict=False)
    ]
    changed = instrument.model_copy(update={"questions": tuple(questions)})
    assert [question_number(changed, question) for question in questions] == shown


def test_a_figure_is_linked_where_its_page_is_known(instrument, counts):
    table = question_table(instrument, counts, PAGES).set_index("Vraag")
    assert table.loc["4. Stand van de aanpak", "address"] == "04_status.html#figuur-2"
    assert table.loc["3. Grootte van de gemeente", "address"] == "03_representativeness.html#tabel-1"
    assert table.loc["1. Gemeenten van de respondent", "address"] == "02_response.html#figuur-1"
    assert table.loc["18. Geld voor de aanpak", "address"] == "", "its page is not in the list"
    assert table.loc["18. Geld voor de aanpak", "Figuur"].split() == ["figuur", "4"]
    assert table.loc["5. Waarom er nog geen aanpak is", "Figuur"] == "–"


def test_every_closed_question_has_its_answers(instrument, planted_respondents):
    tables = option_tables(instrument, option_counts(instrument, planted_respondents))
    assert len(tables) == len(instrument.closed_questions)
    status = tables["4. Stand van de aanpak"]
    assert status["Reacties"].tolist()[:4] == [42, 28, 44, 26]
    assert status["Antwoord"].tolist()[-1] == "niet ingevuld"
    grid = tables["23. Uitgangspunten in het werk"]
    assert grid["Onderdeel"].tolist() == [item.nl for item in instrument.question("q23").items]
    assert list(grid.columns)[1:] == ["Altijd", "Soms", "Zelden", "Nooit", "niet gevraagd", "niet ingevuld"]


def test_the_sentence_counts_questions(instrument, counts):
    sentence = codebook_sentence(instrument, counts)
    assert "heeft 32 vragen: 21 met vaste antwoorden en 11 waarop" in sentence
    assert "7 vragen kreeg iedereen; welke van de andere 25" in sentence
