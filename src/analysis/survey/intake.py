"""Read an export of the survey tool: whatever file it is, as text, with everything that was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.closed_answers import plain_numbers, recode_closed
from analysis.survey.columns import PARADATA, known_headers, match_columns
from analysis.survey.delimited import read_delimited
from analysis.survey.distinct_values import distinct, map_distinct
from analysis.survey.export_origin import SYNTHETIC_COLUMN, file_format, is_synthetic
from analysis.survey.findings import combine, findings_at
from analysis.survey.instrument import Instrument
from analysis.survey.raw_table import RawTable, column_place
from analysis.survey.spreadsheet import read_spreadsheet
from analysis.survey.spss import read_spss
from analysis.survey.timestamps import read_timestamps

ENCODING_SETTING = "cleaning.encoding in params.yaml"
FINISHED = {"ja": True, "yes": True, "true": True, "waar": True, "1": True, "voltooid": True, "completed": True}
UNFINISHED = {"nee": False, "no": False, "false": False, "onwaar": False, "0": False, "": False}


@dataclass(frozen=True)
class Reading:
    """How a file is to be read; ``auto`` has it recognised.

    Parameters
    ----------
    separator
        Character between two columns of a CSV file.
    encoding
        Encoding of a CSV file, as Python names it.
    date_format
        Format of the dates, as Python's ``strptime`` writes it.
    decimal
        Decimal sign of numbers in a text file.
    """

    separator: str = "auto"
    encoding: str = "auto"
    date_format: str = "auto"
    decimal: str = "auto"


@dataclass(frozen=True)
class Export:
    """An export that was read, in the columns of the instrument.

    Parameters
    ----------
    reactions
        One row per reaction, in the order of the file; the index is the row of the file. Columns
        ``response_id`` (text), ``started_at`` and ``last_activity_at`` (times), ``is_finished`` (bool) and then
        every column of the instrument: codes for closed questions, text as typed for open ones, blank for nothing.
    findings
        What was found: ``row, column, rule, action, n``.
    read_as
        How the file was read, in Dutch, for the page.
    value_labels
        Labels of values by column, where the file had them.
    synthetic
        Whether the file declares that its answers are invented.
    instrument
        The questionnaire against which it was read.
    """

    reactions: pd.DataFrame
    findings: pd.DataFrame
    read_as: dict[str, str]
    value_labels: dict[str, dict[str, str]]
    synthetic: bool
    instrument: Instrument


def read_export(
    path: Path, instrument: Instrument, mapping: Mapping[str, str], reading: Reading | None = None
) -> Export:
    """Read an export and match its columns; every certain notation of a code becomes the code.

    A value that is no code stays as it is, for a correction or for
    :func:`analysis.survey.export_schema.set_unknown_codes_aside`.

    Parameters
    ----------
    path
        CSV, ``.xlsx`` or ``.sav``; what counts is what the file holds, not how it is called.
    instrument
        The questionnaire.
    mapping
        Header by variable, from :func:`analysis.survey.columns.load_column_map`.
    reading
        How the file is to be read, when that is not to be recognised.

    Raises
    ------
    InputError
        When the file is missing, empty, damaged, cut off or of another survey; a column is missing or there
        twice; a reaction has no number or shares it; hardly any date can be read. The message names the file,
        the row and the column, and never an answer.
    """
    reading = reading or Reading()
    table = _read(path, known_headers(mapping), reading)
    positions, others = match_columns(table, mapping, path)
    tables = [_foreign(table, others), _converted(table)]
    columns = {variable: table.values[position] for variable, position in positions.items()}
    text, blank = _without_blank_rows(pd.DataFrame({variable: columns[variable] for variable in mapping}))
    tables.append(blank)
    if text.empty:
        raise InputError(
            "the file holds a header but no reactions",
            file=path,
            expected="a row per reaction",
            remedy="export again",
        )
    _refuse_second_header(text, path)
    _refuse_half_synthetic(table, text.index, path)
    identified = _response_ids(text["response_id"], path, reading.decimal)
    times, found, order = read_timestamps({name: text[name] for name in PARADATA[1:3]}, path, reading.date_format)
    labels = {name: table.value_labels[at] for name, at in positions.items() if at in table.value_labels}
    answers, recoded = recode_closed(text[list(instrument.columns)], instrument, labels, reading.decimal)
    paradata = {"response_id": identified, **times, "is_finished": _finished(text["is_finished"], path)}
    reactions = pd.concat([pd.DataFrame(paradata), answers], axis="columns")
    tables += [found, recoded, _lost_characters(answers)]
    read_as = {**table.read_as, "datums": order, "rijen": str(len(reactions))}
    return Export(reactions, combine(tables), read_as, labels, is_synthetic(path), instrument)


def _read(path: Path, known: frozenset[str], reading: Reading) -> RawTable:
    try:
        kind = file_format(path)
    except (FileNotFoundError, IsADirectoryError) as error:
        remedy = "put the export there, or name it in params.yaml, cleaning.export"
        raise InputError("the export is missing", file=path, expected="a file", remedy=remedy) from error
    if kind == "xlsx":
        return read_spreadsheet(path)
    if kind == "sav":
        return read_spss(path)
    if path.suffix.lower() in (".xlsx", ".xls", ".sav"):
        raise InputError(
            f"the file is called {path.suffix} but is none",
            file=path,
            expected="an Excel workbook (.xlsx) or an SPSS file (.sav)",
            remedy="export again, or give a CSV file the ending .csv",
        )
    return read_delimited(
        path, known=known, separator=reading.separator, encoding=reading.encoding, setting=ENCODING_SETTING
    )


def _refuse_half_synthetic(table: RawTable, rows: pd.Index, path: Path) -> None:
    """Refuse real answers under the header of a synthetic export: their pseudonyms would not be secret."""
    for position, header in enumerate(table.header):
        if header.strip().lower() == SYNTHETIC_COLUMN:
            codes, texts = distinct(table.values[position].loc[rows])
            unmarked = (texts.str.strip().str.lower() != "ja").to_numpy()[codes]
            if unmarked.any():
                raise InputError(
                    f"the file has the column {SYNTHETIC_COLUMN}, but not in {int(unmarked.sum())} of its rows",
                    file=path,
                    place=f"row {rows[unmarked.argmax()]}, {column_place(position)}",
                    expected="ja in every row, or no such column",
                    remedy="remove this column when the answers are real",
                )


def _foreign(table: RawTable, positions: list[int]) -> pd.DataFrame:
    columns = [column_place(position) for position in positions]
    return findings_at([None] * len(positions), columns, "unknown_column", len(table.values))


def _converted(table: RawTable) -> pd.DataFrame:
    counts = {position: n for position, n in table.converted.items() if n}
    columns = [column_place(position) for position in counts]
    return findings_at([None] * len(counts), columns, "spreadsheet_value", list(counts.values()))


def _without_blank_rows(text: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    blank = pd.Series(True, index=text.index)
    for column in text.columns:
        codes, texts = distinct(text[column])
        blank &= (texts.str.strip() == "").to_numpy()[codes]
    return text[~blank], findings_at(text.index[blank], "", "blank_row")


def _refuse_second_header(text: pd.DataFrame, path: Path) -> None:
    first = {name: str(text[name].iloc[0]).strip() for name in PARADATA}
    is_date = any(letter.isdigit() for letter in first["started_at"]) or not first["started_at"]
    if (
        not is_date
        and plain_numbers(pd.Series([first["is_finished"].lower()])).map(FINISHED | UNFINISHED).isna()[0]
    ):
        raise InputError(
            "the row under the header is a second header row",
            file=path,
            place=f"row {text.index[0]}",
            expected="the first reaction",
            remedy="remove this row, and give the file again",
        )


def _response_ids(values: pd.Series, path: Path, decimal: str) -> pd.Series:
    numbers = map_distinct(values, lambda texts: plain_numbers(texts.str.strip(), decimal)).astype("str")
    for wrong, problem, remedy in (
        (numbers == "", "a reaction has no number", "export again with the number of each reaction"),
        (numbers.duplicated(), "two reactions have the same number", "remove one of the two, or export again"),
    ):
        if wrong.any():
            row = values.index[wrong.to_numpy().argmax()]
            raise InputError(
                problem,
                file=path,
                place=f"row {row}, column response_id",
                expected="a number of its own for each reaction",
                remedy=remedy,
            )
    return numbers


def _finished(values: pd.Series, path: Path) -> pd.Series:
    codes, texts = distinct(values)
    meaning = plain_numbers(texts.str.strip().str.lower()).map(FINISHED | UNFINISHED)
    unknown = meaning.isna().to_numpy()[codes]
    if unknown.any():
        raise InputError(
            "whether the reaction was finished is not yes or no",
            file=path,
            place=f"row {values.index[unknown.argmax()]}, column is_finished",
            expected="Ja or Nee",
            remedy="write Ja or Nee in this cell; if row 2 is a second header row, remove it",
        )
    return pd.Series(meaning.astype(bool).to_numpy()[codes], index=values.index, name="is_finished")


def _lost_characters(answers: pd.DataFrame) -> pd.DataFrame:
    tables = []
    for column in answers.columns:
        codes, texts = distinct(answers[column])
        lost = texts.str.contains("\ufffd", regex=False).to_numpy()[codes]
        tables.append(findings_at(answers.index[lost], column, "replacement_character"))
    return combine(tables)
