"""Themes of coded answers, counted, estimated and tested as the answers to closed questions are."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.statistics.design import WeightedDesign
from analysis.statistics.differences import COLUMNS as DIFFERENCES
from analysis.statistics.differences import answer_differences
from analysis.statistics.estimates import COLUMNS as ESTIMATES
from analysis.statistics.estimates import estimate_all
from analysis.statistics.multiple_response import PAIR_COLUMNS, answer_combinations, answer_pairs
from analysis.statistics.themes import theme_answers, theme_instrument
from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.theme_levels import LEVELS
from analysis.survey.instrument import MISSING, Instrument

DENOMINATORS = ("routed", "answered", "all")
COMPARED_LEVELS = ("code", "theme")


def theme_tables(
    coded: pd.DataFrame,
    instrument: Instrument,
    codeframes: Mapping[str, Codeframe],
    designs: Sequence[WeightedDesign],
) -> dict[str, pd.DataFrame]:
    """Count the themes: shares with intervals, differences between size classes, and pairs.

    Parameters
    ----------
    coded
        Coded answers.
    instrument
        The questionnaire.
    codeframes
        Codeframe by column, of the columns of which somebody has coded an answer: of others nothing is known.
    designs
        The respondents on their design, one per estimator.

    Returns
    -------
    dict
        ``themes``: the columns of the estimates, with ``level`` and ``denominator``; ``theme_differences``: those
        of the tests, with ``level``; ``theme_pairs``: how many named both of two themes, with ``question``.
        Without a codeframe all three are empty.
    """
    estimates = [pd.DataFrame(columns=["level", "denominator", *ESTIMATES])]
    tests = [pd.DataFrame(columns=["level", *DIFFERENCES])]
    pairs = [pd.DataFrame(columns=["question", *PAIR_COLUMNS])]
    for level in LEVELS:
        asked = theme_instrument(instrument, codeframes, level)
        table = theme_answers(designs[0].design.respondents, coded, instrument, codeframes, level)
        design = replace(designs[0].design, respondents=table)
        weighted = [replace(one, design=design) for one in designs]
        for denominator in DENOMINATORS:
            part = _with_answers(asked, table) if denominator == "answered" else asked
            if part.questions:
                found = estimate_all(part, weighted, denominator=denominator)
                estimates.append(found.assign(level=level, denominator=denominator))
        if level in COMPARED_LEVELS:
            part = _with_answers(asked, table)
            if part.questions:
                by_size = next((one for one in weighted if one.estimator == "size_class"), weighted[0])
                tests.append(answer_differences(part, by_size, skip=()).assign(level=level))
        if level == "theme":
            for question in asked.questions:
                given = answer_combinations(question, weighted[0])
                pairs.append(answer_pairs(question, given).assign(question=question.name))
    return {"themes": _joined(estimates), "theme_differences": _joined(tests), "theme_pairs": _joined(pairs)}


def _joined(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Join the tables that hold rows, with the columns of the first one, which holds none."""
    filled = [table for table in tables if len(table)] or tables
    return pd.concat(filled, ignore_index=True)[list(tables[0].columns)]


def _with_answers(instrument: Instrument, table: pd.DataFrame) -> Instrument:
    """Leave out the questions to which nobody has a coded answer."""
    kept = tuple(
        question for question in instrument.questions if (~table[question.columns[0]].isin(MISSING)).any()
    )
    fields = {name: getattr(instrument, name) for name in type(instrument).model_fields}
    return type(instrument).model_construct(**fields | {"questions": kept})
