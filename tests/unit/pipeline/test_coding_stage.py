"""From answers to themes in a project of forty invented respondents: what people code moves the counts."""

import datetime
import shutil
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.pipeline.coding_commands import export_answers, import_codes
from analysis.pipeline.coding_stage import coding_tables
from analysis.pipeline.settings import CodingSettings, EstimatesSettings
from analysis.statistics.design import Design
from analysis.statistics.weighting import unweighted
from analysis.survey.instrument import load_instrument
from analysis.survey.respondents import respondent_columns
from analysis.survey.routing import asked

REPOSITORY = Path(__file__).resolve().parents[3]
TODAY = datetime.date(2025, 3, 3)
PLANTED = {"budget_cut": 12, "judges": 6}  # the first twelve answers, and of these the first six
SETTINGS = CodingSettings(seed=1, missed=0.0, added=0.0, settled=0.5, n_resamples=200, threshold=0.667)
ESTIMATES = EstimatesSettings(
    frame="published",
    fpc=True,
    denominator="answered",
    weight_low=0.01,
    weight_high=100.0,
    weight_cap=100.0,
    rounding="largest_remainder",
)


def respondents_table():
    """Make forty respondents on all routes who chose the first option of every question."""
    instrument = load_instrument(REPOSITORY / "data/raw/instrument_2025.yaml")
    status = pd.Series(list("abcde") * 8, dtype="str")
    reached = asked(instrument, pd.DataFrame({"q04": status}))
    routes = {"a": "implemented", "b": "implementing", "c": "planning", "d": "planning", "e": "no_plan"}
    columns = {
        "respondent_id": [f"r{number:02}" for number in range(40)],
        "route": [routes[code] for code in status],
        "size_class": ["d", "c", "ab", "d"] * 10,
        "province": np.resize(["Utrecht", "Limburg"], 40),
        "n_municipalities": "1",
    }
    for question in instrument.closed_questions:
        answer = "0" if question.type == "multi" else question.codes[0]
        for column in question.columns:
            columns[column] = [answer if is_asked else "not_asked" for is_asked in reached[question.name]]
    return pd.DataFrame(columns, dtype="str").assign(q04=status)[list(respondent_columns(instrument))]


@pytest.fixture
def project(tmp_path):
    """Make a project with the raw files of the repository, invented respondents, and an answer of 28 of them."""
    shutil.copytree(REPOSITORY / "data/raw/register", tmp_path / "data/raw/register")
    (tmp_path / "data/raw/codeframes").mkdir()
    for name in ("instrument_2025", "codeframes/q05", "codeframes/q26", "codeframes/residual"):
        shutil.copy(REPOSITORY / f"data/raw/{name}.yaml", tmp_path / f"data/raw/{name}.yaml")
    (tmp_path / "data/processed").mkdir()
    respondents = respondents_table()
    respondents.to_csv(tmp_path / "data/processed/respondents.csv", index=False)
    with_plans = respondents.loc[respondents["route"] != "no_plan", "respondent_id"].head(28)
    answers = pd.DataFrame(
        {
            "answer_id": [f"x{number:02}" for number in range(28)],
            "respondent_id": with_plans.to_numpy(),
            "column": "q26",
            "text": [f"antwoord {number}" for number in range(28)],
        }
    )
    answers.to_csv(tmp_path / "data/processed/open_answers.csv", index=False)
    return tmp_path


@pytest.fixture
def planted():
    rows = [(f"x{number:02}", "q26", theme) for theme, n in PLANTED.items() for number in range(n)]
    return pd.DataFrame(rows, columns=["answer_id", "column", "theme"], dtype="str")


@pytest.fixture
def tables(monkeypatch):
    """Run the stage without raking, for which these few respondents are too few."""
    monkeypatch.setattr("analysis.pipeline.coding_stage.weighted_designs", unweighted_design)

    def run(root, planted=None, settings=SETTINGS):
        if planted is not None:
            planted.to_csv(root / "data/processed/planted_themes.csv", index=False)
        made = coding_tables(root, settings, ESTIMATES, synthetic=planted is not None)
        return {Path(path).stem: table for path, table in made.items()}

    return run


def unweighted_design(root, _settings):
    respondents = pd.read_csv(root / "data/processed/respondents.csv", dtype="str", keep_default_na=False)
    return [unweighted(Design(respondents, {"d": 250, "c": 60, "ab": 32}))]


def count(tables, option, *, level="code", denominator="routed"):
    themes = tables["themes"]
    row = themes[
        (themes["option"] == option)
        & (themes["level"] == level)
        & (themes["denominator"] == denominator)
        & (themes["group"] == "all")
        & (themes["question"] == "q26")
    ].iloc[0]
    return int(row["count"]), int(row["n"])


def fill_in(path, entry, n):
    """Code the first answers of a workbook."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["antwoorden"]
    for row in range(2, 2 + n):
        sheet.cell(row, 3).value = entry
    coded = [sheet.cell(row, 1).value for row in range(2, 2 + n)]
    workbook.save(path)
    return coded


def test_faultless_synthetic_coders_give_back_what_was_planted(project, planted, tables):
    made = tables(project, planted)
    assert count(made, "budget_cut") == (12, 32)
    assert count(made, "judges") == (6, 32)
    assert count(made, "money", level="theme") == (12, 32)
    assert count(made, "O1104", level="claim") == (12, 32)
    assert count(made, "budget_cut", denominator="answered") == (12, 12)  # the others have no content
    agreement = made["coding_agreement"].query("column == 'q26' and level == 'code'").set_index("code")
    assert agreement.loc[["all", "budget_cut", "judges"], "alpha"].eq(1).all()
    assert agreement.loc["all", "n"] == 28
    assert made["coding_disagreements"].empty
    pair = made["theme_pairs"].query(
        "question == 'q26' and option_a == 'money' and option_b == 'chain_and_courts'"
    )
    assert pair["count"].tolist() == [6]


def test_ten_answers_coded_by_a_person_move_the_count(project, planted, tables):
    before, _ = count(tables(project, planted), "diverging_visions")
    message = export_answers(project, "q26", coder="anna")
    assert "data/coding_sheets/q26_anna.xlsx written: 28 answers, 28 without a code of anna" in message
    book = project / "data/coding_sheets/q26_anna.xlsx"
    coded = fill_in(book, "Verschillende visies [diverging_visions]", 10)
    message = import_codes(project, book, today=TODAY)
    assert "data/raw/coding/q26.csv: 10 answers added for anna, 0 were there already\n18 answers" in message
    made = tables(project, planted)
    assert before == 0
    assert count(made, "diverging_visions") == (10, 32)
    settled = made["coded_answers"].set_index("answer_id")
    assert set(settled.loc[coded, "source"]) == {"one_coder"}
    assert set(settled.loc[coded, "codes"]) == {"diverging_visions"}
    progress = made["coding_progress"].set_index("column").loc["q26"]
    assert progress[["n_coded", "n_coders", "n_synthetic", "one_coder"]].tolist() == [28, 1, 18, 10]
    of_anna = made["codings"].query("coder == 'anna'")
    assert sorted(of_anna["answer_id"]) == sorted(coded)
    assert "remark" not in made["codings"].columns


def test_a_real_export_counts_what_people_coded_and_nothing_else(project, tables):
    made = tables(project)
    assert made["coded_answers"].empty
    for name in ("themes", "theme_differences", "theme_pairs"):
        assert made[name].empty, "nothing is known of what nobody coded"
    progress = made["coding_progress"].set_index("column").loc["q26"]
    assert progress[["n_asked", "n_answers", "n_coded", "n_coders"]].tolist() == [32, 28, 0, 0]
    export_answers(project, "q26", coder="anna")
    book = project / "data/coding_sheets/q26_anna.xlsx"
    fill_in(book, "diverging_visions", 3)
    import_codes(project, book, today=TODAY)
    made = tables(project)
    assert count(made, "diverging_visions") == (3, 32)
    assert count(made, "diverging_visions", denominator="answered") == (3, 3)
    assert set(made["themes"]["question"]) == {"q26"}, "nobody coded question 5"
    progress = made["coding_progress"].set_index("column").loc["q26"]
    assert progress[["n_coded", "n_coders", "n_synthetic", "one_coder"]].tolist() == [3, 1, 0, 3]


def test_two_people_discuss_what_they_differ_on_and_what_they_settle_counts(project, tables):
    for coder, entry in (("anna", "budget_cut"), ("bo", "diverging_visions")):
        export_answers(project, "q26", coder=coder, file=project / f"{coder}.xlsx")
        workbook = openpyxl.load_workbook(project / f"{coder}.xlsx")
        sheet = workbook["antwoorden"]
        for row in range(2, 30):
            if sheet.cell(row, 1).value in ("x01", "x02"):
                sheet.cell(row, 3).value = "budget_cut" if sheet.cell(row, 1).value == "x02" else entry
        workbook.save(project / f"{coder}.xlsx")
        import_codes(project, project / f"{coder}.xlsx", today=TODAY)
    made = tables(project)
    assert count(made, "budget_cut") == (1, 32)
    differing = made["coding_disagreements"]
    assert differing[["answer_id", "coder", "own_codes"]].to_numpy().tolist() == [
        ["x01", "anna", "budget_cut"],
        ["x01", "bo", "diverging_visions"],
    ]
    message = export_answers(project, "q26", coder="agreed")
    assert "1 answers, 1 without a code of agreed" in message
    book = project / "data/coding_sheets/q26_agreed.xlsx"
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["antwoorden"]
    assert [cell.value for cell in sheet[1]][2:5] == ["codeur anna", "codeur bo", "code 1"]
    sheet.cell(2, 5).value = "diverging_visions"
    workbook.save(book)
    import_codes(project, book, today=TODAY)
    assert (project / "data/raw/coding/q26_agreed.csv").is_file()
    made = tables(project)
    assert count(made, "diverging_visions") == (1, 32)
    assert made["coding_disagreements"].empty
    agreement = made["coding_agreement"].query("column == 'q26' and level == 'code'").set_index("code")
    assert (
        agreement.loc["all", "n_disagreements"] == 1
    )  # what was settled afterwards does not hide that they differed


def test_the_same_run_gives_the_same_tables_and_mistakes_lower_the_agreement(project, planted, tables):
    settings = SETTINGS.model_copy(update={"missed": 0.3, "added": 0.02})
    one, two = tables(project, planted, settings), tables(project, planted, settings)
    for name, table in one.items():
        pd.testing.assert_frame_equal(table, two[name])
    alpha = one["coding_agreement"].query("column == 'q26' and level == 'code'").set_index("code")["alpha"]
    assert alpha["all"] < 0.95


def test_an_answer_that_is_gone_stops_the_stage_until_it_is_listed(project, tables):
    export_answers(project, "q26", coder="anna")
    book = project / "data/coding_sheets/q26_anna.xlsx"
    gone = fill_in(book, "diverging_visions", 1)[0]
    import_codes(project, book, today=TODAY)
    path = project / "data/processed/open_answers.csv"
    answers = pd.read_csv(path, dtype="str")
    answers[answers["answer_id"] != gone].to_csv(path, index=False)
    with pytest.raises(InputError, match=rf"q26.csv, column answer_id: 1 coded answers are not .* such as {gone}"):
        tables(project)
    with pytest.raises(InputError, match=f"the answer {gone} is not in the data any more"):
        import_codes(project, book, today=TODAY)
    (project / "data/raw/coding/set_aside.csv").write_text(f"answer_id,reason\n{gone},duplicate\n")
    assert tables(project)["themes"].empty
    assert "1 were there already" in import_codes(project, book, today=TODAY)
    assert gone in (project / "data/raw/coding/q26.csv").read_text()


def test_a_quote_passes_when_it_was_approved_and_holds_no_personal_data(project, planted, tables):
    path = project / "data/raw/coding/approved_quotes.csv"
    path.parent.mkdir()
    path.write_text("answer_id,quote,approved_by,approved_on\nx03,antwoord 3,ria,2025-03-03\n")
    assert tables(project, planted)["quotes"].to_dict("list") == {"column": ["q26"], "quote": ["antwoord 3"]}
    answers = pd.read_csv(project / "data/processed/open_answers.csv", dtype="str")
    answers.loc[3, "text"] = "wij werken samen met de gemeente Utrecht aan een loket"
    answers.to_csv(project / "data/processed/open_answers.csv", index=False)
    path.write_text("answer_id,quote,approved_by,approved_on\nx03,met de gemeente Utrecht aan,ria,2025-03-03\n")
    with pytest.raises(
        InputError, match=r"approved_quotes.csv, line 2: .* personal data \(municipality_in_text\)"
    ):
        tables(project, planted)


def test_without_planted_themes_a_synthetic_export_is_refused(project):
    with pytest.raises(
        InputError, match=r"planted_themes.csv: the file is missing; to do: make it with: make report"
    ):
        coding_tables(project, SETTINGS, ESTIMATES, synthetic=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"column": "q99"}, "'q99' has no codeframe; expected one of q05, q26"),
        ({"column": "q05"}, "q05 has no answers to code"),
        ({"column": "q26", "coder": "agreed"}, "q26 has no answers on which coders differ"),
        ({"column": "q26", "coder": "Anna de Vries"}, "the coder is called 'Anna de Vries'"),
    ],
)
def test_what_cannot_be_exported_is_refused(project, arguments, message):
    with pytest.raises(InputError, match=message):
        export_answers(project, **arguments)
    assert not (project / "data/coding_sheets").exists()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "the file is missing; to do: make it with: make report"),
        (lambda path: path.write_text("answer_id,text\n"), "the column respondent_id is missing"),
        (
            lambda path: path.write_text("answer_id,respondent_id,column,text\nx,r,q26,a\nx,r,q27,b\n"),
            "an answer id stands in it twice",
        ),
    ],
)
def test_open_answers_that_cannot_be_right_are_refused(project, damage, message):
    damage(project / "data/processed/open_answers.csv")
    with pytest.raises(InputError, match=message):
        export_answers(project, "q26", coder="anna")
