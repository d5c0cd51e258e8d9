"""Take personal data out of open answers: addresses, numbers, accounts, places, organisations, persons.

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

from analysis.survey.contact_data import find_contact_data
from analysis.survey.distinct_values import distinct, in_parts, map_texts
from analysis.survey.instrument import Instrument
from analysis.survey.municipality_names import plain_word
from analysis.survey.person_names import TITLE, find_persons, known_words, may_be_name
from analysis.survey.place_names import PlaceNames, find_places, index_places, may_hold_place
from analysis.survey.regional_organisations import find_organisations
from analysis.survey.register import Register

LABELS = {
    "email": "[e-mail]",
    "identity_number": "[nummer]",
    "address": "[adres]",
    "telephone": "[telefoon]",
    "account": "[account]",
    "organisation_in_text": "[organisatie]",
    "municipality_in_text": "[gemeente]",
    "person_name": "[naam]",
}
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
    kinds: set[str] = set()
    parts, position = [], 0
    for start, end, kind, others in personal_spans(text, masker, ordinary, places=places, persons=persons):
        parts += [text[position:start], LABELS[kind]]
        position = end
        kinds |= {kind, *others}
    return "".join([*parts, text[position:]]), kinds


def personal_spans(
    text: str,
    masker: Masker,
    ordinary: frozenset[str] = frozenset(),
    *,
    places: bool = True,
    persons: bool = True,
) -> list[tuple[int, int, str, set[str]]]:
    """Return where personal data stand in a text: start, end, kind, and other kinds that it may be.

    Parameters
    ----------
    text, masker, ordinary, places, persons
        As for :func:`mask_text`.
    """
    spans = find_contact_data(text)
    spans += [(*span, "organisation_in_text") for span in find_organisations(text)]
    if persons:
        spans += [(*span, "person_name") for span in find_persons(text, masker.known, ordinary)]
    if places:
        spans += [(*span, "municipality_in_text") for span in find_places(text, masker.places, ordinary)]
    return _joined(spans)


def _vocabulary(texts: pd.Series) -> tuple[frozenset[str], set[str]]:
    """Return the ordinary words of the language in small letters, and every word as written."""
    counts: Counter[str] = Counter()
    for part in in_parts(texts):
        for text in part:
            counts.update(set(WORDS.findall(text)))
    ordinary = {plain_word(word) for word, number in counts.items() if number >= ORDINARY_FROM and word.islower()}
    return frozenset(ordinary), set(counts)


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
