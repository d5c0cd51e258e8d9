"""Who was asked what: the routing of the questionnaire, replayed on answers."""

import pandas as pd

from analysis.errors import InputError
from analysis.survey.instrument import Instrument, Question


def asked(instrument: Instrument, answers: pd.DataFrame) -> pd.DataFrame:
    """Say for each respondent and question whether the routing led to the question.

    Parameters
    ----------
    instrument
        The questionnaire, with its bases.
    answers
        One row per respondent, with at least the columns of the questions on which a base depends:
        letters for a single question, 1 or 0 (as number or text) for an option of a multi question.
        Anything else, such as a blank or ``not_answered``, meets no condition.

    Returns
    -------
    pandas.DataFrame
        True or false; one column per question name, the rows of ``answers``.

    Raises
    ------
    InputError
        If a column on which the routing depends is absent.

    Notes
    -----
    Only an answer to a question that was itself asked opens a route: an answer that the routing
    could not have produced is ignored. Within a base every condition must hold; a condition on a
    multi question holds when at least one of its options was chosen.
    """
    result: dict[str, pd.Series] = {}
    for question in instrument.questions:
        reached = pd.Series(True, index=answers.index)
        for name, codes in instrument.base(question.base).when.items():
            earlier = instrument.question(name)
            reached &= result[name] & _chosen(earlier, codes, answers)
        result[question.name] = reached
    return pd.DataFrame(result, index=answers.index, dtype=bool)


def _chosen(question: Question, codes: tuple[str, ...], answers: pd.DataFrame) -> pd.Series:
    if question.type == "multi":
        columns = [f"{question.name}_{code}" for code in codes]
        _require(columns, answers)
        return answers[columns].isin([1, "1"]).any(axis="columns")
    _require([question.name], answers)
    return answers[question.name].isin(codes)


def _require(columns: list[str], answers: pd.DataFrame) -> None:
    absent = [column for column in columns if column not in answers.columns]
    if absent:
        raise InputError(
            f"the answers lack the column {absent[0]}, on which the routing depends",
            expected=f"the columns {', '.join(columns)}",
            remedy="give the routing the answers to every question that a base names",
        )
