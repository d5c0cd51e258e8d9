"""Rebuild what is out of date: after whatever happened before, and beside no other build."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from ruamel.yaml import YAML

from analysis.pipeline.dvc_repro import INTERRUPTED
from analysis.pipeline.exclusive_use import LOCKS, alone
from analysis.pipeline.left_to_people import left_to_people
from analysis.pipeline.origin import reads_real_answers
from analysis.pipeline.outputs import remove_abandoned
from analysis.pipeline.project import SUMMARY
from analysis.pipeline.run_log import RUN_VARIABLE, fingerprint, new_run, read_log, summary
from analysis.pipeline.settings import FILE_NAME, load_settings
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

BUILDING = "a build of this project"
RECORD = "dvc.lock"
KEPT = "each output of a stage is as it was, or new and complete"
OF_THIS_EXPORT = (
    f"{RECORD}, {SUMMARY} and {FILE_NAME} now belong to this export: do not commit them to the public repository"
)
PROCESS_LOCKS = ".dvc/tmp/rwlock"
CACHE_VARIABLE = "DVC_SITE_CACHE_DIR"
CACHE = ".dvc/tmp/site"
"""DVC keeps hashes by path here and not in a folder of the machine: nothing outside the project changes."""


def build(root: Path, stages: Sequence[str] = (), *, check: Callable[[], None]) -> int:
    """Run every stage that is out of date, print what was done, and return the exit code.

    Parameters
    ----------
    root
        Root of the project.
    stages
        Names of the stages to rebuild with what they need; all when none is named.
    check
        What comes first, when no other build runs any more: it may remove pages that are out of date.
    """
    with alone(root / LOCKS / "build", BUILDING) as handle:
        check()
        remove_abandoned(root)
        for message in mend_records(root):
            print(message, flush=True)
        # DVC would let everyone write in this folder, and reads objects from it that can run code.
        (root / CACHE).mkdir(parents=True, exist_ok=True)
        (root / CACHE).chmod(0o700)
        run = new_run(root)
        environment = os.environ | {
            RUN_VARIABLE: run,
            CACHE_VARIABLE: str(root / CACHE),
            "DVC_NO_ANALYTICS": "1",
            # Only what stands in .dvc/config counts: nothing is in these folders.
            **dict.fromkeys(("DVC_GLOBAL_CONFIG_DIR", "DVC_SYSTEM_CONFIG_DIR"), str(root / ".dvc/tmp/none")),
            # The stages are run by the Python that runs this, whatever else is active.
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        }
        # The lock goes with DVC: when this process is killed, the next build waits until that one has ended too.
        command = [sys.executable, "-m", "analysis.pipeline.dvc_repro", *stages]
        code, interrupted = _wait(subprocess.Popen(command, cwd=root, env=environment, pass_fds=[handle]))
        interrupted = interrupted or code in (INTERRUPTED, -signal.SIGINT)
        entries = read_log(root, run)
        if entries or not (code or interrupted):
            print(f"\n{summary(entries)}")
        cleaned = any((entry["stage"], entry["outcome"]) == ("cleaning", "done") for entry in entries)
        if cleaned and (left := left_to_people(root)):
            print(left)
        for stage in forget_changed(root, entries):
            print(
                f"What stage {stage} uses was changed during the build; it runs again with the next: make report"
            )
    if interrupted:
        print(f"The build was interrupted; {KEPT}; to do: make report", file=sys.stderr)
        return INTERRUPTED
    if code:
        stopped = [entry["stage"] for entry in entries if entry["outcome"] != "done"]
        where = f" in stage {stopped[0]}" if stopped else ""
        print(
            f"The build stopped{where}; what it did not rebuild is as it was. "
            "To do: mend what the error names, then: make report",
            file=sys.stderr,
        )
        return 1
    if entries:
        print(f"The log: {root / 'logs' / run}.jsonl")
    print(_what_is_fresh(root, stages, ran=bool(entries)))
    if reads_real_answers(root):
        print(OF_THIS_EXPORT)
    return 0


def _what_is_fresh(root: Path, stages: Sequence[str], *, ran: bool) -> str:
    """Say what is known to be up to date: the index is only after a build of everything."""
    if stages:
        return f"Up to date: {', '.join(stages)}, and what that needs. The whole report: make report"
    report = f"The report: {root / 'reports/index.html'}"
    return report if ran else f"Everything is up to date.\n{report}"


def _wait(process: subprocess.Popen) -> tuple[int, bool]:
    """Wait until DVC has ended; return its exit code, and whether this process was interrupted meanwhile.

    Ctrl-C reaches DVC and the stage too, which first put away what they had begun. The code means nothing then:
    when another thread took the signal, Python loses it.
    """
    interrupted = False
    while True:
        try:
            return process.wait(), interrupted
        except KeyboardInterrupt:
            interrupted = True


def forget_changed(root: Path, entries: Iterable[Mapping]) -> list[str]:
    """Remove from the record each stage whose inputs or settings are no longer what it used; return their names.

    DVC looks at them after a stage has ended: what changed between would stand in ``dvc.lock`` beside the output
    of what was there before, and a stale result would look fresh.

    Parameters
    ----------
    root
        Root of the project.
    entries
        What :func:`analysis.pipeline.run_log.read_log` returned.
    """
    from dvc.utils.serialize import modify_yaml  # noqa: PLC0415 DVC is not needed to refuse a run

    used = {entry["stage"]: entry["used"] for entry in entries if entry["outcome"] == "done"}
    if not used:
        return []
    settings, stages = load_settings(root), read_stages(root, read_yaml(root / FILE_NAME))
    changed = [name for name, hashed in used.items() if hashed != fingerprint(root, stages[name], settings)]
    if changed and (root / RECORD).is_file():
        with modify_yaml(root / RECORD) as content:
            for name in changed:
                content["stages"].pop(name, None)
    return changed


def mend_records(root: Path) -> list[str]:
    """Remove what a killed DVC left half-written, and locks of processes that are gone; return what was done.

    DVC writes ``dvc.lock`` and its list of locks in place: when it is killed in the middle, half a file stays, and
    every later run would stop at it. Without ``dvc.lock`` all stages run again, which gives the same bytes.

    Parameters
    ----------
    root
        Root of the project.
    """
    done = []
    lock = root / RECORD
    if lock.is_file() and not _is_lock_file(lock):
        lock.unlink()
        done.append(f"{RECORD} was half-written and is removed; every stage runs again")
    processes = root / PROCESS_LOCKS
    if processes.is_file() and not any(_runs_dvc(number) for number in _owners(processes)):
        processes.unlink()
    return done


def _is_lock_file(path: Path) -> bool:
    """Tell whether DVC would take a record for one, and whether it says all of each file that it names."""
    from dvc.schema import COMPILED_LOCKFILE_SCHEMA  # noqa: PLC0415 DVC is not needed to refuse a run

    text = path.read_bytes()
    try:
        content = COMPILED_LOCKFILE_SCHEMA(YAML(typ="safe").load(text.decode()))
    except Exception:  # whatever a reader raises on half a file: a list ends in the middle, a hash is a number
        return False
    parts = (
        part
        for stage in content.get("stages", {}).values()
        for key in ("deps", "outs")
        for part in stage.get(key, ())
    )
    return text.endswith(b"\n") and all({"md5", "size"} <= part.keys() for part in parts)


def _owners(path: Path) -> set[int]:
    from dvc.rwlock import SCHEMA  # noqa: PLC0415 DVC is not needed to refuse a run

    text = path.read_bytes()
    try:
        content = SCHEMA(json.loads(text))
    except Exception:  # as above
        return set()
    owners = [*content["write"].values(), *chain.from_iterable(content["read"].values())]
    return {owner["pid"] for owner in owners}


def _runs_dvc(number: int) -> bool:
    """Tell whether a process is a DVC that runs; numbers of processes are used again."""
    try:
        return b"dvc" in Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return False
