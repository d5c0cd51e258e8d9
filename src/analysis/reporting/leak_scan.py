"""Search what readers get for what no reader may get.

A find names the file, the place and the kind, never the text itself: the message may end up where readers are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.reporting.publishable import IDENTIFIERS
from analysis.reporting.visible_text import Piece, pieces_of
from analysis.survey.contact_data import EMAIL, TELEPHONE, TELEPHONE_CUED

RUN = 6
"""So many words of an open answer in the same order are taken for a part of it."""
SHORT = 3
"""An answer of fewer words says nothing that a label could not say."""
WORD = re.compile(r"\w+")
HEXADECIMAL = re.compile(r"\b[0-9a-f]{16}\b")
"""A pseudonym, or the start of a content hash."""
MUNICIPALITY_CODE = re.compile(r"\bGM\d{4}\b")
CUE = r"(?:[Gg]emeenten?|[Ss]tad|[Bb]urgemeester van)\s+"


@dataclass(frozen=True)
class Leak:
    """Something that may not be there: in which file, where, and of what kind."""

    file: str
    place: str
    kind: str


@dataclass(frozen=True)
class Secrets:
    """What to look for.

    Parameters
    ----------
    pseudonyms
        Pseudonyms of respondents, reactions and answers.
    municipalities
        Names of municipalities that are no ordinary word and no province.
    ordinary_names
        Names of municipalities that are also an ordinary word or a province: they count behind the word
        municipality only.
    answers
        Open answers, masked.
    approved
        Quotes that a person approved.
    columns
        Columns of the respondents table.
    """

    pseudonyms: frozenset[str] = frozenset()
    municipalities: frozenset[str] = frozenset()
    ordinary_names: frozenset[str] = frozenset()
    answers: Sequence[str] = ()
    approved: Sequence[str] = ()
    columns: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Runs of words in the open answers, without those in approved quotes."""
        approved = {run for quote in self.approved for run in _runs(quote)}
        return frozenset(run for answer in self.answers for run in _runs(answer)) - approved

    @cached_property
    def short_answers(self) -> frozenset[tuple[str, ...]]:
        """Whole answers that are too short for a run, without approved quotes."""
        approved = {_words(quote) for quote in self.approved}
        return frozenset(words for words in map(_words, self.answers) if SHORT <= len(words) < RUN) - approved

    @cached_property
    def place(self) -> re.Pattern[str] | None:
        """Pattern of the names of municipalities, or nothing when there are none."""
        certain = _alternatives(self.municipalities)
        behind_cue = _alternatives(self.ordinary_names | self.municipalities)
        patterns = [certain and rf"(?<![\w-])(?:{certain})(?!\w)", behind_cue and rf"{CUE}(?:{behind_cue})(?!\w)"]
        found = "|".join(pattern for pattern in patterns if pattern)
        return re.compile(found) if found else None


def find_leaks(files: Iterable[tuple[str, bytes]], secrets: Secrets) -> list[Leak]:
    """Search files for readers.

    Parameters
    ----------
    files
        Name and content of each file.
    secrets
        What to look for.

    Raises
    ------
    InputError
        When a file is of an unknown kind.
    """
    leaks = []
    for name, content in files:
        pieces = pieces_of(name, content)
        for piece in pieces:
            leaks += [Leak(name, piece.place, kind) for kind in _kinds(piece.text, secrets)]
        if name.endswith(".csv"):
            leaks += [Leak(name, "row 1", kind) for kind in _kinds_of_header(pieces, secrets)]
    return leaks


def _kinds(text: str, secrets: Secrets) -> Iterator[str]:
    if EMAIL.search(text):
        yield "e-mail address"
    numbers = HEXADECIMAL.sub(" ", text)
    if TELEPHONE.search(numbers) or TELEPHONE_CUED.search(numbers):
        yield "telephone number"
    if any(word in secrets.pseudonyms for word in HEXADECIMAL.findall(text)):
        yield "pseudonym"
    if MUNICIPALITY_CODE.search(text) or (secrets.place and secrets.place.search(text)):
        yield "name of a municipality"
    if _words(text) in secrets.short_answers or not secrets.runs.isdisjoint(_runs(text)):
        yield "open answer that was not approved"


def _kinds_of_header(pieces: Sequence[Piece], secrets: Secrets) -> Iterator[str]:
    header = {piece.text for piece in pieces if piece.place == "row 1"}
    if header & IDENTIFIERS or len(header & secrets.columns) > 1:
        yield "rows of respondents"


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _words(text)
    for start in range(len(words) - RUN + 1):
        yield words[start : start + RUN]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text))


def _alternatives(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
