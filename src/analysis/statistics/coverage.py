"""Does a 95 per cent interval hold the truth 95 times in 100: a simulation with a planted truth."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import joblib
import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import InputError

BATCH = 50  # samples per task: enough work to outweigh handing it to a worker


class Interval(NamedTuple):
    """What an estimator says about the share: fractions."""

    estimate: float
    low: float
    high: float


Estimator = Callable[[pd.DataFrame, pd.Series], Interval]


def planted_population(population: Mapping[str, int], shares: Mapping[str, float]) -> pd.DataFrame:
    """Make a population whose share per stratum is known.

    Parameters
    ----------
    population
        Units per stratum.
    shares
        Share with the characteristic per stratum, a fraction; rounded to whole units.

    Returns
    -------
    pandas.DataFrame
        One row per unit: ``stratum`` and ``outcome`` (1 or 0).

    Raises
    ------
    InputError
        When the strata differ, a share is no fraction or a stratum has no unit.

    Examples
    --------
    >>> planted_population({"d": 4, "c": 2}, {"d": 0.25, "c": 0.5}).groupby("stratum")["outcome"].sum().to_dict()
    {'c': 1, 'd': 1}
    """
    _check_strata(population, shares, "share")
    if min(population.values(), default=0) < 1:
        raise InputError("a stratum without units", place="population", expected="counts of 1 and more")
    parts = []
    for stratum, size in population.items():
        having = round(size * shares[stratum])
        parts.append(pd.DataFrame({"stratum": stratum, "outcome": [1] * having + [0] * (size - having)}))
    return pd.concat(parts, ignore_index=True)


def simulate_coverage(
    population: pd.DataFrame,
    response: Mapping[str, float],
    estimators: Mapping[str, Estimator],
    *,
    n_samples: int,
    seed: int,
    n_jobs: int = 1,
    backend: str = "loky",
) -> pd.DataFrame:
    """Let a population respond many times and count how often each interval holds the true share.

    Parameters
    ----------
    population
        One row per unit: ``stratum`` and ``outcome`` (1 or 0), as from `planted_population`; other columns are
        passed on to the estimators.
    response
        Probability of responding per stratum, a fraction. Units respond independently.
    estimators
        Per name a function of the respondents' rows of ``population`` and the units per stratum, which returns an
        `Interval`. For a backend with processes it must be importable. An estimator that raises ValueError or
        InputError on a sample gives no interval there, which counts as not covering.
    n_samples
        Times that the population responds; 1 and more.
    seed
        Seed of the random numbers; each sample has a stream of its own, so the result does not depend on
        ``n_jobs`` or ``backend``.
    n_jobs
        Workers; -1 for all processors.
    backend
        Backend of joblib: ``loky``, ``threading``, ``sequential``, or ``dask`` once a Dask client is connected.

    Returns
    -------
    pandas.DataFrame
        One row per estimator: ``estimator``, ``truth``, ``n_samples``, ``n_failed``, ``coverage`` with
        ``coverage_low`` and ``coverage_high`` (Wilson, 95 per cent, for the limited number of samples),
        ``bias`` (mean estimate minus truth) and ``mean_width`` (of the intervals), all fractions.

    Raises
    ------
    InputError
        When the strata differ, a probability is no fraction or an outcome is not 0 or 1.
    ValueError
        When there are no samples or no estimators.
    """
    counts = population.groupby("stratum", observed=True, sort=False).size()
    _check_strata(counts, response, "probability of response")
    if not population["outcome"].isin([0, 1]).all():
        raise InputError("an outcome other than 0 and 1", place="outcome", expected="0 or 1")
    if n_samples < 1 or not estimators:
        raise ValueError("a simulation needs at least one sample and one estimator")
    probability = population["stratum"].map(response).to_numpy(dtype=float)
    streams = np.random.SeedSequence(seed).spawn(n_samples)
    batches = [streams[start : start + BATCH] for start in range(0, n_samples, BATCH)]
    watch = {"initializer": _end_with, "initargs": (os.getpid(),)} if backend == "loky" else {}
    with joblib.parallel_config(backend=backend, n_jobs=n_jobs, **watch):
        results = joblib.Parallel()(
            joblib.delayed(_run_batch)(population, counts, probability, estimators, batch) for batch in batches
        )
    intervals = np.concatenate(results)
    truth = float(population["outcome"].mean())
    return pd.DataFrame([_summary(name, truth, intervals[:, index]) for index, name in enumerate(estimators)])


def unweighted(respondents: pd.DataFrame, population: pd.Series) -> Interval:
    """Estimate the share as if the respondents were a simple random sample, with finite population correction.

    Parameters
    ----------
    respondents
        One row per respondent: ``stratum`` and ``outcome``.
    population
        Units per stratum.

    Returns
    -------
    Interval
        Normal 95 per cent interval (Cochran 1977, equation 3.19).

    Raises
    ------
    ValueError
        With fewer than two respondents.
    """
    return _stratified(respondents.assign(stratum="all"), pd.Series({"all": population.sum()}))


def post_stratified(respondents: pd.DataFrame, population: pd.Series) -> Interval:
    """Estimate the share weighted to the population of each stratum, with finite population correction.

    Parameters
    ----------
    respondents
        One row per respondent: ``stratum`` and ``outcome``.
    population
        Units per stratum.

    Returns
    -------
    Interval
        Normal 95 per cent interval, conditional on the respondents per stratum (Cochran 1977, section 5A.9).

    Raises
    ------
    ValueError
        With fewer than two respondents in a stratum.
    """
    return _stratified(respondents, population)


def _stratified(respondents: pd.DataFrame, population: pd.Series) -> Interval:
    strata = (
        respondents.groupby("stratum", observed=True)["outcome"].agg(["size", "mean"]).reindex(population.index)
    )
    n, share = strata["size"].fillna(0), strata["mean"]
    if (n < 2).any():
        raise ValueError(f"fewer than two respondents in {list(n.index[n < 2])}")
    weight = population / population.sum()
    estimate = float((weight * share).sum())
    variance = float((weight**2 * (1 - n / population) * share * (1 - share) / (n - 1)).sum())
    margin = stats.norm.ppf(0.975) * np.sqrt(variance)
    return Interval(estimate, max(estimate - margin, 0.0), min(estimate + margin, 1.0))


def _end_with(parent: int) -> None:
    """Let this worker end soon after its parent: one that waits for a killed build would wait for ever."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _run_batch(
    population: pd.DataFrame,
    counts: pd.Series,
    probability: np.ndarray,
    estimators: Mapping[str, Estimator],
    streams: list[np.random.SeedSequence],
) -> np.ndarray:
    found = np.full((len(streams), len(estimators), 3), np.nan)
    for row, stream in enumerate(streams):
        responds = np.random.default_rng(stream).random(len(population)) < probability
        respondents = population[responds].reset_index(drop=True)
        for column, estimator in enumerate(estimators.values()):
            try:
                found[row, column] = estimator(respondents, counts)
            except (InputError, ValueError):
                continue  # stays missing: counted as a failure
    return found


def _summary(name: str, truth: float, intervals: np.ndarray) -> dict[str, object]:
    estimate, low, high = intervals.T
    covered = int(((low <= truth) & (truth <= high)).sum())
    failed = np.isnan(intervals).any(axis=1)
    wilson = stats.binomtest(covered, len(intervals)).proportion_ci(method="wilson")
    return {
        "estimator": name,
        "truth": truth,
        "n_samples": len(intervals),
        "n_failed": int(failed.sum()),
        "coverage": covered / len(intervals),
        "coverage_low": wilson.low,
        "coverage_high": wilson.high,
        "bias": float(estimate[~failed].mean() - truth) if not failed.all() else float("nan"),
        "mean_width": float((high - low)[~failed].mean()) if not failed.all() else float("nan"),
    }


def _check_strata(population: Mapping[str, int], fractions: Mapping[str, float], what: str) -> None:
    if set(population.keys()) != set(fractions.keys()):
        raise InputError(
            f"a {what} is given for {sorted(fractions.keys())}", expected=sorted(population.keys()), place="strata"
        )
    if wrong := {stratum: value for stratum, value in fractions.items() if not 0 <= value <= 1}:
        raise InputError(f"a {what} is no fraction: {wrong}", expected="0 to 1")
