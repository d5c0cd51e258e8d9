"""What respondents say about published statements: share, interval and a verdict for each."""

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from analysis.statistics.claim_blocks import Published, find_question, is_written
from analysis.statistics.design import WeightedDesign
from analysis.statistics.estimates import estimate
from analysis.statistics.independence import independence_tests
from analysis.statistics.intervals import beta_interval
from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.claims import AVERAGE, Claim, meaning

COLUMNS = ("data_count", "data_n", "data_share", "data_ci_low", "data_ci_high", "data_verdict")


@dataclass(frozen=True)
class Observed:
    """A share among respondents with its confidence interval; counts are respondents."""

    count: int
    n: int
    share: float
    low: float
    high: float


class Respondents:
    """The answers, in the form in which statements ask for them.

    Parameters
    ----------
    published
        The report.
    design
        Respondents with equal weights.
    themes
        Shares of coded open answers, as ``data/processed/themes.csv``; the rows of level ``claim`` are used.
    frame
        One row per municipality of the population: ``province`` and ``responded``.
    """

    def __init__(self, published: Published, design: WeightedDesign, themes: pd.DataFrame, frame: pd.DataFrame):
        self.published = published
        self.design = design
        self.answers = design.design.respondents
        rows = themes[(themes["level"] == "claim") & (themes["group"] == "all")]
        rows = rows[(rows["estimator"] == "unweighted") & (rows["denominator"] == "routed")]
        self.themes = {row.option: row for row in rows.itertuples()}
        self.frame = frame
        self._estimates = self._estimate_all()

    def under(self, published: Published) -> "Respondents":
        """Return the same answers for the same statements under another convention.

        Parameters
        ----------
        published
            The report with another convention for quantity words.
        """
        other = copy(self)
        other.published = published
        return other

    def observe(self, claim: Claim) -> Observed | None:
        """Return what respondents say about the quantity of a statement; nothing when they cannot.

        Parameters
        ----------
        claim
            The statement.
        """
        if is_written(claim, self.published.claims) or (claim.claim_id in self.themes and not claim.options):
            return self._written(claim)
        if claim.question is None and claim.statistic == "share" and claim.n:
            share = len(self.answers) / claim.n
            return Observed(len(self.answers), claim.n, share, share, share)
        question = find_question(self.published.instrument, claim.question)
        if question is None or question.type == "open" or claim.evidence != "closed":
            return None
        if claim.statistic == "max_share":
            found = [self._options(claim.question, (code,)) for code in claim.options or question.codes]
            return max(found, key=lambda one: one.share)
        if not claim.options:
            return self._several(claim) if question.type == "multi" else None
        if claim.relation == "within":
            return self._part(claim)
        return self._options(claim.question, claim.options)

    def printed(self, claim: Claim) -> set[int]:
        """Return the whole percentages that either rounding rule prints for a statement.

        Parameters
        ----------
        claim
            A statement about a part of a distribution.
        """
        question = find_question(self.published.instrument, claim.question)
        mine = self.observe(claim)
        values = {int(np.floor(100 * mine.share + 0.5))}
        if question is not None and question.type != "multi" and claim.relation is None and claim.options:
            parts = [claim.options, *((code,) for code in question.codes if code not in claim.options)]
            parts.sort(key=lambda part: question.codes.index(part[0]))
            counts = [self._options(claim.question, part).count for part in parts]
            values |= {rule(counts)[parts.index(claim.options)] for rule in ROUNDING_RULES.values()}
        return values

    def labels(self, claim: Claim) -> list[list[int]]:
        """Return the labels of some options under each rounding rule, largest first.

        Parameters
        ----------
        claim
            A statement about labels without their position.
        """
        question = find_question(self.published.instrument, claim.question)
        counts = [self._options(claim.question, (code,)).count for code in question.codes]
        places = [question.codes.index(code) for code in claim.options]
        return [
            sorted((rule(counts)[place] for place in places), reverse=True) for rule in ROUNDING_RULES.values()
        ]

    def average(self, claim: Claim) -> float:
        """Return the average share over the options of the question of a statement.

        Parameters
        ----------
        claim
            The statement.
        """
        question = find_question(self.published.instrument, claim.question)
        return float(np.mean([self._options(claim.question, (code,)).share for code in question.codes]))

    def province_rates(self) -> pd.Series:
        """Return the respondents of each province as a share of its municipalities."""
        municipalities = self.frame.groupby("province", observed=True).size()
        respondents = self.answers["province"].value_counts()
        return (respondents.reindex(municipalities.index).fillna(0) / municipalities).astype(float)

    def province_p_value(self) -> float:
        """Return the p-value of the test whether response differs between provinces."""
        cells = self.frame.groupby("province", observed=True)["responded"].agg(["size", "sum"]).reset_index()
        cells.columns = ["province", "population", "respondents"]
        return float(independence_tests(cells, ["province"], n_tables=9_999)["p_value"].iloc[0])

    def _estimate_all(self) -> pd.DataFrame:
        instrument = self.published.instrument
        unions: dict[str, list[str]] = {}
        for claim in self.published.claims.values():
            question = find_question(instrument, claim.question)
            is_union = len(claim.options) > 1 and claim.evidence == "closed" and claim.relation != "within"
            if question is not None and question.codes and is_union and set(claim.options) < set(question.codes):
                union = ";".join(claim.options)
                if union not in unions.setdefault(question.name, []):
                    unions[question.name].append(union)
        names = [question.name for question in instrument.closed_questions]
        table = estimate(instrument, names, self.design, unions=unions)
        return table.set_index(["question", "option"])

    def _options(self, variable: str, codes: tuple[str, ...]) -> Observed:
        question = find_question(self.published.instrument, variable)
        if set(codes) == set(question.codes):
            n = int(self._estimates.loc[(variable, codes[0]), "n"])
            return Observed(n, n, 1.0, 1.0, 1.0)
        return _observed(self._estimates.loc[(variable, ";".join(codes))])

    def _part(self, claim: Claim) -> Observed:
        group = self.published.claims[claim.reference]
        where = {group.question: list(group.options)}
        union = {claim.question: [";".join(claim.options)]} if len(claim.options) > 1 else None
        table = estimate(self.published.instrument, claim.question, self.design, where=where, unions=union)
        return _observed(table.set_index("option").loc[";".join(claim.options)])

    def _several(self, claim: Claim) -> Observed:
        question = find_question(self.published.instrument, claim.question)
        ticks = self.answers[list(question.columns)].apply(pd.to_numeric, errors="coerce").dropna()
        count, n = int((ticks.sum(axis=1) >= 2).sum()), len(ticks)
        low, high = beta_interval(np.array([count / n]), np.array([n]), 0.95)
        return Observed(count, n, count / n, float(low[0]), float(high[0]))

    def _written(self, claim: Claim) -> Observed | None:
        row = self.themes.get(claim.claim_id)
        if row is None:
            return None
        if claim.relation == "within":
            group = self.observe(self.published.claims[claim.reference])
            share = min(row.count / group.count, 1.0) if group and group.count else 0.0
            size = group.count if group else 0
            low, high = beta_interval(np.array([share]), np.array([size]), 0.95)
            return Observed(int(row.count), size, share, float(low[0]), float(high[0]))
        return _observed(pd.Series(row._asdict()))


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
    if claim.statistic == "judgement" and claim.question == "province":
        verdict = "contradicted" if respondents.province_p_value() < alpha else "confirmed"
        return {"data_verdict": verdict}
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


def _compare(claim: Claim, demand, observed: Observed, respondents: Respondents) -> str:
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
    claim: Claim, demand, observed: Observed, respondents: Respondents
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


def _observed(row: pd.Series) -> Observed:
    return Observed(
        int(row["count"]), int(row["n"]), float(row["share"]), float(row["ci_low"]), float(row["ci_high"])
    )
