"""From tests of independence to a verdict: do the respondents represent the population on a characteristic."""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.statistics.independence import cramers_v, independence_tests
from analysis.statistics.response_counts import check_cells

VERDICTS = ("representative", "not_representative", "undecided")
COLUMNS = ("test", "variable", "statistic", "df", "p_value", "effect_size", "note")


def representativeness_table(tests: Sequence[pd.DataFrame], indicators: pd.DataFrame) -> pd.DataFrame:
    """Put tests and R-indicators in one table, as ``data/processed/representativeness.csv`` holds them.

    Parameters
    ----------
    tests
        Results of `independence_tests`.
    indicators
        Rows of `r_indicator`, one below the other.

    Returns
    -------
    pandas.DataFrame
        Columns ``test, variable, statistic, df, p_value, effect_size, note``, in the order given. For
        ``r_indicator`` the statistic is the adjusted indicator and the note has its standard error and interval.
    """
    rows = pd.DataFrame(
        {
            "test": "r_indicator",
            "variable": indicators["variables"],
            "statistic": indicators["r"],
            "note": [
                f"{row.model}, standard error {row.se:.4f}, interval {row.ci_low:.4f} to {row.ci_high:.4f}, "
                f"unadjusted {row.r_unadjusted:.4f}"
                for row in indicators.itertuples()
            ],
        }
    )
    return pd.concat([*tests, rows], ignore_index=True)[list(COLUMNS)]


def verdict(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    alpha: float = 0.05,
    margin: float = 0.2,
    tests: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Decide whether the respondents represent the population on a characteristic.

    A test that finds nothing does not show that nothing is there. So the verdict is ``not_representative`` when
    every test falls below ``alpha``; ``representative`` when none does and a difference stronger than
    ``margin`` is ruled out as well; and ``undecided`` otherwise: when the tests lie on both sides of ``alpha``
    nothing is decided. The exact test (or its Monte Carlo version) speaks for all of them.

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``.
    by
        The grouping columns.
    alpha
        Level of the tests, between 0 and 1.
    margin
        Cramér's V that its 95 per cent interval must stay below before response is called representative.
    tests
        Result of `independence_tests` on the same cells; computed when it is left out.

    Returns
    -------
    pandas.DataFrame
        One row: ``variable``, ``verdict``, ``test`` (the exact one), its ``p_value``, ``tests_agree`` (whether all
        tests lie on one side of ``alpha``), ``effect_size``, ``effect_adjusted``, ``effect_low``, ``effect_high``,
        ``alpha``, ``margin``, ``population``, ``respondents``.

    Raises
    ------
    InputError
        When the cells are refused.
    ValueError
        When ``alpha`` or ``margin`` is not between 0 and 1, or the tests are of another variable.

    Examples
    --------
    >>> counts = {"population": [250, 60, 32], "respondents": [98, 33, 22]}
    >>> table1 = pd.DataFrame({"size_class": ["d", "c", "ab"], **counts})
    >>> verdict(table1, ["size_class"])[["variable", "verdict", "test"]]
         variable             verdict   test
    0  size_class  not_representative  exact
    """
    if not (0 < alpha < 1 and 0 < margin < 1):
        raise ValueError(f"alpha and margin lie between 0 and 1, not at {alpha} and {margin}")
    cells = check_cells(cells, by)
    tests = independence_tests(cells, by) if tests is None else tests
    if set(tests["variable"]) != {"+".join(by)}:
        raise ValueError(f"the tests are of {sorted(set(tests['variable']))}, not of {'+'.join(by)}")
    exact = tests[tests["test"].isin(["exact", "monte_carlo"])].iloc[0]
    effect = cramers_v(cells, by).iloc[0]
    code = decide(tests["p_value"], effect["effect_high"], alpha=alpha, margin=margin)
    row = {"variable": "+".join(by), "verdict": code, "test": exact["test"], "p_value": exact["p_value"]}
    row |= {"tests_agree": (tests["p_value"] < alpha).nunique() == 1}
    row |= effect.drop("variable").to_dict() | {"alpha": alpha, "margin": margin}
    return pd.DataFrame([row | {count: int(cells[count].sum()) for count in ("population", "respondents")}])


def decide(p_values: Iterable[float], effect_high: float, *, alpha: float, margin: float) -> str:
    """Return the verdict that p-values and the upper end of Cramér's V lead to.

    Parameters
    ----------
    p_values
        Of all tests.
    effect_high
        Upper end of the interval of Cramér's V.
    alpha, margin
        As for :func:`verdict`.

    Examples
    --------
    >>> decide([0.001, 0.03], 0.3, alpha=0.05, margin=0.2), decide([0.4, 0.6], 0.1, alpha=0.05, margin=0.2)
    ('not_representative', 'representative')
    """
    below = [value < alpha for value in p_values]
    if all(below):
        return "not_representative"
    return "representative" if not any(below) and effect_high < margin else "undecided"
