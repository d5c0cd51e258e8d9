"""Take away what was made for readers from another export than the one that is named now."""

import json
import re
from html import unescape
from pathlib import Path

from analysis.pipeline.project import PRINTED, SUMMARY
from analysis.pipeline.provenance import SHOWN_DIGITS, content_hash
from analysis.pipeline.stages import SYNTHETIC, Stage

ORIGIN = re.compile(r"<dt>(?P<path>[^<]+)</dt><dd><code>(?P<digest>[0-9a-f]+)</code></dd>")
FOR_READERS = "reports/"


def made_from(page: Path) -> dict[str, str]:
    """Return what a page says of its origin: the start of a hash by path.

    Parameters
    ----------
    page
        A page of the report.
    """
    text = page.read_text(encoding="utf-8")
    return {unescape(match["path"]): match["digest"] for match in ORIGIN.finditer(text)}


def remove_outdated(root: Path, stages: dict[str, Stage], export: str) -> list[str]:
    """Remove pages, tables and the PDF when a page is of another export, or when no page tells their origin.

    After a build that failed on a new export the pages of the earlier one would look as if they were of the new
    one. Each of them depends on the export, so that none is removed that the next build would not make again, but
    for the PDF. A fresh clone has no page yet, and a summary of the synthetic export that stays for that export.

    Parameters
    ----------
    root
        Root of the project.
    stages
        All stages, for what they write.
    export
        The export that is named in ``params.yaml``, from the root; while it is missing, nothing is removed.

    Returns
    -------
    list of str
        What was removed, relative to the root.
    """
    if not (root / export).is_file():
        return []
    digest = content_hash(root / export)[:SHOWN_DIGITS]
    outs = [out for stage in stages.values() for out in stage.outs if out.startswith(FOR_READERS)]
    present = [path for path in (*outs, PRINTED) if (root / path).is_file()]
    pages = [root / path for path in present if path.endswith(".html")]
    if pages and all(made_from(page).get(export) == digest for page in pages):
        return []
    if not pages and export in stages[SYNTHETIC].outs and _is_synthetic(root / SUMMARY):
        present = [path for path in present if path != SUMMARY]
    for path in present:
        (root / path).unlink()
    return present


def _is_synthetic(summary: Path) -> bool:
    try:
        return json.loads(summary.read_text(encoding="utf-8"))["synthetic"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False
