"""A document of the repository, such as ``docs/methods.md``, as a page of the report."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader

from analysis.errors import InputError
from analysis.reporting.markdown import Outline, render_page_text
from analysis.reporting.page import TEMPLATE, TEMPLATES, check_page, page_frame


def build_document(
    text: str,
    *,
    stem: str,
    synthetic: bool,
    provenance: Sequence[tuple[str, str]],
    language: str = "en",
    stage: str | None = None,
) -> str:
    """Return the HTML page of a Markdown document.

    Parameters
    ----------
    text
        The document; its first heading is the title.
    stem
        Stem of the document and the page, such as ``methods``.
    synthetic
        Whether invented answers stand behind the report; a banner says so.
    provenance
        Label and content hash of everything that the page was made from.
    language
        Code of the language that the document is written in.
    stage
        Name of the stage that makes the page, for the command that makes it again.

    Raises
    ------
    InputError
        When the document has no title.
    """
    name = f"docs/{stem}.md"
    outline = Outline()
    html = render_page_text(text, outline)
    if not outline.title:
        raise InputError("the document has no title", file=name, expected="a first heading: # Title")
    frame = page_frame(outline, stem=stem, synthetic=synthetic, provenance=provenance, pages=())
    frame |= {"html": html, "language": language, "stage": stage}
    environment = Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE), autoescape=True)
    page = environment.get_template("document.html.j2").render(resources={"page": frame})
    return check_page(page, name)
