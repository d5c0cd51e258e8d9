"""The response in Dutch sentences, computed from its tables."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.response_counts import UNKNOWN

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli"),
    *("augustus", "september", "oktober", "november", "december"),
)


def dutch_date(day: pd.Timestamp) -> str:
    """Return a date as Dutch writes it.

    Parameters
    ----------
    day
        The day.

    Examples
    --------
    >>> dutch_date(pd.Timestamp("2025-01-07"))
    '7 januari 2025'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def response_sentence(overall: pd.DataFrame) -> str:
    """Say the response on reactions and on represented municipalities.

    Parameters
    ----------
    overall
        One row of :func:`analysis.statistics.outcome_rates.response_by_group`.
    """
    row = overall.iloc[0]
    return (
        f"Er zijn {count(row['reactions'])} bruikbare reacties op {count(row['eligible'])} gemeenten: een respons "
        f"van {percentage(row['rate_reactions'])}. Sommige reacties gelden voor meer gemeenten tegelijk. Samen "
        f"staan de reacties voor {count(row['represented'])} gemeenten, en zo geteld is de respons "
        f"{percentage(row['rate_represented'])}."
    )


def outcome_note(rates: pd.DataFrame) -> str:
    """Say which outcome rates are left out of a table, and why some are bounds.

    Parameters
    ----------
    rates
        Result of :func:`analysis.statistics.outcome_rates.outcome_rates`.
    """
    equal = rates[rates["reason"].str.contains("equals")]
    computed = equal["reading"] != "not_applicable"
    same = enumerate_dutch(
        f"{rate} aan {reason.rsplit(' ', 1)[1]}" for rate, reason in equal.loc[computed, ["rate", "reason"]].values
    )
    absent = enumerate_dutch(equal.loc[~computed, "rate"])
    return (
        f"Van elke gemeente is bekend dat zij erbij hoort. Daarom is {same} gelijk, en zijn {absent} niet van "
        "toepassing. Wie weigerde zonder te openen, is niet bekend: die cijfers zijn een onder- of bovengrens."
    )


def province_sentence(response: pd.DataFrame, published: Mapping[str, int]) -> str:
    """Say between which rates the provinces lie, beside what the report printed.

    Parameters
    ----------
    response
        Response by province.
    published
        Value by identifier of a published statement: R09 (lowest) and R10 (highest) are used.
    """
    known = response[response["group"] != UNKNOWN].sort_values("rate_reactions", kind="stable")
    low, high = known.iloc[0], known.iloc[-1]
    same = [published[claim] for claim in ("R09", "R10")] == [
        int(percentage(row["rate_reactions"]).removesuffix("%")) for row in (low, high)
    ]
    return (
        f"De respons per provincie loopt van {percentage(low['rate_reactions'])} ({low['group']}) tot "
        f"{percentage(high['rate_reactions'])} ({high['group']}). Het rapport noemt {published['R09']} en "
        f"{published['R10']} procent; dat is {'hetzelfde' if same else 'niet hetzelfde'}."
    )


def anonymous_note(response: pd.DataFrame) -> str | None:
    """Say how many reactions have no group; nothing when all have one.

    Parameters
    ----------
    response
        Response by group.
    """
    row = response[response["group"] == UNKNOWN]
    if row.empty:
        return None
    reactions = int(row["reactions"].iloc[0])
    if reactions == 1:
        return "1 reactie noemt geen gemeente en staat hier niet bij."
    return f"{count(reactions)} reacties noemen geen gemeente en staan hier niet bij."


def describe_provinces(tiles: pd.DataFrame) -> str:
    """Return the text alternative of the tile map.

    Parameters
    ----------
    tiles
        Rows of the tile map.
    """
    rows = tiles.sort_values("share", ascending=False, kind="stable")
    parts = (
        f"{row.label} {percentage(row.share)} ({row.count} van {row.n})" for row in rows.itertuples(name="Row")
    )
    return f"Respons per provincie, van hoog naar laag: {', '.join(parts)}."


def describe_days(days: pd.DataFrame, reminder: pd.Timestamp) -> str:
    """Return the text alternative of the figure of reactions per day.

    Parameters
    ----------
    days
        Result of :func:`analysis.statistics.fieldwork.reactions_per_day`.
    reminder
        When the reminder was sent.
    """
    started = int(days["started"].sum())
    before = int(days.loc[days["day"] < reminder, "started"].sum())
    highest = days.sort_values("started", ascending=False, kind="stable").iloc[0]
    return (
        f"Van {dutch_date(days['day'].iloc[0])} tot en met {dutch_date(days['day'].iloc[-1])} zijn "
        f"{count(started)} vragenlijsten begonnen: {count(before)} voor de herinnering van {dutch_date(reminder)} "
        f"en {count(started - before)} vanaf die dag. De drukste dag was {dutch_date(highest['day'])}, met "
        f"{count(highest['started'])}."
    )


def interviews_sentence(published: Mapping[str, int]) -> str:
    """Say which interviews were held beside the questionnaire.

    Parameters
    ----------
    published
        Value by identifier of a published statement: I01 to I05 are used.
    """
    parts = [
        f"{published['I01']} oriënterende gesprekken met gemeenten ({published['I03']} die verder zijn en "
        f"{published['I04']} die minder ver zijn)",
        f"{published['I05']} gesprek met een manager van een regionaal samenwerkingsverband",
        f"{published['I02']} verdiepende gesprekken met gemeenten die daar in de vragenlijst mee instemden",
    ]
    return (
        f"Naast de vragenlijst zijn er {enumerate_dutch(parts)}. Voor de verdiepende gesprekken is gekeken naar "
        "grootte, regio, stand van de aanpak, knelpunten en behoeften. De gemeenten zijn gekozen om van elkaar te "
        "verschillen, en niet om te tellen: geen percentage op deze pagina's rust erop."
    )
