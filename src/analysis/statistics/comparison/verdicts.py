"""Verdicts that hold for every combination of counts, and p-values adjusted over a family."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import false_discovery_control

from analysis.errors import InputError
from analysis.statistics.comparison.crosswalk import Crosswalk
from analysis.statistics.comparison.tests_of_change import TESTS

ALPHA = 0.05
VERDICTS = ("changed", "not_shown", "depends")
COLUMNS = (
    "item",
    "options_2025",
    "share_2021_low",
    "share_2021_high",
    "share_2025",
    "difference_low",
    "difference_high",
    "ci_low",
    "ci_high",
    "test",
    "p_value_low",
    "p_value_high",
    "p_adjusted_high",
    "verdict",
)


def adjust(p_values: Sequence[float], method: str) -> np.ndarray:
    """Adjust the p-values of a family.

    Parameters
    ----------
    p_values
        One per hypothesis.
    method
        ``holm`` keeps the probability of any false alarm at the level; ``fdr_bh`` (Benjamini and Hochberg)
        the expected share of false alarms.
    """
    values = np.asarray(p_values, dtype="float64")
    if method == "fdr_bh":
        return false_discovery_control(values)
    # By hand, because the library collects garbage at every call, which takes longer than all tests together.
    order = np.argsort(values)
    steps = np.maximum.accumulate(values[order] * np.arange(len(values), 0, -1))
    result = np.empty_like(values)
    result[order] = np.minimum(steps, 1)
    return result


def verdict(p_low: float, p_high: float, alpha: float = ALPHA) -> str:
    """Return ``changed`` or ``not_shown`` when that holds for every combination, and else ``depends``.

    Parameters
    ----------
    p_low, p_high
        Smallest and largest adjusted p-value over all combinations.
    alpha
        Level.

    Examples
    --------
    >>> verdict(0.001, 0.04), verdict(0.06, 0.2), verdict(0.01, 0.2)
    ('changed', 'not_shown', 'depends')
    """
    if p_high < alpha:
        return "changed"
    return "not_shown" if p_low >= alpha else "depends"


def p_value_ranges(comparisons: pd.DataFrame, tests: Sequence[str] = TESTS) -> pd.DataFrame:
    """Return the range of the p-value of each item and test, and the ranges after adjustment.

    Parameters
    ----------
    comparisons
        One row per combination: ``item`` and a column of p-values per test.
    tests
        Names of those columns.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``test``, ``p_value_low``, ``p_value_high`` and the columns that :func:`adjust_ranges` adds.
    """
    long = comparisons.melt(id_vars="item", value_vars=list(tests), var_name="test", value_name="p").dropna()
    by_item = long.groupby(["item", "test"], observed=True, sort=False)["p"]
    return adjust_ranges(by_item.agg(p_value_low="min", p_value_high="max").reset_index())


def adjust_ranges(ranges: pd.DataFrame) -> pd.DataFrame:
    """Add the ranges after adjustment over the items, and the verdicts.

    Parameters
    ----------
    ranges
        ``item``, ``test``, ``p_value_low``, ``p_value_high``; the items of a test are its family.

    Returns
    -------
    pandas.DataFrame
        The same with ``p_adjusted_low`` and ``p_adjusted_high`` (Holm), ``p_bh_low`` and ``p_bh_high``
        (Benjamini and Hochberg), and ``verdict``, after Holm.

    Notes
    -----
    Both adjustments rise with every p-value of the family. So adjusting the smallest p-values of all items gives
    a lower bound over all joint combinations, and adjusting the largest an upper bound: a verdict from these
    bounds holds for every joint combination.
    """
    ranges = ranges.copy()
    for prefix, method in (("p_adjusted", "holm"), ("p_bh", "fdr_bh")):
        for side in ("low", "high"):
            values = ranges.groupby("test", observed=True)[f"p_value_{side}"]
            ranges[f"{prefix}_{side}"] = values.transform(lambda p, method=method: adjust(p, method))
    pairs = zip(ranges["p_adjusted_low"], ranges["p_adjusted_high"], strict=True)
    return ranges.assign(verdict=[verdict(low, high) for low, high in pairs])


def comparison_table(comparisons: pd.DataFrame, crosswalk: Crosswalk) -> pd.DataFrame:
    """Return the table ``comparison_2021.csv``: one row per item and test.

    Parameters
    ----------
    comparisons
        What :func:`analysis.statistics.comparison.tests_of_change.compare_shares` returned, for the family.
    crosswalk
        Names the answers of 2025.

    Returns
    -------
    pandas.DataFrame
        The columns of :data:`COLUMNS`, sorted by item and test. The interval is the widest over all
        combinations; for the test with finite populations it is the interval with finite populations.
    """
    by_item = comparisons.groupby("item", observed=True)
    shares = pd.DataFrame(
        {
            "share_2021_low": by_item["share_2021"].min(),
            "share_2021_high": by_item["share_2021"].max(),
            "share_2025": by_item["share_2025"].first(),
            "difference_low": by_item["difference"].min(),
            "difference_high": by_item["difference"].max(),
        }
    )
    table = p_value_ranges(comparisons).merge(shares, left_on="item", right_index=True)
    table["options_2025"] = table["item"].map({item.name: ";".join(item.options_2025) for item in crosswalk.items})
    finite = table["test"] == "z_finite"
    for side, extreme in (("low", "min"), ("high", "max")):
        plain = table["item"].map(by_item[f"ci_{side}"].agg(extreme))
        table[f"ci_{side}"] = plain.where(~finite, table["item"].map(by_item[f"finite_{side}"].agg(extreme)))
    return table[list(COLUMNS)].sort_values(["item", "test"], ignore_index=True)


def with_distribution(table: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return the table of the comparison with rows for a whole distribution, which has no single share.

    Parameters
    ----------
    table
        What :func:`comparison_table` returned.
    whole
        ``item``, ``options_2025``, ``test``, ``p_value_low``, ``p_value_high``, ``p_adjusted_high``,
        ``verdict``.
    """
    rows = pd.concat([table, whole.reindex(columns=list(COLUMNS))], ignore_index=True)
    return rows.sort_values(["item", "test"], ignore_index=True)


def check_comparison(table: pd.DataFrame) -> str:
    """Check the table of the comparison and say in Dutch what was established.

    Parameters
    ----------
    table
        What :func:`comparison_table` returned, with or without rows for a whole distribution.

    Raises
    ------
    InputError
        When the table breaks its contract.
    """
    ranges = [(f"{name}_low", f"{name}_high") for name in ("share_2021", "difference", "ci", "p_value")]
    within = [("ci_low", "difference_low"), ("difference_high", "ci_high"), ("p_value_high", "p_adjusted_high")]
    for low, high in ranges + within:
        if (table[low] > table[high] + 1e-12).any():
            raise InputError(f"{low} is above {high} in the comparison", remedy="run the notebook again")
    wrong = (table["verdict"] == "changed") != (table["p_adjusted_high"] < ALPHA)
    if tuple(table.columns) != COLUMNS or table.duplicated(["item", "test"]).any() or wrong.any():
        raise InputError("the comparison breaks its contract", expected=", ".join(COLUMNS))
    items, counts = table["item"].nunique(), table["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0)
    depends = f"{counts['depends']} {'hangt' if counts['depends'] == 1 else 'hangen'} van de aantallen af"
    return (
        f"{items} {'onderdeel' if items == 1 else 'onderdelen'}, één rij per onderdeel en toets; oordelen: "
        f"{counts['changed']} veranderd, {counts['not_shown']} niet aangetoond, {depends}."
    )
