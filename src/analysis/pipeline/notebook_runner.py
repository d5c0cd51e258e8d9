"""Execute one notebook and put its page and tables in place."""

import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

import nbformat
from traitlets.config import Config

from analysis.errors import InputError, NotebookError
from analysis.pipeline.origin import reads_real_answers, rests_on_synthetic
from analysis.pipeline.outputs import scratch_folder
from analysis.pipeline.preflight import check_parameters
from analysis.pipeline.project import OUTPUT_ROOT_VARIABLE
from analysis.pipeline.provenance import hash_inputs, provenance, settings_behind
from analysis.pipeline.settings import FILE_NAME, Settings, settings_of
from analysis.pipeline.stage_run import stage_outputs
from analysis.pipeline.stages import Stage, read_stages
from analysis.yaml_file import read_yaml

KERNEL = "python3"
# The kernel of this environment, not one that the user registered; nothing that the user lets run first; the same
# order of sets in every run.
KERNEL_ENVIRONMENT = {
    "JUPYTER_PREFER_ENV_PATH": "1",
    "JUPYTER_PATH": "",
    "PYTHONSTARTUP": "",
    "PYTHONHASHSEED": "0",
}
# What Jupyter and IPython read and write for a user: settings, scripts, the key of a kernel, and a history.
OF_THE_USER = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
INJECTED = "injected-parameters"
ANSI = re.compile(r"\x1b\[[0-9;]*m")
NOT_SHOWN = (
    "is not shown, as it may hold an answer; to do: run it on the synthetic export "
    "(cleaning.export in params.yaml); what JupyterLab shows of this export must not be saved"
)
FRAME = re.compile(r"analysis/([\w/]+\.py:\d+)")


def run_notebook(root: Path, stage: Stage, settings: Settings) -> dict[str, float]:
    """Run the notebook of a stage with its settings, export the page, and move all outputs at once.

    Parameters
    ----------
    root
        Root of the project.
    stage
        Stage with a notebook.
    settings
        All settings.

    Returns
    -------
    dict
        Seconds spent in ``kernel``, ``imports``, ``cells`` and ``export``.

    Raises
    ------
    InputError
        When an input is missing, an input or setting changes during the run, or parameters and settings disagree.
    NotebookError
        When a cell fails or the kernel dies; the earlier outputs are left as they were.
    """
    given = settings_of(settings, stage.name)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    with stage_outputs(root, stage, settings) as scratch:
        check_parameters(root / stage.notebook, stage.name, given)
        confidential = reads_real_answers(root, stage)
        hashes = hash_inputs(root, stage.deps)
        notebook, seconds = execute(root / stage.notebook, given, root, scratch, confidential=confidential)
        start = time.perf_counter()
        from analysis.pipeline.contents import read_contents  # noqa: PLC0415 nbconvert is not needed to refuse a run
        from analysis.reporting.page import export_page  # noqa: PLC0415

        page = scratch / stage.page
        page.parent.mkdir(exist_ok=True)
        page.write_text(
            export_page(
                notebook,
                stem=stage.stem,
                synthetic=rests_on_synthetic(root, stage),
                provenance=provenance(hashes, settings_behind(stages, stage, settings)),
                pages=read_contents(root),
            ),
            encoding="utf-8",
        )
        seconds["export"] = time.perf_counter() - start
    return seconds


def execute(
    path: Path, parameters: Mapping[str, Any], root: Path, scratch: Path, *, confidential: bool
) -> tuple[nbformat.NotebookNode, dict[str, float]]:
    """Execute a notebook from the root of the project, writing in a scratch folder.

    Parameters
    ----------
    path
        The notebook.
    parameters
        Values that take the place of the defaults.
    root
        Working directory.
    scratch
        Folder that outputs go to.
    confidential
        Whether real answers are read: then no value that a message may hold is printed.

    Returns
    -------
    notebook, seconds
        The executed notebook without anything that differs between two runs, and seconds by phase.
    """
    import papermill  # noqa: PLC0415 papermill takes a second to import
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    start = time.perf_counter()
    try:
        with (
            scratch_folder(root) as private,
            chdir(root),
            _environment(
                **KERNEL_ENVIRONMENT,
                **{name: str(private / name.lower()) for name in OF_THE_USER},
                **{OUTPUT_ROOT_VARIABLE: str(scratch)},
            ),
        ):
            notebook = papermill.execute_notebook(
                str(path),
                None,
                dict(parameters),
                kernel_name=KERNEL,
                cwd=str(root),
                progress_bar=sys.stderr.isatty(),
                record_timing=False,
                shutdown_kernel="immediate",
                config=_sockets(private.relative_to(root)),
            )
    except PapermillExecutionError as error:
        if error.ename == KeyboardInterrupt.__name__:  # it reached the kernel, and perhaps only the kernel
            raise KeyboardInterrupt from None
        # Without its cause when answers are confidential: the cause holds what the message leaves out.
        raise NotebookError(_describe(path, error, confidential)) from (None if confidential else error)
    except RuntimeError as error:
        raise NotebookError(_describe_kernel(path, error)) from (None if confidential else error)
    total = time.perf_counter() - start
    cells = sum(_duration(cell) for cell in notebook.cells)
    imports = sum(_duration(cell) for cell in notebook.cells if _only_imports(cell))
    _report_warnings(path, notebook, confidential)
    return normalise(notebook), {"kernel": total - cells, "imports": imports, "cells": cells - imports}


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Remove from an executed notebook what differs between two runs, and what went to standard error.

    Parameters
    ----------
    notebook
        Executed notebook; it is changed in place and returned.
    """
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
        if cell.cell_type == "code":
            cell.outputs = _joined([output for output in cell.outputs if output.get("name") != "stderr"])
    return notebook


def _joined(outputs: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Join what was printed in one go: the clock decides in how many pieces it arrives."""
    joined: list[nbformat.NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and joined and joined[-1].output_type == "stream":
            joined[-1].text += output.text
        else:
            joined.append(output)
    return joined


def _sockets(folder: Path) -> Config:
    """Let answers travel between runner and kernel through files of this run, not through a port of the machine.

    The folder is named from the working directory of both: the path of a socket may not be long.
    """
    return Config({"KernelManager": {"transport": "ipc", "ip": f"{folder.as_posix()}/socket"}})


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    saved = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)


def _duration(cell: nbformat.NotebookNode) -> float:
    return cell.metadata.get("papermill", {}).get("duration") or 0.0


def _only_imports(cell: nbformat.NotebookNode) -> bool:
    lines = [line for line in cell.source.splitlines() if line.strip()]
    return cell.cell_type == "code" and bool(lines) and lines[0].startswith(("import ", "from "))


def _report_warnings(path: Path, notebook: nbformat.NotebookNode, confidential: bool) -> None:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                text = f"a warning, which {NOT_SHOWN}" if confidential else output.text.rstrip()
                print(f"{path.stem}, cell [{cell.execution_count}]: {text}", file=sys.stderr)


def _describe_kernel(path: Path, error: RuntimeError) -> str:
    """Say that there is no kernel any more, or not yet."""
    from nbclient.exceptions import DeadKernelError  # noqa: PLC0415 papermill imported it

    if isinstance(error, DeadKernelError):
        problem, remedy = "the kernel died, probably for lack of memory", "close other programs, then: make report"
    else:
        problem, remedy = "the kernel did not answer, probably on a machine that is busy", "run again: make report"
    return f"notebooks/{path.name}: {problem}; nothing was written; to do: {remedy}"


def _describe(path: Path, error: Any, confidential: bool) -> str:
    place = f"notebooks/{path.name}, cell [{error.exec_count}]"
    if error.ename == InputError.__name__:
        return f"{place}: {error.evalue}"
    traceback = ANSI.sub("", "\n".join(error.traceback)).rstrip()
    if confidential:
        # The message of an error may quote an answer; where it arose never does.
        frames = ", ".join(dict.fromkeys(FRAME.findall(traceback))) or "the cell itself"
        return f"{place}: {error.ename} at {frames}; nothing was written; its message {NOT_SHOWN}"
    return (
        f"{place}: {error.ename}: {error.evalue}\n--- the cell\n{error.source}\n--- the traceback\n{traceback}\n"
        "--- nothing was written; to do: open the notebook with: make lab"
    )
