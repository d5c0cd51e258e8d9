"""The sentences on response say what the tables say."""

import pandas as pd

from analysis.reporting import response_wording as wording
from analysis.statistics.fieldwork import reactions_per_day
from analysis.statistics.outcome_rates import outcome_rates, response_by_group

FRAME = pd.DataFrame(
    {"province": ["Zeeland"] * 4 + ["Utrecht"] * 10, "responded": [1, 1, 0, 0] + [1] * 6 + [0] * 4}
)
RESPONDENTS = pd.DataFrame(
    {"province": ["Zeeland"] + ["Utrecht"] * 6 + ["unknown"], "n_municipalities": [2] + [1] * 7}
)
PROVINCES = response_by_group(FRAME, RESPONDENTS, "province")


def test_reactions_and_represented_municipalities_stand_side_by_side():
    text = wording.response_sentence(response_by_group(FRAME, RESPONDENTS))
    assert "8 bruikbare reacties op 14 gemeenten: een respons van 57%" in text
    assert text.endswith("9 gemeenten, en zo geteld is de respons 64%.")


def test_the_extremes_of_the_provinces_are_compared_with_the_report():
    same = wording.province_sentence(PROVINCES, {"R09": 25, "R10": 60})
    assert "van 25% (Zeeland) tot 60% (Utrecht)" in same
    assert same.endswith("dat is hetzelfde.")
    assert wording.province_sentence(PROVINCES, {"R09": 31, "R10": 60}).endswith("dat is niet hetzelfde.")


def test_anonymous_reactions_are_named_only_when_there_are_some():
    assert wording.anonymous_note(PROVINCES) == "1 reactie noemt geen gemeente en staat hier niet bij."
    assert wording.anonymous_note(PROVINCES.iloc[:-1]) is None


def test_the_note_names_every_rate_that_is_left_out():
    note = wording.outcome_note(outcome_rates({"I": 1, "P": 0, "R": 0, "NC": 1, "O": 0, "U": 0}))
    assert "RR5 aan RR1, RR6 aan RR2, REF3 aan REF1 en CON3 aan CON1" in note
    assert "RR3, RR4, REF2 en CON2 niet van toepassing" in note


def test_days_before_and_from_the_reminder_add_up():
    started = ["2024-12-30", "2025-01-07", "2025-01-07", "2025-01-08"]
    days = reactions_per_day(pd.DataFrame({"disposition": "complete", "started_on": started}))
    text = wording.describe_days(days, pd.Timestamp("2025-01-07"))
    assert "4 vragenlijsten begonnen: 1 voor de herinnering van 7 januari 2025 en 3 vanaf die dag" in text
    assert "drukste dag was 7 januari 2025, met 2" in text


def test_numbers_of_interviews_come_from_the_claims():
    text = wording.interviews_sentence({"I01": 4, "I02": 5, "I03": 2, "I04": 2, "I05": 1})
    assert "4 oriënterende gesprekken" in text
    assert "5 verdiepende gesprekken" in text
