"""A real export on which nobody has coded an answer builds to the end; a question joins in once it is coded."""

import csv
import re
import shutil

import openpyxl
import pandas as pd
import pytest

SYNTHETIC = "data/raw/synthetic_survey_2025.csv"
REAL = "data/raw/survey.csv"
SECRET = {"QUICKSCAN_SECRET": "0123456789abcdef" * 4}
QUICKER = {
    "n_samples: 500": "n_samples: 50",
    "n_tables: 99999": "n_tables: 999",
}
CHAPTERS = {
    "04_status": 1,
    "05_preconditions": 1,
    "06_offer_and_partners": 2,
    "08_implemented": 4,
    "09_implementing": 2,
    "10_bottlenecks": 2,
}
"""How many open questions a chapter shows."""


def text(folder, stem):
    html = (folder / f"reports/{stem}.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.fixture(scope="module")
def uncoded(build, run, tmp_path_factory):
    """Build the synthetic export without the column that marks it, so that it passes for a real one."""
    folder = tmp_path_factory.mktemp("real") / "project"
    shutil.copytree(build, folder)
    with (folder / SYNTHETIC).open(encoding="cp1252", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    assert rows[0][0] == "synthetisch_verzonnen_antwoorden"
    with (folder / REAL).open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(row[1:] for row in rows)
    settings = (folder / "params.yaml").read_text(encoding="utf-8")
    for old, new in {f'export: "{SYNTHETIC}"': f'export: "{REAL}"', **QUICKER}.items():
        assert old in settings
        settings = settings.replace(old, new)
    (folder / "params.yaml").write_text(settings, encoding="utf-8")
    done = run(folder, "dvc", "repro", **SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_build_ends_and_every_open_question_says_what_to_do(uncoded):
    for stem, number in CHAPTERS.items():
        assert text(uncoded, stem).count("zijn nog niet gecodeerd: er ligg") == number, stem
    for stem, column in {"11_national_bottlenecks": "q26", "12_support_needs": "q27"}.items():
        page = text(uncoded, stem)
        assert f".venv/bin/python -m analysis coding export {column} --coder NAAM" in page
        assert "Figuur" not in page
    index = text(uncoded, "index")
    assert "deze antwoorden zijn verzonnen" not in index


def test_nothing_is_counted_of_what_nobody_coded(uncoded):
    for name in ("themes", "theme_pairs", "theme_differences"):
        assert pd.read_csv(uncoded / f"data/processed/released/{name}.csv").empty
    for path in (uncoded / "reports/tables").glob("themes_*.csv"):
        assert pd.read_csv(path).empty
    claims = pd.read_csv(uncoded / "data/processed/audit_claims.csv").set_index("claim_id")
    assert set(claims.loc[["O401", "O1104", "F1403"], "data_verdict"]) == {"not_tested"}


def test_a_question_joins_in_once_somebody_codes_it(uncoded, run):
    exported = run(uncoded, "python", "-m", "analysis", "coding", "export", "q26", "--coder", "anna")
    assert "120 answers, 120 without a code of anna" in exported.stdout, exported.stderr
    book = uncoded / "data/coding_sheets/q26_anna.xlsx"
    workbook = openpyxl.load_workbook(book)
    for row in range(2, 32):
        workbook["antwoorden"].cell(row, 3).value = "youth_care_not_effective"
    workbook.save(book)
    imported = run(uncoded, "python", "-m", "analysis", "coding", "import", str(book))
    assert "30 answers added for anna" in imported.stdout, imported.stderr
    done = run(uncoded, "dvc", "repro", "national_bottlenecks", "support_needs", **SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    page = text(uncoded, "11_national_bottlenecks")
    assert "Eén codeur gaf 30 antwoorden een of meer codes" in page
    assert "90 antwoorden hebben nog geen code" in page
    assert "Nog niet alles is gecodeerd: 30 van de 120 antwoorden. Tot nu toe genoemd:" in page
    assert "30 gemeenten Aandelen staan hier pas als alle antwoorden een code hebben." in page
    assert "Figuur 11.1" in page
    assert "nog niet gecodeerd: er liggen 119 antwoorden klaar" in text(uncoded, "12_support_needs")
