"""The settings of every stage, typed and closed: a misspelt name stops the run."""

from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from analysis.errors import InputError
from analysis.pipeline.stages import read_stages
from analysis.survey.passport import Day
from analysis.yaml_file import read_yaml, validate

FILE_NAME = "params.yaml"
LARGEST_SEED = 2**32 - 1
MOST_WORKERS = 256


def _some_workers(number: int) -> int:
    if number != -1 and not 1 <= number <= MOST_WORKERS:
        raise ValueError(
            f"there are no workers, or too many; expected 1 to {MOST_WORKERS}, or -1 for all processors"
        )
    return number


def _in_raw(path: str) -> str:
    parts = PurePosixPath(path).parts
    if parts[:2] != ("data", "raw") or len(parts) < 3 or ".." in parts:
        raise ValueError("the file does not lie in data/raw; expected a path that begins with data/raw/")
    return path


RawFile = Annotated[str, AfterValidator(_in_raw)]
Workers = Annotated[int, AfterValidator(_some_workers)]


class Section(BaseModel):
    """Settings of one stage."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)


class SyntheticSettings(Section):
    """Settings of the stage that invents an export."""

    seed: int = Field(
        ge=0, le=LARGEST_SEED, description="start of the random numbers; the same seed gives the same bytes"
    )
    format: Literal["csv", "xlsx", "sav"] = Field(description="kind of file that is written")


class CleaningSettings(Section):
    """Settings of 01_cleaning."""

    export: RawFile = Field(description="raw export, from the root of the project")
    corrections: str = Field(min_length=1, description="corrections that a person decided on, from the root")
    separator: Literal["auto", ";", ",", "\t", "|"] = Field(description="character between columns of a CSV file")
    encoding: str = Field(min_length=1, description="encoding of a CSV file as Python names it, or auto")
    date_format: str = Field(min_length=1, description="format of the dates as strptime writes it, or auto")
    decimal: Literal["auto", ",", "."] = Field(description="decimal sign of numbers in a text file")
    complete_from: float = Field(gt=0, le=1, description="share of questions, from which a reaction is complete")
    partial_from: float = Field(gt=0, le=1, description="share of questions, from which a reaction is partial")
    finished: bool = Field(description="whether a complete reaction must have been sent off")
    duplicates: Literal["latest", "first"] = Field(description="which of equally complete reactions is kept")
    match_threshold: float = Field(ge=0.7, le=1, description="similarity from which a misspelt name is taken")
    match_margin: float = Field(ge=0.05, le=1, description="its lead in similarity over every other municipality")
    size_class: Literal["answered", "register"] = Field(description="what gives the size class of a reaction")

    @field_validator("partial_from")
    @classmethod
    def _at_most_complete(cls, value: float, info: ValidationInfo) -> float:
        if value > info.data.get("complete_from", 1):
            raise ValueError("partial_from is above complete_from; expected partial_from at most complete_from")
        return value


class ResponseSettings(Section):
    """Settings of 02_response."""

    reminder: Day = Field(pattern=r"^\d{4}-\d\d-\d\d$", description="day of the reminder, as 2025-01-31")


class EstimatesSettings(Section):
    """Settings of the stage that estimates every closed question."""

    frame: Literal["published", "register"] = Field(description="municipalities per size class to weight to")
    fpc: bool = Field(description="whether the finite population correction is applied (D10)")
    denominator: Literal["answered", "routed", "all"] = Field(description="whom a share is a share of")
    weight_low: float = Field(gt=0, le=1, description="smallest raked weight, as a multiple of the equal weight")
    weight_high: float = Field(ge=1, le=100, description="largest raked weight, as a multiple of the equal weight")
    weight_cap: float = Field(
        gt=1, le=100, description="raked weights above this multiple of the median are trimmed"
    )
    rounding: Literal["largest_remainder", "half_up"] = Field(description="rule for whole percentages (D07)")


class DisclosureSettings(Section):
    """Settings of the stage through which everything that is published passes."""

    smallest_base: int = Field(
        ge=1, le=100, description="municipalities; a smaller group is not shown, nor weighted"
    )
    smallest_cell: int = Field(
        ge=1, le=100, description="municipalities; a smaller number by size class is hidden (D29)"
    )


class RepresentativenessSettings(Section):
    """Settings of 03_representativeness."""

    frame: Literal["published", "register"] = Field(description="municipalities per size class in table 1")
    alpha: float = Field(gt=0, lt=1, description="level of the tests (D33)")
    margin: float = Field(gt=0, lt=1, description="Cramér's V to rule out before calling response representative")
    n_tables: int = Field(ge=999, le=1_000_000, description="random tables of the exact test")
    seed: int = Field(ge=0, le=LARGEST_SEED, description="start of the random numbers")
    matters: float = Field(gt=0, lt=1, description="change by weighting from which a share is marked (D36)")
    share_delta: float = Field(
        ge=0, le=1, description="largest difference in share with those who did not respond"
    )
    contrast: float = Field(ge=0, le=1, description="difference in share between largest and smallest, simulated")
    odds_ratio: float = Field(ge=1, le=100, description="largest ratio of their odds")
    n_samples: int = Field(ge=50, le=100_000, description="samples of the bootstrap and of the simulation")
    n_jobs: Workers = Field(description="workers of the simulation; -1 for all processors")
    backend: Literal["loky", "threading", "sequential"] = Field(description="backend of joblib")


class CodingSettings(Section):
    """Settings of the stage that settles codes; ``missed``, ``added`` and ``settled`` concern synthetic coders."""

    seed: int = Field(ge=0, le=LARGEST_SEED, description="start of the random numbers")
    missed: float = Field(ge=0, le=1, description="probability that a synthetic coder overlooks a planted code")
    added: float = Field(ge=0, le=1, description="probability that it gives a code that is not planted, per code")
    settled: float = Field(ge=0, le=1, description="share of their differences that synthetic coders settle")
    n_resamples: int = Field(ge=200, le=50_000, description="resamples behind an interval of alpha")
    threshold: float = Field(ge=0, le=1, description="alpha of Krippendorff below which a theme is not reliable")


class Comparison2021Settings(Section):
    """Settings of 13_comparison_2021."""

    source: RawFile = Field(description="what is known of 2021: published figures, or an export")
    rounding: Literal["half_up", "either"] = Field(description="how percentages of 2021 were rounded")
    population_before: int = Field(
        gt=0, le=2000, description="municipalities in 2020, a second base of the response rate"
    )


class PublishedAuditSettings(Section):
    """Settings of 14_published_audit."""

    claims: str = Field(min_length=1, description="statements of the report that is audited, from the root")
    terms: str = Field(min_length=1, description="statements that use the same words for a group, from the root")
    response: str = Field(min_length=1, description="what statements about the response count, from the root")
    conclusion: str = Field(min_length=1, description="chapter that summarises the others and gives way first")
    alpha: float = Field(gt=0, lt=1, description="significance level for judgements about the response")


class Settings(Section):
    """All of ``params.yaml``: a section for each stage that has settings."""

    synthetic: SyntheticSettings
    cleaning: CleaningSettings
    response: ResponseSettings
    estimates: EstimatesSettings
    disclosure: DisclosureSettings
    representativeness: RepresentativenessSettings
    coding: CodingSettings
    comparison_2021: Comparison2021Settings
    published_audit: PublishedAuditSettings


def load_settings(root: Path) -> Settings:
    """Read and check ``params.yaml``.

    Parameters
    ----------
    root
        Root of the project.

    Raises
    ------
    InputError
        With the line, when a name is unknown or missing or a value has the wrong type.
    """
    path = root / FILE_NAME
    return validate(Settings, read_yaml(path), path)


def settings_of(settings: Settings, stage: str) -> dict[str, Any]:
    """Return the settings of one stage as plain values; empty for a stage without any.

    Parameters
    ----------
    settings
        All settings.
    stage
        Name of the stage.
    """
    section = getattr(settings, stage, None)
    return section.model_dump(mode="json") if section is not None else {}


def borrowed_settings(root: Path, stage: str, section: str) -> Section:
    """Return the settings of another stage, which a stage may read when it says so in ``dvc.yaml``.

    Parameters
    ----------
    root
        Root of the project.
    stage
        Name of the stage that reads.
    section
        Name of the section, which is the stage whose settings they are.

    Raises
    ------
    InputError
        When the stage does not name the section under ``params``: DVC would not notice that it changed.
    """
    path = root / FILE_NAME
    content = read_yaml(path)
    if section not in read_stages(root, content)[stage].params:
        raise InputError(
            f"the stage {stage} reads the settings of {section} without declaring them",
            file="dvc.yaml",
            place=f"stage {stage}, params",
            remedy=f"add {section} to its params",
        )
    return getattr(validate(Settings, content, path), section)
