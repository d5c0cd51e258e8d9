"""What every command does first."""

import subprocess
import sys

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
