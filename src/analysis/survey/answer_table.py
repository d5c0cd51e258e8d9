"""Answers of any survey as one table: a row per respondent, a column per closed answer, no more than that."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.delimited import read_delimited
from analysis.survey.instrument import MISSING, Instrument, Question
from analysis.survey.routing import asked

NOT_ASKED, NOT_ANSWERED = MISSING[:2]
ABOUT_RESPONSE = ("province", "n_municipalities")


@dataclass(frozen=True)
class AnswerTable:
    """Answers as the statistics ask for them, and how many answers were left out because nobody asked for them."""

    respondents: pd.DataFrame
    left_out: int


def read_answer_table(path: Path, instrument: Instrument) -> AnswerTable:
    """Read answers that carry the names of the instrument.

    Parameters
    ----------
    path
        CSV with the columns of the closed questions: a code per cell, 1 or 0 for an option of a question with more
        answers, blank for no answer. ``province`` and ``n_municipalities`` are read when they are there; other
        columns are not read.
    instrument
        The questionnaire, which says who was asked what.

    Returns
    -------
    AnswerTable
        ``respondent_id`` (the row in the file), ``all`` (the one stratum), and the closed questions with
        ``not_asked`` and ``not_answered`` for blanks. Beside a tick or a 0 in a question with more answers a
        blank is a 0.

    Raises
    ------
    InputError
        When the file cannot be read, a column is missing, or a cell is no code of its question.
    """
    if not path.is_file():
        raise InputError("the file is missing", file=path, remedy="correct the name, or restore the file")
    columns = [column for question in instrument.closed_questions for column in question.columns]
    raw = read_delimited(path, known={*columns, *ABOUT_RESPONSE})
    missing = [column for column in columns if column not in raw.header]
    if missing or raw.values.empty:
        problem = f"the columns {', '.join(missing)} are missing" if missing else "there is no row"
        raise InputError(problem, file=path, place="line 1", expected=f"{len(columns)} columns of answers")
    cells = raw.values.astype("str").fillna("").apply(lambda column: column.str.strip())
    cells.columns = raw.header
    answers = cells[columns].mask(cells[columns].isin(MISSING), "")
    left_out = 0
    reached = asked(instrument, answers)
    for question in instrument.closed_questions:
        mine = list(question.columns)
        _refuse_unknown(answers[mine], question, path)
        # Most survey software writes a 0 for every option that was not ticked, asked or not.
        none = {"", "0"} if question.type == "multi" else {""}
        left_out += int((~answers.loc[~reached[question.name], mine].isin(none)).to_numpy().sum())
        answers[mine] = _with_missing(answers[mine], question, reached[question.name])
    answers.insert(0, "respondent_id", cells.index.astype("str"))
    answers["all"] = "all"
    for column in ABOUT_RESPONSE:
        if column in cells:
            answers[column] = cells[column]
    if "n_municipalities" in answers:
        answers["n_municipalities"] = _whole_numbers(answers["n_municipalities"], path)
    return AnswerTable(answers, left_out)


def _with_missing(cells: pd.DataFrame, question: Question, reached: pd.Series) -> pd.DataFrame:
    if question.type == "multi":
        given = (cells != "").any(axis="columns")
        cells = cells.mask((cells == "").mul(given, axis="index"), "0")
    return cells.mask(cells == "", NOT_ANSWERED).mask(~reached, NOT_ASKED)


def _refuse_unknown(cells: pd.DataFrame, question: Question, path: Path) -> None:
    codes = {"0", "1"} if question.type == "multi" else set(question.codes)
    wrong = ~cells.isin({*codes, ""})
    if wrong.any(axis=None):
        column = str(wrong.any().idxmax())
        row = wrong[column].idxmax()
        raise InputError(
            "the cell is no code of its question",
            file=path,
            place=f"row {row}, column {column}",
            expected=", ".join(sorted(codes)),
        )


def _whole_numbers(values: pd.Series, path: Path) -> pd.Series:
    wrong = ~values.str.fullmatch(r"[1-9]\d{0,3}")
    if wrong.any():
        place = f"row {wrong.idxmax()}, column {values.name}"
        raise InputError("the cell is no whole number of 1 and more", file=path, place=place)
    return values.astype("int64")
