"""Sentences on change: each verdict has its own words, and every number comes from the table."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.reporting.comparison_wording import (
    EVERY_COUNT,
    answer_sentences,
    change_phrase,
    claim_sentence,
    distribution_sentence,
    family_note,
    number_range,
    quoted,
    share_range,
    source_sentence,
)

ITEMS = {"a": "Aanpak in gebruik", "b": "Invoering loopt", "c": "Geen plannen"}


def row(low, high, later, verdict):
    shares = {"share_2021_low": low, "share_2021_high": high, "share_2025": later}
    differences = {"difference_low": later - high, "difference_high": later - low}
    return {
        **shares,
        **differences,
        "ci_low": later - high - 0.1,
        "ci_high": later - low + 0.1,
        "verdict": verdict,
    }


def table(*verdicts):
    rows = [
        row(0.07, 0.072, 0.2745, verdicts[0]),
        row(0.36, 0.36, 0.18, verdicts[1]),
        row(0.04, 0.07, 0.085, verdicts[2]),
    ]
    return pd.DataFrame(rows).assign(item=list(ITEMS))


def test_the_headline_comes_first_with_its_numbers():
    sentences = answer_sentences(table("changed", "changed", "not_shown"), ITEMS, "a", [])
    assert sentences[0] == (
        "Het aandeel ‘aanpak in gebruik’ is gestegen van 7% in 2021 naar 27% in 2025. Zonder afronding is het "
        "verschil 20 procentpunt (95%-interval +10 tot +30). " + EVERY_COUNT
    )
    assert sentences[1] == "Ook veranderd: ‘invoering loopt’ (van 36% in 2021 naar 18% in 2025)."
    assert sentences[2].startswith("Geen verandering aangetoond: ‘geen plannen’.")


def test_a_fall_is_called_a_fall():
    sentences = answer_sentences(table("changed", "changed", "not_shown"), ITEMS, "b", [])
    assert sentences[0].startswith("Het aandeel ‘invoering loopt’ is gedaald van 36%")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [("not_shown", "kan toeval zijn"), ("depends", "hangt af van de aantallen van 2021")],
)
def test_without_a_change_nothing_is_said_to_have_changed(verdict, words):
    first = answer_sentences(table(verdict, "not_shown", "not_shown"), ITEMS, "a", [])[0]
    assert words in first
    assert "gestegen" not in first


def test_questions_that_were_not_the_same_are_named():
    sentences = answer_sentences(table("changed", "changed", "depends"), ITEMS, "a", ["b", "c"])
    assert [sentence for sentence in sentences if "voorzichtig" in sentence] == [
        "Bij ‘invoering loopt’ is de vraag niet in beide jaren gelijk: wees daar voorzichtig.",
        "Bij ‘geen plannen’ is de vraag niet in beide jaren gelijk: wees daar voorzichtig.",
    ]


def test_known_answers_are_no_reconstruction():
    assert "antwoorden van beide jaren" in answer_sentences(table(*["changed"] * 3), ITEMS, "a", [], exact=True)[0]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (row(0.81, 0.85, 0.745, "not_shown"), "laten dat niet zien"),
        (row(0.81, 0.85, 0.745, "changed"), "spreken dat tegen"),
        (row(0.60, 0.65, 0.745, "changed"), "dat steunt de uitspraak"),
        (row(0.60, 0.65, 0.745, "not_shown"), "kan toeval zijn"),
    ],
)
def test_the_statement_of_the_report_is_judged_by_direction_and_verdict(one, words):
    assert words in claim_sentence(one)


def test_every_pair_of_verdicts_on_the_distribution_has_words():
    said = set()
    for chi_square in ("changed", "not_shown", "depends"):
        for ordinal in ("changed", "not_shown", "depends"):
            ranges = pd.DataFrame({"test": ["chi_square", "mann_whitney"], "verdict": [chi_square, ordinal]})
            said.add(distribution_sentence(ranges))
    assert len(said) == 9


def test_small_words():
    assert share_range(0.07, 0.0701) == "7%"
    assert share_range(0.808, 0.85) == "81 tot 85%"
    assert number_range(8, 8, 0) == "8"
    assert change_phrase(row(0.808, 0.85, 0.745, "")) == "van 81 tot 85% in 2021 naar 75% in 2025"
    assert change_phrase(row(0.07, 0.07, 0.2745, "") | {"percent_2025": 28}) == "van 7% in 2021 naar 28% in 2025"
    assert quoted("Aanpak in gebruik") == "‘aanpak in gebruik’"
    assert family_note(["Eén", "Twee"]).startswith("De familie van 2 toetsen: ‘eén’ en ‘twee’.")


def test_synthetic_answers_of_the_earlier_wave_are_called_synthetic():
    answers = pd.DataFrame({"municipalities": ["x"] * 3})
    assert "synthetisch" in source_sentence(SimpleNamespace(synthetic=True, answers=answers))
    assert "synthetisch" not in source_sentence(SimpleNamespace(synthetic=False, answers=answers))
    assert "gepubliceerde cijfers" in source_sentence(None)
