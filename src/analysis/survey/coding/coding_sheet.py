"""The workbook in which a person codes: answers in random order, the codeframe, and where it came from."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.complete_files import complete_files
from analysis.errors import InputError
from analysis.shown_command import COMMAND
from analysis.survey.coding.codeframe import REFERENCE, Code, Codeframe, reference
from analysis.survey.coding.coding_file import SEPARATOR

ANSWERS, CODEFRAME, ABOUT = "antwoorden", "codeboek", "uitleg"
ANSWER_ID, ANSWER, REMARK = "antwoord-id", "antwoord", "opmerking"
CODE_HEADERS = tuple(f"code {number}" for number in range(1, 6))
OTHER_CODER = "codeur "
ABOUT_LABELS = {
    "column": "Vraag",
    "question": "Onderwerp",
    "coder": "Codeur",
    "fingerprint": "Versie van het codeboek",
}
INSTRUCTIONS = (
    "Lees eerst het hele codeboek op het tweede blad.",
    "Kies bij elk antwoord één of meer codes uit de lijst; elke code in een eigen kolom.",
    "Codeer alleen wat er staat, niet wat u vermoedt. Past er niets, kies dan 'Iets anders'.",
    "Twijfelt u? Kies de beste code en schrijf de twijfel bij 'opmerking'.",
    "Overleg niet met de andere codeur voordat u allebei klaar bent.",
    "U kunt elk moment opslaan en later verdergaan. Een antwoord zonder code blijft gewoon open.",
    "Verwijder of verplaats geen kolommen en sorteer niet.",
    f"Klaar voor vandaag? Sla op als .xlsx en lees het bestand in: {COMMAND} coding import BESTAND",
)
LONGEST_CELL = 32_000
_HEADER = PatternFill("solid", fgColor="DDE5EC")
_GIVEN = PatternFill("solid", fgColor="EEF3EA")
_WIDTHS = {ANSWER_ID: 16, ANSWER: 80, REMARK: 40}
_FORMULA_SIGNS = ("=", "+", "-", "@")


def coding_order(answer_ids: Iterable[str], column: str, coder: str) -> list[str]:
    """Return answers in a random order that is the same each time for one question and coder.

    An answer that comes or goes leaves the order of the others as it is.

    Parameters
    ----------
    answer_ids
        The answers.
    column, coder
        Together the seed.

    Examples
    --------
    >>> coding_order(["x1", "x2", "x3"], "q26", "anna") == coding_order(["x3", "x1", "x2"], "q26", "anna")
    True
    """
    return sorted(answer_ids, key=lambda one: (hashlib.sha256(f"{column}/{coder}/{one}".encode()).digest(), one))


def cell_text(text: str) -> str:
    """Return an answer as a cell can hold it: no control characters, not longer than a spreadsheet allows.

    Parameters
    ----------
    text
        The answer.
    """
    clean = ILLEGAL_CHARACTERS_RE.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return clean if len(clean) <= LONGEST_CELL else clean[:LONGEST_CELL] + " […]"


@dataclass(frozen=True)
class CodingTask:
    """What is coded and by whom.

    Parameters
    ----------
    codeframe
        The codes.
    question
        Short name of the question in Dutch.
    coder
        Who codes; when empty the coder fills in a name on the last sheet.
    """

    codeframe: Codeframe
    question: str
    coder: str = ""


def write_coding_sheet(
    path: Path,
    answers: pd.DataFrame,
    task: CodingTask,
    *,
    given: pd.DataFrame | None = None,
    others: pd.DataFrame | None = None,
) -> int:
    """Write a workbook for one coder, with the codes that he or she gave before.

    Every cell is text, so that no answer runs as a formula; only codes and remarks can be changed.

    Parameters
    ----------
    path
        Workbook to write; one that is there already is never overwritten.
    answers
        Columns ``answer_id`` and ``text``. Nothing that tells who answered is written.
    task
        Codes, question and coder.
    given
        Codings of this coder (columns of a coding file), shown and kept.
    others
        Codings of other coders, shown in a column each: for what they agree on afterwards.

    Returns
    -------
    int
        Answers still without a code.

    Raises
    ------
    InputError
        When the workbook is there already, or an answer has more codes than columns.
    """
    book = Workbook()
    book.active.title = ANSWERS
    n_open = _write_answers(book.active, answers, task, given=given, others=others)
    _write_codeframe(book.create_sheet(CODEFRAME), task.codeframe)
    _write_about(book.create_sheet(ABOUT), task)
    _save_new(book, path)
    return n_open


def _write_answers(
    sheet: Worksheet,
    answers: pd.DataFrame,
    task: CodingTask,
    *,
    given: pd.DataFrame | None,
    others: pd.DataFrame | None,
) -> int:
    codes = _codes_by_answer(given)
    _refuse_too_many(codes, task.codeframe.column)
    remarks = {} if given is None else dict(zip(given["answer_id"], given["remark"], strict=True))
    by_coder = (
        {}
        if others is None
        else {name: _codes_by_answer(rows) for name, rows in others.groupby("coder", observed=True)}
    )
    texts = dict(zip(answers["answer_id"], answers["text"], strict=True))
    order = coding_order(texts, task.codeframe.column, task.coder)
    entries = {code.code: code.entry for code in task.codeframe.codes}
    header = [ANSWER_ID, ANSWER, *(f"{OTHER_CODER}{name}" for name in by_coder), *CODE_HEADERS, REMARK]
    _write_row(sheet, 1, header, is_header=True)
    for number, answer in enumerate(order, start=2):
        seen = [", ".join(entries[code] for code in one.get(answer, ())) for one in by_coder.values()]
        chosen = [entries[code] for code in codes.get(answer, ())]
        cells = [answer, texts[answer], *seen, *chosen, *[""] * (len(CODE_HEADERS) - len(chosen))]
        _write_row(sheet, number, [*cells, remarks.get(answer, "")], n_locked=2 + len(by_coder))
    is_coded = [answer in codes for answer in order]
    _add_choices(sheet, header, len(entries), is_coded)
    _lay_out(sheet, header, is_coded)
    return is_coded.count(False)


def _codes_by_answer(codings: pd.DataFrame | None) -> dict[str, tuple[str, ...]]:
    if codings is None:
        return {}
    return {row.answer_id: tuple(row.codes.split(SEPARATOR)) for row in codings.itertuples()}


def _refuse_too_many(codes: Mapping[str, Sequence[str]], column: str) -> None:
    for answer, given in codes.items():
        if len(given) > len(CODE_HEADERS):
            raise InputError(
                f"the answer {answer} to {column} has {len(given)} codes",
                expected=f"at most {len(CODE_HEADERS)}, one per column of the workbook",
                remedy="keep the most specific codes in the coding file",
            )


def _write_row(
    sheet: Worksheet, number: int, values: Sequence[str], *, is_header: bool = False, n_locked: int | None = None
) -> None:
    for place, value in enumerate(values, start=1):
        cell = sheet.cell(row=number, column=place)
        _write_text(cell, value)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.protection = Protection(locked=n_locked is None or place <= n_locked)
        if is_header:
            cell.font, cell.fill = Font(bold=True), _HEADER


def _write_text(cell: Cell, value: str) -> None:
    """Write text that stays text: openpyxl would make a formula of what begins with an equals sign."""
    if value:
        cell.value = cell_text(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_SIGNS)
    cell.number_format = "@"


def _add_choices(sheet: Worksheet, header: Sequence[str], n_codes: int, is_coded: Sequence[bool]) -> None:
    """Put the list of codes in every code cell, and colour those that were filled in before."""
    first = header.index(CODE_HEADERS[0]) + 1
    last = first + len(CODE_HEADERS) - 1
    choices = DataValidation(
        type="list",
        formula1=f"={CODEFRAME}!$A$2:$A${n_codes + 1}",
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="Onbekende code",
        error="Kies een code uit de lijst. Past er niets, kies dan 'Iets anders'.",
    )
    if is_coded:
        choices.add(f"{get_column_letter(first)}2:{get_column_letter(last)}{len(is_coded) + 1}")
        sheet.add_data_validation(choices)
    for number, done in enumerate(is_coded, start=2):
        for place in range(first, last + 1) if done else ():
            sheet.cell(row=number, column=place).fill = _GIVEN


def _lay_out(sheet: Worksheet, header: Sequence[str], is_coded: Sequence[bool]) -> None:
    """Set widths, protection and page, and put the cursor on the first answer without a code."""
    for place, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(name, 34)
    sheet.freeze_panes = "C2"
    _protect(sheet)
    start = next((number for number, done in enumerate(is_coded, start=2) if not done), 2)
    cell = f"{get_column_letter(header.index(CODE_HEADERS[0]) + 1)}{start}"
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = cell
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _protect(sheet: Worksheet) -> None:
    """Lock what is not to be changed, without a password; widths and heights stay free."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _write_codeframe(sheet: Worksheet, codeframe: Codeframe) -> None:
    themes = {theme.theme: theme.nl for theme in codeframe.themes}
    names = {code.code: code.nl for code in codeframe.codes}
    _write_row(
        sheet, 1, ["code", "thema", "betekenis", "hoort erbij", "hoort er niet bij", "voorbeeld"], is_header=True
    )
    for number, code in enumerate(codeframe.codes, start=2):
        cells = [code.entry, themes.get(code.theme or "", ""), code.definition, "\n".join(code.includes)]
        _write_row(sheet, number, [*cells, _exclusions(code, names), code.example])
    for place, width in enumerate((46, 26, 50, 40, 50, 50), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "B2"
    _protect(sheet)


def _exclusions(code: Code, names: Mapping[str, str]) -> str:
    lines = []
    for exclusion in code.excludes:
        target = reference(exclusion)
        lines.append(REFERENCE.sub(f" → {names[target]}", exclusion) if target else exclusion)
    return "\n".join(lines)


def _write_about(sheet: Worksheet, task: CodingTask) -> None:
    values = [task.codeframe.column, task.question, task.coder, task.codeframe.fingerprint]
    for number, (label, value) in enumerate(zip(ABOUT_LABELS.values(), values, strict=True), start=1):
        _write_row(sheet, number, [label, value], n_locked=2 if value else 1)
        sheet.cell(row=number, column=1).font = Font(bold=True)
    for number, line in enumerate(INSTRUCTIONS, start=1):
        _write_row(sheet, number + len(ABOUT_LABELS) + 1, [f"{number}.", line])
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 90
    _protect(sheet)


def _save_new(book: Workbook, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with complete_files(path.parent, new=True) as folder:
            book.save(folder / path.name)
    except FileExistsError:
        raise InputError(
            "the workbook is there already and may hold codes that were not imported",
            file=path,
            remedy="go on in it and import it; or move it away, or choose another name with --file",
        ) from None
