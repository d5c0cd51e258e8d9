"""All reactions: the usable ones, and those that broke off, are empty, are tests, or answer twice."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.frame import Frame
from analysis.survey.synthetic.parameters import Unusable
from analysis.survey.synthetic.sources import Sources

KINDS = ("usable", "break_off", "duplicate_incomplete", "duplicate_complete", "empty", "test_entry")
EARLY = 2  # break-offs lie at the earliest of this many random places
FIRST_BREAK, LAST_BREAK = 3, 3  # questions at the start and the end where nobody breaks off


@dataclass(frozen=True)
class Reactions:
    """All reactions, one entry each in every array.

    ``kind`` is one of :data:`KINDS`; ``source`` is the usable respondent whose answers it shares;
    ``municipality`` is a place in the register or -1; ``last_question`` is the place of the last question
    reached; ``partner`` is the reaction of the same municipality that counts, or -1.
    """

    kind: np.ndarray
    source: np.ndarray
    municipality: np.ndarray
    last_question: np.ndarray
    partner: np.ndarray

    def __len__(self) -> int:
        return len(self.kind)


def draw_reactions(sources: Sources, plan: Plan, frame: Frame, random: np.random.Generator) -> Reactions:
    """Add the unusable reactions to the usable ones.

    Parameters
    ----------
    sources
        The register, the questionnaire, and the shares of the kinds of unusable reactions.
    plan, frame
        How many reactions there are, and the usable respondents.
    random
        Source of the choice.
    """
    usable, questions = len(frame), len(sources.instrument.questions)
    extra = frame.copies * plan.reactions - usable
    numbers = _numbers(extra, frame.copies, sources.parameters.unusable)
    kind = np.concatenate([np.full(usable, "usable"), *(np.full(n, k) for k, n in numbers.items())])
    source, municipality = np.arange(len(kind)), np.concatenate([frame.municipality, np.full(extra, -1)])
    partner, last = np.full(len(kind), -1), np.full(len(kind), questions - 1)
    twice = np.isin(kind, ("duplicate_complete", "duplicate_incomplete"))
    source[twice] = partner[twice] = _sample(frame.alone, int(twice.sum()), random)
    municipality[twice] = frame.municipality[source[twice]]
    others = np.isin(kind, ("break_off", "empty", "test_entry"))
    source[others] = frame.alone[random.integers(0, len(frame.alone), int(others.sum()))]
    used = [frame.municipality, *(np.array(group) for group in frame.members.values())]
    unheard = np.setdiff1d(np.arange(len(sources.register) * frame.copies), np.concatenate(used))
    municipality[kind == "break_off"] = _sample(unheard, numbers["break_off"], random)
    stops = np.isin(kind, ("break_off", "duplicate_incomplete"))
    depth = random.random((EARLY, int(stops.sum()))).min(axis=0)
    last[stops] = FIRST_BREAK + (depth * (questions - FIRST_BREAK - LAST_BREAK)).astype(int)
    return Reactions(kind, source, municipality, last, partner)


def _numbers(extra: int, copies: int, unusable: Unusable) -> dict[str, int]:
    numbers = {"duplicate_complete": min(copies, extra)}
    for kind in ("duplicate_incomplete", "empty", "test_entry"):
        numbers[kind] = min(int(getattr(unusable, kind) * extra), extra - sum(numbers.values()))
    return numbers | {"break_off": extra - sum(numbers.values())}


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


def last_answered(table: pd.DataFrame, instrument: Instrument) -> np.ndarray:
    """Return the question that each reaction answered last; blank when there is none.

    Parameters
    ----------
    table
        One row per reaction.
    instrument
        The questionnaire.
    """
    last = np.full(len(table), "", dtype=object)
    for question in instrument.questions:
        columns = [column for column in (*question.columns, question.text_column) if column is not None]
        last[(table[columns] != "").to_numpy().any(axis=1)] = question.name
    return last


def _sample(values: np.ndarray, number: int, random: np.random.Generator) -> np.ndarray:
    return values[np.argsort(random.random(len(values)), kind="stable")[:number]]
