"""Tell whether ``dvc.lock`` may be committed: only after a build on the synthetic export."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from hashlib import md5
from pathlib import Path

from analysis.errors import InputError
from analysis.pipeline.project import SUMMARY
from analysis.pipeline.stages import SYNTHETIC, Stage
from analysis.yaml_file import read_yaml

LOCK = "dvc.lock"
RAW = "data/raw/"
CODING = "data/raw/coding"
COMMITTED = (SUMMARY,)
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
        Files that git keeps, from the root: only these and what stages make of them may stand behind a result.

    Returns
    -------
    str
        What was established.

    Raises
    ------
    InputError
        When the settings or the lock name another export, when a stage read what no stage makes and git does not
        keep, or other bytes than the stage ``synthetic`` wrote or the raw files hold, when answers that people
        coded stand behind it, or when a result that git keeps is another one than the lock holds.
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
    kept = sorted(filter(None, tracked))
    known = {*_with_folders(kept), *_with_folders(out for stage in stages.values() for out in stage.outs)}

    @cache
    def hash_now(path: str) -> str:
        return _hash(root, path, kept)

    for name, entry in locked.items():
        for part in entry.get("deps", ()):
            if problem := _problem(part, made, known, hash_now):
                raise InputError(
                    problem, file=LOCK, place=f"stage {name}", expected="a synthetic export", remedy=REMEDY
                )
    _check_committed(root, locked)
    return f"{LOCK} is of the synthetic export"


def _with_folders(paths: Iterable[str]) -> set[str]:
    """Return paths with every folder above them, but not the root."""
    return {part.as_posix() for path in paths for part in (Path(path), *Path(path).parents) if part.name}


def _hash(root: Path, path: str, kept: Sequence[str]) -> str:
    """Return the hash that DVC gives to a file, or to a folder of only what git keeps in it; blank without it."""
    if (root / path).is_file():
        return md5((root / path).read_bytes()).hexdigest()
    names = [name for name in kept if name.startswith(f"{path}/")]
    if not all((root / name).is_file() for name in names):
        return ""
    listed = [{"md5": _hash(root, name, ()), "relpath": name.removeprefix(f"{path}/")} for name in names]
    return f"{md5(json.dumps(listed, sort_keys=True).encode()).hexdigest()}.dir"


def _check_committed(root: Path, locked: dict) -> None:
    """Refuse a result that git keeps, when it is another one than the lock holds."""
    made = {out["path"]: out["md5"] for entry in locked.values() for out in entry.get("outs", ())}
    for name in COMMITTED:
        path = root / name
        if not path.is_file():
            problem = "the file is missing"
        elif name not in made:
            problem = "dvc.lock does not hold the file"
        elif md5(path.read_bytes()).hexdigest() != made[name]:
            problem = "the file is of another build than dvc.lock"
        else:
            continue
        raise InputError(
            problem,
            file=name,
            expected="the file that the lock describes",
            remedy="make report, or git checkout",
        )


def _problem(
    part: dict, made: Mapping[str, str], known: Collection[str], hash_now: Callable[[str], str]
) -> str | None:
    """Say what is wrong with a file or folder that a stage read, if anything is."""
    path = part["path"]
    if path in made:
        return (
            None if part["md5"] == made[path] else f"the stage read another {path} than the stage synthetic wrote"
        )
    if path not in known:
        return f"the stage read {path}, which git does not keep"
    if path == CODING and part.get("nfiles", 1) > 1:
        return "the stage read codes that people gave to answers"
    if f"{path}/".startswith(RAW) and part["md5"] != hash_now(path):
        return f"the stage read another {path} than git keeps"
    return None
