"""The quantitative statements of a report as typed objects, and what each of them restricts.

A claims file has one row per statement. :func:`read_claims` types and checks it; :func:`meaning` says what a claim
demands of a share or a count, with the quantity words of the convention read as intervals.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.errors import InputError
from analysis.survey.quantifiers import CountRule, Limit, Quantifiers
from analysis.yaml_file import explain

Form = Literal["count", "percent", "labels", "range", "rank", "verdict", "nothing"]
AVERAGE = "average"


class Claim(BaseModel):
    """One statement; the fields are the columns of the file, ``line`` is where it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    claim_id: str = Field(min_length=1)
    evidence: Literal["closed", "open", "2021", "context"]
    chapter: str
    section: str
    figure: str | None
    question: str | None
    options: tuple[str, ...]
    base: str | None
    statistic: Literal[
        "count", "share", "min_rate", "max_rate", "max_share", "label_multiset", "rank", "judgement"
    ]
    kind: Literal["exact_count", "exact_percent", "verbal", "relative", "verdict"]
    quantifier: str | None
    relation: Literal["below", "above", "near", "within", "below_average", "below_percent"] | None
    reference: str | None
    value: tuple[int, ...]
    n: int | None = Field(ge=1)
    note: str
    line: int

    @field_validator("figure", "question", "base", "quantifier", "relation", "reference", "n", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("options", mode="before")
    @classmethod
    def _split_options(cls, value: object) -> object:
        return tuple(value.split(";")) if value else ()

    @field_validator("value", mode="before")
    @classmethod
    def _split_value(cls, value: object) -> object:
        return tuple(value.split("|")) if value else ()

    @model_validator(mode="after")
    def _check_parts(self) -> "Claim":
        if self.kind.startswith("exact") and not self.value:
            raise ValueError("an exact statement needs a value")
        if self.kind == "exact_percent" and not all(0 <= value <= 100 for value in self.value):
            raise ValueError("a percentage lies between 0 and 100")
        if self.kind == "verbal" and self.quantifier is None:
            raise ValueError("a verbal statement needs a quantifier")
        if self.kind == "relative" and self.relation is None:
            raise ValueError("a relative statement needs a relation")
        if self.relation in ("below", "above", "near", "within") and self.reference is None:
            raise ValueError("this relation needs a reference")
        if self.relation == "below_percent" and not self.value:
            raise ValueError("this relation needs a value")
        return self


class Claims(Mapping[str, Claim]):
    """The statements by their identifier, in the order of the file.

    Parameters
    ----------
    claims
        The statements.
    path
        The file that they come from, for messages.
    """

    def __init__(self, claims: Mapping[str, Claim], path: Path):
        self._claims = dict(claims)
        self.path = path

    def __getitem__(self, claim_id: str) -> Claim:
        try:
            return self._claims[claim_id]
        except KeyError as error:
            problem, expected = f"the claim {claim_id} is missing", f"a row {claim_id}"
            raise _wrong(problem, expected, self.path, "claim_id", remedy="restore its row") from error

    def __contains__(self, claim_id: object) -> bool:
        return claim_id in self._claims

    def __iter__(self) -> Iterator[str]:
        return iter(self._claims)

    def __len__(self) -> int:
        return len(self._claims)


@dataclass(frozen=True)
class Meaning:
    """What a claim demands.

    ``count``, ``percent`` and ``labels`` carry printed ``values``; a ``range`` has limits on a share, in which
    X is the share of the claim (or 2021 fact) ``x``, or the average over the options of the question;
    ``within`` names the claim whose group is the base of the share; ``rank`` is the place among the themes of a
    question.
    """

    form: Form
    values: tuple[int, ...] = ()
    lower: Limit | None = None
    upper: Limit | None = None
    x: str | None = None
    within: str | None = None
    count_rules: tuple[CountRule, ...] = ()


def scan_claims(path: Path) -> tuple[Claims, tuple[InputError, ...]]:
    """Read a claims file and go on after rows that are wrong.

    Parameters
    ----------
    path
        CSV, UTF-8, with the columns of :class:`Claim` but ``line``.

    Returns
    -------
    tuple
        The sound claims, and an error for each row that was left out.

    Raises
    ------
    InputError
        When the file is missing, empty or lacks a column.
    """
    claims: dict[str, Claim] = {}
    problems = []
    for line, row in _rows(path):
        place = f"line {line}, {row['claim_id']}"
        try:
            if None in row:
                raise _wrong("the row has more cells than the header", f"{len(row) - 1} cells", path, place)
            claim = Claim(**row, line=line)
            if claim.claim_id in claims:
                raise _wrong("the identifier was used before", "an identifier of its own", path, place)
            claims[claim.claim_id] = claim
        except ValidationError as error:
            first = error.errors()[0]
            problems.append(_wrong(*explain(first, Claim), path, ", ".join([place, *map(str, first["loc"][:1])])))
        except InputError as error:
            problems.append(error)
    circular = {claim.claim_id: claim for claim in claims.values() if _is_circular(claim, claims)}
    for key, claim in circular.items():
        problem = f"its reference {claim.reference} leads back to itself"
        problems.append(_wrong(problem, "a reference to another statement", path, f"line {claim.line}, {key}"))
    return Claims({key: claims[key] for key in claims if key not in circular}, path), tuple(problems)


def read_claims(path: Path) -> Claims:
    """Read a claims file as :func:`scan_claims` does, every row of which must be right.

    Raises
    ------
    InputError
        For the first row that is wrong, with its line.
    """
    claims, problems = scan_claims(path)
    if problems:
        raise problems[0]
    return claims


def meaning(claim: Claim, quantifiers: Quantifiers) -> Meaning:
    """Return what a claim demands under the convention.

    Parameters
    ----------
    claim
        The statement.
    quantifiers
        The convention for quantity words.

    Raises
    ------
    InputError
        When the quantity word is not in the convention.

    Notes
    -----
    ``below_percent`` means strictly below that percentage, on top of what its quantity word means. A word with
    X and no fraction takes X from the reference.
    """
    form = _exact_form(claim)
    if form is not None:
        return Meaning(form, claim.value)
    result = _word_meaning(claim, quantifiers)
    if claim.relation == "within":
        return replace(result, within=claim.reference)
    if claim.relation == "below_percent":
        ceiling = Limit(Fraction(0), Fraction(claim.value[0], 100), True)
        is_lower = result.upper is None or ceiling.offset <= result.upper.offset
        return replace(result, form="range", upper=ceiling) if is_lower else result
    x = AVERAGE if claim.relation == "below_average" else claim.reference
    return replace(result, x=x) if claim.relation is not None else result


def _exact_form(claim: Claim) -> Form | None:
    """Return the form of a claim that is printed as numbers or is no quantity at all."""
    forms: dict[str, Form] = {"rank": "rank", "label_multiset": "labels"}
    kinds: dict[str, Form] = {"exact_count": "count", "exact_percent": "percent", "verdict": "verdict"}
    return forms.get(claim.statistic) or kinds.get(claim.kind)


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
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["exactness"].startswith("percent"):
                facts[row["fact_id"]] = Fraction(int(row["value"]), 100)
            elif row["exactness"] == "verbal":
                try:
                    reading = quantifiers.read(row["value"])
                except InputError:
                    continue
                if reading.quantifier.lower is not None and reading.fraction is not None:
                    facts[row["fact_id"]] = reading.quantifier.lower.at(reading.fraction).offset
    return facts


def _word_meaning(claim: Claim, quantifiers: Quantifiers) -> Meaning:
    if claim.quantifier is None:
        return Meaning("nothing")
    reading = quantifiers.read(claim.quantifier)
    row = reading.quantifier
    if not row.is_bounded:
        return Meaning("nothing")
    lower, upper = row.lower, row.upper
    if reading.fraction is not None:
        lower, upper = lower.at(reading.fraction), upper.at(reading.fraction)
    return Meaning("range", lower=lower, upper=upper, count_rules=row.count_rules)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [(reader.line_num, row) for row in reader]
    except (FileNotFoundError, UnicodeDecodeError) as error:
        problem = "the file is missing" if isinstance(error, FileNotFoundError) else "the file is not UTF-8"
        raise _wrong(problem, "a claims file", path, remedy=f"restore {path.name} from git") from error
    names = [name for name in Claim.model_fields if name != "line"]
    if not rows or set(rows[0][1]) - {None} != set(names):
        problem = "the columns are not those of a claims file"
        raise _wrong(problem, ", ".join(names), path, remedy="restore the header")
    return rows


def _is_circular(claim: Claim, claims: Mapping[str, Claim]) -> bool:
    seen, reference = {claim.claim_id}, claim.reference
    while reference in claims:
        if reference in seen:
            return True
        seen.add(reference)
        reference = claims[reference].reference
    return False


def _wrong(
    problem: str, expected: str, path: Path, place: str | None = None, remedy: str = "correct this row"
) -> InputError:
    return InputError(problem, file=path, place=place, expected=expected, remedy=remedy)
