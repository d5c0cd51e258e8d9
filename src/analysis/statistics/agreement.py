"""How far two or more coders agree, and how sure that is.

Krippendorff's alpha is one minus the disagreement that was seen divided by the disagreement that chance would
give; 1 is perfect, 0 is what chance would do. Coders give a set of codes, so there are two questions: per code,
whether it was given or not (nominal alpha on 0 and 1); overall, how far the sets lie apart (alpha with the MASI
distance).

Sources: Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*; Passonneau (2006), *Measuring Agreement
on Set-valued Items (MASI) for Semantic and Pragmatic Annotation*, LREC; for the bootstrap over units Zapf,
Castell, Morawietz and Karch (2016), *Measuring inter-rater reliability for nominal data – which coefficients and
confidence intervals are appropriate?*, BMC Medical Research Methodology 16:93.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import krippendorff
import numpy as np
import pandas as pd

OVERALL = "all"
COLUMNS = (
    "code",
    "n",
    "n_coders",
    "n_given",
    "alpha",
    "alpha_low",
    "alpha_high",
    "agreement",
    "n_disagreements",
)
SEPARATOR = ";"
FEW_MENTIONS = 5
"""Of a code that fewer respondents named nothing is said: one other judgement changes alpha by a fifth or more."""
_SUBSET, _OVERLAP = 2 / 3, 1 / 3  # monotonicity of Passonneau (2006); identical sets have 1, disjoint sets 0


@dataclass(frozen=True)
class Bootstrap:
    """How an interval is drawn: start of the random numbers, number of resamples, confidence level."""

    seed: int
    n_resamples: int = 2000
    level: float = 0.95


def masi_distance(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how far two sets of codes lie apart, from 0 (the same) to 1 (nothing in common).

    One minus the Jaccard similarity times a factor for how the sets lie: 1 when equal, 2/3 when one is within the
    other, 1/3 when they overlap (Passonneau 2006). A code more or less so weighs less than another code.

    Parameters
    ----------
    one, other
        Sets of codes; two empty sets are the same.

    Examples
    --------
    >>> round(masi_distance(frozenset("ab"), frozenset("abcd")), 4)
    0.6667
    """
    if one == other:
        return 0.0
    common = one & other
    monotonicity = 0.0 if not common else _SUBSET if one <= other or other <= one else _OVERLAP
    return 1 - len(common) / len(one | other) * monotonicity


def nominal_alpha(ratings: np.ndarray) -> float:
    """Return Krippendorff's alpha for categories without an order.

    Parameters
    ----------
    ratings
        One row per coder, one column per unit, a number per category; missing where a coder has no rating.

    Returns
    -------
    float
        Missing when no unit has two ratings, or all ratings are the same: without variation there is nothing to
        agree about beyond chance.

    Examples
    --------
    The binary data of Krippendorff (2011), section A: alpha is 0.095.

    >>> meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    >>> owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> round(nominal_alpha(np.array([meg, owen], dtype=float)), 3)
    0.095
    """
    return _alpha(np.asarray(ratings, dtype=float), "nominal")


def masi_alpha(ratings: pd.DataFrame) -> float:
    """Return Krippendorff's alpha for sets of codes, with the MASI distance.

    Parameters
    ----------
    ratings
        One row per unit, one column per coder; codes separated by ``;``, missing where a coder has no rating.

    Returns
    -------
    float
        Missing as for :func:`nominal_alpha`.
    """
    numbers, distances = _sets(ratings)
    return _alpha(numbers, lambda v1, v2, i1, i2, n_v, dtype: distances[i1, i2].astype(dtype))


def agreement_table(ratings: pd.DataFrame, codes: Sequence[str], bootstrap: Bootstrap) -> pd.DataFrame:
    """Measure the agreement per code and overall, on the units that at least two coders coded.

    The interval is the percentile interval of a bootstrap over units. It takes the coders as given: it says how
    sure the agreement of these coders is, not that of others.

    Parameters
    ----------
    ratings
        One row per unit, one column per coder; codes separated by ``;``, missing where a coder has no rating.
    codes
        The codes to report, in order.
    bootstrap
        Seed, resamples and level of the intervals.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`; the first row has code ``all``. ``n`` are units with two or more ratings,
        ``n_given`` the ratings with the code among them, ``agreement`` the share of pairs of ratings that are
        equal, ``n_disagreements`` the units with some difference. Alpha is missing for a code that nobody or
        everybody gave; its interval leaves out resamples in which that happens, and is missing when most are.
    """
    double = ratings[ratings.notna().sum(axis="columns") > 1]
    drawn = _resamples(len(double), bootstrap)
    numbers, distances = _sets(double)
    rows = [_row(OVERALL, numbers, distances, drawn, bootstrap.level)]
    rows[0]["n_given"] = int(double.notna().to_numpy().sum())
    rows[0]["alpha"] = masi_alpha(double)
    different = 1 - np.eye(2)
    for code in codes:
        given = has_code(double, code)
        row = _row(code, given, different, drawn, bootstrap.level)
        rows.append(row | {"n_given": int(np.nansum(given)), "alpha": nominal_alpha(given)})
    table = pd.DataFrame(rows).assign(n=len(double), n_coders=int(double.notna().any().sum()))
    return table[list(COLUMNS)]


def has_code(ratings: pd.DataFrame, code: str) -> np.ndarray:
    """Tell per coder (row) and unit (column) whether a code was given: 1, 0, or missing without a rating.

    Parameters
    ----------
    ratings
        One row per unit, one column per coder; codes separated by ``;``.
    code
        The code.
    """
    given = ratings.map(lambda cell: float(code in cell.split(SEPARATOR)), na_action="ignore")
    return given.to_numpy(dtype=float).T


def reliability(table: pd.DataFrame, threshold: float, mentions: pd.Series | None = None) -> pd.Series:
    """Judge how far a code can be trusted, by alpha and by the lower end of its interval.

    Krippendorff (2004, *Content Analysis*, section 11.4.2) asks for 0.8, and calls 0.667 the lowest that allows
    tentative conclusions.

    Parameters
    ----------
    table
        Columns ``alpha`` and ``alpha_low``.
    threshold
        The lowest alpha that is reliable.
    mentions
        How many respondents named the code, where that is known.

    Returns
    -------
    pandas.Series
        ``too_few``: fewer than :data:`FEW_MENTIONS` named it. ``reliable``: the whole interval is at or above the
        threshold. ``unsure``: alpha is, but its interval reaches below, or is missing. ``not_reliable``:
        alpha is below. ``unknown``: there is no alpha.

    Examples
    --------
    >>> table = pd.DataFrame({"alpha": [0.9, 0.7, 0.5, np.nan], "alpha_low": [0.8, 0.6, 0.4, np.nan]})
    >>> reliability(table, 0.667).tolist()
    ['reliable', 'unsure', 'not_reliable', 'unknown']
    """
    alpha, low = table["alpha"].astype("float64"), table["alpha_low"].astype("float64")
    judged = pd.Series("not_reliable", index=table.index, dtype="str")
    judged = judged.mask(alpha >= threshold, "unsure").mask((alpha >= threshold) & (low >= threshold), "reliable")
    if mentions is not None:
        judged = judged.mask(mentions < FEW_MENTIONS, "too_few")
    return judged.mask(alpha.isna(), "unknown")


def _alpha(numbers: np.ndarray, level: str | Callable) -> float:
    paired = numbers[:, (~np.isnan(numbers)).sum(axis=0) > 1]
    domain = np.unique(paired[~np.isnan(paired)])
    if len(domain) < 2:
        return float("nan")
    if not isinstance(level, str):
        domain = np.arange(domain.max() + 1)
    return float(krippendorff.alpha(paired, value_domain=domain, level_of_measurement=level))


def _sets(ratings: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give each set that occurs a number: return those by coder and unit, and the distance between sets."""
    sets = ratings.map(lambda cell: frozenset(filter(None, cell.split(SEPARATOR))), na_action="ignore")
    given = sets.to_numpy(dtype=object).T
    unique = sorted({cell for cell in given.ravel() if isinstance(cell, frozenset)}, key=sorted)
    number = {codes: float(place) for place, codes in enumerate(unique)}
    numbers = np.array([[number.get(cell, np.nan) for cell in row] for row in given], dtype=float)
    distances = np.array([[masi_distance(one, other) for other in unique] for one in unique])
    return numbers.reshape(given.shape), distances.reshape(len(unique), len(unique))


def _resamples(n_units: int, bootstrap: Bootstrap) -> np.ndarray:
    """Draw how often each unit stands in each resample; the same resamples serve every code."""
    if not n_units:
        return np.zeros((bootstrap.n_resamples, 0))
    random = np.random.default_rng(bootstrap.seed)
    return random.multinomial(n_units, np.full(n_units, 1 / n_units), size=bootstrap.n_resamples).astype(float)


def _row(
    code: str, numbers: np.ndarray, distances: np.ndarray, drawn: np.ndarray, level: float
) -> dict[str, object]:
    seen, counts = _by_unit(numbers, distances)
    same, pairs = _equal_pairs(counts)
    low, high = _interval(seen, counts, distances, drawn, level)
    return {
        "code": code,
        "alpha_low": low,
        "alpha_high": high,
        "agreement": same.sum() / pairs.sum() if pairs.sum() else np.nan,
        "n_disagreements": int((same < pairs).sum()),
    }


def _by_unit(numbers: np.ndarray, distances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the disagreement seen in each unit, as it enters alpha, and how often each value was given in it."""
    counts = (numbers.T[:, :, None] == np.arange(len(distances))).sum(axis=1).astype(float)
    ratings = counts.sum(axis=1)
    crossed = np.einsum("uv,vw,uw->u", counts, distances, counts)
    return np.divide(crossed, ratings - 1, out=np.zeros(len(counts)), where=ratings > 1), counts


def _equal_pairs(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ratings = counts.sum(axis=1)
    return (counts * (counts - 1)).sum(axis=1) / 2, ratings * (ratings - 1) / 2


def _interval(
    seen: np.ndarray, counts: np.ndarray, distances: np.ndarray, drawn: np.ndarray, level: float
) -> tuple[float, float]:
    """Return the percentile interval of alpha when units are drawn again with replacement."""
    if not len(seen):
        return np.nan, np.nan
    values = drawn @ counts
    total = values.sum(axis=1)
    by_chance = ((values @ distances) * values).sum(axis=1) / (total - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        alphas = np.where(by_chance > 0, 1 - drawn @ seen / by_chance, np.nan)
    defined = alphas[~np.isnan(alphas)]
    if 2 * len(defined) < len(drawn):
        return np.nan, np.nan
    low, high = np.quantile(defined, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
