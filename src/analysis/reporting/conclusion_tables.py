"""The tables of the conclusion: the headline shares, the themes behind them, and the published conclusions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.reporting.comparison_wording import share_range
from analysis.reporting.conclusion_wording import NOT_CODED, OPEN_QUESTIONS
from analysis.reporting.standing import STANDINGS
from analysis.reporting.summary import REST, summary_shares
from analysis.reporting.theme_tables import coded_question, theme_table
from analysis.reporting.theme_wording import describe_themes
from analysis.reporting.wording import Wording, capitalise

SHARE_HEADINGS = {
    "subject": "Onderwerp en antwoord",
    "n": "Basis",
    "percent": "Aandeel",
    "margin": "Marge",
    "raked": "Gewogen",
    "raked_margin": "Marge, gewogen",
}
BAR_HEADINGS = {
    "label": "Onderwerp en antwoord",
    "n": "Basis",
    "count": "Aantal",
    "share": "Aandeel",
    "ci_low": "Ondergrens",
    "ci_high": "Bovengrens",
}
NO_THEMES = ("option", "label", "n", "count", "share", "ci_low", "ci_high", "alpha")


def themes_of(
    tables: Mapping[str, pd.DataFrame], codeframes: Path, columns: Sequence[str], threshold: float
) -> dict[str, pd.DataFrame]:
    """Return the themes of open questions; an empty table for a question that nobody has coded yet.

    Parameters
    ----------
    tables
        From :func:`analysis.reporting.theme_tables.read_coding_tables`.
    codeframes
        Folder with the codeframes.
    columns
        Columns of the open answers.
    threshold
        Alpha from which a theme is reliable.

    Returns
    -------
    dict
        Result of :func:`analysis.reporting.theme_tables.theme_table` by column.
    """
    counts = tables["themes"].groupby("question", observed=True)["count"].max()
    return {
        column: theme_table(coded_question(tables, codeframes, column, threshold), "theme")
        if counts.get(column, 0) > 0
        else pd.DataFrame(columns=list(NO_THEMES))
        for column in columns
    }


def theme_list(themes: Mapping[str, pd.DataFrame], column: str, wording: Wording, base: str) -> str:
    """Return the themes that were named most in answer to an open question, or that it is not coded yet.

    Parameters
    ----------
    themes
        From :func:`themes_of`.
    column
        Column of the open answers.
    wording
        How shares are put into words.
    base
        Who was asked, as a Dutch plural.
    """
    table, what = themes[column], OPEN_QUESTIONS[column]
    if table.empty:
        return NOT_CODED.format(what=what)
    named = table[table["option"] != REST]
    return f"{capitalise(what)}, in eigen woorden; het vaakst genoemd:\n\n{describe_themes(named, wording, base)}"


def share_rows(summary: Mapping[str, Any]) -> pd.DataFrame:
    """Return the headline shares ready to show: unweighted and raked, each with its margin.

    Parameters
    ----------
    summary
        See :mod:`analysis.reporting.summary`.
    """
    rows = []
    for entry in summary["shares"].values():
        raked = entry.get("raked")
        rows.append(
            {
                "subject": f"{entry['subject']}: {entry['label']}",
                "n": entry["n"],
                "percent": f"{entry['percent']}%",
                "margin": share_range(entry["ci_low"], entry["ci_high"]),
                "raked": share_range(raked["share"], raked["share"]) if raked else "niet getoond",
                "raked_margin": share_range(raked["ci_low"], raked["ci_high"]) if raked else "",
            }
        )
    return pd.DataFrame(rows, columns=list(SHARE_HEADINGS))


def planning_bars(summary: Mapping[str, Any], base: str) -> pd.DataFrame:
    """Return the headline shares of one base as a figure draws them.

    Parameters
    ----------
    summary
        See :mod:`analysis.reporting.summary`.
    base
        Name of the base.
    """
    rows = [entry for entry in summary["shares"].values() if entry["base"] == base]
    table = pd.DataFrame(rows)[["label", "subject", "n", "count", "share", "ci_low", "ci_high", "percent"]]
    labels = table["subject"] + ": " + table["label"]
    return table.assign(label=labels).drop(columns="subject").rename(columns={"percent": "printed_pct"})


def bar_rows(bars: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind the figure, with the percentages that it prints.

    Parameters
    ----------
    bars
        From :func:`planning_bars`.
    """
    return bars.assign(share=bars["printed_pct"] / 100).drop(columns="printed_pct")


def shares_file(summary: Mapping[str, Any]) -> pd.DataFrame:
    """Return the headline shares as they are offered for download.

    Parameters
    ----------
    summary
        See :mod:`analysis.reporting.summary`.
    """
    return summary_shares(summary).sort_values(["question", "option", "estimator"], ignore_index=True)


def shown_standings(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the published conclusions by whether they stand, under the line that opens their table.

    Parameters
    ----------
    rows
        See :mod:`analysis.reporting.standing`.
    """
    parts = {title: rows[rows["standing"] == name].drop(columns="standing") for name, title in STANDINGS.items()}
    return {title: part for title, part in parts.items() if len(part)}
