"""The comparison when the answers of both waves are at hand: exact counts, estimates on both designs, pairs."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.statistics.comparison.counts import earlier_distributions
from analysis.statistics.comparison.crosswalk import REST, Crosswalk
from analysis.statistics.comparison.microdata import (
    RULES,
    combine_units,
    item_answers,
    link_units,
    pair_waves,
    paired_tests,
)
from analysis.statistics.comparison.published_facts import Fact, Rounding
from analysis.statistics.comparison.reconstruction import feasible_bases
from analysis.statistics.design import Design
from analysis.statistics.estimates import estimate
from analysis.statistics.weighting import post_stratify, unweighted
from analysis.survey.instrument import MISSING, Instrument
from analysis.survey.quantifiers import Quantifiers

ROUNDINGS: tuple[Rounding, ...] = ("half_up", "either")
RESPONSE_RATE = "Y01"


def exact_distributions(answers: pd.DataFrame, crosswalk: Crosswalk) -> dict[str, pd.DataFrame]:
    """Return the distribution of each question of the earlier wave, in the form of a reconstruction with one row.

    Parameters
    ----------
    answers
        Codes of closed questions, one row per reaction.
    crosswalk
        The questions and their cells.
    """
    result = {}
    for question in crosswalk.questions:
        given = answers[question.variable_2021]
        given = given[~given.isin(MISSING)]
        counts = {"+".join(cell): int(given.isin(cell).sum()) for cell in question.cells}
        rest = len(given) - sum(counts.values())
        if not question.exhaustive:
            counts[REST] = rest
        result[question.name] = pd.DataFrame([{"n": len(given), **counts}])
    return result


def known_counts(
    answers: pd.DataFrame | None,
    crosswalk: Crosswalk,
    facts: Mapping[str, Fact],
    quantifiers: Quantifiers,
    populations: Sequence[int],
) -> tuple[pd.DataFrame, dict[Rounding, dict[str, pd.DataFrame]]]:
    """Return what is known of the counts of the earlier wave: exactly, or everything that fits what was published.

    Parameters
    ----------
    answers
        Codes of closed questions, one row per reaction; nothing when only published figures are known.
    crosswalk
        The questions and their cells.
    facts, quantifiers
        The published facts, and the convention for quantities in words.
    populations
        Municipalities at the time, and other numbers by which the response rate may have been computed.

    Returns
    -------
    bases, distributions
        ``n`` and ``population`` that belong together, and for each rule of rounding the distributions by
        question.
    """
    if answers is not None:
        exact = exact_distributions(answers, crosswalk)
        sizes = sorted({int(table["n"].iloc[0]) for table in exact.values()})
        return pd.DataFrame({"n": sizes, "population": populations[0]}), dict.fromkeys(ROUNDINGS, exact)
    bases = feasible_bases(int(facts[RESPONSE_RATE].value), populations)
    fitting = {rule: earlier_distributions(crosswalk, facts, quantifiers, bases, rule) for rule in ROUNDINGS}
    return bases, fitting


def design_estimates(
    waves: Mapping[str, tuple[Instrument, pd.DataFrame, Mapping[str, int]]],
    crosswalk: Crosswalk,
    *,
    fpc: bool = True,
) -> pd.DataFrame:
    """Estimate every item on the design of each wave, unweighted and weighted to the size classes.

    Parameters
    ----------
    waves
        By wave (``2021`` and ``2025``): its questionnaire, its respondents with ``size_class``, and the
        municipalities by size class.
    crosswalk
        The items.
    fpc
        Whether the finite population correction is applied.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``wave``, ``estimator``, ``n``, ``count``, ``share``, ``se``, ``ci_low``, ``ci_high``.
    """
    parts = []
    for wave, (instrument, respondents, population) in waves.items():
        design = Design(respondents, population, fpc=fpc)
        designs = [unweighted(design), post_stratify(design)]
        for item, (column, options) in item_columns(crosswalk, wave).items():
            option = ";".join(options)
            unions = {column: [option]} if len(options) > 1 else {}
            rows = estimate(instrument, column, designs, unions=unions)
            parts.append(rows[rows["option"] == option].assign(item=item, wave=wave))
    columns = ["item", "wave", "estimator", "n", "count", "share", "se", "ci_low", "ci_high"]
    return pd.concat(parts, ignore_index=True)[columns]


def item_columns(crosswalk: Crosswalk, wave: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return column and answers by name of the item, for one wave.

    Parameters
    ----------
    crosswalk
        The items.
    wave
        ``2021`` or ``2025``.
    """
    if wave == "2021":
        return {
            item.name: (crosswalk.question(item.question_2021).variable_2021, item.options_2021)
            for item in crosswalk.comparable_items
        }
    return {item.name: (item.question_2025, item.options_2025) for item in crosswalk.comparable_items}


def paired_comparison(
    earlier: pd.DataFrame, later: pd.DataFrame, codes: pd.Series, crosswalk: Crosswalk
) -> pd.DataFrame:
    """Test every item on the municipalities in both waves, and on all respondents together.

    Parameters
    ----------
    earlier, later
        One row per reaction with ``municipalities`` and the closed questions.
    codes
        Later code by earlier code.
    crosswalk
        The items.

    Returns
    -------
    pandas.DataFrame
        Per item and ``rule`` (how several answers of one unit are combined) what
        :func:`analysis.statistics.comparison.microdata.paired_tests` returns.
    """
    units = link_units(earlier["municipalities"], later["municipalities"], codes)
    chosen = [
        item_answers(answers, item_columns(crosswalk, wave))
        for answers, wave in ((earlier, "2021"), (later, "2025"))
    ]
    rows = []
    for rule in RULES:
        first, second = (combine_units(table, unit, rule) for table, unit in zip(chosen, units, strict=True))
        rows += [
            {"item": item, "rule": rule, **paired_tests(pair_waves(first[item], second[item]))} for item in first
        ]
    return pd.DataFrame(rows)
