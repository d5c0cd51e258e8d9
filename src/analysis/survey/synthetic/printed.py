"""Printed whole percentages as variables, exactly as a rounding rule makes them from whole counts."""

from collections.abc import Sequence
from itertools import combinations, permutations

from ortools.sat.python import cp_model

from analysis.survey.synthetic.count_model import Expression

Printed = dict[tuple[str, tuple[str, ...]], cp_model.IntVar]
LARGEST_BASE = 10**5  # bound of remainders; far above any number of municipalities


def printed_single(
    model: cp_model.CpModel, count: Expression, base: Expression, name: str, largest: int = LARGEST_BASE
) -> cp_model.IntVar:
    """Return the percentage of one count, halves rounded up.

    Parameters
    ----------
    model
        The constraint problem.
    count, base
        Count and what it is a share of.
    name
        Name of the variable.
    largest
        Bound of the remainder, which is less than twice the base.
    """
    percent = model.new_int_var(0, 100, f"{name} percent")
    rest = model.new_int_var(0, largest, f"{name} rest")
    whole = _times(model, percent, base, name, largest)
    model.add(200 * count + base == 2 * whole + rest)
    model.add(rest <= 2 * base - 1)
    return percent


def printed_shares(
    model: cp_model.CpModel, counts: dict, base: Expression, rule: str, largest: int = LARGEST_BASE
) -> Printed:
    """Return the percentages of a whole distribution.

    Parameters
    ----------
    model
        The constraint problem.
    counts
        Counts by category, in the order in which equal remainders are served; together the base.
    base
        What they are shares of.
    rule
        ``largest_remainder`` (they add up to 100) or ``half_up`` (each on its own).
    largest
        As for :func:`printed_single`.

    Notes
    -----
    Under the largest-remainder rule every percentage is rounded down and the points that are missing to 100 go
    to the categories with the largest remainders; among equal ones the earlier goes first.
    """
    if rule == "half_up":
        return {key: printed_single(model, count, base, f"{key}", largest) for key, count in counts.items()}
    shares, bumps, rests = {}, {}, {}
    for key, count in counts.items():
        floor = model.new_int_var(0, 100, f"{key} floor")
        rests[key] = model.new_int_var(0, largest, f"{key} rest")
        bumps[key] = model.new_bool_var(f"{key} bump")
        shares[key] = model.new_int_var(0, 101, f"{key} percent")
        model.add(100 * count == _times(model, floor, base, f"{key}", largest) + rests[key])
        model.add(rests[key] <= base - 1)
        model.add(shares[key] == floor + bumps[key])
    model.add(sum(shares.values()) == 100)
    for first, second in combinations(counts, 2):
        only_first = (bumps[first], bumps[second].negated())
        only_second = (bumps[second], bumps[first].negated())
        model.add(rests[first] >= rests[second]).only_enforce_if(only_first)
        model.add(rests[second] >= rests[first] + 1).only_enforce_if(only_second)
    return shares


def add_labels(
    model: cp_model.CpModel, shares: Sequence[cp_model.IntVar], labels: Sequence[int], switch: cp_model.IntVar
) -> list[cp_model.IntVar]:
    """Let a figure show these labels, in whatever order; a category without a label is printed as zero.

    Parameters
    ----------
    model
        The constraint problem.
    shares
        Printed percentages of the categories.
    labels
        Labels that can be seen, in the order of the figure.
    switch
        On when the statement holds.

    Returns
    -------
    list of IntVar
        A Boolean for each order of the labels that is not the one of the figure.
    """
    padded = (*labels, *(0 for _ in range(len(shares) - len(labels))))
    others, orders = [], []
    for order in sorted(set(permutations(padded))):
        chosen = model.new_bool_var(f"labels {order}")
        for share, label in zip(shares, order, strict=True):
            model.add(share == label).only_enforce_if(chosen)
        orders.append(chosen)
        if [label for label in order if label] != list(labels):
            others.append(chosen)
    model.add_bool_or(orders).only_enforce_if(switch)
    return others


def _times(
    model: cp_model.CpModel, factor: cp_model.IntVar, base: Expression, name: str, largest: int
) -> Expression:
    if isinstance(base, int):
        return base * factor
    product = model.new_int_var(0, 100 * largest, f"{name} product")
    model.add_multiplication_equality(product, [factor, base])
    return product
