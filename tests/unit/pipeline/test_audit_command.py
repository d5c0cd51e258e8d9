"""Auditing any report from the command line."""

import shutil

import pandas as pd

from analysis.pipeline.command_line import main

CLAIMS = "data/raw/published/claims_2025.csv"


def test_one_command_audits_a_report_without_respondents(tmp_path, capsys):
    out = tmp_path / "verdicts.csv"
    assert main(["audit", CLAIMS, "--facts", "data/raw/published/figures_2021.csv", "--to", str(out)]) == 0
    assert "C08 (regel 52)" in capsys.readouterr().out
    table = pd.read_csv(out)
    assert len(table) == 234
    assert set(table["data_verdict"]) == {"not_tested"}


def test_a_wrong_row_is_named_with_its_line(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    shutil.copy(CLAIMS, path)
    path.write_text(path.read_text(encoding="utf-8").replace("q16,a,planning", "q99,a,planning"), encoding="utf-8")
    assert main(["audit", str(path)]) == 0
    assert "the questionnaire has no question q99" in capsys.readouterr().out


def test_a_missing_file_is_an_error(tmp_path, capsys):
    assert main(["audit", str(tmp_path / "none.csv")]) == 1
    assert "the file is missing" in capsys.readouterr().err
