"""The tables of the page on response: rates, groups, break-offs and days, with Dutch labels."""

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.chapter import GROUPS
from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.response_wording import dutch_date
from analysis.statistics.fieldwork import break_off_by_question
from analysis.statistics.response_counts import UNKNOWN
from analysis.survey.instrument import Instrument

RATES = {
    "RR1": "Respons: volledige reacties op alle gemeenten",
    "RR2": "Respons: volledige en gedeeltelijke reacties op alle gemeenten",
    "RR3": "RR1 met een schatting van wie er niet bij hoort",
    "RR4": "RR2 met een schatting van wie er niet bij hoort",
    "RR5": "RR1 zonder wie misschien niet bij het onderzoek hoort",
    "RR6": "RR2 zonder wie misschien niet bij het onderzoek hoort",
    "COOP1": "Medewerking: volledig, van wie bereikt is",
    "COOP2": "Medewerking: volledig of gedeeltelijk, van wie bereikt is",
    "COOP3": "Medewerking: volledig, van wie begon",
    "COOP4": "Medewerking: volledig of gedeeltelijk, van wie begon",
    "REF1": "Weigering of afgebroken, op alle gemeenten",
    "REF2": "REF1 met een schatting van wie er niet bij hoort",
    "REF3": "REF1 zonder wie misschien niet bij het onderzoek hoort",
    "CON1": "Contact: iets ingevuld of geopend, op alle gemeenten",
    "CON2": "CON1 met een schatting van wie er niet bij hoort",
    "CON3": "CON1 zonder wie misschien niet bij het onderzoek hoort",
}
READINGS = {
    "exact": "precies",
    "lower_bound": "ten minste",
    "upper_bound": "ten hoogste",
    "not_applicable": "niet van toepassing",
}
GROUP_HEADINGS = {
    "label": "Groep",
    "eligible": "Gemeenten",
    "reactions": "Reacties",
    "rate_reactions": "Respons op reacties",
    "represented": "Vertegenwoordigde gemeenten",
    "rate_represented": "Respons op vertegenwoordigde gemeenten",
}
GROUP_FORMATS = {"rate_reactions": "percentage_1", "rate_represented": "percentage_1"}


def outcome_rows(rates: pd.DataFrame, rates_represented: pd.DataFrame) -> pd.DataFrame:
    """Return AAPOR's outcome rates in Dutch, counted on reactions and on represented municipalities.

    Parameters
    ----------
    rates, rates_represented
        Results of :func:`analysis.statistics.outcome_rates.outcome_rates` for both counts of complete cases.
    """
    both = zip(rates.itertuples(), rates_represented.itertuples(), strict=True)
    return pd.DataFrame(
        {
            "Maat": row.rate,
            "Wat het is": RATES[row.rate],
            "Op reacties": _rate(row),
            "Op vertegenwoordigde gemeenten": _rate(other),
            "Te lezen als": READINGS[row.reading],
        }
        for row, other in both
    )


def case_rows(counts: dict[str, int]) -> pd.DataFrame:
    """Return how many municipalities ended as what, in Dutch.

    Parameters
    ----------
    counts
        Result of :func:`analysis.statistics.outcome_rates.case_counts`.
    """
    labels = {
        "I": "Volledige reactie",
        "P": "Gedeeltelijke reactie",
        "R": "Afgebroken, of geopend zonder antwoord",
        "NC": "Niets gehoord",
    }
    return pd.DataFrame({"Uitkomst": labels[code], "Gemeenten": counts[code]} for code in labels)


def group_rows(response: pd.DataFrame) -> pd.DataFrame:
    """Return the response per group with Dutch labels; those without a group come last.

    Parameters
    ----------
    response
        Result of :func:`analysis.statistics.outcome_rates.response_by_group`.
    """
    labels = GROUPS | {UNKNOWN: "Anoniem"}
    rows = response.assign(label=response["group"].map(lambda group: labels.get(group, group)))
    return rows[list(GROUP_HEADINGS)]


def tile_rows(response: pd.DataFrame) -> pd.DataFrame:
    """Return the response per province as the tile map wants it, on reactions.

    Parameters
    ----------
    response
        Response by province.
    """
    known = response[response["group"] != UNKNOWN].reset_index(drop=True)
    names = {"group": "label", "reactions": "count", "eligible": "n", "rate_reactions": "share"}
    return known.rename(columns=names)[list(names.values())]


def break_off_rows(dispositions: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Count after which question respondents stopped, as a figure of bars wants it.

    Parameters
    ----------
    dispositions
        One row per reaction.
    instrument
        The questionnaire.

    Returns
    -------
    pandas.DataFrame
        ``option`` (name of the question), ``label``, ``n`` (who started), ``count`` and ``share``, in the order of
        the questionnaire.
    """
    owner = {
        column: question.name
        for question in instrument.questions
        for column in (*question.columns, question.text_column)
        if column
    }
    last = dispositions["last_column"].map(lambda column: owner.get(column, column)).replace("", None)
    names = [question.name for question in instrument.questions]
    stopped = break_off_by_question(dispositions.assign(last_column=last), names)
    labels = {question.name: f"{question.number}. {question.nl}" for question in instrument.questions}
    started = int(dispositions["disposition"].isin(["complete", "partial", "break_off"]).sum())
    return pd.DataFrame(
        {
            "option": stopped["column"],
            "label": stopped["column"].map(labels),
            "n": started,
            "count": stopped["stopped"],
            "share": stopped["share"],
        }
    )


def week_rows(days: pd.DataFrame) -> pd.DataFrame:
    """Add up the reactions per day to weeks that start on Monday.

    Parameters
    ----------
    days
        Result of :func:`analysis.statistics.fieldwork.reactions_per_day`.

    Returns
    -------
    pandas.DataFrame
        ``week`` (its Monday, in Dutch), ``started``, ``complete``.
    """
    monday = days["day"] - pd.to_timedelta(days["day"].dt.day_of_week, unit="D")
    weeks = days.groupby(monday, observed=True)[["started", "complete"]].sum().reset_index(names="week")
    return weeks.assign(week=weeks["week"].map(dutch_date))


def check_reactions(frame: pd.DataFrame, respondents: pd.DataFrame, dispositions: pd.DataFrame) -> str:
    """Check that the tables of the cleaning are of one export, and say in Dutch what was established.

    Parameters
    ----------
    frame, respondents, dispositions
        The tables.

    Raises
    ------
    InputError
        When usable and complete reactions differ in number, or more municipalities are known to be represented
        than the reactions represent.
    """
    complete = int((dispositions["disposition"] == "complete").sum())
    known, represented = int(frame["responded"].sum()), int(respondents["n_municipalities"].sum())
    if complete != len(respondents) or known > represented:
        raise InputError(
            f"{len(respondents)} usable and {complete} complete reactions; {known} municipalities known of "
            f"{represented} represented",
            file="data/processed",
            remedy="make the tables again: make report",
        )
    return f"{len(dispositions)} reacties, waarvan {complete} bruikbaar; {len(frame)} gemeenten in het register."


def check_response(overall: pd.DataFrame, *tables: pd.DataFrame) -> str:
    """Check that the groups add up to the whole, and say in Dutch what was established.

    Parameters
    ----------
    overall
        Response of all municipalities together, one row.
    tables
        Response by group.

    Raises
    ------
    ValueError
        When eligible municipalities, reactions or represented municipalities do not add up.
    """
    for table in tables:
        for column in ("eligible", "reactions", "represented"):
            if int(table[column].sum()) != int(overall[column].iloc[0]):
                raise ValueError(f"{column}: the groups do not add up to the whole")
    whole = overall.iloc[0]
    return f"Alle groepen tellen op tot {whole['reactions']} reacties en {whole['represented']} gemeenten."


def _rate(row: tuple) -> str:
    if pd.isna(row.value):
        return "–"
    return f"{percentage(row.value, 1)} ({count(row.numerator)} van {count(row.denominator)})"
