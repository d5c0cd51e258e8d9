"""Put all outputs of a stage in place at once, or none of them."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.errors import InputError


@contextmanager
def staged_outputs(root: Path, outs: Iterable[str]) -> Iterator[Path]:
    """Give a scratch folder to write in, and move what was written when all went well.

    Parameters
    ----------
    root
        Root of the project; the scratch folder stands in it, so that a move is a rename.
    outs
        Every file that must be written, relative to the root.

    Yields
    ------
    Path
        The scratch folder, which takes the place of the root.

    Raises
    ------
    InputError
        When a declared output is missing or an undeclared one was written; nothing is moved then.
    """
    outs = sorted(outs)
    (root / ".scratch").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / ".scratch") as folder:
        scratch = Path(folder)
        yield scratch
        written = sorted(path.relative_to(scratch).as_posix() for path in scratch.rglob("*") if path.is_file())
        if written != outs:
            missing, extra = sorted(set(outs) - set(written)), sorted(set(written) - set(outs))
            raise InputError(
                f"the stage did not write {missing} and wrote {extra} without declaring it",
                file="dvc.yaml",
                place="outs",
                expected=f"exactly {outs}",
                remedy="let the outs and the last cell of the notebook agree",
            )
        for path in outs:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (scratch / path).replace(root / path)
