"""Outputs of a stage are moved when all of them can be, each as a whole, pages last."""

import os
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.outputs import staged_outputs

OUTS = ["reports/a.html", "data/processed/a.csv"]


def write(scratch, paths):
    for path in paths:
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        (scratch / path).write_text("new", encoding="utf-8")


def run(root, outs=OUTS):
    with staged_outputs(root, outs) as scratch:
        for path in outs:
            (scratch / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / path).write_text("newer", encoding="utf-8")


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in root.rglob("*")
        if path.is_file()
    }


def test_all_outputs_are_moved_and_the_scratch_folder_is_emptied(tmp_path):
    with staged_outputs(tmp_path, OUTS) as scratch:
        write(scratch, OUTS)
        assert files(tmp_path / "reports") == {}
    assert files(tmp_path) == dict.fromkeys(OUTS, "new")


@pytest.mark.parametrize("written", [OUTS[:1], [*OUTS, "reports/undeclared.csv"], []])
def test_a_missing_or_undeclared_output_moves_nothing(tmp_path, written):
    write(tmp_path, OUTS)
    with pytest.raises(InputError, match=r"dvc\.yaml, outs"), staged_outputs(tmp_path, OUTS) as scratch:
        (scratch / written[0] if written else scratch).parent.mkdir(exist_ok=True)
        for path in written:
            (scratch / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / path).write_text("newer", encoding="utf-8")
    assert files(tmp_path) == dict.fromkeys(OUTS, "new")


def test_a_failure_moves_nothing(tmp_path):
    write(tmp_path, OUTS)
    with pytest.raises(ZeroDivisionError), staged_outputs(tmp_path, OUTS) as scratch:
        (scratch / "reports").mkdir()
        (scratch / "reports/a.html").write_text("newer", encoding="utf-8")
        raise ZeroDivisionError
    assert files(tmp_path) == dict.fromkeys(OUTS, "new")


@pytest.mark.parametrize("wrong", ["data/processed", "data/processed/a.csv", "reports/a.html", "reports"])
def test_what_stands_in_the_place_of_any_output_moves_nothing(tmp_path, wrong):
    write(tmp_path, [path for path in OUTS if not path.startswith(wrong)])
    if wrong in OUTS:
        (tmp_path / wrong).mkdir(parents=True)
    else:
        (tmp_path / wrong).parent.mkdir(exist_ok=True)
        (tmp_path / wrong).write_text("new", encoding="utf-8")
    before = files(tmp_path)
    with pytest.raises(InputError, match=f"/{wrong}: a (file|folder) stands in the place of"):
        run(tmp_path)
    assert files(tmp_path) == before


def test_a_folder_without_permission_moves_nothing(tmp_path, monkeypatch):
    write(tmp_path, OUTS)
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: "reports" not in str(path) and allowed(path, mode))
    with pytest.raises(PermissionError):
        run(tmp_path)
    assert files(tmp_path) == dict.fromkeys(OUTS, "new")


def test_a_kill_between_two_moves_leaves_no_new_page_beside_an_old_table(tmp_path, monkeypatch):
    outs = ["a/page.html", "b/table.csv", "c/page.html", "d/table.csv"]
    write(tmp_path, outs)
    moved, move = [], Path.replace

    def killed(path, target):
        if len(moved) == 2:
            raise KeyboardInterrupt
        moved.append(target.relative_to(tmp_path).as_posix())
        return move(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path, outs)
    assert moved == ["b/table.csv", "d/table.csv"]
    assert set(files(tmp_path).values()) <= {"new", "newer"}
