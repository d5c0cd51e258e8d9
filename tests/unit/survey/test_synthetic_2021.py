"""The synthetic export of 2021 against every published figure of that wave."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.instrument import load_instrument
from analysis.survey.synthetic_2021 import SYNTHETIC_COLUMN, synthetic_wave_2021, write_synthetic_wave_2021

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2021.yaml")
REGISTER = pd.read_csv(RAW / "register/municipalities_2021.csv")
COUNTS = {
    "q04": {"a": 8, "b": 41, "c": 45, "d": 13, "e": 1, "f": 4, "g": 0, "h": 1},
    "q19": {"yes": 56, "serious": 17, "none": 28, "rest": 12},
    "q32": {"advanced": 23, "exists": 12, "rest": 78},
    "q33": {"yes": 79, "no": 26, "rest": 8},
}
WAVE = synthetic_wave_2021(REGISTER, INSTRUMENT, COUNTS, seed=2021)


def share(mask, of=None):
    return mask.sum() / (len(WAVE) if of is None else of.sum())


def test_it_is_an_export_that_declares_itself_synthetic():
    assert list(WAVE.columns[5:]) == list(INSTRUMENT.columns)
    assert WAVE.columns[0] == SYNTHETIC_COLUMN
    assert (WAVE[SYNTHETIC_COLUMN] == "ja").all()
    assert WAVE["q01"].is_unique
    assert WAVE["q01"].isin(REGISTER["name"]).all()


@pytest.mark.parametrize("question", list(COUNTS))
def test_every_answer_has_its_count(question):
    counts = WAVE[question].value_counts().reindex(list(COUNTS[question]), fill_value=0)
    assert counts.to_dict() == COUNTS[question]
    assert set(COUNTS[question]) == set(INSTRUMENT.question(question).codes)


def test_the_published_figures_hold():
    status = WAVE["q04"]
    assert round(100 * len(WAVE) / 352) == 32  # Y01
    assert [round(100 * share(status == option)) for option in "abdf"] == [7, 36, 12, 4]  # Y02, Y03, Y06, Y07
    works = status.isin(list("abc"))
    assert 0.80 < share(works) <= 0.85  # Y04
    assert 0.47 <= share(status == "c", works) <= 0.53  # Y05
    assert share(status.isin(list("egh"))) <= 0.03  # Y08
    assert 0.47 <= share(WAVE["q19"] == "yes") <= 0.53  # Y12
    assert 0.12 <= share(WAVE["q19"] == "serious") <= 0.18  # Y13
    assert 0.22 <= share(WAVE["q19"] == "none") <= 0.28  # Y14
    assert 1 / 3 - 0.05 <= share(WAVE["q32"] != "rest") < 1 / 3  # Y15
    assert round(100 * share(WAVE["q32"] == "advanced")) == 20  # Y16
    assert 0.67 <= share(WAVE["q33"] == "yes") <= 0.73  # Y17
    assert 0.20 <= share(WAVE["q33"] == "no") < 0.25  # Y18


def test_the_published_splits_by_size_hold():
    status, large = WAVE["q04"], WAVE["q03"].isin(["a", "b"])
    assert set(WAVE.loc[status == "f", "q03"]) == {"d"}  # Y09
    assert 1 / 3 - 0.03 <= share((status == "b") & large, large) <= 1 / 3 + 0.03  # Y10
    assert not ((status == "a") & large).any()  # Y11


def test_the_size_is_that_of_the_register():
    population = WAVE["q01"].map(REGISTER.set_index("name")["population"])
    assert (population[WAVE["q03"] == "d"] < 50_000).all()
    assert (population[WAVE["q03"].isin(["a", "b"])] >= 100_000).all()
    assert set(WAVE.loc[WAVE["q03"] == "a", "q01"]) <= {"Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht"}


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name, seed in (("one", 2021), ("same", 2021), ("other", 2022)):
        write_synthetic_wave_2021(tmp_path / name, synthetic_wave_2021(REGISTER, INSTRUMENT, COUNTS, seed=seed))
    one, same, other = ((tmp_path / name).read_bytes() for name in ("one", "same", "other"))
    assert one == same != other
    assert one.startswith(SYNTHETIC_COLUMN.encode())
    assert b"\r\n" in one


def test_counts_that_do_not_belong_together_are_refused():
    with pytest.raises(InputError, match="different numbers"):
        synthetic_wave_2021(REGISTER, INSTRUMENT, {**COUNTS, "q33": {"yes": 1}}, seed=1)
    everyone_in_use = {**COUNTS, "q04": {"a": 113}}
    with pytest.raises(InputError, match="by size"):
        synthetic_wave_2021(REGISTER, INSTRUMENT, everyone_in_use, seed=1)
