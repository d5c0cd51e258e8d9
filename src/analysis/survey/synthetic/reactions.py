"""All reactions: the usable ones, and those that broke off, are empty, are tests, or answer twice."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.frame import Frame
from analysis.survey.synthetic.parameters import Unusable

KINDS = ("usable", "break_off", "duplicate_incomplete", "duplicate_complete", "empty", "test_entry")
EARLY = 2  # the more, the more break-offs lie at the first questions
FIRST_BREAK = 3  # questions that everyone who breaks off has answered


@dataclass(frozen=True)
class Reactions:
    """All reactions, one entry each in every array.

    ``kind`` is one of :data:`KINDS`; ``source`` is the usable respondent whose answers it shares; ``municipality`` is
    a place in the register or -1; ``last_question`` is the place of the last question reached; ``partner`` is the
    reaction of the same municipality that counts, or -1.
    """

    kind: np.ndarray
    source: np.ndarray
    municipality: np.ndarray
    last_question: np.ndarray
    partner: np.ndarray

    def __len__(self) -> int:
        return len(self.kind)


def draw_reactions(
    plan: Plan,
    frame: Frame,
    unusable: Unusable,
    *,
    municipalities: int,
    questions: int,
    copies: int,
    random: np.random.Generator,
) -> Reactions:
    """Add the unusable reactions to the usable ones.

    Parameters
    ----------
    plan, frame
        How many reactions there are, and the usable respondents.
    unusable
        Shares of the kinds of unusable reactions.
    municipalities
        Number of municipalities in all copies of the register.
    questions
        Number of questions of the instrument.
    copies
        How many times the population is drawn.
    random
        Source of the choice.
    """
    usable = len(frame)
    extra = copies * plan.reactions - usable
    numbers = {"duplicate_complete": min(copies, extra)}
    for kind in ("duplicate_incomplete", "empty", "test_entry"):
        numbers[kind] = min(int(getattr(unusable, kind) * extra), extra - sum(numbers.values()))
    numbers["break_off"] = extra - sum(numbers.values())
    kind = np.concatenate([np.full(usable, "usable"), *(np.full(n, k) for k, n in numbers.items())])
    source, municipality = np.arange(len(kind)), np.concatenate([frame.municipality, np.full(extra, -1)])
    partner, last = np.full(len(kind), -1), np.full(len(kind), questions - 1)
    alone = np.setdiff1d(np.flatnonzero(frame.municipality >= 0), list(frame.members))
    twice = np.isin(kind, ("duplicate_complete", "duplicate_incomplete"))
    source[twice] = partner[twice] = _sample(alone, int(twice.sum()), random)
    municipality[twice] = frame.municipality[source[twice]]
    others = np.isin(kind, ("break_off", "empty", "test_entry"))
    source[others] = alone[random.integers(0, len(alone), int(others.sum()))]
    used = [frame.municipality, *(np.array(group) for group in frame.members.values())]
    unheard = np.setdiff1d(np.arange(municipalities), np.concatenate(used))
    broken = kind == "break_off"
    municipality[broken] = _sample(unheard, numbers["break_off"], random)
    stops = np.isin(kind, ("break_off", "duplicate_incomplete"))
    depth = random.random(int(stops.sum()))
    for _ in range(EARLY):
        depth = np.minimum(depth, random.random(len(depth)))
    last[stops] = FIRST_BREAK + (depth * (questions - FIRST_BREAK - 3)).astype(int)
    return Reactions(kind, source, municipality, last, partner)


def cut_off(table: pd.DataFrame, instrument: Instrument, reactions: Reactions) -> pd.DataFrame:
    """Blank what was not reached.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument.
    instrument
        The questionnaire.
    reactions
        How far each reaction got; an empty one has no answer at all.
    """
    result = table.copy()
    for place, question in enumerate(instrument.questions):
        columns = [column for column in (*question.columns, question.text_column) if column is not None]
        result.loc[(reactions.last_question < place) | (reactions.kind == "empty"), columns] = ""
    return result


def last_answered(table: pd.DataFrame, instrument: Instrument, row: int) -> str:
    """Return the question that a reaction answered last; blank when there is none.

    Parameters
    ----------
    table
        One row per reaction.
    instrument
        The questionnaire.
    row
        The reaction.
    """
    answered = [
        question.name
        for question in instrument.questions
        if any(table.at[row, column] for column in (*question.columns, question.text_column) if column is not None)
    ]
    return answered[-1] if answered else ""


def _sample(values: np.ndarray, number: int, random: np.random.Generator) -> np.ndarray:
    return values[np.argsort(random.random(len(values)), kind="stable")[:number]]
