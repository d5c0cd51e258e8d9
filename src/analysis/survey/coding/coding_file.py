"""The files that keep what coders said: one row per answer and coder, never rewritten by a later stage."""

import datetime
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from analysis.complete_files import complete_files
from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_rules import check_codes
from analysis.survey.csv_rows import read_rows, read_table

COLUMNS = ("answer_id", "coder", "codes", "date", "remark", "codeframe")
KEY = ["answer_id", "coder"]
AGREED = "agreed"
SEPARATOR = ";"
CODER = re.compile(r"^[a-z][a-z0-9_-]{0,39}$")
SET_ASIDE_COLUMNS = ("answer_id", "reason")
_RUNS_IN_A_SPREADSHEET = ("=", "+", "-", "@", "\t", "\r")


def coding_path(folder: Path, column: str, coder: str = "") -> Path:
    """Return the file that keeps the codes of a column: those of the coders, or those they agreed on afterwards.

    Parameters
    ----------
    folder
        Folder of the coding files.
    column
        Column of the open answers.
    coder
        ``agreed`` for what the coders agreed on; every other name shares one file.
    """
    return folder / (f"{column}_{AGREED}.csv" if coder == AGREED else f"{column}.csv")


def read_codings(path: Path, codeframe: Codeframe) -> pd.DataFrame:
    """Read the codes of a column and check them; a file that is not there holds none.

    Parameters
    ----------
    path
        CSV with the columns ``answer_id, coder, codes, date, remark, codeframe``; codes are separated by ``;``.
    codeframe
        The codeframe of the column; codes that were renamed since are given their present name.

    Returns
    -------
    pandas.DataFrame
        The same columns as text, sorted by answer and coder.

    Raises
    ------
    InputError
        With the line: an unknown code, a coder twice on one answer, a codeframe that changed since, a bad date.
    """
    rows = []
    seen: dict[tuple[str, str], int] = {}
    for line, record in _records(path):
        key = (record["answer_id"], record["coder"])
        if key in seen:
            raise InputError(
                f"{record['coder']} codes the answer {record['answer_id']} twice, also on line {seen[key]}",
                file=path,
                place=f"line {line}",
                expected="one line per coder and answer",
                remedy="keep one of the two lines; version control keeps the other",
            )
        seen[key] = line
        codes = check_codes(
            record["codes"].split(SEPARATOR), record["codeframe"], codeframe, file=path, place=f"line {line}"
        )
        _check_fields(record, path, line)
        rows.append({**record, "codes": SEPARATOR.join(codes), "remark": _with_formula_signs(record["remark"])})
    table = pd.DataFrame(rows, columns=list(COLUMNS), dtype="str")
    return table.sort_values(KEY, ignore_index=True)


def stored_codings(path: Path) -> pd.DataFrame:
    """Read the lines of a coding file with the codes that stand there, to write them back unchanged.

    Parameters
    ----------
    path
        The coding file; one that is not there has no lines.

    Raises
    ------
    InputError
        When the file is no CSV with the right columns.
    """
    return pd.DataFrame([record for _, record in _records(path)], columns=list(COLUMNS), dtype="str")


def write_codings(path: Path, codings: pd.DataFrame) -> None:
    """Write codes in one move, so that the file is either the old one or the new one.

    A remark that a spreadsheet would run as a formula gets an apostrophe before it.

    Parameters
    ----------
    path
        File to write.
    codings
        The columns of :func:`read_codings`.
    """
    table = codings[list(COLUMNS)].sort_values(KEY)
    table = table.assign(remark=[_without_formula_signs(remark) for remark in table["remark"]])
    path.parent.mkdir(parents=True, exist_ok=True)
    with complete_files(path.parent) as folder:
        table.to_csv(folder / path.name, index=False, encoding="utf-8", lineterminator="\n")


@contextmanager
def exclusive_use(path: Path) -> Iterator[None]:
    """Keep a coding file for one import at a time, so that none overwrites what another just added.

    Parameters
    ----------
    path
        The coding file.

    Raises
    ------
    InputError
        When another import has it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = path.with_name(f".{path.name}.lock")
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        raise InputError(
            "another import is writing these codes",
            file=path,
            expected="one import at a time",
            remedy=f"wait for it; if none is running, remove {lock.name} beside the file",
        ) from None
    try:
        yield
    finally:
        lock.unlink()


def read_set_aside(path: Path) -> dict[str, str]:
    """Read which answers are no longer in the data with their reason; a file that is not there lists none.

    Parameters
    ----------
    path
        CSV with the columns ``answer_id`` and ``reason``.

    Raises
    ------
    InputError
        When the columns are others, or a reason is missing.
    """
    if not path.is_file():
        return {}
    table = read_table(path, SET_ASIDE_COLUMNS)
    for row in table.itertuples():
        if not row.reason:
            raise InputError(
                "the reason is missing",
                file=path,
                place=f"line {row.Index}",
                expected="an answer and a reason",
                remedy="write why it is gone",
            )
    return dict(zip(table["answer_id"], table["reason"], strict=True))


def _records(path: Path) -> list[tuple[int, dict[str, str]]]:
    if not path.exists():
        return []
    if path.is_dir():
        raise InputError(
            "a folder stands where the file should be", file=path, expected="a CSV file", remedy="remove it"
        )
    rows, problems = read_rows(path, COLUMNS)
    if problems:
        raise problems[0]
    return rows


def _check_fields(record: dict[str, str], path: Path, line: int) -> None:
    wants_agreed = path.stem.endswith(f"_{AGREED}")
    rules = {
        "answer_id": (bool(record["answer_id"]), "an answer id"),
        "coder": (bool(CODER.match(record["coder"])), "a name in small letters, such as anna"),
        "date": (_is_date(record["date"]), "a date such as 2025-03-14"),
    }
    for column, (is_right, expected) in rules.items():
        if not is_right:
            raise InputError(
                f"{column} is {record[column]!r}", file=path, place=f"line {line}", expected=expected,
                remedy="correct this field",
            )  # fmt: skip
    if (record["coder"] == AGREED) != wants_agreed:
        raise InputError(
            f"coder is {record['coder']!r}", file=path, place=f"line {line}",
            expected=f"{AGREED!r} in {path.name} only" if not wants_agreed else f"only {AGREED!r}",
            remedy="move the line to the file of its coder",
        )  # fmt: skip


def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _without_formula_signs(remark: str) -> str:
    return f"'{remark}" if remark.startswith(_RUNS_IN_A_SPREADSHEET) else remark


def _with_formula_signs(remark: str) -> str:
    return remark[1:] if remark.startswith("'") and remark[1:].startswith(_RUNS_IN_A_SPREADSHEET) else remark
