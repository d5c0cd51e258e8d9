"""Letters for presentation flags in the cells of a table, and their legend."""

from collections.abc import Iterable
from dataclasses import dataclass
from string import ascii_lowercase

from analysis.reporting.wording import capitalise
from analysis.statistics.presentation import SEPARATOR, legend


@dataclass(frozen=True)
class FlagKey:
    """The letters of one table.

    Parameters
    ----------
    letters
        Letter by code of a flag.
    """

    letters: dict[str, str]

    def mark(self, flag: str) -> str:
        """Return the letters behind an estimate, with a space in front; empty without flags.

        Parameters
        ----------
        flag
            Value of the column ``flag``.
        """
        letters = sorted(self.letters[code] for code in flag.split(SEPARATOR) if code)
        return f" [{','.join(letters)}]" if letters else ""

    @property
    def legend(self) -> str:
        """What the letters mean, in Dutch; empty without letters."""
        meanings = legend([SEPARATOR.join(self.letters)])
        return " ".join(f"[{self.letters[code]}] {capitalise(text)}." for code, text in meanings.items())


def flag_key(flagged: Iterable[str]) -> FlagKey:
    """Give each flag that occurs a letter, in the order of the presentation rules.

    Parameters
    ----------
    flagged
        Values of the column ``flag``.

    Examples
    --------
    >>> key = flag_key(["", "few_respondents;extreme"])
    >>> key.mark("extreme"), key.legend
    (' [b]', '[a] Minder dan 30 reacties. [b] Niemand of iedereen koos dit antwoord.')
    """
    return FlagKey(dict(zip(legend(flagged), ascii_lowercase, strict=False)))
