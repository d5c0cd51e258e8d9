"""What respondents say about the quantity of a published statement: share and interval."""

from collections.abc import Collection
from copy import copy
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.statistics.base_shares import share_of
from analysis.statistics.claim_blocks import OTHER_SUBJECTS, Published, is_written
from analysis.statistics.coded_claims import CodedClaims
from analysis.statistics.design import WeightedDesign
from analysis.statistics.estimates import ALL, estimate
from analysis.statistics.independence import independence_tests
from analysis.statistics.response_facts import ResponseFacts, count_response
from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.claims import Claim, meaning


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
    coded
        Coded open answers; nothing when there are none.
    frame
        One row per municipality of the population: ``province`` and ``responded``; nothing when it is not known.
    response
        Counts of the response, and the register; by default what the answers themselves tell.
    """

    def __init__(
        self,
        published: Published,
        design: WeightedDesign,
        *,
        coded: CodedClaims | None = None,
        frame: pd.DataFrame | None = None,
        response: ResponseFacts | None = None,
    ):
        self.published = published
        self.design = design
        self.answers = design.design.respondents
        self.coded = coded
        self.frame = frame
        self.response = response or ResponseFacts(count_response(self.answers))
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
        if claim.claim_id in self.published.response:
            return self._counted(claim)
        written = is_written(claim, self.published.claims)
        if self.is_decided_by_codes(claim):
            return self._written(claim) if self._is_settled(claim) else None
        if claim.question is None and claim.statistic == "share" and claim.n and not written:
            share = len(self.answers) / claim.n
            return Observed(len(self.answers), claim.n, share, share, share)
        return None if written else self._closed(claim)

    def _closed(self, claim: Claim) -> Observed | None:
        question = self.published.question(claim.question)
        if question is None or question.type == "open" or claim.evidence != "closed":
            return None
        if question.base != (claim.base or ALL):
            return self._of_everyone(claim)
        if claim.statistic == "max_share":
            found = [self._options(claim.question, (code,)) for code in claim.options or question.codes]
            return max(found, key=lambda one: one.share)
        if not claim.options:
            return self._several(claim) if question.type == "multi" else None
        if claim.relation == "within":
            return self._part(claim)
        return self._options(claim.question, claim.options)

    def _of_everyone(self, claim: Claim) -> Observed | None:
        """Return the share of all respondents who gave an answer, whoever was asked; nothing on another base."""
        is_part = claim.relation == "within" or claim.statistic == "max_share"
        if (claim.base or ALL) != ALL or not claim.options or is_part:
            return None
        return self._share(self._group(claim), ALL)

    def is_decided_by_codes(self, claim: Claim) -> bool:
        """Say whether coded open answers decide a statement.

        Parameters
        ----------
        claim
            The statement.
        """
        if self.coded is None or not self.coded.decides(claim):
            return False
        return is_written(claim, self.published.claims) or not claim.options

    def why_not(self, claim: Claim) -> str:
        """Return why these data cannot say whether a statement is true.

        Parameters
        ----------
        claim
            A statement of which nothing is observed, or whose words exclude nothing.

        Returns
        -------
        str
            ``earlier_wave``, ``outside``, ``not_kept``, ``no_bound``, ``not_coded``, ``coders_disagree``,
            ``no_options``, ``no_data``.
        """
        if claim.evidence == "2021":
            return "earlier_wave"
        is_empty = claim.statistic != "rank" and meaning(claim, self.published.quantifiers).form == "nothing"
        if claim.evidence == "context" or claim.question in OTHER_SUBJECTS:
            return "no_bound" if claim.question is None and is_empty else "outside"
        if claim.claim_id in self.published.response:
            return "not_kept" if self.published.response[claim.claim_id] == "not_kept" else "no_data"
        if is_empty:
            return "no_bound"
        if self.is_decided_by_codes(claim) and self.coded.is_coded(claim) and not self._is_settled(claim):
            return "coders_disagree"
        if self.is_decided_by_codes(claim) or is_written(claim, self.published.claims):
            return "not_coded"
        return "no_options" if self.published.question(claim.question) and not claim.options else "no_data"

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
        is_whole = question is not None and question.type != "multi" and question.base == (claim.base or ALL)
        if is_whole and claim.relation is None and claim.options:
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
        ids = self.answers["respondent_id"].reindex(ticks.index)
        return self._share(ids[ticks.sum(axis=1) >= 2], question.base, members=ids)

    def _share(self, ids: Collection[str], base: str, members: Collection[str] | None = None) -> Observed:
        return _observed(share_of(ids, base, self.published.instrument, self.design, members=members))

    def _group(self, claim: Claim) -> set[str]:
        """Return the respondents of whom a statement speaks, by ``respondent_id``."""
        if self.is_decided_by_codes(claim):
            return self.coded.writers(claim)
        question = self.published.question(claim.question)
        if question is None:
            return set()
        if question.type == "multi":
            ticked = [f"{question.name}_{code}" for code in claim.options]
            chosen = self.answers[ticked].apply(pd.to_numeric, errors="coerce").eq(1).any(axis="columns")
        else:
            chosen = self.answers[claim.question].isin(claim.options)
        return set(self.answers.loc[chosen, "respondent_id"])

    def _counted(self, claim: Claim) -> Observed | None:
        count = self.response.counts.get(self.published.response[claim.claim_id])
        if count is None:
            return None
        share = count / claim.n if claim.n else np.nan
        return Observed(count, claim.n or count, share, share, share)

    def _is_settled(self, claim: Claim) -> bool:
        """Say whether all answers are coded that decide a statement, and coders agree enough about it."""
        reference = self.published.claims.get(claim.reference) if claim.relation == "within" else None
        if reference is not None and self.is_decided_by_codes(reference) and not self._is_settled(reference):
            return False
        return self.coded.is_coded(claim) and self.coded.is_agreed(claim)

    def _written(self, claim: Claim) -> Observed:
        if claim.relation != "within":
            return _observed(self.coded.share(claim, self.published.instrument, self.design))
        group = self._group(self.published.claims[claim.reference])
        if not group:
            return Observed(0, 0, 0.0, 0.0, 1.0)
        return self._share(self.coded.writers(claim), ALL, members=group)


def _observed(row: pd.Series) -> Observed:
    return Observed(
        int(row["count"]), int(row["n"]), float(row["share"]), float(row["ci_low"]), float(row["ci_high"])
    )
