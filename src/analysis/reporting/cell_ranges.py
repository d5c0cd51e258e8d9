"""How precisely a reader can work out the cells of a table from its margins."""

from collections.abc import Iterable

import numpy as np


def known_ranges(row_totals: np.ndarray, column_totals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the smallest and largest value of every cell of a table of counts whose margins are known.

    The bounds of Fréchet (1940) and Bonferroni; in two dimensions each of them is attained by a table.

    Parameters
    ----------
    row_totals, column_totals
        Margins of the table, both with the same sum.

    Returns
    -------
    low, high
        Arrays of rows by columns.

    Examples
    --------
    >>> low, high = known_ranges(np.array([3, 7]), np.array([4, 6]))
    >>> low.tolist(), high.tolist()
    ([[0, 0], [1, 3]], [[3, 3], [4, 6]])
    """
    rows, columns = np.asarray(row_totals)[:, None], np.asarray(column_totals)[None, :]
    return np.maximum(0, rows + columns - rows.sum()), np.minimum(rows, columns)


def is_protected(
    counts: np.ndarray, hidden: np.ndarray, parts: Iterable[Iterable[int]], required: np.ndarray
) -> bool:
    """Tell whether every hidden cell stays wide for a reader who knows all margins and all shown rows.

    Parameters
    ----------
    counts
        Respondents per option and group: the whole table, shown or not.
    hidden
        Per option whether its cells are hidden.
    parts
        Options, by position, of which a reader knows the total per group; together all options.
    required
        Per option and group what must lie between the smallest and the largest value that a hidden cell can have.
    """
    for part in parts:
        rows = [row for row in part if hidden[row]]
        low, high = known_ranges(counts[rows].sum(axis=1), counts[rows].sum(axis=0))
        if (high - low < required[rows]).any():
            return False
    return True


def split_parts(parts: Iterable[Iterable[int]], known: Iterable[int]) -> list[set[int]]:
    """Return the parts when a reader also knows the total per group of some options.

    Parameters
    ----------
    parts
        As for :func:`is_protected`.
    known
        The options, by position, whose total becomes known.

    Examples
    --------
    >>> split_parts([{0, 1, 2, 3}], {0, 1})
    [{0, 1}, {2, 3}]
    """
    known = set(known)
    halves = [half for part in map(set, parts) for half in (part & known, part - known)]
    return [half for half in halves if half]
