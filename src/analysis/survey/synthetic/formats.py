"""Write the export as CSV, Excel or SPSS, each the same bytes every time."""

import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pandas as pd
import pyreadstat
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from analysis.survey.instrument import Instrument

DATE_FORMAT = "%d-%m-%Y %H:%M"
LONG_AGO = datetime(1980, 1, 1)  # the earliest date that a zip file can hold
MOMENT, MOMENT_FORMAT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"), "%Y-%m-%dT%H:%M:%SZ"
TICKED = {"1": "aangekruist", "0": "niet aangekruist"}
SAV_DATE_PLACE, SAV_DATE = 92, b"01 Jan 8000:00:00"  # day and time in the header of a system file


def write_csv(table: pd.DataFrame, path: Path, instrument: Instrument) -> None:
    """Write as Excel in the Netherlands does: semicolons, Windows-1252, Dutch dates.

    Parameters
    ----------
    table
        The export.
    path
        File to write.
    instrument
        The questionnaire; a CSV has no place for its labels.
    """
    table.to_csv(path, sep=";", index=False, encoding="cp1252", lineterminator="\r\n", date_format=DATE_FORMAT)


def write_xlsx(table: pd.DataFrame, path: Path, instrument: Instrument) -> None:
    """Write a workbook: the reactions, and the labels of the codes on a second sheet.

    Parameters
    ----------
    table
        The export.
    path
        File to write.
    instrument
        The questionnaire.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Reacties")
    sheet.append(list(table.columns))
    whole = set(_ticked_columns(instrument))
    columns = [
        [int(value) if value else None for value in table[name]] if name in whole else table[name].tolist()
        for name in table.columns
    ]
    for values in zip(*columns, strict=True):
        sheet.append(
            [_as_text(sheet, value) if isinstance(value, str) and value[:1] == "=" else value for value in values]
        )
    labels = book.create_sheet("Waardelabels")
    labels.append(["variabele", "code", "label"])
    for variable, options in value_labels(instrument).items():
        for code, label in options.items():
            labels.append([variable, code, label])
    content = BytesIO()
    book.save(content)
    _rezip(content, path)


def write_sav(table: pd.DataFrame, path: Path, instrument: Instrument) -> None:
    """Write an SPSS file with labels of variables and values.

    Parameters
    ----------
    table
        The export; spaces and hyphens in its headers become underscores, because SPSS allows none.
    path
        File to write.
    instrument
        The questionnaire.
    """
    ticked = list(_ticked_columns(instrument))
    labels = {
        variable: {float(code) if variable in ticked else code: label for code, label in options.items()}
        for variable, options in value_labels(instrument).items()
    }
    numeric = table.assign(**{name: pd.to_numeric(table[name]) for name in ticked})
    headers = {name: name.replace(" ", "_") for name in table.columns}
    pyreadstat.write_sav(
        numeric.rename(columns=headers),
        str(path),
        column_labels=[_variable_labels(instrument).get(name, name) for name in table.columns],
        variable_value_labels=labels,
    )
    content = bytearray(path.read_bytes())
    content[SAV_DATE_PLACE : SAV_DATE_PLACE + len(SAV_DATE)] = SAV_DATE
    path.write_bytes(content)


def value_labels(instrument: Instrument) -> dict[str, dict[str, str]]:
    """Return the Dutch labels of the codes of every closed column.

    Parameters
    ----------
    instrument
        The questionnaire.
    """
    return {
        column: TICKED if question.type == "multi" else {option.code: option.nl for option in question.options}
        for question in instrument.closed_questions
        for column in question.columns
    }


def _ticked_columns(instrument: Instrument) -> list[str]:
    return [
        column
        for question in instrument.closed_questions
        if question.type == "multi"
        for column in question.columns
    ]


def _variable_labels(instrument: Instrument) -> dict[str, str]:
    labels = {}
    for question in instrument.questions:
        parts = question.options if question.type == "multi" else question.items
        names = [f"{question.nl}: {part.nl}" for part in parts] or [question.nl]
        labels |= dict(zip(question.columns, names, strict=True))
        if question.text is not None:
            labels[question.text_column] = question.text.nl
    return labels


def _as_text(sheet: object, value: str) -> WriteOnlyCell:
    """Return a cell that holds a formula as text, as it was typed."""
    cell = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    return cell


def _rezip(content: BytesIO, path: Path) -> None:
    """Write a workbook again without the times at which it was made; dates of answers are numbers in it."""
    with zipfile.ZipFile(content) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as result:
        for name in sorted(made.namelist()):
            entry = zipfile.ZipInfo(name, LONG_AGO.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            result.writestr(entry, MOMENT.sub(LONG_AGO.strftime(MOMENT_FORMAT).encode(), made.read(name)))


WRITERS: dict[str, Callable[[pd.DataFrame, Path, Instrument], None]] = {
    "csv": write_csv,
    "xlsx": write_xlsx,
    "sav": write_sav,
}
