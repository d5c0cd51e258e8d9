"""What the chapters select from: options that the report takes together, and agreement between the tables."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.pipeline.estimates_stage import published_unions
from analysis.survey.instrument import load_instrument

ROOT = Path(__file__).parents[3]
INSTRUMENT = load_instrument(ROOT / "data/raw/instrument_2025.yaml")


@pytest.fixture(scope="module")
def unions():
    claims = pd.read_csv(ROOT / "data/raw/published/claims_2025.csv", dtype="str", keep_default_na=False)
    return published_unions(INSTRUMENT, claims)


def test_options_that_the_report_takes_together(unions):
    assert {"a;b;c", "d;e;f;g;h", "e;f;g;h", "a;b;c;d"} <= set(unions["q04"])
    assert unions["q16"] == ["a;b"]
    assert unions["q09"] == ["a;b", "c;d"]
    assert all(len(found) == len(set(found)) for found in unions.values())


def test_all_options_together_or_options_of_no_question_are_no_union(unions):
    assert unions["q03"] == ["a;b"]
    table = pd.DataFrame({"evidence": ["closed", "open"], "question": ["q99", "q04"], "options": ["a;b", "a;b"]})
    assert published_unions(INSTRUMENT, table) == {}
