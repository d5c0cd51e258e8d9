"""When reactions come in."""

from datetime import datetime, timedelta

import numpy as np
import pytest

from analysis.survey.synthetic.fieldwork import draw_times
from analysis.survey.synthetic.reactions import Reactions


@pytest.fixture(scope="module")
def days(sources):
    number = 4000
    kind = np.full(number, "usable")
    kind[:200] = "duplicate_incomplete"
    partner = np.full(number, -1)
    partner[:200] = np.arange(200, 400)
    reactions = Reactions(kind, np.arange(number), np.arange(number), np.full(number, 30), partner)
    fieldwork = sources.parameters.fieldwork
    started, changed = draw_times(reactions, fieldwork, np.random.default_rng(1))
    launch = datetime.combine(fieldwork.launch, datetime.min.time())
    return [[launch + timedelta(minutes=int(minute)) for minute in minutes] for minutes in (started, changed)]


def test_times_lie_within_the_fieldwork_and_in_order(days, sources):
    fieldwork = sources.parameters.fieldwork
    assert min(days[0]).date() >= fieldwork.launch
    assert max(days[1]).date() <= fieldwork.close
    assert all(start <= change for start, change in zip(*days, strict=True))


def test_the_reminder_gives_a_bump(days, sources):
    reminder = sources.parameters.fieldwork.reminder
    per_day = {shift: sum(day.date() == reminder + timedelta(shift) for day in days[0]) for shift in (-1, 0, 1)}
    assert per_day[0] > 3 * per_day[-1]
    assert per_day[1] > 3 * per_day[-1]


def test_weekends_and_the_days_around_christmas_are_quiet(days, sources):
    fieldwork = sources.parameters.fieldwork
    weekend = sum(day.weekday() >= 5 for day in days[0])
    quiet = sum(fieldwork.quiet_from <= day.date() <= fieldwork.quiet_until for day in days[0])
    assert weekend < 0.05 * len(days[0])
    assert quiet < 0.1 * len(days[0])


def test_who_tries_again_does_so_after_the_reminder(days, sources):
    reminder = sources.parameters.fieldwork.reminder
    assert all(day.date() < reminder for day in days[0][:200])
    assert all(day.date() >= reminder for day in days[0][200:400])
