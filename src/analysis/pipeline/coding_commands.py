"""``python -m analysis coding …``: hand out answers to a coder and take the codes in."""

import datetime
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.coding.codeframe import Codeframe, load_codeframes
from analysis.survey.coding.coding_file import AGREED, CODER, coding_path, read_codings, read_set_aside
from analysis.survey.coding.coding_sheet import CodingTask, write_coding_sheet
from analysis.survey.coding.merge import merge_codings
from analysis.survey.coding.open_answers import read_open_answers
from analysis.survey.coding.settlement import disagreements
from analysis.survey.coding.sheet_reading import check_coding_sheet, read_coding_sheet
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.open_answers import open_columns

CODEFRAMES = "data/raw/codeframes"
CODINGS = "data/raw/coding"
INSTRUMENT = "data/raw/instrument_2025.yaml"
OPEN_ANSWERS = "data/processed/open_answers.csv"
WORKBOOKS = "data/coding_sheets"


def export_answers(root: Path, column: str, *, coder: str = "", file: Path | None = None) -> str:
    """Write the workbook of one coder for one question.

    Parameters
    ----------
    root
        Root of the project.
    column
        Column of the open answers.
    coder
        Who codes; ``agreed`` for a workbook with only the answers on which coders differ.
    file
        Workbook to write.

    Raises
    ------
    InputError
        When the column has no codeframe or no answers, the name cannot be used, or the workbook is there already.
    """
    codeframe = _codeframe(root, column)
    if coder and not CODER.match(coder):
        raise InputError(f"the coder is called {coder!r}", expected="small letters and digits, such as anna")
    answers = read_open_answers(root / OPEN_ANSWERS)
    answers = answers[answers["column"] == column]
    given = read_codings(coding_path(root / CODINGS, column, coder), codeframe)
    others = None
    if coder == AGREED:
        by_coders = read_codings(coding_path(root / CODINGS, column), codeframe)
        to_settle = {*disagreements(by_coders, given.iloc[:0])["answer_id"], *given["answer_id"]}
        answers = answers[answers["answer_id"].isin(list(to_settle))]
        others = by_coders[by_coders["answer_id"].isin(list(to_settle))]
    if answers.empty:
        what = "on which coders differ" if coder == AGREED else "to code"
        raise InputError(
            f"{column} has no answers {what}", file=OPEN_ANSWERS, remedy="check the name of the column"
        )
    path = file or root / WORKBOOKS / f"{column}_{coder or 'coder'}.xlsx"
    task = CodingTask(codeframe, _label(load_instrument(root / INSTRUMENT), column), coder)
    own = given[given["coder"] == coder]
    n_open = write_coding_sheet(path, answers, task, given=own, others=others)
    return (
        f"{_shown(path, root)} written: {len(answers)} answers, {n_open} without a code of {coder or 'this coder'}"
    )


def import_codes(root: Path, file: Path, *, today: datetime.date) -> str:
    """Read a workbook and add its codes to the coding file, or change nothing.

    Parameters
    ----------
    root
        Root of the project.
    file
        The workbook.
    today
        Date of the codes.

    Raises
    ------
    InputError
        With sheet and row, for the first thing that a person must mend.
    """
    sheet = read_coding_sheet(file)
    codeframe = _codeframe(root, sheet.column)
    answers = read_open_answers(root / OPEN_ANSWERS)
    answers = answers[answers["column"] == sheet.column]
    texts = dict(zip(answers["answer_id"], answers["text"], strict=True))
    set_aside = read_set_aside(root / CODINGS / "set_aside.csv")
    checked = check_coding_sheet(sheet, codeframe, texts, date=today.isoformat(), set_aside=set_aside)
    path = coding_path(root / CODINGS, sheet.column, sheet.coder)
    merged = merge_codings(path, checked.codings, codeframe, source=file, rows=checked.rows)
    lines = [
        f"{_shown(path, root)}: {merged.n_new} answers added for {sheet.coder}, {merged.n_same} were there already"
    ]
    lines.append(f"{checked.n_open} answers in the workbook have no code yet")
    if checked.n_remark_only:
        lines.append(f"{checked.n_remark_only} of them have a remark, which is only in the workbook")
    if checked.n_newer_text:
        lines.append(f"{checked.n_newer_text} answers were masked anew since the workbook was made")
    return "\n".join([*lines, "to see them in the pages: make report"])


def check_coding(root: Path) -> None:
    """Check every codeframe and every coding file before a build begins.

    Parameters
    ----------
    root
        Root of the project.

    Raises
    ------
    InputError
        With file and line: a codeframe that is missing, damaged, or of a column that the questionnaire has not; a
        coding file that does not fit its codeframe.
    """
    codeframes = load_codeframes(root / CODEFRAMES)
    columns = open_columns(load_instrument(root / INSTRUMENT))
    for column in columns:
        if column not in codeframes:
            raise InputError(
                f"the open answers in {column} have no codeframe",
                file=f"{CODEFRAMES}/{column}.yaml",
                expected="a codeframe for every open question",
                remedy="bring it back with git checkout, or write one",
            )
    for column, codeframe in codeframes.items():
        if column not in columns:
            raise InputError(
                f"the questionnaire has no open answers in {column}",
                file=f"{CODEFRAMES}/{column}.yaml",
                expected=f"one of {', '.join(columns)}",
                remedy="rename it after its column, or remove it",
            )
        for coder in ("", AGREED):
            read_codings(coding_path(root / CODINGS, column, coder), codeframe)
    read_set_aside(root / CODINGS / "set_aside.csv")


def _codeframe(root: Path, column: str) -> Codeframe:
    codeframes = load_codeframes(root / CODEFRAMES)
    if column not in codeframes:
        raise InputError(
            f"{column!r} has no codeframe", file=CODEFRAMES, expected=f"one of {', '.join(codeframes)}",
            remedy="name one of these, or write a codeframe",
        )  # fmt: skip
    return codeframes[column]


def _shown(path: Path, root: Path) -> Path:
    return path.relative_to(root) if path.is_relative_to(root) else path


def _label(instrument: Instrument, column: str) -> str:
    question = instrument.question(column.removesuffix("_text"))
    return question.text.nl if column.endswith("_text") and question.text else question.nl
