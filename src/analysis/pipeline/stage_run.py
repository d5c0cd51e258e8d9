"""What surrounds the run of a stage: no other run of it, a line in the log, and errors that quote no answer."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.exclusive_use import LOCKS, alone
from analysis.pipeline.origin import reads_real_answers
from analysis.pipeline.run_log import logged
from analysis.pipeline.settings import FILE_NAME
from analysis.pipeline.stages import find_stage, read_stages
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
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    stage = stages[name] if name in stages else find_stage(stages, name)
    with alone(root / LOCKS / stage.name, f"stage {stage.name}"), logged(root, stage):
        yield


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
