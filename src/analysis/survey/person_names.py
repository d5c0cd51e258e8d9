"""Find names of persons in running text by what stands before them and by their capitals.

There is no list of names: a name is a row of capitalised words behind a title or cue, or within a sentence, that
is no known organisation and no ordinary word. It errs on the side of finding too much.
"""

import re
from collections.abc import Iterable

from analysis.survey.instrument import Instrument
from analysis.survey.masking_words import masking_words
from analysis.survey.names_in_capitals import CAPITALS, PARTICLES, SMALL, in_small_letters

PARTICLE = rf"(?:{'|'.join(PARTICLES)})"
CAPITAL = rf"(?:IJ|[{CAPITALS}])"
LETTER = rf"[{CAPITALS}{SMALL}]"
WORD = rf"(?:(?:[dDlL]|[eEaA]l)['’-])?{CAPITAL}(?:[{SMALL}]|['’]{LETTER}){LETTER}*(?:['’-]{LETTER}+)*"
INITIALS = rf"(?:(?:{CAPITAL}|Th|Ch|Ph|IJ)\.\s?){{1,5}}"
ROW = rf"{WORD}(?:\s+(?:{PARTICLE}\s+){{0,3}}{WORD})*"
WITH_INITIALS = re.compile(rf"(?<![\w.]){INITIALS}\s?(?:{PARTICLE}\s+){{0,3}}{ROW}")
WORDS = masking_words()
NAMES_TOO = {"Ben"}
"""Cues that are a first name too when they have a capital."""


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"


DEGREES = rf"(?:{_one_of(WORDS.degrees)}\.?\s+)"
TITLE = re.compile(rf"\b{_one_of(WORDS.titles)}\b", re.IGNORECASE)
TITLED = re.compile(
    rf"(?<!\w){_one_of(WORDS.titles | WORDS.degrees)}\b\.?\s+({DEGREES}*(?:{INITIALS})?(?:{PARTICLE}\s+){{0,3}}"
    rf"(?:(?-i:{ROW})|(?-i:[{SMALL}]{{3,}})))",
    re.IGNORECASE,
)
# A full stop ends the sentence, except after a cue that is an abbreviation.
CUED = re.compile(
    rf"(?<!\w)(?:{_one_of(WORDS.abbreviated_cues)}\.?|{_one_of(WORDS.person_cues)}[,:]?)\s+"
    rf"(?=((?:{PARTICLE}\s+){{0,2}}(?-i:{ROW})))",
    re.IGNORECASE,
)
BEFORE_A_NAME = re.compile(r"\b(?:van|von|ter|ten|el|al|ben|bin)\s+(?:(?:de|der|den|het|'t)\s+)?$")
BEHIND_A_NAME = re.compile(rf"\s+(?:{PARTICLE}\s+){{1,3}}{WORD}")
PAIR = re.compile(rf"(?<![\w'’-]){WORD}\s+(?:{PARTICLE}\s+){{0,3}}{ROW}")
# Verbs of which a person is the subject, behind a name at the start of a sentence.
SPEAKER = re.compile(
    rf"(?:^|[.!?:\n]\s*)(?=({ROW}(?:\s+(?:{PARTICLE}\s+){{0,3}}{WORD})?)\s+{_one_of(WORDS.verbs_of_persons)}\b)"
)
# Endings of words of the field, and those that a surname may have too.
NEVER_A_NAME = re.compile(
    r"\w(?:teams?|loket|plan|coach|training|dienst|bureau|centrum|project|programma|fonds|aanpak|regeling|traject|methode"
    r"|iteit|heden)$"
)
SELDOM_A_NAME = re.compile(r"(?:zorg|hulp|wet|school|raad|punt|werk|ing|ingen|heid|schap|atie|kunde|rechter|se)$")
# One word with a capital within a sentence, where none is due.
WITHIN = re.compile(rf"(?<=[\w,;)’'\"”]\s)(?<![.!?:]\s)({WORD})")
SIGNED = re.compile(rf"(?:\n|[,.!?]\s+)({ROW})\s*$")


def known_words(instrument: Instrument) -> frozenset[str]:
    """Return the capitalised words that are no names of persons: of organisations, and of the instrument's labels.

    Parameters
    ----------
    instrument
        The questionnaire, whose Dutch labels name the partners and products of the field.
    """
    labels = [
        entry.nl for question in instrument.questions for entry in (question, *question.options, *question.items)
    ]
    listed = WORDS.organisations | WORDS.calendar | WORDS.regions | WORDS.sentence_words
    return listed | frozenset(re.findall(WORD, " ".join(labels)))


def find_persons(
    text: str, known: frozenset[str], ordinary: frozenset[str] = frozenset()
) -> list[tuple[int, int]]:
    """Return where names of persons stand in a text, from left to right, as start and end.

    Parameters
    ----------
    text
        Running text.
    known
        Capitalised words that are no names, from :func:`known_words`.
    ordinary
        Words of the language in small letters, as seen elsewhere in the answers.
    """
    small = in_small_letters(text)
    spans = _spans(text, known, ordinary) + _single_words(text, known, ordinary)
    if small != text:
        spans += _spans(small, known, ordinary)
    return _merged(sorted(spans))


def _spans(text: str, known: frozenset[str], ordinary: frozenset[str]) -> list[tuple[int, int]]:
    spans = [match.span() for match in WITH_INITIALS.finditer(text)]
    for match in TITLED.finditer(text):
        if not (match[1].islower() and match[1].split()[0] in WORDS.after_title_no_name):
            spans.append(match.span(1))
    for pattern, group in ((CUED, 1), (PAIR, 0), (SPEAKER, 1), (SIGNED, 1)):
        for match in pattern.finditer(text):
            span = _name_within(text, *match.span(group), known, ordinary)
            if span is not None:
                spans.append(span)
    return spans


def _single_words(text: str, known: frozenset[str], ordinary: frozenset[str]) -> list[tuple[int, int]]:
    """Return where one word has a capital within a sentence and is no word of the field."""
    found = WITHIN.finditer(text)
    return [
        match.span()
        for match in found
        if may_be_name(match[0], known, ordinary) and not SELDOM_A_NAME.search(match[0].casefold())
    ]


def may_be_name(word: str, known: frozenset[str], ordinary: frozenset[str]) -> bool:
    """Say whether a capitalised word may be the name of a person.

    Parameters
    ----------
    word
        The word.
    known, ordinary
        As in :func:`find_persons`.
    """
    small = word.casefold()
    # Wmo-geld is no name, and Vries-Bakker is one.
    return (
        word not in known
        and word.split("-", maxsplit=1)[0] not in known
        and small not in ordinary
        and not NEVER_A_NAME.search(small)
        and (small not in WORDS.titles | WORDS.person_cues or word in NAMES_TOO)
    )


def _name_within(
    text: str, start: int, end: int, known: frozenset[str], ordinary: frozenset[str]
) -> tuple[int, int] | None:
    """Return the part of a row of capitalised words from the first to the last one that may be a name."""
    words = [match for match in re.finditer(WORD, text[start:end]) if may_be_name(match[0], known, ordinary)]
    if not words:
        return None
    first, last = start + words[0].start(), start + words[-1].end()
    before = BEFORE_A_NAME.search(text, start, first)
    more = BEHIND_A_NAME.match(text, last)
    return before.start() if before else first, more.end() if more else last


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
