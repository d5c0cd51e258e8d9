"""What removes pages happens only while no other build runs; what a kill left half-written is removed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from dvc.repo import Repo

from analysis.errors import InputError
from analysis.pipeline import build as build_module
from analysis.pipeline import command_line
from analysis.pipeline.build import CACHE, build, forget_changed, mend_records
from analysis.pipeline.exclusive_use import LOCKS, is_held
from analysis.pipeline.run_log import fingerprint
from analysis.pipeline.settings import load_settings
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[3]
BUILD = """
import sys
from pathlib import Path
from analysis.pipeline.build import build
sys.exit(build(Path.cwd(), check=lambda: None))
"""
SLOW = """
import sys, time
from pathlib import Path
try:
    Path("started").touch()
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(1.5)
    Path("ended").touch()
    sys.exit(130)
"""


def looks_at(root, seen):
    def check(*_):
        handle = os.open(root / LOCKS / "build", os.O_RDWR)
        seen.append(is_held(handle))
        os.close(handle)
        raise InputError("this is as far as it goes", file="params.yaml")

    return check


def test_a_build_checks_while_it_holds_the_lock_and_then_lets_go(tmp_path):
    seen = []
    for _ in range(2):
        with pytest.raises(InputError, match="as far as it goes"):
            build(tmp_path, check=looks_at(tmp_path, seen))
    assert seen == [True, True]
    handle = os.open(tmp_path / LOCKS / "build", os.O_RDWR)
    assert not is_held(handle)
    os.close(handle)


@pytest.mark.parametrize("command", ["build", "check"])
def test_both_commands_that_check_take_the_lock_of_a_build(tmp_path, monkeypatch, command):
    seen = []
    monkeypatch.setattr(command_line, "project_root", lambda: tmp_path)
    monkeypatch.setattr(command_line, "_check", looks_at(tmp_path, seen))
    assert command_line.main([command]) == 1
    assert seen == [True]


def test_an_interrupted_build_waits_until_its_stage_has_ended(repository):
    (repository / "slow.py").write_text(SLOW, encoding="utf-8")
    (repository / "dvc.yaml").write_text(
        f"stages: {{slow: {{cmd: {sys.executable} slow.py}}}}\n", encoding="utf-8"
    )
    started = [sys.executable, "-c", BUILD]
    running = subprocess.Popen(
        started, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while not (repository / "started").exists():
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    printed = running.communicate()[0]
    assert (repository / "ended").exists(), printed
    assert running.returncode == 130
    assert "The build was interrupted; each output of a stage is as it was, or new and complete" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["audit", "claims.csv", "--to", "verdicts.csv"], "may be missing or incomplete; to do: run it again"),
        (["coding", "import", "codes.xlsx"], "may be missing or incomplete; to do: run it again"),
        (["estimates"], "each output of a stage is as it was, or new and complete; to do: make report"),
    ],
)
def test_what_is_said_of_an_interrupted_command_is_true(repository, monkeypatch, capsys, arguments, told):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "as_stage", interrupt)
    assert command_line.main(arguments) == 130
    assert told in capsys.readouterr().err


@pytest.mark.parametrize("end", ["sys.exit(130)", "os.kill(os.getpid(), signal.SIGINT)"])
def test_an_interruption_that_reached_only_the_stage_is_told_in_one_line(repository, capfd, end):
    (repository / "stage.py").write_text(
        f"import os, signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_DFL)\n{end}\n", encoding="utf-8"
    )
    (repository / "dvc.yaml").write_text(
        f"stages: {{stopped: {{cmd: {sys.executable} stage.py}}}}\n", encoding="utf-8"
    )
    assert build(repository, check=lambda: None) == 130
    printed = capfd.readouterr()
    assert printed.err.splitlines() == [
        "The build was interrupted; each output of a stage is as it was, or new and complete; to do: make report"
    ]
    assert "ERROR" not in printed.out


def test_a_stage_of_a_build_leaves_it_to_the_build_to_say_that_it_was_interrupted(repository, monkeypatch, capsys):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setenv("QUICKSCAN_RUN", "20260101T000000Z-1")
    monkeypatch.setattr(command_line, "as_stage", interrupt)
    assert command_line.main(["estimates"]) == 130
    assert capsys.readouterr().err == ""


@pytest.fixture
def invented(monkeypatch):
    """Let the answers count as invented."""
    monkeypatch.setattr(build_module, "reads_real_answers", lambda _: False)


@pytest.mark.usefixtures("invented")
def test_a_build_of_everything_names_the_index(repository, capfd):
    assert build(repository, check=lambda: None) == 0
    told = capfd.readouterr().out
    assert "Everything is up to date.\n" in told
    assert told.endswith(f"The report: {repository}/reports/index.html\n")


@pytest.mark.usefixtures("invented")
def test_a_build_of_some_stages_names_them_and_neither_the_index_nor_everything(repository, capfd):
    assert build(repository, ["copying"], check=lambda: None) == 0
    told = capfd.readouterr().out
    assert "Up to date: copying, and what that needs." in told
    assert "Everything" not in told
    assert "index.html" not in told


@pytest.mark.parametrize(("real", "told"), [(True, True), (False, False)])
def test_after_a_build_on_real_answers_it_is_said_what_may_not_be_committed(
    repository, monkeypatch, capfd, real, told
):
    monkeypatch.setattr(build_module, "reads_real_answers", lambda _: real)
    assert build(repository, check=lambda: None) == 0
    last = capfd.readouterr().out.splitlines()[-1]
    line = "dvc.lock, reports/summary.json and params.yaml now belong to this export: do not commit them"
    assert last.startswith(line) == told


def test_a_build_that_fails_before_any_stage_does_not_say_that_all_is_up_to_date(repository, capfd):
    (repository / "dvc.yaml").write_text("stages: {copying: {cmd: }}\n", encoding="utf-8")
    assert build(repository, check=lambda: None) == 1
    printed = capfd.readouterr()
    assert "out of date" not in printed.out
    assert "The build stopped" in printed.err


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """Return a folder in which DVC has run one stage."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".dvc").mkdir()
    (tmp_path / ".dvc/config").write_text("[core]\n    no_scm = true\n", encoding="utf-8")
    (tmp_path / "params.yaml").write_text("copying:\n  seed: 2025\n", encoding="utf-8")
    (tmp_path / "from").mkdir()
    (tmp_path / "from/a.csv").write_text("a\n", encoding="utf-8")
    stage = "{cmd: cp from/a.csv to.csv, deps: [from], params: [copying], outs: [to.csv: {cache: false}]}"
    (tmp_path / "dvc.yaml").write_text(f"stages: {{copying: {stage}}}\n", encoding="utf-8")
    with Repo() as repo:
        repo.reproduce()
    return tmp_path


def test_a_record_that_was_cut_off_anywhere_is_one_that_dvc_reads_or_is_removed(repository):
    lock = repository / "dvc.lock"
    content = lock.read_bytes()
    removed = 0
    for at in range(len(content)):
        lock.write_bytes(content[:at])
        removed += bool(mend_records(repository))
        with Repo() as repo:
            assert repo.status(), f"cut at {at}"
    assert removed > len(content) / 2
    lock.write_bytes(content)
    assert mend_records(repository) == []


def test_a_list_of_locks_that_was_cut_off_anywhere_is_removed(tmp_path):
    locks = tmp_path / ".dvc/tmp/rwlock"
    locks.parent.mkdir(parents=True)
    owner = {"pid": os.getpid(), "cmd": "dvc repro"}
    content = json.dumps({"write": {"to.csv": owner}, "read": {"from": [owner]}}).encode()
    for half in [content[:at] for at in range(len(content))] + [b"[]", b'{"read": {"a": [{"pid": Infinity}]}}']:
        locks.write_bytes(half)
        mend_records(tmp_path)
        assert not locks.exists(), half


def test_a_stage_whose_inputs_or_settings_changed_after_it_ran_is_taken_out_of_the_record(tmp_path):
    for name in ("dvc.yaml", "dvc.lock", "params.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "uv.lock").write_text("as it was", encoding="utf-8")
    settings, stages = load_settings(tmp_path), read_stages(tmp_path, read_yaml(tmp_path / "params.yaml"))
    entries = [
        {"stage": name, "outcome": "done", "used": fingerprint(tmp_path, stages[name], settings)}
        for name in ("coding", "estimates", "status")
    ]
    before = (tmp_path / "dvc.lock").read_bytes()
    assert forget_changed(tmp_path, entries) == []
    assert (tmp_path / "dvc.lock").read_bytes() == before
    text = (tmp_path / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(text.replace("largest_remainder", "half_up"), encoding="utf-8")
    assert forget_changed(tmp_path, entries) == ["coding", "estimates"]
    assert set(stages) - set(read_yaml(tmp_path / "dvc.lock")["stages"]) == {"coding", "estimates"}
    (tmp_path / "uv.lock").write_text("edited", encoding="utf-8")
    assert forget_changed(tmp_path, entries) == ["coding", "estimates", "status"]


def test_nobody_else_can_write_where_dvc_reads_objects(repository):
    (repository / "dvc.yaml").write_text("stages: {stopped: {cmd: exit 1}}\n", encoding="utf-8")
    assert build(repository, check=lambda: None) == 1
    assert (repository / CACHE).stat().st_mode & 0o777 == 0o700
