"""The stage that makes the index, and pages of the documents that other pages refer to."""

from pathlib import Path

from analysis.pipeline.contents import read_contents
from analysis.pipeline.provenance import hash_inputs, provenance
from analysis.pipeline.settings import Settings
from analysis.pipeline.stages import Stage
from analysis.reporting.document_page import build_document
from analysis.reporting.index_page import build_index
from analysis.survey.export_origin import is_synthetic

DOCUMENTS = {"docs/methods.md": "Methoden (Engels)", "docs/decisions.md": "Genummerde besluiten (Engels)"}
RULES = ("Wat deze pagina's niet laten zien", "disclosure.html")


def index_pages(root: Path, settings: Settings, stage: Stage) -> dict[str, str]:
    """Return the index and the documents as pages.

    Parameters
    ----------
    root
        Root of the project.
    settings
        All settings; the export of the cleaning decides whether the pages say that answers are synthetic.
    stage
        The stage, for what the pages say of their origin.

    Returns
    -------
    dict
        HTML by path from the root.
    """
    synthetic = is_synthetic(root / settings.cleaning.export)
    hashes = hash_inputs(root, stage.deps)
    pages = {}
    for path in DOCUMENTS:
        stem = Path(path).stem
        pages[f"reports/{stem}.html"] = build_document(
            (root / path).read_text(encoding="utf-8"),
            stem=stem,
            synthetic=synthetic,
            provenance=provenance(stage, {path: hashes[path]}, {}),
        )
    pages["reports/index.html"] = build_index(
        read_contents(root),
        synthetic=synthetic,
        provenance=provenance(stage, hashes, {}),
        attachments=[RULES, *((title, f"{Path(path).stem}.html") for path, title in DOCUMENTS.items())],
    )
    return pages
