"""Every whole number of respondents that fits rounded percentages and words."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics.comparison.published_facts import Statement, percent_limits

LARGEST_GRID = 20_000_000


def feasible_bases(percent: int, populations: Iterable[int]) -> pd.DataFrame:
    """Return every number of respondents for which the response rate is printed as this percentage.

    A response rate stands alone, so it was rounded to the nearest whole number.

    Parameters
    ----------
    percent
        Response rate as printed.
    populations
        Numbers of municipalities by which the rate may have been computed.

    Returns
    -------
    pandas.DataFrame
        Columns ``n`` and ``population``, one row per pair that fits, sorted.

    Examples
    --------
    >>> bases = feasible_bases(32, [352, 355])
    >>> sorted(bases["n"].unique().tolist())
    [111, 112, 113, 114, 115]
    """
    rate = Statement("response rate", (), *percent_limits(percent, "half_up"))
    rows = [(n, size) for size in sorted(set(populations)) for n in range(size + 1) if rate.allows(n, size)]
    return pd.DataFrame(rows, columns=["n", "population"])


def feasible_distributions(
    n: int, cells: Sequence[tuple[str, ...]], statements: Iterable[Statement]
) -> pd.DataFrame:
    """Return every way to divide ``n`` respondents over the cells that agrees with all statements.

    Parameters
    ----------
    n
        Number of respondents.
    cells
        Groups of answers; every respondent belongs to exactly one.
    statements
        What was published about unions of cells.

    Returns
    -------
    pandas.DataFrame
        One row per distribution, one column per cell, named by its answers joined with ``+``; rows add up to
        ``n``. Empty when nothing fits.

    Raises
    ------
    InputError
        When a statement is about no union of cells, or too little is published to enumerate.

    Notes
    -----
    All arithmetic is in whole numbers. The cell with the widest range takes what the others leave.
    """
    conditions = [_condition(statement, cells) for statement in statements]
    ranges = [_range(index, n, conditions) for index in range(len(cells))]
    names = ["+".join(cell) for cell in cells]
    remainder = max(range(len(cells)), key=lambda index: ranges[index].size)
    free = [index for index in range(len(cells)) if index != remainder]
    size = int(np.prod([ranges[index].size for index in free], dtype="float64"))
    if size > LARGEST_GRID:
        raise InputError(f"{size} combinations would have to be tried", remedy="give more published facts")
    grid = np.meshgrid(*(ranges[index] for index in free), indexing="ij")
    counts = np.zeros((len(cells), grid[0].size if grid else 1), dtype="int64")
    for index, values in zip(free, grid, strict=True):
        counts[index] = values.ravel()
    counts[remainder] = n - counts.sum(axis=0)
    keep = counts[remainder] >= 0
    for members, within, statement in conditions:
        part = counts[members].sum(axis=0)
        whole = counts[within].sum(axis=0) if within else np.full(part.shape, n)
        keep &= _between(part, whole, statement)
    return pd.DataFrame(counts[:, keep].T, columns=names).sort_values(names, ignore_index=True)


def reconstruct(
    bases: pd.DataFrame, cells: Sequence[tuple[str, ...]], statements: Sequence[Statement]
) -> pd.DataFrame:
    """Return the distributions that fit, for every possible number of respondents.

    Parameters
    ----------
    bases
        What :func:`feasible_bases` returned.
    cells, statements
        As for :func:`feasible_distributions`.

    Returns
    -------
    pandas.DataFrame
        ``n`` and a column per cell; one row per distribution.

    Raises
    ------
    InputError
        When no distribution fits for any number of respondents.
    """
    parts = []
    for n in sorted(bases["n"].unique()):
        distributions = feasible_distributions(int(n), cells, statements)
        distributions.insert(0, "n", int(n))
        parts.append(distributions)
    result = pd.concat(parts, ignore_index=True)
    if result.empty:
        sources = ", ".join(statement.source for statement in statements)
        raise InputError(
            f"no whole numbers fit the published facts {sources} together",
            file="figures_2021.csv",
            remedy="check the facts, or set the rounding of 2021 to either",
        )
    return result


def union_counts(distributions: pd.DataFrame, options: Iterable[str]) -> pd.DataFrame:
    """Return the numbers of respondents that can have given one of some answers.

    Parameters
    ----------
    distributions
        What :func:`reconstruct` returned.
    options
        Answers that together are a union of cells.

    Returns
    -------
    pandas.DataFrame
        ``n`` and ``count``, each pair once, sorted.
    """
    wanted = set(options)
    columns = [column for column in distributions.columns[1:] if set(column.split("+")) <= wanted]
    counts = pd.DataFrame({"n": distributions["n"], "count": distributions[columns].sum(axis="columns")})
    return counts.drop_duplicates().sort_values(["n", "count"], ignore_index=True)


def _condition(statement: Statement, cells: Sequence[tuple[str, ...]]) -> tuple[list[int], list[int], Statement]:
    def members(options: tuple[str, ...]) -> list[int]:
        found = [index for index, cell in enumerate(cells) if set(cell) <= set(options)]
        if {option for index in found for option in cells[index]} != set(options):
            raise InputError(
                f"{statement.source} is about {'+'.join(options)}, which is no union of the cells",
                expected=f"answers out of {', '.join('+'.join(cell) for cell in cells)}",
                remedy="correct the cells of the question in the crosswalk",
            )
        return found

    return members(statement.options), members(statement.within), statement


def _range(index: int, n: int, conditions: list[tuple[list[int], list[int], Statement]]) -> np.ndarray:
    values = np.arange(n + 1)
    for members, within, statement in conditions:
        if members == [index] and not within:
            values = values[_between(values, np.full(values.shape, n), statement)]
    return values


def _between(part: np.ndarray, whole: np.ndarray, statement: Statement) -> np.ndarray:
    lower, upper = Fraction(statement.lower.offset), Fraction(statement.upper.offset)
    below = part * lower.denominator - whole * lower.numerator
    above = whole * upper.numerator - part * upper.denominator
    return ((below > 0) if statement.lower.is_strict else (below >= 0)) & (
        (above > 0) if statement.upper.is_strict else (above >= 0)
    )
