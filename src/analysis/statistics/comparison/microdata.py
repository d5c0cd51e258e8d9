"""When the answers of both waves are known: municipalities in both, and tests that use the pairs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from statsmodels.stats.contingency_tables import mcnemar

from analysis.errors import InputError
from analysis.statistics.comparison.overlap import partly_overlapping_p
from analysis.statistics.comparison.samples import Sample
from analysis.statistics.comparison.tests_of_change import CONFIDENCE
from analysis.survey.instrument import MISSING

Rule = Literal["any", "all"]
RULES: tuple[Rule, ...] = ("any", "all")
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


def link_units(earlier: pd.Series, later: pd.Series, codes: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Say which reactions of two waves are about the same municipalities.

    Reactions that are linked by a municipality, on the later map, form one unit: municipalities that merged,
    or for which one person answered in either wave.

    Parameters
    ----------
    earlier, later
        Municipalities by reaction, codes joined by a bar; on the earlier and on the later map. Blank: unknown.
    codes
        Later code by earlier code, see :func:`analysis.statistics.comparison.mergers.later_codes`.

    Returns
    -------
    earlier_units, later_units
        Number of the unit by reaction. A reaction without municipalities is a unit of its own.

    Raises
    ------
    InputError
        When a municipality of the earlier wave is not on its map.
    """
    split = {
        name: wave[wave != ""].str.split("|").explode() for name, wave in (("earlier", earlier), ("later", later))
    }
    unknown = sorted(set(split["earlier"]) - set(codes.index))
    if unknown:
        raise InputError(
            f"{len(unknown)} municipalities that answered are not on the map of 2021",
            remedy="correct their names in the export of 2021",
        )
    places = pd.Index(codes.unique()).append(pd.Index(split["later"].unique())).unique()
    size = len(earlier) + len(later)
    edges = pd.concat(
        [
            _edges(split["earlier"].map(codes), earlier.index, places, 0, size),
            _edges(split["later"], later.index, places, len(earlier), size),
        ]
    )
    graph = coo_array((np.ones(len(edges)), (edges["reaction"], edges["place"])), shape=(size + len(places),) * 2)
    units = connected_components(graph, directed=False)[1][:size]
    return (
        pd.Series(units[: len(earlier)], index=earlier.index, name="unit"),
        pd.Series(units[len(earlier) :], index=later.index, name="unit"),
    )


def _edges(codes: pd.Series, reactions: pd.Index, places: pd.Index, start: int, size: int) -> pd.DataFrame:
    reaction = reactions.get_indexer(codes.index) + start
    return pd.DataFrame({"reaction": reaction, "place": places.get_indexer(codes) + size})


def item_answers(answers: pd.DataFrame, columns: Mapping[str, tuple[str, Collection[str]]]) -> pd.DataFrame:
    """Return for each reaction and item whether it gave one of the answers.

    Parameters
    ----------
    answers
        One row per reaction, codes of closed questions.
    columns
        Column and answers by name of the item.

    Returns
    -------
    pandas.DataFrame
        True or false per item; missing when not asked or not answered.
    """
    result = {}
    for item, (column, options) in columns.items():
        chosen = answers[column].isin(list(options)).astype("boolean")
        result[item] = chosen.mask(answers[column].isin(MISSING))
    return pd.DataFrame(result, index=answers.index)


def combine_units(chosen: pd.DataFrame, units: pd.Series, rule: Rule) -> pd.DataFrame:
    """Return the answer of each unit: yes when any of its reactions said so, or when all did.

    Parameters
    ----------
    chosen
        What :func:`item_answers` returned.
    units
        Unit by reaction.
    rule
        ``any`` or ``all``.
    """
    grouped = chosen.astype("Float64").groupby(units, observed=True)
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
