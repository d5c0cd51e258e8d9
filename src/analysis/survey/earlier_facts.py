"""Shares of an earlier wave that statements of a report refer to."""

from fractions import Fraction
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows
from analysis.survey.quantifiers import Quantifiers

COLUMNS = ("fact_id", "value", "exactness")
NOTES = ("topic", "question", "options", "source", "note")


def read_facts(path: Path, quantifiers: Quantifiers) -> dict[str, Fraction]:
    """Read the shares of an earlier wave that statements refer to.

    Parameters
    ----------
    path
        CSV with the columns fact_id, value and exactness.
    quantifiers
        The convention for quantity words.

    Returns
    -------
    dict
        By fact_id: the percentage as a fraction, and for a quantity word the lower end of its interval. Facts that
        are no share are left out.
    """
    facts = {}
    rows, problems = read_rows(path, COLUMNS, NOTES)
    if problems:
        raise problems[0]
    for line, row in rows:
        if row["exactness"].startswith("percent"):
            if not row["value"].isdecimal() or int(row["value"]) > 100:
                place = f"line {line}, {row['fact_id']}"
                raise InputError("the value is no percentage", file=path, place=place, expected="0 to 100")
            facts[row["fact_id"]] = Fraction(int(row["value"]), 100)
        elif row["exactness"] == "verbal":
            try:
                reading = quantifiers.read(row["value"])
            except InputError:
                continue
            if reading.quantifier.lower is not None and reading.fraction is not None:
                facts[row["fact_id"]] = reading.quantifier.lower.at(reading.fraction).offset
    return facts
