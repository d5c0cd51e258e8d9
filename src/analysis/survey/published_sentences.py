"""The conclusions of a report as Dutch sentences, which a person wrote beside its statements."""

from pathlib import Path

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows

COLUMNS = ("claim_id", "nl")


def read_sentences(path: Path) -> dict[str, str]:
    """Return the conclusions of a report as Dutch sentences by the identifier of their statement.

    Parameters
    ----------
    path
        CSV with the columns ``claim_id`` and ``nl``.

    Raises
    ------
    InputError
        When the file is missing or has other columns, a cell is blank, or a statement stands there twice.
    """
    rows, problems = read_rows(path, COLUMNS)
    if problems:
        raise problems[0]
    sentences: dict[str, str] = {}
    for line, row in rows:
        blank = [name for name in COLUMNS if not row[name]]
        if blank:
            raise InputError(
                f"the cell of {blank[0]} is blank",
                file=path,
                place=f"line {line}",
                expected="a statement and a sentence",
                remedy="fill it in, or remove the line",
            )
        if row["claim_id"] in sentences:
            raise InputError(
                f"the statement {row['claim_id']} stands here twice",
                file=path,
                place=f"line {line}",
                expected="one sentence for each statement",
                remedy="remove one of the two lines",
            )
        sentences[row["claim_id"]] = row["nl"]
    return sentences
