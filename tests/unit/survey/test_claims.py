"""Claims as typed objects, and what each demands."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.claims import AVERAGE, meaning, read_claims, scan_claims
from analysis.survey.quantifiers import Limit, read_quantifiers

PUBLISHED = Path("data/raw/published")


@pytest.fixture(scope="module")
def claims():
    return read_claims(PUBLISHED / "claims_2025.csv")


@pytest.fixture(scope="module")
def convention():
    return read_quantifiers(PUBLISHED / "quantifiers.csv")


def changed(tmp_path, **rows):
    """Write the published claims with some fields changed, by claim."""
    path = tmp_path / "claims.csv"
    with (PUBLISHED / "claims_2025.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0])
        writer.writeheader()
        writer.writerows(row | rows.get(row["claim_id"], {}) for row in table)
    return path


def limit(value, is_strict, coefficient=0):
    return Limit(Fraction(coefficient), Fraction(value), is_strict)


def test_every_row_is_read(claims):
    with (PUBLISHED / "claims_2025.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [claim.claim_id for claim in claims.values()] == [row["claim_id"] for row in rows]
    assert claims["C14"].value == (42,)
    assert claims["C05"].value == (3, 2, 3)
    assert claims["C05"].options == ("e", "f", "g", "h")
    assert claims["R03"].question is None
    assert claims["I01"].line == 2


def test_every_claim_has_a_meaning(claims, convention):
    forms = {name: meaning(claim, convention).form for name, claim in claims.items()}
    assert forms["C14"] == "count"
    assert forms["C01"] == "percent"
    assert forms["C05"] == "labels"
    assert forms["O1102"] == "rank"
    assert forms["J01"] == "verdict"
    assert forms["O601"] == "nothing"
    assert forms["F41"] == "range"


def test_limits_of_verbal_and_relative_claims(claims, convention):
    def of(name):
        return meaning(claims[name], convention)

    assert (of("F73").lower, of("F73").upper) == (limit("0.7", False), limit("0.75", True))
    assert (of("F74").lower, of("F74").upper) == (limit("-0.05", False, 1), limit(0, True, 1))
    assert of("F74").x == "F73"
    assert (of("F83").x, of("F83").upper) == (AVERAGE, Limit(Fraction(1, 2), Fraction(0), False))
    assert (of("F82").lower, of("F82").upper) == (None, limit(1, True))
    assert of("F86").upper == limit("0.85", False)
    assert (of("F43").within, of("F43").x) == ("F42", None)
    assert of("R16").x == "W01"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"evidence": "guess"}, "line 45, C01, evidence"),
        ({"kind": "exact"}, "line 45, C01, kind"),
        ({"value": "128"}, "a percentage lies between 0 and 100"),
        ({"value": ""}, "an exact statement needs a value"),
        ({"value": "many"}, "line 45, C01, value"),
        ({"kind": "verbal"}, "needs a quantifier"),
        ({"kind": "relative"}, "needs a relation"),
        ({"kind": "relative", "relation": "below"}, "needs a reference"),
        ({"claim_id": "C02"}, "the identifier was used before"),
        ({"relation": "below", "reference": "C01"}, "leads back to itself"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path, row, message):
    with pytest.raises(InputError, match=message):
        read_claims(changed(tmp_path, C01=row))


def test_scanning_goes_on_after_a_wrong_row(tmp_path, claims):
    sound, problems = scan_claims(changed(tmp_path, C01={"kind": "exact"}, C03={"value": ""}))
    assert set(claims) - set(sound) == {"C01", "C03"}
    assert len(problems) == 2


def test_a_circle_of_references_is_refused(tmp_path):
    sound, problems = scan_claims(
        changed(tmp_path, F73={"kind": "relative", "relation": "above", "reference": "F74"})
    )
    assert "F73" not in sound
    assert "F74" not in sound
    assert len(problems) == 2


def test_an_unknown_claim_and_a_missing_file_are_named(tmp_path, claims):
    with pytest.raises(InputError, match="the claim Z99 is missing"):
        claims["Z99"]
    with pytest.raises(InputError, match="the file is missing"):
        read_claims(tmp_path / "claims.csv")


def test_other_columns_are_refused(tmp_path):
    path = tmp_path / "claims.csv"
    path.write_text("claim_id,value\nC01,28\n", encoding="utf-8")
    with pytest.raises(InputError, match="the columns are others"):
        read_claims(path)
