"""The tables and figures of the page on response, each shown with its explanation and download."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting import response_tables as tables
from analysis.reporting import response_wording as wording
from analysis.reporting.description import describe_distribution
from analysis.reporting.display import show_figure, show_table, show_text
from analysis.reporting.figures import bars_with_interval, daily_bars, tile_map


def show_outcomes(rates: pd.DataFrame, rates_represented: pd.DataFrame) -> None:
    """Show the outcome rates that apply, and say of the others why they are left out.

    Parameters
    ----------
    rates, rates_represented
        Results of :func:`analysis.statistics.outcome_rates.outcome_rates` on reactions and on represented
        municipalities.
    """
    table = tables.outcome_rows(rates, rates_represented)
    own = ~rates["reason"].str.contains("equals").to_numpy()
    show_table(
        table[own],
        caption="Responscijfers volgens de definities van AAPOR, de Amerikaanse vereniging voor opinieonderzoek",
        note=wording.outcome_note(rates),
        download="tables/response_outcome_rates.csv",
    )


def show_provinces(response: pd.DataFrame, published: Mapping[str, int]) -> None:
    """Show the response per province as a tile map, and compare its extremes with the report.

    Parameters
    ----------
    response
        Response by province.
    published
        Value by identifier of a published statement.
    """
    tiles = tables.tile_rows(response)
    show_figure(
        tile_map(tiles, base="reacties, als deel van de gemeenten"),
        number=1,
        caption="Respons per provincie",
        alt=wording.describe_provinces(tiles),
        note=wording.anonymous_note(response),
        data=tables.group_rows(response),
        formats=tables.GROUP_FORMATS,
        headings=tables.GROUP_HEADINGS,
        download="tables/response_province.csv",
    )
    show_text(wording.province_sentence(response, published))


def show_sizes(response: pd.DataFrame) -> None:
    """Show the response per size class.

    Parameters
    ----------
    response
        Response by size class.
    """
    show_table(
        tables.group_rows(response),
        caption="Respons naar aantal inwoners",
        formats=tables.GROUP_FORMATS,
        headings=tables.GROUP_HEADINGS,
        note="Gemeenten volgens het register; tabel 1 van het rapport telt anders, zie de volgende pagina.",
        download="tables/response_size_class.csv",
    )


def show_break_off(stopped: pd.DataFrame) -> None:
    """Show after which question respondents stopped.

    Parameters
    ----------
    stopped
        Result of :func:`analysis.reporting.response_tables.break_off_rows`.
    """
    if stopped.empty:
        show_text("Iedereen die begon, maakte de vragenlijst af.")
        return
    show_figure(
        bars_with_interval(stopped, base="reacties met een antwoord, zonder dubbele en proefreacties"),
        number="2.1",
        caption="Laatste vraag van wie niet afmaakte",
        alt=describe_distribution(stopped, "reacties met een antwoord"),
        data=stopped.drop(columns="option"),
        formats={"share": "percentage_1"},
        headings={"label": "Vraag", "n": "Begonnen", "count": "Gestopt", "share": "Aandeel"},
        download="tables/response_break_off.csv",
    )


def show_days(days: pd.DataFrame, reminder: str) -> None:
    """Show how many questionnaires were started on each day.

    Parameters
    ----------
    days
        Result of :func:`analysis.statistics.fieldwork.reactions_per_day`.
    reminder
        Day of the reminder, as 2025-01-31.
    """
    bars = days.rename(columns={"started": "count"})
    show_figure(
        daily_bars(bars, base="begonnen vragenlijsten", marks={reminder: "herinnering"}),
        number="2.2",
        caption="Begonnen vragenlijsten per dag",
        alt=wording.describe_days(days, pd.Timestamp(reminder)),
        note="De dag komt uit de export; ook dubbele en lege reacties tellen mee.",
        data=tables.week_rows(days),
        data_note="Per week, vanaf maandag; de dagen staan in het bestand.",
        headings={"week": "Week van", "started": "Begonnen", "complete": "Daarvan volledig"},
        download="tables/response_per_day.csv",
    )
