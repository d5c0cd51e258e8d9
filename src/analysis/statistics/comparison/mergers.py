"""Municipalities that merged between two waves: one map for both, and what that does to counts."""

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import InputError


def later_codes(earlier: pd.DataFrame, later: pd.DataFrame, mergers: pd.DataFrame) -> pd.Series:
    """Return the code that each municipality of the earlier map has on the later map.

    Parameters
    ----------
    earlier, later
        Registers with the column ``code``.
    mergers
        ``code_2021`` and ``code_2025`` of each municipality that was taken up in another or in a new one.

    Returns
    -------
    pandas.Series
        Later code by earlier code.

    Raises
    ------
    InputError
        When a municipality has no place on the later map, or the later map has one that nothing led to.
    """
    moved = mergers.set_index("code_2021")["code_2025"]
    index = pd.Index(earlier["code"], name="code_2021")
    codes = pd.Series(earlier["code"].to_numpy(), index=index, name="code_2025")
    codes = codes.where(~codes.index.isin(moved.index), codes.index.map(moved))
    lost, new = set(codes) - set(later["code"]), set(later["code"]) - set(codes)
    if lost or new:
        raise InputError(
            f"the mergers do not lead from one map to the other: {sorted(lost) + sorted(new)}",
            file="mergers_2021_2025.csv",
            remedy="add the merger of these municipalities",
        )
    return codes


def merged_sizes(codes: pd.Series) -> pd.Series:
    """Return how many earlier municipalities stand behind each later one, where it is more than one.

    Parameters
    ----------
    codes
        What :func:`later_codes` returned.
    """
    sizes = codes.value_counts().sort_index()
    return sizes[sizes > 1]


def lost_respondents(n: int, codes: pd.Series) -> pd.DataFrame:
    """Return how likely it is that merging takes a number of respondents away.

    Respondents of 2021 that now form one municipality count once on the map of 2025.

    Parameters
    ----------
    n
        Respondents of the earlier wave.
    codes
        What :func:`later_codes` returned.

    Returns
    -------
    pandas.DataFrame
        ``lost`` (0, 1, …) and ``probability``, when every group of ``n`` municipalities is equally likely to
        have answered.
    """
    merged = merged_sizes(codes).to_numpy()
    population = len(codes)
    # ways[k, d]: ways to choose k respondents among the merged municipalities so that d of them are lost.
    ways = np.ones((1, 1))
    for size in merged:
        chosen = stats.binom.pmf(np.arange(size + 1), size, 0.5) * 2**size
        step = np.zeros((size + 1, size))
        step[0, 0] = 1
        for k in range(1, size + 1):
            step[k, k - 1] = chosen[k]
        ways = _convolve(ways, step)
    involved = int(merged.sum())
    k = np.arange(ways.shape[0])
    draw = stats.hypergeom.pmf(k, population, involved, n)
    probability = (ways / ways.sum(axis=1, keepdims=True) * draw[:, None]).sum(axis=0)
    return pd.DataFrame({"lost": np.arange(ways.shape[1]), "probability": probability})


def likely_lost(lost: pd.DataFrame, probability: float = 0.99) -> int:
    """Return the number of respondents that merging takes away at most, with a given probability.

    Parameters
    ----------
    lost
        What :func:`lost_respondents` returned.
    probability
        Probability that no more are lost.
    """
    enough = lost["probability"].cumsum() >= probability
    return int(lost.loc[enough, "lost"].min())


def _convolve(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    result = np.zeros((left.shape[0] + right.shape[0] - 1, left.shape[1] + right.shape[1] - 1))
    for (i, j), value in np.ndenumerate(right):
        if value:
            result[i : i + left.shape[0], j : j + left.shape[1]] += value * left
    return result


def merged_combinations(combinations: pd.DataFrame, most_lost: int, population: int) -> pd.DataFrame:
    """Return the combinations that are possible once the earlier wave is put on the later map.

    Parameters
    ----------
    combinations
        Counts, respondents and populations with the suffixes ``_2021`` and ``_2025``, and ``item``.
    most_lost
        Largest number of respondents that merging can take away.
    population
        Number of municipalities on the later map.

    Returns
    -------
    pandas.DataFrame
        The same columns: for each number of respondents lost, every number of them that may have had the answer.
    """
    lost = pd.DataFrame([(total, part) for total in range(most_lost + 1) for part in range(total + 1)])
    lost.columns = ["lost", "lost_with_answer"]
    table = combinations.merge(lost, how="cross")
    count = table["count_2021"] - table["lost_with_answer"]
    n = table["n_2021"] - table["lost"]
    table = table.assign(count_2021=count, n_2021=n, population_2021=population)
    table = table[(count >= 0) & (count <= n)].drop(columns=["lost", "lost_with_answer"])
    return table.drop_duplicates().sort_values(list(table.columns), ignore_index=True)
