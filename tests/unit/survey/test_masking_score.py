"""Recall and precision are those of counting by hand, and the masking reaches what the methods say of it."""

import pytest

from analysis.errors import InputError
from analysis.survey.masking import make_masker
from analysis.survey.masking_score import EVERYTHING, read_examples, score_masking


@pytest.fixture(scope="module")
def masker(register, instrument):
    return make_masker(register, instrument)


def test_found_means_that_no_letter_stays_readable(masker):
    examples = {
        "person": ["Bel {Karin Bakker} of {karin bakker}.", "Overleg met {Karin Bakker-Smit van hier}."],
        "nothing": ["Wij volgen de Zonnebloemroute.", "Meer geld is nodig."],
    }
    table = score_masking(examples, masker).set_index("case")
    assert table.loc["person", ["planted", "found", "masked", "right"]].tolist() == [3, 1, 2, 2]
    assert table.loc["person", "recall"] == pytest.approx(1 / 3)
    assert table.loc["nothing", ["planted", "masked", "right"]].tolist() == [0, 1, 0]
    assert table["recall"].isna().tolist() == [False, True, False]
    assert table.loc[EVERYTHING, ["planted", "found", "masked", "right"]].tolist() == [3, 1, 3, 2]
    assert table.loc[EVERYTHING, "precision"] == pytest.approx(2 / 3)


def test_the_collection_is_masked_at_least_as_well_as_the_methods_say(masker):
    table = score_masking(read_examples(), masker).set_index("case")
    whole = {"name_dutch", "name_elsewhere", "name_in_capitals", "name_with_initials", "name_titled"}
    whole |= {"telephone", "email", "bsn", "iban", "account", "web_of_person"}
    assert (table.loc[sorted(whole), "recall"] == 1).all()
    assert table.loc["address", "recall"] > 0.96
    assert table.loc["first_name_alone", "recall"] > 0.7
    assert table.loc["name_in_small_letters", "found"] == 0, "what no rule finds; the methods say so"
    assert table.loc[EVERYTHING, "recall"] > 0.93, "as the methods say"
    assert table.loc[EVERYTHING, "precision"] > 0.97


def test_a_case_without_sentences_is_refused(tmp_path):
    (tmp_path / "examples.yaml").write_text("person: Karin\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"examples\.yaml: person holds no list of sentences; to do: write"):
        read_examples(tmp_path / "examples.yaml")
