"""``dvc.yaml`` reads as the study, agrees with the notebooks, and declares everything that a stage uses."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from ruamel.yaml import YAML

from analysis.pipeline.settings import FILE_NAME, load_settings, settings_of
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[2]
FILE = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
PARAMETERS = read_yaml(ROOT / FILE_NAME)
STAGES = read_stages(ROOT, PARAMETERS)
WITH_NOTEBOOK = [stage for stage in STAGES.values() if stage.stem]
WITHOUT_NOTEBOOK = {"synthetic", "estimates", "coding", "disclosure", "index"}

CODEBOOK = "00_questionnaire"

every_stage = pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
every_notebook_stage = pytest.mark.parametrize("stage", WITH_NOTEBOOK, ids=lambda stage: stage.name)


def parameters_cell(stage):
    cells = nbformat.read(ROOT / stage.notebook, as_version=4).cells
    source = next(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
    return {node.target.id: ast.literal_eval(node.value) for node in ast.parse(source).body}


def literal_paths(stage):
    """Return the paths that a notebook passes to the functions that read and write."""
    text = "\n".join(
        cell.source
        for cell in nbformat.read(ROOT / stage.notebook, as_version=4).cells
        if cell.cell_type == "code"
    )
    return set(re.findall(r'"((?:data|reports|notebooks)/[^"]+)"', text))


def test_one_stem_everywhere():
    stems = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {stage.stem for stage in WITH_NOTEBOOK} == stems
    contents = read_yaml(ROOT / "notebooks/contents.yaml")
    assert {entry["stem"] for entry in contents["pages"]} == stems
    for stage in WITH_NOTEBOOK:
        assert stage.stem[3:] == stage.name
        assert stage.page in stage.outs
    assert set(STAGES) - {stage.name for stage in WITH_NOTEBOOK} <= WITHOUT_NOTEBOOK
    assert set(PARAMETERS) <= set(STAGES)


def test_numbers_are_the_reading_order_and_an_order_of_execution():
    contents = read_yaml(ROOT / "notebooks/contents.yaml")
    stems = [entry["stem"] for entry in contents["pages"]]
    assert stems == sorted(stems)
    executed = [stage.stem for stage in WITH_NOTEBOOK]
    assert executed.index(CODEBOOK) == 1, "the codebook counts what the cleaning made, and is read first (D41)"
    assert [stem for stem in executed if stem != CODEBOOK] == stems[1:]
    made_by = {out: number for number, stage in enumerate(STAGES.values()) for out in stage.outs}
    for number, stage in enumerate(STAGES.values()):
        for path in stage.deps:
            assert made_by.get(path, -1) < number, f"{stage.name} reads {path}, which a later stage makes"


@every_stage
def test_a_stage_reads_as_a_form(stage):
    entry = FILE[stage.name]
    order = [key for key in ("desc", "cmd", "deps", "params", "outs", "metrics", "meta") if key in entry]
    assert list(entry) == order
    assert re.fullmatch(r"[A-Z].+\.", stage.description)
    assert re.fullmatch(r"python -m analysis (run \d\d_\w+|[a-z]+)", stage.command)
    assert entry["meta"]["sensitivity"]
    for out in entry["outs"] + entry.get("metrics", []):
        ((_, options),) = out.items()
        assert options["persist"] is True, "a stage that fails must leave the earlier output"
        assert options["cache"] is False, "answers are kept in one place only"


def borrowed_sections():
    """Yield stage and section for each place in the code that reads the settings of another stage."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src/analysis").rglob("*.py")]
    for stage in WITH_NOTEBOOK:
        cells = nbformat.read(ROOT / stage.notebook, as_version=4).cells
        source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        assert "load_settings(" not in source, "a notebook has its own settings, or borrows some"
        assert set(re.findall(r'borrowed_settings\([^"]+"(\w+)"', source)) <= {stage.name}
        sources.append(source)
    for source in sources:
        yield from re.findall(r'borrowed_settings\([^"]+"(\w+)", "(\w+)"\)', source)


def test_a_stage_names_its_own_section_and_those_that_it_borrows():
    borrowed = set(borrowed_sections())
    assert len(borrowed) > 2
    for stage in STAGES.values():
        own = [stage.name] if stage.name in PARAMETERS else []
        others = sorted(section for name, section in borrowed if name == stage.name)
        assert list(stage.params) == own + others, stage.name


def test_all_settings_are_read_where_a_run_begins_and_ends_only():
    """Elsewhere a section is handed over, or borrowed from a stage that declares it."""
    readers = {path.stem for path in (ROOT / "src/analysis").rglob("*.py") if "load_settings(" in path.read_text()}
    assert readers == {"settings", "command_line", "stage_run", "build"}


@every_stage
def test_package_and_lock_are_dependencies(stage):
    assert {"src/analysis", "uv.lock"} <= set(stage.deps)


@every_notebook_stage
def test_dependencies_and_outputs_are_complete(stage):
    assert {stage.notebook, "notebooks/contents.yaml", PARAMETERS["cleaning"]["export"]} <= set(stage.deps)
    for path in literal_paths(stage):
        declared = {*stage.deps, *stage.outs}
        above = {parent.as_posix() for parent in Path(path).parents}
        assert path in declared or above & declared, f"{stage.stem} uses {path} without declaring it"


@every_notebook_stage
def test_defaults_of_a_notebook_are_the_settings_as_committed(stage):
    assert parameters_cell(stage) == settings_of(load_settings(ROOT), stage.name)


@pytest.mark.parametrize("folder", ["data/raw", "data/processed", "reports"])
def test_a_tier_says_what_may_go_in(folder):
    lines = (ROOT / folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert 0 < len(lines) <= 10
