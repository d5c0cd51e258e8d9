"""The intervals of the table of estimates as estimators of the coverage simulation, and the worlds it is tried in.

The worlds differ in what response depends on: on nothing, on the stratum, on a stratum that the outcome depends on
strongly as well, or on the outcome itself. Weighting by stratum can mend the third and not the fourth.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.statistics.coverage import Interval, planted_population, simulate_coverage
from analysis.statistics.design import Design, WeightedDesign
from analysis.statistics.estimates import quantities
from analysis.statistics.linearisation import Estimator
from analysis.statistics.tally import design_cells
from analysis.statistics.weighting import post_stratify, unweighted

WORLDS = ("equal", "stratum", "association", "outcome")
SEPARATOR = "|"


def unweighted_interval(respondents: pd.DataFrame, population: pd.Series) -> Interval:
    """Estimate a share as the column ``unweighted`` of the table of estimates does.

    Parameters
    ----------
    respondents
        One row per respondent: ``stratum`` and ``outcome``, from a world of :func:`planted_world`.
    population
        Units per stratum.
    """
    return _interval(unweighted(_design(respondents, population)))


def post_stratified_interval(respondents: pd.DataFrame, population: pd.Series) -> Interval:
    """Estimate a share as the column ``size_class`` of the table of estimates does.

    Parameters
    ----------
    respondents, population
        As for :func:`unweighted_interval`.

    Raises
    ------
    InputError
        With fewer than two respondents in a stratum.
    """
    return _interval(post_stratify(_design(respondents, population)))


def planted_world(
    world: str,
    sizes: Mapping[str, int],
    shares: Mapping[str, float],
    rates: Mapping[str, float],
    odds_ratio: float,
) -> tuple[pd.DataFrame, dict[str, float]]:
    """Make a population with a known share, and the probability that each of its units responds.

    Parameters
    ----------
    world
        ``equal`` (everybody is as likely to respond), ``stratum`` and ``association`` (as likely as ``rates``
        says) or ``outcome`` (so too, but within each stratum the odds of responding are ``odds_ratio`` times as
        large for units with the outcome).
    sizes, shares, rates
        Units, share with the outcome and response rate per stratum.
    odds_ratio
        Used in the world ``outcome`` only; above 0.

    Returns
    -------
    DataFrame, dict
        One row per unit with ``stratum`` and ``outcome``, and the probability of responding per stratum: the
        arguments of :func:`analysis.statistics.coverage.simulate_coverage`. In these worlds a stratum is split by
        outcome, as ``d|1``; the estimators of this module put both halves together again.

    Raises
    ------
    InputError
        When there is no such world, or `planted_population` refuses sizes or shares.
    """
    if world not in WORLDS:
        raise InputError(f"there is no world {world!r}", expected=" or ".join(WORLDS))
    population = planted_population(sizes, shares)
    overall = sum(rates[stratum] * size for stratum, size in sizes.items()) / sum(sizes.values())
    ratio = odds_ratio if world == "outcome" else 1.0
    probability = {}
    for stratum, units in population.groupby("stratum", observed=True)["outcome"]:
        rate = overall if world == "equal" else rates[stratum]
        without = _rate_without(rate, units.mean(), ratio)
        probability[f"{stratum}{SEPARATOR}0"] = without
        probability[f"{stratum}{SEPARATOR}1"] = ratio * without / (1 - without + ratio * without)
    split = population["stratum"] + SEPARATOR + population["outcome"].astype("str")
    return population.assign(stratum=split), {
        name: value for name, value in probability.items() if name in set(split)
    }


def coverage_of_worlds(  # noqa: PLR0913 each is a choice of the analyst
    sizes: Mapping[str, int],
    shares: Mapping[str, float],
    rates: Mapping[str, float],
    *,
    contrast: float,
    odds_ratio: float,
    n_samples: int,
    seed: int,
    n_jobs: int = 1,
    backend: str = "loky",
) -> pd.DataFrame:
    """Simulate the coverage of the unweighted and the post-stratified intervals in every world.

    Parameters
    ----------
    sizes, shares, rates, odds_ratio
        As for :func:`planted_world`; the strata are in order.
    contrast
        In the world ``association`` the shares rise from the first stratum to the last by this fraction, in equal
        steps from the share of the first; cut off at 1.
    n_samples, seed, n_jobs, backend
        As for :func:`analysis.statistics.coverage.simulate_coverage`.

    Returns
    -------
    pandas.DataFrame
        The rows of `simulate_coverage` for each world, with ``world`` in front; the estimators are ``unweighted``
        and ``post_stratified``.
    """
    estimators = {"unweighted": unweighted_interval, "post_stratified": post_stratified_interval}
    start, steps = shares[next(iter(sizes))], max(len(sizes) - 1, 1)
    rising = {stratum: min(start + contrast * step / steps, 1.0) for step, stratum in enumerate(sizes)}
    tables = []
    for world in WORLDS:
        planted = rising if world == "association" else shares
        population, probability = planted_world(world, sizes, planted, rates, odds_ratio)
        found = simulate_coverage(
            population, probability, estimators, n_samples=n_samples, seed=seed, n_jobs=n_jobs, backend=backend
        )
        found.insert(0, "world", world)
        tables.append(found)
    return pd.concat(tables, ignore_index=True)


def _rate_without(rate: float, share: float, ratio: float) -> float:
    """Find by bisection the rate of units without the outcome at which the stratum as a whole has this rate."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        with_outcome = ratio * middle / (1 - middle + ratio * middle)
        low, high = (middle, high) if (1 - share) * middle + share * with_outcome < rate else (low, middle)
    return low


def _design(respondents: pd.DataFrame, population: pd.Series) -> Design:
    strata = population.groupby(population.index.str.split(SEPARATOR).str[0], sort=False).sum()
    joined = respondents.assign(stratum=respondents["stratum"].str.split(SEPARATOR).str[0])
    return Design(joined, strata.to_dict(), stratum="stratum")


def _interval(weighted: WeightedDesign) -> Interval:
    cells = design_cells([weighted], [])
    chosen = cells.count((weighted.design.respondents["outcome"] == 1).to_numpy())[:, None]
    found = Estimator(weighted, cells).shares(chosen, cells.sizes[:, None])
    row = quantities(found, fpc=weighted.design.fpc, level=0.95)
    return Interval(*(float(row[column][0]) for column in ("share", "ci_low", "ci_high")))
