"""Published statements that contradict others, and which one gives way.

Precedence: an exact count in the text, then a percentage printed in a figure, then a statement in the chapter
about its own subject, then the conclusion. A statement listed here is followed after all when it fits; a
contradiction that is not listed stops the calibration.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Contradiction:
    """A statement that gives way, the statements that are followed instead, and why."""

    claim: str
    instead: tuple[str, ...]
    reason: str


CONTRADICTIONS = (
    Contradiction(
        "C08",
        ("C02", "C15"),
        "the figure of the same section and the base of chapter 9 give about half of the share in the sentence",
    ),
    Contradiction(
        "F1601",
        ("F1602", "F1603"),
        "two equal groups of almost a third leave less than the interval of this phrase asks for; that they are "
        "equal is a fact about counts, the lower end of the interval only a convention",
    ),
    Contradiction(
        "C26",
        ("F37",),
        "the conclusion makes a few of what the chapter about these municipalities calls most of them",
    ),
    Contradiction(
        "W08",
        ("C06", "C18"),
        "the share of the earlier wave that it refers to lies above what the chapter gives for this wave",
    ),
)
