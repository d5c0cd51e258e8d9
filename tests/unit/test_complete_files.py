"""A file appears with its whole content or not at all, also when its writing is cut short."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.complete_files import complete_files
from analysis.survey.coding.codeframe import load_codeframe
from analysis.survey.coding.coding_sheet import CodingTask, write_coding_sheet
from analysis.survey.synthetic.export import write_synthetic_survey

RAW = Path(__file__).parents[2] / "data/raw"


def write(folder, text, *, new=False, names=("a.csv", "a.csv.yml")):
    with complete_files(folder, new=new) as scratch:
        for name in names:
            (scratch / name).write_text(text, encoding="utf-8")
            assert not (folder / name).exists() or (folder / name).read_text(encoding="utf-8") != text


def files(folder):
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_files_get_their_place_and_the_folder_to_write_in_goes(tmp_path):
    write(tmp_path, "one")
    write(tmp_path, "two")
    assert files(tmp_path) == {"a.csv": "two", "a.csv.yml": "two"}


def test_a_failure_leaves_what_was_there(tmp_path):
    write(tmp_path, "one")
    with pytest.raises(ZeroDivisionError), complete_files(tmp_path) as scratch:
        (scratch / "a.csv").write_text("two", encoding="utf-8")
        raise ZeroDivisionError
    assert set(files(tmp_path).values()) == {"one"}


def test_a_passport_comes_last(tmp_path, monkeypatch):
    moved, move = [], Path.replace
    monkeypatch.setattr(Path, "replace", lambda path, to: (moved.append(to.name), move(path, to)))
    write(tmp_path, "one", names=("a.csv", "a.csv.yml", "b.yaml"))
    assert moved == ["a.csv", "b.yaml", "a.csv.yml"]


@pytest.mark.parametrize("links", [True, False], ids=["a disk with links", "a disk without links"])
def test_a_file_that_must_be_new_never_replaces_another(tmp_path, monkeypatch, links):
    if not links:

        def refuse(path, target):
            raise PermissionError

        monkeypatch.setattr(Path, "hardlink_to", refuse)
    write(tmp_path, "one", new=True, names=["a.xlsx"])
    with pytest.raises(FileExistsError):
        write(tmp_path, "two", new=True, names=["a.xlsx"])
    assert files(tmp_path) == {"a.xlsx": "one"}


def test_a_file_is_as_readable_as_this_user_makes_files(tmp_path):
    before = os.umask(0o027)
    try:
        write(tmp_path, "one")
    finally:
        os.umask(before)
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o640


def test_a_kill_leaves_no_file_under_its_name(tmp_path):
    script = """
import os, signal, sys
from pathlib import Path
from analysis.complete_files import complete_files
with complete_files(Path(sys.argv[1])) as folder:
    (folder / "a.csv").write_text("two")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    write(tmp_path, "one")
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert done.returncode == -9
    left = [path for path in tmp_path.iterdir() if path.is_dir()]
    assert [path.stat().st_mode & 0o777 for path in left] == [0o700], "nobody else can read what was written"
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file()} == {
        "a.csv": "one",
        "a.csv.yml": "one",
    }


def stop(*arguments, **named):
    raise KeyboardInterrupt


def test_a_workbook_that_was_cut_short_can_be_made_again(tmp_path, monkeypatch):
    answers = pd.DataFrame({"answer_id": ["a1"], "text": ["Een antwoord"]})
    task = CodingTask(load_codeframe(RAW / "codeframes/q26.yaml"), "Knelpunten", "anna")
    with monkeypatch.context() as patch:
        patch.setattr("openpyxl.writer.excel.ExcelWriter.write_data", stop)
        with pytest.raises(KeyboardInterrupt):
            write_coding_sheet(tmp_path / "q26.xlsx", answers, task)
    assert list(tmp_path.iterdir()) == []
    write_coding_sheet(tmp_path / "q26.xlsx", answers, task)
    assert [path.name for path in tmp_path.iterdir()] == ["q26.xlsx"]


def test_a_synthetic_export_that_was_cut_short_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("analysis.survey.synthetic.export.write_passport", stop)
    with pytest.raises(KeyboardInterrupt):
        write_synthetic_survey(RAW, tmp_path / "out", seed=1)
    assert list((tmp_path / "out").iterdir()) == []
