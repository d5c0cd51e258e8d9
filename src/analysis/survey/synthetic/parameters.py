"""What is assumed where the report says nothing: shares, associations, habits of people who fill in forms."""

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from analysis.yaml_file import read_yaml, validate

PARAMETERS = Path(__file__).with_name("parameters.yaml")


class Section(BaseModel):
    """Part of the parameters; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scale(Section):
    """How the options of a question stand to engagement: from most to least engaged, and how strongly."""

    order: tuple[str, ...]
    strength: float = Field(ge=-1, le=1)


class Association(Section):
    """Dependence between answers; see parameters.yaml for the meaning of each number."""

    size_on_status: dict[str, float]
    status_on_engagement: dict[str, float]
    size_on_engagement: dict[str, float]
    officer_on_engagement: dict[str, float]
    own_engagement: float = Field(gt=0)
    scales: dict[str, Scale]
    mentions: dict[str, float]


class Unusable(Section):
    """Shares of the reactions that cannot be used; the rest are break-offs."""

    duplicate_incomplete: float = Field(ge=0, le=1)
    empty: float = Field(ge=0, le=1)
    test_entry: float = Field(ge=0, le=1)


class Names(Section):
    """Shares of the respondents who type the name of their municipality untidily."""

    alias: float = Field(ge=0, le=1)
    prefix: float = Field(ge=0, le=1)
    case: float = Field(ge=0, le=1)
    misspelt: float = Field(ge=0, le=1)


class Contact(Section):
    """Shares of respondents who leave contact details, skip the last closed question, or type nothing of use."""

    telephone: float = Field(ge=0, le=1)
    results: float = Field(ge=0, le=1)
    skips_interview: float = Field(ge=0, le=1)
    says_nothing: float = Field(ge=0, le=1)


class Fieldwork(Section):
    """When people answer."""

    launch: date
    reminder: date
    close: date
    share_after_reminder: float = Field(ge=0, le=1)
    half_life: float = Field(gt=0)
    quiet_from: date
    quiet_until: date


class Parameters(Section):
    """All assumptions."""

    rounding: Literal["largest_remainder", "half_up"]
    prior_shares: dict[str, dict[str, float]]
    prior_spread: float = Field(ge=0, lt=1)
    widest_interval: float = Field(gt=0, le=1)
    association: Association
    unusable: Unusable
    names: Names
    contact: Contact
    planted: dict[str, int]
    fieldwork: Fieldwork


def load_parameters(path: Path = PARAMETERS) -> Parameters:
    """Read the assumptions.

    Parameters
    ----------
    path
        YAML file.

    Raises
    ------
    InputError
        With the line, when a name is unknown or missing or a value has the wrong type.
    """
    return validate(Parameters, read_yaml(path), path)
