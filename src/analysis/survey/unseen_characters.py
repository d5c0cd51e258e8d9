"""Characters that nobody sees and that change what others mean: controls, marks of direction, invisible spaces."""

import re

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""Control characters and separators other than tab and line end."""
FORMATTING = re.compile(
    "[\xad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks that turn the direction of text or take no room; not the joiner that holds an emoji together."""


def without_unseen(text: str, mark: str = "") -> str:
    r"""Return a text without what nobody sees; a control character becomes a space.

    Parameters
    ----------
    text
        Any text.
    mark
        What to put in the place of each of them instead.

    Examples
    --------
    >>> without_unseen("a\u202ebc\u200bd\x00e")
    'abcd e'
    """
    if text.isprintable():
        return text
    return FORMATTING.sub(mark, CONTROL.sub(mark or " ", text))
