"""Tell whether ``dvc.lock`` may be committed: only after a build on the synthetic export."""

from hashlib import md5
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.settings import FILE_NAME
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

LOCK = "dvc.lock"
RAW = "data/raw/"
CODING = "data/raw/coding"
SYNTHETIC = "synthetic_"
COMMITTED = ("reports/summary.json",)
"""Results that git keeps beside the lock."""
REMEDY = "git checkout dvc.lock params.yaml, or: make report with the settings as committed"


def check_lock(root: Path) -> str:
    """Refuse a ``dvc.lock`` that holds anything of an export that is not synthetic.

    Parameters
    ----------
    root
        Root of the project.

    Returns
    -------
    str
        What was established.

    Raises
    ------
    InputError
        When the settings or the lock name another export, when a stage was built from other bytes than the stage
        ``synthetic`` wrote, or when answers that people coded stand behind it.
    """
    parameters = read_yaml(root / FILE_NAME)
    export = str(parameters["cleaning"]["export"])
    if not Path(export).name.startswith(SYNTHETIC):
        raise InputError(
            f"the export {export} is not the synthetic one", file=FILE_NAME, place="cleaning.export", remedy=REMEDY
        )
    stages = read_stages(root, parameters)
    locked = read_yaml(root / LOCK)["stages"]
    made = {out["path"]: out["md5"] for out in locked["synthetic"]["outs"]}
    committed = {path for stage in stages.values() for path in stage.deps if path.startswith(RAW)}
    for name, entry in locked.items():
        for part in entry.get("deps", ()):
            if problem := _problem(part, made, committed):
                raise InputError(problem, file=LOCK, place=f"stage {name}", remedy=REMEDY)
        read = entry.get("params", {}).get(FILE_NAME, {}).get("cleaning", {"export": export})["export"]
        if read != export:
            raise InputError(f"the stage read {read}", file=LOCK, place=f"stage {name}", remedy=REMEDY)
    _check_committed(root, locked)
    return f"{LOCK} is of the synthetic export"


def _check_committed(root: Path, locked: dict) -> None:
    """Refuse a result that git keeps, when it is another one than the lock holds."""
    for entry in locked.values():
        for out in entry.get("outs", ()):
            path = root / out["path"]
            if out["path"] in COMMITTED and path.is_file() and md5(path.read_bytes()).hexdigest() != out["md5"]:
                raise InputError(
                    "the file is of another build than dvc.lock",
                    file=out["path"],
                    remedy="make report, or git checkout",
                )


def _problem(part: dict, made: dict[str, str], committed: set[str]) -> str | None:
    """Say what is wrong with a file that a stage read, if anything is."""
    path = part["path"]
    if path.startswith(RAW) and path not in committed:
        return f"the stage read {path}"
    if path in made and part["md5"] != made[path]:
        return f"the stage read another {path} than the stage synthetic wrote"
    if path == CODING and part.get("nfiles", 1) > 1:
        return "the stage read codes that people gave to answers"
    return None
