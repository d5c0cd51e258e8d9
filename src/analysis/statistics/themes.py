"""Coded answers as questions with several answers, so that the estimates of closed questions hold for them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_file import SEPARATOR
from analysis.survey.coding.theme_levels import Grouping, groupings, has_content, regroup
from analysis.survey.instrument import MISSING, Instrument, Option, Question
from analysis.survey.routing import asked

NOT_ASKED, NOT_ANSWERED = MISSING[:2]
TEXT = "_text"


def theme_instrument(instrument: Instrument, codeframes: Mapping[str, Codeframe], level: str) -> Instrument:
    """Return an instrument in which every coded column is a question with several answers.

    Parameters
    ----------
    instrument
        The questionnaire.
    codeframes
        Codeframe by column.
    level
        ``code``, ``theme`` or ``claim``; see :func:`analysis.survey.coding.theme_levels.groupings`.

    Returns
    -------
    Instrument
        Questions named after their column, in the order of the questionnaire; a column without anything to count
        at this level is left out.
    """
    order = [column for column in instrument.columns if column in codeframes]
    questions = [_question(instrument, column, groupings(codeframes[column], level)) for column in order]
    fields = {name: getattr(instrument, name) for name in type(instrument).model_fields}
    return type(instrument).model_construct(
        **fields | {"questions": tuple(one for one in questions if one.options)}
    )


def _question(instrument: Instrument, column: str, options: Sequence[Grouping]) -> Question:
    asked_in = instrument.question(column.removesuffix(TEXT))
    labels = asked_in.text if column.endswith(TEXT) and asked_in.text else asked_in
    made = tuple(Option.model_construct(code=one.option, nl=one.nl, en=one.en, exclusive=False) for one in options)
    fields = {name: getattr(asked_in, name) for name in type(asked_in).model_fields}
    return type(asked_in).model_construct(
        **fields
        | {"name": column, "nl": labels.nl, "en": labels.en, "type": "multi", "options": made}
        | {"figure": None, "items": (), "text": None, "scale": None}
    )


def theme_answers(
    respondents: pd.DataFrame,
    coded: pd.DataFrame,
    instrument: Instrument,
    codeframes: Mapping[str, Codeframe],
    level: str,
) -> pd.DataFrame:
    """Add a column of 1 and 0 per theme to the respondents.

    Parameters
    ----------
    respondents
        The respondents table.
    coded
        Coded answers: ``respondent_id``, ``column``, ``codes`` (separated by ``;``).
    instrument
        The questionnaire, for who was asked.
    codeframes
        Codeframe by column.
    level
        ``code``, ``theme`` or ``claim``.

    Returns
    -------
    pandas.DataFrame
        The respondents with the columns of :func:`theme_instrument`: ``1``, ``0``, ``not_asked``, or
        ``not_answered`` for who wrote nothing, nothing with content, or something without a settled code.

    Raises
    ------
    ValueError
        When a respondent has two answers in one column.
    """
    if coded.duplicated(["respondent_id", "column"]).any():
        raise ValueError("a respondent has two coded answers in one column")
    reached = asked(instrument, respondents)
    found = dict(zip(zip(coded["respondent_id"], coded["column"], strict=True), coded["codes"], strict=True))
    columns: dict[str, list[str]] = {}
    for question in theme_instrument(instrument, codeframes, level).questions:
        codeframe = codeframes[question.name]
        options = groupings(codeframe, level)
        for column in question.columns:
            columns[column] = []
        answers = zip(respondents["respondent_id"], reached[question.name.removesuffix(TEXT)], strict=True)
        for respondent, is_asked in answers:
            codes = found.get((respondent, question.name), "")
            says = has_content(codes, codeframe) and is_asked
            given = set(regroup(codes.split(SEPARATOR), options))
            for option, column in zip(options, question.columns, strict=True):
                value = "1" if option.option in given else "0"
                columns[column].append(value if says else NOT_ANSWERED if is_asked else NOT_ASKED)
    return pd.concat([respondents, pd.DataFrame(columns, index=respondents.index, dtype="str")], axis="columns")
