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

    def count(self, codes: np.ndarray, n_codes: int) -> np.ndarray:
        """Count respondents per cell (row) and code (column); codes below zero are left out."""
        inside = codes >= 0
        flat = np.bincount(self.index[inside] * n_codes + codes[inside], minlength=len(self.first) * n_codes)
        return flat.reshape(len(self.first), n_codes)


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
    question: Question, respondents: pd.DataFrame, cells: Cells, *, denominator: str, inside: np.ndarray
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

    Raises
    ------
    InputError
        If a column is missing, a value is neither an option nor a missing code, or a respondent answered some
        options of a question with several answers and left out others.
    """
    if denominator not in DENOMINATORS:
        raise InputError(f"there is no denominator {denominator!r}", expected=" or ".join(DENOMINATORS))
    several = question.type == "multi"
    codes = ("0", "1") if several else question.codes
    parts, state = [], None
    for column in question.columns:
        answers = _answer_codes(question, respondents, column, codes)
        asked_state = np.where(answers < len(codes), 0, answers)
        if several and state is not None and (state != asked_state).any():
            raise InputError(
                "respondents answered some options and left out others",
                place=f"question {question.name}, base {question.base}",
                expected="an answer to every option, or the same missing code for all",
                remedy="run the cleaning again",
            )
        state = asked_state
        counts = cells.count(np.where(inside, answers, -1), len(codes) + len(MISSING))
        valid = counts[:, : len(codes)]
        members = {
            "answered": valid.sum(axis=1),
            "routed": counts.sum(axis=1) - counts[:, len(codes) + MISSING.index(NOT_ASKED)],
            "all": counts.sum(axis=1),
        }[denominator]
        chosen = valid[:, 1:] if several else valid
        parts.append((chosen, np.repeat(members[:, None], chosen.shape[1], axis=1)))
    items = [question.name] if question.type != "grid" else list(question.columns)
    options = question.codes if several else question.codes * len(items)
    return Tally(
        items=tuple(np.repeat(items, len(question.codes)).tolist()),
        options=tuple(options),
        chosen=np.hstack([chosen for chosen, _ in parts]).astype(float),
        members=np.hstack([members for _, members in parts]).astype(float),
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
