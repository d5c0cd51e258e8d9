"""A raw file as a table of text: what every reader of a file format returns."""

from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
from openpyxl.utils import get_column_letter

from analysis.errors import InputError
from analysis.survey.distinct_values import distinct

# Survey tools keep at most 65 535 characters; more is a quotation mark that was never closed.
LARGEST_CELL = 65_535


@dataclass(frozen=True)
class RawTable:
    """A file as it was read, before its columns are known.

    Parameters
    ----------
    header
        Text of the header, one per column.
    values
        One column per position (0, 1, …), categorical text; blank for an empty cell. The index is the row of
        the file as its own program numbers it: 2 for the first reaction, in SPSS 1.
    read_as
        How the file was read: format, encoding, separator and so on, for the reader of the page.
    column_labels
        A longer name of the column where the format has one (SPSS); as long as ``header`` or empty.
    value_labels
        Labels of values by position, where the format has them (SPSS).
    converted
        Cells by position that were numbers or dates rather than text (spreadsheet).
    """

    header: list[str]
    values: pd.DataFrame
    read_as: dict[str, str]
    column_labels: list[str] = field(default_factory=list)
    value_labels: dict[int, dict[str, str]] = field(default_factory=dict)
    converted: dict[int, int] = field(default_factory=dict)


def column_place(position: int) -> str:
    """Say which column, by number and by the letter that a spreadsheet shows; never by a text from the file.

    Examples
    --------
    >>> column_place(27)
    'column 28 (AB)'
    """
    return f"column {position + 1} ({get_column_letter(position + 1)})"


def refuse_large_cells(table: RawTable, file: Path) -> RawTable:
    """Return the table, unless one of its cells is longer than any survey tool writes.

    Raises
    ------
    InputError
        With the row and column of the first such cell.
    """
    for position in table.values.columns:
        codes, texts = distinct(table.values[position])
        too_long = texts.str.len().to_numpy() > LARGEST_CELL
        if too_long.any():
            row = table.values.index[too_long[codes].argmax()]
            raise InputError(
                f"the cell holds more than {LARGEST_CELL} characters",
                file=file,
                place=f"row {row}, {column_place(position)}",
                expected="an answer",
                remedy="look for a quotation mark that is never closed, or shorten this cell, and export again",
            )
    return table
