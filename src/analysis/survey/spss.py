"""Read an SPSS file as text, with its labels and with the values that its maker declared missing."""

import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyreadstat

from analysis.errors import InputError
from analysis.survey.raw_table import RawTable, refuse_large_cells

# A core dump would hold answers.
TRIAL = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
import pyreadstat
pyreadstat.read_sav(sys.argv[1], user_missing=True, apply_value_formats=False, output_format="dict")
"""


def read_spss(path: Path) -> RawTable:
    """Read a ``.sav`` file with every cell as text.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    RawTable
        A value that was declared missing keeps its code; ``value_labels`` says what each code means.

    Raises
    ------
    InputError
        When the file is damaged or holds no columns.
    """
    try:
        _try_elsewhere(path)
        frame, metadata = pyreadstat.read_sav(str(path), user_missing=True, apply_value_formats=False)
    except Exception as error:  # the reader reports damage with errors of many kinds
        raise InputError(
            "the SPSS file is damaged or cut off",
            file=path,
            expected="a file that SPSS opens",
            remedy="open it in SPSS and save it again",
        ) from error
    header = list(metadata.column_names)
    if not header:
        raise InputError(
            "the SPSS file has no columns", file=path, expected="a column per question", remedy="export again"
        )
    values = pd.DataFrame({position: _as_text(frame[name]) for position, name in enumerate(header)})
    values.index = pd.RangeIndex(1, 1 + len(values), name="row")  # SPSS numbers its cases from 1
    labels = {
        position: {_number(value): str(label) for value, label in metadata.variable_value_labels[name].items()}
        for position, name in enumerate(header)
        if name in metadata.variable_value_labels
    }
    column_labels = [label or "" for label in metadata.column_labels]
    read_as = {"bestandsvorm": "SPSS", "codering": str(metadata.file_encoding or "onbekend").lower()}
    return refuse_large_cells(RawTable(header, values, read_as, column_labels, labels), path)


def _try_elsewhere(path: Path) -> None:
    """Read a file in another process first: damage can kill the process that reads it, and no error comes out."""
    ended = subprocess.run([sys.executable, "-P", "-c", TRIAL, str(path)], capture_output=True, check=False)
    if ended.returncode < 0:
        raise ChildProcessError(signal.strsignal(-ended.returncode))


def _as_text(column: pd.Series) -> pd.Categorical:
    if pd.api.types.is_datetime64_any_dtype(column):
        text = column.dt.strftime("%Y-%m-%d %H:%M:%S")
    else:
        text = column.map(_number, na_action="ignore")
    return pd.Categorical(text.astype("str").fillna(""))


def _number(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
