"""Themes of the open answers: which exist, which statements of the report they carry, and how people word them."""

from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from analysis.errors import InputError
from analysis.yaml_file import read_yaml, validate

CATALOGUE = Path(__file__).with_name("themes.yaml")


class Entry(BaseModel):
    """Part of the catalogue; an unknown key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Entry):
    """A column of open answers; ``is_complete`` gives everyone who is asked exactly one theme."""

    name: str
    most_themes: int = Field(default=3, ge=1)
    is_complete: bool = False


class Theme(Entry):
    """What an answer is about.

    ``share`` is aimed at where no statement bounds the theme, ``answer`` is the option that it goes with, and
    ``is_alone`` keeps other themes out of the same answer.
    """

    name: str
    columns: tuple[str, ...] = Field(min_length=1)
    claims: tuple[str, ...] = ()
    share: float = Field(gt=0, le=1)
    answer: str | None = None
    is_alone: bool = False
    clauses: tuple[str, ...] = Field(min_length=1)


class Catalogue(Entry):
    """All columns and themes.

    ``slots`` are the words that take the place of ``{slot}`` in a clause, ``openings`` come before the first
    clause of an answer, ``links`` between two clauses, and ``empty_words`` are typed by people who have nothing
    to say.
    """

    columns: tuple[Column, ...]
    slots: dict[str, tuple[str, ...]]
    openings: tuple[str, ...]
    links: tuple[str, ...]
    empty_words: tuple[str, ...]
    themes: tuple[Theme, ...]

    @cached_property
    def by_claim(self) -> dict[str, Theme]:
        """The theme that carries a statement, by the identifier of the statement."""
        return {claim: theme for theme in self.themes for claim in theme.claims}

    def of_column(self, column: str) -> tuple[Theme, ...]:
        """Return the themes that people write about in a column.

        Parameters
        ----------
        column
            Column of open answers.
        """
        return tuple(theme for theme in self.themes if column in theme.columns)


def load_catalogue(path: Path = CATALOGUE) -> Catalogue:
    """Read the themes.

    Parameters
    ----------
    path
        YAML with the keys columns, slots and themes.

    Raises
    ------
    InputError
        When a key is unknown, a name is used twice, or a theme stands in a column that is not listed.
    """
    catalogue = validate(Catalogue, read_yaml(path), path)
    names = [theme.name for theme in catalogue.themes]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise InputError(f"the theme {min(twice)!r} stands there twice", file=path, place="themes")
    known = {column.name for column in catalogue.columns}
    for theme in catalogue.themes:
        if not known.issuperset(theme.columns):
            raise InputError(
                f"the theme {theme.name!r} has a column that is not listed", file=path, place="themes"
            )
    return catalogue
