"""What changed while a stage ran throws its outputs away; a stage that is killed is in the log."""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.run_log import SEPARATELY, STARTED, read_log
from analysis.pipeline.settings import FILE_NAME, load_settings
from analysis.pipeline.stage_run import stage_outputs
from analysis.pipeline.stages import Stage

ROOT = Path(__file__).parents[3]
STAGE = Stage("coding", "", "", deps=("a.csv",), outs=("b.csv",), params=("coding", "estimates"))
KILLED = """
import os, signal
from pathlib import Path
from analysis.pipeline.stage_run import as_stage
with as_stage(Path.cwd(), "synthetic"):
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def root(tmp_path):
    for name in (FILE_NAME, "dvc.yaml"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "a.csv").write_text("a\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("earlier\n", encoding="utf-8")
    return tmp_path


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def run(root, file, old, new):
    """Run a stage during which a file is edited, and return what it wrote."""
    with stage_outputs(root, STAGE, load_settings(root)) as scratch:
        (scratch / "b.csv").write_text("later\n", encoding="utf-8")
        edit(root / file, old, new)
    return (root / "b.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        (FILE_NAME, "  missed: ", "  missed: 0.5 # ", r"params\.yaml, coding"),
        (FILE_NAME, 'largest_remainder"', 'half_up"', r"params\.yaml, estimates"),
        ("a.csv", "a", "b", r"a\.csv"),
    ],
)
def test_what_changed_during_the_run_throws_its_outputs_away(root, file, old, new, named):
    with pytest.raises(InputError, match=rf"^{named}: .* changed while it was used"):
        run(root, file, old, new)
    assert (root / "b.csv").read_text(encoding="utf-8") == "earlier\n"
    assert list((root / ".scratch").iterdir()) == []


def test_a_setting_of_another_stage_may_change(root):
    assert run(root, FILE_NAME, "  smallest_cell: ", "  smallest_cell: 9 # ") == "later\n"


def test_a_stage_that_is_killed_leaves_a_line_in_the_log(root):
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    assert [(one["stage"], one["outcome"]) for one in read_log(root, SEPARATELY)] == [("synthetic", STARTED)]
