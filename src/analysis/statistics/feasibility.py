"""What whole numbers of respondents a report leaves possible, and which statements exclude each other.

Every block of statements about the same question is a problem in whole numbers (OR-tools CP-SAT), solved under
each way in which a report may have rounded its percentages.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd
from ortools.sat.python import cp_model

from analysis.statistics.block_model import BlockCounts, BlockStatements
from analysis.statistics.claim_blocks import ClaimBlock, Published
from analysis.statistics.solving import EFFORT, deterministic_solver, solve
from analysis.survey.claims import Claim
from analysis.survey.synthetic.conflicts import smallest_conflict
from analysis.survey.synthetic.count_model import Expression

ROUNDINGS = ("half_up", "largest_remainder")
MOST_SOLUTIONS = 1000
KINDS = {"exact_count": 0, "exact_percent": 1, "verbal": 2, "relative": 2}


@dataclass(frozen=True)
class Range:
    """Smallest and largest possible count."""

    low: int
    high: int


class Block:
    """A block of statements with its unknown counts under one rounding rule.

    Parameters
    ----------
    block
        The statements.
    published
        The report.
    rounding
        ``half_up`` or ``largest_remainder``.
    """

    def __init__(self, block: ClaimBlock, published: Published, rounding: str):
        self.block = block
        self.rounding = rounding
        self.counts = BlockCounts(block, published)
        self.statements = BlockStatements(self.counts, block, published, rounding)
        self.model = self.counts.model
        self.switches = self.statements.switches
        self.names = tuple(self.switches)
        self.claims: dict[str, Claim] = {claim.claim_id: claim for claim in block.claims}
        self._models: dict[frozenset[str], cp_model.CpModel] = {}

    def conflict_within(self, names: Iterable[str]) -> frozenset[str] | None:
        """Return some of these statements that exclude each other, or nothing when all can hold.

        Parameters
        ----------
        names
            Identifiers of statements.
        """
        model = self.model
        model.clear_assumptions()
        model.add_assumptions([self.switches[name] for name in names])
        solver, status = solve(model)
        model.clear_assumptions()
        if status != cp_model.INFEASIBLE:
            return None
        return frozenset(
            model.proto.variables[index].name for index in solver.sufficient_assumptions_for_infeasibility()
        )

    def smallest_conflict(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return as few of these statements as possible that exclude each other; empty when all can hold.

        Parameters
        ----------
        names
            Identifiers of statements.
        """
        if self.conflict_within(names) is None:
            return ()
        return smallest_conflict(names, lambda part: self.conflict_within(sorted(part)))

    def give_way(self, conclusion: str | None = None) -> dict[str, tuple[str, ...]]:
        """Return the statements that give way, each with a smallest set of statements that exclude it.

        Parameters
        ----------
        conclusion
            Chapter that summarises the others, whose statements give way first.

        Notes
        -----
        As little as possible is given up: first no exact count, then no percentage, then no words. When there are
        several ways to do so, every statement that gives way in one of them is listed.
        """
        if self.conflict_within(self.names) is None:
            return {}
        weights = {name: self._weight(self.claims[name], conclusion) for name in self.names}
        best, followed = self._follow(weights)
        waiting = {name: followed for name in self.names if name not in followed}
        found: dict[str, tuple[str, ...]] = {}
        while waiting:
            name, followed = waiting.popitem()
            found[name] = self._excluding(name, followed)
            # Only a statement of the same weight in the same conflict can give way instead.
            for other in found[name]:
                if weights[other] == weights[name] and other not in found and other not in waiting:
                    value, alternative = self._follow(weights, without=other)
                    if value == best:
                        known = {*alternative, *found, *waiting}
                        waiting |= {one: alternative for one in self.names if one not in known}
        return {name: found[name] for name in self.names if name in found}

    def _excluding(self, name: str, followed: Sequence[str]) -> tuple[str, ...]:
        """Return as few statements as possible that exclude one; pairs are tried first, as they are quick."""
        if self.conflict_within([name]) is not None:
            return ()
        for other in followed:
            if self.conflict_within([name, other]) is not None:
                return (other,)
        return tuple(other for other in self.smallest_conflict([*followed, name]) if other != name)

    def extremes(self, expression: Expression, followed: Collection[str]) -> Range:
        """Return the smallest and largest value of a count when statements hold.

        Parameters
        ----------
        expression
            A count of this block.
        followed
            Identifiers of the statements that hold.
        """
        if isinstance(expression, int):
            return Range(expression, expression)
        model = self._fixed(followed)
        ends = []
        for direction in (model.minimize, model.maximize):
            direction(expression)
            solver, status = solve(model)
            if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                model.clear_objective()
                return Range(0, self.counts.limit)
            # What is proven: when the effort ran out, the range is too wide rather than too narrow.
            ends.append(round(solver.best_objective_bound))
        model.clear_objective()
        return Range(*ends)

    def solutions(self, followed: Collection[str], most: int = MOST_SOLUTIONS) -> list[dict[tuple[str, str], int]]:
        """Return the possible sets of counts of the options, at most ``most`` plus one.

        Parameters
        ----------
        followed
            Identifiers of the statements that hold.
        most
            How many to look for before it is enough to know that there are more.
        """
        collector = _Collector(self.counts.options, most)
        solver = deterministic_solver(EFFORT)
        solver.parameters.enumerate_all_solutions = True
        solver.solve(self._fixed(followed), collector)
        return [dict(zip(self.counts.options, values, strict=True)) for values in sorted(collector.found)]

    def _weight(self, claim: Claim, conclusion: str | None) -> int:
        is_late = claim.chapter == conclusion and not claim.kind.startswith("exact")
        step = len(self.names) + 1  # so that no number of statements outweighs one of a higher level
        return step ** (3 - KINDS[claim.kind] - int(is_late))

    def _follow(self, weights: dict[str, int], without: str | None = None) -> tuple[int, list[str]]:
        model = self.model.clone()
        if without is not None:
            model.add(self.switches[without] == 0)
        model.maximize(sum(weight * self.switches[name] for name, weight in weights.items()))
        solver, status = solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return -1, []
        return round(solver.objective_value), [name for name in self.names if solver.value(self.switches[name])]

    def _fixed(self, followed: Collection[str]) -> cp_model.CpModel:
        chosen = frozenset(followed)
        if chosen not in self._models:
            model = self.model.clone()
            for name, switch in self.switches.items():
                model.add(switch == int(name in chosen))
            self._models = {chosen: model}
        return self._models[chosen]


class _Collector(cp_model.CpSolverSolutionCallback):
    def __init__(self, options: dict, most: int):
        super().__init__()
        self._variables = list(options.values())
        self._most = most
        self.found: set[tuple[int, ...]] = set()

    def on_solution_callback(self) -> None:
        self.found.add(tuple(self.value(variable) for variable in self._variables))
        if len(self.found) > self._most:
            self.stop_search()


@dataclass(frozen=True)
class Finding:
    """What one block leaves possible under one rounding rule.

    ``given_up`` holds the statements that give way with those that exclude them, ``followed`` the others.
    """

    block: Block
    given_up: dict[str, tuple[str, ...]]

    @property
    def followed(self) -> tuple[str, ...]:
        """The statements that can hold together."""
        return tuple(name for name in self.block.names if name not in self.given_up)

    @property
    def is_possible(self) -> bool:
        """Whether all statements can hold together."""
        return not self.given_up


def examine(block: ClaimBlock, published: Published, rounding: str, conclusion: str | None = None) -> Finding:
    """Find which statements of a block can hold together under a rounding rule.

    Parameters
    ----------
    block
        The statements.
    published
        The report.
    rounding
        ``half_up`` or ``largest_remainder``.
    conclusion
        Chapter whose statements give way first.
    """
    problem = Block(block, published, rounding)
    return Finding(problem, problem.give_way(conclusion))


def count_table(findings: Iterable[Finding]) -> pd.DataFrame:
    """Return what is possible for every unknown count.

    Parameters
    ----------
    findings
        Blocks under a rounding rule.

    Returns
    -------
    pandas.DataFrame
        ``rounding``, ``block``, ``question``, ``option``, ``low``, ``high`` (respondents), ``is_unique``,
        ``n_solutions`` (of the block; one above :data:`MOST_SOLUTIONS` means more) and ``is_possible`` (whether
        all statements of the block hold; if not, the ranges follow from those that do not give way).
    """
    rows = []
    for finding in findings:
        solutions = finding.block.solutions(finding.followed)
        for (variable, option), unknown in finding.block.counts.options.items():
            if len(solutions) <= MOST_SOLUTIONS:
                values = [solution[variable, option] for solution in solutions]
                found = Range(min(values), max(values))
            else:
                found = finding.block.extremes(unknown, finding.followed)
            rows.append(
                {
                    "rounding": finding.block.rounding,
                    "block": finding.block.block.name,
                    "question": variable,
                    "option": option,
                    "low": found.low,
                    "high": found.high,
                    "is_unique": found.low == found.high,
                    "n_solutions": len(solutions),
                    "is_possible": finding.is_possible,
                }
            )
    return pd.DataFrame(rows)
