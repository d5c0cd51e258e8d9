"""The codes that an open answer can get: what each means, and when it does not apply."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StrictBool, StringConstraints

from analysis.errors import InputError
from analysis.survey.instrument import Entry, Labelled, Name
from analysis.yaml_file import error_at, read_yaml, validate

RESIDUAL = "residual.yaml"
REFERENCE = re.compile(r"\s*→\s*(\S+)$")
_FINGERPRINT_LENGTH = 12

Column = Annotated[str, StringConstraints(pattern=r"^q\d{2}[a-z]?(_text)?$")]
Sentence = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Claim = Annotated[str, StringConstraints(pattern=r"^[A-Z]+\d+$")]
Fingerprint = Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{_FINGERPRINT_LENGTH}}}$")]


class Theme(Labelled):
    """Codes that the report takes together in one section; a claim about them is about their union."""

    theme: Name
    section: str
    claims: tuple[Claim, ...] = ()


class Code(Labelled):
    """One thing that an answer can say.

    ``definition``, ``includes``, ``excludes`` and ``example`` are in Dutch, for coders; an exclusion can end with
    an arrow and the code that applies instead. ``claims`` are the published statements that the code decides.
    """

    code: Name
    theme: Name | None = None
    definition: Sentence
    includes: tuple[Sentence, ...] = ()
    excludes: tuple[Sentence, ...] = ()
    example: Sentence
    claims: tuple[Claim, ...] = ()
    exclusive: StrictBool = False

    @property
    def entry(self) -> str:
        """What a coder chooses from the list: the short name with the code behind it."""
        return f"{self.nl} [{self.code}]"


class Earlier(Entry):
    """An earlier version of the codeframe of which the codings still stand, and how its codes are called now."""

    fingerprint: Fingerprint
    reason: Sentence
    renamed: dict[Name, Name] = Field(default={})


class Residual(Entry):
    """The codes that every codeframe ends with."""

    codes: Annotated[tuple[Code, ...], Field(min_length=1)]


class Codeframe(Entry):
    """All codes for the answers in one column, with the residual codes at the end."""

    column: Column
    themes: tuple[Theme, ...] = ()
    codes: Annotated[tuple[Code, ...], Field(min_length=1)]
    earlier: tuple[Earlier, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The codes, in order."""
        return tuple(code.code for code in self.codes)

    @property
    def exclusive(self) -> tuple[str, ...]:
        """Codes that go with no other code."""
        return tuple(code.code for code in self.codes if code.exclusive)

    @cached_property
    def fingerprint(self) -> str:
        """Short hash of what steers a coder; it changes when a code comes, goes or means something else."""
        meaning = [[code.code, code.nl, code.definition, code.includes, code.excludes] for code in self.codes]
        return hashlib.sha256(json.dumps(meaning).encode()).hexdigest()[:_FINGERPRINT_LENGTH]

    @cached_property
    def entries(self) -> dict[str, str]:
        """Code by all that a coder may have put in a cell: the entry of the list, the short name, the code."""
        found: dict[str, str] = {}
        for code in self.codes:
            found |= {_fold(code.entry): code.code, _fold(code.nl): code.code, _fold(code.code): code.code}
        return found

    def find(self, cell: str) -> str | None:
        """Return the code that a coder meant, or nothing.

        Parameters
        ----------
        cell
            What stands in the cell; capitals and spaces make no difference.
        """
        return self.entries.get(_fold(cell))

    def accepts(self, fingerprint: str) -> bool:
        """Tell whether codings made with this version of the codeframe still stand.

        Parameters
        ----------
        fingerprint
            Fingerprint of the version.
        """
        return fingerprint == self.fingerprint or any(one.fingerprint == fingerprint for one in self.earlier)

    def translate(self, codes: Iterable[str], fingerprint: str) -> tuple[str, ...]:
        """Return codes under their present names, in the order of the codeframe; unknown ones at the end.

        Parameters
        ----------
        codes
            Codes as they were given.
        fingerprint
            Version of the codeframe that they were given with.
        """
        renamed = next((one.renamed for one in self.earlier if one.fingerprint == fingerprint), {})
        order = {name: place for place, name in enumerate(self.names)}
        present = {renamed.get(code, code) for code in codes}
        return tuple(sorted(present, key=lambda code: (order.get(code, len(order)), code)))

    def main_theme(self, code: str) -> str:
        """Return the theme of a code; a code without one is its own theme.

        Parameters
        ----------
        code
            A code of this codeframe.
        """
        found = next(one for one in self.codes if one.code == code)
        return found.theme or found.code


def load_codeframe(path: Path) -> Codeframe:
    """Read one codeframe and add the residual codes that stand in the file beside it.

    Parameters
    ----------
    path
        YAML file with the keys ``column``, ``themes``, ``codes`` and ``earlier``, named after its column.

    Raises
    ------
    InputError
        With the line: an unknown key, a code or short name used twice, a theme or a reference that does not exist,
        a name that does not fit the file.
    """
    return _load(path, _residual_codes(path.parent))


def load_codeframes(folder: Path) -> dict[str, Codeframe]:
    """Read every codeframe of a folder.

    Parameters
    ----------
    folder
        Folder with one file per column and the residual codes.

    Returns
    -------
    dict
        :class:`Codeframe` by column, sorted.

    Raises
    ------
    InputError
        When a file does not hold together, or the folder holds none.
    """
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != RESIDUAL)
    if not paths:
        raise InputError(
            "no codeframe is there",
            file=folder,
            expected="a YAML file per open question",
            remedy="bring them back with git checkout",
        )
    residual = _residual_codes(folder)
    return {path.stem: _load(path, residual) for path in paths}


def reference(exclusion: str) -> str | None:
    """Return the code that an exclusion points to, if it points to one.

    Parameters
    ----------
    exclusion
        A sentence, with an arrow and a code at its end or not.

    Examples
    --------
    >>> reference("a story about something else → other")
    'other'
    """
    found = REFERENCE.search(exclusion)
    return found[1] if found else None


def _residual_codes(folder: Path) -> tuple[Code, ...]:
    path = folder / RESIDUAL
    return validate(Residual, read_yaml(path), path).codes


def _load(path: Path, residual: tuple[Code, ...]) -> Codeframe:
    content = read_yaml(path)
    codeframe = validate(Codeframe, content, path)
    own = len(codeframe.codes)
    codeframe = codeframe.model_copy(update={"codes": codeframe.codes + residual})
    _refuse_contradictions(codeframe, content, path, own)
    return codeframe


def _fold(cell: str) -> str:
    return " ".join(cell.split()).casefold()


def _refuse_contradictions(codeframe: Codeframe, content: Any, path: Path, own: int) -> None:
    if codeframe.column != path.stem:
        problem = f"the codeframe is for {codeframe.column}, the file is called {path.name}"
        raise error_at(content, path, ("column",), problem)
    themes = {theme.theme for theme in codeframe.themes}
    seen: dict[str, str] = {}
    for place, code in enumerate(codeframe.codes):
        location = ("codes", min(place, own - 1))
        for name in (_fold(code.code), _fold(code.nl)):
            if seen.setdefault(name, code.code) != code.code or codeframe.names.count(code.code) > 1:
                raise error_at(content, path, location, f"{code.code} or its short name is used twice")
        if code.theme is not None and code.theme not in themes:
            raise error_at(content, path, (*location, "theme"), f"no theme is called {code.theme}")
        for exclusion in code.excludes:
            if (target := reference(exclusion)) and target not in codeframe.names:
                raise error_at(content, path, (*location, "excludes"), f"no code is called {target}")
    if empty := themes - {code.theme for code in codeframe.codes}:
        raise error_at(content, path, ("themes",), f"no code belongs to the theme {sorted(empty)[0]}")
    _refuse_renames(codeframe, content, path)


def _refuse_renames(codeframe: Codeframe, content: Mapping[str, Any], path: Path) -> None:
    for place, earlier in enumerate(codeframe.earlier):
        for target in earlier.renamed.values():
            if target not in codeframe.names:
                raise error_at(content, path, ("earlier", place, "renamed"), f"no code is called {target}")
