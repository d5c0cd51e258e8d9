"""Closed answers of the usable respondents, in exact numbers per option."""

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument, Question
from analysis.survey.synthetic.association import hand_out, logistic_noise, mention, normal_noise, scores
from analysis.survey.synthetic.calibration import Plan
from analysis.survey.synthetic.frame import Frame
from analysis.survey.synthetic.parameters import Association

STATUS, OFFICER, SIZE = "q04", "q19", "q03"


def draw_answers(
    instrument: Instrument,
    plan: Plan,
    frame: Frame,
    association: Association,
    copies: int,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Let every respondent answer the closed questions that they are asked.

    Parameters
    ----------
    instrument
        The questionnaire.
    plan
        Respondents per option, for one copy of the population.
    frame
        The respondents.
    association
        How answers depend on each other.
    copies
        How many times the population is drawn.
    random
        Source of the noise.

    Returns
    -------
    pandas.DataFrame
        One row per respondent, the closed columns of the instrument as text; blank where not asked.
    """
    everyone = len(frame)
    status = instrument.question(STATUS)
    latent = _look_up(association.size_on_status, frame.size) + logistic_noise(random, everyone)
    columns: dict[str, np.ndarray] = {
        SIZE: frame.size,
        STATUS: hand_out(latent, {code: copies * plan.options[STATUS, code] for code in status.codes}),
    }
    engagement = (
        _look_up(association.status_on_engagement, columns[STATUS])
        + _look_up(association.size_on_engagement, frame.size)
        + association.own_engagement * normal_noise(random, everyone)
    )
    questions = [question for question in instrument.closed_questions if question.name not in columns]
    # The policy officer first: what the others do depends on it.
    for question in sorted(questions, key=lambda question: question.name != OFFICER):
        rows = _asked(instrument, question, columns)
        here = _answer(question, plan, engagement[rows], association, copies, random)
        for name, values in here.items():
            columns[name] = np.full(everyone, "", dtype=values.dtype)
            columns[name][rows] = values
        if question.name == OFFICER:
            engagement = engagement + _look_up(association.officer_on_engagement, columns[OFFICER])
    closed = [column for question in instrument.closed_questions for column in question.columns]
    return pd.DataFrame({column: columns[column] for column in closed}).astype("str")


def _answer(
    question: Question,
    plan: Plan,
    engagement: np.ndarray,
    association: Association,
    copies: int,
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    if question.type == "multi":
        return _mentions(question, plan, engagement, association.mentions.get(question.name, 0.0), copies, random)
    scale = association.scales.get(question.name)
    order = scale.order if scale else question.codes
    strength = scale.strength if scale else 0.0
    return {
        variable: hand_out(
            scores(strength, engagement, random), {code: copies * plan.options[variable, code] for code in order}
        )
        for variable in question.columns
    }


def _mentions(
    question: Question,
    plan: Plan,
    engagement: np.ndarray,
    strength: float,
    copies: int,
    random: np.random.Generator,
) -> dict[str, np.ndarray]:
    """Exclusive options go to those who are least inclined to mention anything else."""
    inclination = scores(strength, engagement, random)
    free = np.ones(len(engagement), dtype=bool)
    ticks = {}
    for code in question.exclusive_codes:
        number = copies * plan.options[question.name, code]
        reluctant = np.argsort(np.where(free, inclination, np.inf), kind="stable")[:number]
        ticks[code] = np.zeros(len(engagement), dtype=bool)
        ticks[code][reluctant] = True
        free &= ~ticks[code]
    codes = [code for code in question.codes if code not in ticks]
    matrix = mention(
        np.stack([scores(strength, engagement, random) for _ in codes], axis=1),
        [copies * plan.options[question.name, code] for code in codes],
        free,
        least=copies * plan.several.get(question.name, 0),
        groups={
            tuple(codes.index(code) for code in union): copies * number
            for (name, union), number in plan.unions.items()
            if name == question.name
        },
    )
    ticks |= {code: matrix[:, place] for place, code in enumerate(codes)}
    return {f"{question.name}_{code}": np.where(ticks[code], "1", "0") for code in question.codes}


def _asked(instrument: Instrument, question: Question, columns: dict[str, np.ndarray]) -> np.ndarray:
    rows = np.ones(len(columns[STATUS]), dtype=bool)
    for name, codes in instrument.base(question.base).when.items():
        rows &= np.isin(columns[name], codes)
    return rows


def _look_up(effects: dict[str, float], answers: np.ndarray) -> np.ndarray:
    result = np.zeros(len(answers))
    for code, effect in effects.items():
        result[answers == code] = effect
    return result
