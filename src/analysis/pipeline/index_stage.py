"""The last stage: the index, pages of documents, the workbook, and a search of everything that readers get."""

from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.pipeline.contents import read_contents
from analysis.pipeline.disclosure_stage import INSTRUMENT
from analysis.pipeline.leak_search import refuse_leaks, search_reports
from analysis.pipeline.origin import synthetic_waves
from analysis.pipeline.project import SUMMARY
from analysis.pipeline.provenance import hash_inputs, provenance, settings_behind
from analysis.pipeline.settings import FILE_NAME, Settings
from analysis.pipeline.stages import Stage, read_stages
from analysis.reporting.captions import captions_of
from analysis.reporting.conclusion_wording import CONDITION, QUESTIONS, conclusion_sentences, key_figures
from analysis.reporting.document_page import build_document
from analysis.reporting.index_page import build_index, citations
from analysis.reporting.page import PageLink
from analysis.reporting.summary import read_summary
from analysis.reporting.wording import read_wording
from analysis.reporting.workbook import Sheet, build_workbook
from analysis.survey.instrument import load_instrument
from analysis.yaml_file import read_yaml

DOCUMENTS = {"docs/accessibility.md": "nl", "docs/methods.md": "en", "docs/decisions.md": "en"}
ATTACHMENTS = [
    ("Methoden (Engels)", "methods.html"),
    ("Genummerde besluiten (Engels)", "decisions.html"),
    ("Wat deze pagina's niet laten zien", "disclosure.html"),
    ("Toegankelijkheid", "accessibility.html"),
    ("Alle tabellen in één werkboek (tables.xlsx)", "tables.xlsx"),
    ("De kerncijfers voor de computer (summary.json)", "summary.json"),
]
CITATION = "CITATION.cff"
QUANTIFIERS = "data/raw/published/quantifiers.csv"
TABLES = "reports/tables/"
WORKBOOK = "reports/tables.xlsx"
LEDGER = ("ledger", "Wat is weggelaten, en waarom")


def index_outputs(root: Path, settings: Settings, stage: Stage) -> dict[str, str | bytes]:
    """Return the index, the documents as pages, and the workbook.

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
        Content by path from the root.

    Raises
    ------
    InputError
        When a table stands in ``reports/tables`` that no stage makes, or something in ``reports`` is not for
        readers.
    """
    invented = synthetic_waves(root, stage)
    synthetic = bool(invented)
    hashes = hash_inputs(root, stage.deps)
    sections = settings_behind(read_stages(root, read_yaml(root / FILE_NAME)), stage, settings)
    # Of a document the text counts, and what made a page of it; the export, because it decides on the banner.
    behind = {path: hashes[path] for path in ("src/analysis", settings.cleaning.export, "uv.lock")}
    pages = read_contents(root)
    outputs: dict[str, str | bytes] = {}
    for path, language in DOCUMENTS.items():
        stem = Path(path).stem
        outputs[f"reports/{stem}.html"] = build_document(
            (root / path).read_text(encoding="utf-8"),
            stem=stem,
            stage=stage.name,
            synthetic=synthetic,
            provenance=provenance({path: hashes[path]} | behind, {}),
            language=language,
        )
    outputs[WORKBOOK] = build_workbook(sheets(root, pages), synthetic=synthetic)
    summary = read_summary(root / SUMMARY)
    instrument = load_instrument(root / INSTRUMENT)
    sentences = conclusion_sentences(summary, instrument, read_wording(root / QUANTIFIERS), brief=True)
    outputs["reports/index.html"] = build_index(
        pages,
        invented=invented,
        provenance=provenance(hashes, sections),
        headlines=[f"**{question}** {sentences[key]}" for key, question in QUESTIONS.items()],
        key_figures=key_figures(summary, invented),
        condition=CONDITION,
        attachments=ATTACHMENTS,
        citations=citations(read_yaml(root / CITATION)),
    )
    made = {path: output.encode() if isinstance(output, str) else output for path, output in outputs.items()}
    refuse_leaks(search_reports(root, made))
    return outputs


def sheets(root: Path, pages: list[PageLink]) -> list[Sheet]:
    """Return the published tables in the order of the pages, with the captions that they have there.

    Parameters
    ----------
    root
        Root of the project.
    pages
        All pages in reading order.
    """
    stages = read_stages(root, read_yaml(root / FILE_NAME)).values()
    made = {Path(out).stem for stage in stages for out in stage.outs if out.startswith(TABLES)}
    present = {path.stem for path in (root / TABLES).iterdir()}
    if stray := sorted(present - made):
        raise InputError(
            f"no stage makes the tables {', '.join(stray)}", file=TABLES, remedy="remove them, then: make report"
        )
    shown: dict[str, tuple[str, str]] = {}
    for page in pages:
        html = (root / "reports" / page.href).read_text(encoding="utf-8")
        for stem, caption in captions_of(html).items():
            shown.setdefault(stem, (caption, page.title))
    names = [stem for stem in shown if stem in made] + sorted(made - set(shown) - {LEDGER[0]})
    found = [(stem, *shown.get(stem, (stem, ""))) for stem in names] + [(*LEDGER, "")]
    return [
        Sheet(stem, title, page, _read_table(root / TABLES / f"{stem}.csv"))
        for stem, title, page in found
        if stem in made
    ]


def _read_table(path: Path) -> pd.DataFrame:
    """Read a table with numbers where a column holds nothing but numbers."""
    table = pd.read_csv(path, dtype="str", keep_default_na=False).replace("", None)
    for name in table.columns:
        try:
            table[name] = pd.to_numeric(table[name])
        except ValueError:
            continue
    return table
