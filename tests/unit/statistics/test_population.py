"""Municipalities per size class and province, against the published table and a register counted by hand."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.population import population_counts, published_counts, register_counts

CLAIMS = Path(__file__).parents[3] / "data" / "raw" / "published" / "claims_2025.csv"


@pytest.fixture(scope="module")
def claims():
    return pd.read_csv(CLAIMS, dtype="str", keep_default_na=False)


def test_the_published_frame_is_table_1(municipalities, claims):
    counts = population_counts("published", register=municipalities, claims=claims)
    assert counts.to_dict() == {"d": 250, "c": 60, "ab": 32}


def test_the_register_counts_342_municipalities(municipalities, claims):
    counts = population_counts("register", register=municipalities, claims=claims)
    assert counts.to_dict() == {"d": 246, "c": 64, "ab": 32}
    assert register_counts(municipalities, ["province"]).sum() == 342
    assert register_counts(municipalities, ["province", "size_class"]).sum() == 342


def test_a_size_class_without_municipalities_counts_zero():
    register = pd.DataFrame({"code": ["GM1"], "province": ["Zeeland"], "population": [40_000]})
    assert register_counts(register).to_dict() == {"d": 1, "c": 0, "ab": 0}


def test_an_unknown_frame_is_refused(municipalities, claims):
    with pytest.raises(InputError, match=r"no frame 'census'.*published or register"):
        population_counts("census", register=municipalities, claims=claims)


def test_a_missing_published_count_is_refused(claims):
    with pytest.raises(InputError, match="T21"):
        published_counts(claims[claims["claim_id"] != "T21"])


def test_published_counts_that_do_not_add_up_are_refused(claims):
    claims = claims.assign(value=claims["value"].mask(claims["claim_id"] == "T20", "251"))
    with pytest.raises(InputError, match="add up"):
        published_counts(claims)
