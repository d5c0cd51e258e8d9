"""Where the project stands, and how a notebook reads from it and writes to it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError
from analysis.reporting.dutch_numbers import size_of_table

if TYPE_CHECKING:
    import pandas as pd  # the runner uses this module and must start quickly

OUTPUT_ROOT_VARIABLE = "QUICKSCAN_OUTPUT_ROOT"
PRINTED = "build/quickscan_2025.pdf"
SUMMARY = "reports/summary.json"


def project_root(start: Path | None = None) -> Path:
    """Return the folder that holds ``dvc.yaml``, from any folder below it.

    Parameters
    ----------
    start
        Folder to start from; the working directory when left out.

    Raises
    ------
    InputError
        When no folder upwards holds ``dvc.yaml``.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "dvc.yaml").is_file():
            return folder
    raise InputError("no dvc.yaml here or in a folder above", file=start, remedy="work inside the repository")


def input_path(relative: str) -> Path:
    """Return the path of an input of a notebook, which must exist.

    Parameters
    ----------
    relative
        Path from the root of the project, as in ``dvc.yaml``.

    Raises
    ------
    InputError
        When nothing stands there.
    """
    path = project_root() / relative
    if not path.exists():
        raise InputError("the file is missing", file=relative, remedy="make it with: make report")
    return path


def output_path(relative: str) -> Path:
    """Return where a notebook must write an output.

    The runner points this at a scratch folder, so that a run that fails leaves the earlier output as it was;
    opened by hand, a notebook writes in the project itself.

    Parameters
    ----------
    relative
        Path from the root of the project, as in ``dvc.yaml``.
    """
    root = os.environ.get(OUTPUT_ROOT_VARIABLE)
    path = (Path(root) if root else project_root()) / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a tidy table as the contracts want it.

    UTF-8, comma, ``.`` as decimal sign, a line feed as line end, no index column. Ten significant digits: what
    comes after them depends on the processor, and the same inputs must give the same bytes everywhere.

    Parameters
    ----------
    table
        The table, sorted by its key.
    path
        File to write.
    """
    table.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", float_format="%.10g")


def write_tables(tables: dict[str, pd.DataFrame]) -> None:
    """Write tidy tables as CSV (see :func:`write_csv`) and print what was written.

    Parameters
    ----------
    tables
        Table by path from the root of the project, below ``data/processed``.

    Raises
    ------
    InputError
        For a table that would be published: those go through :func:`analysis.pipeline.publication.publish_tables`.
    """
    for relative in tables:
        if relative.startswith("reports/"):
            raise InputError(
                "a table for readers does not pass the disclosure rules",
                file=relative,
                expected="a path below data/processed",
                remedy="write it with publish_tables",
            )
    for relative, table in tables.items():
        write_csv(table, output_path(relative))
        print(f"{relative}: {size_of_table(*table.shape)}")
