"""An export of 2021, written and read back; and files that must be refused."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.wave_2021 import holds_published_facts, read_wave_2021, register_2021

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2021.yaml")
MAPPING = load_column_map(RAW / "columns_2021.yaml", INSTRUMENT)
TABLE = pd.read_csv(RAW / "register/municipalities_2021.csv")
REGISTER = register_2021(RAW / "register/municipalities_2021.csv", RAW / "register/municipality_names.csv")


@pytest.fixture(scope="module")
def export(synthetic_2021):
    return synthetic_2021.synthetic_wave_2021(TABLE, INSTRUMENT)


@pytest.fixture
def read(synthetic_2021, tmp_path):
    """Return a function that writes an export and reads it."""

    def written_and_read(table):
        synthetic_2021.write_synthetic_wave_2021(tmp_path / "wave.csv", table)
        return read_wave_2021(tmp_path / "wave.csv", INSTRUMENT, MAPPING, REGISTER)

    return written_and_read


def test_an_export_is_read_back(export, read):
    wave = read(export)
    assert wave.synthetic
    assert wave.unmatched == 0
    assert wave.answers["q04"].tolist() == export["q04"].tolist()
    codes = export["q01"].map(TABLE.set_index("name")["code"])
    assert wave.answers["municipalities"].tolist() == codes.tolist()
    provinces = codes.map(TABLE.set_index("code")["province"])
    assert wave.answers["province"].tolist() == provinces.tolist()
    assert (
        wave.answers["size_class"].tolist()
        == export["q03"].map({"a": "ab", "b": "ab"}).fillna(export["q03"]).tolist()
    )


def test_municipalities_that_have_merged_since_are_known():
    names = REGISTER.names[REGISTER.names["name"].isin(["Weesp", "Uden", "Landerd", "Maashorst"])]
    assert set(names["name"]) == {"Weesp", "Uden", "Landerd"}


def test_blanks_and_unknown_names_stay_in_as_what_they_are(export, read):
    table = export.copy()
    table.loc[0, "q19"] = ""
    table.loc[1, "q01"] = "anoniem"
    table.loc[2, "q01"] = "Groot Verzonnenstein aan de Grens"
    table.loc[3, "Afgerond"] = "Nee"
    wave = read(table)
    assert len(wave.answers) == len(export) - 1
    assert wave.answers["q19"].iloc[0] == "not_answered"
    assert wave.answers["municipalities"].iloc[1:3].tolist() == ["", ""]
    assert wave.unmatched == 1
    assert wave.answers["province"].iloc[1:3].tolist() == ["unknown", "unknown"]


def test_municipalities_of_two_provinces_stand_in_neither(export, read):
    table = export.copy()
    free = [name for name in ("Groningen", "Almere", "Utrecht") if name not in set(table["q01"])]
    table.loc[0, "q01"] = " en ".join(free[:2])
    assert read(table).answers["province"].iloc[0] == "unknown"


def test_a_municipality_that_reacted_twice_is_refused(export, read):
    table = export.copy()
    table.loc[5, "q01"] = table.loc[4, "q01"]
    with pytest.raises(InputError, match="reacted twice"):
        read(table)


def test_an_unknown_size_is_refused(export, read):
    table = export.copy()
    table.loc[0, ["q01", "q03"]] = ["anoniem", ""]
    with pytest.raises(InputError, match="size of the municipality"):
        read(table)


def test_an_export_without_a_finished_reaction_is_refused(export, read):
    with pytest.raises(InputError, match="no finished reaction"):
        read(export.assign(Afgerond="Nee"))


def test_published_figures_are_no_export(tmp_path, export, synthetic_2021):
    synthetic_2021.write_synthetic_wave_2021(tmp_path / "wave.csv", export)
    assert holds_published_facts(RAW / "published/figures_2021.csv")
    assert not holds_published_facts(tmp_path / "wave.csv")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("header", ["fact_id;value", '"value"\t"fact_id"'])
def test_published_figures_are_known_in_every_form_in_which_they_are_read(tmp_path, encoding, header):
    (tmp_path / "facts.csv").write_text(f"{header}\n", encoding=encoding)
    assert holds_published_facts(tmp_path / "facts.csv")


def test_a_column_with_a_longer_name_holds_no_published_figures(tmp_path):
    (tmp_path / "wave.csv").write_text("artefact_id;fact_id_2\n")
    assert not holds_published_facts(tmp_path / "wave.csv")
