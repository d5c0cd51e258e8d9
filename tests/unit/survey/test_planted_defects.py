"""Every defect that was planted in a synthetic export is found, and nothing else is taken for one."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.cleaning import clean
from analysis.survey.cleaning_checks import check_cleaning, check_export
from analysis.survey.corrections import Correction, CorrectionList, load_corrections
from analysis.survey.intake import read_export
from analysis.survey.planted_defects import load_defects, score_against_planted
from analysis.survey.pseudonyms import SYNTHETIC_KEY
from analysis.survey.synthetic.export import export_table
from analysis.survey.synthetic.formats import WRITERS
from analysis.survey.synthetic.sources import read_sources
from analysis.survey.synthetic.survey import draw_survey
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[3]
SEED = read_yaml(ROOT / "params.yaml")["synthetic"]["seed"]


@pytest.fixture(scope="module")
def make(tmp_path_factory, instrument, mapping):
    sources = read_sources(ROOT / "data/raw")
    draw = cache(lambda seed: draw_survey(sources, seed=seed))

    def make_export(seed, file_format="csv"):
        path = tmp_path_factory.mktemp("synthetic") / f"synthetic_survey_2025.{file_format}"
        survey = draw(seed)
        WRITERS[file_format](export_table(survey, sources), path, instrument)
        return path, read_export(path, instrument, mapping), survey.defects.astype("str")

    return make_export


def assert_published_counts(result):
    assert result.flow["n_before"].iloc[0] == 233
    assert result.flow["n_after"].tolist()[-2:] == [153, 146]
    assert result.n_represented == 169
    assert result.respondents["size_class"].value_counts().to_dict() == {"d": 98, "c": 33, "ab": 22}
    asked = result.bases.groupby("base", observed=True)["n_asked"].agg(set).to_dict()
    assert asked == {
        "all": {153},
        "planning": {140},
        "implemented": {42},
        "implementing": {28},
        "no_plan": {13},
    }


def assert_everything_found(result, defects):
    score = score_against_planted(result, defects).set_index("kind")
    wrong = score[(score["precision"] != 1) | (score["recall"] != 1)]
    assert wrong.empty, wrong


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "sav"])
def test_the_export_of_the_repository(make, register, file_format):
    path, export, defects = make(SEED, file_format)
    corrections = load_corrections(ROOT / "data/raw/corrections.yaml", path)
    result = clean(export, register, key=SYNTHETIC_KEY, corrections=corrections)
    assert_published_counts(result)
    assert_everything_found(result, defects)
    assert result.doubtful.empty
    assert check_export(export).startswith("233 verzonnen reacties")
    assert check_cleaning(export, result).startswith("233 reacties")


def test_another_export_once_a_person_settled_its_doubtful_names(make, register):
    _, export, defects = make(5)
    first = clean(export, register, key=SYNTHETIC_KEY)
    truth = defects[defects["column"] == "q01"].drop_duplicates("planted").set_index("planted")["truth"]
    settled = CorrectionList(
        ROOT,
        {
            line: Correction(
                export="x",
                column="q01",
                expect=typed,
                value=truth[typed].replace(" | ", "; "),
                settles="name_misspelt",
                reason="r",
                source="s",
            )
            for line, typed in enumerate(first.doubtful["typed"].unique())
        },
    )
    result = clean(export, register, key=SYNTHETIC_KEY, corrections=settled)
    assert_published_counts(result)
    assert_everything_found(result, defects)


def test_a_defect_counts_only_in_its_own_cell(make, register):
    _, export, defects = make(5)
    result = clean(export, register, key=SYNTHETIC_KEY)
    email = defects[defects["defect"] == "email"]
    shifted = pd.concat([email.assign(column="q02"), email.head(1), defects[defects["defect"] == "empty"].head(2)])
    score = score_against_planted(result, shifted).set_index("kind")
    assert score.loc["email", ["planted", "found", "correct"]].tolist() == [len(email) + 1, len(email), 1]
    assert score.loc["empty", "recall"] == 1
    assert score.loc["empty", "precision"] < 1


def test_a_list_of_defects_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="the file is missing"):
        load_defects(tmp_path / "absent.csv")
    (tmp_path / "a.csv").write_text("response_id,defect\n")
    with pytest.raises(InputError, match="the column column is missing"):
        load_defects(tmp_path / "a.csv")
