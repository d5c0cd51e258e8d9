"""The shape of the repository: names, lengths, decisions, help."""

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

from analysis.pipeline.stages import NOTEBOOK_COMMAND
from analysis.shown_command import COMMAND

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "src/analysis").rglob("*.py"))
NAMED_FOR_CONVENIENCE = {"utils", "helpers", "common", "misc", "tools", "lib"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_named_for_its_method_and_short(path):
    assert path.stem not in NAMED_FOR_CONVENIENCE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_every_unit_test_mirrors_a_module():
    for path in (ROOT / "tests/unit").rglob("test_*.py"):
        folder = ROOT / "src/analysis" / path.parent.relative_to(ROOT / "tests/unit")
        names = {module.stem for module in folder.iterdir()}
        assert any(path.stem.startswith(f"test_{name}") for name in names), f"{path} tests no module of that name"


def test_help_lists_at_most_ten_targets():
    # Not as a part of the make that may run these tests, which would announce its folders.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=environment
    )
    lines = command.stdout.splitlines()
    assert 0 < len(lines) <= 10
    assert all(re.fullmatch(r"[a-z]+ +\S.*", line) for line in lines)


def test_the_command_at_the_foot_of_a_page_runs_that_stage():
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", "--dry-run", "report", "STAGE=status"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env=environment).stdout
    assert "python -m analysis build status\n" in printed


def test_a_command_is_written_so_that_it_works_with_nothing_activated():
    documents = [*ROOT.glob("docs/*.md"), *ROOT.glob("*.md"), *ROOT.glob("data/**/*.md")]
    for path in documents:
        lines = path.read_text(encoding="utf-8").splitlines()
        bare = [line for line in lines if re.search(r"(?<!\.venv/bin/)python -m analysis", line)]
        assert bare == (
            ["  `python -m analysis build`."] if path.name == "README.md" and path.parent == ROOT else []
        )
    told = {
        node.value
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "python -m analysis" in node.value
    }
    docstrings = {text for text in told if text.startswith("``python") or "``python -m analysis …``" in text}
    assert told - docstrings == {COMMAND, NOTEBOOK_COMMAND.pattern}


def test_readme_names_the_two_commands_before_anything_else_to_type():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^make \w+$", readme, re.MULTILINE)
    assert commands[:2] == ["make report", "make test"]


def test_continuous_integration_runs_the_commands_of_the_readme():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert "make report" in script
    assert script[-1] == "make test"
