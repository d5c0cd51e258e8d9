"""Corrections that a person decided on, as data: what stands there, what it becomes, and why."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
from pydantic import BaseModel, ConfigDict, StringConstraints

from analysis.errors import InputError
from analysis.survey.closed_answers import allowed_codes
from analysis.survey.distinct_values import map_distinct
from analysis.survey.findings import RULES, combine, findings_at
from analysis.survey.instrument import Instrument
from analysis.yaml_file import line_of, read_yaml, validate

Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Correction(BaseModel):
    """One correction.

    ``export`` is the name of the export without its ending; corrections of other exports do not apply. ``match``
    narrows the reactions down by the text of other columns. In those that match, ``column`` must hold ``expect``
    and becomes ``value``.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    export: Words
    match: dict[Words, str] = {}
    column: Words
    expect: str
    value: str
    settles: Words | None = None
    reason: Words
    source: Words


class Corrections(BaseModel):
    """The corrections file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class CorrectionList:
    """The corrections of one export: where they stand, and each by the line at which it begins."""

    file: Path
    by_line: dict[int, Correction]


def load_corrections(path: Path, export: Path) -> CorrectionList:
    """Read the corrections of one export.

    Parameters
    ----------
    path
        YAML file with the key ``corrections``.
    export
        The export; its name without the ending decides which corrections apply.

    Raises
    ------
    InputError
        With the line, when a key is unknown or missing.
    """
    content = read_yaml(path)
    every = validate(Corrections, content, path).corrections
    lines = {line_of(content, ("corrections", number)) or 0: item for number, item in enumerate(every)}
    return CorrectionList(path, {line: item for line, item in lines.items() if item.export == export.stem})


def apply_corrections(
    reactions: pd.DataFrame, corrections: CorrectionList, instrument: Instrument
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Apply corrections, and stop at one that matches nothing.

    Parameters
    ----------
    reactions
        Reactions with ``response_id`` and the columns of the instrument, as text.
    corrections
        What :func:`load_corrections` returned.
    instrument
        The questionnaire.

    Returns
    -------
    DataFrame, DataFrame, DataFrame
        The reactions; findings; and the applied corrections: ``line, column, n, reason, source`` and
        ``rows``, the index of the reactions.

    Raises
    ------
    InputError
        With the line, when a correction matches no reaction, a matching reaction holds something else than was
        expected, or the column or new value does not exist. The message holds no answer.
    """
    applied, tables = [], []
    for line, correction in corrections.by_line.items():
        place = {"file": corrections.file, "place": f"line {line}"}
        _refuse_unknown(correction, place, instrument)
        rows = _rows(correction, place, reactions)
        column = reactions[correction.column].astype("category")
        if correction.value not in column.cat.categories:
            column = column.cat.add_categories([correction.value])
        corrected = column.mask(reactions.index.isin(rows), correction.value)
        reactions = reactions.assign(**{correction.column: corrected})
        tables.append(findings_at(rows, correction.column, "correction"))
        if correction.settles is not None:
            tables.append(findings_at(rows, correction.column, correction.settles))
        applied.append((line, correction.column, len(rows), correction.reason, correction.source, rows))
    report = pd.DataFrame(applied, columns=["line", "column", "n", "reason", "source", "rows"])
    return reactions, combine(tables), report


def _rows(correction: Correction, place: dict, reactions: pd.DataFrame) -> pd.Index:
    holds = _plain(reactions[correction.column]) == correction.expect.strip()
    matches = pd.Series(True, index=reactions.index) if correction.match else holds
    for column, text in correction.match.items():
        matches &= _plain(reactions[column]) == text.strip()
    remedy = "adapt this correction to the export, or remove it"
    if not matches.any():
        raise InputError(
            "the correction matches no reaction", **place, expected="a reaction like that", remedy=remedy
        )
    if not holds[matches].all():
        problem = f"{correction.column} holds something else than the correction expects"
        raise InputError(problem, **place, expected="what stands under expect", remedy=remedy)
    return reactions.index[matches]


def _plain(values: pd.Series) -> pd.Series:
    return map_distinct(values, lambda texts: texts.str.strip())


def _refuse_unknown(correction: Correction, place: dict, instrument: Instrument) -> None:
    codes = {
        name: allowed_codes(question) for question in instrument.closed_questions for name in question.columns
    }
    if correction.column not in instrument.columns:
        raise InputError(
            f"there is no column {correction.column} that can be corrected",
            **place,
            expected="a column of the instrument",
            remedy="correct this line",
        )
    for column in correction.match:
        if column not in (*instrument.columns, "response_id"):
            raise InputError(
                f"there is no column {column} to match",
                **place,
                expected="response_id or a column of the instrument",
                remedy="correct this line",
            )
    if correction.settles not in (None, *RULES):
        raise InputError(
            f"settles names the unknown rule {correction.settles!r}",
            **place,
            expected="a rule of the findings, such as name_misspelt",
            remedy="correct this line",
        )
    if correction.column in codes and correction.value not in ("", *codes[correction.column]):
        raise InputError(
            f"the new value is no code of {correction.column}",
            **place,
            expected=f"one of {', '.join(codes[correction.column])}, or blank",
            remedy="correct this line",
        )
