"""Sentences of an answer: a share in words with its numbers and margin, and what to be careful about."""

import re
from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.certain_places import certain_places, order_caveat
from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.comparison_wording import share_range
from analysis.reporting.dutch_numbers import count
from analysis.reporting.question import UNWEIGHTED, question_rows, whole_base
from analysis.reporting.wording import THESE, capitalise, caution, enumerate_dutch
from analysis.statistics.presentation import RULES, SEPARATOR, legend

VERB = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")


def statement(chapter: Chapter, item: str, option: str, text: str, *, noun: str | None = None) -> str:
    """Return a sentence about the share of an option, followed by why to be careful with it.

    Parameters
    ----------
    chapter
        The results of the chapter.
    item
        Name of a question, or of a row of a grid.
    option
        An option, or options that the estimates take together, such as ``a;b;c``.
    text
        The sentence with ``{share}`` where the share stands and verbs as ``[singular|plural]``, such as
        ``{share} [heeft|hebben] een visie.``
    noun
        What was counted, as a Dutch plural; by default who was asked.

    Raises
    ------
    InputError
        When there is no estimate of this option.
    """
    row = _estimate(chapter, item, option)
    question = next(one for one in chapter.questions if item in chapter.items(one))
    counted, n = int(row["count"]), int(row["n"])
    said = chapter.wording.share(
        counted,
        n,
        noun or chapter.noun(question),
        printed=_printed(chapter, question.name, item, option),
        margin=_margin(row),
    )
    quantity = chapter.wording.quantity(row["share"])
    is_one = counted in {0, 1} or quantity.verb("singular", "plural") == "singular"
    sentence = capitalise(VERB.sub(r"\1" if is_one else r"\2", text).format(share=said))
    return f"{sentence} {_caution(row)}".rstrip()


def ranking(chapter: Chapter, name: str, text: str, *, most: int = 3, noun: str | None = None) -> str:
    """Return a sentence that names the options chosen most often, and says which of their places are certain.

    Parameters
    ----------
    chapter
        The results of the chapter.
    name
        Name of a question.
    text
        The sentence with ``{options}`` where the options stand.
    most
        How many options are named. Options that exclude others do not count.
    noun
        As for :func:`statement`.
    """
    question = chapter.question(name)
    shown = whole_base(question_rows(chapter, name))
    shown = shown[~shown["option"].isin(question.exclusive_codes)]
    shown = shown.sort_values("share", ascending=False, kind="stable", ignore_index=True)
    noun, n = noun or chapter.noun(question), count(shown["n"].iloc[0])
    base = f" van {THESE}{n} {noun.removeprefix(THESE)}" if noun.startswith(THESE) else f" van de {n} {noun}"
    named = [
        f"‘{row['label']}’ ({int(row['printed_pct'])}%{base if place == 0 else ''}; marge {_margin(row)})"
        for place, row in enumerate(shown.iloc[:most].to_dict("records"))
    ]
    sentence = text.format(options=enumerate_dutch(named))
    return f"{sentence} {order_caveat(certain_places(shown, len(named)), len(named))}".rstrip()


def _estimate(chapter: Chapter, item: str, option: str) -> pd.Series:
    rows = chapter.estimates
    found = rows[
        (rows["question"] == item)
        & (rows["option"] == option)
        & (rows["group"] == ALL)
        & (rows["estimator"] == UNWEIGHTED)
    ]
    if len(found) != 1:
        raise InputError(
            f"chapter {chapter.number} has no estimate of {item} {option}",
            file="data/processed/estimates.csv",
            expected="an option of the question, or options that the published claims take together",
            remedy="name one of these",
        )
    return found.iloc[0]


def _printed(chapter: Chapter, name: str, item: str, option: str) -> str | None:
    """Return the percentage that the figure prints; nothing for options taken together."""
    shown = whole_base(question_rows(chapter, name))
    row = shown[(shown["item"] == item) & (shown["option"] == option)]
    return f"{int(row['printed_pct'].iloc[0])}%" if len(row) else None


def _margin(row: Mapping[str, float]) -> str:
    return share_range(row["ci_low"], row["ci_high"])


def _caution(row: pd.Series) -> str:
    unreliable = {rule.code for rule in RULES if rule.unreliable}
    codes = [code for code in row["flag"].split(SEPARATOR) if code in unreliable]
    return caution(legend([SEPARATOR.join(codes)]).values())
