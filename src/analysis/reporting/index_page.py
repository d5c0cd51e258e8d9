"""The index of the report: the question, the answer in short, the contents, the state of the data."""

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader

from analysis.reporting.markdown import Outline, render_line
from analysis.reporting.page import TEMPLATE, TEMPLATES, PageLink, check_page, page_frame

TITLE = "Quickscan relaties en scheiding 2025"
SECTIONS = (
    ("inhoudsopgave", "Inhoud"),
    ("bijlagen", "Bijlagen"),
    ("gegevens", "De gegevens"),
    ("citeren", "Verwijzen naar dit onderzoek"),
)


def build_index(
    pages: Sequence[PageLink],
    *,
    synthetic: bool,
    provenance: Sequence[tuple[str, str]],
    headlines: Sequence[str] = (),
    key_figures: Sequence[tuple[str, str]] = (),
    attachments: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the HTML of ``reports/index.html``.

    Parameters
    ----------
    pages
        All pages in reading order.
    synthetic
        Whether invented answers stand behind the pages.
    provenance
        Label and content hash of everything that the index was made from.
    headlines
        The answer in a few computed sentences, in Markdown of one paragraph each.
    key_figures
        Value and label of the numbers that stand out, such as ``("28%", "heeft een aanpak")``.
    attachments
        Label and address of documents and downloads.
    """
    sections = [section for section in SECTIONS if attachments or section[0] != "bijlagen"]
    outline = Outline(title=TITLE, title_text=TITLE, sections=sections)
    frame = page_frame(outline, stem="index", synthetic=synthetic, provenance=provenance, pages=())
    frame |= {"pages": list(pages), "headlines": [render_line(sentence) for sentence in headlines]}
    frame |= {"key_figures": list(key_figures), "attachments": list(attachments)}
    environment = Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE), autoescape=True)
    html = environment.get_template("contents.html.j2").render(resources={"page": frame})
    return check_page(html, "reports/index.html")
