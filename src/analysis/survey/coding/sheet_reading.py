"""Read a workbook back and check it row by row, so that every code lands on the answer it was meant for."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe
from analysis.survey.coding.coding_file import COLUMNS, SEPARATOR
from analysis.survey.coding.coding_rules import changed_codeframe, check_codes
from analysis.survey.coding.coding_sheet import (
    ABOUT,
    ABOUT_LABELS,
    ANSWER,
    ANSWER_ID,
    ANSWERS,
    CODE_HEADERS,
    OTHER_CODER,
    REMARK,
    cell_text,
)

SHOWN_PROBLEMS = 5


@dataclass(frozen=True)
class SheetRow:
    """One row of the sheet with answers; ``number`` is what the spreadsheet shows."""

    number: int
    answer_id: str
    text: str
    cells: tuple[str, ...]
    remark: str

    @property
    def filled(self) -> tuple[str, ...]:
        """Code cells that hold something."""
        return tuple(cell for cell in self.cells if cell)


@dataclass(frozen=True)
class CodingSheet:
    """What a workbook holds: which question, who coded, with which codeframe, and the rows."""

    path: Path
    column: str
    coder: str
    fingerprint: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True)
class SheetCodings:
    """What a checked workbook adds: codings, the row of each answer, and what was left open."""

    codings: pd.DataFrame
    rows: Mapping[str, int]
    n_open: int
    n_remark_only: int
    n_newer_text: int


def read_coding_sheet(path: Path) -> CodingSheet:
    """Read a workbook that was made for coding.

    Parameters
    ----------
    path
        Workbook in ``.xlsx``.

    Raises
    ------
    InputError
        When the file is no such workbook, or a sheet or column was removed, added or renamed.
    """
    book = _open(path)
    about = _about(book, path)
    sheet = _sheet(book, ANSWERS, path)
    header = [_value(cell.value) for cell in sheet[1]] if sheet.max_row else []
    places = _places(header, path)
    rows = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, values_only=True), start=2):
        values = [_value(cell) for cell in cells]
        if not any(values):
            continue
        codes = tuple(values[places[name]] for name in CODE_HEADERS)
        rows.append(
            SheetRow(number, values[places[ANSWER_ID]], values[places[ANSWER]], codes, values[places[REMARK]])
        )
    return CodingSheet(path, about["column"], about["coder"].casefold(), about["fingerprint"], tuple(rows))


def check_coding_sheet(
    sheet: CodingSheet,
    codeframe: Codeframe,
    answers: Mapping[str, str],
    *,
    date: str,
    set_aside: Collection[str] = (),
) -> SheetCodings:
    """Check every row of a workbook and return what it adds to the coding file.

    Parameters
    ----------
    sheet
        What :func:`read_coding_sheet` returned.
    codeframe
        The codeframe of the column.
    answers
        Text of every answer in the column by its id, as the data are now.
    date
        Day of the import, ``yyyy-mm-dd``.
    set_aside
        Answers that are known to be gone; their codes are kept all the same.

    Raises
    ------
    InputError
        For an unknown code, an answer that stands in two rows, an id that is not in the data, a text that belongs
        to another answer, a codeframe that changed: with sheet and row, and which more rows have something wrong.
    """
    if not codeframe.accepts(sheet.fingerprint):
        raise changed_codeframe(sheet.fingerprint, codeframe, file=sheet.path, place=f"sheet {ABOUT}")
    counts = Counter(row.answer_id for row in sheet.rows)
    owners: dict[str, set[str]] = {}
    for answer, text in answers.items():
        owners.setdefault(_plain(text), set()).add(answer)
    found: dict[int, dict[str, str]] = {}
    problems: list[tuple[int, InputError]] = []
    for row in sheet.rows:
        try:
            _check_identity(row, sheet, answers, owners, set_aside)
            if counts[row.answer_id] > 1:
                raise _twice(row, sheet)
            if row.filled:
                found[row.number] = _coding(row, sheet, codeframe, date)
        except InputError as error:
            problems.append((row.number, error))
    if problems:
        raise _first_of(problems)
    return SheetCodings(
        codings=pd.DataFrame(list(found.values()), columns=list(COLUMNS), dtype="str"),
        rows={coding["answer_id"]: number for number, coding in found.items()},
        n_open=sum(not row.filled for row in sheet.rows),
        n_remark_only=sum(bool(row.remark) and not row.filled for row in sheet.rows),
        n_newer_text=sum(
            row.answer_id in answers and _plain(row.text) != _plain(answers[row.answer_id]) for row in sheet.rows
        ),
    )


def _open(path: Path) -> Workbook:
    if not path.is_file():
        raise InputError("the workbook is missing", file=path, remedy="give the path of the workbook to import")
    try:
        return openpyxl.load_workbook(path)
    except Exception as error:  # a damaged workbook shows itself in as many ways as there are parts
        raise InputError(
            "the file is no workbook that can be read", file=path, expected="a workbook saved as .xlsx",
            remedy="save it as .xlsx in the spreadsheet program",
        ) from error  # fmt: skip


def _sheet(book: Workbook, name: str, path: Path) -> Worksheet:
    if name not in book.sheetnames:
        raise InputError(
            "the sheet is missing", file=path, place=f"sheet {name}", expected=f"a sheet called {name}",
            remedy="undo its removal or new name; or export again and copy the codes over",
        )  # fmt: skip
    return book[name]


def _about(book: Workbook, path: Path) -> dict[str, str]:
    sheet = _sheet(book, ABOUT, path)
    found = {_value(row[0].value): _value(row[1].value) for row in sheet.iter_rows(max_col=2)}
    about = {key: found.get(label, "") for key, label in ABOUT_LABELS.items()}
    for key, label in ABOUT_LABELS.items():
        if not about[key]:
            raise InputError(
                f"{label!r} is empty", file=path, place=f"sheet {ABOUT}",
                remedy="type your name in small letters, such as anna" if key == "coder" else "export again",
            )  # fmt: skip
    return about


def _places(header: Sequence[str], path: Path) -> dict[str, int]:
    expected = (ANSWER_ID, ANSWER, *CODE_HEADERS, REMARK)
    missing = [name for name in expected if name not in header]
    strange = [name for name in header if name and name not in expected and not name.startswith(OTHER_CODER)]
    double = [name for name in expected if header.count(name) > 1]
    for names, problem, remedy in (
        (missing, "is missing", "undo its removal; codes that stood in it cannot be read from this file"),
        (strange, "does not belong here", "move what it holds to the code columns or the remark, and remove it"),
        (double, "stands here twice", "remove one of the two after moving its codes"),
    ):
        if names:
            raise InputError(
                f"the column {names[0]!r} {problem}", file=path, place=f"sheet {ANSWERS}, row 1",
                expected=", ".join(expected), remedy=remedy,
            )  # fmt: skip
    return {name: header.index(name) for name in expected}


def _value(value: object) -> str:
    return "" if value is None else str(value).strip()


def _plain(text: str) -> str:
    return " ".join(cell_text(text).split())


def _check_identity(
    row: SheetRow,
    sheet: CodingSheet,
    answers: Mapping[str, str],
    owners: Mapping[str, set[str]],
    set_aside: Collection[str],
) -> None:
    """Refuse a row whose id is unknown or whose text belongs to another answer; a newer text may differ."""
    if row.answer_id not in answers and row.answer_id not in set_aside:
        if not row.answer_id:
            raise _problem("the row has no answer id", row, sheet, "remove the row, or restore the sheet")
        remedy = (
            "restore the cleaning; or, when it is gone for good, list it with the reason in "
            "data/raw/coding/set_aside.csv and import again: the codes are kept"
        )
        raise _problem(f"the answer {row.answer_id} is not in the data any more", row, sheet, remedy)
    text = _plain(row.text)
    others = owners.get(text, set()) - {row.answer_id}
    if row.answer_id in answers and text != _plain(answers[row.answer_id]) and others:
        remedy = "undo the sorting or pasting, so that id, answer and codes stand in their own row again"
        raise _problem(f"the text belongs to {sorted(others)[0]}, not to {row.answer_id}", row, sheet, remedy)


def _twice(row: SheetRow, sheet: CodingSheet) -> InputError:
    rows = ", ".join(str(other.number) for other in sheet.rows if other.answer_id == row.answer_id)
    return _problem(
        f"{sheet.coder} has the answer {row.answer_id} twice (rows {rows})", row, sheet, "keep one row"
    )


def _coding(row: SheetRow, sheet: CodingSheet, codeframe: Codeframe, date: str) -> dict[str, str]:
    """Return the coding of a row: the codes as they were given, in the order of the codeframe."""
    place = f"sheet {ANSWERS}, row {row.number}"
    codes = [_inside_brackets(cell) or codeframe.find(cell) or cell for cell in row.filled]
    present = check_codes(codes, sheet.fingerprint, codeframe, file=sheet.path, place=place)
    codes.sort(key=lambda code: present.index(*codeframe.translate([code], sheet.fingerprint)))
    values = (
        row.answer_id,
        sheet.coder,
        SEPARATOR.join(dict.fromkeys(codes)),
        date,
        row.remark,
        sheet.fingerprint,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _inside_brackets(cell: str) -> str:
    """Return the code of an entry of the list; its short name may have changed since."""
    return cell[cell.rindex("[") + 1 : -1].strip() if cell.endswith("]") and "[" in cell else ""


def _problem(problem: str, row: SheetRow, sheet: CodingSheet, remedy: str) -> InputError:
    return InputError(problem, file=sheet.path, place=f"sheet {ANSWERS}, row {row.number}", remedy=remedy)


def _first_of(problems: Sequence[tuple[int, InputError]]) -> InputError:
    """Return the first problem, and say which other rows have one too."""
    first = problems[0][1]
    rest = [str(number) for number, _ in problems[1:]]
    if not rest:
        return first
    shown = ", ".join(rest[:SHOWN_PROBLEMS]) + (" …" if len(rest) > SHOWN_PROBLEMS else "")
    return InputError(f"{first}; {len(rest)} more rows have something wrong: {shown}")
