"""The course of the fieldwork: where respondents stopped, and when reactions came in."""

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError

STARTED = ("complete", "partial", "break_off")
STOPPED = ("partial", "break_off")


def break_off_by_question(dispositions: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Count after which question respondents stopped.

    Parameters
    ----------
    dispositions
        One row per reaction: ``disposition`` and ``last_column`` (the last one answered).
    columns
        All columns in the order of the questionnaire.

    Returns
    -------
    pandas.DataFrame
        One row per column after which somebody stopped, in the order of the questionnaire: ``column``,
        ``stopped``, ``share`` (of all who answered something and are no duplicate or test) and
        ``cumulative_share`` (fractions).

    Raises
    ------
    InputError
        When somebody stopped after a column that the questionnaire does not have.

    Examples
    --------
    >>> reactions = pd.DataFrame({"disposition": ["complete", "break_off"], "last_column": ["q31", "q04"]})
    >>> break_off_by_question(reactions, ["q03", "q04", "q31"])
      column  stopped  share  cumulative_share
    0    q04        1    0.5               0.5
    """
    stopped = dispositions.loc[dispositions["disposition"].isin(STOPPED), "last_column"]
    if unknown := sorted(set(stopped.dropna()) - set(columns)):
        raise InputError(
            f"reactions that stop after {unknown}", file="dispositions.csv", expected="a column asked"
        )
    if stopped.isna().any():
        raise InputError(
            "a reaction stopped after no column at all", file="dispositions.csv", expected="empty instead"
        )
    counts = stopped.value_counts().reindex(columns, fill_value=0)
    counts = counts[counts > 0]
    table = pd.DataFrame({"column": counts.index.astype("str"), "stopped": counts.to_numpy()})
    table["share"] = table["stopped"] / dispositions["disposition"].isin(STARTED).sum()
    return table.assign(cumulative_share=table["share"].cumsum())


def reactions_per_day(dispositions: pd.DataFrame) -> pd.DataFrame:
    """Count the reactions that were started on each day.

    Parameters
    ----------
    dispositions
        One row per reaction: ``disposition`` and ``started_on`` (a date, or text as 2024-12-31).

    Returns
    -------
    pandas.DataFrame
        Every day from the first to the last reaction, days without any included: ``day``, ``started``,
        ``complete`` (of those started that day), ``cumulative_complete``.

    Raises
    ------
    InputError
        When a date is missing or cannot be read.

    Examples
    --------
    >>> days = ["2025-01-08", "2025-01-06"]
    >>> reactions = pd.DataFrame({"disposition": ["complete", "empty"], "started_on": days})
    >>> reactions_per_day(reactions)["started"].tolist()
    [1, 0, 1]
    """
    days = pd.to_datetime(dispositions["started_on"], errors="coerce", format="%Y-%m-%d")
    if days.isna().any() or not len(days):
        raise InputError("a reaction without a date", file="dispositions.csv", expected="dates such as 2025-01-31")
    every = pd.date_range(days.min(), days.max(), freq="D")
    complete = days[dispositions["disposition"] == "complete"]
    table = pd.DataFrame({"day": every})
    table["started"] = days.value_counts().reindex(every, fill_value=0).to_numpy()
    table["complete"] = complete.value_counts().reindex(every, fill_value=0).to_numpy()
    return table.assign(cumulative_complete=table["complete"].cumsum())
