"""A rise may be smaller than it looks when many had begun before."""

import pytest

from analysis.reporting.early_start import early_start, early_start_sentence

CHANGE = {"verdict": "changed", "difference_low": 0.2, "share_2021_low": 8 / 115, "share_2021_high": 8 / 111}
FOUND = {"began": 29, "in_use": 42, "n": 153}


def test_who_began_is_counted_of_those_with_an_approach_in_use(chapter, planted_respondents):
    found = early_start({number: chapter(number) for number in (4, 8)})
    in_use = planted_respondents[planted_respondents["q04"] == "a"]
    began = int(in_use["q08"].isin(["a", "b"]).sum())
    assert found == {"began": began, "in_use": len(in_use), "n": len(planted_respondents)}


def test_the_sentence_compares_with_what_was_measured():
    assert early_start_sentence(FOUND, CHANGE) == (
        "Van de 42 gemeenten met een aanpak in gebruik begonnen er 29 al in of vóór 2021 met de uitvoering. Dat "
        "is 19% van de 153, meer dan de 7% die in 2021 gemeten is. Wie begon, hoefde de aanpak toen nog niet in "
        "gebruik te hebben; toch kan de stijging kleiner zijn dan zij lijkt."
    )
    assert early_start_sentence(FOUND, CHANGE, brief=True).endswith(
        "begonnen er 29 al in of vóór 2021 (19% van de 153): de stijging kan kleiner zijn dan zij lijkt."
    )
    assert "begon er 1 al" in early_start_sentence({"began": 1, "in_use": 2, "n": 5}, CHANGE)


@pytest.mark.parametrize(
    ("found", "change"),
    [
        (FOUND | {"began": 11}, {}),
        (FOUND, {"verdict": "not_shown"}),
        (FOUND, {"verdict": "depends"}),
        (FOUND, {"difference_low": -0.2}),
    ],
)
def test_nothing_is_said_without_a_rise_or_without_more_who_began(found, change):
    assert early_start_sentence(found, CHANGE | change) == ""
