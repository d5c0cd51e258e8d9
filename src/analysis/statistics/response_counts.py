"""Population and respondents per group: the one table from which response is judged.

Every function on response takes *cells*: a table with one row per group, the grouping columns, and two columns
of whole numbers, ``population`` (eligible municipalities) and ``respondents``.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics.population import population_by_group

UNKNOWN = "unknown"
COUNTS = ("population", "respondents")


def check_cells(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Refuse counts that no population can have.

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``.
    by
        The grouping columns.

    Returns
    -------
    pandas.DataFrame
        The columns ``by``, ``population`` and ``respondents`` (both whole numbers), rows in the order given.

    Raises
    ------
    InputError
        When a column is missing, a group occurs twice or has no name, a count is missing, negative or not whole,
        a group has no population, respondents exceed their population, or there are fewer than two groups.

    Examples
    --------
    >>> counts = {"population": [4, 2], "respondents": [1, 2]}
    >>> check_cells(pd.DataFrame({"size_class": ["d", "c"], **counts}), ["size_class"])
      size_class  population  respondents
    0          d           4            1
    1          c           2            2
    """
    missing = [column for column in (*by, *COUNTS) if column not in cells.columns]
    if missing:
        raise InputError(f"counts of respondents lack the columns {missing}", expected=[*by, *COUNTS])
    groups = cells[list(by)]
    if groups.isna().any(axis=None) or groups.duplicated().any():
        raise InputError(
            f"the groups by {' and '.join(by)} are empty or occur twice", expected="one row per group"
        )
    for column in COUNTS:
        values = pd.to_numeric(cells[column], errors="coerce").to_numpy(dtype=float)
        wrong = ~(np.isfinite(values) & (values >= 0) & (values == np.round(values)))
        _refuse(cells, by, wrong, f"{column} is no count", "whole numbers of 0 and more")
    _refuse(cells, by, cells["population"] == 0, "population is zero", "only groups that exist in the population")
    _refuse(cells, by, cells["respondents"] > cells["population"], "more respondents than population", None)
    if len(cells) < 2:
        raise InputError(
            f"{len(cells)} group by {' and '.join(by)}: nothing to compare", expected="two or more groups"
        )
    return cells[[*by, *COUNTS]].astype(dict.fromkeys(COUNTS, "int64")).reset_index(drop=True)


def count_municipalities(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count municipalities, and those that some usable reaction represents, per group of the register.

    Anonymous reactions cannot be laid on a municipality: here their municipalities count as not represented.

    Parameters
    ----------
    frame
        One row per municipality: the columns ``by`` and ``responded`` (1 or 0).
    by
        Grouping columns.

    Returns
    -------
    pandas.DataFrame
        Cells: ``by``, ``population``, ``respondents`` (municipalities represented).

    Raises
    ------
    InputError
        When ``responded`` holds something other than 0 and 1, or the cells are refused by `check_cells`.

    Examples
    --------
    >>> frame = pd.DataFrame({"size_class": ["d", "d", "c"], "responded": [1, 0, 1]})
    >>> count_municipalities(frame, ["size_class"])
      size_class  population  respondents
    0          d           2            1
    1          c           1            1
    """
    if not frame["responded"].isin([0, 1]).all():
        raise InputError(
            "responded holds something other than 0 and 1", file="frame.csv", place="column responded"
        )
    population = population_by_group(frame, by)
    return check_cells(_with_respondents(population, frame[frame["responded"] == 1], by), by)


def count_reactions(population: pd.DataFrame, respondents: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count usable reactions per group, as table 1 of the report does: a partnership counts once.

    Reactions whose group is ``unknown`` are left out; they are what is missing to the total.

    Parameters
    ----------
    population
        The columns ``by`` and ``population``, from
        :mod:`analysis.statistics.population`.
    respondents
        One row per usable reaction, with the columns ``by``.
    by
        Grouping columns.

    Returns
    -------
    pandas.DataFrame
        Cells: ``by``, ``population``, ``respondents`` (reactions).

    Raises
    ------
    InputError
        When a reaction's group is not in the population (a province that is not in the register, for instance), or
        the cells are refused by `check_cells`.
    """
    known = respondents[(respondents[list(by)] != UNKNOWN).all(axis="columns")]
    return check_cells(_with_respondents(population, known, by), by)


def _with_respondents(population: pd.DataFrame, respondents: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    counts = _count(respondents, by, "respondents")
    both = population.merge(counts, on=list(by), how="outer", indicator=True)
    stray = both.loc[both["_merge"] == "right_only", list(by)]
    if len(stray):
        raise InputError(
            f"reactions from {_names(stray)}, which the population does not have",
            place=" and ".join(by),
            expected=_names(population[list(by)]),
            remedy="correct the group in the cleaning stage, or the register",
        )
    cells = population.merge(counts, on=list(by), how="left")
    return cells.assign(respondents=cells["respondents"].fillna(0).astype("int64"))


def _count(table: pd.DataFrame, by: Sequence[str], name: str) -> pd.DataFrame:
    return table.groupby(list(by), observed=True, dropna=False).size().rename(name).reset_index()


def _names(groups: pd.DataFrame) -> str:
    return ", ".join(" × ".join(map(str, row)) for row in groups.itertuples(index=False))


def _refuse(
    cells: pd.DataFrame, by: Sequence[str], wrong: Sequence[bool], problem: str, expected: str | None
) -> None:
    if np.any(wrong):
        raise InputError(f"{problem} in {_names(cells.loc[np.asarray(wrong), list(by)])}", expected=expected)
