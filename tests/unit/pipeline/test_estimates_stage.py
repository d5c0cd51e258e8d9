"""What the chapters select from: options that the report takes together, and agreement between the tables."""

from pathlib import Path

import pytest

from analysis.pipeline.estimates_stage import published_unions
from analysis.survey.claims import Claims, read_claims
from analysis.survey.instrument import load_instrument

ROOT = Path(__file__).parents[3]
CLAIMS = ROOT / "data/raw/published/claims_2025.csv"
INSTRUMENT = load_instrument(ROOT / "data/raw/instrument_2025.yaml")


@pytest.fixture(scope="module")
def unions():
    return published_unions(INSTRUMENT, read_claims(CLAIMS))


def test_options_that_the_report_takes_together(unions):
    assert {"a;b;c", "d;e;f;g;h", "e;f;g;h", "a;b;c;d"} <= set(unions["q04"])
    assert unions["q16"] == ["a;b"]
    assert unions["q09"] == ["a;b", "c;d"]
    assert all(len(found) == len(set(found)) for found in unions.values())


def test_all_options_together_or_options_of_no_question_are_no_union(unions):
    assert unions["q03"] == ["a;b"]
    claim = read_claims(CLAIMS)["C01"].model_copy(update={"options": ("a", "b")})
    of_none = (
        {"question": "q99", "evidence": "closed"},
        {"question": "q04", "evidence": "open"},
        {"question": None},
    )
    claims = {str(number): claim.model_copy(update=fields) for number, fields in enumerate(of_none)}
    assert published_unions(INSTRUMENT, Claims(claims, CLAIMS)) == {}
