"""What a reader can work out about hidden numbers from everything that is published: linear programming.

The attacker knows the questionnaire, all national totals, the respondents per size class and every number that is
shown by size class, puts them into one system of equations, and asks for the smallest and the largest value of
each hidden number. How the numbers to hide were chosen is not used.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array

from analysis.survey.instrument import Instrument, Question
from analysis.survey.respondents import SIZE_CLASSES

ALL = "all"
SEPARATOR = ";"
TOLERANCE = 1e-6
COLUMNS = ("question", "option", "group", "total", "low", "high", "low_by_totals", "high_by_totals")


@dataclass
class _System:
    """Equations and inequalities in non-negative unknowns."""

    unknowns: dict[tuple[str, str, str], int] = field(default_factory=dict)
    equal: list[tuple[list[int], list[float], float]] = field(default_factory=list)
    at_most: list[tuple[list[int], list[float], float]] = field(default_factory=list)

    def unknown(self, *key: str) -> int:
        return self.unknowns.setdefault(key, len(self.unknowns))

    def add_equal(self, plus: Iterable[int], total: float, minus: Iterable[int] = ()) -> None:
        plus, minus = list(plus), list(minus)
        self.equal.append((plus + minus, [1.0] * len(plus) + [-1.0] * len(minus), total))

    def add_at_most(self, plus: Iterable[int], total: float, minus: Iterable[int] = ()) -> None:
        plus, minus = list(plus), list(minus)
        self.at_most.append((plus + minus, [1.0] * len(plus) + [-1.0] * len(minus), total))

    def _matrix(self, rows: list[tuple[list[int], list[float], float]]) -> tuple[csr_array, np.ndarray] | tuple:
        if not rows:
            return None, None
        places = [place for place, (columns, _, _) in enumerate(rows) for _ in columns]
        columns = [column for row in rows for column in row[0]]
        values = [value for row in rows for value in row[1]]
        shape = (len(rows), len(self.unknowns))
        return csr_array((values, (places, columns)), shape=shape), np.array([row[2] for row in rows])

    def ranges(self, wanted: list[int]) -> list[tuple[float, float]]:
        """Return the smallest and the largest value of some unknowns."""
        equal, totals = self._matrix(self.equal)
        at_most, limits = self._matrix(self.at_most)
        found = []
        for place in wanted:
            ends = []
            for sign in (1.0, -1.0):
                aim = np.zeros(len(self.unknowns))
                aim[place] = sign
                solved = linprog(aim, at_most, limits, equal, totals, method="highs")
                if not solved.success:
                    raise ValueError(f"the published tables contradict each other: {solved.message}")
                ends.append(sign * solved.fun)
            found.append((ends[0], ends[1]))
        return found


def reconstruct(
    published: pd.DataFrame,
    everyone: Mapping[str, int],
    instrument: Instrument,
    conflicts: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Work out between which values every number by size class that is not published must lie.

    Parameters
    ----------
    published
        Everything that is published without weights: ``question``, ``option``, ``group`` (``all`` for the national
        total), ``n`` and ``count``. A size class has all its respondents as its base; the national base is who
        answered.
    everyone
        Respondents per size class.
    instrument
        The questionnaire.
    conflicts
        By question, how many chose an answer that goes with no other one together with another one; none when left
        out.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`: a row for each option and size class that is not published, with the national
        total, what the published tables leave, and what the national totals alone leave.

    Raises
    ------
    ValueError
        When the published tables contradict each other.
    """
    system = _System()
    for question in instrument.closed_questions:
        for name in question.columns if question.type == "grid" else (question.name,):
            own = published[published["question"] == name]
            if len(own):
                _add_question(system, name, question, own, (conflicts or {}).get(name, 0))
    for base in instrument.bases:
        _add_base(system, base.name, base.when, everyone)
    shown = set(published[["question", "option", "group"]].itertuples(index=False, name=None))
    totals = published[published["group"] == ALL].drop_duplicates(["question", "option"])
    totals = totals.set_index(["question", "option"])["count"]
    hidden = [
        (question, option, group)
        for question, option in totals.index
        if SEPARATOR not in option
        for group in SIZE_CLASSES
        if (question, option, group) not in shown
    ]
    ranges = system.ranges([system.unknowns[key] for key in hidden])
    rows = []
    for (question, option, group), (low, high) in zip(hidden, ranges, strict=True):
        total, others = int(totals[question, option]), sum(everyone.values()) - everyone[group]
        by_totals = (max(0, total - others), min(total, everyone[group]))
        rows.append((question, option, group, total, low, high, *by_totals))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def too_narrow(found: pd.DataFrame, smallest_range: int) -> pd.DataFrame:
    """Return the hidden numbers that a reader can work out too precisely.

    Parameters
    ----------
    found
        From :func:`reconstruct`.
    smallest_range
        What must remain between the smallest and the largest possible value, or as much as the national totals
        leave.
    """
    required = (found["high_by_totals"] - found["low_by_totals"]).clip(upper=smallest_range)
    return found[found["high"] - found["low"] < required - TOLERANCE]


def _add_question(system: _System, name: str, question: Question, own: pd.DataFrame, conflicts: int) -> None:
    counts = own.drop_duplicates(["option", "group"]).set_index(["option", "group"])["count"]
    answered = int(own.loc[own["group"] == ALL, "n"].iloc[0])
    options = [code for code in question.codes if (code, ALL) in counts.index]
    system.add_equal([system.unknown(name, "answered", group) for group in SIZE_CLASSES], answered)
    for option in options:
        system.add_equal([system.unknown(name, option, group) for group in SIZE_CLASSES], counts[option, ALL])
    for group in SIZE_CLASSES:
        base, reached = system.unknown(question.base, "asked", group), system.unknown(name, "answered", group)
        system.add_at_most([reached], 0, [base])
        cells = {option: system.unknown(name, option, group) for option in options}
        if question.type != "multi":
            system.add_equal(cells.values(), 0, [reached])
        for option, cell in cells.items():
            excluded = [cells[code] for code in question.exclusive_codes if code in cells and code != option]
            system.add_at_most([cell, *excluded], conflicts if excluded else 0, [reached])
        for option, place in counts.index:
            if place == group:
                _add_shown(
                    system, question, [cells[code] for code in option.split(SEPARATOR)], counts[option, group]
                )


def _add_shown(system: _System, question: Question, cells: list[int], count: int) -> None:
    """Add a number that is shown: of one option, or of some taken together."""
    if len(cells) == 1 or question.type != "multi":
        system.add_equal(cells, count)
        return
    for cell in cells:
        system.add_at_most([cell], count)
    system.add_at_most([], -count, cells)


def _add_base(
    system: _System, name: str, when: Mapping[str, tuple[str, ...]], everyone: Mapping[str, int]
) -> None:
    for group in SIZE_CLASSES:
        asked = system.unknown(name, "asked", group)
        system.add_at_most([asked], everyone[group])
        if not when:
            system.add_equal([asked], everyone[group])
        elif len(when) == 1:
            ((earlier, codes),) = when.items()
            system.add_equal([system.unknown(earlier, code, group) for code in codes], 0, [asked])
