"""The conda entry installs what uv.lock says, on a Python that the project supports."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def environment():
    return YAML(typ="safe").load(ROOT / "environment.yml")


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def locked(project):
    """Return name and version of every package in the lock but the project itself."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    versions = {package["name"]: package["version"] for package in packages}
    assert len(versions) == len(packages), "the lock holds two versions of one package"
    del versions[project["project"]["name"]]
    return versions


@pytest.fixture(scope="module")
def required():
    """Return the requirement of each package in requirements.txt."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line) for line in lines if line and not line.startswith("#")]
    assert len({requirement.name for requirement in requirements}) == len(requirements)
    return {canonicalize_name(requirement.name): requirement for requirement in requirements}


def test_requirements_pin_exactly_what_the_lock_holds(locked, required):
    pinned = {name: str(requirement.specifier) for name, requirement in required.items()}
    assert pinned == {name: f"=={version}" for name, version in locked.items()}, "run make lock"


def test_conda_installs_these_requirements_and_the_project_through_pip(environment):
    (pip_section,) = [entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict)]
    assert pip_section == ["-r requirements.txt", "-e ."]
    names = [entry.partition("=")[0] for entry in environment["dependencies"] if isinstance(entry, str)]
    assert names == ["python", "pip"], "everything else comes from the lock"


def test_conda_names_the_oldest_python_that_the_project_supports(environment, project):
    (python,) = [entry for entry in environment["dependencies"] if str(entry).startswith("python=")]
    supported = SpecifierSet(project["project"]["requires-python"])
    version = Version(python.removeprefix("python="))
    assert version in supported
    assert [str(version)] == [specifier.version for specifier in supported]


def test_what_the_project_leaves_out_on_purpose_is_not_required(project, required):
    excluded = project["tool"]["uv"]["exclude-dependencies"]
    assert not set(excluded) & set(required)
