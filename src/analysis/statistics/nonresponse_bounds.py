"""How far a share can move when those who did not respond differ from those who did.

Worst-case bounds are Manski's (1989, Anatomy of the selection problem): nothing is assumed about non-respondents.
Plausible bounds assume that their share differs by at most a stated amount, in share or in odds. Nothing here is a
confidence interval: the answers of respondents are taken as they are, and the population is finite and known.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError


def nonresponse_bounds(
    shares: pd.DataFrame, population: int, *, share_deltas: Sequence[float] = (), odds_ratios: Sequence[float] = ()
) -> pd.DataFrame:
    """Bound the share in the population, for each share among the respondents.

    Parameters
    ----------
    shares
        One row per share: ``count`` (respondents with the characteristic) and ``n`` (respondents asked); other
        columns are kept. The base must be the whole population: of a part chosen by an earlier answer the size is
        unknown.
    population
        Municipalities, respondents included.
    share_deltas
        Assumptions: the share among non-respondents lies at most this far (a fraction) from that among
        respondents.
    odds_ratios
        Assumptions: the odds among non-respondents are at most this many times, and at least the reciprocal of
        it times, those among respondents; 1 and more.

    Returns
    -------
    pandas.DataFrame
        For each share one row per assumption: the columns of ``shares``, ``population``, ``share`` (among
        respondents), ``assumption`` (worst_case, share, odds), ``size`` (of the difference; missing for
        worst_case), ``low`` and ``high`` (fractions of the population).

    Raises
    ------
    InputError
        When a count is negative or above ``n``, nobody was asked, or the population is below ``n``.
    ValueError
        When a difference is no fraction or an odds ratio is below 1.

    Examples
    --------
    >>> status = pd.DataFrame({"option": ["a"], "count": [42], "n": [153]})
    >>> bounds = nonresponse_bounds(status, 342, share_deltas=[0.1])
    >>> bounds[["assumption", "size", "share", "low", "high"]].round(3)
       assumption  size  share    low   high
    0  worst_case   NaN  0.275  0.123  0.675
    1       share   0.1  0.275  0.219  0.330
    """
    _check(shares, population)
    if wrong := [delta for delta in share_deltas if not 0 <= delta <= 1]:
        raise ValueError(f"differences in share are fractions between 0 and 1, not {wrong}")
    if wrong := [ratio for ratio in odds_ratios if not ratio >= 1]:
        raise ValueError(f"odds ratios are 1 and more, not {wrong}")
    share = shares["count"] / shares["n"]
    assumptions = [("worst_case", float("nan"), 0 * share, 0 * share + 1)]
    assumptions += [
        ("share", delta, (share - delta).clip(0), (share + delta).clip(upper=1)) for delta in share_deltas
    ]
    assumptions += [
        ("odds", ratio, _times_odds(share, 1 / ratio), _times_odds(share, ratio)) for ratio in odds_ratios
    ]
    tables = []
    for order, (assumption, size, low, high) in enumerate(assumptions):
        base = shares.assign(population=population, share=share, assumption=assumption, size=size)
        missing = population - shares["n"]
        base["low"] = (shares["count"] + missing * low) / population
        base["high"] = (shares["count"] + missing * high) / population
        tables.append(base.assign(_order=order, _share=range(len(base))))
    together = pd.concat(tables).sort_values(["_share", "_order"], ignore_index=True)
    return together.drop(columns=["_order", "_share"])


def tipping_share(count: int, n: int, population: int, threshold: float) -> float:
    """Find the share that non-respondents must have for the population to be at a threshold.

    Parameters
    ----------
    count, n
        Respondents with the characteristic, and respondents asked.
    population
        Municipalities, respondents included; more than ``n``.
    threshold
        The share in the population at which a conclusion turns; a fraction.

    Returns
    -------
    float
        A fraction. Below 0 or above 1 no answer of the non-respondents can bring the population to the threshold.

    Raises
    ------
    InputError
        As `nonresponse_bounds`, and when nobody is missing.

    Examples
    --------
    >>> round(tipping_share(114, 153, 342, 0.5), 3)
    0.302
    """
    _check(pd.DataFrame({"count": [count], "n": [n]}), population)
    if population == n:
        raise InputError("nobody is missing, so non-respondents cannot turn the conclusion", place="population")
    return (threshold * population - count) / (population - n)


def _times_odds(share: pd.Series, ratio: float) -> pd.Series:
    return share * ratio / (1 - share + share * ratio)


def _check(shares: pd.DataFrame, population: int) -> None:
    for row in shares.itertuples(index=False):
        if not (0 <= row.count <= row.n and row.n > 0):
            raise InputError(
                f"{row.count} of {row.n} respondents is no share", expected="0 <= count <= n and n > 0"
            )
        if row.n > population:
            raise InputError(
                f"{row.n} respondents in a population of {population}", expected="a population above n"
            )
