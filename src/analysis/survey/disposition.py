"""The final disposition of every reaction, in the terms of AAPOR's Standard Definitions for web surveys.

American Association for Public Opinion Research (2023), Standard Definitions, 10th edition: a completed
questionnaire has at least 80 per cent of the applicable questions answered, a partial one 50 to 80 per cent, and a
break-off fewer.
"""

from dataclasses import dataclass

import pandas as pd

from analysis.survey.distinct_values import distinct
from analysis.survey.instrument import Instrument, Question

TEST_ENTRY = (
    r"\b(?:test(?:en|er|ing|je|invoer|reactie|inzending|gemeente)?|proefinvoer|asdf\w*|qwerty\w*|lorem ipsum)\b"
)


@dataclass(frozen=True)
class Completeness:
    """When a reaction counts as complete.

    Parameters
    ----------
    complete_from, partial_from
        Share of the closed questions about the subject that the routing asked, from which a reaction is complete
        or partial.
    finished
        Whether a complete reaction must also have been sent off by the respondent.
    besides
        Chapters whose questions are about the study and not its subject, such as the willingness to be
        interviewed: they do not count.
    """

    complete_from: float = 0.8
    partial_from: float = 0.5
    finished: bool = True
    besides: tuple[int, ...] = (2,)


def assign_dispositions(
    reactions: pd.DataFrame, instrument: Instrument, reached: pd.DataFrame, rule: Completeness
) -> pd.DataFrame:
    """Give each reaction its disposition, before duplicates are looked for.

    Parameters
    ----------
    reactions
        Reactions with ``is_finished`` and the columns of the instrument.
    instrument
        The questionnaire.
    reached
        Which question was asked, from :func:`analysis.survey.routing.asked`.
    rule
        When a reaction is complete. Before the questions on which the routing depends are answered, nobody knows
        how many questions there are: such a reaction is a break-off.

    Returns
    -------
    pandas.DataFrame
        ``disposition`` (complete, partial, break_off, test or empty), ``answered_share`` of the closed questions
        about the subject that were asked, and ``last_column`` that holds an answer (blank when none does).
    """
    last = pd.Series("", index=reactions.index, dtype="str")
    for column in instrument.columns:
        last = last.mask(_holds_answer(reactions[column]), column)
    n_asked = pd.Series(0, index=reactions.index)
    n_answered = n_asked.copy()
    for question in instrument.closed_questions:
        if question.chapter in rule.besides:
            continue
        asked = reached[question.name]
        n_asked += asked
        n_answered += asked & is_answered(reactions, question)
    share = n_answered / n_asked.clip(lower=1)
    gates = {name for base in instrument.bases for name in base.when}
    routed = pd.Series(True, index=reactions.index)
    for name in gates:
        routed &= is_answered(reactions, instrument.question(name)) | ~reached[name]
    complete = routed & (share >= rule.complete_from)
    if rule.finished:
        complete &= reactions["is_finished"]
    disposition = pd.Series("break_off", index=reactions.index, dtype="str")
    disposition = disposition.mask(routed & (share >= rule.partial_from), "partial").mask(complete, "complete")
    disposition = disposition.mask(_is_test(reactions, instrument), "test").mask(last == "", "empty")
    return pd.DataFrame({"disposition": disposition, "answered_share": share, "last_column": last})


def is_answered(reactions: pd.DataFrame, question: Question) -> pd.Series:
    """Say for each reaction whether a question holds an answer.

    Parameters
    ----------
    reactions
        Reactions with the columns of the question. A multi question counts as answered when an option is ticked:
        some tools write 0 for options that were never shown.
    question
        Any question.
    """
    answered = pd.Series(False, index=reactions.index)
    for column in question.columns:
        answered |= _holds_answer(reactions[column], ignore_zero=question.type == "multi")
    return answered


def _holds_answer(values: pd.Series, *, ignore_zero: bool = True) -> pd.Series:
    positions, texts = distinct(values)
    empty = texts.str.strip().isin(["", "0"] if ignore_zero else [""])
    return pd.Series(~empty.to_numpy()[positions], index=values.index)


def _is_test(reactions: pd.DataFrame, instrument: Instrument) -> pd.Series:
    """Look for words of a trial where respondents say who they are; in other answers they can be meant."""
    is_test = pd.Series(False, index=reactions.index)
    for question in instrument.questions:
        if question.type != "open" or question.disclosure not in ("identifier", "quasi_identifier"):
            continue
        for column in question.columns:
            positions, texts = distinct(reactions[column])
            is_test |= texts.str.contains(TEST_ENTRY, case=False, regex=True).to_numpy()[positions]
    return is_test
