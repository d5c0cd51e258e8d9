"""All pages bound into one document, for printing."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from analysis.errors import InputError
from analysis.reporting.page import PageLink

MAIN = re.compile(r"<main\b(?P<attributes>[^>]*)>(?P<content>.*)</main>", re.DOTALL)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
BANNER = re.compile(r'<div class="banner".*?</div>', re.DOTALL)
IDENTIFIER = re.compile(r'\sid="([^"]+)"')
REFERENCES = re.compile(r'(?P<name>\b(?:id|for|aria-labelledby|aria-describedby|aria-details))="(?P<value>[^"]*)"')
ADDRESS = re.compile(r'\bhref="(?P<page>[^"#:]*)(?:#(?P<place>[^"]*))?"')
SHARED = re.compile(r"url\(#([^)]+)\)")
LANGUAGE = re.compile(r'\blang="([^"]+)"')
CONTENTS = "Inhoud"
POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">"
)
PRINT_STYLE = """
.bound > section { break-before: page; }
.bound-contents a::after { content: none; }
@page { @bottom-center { content: counter(page); font: 9pt sans-serif; color: #4a5560; } }
"""


def bind_pages(pages: Sequence[PageLink], html: Mapping[str, str], *, title: str) -> str:
    """Return one HTML document of all pages, each on a new sheet, with a table of contents.

    The banner of synthetic pages stands once at the top when all pages have it, and else in the section of each
    page that has it.

    Parameters
    ----------
    pages
        The pages in the order of the document.
    html
        Page by name of its file, such as ``04_status.html``; made by this package.
    title
        Title of the document, in Dutch.

    Raises
    ------
    InputError
        When a page is missing, or is not one of ours.
    """
    if absent := [page.href for page in pages if page.href not in html]:
        raise InputError(f"the pages {absent} are missing", file="reports", remedy="make them with: make report")
    known = {page.href: set(IDENTIFIER.findall(html[page.href])) for page in pages}
    banners = {page.href: found[0] for page in pages if (found := BANNER.search(html[page.href]))}
    whole = len(banners) == len(pages)
    # The style of a synthetic page puts its banner on every sheet: with other pages among them it is not for all.
    first = next((page.href for page in pages if page.href not in banners), pages[0].href)
    style = STYLE.search(html[first])
    if style is None:
        raise InputError("this is no page of the report", file=f"reports/{first}")
    listed = "".join(
        f'<li><span class="number">{escape(page.number)}</span> '
        f'<div><a href="#{_prefix(page.href)}">{escape(page.title)}</a></div></li>\n'
        for page in pages
    )
    own = {} if whole else banners
    sections = "".join(_section(page, html[page.href], known, own.get(page.href, "")) for page in pages)
    body = '<body class="synthetic">\n' + banners[first] if whole else "<body>"
    return (
        f'<!DOCTYPE html>\n<html lang="nl">\n<head>\n<meta charset="utf-8">\n{POLICY}\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>{style[1]}{PRINT_STYLE}</style>\n</head>\n"
        f'{body}\n<main class="bound">\n<h1>{escape(title)}</h1>\n<h2>{CONTENTS}</h2>\n'
        f'<ol class="contents bound-contents">\n{listed}</ol>\n{sections}</main>\n</body>\n</html>\n'
    )


def _prefix(href: str) -> str:
    return f"blad-{href.removesuffix('.html')}"


def _section(page: PageLink, html: str, known: Mapping[str, set[str]], banner: str) -> str:
    """Return the content of a page with identifiers that no other page has, and links within the document."""
    main = MAIN.search(html)
    if main is None:
        raise InputError("this is no page of the report", file=f"reports/{page.href}")
    prefix = _prefix(page.href)

    def reference(match: re.Match) -> str:
        return f'{match["name"]}="{" ".join(f"{prefix}-{name}" for name in match["value"].split())}"'

    def address(match: re.Match) -> str:
        target, place = match["page"] or page.href, match["place"]
        if target not in known or (place and place not in known[target]):
            return ""
        return f'href="#{_prefix(target)}{f"-{place}" if place else ""}"'

    content = REFERENCES.sub(reference, main["content"])
    content = SHARED.sub(rf"url(#{prefix}-\g<1>)", ADDRESS.sub(address, content))
    language = LANGUAGE.search(main["attributes"])
    spoken = f' lang="{language[1]}"' if language else ""
    if banner:
        spoken += ' class="synthetic"'
        content = f'<div lang="nl">{banner}</div>\n{content}'
    return f'<section id="{prefix}"{spoken}>\n{content}\n</section>\n'
