"""Find organisations that work in one region only, so that their name tells where an answer comes from."""

import re

from analysis.survey.masking_words import masking_words

NAMES = sorted(masking_words().regional_organisations, key=lambda name: (-len(name), name))
PATTERN = re.compile(
    rf"\b(?:{'|'.join(re.escape(name).replace(chr(92) + ' ', r'[ -]+') for name in NAMES)})\b", re.IGNORECASE
)


def find_organisations(text: str) -> list[tuple[int, int]]:
    """Return where regional organisations of the list stand in a text, as start and end.

    Parameters
    ----------
    text
        Running text.

    Examples
    --------
    >>> find_organisations("samen met Bureau Jeugdzorg Limburg en Veilig Thuis")
    [(10, 34)]
    """
    return [match.span() for match in PATTERN.finditer(text)]
