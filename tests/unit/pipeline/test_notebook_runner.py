"""A notebook runs beside others and leaves nothing; what varies between two runs of it is removed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from analysis.errors import NotebookError
from analysis.pipeline.notebook_runner import INJECTED, _describe, _report_warnings, execute, normalise
from analysis.pipeline.outputs import remove_abandoned

EXECUTE = """
import sys
from pathlib import Path
from analysis.pipeline.notebook_runner import execute
notebook, seconds = execute(Path(sys.argv[1]), {}, Path.cwd(), Path("scratch"), confidential=False)
print(notebook.cells[-1].outputs[0].text)
"""
SOCKETS = "from pathlib import Path; print([path.name for path in Path().iterdir() if path.is_socket()])"


def start(root, name, source, **environment):
    """Start to execute a notebook of one cell in a folder."""
    cell = nbformat.v4.new_code_cell(source, id="1")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), root / name)
    return subprocess.Popen(
        [sys.executable, "-c", EXECUTE, name],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )


def test_two_notebooks_at_once_do_not_meet_even_where_paths_are_long(tmp_path):
    root = tmp_path / ("long" * 30)
    root.mkdir()
    sources = [f"import time; time.sleep(1); {SOCKETS}; print({number})" for number in range(2)]
    running = [start(root, f"{number}.ipynb", source) for number, source in enumerate(sources)]
    printed = [one.communicate(timeout=100) for one in running]
    assert [one[0].split() for one in printed] == [["[]", "0"], ["[]", "1"]], printed
    assert list((root / ".scratch").iterdir()) == []


def test_after_a_kill_no_socket_stays_where_it_hinders(tmp_path):
    killed = start(tmp_path, "1.ipynb", "import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    killed.communicate(timeout=100)
    assert killed.returncode == -signal.SIGKILL
    assert [path for path in tmp_path.iterdir() if path.is_socket()] == []
    remove_abandoned(tmp_path)
    assert [
        path for path in Path(shutil.copytree(tmp_path, tmp_path / "copy")).rglob("*") if path.is_socket()
    ] == []


def executed(stamp):
    """Return a notebook as papermill leaves it, with all that depends on the moment and the machine."""
    injected = nbformat.v4.new_code_cell("seed = 1", id=f"x{stamp}", metadata={"tags": [INJECTED]})
    cell = nbformat.v4.new_code_cell(
        "print(seed)",
        id="1",
        metadata={
            "papermill": {"duration": stamp},
            "execution": {"iopub.execute_input": str(stamp)},
            "tags": ["keep"],
        },
        outputs=[
            nbformat.v4.new_output("stream", name="stdout", text="1\n"),
            nbformat.v4.new_output("stream", name="stderr", text=f"warning {stamp}"),
        ],
    )
    return nbformat.v4.new_notebook(cells=[injected, cell], metadata={"papermill": {"start_time": stamp}})


def test_two_runs_become_the_same_notebook_and_keep_what_counts():
    first, second = normalise(executed(1)), normalise(executed(2))
    assert nbformat.writes(first) == nbformat.writes(second)
    assert first.cells[1].metadata == {"tags": ["keep"]}
    assert [output.text for output in first.cells[1].outputs] == ["1\n"]


def test_what_is_printed_is_one_output_in_however_many_pieces_it_comes():
    def printed(*texts):
        outputs = [nbformat.v4.new_output("stream", name="stdout", text=text) for text in texts + texts]
        outputs.insert(len(texts), nbformat.v4.new_output("display_data", data={"text/plain": "a table"}))
        cell = nbformat.v4.new_code_cell("print(...)", id="1", outputs=outputs)
        return normalise(nbformat.v4.new_notebook(cells=[cell])).cells[0].outputs

    assert printed("one\n", "two\n") == printed("one\ntwo\n")
    assert [output.output_type for output in printed("one\n", "two\n")] == ["stream", "display_data", "stream"]


def test_what_a_user_lets_ipython_and_python_do_first_is_not_done(tmp_path):
    startup = tmp_path / ".ipython/profile_default/startup/first.py"
    startup.parent.mkdir(parents=True)
    startup.write_text("mine = 1\n", encoding="utf-8")
    kernel = tmp_path / "jupyter/kernels/python3/kernel.json"
    kernel.parent.mkdir(parents=True)
    kernel.write_text('{"argv": ["false"], "display_name": "mine", "language": "python"}', encoding="utf-8")
    running = start(
        tmp_path,
        "1.ipynb",
        "print('mine' in globals())",
        IPYTHONDIR=str(tmp_path / ".ipython"),
        PYTHONSTARTUP=str(startup),
        JUPYTER_PATH=str(tmp_path / "jupyter"),
    )
    assert running.communicate(timeout=100)[0] == "False\n\n"


def test_an_interrupted_run_ends_its_kernel_and_says_that_it_was_interrupted(tmp_path):
    running = start(
        tmp_path, "1.ipynb", "import os, time; open('kernel', 'w').write(f'{os.getpid()} '); time.sleep(60)"
    )
    while not (tmp_path / "kernel").is_file() or not (tmp_path / "kernel").read_text(encoding="utf-8").endswith(
        " "
    ):
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    printed = running.communicate(timeout=30)[1]
    assert printed.rstrip().endswith("KeyboardInterrupt"), printed
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "kernel").read_text(encoding="utf-8")), 0)
    assert list((tmp_path / ".scratch").iterdir()) == []


def test_an_interruption_that_reached_only_the_kernel_is_one_of_the_run(tmp_path):
    cell = nbformat.v4.new_code_cell("import os, signal, time; os.kill(os.getpid(), signal.SIGINT); time.sleep(9)")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "04_status.ipynb")
    with pytest.raises(KeyboardInterrupt):
        execute(tmp_path / "04_status.ipynb", {}, tmp_path, tmp_path, confidential=False)


def test_a_kernel_that_dies_is_an_error_of_ours(tmp_path):
    cell = nbformat.v4.new_code_cell("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", id="1")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "04_status.ipynb")
    with pytest.raises(NotebookError, match=r"^notebooks/04_status\.ipynb: the kernel died, .*; to do: "):
        execute(tmp_path / "04_status.ipynb", {}, tmp_path, tmp_path, confidential=True)


def test_a_kernel_that_does_not_start_is_an_error_of_ours(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("Kernel didn't respond in 60 seconds")

    monkeypatch.setattr("papermill.execute_notebook", refuse)
    with pytest.raises(
        NotebookError, match=r"^notebooks/04_status\.ipynb: the kernel did not answer, .*; to do: "
    ):
        execute(tmp_path / "04_status.ipynb", {}, tmp_path, tmp_path, confidential=False)


class Failure:
    """A failed cell as papermill reports it."""

    exec_count, ename, evalue = 3, "ValueError", "cannot parse 'bel 06-12345678'"
    source = "x"
    traceback = (
        'File "/a/site/analysis/survey/intake.py:12", in read',
        "ValueError: cannot parse 'bel 06-12345678'",
    )


def test_a_failure_on_real_answers_names_the_place_and_no_value(tmp_path):
    open_message = _describe(tmp_path / "04_status.ipynb", Failure, confidential=False)
    assert "06-12345678" in open_message
    message = _describe(tmp_path / "04_status.ipynb", Failure, confidential=True)
    assert "06-12345678" not in message
    assert "notebooks/04_status.ipynb, cell [3]: ValueError at survey/intake.py:12" in message
    assert "synthetic export" in message
    assert "make lab" not in message, "answers would be saved in the notebook"


def test_a_warning_on_real_answers_is_announced_and_not_quoted(tmp_path, capsys):
    _report_warnings(tmp_path / "04_status.ipynb", executed(1), confidential=True)
    printed = capsys.readouterr().err
    assert printed.startswith(
        "04_status, cell [None]: a warning, which is not shown, as it may hold an answer; to do: "
    )
    assert "synthetic export" in printed
    assert "warning 1" not in printed
