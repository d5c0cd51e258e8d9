"""What the weights do: their range, what they cost in precision, and the margins before and after."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.statistics.design import WeightedDesign


def weight_summary(designs: Sequence[WeightedDesign]) -> pd.DataFrame:
    """Describe the weights of each estimator.

    Parameters
    ----------
    designs
        Weighted designs.

    Returns
    -------
    pandas.DataFrame
        ``estimator``, ``n``, ``smallest``, ``median``, ``largest`` (municipalities per respondent), ``ratio``
        (largest over smallest), ``deff`` (Kish's design effect of unequal weights, ``n sum(w^2) / sum(w)^2``;
        Kish 1965) and ``n_effective`` (``n / deff``).
    """
    rows = []
    for weighted in designs:
        w = weighted.weights
        deff = len(w) * (w**2).sum() / w.sum() ** 2
        rows.append(
            {
                "estimator": weighted.estimator,
                "n": len(w),
                "smallest": w.min(),
                "median": np.median(w),
                "largest": w.max(),
                "ratio": w.max() / w.min(),
                "deff": deff,
                "n_effective": len(w) / deff,
            }
        )
    return pd.DataFrame(rows)


def weight_margins(designs: Sequence[WeightedDesign], totals: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Compare the margins of the respondents with those of the population, for every estimator.

    Parameters
    ----------
    designs
        Weighted designs on the same respondents.
    totals
        Per margin the municipalities per level, as given to the weighting.

    Returns
    -------
    pandas.DataFrame
        ``variable``, ``level``, ``n`` (respondents), ``population``, ``share_population`` and one column
        ``share_<estimator>`` per estimator; shares are fractions.
    """
    respondents = designs[0].design.respondents
    parts = []
    for variable, levels in totals.items():
        population = pd.Series(dict(levels), dtype=float)
        belongs = respondents[variable].to_numpy()[:, None] == population.index.to_numpy()
        part = pd.DataFrame(
            {
                "variable": variable,
                "level": population.index,
                "n": belongs.sum(axis=0),
                "population": population.to_numpy(),
                "share_population": (population / population.sum()).to_numpy(),
            }
        )
        for weighted in designs:
            part[f"share_{weighted.estimator}"] = weighted.weights @ belongs / weighted.weights.sum()
        parts.append(part)
    return pd.concat(parts, ignore_index=True)
