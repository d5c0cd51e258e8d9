"""Synthetic respondents and the numbers that R's survey package gives for them (tests/reference/estimates)."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.population import register_counts
from analysis.statistics.weighting import post_stratify, rake, unweighted
from analysis.survey.instrument import load_instrument

ROOT = Path(__file__).parents[3]
REFERENCE = ROOT / "tests" / "reference" / "estimates"
POPULATION = {"d": 250, "c": 60, "ab": 32}


@pytest.fixture(scope="session")
def reference():
    return lambda name: pd.read_csv(REFERENCE / f"expected_{name}.csv", dtype={"option": "str"})


@pytest.fixture(scope="session")
def short_instrument():
    return load_instrument(REFERENCE / "instrument.yaml")


@pytest.fixture(scope="session")
def synthetic_respondents():
    return pd.read_csv(REFERENCE / "respondents.csv", dtype="str", keep_default_na=False)


@pytest.fixture(scope="session")
def municipalities():
    return pd.read_csv(ROOT / "data" / "raw" / "register" / "municipalities_2025.csv")


@pytest.fixture(scope="session")
def province_counts(municipalities):
    return register_counts(municipalities, ["province"])


@pytest.fixture(scope="session")
def weighted_designs(synthetic_respondents, province_counts):
    """Designs by estimator, for the finite population correction on and off."""

    def make(fpc):
        design = Design(synthetic_respondents, POPULATION, fpc=fpc)
        made = [unweighted(design), post_stratify(design), rake(design, province_counts)]
        return {weighted.estimator: weighted for weighted in made}

    return {fpc: make(fpc) for fpc in (True, False)}
