"""Reactions of the same municipality: which one is kept, and why."""

from typing import Literal

import pandas as pd

DuplicateRule = Literal["latest", "first"]
RANK = {"complete": 0, "partial": 1, "break_off": 2}


def mark_duplicates(
    dispositions: pd.Series, municipalities: pd.Series, last_activity: pd.Series, rule: DuplicateRule
) -> tuple[pd.Series, pd.DataFrame]:
    """Keep one reaction of each municipality or partnership.

    A complete reaction goes before a partial one, and that before a break-off. Among equals the rule decides by
    the time of the last activity; when that is the same or unknown, by the row.

    Parameters
    ----------
    dispositions
        Disposition by reaction.
    municipalities
        Codes joined by a bar; blank when it is not certain which municipality it is: such a reaction has no
        duplicate. Only the same set of municipalities is a duplicate; sets that overlap are not.
    last_activity
        Time of the last activity; may be missing.
    rule
        ``latest``: the last word of the municipality counts; ``first``: its first one.

    Returns
    -------
    Series, DataFrame
        Dispositions in which the others are ``duplicate``; and one row per duplicate: ``kept`` (index of the
        reaction that is kept), ``was`` (its own disposition before) and ``reason`` (``less_complete``, ``earlier``
        or ``later``).
    """
    table = pd.DataFrame(
        {
            "municipalities": municipalities.astype("str"),
            "rank": dispositions.map(RANK).astype("float"),
            "time": last_activity,
            "order": range(len(dispositions)),
            "row": dispositions.index,
        },
        index=dispositions.index,
    )
    table = table[table["rank"].notna() & (table["municipalities"] != "")]
    latest = rule == "latest"
    table = table.sort_values(
        ["municipalities", "rank", "time", "order"],
        ascending=[True, True, not latest, not latest],
        na_position="last",
        kind="stable",
    )
    kept = table.groupby("municipalities", observed=True)[["row", "rank"]].transform("first")
    dropped = table["municipalities"].duplicated()
    reason = pd.Series("earlier" if latest else "later", index=table.index, dtype="str")
    reason = reason.mask(table["rank"] > kept["rank"], "less_complete")
    choices = pd.DataFrame({"kept": kept["row"], "was": dispositions[table.index], "reason": reason})[dropped]
    marked = dispositions.mask(dispositions.index.isin(choices.index), "duplicate")
    return marked, choices.sort_index()


def overlapping(municipalities: pd.Series) -> pd.Index:
    """Return the reactions that share a municipality with another one.

    Parameters
    ----------
    municipalities
        Codes joined by a bar of reactions that are all kept; blank when unknown.
    """
    members = municipalities[municipalities != ""].astype("str").str.split("|").explode()
    return members.index[members.duplicated(keep=False)].unique().sort_values()
