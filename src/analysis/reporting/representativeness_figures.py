"""The tables and figures of the page on representativeness, each shown with its explanation and download."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting import representativeness_tables as tables
from analysis.reporting import weight_tables as weights
from analysis.reporting.chapter import ESTIMATORS
from analysis.reporting.comparison_description import describe_change
from analysis.reporting.description import describe_pairs
from analysis.reporting.display import show_figure, show_table
from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.reporting.figures import dot_plot, forest
from analysis.reporting.reading_notes import rounding_text
from analysis.reporting.wording import enumerate_dutch

COVERED = 0.95


def show_frames(frames: Mapping[str, pd.DataFrame], chosen: str) -> None:
    """Show table 1 with the chosen frame, and below it with the other one.

    Parameters
    ----------
    frames
        Result of `group_differences` by name of the frame.
    chosen
        The frame that the tests use.
    """
    for name in sorted(frames, key=lambda name: name != chosen):
        show_table(
            tables.frame_rows(frames[name]),
            number=1 if name == chosen else None,
            caption=f"Reacties en gemeenten naar aantal inwoners, gemeenten volgens {tables.FRAMES[name]}",
            note=("Deze telling is gebruikt." if name == chosen else "Ter vergelijking.")
            + " Een groep springt eruit als toeval alleen het verschil met de andere groepen moeilijk verklaart "
            "(5%, verdeeld over de groepen).",
        )


def show_tests(compared: pd.DataFrame) -> None:
    """Show the tests of independence.

    Parameters
    ----------
    compared
        Result of :func:`analysis.reporting.representativeness_tables.independence_rows`.
    """
    show_table(
        tables.shown_tests(compared),
        caption="Hangt meedoen samen met grootte of provincie?",
        note="De eerste p is die van Pearson, de tweede van de aannemelijkheidsverhouding, de derde van de exacte "
        f"toets van Fisher, Freeman en Halton ({tables.SIMULATED} met toevalstabellen). V zonder toeval: sterkte "
        "van het verband (0 tot 1), zonder wat toeval toevoegt; met 95%-interval.",
        download="tables/response_tests.csv",
    )


def show_partial_indicators(partial: pd.DataFrame) -> None:
    """Show what each characteristic and each of its groups adds to the departure from representative response.

    Parameters
    ----------
    partial
        Result of `partial_r_indicators`.
    """
    show_table(
        tables.partial_rows(partial),
        caption="Wat elk kenmerk bijdraagt (partiële R-indicatoren)",
        note="Nul is representatief; een half is het uiterste. De correctie voor toeval is hier die van het model "
        "met alle kenmerken samen, en bij de R-indicatoren die van elk model apart: de getallen zijn niet naast "
        "die van de R-indicatoren hierboven te leggen.",
    )
    rows = tables.category_rows(partial)
    show_figure(
        forest(rows, base="partiële R-indicator maal honderd; streep: 95%-interval"),
        number="3.1",
        caption="Deden groepen vaker of minder vaak mee dan gemiddeld?",
        alt=f"Partiële R-indicator maal honderd. {describe_change(rows, unit='')}",
        note=_standing_out(rows),
        data=rows.drop(columns="difference_high"),
        formats=dict.fromkeys(["difference_low", "ci_low", "ci_high"], "decimal_3"),
        headings={"label": "Groep", "difference_low": "Indicator", "ci_low": "Ondergrens", "ci_high": "Bovengrens"}
        | {"verdict_label": "Oordeel"},
    )


def _standing_out(rows: pd.DataFrame) -> str:
    """Say in Dutch of how many groups it is established that they responded more or less often."""
    found, groups = int((rows["verdict_label"] != tables.NOT_DIFFERENT).sum()), count(len(rows))
    which = f"{count(found)} van de {groups} groepen" if found else f"geen van de {groups} groepen"
    return f"Van {which} is aangetoond dat zij vaker of minder vaak meedeed dan gemiddeld."


def show_weights(summary: pd.DataFrame, margins: pd.DataFrame) -> None:
    """Show range, cost and margins of the weights.

    Parameters
    ----------
    summary, margins
        Results of `weight_summary` and `weight_margins`.
    """
    show_table(
        weights.weight_rows(summary),
        caption="De gewichten: hoeveel gemeenten een reactie vertegenwoordigt",
        note="Ontwerpeffect: hoeveel keer zo groot de variantie wordt doordat de gewichten verschillen.",
    )
    show_table(
        weights.margin_rows(margins),
        caption="Grootte en provincie voor en na weging",
        note=weights.margin_note(margins),
    )


def show_headlines(shares: pd.DataFrame, matters: float) -> None:
    """Show the headline share of every figure unweighted and weighted, and mark where that matters.

    Parameters
    ----------
    shares
        Result of :func:`analysis.reporting.headline_shares.beside_each_other`.
    matters
        Change by weighting, as a fraction, from which a share is marked.
    """
    marked = shares["change"].abs() >= matters
    rows = shares.assign(label=shares["label"] + marked.map({True: f"{tables.NO_BREAK}*", False: ""}))
    names = ("ongewogen", "gewogen")
    columns = ["label", "n", *ESTIMATORS, "change"]
    show_figure(
        dot_plot(rows, base="deel van wie de vraag kreeg", first="unweighted", second="raked", names=names),
        number="3.2",
        caption="Het belangrijkste aandeel van elke figuur, ongewogen en gewogen",
        alt=describe_pairs(rows, first="unweighted", second="raked", names=names),
        note="In de figuur is gewogen naar grootte en provincie. * Weging scheelt "
        f"{decimal(100 * matters, 0)} procentpunt of meer. {_change_note(shares)}",
        data=rows[columns],
        formats=dict.fromkeys(ESTIMATORS, "percentage") | {"change": "points"},
        headings={"label": "Aandeel", "n": "Basis", **ESTIMATORS, "change": "Verandering"},
        download="tables/headline_shares.csv",
    )


def _change_note(shares: pd.DataFrame) -> str:
    """Say in Dutch how a change by weighting was computed, and where it is not that of the printed shares."""
    text = "De verandering is het gewogen min het ongewogen aandeel, elk los afgerond."
    shares = shares.dropna(subset="change").assign(alone=lambda rows: rows["raked"] - rows["change"])
    other = shares[(shares["alone"] - shares["unweighted"]).abs() > 0.005]
    named = [
        f"bij ‘{row.label}’ {percentage(row.raked)} min {percentage(row.alone)}" for row in other.itertuples()
    ]
    return f"{text} Zo is dat {enumerate_dutch(named)}." if named else text


def show_bounds(bounds: pd.DataFrame) -> None:
    """Show how far shares can move when those who did not respond differ.

    Parameters
    ----------
    bounds
        Result of `nonresponse_bounds`, with ``label``.
    """
    show_table(
        tables.bound_rows(bounds),
        caption="Het aandeel van alle gemeenten, als wie niet meedeed anders is",
        note="Dit zijn geen marges voor toeval: ze zeggen wat mogelijk is onder de aanname boven de kolom. "
        + rounding_text(bounds.drop_duplicates("label")),
        download="tables/nonresponse_bounds.csv",
    )


def show_coverage(coverage: pd.DataFrame) -> None:
    """Show how often the 95 per cent intervals hold the truth, with and without weights.

    Parameters
    ----------
    coverage
        Results of `simulate_coverage` below each other, with ``world``.
    """
    rows = tables.coverage_rows(coverage)
    names = ("ongewogen", "gewogen")
    samples = count(coverage["n_samples"].iloc[0])
    shares = [name for name in rows.columns if name != "label" and not name.startswith("bias")]
    show_figure(
        dot_plot(
            rows,
            base=f"deel van {samples} nagebootste onderzoeken; gestippeld: {percentage(COVERED)}",
            first="unweighted",
            second="post_stratified",
            names=names,
            reference=COVERED,
        ),
        number="3.3",
        caption="Hoe vaak het 95%-interval het echte aandeel bevat",
        alt=describe_pairs(rows, first="unweighted", second="post_stratified", names=names),
        note="Gewogen naar grootte. Het echte aandeel staat in de tabel.",
        data=rows,
        formats=dict.fromkeys(shares, "percentage_1")
        | dict.fromkeys(["bias_unweighted", "bias_post_stratified"], "points"),
        headings={"label": "Wie er meedoet", "unweighted": "Ongewogen", "post_stratified": "Gewogen"}
        | {"first_low": "Ongewogen, ondergrens", "first_high": "Ongewogen, bovengrens"}
        | {"ci_low": "Gewogen, ondergrens", "ci_high": "Gewogen, bovengrens"}
        | {"truth": "Echt aandeel"}
        | {"bias_unweighted": "Ongewogen, vertekening", "bias_post_stratified": "Gewogen, vertekening"},
        download="tables/coverage.csv",
    )
