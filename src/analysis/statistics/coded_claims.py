"""What coded open answers say about published statements: how many wrote it, and its rank among themes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.base_shares import share_of
from analysis.statistics.design import WeightedDesign
from analysis.survey.claims import Claim
from analysis.survey.coding.theme_levels import Grouping
from analysis.survey.instrument import Instrument


@dataclass(frozen=True)
class Ranks:
    """Place of a theme among the codes of its question: by the answers, and when intervals may shift it."""

    first: int
    last: int
    lowest: int
    highest: int


class CodedClaims:
    """Coded open answers, by the statements that they decide.

    Parameters
    ----------
    themes
        Shares of coded answers, as ``data/processed/themes.csv``; without rows when nothing is coded yet.
    coded
        Coded answers: ``respondent_id``, ``column``, ``codes`` separated by ``;``.
    groups
        By column the statements that its codes decide, and which codes those are.
    complete
        Columns of which every answer is coded.
    disputed
        By column the statements about which coders agree too little to draw a conclusion.
    """

    def __init__(
        self,
        themes: pd.DataFrame,
        coded: pd.DataFrame,
        groups: Mapping[str, Collection[Grouping]],
        complete: Collection[str],
        disputed: Mapping[str, Collection[str]] | None = None,
    ):
        rows = themes[(themes["group"] == "all") & (themes["estimator"] == "unweighted")]
        self._shares = rows[rows["denominator"] == "routed"]
        self._coded = coded
        self._columns: dict[str, dict[str, frozenset[str]]] = {}
        for column, options in groups.items():
            for one in options:
                self._columns.setdefault(one.option, {})[column] = one.codes
        self._complete = frozenset(complete)
        self._disputed = {column: frozenset(names) for column, names in (disputed or {}).items()}

    def decides(self, claim: Claim) -> bool:
        """Say whether a codeframe names a statement.

        Parameters
        ----------
        claim
            The statement.
        """
        return claim.claim_id in self._columns

    def is_coded(self, claim: Claim) -> bool:
        """Say whether all answers are coded that decide a statement.

        Parameters
        ----------
        claim
            A statement that a codeframe names.
        """
        return set(self._columns[claim.claim_id]) <= self._complete

    def is_agreed(self, claim: Claim) -> bool:
        """Say whether coders agree enough, in every column, to draw a conclusion about a statement.

        Parameters
        ----------
        claim
            A statement that a codeframe names.
        """
        return not any(
            claim.claim_id in self._disputed.get(column, ()) for column in self._columns[claim.claim_id]
        )

    def share(self, claim: Claim, instrument: Instrument, design: WeightedDesign) -> pd.Series:
        """Return who wrote what a statement says: ``count``, ``n``, ``share``, ``ci_low`` and ``ci_high``.

        Parameters
        ----------
        claim
            A statement that a codeframe names.
        instrument
            The questionnaire.
        design
            Respondents with equal weights.

        Notes
        -----
        Of one column it is the share in ``themes``, of everyone who was asked. A statement that several columns
        decide, or that is about more respondents than were asked, is a share of its own base: who wrote it in one
        of the columns or more; who was asked none of them did not.
        """
        columns = self._columns[claim.claim_id]
        base = claim.base or "all"
        if len(columns) == 1:
            rows = self._shares[self._shares["question"] == next(iter(columns))]
            found = rows[(rows["level"] == "claim") & (rows["option"] == claim.claim_id)].iloc[0]
            if found["base"] == base:
                return found
        return share_of(self.writers(claim), base, instrument, design)

    def writers(self, claim: Claim) -> set[str]:
        """Return the respondents who wrote what a statement says, by ``respondent_id``.

        Parameters
        ----------
        claim
            A statement that a codeframe names.
        """
        found = set()
        for column, codes in self._columns[claim.claim_id].items():
            part = self._coded[self._coded["column"] == column]
            given = part["codes"].fillna("").map(lambda text, codes=codes: bool(codes & set(text.split(";"))))
            found |= set(part.loc[given.astype(bool), "respondent_id"])
        return found

    def ranks(self, claim: Claim) -> Ranks | None:
        """Return the place of a theme among all codes of its question; nothing when several columns decide it.

        Parameters
        ----------
        claim
            A statement that a codeframe names.

        Notes
        -----
        A place is possible when the intervals of the shares allow it, as in Klein, Wright and Wieczorek (2020,
        *Journal of the Royal Statistical Society C* 69), but with intervals one by one and not jointly.
        """
        columns = self._columns[claim.claim_id]
        if len(columns) != 1:
            return None
        [(column, own)] = columns.items()
        rows = self._shares[self._shares["question"] == column]
        mine = rows[(rows["level"] == "claim") & (rows["option"] == claim.claim_id)].iloc[0]
        others = rows[(rows["level"] == "code") & ~rows["option"].isin(own)]
        above = int((others["count"] > mine["count"]).sum())
        return Ranks(
            first=1 + above,
            last=1 + above + int((others["count"] == mine["count"]).sum()),
            lowest=1 + int((others["ci_low"] > mine["ci_high"]).sum()),
            highest=1 + int((others["ci_high"] >= mine["ci_low"]).sum()),
        )
