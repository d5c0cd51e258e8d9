"""The stage that estimates every closed question once, for all chapters."""

from pathlib import Path

import pandas as pd

from analysis.pipeline.settings import EstimatesSettings
from analysis.statistics.design import Design, WeightedDesign
from analysis.statistics.differences import answer_differences
from analysis.statistics.estimates import estimate, estimate_all
from analysis.statistics.multiple_response import answer_combinations
from analysis.statistics.population import FRAMES, population_counts, register_counts
from analysis.statistics.question_bases import question_bases
from analysis.statistics.weighting import post_stratify, rake, unweighted
from analysis.survey.claims import Claims, read_claims
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.register import load_register
from analysis.survey.respondents import read_respondents

INSTRUMENT = "data/raw/instrument_2025.yaml"
RESPONDENTS = "data/processed/respondents.csv"
REGISTER = "data/raw/register/municipalities_2025.csv"
CLAIMS = "data/raw/published/claims_2025.csv"
STATUS = "q04"


def read_populations(root: Path) -> tuple[pd.DataFrame, Claims]:
    """Return the register and the published statements: each says how many municipalities there are.

    Parameters
    ----------
    root
        Root of the project.
    """
    return load_register(root / REGISTER), read_claims(root / CLAIMS)


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
    register, claims = read_populations(root)
    population = population_counts(settings.frame, register=register, claims=claims)
    design = Design(respondents, population.to_dict(), fpc=settings.fpc)
    provinces = register_counts(register, ["province"]).to_dict()
    bounds = (settings.weight_low, settings.weight_high)
    return [
        unweighted(design),
        post_stratify(design),
        rake(design, provinces, bounds=bounds, cap=settings.weight_cap),
    ]


def estimates_tables(root: Path, settings: EstimatesSettings) -> dict[str, pd.DataFrame]:
    """Return everything that the chapters select from, by path from the root of the project.

    Parameters
    ----------
    root
        Root of the project.
    settings
        Settings of the stage.

    Returns
    -------
    dict
        Estimates of every closed question, base, size class and estimator; unweighted ones by size class as a
        share of all respondents; who was asked and answered; tests of differences between size classes;
        combinations of answers; national estimates under every choice of frame and correction.
    """
    instrument = load_instrument(root / INSTRUMENT)
    designs = weighted_designs(root, settings)
    equal, by_size_class, _ = designs
    unions = published_unions(instrument, read_claims(root / CLAIMS))
    bases = question_bases(instrument, equal.design.respondents, settings.denominator)
    multiple = [question for question in instrument.closed_questions if question.type == "multi"]
    names = [question.name for question in instrument.closed_questions]
    return {
        "data/processed/estimates.csv": estimate_all(
            instrument, designs, unions=unions, denominator=settings.denominator
        ),
        "data/processed/size_classes.csv": estimate(
            instrument, names, equal, by="size_class", whole=True, unions=unions, denominator="all"
        ),
        "data/processed/question_bases.csv": bases.assign(rounding=settings.rounding),
        "data/processed/differences.csv": answer_differences(instrument, by_size_class),
        "data/processed/combinations.csv": pd.concat(
            [answer_combinations(question, equal) for question in multiple], ignore_index=True
        ),
        "data/processed/design_choices.csv": design_choices(root, settings, instrument, unions),
    }


def design_choices(
    root: Path, settings: EstimatesSettings, instrument: Instrument, unions: dict[str, list[str]]
) -> pd.DataFrame:
    """Return national estimates under both frames, with and without the finite population correction (D50).

    Parameters
    ----------
    root
        Root of the project.
    settings
        Settings of the stage; frame and correction are varied.
    instrument
        The questionnaire.
    unions
        Options to take together, by question.

    Returns
    -------
    pandas.DataFrame
        ``frame`` and ``fpc``, and the columns of the estimates: unweighted of every question, raked of the status
        of the approach only.
    """
    names = [question.name for question in instrument.closed_questions]
    tables = []
    for frame in FRAMES:
        for fpc in (True, False):
            varied = settings.model_copy(update={"frame": frame, "fpc": fpc})
            equal, _, raked = weighted_designs(root, varied)
            table = estimate(instrument, names, [equal, raked], unions=unions, denominator=settings.denominator)
            table = table[(table["estimator"] == equal.estimator) | (table["question"] == STATUS)]
            tables.append(table.assign(frame=frame, fpc=fpc))
    joined = pd.concat(tables, ignore_index=True)
    return joined[["frame", "fpc", *joined.columns.drop(["frame", "fpc"])]]


def published_unions(instrument: Instrument, claims: Claims) -> dict[str, list[str]]:
    """Return the options that the report takes together, such as everyone who works on an approach.

    Parameters
    ----------
    instrument
        The questionnaire.
    claims
        The published statements.

    Returns
    -------
    dict
        Unions by question, their options separated by ``;``, each once, in the order of the claims; all options
        together are none.
    """
    codes = {question.name: set(question.codes) for question in instrument.closed_questions}
    unions: dict[str, list[str]] = {}
    for claim in claims.values():
        if claim.evidence != "closed" or len(claim.options) < 2:
            continue
        union = ";".join(claim.options)
        known = unions.get(claim.question, [])
        if union not in known and set(claim.options) < codes.get(claim.question, set()):
            unions[claim.question] = [*known, union]
    return unions
