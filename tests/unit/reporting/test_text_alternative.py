"""The text alternative holds every label and number that the figure holds."""

from analysis.reporting.text_alternative import describe_items, describe_pairs, describe_shares


def test_shares_come_with_count_and_interval(single):
    text = describe_shares(single, kind="Gestapelde staaf", base="gemeenten")
    assert text.startswith(
        "Gestapelde staaf, 153 gemeenten. Aanpak ingevoerd, werkt aan borging: 28% (42), interval 21% tot 34%. "
    )
    assert "Kiest ervoor niets te doen: 0% (0)" in text
    assert text.count("%") == 24


def test_items_come_with_their_scale(grid):
    text = describe_items(grid, kind="Gestapelde staven", base="gemeenten met een plan")
    assert "De stem van het kind staat centraal (140): altijd 71%, soms 21%, zelden 7% en nooit 0%." in text


def test_groups_come_in_their_order(groups):
    text = describe_items(groups, kind="Staven", base="gemeenten")
    assert (
        text.index("Minder dan 50.000 (98)")
        < text.index("50.000 tot 100.000 (33)")
        < text.index("100.000 en meer")
    )


def test_pairs_come_with_both_names(pairs):
    text = describe_pairs(pairs, kind="Vergelijking", first="old", second="new", names=("2021", "2025"))
    assert "Aanpak ingevoerd: 2021 18%, 2025 28%." in text
    assert "Geen aandacht: 2021 onbekend, 2025 0%." in text
