"""Sentences of an answer: a share in words with its numbers, and what to be careful about."""

import re

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.question import UNWEIGHTED, question_rows, whole_base
from analysis.reporting.wording import capitalise, enumerate_dutch
from analysis.statistics.presentation import RULES, SEPARATOR, legend

VERB = re.compile(r"\[([^|\]]+)\|([^|\]]+)\]")


def statement(chapter: Chapter, item: str, option: str, text: str, *, noun: str | None = None) -> str:
    """Return a sentence about the share of an option, followed by its caveat.

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
        counted, n, noun or chapter.noun(question), printed=_printed(chapter, question.name, item, option)
    )
    quantity = chapter.wording.quantity(row["share"])
    is_one = counted in {0, 1} or quantity.verb("singular", "plural") == "singular"
    sentence = capitalise(VERB.sub(r"\1" if is_one else r"\2", text).format(share=said))
    return f"{sentence} {_caveat(chapter, row)}".rstrip()


def ranking(chapter: Chapter, name: str, text: str, *, most: int = 3) -> str:
    """Return a sentence that names the options chosen most often, and says whether their order is certain.

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
    """
    question = chapter.question(name)
    shown = whole_base(question_rows(chapter, name))
    shown = shown[~shown["option"].isin(question.exclusive_codes)]
    shown = shown.sort_values("share", ascending=False, kind="stable", ignore_index=True)
    named = enumerate_dutch(f"‘{row.label}’ ({int(row.printed_pct)}%)" for row in shown.iloc[:most].itertuples())
    sentence = text.format(options=named)
    overlap = shown["ci_high"].shift(-1).iloc[:most] >= shown["ci_low"].iloc[:most]
    if overlap.any():
        sentence += " De volgorde is niet zeker: de marges van deze en volgende antwoorden overlappen elkaar."
    return sentence


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


def _caveat(chapter: Chapter, row: pd.Series) -> str:
    unreliable = {rule.code for rule in RULES if rule.unreliable}
    codes = [code for code in row["flag"].split(SEPARATOR) if code in unreliable]
    reasons = legend([SEPARATOR.join(codes)]).values()
    return chapter.wording.caveat(row["share"], row["ci_low"], row["ci_high"], reasons)
