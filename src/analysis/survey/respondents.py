"""The usable reactions: what the table holds, and whether a table holds it."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.instrument import MISSING, Instrument
from analysis.survey.routing import asked

ROUTES = ("no_plan", "planning", "implementing", "implemented")
SIZE_CLASSES = ("d", "c", "ab")
LEADING_COLUMNS = ("respondent_id", "route", "size_class", "province", "n_municipalities")


def respondent_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the columns of the respondents table in their order.

    Parameters
    ----------
    instrument
        The questionnaire; each of its closed questions gives one column, or one per option or row.
    """
    return (*LEADING_COLUMNS, *(column for question in instrument.closed_questions for column in question.columns))


def read_respondents(path: Path, instrument: Instrument) -> pd.DataFrame:
    """Read the respondents table and refuse one that breaks its contract.

    Parameters
    ----------
    path
        CSV written by the cleaning.
    instrument
        The questionnaire.

    Returns
    -------
    pandas.DataFrame
        One row per usable reaction; text, except ``n_municipalities``, a whole number.

    Raises
    ------
    InputError
        When a column is missing or unknown, a respondent stands there twice, or a value is no code of its column.
    """
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    check_respondents(table, instrument, file=path)
    return table.astype({"n_municipalities": "int64"})


def check_respondents(table: pd.DataFrame, instrument: Instrument, *, file: Path | None = None) -> str:
    """Check the respondents table against the instrument and say in Dutch what was established.

    A message never holds an answer: it names the column and the number of rows.

    Parameters
    ----------
    table
        One row per usable reaction.
    instrument
        The questionnaire.
    file
        Where the table comes from, for the message.

    Raises
    ------
    InputError
        When the table breaks the contract.
    """
    expected = respondent_columns(instrument)
    if tuple(table.columns) != expected:
        wrong = sorted(set(table.columns) ^ set(expected)) or "another order"
        raise InputError(
            f"the columns are not those of the instrument: {wrong}",
            file=file,
            place="header",
            expected=f"{len(expected)} columns, {expected[0]} to {expected[-1]}",
            remedy="make the table again: make report",
        )
    if table["respondent_id"].duplicated().any() or table.empty:
        raise InputError("there is not exactly one row per respondent", file=file, remedy="run the cleaning again")
    allowed = {"route": set(ROUTES), "size_class": set(SIZE_CLASSES)}
    for question in instrument.closed_questions:
        codes = {"0", "1"} if question.type == "multi" else set(question.codes)
        allowed |= {column: codes | set(question.missing) for column in question.columns}
    for column, codes in allowed.items():
        _refuse_rows(~table[column].astype("str").isin(codes), f"no code of column {column}", file)
    not_asked = ~asked(instrument, table)
    for question in instrument.closed_questions:
        for column in question.columns:
            disagree = not_asked[question.name] != (table[column] == MISSING[0])
            _refuse_rows(disagree, f"not as the routing of {question.name} says", file)
    return f"{len(table)} bruikbare reacties, één rij per reactie; codes en routes kloppen met de vragenlijst."


def _refuse_rows(wrong: pd.Series, problem: str, file: Path | None) -> None:
    if wrong.any():
        raise InputError(
            f"{int(wrong.sum())} values are {problem}",
            file=file,
            place=f"first in line {int(wrong.to_numpy().argmax()) + 2}",
            remedy="run the cleaning again: make report",
        )
