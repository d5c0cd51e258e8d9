"""Quotes from open answers: none without a person's approval, none with personal data, none that can be joined."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows
from analysis.survey.instrument import Instrument
from analysis.survey.masking import make_masker, mask_answers
from analysis.survey.register import Register

COLUMNS = ("answer_id", "quote", "approved_by", "approved_on")
LEFT_OUT = "[…]"

Screen = Callable[[str], Sequence[str]]


def approved_quotes(path: Path, answers: pd.DataFrame, screen: Screen) -> pd.DataFrame:
    """Return the quotes that a person approved, without anything that tells whose they are.

    Parameters
    ----------
    path
        CSV with the columns ``answer_id, quote, approved_by, approved_on``; without the
        file none is approved. In a quote, ``[…]`` stands for words that were left out.
    answers
        The masked open answers.
    screen
        Returns the kinds of personal data that it finds in a text, such as a municipality.

    Returns
    -------
    pandas.DataFrame
        ``column`` and ``quote``, sorted; no answer and no respondent.

    Raises
    ------
    InputError
        With the line: an answer that is not in the data, a quote that is not in its answer, personal data, no name
        or date of approval, or a second quote of one respondent anywhere in the pages.
    """
    rows: list[tuple[str, str]] = []
    quoted: dict[str, int] = {}
    known = answers.set_index("answer_id")
    for line, row in read_approvals(path):
        if row["answer_id"] not in known.index:
            raise _problem(path, line, "the answer is not in the data", "remove the line, or restore the cleaning")
        answer = known.loc[row["answer_id"]]
        if not _stands_in(row["quote"], answer["text"]):
            raise _problem(
                path, line, "the quote does not stand so in the answer", "copy it from the masked answer"
            )
        if kinds := screen(row["quote"]):
            problem = f"the quote holds personal data ({', '.join(kinds)})"
            raise _problem(path, line, problem, f"leave these words out: {LEFT_OUT}")
        respondent = str(answer["respondent_id"])
        if respondent in quoted:
            problem = f"its respondent is quoted on line {quoted[respondent]} too"
            raise _problem(path, line, problem, "keep one of the two: together they say more about who wrote them")
        quoted[respondent] = line
        rows.append((answer["column"], row["quote"]))
    return pd.DataFrame(sorted(rows), columns=["column", "quote"], dtype="str")


def personal_data_screen(answers: pd.DataFrame, register: Register, instrument: Instrument) -> Screen:
    """Return a screen that finds in a text what the masking of open answers would find.

    Parameters
    ----------
    answers
        The masked open answers, from which the screen learns the ordinary words.
    register
        Municipalities with their names.
    instrument
        The questionnaire.
    """
    masker = make_masker(register, instrument)

    def screen(text: str) -> Sequence[str]:
        texts = pd.concat([answers["text"], pd.Series([text], dtype="str")], ignore_index=True)
        _, found = mask_answers(texts, masker)
        return [kind for kind, index in found.items() if texts.index[-1] in index]

    return screen


def read_approvals(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of the file in which a person approves quotes, each with its line; none without the file.

    Parameters
    ----------
    path
        As for :func:`approved_quotes`.

    Raises
    ------
    InputError
        When the file has other columns or is no text, or a field is missing, with the line.
    """
    if not path.is_file():
        return []
    rows, problems = read_rows(path, COLUMNS)
    if problems:
        raise problems[0]
    for line, row in rows:
        if not all(row.values()):
            raise InputError(
                "a field is missing",
                file=path,
                place=f"line {line}",
                expected=", ".join(COLUMNS),
                remedy="fill in answer, quote, who approved it, and when",
            )
    return rows


def _stands_in(quote: str, text: str) -> bool:
    """Tell whether the parts of a quote stand in the answer, in their order."""
    rest = " ".join(text.split())
    for part in quote.split(LEFT_OUT):
        words = " ".join(part.split())
        if words not in rest:
            return False
        rest = rest[rest.index(words) + len(words) :]
    return bool(quote.replace(LEFT_OUT, "").strip())


def _problem(path: Path, line: int, problem: str, remedy: str) -> InputError:
    return InputError(problem, file=path, place=f"line {line}", remedy=remedy)
