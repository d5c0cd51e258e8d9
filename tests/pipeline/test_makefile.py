"""The targets of make that set up and clean, with what they call taken over."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis.pipeline.exclusive_use import LOCKS, alone

ROOT = Path(__file__).parents[2]
NO_MAKE = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
"""The suite itself is run by make, which tells those below it what to print."""
NOTED = """#!/bin/sh
echo "$@" >> called.txt
"""


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the Makefile, in which `python3` and `uv` only write down what they are called with."""
    for name in ("Makefile", "uv.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("python3", "uv"):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(NOTED, encoding="utf-8")
        path.chmod(0o755)
    return tmp_path


def make(folder, target):
    """Make a target, and return what was called."""
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    environment = NO_MAKE | {"PATH": path}
    done = subprocess.run(
        ["make", f"PYTHON={folder}/bin/python3", target],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return (folder / "called.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("without_pip", "made_again"), [(True, True), (False, False)])
def test_an_environment_that_was_half_made_is_made_again(folder, without_pip, made_again):
    options = ["--without-pip"] if without_pip else ["--symlinks"]
    subprocess.run([sys.executable, "-m", "venv", *options, ".venv"], cwd=folder, check=True)
    assert ("-m venv --clear .venv" in make(folder, "setup")) == made_again


def test_git_takes_no_notebook_that_it_cannot_strip(folder):
    def git(*arguments):
        return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)

    assert git("init", "--quiet").returncode == 0
    shutil.copy(ROOT / ".gitattributes", folder / ".gitattributes")
    (folder / "a.ipynb").write_text("{}", encoding="utf-8")
    subprocess.run([sys.executable, "-m", "venv", ".venv"], cwd=folder, check=True)
    make(folder, "setup")
    strip = folder / ".venv/bin/nbstripout"
    assert git("add", "a.ipynb").returncode != 0
    assert git("ls-files").stdout == ""
    strip.write_text("#!/bin/sh\nsed s/{/{stripped/\n", encoding="utf-8")
    strip.chmod(0o755)
    assert git("add", "a.ipynb").returncode == 0
    assert git("show", ":a.ipynb").stdout == "{stripped}"
    (folder / "a.ipynb").unlink()
    assert git("checkout", "--", "a.ipynb").returncode == 0


def test_clean_waits_for_a_build_and_leaves_its_lock(folder):
    (folder / "data/processed").mkdir(parents=True)
    (folder / "reports").mkdir()
    (folder / ".gitignore").write_text("*.csv\n", encoding="utf-8")
    assert subprocess.run(["git", "init", "--quiet"], cwd=folder, check=False).returncode == 0
    made = [folder / name for name in ("data/processed/a.csv", ".scratch/run-1/a.csv", ".dvc/tmp/rwlock")]
    for path in made:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with alone(folder / LOCKS / "build", "a build"):
        lock = (folder / LOCKS / "build").stat().st_ino
        cleaning = subprocess.Popen(
            ["make", f"PYTHON={sys.executable}", "clean"],
            cwd=folder,
            env=NO_MAKE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert cleaning.stdout.readline() == "waiting: a build of this project runs\n"
        time.sleep(0.3)
        assert all(path.exists() for path in made)
    assert cleaning.wait() == 0
    cleaning.stdout.close()
    assert not any(path.exists() for path in made)
    assert (folder / LOCKS / "build").stat().st_ino == lock
    with alone(folder / LOCKS / "build", "a build"):
        assert not (folder / "logs").exists()
