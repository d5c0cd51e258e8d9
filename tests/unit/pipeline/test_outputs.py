"""All outputs of a stage appear at once, or none."""

import pytest

from analysis.errors import InputError
from analysis.pipeline.outputs import staged_outputs

OUTS = ["reports/a.html", "data/processed/a.csv"]


def write(scratch, paths):
    for path in paths:
        (scratch / path).parent.mkdir(parents=True, exist_ok=True)
        (scratch / path).write_text("new", encoding="utf-8")


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
