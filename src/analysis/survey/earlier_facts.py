"""What was published of an earlier wave: its figures as they are printed, and those that are shares."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows
from analysis.survey.quantifiers import Quantifiers
from analysis.yaml_file import explain

REMEDY = "correct this row"


class Fact(BaseModel):
    """One published figure; the fields are the columns of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    fact_id: str = Field(min_length=1)
    topic: str
    question: str
    options: tuple[str, ...]
    value: str
    exactness: Literal["percent", "percent_about", "count", "verbal", "not_found"]
    source: str
    note: str

    @field_validator("options", mode="before")
    @classmethod
    def _split_options(cls, value: object) -> object:
        return tuple(value.split(";")) if value else ()

    @model_validator(mode="after")
    def _is_a_percentage(self) -> "Fact":
        percentage = self.value.isdecimal() and int(self.value) <= 100
        if self.exactness.startswith("percent") and not percentage:
            raise ValueError("the value is no percentage; expected a whole number from 0 to 100")
        return self


COLUMNS = tuple(Fact.model_fields)
OF_SHARES = ("fact_id", "value", "exactness")


def read_earlier_facts(path: Path, required: Sequence[str] = COLUMNS) -> dict[str, Fact]:
    """Read the published figures of an earlier wave.

    Parameters
    ----------
    path
        CSV with the columns of :class:`Fact`.
    required
        The columns that must be there; :data:`OF_SHARES` is enough for :func:`earlier_shares`.

    Returns
    -------
    dict
        :class:`Fact` by its identifier.

    Raises
    ------
    InputError
        With the line, when the file is missing, a column is, a value is not allowed, or an identifier comes
        twice.
    """
    rows, problems = read_rows(path, required, [column for column in COLUMNS if column not in required])
    if problems:
        raise problems[0]
    facts: dict[str, Fact] = {}
    for line, row in rows:
        try:
            fact = Fact(**row)
        except ValidationError as error:
            first = error.errors()[0]
            problem, expected = explain(first, Fact)
            place = ", ".join([f"line {line}", *(str(step) for step in first["loc"][:1])])
            raise InputError(problem, file=path, place=place, expected=expected, remedy=REMEDY) from error
        if fact.fact_id in facts:
            raise InputError(
                f"the identifier {fact.fact_id} was used before",
                file=path,
                place=f"line {line}",
                expected="an identifier of its own for each row",
                remedy=REMEDY,
            )
        facts[fact.fact_id] = fact
    return facts


def earlier_shares(facts: Mapping[str, Fact], quantifiers: Quantifiers) -> dict[str, Fraction]:
    """Return the published figures that are shares, which statements of a report can refer to.

    Parameters
    ----------
    facts
        What :func:`read_earlier_facts` returned.
    quantifiers
        The convention for quantity words.

    Returns
    -------
    dict
        By identifier: the percentage as a fraction, and for a quantity word the lower end of its interval. Figures
        that are no share are left out.
    """
    shares = {}
    for name, fact in facts.items():
        if fact.exactness.startswith("percent"):
            shares[name] = Fraction(int(fact.value), 100)
        elif fact.exactness == "verbal":
            try:
                reading = quantifiers.read(fact.value)
            except InputError:
                continue
            if reading.quantifier.lower is not None and reading.fraction is not None:
                shares[name] = reading.quantifier.lower.at(reading.fraction).offset
    return shares
