"""The validation study that is kept and printed is the one that its script makes."""

import importlib
from pathlib import Path

import pandas as pd
import pytest

FILE = Path("benchmarks/audit_validation.csv")


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend("benchmarks")
    return importlib.import_module("audit_validation")


@pytest.mark.parametrize(
    ("question", "error", "n"),
    [("more answers", "wrong comparison", 30), ("open answers", "wrong place", 140), ("grid", "no error", 30)],
)
def test_a_part_of_the_study_comes_out_again(script, question, error, n):
    kept = pd.read_csv(FILE)
    [row] = kept[(kept["question"] == question) & (kept["error"] == error) & (kept["n"] == n)].to_dict("records")
    assert script.study(question, error, n, row["reports"]) == row


def test_the_methods_print_the_study(script):
    kept = pd.read_csv(FILE)
    text = Path("docs/methods.md").read_text(encoding="utf-8")
    assert script.as_markdown(kept) in text
    assert f"{kept['reports'].sum():,} generated reports" in text


def test_reports_without_an_error_are_not_accused():
    kept = pd.read_csv(FILE)
    assert kept.loc[kept["error"] == "no error", "found"].max() == 0
