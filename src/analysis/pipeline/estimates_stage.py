"""The stage that estimates every closed question once, for all chapters."""

from pathlib import Path

import pandas as pd

from analysis.pipeline.settings import EstimatesSettings
from analysis.statistics.design import Design, WeightedDesign
from analysis.statistics.estimates import estimate_all
from analysis.statistics.population import population_counts, register_counts
from analysis.statistics.weighting import post_stratify, rake, unweighted
from analysis.survey.instrument import load_instrument
from analysis.survey.respondents import read_respondents

INSTRUMENT = "data/raw/instrument_2025.yaml"
RESPONDENTS = "data/processed/respondents.csv"
REGISTER = "data/raw/register/municipalities_2025.csv"
CLAIMS = "data/raw/published/claims_2025.csv"


def weighted_designs(root: Path, settings: EstimatesSettings) -> list[WeightedDesign]:
    """Return the respondents on their design, once for each estimator.

    Parameters
    ----------
    root
        Root of the project.
    settings
        Frame, finite population correction, bounds and cap of the weights.
    """
    respondents = read_respondents(root / RESPONDENTS, load_instrument(root / INSTRUMENT))
    register = pd.read_csv(root / REGISTER)
    claims = pd.read_csv(root / CLAIMS, dtype="str")
    population = population_counts(settings.frame, register=register, claims=claims)
    design = Design(respondents, population.to_dict(), fpc=settings.fpc)
    provinces = register_counts(register, ["province"]).to_dict()
    bounds = (settings.weight_low, settings.weight_high)
    return [
        unweighted(design),
        post_stratify(design),
        rake(design, provinces, bounds=bounds, cap=settings.weight_cap),
    ]


def estimates_table(root: Path, settings: EstimatesSettings) -> pd.DataFrame:
    """Return the estimates of every closed question, base, size class and estimator.

    Parameters
    ----------
    root
        Root of the project.
    settings
        Settings of the stage.
    """
    instrument = load_instrument(root / INSTRUMENT)
    return estimate_all(instrument, weighted_designs(root, settings), denominator=settings.denominator)
