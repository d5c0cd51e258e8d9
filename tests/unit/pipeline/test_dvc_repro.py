"""DVC rebuilds as ever, and what it advises is not printed."""

import sqlite3
import subprocess
import sys

import pytest
from dvc.repo import Repo

from analysis.pipeline.dvc_repro import reproduce

STAGE = "cmd: '{command}', deps: [from.csv], outs: [to.csv: {{cache: false}}]"


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return a function that makes a project with one stage, as git and DVC know it."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    (tmp_path / ".dvc").mkdir()
    (tmp_path / ".dvc/config").write_text("", encoding="utf-8")
    (tmp_path / "from.csv").write_text("a\n", encoding="utf-8")

    def make(command):
        stage = STAGE.format(command=command)
        (tmp_path / "dvc.yaml").write_text(f"stages: {{copying: {{{stage}}}}}\n", encoding="utf-8")
        return tmp_path

    return make


def rebuild(*stages):
    """Return the exit code of a process that rebuilds, and all that it printed."""
    command = [sys.executable, "-W", "ignore", "-m", "analysis.pipeline.dvc_repro", *stages]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout


def test_a_stage_is_run_and_recorded_without_advice(project):
    folder = project("cp from.csv to.csv")
    code, printed = rebuild()
    assert code == 0, printed
    assert (folder / "to.csv").read_text(encoding="utf-8") == "a\n"
    assert "copying" in (folder / "dvc.lock").read_text(encoding="utf-8")
    assert "Running stage 'copying'" in printed
    for advice in ("git add", "autostage", "dvc push"):
        assert advice not in printed


def test_a_stage_that_fails_is_named(project):
    project("exit 3")
    code, printed = rebuild("copying")
    assert code == 1
    assert "ERROR: failed to reproduce 'copying'" in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("end", ["exit 130", "kill -INT $$"])
def test_a_stage_that_was_interrupted_is_no_failure(project, end):
    project(end)
    code, printed = rebuild("copying")
    assert code == 130
    assert "ERROR" not in printed


def test_an_interruption_between_two_stages_is_no_failure(project, monkeypatch, capfd):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    project("true")
    monkeypatch.setattr(Repo, "reproduce", interrupt)
    assert reproduce([]) == 130
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_full_disk_in_the_database_of_dvc_is_told_in_one_line(project, monkeypatch, capfd):
    def fail(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    project("true")
    monkeypatch.setattr(Repo, "reproduce", fail)
    assert reproduce([]) == 1
    assert "Traceback" not in "".join(capfd.readouterr())
