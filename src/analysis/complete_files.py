"""Write files that appear with their whole content or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def complete_files(folder: Path, *, new: bool = False) -> Iterator[Path]:
    """Give a folder to write in, and give its files their place when all of them are on the disk.

    A kill leaves at most the hidden folder with what was written until then; only its owner can read it.

    Parameters
    ----------
    folder
        Folder in which the files must stand; it exists.
    new
        Whether a file that is there already stays, and is an error.

    Yields
    ------
    Path
        The folder to write in, within the other one, so that no file crosses to another disk.

    Raises
    ------
    FileExistsError
        When a file must be new and is not; the one that is there is left as it was.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".unfinished-") as scratch:
        yield Path(scratch)
        # A passport describes files that are there, so it comes last.
        written = sorted(Path(scratch).iterdir(), key=lambda path: (path.suffix == ".yml", path.name))
        for path in written:
            _store(path)
        for path in written:
            if new:
                _link(path, folder / path.name)
            else:
                path.replace(folder / path.name)


def _store(path: Path) -> None:
    """Wait until a file is on the disk: after a power cut its name could otherwise stand for half of it."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def _link(path: Path, place: Path) -> None:
    try:
        place.hardlink_to(path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links, such as a memory stick
        if place.exists():
            raise FileExistsError(place) from None
        path.rename(place)
