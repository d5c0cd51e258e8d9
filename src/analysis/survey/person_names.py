"""Find names of persons in running text by what stands before them and by their capitals.

There is no list of names: a name is a row of capitalised words behind a title or cue, or within a sentence, that
is no known organisation and no ordinary word. It errs on the side of finding too much.
"""

import re
from collections.abc import Iterable

from analysis.survey.instrument import Instrument
from analysis.survey.masking_words import masking_words

PARTICLE = r"(?:van|von|de|der|den|ter|ten|te|'t|in|op|el|al|ben|la|le|du|da|dos)"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
WORD = rf"{CAPITAL}(?:[a-zß-öø-ÿ]|['’][A-Za-zÀ-ÿ])[A-Za-zÀ-ÿ]*(?:['’-][A-Za-zÀ-ÿ]+)*"
INITIALS = rf"(?:(?:{CAPITAL}|Th|Ch|Ph|IJ)\.\s?){{1,5}}"
ROW = rf"{WORD}(?:\s+(?:{PARTICLE}\s+){{0,3}}{WORD})*"
WITH_INITIALS = re.compile(rf"(?<![\w.]){INITIALS}\s?(?:{PARTICLE}\s+){{0,3}}{ROW}")
WORDS = masking_words()


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"


DEGREES = rf"(?:{_one_of(WORDS.degrees)}\.?\s+)"
TITLE = re.compile(rf"\b{_one_of(WORDS.titles)}\b", re.IGNORECASE)
TITLED = re.compile(
    rf"(?<!\w){_one_of(WORDS.titles | WORDS.degrees)}\b\.?\s+({DEGREES}*(?:{INITIALS})?(?:{PARTICLE}\s+){{0,3}}"
    rf"(?:(?-i:{ROW})|(?-i:[a-zß-öø-ÿ]{{3,}})))",
    re.IGNORECASE,
)
# A full stop ends the sentence, except after a cue that is an abbreviation.
CUED = re.compile(
    rf"(?<!\w)(?:{_one_of(WORDS.abbreviated_cues)}\.?|{_one_of(WORDS.person_cues)}[,:]?)\s+"
    rf"(?=((?:{PARTICLE}\s+){{0,2}}(?-i:{ROW})))",
    re.IGNORECASE,
)
PAIR = re.compile(rf"(?<![\w'’-]){WORD}\s+(?:{PARTICLE}\s+){{0,3}}{ROW}")
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
    spans = [match.span() for match in WITH_INITIALS.finditer(text)]
    for match in TITLED.finditer(text):
        if not (match[1].islower() and match[1].split()[0] in WORDS.after_title_no_name):
            spans.append(match.span(1))
    for pattern, group in ((CUED, 1), (PAIR, 0), (SIGNED, 1)):
        for match in pattern.finditer(text):
            span = _name_within(text, *match.span(group), known, ordinary)
            if span is not None:
                spans.append(span)
    return _merged(sorted(spans))


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
        and small not in WORDS.titles | WORDS.person_cues
    )


def _name_within(
    text: str, start: int, end: int, known: frozenset[str], ordinary: frozenset[str]
) -> tuple[int, int] | None:
    """Return the part of a row of capitalised words from the first to the last one that may be a name."""
    words = [match for match in re.finditer(WORD, text[start:end]) if may_be_name(match[0], known, ordinary)]
    if not words:
        return None
    return start + words[0].start(), start + words[-1].end()


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
