"""Markdown to HTML that can hold no script, no foreign picture and no second title."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

import mistune
from mistune.util import escape

REPOSITORY_FOLDER = re.compile(r"^(?:\.\./)?(?:docs|notebooks)/|^\.\./")
LISTED_LEVEL = 3
LONG_CELL = 40
OF_THE_TEMPLATE = ("inhoud", "herkomst", "op-deze-pagina")
TAG = re.compile(r"<[^>]+>")
SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&$:=@^\"'])")


@dataclass
class Outline:
    """The headings of one page, gathered while its Markdown is rendered.

    The first heading of level 1 becomes the title and is not rendered; a later one goes down a level. A heading
    never lies more than one level below the one before it, and every identifier is used once. ``sections`` holds
    identifier, text and level of the headings that a page lists at its side, ``heading`` the latest heading.
    """

    title: str = ""
    title_text: str = ""
    sections: list[tuple[str, str, int]] = field(default_factory=list)
    identifiers: set[str] = field(default_factory=lambda: set(OF_THE_TEMPLATE))
    level: int = 1
    heading: str = ""

    def add(self, html: str, level: int) -> str:
        """Return the HTML of a heading, or nothing when it is the title of the page.

        Parameters
        ----------
        html
            The rendered heading.
        level
            The level that the author gave it.
        """
        text = self.heading = TAG.sub("", html)
        if level == 1 and not self.title:
            self.title, self.title_text = html, text
            return ""
        self.level = min(max(level, 2), self.level + 1)
        identifier = self.claim(slug(text))
        if self.level <= LISTED_LEVEL:
            self.sections.append((identifier, text, self.level))
        return f'<h{self.level} id="{identifier}">{html}</h{self.level}>\n'

    def claim(self, identifier: str) -> str:
        """Return the identifier, numbered when the page uses it already.

        Parameters
        ----------
        identifier
            What would be the identifier on a page without a namesake.
        """
        unique, number = identifier, 2
        while unique in self.identifiers:
            unique, number = f"{identifier}-{number}", number + 1
        self.identifiers.add(unique)
        return unique


def slug(text: str) -> str:
    """Return an identifier of lower-case letters, digits and hyphens.

    Parameters
    ----------
    text
        Any text, such as a heading; HTML entities in it do not count.

    Examples
    --------
    >>> slug("Wat dit laat zien: één beeld?")
    'wat-dit-laat-zien-een-beeld'
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"&\w+;", " ", text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "deel"


def literal(text: object) -> str:
    r"""Return text from data such that Markdown shows it letter by letter.

    Parameters
    ----------
    text
        Anything that was typed by a respondent, or read from a file.

    Examples
    --------
    >>> print(literal("**niet** [klikken](x)"))
    \*\*niet\*\* \[klikken\]\(x\)
    """
    return SPECIAL.sub(r"\\\1", " ".join(str(text).split()))


def long_text(html: str) -> str:
    """Return the attribute for a cell that holds a sentence: its column needs room on a narrow screen.

    Parameters
    ----------
    html
        Content of the cell.
    """
    return ' class="long"' if len(TAG.sub("", html)) > LONG_CELL else ""


def render_page_text(source: str, outline: Outline) -> str:
    """Render a Markdown cell of a page; its links may lead outside.

    Parameters
    ----------
    source
        Markdown; HTML in it comes out as text.
    outline
        The headings of the page so far; changed in place.
    """
    return _markdown(_PageRenderer(outline))(source)


def render_fragment(source: str) -> str:
    """Render Markdown that was put together in a cell; a link leads to a page or file of the report only.

    Parameters
    ----------
    source
        Markdown; HTML in it comes out as text, and a heading as a paragraph in bold.
    """
    return _markdown(_PageRenderer(None))(source)


def render_line(source: str) -> str:
    """Render a note of one paragraph as inline HTML.

    Parameters
    ----------
    source
        Markdown.
    """
    html = render_fragment(" ".join(source.split())).strip()
    return html.removeprefix("<p>").removesuffix("</p>")


class _PageRenderer(mistune.HTMLRenderer):
    """HTML of one page; without an outline, of text in which nothing may lead outside the report."""

    def __init__(self, outline: Outline | None):
        super().__init__(escape=True)
        self._outline = outline

    def take_heading(self) -> str:
        """Return the heading above what is rendered, without tags; empty when there is none or it was taken."""
        heading = self._outline.heading if self._outline is not None else ""
        if heading:
            self._outline.heading = ""
        return heading

    def heading(self, text: str, level: int, **attrs: object) -> str:
        if self._outline is None:
            return f"<p><strong>{text}</strong></p>\n"
        return self._outline.add(text, level)

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if re.match(r"https?://", url):
            allowed = self._outline is not None
        else:
            url = _page_address(url)
            allowed = re.fullmatch(r"(?:[\w-][\w./-]*)?(?:#[\w-]*)?", url) is not None and ".." not in url
        return f'<a href="{escape(url)}">{text}</a>' if allowed and url else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def linebreak(self) -> str:
        return "<br>\n"

    def thematic_break(self) -> str:
        return "<hr>\n"

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"<pre><code>{escape(code)}</code></pre>\n"


def _page_address(url: str) -> str:
    """Turn a link to a document or notebook of the repository into one to its page."""
    return re.sub(r"\.(?:md|ipynb)(?=#|$)", ".html", REPOSITORY_FOLDER.sub("", url))


def _table(markdown: mistune.Markdown) -> None:
    """Let tables in Markdown have scopes and the heading above them as caption, and scroll on a narrow screen."""
    mistune.plugins.import_plugin("table")(markdown)

    def table(renderer: mistune.BaseRenderer, text: str) -> str:
        first = re.search(r"<th[^>]*>(.*?)</th>", text, re.DOTALL)
        heading = renderer.take_heading()  # a second table under it would have the same caption
        name = heading or escape(unescape(TAG.sub("", first[1])))
        name = name.replace('"', "&quot;")
        start = f'<div class="table" role="group" aria-label="{name}" tabindex="0"><table>\n'
        caption = f"<caption>{heading}</caption>\n" if heading else ""
        return f"{start}{caption}{text}</table></div>\n"

    def cell(renderer: mistune.BaseRenderer, text: str, align: str | None = None, head: bool = False) -> str:
        style = ' class="number"' if align == "right" else long_text(text)
        return f'<th scope="col"{style}>{text}</th>\n' if head else f"<td{style}>{text}</td>\n"

    markdown.renderer.register("table", table)
    markdown.renderer.register("table_cell", cell)


def _markdown(renderer: _PageRenderer) -> mistune.Markdown:
    return mistune.create_markdown(renderer=renderer, plugins=[_table])
