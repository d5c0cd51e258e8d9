"""Read the stages of ``dvc.yaml``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import InputError
from analysis.yaml_file import error_at, read_yaml

SYNTHETIC = "synthetic"
NOTEBOOK_COMMAND = re.compile(r"^python -m analysis run (\d\d_(\w+))$")
REFERENCE = re.compile(r"\$\{([\w.]+)\}")


@dataclass(frozen=True)
class Stage:
    """One stage of the pipeline; all paths are relative to the root of the project.

    Parameters
    ----------
    name
        Name in ``dvc.yaml``, and section of ``params.yaml``.
    description
        The sentence of ``desc``.
    command
        What DVC runs.
    deps, outs
        Files and folders that the stage reads, files that it writes; metrics are among these.
    params
        Sections of ``params.yaml`` that it reads: its own, and those of other stages.
    """

    name: str
    description: str
    command: str
    deps: tuple[str, ...]
    outs: tuple[str, ...]
    params: tuple[str, ...] = ()

    @property
    def stem(self) -> str | None:
        """Stem of the notebook, or nothing for a stage without one."""
        match = NOTEBOOK_COMMAND.match(self.command)
        return match[1] if match else None

    @property
    def notebook(self) -> str | None:
        """Path of the notebook, or nothing for a stage without one."""
        return f"notebooks/{self.stem}.ipynb" if self.stem else None

    @property
    def page(self) -> str | None:
        """Path of the page that the notebook becomes, or nothing for a stage without one."""
        return f"reports/{self.stem}.html" if self.stem else None


def read_stages(root: Path, parameters: Mapping[str, Any]) -> dict[str, Stage]:
    """Read all stages in the order of the file.

    Parameters
    ----------
    root
        Root of the project.
    parameters
        Content of ``params.yaml``, for references such as ``${cleaning.export}``.

    Returns
    -------
    dict
        :class:`Stage` by name.

    Raises
    ------
    InputError
        When the file is missing or unreadable, or refers to a parameter that is not there.
    """
    file = root / "dvc.yaml"
    content = read_yaml(file)
    if not isinstance(content.get("stages"), Mapping):
        raise error_at(content, file, ("stages",), "there are no stages", expected="stages by name")
    stages = {}
    for name, entry in content["stages"].items():
        for key in ("desc", "cmd"):
            if not isinstance(entry, Mapping) or not isinstance(entry.get(key), str):
                problem = f"stage {name} has no {key}"
                raise error_at(content, file, ("stages", name), problem, expected=f"a text under {key}")
        for key in ("deps", "outs", "metrics"):
            if not _holds_paths(entry.get(key)):
                problem = f"stage {name} has something else than paths under {key}"
                raise error_at(content, file, ("stages", name), problem, expected="a list of paths")
        stages[name] = Stage(
            name=name,
            description=str(entry["desc"]),
            command=str(entry["cmd"]),
            deps=tuple(_resolve(path, parameters, name) for path in _paths(entry.get("deps"))),
            outs=tuple(
                _resolve(path, parameters, name)
                for kind in ("outs", "metrics")
                for path in _paths(entry.get(kind))
            ),
            params=tuple(entry.get("params") or ()),
        )
    return stages


def find_stage(stages: Mapping[str, Stage], stem: str) -> Stage:
    """Return the stage of a notebook.

    Parameters
    ----------
    stages
        What :func:`read_stages` returned.
    stem
        Stem of the notebook, such as ``04_status``.

    Raises
    ------
    InputError
        When no stage runs this notebook.
    """
    known = {stage.stem: stage for stage in stages.values() if stage.stem}
    if stem not in known:
        raise InputError(
            f"no stage runs the notebook {stem}",
            file="dvc.yaml",
            place="stages",
            expected=f"one of {', '.join(known)}",
            remedy="name one of these, or add the stage",
        )
    return known[stem]


def _holds_paths(entries: Any) -> bool:
    """Tell whether these are paths, each a text or the only key of what DVC is told about it."""
    if entries is None:
        return True
    return isinstance(entries, list) and all(
        isinstance(entry, str)
        or (isinstance(entry, Mapping) and len(entry) == 1 and all(isinstance(path, str) for path in entry))
        for entry in entries
    )


def _paths(entries: Any) -> list[str]:
    return [next(iter(entry)) if isinstance(entry, Mapping) else str(entry) for entry in entries or ()]


def _resolve(path: str, parameters: Mapping[str, Any], stage: str) -> str:
    def value(match: re.Match) -> str:
        found: Any = parameters
        for key in match[1].split("."):
            if not isinstance(found, Mapping) or key not in found:
                raise InputError(
                    f"{match[0]} refers to a parameter that is missing",
                    file="dvc.yaml",
                    place=f"stage {stage}",
                    expected="a parameter of params.yaml",
                    remedy=f"add {match[1]} to params.yaml",
                )
            found = found[key]
        return str(found)

    return REFERENCE.sub(value, path)
