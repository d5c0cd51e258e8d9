"""What every command does first."""

import errno
import os
import subprocess
import sys

import pytest

from analysis.pipeline import command_line

COMMAND = """
import resource
from analysis.pipeline.command_line import main
resource.setrlimit(resource.RLIMIT_CORE, (4096, resource.getrlimit(resource.RLIMIT_CORE)[1]))
main(["check"])
print(resource.getrlimit(resource.RLIMIT_CORE)[0])
"""


def test_a_process_that_crashes_writes_no_memory_to_the_disk(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", COMMAND], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "0\n"


@pytest.mark.parametrize("refused", ["reports", "reports/index.html"])
def test_what_cannot_be_written_is_named_with_the_command_that_allows_it(tmp_path, monkeypatch, capsys, refused):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/index.html").touch()

    def refuse(*_):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / refused))

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command_line, "project_root", lambda: tmp_path)
    monkeypatch.setattr(command_line, "_dispatch", refuse)
    assert command_line.main(["check"]) == 1
    assert capsys.readouterr().err == (
        "error: reports: Permission denied, it cannot be written in; "
        "to do: chmod -R u+w reports, then: make report\n"
    )
