"""How many municipalities with an approach in use had already begun when the earlier wave was held."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.comparison_wording import share_range
from analysis.reporting.dutch_numbers import count, percentage

START, EARLY = "q08", ("a", "b")
"""The question when municipalities began, and its options that end with the year of the earlier wave."""
STATUS, IN_USE = "q04", "a"


def early_start(chapters: Mapping[int, Chapter]) -> dict[str, int]:
    """Return how many municipalities with an approach in use began in the year of the earlier wave or before.

    Parameters
    ----------
    chapters
        Results by number of the chapter: those with the status and with the start.

    Returns
    -------
    dict
        ``began``, of the ``in_use`` municipalities with an approach in use, of all ``n``.
    """
    rows = pd.concat([chapter.estimates for chapter in chapters.values()])
    whole = rows[(rows["group"] == ALL) & (rows["estimator"] == "unweighted")].set_index(["question", "option"])
    status = whole.loc[(STATUS, IN_USE)]
    began = whole["count"].reindex([(START, option) for option in EARLY]).sum()
    return {"began": int(began), "in_use": int(status["count"]), "n": int(status["n"])}


def check_early_start(found: Mapping[str, int], estimates: pd.DataFrame) -> None:
    """Refuse a number that is not the sum of counts that the stage ``disclosure`` released.

    Parameters
    ----------
    found
        From :func:`early_start`.
    estimates
        The released estimates.

    Raises
    ------
    InputError
        When it is another number.
    """
    own = (estimates["question"] == START) & estimates["option"].isin(EARLY)
    whole = own & (estimates["group"] == ALL) & (estimates["estimator"] == "unweighted")
    if found["began"] != estimates.loc[whole, "count"].sum():
        raise InputError(
            "the number of municipalities that began by 2021 was not released so",
            file="reports/summary.json",
            expected=f"the sum of {START} {' and '.join(EARLY)} in data/processed/released/estimates.csv",
            remedy="take the number from there",
        )


def early_start_sentence(found: Mapping[str, int], change: Mapping[str, object], *, brief: bool = False) -> str:
    """Say that a rise may be smaller than it looks; empty without a rise, or when no more had begun than counted.

    Parameters
    ----------
    found
        From :func:`early_start`.
    change
        The change of the share with an approach in use: ``verdict``, ``difference_low``, ``share_2021_low`` and
        ``share_2021_high``.
    brief
        Leave out what the share is compared with.

    Notes
    -----
    Who began to carry out an approach in 2021 may have been introducing it then, so this is no count of approaches
    in use in 2021.
    """
    began, in_use, n = found["began"], found["in_use"], found["n"]
    rose = change["verdict"] == "changed" and change["difference_low"] > 0
    if not rose or began / n <= change["share_2021_high"]:
        return ""
    verb = "begon" if began == 1 else "begonnen"
    those = f"Van de {count(in_use)} gemeenten met een aanpak in gebruik"
    start, share = f"{those} {verb} er {count(began)} al in of vóór 2021", percentage(began / n)
    if brief:
        return f"{start} ({share} van de {count(n)}): de stijging kan kleiner zijn dan zij lijkt."
    before = share_range(change["share_2021_low"], change["share_2021_high"])
    return (
        f"{start} met de uitvoering. Dat is {share} van de {count(n)}, meer dan de {before} die in 2021 gemeten "
        "is. Wie begon, hoefde de aanpak toen nog niet in gebruik te hebben; toch kan de stijging kleiner zijn "
        "dan zij lijkt."
    )
