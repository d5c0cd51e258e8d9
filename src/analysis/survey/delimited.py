"""Read a delimited text file as text, refusing rows that do not have as many cells as the header."""

import csv
import io
from collections.abc import Set
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv

from analysis.errors import InputError
from analysis.survey.encoding import recognise_encoding
from analysis.survey.raw_table import RawTable, refuse_large_cells

SEPARATORS = {";": "puntkomma", ",": "komma", "\t": "tab", "|": "verticale streep"}
LONGEST_ROW = 1 << 24  # bytes; also what is in memory at a time besides the table
HEADER_BYTES = 1 << 20


def read_delimited(
    path: Path, *, known: Set[str], separator: str = "auto", encoding: str = "auto", setting: str | None = None
) -> RawTable:
    """Read a CSV file with every cell as text.

    Parameters
    ----------
    path
        The file.
    known
        Headers that an export of this survey has, in small letters; the separator is the one that yields most of
        them.
    separator, encoding
        As stated by the researcher, or ``auto``.
    setting
        Where the researcher states the encoding; nothing when that cannot be done for this file.

    Raises
    ------
    InputError
        When the file is empty, does not fit its encoding or separator, is cut off, has a row with too many or
        too few cells, or a cell that is too long.
    """
    if path.stat().st_size == 0:
        raise InputError("the file is empty", file=path, expected="a header and reactions", remedy="export again")
    encoding = recognise_encoding(path, encoding, setting=setting)
    header, separator = _header(path, encoding, separator, known)
    if not any(cell.strip() for cell in header):
        raise InputError(
            "the first row is blank",
            file=path,
            place="row 1",
            expected="a row of column names",
            remedy="remove what stands above the header, or export again",
        )
    values = _values(path, encoding, separator, len(header))
    values.index = pd.RangeIndex(2, 2 + len(values), name="row")
    read_as = {
        "bestandsvorm": "CSV",
        "codering": encoding,
        "scheidingsteken": SEPARATORS.get(separator, separator),
    }
    return refuse_large_cells(RawTable(header, values, read_as), path)


def _header(path: Path, encoding: str, stated: str, known: Set[str]) -> tuple[list[str], str]:
    with path.open(encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="") as stream:
        start = stream.read(HEADER_BYTES)
    candidates = list(SEPARATORS) if stated == "auto" else [stated]
    headers = {}
    for candidate in candidates:
        try:
            headers[candidate] = next(csv.reader(io.StringIO(start, newline=""), delimiter=candidate), [])
        except csv.Error as error:
            raise InputError(
                "the header is no row of column names",
                file=path,
                place="row 1",
                expected="a row of column names",
                remedy="look for a quotation mark that is never closed, and export again",
            ) from error
    recognised = {key: sum(cell.strip().lower() in known for cell in row) for key, row in headers.items()}
    best = max(candidates, key=lambda key: (recognised[key], len(headers[key])))
    if stated != "auto" and len(headers[best]) == 1 and len(known) > 1:
        raise InputError(
            f"the header is one column when split by {SEPARATORS.get(stated, stated)}",
            file=path,
            place="row 1",
            expected=f"{len(known)} columns or so",
            remedy="set cleaning.separator in params.yaml to auto, or to the separator of this file",
        )
    return headers[best], best


def _values(path: Path, encoding: str, separator: str, width: int) -> pd.DataFrame:
    names = [str(position) for position in range(width)]
    text = pa.dictionary(pa.int32(), pa.string())
    wrong: list[tuple[int, int]] = []

    def remember(row: pyarrow.csv.InvalidRow) -> str:
        wrong.append((row.number, row.actual_columns))
        return "skip" if len(wrong) < 1000 else "error"

    try:
        # One thread: with more the reader does not say in which row it found too many or too few cells.
        reader = pyarrow.csv.open_csv(
            path,
            read_options=pyarrow.csv.ReadOptions(
                column_names=names,
                skip_rows_after_names=1,
                encoding=encoding,
                use_threads=False,
                block_size=LONGEST_ROW,
            ),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=separator,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=remember,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, text), strings_can_be_null=False
            ),
        )
        table = pa.Table.from_batches(list(reader), reader.schema).unify_dictionaries()
    except (pa.ArrowInvalid, UnicodeError) as error:
        if not wrong:
            raise _unreadable(path, error) from None
    if wrong:
        raise _ragged(path, wrong, width)
    return pd.DataFrame({position: table.column(position).to_pandas() for position in range(width)})


def _ragged(path: Path, wrong: list[tuple[int, int]], width: int) -> InputError:
    row, cells = wrong[0]
    others = f", and {len(wrong) - 1} more rows like it" if len(wrong) > 1 else ""
    if cells < width:
        remedy = "export again: the file may be cut off; else look for a quotation mark that is never closed"
    else:
        remedy = "put quotation marks around cells that hold the separator, or export again"
    return InputError(
        f"the row has {cells} cells{others}",
        file=path,
        place=f"row {row}",
        expected=f"{width} cells",
        remedy=remedy,
    )


def _unreadable(path: Path, error: Exception) -> InputError:
    if "straddl" in str(error):
        return InputError(
            "a row is longer than any reaction can be",
            file=path,
            place=_longest_row(path),
            expected=f"at most {LONGEST_ROW >> 20} MB",
            remedy="look for a quotation mark that is never closed, or shorten the cell, and export again",
        )
    return InputError(
        "the file cannot be read as delimited text",
        file=path,
        expected="rows of cells under a header",
        remedy="export again as CSV in UTF-8 with a header",
    )


def _longest_row(path: Path) -> str:
    """Find the first row that is too long: its number, counting rows as a spreadsheet does."""
    row, length, quotes = 1, 0, 0
    with path.open("rb") as stream:
        while block := stream.read(1 << 16):
            for line in block.splitlines(keepends=True):
                length += len(line)
                quotes += line.count(b'"')
                if length > LONGEST_ROW:
                    return f"row {row}"
                if line.endswith(b"\n") and quotes % 2 == 0:
                    row, length, quotes = row + 1, 0, 0
    return "last row"
