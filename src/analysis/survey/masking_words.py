"""Read the words by which personal data are found in open answers."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from analysis.yaml_file import read_yaml, validate

FILE = Path(__file__).with_name("masking_words.yaml")


def _split(text: object) -> object:
    return frozenset(text.replace(",", " ").split()) if isinstance(text, str) else text


def _split_at_commas(text: object) -> object:
    return frozenset(" ".join(name.split()) for name in text.split(",")) if isinstance(text, str) else text


Words = Annotated[frozenset[str], BeforeValidator(_split)]
Names = Annotated[frozenset[str], BeforeValidator(_split_at_commas)]


class MaskingWords(BaseModel):
    """The lists of ``masking_words.yaml``, where each is explained."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    homographs: Words
    sentence_openers: Words
    ordinary_near_names: Words
    parts_without_meaning: Words
    irregular_inflections: Words
    place_cues: Words
    titles: Words
    degrees: Words
    after_title_no_name: Words
    person_cues: Words
    abbreviated_cues: Words
    verbs_of_persons: Words
    organisations: Words
    regional_organisations: Names
    calendar: Words
    regions: Words
    sentence_words: Words


@cache
def masking_words(path: Path = FILE) -> MaskingWords:
    """Read the lists; once per file.

    Parameters
    ----------
    path
        YAML file.

    Raises
    ------
    InputError
        With the line, when a list is unknown or missing.
    """
    return validate(MaskingWords, read_yaml(path), path)
