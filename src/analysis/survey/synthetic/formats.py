"""Write the export as CSV, Excel or SPSS."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from analysis.survey.instrument import Instrument

DATE_FORMAT = "%d-%m-%Y %H:%M"


def write_csv(table: pd.DataFrame, path: Path, instrument: Instrument) -> None:
    """Write as Excel in the Netherlands does: semicolons, Windows-1252, Dutch dates.

    Parameters
    ----------
    table
        The export.
    path
        File to write.
    instrument
        The questionnaire; not used.
    """
    table.to_csv(
        path,
        sep=";",
        index=False,
        encoding="cp1252",
        lineterminator="\r\n",
        date_format=DATE_FORMAT,
        errors="strict",
    )


WRITERS: dict[str, Callable[[pd.DataFrame, Path, Instrument], None]] = {"csv": write_csv}
