"""Which column of an export holds which variable of the survey."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.export_origin import SYNTHETIC_COLUMN
from analysis.survey.instrument import Instrument
from analysis.survey.raw_table import RawTable, column_place
from analysis.yaml_file import line_of, read_yaml

PARADATA = ("response_id", "started_at", "last_activity_at", "is_finished")
OTHER_SURVEY = 0.5  # share of the expected columns below which the file is of another survey
MAPPING = "data/raw/columns_2025.yaml"


def load_column_map(path: Path, instrument: Instrument) -> dict[str, str]:
    """Read which header each variable has in the export.

    Parameters
    ----------
    path
        YAML file with a line for each variable whose header is not its own name.
    instrument
        The questionnaire.

    Returns
    -------
    dict
        Header by variable: the paradata first, then every column of the questionnaire.

    Raises
    ------
    InputError
        When the file names a variable that does not exist, or two variables share a header.
    """
    content = read_yaml(path)
    variables = (*PARADATA, *instrument.columns)
    for variable, header in content.items():
        place = f"line {line_of(content, (variable,))}"
        if variable not in variables:
            raise InputError(
                f"{variable} is no column of the survey",
                file=path,
                place=place,
                expected=f"{', '.join(PARADATA)} or a column of the instrument such as {instrument.columns[0]}",
                remedy="correct or remove this line",
            )
        if not isinstance(header, str) or not header.strip():
            raise InputError(
                f"the header of {variable} is no text",
                file=path,
                place=place,
                expected="the text above the column, in quotation marks when it is a number",
                remedy="correct this line",
            )
    mapping = {variable: str(content.get(variable, variable)) for variable in variables}
    owner: dict[str, str] = {}
    for variable, header in mapping.items():
        other = owner.setdefault(_key(header), variable)
        if other != variable:
            line = line_of(content, (variable,)) or line_of(content, (other,))
            raise InputError(
                f"{other} and {variable} have the same header",
                file=path,
                place=f"line {line}",
                expected="a header of its own for each",
                remedy="correct one",
            )
    return mapping


def known_headers(mapping: Mapping[str, str]) -> frozenset[str]:
    """Return the headers of a survey in the form in which they are compared.

    Parameters
    ----------
    mapping
        What :func:`load_column_map` returned.
    """
    return frozenset({_key(header) for header in mapping.values()} | set(mapping) | {SYNTHETIC_COLUMN})


def match_columns(table: RawTable, mapping: Mapping[str, str], file: Path) -> tuple[dict[str, int], list[int]]:
    """Find the column of each variable.

    Parameters
    ----------
    table
        The file as it was read.
    mapping
        What :func:`load_column_map` returned.
    file
        The file, for messages.

    Returns
    -------
    dict, list
        Position by variable, and the positions of columns that belong to no variable.

    Raises
    ------
    InputError
        When a header cell is blank, a column is there twice or missing, the header stands in another row, or
        the file is of another survey.
    """
    keys = [_key(cell) for cell in table.header]
    _refuse_displaced_header(table, keys, mapping, file)
    wanted = {_key(header): variable for variable, header in mapping.items()}
    labels = [_key(label) for label in table.column_labels] or [""] * len(keys)
    positions: dict[str, int] = {}
    for position, (key, label) in enumerate(zip(keys, labels, strict=True)):
        variable = wanted.get(key) or wanted.get(label) or (key if key in mapping else None)
        if variable is None:
            continue
        if variable in positions:
            raise InputError(
                f"the column {mapping[variable]} is there twice",
                file=file,
                place=f"row 1, {column_place(positions[variable])} and {column_place(position)}",
                expected="each column once",
                remedy="remove or rename one of the two, and export again",
            )
        positions[variable] = position
    _refuse_absent(positions, mapping, file)
    taken = set(positions.values())
    marks = {position for position, key in enumerate(keys) if key == SYNTHETIC_COLUMN}
    return positions, [position for position in range(len(keys)) if position not in taken | marks]


def _key(header: str) -> str:
    return " ".join(unicodedata.normalize("NFC", header).lower().split())


def _refuse_displaced_header(table: RawTable, keys: list[str], mapping: Mapping[str, str], file: Path) -> None:
    known = known_headers(mapping)
    in_header = sum(key in known for key in keys)
    for row, cells in table.values.head(5).iterrows():
        if sum(_key(cell) in known for cell in cells) > max(in_header, 1):
            raise InputError(
                f"the names of the columns stand in row {row}",
                file=file,
                place=f"row {row}",
                expected="one header row, the first",
                remedy=f"remove what stands above row {row}, and give the file again",
            )
    blank = [position for position, key in enumerate(keys) if not key]
    if blank and in_header:
        raise InputError(
            "a header cell is blank, as after merging cells",
            file=file,
            place=f"row 1, {column_place(blank[0])}",
            expected="a name above each column",
            remedy="unmerge the cells of the header and name each column, or export again",
        )


def _refuse_absent(positions: Mapping[str, int], mapping: Mapping[str, str], file: Path) -> None:
    absent = [variable for variable in mapping if variable not in positions]
    if len(positions) < OTHER_SURVEY * len(mapping):
        raise InputError(
            f"only {len(positions)} of the {len(mapping)} columns of this survey are there",
            file=file,
            place="row 1",
            expected="an export of this survey with one header row",
            remedy=f"check cleaning.export in params.yaml, or map the headers in {MAPPING}",
        )
    if absent:
        others = f" (and {len(absent) - 1} more)" if len(absent) > 1 else ""
        raise InputError(
            f"the column {mapping[absent[0]]} is missing{others}",
            file=file,
            place="row 1",
            expected="a column for each question and option of the instrument",
            remedy=f"export again with all columns, or map {absent[0]} to its header in {MAPPING}",
        )
