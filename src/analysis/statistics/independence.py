"""Does response depend on a characteristic: tests of independence and effect size for a table of r groups by two.

The sources of the formulas are in docs/methods.md, under Representativeness.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import optimize, stats

from analysis.statistics.exact_test import fisher_freeman_halton
from analysis.statistics.response_counts import check_cells

SMALL_EXPECTED = 5  # Cochran's rule of thumb: below it the chi-square distribution is no longer trusted


def independence_tests(
    cells: pd.DataFrame,
    by: Sequence[str],
    *,
    seed: int = 2025,
    n_tables: int = 99_999,
    exact_limit: int = 2_000_000,
) -> pd.DataFrame:
    """Test whether respondents and non-respondents are spread over the groups alike.

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``.
    by
        The grouping columns; together they are the variable that is tested.
    seed
        Seed of the Monte Carlo test; unused when the exact test can be enumerated.
    n_tables
        Random tables of the Monte Carlo test.
    exact_limit
        Tables with the same margins that may be enumerated; with more the Monte Carlo test takes over.

    Returns
    -------
    pandas.DataFrame
        Three rows with the columns of ``representativeness.csv``: ``test`` (pearson, likelihood_ratio, and
        exact or monte_carlo for Fisher, Freeman and Halton), ``variable`` (names in ``by`` joined by ``+``),
        ``statistic`` and ``df`` (missing for the third), ``p_value``, ``effect_size`` (Cramér's V) and ``note``.

    Raises
    ------
    InputError
        When `check_cells` refuses the cells.
    ValueError
        When everybody or nobody responded: then there is no table to test.

    Examples
    --------
    >>> counts = {"population": [250, 60, 32], "respondents": [98, 33, 22]}
    >>> table1 = pd.DataFrame({"size_class": ["d", "c", "ab"], **counts})
    >>> independence_tests(table1, ["size_class"])[["test", "statistic", "df", "p_value"]].round(4)
                   test  statistic    df  p_value
    0           pearson    13.1199     2   0.0014
    1  likelihood_ratio    13.1728     2   0.0014
    2             exact        NaN  <NA>   0.0015
    """
    cells = check_cells(cells, by)
    table = _two_columns(cells)
    pearson = stats.chi2_contingency(table, correction=False)
    likelihood = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood")
    exact, p_exact, how = _exact_test(cells, seed=seed, n_tables=n_tables, exact_limit=exact_limit)
    small = int((pearson.expected_freq < SMALL_EXPECTED).sum())
    expected = f"{small} of {table.size} expected counts below {SMALL_EXPECTED}"
    rows = [
        ("pearson", pearson.statistic, pearson.dof, pearson.pvalue, expected),
        ("likelihood_ratio", likelihood.statistic, likelihood.dof, likelihood.pvalue, expected),
        (exact, np.nan, pd.NA, p_exact, how),
    ]
    tests = pd.DataFrame(rows, columns=["test", "statistic", "df", "p_value", "note"]).astype({"df": "Int64"})
    tests.insert(1, "variable", "+".join(by))
    tests.insert(5, "effect_size", float(stats.contingency.association(table, method="cramer")))
    return tests


def cramers_v(cells: pd.DataFrame, by: Sequence[str], *, level: float = 0.95) -> pd.DataFrame:
    """Measure how strongly response differs between the groups, with a confidence interval.

    The interval inverts the noncentral chi-square distribution: its limits are the values of V under which a
    Pearson statistic as large, or as small, as the one found has probability (1 - level) / 2 (Smithson 2003).

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``.
    by
        The grouping columns.
    level
        Confidence level, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row: ``variable``, ``effect_size`` (Cramér's V, 0 to 1), ``effect_adjusted`` (the same without what
        chance adds, which grows with the number of groups; Bergsma 2013), and ``effect_low`` and ``effect_high``,
        which belong to the adjusted value.

    Raises
    ------
    InputError, ValueError
        As `independence_tests`; also when the level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not at {level}")
    table = _two_columns(check_cells(cells, by))
    found = stats.chi2_contingency(table, correction=False)
    tail = (1 - level) / 2
    limits = [
        _noncentrality(found.statistic, found.dof, 1 - tail),
        _noncentrality(found.statistic, found.dof, tail),
    ]
    total = table.sum()
    v, low, high = np.minimum(np.sqrt(np.array([found.statistic, *limits]) / total), 1)
    excess = max(found.statistic / total - found.dof / (total - 1), 0)
    adjusted = min(np.sqrt(excess / (1 - 1 / (total - 1))), 1)
    row = {"effect_size": v, "effect_adjusted": adjusted, "effect_low": low, "effect_high": high}
    return pd.DataFrame([{"variable": "+".join(by)} | row])


def group_differences(cells: pd.DataFrame, by: Sequence[str], *, alpha: float = 0.05) -> pd.DataFrame:
    """Show which groups are over- and under-represented among the respondents.

    Parameters
    ----------
    cells
        One row per group: the columns ``by``, ``population`` and ``respondents``.
    by
        The grouping columns.
    alpha
        A group stands out when its adjusted residual (Haberman 1973) exceeds the two-sided critical value of the
        normal distribution at ``alpha`` divided by the number of groups.

    Returns
    -------
    pandas.DataFrame
        One row per group: ``variable``, ``group`` (names joined by ``+``), ``population``, ``respondents``,
        ``population_share``, ``respondent_share`` (fractions), ``difference_points`` (percentage points, positive
        when over-represented), ``rate`` (response within the group), ``residual`` and ``stands_out``.

    Raises
    ------
    InputError, ValueError
        As `independence_tests`.
    """
    cells = check_cells(cells, by)
    _two_columns(cells)
    population, respondents = cells["population"], cells["respondents"]
    total, responding = population.sum(), respondents.sum()
    rate = responding / total
    spread = np.sqrt(population * rate * (1 - rate) * (1 - population / total))
    residual = (respondents - population * rate) / spread
    shares = pd.DataFrame({"population_share": population / total, "respondent_share": respondents / responding})
    table = pd.DataFrame({"variable": "+".join(by), "group": cells[list(by)].astype("str").agg("+".join, axis=1)})
    return pd.concat([table, cells[["population", "respondents"]], shares], axis="columns").assign(
        difference_points=100 * (shares["respondent_share"] - shares["population_share"]),
        rate=respondents / population,
        residual=residual,
        stands_out=residual.abs() > stats.norm.ppf(1 - alpha / (2 * len(cells))),
    )


def _two_columns(cells: pd.DataFrame) -> np.ndarray:
    table = np.column_stack([cells["respondents"], cells["population"] - cells["respondents"]])
    if not table.sum(axis=0).all():
        raise ValueError("everybody or nobody responded: response and non-response cannot be compared")
    return table


def _exact_test(cells: pd.DataFrame, *, seed: int, n_tables: int, exact_limit: int) -> tuple[str, float, str]:
    p_value, exact = fisher_freeman_halton(
        _two_columns(cells), resamples=n_tables, seed=seed, most_tables=exact_limit
    )
    if exact:
        return "exact", p_value, f"Fisher-Freeman-Halton, all {_number_of_tables(cells):.0f} tables"
    error = np.sqrt(p_value * (1 - p_value) / n_tables)
    note = f"Fisher-Freeman-Halton, {n_tables} random tables, seed {seed}, Monte Carlo error {error:.5f}"
    return "monte_carlo", p_value, note


def _number_of_tables(cells: pd.DataFrame) -> float:
    responding = cells["respondents"].sum()
    ways = np.ones(1)
    for count in cells["population"]:
        ways = np.convolve(ways, np.ones(count + 1))[: responding + 1]
    return ways[responding]


def _noncentrality(statistic: float, df: int, probability: float) -> float:
    """Find the noncentrality under which the statistic is the quantile of this probability; 0 when none is."""

    def excess(noncentrality: float) -> float:
        return stats.ncx2.cdf(statistic, df, noncentrality) - probability if noncentrality else at_zero

    at_zero = stats.chi2.cdf(statistic, df) - probability
    if at_zero <= 0:
        return 0.0
    upper = statistic + 10.0
    while excess(upper) > 0:
        upper *= 2
    return float(optimize.brentq(excess, 0, upper, xtol=1e-12, rtol=1e-13))
