"""What may be shown by size class, so that no answer leads to a municipality.

National totals are shown. Answers are broken down by size class only, as a share of all respondents of that class:
how many of a class were asked a question would give away who has no plans. A class with few respondents is not
shown; an option is not broken down when few respondents of a class chose it, or few did not. Further options are
held back, those with the smallest cells first, until no hidden number can be worked out from what is shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.reporting.cell_ranges import is_protected, known_ranges, split_parts
from analysis.reporting.reconstruction import reconstruct, too_narrow
from analysis.survey.instrument import Base, Instrument, Question
from analysis.survey.respondents import SIZE_CLASSES

ALL = "all"
GROUPING = "size_class"
GROUPED_BY_ITSELF = "q03"
UNWEIGHTED = "unweighted"
SHOWN = ""
SEPARATOR = ";"
COLUMNS = ("question", "option", "rule")


@dataclass(frozen=True)
class Rules:
    """Thresholds of the disclosure rules, in respondents.

    Parameters
    ----------
    smallest_base
        A size class with fewer respondents is not shown; a weighted share neither when fewer chose the option, or
        fewer did not.
    smallest_cell
        An option that fewer respondents of a size class chose, or did not choose, is not broken down. As much must
        remain between the smallest and the largest value that a reader can work out for a hidden number, or as
        much as the national totals leave.
    """

    smallest_base: int
    smallest_cell: int


@dataclass
class _Item:
    """The answers to a question, or a row of a grid, per size class; everyone else is one more option, the last.

    ``partitions`` are what a reader may know: each divides the options into parts whose total per class is known.
    """

    options: tuple[str, ...]
    counts: np.ndarray
    excludes: bool
    rules: list[str] = field(default_factory=list)
    required: np.ndarray = field(default_factory=lambda: np.zeros(0))
    partitions: list[list[set[int]]] = field(default_factory=list)

    @property
    def hidden(self) -> np.ndarray:
        return np.array([rule != SHOWN for rule in self.rules] + [True])

    @property
    def shown(self) -> list[int]:
        return [place for place, rule in enumerate(self.rules) if rule == SHOWN]

    def weakest(self, places: Sequence[int], everyone: np.ndarray) -> int:
        """Return the smallest number of a size class that chose one of some options, or chose none of them."""
        chosen = self.counts[list(places)].sum(axis=0)
        return int(min(chosen.min(), (everyone - chosen).min()))

    def is_safe(self, partitions: list[list[set[int]]]) -> bool:
        """Tell whether no hidden cell can be worked out by a reader who knows one of some partitions."""
        return all(is_protected(self.counts, self.hidden, parts, self.required) for parts in partitions)


def breakdown_rules(table: pd.DataFrame, instrument: Instrument, rules: Rules) -> pd.DataFrame:
    """Decide which options of which questions may be shown by size class.

    Parameters
    ----------
    table
        Unweighted counts by size class of every closed question, and of options taken together, on the base of all
        respondents: ``question``, ``option``, ``group``, ``n`` and ``count``.
    instrument
        The questionnaire: who is asked which question can be read off it.
    rules
        The thresholds.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``option`` and ``rule``: empty when the option may be shown, else why it may not:
        ``size_class_itself``, ``small_group`` or ``small_cell`` (small itself, or needed to hide a small one).
        Options taken together follow the options of their question.

    Raises
    ------
    InputError
        When a question has another base than all respondents.
    """
    rows = table[table["group"].isin(SIZE_CLASSES)]
    everyone = _everyone(rows)
    items: dict[str, _Item] = {}
    decisions = []
    for question in instrument.closed_questions:
        for name in question.columns if question.type == "grid" else (question.name,):
            own = rows[rows["question"] == name]
            if own.empty:
                continue
            items[name] = item = _item(own, question, everyone)
            if question.name == GROUPED_BY_ITSELF:
                item.rules = ["size_class_itself"] * len(item.rules)
            elif everyone.min() < rules.smallest_base:
                item.rules = ["small_group"] * len(item.rules)
            else:
                _hide_small(item, everyone, rules)
                _hide_derivable(item, _uncertainty(items, instrument.base(question.base)), rules)
            joined = [text for text in dict.fromkeys(own["option"]) if SEPARATOR in text]
            decided = {text: _joined_rule(item, text, everyone, rules) for text in joined}
            decided = dict(zip(item.options, item.rules, strict=True)) | decided
            decisions += [(name, option, rule) for option, rule in decided.items()]
    return pd.DataFrame(decisions, columns=list(COLUMNS))


def attacked_rules(
    table: pd.DataFrame,
    national: pd.DataFrame,
    instrument: Instrument,
    rules: Rules,
    conflicts: Mapping[str, int] | None = None,
) -> pd.DataFrame:
    """Decide as :func:`breakdown_rules`, and hide more until linear programming works out no hidden number.

    Parameters
    ----------
    table, instrument, rules
        As for :func:`breakdown_rules`.
    national
        Unweighted estimates of the whole base of every question: the totals that are shown in any case.
    conflicts
        As for :func:`analysis.reporting.reconstruction.reconstruct`.

    Notes
    -----
    The rules look at one question at a time; the attacker sees all of them together, such as an answer that goes
    with no other one, and a base that follows from an earlier question. Of the questions that everyone got, an
    option is only given up when none of the other questions is broken down any more.
    """
    decisions = breakdown_rules(table, instrument, rules)
    everyone = dict(zip(SIZE_CLASSES, _everyone(table).tolist(), strict=True))
    cells = table[table["group"].isin(SIZE_CLASSES)].merge(decisions, on=["question", "option"])
    cells = cells.assign(
        room=cells["n"] - cells["count"],
        is_routed=cells["question"].map(_routed(instrument)),
        is_joined=cells["option"].str.contains(SEPARATOR),
    )
    while (cells["rule"] == SHOWN).any():
        shown = cells[cells["rule"] == SHOWN]
        found = reconstruct(pd.concat([national, shown], ignore_index=True), everyone, instrument, conflicts)
        narrow = too_narrow(found, rules.smallest_cell)
        narrow = narrow[narrow["question"] != GROUPED_BY_ITSELF]
        if narrow.empty:
            break
        candidates = shown.assign(is_own=shown["question"].isin(narrow["question"]))
        order = ["is_routed", "is_own", "is_joined", "room"]
        first = candidates.sort_values(order, ascending=[False, False, False, True], kind="stable").iloc[0]
        given_up = (cells["question"] == first["question"]) & (cells["option"] == first["option"])
        cells["rule"] = cells["rule"].mask(given_up, "small_cell")
    final = cells.drop_duplicates(["question", "option"])[list(COLUMNS)]
    return decisions[["question", "option"]].merge(final, how="left", on=["question", "option"])


def _routed(instrument: Instrument) -> dict[str, bool]:
    return {
        name: question.base != ALL
        for question in instrument.closed_questions
        for name in (question.name, *question.columns)
    }


def _everyone(rows: pd.DataFrame) -> np.ndarray:
    """Return the respondents per size class, which must be the base of every row."""
    bases = rows.groupby("group", observed=True)["n"].agg(["min", "max"]).reindex(SIZE_CLASSES)
    if bases.isna().any(axis=None) or (bases["min"] != bases["max"]).any():
        raise InputError(
            "a table by size class does not have all respondents as its base",
            expected="the same base in every question, one for each size class",
            remedy="estimate it with denominator all",
        )
    return bases["min"].to_numpy(dtype=int)


def _item(rows: pd.DataFrame, question: Question, everyone: np.ndarray) -> _Item:
    wide = rows.pivot(index="option", columns="group", values="count").reindex(columns=list(SIZE_CLASSES))
    options = tuple(code for code in question.codes if code in wide.index)
    counts = wide.reindex(options).to_numpy(dtype=int)
    excludes = question.type != "multi"
    counts = np.vstack([counts, everyone - counts.sum(axis=0) if excludes else np.zeros_like(everyone)])
    return _Item(options, counts, excludes, [SHOWN] * len(options))


def _hide_small(item: _Item, everyone: np.ndarray, rules: Rules) -> None:
    for place in item.shown:
        if item.weakest([place], everyone) < rules.smallest_cell:
            item.rules[place] = "small_cell"


def _uncertainty(items: dict[str, _Item], base: Base) -> np.ndarray:
    """Return how uncertain it is, per size class, how many were asked, to a reader of the earlier questions."""
    nothing = np.zeros(len(SIZE_CLASSES), dtype=int)
    ((name, codes),) = base.when.items() if len(base.when) == 1 else [("", ())]
    earlier = items.get(name)
    if earlier is None or not earlier.excludes:
        return nothing
    asked = {earlier.options.index(code) for code in codes if code in earlier.options}
    widths = []
    for parts in earlier.partitions:
        width = nothing.copy()
        for part in parts:
            hidden = [place for place in part if earlier.hidden[place]]
            halves = [[place for place in hidden if (place in asked) is inside] for inside in (True, False)]
            counts = np.array([earlier.counts[half].sum(axis=0) for half in halves])
            low, high = known_ranges(counts.sum(axis=1), counts.sum(axis=0))
            width += (high - low)[0]
        widths.append(width)
    return np.min(widths, axis=0)


def _hide_derivable(item: _Item, uncertainty: np.ndarray, rules: Rules) -> None:
    """Hide more options of a question with one answer, until the hidden ones cannot be worked out.

    Who was not asked is as much a secret as an earlier question leaves it.
    """
    if not item.excludes:
        return
    last = len(item.options)
    low, high = known_ranges(item.counts.sum(axis=1), item.counts.sum(axis=0))
    item.required = np.minimum(high - low, rules.smallest_cell)
    item.required[last] = np.minimum(item.required[last], uncertainty)
    whole = [set(range(last + 1))]
    item.partitions = [whole]
    if uncertainty.min() < rules.smallest_cell:
        item.partitions.append([set(range(last))])
    while item.shown and not item.is_safe(item.partitions):
        item.rules[min(item.shown, key=lambda place: item.counts[place].min())] = "small_cell"


def _joined_rule(item: _Item, text: str, everyone: np.ndarray, rules: Rules) -> str:
    """Decide about options taken together, such as ``a;b``; what is shown of them divides the options further."""
    members = [item.options.index(code) for code in text.split(SEPARATOR)]
    if not item.shown:
        return item.rules[0]
    if not item.excludes:
        return max(item.rules[place] for place in members)
    partitions = [split_parts(parts, members) for parts in item.partitions]
    if item.weakest(members, everyone) < rules.smallest_cell or not item.is_safe(partitions):
        return "small_cell"
    item.partitions = partitions
    return SHOWN
