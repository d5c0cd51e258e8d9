"""The Dutch verdict says what the results say."""

import re

import pandas as pd
import pytest

from analysis.reporting.representativeness_wording import verdict_sentence
from analysis.statistics.independence import group_differences
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
    assert text.startswith(
        "De respons is niet representatief naar gemeentegrootte (chi-kwadraattoets, p = 0,001)."
    )
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
