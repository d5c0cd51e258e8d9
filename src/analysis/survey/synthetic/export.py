"""Write the synthetic export with everything that belongs to it."""

import hashlib
from pathlib import Path
from typing import Literal

import pandas as pd
from ruamel.yaml import YAML

from analysis.survey.synthetic.formats import WRITERS
from analysis.survey.synthetic.survey import Sources, Survey, draw_survey, read_sources
from analysis.survey.synthetic.truth import planted_truth

STEM = "synthetic_survey_2025"
MARK = "synthetisch_verzonnen_antwoorden"
HEADERS = {
    "response_id": "Reactienummer",
    "started_at": "Gestart",
    "last_activity_at": "Laatst gewijzigd",
    "is_finished": "Afgerond",
}
Format = Literal["csv", "xlsx", "sav"]


def write_synthetic_survey(
    raw: Path, target: Path, *, seed: int, file_format: Format = "csv", copies: int = 1
) -> None:
    """Draw a synthetic survey and write it with its passport, its defects, its themes and its planted truth.

    Parameters
    ----------
    raw
        Folder with the instrument, the register and the published statements.
    target
        Folder to write in; made when it is missing. All files start with ``synthetic_survey_2025``.
    seed
        Start of the random numbers; the same seed gives the same bytes.
    file_format
        ``csv`` as Excel in the Netherlands writes it, ``xlsx``, or ``sav`` with value labels.
    copies
        How many times as large as the real population; above one, the municipalities of the further copies have a
        number behind their name, and the enlarged register is written too.

    Raises
    ------
    InputError
        When a source is wrong, or no whole numbers satisfy the published statements.
    """
    sources = read_sources(raw)
    survey = draw_survey(sources, seed=seed, copies=copies)
    target.mkdir(parents=True, exist_ok=True)
    export = target / f"{STEM}.{file_format}"
    WRITERS[file_format](export_table(survey, sources), export, sources.instrument)
    _write_csv(survey.defects, target / f"{STEM}_defects.csv")
    _write_csv(survey.themes, target / f"{STEM}_themes.csv")
    _write_yaml(planted_truth(survey, sources, seed), target / f"{STEM}_truth.yaml")
    if copies > 1:
        _write_csv(_register_table(sources, copies), target / f"{STEM}_register.csv")
    _write_yaml(_passport(export, survey, seed), target / f"{export.name}.yml")


def export_table(survey: Survey, sources: Sources) -> pd.DataFrame:
    """Return the survey with the headers of the export, times as timestamps, and emoji as character references.

    Parameters
    ----------
    survey
        The survey.
    sources
        What it was drawn from.
    """
    launch = pd.Timestamp(sources.parameters.fieldwork.launch)
    table = survey.table.copy()
    for column in ("started_at", "last_activity_at"):
        table[column] = launch + pd.to_timedelta(table[column], unit="min")
    for column in table.columns[table.dtypes == "str"]:
        # A legacy encoding has no emoji; survey tools write them as references.
        table[column] = table[column].map(lambda text: text.encode("cp1252", "xmlcharrefreplace").decode("cp1252"))
    table.insert(0, MARK, "ja")
    return table.rename(columns=HEADERS)


def _register_table(sources: Sources, copies: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": municipality.code,
            "name": municipality.name,
            "province": municipality.province,
            "population": municipality.population,
            "population_date": "2025-01-01",
        }
        for municipality in sources.register.copies(copies).municipalities
    )


def _write_csv(table: pd.DataFrame, path: Path) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n")


def _write_yaml(content: dict, path: Path) -> None:
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 115
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        writer.dump(content, stream)


def _passport(export: Path, survey: Survey, seed: int) -> dict:
    content = export.read_bytes()
    return {
        "title": "Synthetic survey 2025: invented answers, no municipality said this",
        "is_synthetic": True,
        "producer": "this repository, command: python -m analysis synthetic",
        "how_to_obtain": [
            "Run python -m analysis synthetic.",
            "The same seed gives the same bytes; the seed stands in params.yaml.",
        ],
        "drawn_from": ["instrument_2025.yaml", "register/municipalities_2025.csv", "published/claims_2025.csv"],
        "warning": "Names of municipalities are real, every answer beside them is invented.",
        "wave": "2025",
        "population": f"municipalities of the Netherlands on 1 January 2025, {survey.copies} time(s)",
        "reactions": len(survey.table),
        "weights": "none",
        "seed": seed,
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
