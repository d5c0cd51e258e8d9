"""The questionnaire as a reader's codebook: one table of all questions, and one of answers per question."""

from collections.abc import Sequence
from itertools import takewhile

import pandas as pd

from analysis.reporting.page import PageLink
from analysis.survey.instrument import Instrument, Question

TYPES = {
    "open": "open",
    "single": "één antwoord",
    "multi": "meer antwoorden",
    "grid": "per onderdeel",
}
ALL = "all"
CHAPTER_3 = {"1": "02", "table1": "03"}
"""Pages of chapter 3 of the report, which are two, by what they show."""


def question_table(instrument: Instrument, counts: pd.DataFrame, pages: Sequence[PageLink]) -> pd.DataFrame:
    """Return all questions in the order of the questionnaire, as a page shows them.

    Parameters
    ----------
    instrument
        The questionnaire.
    counts
        From :func:`analysis.survey.codebook.question_counts`.
    pages
        All pages, to link the figure that uses a question.

    Returns
    -------
    pandas.DataFrame
        Dutch headings; ``address`` is where the figure stands, empty without one.
    """
    known = counts.set_index("question")
    rows = []
    for question in instrument.questions:
        own = known.loc[question.name]
        rows.append(
            {
                "Vraag": f"{question_number(instrument, question)}. {question.nl}",
                "Soort": TYPES[question.type],
                "Wie kreeg de vraag": instrument.base(question.base).nl,
                "Gevraagd": own["n_asked"],
                "Ingevuld": own["n_answered"],
                "Niet ingevuld": own["n_not_answered"],
                "Figuur": _figure(question),
                "address": _address(question, pages),
            }
        )
    return pd.DataFrame(rows).astype(dict.fromkeys(("Gevraagd", "Ingevuld", "Niet ingevuld"), "Int64"))


def option_tables(instrument: Instrument, options: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the answers to each closed question with how often they were given, by what the table shows.

    Parameters
    ----------
    instrument
        The questionnaire.
    options
        From :func:`analysis.survey.codebook.option_counts`.
    """
    tables = {}
    for question in instrument.closed_questions:
        rows = options[options["question"] == question.name]
        title = f"{question_number(instrument, question)}. {question.nl}"
        if question.type == "grid":
            wide = rows.pivot(index="item", columns="label", values="count")
            wide = wide.loc[list(dict.fromkeys(rows["item"])), list(dict.fromkeys(rows["label"]))]
            tables[title] = wide.rename_axis(columns=None).reset_index().rename(columns={"item": "Onderdeel"})
        else:
            is_code = rows["option"].str.split(";").str[0].isin(question.codes)
            tables[title] = pd.DataFrame(
                {
                    "Antwoord": rows["label"],
                    "Code": rows["option"].str.replace(";", " en ").where(is_code, "–"),
                    "Reacties": rows["count"],
                }
            )
    return tables


def question_number(instrument: Instrument, question: Question) -> str:
    """Return how the annex numbers a question, ``?`` when unknown; numbers that stand there twice are told apart.

    Parameters
    ----------
    instrument
        The questionnaire.
    question
        One of its questions.
    """
    if question.place is None:
        return question.number
    earlier = list(takewhile(lambda other: other.name != question.name, instrument.questions))
    if question.place < max((other.place or 0 for other in earlier), default=0):
        return f"Slotvraag {question.number}"
    repeated = question.number in [other.number for other in earlier]
    return f"{question.number}{' (tweede)' if repeated else ''}"


def _figure(question: Question) -> str:
    if not question.figure:
        return "–"
    number = question.figure.removeprefix("table")
    return f"{'figuur' if number == question.figure else 'tabel'}\u00a0{number}"


def _address(question: Question, pages: Sequence[PageLink]) -> str:
    prefix = CHAPTER_3.get(question.figure or "", f"{question.chapter:02}_")
    page = next((page for page in pages if page.stem.startswith(prefix)), None)
    if not question.figure or page is None:
        return ""
    return f"{page.href}#{'tabel-1' if question.figure == 'table1' else f'figuur-{question.figure}'}"


def codebook_sentence(instrument: Instrument, counts: pd.DataFrame) -> str:
    """Say in Dutch how many questions there are, who gets them, and how completely they came back.

    Parameters
    ----------
    instrument
        The questionnaire.
    counts
        From :func:`analysis.survey.codebook.question_counts`.
    """
    number, n_open = len(instrument.questions), len(instrument.questions) - len(instrument.closed_questions)
    routed = sum(question.base != ALL for question in instrument.questions)
    closed = counts[counts["question"].isin([question.name for question in instrument.closed_questions])]
    full = int((closed["n_not_answered"] == 0).sum())
    left = "Alle" if full == len(closed) else f"{full} van de {len(closed)}"
    return (
        f"De vragenlijst heeft {number} vragen: {len(closed)} met vaste antwoorden en {n_open} waarop mensen in "
        f"eigen woorden antwoorden. {number - routed} vragen kreeg iedereen; welke van de andere {routed} iemand "
        f"kreeg, hangt af van hoe ver de gemeente is. {left} vragen met vaste antwoorden zijn ingevuld door "
        "iedereen die ze kreeg."
    )
