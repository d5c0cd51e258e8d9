"""Whether a table may stand in ``reports/tables``, and its text as data that no spreadsheet runs."""

import re
from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.disclosure import ALL
from analysis.survey.unseen_characters import without_unseen

IDENTIFIERS = frozenset(
    (
        *("respondent_id", "answer_id", "reaction", "reaction_id", "response_id", "pseudonym"),
        *("municipality", "municipalities", "municipality_code", "municipality_name", "name", "function"),
        *("email", "telephone", "started_at", "started_on", "last_activity_at"),
    )
)
ANSWERS = frozenset(("question", "option", "answer", "theme", "code", "codes", "combination"))
REGIONS = frozenset(("province", "region"))
GROUPS = ("group", "size_class")
COUNTS = ["question", "option", "group", "n", "count"]
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet may take for a formula or a command."""
LINE_END = re.compile(r"[\t\r\n]+")
"""What a reader of CSV may take for the end of a cell or row."""


def check_publishable(path: str, table: pd.DataFrame, released: pd.DataFrame) -> None:
    """Refuse a table that says more than the disclosure rules allow.

    Parameters
    ----------
    path
        Where the table would stand.
    table
        The table.
    released
        Answers by size class that the stage ``disclosure`` released: ``question``, ``option``, ``group``, ``n``
        and ``count``.

    Raises
    ------
    InputError
        When a column identifies a respondent, answers stand by region, response by region and size class together,
        a share is weighted by size class alone, or a number by size class was not released.
    """
    columns = set(table.columns)
    if identifying := sorted(columns & IDENTIFIERS):
        raise _refusal(path, f"the column {identifying[0]} leads to a respondent", "leave the column out")
    if columns & REGIONS and columns & ANSWERS:
        raise _refusal(path, "answers stand by region", "show them for the whole country or by size class")
    if columns & REGIONS and columns & set(GROUPS):
        raise _refusal(path, "response stands by region and size class together", "make a table of each")
    if "estimator" in columns and (table["estimator"] == "size_class").any():
        raise _refusal(path, "a share is weighted by size class alone", "show the unweighted or the raked share")
    if columns & ANSWERS and "size_class" in columns:
        raise _refusal(path, "answers stand by size class in an unchecked column", "name the column group")
    if "group" in columns:
        _refuse_unreleased(path, table[table["group"] != ALL], released)


def _refuse_unreleased(path: str, groups: pd.DataFrame, released: pd.DataFrame) -> None:
    if groups.empty:
        return
    if absent := [name for name in COUNTS if name not in groups.columns]:
        raise _refusal(path, f"numbers by group stand there without {absent[0]}", f"keep the columns {COUNTS}")
    known = set(released[COUNTS].itertuples(index=False, name=None))
    for row in groups[COUNTS].astype({"n": int, "count": int}).itertuples(index=False, name=None):
        if row not in known:
            raise _refusal(
                path,
                f"the number of {row[0]} {row[1]} in group {row[2]} was not released",
                "take numbers by size class from data/processed/released",
            )


def _refusal(path: str, problem: str, remedy: str) -> InputError:
    return InputError(problem, file=path, expected="a table that passes the disclosure rules", remedy=remedy)


def neutral_text(table: pd.DataFrame, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return the table with its text on one line each, and marked as text where a spreadsheet could run it.

    Parameters
    ----------
    table
        Any table.
    columns
        Columns to look at; all when left out.

    Examples
    --------
    >>> neutral_text(pd.DataFrame({"answer": ["=1+1", "a = b"], "n": [-1, 2]}))["answer"].tolist()
    ["'=1+1", 'a = b']
    """
    changed = {}
    for name in table.columns if columns is None else columns:
        if not pd.api.types.is_numeric_dtype(table[name]):
            changed[name] = table[name].map(_neutral)
    return table.assign(**changed) if changed else table


def _neutral(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = LINE_END.sub(" ", without_unseen(value))
    return f"'{line}" if FORMULA.match(line) else line
