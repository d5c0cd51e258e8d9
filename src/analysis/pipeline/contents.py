"""Which pages there are, in reading order, and what is said of each."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from analysis.reporting.page import PageLink
from analysis.yaml_file import read_yaml, validate

FILE_NAME = "notebooks/contents.yaml"


class Entry(BaseModel):
    """What the index and the navigation say of one page."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    stem: str = Field(pattern=r"^\d\d_[a-z0-9_]+$", description="stem of the notebook and the page")
    title: str = Field(min_length=1, description="short title, in Dutch")
    description: str = Field(min_length=1, description="what the page answers, a line in Dutch")


class Contents(BaseModel):
    """All of ``contents.yaml``."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
    pages: list[Entry] = Field(min_length=1)


def read_contents(root: Path) -> list[PageLink]:
    """Read the list of pages in reading order.

    Parameters
    ----------
    root
        Root of the project.

    Raises
    ------
    InputError
        With the line, when a key is unknown or missing.
    """
    path = root / FILE_NAME
    contents = validate(Contents, read_yaml(path), path)
    return [PageLink(entry.stem, entry.title, entry.description) for entry in contents.pages]
