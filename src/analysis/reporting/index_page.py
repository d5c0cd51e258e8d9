"""The index of the report: the question, the answer in short, the contents, the state of the data."""

from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Environment, FileSystemLoader

from analysis.reporting.markdown import Outline, render_line
from analysis.reporting.page import TEMPLATE, TEMPLATES, PageLink, check_page, page_frame
from analysis.reporting.wording import enumerate_dutch

TITLE = "Quickscan relaties en scheiding 2025"
SECTIONS = (
    ("antwoord", "Het antwoord in het kort"),
    ("inhoudsopgave", "Inhoud"),
    ("bijlagen", "Bijlagen"),
    ("gegevens", "De gegevens"),
    ("citeren", "Verwijzen naar dit onderzoek"),
)


def build_index(
    pages: Sequence[PageLink],
    *,
    invented: Sequence[str],
    provenance: Sequence[tuple[str, str]],
    headlines: Sequence[str] = (),
    key_figures: Sequence[tuple[str, str]] = (),
    condition: str = "",
    attachments: Sequence[tuple[str, str]] = (),
    citations: Sequence[str] = (),
) -> str:
    """Return the HTML of ``reports/index.html``.

    Parameters
    ----------
    pages
        All pages in reading order.
    invented
        Years of the waves of which invented answers stand behind the pages.
    provenance
        Label and content hash of everything that the index was made from.
    headlines
        The answer in a few computed sentences, in Markdown of one paragraph each.
    key_figures
        Value and label of the numbers that stand out, such as ``("28%", "heeft een aanpak")``.
    condition
        What the margins rest on, in Markdown of one paragraph.
    attachments
        Label and address of documents and downloads.
    citations
        How to refer to this study and to the report, each as one line of text.
    """
    shown = {"antwoord": bool(headlines), "bijlagen": bool(attachments)}
    sections = [(*section, 2) for section in SECTIONS if shown.get(section[0], True)]
    outline = Outline(title=TITLE, title_text=TITLE, sections=sections)
    frame = page_frame(outline, stem="index", synthetic=bool(invented), provenance=provenance, pages=())
    frame |= {"pages": list(pages), "headlines": [render_line(sentence) for sentence in headlines]}
    frame |= {"key_figures": list(key_figures), "attachments": list(attachments), "citations": list(citations)}
    frame |= {"condition": render_line(condition) if condition else ""}
    frame |= {"invented": list(invented), "invented_years": enumerate_dutch(invented)}
    environment = Environment(loader=FileSystemLoader(TEMPLATES / TEMPLATE), autoescape=True)
    html = environment.get_template("contents.html.j2").render(resources={"page": frame})
    return check_page(html, "reports/index.html")


def citations(file: Mapping[str, Any]) -> list[str]:
    """Return how to refer to this study, and to the report that it analyses.

    Parameters
    ----------
    file
        Content of ``CITATION.cff``.
    """
    report = next(entry for entry in file["references"] if entry["type"] == "report")
    return [
        f"{_authors(file)}. {file['title']}. Versie {file['version']}.",
        f"{_authors(report)} ({report['year']}). {report['title']}.",
    ]


def _authors(entry: Mapping[str, Any]) -> str:
    return enumerate_dutch(author["name"] for author in entry["authors"])
