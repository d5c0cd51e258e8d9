"""Hand out options to respondents: exact numbers per option, and dependence on what the respondents are like.

Everything is decided by ranks of scores. A score is ``strength`` times engagement plus noise, so that the
numbers per option hold whatever the strength. Only additions, multiplications and square roots of random
numbers are used, and logarithms are rounded, so that the ranks are the same on every machine.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from analysis.errors import InputError

UNIFORMS = 12  # their sum less six is close to standard normal, without a logarithm


def normal_noise(random: np.random.Generator, number: int) -> np.ndarray:
    """Return draws with mean zero and variance one, close to normal (the sum of twelve uniform draws less six).

    Parameters
    ----------
    random
        Source of the draws.
    number
        How many.
    """
    total = np.full(number, -UNIFORMS / 2)
    for _ in range(UNIFORMS):
        total += random.random(number)
    return total


def logistic_noise(random: np.random.Generator, number: int) -> np.ndarray:
    """Return draws from the standard logistic distribution, rounded to nine decimals.

    Parameters
    ----------
    random
        Source of the draws.
    number
        How many.
    """
    uniform = (np.floor(random.random(number) * 2**40) + 0.5) / 2**40
    return np.round(np.log(uniform) - np.log1p(-uniform), 9)


def scores(strength: float, engagement: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Return scores that depend on engagement.

    Parameters
    ----------
    strength
        Between -1 and 1.
    engagement
        Per respondent.
    random
        Source of the noise.
    """
    return strength * engagement + np.sqrt(1 - strength**2) * normal_noise(random, len(engagement))


def hand_out(score: np.ndarray, quotas: Mapping[str, int]) -> np.ndarray:
    """Give each respondent one option: the highest scores the first option, and so on.

    Parameters
    ----------
    score
        Per respondent.
    quotas
        Respondents per option, in order; together everyone.

    Examples
    --------
    >>> hand_out(np.array([0.1, 0.9, 0.5]), {"a": 1, "b": 2}).tolist()
    ['b', 'a', 'b']
    """
    result = np.empty(len(score), dtype=f"<U{max(map(len, quotas))}")
    result[np.argsort(-score, kind="stable")] = np.repeat(list(quotas), list(quotas.values()))
    return result


def mention(
    score: np.ndarray,
    quotas: Sequence[int],
    rows: np.ndarray,
    *,
    least: int,
    groups: Mapping[tuple[int, ...], int],
) -> np.ndarray:
    """Tick options of a multi question: exact numbers per option, and at least one tick for each respondent.

    Parameters
    ----------
    score
        Respondents by options.
    quotas
        Ticks per option.
    rows
        Respondents who may tick, as True or False.
    least
        Respondents with two ticks or more, at least.
    groups
        Respondents with at least one tick, for groups of options (places) that do not overlap.

    Returns
    -------
    numpy.ndarray
        True where ticked, respondents by options.

    Raises
    ------
    InputError
        When the ticks cannot be moved so that all of this holds.
    """
    ticked = np.zeros(score.shape, dtype=bool)
    free = list(range(score.shape[1]))
    for places, number in groups.items():
        columns = list(places)
        inside = _best(score[:, columns].max(axis=1), rows, number)
        for place in columns:
            ticked[_places(_best(score[:, place], inside, quotas[place])), place] = True
            free.remove(place)
        part = ticked[:, columns]
        _spread(part, score[:, columns], inside, list(range(len(columns))), 1)
        ticked[:, columns] = part
    for place in free:
        ticked[_places(_best(score[:, place], rows, quotas[place])), place] = True
    _spread(ticked, score, rows, free, 1)
    if least:
        many = _best(ticked.sum(axis=1) * 1.0, rows, least)
        _spread(ticked, score, many, free, 2)
    return ticked


def _spread(ticked: np.ndarray, score: np.ndarray, rows: np.ndarray, columns: list[int], least: int) -> None:
    """Move ticks from respondents with more than ``least`` of them to those with fewer, column by column."""
    while True:
        lacking = rows & (ticked.sum(axis=1) < least)
        if not lacking.any():
            return
        moved = 0
        for place in columns:
            total = ticked.sum(axis=1)
            givers = _places((total > least) & ticked[:, place])
            takers = _places(rows & (total < least) & ~ticked[:, place])
            number = min(len(givers), len(takers))
            givers = givers[np.argsort(score[givers, place], kind="stable")][:number]
            takers = takers[np.argsort(-score[takers, place], kind="stable")][:number]
            ticked[givers, place], ticked[takers, place] = False, True
            moved += number
        if not moved:
            raise InputError("too few ticks for every respondent to have one", remedy="raise prior_shares")


def _best(score: np.ndarray, rows: np.ndarray, number: int) -> np.ndarray:
    candidates = _places(rows)
    best = candidates[np.argsort(-score[candidates], kind="stable")][:number]
    result = np.zeros(len(score), dtype=bool)
    result[best] = True
    return result


def _places(rows: np.ndarray) -> np.ndarray:
    return np.flatnonzero(rows)
