"""Write the synthetic export with everything that belongs to it."""

from pathlib import Path
from typing import Literal

import pandas as pd
from ruamel.yaml import YAML

from analysis.complete_files import complete_files
from analysis.shown_command import COMMAND
from analysis.survey.passport import Passport, file_hash, write_passport
from analysis.survey.synthetic.formats import WRITERS
from analysis.survey.synthetic.sources import Sources, read_sources
from analysis.survey.synthetic.survey import Survey, draw_survey
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
        How many times as large as the real population. Above one, the municipalities of the further copies have a
        number behind their name, and the enlarged register is written too.

    Raises
    ------
    InputError
        When a source is wrong, or no whole numbers satisfy the published statements.
    """
    sources = read_sources(raw)
    survey = draw_survey(sources, seed=seed, copies=copies)
    target.mkdir(parents=True, exist_ok=True)
    companions = {"defects.csv": _in_words_of_the_export(survey.defects), "themes.csv": survey.themes}
    if copies > 1:
        companions["register.csv"] = _register_table(sources, copies)
    with complete_files(target) as folder:
        export = folder / f"{STEM}.{file_format}"
        WRITERS[file_format](export_table(survey, sources), export, sources.instrument)
        for name, table in companions.items():
            table.to_csv(folder / f"{STEM}_{name}", index=False, encoding="utf-8", lineterminator="\n")
        _write_yaml(planted_truth(survey, sources, seed), folder / f"{STEM}_truth.yaml")
        beside = [folder / f"{STEM}_{name}" for name in (*companions, "truth.yaml")]
        write_passport(export, _passport(export, beside, survey, sources))


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
    for column in (column.name for column in sources.catalogue.columns):
        table[column] = table[column].map(_without_emoji)
    table.insert(0, MARK, "ja")
    return table.rename(columns=HEADERS)


def _without_emoji(value: object) -> object:
    """Replace what a legacy encoding lacks by character references, as survey tools do."""
    return value.encode("cp1252", "xmlcharrefreplace").decode("cp1252") if isinstance(value, str) else value


def _in_words_of_the_export(defects: pd.DataFrame) -> pd.DataFrame:
    return defects.assign(**{name: defects[name].map(_without_emoji) for name in ("planted", "truth")})


def _register_table(sources: Sources, copies: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "code": municipality.code,
            "name": municipality.name,
            "province": municipality.province,
            "population": municipality.population,
        }
        for municipality in sources.register.copies(copies).municipalities
    )


def _write_yaml(content: dict, path: Path) -> None:
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 10**4  # a line for each value, so that no blank is left at the end of a line
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        writer.dump(content, stream)


def _passport(export: Path, beside: list[Path], survey: Survey, sources: Sources) -> Passport:
    fieldwork = sources.parameters.fieldwork
    return Passport(
        title="Synthetic survey 2025: every answer in it is invented",
        producer=f"This repository, command: {COMMAND} synthetic",
        source="Drawn from instrument_2025.yaml, register/ and published/; no respondent was involved",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        date="2025",
        accessed=fieldwork.close.isoformat(),
        processing=(
            "A constraint solver found whole counts that satisfy the published statements; they were handed to "
            "invented respondents. Defects of a real export were planted and are listed beside the file. The same "
            "seed gives the same bytes; the day under accessed is the invented close of the fieldwork."
        ),
        note=(
            "The names of municipalities are real, every answer beside them is invented: nothing here says "
            "anything about a municipality. Municipalities: CBS (CC BY 4.0)."
        ),
        rows=len(survey.table),
        size_bytes=export.stat().st_size,
        sha256=file_hash(export),
        companions={path.name: file_hash(path) for path in beside},
    )
