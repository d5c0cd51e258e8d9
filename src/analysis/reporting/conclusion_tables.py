"""The tables of the conclusion: the headline shares, the themes behind them, and the published conclusions."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.reporting.coded_question import Coding
from analysis.reporting.comparison_wording import share_range
from analysis.reporting.conclusion_wording import OPEN_QUESTIONS
from analysis.reporting.standing import STANDINGS
from analysis.reporting.summary import summary_shares
from analysis.reporting.theme_tables import theme_table
from analysis.reporting.theme_wording import describe_themes
from analysis.survey.coding.theme_levels import REST

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


def themes_of(coding: Coding, columns: Sequence[str]) -> dict[str, pd.DataFrame]:
    """Return the themes of open questions; an empty table for a question with answers that nobody has coded yet.

    Parameters
    ----------
    coding
        What is known of all open questions.
    columns
        Columns of the open answers.

    Returns
    -------
    dict
        Result of :func:`analysis.reporting.theme_tables.theme_table` by column, with ``n_content``: how many
        respondents wrote something that says something.
    """
    tables = {}
    for column in columns:
        question = coding.question(column)
        table = theme_table(question, "theme").assign(n_content=question.n_content)
        tables[column] = table[:0] if question.n_waiting else table
    return tables


def theme_list(coding: Coding, themes: Mapping[str, pd.DataFrame], column: str) -> str:
    """Return the themes that were named most in answer to an open question, or that it is not coded yet.

    Parameters
    ----------
    coding
        What is known of all open questions.
    themes
        From :func:`themes_of`.
    column
        Column of the open answers.
    """
    table = themes[column]
    named = table[table["option"] != REST]
    return describe_themes(coding.question(column), named, f"over {OPEN_QUESTIONS[column]}")


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
                "raked_margin": share_range(raked["ci_low"], raked["ci_high"]) if raked else "niet getoond",
            }
        )
    return pd.DataFrame(rows, columns=list(SHARE_HEADINGS))


def share_bars(summary: Mapping[str, Any], base: str | None = None) -> pd.DataFrame:
    """Return the headline shares as a figure draws them.

    Parameters
    ----------
    summary
        See :mod:`analysis.reporting.summary`.
    base
        Name of the base; all of them when left out.
    """
    rows = [entry for entry in summary["shares"].values() if base in (None, entry["base"])]
    table = pd.DataFrame(rows)[["label", "subject", "n", "count", "share", "ci_low", "ci_high", "percent"]]
    labels = table["subject"] + ": " + table["label"]
    return table.assign(label=labels).drop(columns="subject").rename(columns={"percent": "printed_pct"})


def bar_rows(bars: pd.DataFrame) -> pd.DataFrame:
    """Return the table behind the figure, with the percentages that it prints.

    Parameters
    ----------
    bars
        From :func:`share_bars`.
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
