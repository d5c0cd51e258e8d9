"""Open answers: hand out themes in exact numbers, then put them into words."""

import re

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.survey.instrument import Instrument
from analysis.survey.synthetic.catalogue import Catalogue, Column, Theme
from analysis.survey.synthetic.calibration import Plan

SLOT = re.compile(r"\{(\w+)\}")
FUNCTION = "q02"
SHARE_OF_EMPTY_WORDS = 0.3


def hand_out_themes(
    instrument: Instrument,
    catalogue: Catalogue,
    plan: Plan,
    answers: pd.DataFrame,
    copies: int,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Choose who writes about what.

    Parameters
    ----------
    instrument, catalogue, plan
        The questionnaire, the themes, and respondents per theme and column in one copy of the population.
    answers
        Closed answers, one row per respondent.
    copies
        How many times the population is drawn.
    random
        Source of the choice.

    Returns
    -------
    pandas.DataFrame
        Columns row, column, theme; one line for each time that somebody writes about a theme.
    """
    found = []
    written: dict[str, np.ndarray] = {}
    for column in catalogue.columns:
        load = np.zeros(len(answers), dtype=int)
        here = [
            (theme, copies * plan.themes[theme.name, column.name]) for theme in catalogue.of_column(column.name)
        ]
        # The themes that leave the least choice come first.
        for theme, number in sorted(
            here, key=lambda pair: (not pair[0].is_alone, pair[0].answer is None, -pair[1])
        ):
            before = written.setdefault(theme.name, np.zeros(len(answers), dtype=bool))
            rows = _choose(
                column, theme, number, _holders(instrument, answers, column, theme) & ~before, load, random
            )
            load[rows] += column.most_themes if theme.is_alone else 1
            before[rows] = True
            found.append(pd.DataFrame({"row": rows, "column": column.name, "theme": theme.name}))
    return pd.concat(found, ignore_index=True)


def write_answers(catalogue: Catalogue, themes: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Put themes into words.

    Parameters
    ----------
    catalogue
        Clauses and the words around them.
    themes
        Columns row, column, theme.
    random
        Source of the choice of words.

    Returns
    -------
    pandas.DataFrame
        Columns row, column, text; one line per answer, sorted.
    """
    clauses = {theme.name: theme.clauses for theme in catalogue.themes}
    order = themes.sort_values(["column", "row"], kind="stable")
    picks = random.integers(0, 2**31, (len(order), 3)).tolist()
    answers: dict[tuple[str, int], list[str]] = {}
    starts: dict[tuple[str, int], int] = {}
    for row, column, theme, (pick, opening, slot) in zip(
        order["row"].tolist(), order["column"].tolist(), order["theme"].tolist(), picks, strict=True
    ):
        clause = clauses[theme][pick % len(clauses[theme])]
        parts = answers.setdefault((column, row), [])
        starts.setdefault((column, row), opening)
        parts.append(_fill(clause, catalogue.slots, slot))
    texts = [
        parts[0] if column == FUNCTION else _sentences(parts, catalogue, starts[column, row])
        for (column, row), parts in answers.items()
    ]
    keys = list(answers)
    return pd.DataFrame({"row": [row for _, row in keys], "column": [column for column, _ in keys], "text": texts})


def _sentences(parts: list[str], catalogue: Catalogue, pick: int) -> str:
    opening = catalogue.openings[pick % len(catalogue.openings)]
    text = opening + (parts[0] if opening else _capital(parts[0]))
    for number, part in enumerate(parts[1:], start=1):
        link = catalogue.links[(pick // 7 + number) % len(catalogue.links)]
        text += link + (part if link.rstrip()[-1:] not in (".", "") else _capital(part))
    return text + ("" if pick % 5 == 0 else ".")


def _fill(clause: str, slots: dict[str, tuple[str, ...]], pick: int) -> str:
    return SLOT.sub(lambda match: slots[match[1]][pick % len(slots[match[1]])], clause)


def _capital(text: str) -> str:
    return "E" + text[1:] if text.startswith("één ") else text[:1].upper() + text[1:]


def _holders(instrument: Instrument, answers: pd.DataFrame, column: Column, theme: Theme) -> np.ndarray:
    question = next(
        question for question in instrument.questions if column.name in (question.name, question.text_column)
    )
    rows = np.ones(len(answers), dtype=bool)
    for name, codes in instrument.base(question.base).when.items():
        rows &= answers[name].isin(codes).to_numpy()
    option = theme.answer or (question.text.option if question.text else None)
    if option and question.type == "multi":
        rows &= (answers[f"{question.name}_{option}"] == "1").to_numpy()
    elif option:
        rows &= (answers[question.name] == option).to_numpy()
    return rows


def _choose(
    column: Column, theme: Theme, number: int, eligible: np.ndarray, load: np.ndarray, random: np.random.Generator
) -> np.ndarray:
    limit = 0 if theme.is_alone else column.most_themes - 1
    candidates = np.flatnonzero(eligible & (load <= limit))
    if len(candidates) < number:
        raise InputError(f"too few respondents can write about {theme.name!r} in {column.name}")
    # A random order, in which those who write about little come first when room is short.
    is_short = len(candidates) < 2 * number
    ranks = random.random(len(candidates)) + (load[candidates] if is_short else 0)
    return np.sort(candidates[np.argsort(ranks, kind="stable")[:number]])
