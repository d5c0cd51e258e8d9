"""Refuse a run before it starts, or its outputs before they are moved, when something does not fit."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import nbformat
from nbformat.reader import NotJSONError

from analysis.errors import InputError
from analysis.pipeline.stages import Stage

EXPORTS = (".csv", ".txt", ".xlsx", ".sav")
ALIKE = 0.5
"""Likeness, from 0 to 1, from which the name of a file may be the one that was meant."""


def check_inputs(root: Path, stage: Stage, paths: Iterable[str]) -> None:
    """Refuse to run when something that the stage reads is not there.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage.
    paths
        What must be there, relative to the root.

    Raises
    ------
    InputError
        For the first path that is missing.
    """
    for path in paths:
        if not (root / path).exists():
            made = path.startswith(("data/processed/", "reports/"))
            remedy = (
                "make it with: make report"
                if made
                else "put it there; git checkout brings back what was committed"
            )
            raise InputError(
                "the file is missing",
                file=path,
                place=f"read by stage {stage.name}",
                expected="what the stage reads",
                remedy=remedy,
            )


def check_export_is_there(root: Path, export: str) -> None:
    """Refuse a build whose export is not there, and name the files that look like it.

    Parameters
    ----------
    root
        Root of the project.
    export
        The export, from the root, as the settings name it.

    Raises
    ------
    InputError
        When it is no file.
    """
    path = root / export
    if path.is_file():
        return
    others = {file.name.lower(): file.name for file in path.parent.glob("*") if file.suffix.lower() in EXPORTS}
    alike = [others[name] for name in get_close_matches(path.name.lower(), others, cutoff=ALIKE)]
    raise InputError(
        "the export is missing",
        file=export,
        expected="the file that params.yaml names under cleaning: export",
        remedy="put it there, or name another one in params.yaml under cleaning: export"
        + (f"; there is {', '.join(alike)}" if alike else ""),
    )


def check_parameters(path: Path, stage: str, given: Mapping[str, Any]) -> None:
    """Refuse a run whose settings and parameters cell disagree.

    Parameters
    ----------
    path
        The notebook.
    stage
        Name of its stage, which is the section in ``params.yaml``.
    given
        The settings in that section.
    """
    from papermill import inspect_notebook  # noqa: PLC0415 papermill takes a second to import

    try:
        cells = nbformat.read(path, as_version=4).cells
    except NotJSONError as error:
        remedy = f"restore it: git checkout -- {path.parent.name}/{path.name}"
        raise InputError(
            "the file is no notebook", file=f"{path.parent.name}/{path.name}", remedy=remedy
        ) from error
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    file = f"{path.parent.name}/{path.name}"
    if len(tagged) != 1:
        raise InputError(
            f"{len(tagged)} cells carry the tag parameters",
            file=file,
            expected="exactly one",
            remedy="tag the cell below Instellingen, and no other, in the property inspector of JupyterLab",
        )
    declared = set(inspect_notebook(str(path)))
    section = f"section {stage} of params.yaml"
    if unknown := sorted(set(given) - declared):
        raise InputError(
            f"no parameter is called {', '.join(unknown)}, though {section} sets it",
            file=file,
            place="parameters cell",
            expected=f"exactly the names {', '.join(sorted(given))}",
            remedy="let the parameters cell and the section agree",
        )
    if missing := sorted(declared - set(given)):
        raise InputError(
            f"{section} gives no value for {', '.join(missing)}",
            file=file,
            place="parameters cell",
            expected=f"exactly the names {', '.join(sorted(given)) or '(none)'}",
            remedy="let the parameters cell and the section agree",
        )


def check_unchanged(before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Refuse outputs whose inputs changed while they were made.

    Parameters
    ----------
    before, after
        Hash by path, at the start and at the end.
    """
    changed = [path for path, digest in before.items() if after.get(path) != digest]
    if changed:
        files = ", ".join(changed)
        raise InputError(
            "this changed while it was used",
            file=files,
            expected="the same content from beginning to end",
            remedy="run again: make report",
        )
