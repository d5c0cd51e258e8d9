"""The schema of an export, made from the instrument: which column holds what, and which codes."""

import pandas as pd
import pandera.pandas as pa

from analysis.survey.closed_answers import allowed_codes
from analysis.survey.findings import combine, findings_at
from analysis.survey.instrument import Instrument


def export_schema(instrument: Instrument) -> pa.DataFrameSchema:
    """Return the schema of the reactions: types of the paradata, codes of the closed questions, text elsewhere.

    Parameters
    ----------
    instrument
        The questionnaire.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        For a table with ``response_id, started_at, last_activity_at, is_finished`` and every column of the
        instrument, in that order. A blank cell is allowed everywhere but in ``response_id``.
    """
    columns = {
        "response_id": pa.Column("str", checks=pa.Check.str_length(min_value=1), unique=True),
        "started_at": pa.Column("datetime64[s]", nullable=True),
        "last_activity_at": pa.Column("datetime64[s]", nullable=True),
        "is_finished": pa.Column(bool),
    }
    codes = {
        column: ["", *allowed_codes(question)]
        for question in instrument.closed_questions
        for column in question.columns
    }
    for column in instrument.columns:
        columns[column] = pa.Column(
            "category", checks=[pa.Check.isin(codes[column], error="code")] if column in codes else []
        )
    return pa.DataFrameSchema(columns, strict=True, ordered=True)


def set_unknown_codes_aside(reactions: pd.DataFrame, instrument: Instrument) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Check the reactions against the schema and blank each value that is no code of its question.

    Parameters
    ----------
    reactions
        Table with the columns of :func:`export_schema`; the index is the row of the file.
    instrument
        The questionnaire.

    Returns
    -------
    DataFrame, DataFrame
        The reactions, which fit the schema, and the findings.

    Raises
    ------
    TypeError
        When something else than a code does not fit: a mistake of the reader and not of the file. The message
        names columns, and no answers as that of pandera would.
    """
    try:
        export_schema(instrument).validate(reactions, lazy=True)
        return reactions, combine([])
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
    is_code = cases["check"] == "code"
    if not is_code.all():
        columns = cases.loc[~is_code, "column"].dropna().unique().tolist()
        raise TypeError(f"the reactions do not fit the schema in {columns or 'their columns'}")
    tables, cleaned = [], {}
    for column, wrong in cases.groupby("column", observed=True):
        rows = pd.Index(wrong["index"])
        tables.append(findings_at(rows, str(column), "unknown_code"))
        cleaned[column] = _blank(reactions[column], rows)
    return reactions.assign(**cleaned), combine(tables)


def _blank(values: pd.Series, rows: pd.Index) -> pd.Series:
    if "" not in values.cat.categories:
        values = values.cat.add_categories([""])
    return values.where(~values.index.isin(rows), "").cat.remove_unused_categories()
