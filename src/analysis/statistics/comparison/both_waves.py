"""The comparison when the answers of both waves are at hand: exact counts, estimates on both designs, pairs."""

from collections.abc import Mapping, Sequence
from contextlib import suppress

import pandas as pd

from analysis.errors import InputError
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
from analysis.statistics.comparison.published_facts import Rounding
from analysis.statistics.comparison.reconstruction import feasible_bases
from analysis.statistics.design import Design
from analysis.statistics.estimates import estimate
from analysis.statistics.population import register_counts
from analysis.statistics.weighting import rake, unweighted
from analysis.survey.earlier_facts import Fact
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


def earlier_estimates(
    instrument: Instrument,
    answers: pd.DataFrame,
    register: pd.DataFrame,
    crosswalk: Crosswalk,
    *,
    fpc: bool = True,
) -> pd.DataFrame:
    """Estimate every item of the earlier wave on its design: unweighted, and raked to size class and province.

    Parameters
    ----------
    instrument
        The questionnaire of that wave.
    answers
        One row per reaction: ``size_class``, ``province`` and the closed questions.
    register
        Municipalities of that wave: ``population`` and ``province``.
    crosswalk
        The items.
    fpc
        Whether the finite population correction is applied.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``wave`` and the columns of the estimates; without raked rows when no weights meet both margins,
        for instance because nobody answered from some province.
    """
    design = Design(answers, register_counts(register).to_dict(), fpc=fpc)
    designs = [unweighted(design)]
    with suppress(InputError):
        designs.append(rake(design, register_counts(register, ["province"]).to_dict()))
    parts = []
    for item, (column, options) in item_columns(crosswalk, "2021").items():
        option = ";".join(options)
        unions = {column: [option]} if len(options) > 1 else {}
        rows = estimate(instrument, column, designs, unions=unions)
        parts.append(rows[rows["option"] == option].assign(item=item, wave="2021"))
    return pd.concat(parts, ignore_index=True)


def later_estimates(released: pd.DataFrame, crosswalk: Crosswalk, instrument: Instrument) -> pd.DataFrame:
    """Select the estimates of every item in the later wave.

    Parameters
    ----------
    released
        Estimates of the later wave that may be shown.
    crosswalk
        The items.
    instrument
        The questionnaire of the later wave.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``wave`` and the columns of the estimates. Options that nobody took together in the estimates are
        what the one other option leaves; otherwise the item has no rows.
    """
    whole = released[released["group"] == "all"]
    parts = []
    for item, (column, options) in item_columns(crosswalk, "2025").items():
        rows = whole[(whole["question"] == column) & (whole["option"] == ";".join(options))]
        if rows.empty:
            others = [code for code in instrument.question(column).codes if code not in options]
            rows = _complement(whole[(whole["question"] == column) & (whole["option"] == ";".join(others))])
        parts.append(rows.assign(item=item, wave="2025"))
    return pd.concat(parts, ignore_index=True)


def _complement(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates of not giving an answer to a question with one answer."""
    return rows.assign(
        count=rows["n"] - rows["count"],
        share=1 - rows["share"],
        ci_low=1 - rows["ci_high"],
        ci_high=1 - rows["ci_low"],
    )


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
