"""Does another mix of size classes explain the change? The later wave with the mix of the earlier one."""

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics.comparison.tests_of_change import two_sided_p


def standardised_shares(by_class: pd.DataFrame, mix: pd.Series) -> pd.DataFrame:
    """Return the shares that a wave would have had with another mix of size classes.

    Parameters
    ----------
    by_class
        ``item``, ``size_class``, ``count``, ``n``: respondents with the answer and respondents.
    mix
        Municipalities by size class, or any numbers in the same proportion.

    Returns
    -------
    pandas.DataFrame
        ``item``; ``share`` as observed; ``standardised`` with its standard error ``se``; ``lowest`` and
        ``highest``, the shares of the classes, between which every mix of these classes lies.

    Raises
    ------
    InputError
        When a size class of the mix has no respondents.

    Notes
    -----
    Direct standardisation: sum of W p with variance sum of W² p (1 - p) / (n - 1), the classes as
    independent samples.
    """
    rows = []
    for item, part in by_class.groupby("item", observed=True, sort=False):
        classes = part.set_index("size_class").reindex(mix.index.astype("str"))
        if classes["n"].isna().any() or (classes["n"] == 0).any():
            raise InputError(f"{item} has no respondents in a size class", remedy="join two size classes")
        share = classes["count"] / classes["n"]
        variance = share * (1 - share) / np.maximum(classes["n"] - 1, 1)
        weights = mix.to_numpy() / mix.sum()
        rows.append(
            {
                "item": item,
                "share": classes["count"].sum() / classes["n"].sum(),
                "standardised": float((weights * share).sum()),
                "se": float(np.sqrt((weights**2 * variance).sum())),
                "lowest": share.min(),
                "highest": share.max(),
            }
        )
    return pd.DataFrame(rows)


def standardised_p(combinations: pd.DataFrame, standardised: pd.DataFrame) -> pd.DataFrame:
    """Test each combination with the standardised share in the place of the observed share of the later wave.

    Parameters
    ----------
    combinations
        ``item``, ``count_2021`` and ``n_2021``.
    standardised
        What :func:`standardised_shares` returned.

    Returns
    -------
    pandas.DataFrame
        ``item`` and ``p`` (p-value of the z-test with separate variances) per combination.
    """
    table = combinations[["item", "count_2021", "n_2021"]].merge(standardised, on="item")
    share = table["count_2021"] / table["n_2021"]
    variance = table["se"] ** 2 + share * (1 - share) / table["n_2021"]
    p_values = two_sided_p(table["standardised"] - share, variance)
    return pd.DataFrame({"item": table["item"], "p": p_values})
