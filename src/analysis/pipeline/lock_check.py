"""Tell whether ``dvc.lock`` may be committed: only after a build on the synthetic export."""

from collections.abc import Collection, Mapping
from hashlib import md5
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.stages import Stage
from analysis.yaml_file import read_yaml

LOCK = "dvc.lock"
SYNTHETIC = "synthetic"
RAW = "data/raw/"
CODING = "data/raw/coding"
COMMITTED = ("reports/summary.json",)
"""Results that git keeps beside the lock."""
REMEDY = "git checkout dvc.lock params.yaml, or: make report with the settings as committed"


def check_lock(root: Path, stages: Mapping[str, Stage], export: str, tracked: Collection[str]) -> str:
    """Refuse a ``dvc.lock`` that holds anything of an export that is not synthetic.

    Parameters
    ----------
    root
        Root of the project.
    stages
        All stages by name.
    export
        The export that the settings name, from the root.
    tracked
        Raw files that git keeps, from the root: only these and the synthetic export may stand behind a result.

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
    if export not in stages[SYNTHETIC].outs:
        raise InputError(
            f"the export {export} is not the synthetic one",
            file="params.yaml",
            place="cleaning.export",
            expected=stages[SYNTHETIC].outs[0],
            remedy=REMEDY,
        )
    locked = read_yaml(root / LOCK).get("stages", {})
    made = {out["path"]: out["md5"] for out in locked.get(SYNTHETIC, {}).get("outs", ())}
    for name, entry in locked.items():
        for part in entry.get("deps", ()):
            if problem := _problem(part, made, tracked):
                raise InputError(
                    problem, file=LOCK, place=f"stage {name}", expected="a synthetic export", remedy=REMEDY
                )
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
                    expected="the file that the lock describes",
                    remedy="make report, or git checkout",
                )


def _problem(part: dict, made: Mapping[str, str], tracked: Collection[str]) -> str | None:
    """Say what is wrong with a file that a stage read, if anything is."""
    path = part["path"]
    if path in made:
        return (
            None if part["md5"] == made[path] else f"the stage read another {path} than the stage synthetic wrote"
        )
    if path.startswith(RAW) and path not in tracked and not any(name.startswith(f"{path}/") for name in tracked):
        return f"the stage read {path}"
    if path == CODING and part.get("nfiles", 1) > 1:
        return "the stage read codes that people gave to answers"
    return None
