"""Open answers: hand out themes in exact numbers, then put them into words."""

import re

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.catalogue import Catalogue
from analysis.survey.synthetic.routes import answered_by, question_of_column
from analysis.survey.synthetic.sources import Sources

SLOT = re.compile(r"\{(\w+)\}")
FUNCTION = "q02"


def hand_out_themes(
    sources: Sources, plan: Plan, answers: pd.DataFrame, copies: int, random: np.random.Generator
) -> pd.DataFrame:
    """Choose who writes about what.

    Parameters
    ----------
    sources
        The questionnaire and the themes.
    plan
        Respondents per theme and column in one copy of the population.
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
    catalogue, found = sources.catalogue, []
    written = {theme.name: np.zeros(len(answers), dtype=bool) for theme in catalogue.themes}
    for column in catalogue.columns:
        question = question_of_column(sources.instrument, column.name)
        load = np.zeros(len(answers), dtype=int)
        # The themes that leave the least choice come first.
        here = [
            (theme, copies * plan.themes[theme.name, column.name]) for theme in catalogue.of_column(column.name)
        ]
        for theme, number in sorted(
            here, key=lambda pair: (not pair[0].is_alone, pair[0].answer is None, -pair[1])
        ):
            option = theme.answer or (question.text.option if question.text else None)
            room = load <= (0 if theme.is_alone else column.most_themes - 1)
            eligible = answered_by(sources.instrument, question, answers, option) & room & ~written[theme.name]
            if eligible.sum() < number:
                raise InputError(f"too few respondents can write about {theme.name!r} in {column.name}")
            rows = _choose(number, eligible, load, random)
            load[rows] += column.most_themes if theme.is_alone else 1
            written[theme.name][rows] = True
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


def _choose(number: int, eligible: np.ndarray, load: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Take respondents in a random order; when room is short, those who write about little come first."""
    candidates = np.flatnonzero(eligible)
    is_short = len(candidates) < 2 * number
    ranks = random.random(len(candidates)) + (load[candidates] if is_short else 0)
    return np.sort(candidates[np.argsort(ranks, kind="stable")[:number]])
