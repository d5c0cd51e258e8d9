"""Say in words what a figure shows, from the table behind it."""

import pandas as pd

from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.wording import capitalise, enumerate_dutch


def describe_distribution(table: pd.DataFrame, base: str = "gemeenten") -> str:
    """Return the text alternative of a figure of one question: every option with its share and number.

    Parameters
    ----------
    table
        One row per option with ``label``, ``n``, ``count`` and ``share``, in the order of the figure; with
        ``printed_pct`` the whole percentage that the figure prints is used.
    base
        Who was asked, in Dutch.

    Examples
    --------
    >>> table = pd.DataFrame({"label": ["Ja", "Nee"], "n": 4, "count": [3, 1], "share": [0.75, 0.25]})
    >>> describe_distribution(table)
    'Van de 4 gemeenten: Ja 75% (3), Nee 25% (1).'
    """
    parts = [
        f"{row['label']} {_share(row)}" + ("" if pd.isna(row["count"]) else f" ({count(row['count'])})")
        for row in table.to_dict("records")
    ]
    return f"Van de {count(table['n'].iloc[0])} {base}: {', '.join(parts)}."


def describe_groups(table: pd.DataFrame, by: str) -> str:
    """Return the text alternative of a figure of several items on one scale, or of one question in several groups.

    Parameters
    ----------
    table
        As for :func:`describe_distribution`, for each item or group.
    by
        Column that names the item or group: ``item_label`` or ``group_label``.
    """
    sentences = []
    for label, rows in table.groupby(by, sort=False, observed=True):
        parts = enumerate_dutch(f"{row['label']} {_share(row)}" for row in rows.to_dict("records"))
        sentences.append(f"{capitalise(str(label))} (n = {count(rows['n'].iloc[0])}): {parts}.")
    return " ".join(sentences)


def describe_highest(table: pd.DataFrame, by: str, most: int = 3) -> str:
    """Return the text alternative of a figure of many options in several groups: the highest ones of each.

    Parameters
    ----------
    table, by
        As for :func:`describe_groups`.
    most
        How many options are named per group.
    """
    number = table.drop_duplicates("option").shape[0]
    sentences = [
        f"{count(number)} antwoorden per groep; alle percentages staan in de tabel. "
        "Het hoogst van de antwoorden die hier staan:"
    ]
    for label, rows in table.groupby(by, sort=False, observed=True):
        highest = rows.sort_values("share", ascending=False, kind="stable").iloc[:most]
        parts = enumerate_dutch(f"{row['label']} {_share(row)}" for row in highest.to_dict("records"))
        sentences.append(f"{capitalise(str(label))} (n = {count(rows['n'].iloc[0])}): {parts}.")
    return " ".join(sentences)


def describe_pairs(table: pd.DataFrame, *, first: str, second: str, names: tuple[str, str]) -> str:
    """Return the text alternative of a figure with two shares per row.

    Parameters
    ----------
    table
        Column ``label`` and the two columns of shares.
    first, second, names
        As for :func:`analysis.reporting.figures.dumbbell`.
    """
    return " ".join(
        f"{capitalise(str(label))}: {names[0]} {_percentage(one)}, {names[1]} {_percentage(other)}."
        for label, one, other in table[["label", first, second]].itertuples(index=False)
    )


def describe_flow(table: pd.DataFrame) -> str:
    """Return the text alternative of a flow diagram.

    Parameters
    ----------
    table
        As for :func:`analysis.reporting.figures.flow_diagram`.

    Examples
    --------
    >>> describe_flow(pd.DataFrame({"label": ["ontvangen", "bruikbaar"], "n": [9, 7], "reason": [None, "dubbel"]}))
    '9 ontvangen. 2 vallen af: dubbel. 7 bruikbaar.'
    """
    sentences = []
    for before, (label, n, reason) in zip(
        table["n"].shift(), table[["label", "n", "reason"]].itertuples(index=False), strict=True
    ):
        if not pd.isna(before):
            why = "" if pd.isna(reason) else f": {reason}"
            sentences.append(f"{count(before - n)} vallen af{why}.")
        sentences.append(f"{count(n)} {label}.")
    return " ".join(sentences)


def _share(row: dict) -> str:
    return f"{int(row['printed_pct'])}%" if "printed_pct" in row else _percentage(row["share"])


def _percentage(share: float) -> str:
    return "onbekend" if pd.isna(share) else percentage(share)
