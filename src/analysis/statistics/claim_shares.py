"""What respondents say about the quantity of a published statement: share and interval."""

from copy import copy
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.claim_blocks import Published, is_written
from analysis.statistics.design import WeightedDesign
from analysis.statistics.estimates import estimate
from analysis.statistics.independence import independence_tests
from analysis.statistics.intervals import beta_interval
from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.claims import Claim


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
        question = self.published.question(claim.question)
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
        question = self.published.question(claim.question)
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
        question = self.published.question(claim.question)
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
        question = self.published.question(claim.question)
        return float(np.mean([self._options(claim.question, (code,)).share for code in question.codes]))

    def province_rates(self) -> pd.Series:
        """Return the respondents of each province as a share of its municipalities."""
        municipalities = self.frame.groupby("province", observed=True).size()
        respondents = self.answers["province"].value_counts()
        return (respondents.reindex(municipalities.index).fillna(0) / municipalities).astype(float)

    def size_class_p_value(self) -> float:
        """Return the p-value of the exact test whether response differs between the strata of the design."""
        design = self.design.design
        cells = pd.DataFrame({"group": list(design.population), "population": list(design.population.values())})
        cells["respondents"] = cells["group"].map(design.sample_counts)
        return float(independence_tests(cells, ["group"])["p_value"].iloc[-1])

    def province_p_value(self) -> float:
        """Return the p-value of the test whether response differs between provinces."""
        cells = self.frame.groupby("province", observed=True)["responded"].agg(["size", "sum"]).reset_index()
        cells.columns = ["province", "population", "respondents"]
        return float(independence_tests(cells, ["province"], n_tables=9_999)["p_value"].iloc[0])

    def _estimate_all(self) -> pd.DataFrame:
        instrument = self.published.instrument
        unions: dict[str, list[str]] = {}
        for claim in self.published.claims.values():
            question = self.published.question(claim.question)
            is_union = len(claim.options) > 1 and claim.evidence == "closed" and claim.relation != "within"
            if question is not None and question.codes and is_union and set(claim.options) < set(question.codes):
                union = ";".join(claim.options)
                if union not in unions.setdefault(question.name, []):
                    unions[question.name].append(union)
        names = [question.name for question in instrument.closed_questions]
        table = estimate(instrument, names, self.design, unions=unions)
        return table.set_index(["question", "option"])

    def _options(self, variable: str, codes: tuple[str, ...]) -> Observed:
        question = self.published.question(variable)
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
        question = self.published.question(claim.question)
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


def _observed(row: pd.Series) -> Observed:
    return Observed(
        int(row["count"]), int(row["n"]), float(row["share"]), float(row["ci_low"]), float(row["ci_high"])
    )
