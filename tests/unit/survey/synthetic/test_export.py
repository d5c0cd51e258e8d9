"""The written files: same bytes for the same seed, the same data in every format, and their passport."""

from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from ruamel.yaml import YAML

from analysis.survey.passport import check_passports
from analysis.survey.synthetic.export import MARK, write_synthetic_survey

RAW = Path("data/raw")
SEED = 11
STEM = "synthetic_survey_2025"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    for file_format in ("csv", "xlsx", "sav"):
        write_synthetic_survey(RAW, folder / file_format, seed=SEED, file_format=file_format)
    return folder


def read_csv(folder):
    path = folder / f"csv/{STEM}.csv"
    return pd.read_csv(path, sep=";", encoding="cp1252", dtype="str", keep_default_na=False)


def test_the_same_seed_gives_the_same_bytes_and_another_one_does_not(written, tmp_path):
    for file_format in ("csv", "xlsx", "sav"):
        write_synthetic_survey(RAW, tmp_path / file_format, seed=SEED, file_format=file_format)
        for path in sorted((written / file_format).iterdir()):
            assert (tmp_path / file_format / path.name).read_bytes() == path.read_bytes(), path.name
    write_synthetic_survey(RAW, tmp_path / "other", seed=SEED + 1)
    assert (tmp_path / f"other/{STEM}.csv").read_bytes() != (written / f"csv/{STEM}.csv").read_bytes()


def test_the_csv_looks_like_an_export_of_dutch_excel(written):
    content = (written / f"csv/{STEM}.csv").read_bytes()
    header = content.split(b"\r\n", 1)[0].decode("cp1252").split(";")
    assert header[:6] == [MARK, "Reactienummer", "Gestart", "Laatst gewijzigd", "Afgerond", "q01"]
    assert content.count(b"\r\n") == 1 + 233
    table = read_csv(written)
    assert table["Reactienummer"].tolist() == [str(number) for number in range(1, 234)]
    assert (table[MARK] == "ja").all()
    started = [datetime.strptime(text, "%d-%m-%Y %H:%M") for text in table["Gestart"]]
    changed = [datetime.strptime(text, "%d-%m-%Y %H:%M") for text in table["Laatst gewijzigd"]]
    assert started == sorted(started)
    assert all(first <= last for first, last in zip(started, changed, strict=True))
    assert datetime(2024, 12, 1) <= started[0]
    assert max(changed) < datetime(2025, 2, 1)
    assert b"&#1285" in content


def test_the_workbook_holds_the_same_data(written):
    book = openpyxl.load_workbook(written / f"xlsx/{STEM}.xlsx")
    rows = list(book["Reacties"].values)
    table = read_csv(written)
    assert list(rows[0]) == list(table.columns)

    def text(value):
        if isinstance(value, datetime):
            return value.strftime("%d-%m-%Y %H:%M")
        return "" if value is None else str(value)

    assert [[text(value) for value in row] for row in rows[1:]] == table.to_numpy().tolist()
    assert not any(cell.data_type == "f" for row in book["Reacties"].iter_rows() for cell in row)
    labels = {(row[0], row[1]): row[2] for row in book["Waardelabels"].values}
    assert labels["q04", "a"] == "Aanpak in gebruik, borging loopt"
    assert labels["q21_a", "1"] == "aangekruist"


def test_the_spss_file_holds_the_same_data_with_labels(written):
    table, meta = pyreadstat.read_sav(str(written / f"sav/{STEM}.sav"))
    plain = read_csv(written)
    assert [name.replace("_", " ") for name in table.columns] == [name.replace("_", " ") for name in plain.columns]
    table.columns = plain.columns
    for column in plain.columns:
        values = table[column]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.dt.strftime("%d-%m-%Y %H:%M")
        elif pd.api.types.is_numeric_dtype(values):
            values = values.map(lambda number: "" if pd.isna(number) else str(int(number)))
        assert values.tolist() == plain[column].str.rstrip(" ").tolist(), column
    assert meta.variable_value_labels["q04"]["a"] == "Aanpak in gebruik, borging loopt"
    assert meta.variable_value_labels["q23a"]["altijd"] == "Altijd"
    assert meta.variable_value_labels["q21_a"] == {0.0: "niet aangekruist", 1.0: "aangekruist"}
    assert meta.column_names_to_labels["q04"] == "Stand van de aanpak"


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "sav"])
def test_everything_has_a_passport_that_says_that_it_is_invented(written, file_format):
    check_passports(written / file_format)
    passport = YAML(typ="safe").load(written / f"{file_format}/{STEM}.{file_format}.yml")
    assert "invented" in passport["title"]
    assert passport["rows"] == 233


def test_the_planted_truth_tells_what_was_not_followed(written):
    truth = YAML(typ="safe").load(written / f"csv/{STEM}_truth.yaml")
    statements = truth["statements"]
    assert {item["claim"] for item in statements["not_followed"]} == {"C08", "F1601", "C26", "W08"}
    assert all(item["followed_instead"] and item["reason"] for item in statements["not_followed"])
    assert statements["only_under_this_rounding"] == ["C01"]
    assert truth["association"]["size_on_status"]["d"] == 0.0
    assert truth["bases"] == {"all": 153, "planning": 140, "implemented": 42, "implementing": 28, "no_plan": 13}


def test_an_enlarged_population_comes_with_its_register(tmp_path):
    write_synthetic_survey(RAW, tmp_path, seed=SEED, copies=3)
    register = pd.read_csv(tmp_path / f"{STEM}_register.csv", dtype="str")
    assert len(register) == 3 * 342
    assert register["code"].is_unique
    assert register["name"].is_unique
    table = pd.read_csv(
        tmp_path / f"{STEM}.csv",
        sep=";",
        encoding="cp1252",
        dtype="str",
        keep_default_na=False,
        index_col="Reactienummer",
    )
    defects = pd.read_csv(tmp_path / f"{STEM}_defects.csv", dtype="str", keep_default_na=False)
    assert len(table) == 3 * 233
    names = defects[(defects["column"] == "q01") & (defects["truth"] != "")]
    assert set(register["name"]).issuperset(name for truth in names["truth"] for name in truth.split(" | "))
    check_passports(tmp_path)
