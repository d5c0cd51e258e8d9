"""The open answers, made harmless and without personal data."""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.survey.distinct_values import distinct, in_parts, map_texts
from analysis.survey.instrument import Instrument
from analysis.survey.masking import Masker, mask_answers
from analysis.survey.municipality_names import TAG, visible_text

FORMULA = re.compile(r"\s*(?:[=@\t\r]|[+-](?=[^\s+-]))")
LINE_BREAK = re.compile(r"[\r\n\u2028\u2029]")
EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u203c\u2049\u2139\u231a-\u23ff\u2934\u2935\u3030\u303d]"
)


def open_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the columns whose text may be kept: open questions and explanations that identify nobody by design.

    Parameters
    ----------
    instrument
        The questionnaire. Questions of class ``identifier`` (municipality, contact details) leave the data.
    """
    columns = []
    for question in instrument.questions:
        if question.type == "open" and question.disclosure != "identifier":
            columns += question.columns
        if question.text_column is not None:
            columns.append(question.text_column)
    return tuple(columns)


def gather_open_answers(answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Put the open answers under each other.

    Parameters
    ----------
    answers
        Text in the columns of the instrument, after the routing; the index is the row of the file.
    instrument
        The questionnaire.

    Returns
    -------
    pandas.DataFrame
        ``row, column, typed``, without blank answers.
    """
    tables = []
    for column in open_columns(instrument):
        positions, texts = distinct(answers[column])
        given = (texts.str.strip() != "").to_numpy()[positions]
        tables.append(
            pd.DataFrame(
                {
                    "row": answers.index[given],
                    "column": pd.Categorical([column] * int(given.sum()), categories=open_columns(instrument)),
                    "typed": texts.to_numpy()[positions[given]],
                }
            )
        )
    table = pd.concat(tables, ignore_index=True)
    return table.assign(typed=table["typed"].astype("str"))


def clean_open_answers(answers: pd.DataFrame, masker: Masker) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Turn typed answers into text that can be shown, stored and opened in a spreadsheet, without personal data.

    Markup is removed, character references become characters, line breaks spaces; personal data are masked; a text
    that a spreadsheet would run gets an apostrophe in front.

    Parameters
    ----------
    answers
        What :func:`gather_open_answers` returned.
    masker
        From :func:`analysis.survey.masking.make_masker`.

    Returns
    -------
    DataFrame, dict
        The table with ``text`` in place of ``typed``, and by rule the positions of the answers that it concerned.
    """
    positions, typed = distinct(answers["typed"])
    visible = map_texts(typed, visible_text)
    found = {
        "html": _matches(typed, lambda text: TAG.search(text) is not None),
        "emoji": _matches(typed, _has_emoji),
        "line_break": _matches(typed, lambda text: LINE_BREAK.search(text) is not None),
        "formula": _matches(visible, lambda text: FORMULA.match(text) is not None),
    }
    masked, kinds = mask_answers(visible, masker)
    for kind, index in kinds.items():
        found[kind] = np.zeros(len(typed), dtype=bool)
        found[kind][index] = True
    text = map_texts(masked, _on_one_line).take(positions)
    concerned = {rule: np.flatnonzero(matches[positions]) for rule, matches in found.items()}
    return answers.drop(columns="typed").assign(text=text.to_numpy()).astype({"text": "str"}), concerned


def _on_one_line(text: str) -> str:
    line = " ".join(text.split())
    return f"'{line}" if FORMULA.match(line) else line


def _has_emoji(text: str) -> bool:
    if text.isascii() and "&#" not in text:
        return False
    return EMOJI.search(visible_text(text)) is not None


def _matches(texts: pd.Series, test: Callable[[str], bool]) -> np.ndarray:
    return np.fromiter((test(text) for part in in_parts(texts) for text in part), dtype=bool, count=len(texts))
