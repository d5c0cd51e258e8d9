"""When the answers of both waves are known: municipalities in both, and tests that use the pairs."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar

from analysis.errors import InputError
from analysis.statistics.comparison.overlap import partly_overlapping_p
from analysis.statistics.comparison.samples import Sample
from analysis.statistics.comparison.tests_of_change import CONFIDENCE

Rule = Literal["any", "all"]
EXACT_BELOW = 25


@dataclass(frozen=True)
class PairedCounts:
    """A yes-no answer in two waves.

    ``yes_yes``, ``yes_no``, ``no_yes`` and ``no_no`` are the respondents in both waves (first the earlier
    answer); ``only_1`` and ``only_2`` are (with the answer, respondents) among those in one wave.
    """

    yes_yes: int
    yes_no: int
    no_yes: int
    no_no: int
    only_1: tuple[int, int]
    only_2: tuple[int, int]

    @property
    def n_both(self) -> int:
        """Respondents in both waves."""
        return self.yes_yes + self.yes_no + self.no_yes + self.no_no

    @property
    def samples(self) -> tuple[Sample, Sample]:
        """All respondents of each wave."""
        first = Sample(self.yes_yes + self.yes_no + self.only_1[0], self.n_both + self.only_1[1])
        return first, Sample(self.yes_yes + self.no_yes + self.only_2[0], self.n_both + self.only_2[1])

    @property
    def correlation(self) -> float:
        """Phi of the pairs; 0 when an answer does not vary among them."""
        margins = (
            (self.yes_yes + self.yes_no)
            * (self.no_yes + self.no_no)
            * (self.yes_yes + self.no_yes)
            * (self.yes_no + self.no_no)
        )
        product = self.yes_yes * self.no_no - self.yes_no * self.no_yes
        return product / float(np.sqrt(margins)) if margins else 0.0


def on_later_map(answers: pd.DataFrame, codes: pd.Series, later_units: pd.Series, rule: Rule) -> pd.DataFrame:
    """Put the answers of the earlier wave on the units of the later wave.

    Earlier municipalities that now form one municipality, or for which one person answered in the later wave,
    become one unit. Its answer is yes when any of them said so, or when all did.

    Parameters
    ----------
    answers
        ``code`` (of the earlier map) and a column of true and false per item; missing where it was not asked.
    codes
        Later code by earlier code, see :func:`analysis.statistics.comparison.mergers.later_codes`.
    later_units
        Respondent of the later wave by later code; municipalities without one keep their code as unit.
    rule
        ``any`` or ``all``.

    Returns
    -------
    pandas.DataFrame
        The items by unit, sorted; true, false or missing.

    Raises
    ------
    InputError
        When a code is not on the earlier map.
    """
    unknown = sorted(set(answers["code"]) - set(codes.index))
    if unknown:
        raise InputError(
            f"{len(unknown)} municipalities are not on the map of 2021, the first is {unknown[0]}",
            remedy="correct their names in the export of 2021",
        )
    later = answers["code"].map(codes)
    units = later.map(later_units).fillna(later).rename("unit")
    items = answers.drop(columns="code").astype("Float64")
    grouped = items.groupby(units, observed=True)
    return (grouped.max() if rule == "any" else grouped.min()).astype("boolean").sort_index()


def pair_waves(earlier: pd.Series, later: pd.Series) -> PairedCounts:
    """Count one yes-no answer over two waves.

    Parameters
    ----------
    earlier, later
        True, false or missing by unit; a unit that both have is a pair when neither answer is missing.
    """
    both = pd.concat({"earlier": earlier.astype("boolean"), "later": later.astype("boolean")}, axis="columns")
    known = both.notna()
    pairs = both[known.all(axis="columns")].astype(bool)
    table = pd.crosstab(pairs["earlier"], pairs["later"]).reindex([True, False], axis=0, fill_value=0)
    table = table.reindex([True, False], axis=1, fill_value=0).to_numpy()

    def alone(wave: str) -> tuple[int, int]:
        only = both.loc[known[wave] & ~known.all(axis="columns"), wave]
        return int(only.sum()), len(only)

    return PairedCounts(*(int(count) for count in table.ravel()), only_1=alone("earlier"), only_2=alone("later"))


def paired_tests(counts: PairedCounts) -> dict[str, float]:
    """Test the change among the pairs, and among all respondents of both waves.

    Parameters
    ----------
    counts
        What :func:`pair_waves` returned.

    Returns
    -------
    dict
        ``mcnemar`` (p-value on the pairs; exact when fewer than 25 changed) and ``partly_overlapping``
        (p-value on all respondents); ``difference`` with ``ci_low`` and ``ci_high``; ``correlation``;
        ``n_both``.

    Notes
    -----
    The test and the interval of Derrick and others (2015): pooled variance for the test, separate variances
    for the interval.
    """
    first, second = counts.samples
    changed = counts.yes_no + counts.no_yes
    table = [[counts.yes_yes, counts.yes_no], [counts.no_yes, counts.no_no]]
    p_pairs = 1.0 if not changed else mcnemar(table, exact=changed < EXACT_BELOW, correction=False).pvalue
    spread = [float(np.sqrt(sample.share * (1 - sample.share))) for sample in (first, second)]
    variance = spread[0] ** 2 / first.n + spread[1] ** 2 / second.n
    variance -= 2 * counts.correlation * spread[0] * spread[1] * counts.n_both / (first.n * second.n)
    half_width = stats.norm.ppf((1 + CONFIDENCE) / 2) * float(np.sqrt(max(variance, 0)))
    difference = float(second.share - first.share)
    return {
        "n_both": counts.n_both,
        "correlation": counts.correlation,
        "mcnemar": float(p_pairs),
        "partly_overlapping": float(partly_overlapping_p(first, second, counts.n_both, counts.correlation)),
        "difference": difference,
        "ci_low": difference - half_width,
        "ci_high": difference + half_width,
    }
