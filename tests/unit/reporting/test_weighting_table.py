"""What weighting changes, against subtracting by hand."""

from dataclasses import replace

from analysis.reporting.weighting_table import MOST, show_weighting, weighting_changes


def test_changes_are_the_largest_distance_from_the_unweighted_share(chapter):
    found = chapter(5)
    changes = weighting_changes(found)
    shares = found.estimates.pivot(index=["question", "option"], columns="estimator", values="share")
    for (question, option), part in changes.groupby(["question", "option"]):
        row = shares.loc[(question, option)]
        assert part["change"].tolist() == [abs(row["raked"] - row["unweighted"])] * 2
    assert changes["change"].is_monotonic_decreasing
    assert changes["option"].tolist()[::2] == changes["option"].tolist()[1::2], (
        "both estimators of an option together"
    )


def test_options_that_change_equally_keep_their_estimators_together(chapter):
    found = chapter(5)
    changes = weighting_changes(replace(found, estimates=found.estimates.assign(share=0.5)))
    pairs = changes[["question", "option"]].to_numpy().reshape(-1, 2, 2)
    assert (pairs[:, 0] == pairs[:, 1]).all()


def test_the_unweighted_share_is_the_percentage_of_the_figure(chapter, shown):
    found = chapter(4)
    show_weighting(found)
    row = next(part for part in shown[0].split("<tr>") if "Aanpak in gebruik, borging loopt" in part)
    assert "28%" in row, "42 of 153 is 27.45"


def test_the_planted_dependence_on_size_changes_most(chapter, shown):
    """Large municipalities answered more often, and all of them chose a: weighting lowers a and raises c."""
    show_weighting(chapter(5))
    rows = shown[0].split("<tr>")[2:]
    assert len(rows) == MOST
    assert {"Eén beleidsmedewerker", "Geen vaste beleidsmedewerker"} == {
        label for label in ("Eén beleidsmedewerker", "Geen vaste beleidsmedewerker") if label in "".join(rows[:2])
    }
    first = (
        weighting_changes(chapter(5)).query("option == 'a' and question == 'q19'").set_index("estimator")["share"]
    )
    assert first["raked"] < first["unweighted"]


def test_without_a_weighted_share_it_says_so(chapter, shown):
    found = chapter(5)
    hidden = found.estimates["share"].where(found.estimates["estimator"] == "unweighted")
    show_weighting(replace(found, estimates=found.estimates.assign(share=hidden)))
    assert "de groepen zijn te klein" in "".join(shown)
