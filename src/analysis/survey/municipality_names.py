"""The names of municipalities as sequences of plain words, to be found in what people type."""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from analysis.survey.register import Register
from analysis.survey.unseen_characters import without_unseen

TOKEN = re.compile(r"[^\W_]+|[,;:/&+|•\n]|\s[-–—]\s")
AND = {"&": "en", "+": "en"}
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
SEPARATORS = frozenset(",;:/|•\n-")


@dataclass(frozen=True)
class Token:
    """A word or a separator in a text: plain form, and where it stands."""

    plain: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether the token is a word and no separator."""
        return self.plain not in SEPARATORS


@dataclass(frozen=True)
class Name:
    """What a sequence of words stands for: the codes of municipalities, and how it became a name."""

    codes: frozenset[str]
    kind: str


def visible_text(text: str) -> str:
    """Return a text as a browser would show it: without HTML tags, with its character references as characters.

    Characters that take no room or turn the direction are left out: a name with one in it is a name.

    Examples
    --------
    >>> visible_text("<b>Zo&euml;</b> &#128512;")
    'Zoë  😀'
    """
    while "&" in text and (unescaped := html.unescape(text)) != text:
        text = unescaped
    text = without_unseen(text)
    return TAG.sub(" ", text).strip() if "<" in text else text


def plain_word(word: str) -> str:
    """Return a word in small letters without accents.

    Examples
    --------
    >>> plain_word("Súdwest")
    'sudwest'
    """
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[Token]:
    """Split a text into words and separators; hyphens within words and apostrophes only split words.

    Examples
    --------
    >>> [token.plain for token in tokens("'s-Gravenhage en Edam-Volendam; Gouda")]
    ['s', 'gravenhage', 'en', 'edam', 'volendam', ';', 'gouda']
    """
    found = []
    for match in TOKEN.finditer(text):
        plain = match[0].strip()
        plain = "\n" if not plain else "-" if plain in "-–—" else AND.get(plain) or plain_word(plain) or plain
        found.append(Token(plain, match.start(), match.end()))
    return found


@dataclass(frozen=True)
class NameIndex:
    """Every name of a register by its words.

    Parameters
    ----------
    names
        Name by the sequence of its words and separators.
    spellings, aliases
        The names as they are officially written, and as they are otherwise known, for telling whether something
        was typed just so.
    """

    names: dict[tuple[str, ...], Name]
    spellings: frozenset[str]
    aliases: frozenset[str]

    @cached_property
    def spellings_in_small_letters(self) -> frozenset[str]:
        """The official spellings without capitals."""
        return frozenset(name.casefold() for name in self.spellings)

    @cached_property
    def longest(self) -> int:
        """Number of tokens of the longest name."""
        return max(map(len, self.names))

    @cached_property
    def comparable(self) -> tuple[list[str], list[Name]]:
        """The names as strings with what they stand for, for comparing spellings."""
        kept = [(" ".join(words), name) for words, name in self.names.items() if name.kind != "province"]
        return [text for text, _ in kept], [name for _, name in kept]

    def find(self, found: list[Token]) -> Iterable[tuple[int, int, Name]]:
        """Yield the names among tokens from left to right, the longest first, as start, end and name."""
        position = 0
        while position < len(found):
            for length in range(min(self.longest, len(found) - position), 0, -1):
                name = self.names.get(tuple(token.plain for token in found[position : position + length]))
                if name is not None:
                    yield position, position + length, name
                    position += length
                    break
            else:
                position += 1


def index_names(register: Register) -> NameIndex:
    """Return the names of a register by their words.

    A name that belongs to several municipalities keeps all their codes; a name followed by its province is a name.

    Parameters
    ----------
    register
        Municipalities with their names.
    """
    province = register.municipalities.set_index("code")["province"]
    found: dict[tuple[str, ...], Name] = {}
    for kind in ("register", "alias", "former", "province"):
        rows = register.names if kind == "province" else register.names[register.names["kind"] == kind]
        for words, codes in _by_words(rows, province if kind == "province" else None).items():
            known = found.get(words)
            if known is None:
                found[words] = Name(frozenset(codes), kind)
            elif kind == "alias" and known.kind == "register" and not codes <= known.codes:
                found[words] = Name(known.codes | codes, kind)
    official = register.names["kind"] == "register"
    spellings = frozenset(register.names.loc[official, "name"])
    return NameIndex(found, spellings, frozenset(register.names.loc[~official, "name"]) - spellings)


def _by_words(rows: pd.DataFrame, province: pd.Series | None) -> dict[tuple[str, ...], set[str]]:
    result: dict[tuple[str, ...], set[str]] = {}
    for code, name in zip(rows["code"], rows["name"], strict=True):
        text = name if province is None else f"{re.sub(r' *[(].*', '', name)} {province[code]}"
        result.setdefault(tuple(token.plain for token in tokens(text)), set()).add(code)
    return result
