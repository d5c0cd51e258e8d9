"""Quantity words of Dutch reports as intervals of a share.

The convention is a table of patterns, ``quantifiers.csv``: ``bijna X`` lies between ``X-0.05`` and ``X``. X is
a fraction named in the phrase ("bijna driekwart") or the share of another statement. All arithmetic is in exact
fractions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows

COLUMNS = ("pattern", "low", "high", "open_low", "open_high", "note")
DENOMINATORS = {
    "helft": 2,
    "derde": 3,
    "kwart": 4,
    "vierde": 4,
    "vijfde": 5,
    "zesde": 6,
    "zevende": 7,
    "achtste": 8,
    "negende": 9,
    "tiende": 10,
}
NUMBERS_NL = {"twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9}
NUMBERS_EN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_EXPRESSION = re.compile(r"(?P<x>X(?:/(?P<divisor>\d{1,6}))?)?(?P<offset>[+-]?\d{1,6}(?:\.\d{1,12})?)?")
_COUNT_NOTE = re.compile(
    r"(?:on bases under (?P<below>\d{1,6}) )?"
    r"(?:at least (?P<least>\w+)(?: and at most (?P<most>\w+))?|exactly (?P<one>\w+) or (?P<other>\w+))"
    r"(?: municipalities)?"
)


@dataclass(frozen=True)
class Limit:
    """One side of an interval: ``coefficient`` times X plus ``offset``; a strict limit is itself left out."""

    coefficient: Fraction
    offset: Fraction
    is_strict: bool

    def at(self, x: Fraction) -> "Limit":
        """Return the limit with a value in the place of X.

        Parameters
        ----------
        x
            The share that X stands for.
        """
        return Limit(Fraction(0), self.coefficient * x + self.offset, self.is_strict)


@dataclass(frozen=True)
class CountRule:
    """What a word means in numbers: in place of the interval on a base below ``base_below``, else on top of it."""

    at_least: int
    at_most: int | None
    base_below: int | None


@dataclass(frozen=True)
class Quantifier:
    """A row of the convention; ``lower`` and ``upper`` are absent for words that are no share."""

    pattern: str
    lower: Limit | None
    upper: Limit | None
    count_rules: tuple[CountRule, ...]
    note: str

    @property
    def is_bounded(self) -> bool:
        """Whether the word excludes any share: "een aantal" does not."""
        if self.lower is None or self.upper is None:
            return False
        free = Limit(Fraction(0), Fraction(0), True), Limit(Fraction(0), Fraction(1), True)
        return (self.lower, self.upper) != free


@dataclass(frozen=True)
class Reading:
    """A phrase as the convention reads it; ``fraction`` is the X that the phrase names, if any."""

    quantifier: Quantifier
    fraction: Fraction | None


class Quantifiers:
    """The convention: finds the row for a phrase, the longest pattern first.

    Parameters
    ----------
    rows
        The rows of the table.
    """

    def __init__(self, rows: Iterable[Quantifier]):
        self.rows = tuple(sorted(rows, key=lambda row: (-len(row.pattern), row.pattern)))
        self._known: dict[str, Reading] = {}

    def read(self, phrase: str) -> Reading:
        """Return what a phrase means.

        Parameters
        ----------
        phrase
            Quantity as printed, such as "iets meer dan een kwart"; a leading "slechts" changes nothing.

        Raises
        ------
        InputError
            When no pattern fits.
        """
        if phrase not in self._known:
            self._known[phrase] = self._find(phrase)
        return self._known[phrase]

    def _find(self, phrase: str) -> Reading:
        text = " ".join(phrase.lower().split()).removeprefix("slechts ")
        for row in self.rows:
            head, has_fraction, tail = _split_pattern(row.pattern)
            if not has_fraction:
                if text == row.pattern:
                    return Reading(row, None)
            elif text.startswith(head) and text.endswith(tail):
                fraction = parse_fraction(text[len(head) : len(text) - len(tail)])
                if fraction is not None:
                    return Reading(row, fraction)
        raise InputError(
            f"the quantity {phrase!r} is not in the convention", remedy="add a row to quantifiers.csv"
        )


def parse_fraction(text: str) -> Fraction | None:
    """Return the fraction that a phrase names, or nothing when it names none.

    Parameters
    ----------
    text
        Such as "de helft", "twee derde", "driekwart" or "15 procent".

    Examples
    --------
    >>> parse_fraction("driekwart"), parse_fraction("de andere helft"), parse_fraction("15 procent")
    (Fraction(3, 4), Fraction(1, 2), Fraction(3, 20))
    """
    words = [word for word in text.lower().split() if word not in ("de", "een", "het", "andere")]
    if len(words) == 2 and words[1] == "procent" and words[0].isdecimal():
        return Fraction(int(words[0]), 100)
    numerator = 1
    if len(words) == 2 and words[0] in NUMBERS_NL:
        numerator, words = NUMBERS_NL[words[0]], words[1:]
    if len(words) != 1:
        return None
    word = words[0]
    for name, number in NUMBERS_NL.items():
        if word.startswith(name) and word.removeprefix(name) in DENOMINATORS:
            numerator, word = number, word.removeprefix(name)
    return Fraction(numerator, DENOMINATORS[word]) if word in DENOMINATORS else None


def read_quantifiers(path: Path) -> Quantifiers:
    """Read the convention.

    Parameters
    ----------
    path
        CSV with the columns pattern, low, high, open_low, open_high, note.

    Raises
    ------
    InputError
        With the line, when a column is missing, a pattern is blank or stands there twice, or a limit cannot be
        read or lies beyond the other.
    """
    rows, problems = read_rows(path, COLUMNS[:-1], COLUMNS[-1:])
    if problems:
        raise problems[0]
    parsed: dict[str, Quantifier] = {}
    for line, row in rows:
        if not row["pattern"] or row["pattern"] in parsed:
            raise InputError(
                f"the pattern {row['pattern']!r} stands here twice" if row["pattern"] else "the pattern is blank",
                file=path,
                place=f"line {line}",
                expected="one row for each pattern",
                remedy="fill it in, or remove the row",
            )
        parsed[row["pattern"]] = _parse_row(row, path, line)
    return Quantifiers(parsed.values())


def _parse_row(row: dict[str, str], path: Path, line: int) -> Quantifier:
    lower = _parse_limit(row["low"], row["open_low"], path, line)
    upper = _parse_limit(row["high"], row["open_high"], path, line)
    half = Fraction(1, 2)
    if lower and upper and lower.at(half).offset > upper.at(half).offset:
        raise InputError(
            f"the lower limit {row['low']!r} lies above the upper one, {row['high']!r}",
            file=path,
            place=f"line {line}",
            expected="low at most high",
            remedy="correct this row",
        )
    return Quantifier(
        pattern=row["pattern"],
        lower=lower,
        upper=upper,
        count_rules=tuple(rule for part in row["note"].split(";") if (rule := _parse_count_note(part.strip()))),
        note=row["note"],
    )


def _parse_limit(text: str, is_open: str, path: Path, line: int) -> Limit | None:
    if not text:
        return None
    match = _EXPRESSION.fullmatch(text)
    if match is None or is_open not in ("yes", "no") or int(match["divisor"] or 1) == 0:
        raise InputError(
            f"the limit {text!r} ({is_open!r}) cannot be read",
            file=path,
            place=f"line {line}",
            expected="a number, X, X+number, X-number or X/number; open: yes or no",
            remedy="correct this row",
        )
    coefficient = Fraction(1, int(match["divisor"] or 1)) if match["x"] else Fraction(0)
    return Limit(coefficient, Fraction(match["offset"] or 0), is_open == "yes")


def _parse_count_note(text: str) -> CountRule | None:
    match = _COUNT_NOTE.fullmatch(text)
    if match is None or any(match[name] not in (None, *NUMBERS_EN) for name in ("least", "most", "one", "other")):
        return None
    least, most = NUMBERS_EN[match["least"] or match["one"]], match["most"] or match["other"]
    return CountRule(least, NUMBERS_EN[most] if most else None, int(match["below"]) if match["below"] else None)


def _split_pattern(pattern: str) -> tuple[str, bool, str]:
    words = pattern.split(" ")
    if "X" not in words:
        return pattern, False, ""
    place = words.index("X")
    head, tail = " ".join(words[:place]), " ".join(words[place + 1 :])
    return head + " " * bool(head), True, " " * bool(tail) + tail
