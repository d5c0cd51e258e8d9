"""What weighting changes in a chapter."""

import pandas as pd

from analysis.reporting.chapter import ESTIMATORS, Chapter
from analysis.reporting.display import show_table, show_text
from analysis.reporting.dutch_numbers import decimal, percentage
from analysis.reporting.flag_key import flag_key
from analysis.reporting.question import UNWEIGHTED, question_rows
from analysis.reporting.reading_notes import rounding_text

MOST = 6


def weighting_changes(chapter: Chapter) -> pd.DataFrame:
    """Return the estimates of every option of a chapter, those that weighting changes most first.

    Parameters
    ----------
    chapter
        The results of the chapter.

    Returns
    -------
    pandas.DataFrame
        Rows of :func:`analysis.reporting.question.question_rows` of the options with a weighted share, with
        ``change``: the largest change of the share of this option by weighting, as a fraction, the same for all
        its estimators.
    """
    tables = [question_rows(chapter, question.name) for question in chapter.questions]
    rows = pd.concat(tables, ignore_index=True)
    keys = ["item", "option"]
    unweighted = rows.loc[rows["estimator"] == UNWEIGHTED, [*keys, "share"]]
    rows = rows.merge(unweighted, on=keys, suffixes=("", "_unweighted"), validate="many_to_one")
    moved = (rows["share"] - rows["share_unweighted"]).abs()
    rows = rows.assign(change=moved.groupby([rows[key] for key in keys], observed=True).transform("max"))
    rows = rows[rows.groupby(keys, observed=True)["share"].transform("count") == len(ESTIMATORS)]
    # The rows of an option stay together where options tie.
    return rows.sort_values(["change", *keys], ascending=[False, True, True], kind="stable", ignore_index=True)


def show_weighting(chapter: Chapter) -> None:
    """Show the shares that weighting changes most, and say how much.

    Parameters
    ----------
    chapter
        The results of the chapter.
    """
    rows = weighting_changes(chapter).iloc[: MOST * len(ESTIMATORS)]
    if rows.empty:
        show_text("Van geen enkel antwoord kan een gewogen aandeel worden getoond: de groepen zijn te klein.")
        return
    key = flag_key(rows["flag"])
    own = (rows["printed_pct"] / 100).fillna(rows["share"])
    cells = rows.assign(cell=own.map(percentage) + rows["flag"].map(key.mark))
    table = cells.drop_duplicates(["item", "option"])[["item_label", "label"]].reset_index(drop=True)
    for estimator in ESTIMATORS:
        table[estimator] = cells.loc[cells["estimator"] == estimator, "cell"].to_numpy()
    rounding = rounding_text(rows[rows["estimator"] == UNWEIGHTED])
    largest = decimal(rows["change"].iloc[0] * 100, 0)
    show_table(
        table,
        caption="Wat weging verandert",
        note=f"De {len(table)} antwoorden met de grootste verandering, hooguit ongeveer {largest} procentpunt. "
        "Weging laat grote en kleine gemeenten, en de provincies, even zwaar tellen als in het hele land. "
        f"{rounding} {key.legend}".rstrip(),
        headings={"item_label": "Vraag", "label": "Antwoord", **ESTIMATORS},
    )
