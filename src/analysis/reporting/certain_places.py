"""Which places of a ranking are certain, by the intervals of what is ranked, and how Dutch says so."""

import pandas as pd

ORDINALS = ("eerste", "tweede", "derde")


def overlaps_later(ranked: pd.DataFrame) -> list[bool]:
    """Return of each place whether its interval overlaps one of a later place.

    Parameters
    ----------
    ranked
        ``ci_low`` and ``ci_high`` of all that can have a place, the largest share first.
    """
    high = ranked["ci_high"].tolist()
    return [max(high[place + 1 :], default=-1.0) >= low for place, low in enumerate(ranked["ci_low"])]


def certain_places(ranked: pd.DataFrame, named: int) -> int:
    """Return how many places at the top are certain.

    Parameters
    ----------
    ranked
        As for :func:`overlaps_later`.
    named
        How many of them are named.

    Notes
    -----
    A place is certain when its interval lies above those of all that follow, and so does that of each place before
    it: intervals one by one and not jointly (D60).

    Examples
    --------
    >>> ranked = pd.DataFrame({"ci_low": [0.65, 0.47, 0.24, 0.20], "ci_high": [0.76, 0.60, 0.35, 0.30]})
    >>> certain_places(ranked, 3)
    2
    """
    return [*overlaps_later(ranked)[:named], True].index(True)


def order_caveat(certain: int, named: int, *, things: str = "antwoorden", brief: bool = False) -> str:
    """Say which places of a ranking are certain; empty when all that are named are.

    Parameters
    ----------
    certain
        From :func:`certain_places`.
    named
        How many are named.
    things
        What was ranked, as a Dutch plural.
    brief
        Leave out why.

    Examples
    --------
    >>> order_caveat(0, 1, brief=True), order_caveat(0, 3, brief=True)
    ('Die eerste plaats is niet zeker.', 'De volgorde is niet zeker.')
    >>> order_caveat(2, 3, brief=True)
    'De eerste twee plaatsen staan vast; de derde is niet zeker.'
    """
    if certain >= named:
        return ""
    why = f": de marges van deze en volgende {things} overlappen elkaar"
    if named - certain == 1:
        why = f": de marge overlapt die van andere {things}"
    if certain == 0:
        start = "Die eerste plaats is niet zeker" if named == 1 else "De volgorde is niet zeker"
    else:
        sure = "De eerste plaats staat" if certain == 1 else f"De eerste {_number(certain)} plaatsen staan"
        rest = f"de {ordinal(certain + 1)}" if named - certain == 1 else "de volgorde daarna"
        start = f"{sure} vast; {rest} is niet zeker"
    return f"{start}{'' if brief else why}."


def ordinal(place: int) -> str:
    """Return a place as a Dutch word.

    Parameters
    ----------
    place
        From 1.

    Examples
    --------
    >>> ordinal(2), ordinal(12)
    ('tweede', '12e')
    """
    return ORDINALS[place - 1] if place <= len(ORDINALS) else f"{place}e"


def _number(number: int) -> str:
    return "twee" if number == 2 else str(number)
