"""Two samples of yes-no answers, as arrays: one element per combination of counts."""

from typing import NamedTuple

import numpy as np
import pandas as pd


class Sample(NamedTuple):
    """Respondents with the answer, respondents, and municipalities in all; numbers or arrays of one shape.

    Without ``population`` the population has no end.
    """

    count: np.ndarray
    n: np.ndarray
    population: np.ndarray = np.inf

    @property
    def share(self) -> np.ndarray:
        """Share of the respondents with the answer."""
        return np.divide(self.count, self.n)

    @property
    def variance_factor(self) -> np.ndarray:
        """What p (1 - p) is multiplied by to get the variance of the share: (N - n) / (n (N - 1)), or 1 / n."""
        n, size = np.asarray(self.n, dtype="float64"), np.asarray(self.population, dtype="float64")
        endless = np.isinf(size)
        finite = np.where(endless, 2 * n, size)
        return np.where(endless, 1 / n, (finite - n) / (n * (finite - 1)))


def samples(combinations: pd.DataFrame, *, finite: bool = False) -> tuple[Sample, Sample]:
    """Return the sample of 2021 and that of 2025.

    Parameters
    ----------
    combinations
        ``count``, ``n`` and ``population`` with the suffixes ``_2021`` and ``_2025``.
    finite
        Whether the populations are finite.
    """
    columns = ("count", "n", "population") if finite else ("count", "n")
    earlier, later = (
        Sample(*(combinations[f"{column}_{wave}"].to_numpy() for column in columns)) for wave in ("2021", "2025")
    )
    return earlier, later


def pooled_share(first: Sample, second: Sample) -> np.ndarray:
    """Return the share in both samples together.

    Parameters
    ----------
    first, second
        The samples.
    """
    return np.add(first.count, second.count) / np.add(first.n, second.n)
