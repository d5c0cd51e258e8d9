"""Figures of change at both widths: nothing overlaps or sticks out, and marks stand where the numbers are."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Affine2D

from analysis.reporting.figures import dumbbell, forest, response_curve
from analysis.reporting.figures.change import points, points_range
from analysis.reporting.theme import NARROW, WIDE

DIFFERENCES = pd.DataFrame(
    {
        "label": ["aanpak in gebruik", "een of meer beleidsmedewerkers voor dit onderwerp", "geen plannen"],
        "difference_low": [0.202, -0.104, 0.0],
        "difference_high": [0.205, -0.064, 0.0],
        "ci_low": [0.112, -0.197, -0.06],
        "ci_high": [0.288, 0.039, 0.06],
        "verdict_label": ["veranderd", "hangt van de aantallen af", "geen verandering aangetoond"],
    }
)
RATIOS = 2.0 ** np.arange(-3, 3.01, 0.25)
CURVE = pd.concat(
    pd.DataFrame(
        {
            "series": series,
            "ratio": RATIOS,
            "difference_low": 0.2 + sign * 0.1 * np.log2(RATIOS),
            "difference_high": 0.21 + sign * 0.1 * np.log2(RATIOS),
            "ci_low": 0.1 + sign * 0.1 * np.log2(RATIOS),
            "ci_high": 0.3 + sign * 0.1 * np.log2(RATIOS),
            "possible": (RATIOS > 0.2) & (RATIOS < 3),
        }
    )
    for series, sign in ((0, 1), (1, -1))
)
DRAWINGS = {
    "forest": forest(DIFFERENCES, base="2025 min 2021, procentpunt; streep: 95%-interval"),
    "curve": response_curve(
        CURVE,
        base="aanpak in gebruik: verschil in procentpunt",
        names=("alleen in 2021 ongelijke respons", "alleen in 2025 ongelijke respons"),
        x_title="hoe vaak gemeenten met dit antwoord meededen, vergeleken met de andere",
        vanishing=[0.25, 4.0],
    ),
    "dumbbell": dumbbell(
        pd.DataFrame(
            {
                "label": ["aanpak in gebruik", "geen plannen"],
                "old": [0.07, 0.05],
                "new": [0.27, 0.08],
                "first_low": [0.03, 0.02],
                "first_high": [0.14, 0.10],
                "ci_low": [0.21, 0.05],
                "ci_high": [0.35, 0.14],
            }
        ),
        base="gemeenten",
        first="old",
        second="new",
        names=("2021", "2025"),
    ),
}
every_drawing = pytest.mark.parametrize("name", list(DRAWINGS))


def text_boxes(figure):
    figure.set_dpi(720)  # measured at ten times the size, so that hinting does not count
    renderer = FigureCanvasAgg(figure).get_renderer()
    smaller = Affine2D().scale(0.1)
    return [(t.get_text(), t.get_window_extent(renderer).transformed(smaller)) for t in figure.axes[0].texts]


@every_drawing
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_text_overlaps_another_or_sticks_out(name, width):
    figure = DRAWINGS[name].at(width)
    boxes = text_boxes(figure)
    for place, (text, box) in enumerate(boxes):
        inside = min(box.x0, box.y0) > -1 and box.x1 < width + 1 and box.y1 < figure.get_figheight() * 72 + 1
        assert inside, f"{name} at {width}: {text!r} sticks out"
        for other, other_box in boxes[:place]:
            shared = min(box.x1, other_box.x1) - max(box.x0, other_box.x0)
            overlap = min(box.y1, other_box.y1) - max(box.y0, other_box.y0)
            assert shared < 0.5 or overlap < 3, f"{name} at {width}: {text!r} over {other!r}"


@every_drawing
def test_both_widths_say_the_same(name):
    ticks = {"+10", "−10", "+30", "−30", "25%", "75%"}
    words = [
        set(" ".join(text.get_text() for text in DRAWINGS[name].at(width).axes[0].texts).split()) - ticks
        for width in (WIDE, NARROW)
    ]
    assert words[0] == words[1]


@every_drawing
def test_type_is_never_smaller_than_eleven_pixels(name):
    for width in (WIDE, NARROW):
        assert min(text.get_fontsize() for text in DRAWINGS[name].at(width).axes[0].texts) >= 11


def test_blocks_of_the_forest_run_from_the_smallest_to_the_largest_difference():
    axes = DRAWINGS["forest"].wide().axes[0]
    zero = next(
        line.get_xdata()[0] for line in axes.lines if line.get_color() == "#1c2733" and line.get_linewidth() == 1
    )
    blocks = [(patch.get_x() - zero, patch.get_x() + patch.get_width() - zero) for patch in axes.patches]
    scale = blocks[1][0] / -0.104
    assert blocks[1] == pytest.approx((-0.104 * scale, -0.064 * scale))
    # A block of no width is drawn just wide enough to see, around its place.
    assert blocks[2][1] == pytest.approx(-blocks[2][0])
    assert blocks[2][1] > 0


def test_the_curve_is_dotted_where_the_response_does_not_allow_it():
    axes = DRAWINGS["curve"].wide().axes[0]
    solid = [line for line in axes.lines if line.get_linewidth() == 2.4]
    dotted = [line for line in axes.lines if line.get_linewidth() == 1.4]
    assert len(solid) == len(dotted) == 2
    for full, part in zip(dotted, solid, strict=True):
        assert len(part.get_xdata()) == CURVE["possible"].sum() / 2
        assert full.get_xdata()[0] < part.get_xdata()[0]
    markers = [line for line in axes.lines if line.get_marker() == "s"]
    assert len(markers) == 3  # one in the key, one per series


def test_intervals_of_both_years_stand_on_either_side():
    axes = DRAWINGS["dumbbell"].wide().axes[0]
    levels = {round(line.get_ydata()[0]) for line in axes.lines if line.get_linewidth() == 1.6}
    joined = [line.get_ydata()[0] for line in axes.lines if line.get_linewidth() == 2.5]
    assert all(any(abs(level - middle - 11) < 1 for level in levels) for middle in joined)
    assert all(any(abs(level - middle + 11) < 1 for level in levels) for middle in joined)


@pytest.mark.parametrize(
    ("value", "text"), [(0.204, "+20"), (-0.064, "−6"), (0.001, "0"), (-0.001, "0"), (0.005, "+1")]
)
def test_points_carry_their_sign(value, text):
    assert points(value) == text


def test_a_range_of_one_number_is_that_number():
    assert points_range(0.202, 0.204) == "+20"
    assert points_range(-0.036, 0.022) == "−4 tot +2"
