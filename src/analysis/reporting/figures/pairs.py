"""Which themes are named together: half a square of numbers, darker as the number is larger."""

from collections.abc import Mapping, Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.figures.rows import LINE, base_line, subtitle_height, write_lines, write_subtitle
from analysis.reporting.theme import BLUES, GRID, PAPER, SMALL, TURN, Drawing, canvas, text_on, wrap

LABEL_SHARE, NARROW_LABEL_SHARE = 0.42, 0.5
LARGEST_STEP = 58.0
LIGHTEST = 0.12
"""Part of the darkest colour that the smallest number gets."""
HIDDEN = "–"


def pair_square(table: pd.DataFrame, labels: Mapping[str, str], *, base: str) -> Drawing:
    """Draw for every two themes how many respondents named both.

    Parameters
    ----------
    table
        One row per pair: ``option_a``, ``option_b``, ``n`` and ``count``, which is missing where it is held back.
    labels
        Label by option, in the order to draw; pairs of other options are left out.
    base
        Who was counted, in Dutch.

    Raises
    ------
    ValueError
        When a pair is missing.
    """
    counts = _counts(table, labels)
    subtitle = base_line(table, base)
    return Drawing(partial(_draw, list(labels.values()), counts, subtitle))


def describe_pair_square(table: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Return the text alternative of the figure: the pairs, the most frequent first.

    Parameters
    ----------
    table, labels
        As for :func:`pair_square`.
    """
    counts = _counts(table, labels)
    names = list(labels.values())
    known = {pair: n for pair, n in counts.items() if not pd.isna(n)}
    ordered = sorted(known.items(), key=lambda pair: (-pair[1], pair[0]))
    shown = [f"{names[a]} en {names[b]} {write_count(n)} keer" for (a, b), n in ordered if n]
    few = len(counts) - len(known)
    never = sum(n == 0 for n in known.values())
    parts = [f"Samen genoemd: {'; '.join(shown)}." if shown else "Geen twee thema's zijn vaak samen genoemd."]
    if few:
        parts.append(f"Van {write_count(few)} paren staat er geen aantal, omdat een groep te klein zou zijn.")
    if never:
        parts.append(f"{write_count(never)} paren zijn niet samen genoemd.")
    return " ".join(parts)


def _counts(table: pd.DataFrame, labels: Mapping[str, str]) -> dict[tuple[int, int], float]:
    """Return how often each pair was named, by the places of its options."""
    found = {frozenset((row["option_a"], row["option_b"])): row["count"] for row in table.to_dict("records")}
    options = list(labels)
    pairs = [(a, b) for b in range(len(options)) for a in range(b)]
    if missing := [pair for pair in pairs if frozenset(options[place] for place in pair) not in found]:
        raise ValueError(f"no number for the pair {[options[place] for place in missing[0]]}")
    return {(a, b): found[frozenset((options[a], options[b]))] for a, b in pairs}


def _draw(names: Sequence[str], counts: Mapping[tuple[int, int], float], subtitle: str, width: float) -> Figure:
    left = width * (NARROW_LABEL_SHARE if width < TURN else LABEL_SHARE)
    step = min((width - left) / max(len(names) - 1, 1), LARGEST_STEP)
    lines = [wrap(f"{place}. {name}", left - 10, SMALL) for place, name in enumerate(names, start=1)]
    heights = [LINE * len(text) + 8 for text in lines]
    top = subtitle_height(subtitle, width) + LINE
    figure, axes = canvas(width, top + sum(heights) + 4)
    y = write_subtitle(axes, subtitle, width)
    for place in range(len(names) - 1):
        axes.text(left + step * (place + 0.5), y + LINE * 0.6, f"{place + 1}", ha="center", fontsize=SMALL)
    y = top
    largest = max((n for n in counts.values() if not pd.isna(n)), default=0)
    for row, height in enumerate(heights):
        axes.plot([0, width], [y, y], color=GRID, linewidth=1, zorder=0.5)
        write_lines(axes, lines[row], 0, y + 4, fontsize=SMALL)
        for column in range(row):
            box = Rectangle((left + step * column + 1, y + 1), step - 2, height - 2)
            _draw_cell(axes, box, counts[column, row], largest)
        y += height
    return figure


def _draw_cell(axes: Axes, box: Rectangle, number: float, largest: float) -> None:
    """Draw a number on its colour; a number that is hidden has none, which would tell how large it is."""
    is_hidden = pd.isna(number)
    colour = PAPER if is_hidden or not number else _shade(number / largest)
    box.set(facecolor=colour, edgecolor="none")
    axes.add_patch(box)
    x, y = box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2
    text = HIDDEN if is_hidden else write_count(number)
    axes.text(x, y, text, ha="center", va="center_baseline", fontsize=SMALL - 1, color=text_on(colour), zorder=3)


def _shade(part: float) -> str:
    """Return a blue from light to dark."""
    weight = LIGHTEST + (1 - LIGHTEST) * part
    dark, light = BLUES[0], PAPER
    ends = [[int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)] for colour in (light, dark)]
    return to_hex([a + (b - a) * weight for a, b in zip(*ends, strict=True)])
