"""The tables of what weights do, with Dutch labels."""

import pandas as pd

from analysis.reporting.chapter import GROUPS
from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.statistics.response_counts import UNKNOWN

TOLERANCE = 1e-6
WEIGHTS = {
    "unweighted": "Ongewogen",
    "size_class": "Gewogen naar grootte",
    "raked": "Gewogen naar grootte en provincie",
}


def weight_rows(summary: pd.DataFrame) -> pd.DataFrame:
    """Return the range and the cost of the weights.

    Parameters
    ----------
    summary
        Result of :func:`analysis.statistics.weight_diagnostics.weight_summary`.
    """
    return pd.DataFrame(
        {
            "Weging": summary["estimator"].map(WEIGHTS),
            "Kleinste gewicht": summary["smallest"],
            "Middelste": summary["median"],
            "Grootste": summary["largest"],
            "Grootste / kleinste": summary["ratio"],
            "Ontwerpeffect": summary["deff"],
            "Telt als zoveel reacties": [decimal(value, 0) for value in summary["n_effective"]],
        }
    )


def margin_rows(margins: pd.DataFrame) -> pd.DataFrame:
    """Return the margins of the respondents before and after weighting, beside those of the population.

    Parameters
    ----------
    margins
        Result of :func:`analysis.statistics.weight_diagnostics.weight_margins`.
    """
    labels = GROUPS | {UNKNOWN: "Anoniem"}
    shares = {"share_population": "Doel van de weging"} | {
        f"share_{name}": label for name, label in WEIGHTS.items()
    }
    table = pd.DataFrame({"Groep": margins["level"].map(lambda level: labels.get(level, level))})
    for column, heading in shares.items():
        table[heading] = [percentage(value, 1) for value in margins[column]]
    return table


def margin_note(margins: pd.DataFrame) -> str:
    """Say in Dutch what the weights aim at where respondents have no province; empty when all have one.

    Parameters
    ----------
    margins
        As for :func:`margin_rows`.
    """
    share = margins.loc[margins["level"] == UNKNOWN, "share_population"].sum()
    if share == 0:
        return ""
    return (
        f"Voor reacties zonder provincie is {percentage(share, 1)} apart gehouden; de provincies verdelen de "
        "rest. Zo'n reactie houdt bij de weging naar provincie het gewicht van haar grootte."
    )


def check_weights(margins: pd.DataFrame) -> str:
    """Check that the weights meet the margins that they were made for, and say in Dutch what was established.

    Parameters
    ----------
    margins
        Result of :func:`analysis.statistics.weight_diagnostics.weight_margins`.

    Raises
    ------
    ValueError
        When a weighted share differs from that of the population.
    """
    sizes = margins[margins["variable"] == "size_class"]
    for rows, column in ((sizes, "share_size_class"), (margins, "share_raked")):
        if ((rows[column] - rows["share_population"]).abs() > TOLERANCE).any():
            raise ValueError(f"{column} does not meet the population")
    return f"De gewichten kloppen met {count(len(margins))} randtotalen van grootte en provincie."
