"""Questions with several answers: which answers go together, and which cannot."""

import numpy as np
import pandas as pd

from analysis.statistics.design import WeightedDesign
from analysis.survey.instrument import Question

SEPARATOR = ";"


def answer_combinations(question: Question, weighted: WeightedDesign) -> pd.DataFrame:
    """Count how often each combination of options was chosen, most frequent first.

    Parameters
    ----------
    question
        A question with several answers.
    weighted
        Design and weights.

    Returns
    -------
    pandas.DataFrame
        ``combination`` (codes separated by ``;``, empty when none was chosen), ``n_options``, one 0/1 column per
        option under its code, ``n`` (respondents who answered), ``count`` and ``share`` (weighted, a fraction of
        those). Combinations that nobody chose are left out; equal counts are in the order of the options.
    """
    chosen = _chosen(question, weighted)
    weights = weighted.weights[chosen.index]
    labels = [
        SEPARATOR.join(code for code, is_chosen in zip(question.codes, row, strict=True) if is_chosen)
        for row in chosen.to_numpy()
    ]
    table = chosen.astype(int).assign(combination=labels, count=1, share=weights / weights.sum())
    keys = ["combination", *question.codes]
    table = table.groupby(keys, observed=True, as_index=False)[["count", "share"]].sum()
    table = table.assign(n=len(chosen), n_options=table[list(question.codes)].sum(axis="columns"))
    order = ["count", *question.codes]
    table = table.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    return table[["combination", "n_options", *question.codes, "n", "count", "share"]]


def options_per_respondent(question: Question, weighted: WeightedDesign) -> pd.DataFrame:
    """Count the respondents by the number of options they chose.

    Parameters
    ----------
    question
        A question with several answers.
    weighted
        Design and weights.

    Returns
    -------
    pandas.DataFrame
        ``n_options`` (from 0 to the number of options), ``count`` and ``share`` (weighted).
    """
    chosen = _chosen(question, weighted)
    number = chosen.sum(axis="columns").to_numpy()
    size = len(question.codes) + 1
    weights = weighted.weights[chosen.index]
    share = np.bincount(number, weights=weights / weights.sum(), minlength=size)
    return pd.DataFrame({"n_options": range(size), "count": np.bincount(number, minlength=size), "share": share})


def exclusive_conflicts(question: Question, weighted: WeightedDesign) -> pd.DataFrame:
    """Count the respondents who chose an option that goes with no other one together with another one.

    Parameters
    ----------
    question
        A question with several answers.
    weighted
        Design; the counts are of respondents, without weights.

    Returns
    -------
    pandas.DataFrame
        One row per exclusive option: ``question``, ``option``, ``n`` (who chose it) and ``conflicts`` (of those,
        who chose another option as well); no rows when the question has no exclusive option.
    """
    chosen = _chosen(question, weighted)
    rows = []
    for code in question.exclusive_codes:
        others = chosen.drop(columns=code).any(axis="columns")
        rows.append(
            {
                "question": question.name,
                "option": code,
                "n": int(chosen[code].sum()),
                "conflicts": int((chosen[code] & others).sum()),
            }
        )
    return pd.DataFrame(rows, columns=["question", "option", "n", "conflicts"])


def _chosen(question: Question, weighted: WeightedDesign) -> pd.DataFrame:
    """Return true and false per option for those who answered; the index is their position in the design."""
    if question.type != "multi":
        raise ValueError(f"question {question.name} has one answer per respondent")
    answers = weighted.design.respondents[list(question.columns)].astype("str").reset_index(drop=True)
    answers.columns = list(question.codes)
    return answers[answers.isin(["0", "1"]).all(axis="columns")] == "1"
