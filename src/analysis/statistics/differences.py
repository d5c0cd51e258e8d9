"""Do size classes, or other groups, answer differently? One test per question or option, adjusted per chapter."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import svy
from scipy.stats.contingency import expected_freq
from statsmodels.stats.multitest import multipletests

from analysis.statistics.design import WeightedDesign
from analysis.statistics.exact_test import fisher_freeman_halton
from analysis.statistics.weighting import survey_sample
from analysis.survey.instrument import MISSING, Instrument, Question

RAO_SCOTT = "rao_scott"
EXACT = "fisher_freeman_halton"
SIMULATED = "fisher_freeman_halton_simulated"
NO_TEST = "none"
SMALL_CELL = 5
COLUMNS = (
    "chapter",
    "figure",
    "question",
    "option",
    "base",
    "group_variable",
    "n",
    "smallest_expected",
    "test",
    "statistic",
    "df_numerator",
    "df_denominator",
    "p_value",
    "n_tests",
    "p_adjusted",
)


def answer_differences(
    instrument: Instrument,
    weighted: WeightedDesign,
    *,
    by: str = "size_class",
    skip: Sequence[str] = ("q03",),
    fpc: bool = False,
    seed: int = 2025,
) -> pd.DataFrame:
    """Test for every closed question whether the answers depend on the group.

    A question with one answer, and a row of a grid, gets one test of all its options; a question with several
    answers gets one test per option. Where every expected count is 5 or more this is the design-based test of
    Rao and Scott (1984, second order, F), as R's ``svychisq``; else the exact test of Fisher, Freeman and Halton
    on the counts.

    Parameters
    ----------
    instrument
        The questionnaire.
    weighted
        Weights and strata for the design-based test.
    by
        Column of the groups.
    skip
        Questions that define the groups.
    fpc
        Whether the design-based test has the finite population correction. By default not: the question is
        whether a process makes groups answer differently, not whether the shares of finite groups differ in the
        last decimal (Cochran 1977, *Sampling Techniques*, section 2.14).
    seed
        Seed for tables that are too large to list.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`; ``option`` is empty for a test of all options, ``statistic`` and degrees of
        freedom are those of F and missing for exact tests; ``n_tests`` and ``p_adjusted`` (Holm) are per
        chapter. An option that nobody or everybody chose, or a base within one group, has test ``none``.
    """
    design = replace(weighted.design, fpc=fpc)
    weighted = replace(weighted, design=design)
    items = [
        (question, column, option)
        for question in instrument.closed_questions
        if question.name not in skip
        for column, option in _items(question)
    ]
    columns = [column for _, column, _ in items]
    sample = survey_sample(weighted, design.respondents[[by, *columns]])
    rows = []
    for question, column, option in items:
        table = _counts(design.respondents, column, by)
        rows.append(
            {
                "chapter": question.chapter,
                "figure": question.figure or "",
                "question": question.name if question.type == "multi" else column,
                "option": option,
                "base": question.base,
                "group_variable": by,
                "n": int(table.to_numpy().sum()),
                **_test(table, sample, column, by, seed),
            }
        )
    return _adjust(pd.DataFrame(rows))[list(COLUMNS)]


def _items(question: Question) -> list[tuple[str, str]]:
    options = question.codes if question.type == "multi" else [""] * len(question.columns)
    return list(zip(question.columns, options, strict=True))


def _counts(respondents: pd.DataFrame, column: str, by: str) -> pd.DataFrame:
    answered = ~respondents[column].isin(MISSING)
    return pd.crosstab(respondents.loc[answered, by], respondents.loc[answered, column])


def _test(table: pd.DataFrame, sample: svy.Sample, column: str, by: str, seed: int) -> dict[str, object]:
    result = {"test": NO_TEST, "statistic": np.nan, "df_numerator": np.nan, "df_denominator": np.nan}
    if min(table.shape) < 2:
        return result | {"smallest_expected": np.nan, "p_value": np.nan}
    result["smallest_expected"] = float(expected_freq(table.to_numpy()).min())
    if result["smallest_expected"] < SMALL_CELL:
        p_value, exact = fisher_freeman_halton(table.to_numpy(), seed=seed)
        return result | {"test": EXACT if exact else SIMULATED, "p_value": p_value}
    found = sample.categorical.tabulate(column, by, where=~svy.col(column).is_in(list(MISSING))).stats.f
    return result | {
        "test": RAO_SCOTT,
        "statistic": found.value,
        "df_numerator": found.df_num,
        "df_denominator": found.df_den,
        "p_value": found.p_value,
    }


def _adjust(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the number of tests and Holm's adjusted p-value within each chapter."""
    rows = rows.assign(
        n_tests=rows.groupby("chapter", observed=True)["p_value"].transform("count"), p_adjusted=np.nan
    )
    for _, family in rows[rows["p_value"].notna()].groupby("chapter", observed=True):
        rows.loc[family.index, "p_adjusted"] = multipletests(family["p_value"], method="holm")[1]
    return rows
