"""Questions with several answers: which answers go together, and which cannot."""

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.statistics.design import WeightedDesign
from analysis.survey.instrument import Question

SEPARATOR = ";"
PAIR_COLUMNS = ("option_a", "option_b", "n", "count_a", "count_b", "count", "expected")


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
        ``question``, ``combination`` (codes separated by ``;``, empty when none was chosen), ``n_options``, ``n``
        (respondents who answered), ``count`` and ``share`` (weighted, a fraction of those). Combinations that
        nobody chose are left out; equal counts are in the order of the options.
    """
    chosen = _chosen(question, weighted)
    weights = weighted.weights[chosen.index]
    codes = list(question.codes)
    table = chosen.astype(int).assign(count=1, share=weights / weights.sum())
    table = table.groupby(codes, observed=True, as_index=False)[["count", "share"]].sum()
    table = table.sort_values(["count", *codes], ascending=False, kind="stable", ignore_index=True)
    picked = table[codes].to_numpy().astype(bool)
    labels = [SEPARATOR.join(np.array(codes, dtype=object)[row]) for row in picked]
    named = {"question": question.name, "combination": labels, "n_options": picked.sum(axis=1), "n": len(chosen)}
    return pd.DataFrame(named | {"count": table["count"], "share": table["share"]})


def options_per_respondent(question: Question, table: pd.DataFrame) -> pd.DataFrame:
    """Count the respondents by the number of options they chose.

    Parameters
    ----------
    question
        A question with several answers.
    table
        Its combinations, from :func:`answer_combinations`.

    Returns
    -------
    pandas.DataFrame
        ``n_options`` (from 0 to the number of options), ``count`` and ``share`` (weighted).
    """
    summed = table.groupby("n_options", observed=True)[["count", "share"]].sum()
    return summed.reindex(range(len(question.codes) + 1), fill_value=0).rename_axis("n_options").reset_index()


def answer_pairs(question: Question, table: pd.DataFrame) -> pd.DataFrame:
    """Count for every two options how many respondents chose both.

    Parameters
    ----------
    question
        A question with several answers.
    table
        Its combinations, from :func:`answer_combinations`.

    Returns
    -------
    pandas.DataFrame
        One row per pair in the order of the options: ``option_a``, ``option_b``, ``n`` (who answered),
        ``count_a``, ``count_b``, ``count`` (both) and ``expected`` (both, if one choice said nothing about the
        other). Counts are of respondents, without weights.
    """
    members = _members(question, table)
    counts = table["count"].to_numpy()
    n = int(counts.sum())
    rows = []
    for first, second in combinations(question.codes, 2):
        a, b = (int(counts[members[code]].sum()) for code in (first, second))
        both = int(counts[members[first] & members[second]].sum())
        rows.append((first, second, n, a, b, both, a * b / n if n else np.nan))
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS))


def exclusive_conflicts(question: Question, table: pd.DataFrame) -> pd.DataFrame:
    """Count the respondents who chose an option that goes with no other one together with another one.

    Parameters
    ----------
    question
        A question with several answers.
    table
        Its combinations, from :func:`answer_combinations`.

    Returns
    -------
    pandas.DataFrame
        One row per exclusive option: ``question``, ``option``, ``n`` (who chose it) and ``conflicts`` (of those,
        who chose another option as well), both without weights; no rows when the question has no exclusive
        option.
    """
    members, counts = _members(question, table), table["count"]
    rows = [
        {
            "question": question.name,
            "option": code,
            "n": int(counts[members[code]].sum()),
            "conflicts": int(counts[members[code] & (table["n_options"] > 1).to_numpy()].sum()),
        }
        for code in question.exclusive_codes
    ]
    return pd.DataFrame(rows, columns=["question", "option", "n", "conflicts"])


def _members(question: Question, table: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return per option which combinations hold it."""
    chosen = [set(text.split(SEPARATOR)) for text in table["combination"]]
    return {code: np.array([code in codes for codes in chosen], dtype=bool) for code in question.codes}


def _chosen(question: Question, weighted: WeightedDesign) -> pd.DataFrame:
    """Return true and false per option for those who answered; the index is their position in the design."""
    if question.type != "multi":
        raise ValueError(f"question {question.name} has one answer per respondent")
    answers = weighted.design.respondents[list(question.columns)].astype("str").reset_index(drop=True)
    answers.columns = list(question.codes)
    return answers[answers.isin(["0", "1"]).all(axis="columns")] == "1"
