"""Read a small CSV that a person keeps: its rows with their lines, and what is wrong with a row by itself."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.encoding import recognise_encoding

SEPARATORS = (",", ";", "\t")


def read_rows(
    path: Path, required: Sequence[str], optional: Sequence[str] = ()
) -> tuple[list[tuple[int, dict[str, str]]], list[InputError]]:
    """Return the rows of a file with the line on which each starts, and an error for each that has other cells.

    Parameters
    ----------
    path
        CSV in UTF-8 or as Excel writes it (Windows-1252), with commas, semicolons or tabs.
    required
        Columns that must be there.
    optional
        Columns that may be absent; their cells are then blank.

    Returns
    -------
    tuple
        The rows, and an error for each row with more or fewer cells than the header.

    Raises
    ------
    InputError
        When the file is missing, empty or no text, or a column is missing, unknown or there twice.
    """
    if not path.is_file():
        raise InputError(
            "the file is missing",
            file=path,
            expected="a CSV file",
            remedy="correct the name, or restore the file",
        )
    encoding = recognise_encoding(path)
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as stream:
        text = stream.read()
    if not text.strip():
        raise InputError(
            "the file is empty",
            file=path,
            place="line 1",
            expected=f"the columns {', '.join(required)}",
            remedy="restore the file, or write its header",
        )
    separator = _separator(text.splitlines()[0], {*required, *optional})
    cells, problems = [], []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for row in reader:
            cells.append((start, row))
            start = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"the row cannot be read: {error}",
            file=path,
            place=f"line {start}",
            expected="cells between separators",
            remedy="correct the quotation marks of this row",
        ) from error
    header = [name.strip() for name in cells[0][1]]
    _check_header(header, required, optional, path)
    blank = dict.fromkeys(optional, "")
    rows = []
    for line, row in cells[1:]:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            problems.append(
                InputError(
                    f"the row has {len(row)} cells",
                    file=path,
                    place=f"line {line}",
                    expected=f"{len(header)}",
                    remedy="put quotation marks around a cell that holds the separator",
                )
            )
            continue
        rows.append((line, blank | dict(zip(header, (cell.strip() for cell in row), strict=True))))
    return rows, problems


def read_table(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> pd.DataFrame:
    """Return a file as :func:`read_rows` reads it, every row of which must be right.

    Parameters
    ----------
    path, required, optional
        As for :func:`read_rows`.

    Returns
    -------
    pandas.DataFrame
        The columns ``required`` and ``optional`` as text, by the line on which a row starts.

    Raises
    ------
    InputError
        For the file, its header, or the first row that is wrong.
    """
    rows, problems = read_rows(path, required, optional)
    if problems:
        raise problems[0]
    lines = pd.Index([line for line, _ in rows], dtype="int64", name="line")
    return pd.DataFrame([row for _, row in rows], columns=[*required, *optional], index=lines, dtype="str")


def _separator(header: str, known: set[str]) -> str:
    def recognised(separator: str) -> int:
        return len(known & {name.strip().strip('"') for name in header.strip().split(separator)})

    return max(SEPARATORS, key=recognised)


def _check_header(header: list[str], required: Sequence[str], optional: Sequence[str], path: Path) -> None:
    missing = [name for name in required if name not in header]
    unknown = [name for name in header if name not in (*required, *optional)]
    twice = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    problems = (("missing", missing), ("unknown", unknown), ("there twice", twice))
    found = [f"{kind}: {', '.join(map(repr, names))}" for kind, names in problems if names]
    if found:
        raise InputError(
            f"the columns are others ({'; '.join(found)})",
            file=path,
            place="line 1",
            expected=", ".join([*required, *(f"{name} (may be absent)" for name in optional)]),
            remedy="correct the header",
        )
