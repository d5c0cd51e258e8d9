"""The way through the questionnaire: which answer leads to which questions."""

from dataclasses import dataclass
from functools import partial
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.reporting.figures.rows import LINE, write_lines
from analysis.reporting.theme import BLUES, INK, MUTED, PAPER, SMALL, TURN, Drawing, canvas, wrap
from analysis.survey.instrument import Instrument, Question

GAP = 26.0
PADDING = 8.0


@dataclass(frozen=True)
class Lane:
    """The answers to the branching question that lead to the same questions."""

    codes: tuple[str, ...]
    bases: frozenset[str]

    @property
    def heading(self) -> str:
        """What the lane is called."""
        *first, last = self.codes
        return f"antwoord {', '.join(first)} of {last}" if first else f"antwoord {last}"


@dataclass(frozen=True)
class Block:
    """Questions that follow each other and are put to the same respondents."""

    numbers: tuple[str, ...]
    base: str
    label: str
    restarts: bool

    @property
    def heading(self) -> str:
        """The questions by their numbers in the annex, which may start again for the closing questions."""
        first, last = self.numbers[0], self.numbers[-1]
        name = "slotvraag" if self.restarts else "vraag"
        return f"{name} {first}" if len(self.numbers) == 1 else f"{name} {first} t/m {last}"


@dataclass(frozen=True)
class Box:
    """A block in the lanes that it spans."""

    first: int
    last: int
    heading: list[str]
    label: list[str]

    @property
    def height(self) -> float:
        """Height in pixels."""
        return 2 * PADDING + LINE * (len(self.heading) + len(self.label))


def routing_diagram(instrument: Instrument) -> Drawing:
    """Draw which answer to the branching question leads to which questions.

    Parameters
    ----------
    instrument
        The questionnaire; the conditions of its bases are all about one question.

    Raises
    ------
    ValueError
        When the bases depend on several questions, or on none.
    """
    lanes, blocks = routing(instrument)
    return Drawing(partial(_draw, lanes, blocks))


def routing(instrument: Instrument) -> tuple[list[Lane], list[Block]]:
    """Return the lanes and blocks of the questionnaire in order.

    Parameters
    ----------
    instrument
        As for :func:`routing_diagram`.
    """
    branching = {name for base in instrument.bases for name in base.when}
    if len(branching) != 1:
        raise ValueError(f"the routing must depend on one question, not on {sorted(branching)}")
    name = branching.pop()
    every = [
        Lane((code,), frozenset(base.name for base in instrument.bases if code in base.when.get(name, (code,))))
        for code in instrument.question(name).codes
    ]
    lanes: dict[frozenset[str], Lane] = {}
    for lane in every:
        known = lanes.get(lane.bases, Lane((), lane.bases))
        lanes[lane.bases] = Lane(known.codes + lane.codes, lane.bases)
    blocks, highest = [], 0
    for (base, _), questions in groupby(_after_branching(instrument, name), key=lambda pair: pair[0]):
        inside = [question for _, question in questions]
        first = inside[0].place
        restarts = first is not None and first < highest
        numbers = tuple(question.number for question in inside)
        blocks.append(Block(numbers, base, instrument.base(base).nl, restarts=restarts))
        highest = max(highest, *(question.place or 0 for question in inside))
    return list(lanes.values()), blocks


def describe_routing(instrument: Instrument) -> str:
    """Return the text alternative of the diagram.

    Parameters
    ----------
    instrument
        As for :func:`routing_diagram`.
    """
    lanes, blocks = routing(instrument)
    sentences = []
    for lane in lanes:
        headings = ", ".join(block.heading for block in blocks if block.base in lane.bases)
        sentences.append(f"Bij {lane.heading}: {headings}.")
    return " ".join(sentences)


def routing_table(instrument: Instrument) -> pd.DataFrame:
    """Return what the diagram shows as a table: ``Antwoord`` on the branching question and ``Vragen`` that follow.

    Parameters
    ----------
    instrument
        As for :func:`routing_diagram`.
    """
    lanes, blocks = routing(instrument)
    branching = instrument.question(next(name for base in instrument.bases for name in base.when))
    answers = {option.code: f"{option.code}: {option.nl}" for option in branching.options}
    return pd.DataFrame(
        {
            "Antwoord": [answers[code] for lane in lanes for code in lane.codes],
            "Vragen": [
                ", ".join(block.heading for block in blocks if block.base in lane.bases)
                for lane in lanes
                for _ in lane.codes
            ],
        }
    )


def _after_branching(instrument: Instrument, name: str) -> list[tuple[tuple[str, bool], Question]]:
    """Return base and question of each; the branching question ends a block."""
    pairs, passed = [], False
    for question in instrument.questions:
        pairs.append(((question.base, passed), question))
        passed = passed or question.name == name
    return pairs


def _draw(lanes: list[Lane], blocks: list[Block], width: float) -> Figure:
    step = width / len(lanes)
    size = 11.0 if width < TURN else SMALL
    heads = [wrap(lane.heading, step - 2 * PADDING, size, bold=True) for lane in lanes]
    rows = [_boxes(lanes, block, step, size) for block in blocks]
    heights = [max(box.height for box in boxes) for boxes in rows]
    head_height = LINE * max(map(len, heads)) + 6
    figure, axes = canvas(width, sum(heights) + GAP * (len(blocks) - 1) + head_height + 2)
    y, bottoms = 1.0, [1.0] * len(lanes)
    for number, (boxes, height) in enumerate(zip(rows, heights, strict=True)):
        for box in boxes:
            for lane in range(box.first, box.last + 1):
                if number:
                    _connect(axes, step * (lane + 0.5), bottoms[lane], y)
                bottoms[lane] = y + height
            _draw_box(axes, box, step, (y, height), size)
        y += height
        if number == 0:
            for lane, lines in enumerate(heads):
                _write(axes, lines, step * (lane + 0.5), y + 4, size, bold=True)
                bottoms[lane] = y + 6 + LINE * len(lines)
            y += head_height
        y += GAP
    return figure


def _boxes(lanes: list[Lane], block: Block, step: float, size: float) -> list[Box]:
    """Return a box for each run of lanes beside each other that a block is for."""
    runs: list[list[int]] = []
    for place in (place for place, lane in enumerate(lanes) if block.base in lane.bases):
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    boxes = []
    for run in runs:
        room = len(run) * step - 6 - 2 * PADDING
        heading = wrap(block.heading, room, size, bold=True)
        boxes.append(Box(run[0], run[-1], heading, wrap(block.label, room, size)))
    return boxes


def _draw_box(axes: Axes, box: Box, step: float, place: tuple[float, float], size: float) -> None:
    y, height = place
    left, right = box.first * step + 3, (box.last + 1) * step - 3
    frame = Rectangle(
        (left, y), right - left, height, facecolor=PAPER, edgecolor=BLUES[0], linewidth=1.6, zorder=3
    )
    axes.add_patch(frame)
    middle = (left + right) / 2
    _write(axes, box.heading, middle, y + PADDING, size, bold=True)
    _write(axes, box.label, middle, y + PADDING + LINE * len(box.heading), size)


def _write(axes: Axes, lines: list[str], x: float, y: float, size: float, *, bold: bool = False) -> None:
    weight = "bold" if bold else "normal"
    write_lines(axes, lines, x, y, ha="center", fontsize=size, weight=weight, color=INK, zorder=4)


def _connect(axes: Axes, x: float, start: float, end: float) -> None:
    axes.plot([x, x], [start, end - 8], color=MUTED, linewidth=1.6, zorder=1, solid_capstyle="butt")
    axes.fill([x - 5, x + 5, x], [end - 9, end - 9, end], color=MUTED, linewidth=0, zorder=2)
