"""The tables on weights, and the check that the weights meet their margins."""

import pandas as pd
import pytest

from analysis.reporting import weight_tables as tables


def margins(**changed):
    table = pd.DataFrame({"variable": ["size_class", "province"], "share_population": [0.7, 0.3]})
    return table.assign(**{"share_size_class": [0.7, 0.4], "share_raked": [0.7, 0.3]} | changed)


def test_weights_must_meet_the_margins_that_they_were_made_for():
    assert tables.check_weights(margins())
    with pytest.raises(ValueError, match="share_raked"):
        tables.check_weights(margins(share_raked=[0.7, 0.31]))
    with pytest.raises(ValueError, match="share_size_class"):
        tables.check_weights(margins(share_size_class=[0.6, 0.4]))


def test_margins_stand_beside_those_of_the_population():
    rows = tables.margin_rows(margins(level=["d", "unknown"], share_unweighted=[0.6, 0.4]))
    assert rows["Groep"].tolist() == ["Tot 50.000", "Anoniem"]
    assert rows["Ongewogen"].tolist() == ["60,0%", "40,0%"]


def test_what_is_kept_apart_for_reactions_without_a_province_is_said():
    assert "zonder provincie is 30,0% apart gehouden" in tables.margin_note(margins(level=["d", "unknown"]))
    assert tables.margin_note(margins(level=["d", "Drenthe"])) == ""
