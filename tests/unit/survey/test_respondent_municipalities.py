"""Pseudonyms are led back to municipalities by whoever holds the export."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.intake import read_export
from analysis.survey.pseudonyms import SYNTHETIC_KEY, pseudonyms
from analysis.survey.register import load_names, load_register
from analysis.survey.respondent_municipalities import respondent_municipalities

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
MAPPING = load_column_map(RAW / "columns_2025.yaml", INSTRUMENT)
REGISTER = load_names(
    load_register(RAW / "register/municipalities_2025.csv"),
    RAW / "register/municipality_names.csv",
    RAW / "register/mergers_2021_2025.csv",
)


@pytest.fixture
def export(tmp_path):
    typed = ["Utrecht", "gemeente Almere", "Groningen en Veendam", "anoniem", "Utrecht"]
    n = len(typed)
    paradata = {"synthetisch_verzonnen_antwoorden": "ja", "Reactienummer": range(1, n + 1)}
    times = {"Gestart": "05-12-2024 10:00", "Laatst gewijzigd": "05-12-2024 10:20", "Afgerond": "Ja"}
    answers = dict.fromkeys(INSTRUMENT.columns, [""] * n) | {"q01": typed, "q04": ["a"] * n}
    pd.DataFrame({**paradata, **times, **answers}).to_csv(tmp_path / "export.csv", sep=";", index=False)
    return read_export(tmp_path / "export.csv", INSTRUMENT, MAPPING)


def respondents(key):
    identities = pd.Series(["GM0344", "GM0034", "GM0014|GM0047", "reaction 4"])
    return pseudonyms(identities, key, kind="respondent").tolist()


def test_each_pseudonym_finds_its_municipalities(export):
    known = respondents(SYNTHETIC_KEY)
    found = respondent_municipalities(export, REGISTER, known)
    assert found.tolist() == ["GM0344", "GM0034", "GM0014|GM0047", ""]
    assert found.index.tolist() == known


def test_pseudonyms_of_another_secret_are_refused(export):
    with pytest.raises(InputError, match="4 of 4 respondents cannot be found again") as refusal:
        respondent_municipalities(export, REGISTER, respondents(b"another secret"))
    assert "QUICKSCAN_SECRET" in str(refusal.value)


def test_one_respondent_of_another_export_is_enough_to_refuse(export):
    with pytest.raises(InputError, match="1 of 5 respondents"):
        respondent_municipalities(export, REGISTER, [*respondents(SYNTHETIC_KEY), "0123456789abcdef"])
