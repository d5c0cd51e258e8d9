"""Sentences of an answer say what the numbers say, with margins, and with a caution where a flag asks for it."""

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
    assert few == "Enkele gemeenten (3%; 5 van de 153; marge 2 tot 6%) hebben geen aandacht."
    one = statement(found, "q16", "d", "{share} [ziet|zien] dat zelden.", noun="gemeenten")
    assert one.startswith("Eén van de 140 gemeenten (1%; marge ")
    none = statement(found, "q16", "e", "Bij {share} [is|zijn] het nooit zo.", noun="gemeenten")
    assert none.startswith("Bij geen van de 140 gemeenten (0%; marge 0 tot ")
    assert "%) is het nooit zo." in none


def test_those_of_a_sentence_before_are_called_these(chapter):
    found = chapter(4)
    few = statement(found, "q04", "h", "{share} [heeft|hebben] geen aandacht.", noun="deze gemeenten")
    assert few == "Enkele van deze gemeenten (3%; 5 van de 153; marge 2 tot 6%) hebben geen aandacht."
    one = statement(found, "q16", "d", "{share} [ziet|zien] dat zelden.", noun="deze gemeenten")
    assert one.startswith("Eén van deze 140 gemeenten (1%; marge ")
    assert "%) ziet dat zelden." in one


def test_a_flag_is_explained(chapter):
    text = statement(chapter(9), "q15", "b", "{share} [heeft|hebben] een visie.")
    assert text.startswith("De helft van de gemeenten die hun aanpak nu invoeren (50%; 14 van de 28; marge ")
    assert "Wees voorzichtig met dit cijfer: minder dan 30 reacties" in text


def test_a_row_of_a_grid_has_its_own_share(chapter):
    text = statement(chapter(7), "q23c", "altijd", "Bij {share} is dat altijd zo.", noun="gemeenten")
    assert text.startswith(
        "Bij ruim drie vijfde van de gemeenten (62%; 87 van de 140; marge 56 tot 68%) is dat altijd zo."
    )


def test_an_option_without_an_estimate_is_refused(chapter):
    with pytest.raises(InputError, match="chapter 4 has no estimate of q04 a;h"):
        statement(chapter(4), "q04", "a;h", "{share}")


def test_a_ranking_names_the_most_chosen_and_leaves_out_what_excludes_others(chapter):
    text = ranking(chapter(10), "q24", "Het vaakst: {options}.", most=1)
    assert text.startswith("Het vaakst: ‘Partners hebben te weinig kennis’ (1% van de 140 gemeenten met ")
    assert "zonder knelpunten" not in text


def test_the_base_of_a_ranking_is_named_once_and_each_share_has_its_margin(chapter):
    text = ranking(chapter(6), "q21", "Het vaakst: {options}.")
    assert text.count("van de 140 gemeenten met een aanpak of plannen daarvoor") == 1
    assert text.count("; marge ") == 3
    these = ranking(chapter(6), "q21", "Het vaakst: {options}.", noun="deze gemeenten")
    assert these == text.replace("de 140 gemeenten met een aanpak of plannen daarvoor", "deze 140 gemeenten")


@pytest.mark.parametrize(
    ("intervals", "caveat"),
    [
        (
            [(0.65, 0.76), (0.47, 0.60), (0.24, 0.35)],
            "De eerste twee plaatsen staan vast; de derde is niet zeker: ",
        ),
        ([(0.65, 0.76), (0.30, 0.70), (0.24, 0.35)], "De volgorde is niet zeker: de marges van deze en volgende "),
        ([(0.65, 0.76), (0.32, 0.60), (0.31, 0.35)], "De eerste plaats staat vast; de volgorde daarna is niet "),
        ([(0.65, 0.76), (0.47, 0.60), (0.33, 0.35)], ""),
    ],
)
def test_a_ranking_says_which_places_are_certain(chapter, intervals, caveat):
    found = chapter(10)
    whole = (found.estimates["group"] == "all") & (found.estimates["estimator"] == "unweighted")
    for option, share, (low, high) in zip("dab", (0.71, 0.54, 0.29), intervals, strict=True):
        row = whole & (found.estimates["question"] == "q25") & (found.estimates["option"] == option)
        found.estimates.loc[row, ["share", "ci_low", "ci_high"]] = share, low, high
    rest = whole & (found.estimates["question"] == "q25") & ~found.estimates["option"].isin([*"dab"])
    found.estimates.loc[rest, ["share", "ci_low", "ci_high"]] = 0.25, 0.2, 0.32
    said = ranking(found, "q25", "{options}.").partition("). ")[2]
    assert said.startswith(caveat)
    assert bool(said) == bool(caveat)


def test_a_certain_order_is_not_doubted(chapter):
    assert ranking(chapter(4), "q16", "{options}.", most=1) == (
        "‘Vaak’ (60% van de 140 gemeenten met een aanpak of plannen daarvoor; marge 54 tot 66%)."
    )
