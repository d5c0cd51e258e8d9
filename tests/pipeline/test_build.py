"""A clean build gives the same bytes everywhere; a second one runs nothing."""

from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]


def hashes(lock):
    stages = YAML(typ="safe").load(lock.read_text(encoding="utf-8"))["stages"]
    return {out["path"]: out["md5"] for stage in stages.values() for out in stage["outs"]}


def test_a_clean_build_elsewhere_gives_the_bytes_of_the_committed_lock(build):
    assert hashes(build / "dvc.lock") == hashes(ROOT / "dvc.lock")


def test_a_second_build_runs_no_stage(build, run):
    second = run(build, "dvc", "repro")
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
