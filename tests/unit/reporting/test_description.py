"""A text alternative holds every option, also the one that nobody chose."""

import pandas as pd

from analysis.reporting.description import (
    describe_distribution,
    describe_flow,
    describe_groups,
    describe_highest,
    describe_pairs,
)


def test_every_option_is_named_with_the_percentage_that_the_figure_prints():
    table = pd.DataFrame({"label": ["Ja", "Nee", "Soms"], "n": 1153, "count": [1150, 3, 0]})
    table["share"] = table["count"] / table["n"]
    assert describe_distribution(table) == "Van de 1.153 gemeenten: Ja 100% (1.150), Nee 0% (3), Soms 0% (0)."
    text = describe_distribution(table.assign(printed_pct=[99, 1, 0]))
    assert text == "Van de 1.153 gemeenten: Ja 99% (1.150), Nee 1% (3), Soms 0% (0)."


def test_every_option_is_named_also_the_one_that_nobody_chose(single):
    text = describe_distribution(single, "gemeenten die reageerden")
    assert text.startswith("Van de 153 gemeenten die reageerden: aanpak ingevoerd, werkt aan borging 28% (42), ")
    assert "kiest ervoor niets te doen 0% (0)" in text


def test_items_come_with_their_scale(grid):
    text = describe_groups(grid, "item_label")
    assert "De stem van het kind staat centraal (n = 140): altijd 71%, soms 21%, zelden 7% en nooit 0%." in text


def test_of_many_options_the_highest_of_each_group_are_named(groups):
    text = describe_highest(groups, "group_label", most=2)
    assert text.startswith(
        "8 antwoorden per groep; alle percentages staan in de tabel. Het hoogst van de antwoorden die hier staan: "
    )
    assert (
        "Minder dan 50.000 (n = 98): plan wordt uitgewerkt 29% en aanpak ingevoerd, werkt aan borging 27%." in text
    )
    assert "kiest ervoor niets te doen" not in text


def test_groups_come_in_their_order(groups):
    text = describe_groups(groups, "group_label")
    places = [text.index(f"(n = {n})") for n in (98, 33, 22)]
    assert places == sorted(places)


def test_pairs_come_with_both_names(pairs):
    text = describe_pairs(pairs, first="old", second="new", names=("2021", "2025"))
    assert "Aanpak ingevoerd: 2021 18%, 2025 28%." in text
    assert "Geen aandacht: 2021 onbekend, 2025 0%." in text


def test_flow_names_what_falls_away(flow):
    assert describe_flow(flow).startswith("233 reacties ontvangen. 80 vallen af: onvolledig, dubbel of alleen een")
