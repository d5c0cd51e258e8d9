"""Read a report and its respondents for the audit."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.pipeline.estimates_stage import weighted_designs
from analysis.pipeline.project import input_path, project_root
from analysis.pipeline.settings import borrowed_settings
from analysis.statistics.agreement import reliability
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Respondents
from analysis.statistics.claim_soundness import sound_statements
from analysis.statistics.coded_claims import CodedClaims
from analysis.statistics.response_facts import ResponseFacts, count_response
from analysis.survey.claims import scan_claims
from analysis.survey.coding.codeframe import load_codeframes
from analysis.survey.coding.theme_levels import groupings
from analysis.survey.csv_rows import read_rows
from analysis.survey.earlier_facts import OF_SHARES, earlier_shares, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.register import load_register, read_mergers, size_class_of
from analysis.survey.respondents import SIZE_CLASSES
from analysis.survey.response_statements import read_response_statements

FOLDER = "data/raw/published"
PROCESSED = "data/processed"


def read_published(
    claims: Path,
    instrument: Path,
    *,
    terms: Path | None = None,
    facts: Path | None = None,
    response: Path | None = None,
    quantifiers: Path | None = None,
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
    response
        What statements about the response count.
    quantifiers
        The convention for quantity words; by default that of this repository.

    Raises
    ------
    InputError
        When a file is missing or has other columns.
    """
    convention = read_quantifiers(quantifiers or project_root() / FOLDER / "quantifiers.csv")
    sound, problems = scan_claims(claims)
    known = earlier_shares(read_earlier_facts(facts, OF_SHARES), convention) if facts else {}
    counted = read_response_statements(response) if response else {}
    words = read_terms(terms)
    report = Published(load_instrument(instrument), sound, convention, known, words, counted)
    published, others = sound_statements(report)
    named = [(terms, name) for names in words.values() for name in names] + [(response, name) for name in counted]
    strange = [
        InputError(f"the statement {name} is not among those that can be read", file=file)
        for file, name in named
        if name not in sound
    ]
    return published, (*problems, *others, *strange)


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
    rows, problems = read_rows(path, ("term", "claim_id"), ("note",))
    if problems:
        raise problems[0]
    terms: dict[str, tuple[str, ...]] = {}
    for _, row in rows:
        terms[row["term"]] = (*terms.get(row["term"], ()), row["claim_id"])
    return terms


def read_audited_respondents(published: Published) -> Respondents:
    """Return the respondents, the coded open answers, the response and the register for the audit.

    Parameters
    ----------
    published
        The report.
    """
    root = project_root()
    design = weighted_designs(root, borrowed_settings(root, "published_audit", "estimates"))[0]
    frame = pd.read_csv(input_path(f"{PROCESSED}/frame.csv"))
    reactions = len(pd.read_csv(input_path(f"{PROCESSED}/dispositions.csv")))
    response = ResponseFacts(count_response(design.design.respondents, reactions), read_size_classes(frame))
    return Respondents(published, design, coded=read_coded_claims(), frame=frame, response=response)


def read_coded_claims() -> CodedClaims:
    """Return the coded open answers by the statements that they decide.

    Notes
    -----
    A column counts as coded when somebody coded every answer in it; of a column with answers that nobody has read
    yet, no share is known. A statement is disputed when alpha of the codes that decide it is below the threshold
    of the stage ``coding``.
    """
    codeframes = load_codeframes(input_path("data/raw/codeframes"))
    answers = pd.read_csv(input_path(f"{PROCESSED}/open_answers.csv"), dtype="str")
    coded = pd.read_csv(input_path(f"{PROCESSED}/coded_answers.csv"), dtype="str")
    waiting = answers.loc[~answers["answer_id"].isin(coded["answer_id"]), "column"]
    themes = pd.read_csv(input_path(f"{PROCESSED}/themes.csv"))
    groups = {column: groupings(codeframe, "claim") for column, codeframe in codeframes.items()}
    return CodedClaims(themes, coded, groups, set(themes["question"]) - set(waiting), _disputed())


def _disputed() -> dict[str, list[str]]:
    agreement = pd.read_csv(input_path(f"{PROCESSED}/coding_agreement.csv"))
    progress = pd.read_csv(input_path(f"{PROCESSED}/coding_progress.csv")).set_index("column")
    of_claims = agreement[agreement["level"] == "claim"]
    found = {}
    for column, rows in of_claims.groupby("column", observed=True):
        verdicts = reliability(rows, float(progress.loc[column, "threshold"]))
        found[column] = list(rows.loc[verdicts == "not_reliable", "code"])
    return found


def read_size_classes(frame: pd.DataFrame) -> pd.DataFrame:
    """Return municipalities per size class: in the frame, and by the population of the earlier register.

    Parameters
    ----------
    frame
        One row per municipality with its ``size_class``.

    Returns
    -------
    pandas.DataFrame
        ``day``, ``size_class``, ``n``; the frame first. The population of a municipality that merged since is that
        of all that became a part of it.
    """
    folder = "data/raw/register"
    now, before = (load_register(input_path(f"{folder}/municipalities_{year}.csv")) for year in (2025, 2021))
    mergers = read_mergers(input_path(f"{folder}/mergers_2021_2025.csv")).set_index("code_2021")["code_2025"]
    code = before["code"].map(mergers).fillna(before["code"])
    population = before.groupby(code, observed=True)["population"].sum().reindex(now["code"])
    days = {
        now["population_date"].iloc[0]: frame["size_class"],
        before["population_date"].iloc[0]: size_class_of(population),
    }
    rows = [
        {"day": day, "size_class": level, "n": int((classes == level).sum())}
        for day, classes in days.items()
        for level in SIZE_CLASSES
    ]
    return pd.DataFrame(rows)
