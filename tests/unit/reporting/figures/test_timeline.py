"""Counts per day: a bar for every day, and a line where something happened."""

from itertools import pairwise

import pandas as pd
import pytest

from analysis.reporting.figures import daily_bars
from analysis.reporting.theme import NARROW, WIDE

DAYS = pd.DataFrame({"day": pd.date_range("2024-12-01", periods=60), "count": [0, 7, 21] + [1] * 57})


def texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_every_day_has_a_bar_of_its_height():
    axes = daily_bars(DAYS, base="begonnen", marks={}).wide().axes[0]
    heights = [-bar.get_height() for bar in axes.patches]
    assert len(heights) == 60
    assert heights[2] == pytest.approx(3 * heights[1])
    assert heights[0] == 0


def test_a_mark_stands_at_its_day_and_others_are_left_out():
    drawing = daily_bars(DAYS, base="begonnen", marks={"2025-01-07": "herinnering", "2026-01-01": "later"})
    for width in (WIDE, NARROW):
        assert "herinnering" in texts(drawing.at(width))
        assert "later" not in texts(drawing.at(width))


def test_dates_under_the_axis_do_not_touch_on_a_telephone():
    dates = [
        text for text in daily_bars(DAYS, base="x", marks={}).narrow().axes[0].texts if "-" in text.get_text()
    ]
    places = [text.get_position()[0] for text in dates]
    assert len(dates) >= 3
    assert min(later - first for first, later in pairwise(places)) > 40


def test_one_day_is_enough():
    assert daily_bars(DAYS.iloc[1:2], base="x", marks={}).wide().axes[0].patches
