"""Whole percentages from whole counts, under the two rules that reports use."""

from collections.abc import Callable, Sequence


def round_half_up(counts: Sequence[int]) -> list[int]:
    """Round each percentage on its own; halves go up.

    The result need not add up to 100.

    Parameters
    ----------
    counts
        Respondents per option; together the base.

    Returns
    -------
    list of int
        Whole percentages, in the order of ``counts``.

    Raises
    ------
    ValueError
        When a count is negative or the base is zero.

    Examples
    --------
    >>> round_half_up([42, 28, 83])
    [27, 18, 54]
    """
    base = _base(counts)
    return [(200 * count + base) // (2 * base) for count in counts]


def round_largest_remainder(counts: Sequence[int]) -> list[int]:
    """Round so that the percentages add up to 100.

    Every percentage is rounded down, and what is missing to 100 goes, one each, to the options with the largest
    remainders; among equal remainders the earlier option goes first. The method is Hamilton's (Balinski and Young,
    Fair Representation, 2001). All arithmetic is in whole numbers.

    Parameters
    ----------
    counts
        Respondents per option; together the base.

    Returns
    -------
    list of int
        Whole percentages, in the order of ``counts``.

    Raises
    ------
    ValueError
        When a count is negative or the base is zero.

    Examples
    --------
    >>> round_largest_remainder([1, 1, 1])
    [34, 33, 33]
    """
    base = _base(counts)
    percentages = [100 * count // base for count in counts]
    by_remainder = sorted(range(len(counts)), key=lambda option: -(100 * counts[option] % base))
    for option in by_remainder[: 100 - sum(percentages)]:
        percentages[option] += 1
    return percentages


ROUNDING_RULES: dict[str, Callable[[Sequence[int]], list[int]]] = {
    "half_up": round_half_up,
    "largest_remainder": round_largest_remainder,
}


def _base(counts: Sequence[int]) -> int:
    if any(count < 0 for count in counts):
        raise ValueError(f"a count of respondents cannot be negative: {list(counts)}")
    if not sum(counts):
        raise ValueError("nobody answered: a percentage of zero respondents does not exist")
    return sum(counts)
