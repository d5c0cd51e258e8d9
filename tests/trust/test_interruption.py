"""After a kill, a full disk, a forbidden folder or a second build at once, the next build gives the same bytes."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from dvc.repo import Repo

from analysis.pipeline.build import mend_records

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("QUICKSCAN_TRUST") == "full"
KILLS = 24 if FULL else 2
BUILD = [sys.executable, "-m", "analysis", "build"]
STAGE = [sys.executable, "-m", "analysis", "estimates"]
ONE = BUILD if FULL else STAGE
"""What most tests run: the suite runs the one stage that has something to do, and not DVC around it."""
SETTLED = 30
"""Seconds in which what a killed build left running must have ended by itself."""
STALE = ("data/processed/estimates.csv", "data/processed/differences.csv")
PAGE = "reports/04_status.html"
"""Made by a stage with a notebook, and so with a kernel that can be killed."""
CRASHES: list[int] = []
NO_OVERRIDE = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


def outputs(folder):
    """Return the bytes of all that stages make, by path."""
    paths = [
        *folder.glob("data/processed/**/*"),
        *folder.glob("reports/**/*"),
        *folder.glob("data/raw/synthetic*"),
    ]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def make_stale(folder, *, everything, stale=STALE):
    """Remove outputs, so that a build has something to do: all of them, or those of one quick stage."""
    if everything:
        shutil.rmtree(folder / "data/processed")
        shutil.rmtree(folder / "reports")
        (folder / "dvc.lock").unlink()
        for path in folder.glob("data/raw/synthetic*"):
            path.unlink()
        for name in ("data/processed", "reports"):
            (folder / name).mkdir()
            shutil.copy2(ROOT / name / "README.md", folder / name / "README.md")
    else:
        for name in stale:
            (folder / name).unlink(missing_ok=True)


def start(folder, *command, **environment):
    return subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def processes(folder):
    """Return numbers and command lines of what runs in a folder."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink().is_relative_to(folder):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
    return found


def kill(build, folder, who):
    """Kill the whole build at once, or one of its processes: DVC, the stage that runs, the kernel.

    Return whether there was something to kill.
    """
    wanted = {
        "dvc": "pipeline.dvc_repro",
        "stage": "-m analysis ",
        "kernel": "ipykernel",
        "build": "analysis build",
    }
    killed = 0
    if who == "everything":
        os.killpg(build.pid, signal.SIGKILL)
        killed = 1
    else:
        for number, command in processes(folder).items():
            if wanted[who] in command and ("analysis build" in command) == (who == "build"):
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
                    killed += 1
    return killed > 0


def end(build):
    """Wait for what a kill left running; a build that notices nothing may go on for long, and is ended."""
    try:
        build.communicate(timeout=SETTLED)
    except subprocess.TimeoutExpired:
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()


def nothing_runs(folder):
    end = time.monotonic() + SETTLED
    while time.monotonic() < end:
        if not processes(folder):
            return True
        time.sleep(0.2)
    return False


def complete(folder, command=BUILD):
    """Build without disturbance; return what was printed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def built(build, tmp_path):
    """Return a copy of a good build, and the bytes of its outputs."""
    folder = tmp_path / "project"
    shutil.copytree(build, folder)
    return folder, outputs(folder)


def older(folder):
    """Turn a build into one of before: with other titles, which stand on every page."""
    contents = folder / "notebooks/contents.yaml"
    now = contents.read_text(encoding="utf-8")
    contents.write_text(now.replace("title: ", "title: Eerder "), encoding="utf-8")
    complete(folder)
    contents.write_text(now, encoding="utf-8")


def test_a_build_that_is_killed_again_and_again_ends_with_the_same_bytes(built, figure):
    folder, good = built
    if FULL:
        older(folder)
    before = outputs(folder)
    assert (before != good) == FULL
    make_stale(folder, everything=False, stale=(*STALE, PAGE))
    chance = random.Random(11)
    killed = []
    for _ in range(6 * KILLS):
        build = start(folder, *BUILD)
        try:
            build.communicate(timeout=chance.uniform(0.5, 25 if FULL else 12))
        except subprocess.TimeoutExpired:
            who = chance.choice(["everything", "everything", "dvc", "stage", "kernel", "build"])
            if kill(build, folder, who):
                killed.append(who)
            end(build)
            assert nothing_runs(folder), processes(folder)
            for path, content in outputs(folder).items():
                assert content in (good.get(path), before.get(path)), f"{path} is half-written"
        else:
            make_stale(folder, everything=FULL, stale=(*STALE, PAGE))
        if len(killed) == KILLS:
            break
    assert len(killed) == KILLS
    complete(folder)
    assert outputs(folder) == good
    assert list((folder / ".scratch").iterdir()) == []
    figure("kills_at_random", len(killed))


@pytest.mark.parametrize("stage", ["estimates", ""] if FULL else ["estimates"], ids=lambda name: name or "dvc")
def test_a_crash_before_any_write_leaves_no_half_file(built, stage, figure):
    folder, good = built
    crashes = 0
    for at in range(1, 40) if FULL else (3, 6):
        make_stale(folder, everything=False)
        environment = {
            **({} if FULL else {"DVC_STAGE": stage}),
            "PYTHONPATH": str(ROOT / "tests/trust/crash"),
            "QUICKSCAN_CRASH_AT": str(at),
            "QUICKSCAN_CRASH_STAGE": stage,
            "QUICKSCAN_CRASH_ROOT": str(folder),
        }
        build = start(folder, *ONE, **environment)
        build.communicate()
        if build.returncode == 0:
            break
        crashes += 1
        assert nothing_runs(folder)
        assert {path: content for path, content in outputs(folder).items() if good.get(path) != content} == {}
        complete(folder, ONE)
        assert outputs(folder) == good
    assert crashes
    CRASHES.append(crashes)
    figure("kills_before_a_write", sum(CRASHES))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.999])
def test_a_half_written_record_is_mended(built, share):
    folder, _ = built
    lock, processes_of_dvc = folder / "dvc.lock", folder / ".dvc/tmp/rwlock"
    assert mend_records(folder) == [], "a good record stays"
    content = lock.read_bytes()
    lock.write_bytes(content[: int(len(content) * share)])
    processes_of_dvc.write_bytes(b'{"read": {"x": [{"pi')
    mend_records(folder)
    assert not processes_of_dvc.exists()
    assert Repo(str(folder)).status(), "what is left can be read, and some stages run again"


def test_a_lock_of_a_process_that_is_gone_is_removed(built):
    path = built[0] / ".dvc/tmp/rwlock"
    for number, stays in ((2**22 + 1, False), (os.getpid(), False)):
        path.write_text(json.dumps({"read": {}, "write": {"a": {"pid": number, "cmd": "dvc repro"}}}))
        mend_records(built[0])
        assert path.exists() == stays


def test_two_at_once_wait_for_each_other(built):
    folder, good = built
    make_stale(folder, everything=False)
    first = start(folder, *ONE)
    while not list((folder / ".dvc/tmp/locks").glob("build" if FULL else "estimates")):
        time.sleep(0.05)
    second = start(folder, *ONE)
    printed = [build.communicate()[0] for build in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], printed
    assert any("is busy with" in text for text in printed)
    assert outputs(folder) == good


def test_a_full_disk_stops_the_build_and_spoils_nothing(built, tmp_path):
    folder, good = built
    make_stale(folder, everything=False)
    kept = outputs(folder)
    script = """
        set -e
        mount -t tmpfs -o size=400m tmpfs "$1"; cp -a "$2" "$1/project"; cd "$1/project"
        used=$(du -sk "$1" | cut -f1); mount -o remount,size=$((used + $4))k "$1"
        if "$3" -m analysis $6 > "$5/full.txt" 2>&1; then echo built; exit 1; fi
        cp -a "$1/project" "$5/after"
        mount -o remount,size=400m "$1"; "$3" -m analysis $6; cp -a "$1/project" "$5/mended"
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    room = "150"
    arguments = [str(disk), str(folder), sys.executable, room, str(tmp_path), ONE[-1]]
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "Operation not permitted" in done.stderr or "permission denied" in done.stderr:
        pytest.skip("this system lets nobody mount a small disk")
    assert done.returncode == 0, done.stdout + done.stderr
    # The second is what DVC says when it is the first to find no room.
    printed = (tmp_path / "full.txt").read_text(encoding="utf-8")
    assert "No space left on device" in printed or "disk is full" in printed
    after = outputs(tmp_path / "after")
    assert {path for path, content in after.items() if good.get(path) != content} == set()
    assert set(kept) <= set(after)
    assert outputs(tmp_path / "mended") == good


def test_a_folder_in_which_nothing_may_be_written_stays_as_it_is(built):
    folder, _ = built
    make_stale(folder, everything=False)
    before = outputs(folder)
    locked = [folder, *(path for path in folder.rglob("*") if path.is_dir() and ".git" not in path.parts)]
    prefix = NO_OVERRIDE if os.geteuid() == 0 else []
    try:
        for path in locked:
            path.chmod(0o555)
        build = start(folder, *prefix, *ONE)
        printed = build.communicate()[0]
    finally:
        for path in locked:
            path.chmod(0o755)
    assert build.returncode == 1, printed
    assert "Permission denied" in printed
    assert "Traceback" not in printed
    assert outputs(folder) == before
    complete(folder, ONE)
