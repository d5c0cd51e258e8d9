"""Say in words what a figure shows, from the table behind it."""

import pandas as pd

from analysis.reporting.dutch_numbers import count, percentage


def describe_distribution(table: pd.DataFrame) -> str:
    """Return the text alternative of a figure of one question: every option with its share and number.

    Parameters
    ----------
    table
        One row per option with ``label``, ``n``, ``count`` and ``share``; with ``printed_pct`` the whole
        percentage that the figure prints is used.

    Examples
    --------
    >>> table = pd.DataFrame({"label": ["Ja", "Nee"], "n": 4, "count": [3, 1], "share": [0.75, 0.25]})
    >>> describe_distribution(table)
    'Van de 4 gemeenten: Ja 75% (3), Nee 25% (1).'
    """
    shares = (
        [f"{value}%" for value in table["printed_pct"]]
        if "printed_pct" in table
        else map(percentage, table["share"])
    )
    parts = [
        f"{label} {share} ({count(number)})"
        for label, share, number in zip(table["label"], shares, table["count"], strict=True)
    ]
    return f"Van de {count(table['n'].iloc[0])} gemeenten: {', '.join(parts)}."
