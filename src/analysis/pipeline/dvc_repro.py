"""Rebuild with DVC as ``dvc repro`` does, without its advice about git and a storage that is not used."""

import logging
import re
import sys
from collections.abc import Sequence

INTERRUPTED = 130
BY_INTERRUPTION = re.compile(r"exited with (?:130|-2)$")
"""How DVC ends the message about a stage that somebody interrupted: its exit code, or the signal."""


def reproduce(stages: Sequence[str]) -> int:
    """Rebuild stages in the working directory, and return the exit code; a stage that fails is named on the way.

    Parameters
    ----------
    stages
        Names of the stages to rebuild with what they need; all when none is named.
    """
    try:
        from dvc.repo import Repo  # noqa: PLC0415 it takes a second, in which Ctrl-C may come
        from dvc.ui import ui  # noqa: PLC0415

        ui.enable()
        try:
            with Repo() as repo:
                repo.scm_context.quiet = True
                repo.reproduce(targets=list(stages))
        except Exception as error:  # DVC says each in one line, such as that of a full disk in its database
            if BY_INTERRUPTION.search(str(error.__cause__)):
                return INTERRUPTED
            logging.getLogger("dvc").exception("")
            return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(reproduce(sys.argv[1:]))
