"""Take personal data out of open answers: addresses, numbers, municipalities and persons.

Found by rules and not by a model, with more attention to what is missed than to what is masked in vain. A name at
the very start of a sentence, in small letters and without a cue, is not found: a person reads an answer before it
is quoted.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from analysis.survey.distinct_values import distinct, in_parts, map_texts
from analysis.survey.instrument import Instrument
from analysis.survey.municipality_names import plain_word
from analysis.survey.person_names import TITLE, find_persons, known_words, may_be_name
from analysis.survey.place_names import PlaceNames, find_places, index_places, may_hold_place
from analysis.survey.register import Register

LABELS = {
    "email": "[e-mail]",
    "address": "[adres]",
    "telephone": "[telefoon]",
    "municipality_in_text": "[gemeente]",
    "person_name": "[naam]",
}
DOMAINS = r"\.(?:nl|com|org|eu|net|info|frl|amsterdam)\b"
# Quick looks, which spare most texts the slower ones.
AT, WEB_SIGN, TWO_DIGITS = (
    re.compile(r"@|at[)\]]|apenstaart"),
    re.compile(rf"https?:|www\.|{DOMAINS}", re.I),
    re.compile(r"\d\d"),
)
EMAIL = re.compile(
    r"[\w.+-]+\s?(?:@|[(\[]at[)\]]|\sapenstaartje\s)\s?[\w-]+(?:\s?(?:\.|\spunt\s)\s?[\w-]+)+", re.IGNORECASE
)
WEB = re.compile(rf"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*{DOMAINS}(?:/\S*)?", re.I)
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[A-Z]{2}\b(?:\s+\d{1,4}\s?[a-z]?\b)?")
TELEPHONE = re.compile(
    r"(?<![\w])(?:"
    r"(?:\+|00)\d{2}[\s./()-]*(?:\(?0\)?[\s./-]*)?(?:\d[\s./()-]*){7,10}\d"  # international
    r"|\(?0\d{1,3}\)?[\s./-]*(?:\d[\s./-]*){5,8}\d"  # Dutch, ten digits in all
    r"|14[\s-]?0\d{2,3}\b"  # the short number of a municipality
    r")(?!\w)"
)
TELEPHONE_CUED = re.compile(
    r"(?:\btel\b\.?|telefoon(?:nummer)?|mobiel|bel(?:len)?|nummer|06)\W{0,3}(?:(?:op|is|nr|via|met)\W{1,2})?((?:\d[\s./-]?){5,10}\d)",
    re.IGNORECASE,
)
DUTCH_DIGITS = (9, 10)
DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d")
WORDS = re.compile(r"[^\W\d_]+")
ORDINARY_FROM = 3  # different answers in which a word stands in small letters: then it is no misspelt name


@dataclass(frozen=True)
class Masker:
    """What to find: the names of places, and the words that are no names of persons."""

    places: PlaceNames
    known: frozenset[str]


def make_masker(register: Register, instrument: Instrument) -> Masker:
    """Prepare the masking.

    Parameters
    ----------
    register
        Municipalities with their names.
    instrument
        The questionnaire, whose labels name organisations that are no persons.
    """
    return Masker(index_places(register), known_words(instrument))


def mask_answers(answers: pd.Series, masker: Masker) -> tuple[pd.Series, dict[str, pd.Index]]:
    """Mask personal data in open answers.

    Parameters
    ----------
    answers
        Text without markup; each different text is masked once.
    masker
        From :func:`make_masker`.

    Returns
    -------
    Series, dict
        The masked answers, and by kind of personal data the index of the answers in which it was found.
    """
    positions, texts = distinct(answers)
    ordinary, written = _vocabulary(texts)
    place_words = may_hold_place(written, masker.places, ordinary)
    name_words = {word for word in written if word[0].isupper() and may_be_name(word, masker.known, ordinary)}
    found_in: dict[str, list[int]] = {kind: [] for kind in LABELS}
    place = count()

    def mask(text: str) -> str:
        words = set(WORDS.findall(text))
        masked, kinds = mask_text(
            text,
            masker,
            ordinary,
            places=not words.isdisjoint(place_words),
            persons=not words.isdisjoint(name_words) or TITLE.search(text) is not None,
        )
        here = next(place)
        for kind in kinds:
            found_in[kind].append(here)
        return masked

    masked = map_texts(texts, mask).take(positions)
    index = {}
    for kind, places in found_in.items():
        holds = np.zeros(len(texts), dtype=bool)
        holds[places] = True
        index[kind] = answers.index[holds[positions]] if len(answers) else answers.index
    return masked.set_axis(answers.index), index


def mask_text(
    text: str,
    masker: Masker,
    ordinary: frozenset[str] = frozenset(),
    *,
    places: bool = True,
    persons: bool = True,
) -> tuple[str, set[str]]:
    """Mask personal data in one text.

    Parameters
    ----------
    text
        Text without markup.
    masker
        From :func:`make_masker`.
    ordinary
        Words of the language in small letters, as seen elsewhere in the answers.
    places, persons
        Whether to look for these at all; a quicker look at the words may have ruled them out.

    Returns
    -------
    str, set
        The masked text, and the kinds of personal data that were in it.
    """
    spans = _contact_spans(text)
    if persons:
        spans += [(*span, "person_name") for span in find_persons(text, masker.known, ordinary)]
    if places:
        spans += [(*span, "municipality_in_text") for span in find_places(text, masker.places, ordinary)]
    kinds: set[str] = set()
    parts, position = [], 0
    for start, end, kind, others in _joined(spans):
        parts += [text[position:start], LABELS[kind]]
        position = end
        kinds |= {kind, *others}
    return "".join([*parts, text[position:]]), kinds


def _vocabulary(texts: pd.Series) -> tuple[frozenset[str], set[str]]:
    """Return the ordinary words of the language in small letters, and every word as written."""
    counts: Counter[str] = Counter()
    for part in in_parts(texts):
        for text in part:
            counts.update(set(WORDS.findall(text)))
    ordinary = {plain_word(word) for word, number in counts.items() if number >= ORDINARY_FROM and word.islower()}
    return frozenset(ordinary), set(counts)


def _contact_spans(text: str) -> list[tuple[int, int, str]]:
    spans: list[tuple[int, int, str]] = []
    if AT.search(text):
        spans += [(*match.span(), "email") for match in EMAIL.finditer(text)]
    if WEB_SIGN.search(text):
        spans += [(*match.span(), "address") for match in WEB.finditer(text)]
    if TWO_DIGITS.search(text):
        spans += [(*match.span(), "address") for match in POSTCODE.finditer(text)]
        spans += [(*match.span(), "telephone") for match in TELEPHONE.finditer(text) if _is_number(match[0])]
        spans += [(*match.span(1), "telephone") for match in TELEPHONE_CUED.finditer(text)]
    return spans


def _is_number(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if DATE.match(found):
        return False
    return not digits.startswith("0") or digits.startswith("00") or len(digits) in DUTCH_DIGITS


def _joined(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str, set[str]]]:
    """Join spans that overlap: the longest gives the kind, among equals the first in the order of LABELS.

    A municipality within a longer row of names is reported as well, since nobody knows which of the two it is.
    """
    rank = {kind: position for position, kind in enumerate(LABELS)}
    names = {"municipality_in_text", "person_name"}
    joined: list[tuple[int, int, str, set[str]]] = []
    longest = 0
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1], rank[span[2]])):
        if not joined or start >= joined[-1][1]:
            joined.append((start, end, kind, set()))
            longest = end - start
            continue
        first, last, before, others = joined.pop()
        chosen = before if longest >= end - start else kind
        if names == {before, kind} and chosen == "person_name":
            others = names
        joined.append((first, max(last, end), chosen, others))
        longest = max(longest, end - start)
    return joined
