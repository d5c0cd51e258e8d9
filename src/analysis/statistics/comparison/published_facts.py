"""What was published of an earlier wave, read as intervals of a share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from analysis.errors import InputError
from analysis.survey.earlier_facts import Fact
from analysis.survey.quantifiers import Limit, Quantifiers

Rounding = Literal["half_up", "either"]
_OF_ANOTHER = re.compile(r"(?P<phrase>.+) van (?P<fact>\w+)")


@dataclass(frozen=True)
class Statement:
    """A share between two limits: of all respondents, or of those who gave one of the answers ``within``.

    The limits are those of :class:`analysis.survey.quantifiers.Limit` without X: an offset, and whether it is
    left out.
    """

    source: str
    options: tuple[str, ...]
    lower: Limit
    upper: Limit
    within: tuple[str, ...] = ()

    def allows(self, count: int, n: int) -> bool:
        """Say whether ``count`` of ``n`` is a share within the limits.

        Parameters
        ----------
        count
            Respondents with one of the answers.
        n
            Respondents in all, or those with one of the answers ``within``.
        """
        lower, upper = self.lower.offset * n, self.upper.offset * n
        above = count > lower if self.lower.is_strict else count >= lower
        return above and (count < upper if self.upper.is_strict else count <= upper)


def percent_limits(percent: int, rounding: Rounding) -> tuple[Limit, Limit]:
    """Return the shares that are printed as a whole percentage.

    Parameters
    ----------
    percent
        As printed.
    rounding
        ``half_up``: the nearest whole number, halves up. ``either``: rounded up or down, as in a distribution
        that was made to add up to 100.

    Examples
    --------
    >>> lower, upper = percent_limits(7, "half_up")
    >>> lower.offset, upper.offset, upper.is_strict
    (Fraction(13, 200), Fraction(3, 40), True)
    """
    share, half, whole = Fraction(percent, 100), Fraction(1, 200), Fraction(1, 100)
    if rounding == "half_up":
        return Limit(Fraction(0), share - half, False), Limit(Fraction(0), share + half, True)
    return Limit(Fraction(0), share - whole, True), Limit(Fraction(0), share + whole, True)


def statement_of(
    fact_id: str, facts: Mapping[str, Fact], quantifiers: Quantifiers, *, rounding: Rounding
) -> Statement:
    """Read one published figure as an interval of a share.

    Parameters
    ----------
    fact_id
        Identifier of a figure that is a percentage or a quantity in words.
    facts
        What :func:`analysis.survey.earlier_facts.read_earlier_facts` returned.
    quantifiers
        The convention for quantities in words.
    rounding
        How percentages were rounded.

    Raises
    ------
    InputError
        When the figure says nothing about a share.
    """
    if fact_id not in facts:
        raise InputError(f"the fact {fact_id} is missing", remedy="restore its row in figures_2021.csv")
    fact = facts[fact_id]
    if fact.exactness == "percent":
        return Statement(fact_id, fact.options, *percent_limits(int(fact.value), rounding))
    if fact.exactness == "percent_about":
        return Statement(fact_id, fact.options, *_read(f"ongeveer {fact.value} procent", quantifiers))
    if fact.exactness != "verbal":
        raise InputError(f"the published figure {fact_id} is no share", remedy="leave it out of the crosswalk")
    relative = _OF_ANOTHER.fullmatch(fact.value)
    if relative is None or relative["fact"] not in facts:
        return Statement(fact_id, fact.options, *_read(fact.value, quantifiers))
    return Statement(
        fact_id, fact.options, *_read(relative["phrase"], quantifiers), within=facts[relative["fact"]].options
    )


def _read(phrase: str, quantifiers: Quantifiers) -> tuple[Limit, Limit]:
    reading = quantifiers.read(phrase)
    row, fraction = reading.quantifier, reading.fraction
    if row.lower is None or row.upper is None or (fraction is None and row.lower.coefficient):
        raise InputError(f"the quantity {phrase!r} has no limits", remedy="name a fraction in figures_2021.csv")
    return row.lower.at(fraction or Fraction(0)), row.upper.at(fraction or Fraction(0))
