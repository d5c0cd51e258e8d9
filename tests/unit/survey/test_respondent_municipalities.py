"""Pseudonyms are led back to municipalities by whoever holds the export."""

from pathlib import Path

import pandas as pd

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


def test_each_pseudonym_finds_its_municipalities(tmp_path):
    typed = ["Utrecht", "gemeente Almere", "Groningen en Veendam", "anoniem", "Utrecht"]
    n = len(typed)
    paradata = {"synthetisch_verzonnen_antwoorden": "ja", "Reactienummer": range(1, n + 1)}
    times = {"Gestart": "05-12-2024 10:00", "Laatst gewijzigd": "05-12-2024 10:20", "Afgerond": "Ja"}
    answers = dict.fromkeys(INSTRUMENT.columns, [""] * n) | {"q01": typed, "q04": ["a"] * n}
    pd.DataFrame({**paradata, **times, **answers}).to_csv(tmp_path / "export.csv", sep=";", index=False)
    codes = pd.Series(["GM0344", "GM0034", "GM0014|GM0047"])
    known = pseudonyms(codes, SYNTHETIC_KEY, kind="respondent").tolist()
    export = read_export(tmp_path / "export.csv", INSTRUMENT, MAPPING)
    found = respondent_municipalities(export, REGISTER, [*known, "0123456789abcdef"])
    assert found.tolist() == [*codes, ""]
    assert found.index.tolist() == [*known, "0123456789abcdef"]
