"""An export of 2021, written and read back; and files that must be refused."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.synthetic_2021 import synthetic_wave_2021, write_synthetic_wave_2021
from analysis.survey.wave_2021 import holds_published_facts, read_wave_2021, register_2021

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2021.yaml")
MAPPING = load_column_map(RAW / "columns_2021.yaml", INSTRUMENT)
TABLE = pd.read_csv(RAW / "register/municipalities_2021.csv")
REGISTER = register_2021(RAW / "register/municipalities_2021.csv", RAW / "register/municipality_names.csv")
COUNTS = {
    "q04": {"a": 8, "b": 41, "c": 45, "d": 13, "e": 1, "f": 4, "h": 1},
    "q19": {"yes": 56, "serious": 17, "none": 28, "rest": 12},
    "q32": {"advanced": 23, "exists": 12, "rest": 78},
    "q33": {"yes": 79, "no": 26, "rest": 8},
}
EXPORT = synthetic_wave_2021(TABLE, INSTRUMENT, COUNTS, seed=2021)


def read(folder, table):
    write_synthetic_wave_2021(folder / "wave.csv", table)
    return read_wave_2021(folder / "wave.csv", INSTRUMENT, MAPPING, REGISTER)


def test_an_export_is_read_back(tmp_path):
    wave = read(tmp_path, EXPORT)
    assert wave.synthetic
    assert wave.unmatched == 0
    assert wave.answers["q04"].tolist() == EXPORT["q04"].tolist()
    codes = EXPORT["q01"].map(TABLE.set_index("name")["code"])
    assert wave.answers["municipalities"].tolist() == codes.tolist()
    provinces = codes.map(TABLE.set_index("code")["province"])
    assert wave.answers["province"].tolist() == provinces.tolist()
    assert (
        wave.answers["size_class"].tolist()
        == EXPORT["q03"].map({"a": "ab", "b": "ab"}).fillna(EXPORT["q03"]).tolist()
    )


def test_municipalities_that_have_merged_since_are_known():
    names = REGISTER.names[REGISTER.names["name"].isin(["Weesp", "Uden", "Landerd", "Maashorst"])]
    assert set(names["name"]) == {"Weesp", "Uden", "Landerd"}


def test_blanks_and_unknown_names_stay_in_as_what_they_are(tmp_path):
    table = EXPORT.copy()
    table.loc[0, "q19"] = ""
    table.loc[1, "q01"] = "anoniem"
    table.loc[2, "q01"] = "Groot Verzonnenstein aan de Grens"
    table.loc[3, "Afgerond"] = "Nee"
    wave = read(tmp_path, table)
    assert len(wave.answers) == len(EXPORT) - 1
    assert wave.answers["q19"].iloc[0] == "not_answered"
    assert wave.answers["municipalities"].iloc[1:3].tolist() == ["", ""]
    assert wave.unmatched == 1
    assert wave.answers["province"].iloc[1:3].tolist() == ["unknown", "unknown"]


def test_municipalities_of_two_provinces_stand_in_neither(tmp_path):
    table = EXPORT.copy()
    free = [name for name in ("Groningen", "Almere", "Utrecht") if name not in set(table["q01"])]
    table.loc[0, "q01"] = " en ".join(free[:2])
    assert read(tmp_path, table).answers["province"].iloc[0] == "unknown"


def test_a_municipality_that_reacted_twice_is_refused(tmp_path):
    table = EXPORT.copy()
    table.loc[5, "q01"] = table.loc[4, "q01"]
    with pytest.raises(InputError, match="reacted twice"):
        read(tmp_path, table)


def test_an_unknown_size_is_refused(tmp_path):
    table = EXPORT.copy()
    table.loc[0, ["q01", "q03"]] = ["anoniem", ""]
    with pytest.raises(InputError, match="size of the municipality"):
        read(tmp_path, table)


def test_an_export_without_a_finished_reaction_is_refused(tmp_path):
    with pytest.raises(InputError, match="no finished reaction"):
        read(tmp_path, EXPORT.assign(Afgerond="Nee"))


def test_published_figures_are_no_export(tmp_path):
    write_synthetic_wave_2021(tmp_path / "wave.csv", EXPORT)
    assert holds_published_facts(RAW / "published/figures_2021.csv")
    assert not holds_published_facts(tmp_path / "wave.csv")
