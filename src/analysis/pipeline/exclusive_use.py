"""One process at a time: locks that the system releases when their owner dies, however it dies."""

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCKS = ".dvc/tmp/locks"
"""Folder of the locks, from the root of the project."""


@contextmanager
def alone(path: Path, what: str) -> Iterator[int]:
    """Hold a lock; wait for it, and say so, while another process has it.

    Parameters
    ----------
    path
        File that carries the lock; it stays, and holds the number of the process that has the lock.
    what
        What only one process may do at a time, for the message.

    Yields
    ------
    int
        Handle of the file; a child process that inherits it holds the lock as long as it lives.
    """
    handle = _locked(path, what)
    while not _is_file(handle, path):  # who waited got the lock of a file that was removed meanwhile
        os.close(handle)
        handle = _locked(path, what)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield handle
    finally:
        os.close(handle)


def _locked(path: Path, what: str) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if is_held(handle):
            owner = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            print(f"waiting: process {owner} is busy with {what}", file=sys.stderr, flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _is_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def is_held(handle: int) -> bool:
    """Tell whether another process holds a lock on a file or folder; if not, this handle holds it now.

    Parameters
    ----------
    handle
        Handle of the file or folder.
    """
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False
