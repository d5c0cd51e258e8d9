"""Does a verdict stand under other assumptions? One verdict per item and assumption."""

from collections.abc import Mapping

import pandas as pd

from analysis.statistics.comparison.tests_of_change import fisher_p
from analysis.statistics.comparison.verdicts import adjust_ranges, p_value_ranges

MAIN_TEST = "boschloo"


def fisher_p_values(combinations: pd.DataFrame) -> pd.DataFrame:
    """Return the p-value of Fisher's exact test for each combination; quick enough for thousands.

    Parameters
    ----------
    combinations
        ``item`` and counts and respondents with the suffixes ``_2021`` and ``_2025``.

    Returns
    -------
    pandas.DataFrame
        ``item`` and ``p``.
    """
    counts = combinations[["count_2021", "n_2021", "count_2025", "n_2025"]].to_numpy().tolist()
    return pd.DataFrame({"item": combinations["item"].to_numpy(), "p": [fisher_p(*four) for four in counts]})


def ranges_of(p_values: pd.DataFrame, assumption: str) -> pd.DataFrame:
    """Return the ranges of p-values under one assumption, adjusted over the items.

    Parameters
    ----------
    p_values
        ``item`` and either ``p``, or ``p_low`` and ``p_high``.
    assumption
        Name of the assumption; it takes the place of the name of the test.
    """
    low, high = ("p", "p") if "p" in p_values else ("p_low", "p_high")
    by_item = p_values.groupby("item", observed=True, sort=False)
    ranges = pd.DataFrame({"p_value_low": by_item[low].min(), "p_value_high": by_item[high].max()}).reset_index()
    return adjust_ranges(ranges.assign(test=assumption))


def robustness_table(main: pd.DataFrame, assumptions: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the verdict of each item under each assumption, and whether they are all the same.

    An item to which an assumption does not apply keeps its main verdict there.

    Parameters
    ----------
    main
        What :func:`analysis.statistics.comparison.tests_of_change.compare_shares` returned for the family.
    assumptions
        p-values by name of the assumption, as for :func:`ranges_of`. Those of items that are absent are taken
        from the main test, so that every adjustment is over the whole family.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``main``, one column per assumption, and ``stands``: whether all verdicts equal the main one.
    """
    main_ranges = p_value_ranges(main, [MAIN_TEST])
    table = main_ranges[["item", "verdict"]].rename(columns={"verdict": "main"})
    own = main_ranges[["item", "p_value_low", "p_value_high"]].rename(
        columns=lambda name: name.replace("_value", "")
    )
    for name, p_values in assumptions.items():
        absent = own[~own["item"].isin(p_values["item"])]
        given = (
            p_values.rename(columns={"p": "p_low"}).assign(p_high=p_values["p"]) if "p" in p_values else p_values
        )
        ranges = ranges_of(pd.concat([given[["item", "p_low", "p_high"]], absent]), name)
        table[name] = table["item"].map(ranges.set_index("item")["verdict"])
    verdicts = table[["main", *assumptions]]
    return table.assign(stands=verdicts.nunique(axis="columns") == 1)
