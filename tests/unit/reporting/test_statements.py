"""Sentences of an answer say what the numbers say, with their margins, and with a caution where a flag asks for it."""

import re

import pytest

from analysis.errors import InputError
from analysis.reporting.statements import ranking, statement


def test_a_share_is_said_with_the_printed_percentage_and_what_else_it_may_be(chapter):
    text = statement(chapter(4), "q04", "a", "{share} [heeft|hebben] een aanpak.")
    assert re.fullmatch(
        r"Ruim een kwart van de gemeenten \(28%; 42 van de 153; marge \d\d tot 3\d%\) heeft een aanpak\.", text
    )


def test_options_taken_together_are_said_as_one_share(chapter):
    text = statement(chapter(4), "q04", "a;b;c", "{share} [werkt|werken] eraan.")
    assert text.startswith("Driekwart van de gemeenten (75%; 114 van de 153; marge ")
    assert text.endswith("%) werkt eraan.")


def test_the_verb_follows_the_number(chapter):
    found = chapter(4)
    few = statement(found, "q04", "h", "{share} [heeft|hebben] geen aandacht.")
    assert few.startswith("Enkele gemeenten (3%; 5 van de 153) hebben geen aandacht.")
    one = statement(found, "q16", "d", "{share} [ziet|zien] dat zelden.", noun="gemeenten")
    assert one.startswith("Eén van de 140 gemeenten (1%) ziet dat zelden.")
    none = statement(found, "q16", "e", "Bij {share} [is|zijn] het nooit zo.", noun="gemeenten")
    assert none.startswith("Bij geen van de 140 gemeenten (0%) is het nooit zo.")


def test_those_of_a_sentence_before_are_called_these(chapter):
    found = chapter(4)
    few = statement(found, "q04", "h", "{share} [heeft|hebben] geen aandacht.", noun="deze gemeenten")
    assert few.startswith("Enkele van deze gemeenten (3%; 5 van de 153) hebben geen aandacht.")
    one = statement(found, "q16", "d", "{share} [ziet|zien] dat zelden.", noun="deze gemeenten")
    assert one.startswith("Eén van deze 140 gemeenten (1%) ziet dat zelden.")


def test_a_flag_is_explained(chapter):
    text = statement(chapter(9), "q15", "b", "{share} [heeft|hebben] een visie.")
    assert text.startswith(
        "De helft van de gemeenten die hun aanpak nu invoeren (50%; 14 van de 28) heeft een visie."
    )
    assert "Wees voorzichtig met dit cijfer: minder dan 30 reacties" in text


def test_a_row_of_a_grid_has_its_own_share(chapter):
    text = statement(chapter(7), "q23c", "altijd", "Bij {share} is dat altijd zo.", noun="gemeenten")
    assert text.startswith("Bij ruim drie vijfde van de gemeenten (62%; 87 van de 140) is dat altijd zo.")


def test_an_option_without_an_estimate_is_refused(chapter):
    with pytest.raises(InputError, match="chapter 4 has no estimate of q04 a;h"):
        statement(chapter(4), "q04", "a;h", "{share}")


def test_a_ranking_names_the_most_chosen_and_leaves_out_what_excludes_others(chapter):
    text = ranking(chapter(10), "q24", "Het vaakst: {options}.", most=1)
    assert text.startswith("Het vaakst: ‘Partners hebben te weinig kennis’ (1%).")
    assert "zonder knelpunten" not in text


def test_an_order_is_called_uncertain_where_intervals_overlap(chapter):
    assert "De volgorde is niet zeker" in ranking(chapter(6), "q21", "{options}.")
    assert ranking(chapter(4), "q16", "{options}.", most=1) == "‘Vaak’ (60%)."
