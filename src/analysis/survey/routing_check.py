"""Replay the routing on the answers: what was not asked, what was not answered, and what nobody had asked."""

import pandas as pd

from analysis.survey.distinct_values import distinct
from analysis.survey.instrument import Instrument, Question

NOT_ASKED, NOT_ANSWERED = "not_asked", "not_answered"


def replay_routing(
    answers: pd.DataFrame, instrument: Instrument, reached: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Write ``not_asked`` and ``not_answered`` in their places, and set answers to other questions aside.

    Parameters
    ----------
    answers
        Codes and texts in the columns of the instrument; blank for nothing.
    instrument
        The questionnaire.
    reached
        Which question was asked, from :func:`analysis.survey.routing.asked`.

    Returns
    -------
    DataFrame, DataFrame
        The answers; closed columns hold a code or a kind of missing, open ones text or blank. In a multi question
        that was asked, a blank beside a tick is 0, and zeros without a tick stay: it was shown and nothing was
        chosen. And the answers set aside: ``row, column``, where a 0 of an option is no answer.
    """
    columns, violations = {}, []
    for question in instrument.questions:
        asked = reached[question.name]
        ticked = _ticked(answers, question) if question.type == "multi" else None
        for column in (*question.columns, question.text_column):
            if column is None:
                continue
            closed = question.type != "open" and column != question.text_column
            columns[column] = _replayed(answers[column], asked, ticked if closed else None, closed=closed)
            given = _is_given(answers[column], zero_counts=not (closed and question.type == "multi"))
            rows = answers.index[given & ~asked]
            violations.append(
                pd.DataFrame({"row": rows, "column": pd.Series(column, index=range(len(rows)), dtype="str")})
            )
    return pd.DataFrame(columns, index=answers.index), pd.concat(violations, ignore_index=True)


def bases(reached: pd.DataFrame, answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Count for each question who was asked and who answered.

    Parameters
    ----------
    reached
        Which question was asked, of the reactions that count.
    answers
        What :func:`replay_routing` returned, for the same reactions.
    instrument
        The questionnaire.

    Returns
    -------
    pandas.DataFrame
        ``question, base`` (name of the base), ``n_asked, n_answered, n_not_answered``.
    """
    rows = []
    for question in instrument.questions:
        asked = reached[question.name]
        given = pd.Series(False, index=answers.index)
        for column in question.columns:
            given |= ~answers[column].isin([NOT_ASKED, NOT_ANSWERED, ""])
        n, n_given = int(asked.sum()), int((asked & given).sum())
        rows.append((question.name, question.base, n, n_given, n - n_given))
    return pd.DataFrame(rows, columns=["question", "base", "n_asked", "n_answered", "n_not_answered"])


def _ticked(answers: pd.DataFrame, question: Question) -> pd.Series:
    ticked = pd.Series(False, index=answers.index)
    for column in question.columns:
        ticked |= answers[column] == "1"
    return ticked


def _is_given(values: pd.Series, *, zero_counts: bool) -> pd.Series:
    positions, texts = distinct(values)
    given = ~texts.str.strip().isin([""] if zero_counts else ["", "0"])
    return pd.Series(given.to_numpy()[positions], index=values.index)


def _replayed(values: pd.Series, asked: pd.Series, ticked: pd.Series | None, *, closed: bool) -> pd.Series:
    needed = [NOT_ASKED, NOT_ANSWERED, "0"] if closed else [""]
    values = values.astype("category")
    values = values.cat.add_categories([code for code in needed if code not in values.cat.categories])
    if not closed:
        return values.where(asked, "").cat.remove_unused_categories()
    blank = values == ""
    if ticked is not None:
        values = values.mask(blank & ticked, "0")
        blank &= ~ticked
    return values.mask(blank, NOT_ANSWERED).where(asked, NOT_ASKED).cat.remove_unused_categories()
