"""How much verdicts depend on the convention for quantity words: the same audit with other margins."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pandas as pd

from analysis.statistics.arithmetic import check_arithmetic
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Respondents
from analysis.statistics.claim_verdicts import check_data
from analysis.survey.quantifiers import Limit, Quantifiers

FACTORS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(5, 4), Fraction(3, 2), Fraction(2))


def scale_margins(quantifiers: Quantifiers, factor: Fraction) -> Quantifiers:
    """Return the convention with every margin a number of times as wide.

    Parameters
    ----------
    quantifiers
        The convention.
    factor
        Below one is stricter, above one is looser.

    Notes
    -----
    The margin of a limit is its distance to the share that the word names; for a word that names no share it is
    the distance to nothing, to half or to the whole, whichever the limit starts from.

    Examples
    --------
    >>> limit = Limit(Fraction(1), Fraction(-1, 20), False)
    >>> scale_limit(limit, Fraction(2), is_lower=True).offset
    Fraction(-1, 10)
    """
    return Quantifiers(
        replace(
            row,
            lower=row.lower and scale_limit(row.lower, factor, is_lower=True),
            upper=row.upper and scale_limit(row.upper, factor, is_lower=False),
        )
        for row in quantifiers.rows
    )


def scale_limit(limit: Limit, factor: Fraction, *, is_lower: bool) -> Limit:
    """Return a limit with its margin a number of times as wide.

    Parameters
    ----------
    limit
        The limit.
    factor
        Below one is stricter, above one is looser.
    is_lower
        Whether it is the lower end.
    """
    if limit.coefficient:
        return replace(limit, offset=limit.offset * factor)
    half = Fraction(1, 2)
    if limit.offset in (0, half, 1):
        return limit
    if is_lower:
        anchor = half if limit.offset < half else Fraction(1)
        return replace(limit, offset=max(anchor - (anchor - limit.offset) * factor, Fraction(0)))
    if limit.offset < half:
        return replace(limit, offset=min(limit.offset * factor, Fraction(1)))
    return replace(limit, offset=1 - (1 - limit.offset) / factor)


def margin_sensitivity(
    published: Published,
    verdicts: pd.DataFrame,
    respondents: Respondents | None = None,
    *,
    conclusion: str | None = None,
    factors: tuple[Fraction, ...] = FACTORS,
) -> pd.DataFrame:
    """Return which verdicts change when the margins of the convention do.

    Parameters
    ----------
    published
        The report.
    verdicts
        ``claim_id`` with ``arithmetic_verdict`` and ``data_verdict`` under the convention as it is.
    respondents
        The answers, when there are any.
    conclusion
        Chapter whose words give way first.
    factors
        How many times as wide the margins are made.

    Returns
    -------
    pandas.DataFrame
        One row per statement and factor: ``factor``, ``claim_id``, ``arithmetic_before``, ``arithmetic_after``,
        ``data_before``, ``data_after``.
    """
    before = verdicts.set_index("claim_id")
    return pd.concat(
        [_under(published, before, respondents, factor, conclusion) for factor in factors], ignore_index=True
    )


def changes_by_factor(changes: pd.DataFrame) -> pd.DataFrame:
    """Return how many verdicts change with each factor.

    Parameters
    ----------
    changes
        As :func:`margin_sensitivity` returns it.

    Returns
    -------
    pandas.DataFrame
        ``factor``, ``n`` (statements), ``arithmetic``, ``data`` and ``count`` (statements with either change).
    """
    moved = pd.DataFrame(
        {
            "factor": changes["factor"],
            "arithmetic": changes["arithmetic_before"] != changes["arithmetic_after"],
            "data": changes["data_before"] != changes["data_after"],
        }
    )
    moved["count"] = moved["arithmetic"] | moved["data"]
    counted = moved.groupby("factor", observed=True)[["arithmetic", "data", "count"]].sum()
    return counted.assign(n=moved.groupby("factor", observed=True).size()).reset_index()


def _under(
    published: Published,
    before: pd.DataFrame,
    respondents: Respondents | None,
    factor: Fraction,
    conclusion: str | None,
) -> pd.DataFrame:
    scaled = replace(published, quantifiers=scale_margins(published.quantifiers, factor))
    table = check_arithmetic(scaled, conclusion=conclusion, with_ranges=False).table.set_index("claim_id")
    names = list(before.index)
    data: Mapping[str, str] | pd.Series = before["data_verdict"]
    if respondents is not None:
        data = check_data(respondents.under(scaled), names)["data_verdict"]
    return pd.DataFrame(
        {
            "factor": float(factor),
            "claim_id": names,
            "arithmetic_before": before["arithmetic_verdict"].to_numpy(),
            "arithmetic_after": table.loc[names, "arithmetic_verdict"].to_numpy(),
            "data_before": before["data_verdict"].to_numpy(),
            "data_after": data.loc[names].to_numpy(),
        }
    )
