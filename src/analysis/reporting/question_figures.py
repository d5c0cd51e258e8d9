"""The figures of one question: as the report presents it, and by size class."""

import pandas as pd

from analysis.reporting.chapter import ALL, GROUPS, Chapter
from analysis.reporting.description import describe_distribution, describe_groups, describe_highest
from analysis.reporting.differences_table import difference_text
from analysis.reporting.display import show_figure, show_table
from analysis.reporting.dutch_numbers import count
from analysis.reporting.figures import (
    bars_with_interval,
    small_multiples,
    sorted_bars,
    stacked_bar,
    stacked_grid,
)
from analysis.reporting.question import (
    UNWEIGHTED,
    by_group,
    hidden_options,
    most_chosen_first,
    overview,
    question_rows,
    size_class_rows,
    whole_base,
)
from analysis.reporting.reading_notes import (
    RULES_LINK,
    denominator_text,
    rounding_text,
    uncertain_text,
    unweighted_only_text,
)
from analysis.survey.instrument import Question

INTERVAL_NOTE = "Tussen haakjes in de tabel: de grenzen van het 95%-interval."
LONG = 8
"""A text alternative names every option of a question with at most this many; of a longer one the highest."""


def show_question(chapter: Chapter, name: str, *, split: int | None = None) -> None:
    """Show a question as the report presents it, with the table behind it.

    One answer per respondent: a stacked bar. Several answers: sorted bars. A grid: stacked bars. A question
    without a figure in the report: a table.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.
    split
        Number of options at the start that are of one kind, as for
        :func:`analysis.reporting.figures.stacked_bar`.
    """
    question, rows = chapter.question(name), question_rows(chapter, name)
    if question.type == "multi":
        rows = most_chosen_first(rows, question)
    shown, noun = whole_base(rows), chapter.noun(question)
    table, key = overview(rows, question)
    notes = [denominator_text(chapter, question), rounding_text(shown), uncertain_text(shown)]
    table_notes = [INTERVAL_NOTE, unweighted_only_text(rows), key.legend]
    if question.figure is None:
        show_table(table, caption=question.nl, note=_joined([*notes[:2], *table_notes]))
        return
    if question.type == "multi":
        drawing = sorted_bars(shown, base=noun, last=question.exclusive_codes)
        alt = describe_distribution(shown, noun)
    elif question.type == "grid":
        drawing, alt = stacked_grid(shown, base=noun), describe_groups(shown, "item_label")
    else:
        drawing, alt = stacked_bar(shown, base=noun, split=split), describe_distribution(shown, noun)
    show_figure(
        drawing,
        number=question.figure,
        caption=question.nl,
        alt=alt,
        note=_joined(notes),
        data=table,
        data_note=_joined(table_notes),
        download=_download(question),
    )


def show_size_classes(chapter: Chapter, name: str) -> None:
    """Show a question per size class, or with its intervals alone where no answer may be shown per size class.

    Of a grid the share of the first answer of the scale is shown.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question, which has a figure in the report.
    """
    question, rows = chapter.question(name), _rows_to_compare(chapter, name, size_class_rows(chapter, name))
    caption, noun = question.nl, "gemeenten die meededen"
    if question.type == "grid":
        caption += f": ‘{question.options[0].nl}’"
    if rows.empty:
        rows, noun = _rows_to_compare(chapter, name, question_rows(chapter, name)), chapter.noun(question)
        drawing, alt = bars_with_interval(rows, base=noun), describe_distribution(rows, noun)
        caption += ", met 95%-interval"
        reason = (
            f"Percentages naar grootte staan hier niet: een groep zou te klein zijn ({RULES_LINK}). De uitkomst "
            "van de toets mag er wel staan."
        )
    else:
        drawing = small_multiples(rows, base=noun)
        describe = describe_groups if rows["option"].nunique() <= LONG else describe_highest
        alt = describe(rows, "group_label")
        caption += ", naar aantal inwoners"
        reason = _groups_text(chapter, question, int(rows.loc[rows["group"] == ALL, "n"].max()))
    table, key = by_group(rows)
    show_figure(
        drawing,
        number=f"{question.figure}b",
        caption=caption,
        alt=alt,
        note=_joined([reason, difference_text(chapter, name), rounding_text(rows), uncertain_text(rows)]),
        data=table,
        data_note=_joined([INTERVAL_NOTE, key.legend]),
        download=_download(question),
    )


def _rows_to_compare(chapter: Chapter, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Return unweighted rows in the order of a figure with a panel per group."""
    question = chapter.question(name)
    rows = rows[rows["estimator"] == UNWEIGHTED]
    if question.type == "grid":
        rows = rows[rows["option"] == question.options[0].code].assign(
            option=rows["item"], label=rows["item_label"]
        )
        place = {group: number for number, group in enumerate(GROUPS)}
        return rows.sort_values("group", key=lambda groups: groups.map(place), kind="stable", ignore_index=True)
    return most_chosen_first(rows, question) if question.type == "multi" else rows.reset_index(drop=True)


def _groups_text(chapter: Chapter, question: Question, everyone: int) -> str:
    """Say in Dutch of whom the percentages by size class are, and how many answers are left out."""
    texts = ["Percentages van alle gemeenten van die grootte die meededen."]
    if question.base != ALL:
        texts = ["Percentages van alle gemeenten van die grootte die meededen, ook als zij de vraag niet kregen."]
        if whole_base(question_rows(chapter, question.name))["n"].max() < everyone:
            texts.append(
                f"Daarom zijn deze percentages lager dan in figuur {question.figure}. De toets gaat alleen over "
                "gemeenten die de vraag kregen."
            )
    hidden = len(hidden_options(chapter, question.name))
    if hidden:
        one, more = ("onderdeel", "onderdelen") if question.type == "grid" else ("antwoord", "antwoorden")
        left = f"Eén {one} staat" if hidden == 1 else f"{count(hidden)} {more} staan"
        texts.append(f"{left} er niet bij: een groep zou te klein zijn ({RULES_LINK}).")
    return " ".join(texts)


def _download(question: Question) -> str:
    return f"tables/figure_{question.figure}.csv"


def _joined(sentences: list[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
