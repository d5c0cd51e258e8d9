"""Published statements against the answers: a verdict for each."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.statistics.claim_blocks import is_written
from analysis.statistics.claim_shares import Observed, Respondents
from analysis.survey.claims import AVERAGE, Claim, Meaning, meaning

COLUMNS = ("data_count", "data_n", "data_share", "data_ci_low", "data_ci_high", "data_verdict")


def check_data(respondents: Respondents, names: Iterable[str], *, alpha: float = 0.05) -> pd.DataFrame:
    """Judge statements by the answers.

    Parameters
    ----------
    respondents
        The answers.
    names
        Identifiers of statements.
    alpha
        Significance level of the test behind a judgement about the response.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``claim_id``, with :data:`COLUMNS`. ``confirmed``: the answers give what is printed, or a share
        within the interval of the words. ``within_interval``: they do not, but their confidence interval reaches
        it. ``contradicted``: not even that. ``not_tested``: respondents cannot say.
    """
    claims = respondents.published.claims
    return pd.DataFrame.from_dict(
        {name: _judge(claims[name], respondents, alpha) for name in names}, orient="index", columns=list(COLUMNS)
    ).astype({"data_count": "Int64", "data_n": "Int64"})


def _judge(claim: Claim, respondents: Respondents, alpha: float) -> dict[str, object]:
    if claim.evidence not in ("closed", "open"):
        return {"data_verdict": "not_tested"}
    if claim.statistic in ("min_rate", "max_rate"):
        rates = respondents.province_rates()
        rate = float(rates.min() if claim.statistic == "min_rate" else rates.max())
        is_equal = int(np.floor(100 * rate + 0.5)) == claim.value[0]
        return {"data_share": rate, "data_verdict": "confirmed" if is_equal else "contradicted"}
    if claim.statistic == "judgement":
        by_province = claim.question == "province"
        p_value = respondents.province_p_value() if by_province else respondents.size_class_p_value()
        return {"data_verdict": "contradicted" if p_value < alpha else "confirmed"}
    demand = meaning(claim, respondents.published.quantifiers)
    if demand.form in ("nothing", "verdict", "rank"):
        return _plain(respondents.observe(claim) if demand.form == "nothing" else None)
    if demand.form == "labels":
        expected = sorted((*claim.value, *[0] * (len(claim.options) - len(claim.value))), reverse=True)
        is_equal = expected in respondents.labels(claim)
        return {"data_verdict": "confirmed" if is_equal else "contradicted"}
    observed = respondents.observe(claim)
    if observed is None or not observed.n:
        return {"data_verdict": "not_tested"}
    return _plain(observed) | {"data_verdict": _compare(claim, demand, observed, respondents)}


def _compare(claim: Claim, demand: Meaning, observed: Observed, respondents: Respondents) -> str:
    written = is_written(claim, respondents.published.claims)
    if demand.form == "count":
        if observed.count == claim.value[0]:
            return "confirmed"
        inside = written and observed.low <= claim.value[0] / observed.n <= observed.high
        return "within_interval" if inside else "contradicted"
    if demand.form == "percent":
        if claim.value[0] in respondents.printed(claim):
            return "confirmed"
        low, high = (claim.value[0] - 0.5) / 100, (claim.value[0] + 0.5) / 100
        return "within_interval" if observed.low <= high and observed.high >= low else "contradicted"
    low, high, low_open, high_open = share_interval(claim, demand, observed, respondents)
    above = observed.share > low or (not low_open and np.isclose(observed.share, low))
    below = observed.share < high or (not high_open and np.isclose(observed.share, high))
    if above and below:
        return "confirmed"
    return "within_interval" if observed.low <= high and observed.high >= low else "contradicted"


def share_interval(
    claim: Claim, demand: Meaning, observed: Observed, respondents: Respondents
) -> tuple[float, float, bool, bool]:
    """Return the shares that the words of a statement allow: lowest, highest, and whether each is left out.

    Parameters
    ----------
    claim
        The statement.
    demand
        What it demands.
    observed
        What respondents say; its base decides whether a word is read as a number of municipalities.
    respondents
        The answers, for the share that the statement compares with.
    """
    rules = [rule for rule in demand.count_rules if rule.base_below is None or observed.n < rule.base_below]
    replacing = [rule for rule in rules if rule.base_below is not None]
    x = _compared_share(demand.x, claim, observed, respondents)
    low, high = 0.0, 1.0
    low_open = high_open = False
    if not replacing:
        if demand.lower is not None:
            low, low_open = float(demand.lower.at(x).offset), demand.lower.is_strict
        if demand.upper is not None:
            high, high_open = float(demand.upper.at(x).offset), demand.upper.is_strict
    for rule in rules:
        low = max(low, rule.at_least / observed.n)
        low_open = low_open and low > rule.at_least / observed.n
        if rule.at_most is not None:
            high, high_open = min(high, rule.at_most / observed.n), False
    return low, high, low_open, high_open


def _compared_share(name: str | None, claim: Claim, observed: Observed, respondents: Respondents) -> Fraction:
    facts: Mapping[str, Fraction] = respondents.published.facts
    if name is None:
        return Fraction(0)
    if name == AVERAGE:
        return Fraction(respondents.average(claim))
    if name in facts:
        return facts[name]
    reference = respondents.published.claims[name]
    found = respondents.observe(reference)
    return Fraction(found.share) if found else Fraction(reference.value[0], 100)


def _plain(observed: Observed | None) -> dict[str, object]:
    if observed is None:
        return {"data_verdict": "not_tested"}
    return {
        "data_count": observed.count,
        "data_n": observed.n,
        "data_share": observed.share,
        "data_ci_low": observed.low,
        "data_ci_high": observed.high,
        "data_verdict": "not_tested",
    }
