"""How the answers to a question with one answer each are distributed."""

from collections.abc import Sequence

import pandas as pd

MISSING_CODES = ("not_asked", "not_answered", "do_not_know")


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
    given = answers[~answers.isin(MISSING_CODES)]
    unknown = sorted(set(given.dropna().unique()) - set(codes)) + (["(empty)"] if given.isna().any() else [])
    if unknown:
        raise ValueError(f"answers to {answers.name} that are no option: {unknown}; options: {list(codes)}")
    counts = given.value_counts().reindex(codes, fill_value=0)
    n = int(counts.sum())
    share = counts / n if n else counts * float("nan")
    return pd.DataFrame({"option": list(codes), "n": n, "count": counts.to_numpy(), "share": share.to_numpy()})
