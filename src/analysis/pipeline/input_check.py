"""Read everything that a person gives to the pipeline before any stage runs, and refuse what is wrong."""

from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.coding_commands import check_coding
from analysis.pipeline.contents import read_contents
from analysis.pipeline.published_audit import read_terms
from analysis.pipeline.settings import FILE_NAME, CleaningSettings, Settings
from analysis.pipeline.stages import Stage
from analysis.reporting.wording import read_wording
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.survey.claims import read_claims
from analysis.survey.coding.quotes import read_approvals
from analysis.survey.columns import load_column_map
from analysis.survey.corrections import apply_corrections, load_corrections
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.intake import Reading, read_export
from analysis.survey.passport import SUFFIX, check_passport, check_passports
from analysis.survey.pseudonyms import check_secret, pseudonym_key
from analysis.survey.published_sentences import read_sentences
from analysis.survey.register import load_names, load_register
from analysis.survey.response_statements import read_response_statements
from analysis.survey.wave_2021 import holds_published_facts, register_2021

RAW = Path("data/raw")
SECRET_CHECK = "secret_check.txt"


def check_contents(root: Path, settings: Settings, made: set[Path]) -> None:
    """Read every input as the stages will, and settle with the first real export which secret it goes with.

    Parameters
    ----------
    root
        Root of the project.
    settings
        All settings, which name some of the inputs.
    made
        What stages make, from the root; it is not looked at, because a stage makes it anew.

    Raises
    ------
    InputError
        For the first thing that a person must mend. It names a file, and never an answer.
    """
    raw = root / RAW
    instrument = load_instrument(raw / "instrument_2025.yaml")
    earlier = load_instrument(raw / "instrument_2021.yaml")
    load_column_map(raw / "columns_2021.yaml", earlier)
    read_contents(root)
    _check_register(raw / "register")
    _check_published(root, settings, instrument)
    check_coding(root)
    read_approvals(raw / "coding/approved_quotes.csv")
    key = _check_export(root, settings.cleaning, instrument, made)
    check_passports(raw / "published")
    check_passports(raw / "register")
    for path in sorted(raw.glob(f"*{SUFFIX}")):
        described = path.with_suffix("")
        if path.relative_to(root) not in made and described.relative_to(root) not in made:
            check_passport(described)
    if key is not None:  # last, so that only a build that begins settles which secret it is
        check_secret(key, raw / SECRET_CHECK)


def made_by_stages(stages: dict[str, Stage]) -> set[Path]:
    """Return the files that stages make, and the folders that hold them.

    Parameters
    ----------
    stages
        All stages by name.
    """
    return {path for stage in stages.values() for out in stage.outs for path in (Path(out), Path(out).parent)}


def _check_register(folder: Path) -> None:
    names = folder / "municipality_names.csv"
    load_names(load_register(folder / "municipalities_2025.csv"), names, folder / "mergers_2021_2025.csv")
    register_2021(folder / "municipalities_2021.csv", names)


def _check_published(root: Path, settings: Settings, instrument: Instrument) -> None:
    published = root / RAW / "published"
    read_wording(published / "quantifiers.csv")
    facts = read_earlier_facts(published / "figures_2021.csv")
    load_crosswalk(root / RAW / "crosswalk_2021.yaml", instrument, facts)
    read_claims(published / "claims_2025.csv")
    claims = read_claims(root / settings.published_audit.claims)
    chapters = sorted({claim.chapter for claim in claims.values()})
    if settings.published_audit.conclusion not in chapters:
        raise InputError(
            "no statement of the audited report stands in this chapter",
            file=FILE_NAME,
            place="published_audit.conclusion",
            expected=f"one of {', '.join(chapters)}",
            remedy="name the chapter that summarises the others",
        )
    for names in read_terms(root / settings.published_audit.terms).values():
        for name in names:
            claims[name]
    for name in read_response_statements(root / settings.published_audit.response):
        claims[name]
    read_sentences(published / "conclusions_2025.csv")
    holds_published_facts(root / settings.comparison_2021.source)


def _check_export(root: Path, settings: CleaningSettings, instrument: Instrument, made: set[Path]) -> bytes | None:
    """Read the export; return the key of its pseudonyms when its answers are real."""
    path = root / settings.export
    mapping = load_column_map(root / RAW / "columns_2025.yaml", instrument)
    corrections = load_corrections(root / settings.corrections, path)
    if Path(settings.export) in made:
        return None
    reading = Reading(settings.separator, settings.encoding, settings.date_format, settings.decimal)
    export = read_export(path, instrument, mapping, reading)
    apply_corrections(export.reactions, corrections, instrument)
    key = pseudonym_key(synthetic=export.synthetic, check=root / RAW / SECRET_CHECK)
    return None if export.synthetic else key
