"""Say a share in Dutch words, with the numbers behind it, and why to be careful with it.

The words follow the table of quantifiers (``data/raw/published/quantifiers.csv``): *bijna*, *ongeveer* and *ruim*
before a named fraction, each as wide as that table says. Nobody, one and everybody need no convention.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import InputError
from analysis.reporting.dutch_numbers import count as write_count
from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.quantifier_widths import read_widths

FRACTIONS: tuple[tuple[str, float], ...] = (
    ("een tiende", 1 / 10),
    ("een vijfde", 1 / 5),
    ("een kwart", 1 / 4),
    ("een derde", 1 / 3),
    ("twee vijfde", 2 / 5),
    ("de helft", 1 / 2),
    ("drie vijfde", 3 / 5),
    ("twee derde", 2 / 3),
    ("driekwart", 3 / 4),
    ("vier vijfde", 4 / 5),
    ("negen op de tien", 9 / 10),
)
OF_TEN = "negen op de tien"
"""Said so because *negen tiende* reads as nineteenth."""
BARE = 0.005
"""A share this close to a fraction, half a percentage point, is called by its name alone."""
NEAR = 0.01
"""A share this close to a fraction is called *ongeveer*, even where *bijna* or *ruim* would fit too."""
THESE = "deze "
MARGIN = "Een marge zegt waar het aandeel van alle gemeenten waarschijnlijk ligt."
PATTERNS = ("X", "ongeveer X", "bijna X", "ruim X", "enkele")


@dataclass(frozen=True)
class Quantity:
    """A share in words, with the interval that the words stand for.

    Parameters
    ----------
    words
        The words, such as ``ruim een kwart``.
    low, high
        Ends of the interval, as fractions.
    open_low, open_high
        Whether that end is outside the interval.
    kind
        ``fraction`` (of the municipalities), ``none``, ``some`` (which also fits so many out of ten) or ``all``.
    """

    words: str
    low: float
    high: float
    open_low: bool = False
    open_high: bool = False
    kind: str = "fraction"

    def covers(self, share: float) -> bool:
        """Tell whether the words may be used for a share.

        Parameters
        ----------
        share
            A fraction.
        """
        above = share > self.low if self.open_low else share >= self.low
        below = share < self.high if self.open_high else share <= self.high
        return above and below

    def of(self, noun: str) -> str:
        """Return the words with what they count.

        Parameters
        ----------
        noun
            Plural, such as ``gemeenten``; ``gemeenten met een aanpak``; ``deze gemeenten`` for those of a sentence
            before.

        Examples
        --------
        >>> Quantity("ruim een kwart", 0.25, 0.3).of("gemeenten")
        'ruim een kwart van de gemeenten'
        >>> Quantity("bijna alle", 0.95, 1, kind="all").of("deze gemeenten")
        'bijna al deze gemeenten'
        """
        if noun.startswith(THESE):
            words = self.words.removesuffix("le") if self.kind == "all" else f"{self.words} van"
            return f"{words} {noun}"
        return f"{self.words} {noun}" if self.kind in {"some", "all"} else f"{self.words} van de {noun}"

    def verb(self, singular: str, plural: str) -> str:
        """Return the form of the verb that goes with the words.

        Parameters
        ----------
        singular, plural
            Both forms, such as ``heeft`` and ``hebben``.
        """
        return plural if self.kind in {"some", "all"} else singular


@dataclass(frozen=True)
class Wording:
    """The convention by which shares are put into words.

    Parameters
    ----------
    widths
        For each of :data:`PATTERNS` how far below and above the fraction it reaches, and whether those ends are
        outside it.
    """

    widths: dict[str, tuple[float, float, bool, bool]]

    def quantity(self, share: float) -> Quantity:
        """Return the words for a share; for each share exactly one.

        Parameters
        ----------
        share
            A fraction from 0 to 1.

        Raises
        ------
        ValueError
            When the share is missing or outside 0 to 1, or the convention has no words for it.
        """
        if not 0 <= share <= 1:
            raise ValueError(f"{share} is no share: it does not lie between 0 and 1")
        for quantity in self._candidates(share):
            if quantity.covers(share):
                return quantity
        raise ValueError(f"the table of quantifiers has no words for a share of {share}")

    def share(
        self,
        count: int,
        n: int,
        noun: str,
        *,
        share: float | None = None,
        printed: str | None = None,
        margin: str = "",
    ) -> str:
        """Return a share in words, with its percentage, the numbers behind it and its margin.

        Parameters
        ----------
        count, n
            How many, of how many.
        noun
            Plural of what was counted, such as ``gemeenten``.
        share
            The share to put into words when it is not ``count / n``, such as a weighted one.
        printed
            The percentage as it is printed elsewhere on the page, such as ``28%``.
        margin
            Where the share of all municipalities probably lies, such as ``22 tot 33%``.
        """
        share = count / n if share is None else share
        margin = f"; marge {margin}" if margin else ""
        printed = printed or percentage(share)
        if count in {0, 1}:
            those = f"{THESE}{write_count(n)} {noun.removeprefix(THESE)}"
            if not noun.startswith(THESE):
                those = those.replace(THESE, "de ", 1)
            return f"{('geen', 'één')[count]} van {those} ({printed}{margin})"
        words = self.quantity(share).of(noun)
        return f"{words} ({printed}; {write_count(count)} van de {write_count(n)}{margin})"

    def _candidates(self, share: float) -> Iterable[Quantity]:
        """Return the words that could be used, the best ones first."""
        if share == 0:
            yield Quantity("geen", 0, 0, kind="none")
        if share == 1:
            yield Quantity("alle", 1, 1, kind="all")
        if share <= self.widths["enkele"][1]:
            yield self._make("enkele", "enkele", 0.0, "some")
        if share > 1 + self.widths["bijna X"][0]:
            yield self._make("bijna X", "bijna alle", 1.0, "all")
        for name, fraction in sorted(FRACTIONS, key=lambda named: abs(named[1] - share)):
            distance = round(abs(share - fraction), 9)
            kind = "some" if name == OF_TEN else "fraction"
            if distance <= BARE:
                yield self._make("X", name, fraction, kind)
            if distance <= NEAR:
                yield self._make("ongeveer X", f"ongeveer {name}", fraction, kind)
            yield self._make("bijna X", f"bijna {name}", fraction, kind)
            yield self._make("ruim X", f"ruim {name}", fraction, kind)

    def _make(self, pattern: str, words: str, fraction: float, kind: str) -> Quantity:
        below, above, open_low, open_high = self.widths[pattern]
        return Quantity(words, fraction + below, fraction + above, open_low, open_high, kind)


def read_wording(path: Path) -> Wording:
    """Read the convention from the table of quantifiers.

    Parameters
    ----------
    path
        ``quantifiers.csv``, as :func:`analysis.survey.quantifiers.read_quantifiers` reads it.

    Raises
    ------
    InputError
        When the table cannot be read, a pattern that the words need is missing or is no interval around what it
        names, or a share is left without words.
    """
    wording = Wording(read_widths(path, PATTERNS))
    for share in range(1001):
        try:
            wording.quantity(share / 1000)
        except ValueError as error:  # a build would stop at it when an answer happens to have this share
            raise InputError(
                str(error),
                file=path,
                place=", ".join(PATTERNS[1:]),
                expected="words for every share from 0 to 1",
                remedy="widen the interval of one of these patterns",
            ) from error
    return wording


def caution(reasons: Iterable[str]) -> str:
    """Return a sentence that says why to be careful with a share; empty without a reason.

    Parameters
    ----------
    reasons
        Why the share is uncertain, each a Dutch clause: the legend of its presentation flags.

    Examples
    --------
    >>> caution(["minder dan 30 reacties", "een brede marge"])
    'Wees voorzichtig met dit cijfer: minder dan 30 reacties en een brede marge.'
    """
    reasons = list(reasons)
    return f"Wees voorzichtig met dit cijfer: {enumerate_dutch(reasons)}." if reasons else ""


def enumerate_dutch(items: Iterable[str]) -> str:
    """Return items as a Dutch enumeration.

    Parameters
    ----------
    items
        The items.

    Examples
    --------
    >>> enumerate_dutch(["a", "b", "c"])
    'a, b en c'
    """
    *first, last = list(items) or [""]
    return f"{', '.join(first)} en {last}" if first else last


def capitalise(sentence: str) -> str:
    """Return a sentence with a capital at its start; the rest stays as it is.

    Parameters
    ----------
    sentence
        The sentence.

    Examples
    --------
    >>> capitalise("ruim een kwart in de G4"), capitalise("één van de 13")
    ('Ruim een kwart in de G4', 'Eén van de 13')
    """
    if sentence.startswith("é"):
        return f"E{sentence[1:]}"  # a Dutch capital has no stress mark
    return sentence[:1].upper() + sentence[1:]
