"""The tables about coded answers are read back by question."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.reporting.coded_question import TABLES, read_coding

RAW = Path(__file__).parents[3] / "data/raw"
FRAME = """\
column: {column}
codes:
  - {{code: money, nl: Geld, en: M, definition: d, example: e}}
"""


@pytest.fixture
def folder(tmp_path, coded):
    (tmp_path / "codeframes").mkdir()
    for column in ("q26", "q05"):
        (tmp_path / f"codeframes/{column}.yaml").write_text(FRAME.format(column=column), encoding="utf-8")
    for name in ("codeframes/residual.yaml", "instrument_2025.yaml", "published/quantifiers.csv"):
        shutil.copy(RAW / name, tmp_path / name.replace("published/", ""))
    tables = {
        "themes": coded.themes,
        "theme_differences": coded.differences,
        "theme_pairs": coded.pairs,
        "coding_agreement": coded.agreement,
        "coding_progress": coded.progress,
        "quotes": coded.quotes,
    }
    for name, table in tables.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    return tmp_path


def read(folder, **changes):
    names = ("coding_agreement", "coding_progress", "quotes")
    return read_coding(
        instrument=folder / "instrument_2025.yaml",
        quantifiers=folder / "quantifiers.csv",
        codeframes=folder / "codeframes",
        released=folder,
        **{name: folder / f"{name}.csv" for name in names} | changes,
    )


def test_a_question_has_the_rows_that_are_its_own(folder, coded):
    found = read(folder).question("q26")
    assert len(found.themes) == len(coded.themes)
    assert (found.number("n_asked"), found.n_content, found.threshold) == (140, 100, 0.667)
    assert found.is_coded
    assert found.base == "gemeenten met een aanpak of plannen daarvoor"
    assert found.agreement["alpha"].dtype == float
    assert found.pairs["count"].isna().sum() == 2
    assert found.codeframe.names == ("money", "other", "no_content")


def test_a_question_without_codeframe_or_without_tables_is_refused(folder):
    for column in ("q99", "q05"):
        with pytest.raises(InputError, match=rf"{column}\.yaml: nothing is known of the answers in {column}; exp"):
            read(folder).question(column)


def test_every_table_is_named_once(folder):
    with pytest.raises(TypeError, match="the tables are themes, "):
        read(folder, coded_answers=folder / "x.csv")
    assert set(TABLES) == {
        "themes",
        "theme_differences",
        "theme_pairs",
        "coding_agreement",
        "coding_progress",
        "quotes",
    }


def test_a_table_without_rows_is_a_question_that_nobody_coded(folder, uncoded):
    for name in ("themes", "theme_differences", "theme_pairs", "quotes"):
        attribute = name.removeprefix("theme_")
        getattr(uncoded, attribute).to_csv(folder / f"{name}.csv", index=False)
    uncoded.progress.to_csv(folder / "coding_progress.csv", index=False)
    found = read(folder).question("q26")
    assert not found.is_coded
    assert found.n_content == 0
    assert replace(found, base="").themes.empty
