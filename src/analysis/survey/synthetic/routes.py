"""Who is asked a question, by the answers given so far."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument, Question


def answered_by(
    instrument: Instrument,
    question: Question,
    answers: Mapping[str, np.ndarray] | pd.DataFrame,
    option: str | None = None,
) -> np.ndarray:
    """Return who is asked a question, or who chose an option of it.

    Parameters
    ----------
    instrument
        The questionnaire.
    question
        The question.
    answers
        Answers to the questions on which it depends, by column.
    option
        Only those who chose this option.
    """
    rows = np.ones(len(next(iter(answers.values())) if isinstance(answers, dict) else answers), dtype=bool)
    for name, codes in instrument.base(question.base).when.items():
        rows &= np.isin(np.asarray(answers[name]), codes)
    if option is not None and question.type == "multi":
        rows &= np.asarray(answers[f"{question.name}_{option}"]) == "1"
    elif option is not None:
        rows &= np.asarray(answers[question.name]) == option
    return rows


def question_of_column(instrument: Instrument, column: str) -> Question:
    """Return the question to which a column of open answers belongs.

    Parameters
    ----------
    instrument
        The questionnaire.
    column
        Such as ``q26`` or ``q18_text``.
    """
    return next(
        question for question in instrument.questions if column in (*question.columns, question.text_column)
    )
