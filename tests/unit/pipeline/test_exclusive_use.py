"""A lock counts for whoever comes by its name, also when its file was removed."""

import subprocess
import sys
import time

from analysis.pipeline.exclusive_use import alone

WORK = """
import sys, time
from pathlib import Path
from analysis.pipeline.exclusive_use import alone
path, log = map(Path, sys.argv[1:])
with alone(path, "work"):
    with log.open("a") as stream:
        stream.write("in ")
    time.sleep(0.5)
    with log.open("a") as stream:
        stream.write("out ")
"""


def test_who_waited_for_a_file_that_was_removed_does_not_work_beside_who_came_later(tmp_path):
    path, log = tmp_path / "locks/build", tmp_path / "log"
    command = [sys.executable, "-c", WORK, path, log]
    with alone(path, "work"):
        waits = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert "is busy with work" in waits.stderr.readline()
        path.unlink()
        comes = subprocess.Popen(command)
        end = time.monotonic() + 20
        while not log.is_file() and time.monotonic() < end:
            time.sleep(0.01)
    waits.communicate()
    assert [waits.returncode, comes.wait()] == [0, 0]
    assert log.read_text(encoding="utf-8") == "in out in out "
