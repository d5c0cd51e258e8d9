"""A clean build of the whole project in another folder, once for all tests that need one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def committed_files() -> list[Path]:
    """Return what git tracks or would track, as a clone would have it."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [Path(name) for name in names if name and (ROOT / name).is_file()]


def run_command(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a command of the project's environment in a folder."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        env={**os.environ, "PATH": path, **environment},
        check=False,
    )


def clean_build(folder: Path, **environment: str) -> Path:
    """Copy the project to a folder and build it there."""
    for name in committed_files():
        if name.name != "dvc.lock":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    assert run_command(folder, "git", "init", "--quiet").returncode == 0
    built = run_command(folder, "dvc", "repro", **environment)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="session")
def build(tmp_path_factory) -> Path:
    """Return a clean build, made under another time zone, locale and hash seed; do not write in it."""
    folder = tmp_path_factory.mktemp("elsewhere") / "a folder with spaces"
    folder.mkdir()
    return clean_build(folder, TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7", USER="someone")


@pytest.fixture(scope="session")
def committed() -> set[str]:
    """Return the paths that a clone has."""
    return {name.as_posix() for name in committed_files()}


@pytest.fixture(scope="session")
def run():
    """Return a function that runs a command of the project's environment in a folder."""
    return run_command


@pytest.fixture
def project(build, tmp_path, monkeypatch) -> Path:
    """Return a copy of a clean build that a test may damage; it is the working directory."""
    folder = tmp_path / "project"
    shutil.copytree(build, folder)
    monkeypatch.chdir(folder)
    return folder
