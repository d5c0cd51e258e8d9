"""Read for the comparison what is known of the earlier wave, and who the respondents of this one were."""

import pandas as pd

from analysis.pipeline.disclosure_stage import RELEASED, read_typed
from analysis.pipeline.project import input_path, project_root
from analysis.pipeline.settings import borrowed_settings
from analysis.reporting.disclosure import Rules
from analysis.reporting.release import release_estimates
from analysis.statistics.comparison import both_waves
from analysis.statistics.comparison.crosswalk import Crosswalk, load_crosswalk
from analysis.survey.cleaning import CleaningRules
from analysis.survey.columns import load_column_map
from analysis.survey.corrections import load_corrections
from analysis.survey.earlier_facts import Fact, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.intake import Reading, read_export
from analysis.survey.quantifiers import Quantifiers, read_quantifiers
from analysis.survey.register import load_names, load_register, read_mergers
from analysis.survey.respondent_municipalities import respondent_municipalities
from analysis.survey.respondents import read_respondents
from analysis.survey.wave_2021 import Wave2021, holds_published_facts, read_wave_2021, register_2021

NAMES = "data/raw/register/municipality_names.csv"
MERGERS = "data/raw/register/mergers_2021_2025.csv"
REGISTERS = {year: f"data/raw/register/municipalities_{year}.csv" for year in (2021, 2025)}


def read_published_wave() -> tuple[dict[str, Fact], Quantifiers, Crosswalk]:
    """Return what was published of the earlier wave, the convention for words, and what is compared with what."""
    instrument = load_instrument(input_path("data/raw/instrument_2025.yaml"))
    facts = read_earlier_facts(input_path("data/raw/published/figures_2021.csv"))
    quantifiers = read_quantifiers(input_path("data/raw/published/quantifiers.csv"))
    return facts, quantifiers, load_crosswalk(input_path("data/raw/crosswalk_2021.yaml"), instrument, facts)


def read_registers() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the municipalities of the earlier wave and of this one, and which merged between them."""
    earlier, later = (load_register(input_path(path)) for path in REGISTERS.values())
    return earlier, later, read_mergers(input_path(MERGERS))


def read_earlier_wave(source: str) -> Wave2021 | None:
    """Return the answers of the earlier wave, or nothing when only published figures are known.

    Parameters
    ----------
    source
        Path from the root of the project: the table of published figures, or an export.
    """
    path = input_path(source)
    if holds_published_facts(path):
        return None
    instrument = load_instrument(input_path("data/raw/instrument_2021.yaml"))
    mapping = load_column_map(input_path("data/raw/columns_2021.yaml"), instrument)
    register = register_2021(input_path(REGISTERS[2021]), input_path(NAMES))
    return read_wave_2021(path, instrument, mapping, register)


def respondents_with_municipalities() -> pd.DataFrame:
    """Return the respondents with their municipalities, which only the raw export and the secret can give.

    Returns
    -------
    pandas.DataFrame
        The respondents table with ``municipalities``: codes joined by a bar, blank when unknown. Never shown
        or written.
    """
    instrument = load_instrument(input_path("data/raw/instrument_2025.yaml"))
    respondents = read_respondents(input_path("data/processed/respondents.csv"), instrument)
    municipalities = load_register(input_path(REGISTERS[2025]))
    register = load_names(municipalities, input_path(NAMES), input_path(MERGERS))
    settings = borrowed_settings(project_root(), "comparison_2021", "cleaning")
    path = input_path(settings.export)
    mapping = load_column_map(input_path("data/raw/columns_2025.yaml"), instrument)
    reading = Reading(settings.separator, settings.encoding, settings.date_format, settings.decimal)
    known = respondent_municipalities(
        read_export(path, instrument, mapping, reading),
        register,
        respondents["respondent_id"],
        corrections=load_corrections(input_path(settings.corrections), path),
        rules=CleaningRules(match_threshold=settings.match_threshold, match_margin=settings.match_margin),
    )
    return respondents.assign(municipalities=known.to_numpy())


def released_wave_estimates(wave: Wave2021, crosswalk: Crosswalk) -> pd.DataFrame:
    """Return what may be shown of every item in both waves: unweighted, and raked in whole per cents.

    Parameters
    ----------
    wave
        The answers of the earlier wave; they pass the same rules as those of this wave.
    crosswalk
        The items.
    """
    instruments = [load_instrument(input_path(f"data/raw/instrument_{year}.yaml")) for year in ("2021", "2025")]
    register = load_register(input_path(REGISTERS[2021]))
    limits = borrowed_settings(project_root(), "comparison_2021", "disclosure")
    earlier = both_waves.earlier_estimates(instruments[0], wave.answers, register, crosswalk)
    shown = release_estimates(earlier, Rules(limits.smallest_base, limits.smallest_cell)).table
    released = read_typed(input_path(f"{RELEASED}/estimates.csv"))
    return pd.concat([shown, both_waves.later_estimates(released, crosswalk, instruments[1])], ignore_index=True)
