"""Count answers per cell of the design: all that the estimates need to know of the respondents."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics.design import WeightedDesign
from analysis.survey.instrument import MISSING, Question

DENOMINATORS = ("all", "routed", "answered")
NOT_ASKED = MISSING[0]
SEPARATOR = ";"


@dataclass(frozen=True)
class Cells:
    """Groups of respondents whom every estimator and every grouping treats alike.

    ``index`` is the cell of each respondent and ``first`` the position of one respondent of each cell, so that
    whatever is constant within cells is read off there.
    """

    index: np.ndarray
    first: np.ndarray

    @property
    def sizes(self) -> np.ndarray:
        """Respondents per cell."""
        return np.bincount(self.index, minlength=len(self.first))

    def count(self, mask: np.ndarray) -> np.ndarray:
        """Count the respondents of a mask per cell."""
        return np.bincount(self.index[mask], minlength=len(self.first))


def design_cells(designs: Sequence[WeightedDesign], columns: Sequence[str]) -> Cells:
    """Divide the respondents into cells of equal stratum, margins, weights and groups.

    Parameters
    ----------
    designs
        Weighted designs on the same respondents.
    columns
        Columns of the respondents that are grouped by.
    """
    design = designs[0].design
    names = dict.fromkeys([*columns, *(margin for weighted in designs for margin in weighted.margins)])
    keys = [design.strata, *(weighted.weights for weighted in designs)]
    keys += [design.respondents[name].to_numpy() for name in names]
    index = np.zeros(design.n, dtype=np.int64)
    for key in keys:
        codes, levels = pd.factorize(key)
        index, _ = pd.factorize(index * (len(levels) + 1) + codes)
    first = np.unique(index, return_index=True)[1]
    return Cells(index, first)


@dataclass(frozen=True)
class Tally:
    """Counts of one question: a column per option, a row per cell.

    ``members`` are the respondents in the denominator, ``chosen`` those who chose the option.
    """

    items: tuple[str, ...]
    options: tuple[str, ...]
    chosen: np.ndarray
    members: np.ndarray


def tally(
    question: Question,
    respondents: pd.DataFrame,
    cells: Cells,
    *,
    denominator: str,
    inside: np.ndarray,
    unions: Sequence[str] = (),
) -> Tally:
    """Count the answers to one closed question per cell.

    Parameters
    ----------
    question
        A question with one answer, with several answers, or a grid of rows with one answer each.
    respondents
        One code per respondent and column, or a missing code.
    cells
        Cells of the design.
    denominator
        ``answered`` (asked and answered), ``routed`` (everyone who was asked) or ``all`` (every respondent).
    inside
        True for the respondents of the subgroup.
    unions
        Options to take together, such as ``a;b``: who chose one of them or more.

    Raises
    ------
    InputError
        If a column is missing, a value is neither an option nor a missing code, a union names an unknown option,
        or a respondent answered some options of a question with several answers and left out others.
    """
    if denominator not in DENOMINATORS:
        raise InputError(f"there is no denominator {denominator!r}", expected=" or ".join(DENOMINATORS))
    options = [(code, (code,)) for code in question.codes]
    options += [(union, _members_of(question, union)) for union in unions]
    several = question.type == "multi"
    codes = ("0", "1") if several else question.codes
    answers = np.array([_answer_codes(question, respondents, column, codes) for column in question.columns])
    if several:
        _refuse_half_answers(question, np.where(answers < len(codes), 0, answers))
    chosen, members = [], []
    for rows in [range(len(answers))] if several else [[row] for row in range(len(answers))]:
        member = inside & _in_denominator(answers[rows[0]], len(codes), denominator)
        for _, group in options:
            positions = [question.codes.index(code) for code in group]
            yes = (answers[positions] == 1).any(axis=0) if several else np.isin(answers[rows[0]], positions)
            chosen.append(cells.count(member & yes))
            members.append(cells.count(member))
    items = question.columns if question.type == "grid" else (question.name,)
    return Tally(
        items=tuple(item for item in items for _ in options),
        options=tuple(name for name, _ in options) * len(items),
        chosen=np.column_stack(chosen).astype(float),
        members=np.column_stack(members).astype(float),
    )


def _in_denominator(answers: np.ndarray, n_codes: int, denominator: str) -> np.ndarray:
    if denominator == "answered":
        return answers < n_codes
    if denominator == "routed":
        return answers != n_codes + MISSING.index(NOT_ASKED)
    return np.ones(len(answers), dtype=bool)


def _members_of(question: Question, union: str) -> tuple[str, ...]:
    codes = tuple(union.split(SEPARATOR))
    if len(codes) < 2 or not set(codes) <= set(question.codes):
        raise InputError(
            f"{union!r} does not join options of the question",
            place=f"question {question.name}, base {question.base}",
            expected=f"two or more of {', '.join(question.codes)}, with ; between them",
        )
    return codes


def _refuse_half_answers(question: Question, states: np.ndarray) -> None:
    if (states != states[0]).any():
        raise InputError(
            "respondents answered some options and left out others",
            place=f"question {question.name}, base {question.base}",
            expected="an answer to every option, or the same missing code for all",
            remedy="run the cleaning again",
        )


def _answer_codes(
    question: Question, respondents: pd.DataFrame, column: str, codes: tuple[str, ...]
) -> np.ndarray:
    """Return the position of each answer in the codes followed by the missing codes."""
    if column not in respondents.columns:
        raise InputError(
            f"the respondents have no column {column}",
            place=f"question {question.name}, base {question.base}",
            remedy="run the cleaning again",
        )
    seen, levels = pd.factorize(respondents[column], use_na_sentinel=False)
    levels = pd.Index(levels).astype("str")
    position = pd.Index([*codes, *MISSING]).get_indexer(levels)
    if (position < 0).any():
        unknown = ", ".join(map(str, levels[position < 0]))
        raise InputError(
            f"answers that are no option: {unknown}",
            place=f"question {question.name}, base {question.base}, column {column}",
            expected=", ".join([*codes, *MISSING]),
            remedy="run the cleaning again",
        )
    return position[seen]
