"""What a reader must know of the numbers of a question: of whom they are, and which are uncertain or not there."""

import pandas as pd

from analysis.reporting.chapter import Chapter
from analysis.reporting.dutch_numbers import count
from analysis.reporting.question import UNCERTAIN
from analysis.survey.instrument import Question


def denominator_text(chapter: Chapter, question: Question) -> str:
    """Say in Dutch of whom the percentages of a question are percentages.

    Parameters
    ----------
    chapter
        The results of its chapter.
    question
        The question.
    """
    bases = chapter.bases[chapter.bases["question"].isin(chapter.items(question))]
    noun = chapter.noun(question)
    asked, everyone = int(bases["n_asked"].iloc[0]), int(bases["n_respondents"].iloc[0])
    answered = sorted(set(bases["n_answered"].astype(int)))
    given = " tot ".join(dict.fromkeys(map(count, (answered[0], answered[-1]))))
    filled = "iedereen vulde hem in" if answered == [asked] else f"{given} vulden hem in"
    denominator = bases["denominator"].iloc[0]
    if denominator == "all":
        reached = f"aan {count(asked)} is de vraag gesteld, en {filled}"
        return f"Percentages van alle {count(everyone)} reacties; {reached}."
    if denominator == "answered" and answered != [asked]:
        return f"Percentages van {given} {noun}: zij vulden de vraag in, die aan {count(asked)} is gesteld."
    return f"Percentages van {count(asked)} {noun}: aan hen is de vraag gesteld, en {filled}."


def unweighted_only_text(rows: pd.DataFrame) -> str:
    """Explain in Dutch the dash in place of a weighted share; empty when every share is there.

    Parameters
    ----------
    rows
        Rows of :func:`question_rows` that the table shows.
    """
    if rows["share"].notna().all():
        return ""
    return "–: geen gewogen cijfer, omdat weinig gemeenten dit antwoord gaven, of weinig het niet gaven."


def rounding_text(rows: pd.DataFrame) -> str:
    """Explain in Dutch why equal counts have unequal percentages; empty when they have not.

    Parameters
    ----------
    rows
        Unweighted rows of :func:`question_rows` that the figure shows.
    """
    if (rows.groupby(["count", "n"], observed=True)["printed_pct"].nunique() > 1).any():
        start = "Percentages zijn zo afgerond dat ze samen 100 zijn"
        return f"{start}; gelijke aantallen kunnen daardoor 1 procent schelen."
    return ""


def uncertain_text(rows: pd.DataFrame) -> str:
    """Explain in Dutch the asterisk of a figure; empty when no share has one.

    Parameters
    ----------
    rows
        Rows of :func:`question_rows` that the figure shows.
    """
    if not (rows["mark"] == UNCERTAIN).any():
        return ""
    return f"{UNCERTAIN} Onzeker cijfer; de letters in de tabel zeggen waarom."
