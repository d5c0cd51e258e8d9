"""How far the words for a share reach below and above what they name, by the table of quantifiers."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.quantifiers import read_quantifiers


def read_widths(path: Path, patterns: Sequence[str]) -> dict[str, tuple[float, float, bool, bool]]:
    """Return for each pattern how far below and above the fraction it reaches, and whether those ends are outside.

    Parameters
    ----------
    path
        ``quantifiers.csv``, as :func:`analysis.survey.quantifiers.read_quantifiers` reads it.
    patterns
        The patterns that are needed; those with an ``X`` are intervals around X, the others intervals from 0.

    Raises
    ------
    InputError
        When the table cannot be read, or a pattern is missing or has another interval.
    """
    rows = {row.pattern: row for row in read_quantifiers(path).rows}
    widths = {}
    for pattern in patterns:
        if pattern not in rows:
            raise InputError(
                "the pattern is missing",
                file=path,
                place=pattern,
                expected=f"a row for each of {', '.join(patterns)}",
                remedy="add a row for it",
            )
        low, high = rows[pattern].lower, rows[pattern].upper
        if any(end is None or end.coefficient != ("X" in pattern) for end in (low, high)):
            raise InputError(
                "an end of the interval cannot be read",
                file=path,
                place=pattern,
                expected="X with or without a distance, such as X-0.05" if "X" in pattern else "a number",
                remedy="correct this row",
            )
        widths[pattern] = (float(low.offset), float(high.offset), low.is_strict, high.is_strict)
    return widths
