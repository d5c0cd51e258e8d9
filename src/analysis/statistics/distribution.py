"""How the answers to a question with one answer each are distributed."""

from collections.abc import Sequence

import pandas as pd

from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.instrument import MISSING, Question


def answer_distribution(answers: pd.Series, codes: Sequence[str]) -> pd.DataFrame:
    """Count the respondents per option, among those who were asked and answered.

    Parameters
    ----------
    answers
        One code per respondent, or one of the missing codes ``not_asked``, ``not_answered``, ``do_not_know``.
    codes
        All options of the question, in its own order; an option that nobody chose stays in the table.

    Returns
    -------
    pandas.DataFrame
        Columns ``option``, ``n`` (base, the same in every row), ``count`` and ``share`` (a fraction of the base;
        missing when nobody answered).

    Raises
    ------
    ValueError
        When an answer is none of the codes.

    Examples
    --------
    >>> answers = pd.Series(["a", "b", "a", "not_asked"])
    >>> answer_distribution(answers, ["a", "b", "c"])
      option  n  count     share
    0      a  3      2  0.666667
    1      b  3      1  0.333333
    2      c  3      0  0.000000
    """
    given = answers[~answers.isin(MISSING)]
    unknown = sorted(set(given.dropna().unique()) - set(codes)) + (["(empty)"] if given.isna().any() else [])
    if unknown:
        raise ValueError(f"answers to {answers.name} that are no option: {unknown}; options: {list(codes)}")
    counts = given.value_counts().reindex(codes, fill_value=0)
    n = int(counts.sum())
    share = counts / n if n else counts * float("nan")
    return pd.DataFrame({"option": list(codes), "n": n, "count": counts.to_numpy(), "share": share.to_numpy()})


def question_distribution(respondents: pd.DataFrame, question: Question, rounding: str) -> pd.DataFrame:
    """Return the distribution of a question with one answer, with labels and printed percentages.

    Parameters
    ----------
    respondents
        One row per usable reaction, with the column of the question.
    question
        The question; its type is ``single``.
    rounding
        Name of a rule in :data:`analysis.statistics.rounding.ROUNDING_RULES`.

    Returns
    -------
    pandas.DataFrame
        Columns ``option``, ``label`` (Dutch), ``n``, ``count``, ``share`` and ``printed_pct``.

    Raises
    ------
    ValueError
        When an answer is no option, or nobody answered.
    """
    table = answer_distribution(respondents[question.name], question.codes)
    table.insert(1, "label", [option.nl for option in question.options])
    return table.assign(printed_pct=ROUNDING_RULES[rounding](table["count"].tolist()))


def check_distribution(table: pd.DataFrame) -> str:
    """Check that the answers of a distribution add up, and say in Dutch what was established.

    Parameters
    ----------
    table
        Columns ``n``, ``count`` and ``share``.

    Raises
    ------
    ValueError
        When the counts do not add up to the base, or a share is not its count over the base.
    """
    base = int(table["n"].iloc[0])
    if table["count"].sum() != base or (table["n"] != base).any():
        raise ValueError(f"{int(table['count'].sum())} answers on a base of {base}")
    if ((table["share"] * base - table["count"]).abs() > 1e-9).any():
        raise ValueError("a share is not its count over the base")
    return f"{len(table)} antwoorden tellen op tot {base} gemeenten."
