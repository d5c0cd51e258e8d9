"""Which table of a page belongs to which download."""

import re
from html import unescape

PART = re.compile(
    r"<(?P<tag>figcaption|caption)\b[^>]*>(?P<caption>.*?)</(?P=tag)>"
    r'|href="tables/(?P<stem>[\w-]+)\.csv" download',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]+>")
BEHIND_A_FIGURE = "Gegevens bij figuur"


def captions_of(html: str) -> dict[str, str]:
    """Return the caption by stem of each table that a page offers for download, in the order of the page.

    Parameters
    ----------
    html
        The page.

    Examples
    --------
    >>> page = '<figcaption><span>Figuur 2</span> Stand</figcaption> <a href="tables/figure_2.csv" download>'
    >>> captions_of(page)
    {'figure_2': 'Figuur 2 Stand'}
    """
    captions: dict[str, str] = {}
    caption = ""
    for part in PART.finditer(html):
        if part["stem"]:
            captions.setdefault(part["stem"], caption)
        else:
            text = " ".join(unescape(TAG.sub(" ", part["caption"])).split())
            caption = caption if text.startswith(BEHIND_A_FIGURE) else text
    return captions
