"""A lock of a build on real answers is refused before it can be committed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.lock_check import COMMITTED, check_lock
from analysis.pipeline.settings import FILE_NAME
from analysis.pipeline.stages import read_stages
from analysis.shown_command import COMMAND
from analysis.yaml_file import read_yaml

ROOT = Path(__file__).parents[3]
LISTED = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
TRACKED = LISTED.split("\0")
RAW = [name for name in TRACKED if name.startswith("data/raw/")]
SUMMARY = "reports/summary.json"


def check(root):
    parameters = read_yaml(root / FILE_NAME)
    return check_lock(root, read_stages(root, parameters), parameters["cleaning"]["export"], TRACKED)


@pytest.fixture
def root(tmp_path):
    for name in ("dvc.lock", "dvc.yaml", "params.yaml", SUMMARY, *RAW):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def edit(path, old, new, count=-1):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_committed_lock_passes(root):
    assert "synthetic" in check(root)


def test_settings_that_name_another_export_are_refused(root):
    edit(root / "params.yaml", "synthetic_survey_2025.csv", "survey_2025.csv")
    with pytest.raises(InputError, match=r"params\.yaml, cleaning\.export: the export data/raw/survey_2025\.csv"):
        check(root)


def test_a_lock_of_another_export_is_refused_though_the_settings_were_put_back(root):
    text = (root / "dvc.lock").read_text(encoding="utf-8")
    start = text.index("\n  cleaning:\n")
    later = text[start:].replace("path: data/raw/synthetic_survey_2025.csv\n", "path: data/raw/survey_2025.csv\n")
    (root / "dvc.lock").write_text(text[:start] + later, encoding="utf-8")
    with pytest.raises(
        InputError, match=r"dvc\.lock, stage \w+: the stage read data/raw/survey_2025\.csv, which .*to do: "
    ):
        check(root)


def test_real_answers_under_the_name_of_the_synthetic_export_are_refused(root):
    text = (root / "dvc.lock").read_text(encoding="utf-8")
    start = text.index("  cleaning:\n")
    at = text.index("md5: ", text.index("path: data/raw/synthetic_survey_2025.csv\n", start)) + len("md5: ")
    (root / "dvc.lock").write_text(text[:at] + "0" * 32 + text[at + 32 :], encoding="utf-8")
    with pytest.raises(InputError, match="stage cleaning: the stage read another data/raw/synthetic_survey_2025"):
        check(root)


def test_codes_that_people_gave_are_refused(root):
    text = (root / "dvc.lock").read_text(encoding="utf-8")
    at = text.index("nfiles: ", text.index("path: data/raw/coding\n"))
    (root / "dvc.lock").write_text(text[:at] + "nfiles: 2" + text[at + len("nfiles: 1") :], encoding="utf-8")
    with pytest.raises(InputError, match="stage coding: the stage read codes that people gave"):
        check(root)


def test_a_wave_of_2021_that_git_does_not_keep_is_refused(root):
    edit(root / "params.yaml", "data/raw/published/figures_2021.csv", "data/raw/survey_2021.csv")
    edit(root / "dvc.lock", "path: data/raw/published/figures_2021.csv\n", "path: data/raw/survey_2021.csv\n")
    with pytest.raises(InputError, match=r"stage \w+: the stage read data/raw/survey_2021\.csv"):
        check(root)


def test_a_real_export_that_is_called_synthetic_is_refused(root):
    edit(root / "params.yaml", "data/raw/synthetic_survey_2025.csv", "data/raw/synthetic_mine.csv")
    with pytest.raises(InputError, match=r"the export data/raw/synthetic_mine\.csv is not the synthetic one"):
        check(root)


@pytest.mark.parametrize("path", ["confidential/x.csv", "x.csv", "data/raw", "data/processed/x.csv"])
def test_what_neither_git_keeps_nor_a_stage_makes_is_refused_wherever_it_lies(root, path):
    edit(root / "dvc.lock", "path: data/raw/columns_2025.yaml\n", f"path: {path}\n", 1)
    with pytest.raises(InputError, match=rf"stage cleaning: the stage read (another )?{path}\b"):
        check(root)


def test_an_export_outside_the_raw_files_is_refused_though_the_settings_were_put_back(root):
    text = (root / "dvc.lock").read_text(encoding="utf-8")
    start = text.index("\n  cleaning:\n")
    later = text[start:].replace("path: data/raw/synthetic_survey_2025.csv\n", "path: confidential/x.csv\n")
    (root / "dvc.lock").write_text(text[:start] + later, encoding="utf-8")
    with pytest.raises(InputError, match=r"the stage read confidential/x\.csv, which git does not keep"):
        check(root)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("data/raw/columns_2025.yaml", r"data/raw/columns_2025\.yaml"),
        ("data/raw/register/municipalities_2025.csv", r"data/raw/register"),
    ],
)
def test_other_bytes_under_the_name_of_a_raw_file_that_git_keeps_are_refused(root, name, read):
    (root / name).write_bytes((root / name).read_bytes() + b"\n")
    with pytest.raises(InputError, match=rf"stage \w+: the stage read another {read}\S* than git keeps"):
        check(root)
    (root / name).unlink()
    with pytest.raises(InputError, match=rf"stage \w+: the stage read another {read}\S* than git keeps"):
        check(root)


def test_a_file_beside_those_that_git_keeps_does_not_count(root):
    (root / "data/raw/coding/q26.csv").write_text("codes", encoding="utf-8")
    assert "synthetic" in check(root)


def test_a_summary_of_another_build_is_refused(root):
    (root / SUMMARY).write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"reports/summary\.json: the file is of another build"):
        check(root)


@pytest.mark.parametrize("name", ["dvc.lock", "params.yaml", *COMMITTED])
def test_a_commit_of_what_a_build_changes_is_checked_before(name):
    hooks = read_yaml(ROOT / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    (hook,) = [hook for hook in hooks if hook["id"] == "lock"]
    assert hook["entry"] == f"{COMMAND} lock"
    assert re.search(hook["files"], name)


def test_a_summary_that_is_missing_is_refused(root):
    (root / SUMMARY).unlink()
    with pytest.raises(InputError, match=r"reports/summary\.json: the file is missing"):
        check(root)


def test_a_lock_without_the_summary_is_refused(root):
    edit(root / "dvc.lock", f"    - path: {SUMMARY}\n", "    - path: reports/other.json\n")
    edit(root / "dvc.yaml", f"- {SUMMARY}", "- reports/other.json")
    with pytest.raises(InputError, match=r"reports/summary\.json: dvc\.lock does not hold the file"):
        check(root)
