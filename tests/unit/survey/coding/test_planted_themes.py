"""Planted themes follow the answers through the cleaning, and a real export has none."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.coding.planted_themes import planted_answers, read_planted_themes
from analysis.survey.released_tables import open_answer_table

KEY = b"a key of a test"
REACTIONS = pd.DataFrame(
    {
        "response_id": ["1", "2", "3"],
        "municipalities": ["GM0344", "", "GM0363"],
        "status": ["matched", "unmatched", "matched"],
    },
    dtype="str",
)
TEXTS = pd.DataFrame(
    {
        "row": [0, 0, 1],
        "column": ["q26", "q27", "q26"],
        "text": ["Er is geen geld.", "Een website.", "Rechters luisteren niet."],
    }
)
THEMES = (
    "response_id,column,theme\n"
    "1,q26,financing\n1,q26,budget_cut\n1,q27,information_point\n2,q26,judges\n3,q26,financing\n9,q26,judges\n"
)


@pytest.fixture
def result():
    usable = REACTIONS.iloc[:2]
    return SimpleNamespace(reactions=REACTIONS, open_answers=open_answer_table(TEXTS, usable, KEY))


def test_each_kept_answer_has_its_planted_themes(tmp_path, result):
    export = tmp_path / "synthetic_survey_2025.csv"
    (tmp_path / "synthetic_survey_2025_themes.csv").write_text(THEMES)
    table = planted_answers(export, result, KEY)
    by_text = result.open_answers.merge(table, on=["answer_id", "column"], how="outer")
    found = by_text.groupby("text", observed=True)["theme"].agg(sorted).to_dict()
    assert found == {
        "Er is geen geld.": ["budget_cut", "financing"],
        "Een website.": ["information_point"],
        "Rechters luisteren niet.": ["judges"],
    }
    assert len(table) == 4
    table.to_csv(tmp_path / "planted_themes.csv", index=False)
    assert read_planted_themes(tmp_path / "planted_themes.csv").equals(table)


def test_a_real_export_has_no_planted_themes(tmp_path, result):
    table = planted_answers(tmp_path / "export.csv", result, KEY)
    assert table.empty
    assert list(table.columns) == ["answer_id", "column", "theme"]


def test_files_that_cannot_be_right_are_refused(tmp_path, result):
    (tmp_path / "export_themes.csv").write_text("response_id,theme\n")
    with pytest.raises(InputError, match=r"export_themes.csv: the column column is missing"):
        planted_answers(tmp_path / "export.csv", result, KEY)
    with pytest.raises(InputError, match="the file is missing"):
        read_planted_themes(tmp_path / "none.csv")
    with pytest.raises(InputError, match="line 1: the header is not right"):
        read_planted_themes(tmp_path / "export_themes.csv")
