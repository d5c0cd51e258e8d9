"""Municipalities per size class and province, against the published table and a register counted by hand."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.population import population_counts, published_counts, register_counts
from analysis.survey.claims import Claims, read_claims

CLAIMS = Path(__file__).parents[3] / "data" / "raw" / "published" / "claims_2025.csv"


@pytest.fixture(scope="module")
def claims():
    return read_claims(CLAIMS)


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
        published_counts(Claims({name: claim for name, claim in claims.items() if name != "T21"}, CLAIMS))


def test_published_counts_that_do_not_add_up_are_refused(claims):
    larger = {"T20": claims["T20"].model_copy(update={"value": (251,)})}
    with pytest.raises(InputError, match=r"claims_2025.csv, T20, .*do not add up: 343, not 342"):
        published_counts(Claims(dict(claims) | larger, CLAIMS))
