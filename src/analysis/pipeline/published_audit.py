"""Read a report and its respondents for the audit."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.pipeline.estimates_stage import weighted_designs
from analysis.pipeline.project import input_path, project_root
from analysis.pipeline.settings import load_settings
from analysis.statistics.claim_blocks import Published, sound_statements
from analysis.statistics.claim_shares import Respondents
from analysis.survey.claims import read_facts, scan_claims
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.text_table import read_text_table

FOLDER = "data/raw/published"


def read_published(
    claims: Path, instrument: Path, *, terms: Path | None = None, facts: Path | None = None
) -> tuple[Published, tuple[InputError, ...]]:
    """Return a report as it is audited, and an error for each statement that cannot be.

    Parameters
    ----------
    claims
        The statements, with the columns of ``claims_2025.csv``.
    instrument
        The questionnaire.
    terms
        Which statements use the same words for a group; without it no words are compared.
    facts
        Shares of an earlier wave that statements refer to.

    Raises
    ------
    InputError
        When a file is missing or has other columns.
    """
    quantifiers = read_quantifiers(project_root() / FOLDER / "quantifiers.csv")
    sound, problems = scan_claims(claims)
    known = read_facts(facts, quantifiers) if facts else {}
    report = Published(load_instrument(instrument), sound, quantifiers, known, read_terms(terms))
    published, others = sound_statements(report)
    return published, (*problems, *others)


def read_terms(path: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the statements that use the same words, by those words.

    Parameters
    ----------
    path
        CSV with the columns ``term`` and ``claim_id``; the first statement of a term says what it means.

    Raises
    ------
    InputError
        When a column is missing.
    """
    if path is None:
        return {}
    table = read_text_table(path)
    if not {"term", "claim_id"} <= set(table.columns):
        raise InputError(
            "a column is missing", file=path, place="header", expected="term, claim_id", remedy="add it"
        )
    terms: dict[str, tuple[str, ...]] = {}
    for row in table.to_dict("records"):
        terms[row["term"]] = (*terms.get(row["term"], ()), row["claim_id"])
    return terms


def read_audited_respondents(published: Published) -> Respondents:
    """Return the respondents, the coded open answers and the population for the audit.

    Parameters
    ----------
    published
        The report.
    """
    design = weighted_designs(project_root(), load_settings(project_root()).estimates)[0]
    themes = pd.read_csv(input_path("data/processed/themes.csv"))
    return Respondents(published, design, themes, pd.read_csv(input_path("data/processed/frame.csv")))
