"""A log of each run: per stage a line of JSON at its start and at its end, without any answer; and its summary."""

import csv
import datetime
import hashlib
import json
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import InputError, NotebookError
from analysis.pipeline.provenance import hash_used
from analysis.pipeline.settings import Settings
from analysis.pipeline.stages import Stage

FOLDER = "logs"
RUN_VARIABLE = "QUICKSCAN_RUN"
"""Name of the run that a stage belongs to; without it a stage is logged among those that were run separately."""
SEPARATELY = "separately"
STARTED = "started"
KEPT = 30
"""So many logs are kept; older ones are removed when a run begins."""
KIB_PER_MIB = 1024


def new_run(root: Path) -> str:
    """Return the name of a run that begins now, and remove the oldest logs.

    Parameters
    ----------
    root
        Root of the project.
    """
    logs = sorted((root / FOLDER).glob("[0-9]*.jsonl"))
    for path in logs[: max(0, len(logs) - KEPT + 1)]:
        path.unlink(missing_ok=True)
    return f"{datetime.datetime.now(datetime.UTC):%Y%m%dT%H%M%SZ}-{os.getpid()}"


@contextmanager
def logged(root: Path, stage: Stage, settings: Settings) -> Iterator[None]:
    """Write a line to the log when a stage starts, and one when it ends, unless it is killed.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage that is run.
    settings
        The settings that it uses.
    """
    used = fingerprint(root, stage, settings)
    started = datetime.datetime.now(datetime.UTC)
    clock = time.perf_counter()
    outcome = "interrupted"

    def write(outcome: str) -> None:
        entry = {
            "stage": stage.name,
            "outcome": outcome,
            "started": started.isoformat(timespec="seconds"),
            "seconds": round(time.perf_counter() - clock, 2),
            "peak_memory_mib": _peak_memory(),
            "used": used,
            "rows_in": count_rows(root, stage.deps),
            "rows_out": count_rows(root, stage.outs) if outcome == "done" else {},
        }
        _append(root, json.dumps(entry) + "\n")

    write(STARTED)
    try:
        yield
        outcome = "done"
    except (InputError, NotebookError, OSError):
        outcome = "refused"
        raise
    except Exception as error:
        outcome = type(error).__name__
        raise
    finally:
        write(outcome)


def fingerprint(root: Path, stage: Stage, settings: Settings) -> str:
    """Return one hash of all that decides what a stage writes.

    Parameters
    ----------
    root, stage, settings
        As for :func:`analysis.pipeline.provenance.hash_used`.
    """
    return hashlib.sha256(json.dumps(hash_used(root, stage, settings), sort_keys=True).encode()).hexdigest()


def count_rows(root: Path, paths: Iterable[str]) -> dict[str, int]:
    """Return the number of rows below the header of each CSV file among paths.

    Parameters
    ----------
    root
        Root of the project.
    paths
        Files and folders from the root; what is no CSV file is left out.
    """
    files: list[Path] = []
    for path in paths:
        files += sorted((root / path).rglob("*.csv")) if (root / path).is_dir() else [root / path]
    return {
        path.relative_to(root).as_posix(): _rows(path)
        for path in files
        if path.suffix == ".csv" and path.is_file()
    }


def read_log(root: Path, run: str) -> list[dict]:
    """Return what the log says of each stage of a run; a line that was cut off by a crash is left out.

    Parameters
    ----------
    root
        Root of the project.
    run
        Name of the run.

    Returns
    -------
    list of dict
        One per stage, in the order in which they started; the outcome of one that was killed stays ``started``.
    """
    path = root / FOLDER / f"{run}.jsonl"
    if not path.is_file():
        return []
    entries = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        entries[entry["stage"]] = entry
    return list(entries.values())


def summary(entries: list[dict]) -> str:
    """Return a table of the stages that ran: seconds, memory, rows read and written.

    Parameters
    ----------
    entries
        What :func:`read_log` returned.

    Examples
    --------
    >>> print(summary([]))
    No stage was out of date.
    """
    if not entries:
        return "No stage was out of date."
    lines = [f"{'stage':<22}{'outcome':<12}{'seconds':>8}{'MiB':>7}{'rows in':>9}{'rows out':>10}"]
    for entry in entries:
        outcome = "unfinished" if entry["outcome"] == STARTED else entry["outcome"]
        rows_in, rows_out = sum(entry["rows_in"].values()), sum(entry["rows_out"].values())
        lines.append(
            f"{entry['stage']:<22}{outcome:<12}{entry['seconds']:>8.1f}{entry['peak_memory_mib']:>7}"
            f"{rows_in:>9}{rows_out:>10}"
        )
    seconds = sum(entry["seconds"] for entry in entries)
    return "\n".join([*lines, f"{len(entries)} stages, {seconds:.0f} seconds"])


def _rows(path: Path) -> int:
    # Any bytes are text in Latin-1, and only separators, quotation marks and line ends matter here.
    with path.open(encoding="latin-1", newline="") as stream:
        header = stream.readline()
        stream.seek(0)
        csv.field_size_limit(sys.maxsize)
        reader = csv.reader(stream, delimiter=max(",;\t|", key=header.count))
        return max(0, sum(1 for row in reader if row) - 1)


def _peak_memory() -> int:
    used = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return used // KIB_PER_MIB


def _append(root: Path, line: str) -> None:
    """Add a line in one write, so that two stages at once do not mix; a full disk stops no stage."""
    path = root / FOLDER / f"{os.environ.get(RUN_VARIABLE, SEPARATELY)}.jsonl"
    try:
        path.parent.mkdir(exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            os.write(handle, line.encode())
        finally:
            os.close(handle)
    except OSError as error:
        print(f"the log could not be written: {error.strerror}", file=sys.stderr)
