"""When people start and stop: working days and hours, a bump after the reminder, quiet days around Christmas."""

from datetime import date, timedelta

import numpy as np

from analysis.survey.synthetic.parameters import Fieldwork
from analysis.survey.synthetic.reactions import Reactions

HOUR_WEIGHTS = {8: 6, 9: 14, 10: 16, 11: 14, 12: 6, 13: 11, 14: 13, 15: 11, 16: 7, 17: 2, 20: 1, 21: 1}
WEEKEND, QUIET = 0.04, 0.08  # of an ordinary day
SATURDAY = 5
MINUTES_PER_DAY = 24 * 60
SHARE_RESUMED = 0.08
LONGEST_PAUSE = 6  # days


def draw_times(
    reactions: Reactions, fieldwork: Fieldwork, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return when each reaction started and was last changed, in minutes since midnight of the launch.

    Parameters
    ----------
    reactions
        All reactions; one that was tried again lies before the reaction that counts.
    fieldwork
        Dates of launch, reminder and close.
    random
        Source of the draw.
    """
    number = len(reactions)
    days = np.array(_day_weights(fieldwork))
    after = (fieldwork.reminder - fieldwork.launch).days
    day = _draw(days, random.random(number))
    first = np.flatnonzero(reactions.partner >= 0)
    # Those who answer twice do so before and after the reminder.
    day[first] = _draw(np.where(np.arange(len(days)) < after, days, 0), random.random(len(first)))
    second = reactions.partner[first]
    day[second] = _draw(np.where(np.arange(len(days)) >= after, days, 0), random.random(len(second)))
    hours = _draw(np.array(list(HOUR_WEIGHTS.values())), random.random(number))
    minute = np.array(list(HOUR_WEIGHTS))[hours] * 60 + random.integers(0, 60, number)
    started = day * MINUTES_PER_DAY + minute
    share = (reactions.last_question + 1) / (reactions.last_question.max() + 1)
    length = 2 + (share * random.integers(8, 38, number)).astype(int)
    length[reactions.kind == "empty"] = random.integers(0, 2, int((reactions.kind == "empty").sum()))
    pause = np.where(random.random(number) < SHARE_RESUMED, random.integers(1, LONGEST_PAUSE + 1, number), 0)
    pause[reactions.kind != "usable"] = 0
    last_minute = ((fieldwork.close - fieldwork.launch).days + 1) * MINUTES_PER_DAY - 1
    return started, np.minimum(started + length + pause * MINUTES_PER_DAY, last_minute)


def _day_weights(fieldwork: Fieldwork) -> list[int]:
    """Return whole weights of the days: halving after launch and reminder, more for the reminder."""
    weights, working = [], {fieldwork.launch: 0, fieldwork.reminder: 0}
    day = fieldwork.launch
    while day <= fieldwork.close:
        weight = 0.0
        for start, share in (
            (fieldwork.launch, 1 - fieldwork.share_after_reminder),
            (fieldwork.reminder, fieldwork.share_after_reminder),
        ):
            if day >= start:
                weight += share * 0.5 ** (working[start] / fieldwork.half_life)
                working[start] += not _is_weekend(day)
        if _is_weekend(day):
            weight *= WEEKEND
        if fieldwork.quiet_from <= day <= fieldwork.quiet_until:
            weight *= QUIET
        weights.append(round(weight * 10**6))
        day += timedelta(days=1)
    return weights


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _draw(weights: np.ndarray, uniform: np.ndarray) -> np.ndarray:
    total = np.cumsum(weights)
    return np.searchsorted(total, (uniform * total[-1]).astype(np.int64), side="right")
