"""Open answers that the tool behind a questionnaire seems to have cut off: what followed is not in the export."""

import pandas as pd

FEWEST = 3
SHORTEST = 100
"""Characters; short answers end alike by chance."""
CLOSING = tuple(".!?…;:)]}\"'”’»")


def cut_off_answers(answers: pd.DataFrame) -> pd.DataFrame:
    """List the questions of which several different answers stop, unfinished, at the length of the longest one.

    Parameters
    ----------
    answers
        ``column`` and ``typed``: the answers under each other, as the export holds them.

    Returns
    -------
    pandas.DataFrame
        ``column``, ``n`` (answers that are as long as the longest and end without a closing mark) and ``length``
        in characters, of the questions with at least :data:`FEWEST` of them that differ from each other and are
        at least :data:`SHORTEST` characters long. The answers stay as they are.
    """
    rows = []
    for column, typed in answers.groupby("column", observed=True)["typed"]:
        length = int(typed.str.len().max())
        stopped = typed[(typed.str.len() == length) & ~typed.str.rstrip().str.endswith(CLOSING)]
        # The same text several times was copied, and not cut.
        if length >= SHORTEST and stopped.nunique() >= FEWEST:
            rows.append((str(column), len(stopped), length))
    return pd.DataFrame(rows, columns=["column", "n", "length"]).astype({"n": "int64", "length": "int64"})
