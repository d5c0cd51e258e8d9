"""What the statements of a report about its response count: reactions, municipalities, provinces."""

from pathlib import Path

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows

QUANTITIES = {
    "reactions": "all reactions that came in",
    "usable": "usable reactions",
    "joint": "usable reactions for several municipalities together",
    "represented": "municipalities that the usable reactions stand for",
    "with_province": "usable reactions of which the province is known",
    "without_province": "usable reactions of which the province is not known",
    "provinces": "provinces with a usable reaction",
    "not_kept": "which municipalities answered together, which no table keeps",
}
COLUMNS = ("claim_id", "quantity", "note")


def read_response_statements(path: Path) -> dict[str, str]:
    """Read what each statement about the response counts.

    Parameters
    ----------
    path
        CSV with the columns ``claim_id``, ``quantity`` (a key of :data:`QUANTITIES`) and ``note``.

    Returns
    -------
    dict
        The quantity by the identifier of the statement.

    Raises
    ------
    InputError
        When the file is missing, has other columns, names an unknown quantity or a statement twice.
    """
    found: dict[str, str] = {}
    rows, problems = read_rows(path, COLUMNS[:-1], COLUMNS[-1:])
    if problems:
        raise problems[0]
    for line, row in rows:
        if row["quantity"] not in QUANTITIES:
            raise InputError(
                f"the quantity {row['quantity']!r} is unknown",
                file=path,
                place=f"line {line}",
                expected=f"one of {', '.join(QUANTITIES)}",
                remedy="correct the quantity",
            )
        if row["claim_id"] in found:
            raise InputError(
                f"the statement {row['claim_id']} stands here twice",
                file=path,
                place=f"line {line}",
                expected="one quantity for each statement",
                remedy="remove one of the two lines",
            )
        found[row["claim_id"]] = row["quantity"]
    return found
