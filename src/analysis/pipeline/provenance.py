"""Say by content from what a page was made."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat.reader import NotJSONError

from analysis.pipeline.settings import FILE_NAME, Settings, settings_of
from analysis.pipeline.stages import Stage

SHOWN_DIGITS = 16
IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of a folder.

    Of a notebook only the cells count, not their outputs: running it by hand changes nothing. One that cannot be
    read counts as any file.

    Parameters
    ----------
    path
        File or folder; bytecode and checkpoints in a folder do not count.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.csv").write_text("x")
    ...     content_hash(Path(folder, "a.csv"))[:12]
    '2d711642b726'
    """
    digest = hashlib.sha256()
    if path.is_dir():
        files = (file for file in path.rglob("*") if file.is_file() and not IGNORED & set(file.parts))
        for file in sorted(files, key=lambda file: file.relative_to(path).as_posix()):
            digest.update(f"{file.relative_to(path).as_posix()}\0{content_hash(file)}\n".encode())
    elif path.suffix == ".ipynb" and (cells := _cells(path)) is not None:
        kept = [(cell.cell_type, cell.source, sorted(cell.metadata.get("tags", []))) for cell in cells]
        digest.update(json.dumps(kept, ensure_ascii=False).encode())
    else:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _cells(path: Path) -> list[nbformat.NotebookNode] | None:
    try:
        return nbformat.read(path, as_version=4).cells
    except (NotJSONError, UnicodeDecodeError, AttributeError):
        return None


def hash_inputs(root: Path, paths: Iterable[str]) -> dict[str, str]:
    """Return the hash of each path that a stage depends on.

    Parameters
    ----------
    root
        Root of the project.
    paths
        Files and folders, relative to it.
    """
    return {path: content_hash(root / path) for path in paths}


def hash_used(root: Path, stage: Stage, settings: Settings) -> dict[str, str]:
    """Return the hash of all that decides what a stage writes: its files that are there, and its settings.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage.
    settings
        The settings that it uses; of these, the sections that it declares count.
    """
    sections = {name: getattr(settings, name).model_dump_json() for name in stage.params}
    hashes = {f"{FILE_NAME}, {name}": hashlib.sha256(text.encode()).hexdigest() for name, text in sections.items()}
    return hash_inputs(root, [path for path in stage.deps if (root / path).exists()]) | hashes


def settings_behind(stages: Mapping[str, Stage], stage: Stage, settings: Settings) -> dict[str, dict[str, Any]]:
    """Return the settings of a stage and of all stages whose outputs reach it, by section of ``params.yaml``.

    Parameters
    ----------
    stages
        All stages by name.
    stage
        The stage that makes the page.
    settings
        All settings.

    Notes
    -----
    Those of the stage ``synthetic`` are left out: what matters to a page are the bytes of the export.
    """
    behind, waiting = {stage.name}, [stage]
    while waiting:
        read = set(waiting.pop().deps)
        for other in stages.values():
            made = {path for out in other.outs for path in (out, *map(Path.as_posix, Path(out).parents))}
            if other.name not in behind and made & read:
                behind.add(other.name)
                waiting.append(other)
    names = [name for name in type(settings).model_fields if name in behind and name != "synthetic"]
    return {name: settings_of(settings, name) for name in names}


def provenance(hashes: Mapping[str, str], settings: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return what the footer of a page says about its origin.

    Content only: no commit and no time of the clock, so that the same inputs give the same page.

    Parameters
    ----------
    hashes
        What :func:`hash_inputs` returned for what the page was made from.
    settings
        The settings on which the page depends, by section of ``params.yaml``.

    Returns
    -------
    list of tuple
        Label and the first sixteen hexadecimal digits of a SHA-256.
    """
    rows = [(path, digest[:SHOWN_DIGITS]) for path, digest in hashes.items()]
    for section, values in settings.items():
        canonical = json.dumps(dict(values), sort_keys=True, ensure_ascii=False)
        rows.append((f"params.yaml, {section}", hashlib.sha256(canonical.encode()).hexdigest()[:SHOWN_DIGITS]))
    return rows
