"""Every stage declares what it reads and writes: seen in what its processes opened, and in what makes it stale."""

import json
import os
import re
import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from dvc.repo import Repo
from ruamel.yaml import YAML

from analysis.pipeline.settings import FILE_NAME, Settings
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[2]
STAGES = read_stages(ROOT, read_yaml(ROOT / FILE_NAME))
PIPELINE = YAML(typ="safe").load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
UNDECLARED = re.compile(r"dvc\.yaml$|params\.yaml$|logs/|\.scratch/run-[^/]+/|\.dvc/tmp/locks/|src/analysis/")
"""What every stage opens without it being an input: the pipeline and its settings (their sections are declared),
the log, its scratch folder and its lock. The package is declared by every stage."""

SELDOM_READ = {
    "src/analysis": "what is not imported in a process was compiled before",
    "uv.lock": "stands for what is installed",
    "data/raw/coding": "holds no codings of the synthetic export, which is coded by a simulation",
    "data/raw/instrument_2021.yaml": "is read with answers of 2021 only, not with what was published of them",
    "data/raw/columns_2021.yaml": "the same",
    "data/raw/columns_2025.yaml": "the same, where the earlier answers have the columns of the later ones",
    "data/raw/corrections.yaml": "is read with answers of 2021 only; cleaning always reads it",
    "data/processed/respondents.csv": "is read with answers of 2021 only, to see who answered in both years",
}
"""What a stage declares and does not open in every build, and why."""
CHANGED: list[str] = []

every_stage = pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)


@pytest.fixture(scope="module")
def opened(build):
    """Return what the processes of each stage did during a build: paths and settings by stage and kind."""
    found = defaultdict(lambda: defaultdict(set))
    for line in build.with_name("trace.jsonl").read_text(encoding="utf-8").splitlines():
        stage, kind, what = json.loads(line)
        found[stage][kind].add(what)
    return found


def covered(path, declared):
    return any(path == one or path.startswith(f"{one}/") for one in declared)


@every_stage
def test_a_stage_reads_nothing_that_it_does_not_declare(build, opened, stage):
    read = {path for path in opened[stage.name]["read"] | opened[stage.name]["count"]
            if (build / path).is_file() and not UNDECLARED.match(path)}  # fmt: skip
    assert read, "the trace saw this stage"
    assert {path for path in read if not covered(path, (*stage.deps, *stage.outs))} == set()


@every_stage
def test_a_stage_writes_nothing_that_it_does_not_declare(opened, stage):
    written = {path for path in opened[stage.name]["write"] if not UNDECLARED.match(path)}
    assert written == set(stage.outs)


@every_stage
def test_a_stage_reads_everything_that_it_declares(opened, stage):
    kinds = opened[stage.name]
    assert kinds["count"], "the trace knows which files are opened for their hash only"
    for path in stage.deps:
        if path not in SELDOM_READ:
            assert any(covered(one, [path]) for one in kinds["read"]), f"{path} is declared and never read"


@every_stage
def test_a_stage_uses_no_setting_that_it_does_not_declare(opened, stage):
    entry = PIPELINE[stage.name]
    referenced = re.findall(r"\$\{([\w.]+)\}", json.dumps(entry))
    declared = [*entry.get("params", ()), *referenced]
    used = opened[stage.name]["setting"]
    assert {
        one for one in used if not any(one == name or one.startswith(f"{name}.") for name in declared)
    } == set()


def test_no_process_of_a_build_connects_to_anything(opened, figure):
    connections = {what for kinds in opened.values() for what in kinds["connect"]}
    assert connections == set()
    figure("connections", len(connections))
    figure("stages_traced", len(set(opened) - {""}))
    figure("files_opened", len({path for kinds in opened.values() for path in kinds["read"] | kinds["write"]}))


def test_telemetry_is_off():
    assert "analytics = false" in (ROOT / ".dvc/config").read_text(encoding="utf-8")
    assert "check_update = false" in (ROOT / ".dvc/config").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built_copy(build, tmp_path_factory):
    """Return a copy of a build in which one thing after another is changed, and changed back."""
    folder = tmp_path_factory.mktemp("dependencies") / "project"
    shutil.copytree(build, folder)
    return folder


@pytest.fixture(scope="module")
def stale_after(built_copy):
    """Return a function that changes something in a build, and says which stages DVC then calls stale."""
    folder = built_copy

    def stale(path, change):
        target = folder / path
        before = target.read_bytes()
        target.write_bytes(change(before))
        try:
            # One of many stages is stale for its own inputs; those behind it follow only when its outputs change.
            return {address.rpartition(":")[2] for address in Repo(str(folder)).status()}
        finally:
            target.write_bytes(before)

    assert stale("README.md", lambda text: text + b"\n") == set(), "a good build is up to date"
    return stale


def sample(everything):
    """Return all of it when the whole check is asked for (`make trust`), else some ten and the last one."""
    everything = list(everything)
    return everything[:: -1 if os.environ.get("QUICKSCAN_TRUST") == "full" else -(len(everything) // 10)]


def users(path):
    """Return the stages that declare a path, or a folder that holds it."""
    return {stage.name for stage in STAGES.values() if covered(path, stage.deps)}


def inputs():
    """Return each input that no stage makes, and each file of a folder: modules, notebooks, tables, codeframes."""
    made = {out for stage in STAGES.values() for out in stage.outs}
    for path in sorted({dep for stage in STAGES.values() for dep in stage.deps} - made):
        if (ROOT / path).is_dir():
            files = sorted(
                file.relative_to(ROOT).as_posix() for file in (ROOT / path).rglob("*") if file.is_file()
            )
            files = [file for file in files if "__pycache__" not in file and file not in made]
            yield from files
        elif (ROOT / path).is_file():
            yield path


@pytest.mark.parametrize("path", sample(dict.fromkeys(inputs())))
def test_a_changed_input_makes_exactly_its_users_stale(stale_after, opened, path, figure):
    CHANGED.append(path)
    figure("things_changed", len(CHANGED))
    stale = stale_after(path, lambda content: content + b"\n")
    assert stale == users(path) != set()
    readers = {stage for stage, kinds in opened.items() if stage and path in kinds["read"]}
    assert readers <= stale, "every stage that opened the file during a build"


def settings():
    for section, field in Settings.model_fields.items():
        yield from (f"{section}.{name}" for name in field.annotation.model_fields)


def other_value(value, folder):
    """Return another value of the same kind; for a path a copy of the file under another name."""
    text = value.strip('"')
    if (folder / text).is_file():
        shutil.copy(folder / text, folder / "data/raw/another")
        return '"data/raw/another"'
    if value.startswith('"'):
        return '"another"'
    return "false" if value == "true" else "0.123" if "." in value else "77"


@pytest.mark.parametrize("setting", sample(settings()))
def test_a_changed_setting_makes_exactly_its_users_stale(stale_after, built_copy, opened, setting, figure):
    CHANGED.append(setting)
    figure("things_changed", len(CHANGED))
    section, name = setting.split(".")

    def change(content):
        text = content.decode()
        place = re.compile(rf"^  {name}: ", re.MULTILINE).search(text, text.index(f"\n{section}:\n")).end()
        end = re.compile(r"\s+#|\n").search(text, place).start()
        return (text[:place] + other_value(text[place:end], built_copy) + text[end:]).encode()

    declared = {
        stage
        for stage, entry in PIPELINE.items()
        if {section, setting} & set(entry.get("params", ())) or f"${{{setting}}}" in json.dumps(entry)
    }
    stale = stale_after(FILE_NAME, change)
    assert stale == declared != set()
    assert {stage for stage, kinds in opened.items() if stage and setting in kinds["setting"]} <= stale
