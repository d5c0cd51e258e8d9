"""The tables of one question: its estimates with labels and printed percentages, for figures, pages and files."""

import pandas as pd

from analysis.reporting.chapter import ALL, ESTIMATORS, GROUPS, Chapter
from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.flag_key import FlagKey, flag_key
from analysis.statistics.presentation import is_unreliable
from analysis.statistics.rounding import ROUNDING_RULES, round_half_up
from analysis.survey.instrument import Question

UNWEIGHTED = next(iter(ESTIMATORS))
UNCERTAIN = "*"
NO_BREAK = "\u00a0"
ANSWER = ["item", "option"]
"""What tells the rows of one question apart, within a group and an estimator."""
FILE_COLUMNS = (
    *("figure", "question", "item_label", "option", "label", "base", "group", "group_label", "estimator"),
    *("n", "count", "share", "printed_pct", "ci_low", "ci_high", "n_effective", "flag", "share_of_mentions"),
)


def question_rows(chapter: Chapter, name: str) -> pd.DataFrame:
    """Return the estimates of a question of everyone who was asked.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.

    Returns
    -------
    pandas.DataFrame
        The rows of the estimates without options taken together, sorted by row of a grid, estimator and option,
        with ``item``, ``item_label``, ``label``, ``group_label``, ``mark`` (an asterisk where a flag makes the
        share unfit to be quoted alone) and ``printed_pct`` (whole percentage, missing for weighted shares).
    """
    return _labelled(chapter, chapter.question(name), chapter.estimates)


def size_class_rows(chapter: Chapter, name: str) -> pd.DataFrame:
    """Return the answers to a question by size class that may be shown.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.

    Returns
    -------
    pandas.DataFrame
        As :func:`question_rows`, unweighted, for all respondents together and for each size class, as a share of
        all respondents of the class, also those who were not asked; without the options that are held back.
    """
    question = chapter.question(name)
    rows = _labelled(chapter, question, chapter.size_classes)
    if question.base != ALL:
        return rows
    # The same share of the same respondents is printed as in the figure that has all options.
    whole = whole_base(question_rows(chapter, name)).set_index(["item", "option"])["printed_pct"]
    printed = whole.reindex(pd.MultiIndex.from_frame(rows[["item", "option"]])).set_axis(rows.index)
    return rows.assign(printed_pct=rows["printed_pct"].mask(rows["group"] == ALL, printed))


def hidden_options(chapter: Chapter, name: str) -> list[str]:
    """Return the labels of the answers to a question that are not shown by size class.

    Of a grid these are the items whose first answer of the scale is not shown.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.
    """
    keys, labels = ["item", "option"], ["item_label", "label"]
    every = whole_base(question_rows(chapter, name))[keys + labels]
    shown = size_class_rows(chapter, name)[keys].drop_duplicates()
    hidden = every.merge(shown, how="left", on=keys, indicator=True).query("_merge == 'left_only'")
    question = chapter.question(name)
    if question.type == "grid":
        return hidden.loc[hidden["option"] == question.options[0].code, "item_label"].tolist()
    return hidden["label"].tolist()


def _labelled(chapter: Chapter, question: Question, rows: pd.DataFrame) -> pd.DataFrame:
    labels = {option.code: option.nl for option in question.options}
    items = chapter.items(question)
    rows = rows[rows["question"].isin(items) & rows["option"].isin(labels) & rows["group"].isin(GROUPS)]
    order = {"question": items, "group": GROUPS, "estimator": ESTIMATORS, "option": labels}
    rows = rows.assign(
        **{
            f"_{key}": rows[key].map({one: place for place, one in enumerate(names)})
            for key, names in order.items()
        }
    )
    rows = rows.sort_values([f"_{key}" for key in order], ignore_index=True).drop(
        columns=[f"_{key}" for key in order]
    )
    rows = rows.assign(
        item=rows["question"],
        item_label=rows["question"].map(items),
        label=rows["option"].map(labels),
        group_label=rows["group"].map(GROUPS),
        mark=is_unreliable(rows["flag"]).map({True: UNCERTAIN, False: ""}),
    )
    return rows.assign(printed_pct=_printed(rows, question, _rounding(chapter, question)))


def whole_base(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the unweighted estimates of everyone who was asked: what the figures of the report show.

    Parameters
    ----------
    rows
        From :func:`question_rows`.
    """
    return rows[(rows["group"] == ALL) & (rows["estimator"] == UNWEIGHTED)].reset_index(drop=True)


def printed_percentages(chapter: Chapter) -> dict[tuple[str, str], int]:
    """Return the whole percentages that the figures of a chapter print.

    Parameters
    ----------
    chapter
        The results of the chapter.

    Returns
    -------
    dict
        Percentage by question, or row of a grid, and option.
    """
    found = {}
    for question in chapter.questions:
        rows = whole_base(question_rows(chapter, question.name)).dropna(subset="printed_pct")
        found |= {(row.item, row.option): int(row.printed_pct) for row in rows.itertuples()}
    return found


def most_chosen_first(rows: pd.DataFrame, question: Question) -> pd.DataFrame:
    """Put the options in the order of a figure of sorted bars: by share, and those that exclude others last.

    Parameters
    ----------
    rows
        From :func:`question_rows`.
    question
        A question with several answers.
    """
    whole = whole_base(rows)
    whole = whole.assign(last=whole["option"].isin(question.exclusive_codes))
    order = whole.sort_values(["last", "share"], ascending=[True, False], kind="stable")["option"]
    place = {option: number for number, option in enumerate(order)}
    groups = rows.groupby(["group", "estimator"], sort=False, observed=True).ngroup()
    ordered = rows.assign(_group=groups, _place=rows["option"].map(place))
    return ordered.sort_values(["_group", "_place"], ignore_index=True).drop(columns=["_group", "_place"])


def figure_table(chapter: Chapter, name: str) -> pd.DataFrame:
    """Return everything that a page shows of a question, as it is offered for download.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`FILE_COLUMNS`; shares and bounds are fractions.
    """
    groups = size_class_rows(chapter, name)
    rows = pd.concat([question_rows(chapter, name), groups[groups["group"] != ALL]], ignore_index=True)
    return rows.assign(printed_pct=rows["printed_pct"].astype("Int64"))[list(FILE_COLUMNS)]


def check_figure(chapter: Chapter, name: str) -> str:
    """Check that the table behind a figure adds up, and say in Dutch what was established.

    Parameters
    ----------
    chapter
        The results of its chapter.
    name
        Name of the question.

    Raises
    ------
    ValueError
        When an unweighted share is not its count over the base, or a printed percentage lies a point or more away
        from its share.
    """
    question = chapter.question(name)
    rows = question_rows(chapter, name)
    rows = rows[rows["estimator"] == UNWEIGHTED]
    if ((rows["share"] * rows["n"] - rows["count"]).abs() > 1e-6).any():
        raise ValueError(f"{name}: a share is not its count over the base")
    if ((rows["printed_pct"] - 100 * rows["share"]).abs() >= 1).any():
        raise ValueError(f"{name}: a printed percentage is not the share, rounded")
    base = count(whole_base(rows)["n"].max())
    return f"{question.nl}: {len(question.codes)} antwoorden op een basis van {base} gemeenten; alles telt op."


def overview(rows: pd.DataFrame, question: Question) -> tuple[pd.DataFrame, FlagKey]:
    """Return the table behind a figure of the whole base: unweighted and weighted, each with its interval.

    Parameters
    ----------
    rows
        From :func:`question_rows`.
    question
        The question.

    Returns
    -------
    table, key
        The table with Dutch headings, and the letters of its flags.
    """
    base = rows[rows["group"] == ALL]
    key = flag_key(base["flag"])
    shown = whole_base(rows)
    columns = {"Onderdeel": shown["item_label"]} if question.type == "grid" else {}
    columns |= {"Antwoord": shown["label"], "Aantal": shown["count"]}
    for estimator, heading in ESTIMATORS.items():
        part = base[base["estimator"] == estimator]
        columns[heading] = _column(shown, part, key)
    if question.type == "multi":
        columns["Deel van alle antwoorden"] = [percentage(share) for share in shown["share_of_mentions"].fillna(0)]
    return pd.DataFrame(columns), key


def by_group(rows: pd.DataFrame) -> tuple[pd.DataFrame, FlagKey]:
    """Return a table with a column per group: unweighted shares, each with its interval.

    Parameters
    ----------
    rows
        Unweighted rows of :func:`question_rows`, one per option and group.

    Returns
    -------
    table, key
        The table with Dutch headings, and the letters of its flags.
    """
    key = flag_key(rows["flag"])
    answers = rows.drop_duplicates(ANSWER)
    columns = {"Antwoord": answers["label"].tolist()}
    for label, part in rows.groupby("group_label", sort=False, observed=True):
        heading = f"{label} (n{NO_BREAK}={NO_BREAK}{count(part['n'].iloc[0])})"
        columns[heading] = _column(answers, part, key)
    return pd.DataFrame(columns), key


def _column(answers: pd.DataFrame, part: pd.DataFrame, key: FlagKey) -> list[str]:
    """Write the cells of a column, each in the row of its own answer, whatever the order of the part."""
    cells = {(row["item"], row["option"]): _cell(row, key) for row in part.to_dict("records")}
    return [cells[answer] for answer in answers[ANSWER].itertuples(index=False, name=None)]


def _rounding(chapter: Chapter, question: Question) -> str:
    return chapter.bases.loc[chapter.bases["question"].isin(chapter.items(question)), "rounding"].iloc[0]


def _printed(rows: pd.DataFrame, question: Question, rounding: str) -> pd.Series:
    """Round the unweighted shares: options that exclude each other together, others each on its own.

    Where options are held back, or some who count gave no answer, what is shown is no whole that adds up to 100.
    """
    printed = pd.Series(float("nan"), index=rows.index)
    unweighted = rows[rows["estimator"] == UNWEIGHTED]
    for _, part in unweighted.groupby(["item", "group"], sort=False, observed=True):
        counts, n = part["count"].astype(int).tolist(), int(part["n"].iloc[0])
        if question.type == "multi" or sum(counts) < n:
            printed[part.index] = [round_half_up([chosen, n - chosen])[0] for chosen in counts]
        else:
            printed[part.index] = ROUNDING_RULES[rounding](counts)
    return printed


def _cell(row: dict, key: FlagKey) -> str:
    """Write a share as a percentage with its interval and the letters of its flags."""
    if pd.isna(row["share"]):
        return "–" + key.mark(row["flag"])
    share = percentage(row["share"]) if pd.isna(row["printed_pct"]) else f"{int(row['printed_pct'])}%"
    low, high = (percentage(row[end]).removesuffix("%") for end in ("ci_low", "ci_high"))
    return f"{share} ({low} tot {high}){key.mark(row['flag'])}".replace(" ", NO_BREAK)
