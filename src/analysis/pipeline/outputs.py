"""Put the outputs of a stage in place when all of them are ready, each file as a whole.

A kill in the middle of the moves leaves files of two runs side by side, but never half a file. DVC notes a stage
only when it ended well, so the next build then runs it again.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.exclusive_use import is_held

SCRATCH = ".scratch"


@contextmanager
def staged_outputs(root: Path, outs: Iterable[str]) -> Iterator[Path]:
    """Give a scratch folder to write in, and move what was written when all went well; pages come last.

    Parameters
    ----------
    root
        Root of the project; the scratch folder stands in it, so that a move is a rename.
    outs
        Every file that must be written, relative to the root.

    Yields
    ------
    Path
        The scratch folder, which takes the place of the root.

    Raises
    ------
    InputError
        When a declared output is missing, an undeclared one was written, or a folder stands in the place of a
        file or a file in that of a folder; nothing is moved then.
    PermissionError
        When a folder may not be written in; nothing is moved then.
    """
    outs = sorted(outs)
    remove_abandoned(root)
    with scratch_folder(root) as scratch:
        yield scratch
        written = sorted(path.relative_to(scratch).as_posix() for path in scratch.rglob("*") if path.is_file())
        if written != outs:
            missing, extra = sorted(set(outs) - set(written)), sorted(set(written) - set(outs))
            raise InputError(
                f"the stage did not write {missing} and wrote {extra} without declaring it",
                file="dvc.yaml",
                place="outs",
                expected=f"exactly {outs}",
                remedy="let the outs and the last cell of the notebook agree",
            )
        for path in outs:
            _refuse_place(root / path)
        # A page that stands there was made of tables that stand there too.
        for path in sorted(outs, key=lambda path: path.endswith(".html")):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / path).replace(root / path)


def _refuse_place(file: Path) -> None:
    """Refuse an output that could not be moved to its place: some of the others would be moved before it."""
    folder = next(parent for parent in file.parents if parent.exists())
    if file.is_dir() or not folder.is_dir():
        what, place = ("a folder", "a file") if file.is_dir() else ("a file", "a folder")
        raise InputError(
            f"{what} stands in the place of {place}",
            file=file if file.is_dir() else folder,
            expected="an output of an earlier run, or nothing",
            remedy="move it away, then: make report",
        )
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def remove_abandoned(root: Path) -> None:
    """Remove scratch folders of runs that were killed: they hold answers, and nobody will finish them.

    Parameters
    ----------
    root
        Root of the project.
    """
    for folder in (root / SCRATCH).glob("run-*"):
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:  # its run has just ended
            continue
        try:
            if not is_held(handle):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)


@contextmanager
def scratch_folder(root: Path) -> Iterator[Path]:
    """Make a folder that belongs to this process as long as it lives, and remove it afterwards.

    Parameters
    ----------
    root
        Root of the project.

    Yields
    ------
    Path
        The folder, which only this user may enter.
    """
    (root / SCRATCH).mkdir(exist_ok=True)
    while True:
        folder = tempfile.mkdtemp(dir=root / SCRATCH, prefix="run-")
        handle = os.open(folder, os.O_RDONLY)
        # Between its making and its locking another process may have taken the folder for abandoned.
        if not is_held(handle) and Path(folder).is_dir():
            break
        os.close(handle)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)
