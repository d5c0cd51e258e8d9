"""The share of a base of whom something is known that is no answer to a question by itself."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.statistics.design import WeightedDesign
from analysis.statistics.estimates import ALL, estimate
from analysis.survey.instrument import MISSING, Instrument, Option, Question
from analysis.survey.routing import asked

NAME = "known"
YES = "yes"


def share_of(
    ids: Collection[str],
    base: str,
    instrument: Instrument,
    design: WeightedDesign,
    *,
    members: Collection[str] | None = None,
) -> pd.Series:
    """Return the share of some respondents in a base, with the interval that the design gives.

    Parameters
    ----------
    ids
        Respondents by ``respondent_id``; who is not in the base does not count.
    base
        Name of a base of the questionnaire; one that it does not know is everyone.
    instrument
        The questionnaire.
    design
        Respondents with weights.
    members
        The only respondents of the base that count, such as those who gave an answer; by default all of it.

    Returns
    -------
    pandas.Series
        A row of :func:`analysis.statistics.estimates.estimate`: ``count``, ``n``, ``share``, ``ci_low``,
        ``ci_high`` and the others.

    Raises
    ------
    InputError
        When nobody is in the base.
    """
    respondents = design.design.respondents
    question = _question(base if base in [known.name for known in instrument.bases] else ALL)
    fields = {name: getattr(instrument, name) for name in type(instrument).model_fields}
    extended = type(instrument).model_construct(**fields | {"questions": (*instrument.questions, question)})
    inside = asked(extended, respondents)[NAME]
    if members is not None:
        inside &= respondents["respondent_id"].isin(members)
    answers = np.where(respondents["respondent_id"].isin(ids), "1", "0")
    table = respondents.assign(**{question.columns[0]: np.where(inside, answers, MISSING[0])})
    known = replace(design, design=replace(design.design, respondents=table))
    return estimate(extended, NAME, known, denominator="routed").iloc[0]


def _question(base: str) -> Question:
    option = Option.model_construct(code=YES, nl=YES, en=YES, exclusive=False)
    return Question.model_construct(
        name=NAME,
        number="",
        type="multi",
        chapter=1,
        figure=None,
        base=base,
        missing=MISSING,
        disclosure="none",
        nl=NAME,
        en=NAME,
        options=(option,),
        items=(),
        text=None,
        scale=None,
    )
