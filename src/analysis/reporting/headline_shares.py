"""The headline share of every figure: what the report leads with, so that one page can show all of them."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.chapter import ALL
from analysis.reporting.wording import capitalise
from analysis.survey.instrument import Instrument, Question

STATUS = "q04"
TOGETHER = {
    ("q04", "a;b;c"): "Aanpak in gebruik, in invoering of in de maak",
    ("q04", "a;b;c;d"): "Aanpak of plannen daarvoor",
    ("q04", "e;f;g;h"): "Geen plannen",
}
"""What options that the report takes together are called, where their own labels do not add up to a phrase."""
WHOLE_BASE = ("estimator", "count", "n", "share", "ci_low", "ci_high")


def headline_shares(
    estimates: pd.DataFrame,
    instrument: Instrument,
    *,
    printed: Mapping[tuple[str, str], int] | None = None,
    named_only: bool = False,
) -> pd.DataFrame:
    """Return the estimates of the headline shares.

    Of the status of the approach these are the first option and the options that the report takes together; of
    every other figure, and of every row of a grid, the option chosen most often that does not exclude others.

    Parameters
    ----------
    estimates
        Estimates as the stage ``disclosure`` released them.
    instrument
        The questionnaire.
    printed
        Percentage that the figures print, by question and option, see
        :func:`analysis.reporting.question.printed_percentages`; a share without one is rounded on its own.
    named_only
        Leave out the options that stand for anything else, which respondents explain in their own words.

    Returns
    -------
    pandas.DataFrame
        Per share a row for each estimator that was released: ``item``, ``option``, ``label``, ``base`` (name),
        ``estimator``, ``count``, ``n``, ``share``, ``ci_low``, ``ci_high``, and ``printed_pct`` of unweighted
        shares, in the order of the questionnaire.
    """
    whole = estimates[estimates["group"] == ALL]
    parts = []
    for question in instrument.closed_questions:
        if question.figure is None or question.figure == "table1":
            continue
        for item in question.columns if question.type == "grid" else [question.name]:
            rows = whole[whole["question"] == item]
            for option in _headlines(rows, question, named_only=named_only):
                part = rows.loc[rows["option"] == option, ["option", "base", *WHOLE_BASE]]
                parts.append(part.assign(item=item, label=": ".join(share_label(question, item, option))))
    table = pd.concat(parts, ignore_index=True)
    own = [(printed or {}).get(key) for key in zip(table["item"], table["option"], strict=True)]
    rounded = (100 * table["share"]).round()
    percent = pd.Series(own, index=table.index, dtype="float64").fillna(rounded)
    return table.assign(printed_pct=percent.where(table["estimator"] == "unweighted"))


def beside_each_other(shares: pd.DataFrame) -> pd.DataFrame:
    """Put the estimators of each share in columns.

    Parameters
    ----------
    shares
        Result of :func:`headline_shares`.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``option``, ``label``, ``base``, ``n``, ``unweighted`` and ``raked`` (whole per cents),
        ``ci_low`` and ``ci_high`` of the raked estimate, and ``change`` by weighting, from shares that are each
        rounded on their own. Fractions; what was not released as weighted is missing.
    """
    keys = ["item", "option", "label", "base", "n"]
    first = shares.loc[shares["estimator"] == "unweighted", [*keys, "share", "printed_pct"]].rename(
        columns={"share": "unweighted"}
    )
    raked = shares.loc[shares["estimator"] == "raked", ["item", "option", "share", "ci_low", "ci_high"]]
    wide = first.merge(
        raked.rename(columns={"share": "raked"}), on=["item", "option"], how="left", validate="one_to_one"
    )
    raked = wide["raked"].round(2)
    change = (raked - wide["unweighted"].round(2)).round(2)
    wide = wide.assign(unweighted=wide["printed_pct"] / 100, raked=raked, change=change)
    return wide.drop(columns="printed_pct")


def whole_population(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the headline shares of all municipalities: only of these is it known how many did not respond.

    Parameters
    ----------
    shares
        Result of :func:`headline_shares`.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``option``, ``label``, ``count``, ``n``, ``printed_pct``, one row per share.
    """
    own = (shares["base"] == ALL) & (shares["estimator"] == "unweighted")
    return shares.loc[own, ["item", "option", "label", "count", "n", "printed_pct"]].reset_index(drop=True)


def _headlines(rows: pd.DataFrame, question: Question, *, named_only: bool) -> list[str]:
    left_out = {*question.exclusive_codes}
    if named_only and question.text is not None:
        left_out.add(question.text.option)
    codes = [code for code in question.codes if code not in left_out]
    own = rows[rows["option"].isin(codes) & (rows["estimator"] == "unweighted")]
    if question.name == STATUS:
        return [codes[0], *(option for option in rows["option"].drop_duplicates() if option.startswith("a;"))]
    return [own.sort_values("share", ascending=False, kind="stable")["option"].iloc[0]]


def overlaps_next(rows: pd.DataFrame, question: Question, option: str) -> bool:
    """Return whether the interval of the answer that leads overlaps that of another named one.

    Parameters
    ----------
    rows
        Estimates of the question, or of one row of a grid.
    question
        The question.
    option
        The answer chosen most often.
    """
    left_out = {*question.exclusive_codes, *([question.text.option] if question.text else [])}
    named = rows[(rows["group"] == ALL) & (rows["estimator"] == "unweighted")].set_index("option")
    others = named[named.index.isin(set(question.codes) - left_out - {option})]
    return bool((others["ci_high"] >= named.loc[option, "ci_low"]).any())


def share_label(question: Question, item: str, option: str) -> tuple[str, str]:
    """Return what a share is about and the answer, as short labels.

    Parameters
    ----------
    question
        The question.
    item
        Its name, or a row of a grid.
    option
        A code, or codes that are taken together, such as ``a;b;c``.
    """
    rows = dict(zip(question.columns, (row.nl for row in question.items), strict=False))
    names = {one.code: one.nl for one in question.options}
    first, *others = (names[code] for code in option.split(";"))
    joined = "of" if len(others) == 1 else "tot en met"
    answer = f"{first} {joined} {others[-1][:1].lower()}{others[-1][1:]}" if others else first
    return capitalise(rows.get(item, question.nl)), TOGETHER.get((item, option), answer)
