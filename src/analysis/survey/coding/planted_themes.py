"""The themes that a synthetic export plants, under the numbers that the answers have after cleaning."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.cleaning import CleaningResult
from analysis.survey.released_tables import answer_pseudonyms, identity

SUFFIX = "_themes.csv"
PLANTED_COLUMNS = ("response_id", "column", "theme")
COLUMNS = ("answer_id", "column", "theme")


def planted_answers(export: Path, result: CleaningResult, key: bytes) -> pd.DataFrame:
    """Return the planted themes of the answers that the cleaning kept.

    Parameters
    ----------
    export
        The synthetic export; its themes stand in the file beside it whose name ends in ``_themes.csv``. A real
        export has no such file and no planted themes.
    result
        What the cleaning made of the export.
    key
        Key of the pseudonyms with which it did so.

    Returns
    -------
    pandas.DataFrame
        ``answer_id``, ``column`` and ``theme``, sorted; without rows for a real export.

    Raises
    ------
    InputError
        When the file beside the export has other columns.
    """
    path = export.with_name(export.stem + SUFFIX)
    if not path.is_file():
        return pd.DataFrame(columns=list(COLUMNS), dtype="str")
    themes = pd.read_csv(path, dtype="str", keep_default_na=False)
    if missing := [column for column in PLANTED_COLUMNS if column not in themes.columns]:
        raise InputError(
            f"the column {missing[0]} is missing", file=path, remedy="make the synthetic export again"
        )
    identities = identity(result.reactions)
    identities.index = pd.Index(result.reactions["response_id"].astype("str"))
    themes = themes[themes["response_id"].isin(identities.index)].reset_index(drop=True)
    whose = identities[themes["response_id"]].reset_index(drop=True)
    table = themes.assign(answer_id=answer_pseudonyms(whose, themes["column"], key))
    kept = table[table["answer_id"].isin(result.open_answers["answer_id"])]
    return kept[list(COLUMNS)].drop_duplicates().sort_values(list(COLUMNS), ignore_index=True)


def read_planted_themes(path: Path) -> pd.DataFrame:
    """Read what :func:`planted_answers` returned.

    Parameters
    ----------
    path
        CSV with the columns ``answer_id, column, theme``.

    Raises
    ------
    InputError
        When the file or a column is missing.
    """
    if not path.is_file():
        raise InputError("the file is missing", file=path, remedy="make it with: make report")
    table = pd.read_csv(path, dtype="str", keep_default_na=False)
    if tuple(table.columns) != COLUMNS:
        raise InputError("the header is not right", file=path, place="line 1", expected=",".join(COLUMNS))
    return table
