"""Of how many respondents the shares of each question are shares: who was asked, and who answered."""

import pandas as pd

from analysis.survey.instrument import MISSING, Instrument

COLUMNS = ("question", "base", "denominator", "n_respondents", "n_asked", "n_answered")


def question_bases(instrument: Instrument, respondents: pd.DataFrame, denominator: str) -> pd.DataFrame:
    """Count for every closed question who was asked and who answered.

    Parameters
    ----------
    instrument
        The questionnaire.
    respondents
        The respondents table.
    denominator
        Whom the shares of the estimates are a share of: ``answered``, ``routed`` or ``all``.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`, a row per question, or per row of a grid, in the order of the questionnaire.
    """
    rows = []
    for question in instrument.closed_questions:
        for column in question.columns if question.type == "grid" else question.columns[:1]:
            answers = respondents[column].astype("str")
            rows.append(
                {
                    "question": question.name if question.type == "multi" else column,
                    "base": question.base,
                    "denominator": denominator,
                    "n_respondents": len(answers),
                    "n_asked": int((answers != MISSING[0]).sum()),
                    "n_answered": int((~answers.isin(MISSING)).sum()),
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
