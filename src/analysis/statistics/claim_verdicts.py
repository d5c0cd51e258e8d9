"""Published statements against the answers: a verdict for each."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.statistics.claim_blocks import REGISTER, is_written
from analysis.statistics.claim_shares import Observed, Respondents
from analysis.survey.claims import AVERAGE, Claim, Meaning, meaning

COLUMNS = (
    "data_count",
    "data_n",
    "data_share",
    "data_ci_low",
    "data_ci_high",
    "data_verdict",
    "data_source",
    "data_reason",
    "data_certain",
)


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
        it. ``contradicted``: not even that. ``not_tested``: nothing can say, and ``data_reason`` is why (see
        :meth:`analysis.statistics.claim_shares.Respondents.why_not`). ``data_source`` says what decided:
        ``answers``, ``coded``, ``response``, ``register``, ``earlier`` (a fact about the earlier wave), ``rank``.
        ``data_certain`` tells of a confirmed rank whether the intervals leave no room for another place.
    """
    claims = respondents.published.claims
    return pd.DataFrame.from_dict(
        {name: _judge(claims[name], respondents, alpha) for name in names}, orient="index", columns=list(COLUMNS)
    ).astype({"data_count": "Int64", "data_n": "Int64"})


def _judge(claim: Claim, respondents: Respondents, alpha: float) -> dict[str, object]:
    published = respondents.published
    if claim.evidence == "2021" and claim.kind == "exact_percent" and claim.reference in published.facts:
        fact = published.facts[claim.reference]
        is_equal = Fraction(claim.value[0], 100) == fact
        return {"data_share": float(fact), "data_source": "earlier"} | _verdict(is_equal)
    if claim.evidence not in ("closed", "open"):
        return _not_tested(claim, respondents)
    if claim.question == REGISTER:
        return _judge_register(claim, respondents)
    if claim.statistic in ("min_rate", "max_rate", "judgement"):
        return _judge_response(claim, respondents, alpha)
    if claim.statistic == "rank":
        return _judge_rank(claim, respondents)
    return _judge_quantity(claim, respondents)


def _judge_quantity(claim: Claim, respondents: Respondents) -> dict[str, object]:
    published = respondents.published
    demand = meaning(claim, published.quantifiers)
    if demand.form == "labels":
        expected = sorted((*claim.value, *[0] * (len(claim.options) - len(claim.value))), reverse=True)
        return {"data_source": "answers"} | _verdict(expected in respondents.labels(claim))
    observed = respondents.observe(claim)
    if observed is None or not observed.n:
        return _not_tested(claim, respondents)
    source = "response" if claim.question is None or claim.claim_id in published.response else "answers"
    if respondents.is_decided_by_codes(claim):
        source = "coded"
    row = _plain(observed) | {"data_source": source}
    if demand.form in ("nothing", "verdict"):
        return row | _not_tested(claim, respondents)
    return row | {"data_verdict": _compare(claim, demand, observed, respondents)}


def _judge_register(claim: Claim, respondents: Respondents) -> dict[str, object]:
    """Compare with the register; what another day of the register gives is within the uncertainty."""
    found = respondents.response.registered(claim.options)
    if found is None:
        return _not_tested(claim, respondents)
    count, value = found.counts[0], claim.value[0]
    row = {
        "data_count": count,
        "data_n": found.total,
        "data_share": count / found.total,
        "data_source": "register",
    }
    if claim.kind == "exact_count":
        is_equal, low, high = value == count, min(found.counts), max(found.counts)
    else:
        is_equal, (low, high) = value in found.percentages, found.span
    return row | (
        _verdict(is_equal) if is_equal or not low <= value <= high else {"data_verdict": "within_interval"}
    )


def _judge_response(claim: Claim, respondents: Respondents, alpha: float) -> dict[str, object]:
    if respondents.frame is None:
        return _not_tested(claim, respondents)
    if claim.statistic == "judgement":
        by_province = claim.question == "province"
        p_value = respondents.province_p_value() if by_province else respondents.size_class_p_value()
        return {"data_source": "response"} | _verdict(p_value >= alpha)
    rates = respondents.province_rates()
    rate = float(rates.min() if claim.statistic == "min_rate" else rates.max())
    is_equal = int(np.floor(100 * rate + 0.5)) == claim.value[0]
    return {"data_share": rate, "data_source": "response"} | _verdict(is_equal)


def _judge_rank(claim: Claim, respondents: Respondents) -> dict[str, object]:
    observed = respondents.observe(claim) if respondents.is_decided_by_codes(claim) else None
    ranks = respondents.coded.ranks(claim) if observed is not None else None
    if ranks is None:
        return _not_tested(claim, respondents)
    row = _plain(observed) | {"data_source": "rank"}
    if ranks.first <= claim.value[0] <= ranks.last:
        return row | _verdict(True) | {"data_certain": ranks.lowest == ranks.highest}
    inside = ranks.lowest <= claim.value[0] <= ranks.highest
    return row | {"data_verdict": "within_interval" if inside else "contradicted"}


def _verdict(is_equal: bool) -> dict[str, object]:
    return {"data_verdict": "confirmed" if is_equal else "contradicted"}


def _not_tested(claim: Claim, respondents: Respondents) -> dict[str, object]:
    return {"data_verdict": "not_tested", "data_reason": respondents.why_not(claim)}


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


def _plain(observed: Observed) -> dict[str, object]:
    return {
        "data_count": observed.count,
        "data_n": observed.n,
        "data_share": observed.share,
        "data_ci_low": observed.low,
        "data_ci_high": observed.high,
    }
