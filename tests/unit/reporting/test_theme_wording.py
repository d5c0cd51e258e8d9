"""Dutch sentences about coded answers say who coded, what was named, and how sure that is."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.reporting.theme_tables import theme_table
from analysis.reporting.theme_wording import (
    CODERS_DECIDE,
    describe_agreement,
    describe_coders,
    describe_quotes,
    describe_themes,
    reliability_note,
)


def test_the_words_name_the_themes_with_their_doubts_and_that_coders_decide(coded):
    words = describe_themes(coded, theme_table(coded, "theme"), "over geld")
    lead, _, cash, courts, _, last = words.split("\n")
    assert lead == (
        "Van de 140 gemeenten met een aanpak of plannen daarvoor schreven er 100 iets met inhoud over geld. "
        "Het vaakst genoemd:"
    )
    assert cash == (
        "- **Geld en meten**: ongeveer twee vijfde van de gemeenten (39%; 55 van de 140; marge 29 tot 49%)."
    )
    assert courts.startswith("- **Rechters (niet betrouwbaar)**: ")
    assert courts.endswith("Wees voorzichtig met dit cijfer: over dit thema zijn codeurs het te weinig eens.")
    assert last == CODERS_DECIDE


def test_places_of_themes_that_are_certain_are_called_so(coded):
    table = theme_table(coded, "theme")
    apart = table.assign(ci_low=[0.35, 0.1], ci_high=[0.45, 0.2])
    assert describe_themes(coded, apart).split("\n")[-1] == CODERS_DECIDE
    said = describe_themes(coded, pd.concat([apart, apart.tail(1)]))
    assert said.split("\n")[-1].startswith(
        "De eerste plaats staat vast; de volgorde daarna is niet zeker: de marges "
    )


def test_of_few_answers_no_percentage_is_given(coded):
    few = replace(coded, themes=coded.themes.assign(n=9, count=4))
    said = describe_themes(few, theme_table(few, "theme").assign(reliability="unsure"))
    assert "- **Geld en meten**: 4 van de 9 gemeenten. Wees voorzichtig met dit cijfer: " in said
    assert "%" not in said
    assert said.count("Te weinig antwoorden voor een percentage.") == 1


def test_a_theme_of_doubtful_reliability_says_so(coded):
    said = describe_themes(coded, theme_table(coded, "theme").assign(reliability="unsure"))
    assert said.count("Wees voorzichtig met dit cijfer: codeurs zijn het hierover misschien te weinig eens.") == 2


def test_every_verdict_is_said_at_its_own_level(coded):
    said = describe_agreement(coded, theme_table(coded, "code"), "code")
    assert said.startswith("Codeurs beoordeelden 90 antwoorden dubbel.")
    assert "alfa over alle codes is 0,72 (95%-interval 0,62 tot 0,77)" in said
    assert "Onder de grens van 0,667 blijft *Rechters*: trek daaruit geen conclusie." in said
    assert (
        "Twijfelachtig is *Bezuiniging*: alfa haalt de grens van 0,667, maar het interval begint eronder." in said
    )
    assert said.endswith("Bij de andere code ligt het hele interval boven de grens.")
    note = reliability_note(coded, theme_table(coded, "code"), "code")
    assert note.startswith("Niet betrouwbaar: over deze code zijn codeurs het te weinig eens (alfa onder 0,667).")
    assert "Bij één code haalt alfa de grens (0,667), maar begint het interval eronder" in note


@pytest.mark.parametrize(
    ("level", "verdicts", "other", "these"),
    [
        ("theme", ["reliable", "not_reliable"], "het andere thema", "dit thema"),
        ("theme", ["not_reliable", "not_reliable"], "", "deze thema’s"),
        ("code", ["reliable", "reliable", "not_reliable"], "de andere codes", "deze code"),
        ("code", ["reliable", "not_reliable", "not_reliable"], "de andere code", "deze codes"),
    ],
)
def test_one_and_several_are_told_apart(coded, level, verdicts, other, these):
    table = theme_table(coded, level).assign(reliability=verdicts)
    said = describe_agreement(coded, table, level)
    assert said.endswith(f"Bij {other} ligt het hele interval boven de grens." if other else "geen conclusie.")
    assert reliability_note(coded, table, level).startswith(f"Niet betrouwbaar: over {these} zijn codeurs")


def test_themes_that_few_named_are_said_to_be_too_few(coded):
    table = theme_table(coded, "code").assign(reliability=["too_few", "too_few", "reliable"])
    said = describe_agreement(coded, table, "code")
    assert "Te weinig genoemd om te beoordelen zijn *Bezuiniging* en *Geld*." in said
    note = reliability_note(coded, table, "code")
    assert note == "2 codes zijn te weinig genoemd om te beoordelen of codeurs het eens zijn."
    one = reliability_note(coded, table.iloc[1:], "code")
    assert one == "Eén code is te weinig genoemd om te beoordelen of codeurs het eens zijn."


def test_a_wholly_reliable_table_needs_no_note(coded):
    table = theme_table(coded, "theme").iloc[:1]
    said = describe_agreement(coded, table)
    assert said.endswith("Bij elk genoemd thema ligt het hele interval boven de grens van 0,667.")
    assert reliability_note(coded, table) == ""


def test_without_double_coding_the_page_says_so(coded):
    coded.agreement["alpha"] = float("nan")
    table = theme_table(coded, "theme")
    assert "is niet te zeggen" in describe_agreement(coded, table)
    assert reliability_note(coded, table) == "Bij 2 thema’s is niet te zeggen hoe goed codeurs het eens zijn."


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (
            {"n_answers": 110},
            "2 codeurs gaven, zonder overleg, 110 antwoorden een of meer codes uit een vaste lijst.",
        ),
        (
            {"n_coders": 1, "n_coded": 1},
            "Eén codeur gaf één antwoord een of meer codes uit een vaste lijst. 119 antwoorden hebben nog geen "
            "code: de aantallen kunnen nog hoger worden.",
        ),
        (
            {"n_synthetic": 109, "n_answers": 111},
            "2 codeurs gaven, zonder overleg, één antwoord een of meer codes uit een vaste lijst. 109 antwoorden "
            "kregen hun codes van twee gesimuleerde codeurs. Eén antwoord heeft nog geen code: de aantallen "
            "kunnen nog hoger worden.",
        ),
    ],
)
def test_who_coded_is_said_and_how_much_still_waits(recoded, progress, expected):
    assert describe_coders(recoded(**progress)) == expected


def test_synthetic_coders_are_called_so(recoded):
    invented = recoded(n_coders=0, n_synthetic=110, n_answers=110)
    assert describe_coders(invented).startswith("De antwoorden zijn verzonnen, en de codes ook: twee gesimuleerde")
    assert describe_agreement(invented, theme_table(invented, "theme")).startswith("Gesimuleerde codeurs")


def test_a_question_that_nobody_coded_says_what_to_do(uncoded, recoded):
    for said in (
        describe_coders(uncoded),
        describe_themes(uncoded, theme_table(uncoded, "theme")),
        describe_agreement(uncoded, theme_table(uncoded, "theme")),
    ):
        assert "nog niet gecodeerd: er liggen 120 antwoorden klaar" in said
        assert "`.venv/bin/python -m analysis coding export q26 --coder NAAM`" in said
    assert "ligt één antwoord klaar" in describe_coders(recoded(n_coded=0, n_answers=1))
    assert "niemand iets geschreven" in describe_coders(recoded(n_coded=0, n_answers=0))


def test_when_no_code_counts_no_theme_is_named(coded):
    assert describe_themes(coded, theme_table(coded, "theme").iloc[:0]) == "Geen antwoord heeft een code die telt."


def test_a_quote_is_text_and_nothing_else(coded):
    assert describe_quotes(coded) == r"- “Geen \*geld\* \[klik\]\(http\://x\)”"
    without = replace(coded, quotes=coded.quotes.iloc[:0])
    assert "niemand een citaat goedgekeurd" in describe_quotes(without)


def test_while_answers_wait_for_a_coder_there_is_no_share_and_no_ranking(recoded):
    half = recoded(n_answers=140)
    text = describe_themes(half, theme_table(half, "theme"))
    assert text.startswith(
        "Nog niet alles is gecodeerd: 110 van de 140 antwoorden. Tot nu toe genoemd:\n\n- **Geld"
    )
    assert "55 gemeenten\n" in text
    assert not [word for word in ("%", "marge", "vaakst", "van de 140 gemeenten") if word in text]
