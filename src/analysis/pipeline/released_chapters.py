"""Read the released results of several chapters at once."""

from collections.abc import Iterable

from analysis.pipeline.project import input_path
from analysis.reporting.chapter import Chapter, read_chapter
from analysis.reporting.question import printed_percentages

CHAPTERS = range(4, 11)
"""The chapters with closed questions."""


def read_chapters(numbers: Iterable[int] = CHAPTERS) -> dict[int, Chapter]:
    """Return the results of chapters as the stage ``disclosure`` released them, by number.

    Parameters
    ----------
    numbers
        Numbers of chapters; by default all that have closed questions.
    """
    paths = {
        "instrument": input_path("data/raw/instrument_2025.yaml"),
        "quantifiers": input_path("data/raw/published/quantifiers.csv"),
        "bases": input_path("data/processed/question_bases.csv"),
        "released": input_path("data/processed/released"),
    }
    return {number: read_chapter(number, **paths) for number in numbers}


def read_printed_percentages() -> dict[tuple[str, str], int]:
    """Return the whole percentage that the figures of all chapters print, by question and option."""
    found = {}
    for chapter in read_chapters().values():
        found |= printed_percentages(chapter)
    return found
