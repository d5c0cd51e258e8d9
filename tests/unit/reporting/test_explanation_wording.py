"""Sentences on other explanations, from small tables."""

from types import SimpleNamespace

import pandas as pd

from analysis.reporting.explanation_wording import (
    assumptions_note,
    merger_sentence,
    microdata_sentence,
    response_rate_sentence,
    robustness_sentence,
    tipping_sentences,
)

TIPPING = pd.DataFrame(
    {
        "wave": ["2021", "2025"],
        "vanishes_low": [0.20, 4.87],
        "vanishes_high": [0.21, 5.06],
        "unclear_low": [0.44, 2.20],
        "unclear_high": [0.45, 2.29],
        "possible_low": [0.03, 0.18],
        "possible_high": [3.34, 2.70],
    }
)


def test_a_ratio_below_one_is_told_as_the_others_taking_part_more_often_and_what_cannot_be_is_said():
    assert tipping_sentences(TIPPING, "Aanpak in gebruik", "changed").splitlines() == [
        "Het verschil bij ‘aanpak in gebruik’ kan ook komen door wie meedeed.",
        "",
        "- **Alleen in 2021 ongelijk:** het verschil verdwijnt als andere gemeenten 4,8 tot 5,0 keer zo vaak "
        "meededen als gemeenten met dit antwoord. Bij deze respons kan dat. Al bij 2,2 tot 2,3 keer zo vaak kan "
        "het verschil toeval zijn.",
        "- **Alleen in 2025 ongelijk:** het verschil verdwijnt als gemeenten met dit antwoord 4,9 tot 5,1 keer zo "
        "vaak meededen als andere gemeenten. Dat kan niet: bij deze respons is 2,7 keer het uiterste. Al bij 2,2 "
        "tot 2,3 keer zo vaak kan het verschil toeval zijn.",
    ]


def test_an_interval_that_holds_zero_has_no_point_from_which_it_does():
    text = tipping_sentences(TIPPING.assign(unclear_low=1.0, unclear_high=1.0), "Geen plannen", "depends")
    assert "toeval" not in text


def test_without_a_change_there_is_nothing_to_explain():
    text = tipping_sentences(TIPPING, "Geen plannen", "not_shown")
    assert (
        text == "Bij ‘geen plannen’ is geen verschil aangetoond; er valt dan niets te verklaren uit wie meedeed."
    )


def test_the_verdicts_that_stand_are_named():
    items = {"a": "Eerste", "b": "Tweede"}
    some = pd.DataFrame({"item": ["b", "a"], "stands": [True, True]})
    assert (
        robustness_sentence(some, items)
        == "Het oordeel blijft onder alle aannamen gelijk bij ‘eerste’ en ‘tweede’."
    )
    assert robustness_sentence(some.assign(stands=False), items).startswith("Geen enkel oordeel")
    assert assumptions_note({"x": "dit", "y": "dat"}) == "Geprobeerd zijn: dit en dat."


def test_mergers_are_counted():
    codes = pd.Series(["A", "A", "A", "b", "c"], index=list("stubc"))
    lost = pd.DataFrame({"lost": [0, 1, 2], "probability": [0.5, 0.25, 0.25]})
    assert merger_sentence(codes, lost) == (
        "3 van de 5 gemeenten van 2021 zijn nu 1 gemeenten; zo werden het er 3. Naar verwachting vallen daardoor "
        "0,8 respondenten van 2021 weg, en hoogstens 2."
    )


def test_response_rates():
    later = pd.DataFrame({"n": [140, 153]})
    assert response_rate_sentence("32", later, 342).startswith(
        "In 2021 reageerde 32% van de gemeenten, in 2025 45% (153 van de 342)."
    )


def test_the_answers_of_the_earlier_wave_are_there_or_not():
    answers = pd.DataFrame({"municipalities": ["GM0001", "", "GM0002"]})
    assert microdata_sentence(SimpleNamespace(answers=answers)).startswith("Van 2 van de 3 reacties")
    assert "params.yaml" in microdata_sentence(None)
