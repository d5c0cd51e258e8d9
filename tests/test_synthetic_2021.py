"""The synthetic export of 2021 against every published figure of that wave."""

from pathlib import Path

import pytest

from analysis.survey.instrument import load_instrument
from analysis.survey.register import load_register

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2021.yaml")
REGISTER = load_register(RAW / "register/municipalities_2021.csv")


@pytest.fixture(scope="module")
def wave(synthetic_2021):
    return synthetic_2021.synthetic_wave_2021(REGISTER, INSTRUMENT)


def share(mask, of=None):
    return mask.sum() / (len(mask) if of is None else of.sum())


def test_it_is_an_export_that_declares_itself_synthetic(wave, synthetic_2021):
    assert list(wave.columns[5:]) == list(INSTRUMENT.columns)
    assert wave.columns[0] == synthetic_2021.SYNTHETIC_COLUMN
    assert (wave[synthetic_2021.SYNTHETIC_COLUMN] == "ja").all()
    assert wave["q01"].is_unique
    assert wave["q01"].isin(REGISTER["name"]).all()


def test_every_answer_has_its_count(wave, synthetic_2021):
    for question, expected in synthetic_2021.COUNTS.items():
        counts = wave[question].value_counts().reindex(list(expected), fill_value=0)
        assert counts.to_dict() == expected
        assert set(expected) == set(INSTRUMENT.question(question).codes)


def test_the_published_figures_hold(wave):
    status = wave["q04"]
    assert round(100 * len(wave) / 352) == 32  # Y01
    assert [round(100 * share(status == option)) for option in "abdf"] == [7, 36, 12, 4]  # Y02, Y03, Y06, Y07
    works = status.isin(list("abc"))
    assert 0.80 < share(works) <= 0.85  # Y04
    assert 0.47 <= share(status == "c", works) <= 0.53  # Y05
    assert share(status.isin(list("egh"))) <= 0.03  # Y08
    assert 0.47 <= share(wave["q19"] == "yes") <= 0.53  # Y12
    assert 0.12 <= share(wave["q19"] == "serious") <= 0.18  # Y13
    assert 0.22 <= share(wave["q19"] == "none") <= 0.28  # Y14
    assert 1 / 3 - 0.05 <= share(wave["q32"] != "rest") < 1 / 3  # Y15
    assert round(100 * share(wave["q32"] == "advanced")) == 20  # Y16
    assert 0.67 <= share(wave["q33"] == "yes") <= 0.73  # Y17
    assert 0.20 <= share(wave["q33"] == "no") < 0.25  # Y18


def test_the_published_splits_by_size_hold(wave):
    status, large = wave["q04"], wave["q03"].isin(["a", "b"])
    assert set(wave.loc[status == "f", "q03"]) == {"d"}  # Y09
    assert 1 / 3 - 0.03 <= share((status == "b") & large, large) <= 1 / 3 + 0.03  # Y10
    assert not ((status == "a") & large).any()  # Y11


def test_the_size_is_that_of_the_register(wave):
    population = wave["q01"].map(REGISTER.set_index("name")["population"])
    assert (population[wave["q03"] == "d"] < 50_000).all()
    assert (population[wave["q03"].isin(["a", "b"])] >= 100_000).all()
    assert set(wave.loc[wave["q03"] == "a", "q01"]) <= {"Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht"}
