"""A smallest set of statements that no whole numbers satisfy together."""

from collections.abc import Callable, Sequence

from ortools.sat.python import cp_model

Names = frozenset[str]


def smallest_conflict(names: Sequence[str], conflict_within: Callable[[Names], Names | None]) -> tuple[str, ...]:
    """Return as few names as possible that cannot hold together.

    Parameters
    ----------
    names
        All names; together they are impossible.
    conflict_within
        Given some names, a part of them (not necessarily a smallest one) that cannot hold together, or nothing
        when all of them can.

    Returns
    -------
    tuple of str
        In the order of ``names``; empty when not even no name at all is possible.

    Notes
    -----
    Every conflict has a name outside each set that can hold together. Smallest sets of names that meet all
    those complements are tried, and each that turns out to be possible is enlarged to give a further complement
    (Ignatiev, Previti, Liffiton and Marques-Silva, Smallest MUS extraction with minimal hitting set
    dualization, 2015).

    Examples
    --------
    >>> smallest_conflict("abcd", lambda chosen: chosen if {"b", "d"} <= chosen else None)
    ('b', 'd')
    """
    complements: list[Names] = []
    while True:
        candidate = _smallest_hitting_set(names, complements)
        if conflict_within(candidate) is not None:
            return tuple(name for name in names if name in candidate)
        complements.append(_complement(names, candidate, conflict_within))


def _complement(names: Sequence[str], candidate: Names, conflict_within: Callable[[Names], Names | None]) -> Names:
    """Give up a name of every conflict until the rest can hold together, then take back what fits after all."""
    inside, given_up = set(names), []
    while (conflict := conflict_within(frozenset(inside))) is not None:
        loose = min(conflict - candidate, key=names.index)
        inside.remove(loose)
        given_up.append(loose)
    for name in given_up[:-1]:
        if conflict_within(frozenset(inside | {name})) is None:
            inside.add(name)
    return frozenset(names) - inside


def _smallest_hitting_set(names: Sequence[str], sets: Sequence[Names]) -> Names:
    model = cp_model.CpModel()
    chosen = {name: model.new_bool_var(name) for name in names}
    for members in sets:
        model.add_bool_or([chosen[name] for name in sorted(members)])
    model.minimize(sum(chosen.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.solve(model)
    return frozenset(name for name in names if solver.boolean_value(chosen[name]))
