"""What surrounds the run of a stage: no other run of it, a line in the log, and errors that quote no answer."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.exclusive_use import LOCKS, alone
from analysis.pipeline.origin import reads_real_answers
from analysis.pipeline.outputs import staged_outputs
from analysis.pipeline.preflight import check_inputs, check_unchanged
from analysis.pipeline.provenance import hash_used
from analysis.pipeline.run_log import logged
from analysis.pipeline.settings import FILE_NAME, Settings, load_settings
from analysis.pipeline.stages import Stage, find_stage, read_stages
from analysis.yaml_file import read_yaml


@contextmanager
def as_stage(root: Path, name: str | None) -> Iterator[None]:
    """Run something as a stage: beside no other run of that stage, and logged.

    Parameters
    ----------
    root
        Root of the project.
    name
        Name of the stage or stem of its notebook; nothing for a command that is no stage.

    Raises
    ------
    InputError
        When there is no such stage.
    """
    if name is None:
        yield
        return
    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    stage = stages[name] if name in stages else find_stage(stages, name)
    with alone(root / LOCKS / stage.name, f"stage {stage.name}"), logged(root, stage, settings):
        yield


@contextmanager
def stage_outputs(root: Path, stage: Stage, settings: Settings) -> Iterator[Path]:
    """Give a scratch folder for the outputs of a stage, and move them when nothing that it uses has changed.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage.
    settings
        The settings that it uses.

    Yields
    ------
    Path
        The scratch folder, which takes the place of the root.

    Raises
    ------
    InputError
        When an input is missing, or an input or a setting that the stage declares changed meanwhile; nothing is
        moved then.
    """
    check_inputs(root, stage, stage.deps)
    before = hash_used(root, stage, settings)
    with staged_outputs(root, stage.outs) as scratch:
        yield scratch
        check_unchanged(before, hash_used(root, stage, load_settings(root)))


def may_quote_answers(root: Path) -> bool:
    """Tell whether a message may quote a real answer: an export is real, or that cannot be told.

    Parameters
    ----------
    root
        Root of the project.
    """
    try:
        return reads_real_answers(root)
    except (InputError, OSError, KeyError, TypeError):
        return True


def without_message(error: Exception) -> str:
    """Describe an error that nobody foresaw by its kind and place: its message may quote an answer.

    Parameters
    ----------
    error
        The error.

    Examples
    --------
    >>> without_message(KeyError("what somebody wrote")).partition(";")[0]
    'KeyError at an unknown place'
    """
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/analysis/" in frame.filename]
    place = ", ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames) or "an unknown place"
    return (
        f"{type(error).__name__} at {place}; its message is not shown, as it may hold an answer; "
        "to do: do the same with the synthetic export, and report what it shows"
    )
