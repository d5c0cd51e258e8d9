"""Hold the cleaning against the defects that were planted in a synthetic export."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.cleaning import CleaningResult

# Defects of a whole reaction, by the disposition that shows that it was found.
DISPOSITION_OF = {
    "break_off": ("break_off", "partial"),
    "empty": ("empty",),
    "test_entry": ("test",),
    "duplicate_incomplete": ("duplicate",),
    "duplicate_complete": ("duplicate",),
}
COLUMNS = ("response_id", "column", "defect")


def load_defects(path: Path) -> pd.DataFrame:
    """Read the list of planted defects.

    Parameters
    ----------
    path
        CSV with ``response_id, column, defect`` and more.

    Raises
    ------
    InputError
        When the file or a column is missing.
    """
    try:
        table = pd.read_csv(path, dtype="str", keep_default_na=False)
    except FileNotFoundError as error:
        raise InputError("the file is missing", file=path, remedy="make the synthetic export again") from error
    absent = [column for column in COLUMNS if column not in table.columns]
    if absent:
        raise InputError(f"the column {absent[0]} is missing", file=path, remedy="make the synthetic export again")
    return table


def score_against_planted(result: CleaningResult, defects: pd.DataFrame) -> pd.DataFrame:
    """Count per kind of defect what was planted, what was found, and what of that was right.

    Parameters
    ----------
    result
        The cleaning of a synthetic export.
    defects
        What :func:`load_defects` returned.

    Returns
    -------
    pandas.DataFrame
        ``kind, planted, found, correct, precision, recall``, in the order in which the kinds first occur; a share
        of nothing is missing. A defect of a cell counts as found only in its own cell.
    """
    rows = []
    for kind in defects["defect"].unique():
        of_reaction = kind in DISPOSITION_OF
        planted = defects[defects["defect"] == kind]
        cells = {(row.response_id, "" if of_reaction else row.column) for row in planted.itertuples()}
        found = _found_reactions(result, kind) if of_reaction else _found_cells(result, kind)
        correct = len(cells & found)
        precision = correct / len(found) if found else float("nan")
        rows.append((kind, len(cells), len(found), correct, precision, correct / len(cells)))
    return pd.DataFrame(rows, columns=["kind", "planted", "found", "correct", "precision", "recall"])


def _found_reactions(result: CleaningResult, kind: str) -> set[tuple[str, str]]:
    table = result.reactions
    found = table["disposition"].isin(DISPOSITION_OF[kind])
    if kind.startswith("duplicate"):
        was = result.duplicates["was"].reindex(table.index)
        found &= (was == "complete") == (kind == "duplicate_complete")
    return {(response, "") for response in table.loc[found, "response_id"]}


def _found_cells(result: CleaningResult, kind: str) -> set[tuple[str, str]]:
    found = result.findings[result.findings["rule"] == kind]
    responses = result.reactions["response_id"].reindex(found["row"])
    return set(zip(responses, found["column"], strict=True))
