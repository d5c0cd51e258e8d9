"""A clean build gives the same bytes everywhere; a second one runs nothing."""

import os
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
FULL = os.environ.get("QUICKSCAN_TRUST") == "full"
MACHINES = {
    "one processor, one thread": (
        ["taskset", "--cpu-list", "0"],
        {"OMP_NUM_THREADS": "1", "TZ": "America/St_Johns", "PYTHONHASHSEED": "1", "COLUMNS": "40"},
    ),
    "an older processor": (
        [],
        {
            "OPENBLAS_CORETYPE": "Nehalem",
            "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4",
            "ARROW_USER_SIMD_LEVEL": "NONE",
            "TZ": "Asia/Kathmandu",
            "PYTHONHASHSEED": "4294967295",
        },
    ),
}
"""What differs on machines on which only ``make trust`` builds: libraries choose their code by processor."""
COMPARED: list[int] = []


def hashes(lock):
    """Return the hash of each output by path."""
    stages = YAML(typ="safe").load(lock.read_text(encoding="utf-8"))["stages"]
    return {out["path"]: out["md5"] for stage in stages.values() for out in stage["outs"]}


def compare(folder, figure):
    """Compare what a build made with the committed record, which another build wrote."""
    made, committed = hashes(folder / "dvc.lock"), hashes(ROOT / "dvc.lock")
    assert made == committed
    COMPARED.append(len(made))
    figure("builds_compared", len(COMPARED))
    figure("outputs_compared", len(made))


def test_a_clean_build_elsewhere_gives_the_bytes_of_the_committed_lock(build, figure):
    compare(build, figure)


@pytest.mark.skipif(not FULL, reason="make trust builds on more machines")
@pytest.mark.parametrize("machine", MACHINES)
def test_a_clean_build_on_another_machine_gives_these_bytes_too(machine, build_in, tmp_path, figure):
    prefix, environment = MACHINES[machine]
    (tmp_path / "project").mkdir()
    compare(build_in(tmp_path / "project", *prefix, **environment, HOME=str(tmp_path)), figure)


def test_a_second_build_runs_no_stage(project, run):
    second = run(project, "dvc", "repro")
    assert second.returncode == 0
    assert "Running stage" not in second.stdout
    assert "Data and pipelines are up to date." in second.stdout


def test_the_build_leaves_nothing_behind_that_git_would_take(build, run, committed):
    listed = run(
        build, "git", "ls-files", "--others", "--exclude-standard", "-z", "--", "data", "reports", ".scratch"
    )
    found = {name for name in listed.stdout.split("\0") if name}
    assert found, "the folder is a repository without a commit: git would take all that it does not ignore"
    assert found - committed == set()
