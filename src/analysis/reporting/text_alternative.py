"""Text alternatives of figures, made from the tables that the figures show."""

import pandas as pd

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.wording import capitalise, enumerate_dutch


def describe_shares(table: pd.DataFrame, *, kind: str, base: str) -> str:
    """Say in words what a figure with one row per option shows.

    Parameters
    ----------
    table
        Columns ``label``, ``n``, ``count``, ``share`` and, where they are shown, ``printed_pct``, ``ci_low`` and
        ``ci_high``; in the order of the figure.
    kind
        What sort of figure it is, in Dutch, such as ``Gestapelde staaf``.
    base
        Who was asked, in Dutch.

    Examples
    --------
    >>> table = pd.DataFrame({"label": ["ja", "nee"], "n": 40, "count": [10, 30], "share": [0.25, 0.75]})
    >>> describe_shares(table, kind="Staven", base="gemeenten")
    'Staven, 40 gemeenten. Ja: 25% (10). Nee: 75% (30).'
    """
    n = write_count(table["n"].iloc[0])
    return " ".join([f"{kind}, {n} {base}.", *(_row(row) for row in table.to_dict("records"))])


def describe_items(table: pd.DataFrame, *, kind: str, base: str) -> str:
    """Say in words what a figure with several items on one scale, or one question in several groups, shows.

    Parameters
    ----------
    table
        As for :func:`describe_shares`, with ``item_label`` or ``group_label``.
    kind, base
        As for :func:`describe_shares`.
    """
    by = "item_label" if "item_label" in table else "group_label"
    sentences = [f"{kind}, {base}."]
    for label, rows in table.groupby(by, sort=False, observed=True):
        parts = enumerate_dutch(f"{row['label']} {_share(row)}" for row in rows.to_dict("records"))
        sentences.append(f"{capitalise(str(label))} ({write_count(rows['n'].iloc[0])}): {parts}.")
    return " ".join(sentences)


def describe_pairs(table: pd.DataFrame, *, kind: str, first: str, second: str, names: tuple[str, str]) -> str:
    """Say in words what a figure with two shares per row shows.

    Parameters
    ----------
    table
        Column ``label`` and the two columns of shares.
    kind
        What sort of figure it is, in Dutch.
    first, second, names
        As for :func:`analysis.reporting.figures.dumbbell`.
    """
    rows = [
        f"{capitalise(str(label))}: {names[0]} {_percentage(one)}, {names[1]} {_percentage(other)}."
        for label, one, other in table[["label", first, second]].itertuples(index=False)
    ]
    return " ".join([f"{kind}.", *rows])


def _row(row: dict) -> str:
    interval = ""
    if not pd.isna(row.get("ci_low")) and not pd.isna(row.get("ci_high")):
        interval = f", interval {percentage(row['ci_low'])} tot {percentage(row['ci_high'])}"
    count = "" if pd.isna(row["count"]) else f" ({write_count(row['count'])})"
    return f"{capitalise(str(row['label']))}: {_share(row)}{count}{interval}."


def _share(row: dict) -> str:
    return f"{int(row['printed_pct'])}%" if "printed_pct" in row else _percentage(row["share"])


def _percentage(share: float) -> str:
    return "onbekend" if pd.isna(share) else percentage(share)
