"""Say by content from what a page was made."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import nbformat

from analysis.pipeline.stages import Stage

IGNORED = {"__pycache__", ".ipynb_checkpoints"}


def content_hash(path: Path) -> str:
    """Return the SHA-256 of a file, or of the names and contents of a folder.

    Of a notebook only the cells count, not their outputs: running it by hand changes nothing.

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
    elif path.suffix == ".ipynb":
        cells = nbformat.read(path, as_version=4).cells
        kept = [(cell.cell_type, cell.source, sorted(cell.metadata.get("tags", []))) for cell in cells]
        digest.update(json.dumps(kept, ensure_ascii=False).encode())
    else:
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


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


def provenance(stage: Stage, hashes: Mapping[str, str], settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what the footer of a page says about its origin.

    Content only: no commit and no time of the clock, so that the same inputs give the same page.

    Parameters
    ----------
    stage
        The stage that makes the page.
    hashes
        What :func:`hash_inputs` returned for its dependencies.
    settings
        Its section of ``params.yaml``; empty for a stage without settings.

    Returns
    -------
    list of tuple
        Label and the first sixteen hexadecimal digits of a SHA-256.
    """
    rows = [(path, digest[:16]) for path, digest in hashes.items()]
    if settings:
        canonical = json.dumps(dict(settings), sort_keys=True, ensure_ascii=False)
        rows.append((f"params.yaml, {stage.name}", hashlib.sha256(canonical.encode()).hexdigest()[:16]))
    return rows
