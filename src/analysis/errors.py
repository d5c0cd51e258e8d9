"""The errors that a user of this repository is meant to see."""

from pathlib import Path


class InputError(Exception):
    """Something that a person gave to the pipeline is wrong and a person can mend it.

    The message is one line: file, place, what is wrong, what was expected, what to do.

    Parameters
    ----------
    problem
        What is wrong, as a clause without a full stop.
    file
        File in which it is wrong; shown from the working directory when it lies below it.
    place
        Where in the file: a line, a column, a key.
    expected
        What would have been right.
    remedy
        What to do about it, as an imperative clause.

    Attributes
    ----------
    problem, file, place, expected, remedy
        As they were given; nothing for what was left out.

    Examples
    --------
    >>> print(InputError("column is missing", file="data/raw/survey.csv", place="header", remedy="export again"))
    data/raw/survey.csv, header: column is missing; to do: export again
    """

    def __init__(
        self,
        problem: str,
        *,
        file: object = None,
        place: object = None,
        expected: object = None,
        remedy: object = None,
    ):
        if isinstance(file, Path) and file.is_relative_to(Path.cwd()):
            file = file.relative_to(Path.cwd())
        where = ", ".join(str(part) for part in (file, place) if part is not None)
        line = f"{where}: {problem}" if where else problem
        if expected is not None:
            line += f"; expected {expected}"
        if remedy is not None:
            line += f"; to do: {remedy}"
        super().__init__(" ".join(line.split()))
        self.problem, self.file, self.place, self.expected, self.remedy = problem, file, place, expected, remedy


class NotebookError(Exception):
    """A cell of a notebook failed; the message holds the cell and its traceback."""
