"""Closed answers of the usable respondents, in exact numbers per option."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.instrument import Question
from analysis.survey.synthetic.association import hand_out, logistic_noise, mention, normal_noise, scores
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.frame import Frame
from analysis.survey.synthetic.routes import answered_by
from analysis.survey.synthetic.sources import Sources

STATUS, OFFICER, SIZE = "q04", "q19", "q03"


def draw_answers(sources: Sources, plan: Plan, frame: Frame, random: np.random.Generator) -> pd.DataFrame:
    """Let every respondent answer the closed questions that they are asked.

    Parameters
    ----------
    sources
        The questionnaire, and how answers depend on each other.
    plan
        Respondents per option, for one copy of the population.
    frame
        The respondents.
    random
        Source of the noise.

    Returns
    -------
    pandas.DataFrame
        One row per respondent, the closed columns of the instrument as text; blank where not asked.
    """
    instrument, association = sources.instrument, sources.parameters.association
    status = instrument.question(STATUS)
    latent = _effect(association.size_on_status, frame.size) + logistic_noise(random, len(frame))
    columns: dict[str, np.ndarray] = {
        SIZE: frame.size,
        STATUS: hand_out(latent, {code: frame.copies * plan.options[STATUS, code] for code in status.codes}),
    }
    engagement = (
        _effect(association.status_on_engagement, columns[STATUS])
        + _effect(association.size_on_engagement, frame.size)
        + association.own_engagement * normal_noise(random, len(frame))
    )
    questions = [question for question in instrument.closed_questions if question.name not in columns]
    # The policy officer first: what the others do depends on it.
    for question in sorted(questions, key=lambda question: question.name != OFFICER):
        rows = answered_by(instrument, question, columns)
        asked = Asked(question, engagement[rows], plan, frame.copies)
        strength = association.mentions.get(question.name, 0.0)
        here = _mentions(asked, strength, random) if question.type == "multi" else _choices(asked, sources, random)
        for name, values in here.items():
            columns[name] = np.full(len(frame), "", dtype=values.dtype)
            columns[name][rows] = values
        if question.name == OFFICER:
            engagement = engagement + _effect(association.officer_on_engagement, columns[OFFICER])
    closed = [column for question in instrument.closed_questions for column in question.columns]
    return pd.DataFrame({column: columns[column] for column in closed}).astype("str")


@dataclass(frozen=True)
class Asked:
    """A question, the engagement of those who are asked it, and how many of them choose what."""

    question: Question
    engagement: np.ndarray
    plan: Plan
    copies: int

    def quotas(self, variable: str, codes: Sequence[str]) -> dict[str, int]:
        """Return the respondents per option, in the order of the options.

        Parameters
        ----------
        variable
            The question, or an item of a grid.
        codes
            Options.
        """
        return {code: self.copies * self.plan.options[variable, code] for code in codes}


def _choices(asked: Asked, sources: Sources, random: np.random.Generator) -> dict[str, np.ndarray]:
    scale = sources.parameters.association.scales.get(asked.question.name)
    order, strength = (scale.order, scale.strength) if scale else (asked.question.codes, 0.0)
    return {
        variable: hand_out(scores(strength, asked.engagement, random), asked.quotas(variable, order))
        for variable in asked.question.columns
    }


def _mentions(asked: Asked, strength: float, random: np.random.Generator) -> dict[str, np.ndarray]:
    """Exclusive options go to those who are least inclined to mention anything else."""
    question, number = asked.question, len(asked.engagement)
    inclination = scores(strength, asked.engagement, random)
    free = np.ones(number, dtype=bool)
    ticks = {}
    for code, quota in asked.quotas(question.name, question.exclusive_codes).items():
        reluctant = np.argsort(np.where(free, inclination, np.inf), kind="stable")[:quota]
        ticks[code] = np.zeros(number, dtype=bool)
        ticks[code][reluctant] = True
        free &= ~ticks[code]
    codes = [code for code in question.codes if code not in ticks]
    matrix = mention(
        np.stack([scores(strength, asked.engagement, random) for _ in codes], axis=1),
        list(asked.quotas(question.name, codes).values()),
        free,
        least=asked.copies * asked.plan.several.get(question.name, 0),
        groups={
            tuple(codes.index(code) for code in union): asked.copies * respondents
            for (name, union), respondents in asked.plan.unions.items()
            if name == question.name
        },
    )
    ticks |= {code: matrix[:, place] for place, code in enumerate(codes)}
    return {f"{question.name}_{code}": np.where(ticks[code], "1", "0") for code in question.codes}


def _effect(effects: dict[str, float], answers: np.ndarray) -> np.ndarray:
    result = np.zeros(len(answers))
    for code, effect in effects.items():
        result[answers == code] = effect
    return result
