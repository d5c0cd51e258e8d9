"""The masked open answers that cleaning leaves to be coded."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError

COLUMNS = ("answer_id", "respondent_id", "column", "text")


def read_open_answers(path: Path) -> pd.DataFrame:
    """Read the masked open answers.

    Parameters
    ----------
    path
        CSV with the columns ``answer_id, respondent_id, column, text``.

    Raises
    ------
    InputError
        When the file or a column is missing, or an id stands in it twice.
    """
    if not path.is_file():
        raise InputError("the file is missing", file=path, remedy="make it with: make report")
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    if missing := [name for name in COLUMNS if name not in table.columns]:
        raise InputError(f"the column {missing[0]} is missing", file=path, remedy="make it with: make report")
    if table["answer_id"].duplicated().any():
        raise InputError("an answer id stands in it twice", file=path, remedy="make it anew with: make report")
    return table
