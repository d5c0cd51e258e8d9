"""The letters of names in any European alphabet, and names that are written in capitals."""

import re
from unicodedata import category, normalize

from analysis.survey.masking_words import masking_words

_PARTICLES = (
    "van von vom de der den ter ten te 't in op el al ben bin bint ibn abu aït ait ould la le du da das do dos di "
    "del della zu af av"
)
PARTICLES = tuple(_PARTICLES.split())


def _letters(kind: str) -> str:
    """Return the letters of the Latin, Greek and Cyrillic alphabets that are capitals (Lu) or small (Ll)."""
    letters = map(chr, (*range(0x530), *range(0x1E00, 0x2000)))
    return "".join(letter for letter in letters if category(letter) == kind)


CAPITALS = _letters("Lu")
SMALL = _letters("Ll") + "\u0300-\u036f"  # with accents that stand apart from their letter
_WORD = rf"[{CAPITALS}][{CAPITALS}\u0300-\u036f'’-]*[{CAPITALS}\u0300-\u036f]"
IN_CAPITALS = re.compile(rf"(?<![\w.]){_WORD}(?:[ ]+{_WORD})*(?![\w.][\w])")
VOWELS = re.compile("[aeiouyаеиоу]")
SHORTEST = 4
"""A shorter word in capitals that stands alone is rather an abbreviation."""
ORDINARY = frozenset(word.lower() for word in masking_words().sentence_words)


def in_small_letters(text: str) -> str:
    """Return a text of the same length in which names in capitals are written as names are.

    A row of words in capitals counts as a name when a word of it is no abbreviation: it has four letters and a
    vowel, or it is a particle of names between other words.

    Parameters
    ----------
    text
        Running text.

    Examples
    --------
    >>> in_small_letters("Bel JAN DE WIT of BAKKER van het CJG")
    'Bel Jan de Wit of Bakker van het CJG'
    >>> in_small_letters("JAN DE WIT IS ER NIET")
    'Jan de Wit is er niet'
    """
    return IN_CAPITALS.sub(lambda row: _small(row[0]), text)


def _small(row: str) -> str:
    words = row.split(" ")
    has_particle = any(word.lower() in PARTICLES for word in words[1:-1])
    if not has_particle and not any(_is_word(word) for word in words):
        return row
    small = ORDINARY.union(PARTICLES)
    return " ".join(_lower(word) if word.lower() in small else word[:1] + _lower(word[1:]) for word in words)


def _is_word(word: str) -> bool:
    return len(word) >= SHORTEST and VOWELS.search(normalize("NFKD", word.lower())) is not None


def _lower(word: str) -> str:
    """Return a word in small letters, letter by letter, so that it keeps its length."""
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in word)
