"""The Dutch verdict says what the results say."""

import re

import pandas as pd
import pytest

from analysis.reporting.representativeness_wording import (
    coverage_sentence,
    judge,
    tipping_sentence,
    verdict_sentence,
    weighting_sentence,
)
from analysis.statistics.independence import group_differences, independence_tests
from analysis.statistics.representativeness import verdict

LABELS = {
    "d": "gemeenten met minder dan 50.000 inwoners",
    "c": "gemeenten met 50.000 tot 100.000 inwoners",
    "ab": "gemeenten met meer dan 100.000 inwoners",
}


def sentence(respondents, *, population=(250, 60, 32), claimed="", **settings):
    cells = pd.DataFrame({"size_class": list(LABELS), "population": population, "respondents": respondents})
    judged = verdict(cells, ["size_class"], **settings).iloc[0]
    differences = group_differences(cells, ["size_class"])
    return verdict_sentence(judged, differences, characteristic="gemeentegrootte", labels=LABELS, claimed=claimed)


def test_table_1_contradicts_the_report():
    text = sentence([98, 33, 22], claimed="representatief")
    exact = "exacte toets van Fisher, Freeman en Halton, p = 0,002"
    assert text.startswith(f"De respons is niet representatief naar gemeentegrootte ({exact}).")
    assert (
        "Ondervertegenwoordigd zijn gemeenten met minder dan 50.000 inwoners (64 procent van de reacties, 73"
        in text
    )
    assert (
        "Oververtegenwoordigd zijn gemeenten met meer dan 100.000 inwoners (14 procent van de reacties, 9" in text
    )
    assert text.endswith("Deze cijfers spreken dat tegen.")


def test_a_group_that_does_not_stand_out_is_not_named():
    assert "50.000 tot 100.000" not in sentence([98, 33, 22])


def test_the_other_way_round():
    text = sentence([150, 10, 5])
    assert "Ondervertegenwoordigd zijn gemeenten met 50.000 tot 100.000 inwoners" in text
    assert "Oververtegenwoordigd zijn gemeenten met minder dan 50.000 inwoners" in text
    assert "p < 0,001" in text


def test_a_representative_response_is_called_so():
    text = sentence([112, 27, 14], claimed="representatief")
    assert text.startswith("De respons is representatief naar gemeentegrootte")
    assert text.endswith("Deze cijfers steunen dat.")
    assert "vertegenwoordigd" not in text


def test_nothing_found_is_said_as_it_is():
    text = sentence([12, 5, 3], population=(30, 10, 8), claimed="representatief")
    assert text.startswith("Of de respons representatief is naar gemeentegrootte, staat niet vast.")
    assert "is ook niet uitgesloten" in text
    assert text.endswith("Deze cijfers bevestigen dat niet.")


def test_tests_that_disagree_are_said_to_disagree():
    assert "niet dezelfde kant op" in sentence([98, 33, 22], alpha=0.00145)


def test_without_the_report_no_claim_is_spoken_of():
    assert "rapport" not in sentence([98, 33, 22])


def test_numbers_are_written_the_dutch_way():
    assert not re.search(r"\d\.\d(?!\d\d)", sentence([98, 33, 22]))


def test_what_does_not_belong_together_is_refused():
    cells = pd.DataFrame({"size_class": list(LABELS), "population": [250, 60, 32], "respondents": [98, 33, 22]})
    judged, differences = verdict(cells, ["size_class"]).iloc[0], group_differences(cells, ["size_class"])
    with pytest.raises(ValueError, match="without a Dutch label"):
        verdict_sentence(judged, differences, characteristic="grootte", labels={"d": "klein"})
    with pytest.raises(ValueError, match="differences are not"):
        verdict_sentence(judged, differences.assign(variable="x"), characteristic="grootte", labels=LABELS)


def test_a_judgement_is_the_verdict_on_the_cells():
    cells = pd.DataFrame({"size_class": list(LABELS), "population": [250, 60, 32], "respondents": [98, 33, 22]})
    tests = independence_tests(cells, ["size_class"])
    text = judge(cells, "size_class", tests, alpha=0.05, margin=0.2, claimed="goed verdeeld")
    exact = "exacte toets van Fisher, Freeman en Halton, p = 0,002"
    assert text.startswith(f"De respons is niet representatief naar grootte ({exact}).")
    assert text.endswith("Het rapport noemt de respons op dit punt goed verdeeld. Deze cijfers spreken dat tegen.")


def test_changes_by_weighting_are_counted_whatever_their_sign():
    shares = pd.DataFrame({"change": [0.02, -0.031, 0.001]})
    assert weighting_sentence(shares, 0.02).startswith("Weging verandert 2 van de 3 belangrijkste aandelen")
    assert weighting_sentence(shares, 0.03).startswith("Weging verandert één van de 3")
    assert weighting_sentence(shares, 0.5).endswith("de grootste verandering is 3 procentpunt.")
    hidden = shares.assign(change=float("nan"))
    assert weighting_sentence(hidden, 0.02).endswith("kan niet worden getoond: de groepen zijn te klein.")


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (114, "pas minder dan de helft als minder dan 30% van wie niet meedeed dat antwoord heeft."),
        (42, "pas meer dan de helft als meer dan 68% van wie niet meedeed dat antwoord heeft."),
    ],
)
def test_what_the_others_must_answer_to_turn_a_conclusion(count, expected):
    shares = pd.DataFrame({"option": ["a"], "label": ["Stand: in gebruik"], "count": [count], "n": [153]})
    assert tipping_sentence(shares, "a", 342).endswith(expected)


def test_a_conclusion_that_nobody_can_turn():
    shares = pd.DataFrame({"option": ["a"], "label": ["Stand: in gebruik"], "count": [180], "n": [200]})
    assert "niet minder dan de helft, wat de andere ook antwoorden" in tipping_sentence(shares, "a", 342)


def test_coverage_is_told_for_the_worlds_where_it_matters():
    values = {
        ("association", "unweighted"): 0.87,
        ("association", "post_stratified"): 0.94,
        ("outcome", "unweighted"): 0.25,
        ("outcome", "post_stratified"): 0.26,
    }
    rows = [(*key, value) for key, value in values.items()]
    text = coverage_sentence(pd.DataFrame(rows, columns=["world", "estimator", "coverage"]))
    assert "in 87% van de gevallen het echte aandeel, en na weging in 94%" in text
    assert "25% en 26%" in text
