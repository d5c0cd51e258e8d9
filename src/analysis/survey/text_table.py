"""Read a small CSV file that a person keeps, with every cell as text."""

import csv
from pathlib import Path

import pandas as pd

from analysis.errors import InputError


def read_text_table(path: Path) -> pd.DataFrame:
    """Read a CSV file in UTF-8, with commas, with every cell as text and blank where nothing stands.

    Parameters
    ----------
    path
        The file.

    Raises
    ------
    InputError
        When the file is missing, is no CSV in UTF-8 or has no header, or a row is not as wide as the header.
    """
    restore = f"restore {path.name} from git, or put it there"
    if not path.is_file():
        raise InputError("the file is missing", file=path, expected="a CSV file", remedy=restore)
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            rows = [(reader.line_num, row) for row in reader if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            "the file is no CSV in UTF-8", file=path, expected="a header and rows as wide as it", remedy=restore
        ) from error
    if not any(header) or len(set(header)) < len(header):
        raise InputError(
            "the header is empty or names a column twice", file=path, place="line 1", expected="names of columns",
            remedy=restore,
        )  # fmt: skip
    for line, row in rows:
        if len(row) != len(header):
            raise InputError(
                f"the row has {len(row)} cells",
                file=path,
                place=f"line {line}",
                expected=f"{len(header)} cells",
                remedy="correct this row, with quotation marks around a cell that holds a comma",
            )
    return pd.DataFrame([row for _, row in rows], columns=header, dtype="str")
