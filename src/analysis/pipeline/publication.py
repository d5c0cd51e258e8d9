"""Write tables for readers and the headline figures: the only way into ``reports/tables``."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.pipeline.disclosure_stage import RELEASED, read_typed
from analysis.pipeline.project import SUMMARY, input_path, output_path, write_csv
from analysis.reporting.dutch_numbers import size_of_table
from analysis.reporting.publishable import COUNTS, check_publishable, neutral_text
from analysis.reporting.summary import check_released, summary_shares, write_summary

FOLDER = "reports/tables/"


def publish_tables(tables: dict[str, pd.DataFrame]) -> None:
    """Write tables for readers as CSV and print what was written; none when one breaks the disclosure rules.

    Parameters
    ----------
    tables
        Table by path from the root of the project, below ``reports/tables``. Numbers by size class keep the
        columns ``question``, ``option``, ``group`` (``all`` for the whole base), ``n`` and ``count``.

    Raises
    ------
    InputError
        When a path lies elsewhere, or a table says more than the rules allow.
    """
    grouped = any("group" in table.columns for table in tables.values())
    released = read_typed(input_path(f"{RELEASED}/size_classes.csv")) if grouped else pd.DataFrame(columns=COUNTS)
    for path, table in tables.items():
        if not path.startswith(FOLDER) or not path.endswith(".csv"):
            raise InputError("a table for readers stands elsewhere", file=path, expected=f"{FOLDER}….csv")
        check_publishable(path, table, released)
    for path, table in tables.items():
        write_csv(neutral_text(table), output_path(path))
        print(f"{path}: {size_of_table(*table.shape)}")


def publish_summary(summary: Mapping[str, Any]) -> None:
    """Write the headline figures and print how many there are; not when one was not released.

    Parameters
    ----------
    summary
        See :mod:`analysis.reporting.summary`.

    Raises
    ------
    InputError
        When a share says more than the disclosure rules allow.
    """
    shares = summary_shares(summary)
    check_publishable(SUMMARY, shares, pd.DataFrame(columns=COUNTS))
    estimates, themes = (read_typed(input_path(f"{RELEASED}/{name}.csv")) for name in ("estimates", "themes"))
    check_released(summary, estimates, themes)
    output_path(SUMMARY).write_text(write_summary(summary), encoding="utf-8")
    print(f"{SUMMARY}: {shares['question'].nunique()} vragen, {len(shares)} aandelen")
