"""Find whole counts that satisfy every published statement that can be satisfied."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from analysis.errors import InputError
from analysis.survey.claims import Claims
from analysis.survey.synthetic.conflicts import smallest_conflict
from analysis.survey.synthetic.contradictions import CONTRADICTIONS, Contradiction
from analysis.survey.synthetic.count_model import CountModel
from analysis.survey.synthetic.municipalities import SIZE_CODES
from analysis.survey.synthetic.response_model import ResponseModel
from analysis.survey.synthetic.sources import Sources
from analysis.survey.synthetic.statements import Statements
from analysis.survey.synthetic.targets import draw_targets

EFFORT = 20.0  # deterministic seconds: steps of the solver, not the clock
EFFORT_PER_CONFLICT = 0.2  # a set that is not refuted within this effort counts as possible
FARTHEST = 10**4  # more than any count lies from its target
WEIGHTS = (10**6, 2 * 10**6)  # so many that two solutions at the same distance are next to impossible
PENALTY = 10**8
SEARCH = {"random_seed": 1, "linearization_level": 2}


@dataclass(frozen=True)
class Plan:
    """Whole counts of the survey, before anybody answers.

    ``options``, ``themes``, ``unions`` and ``several`` have the keys of :class:`CountModel`; ``singles`` counts
    known respondents for one municipality by (province, size code); ``not_followed`` holds the statements that
    contradict others and gave way.
    """

    reactions: int
    bases: dict[str, int]
    options: dict[tuple[str, str], int]
    themes: dict[tuple[str, str], int]
    unions: dict[tuple[str, tuple[str, ...]], int]
    several: dict[str, int]
    singles: dict[tuple[str, str], int]
    anonymous: dict[str, int]
    local_partnerships: dict[str, tuple[int, int]]
    two_provinces: tuple[str, int, str, int] | None
    not_followed: tuple[Contradiction, ...] = field(default=())


def calibrate(sources: Sources, random: np.random.Generator) -> Plan:
    """Solve the statements for whole counts, and draw among the solutions.

    Parameters
    ----------
    sources
        What the survey asks, of whom, what is published about it, and what is assumed where nothing is.
    random
        Source of the draw.

    Raises
    ------
    InputError
        When no whole counts satisfy the statements; names a smallest set that is in conflict.

    Notes
    -----
    The solver first settles which statements can be followed, then the sizes of the bases, and then comes as
    near as it can to targets that are drawn at random.
    """
    counts = CountModel(sources.instrument, sources.catalogue, len(sources.register))
    response = ResponseModel(counts, sources.register)
    statements = Statements(counts, response, sources)
    not_followed = _settle(counts, statements)
    followed = sorted(set(statements.switches) - {item.claim for item in not_followed})
    base_sizes = _solve(counts.model, [statements.switches[name] for name in followed])
    for name in followed:
        counts.model.add(statements.switches[name] == 1)
    for base in counts.bases.values():
        counts.model.add(base == base_sizes.value(base))
    sizes = {name: base_sizes.value(base) for name, base in counts.bases.items()}
    targets = draw_targets(statements, response, sizes, sources.parameters, random)
    _aim(counts.model, targets, statements.penalties, random)
    solver = _solve(counts.model, [])
    return _read_plan(solver, counts, response, not_followed)


def _settle(counts: CountModel, statements: Statements) -> tuple[Contradiction, ...]:
    """Follow everything but the declared contradictions, then those of them that fit after all."""
    model, switches, claims = counts.model, statements.switches, statements.claims
    doubtful = [item for item in CONTRADICTIONS if item.claim in switches]
    firm = [name for name in switches if name not in {item.claim for item in doubtful}]
    if _conflict_within(model, switches, firm, EFFORT) is not None:
        # Counts last: without the sizes of the bases, questions about percentages are slow to decide.
        order = sorted(firm, key=lambda name: claims[name].kind == "exact_count")
        conflict = smallest_conflict(
            order, lambda names: _conflict_within(model, switches, sorted(names), EFFORT_PER_CONFLICT)
        )
        raise _impossible([name for name in firm if name in conflict], claims)
    not_followed = []
    for item in doubtful:
        if _conflict_within(model, switches, [*firm, item.claim], EFFORT) is None:
            firm.append(item.claim)
        else:
            not_followed.append(item)
    return tuple(not_followed)


def _impossible(conflict: Iterable[str], claims: Claims) -> InputError:
    named = ", ".join(f"{name} (line {claims[name].line})" for name in conflict)
    return InputError(
        f"no whole numbers of respondents satisfy these statements together: {named or 'none at all'}",
        file=claims.path,
        remedy="correct one of them, or declare which gives way in analysis/survey/synthetic/contradictions.py",
    )


def _conflict_within(
    model: cp_model.CpModel, switches: Mapping[str, cp_model.IntVar], names: Iterable[str], effort: float
) -> frozenset[str] | None:
    solver, status = _run(model, [switches[name] for name in names], effort)
    if status != cp_model.INFEASIBLE:
        return None
    return frozenset(
        model.proto.variables[index].name for index in solver.sufficient_assumptions_for_infeasibility()
    )


def _solve(model: cp_model.CpModel, switches: list[cp_model.IntVar]) -> cp_model.CpSolver:
    solver, status = _run(model, switches, EFFORT)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise InputError(
            "the solver found no whole numbers within its effort", remedy="raise EFFORT in calibration.py"
        )
    return solver


def _run(model: cp_model.CpModel, switches: list[cp_model.IntVar], effort: float) -> tuple[cp_model.CpSolver, int]:
    solver = cp_model.CpSolver()
    # One worker, and effort counted in steps.
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # it would take Ctrl-C for the end of its effort
    solver.parameters.random_seed = SEARCH["random_seed"]
    solver.parameters.linearization_level = SEARCH["linearization_level"]
    solver.parameters.max_deterministic_time = effort
    model.clear_assumptions()
    model.add_assumptions(switches)
    return solver, solver.solve(model)


def _aim(
    model: cp_model.CpModel,
    targets: list[tuple[cp_model.IntVar, int]],
    penalties: list[cp_model.IntVar],
    random: np.random.Generator,
) -> None:
    """Minimise the distance to the targets, with weights that leave one optimum and so one answer everywhere."""
    costs = []
    for number, (variable, target) in enumerate(targets):
        above, below = (model.new_int_var(0, FARTHEST, f"{side} target {number}") for side in ("above", "below"))
        model.add(variable - target == above - below)
        model.add_hint(variable, target)
        costs += [int(random.integers(*WEIGHTS)) * part for part in (above, below)]
    model.minimize(sum(costs) + PENALTY * sum(penalties))


def _read_plan(
    solver: cp_model.CpSolver, counts: CountModel, response: ResponseModel, not_followed: tuple[Contradiction, ...]
) -> Plan:
    def values(variables: Mapping) -> dict:
        return {key: solver.value(variable) for key, variable in variables.items()}

    home = [name for name, chosen in response.home.items() if solver.value(chosen)]
    away = [name for name, chosen in response.away.items() if solver.value(chosen)]
    return Plan(
        reactions=solver.value(response.reactions),
        bases=values(counts.bases),
        options=values(counts.options),
        themes=values(counts.themes),
        unions=values(counts.unions),
        several=values(counts.several),
        singles=values(response.singles),
        anonymous={code: solver.value(response.anonymous_by_size[code]) for code in SIZE_CODES},
        local_partnerships={
            name: (solver.value(number), solver.value(response.local_members[name]))
            for name, number in response.local.items()
            if solver.value(number)
        },
        two_provinces=(home[0], solver.value(response.home_members), away[0], solver.value(response.away_members))
        if home
        else None,
        not_followed=not_followed,
    )
