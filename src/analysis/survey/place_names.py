"""Find municipalities in running text: inflected, shortened, without accents, or misspelt.

It errs on the side of finding too much: a place that is not found stays readable.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from analysis.survey.masking_words import masking_words
from analysis.survey.municipality_names import Token, plain_word, tokens
from analysis.survey.register import Register

WORDS = masking_words()
SUFFIXES = ("s", "se", "sen", "er", "ers", "ter", "ters", "naar", "naars", "enaar", "enaars", "enaren", "e")
SHORT_SUFFIXES = ("s", "se", "sen", "enaar", "enaars", "enaren")  # after a stem that lost its own ending
SHORTEST_PREFIX, LONGEST_ENDING = 6, 6
SIMILAR_WITH_CUE, SIMILAR_BEHIND_CUE, SIMILAR = 0.75, 0.8, 0.84
LEAST = min(SIMILAR_WITH_CUE, SIMILAR_BEHIND_CUE, SIMILAR)
CHUNK = 20_000  # words compared with all names at a time, which bounds memory
SENTENCE_END = re.compile(r"(?:^|[.!?:•*\n\"“(\]])[\s\"'“(•*-]*$")


@dataclass
class PlaceNames:
    """The names to find.

    Parameters
    ----------
    sequences
        Names of several words, by their first word.
    certain
        Words that are a name in any form of writing, with their inflections.
    with_capital
        Words that are a name only with a capital where none is due.
    stems
        Single-word names against which spelling is compared.
    known
        What was decided about a word, so that each different word is judged once.
    """

    sequences: dict[str, list[tuple[str, ...]]]
    certain: frozenset[str]
    with_capital: frozenset[str]
    stems: tuple[str, ...]
    known: dict[str, float] = field(default_factory=dict)


def index_places(register: Register) -> PlaceNames:
    """Return the names of a register in the forms in which they occur in text.

    Parameters
    ----------
    register
        Municipalities with their names.
    """
    sequences: dict[str, list[tuple[str, ...]]] = {}
    single, parts = set(), set()
    for name in register.names["name"]:
        words = tuple(token.plain for token in tokens(re.sub(r" *[(].*", "", name)) if token.is_word)
        if len(words) == 1:
            single.add(words[0])
            continue
        sequences.setdefault(words[0], []).append(words)
        parts |= {word for word in words if len(word) > 3 and word not in WORDS.parts_without_meaning}
    certain = single - WORDS.homographs
    inflected = {form for word in certain for form in _inflections(word)} | WORDS.irregular_inflections
    weak = (WORDS.homographs & (single | parts)) | parts
    longest_first = {first: sorted(found, key=len, reverse=True) for first, found in sequences.items()}
    stems = tuple(sorted({word for word in certain | parts if len(word) >= 4}))
    return PlaceNames(longest_first, frozenset(inflected), frozenset(weak), stems)


def may_hold_place(words: Iterable[str], places: PlaceNames, ordinary: frozenset[str]) -> set[str]:
    """Return the words that make it worth looking for a municipality in a text that holds one of them.

    Parameters
    ----------
    words
        Different words of all texts, as written.
    places, ordinary
        As in :func:`find_places`.
    """
    triggers = set(places.certain)
    for sequences in places.sequences.values():
        longest = {max(sequence, key=len) for sequence in sequences}
        triggers |= {form for word in longest for form in _inflections(word)}
    plain = {word: plain_word(word) for word in words}
    unclear = sorted({form for form in plain.values() if form not in triggers | ordinary and len(form) >= 4})
    for start in range(0, len(unclear), CHUNK):
        part = unclear[start : start + CHUNK]
        best = process.cdist(part, places.stems, scorer=OSA.normalized_similarity, dtype="float32").max(axis=1)
        stem = [any(word.startswith(name) for name in places.stems) for word in part]
        triggers |= {
            word for word, score, is_stem in zip(part, best, stem, strict=True) if score >= LEAST or is_stem
        }
    return {
        word
        for word, form in plain.items()
        if form in triggers or (form in places.with_capital and not (word.islower() and form in ordinary))
    }


def find_places(text: str, places: PlaceNames, ordinary: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Return where municipalities stand in a text, from left to right, as start and end.

    Parameters
    ----------
    text
        Running text.
    places
        What to find.
    ordinary
        Words of the language in small letters, as seen elsewhere in the answers: never a misspelt name.
    """
    found = tokens(text)
    spans, position = [], 0
    while position < len(found):
        length = _sequence_at(found, position, places)
        if not length and found[position].is_word and _is_place(text, found, position, places, ordinary):
            length = 1
        if length:
            start = found[position].start
            start -= found[position].plain == "s" and text[start - 1 : start] in ("'", "’")
            spans.append((start, found[position + length - 1].end))
        position += max(length, 1)
    return spans


def _sequence_at(found: list[Token], position: int, places: PlaceNames) -> int:
    for words in places.sequences.get(found[position].plain, ()):
        last = position + len(words) - 1
        if last < len(found) and all(found[position + step].plain == word for step, word in enumerate(words[:-1])):
            ending = found[last].plain
            if ending == words[-1] or (len(ending) > len(words[-1]) and ending in _inflections(words[-1])):
                return len(words)
    return 0


def _is_place(text: str, found: list[Token], position: int, places: PlaceNames, ordinary: frozenset[str]) -> bool:
    token = found[position]
    word = token.plain
    if word in places.certain:
        return True
    behind_cue = (
        position > 0 and found[position - 1].plain in WORDS.place_cues and found[position - 1].plain != "te"
    )
    has_capital = text[token.start].isupper()
    capital_is_due = SENTENCE_END.search(text[max(0, token.start - 12) : token.start]) is not None
    is_name = has_capital and not capital_is_due
    if word in places.with_capital:
        after_te = has_capital and position > 0 and found[position - 1].plain == "te"
        opens = has_capital and word in WORDS.homographs - WORDS.sentence_openers
        return is_name or opens or after_te or (behind_cue and word not in ordinary)
    if (
        len(word) < 4
        or word in ordinary | WORDS.ordinary_near_names
        or not word.isalpha()
        or text[token.start : token.end].isupper()
    ):
        return False
    similarity = _similarity(word, places)
    if behind_cue and (has_capital or len(word) > 4):
        return similarity >= (SIMILAR_WITH_CUE if has_capital else SIMILAR_BEHIND_CUE)
    return similarity >= (SIMILAR if is_name or len(word) > 7 else 2)


def _similarity(word: str, places: PlaceNames) -> float:
    """Return how much a word resembles a name; 1 when a long name is followed by a short ending."""
    if word not in places.known:
        stem = any(
            len(name) >= SHORTEST_PREFIX and word.startswith(name) and len(word) - len(name) <= LONGEST_ENDING
            for name in places.stems
        )
        best = process.extractOne(word, places.stems, scorer=OSA.normalized_similarity)
        places.known[word] = 1.0 if stem else best[1] if best else 0.0
    return places.known[word]


def _inflections(word: str) -> set[str]:
    """Return a name with its endings, as in Utrechtse, Zwolse, Nijmeegs and Amsterdammer.

    Examples
    --------
    >>> {"zwols", "zwolse"} <= _inflections("zwolle"), "almeerse" in _inflections("almere")
    (True, True)
    """
    forms = {
        word,
        *(word + suffix for suffix in SUFFIXES),
        *(word + word[-1] + suffix for suffix in ("e", "er", "ers")),
    }
    for ending in ("en", "e", "a"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 3:
            continue
        stems = {stem}
        if stem[-1] == stem[-2]:
            stems.add(stem[:-1])
        elif stem[-2] in "aeou" and stem[-3] not in "aeiou":
            stems.add(stem[:-1] + stem[-2:])
        forms |= {stem + suffix for stem in stems for suffix in SHORT_SUFFIXES}
    return {form for form in forms if len(form) >= 4}
