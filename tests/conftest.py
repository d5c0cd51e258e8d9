"""A clean build of the whole project in another folder, once for all tests that need one."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.pipeline.exclusive_use import alone

ROOT = Path(__file__).parents[1]
NAMESPACE = ["unshare", "--map-root-user", "--net"]


OF_A_USER = {
    ".config/matplotlib/matplotlibrc": "font.weight: bold\nlines.linewidth: 9\nsavefig.bbox: tight\n",
    ".config/dvc/config": "[core]\n    autostage = perhaps\n",
    ".ipython/profile_default/ipython_kernel_config.py": "c.InteractiveShell.ast_node_interactivity = 'all'\n",
    ".ipython/profile_default/startup/first.py": "import os\nos._exit(3)\n",
    "startup.py": "import os\nos._exit(3)\n",
    "jupyter/kernels/python3/kernel.json": '{"argv": ["false"], "display_name": "mine", "language": "python"}\n',
    "jupyter/nbconvert/templates/quickscan/document.html.j2": "mine\n",
}
"""What a user can set for matplotlib, DVC, IPython, Python and Jupyter, by path in the home folder."""


def pytest_collection_modifyitems(items):
    """Begin with what makes the clean build, and end with what needs it: then it is there, and nobody waits."""
    needing = {item.path for item in items if "build" in getattr(item, "fixturenames", ())}
    first = ["test_identical.py", *["test_interruption.py"] * (os.environ.get("QUICKSCAN_TRUST") == "full")]
    items.sort(key=lambda item: (item.path.name not in first, item.path in needing))


def _without_network() -> list[str]:
    """Return a prefix that runs a command in a namespace without a network, where that is allowed."""
    try:
        tried = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return NAMESPACE if tried.returncode == 0 else []


WITHOUT_NETWORK = _without_network()


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


def copy_project(folder: Path) -> Path:
    """Copy what is committed to a folder, as a clone would have it, without the record of a build."""
    for name in committed_files():
        if name.name != "dvc.lock":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    assert run_command(folder, "git", "init", "--quiet").returncode == 0
    return folder


def clean_build(folder: Path, *prefix: str, **environment: str) -> Path:
    """Build a copy of the project in a folder, without a network where the system can do that."""
    copy_project(folder)
    command = "umask 077; exec python -m analysis build"
    built = run_command(folder, *WITHOUT_NETWORK, *prefix, "sh", "-c", command, **environment)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def other_machine(home: Path) -> dict[str, str]:
    """Return an environment in which all that is no input differs: place, time, language, names, hash seed.

    What a user can set for the tools of a build is set too, to what would change its outputs or stop it.
    """
    for name, text in OF_A_USER.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    names = dict.fromkeys(("USER", "LOGNAME", "USERNAME"), "someone")
    elsewhere = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7"} | turkish(home / "locales")
    places = {"HOME": home, "TMPDIR": home, "XDG_CACHE_HOME": home / "cache", "XDG_CONFIG_HOME": home / ".config"}
    places |= {"PYTHONSTARTUP": home / "startup.py", "JUPYTER_PATH": home / "jupyter"}
    return {**names, **elsewhere, **{name: str(path) for name, path in places.items()}}


def turkish(folder: Path) -> dict[str, str]:
    """Return a locale with a decimal comma and other capitals, made in a folder; plain C if that fails."""
    folder.mkdir()
    command = ["localedef", "--inputfile=tr_TR", "--charmap=UTF-8", str(folder / "tr_TR.UTF-8")]
    try:
        made = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        made = False
    return {"LC_ALL": "tr_TR.UTF-8", "LOCPATH": str(folder)} if made else {"LC_ALL": "C"}


def traced(trace: Path, root: Path) -> dict[str, str]:
    """Return an environment in which every process of a build writes down what it opens."""
    hook = ROOT / "tests/trust/trace"
    return {"PYTHONPATH": str(hook), "QUICKSCAN_TRACE": str(trace), "QUICKSCAN_TRACE_ROOT": str(root)}


@pytest.fixture(scope="session")
def build(tmp_path_factory, worker_id) -> Path:
    """Return a clean build, made as on another machine and without a network; do not write in it.

    Beside it stand ``home``, which was home and temporary folder, and ``trace.jsonl``, what every process opened.
    Workers share it: the first that needs it makes it, and the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    shared = (base if worker_id == "master" else base.parent) / "elsewhere"
    folder, trace = shared / "a folder with spaces", shared / "trace.jsonl"
    with alone(shared.with_name("elsewhere.lock"), "the build for the tests"):
        if not (shared / "done").exists():
            shutil.rmtree(shared, ignore_errors=True)
            folder.mkdir(parents=True)
            clean_build(folder, **other_machine(shared / "home"), **traced(trace, folder))
            (shared / "done").touch()
    return folder


@pytest.fixture(scope="session")
def build_in():
    """Return a function that makes a clean build in a folder: behind a prefix, in an environment."""
    return clean_build


@pytest.fixture(scope="session")
def synthetic_2021():
    """Return the module that invents an export of the 2021 wave."""
    spec = importlib.util.spec_from_file_location("synthetic_2021", Path(__file__).with_name("synthetic_2021.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def committed() -> set[str]:
    """Return the paths that a clone has."""
    return {name.as_posix() for name in committed_files()}


@pytest.fixture(scope="session")
def run():
    """Return a function that runs a command of the project's environment in a folder."""
    return run_command


@pytest.fixture(scope="session")
def run_in():
    """Return what ``run`` returns, for fixtures that live longer than a test."""
    return run_command


@pytest.fixture
def project(build, tmp_path, monkeypatch) -> Path:
    """Return a copy of a clean build that a test may damage; it is the working directory."""
    folder = tmp_path / "project"
    shutil.copytree(build, folder)
    monkeypatch.chdir(folder)
    return folder
