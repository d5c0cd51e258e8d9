"""The square of pairs has a number for every two themes that may be shown, and nothing overlaps."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.transforms import Affine2D

from analysis.reporting.figures import describe_pair_square, pair_square
from analysis.reporting.theme import NARROW, WIDE, linear, luminance

LABELS = {
    "money": "Geld en meetbaarheid",
    "youth_care": "Jeugdhulp past niet (niet betrouwbaar gecodeerd)",
    "courts": "Keten en rechtspraak",
    "homes": "Bestaanszekerheid en wonen",
    "plan": "Verplichtingen voor ouders",
    "walls": "Schotten en verschillende visies",
    "need": "Noemt een behoefte",
}
NUMBERS = [48, 40, 36, 28, 30, 0, 20, 3, 9, 5, 1, 16, 12, 2, 7, 8, 4, 6, 10, 11, 0]
PAIRS = pd.DataFrame(
    [(a, b, 113, number) for (a, b), number in zip(combinations(LABELS, 2), NUMBERS, strict=True)],
    columns=["option_a", "option_b", "n", "count"],
)
RELEASED = PAIRS.assign(count=PAIRS["count"].mask(PAIRS["count"].between(1, 4)))
"""The same without the small numbers, as they come through the gate."""


def boxes(figure):
    figure.set_dpi(720)
    renderer = FigureCanvasAgg(figure).get_renderer()
    smaller = Affine2D().scale(0.1)
    return [(t.get_text(), t.get_window_extent(renderer).transformed(smaller)) for t in figure.axes[0].texts]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_overlaps_or_sticks_out_and_cells_lie_apart(width):
    figure = pair_square(RELEASED, LABELS, base="gemeenten").at(width)
    found = boxes(figure)
    for (one, first), (other, second) in combinations(found, 2):
        assert not (
            first.x0 < second.x1 - 0.5
            and second.x0 < first.x1 - 0.5
            and first.y0 < second.y1 - 0.5
            and second.y0 < first.y1 - 0.5
        ), (one, other)
    assert all(box.x0 >= -0.5 and box.x1 <= width + 0.5 for _, box in found)
    cells = [patch.get_bbox() for patch in figure.axes[0].patches]
    assert len(cells) == len(NUMBERS)
    assert not [pair for pair in combinations(cells, 2) if pair[0].overlaps(pair[1])]


def test_every_pair_has_its_number_or_a_dash_where_it_is_held_back():
    written = [text.get_text() for text in pair_square(RELEASED, LABELS, base="gemeenten").at(WIDE).axes[0].texts]
    assert written.count("–") == sum(0 < number < 5 for number in NUMBERS)
    for number in (48, 40, 36):
        assert str(number) in written
    assert not {"4", "2"} & set(written[-len(NUMBERS) :])
    assert written[0] == "n = 113 gemeenten"


@pytest.mark.parametrize(("table", "smallest"), [(PAIRS, 0), (RELEASED, 5)], ids=["all", "released"])
def test_a_larger_number_is_darker_and_a_hidden_one_has_no_colour(table, smallest):
    axes = pair_square(table, LABELS, base="gemeenten").at(WIDE).axes[0]
    cells = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    light = [luminance(linear(to_hex(cell.get_facecolor()))) for cell in cells]
    pairs = [(a, b) for b in range(len(LABELS)) for a in range(b)]
    order = {pair: place for place, pair in enumerate(combinations(range(len(LABELS)), 2))}
    numbers = [NUMBERS[order[pair]] for pair in pairs]
    shown = [(number, shade) for number, shade in zip(numbers, light, strict=True) if number >= max(smallest, 1)]
    assert [shade for _, shade in sorted(shown)] == sorted((shade for _, shade in shown), reverse=True)
    hidden = {shade for number, shade in zip(numbers, light, strict=True) if number < smallest or not number}
    assert hidden == {1.0}


def test_the_words_name_the_pairs_from_most_to_least():
    words = describe_pair_square(RELEASED, LABELS)
    assert words.startswith(f"Samen genoemd: {LABELS['money']} en {LABELS['youth_care']} 48 keer; ")
    assert f"Van {sum(0 < number < 5 for number in NUMBERS)} paren staat er geen aantal" in words
    assert "2 paren zijn niet samen genoemd." in words
    assert " 3 keer" not in words


def test_a_pair_without_a_number_is_refused():
    with pytest.raises(ValueError, match="no number for the pair"):
        pair_square(PAIRS.iloc[1:], LABELS, base="gemeenten")


def test_the_order_within_a_pair_makes_no_difference():
    swapped = PAIRS.rename(columns={"option_a": "option_b", "option_b": "option_a"})
    assert describe_pair_square(swapped, LABELS) == describe_pair_square(PAIRS, LABELS)
