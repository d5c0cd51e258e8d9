"""Tables for readers are written after the check, all of them or none."""

import json

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.pipeline.project import OUTPUT_ROOT_VARIABLE
from analysis.pipeline.publication import publish_summary, publish_tables

COLUMNS = ["question", "option", "group", "n", "count"]


@pytest.fixture
def root(tmp_path, monkeypatch):
    (tmp_path / "dvc.yaml").touch()
    (tmp_path / "data/processed/released").mkdir(parents=True)
    released = pd.DataFrame([("q04", "a", "d", 98, 26)], columns=COLUMNS)
    released.to_csv(tmp_path / "data/processed/released/size_classes.csv", index=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(OUTPUT_ROOT_VARIABLE, raising=False)
    return tmp_path


def test_released_numbers_are_written(root, capsys):
    table = pd.DataFrame([("q04", "a", "all", 153, 42), ("q04", "a", "d", 98, 26)], columns=COLUMNS)
    publish_tables({"reports/tables/figure_2.csv": table})
    assert pd.read_csv(root / "reports/tables/figure_2.csv").equals(table)
    assert capsys.readouterr().out == "reports/tables/figure_2.csv: 2 rijen, 5 kolommen\n"


def test_one_table_that_breaks_the_rules_keeps_all_from_being_written(root):
    fine = pd.DataFrame({"label": ["Ja"], "count": [3]})
    wrong = pd.DataFrame([("q04", "b", "d", 98, 2)], columns=COLUMNS)
    with pytest.raises(InputError, match=r"figure_3\.csv: the number of q04 b in group d was not released"):
        publish_tables({"reports/tables/figure_2.csv": fine, "reports/tables/figure_3.csv": wrong})
    assert not (root / "reports").exists()


@pytest.mark.parametrize("path", ["data/processed/a.csv", "reports/a.csv", "reports/tables/a.html"])
def test_tables_for_readers_stand_in_one_folder(root, path):
    with pytest.raises(InputError, match="stands elsewhere"):
        publish_tables({path: pd.DataFrame({"label": ["Ja"]})})


def test_text_is_written_as_text(root):
    publish_tables({"reports/tables/quotes.csv": pd.DataFrame({"label": ["=cmd|' /C calc'!A0"]})})
    assert (root / "reports/tables/quotes.csv").read_text(encoding="utf-8") == "label\n'=cmd|' /C calc'!A0\n"


@pytest.fixture
def summary(root):
    numbers = {"share": 0.25, "ci_low": 0.2, "ci_high": 0.3}
    row = {
        "question": "q04",
        "option": "a",
        "group": "all",
        "estimator": "unweighted",
        "n": 4,
        "count": 1,
    } | numbers
    pd.DataFrame([row]).to_csv(root / "data/processed/released/estimates.csv", index=False)
    themes = pd.DataFrame([row | numbers | {"question": "q26"}]).assign(level="theme", denominator="routed")
    themes.to_csv(root / "data/processed/released/themes.csv", index=False)
    names = {"question": "q04", "option": "a", "subject": "Stand", "label": "In gebruik", "base": "all"}
    began = {"began": 0, "in_use": 1, "n": 4}
    return {
        "themes": {},
        "began_by_2021": began,
        "shares": {"q04_a": names | {"n": 4, "count": 1, "percent": 25} | numbers},
    }


def test_released_headline_figures_are_written(root, summary):
    publish_summary(summary)
    assert json.loads((root / "reports/summary.json").read_text(encoding="utf-8")) == summary


def test_a_headline_figure_that_was_not_released_is_not_written(root, summary):
    summary["shares"]["q04_a"]["ci_high"] = 0.31
    with pytest.raises(InputError, match="the share of q04 a was not released so"):
        publish_summary(summary)
    assert not (root / "reports").exists()
