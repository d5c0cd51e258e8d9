"""Options that go with no other option: where they were ticked together with one."""

import pandas as pd

from analysis.survey.instrument import Instrument


def exclusive_conflicts(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """List where an exclusive option was ticked together with another option of the same question.

    Parameters
    ----------
    answers
        1 and 0 in the columns of the multi questions.
    instrument
        The questionnaire, which says which options are exclusive.

    Returns
    -------
    pandas.DataFrame
        ``row, column`` of the exclusive option, ``question`` and ``n_others``. The answers stay as they are:
        which of the two was meant, nobody knows.
    """
    tables = []
    for question in instrument.closed_questions:
        for code in question.exclusive_codes:
            column = f"{question.name}_{code}"
            others = pd.Series(0, index=answers.index)
            for other in question.columns:
                if other != column:
                    others += (answers[other] == "1").astype(int)
            conflict = (answers[column] == "1") & (others > 0)
            rows = answers.index[conflict]
            tables.append(
                pd.DataFrame(
                    {"row": rows, "column": column, "question": question.name, "n_others": others[conflict]}
                )
            )
    empty = pd.DataFrame({"row": [], "column": [], "question": [], "n_others": []})
    return pd.concat(tables, ignore_index=True) if tables else empty
