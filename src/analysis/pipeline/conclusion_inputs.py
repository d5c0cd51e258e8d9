"""Read for the conclusion what earlier stages found."""

import pandas as pd

from analysis.pipeline.project import input_path, project_root
from analysis.pipeline.published_audit import read_published
from analysis.pipeline.settings import borrowed_settings
from analysis.reporting.coded_question import Coding, read_coding
from analysis.statistics.claim_blocks import Published
from analysis.survey.published_sentences import read_sentences

INSTRUMENT = "data/raw/instrument_2025.yaml"


def read_themes() -> Coding:
    """Return what is known of the open questions: released themes, and how far their coding is."""
    processed = "data/processed"
    return read_coding(
        instrument=input_path(INSTRUMENT),
        quantifiers=input_path("data/raw/published/quantifiers.csv"),
        codeframes=input_path("data/raw/codeframes"),
        released=input_path(f"{processed}/released"),
        coding_agreement=input_path(f"{processed}/coding_agreement.csv"),
        coding_progress=input_path(f"{processed}/coding_progress.csv"),
        quotes=input_path(f"{processed}/quotes.csv"),
    )


def read_report() -> tuple[Published, str, dict[str, str]]:
    """Return what the report says.

    Returns
    -------
    published, chapter, sentences
        The report whose statements were audited, its chapter that concludes, and its conclusions as Dutch
        sentences by their identifier.
    """
    audited = borrowed_settings(project_root(), "conclusion", "published_audit")
    facts = input_path("data/raw/published/figures_2021.csv")
    sentences = read_sentences(input_path("data/raw/published/conclusions_2025.csv"))
    published = read_published(input_path(audited.claims), input_path(INSTRUMENT), facts=facts)[0]
    return published, audited.conclusion, sentences


def read_findings() -> dict[str, pd.DataFrame]:
    """Return the tables of the stages about response, change and published statements.

    Returns
    -------
    dict
        ``response``, ``tests``, ``comparison`` and ``audit``.
    """
    paths = {
        "response": "reports/tables/response_overall.csv",
        "tests": "reports/tables/response_tests.csv",
        "comparison": "data/processed/comparison_2021.csv",
        "audit": "data/processed/audit_claims.csv",
    }
    tables = {name: pd.read_csv(input_path(path)) for name, path in paths.items()}
    text = ["feasible", "explanation", "published"]
    return tables | {"audit": tables["audit"].fillna(dict.fromkeys(text, ""))}
