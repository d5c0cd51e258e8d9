"""The quantitative statements of a report as typed objects, and what each of them restricts.

A claims file has one row per statement. :func:`read_claims` types and checks it; :func:`meaning` says what a claim
demands of a share or a count, with the quantity words of the convention read as intervals.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows
from analysis.survey.quantifiers import CountRule, Limit, Quantifiers
from analysis.yaml_file import explain

Form = Literal["count", "percent", "labels", "range", "rank", "verdict", "nothing"]
AVERAGE = "average"
LARGEST = 10**8  # more respondents than any report has; larger numbers are slips
OPTIONAL = ("section", "figure", "note")
REQUIRED = (
    "claim_id",
    "evidence",
    "chapter",
    "question",
    "options",
    "base",
    "statistic",
    "kind",
    "quantifier",
    "relation",
    "reference",
    "value",
    "n",
)


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
    n: int | None = Field(ge=1, le=LARGEST)
    note: str
    line: int

    @field_validator("figure", "question", "base", "quantifier", "relation", "reference", "n", mode="before")
    @classmethod
    def _blank_is_none(cls, value: object) -> object:
        return None if value == "" else value

    @field_validator("evidence", mode="before")
    @classmethod
    def _earlier_wave(cls, value: object) -> object:
        return "2021" if value == "earlier" else value

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
        highest = 100 if self.kind == "exact_percent" or self.relation == "below_percent" else LARGEST
        outside = [value for value in self.value if not 0 <= value <= highest]
        if outside:
            kind = "a percentage" if highest == 100 else "a number"
            raise ValueError(f"{kind} lies between 0 and {highest}, and this is {outside[0]}")
        if self.statistic == "rank" and not self.value:
            raise ValueError("a rank needs a value")
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
        CSV with the columns of :class:`Claim` but ``line``; ``section``, ``figure`` and ``note`` may be absent.

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
    rows, problems = read_rows(path, REQUIRED, OPTIONAL)
    for line, row in rows:
        place = ", ".join(part for part in (f"line {line}", row["claim_id"][:40]) if part)
        try:
            claim = Claim(**row, line=line)
            if claim.claim_id in claims:
                problem = f"the identifier was used before, in line {claims[claim.claim_id].line}"
                raise _wrong(problem, "an identifier of its own", path, place)
            claims[claim.claim_id] = claim
        except ValidationError as error:
            problems.append(_invalid(error, row, path, place))
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


def _invalid(error: ValidationError, row: Mapping[str, str], path: Path, place: str) -> InputError:
    first = error.errors()[0]
    column = next((str(step) for step in first["loc"]), None)
    problem, expected = explain(first, Claim)
    found = f" ({row[column][:40]!r})" if column in row else ""
    return _wrong(problem + found, expected, path, f"{place}, {column}" if column else place)


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
