"""Print the report: one PDF of all pages, with headless Chromium. No part of the build."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from analysis.complete_files import complete_files
from analysis.errors import InputError
from analysis.pipeline.contents import read_contents
from analysis.pipeline.project import PRINTED
from analysis.reporting.bound_pages import bind_pages
from analysis.reporting.index_page import TITLE
from analysis.reporting.page import PageLink

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
DOCUMENTS = (
    PageLink("disclosure", "Wat deze pagina's niet laten zien", ""),
    PageLink("accessibility", "Toegankelijkheid", ""),
    PageLink("methods", "Methoden (Engels)", ""),
    PageLink("decisions", "Genummerde besluiten (Engels)", ""),
)
SECONDS = 300


def find_chromium() -> str:
    """Return the program that prints.

    Raises
    ------
    InputError
        When no Chromium is on this machine.
    """
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        raise InputError(
            "Chromium is not on this machine",
            expected=f"one of the programs {', '.join(PROGRAMS)}",
            remedy="install Chromium, or print a page from any browser: it has a style for paper",
        )
    return found


def print_report(root: Path) -> Path:
    """Print all pages as one PDF.

    Parameters
    ----------
    root
        Root of the project, in which the pages are built.

    Raises
    ------
    InputError
        When Chromium or a page is missing, or Chromium fails.
    """
    program = find_chromium()
    pages = [*read_contents(root), *DOCUMENTS]
    folder = root / "reports"
    html = {
        page.href: (folder / page.href).read_text(encoding="utf-8")
        for page in pages
        if (folder / page.href).is_file()
    }
    output = root / PRINTED
    output.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        bound = Path(scratch) / "report.html"
        bound.write_text(bind_pages(pages, html, title=TITLE), encoding="utf-8")
        printed = Path(scratch) / "report.pdf"
        command = [program, "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        command += ["--no-sandbox"] if os.geteuid() == 0 else []
        command += [f"--user-data-dir={scratch}/profile", "--no-pdf-header-footer"]
        command += ["--generate-pdf-document-outline", f"--print-to-pdf={printed}"]
        try:
            ran = subprocess.run(
                [*command, bound.as_uri()], capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            raise InputError(
                f"Chromium did not finish in {SECONDS} seconds", file=program, remedy="try again"
            ) from None
        if ran.returncode or not printed.is_file():
            last = ran.stderr.strip().splitlines()[-1:] or ["no message"]
            raise InputError(f"Chromium could not print the report: {last[0]}", file=program, remedy="try again")
        with complete_files(output.parent) as place:
            shutil.move(printed, place / output.name)
    return output
