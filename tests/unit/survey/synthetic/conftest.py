"""One survey, drawn once, for the tests that only look at it."""

from pathlib import Path

import pytest

from analysis.survey.synthetic.sources import Sources, read_sources
from analysis.survey.synthetic.survey import Survey, draw_survey

RAW = Path("data/raw")


@pytest.fixture(scope="session")
def sources() -> Sources:
    return read_sources(RAW)


@pytest.fixture(scope="session")
def survey(sources) -> Survey:
    return draw_survey(sources, seed=20250131)
