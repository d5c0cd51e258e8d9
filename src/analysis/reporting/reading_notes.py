"""What a reader must know of the numbers of a question: of whom they are, and which are uncertain or not there."""

import pandas as pd

from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.dutch_numbers import count
from analysis.reporting.question import NO_BREAK, UNCERTAIN, question_rows, whole_base
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.rounding import round_half_up
from analysis.survey.instrument import Question

RULES_LINK = "[regels](disclosure.html)"
PLANNING, EXPLORING = "planning", "d"
"""The base of those with an approach or plans, and the answer of those who still explore, which belongs to it."""
MOST_NAMED = 4
ONE_UNIT = "Een reactie telt als één gemeente, ook als zij voor meer gemeenten geldt."


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
    # Only of these a reader expects all municipalities that are represented.
    unit = f" {ONE_UNIT}" if question.base == ALL or denominator == "all" else ""
    if denominator == "all":
        reached = f"aan {count(asked)} is de vraag gesteld, en {filled}"
        return f"Percentages van alle {count(everyone)} reacties; {reached}.{unit}"
    if denominator == "answered" and answered != [asked]:
        return f"Percentages van {given} {noun}: zij vulden de vraag in, die aan {count(asked)} is gesteld.{unit}"
    return f"Percentages van {count(asked)} {noun}: aan hen is de vraag gesteld, en {filled}.{unit}"


def planning_text(chapter: Chapter) -> str:
    """Say in Dutch how many municipalities have an approach or plans for one, and that some still explore.

    Parameters
    ----------
    chapter
        The results of the chapter with the status of the approach.
    """
    base = chapter.instrument.base(PLANNING)
    ((name, codes),) = base.when.items()
    counts = whole_base(question_rows(chapter, name)).set_index("option")["count"].astype(int)
    exploring = counts[EXPLORING]
    total = count(counts[list(codes)].sum())
    also = "hoort ook één gemeente die nog verkent" if exploring == 1 else ""
    also = also or f"horen ook {count(exploring)} gemeenten die nog verkennen"
    said = f"Waar staat ‘{base.nl}’, gaat het om {total} gemeenten."
    return f"{said} Hierbij {also}." if exploring else said


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
    """Say in Dutch which percentages would be others if each were rounded on its own; empty when none would.

    Parameters
    ----------
    rows
        Unweighted shares that are shown: ``label``, ``count``, ``n`` and ``printed_pct``; with ``item_label`` or
        ``group_label`` where there are several of them.
    """
    rows = rows.dropna(subset=["printed_pct", "count"])
    counted = zip(rows["count"].astype(int), rows["n"].astype(int), strict=True)
    alone = pd.Series([round_half_up([chosen, n - chosen])[0] for chosen, n in counted], index=rows.index)
    other = rows.assign(alone=alone)[rows["printed_pct"] != alone]
    if other.empty:
        return ""
    start = "Percentages zijn zo afgerond dat ze samen 100 zijn"
    if (rows.groupby(["count", "n"], observed=True)["printed_pct"].nunique() > 1).any():
        start += "; gelijke aantallen kunnen daardoor 1 procent schelen"
    if len(other) > MOST_NAMED:
        changed = f"{count(len(other))} van de {count(len(rows))} percentages"
        return f"{start}. Los afgerond zijn {changed} 1 procent anders."
    labels = rows["label"].astype(str)
    for column in ("item_label", "group_label"):
        if column in rows and rows[column].nunique() > 1:
            pairs = zip(rows[column], labels, strict=True)
            labels = pd.Series([f"{part}: {label}" for part, label in pairs], index=rows.index)
    named = [f"‘{labels[row.Index]}’ {row.alone}%" for row in other.itertuples()]
    return f"{start}. Los afgerond {'is' if len(named) == 1 else 'zijn'} {enumerate_dutch(named)}."


def uncertain_text(rows: pd.DataFrame) -> str:
    """Explain in Dutch the asterisk of a figure; empty when no share has one.

    Parameters
    ----------
    rows
        Rows of :func:`question_rows` that the figure shows.
    """
    if not (rows["mark"] == UNCERTAIN).any():
        return ""
    return f"{UNCERTAIN}{NO_BREAK}Onzeker cijfer; de letters in de tabel zeggen waarom."
