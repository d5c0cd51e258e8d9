"""Export an executed notebook as a page that opens offline, alone and accessibly."""

import copy
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from analysis.errors import InputError
from analysis.reporting.display import TRUSTED
from analysis.reporting.markdown import Outline, render_page_text
from analysis.survey.unseen_characters import without_unseen

TEMPLATES = Path(__file__).parent / "template"
TEMPLATE = "quickscan"
LARGEST_PAGE = 2_000_000
ANSWER = "answer"
PARAMETERS = {"parameters", "injected-parameters"}
SETTINGS, DEFAULTS = "Toon instellingen", "Toon standaardinstellingen"
PICTURES = ("image/svg+xml", "image/png", "image/jpeg")


@dataclass(frozen=True)
class PageLink:
    """A page of the report as the navigation and the contents name it.

    Parameters
    ----------
    stem
        Stem of the notebook and the page, such as ``04_status``.
    title
        Short title, in Dutch.
    description
        One sentence on what the page shows, in Dutch.
    """

    stem: str
    title: str
    description: str

    @property
    def href(self) -> str:
        """Address of the page, from another page."""
        return f"{self.stem}.html"

    @property
    def number(self) -> str:
        """Number of the page without leading zero, or nothing."""
        number = re.match(r"0*(\d+)_", self.stem)
        return number[1] if number else ""


def export_page(
    notebook: nbformat.NotebookNode,
    *,
    stem: str,
    synthetic: bool,
    provenance: Sequence[tuple[str, str]],
    pages: Sequence[PageLink] = (),
) -> str:
    """Return the HTML page of an executed notebook.

    The same notebook gives the same bytes. The page holds no script and asks for no other file. The cells tagged
    ``answer`` come first on the page, under its title. An output counts as HTML only when
    :mod:`analysis.reporting.display` made it; of any other, the plain text is shown.

    Parameters
    ----------
    notebook
        Executed notebook; it is not changed.
    stem
        Stem of the notebook, such as ``04_status``.
    synthetic
        Whether invented answers stand behind the page; a banner says so.
    provenance
        Label and content hash of everything that the page was made from.
    pages
        All pages of the report in reading order, for the navigation.

    Raises
    ------
    InputError
        When there is no title, a picture lacks a text alternative, an identifier occurs twice, or the page is
        larger than 2 MB.
    """
    name = f"notebooks/{stem}.ipynb"
    outline = Outline()
    prepared = copy.deepcopy(notebook)
    prepared.cells = [cell for cell in notebook.cells if cell.source.strip()]
    views = [_view(cell, outline, name) for cell in prepared.cells]
    settings = [view for view in views if view["summary"].startswith(SETTINGS)]
    for view in settings[:-1]:  # the settings of this run follow, and take their place
        view["summary"] = view["summary"].replace(SETTINGS, DEFAULTS)
    if not outline.title:
        raise InputError("the page has no title", file=name, expected="a first heading: # Title")
    frame = page_frame(outline, stem=stem, synthetic=synthetic, provenance=provenance, pages=pages)
    answers = [view for view in views if view["is_answer"]]
    frame |= {"answers": answers, "cells": [view for view in views if not view["is_answer"]]}
    html, _ = _exporter().from_notebook_node(prepared, {"page": frame})
    return check_page(html, name)


def page_frame(
    outline: Outline,
    *,
    stem: str,
    synthetic: bool,
    provenance: Sequence[tuple[str, str]],
    pages: Sequence[PageLink],
) -> dict[str, Any]:
    """Return what the template of every page needs besides its content.

    Parameters
    ----------
    outline
        Title and sections of the page.
    stem
        Stem of the page.
    synthetic, provenance, pages
        As in :func:`export_page`.
    """
    place = next((i for i, page in enumerate(pages) if page.stem == stem), None)
    return {
        "title": outline.title,
        "title_text": outline.title_text,
        "sections": outline.sections,
        "css": (TEMPLATES / TEMPLATE / "style.css").read_text(encoding="utf-8"),
        "synthetic": synthetic,
        "provenance": list(provenance),
        "stage": re.sub(r"^\d+_", "", stem),
        "language": "nl",
        "is_index": stem == "index",
        "here": pages[place] if place is not None else None,
        "previous": pages[place - 1] if place else None,
        "next": pages[place + 1] if place is not None and place + 1 < len(pages) else None,
    }


def check_page(html: str, name: str) -> str:
    """Return the page when its identifiers are unique and its size fits; unseen characters become visible.

    Parameters
    ----------
    html
        The page.
    name
        What it was made from, for the message.

    Raises
    ------
    InputError
        When an identifier occurs twice, or the page is larger than 2 MB.
    """
    html = without_unseen(html, mark="\ufffd")
    twice = [i for i, n in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if n > 1]
    if twice:
        raise InputError(
            f"the page would use an identifier twice: {', '.join(twice)}",
            file=name,
            remedy="give each figure its own number and each table its own caption",
        )
    size = len(html.encode())
    if size > LARGEST_PAGE:
        raise InputError(
            f"the page would be {size / 1e6:.1f} MB", file=name, expected="at most 2 MB", remedy="show fewer rows"
        )
    return html


def _exporter() -> Any:
    from nbconvert.exporters.templateexporter import TemplateExporter  # noqa: PLC0415 only an export needs it
    from nbconvert.filters.highlight import Highlight2HTML  # noqa: PLC0415

    # Not HTMLExporter: that parses and rewrites the finished page, and so puts the names of SVG in lower case.
    return TemplateExporter(
        file_extension=".html",
        extra_template_basedirs=[str(TEMPLATES)],
        template_name=TEMPLATE,
        filters={"highlight_code": Highlight2HTML(pygments_lexer="ipython3")},
    )


def _view(cell: nbformat.NotebookNode, outline: Outline, name: str) -> dict[str, Any]:
    """Return what the template shows of a cell."""
    tags = set(cell.metadata.get("tags", []))
    view = {"kind": cell.cell_type, "is_answer": ANSWER in tags, "summary": "Toon code"}
    if cell.cell_type == "markdown":
        view["html"] = render_page_text(cell.source, outline)
    elif cell.cell_type == "code":
        place = f"cell [{cell.execution_count}]"
        if tags & PARAMETERS:
            view["summary"] = SETTINGS
        if cell.execution_count:
            view["summary"] += f" (cel {cell.execution_count})"
        view |= {"source": cell.source, "outputs": [_output(output, name, place) for output in cell.outputs]}
    return view


def _output(output: nbformat.NotebookNode, name: str, place: str) -> dict[str, str]:
    if output.output_type == "stream":
        return {"text": output.text.rstrip()}
    if output.output_type == "error":
        raise InputError(f"the cell failed: {output.ename}", file=name, place=place)
    if output.metadata.get(TRUSTED):
        return {"html": output.data["text/html"]}
    if any(picture in output.data for picture in PICTURES):
        raise InputError(
            "the picture has no text alternative", file=name, place=place, remedy="show it with show_figure"
        )
    return {"text": output.data.get("text/plain", "").rstrip()}
