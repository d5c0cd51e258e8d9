"""Solve problems in whole numbers so that the same problem has the same answer everywhere."""

from ortools.sat.python import cp_model

EFFORT = 5.0  # deterministic seconds for one question to the solver
FIRST_EFFORT = 0.05  # what is tried without simplifying the problem first, which takes longer than most answers


def solve(model: cp_model.CpModel) -> tuple[cp_model.CpSolver, int]:
    """Solve with little effort, and with all of it when that was not enough.

    Parameters
    ----------
    model
        The problem.

    Returns
    -------
    tuple
        The solver with its answer, and its status.
    """
    solver = deterministic_solver(FIRST_EFFORT)
    solver.parameters.cp_model_presolve = False
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.INFEASIBLE):
        return solver, status
    solver = deterministic_solver(EFFORT)
    return solver, solver.solve(model)


def deterministic_solver(effort: float) -> cp_model.CpSolver:
    """Return a solver with one worker, whose effort is counted in steps and not in time.

    Parameters
    ----------
    effort
        Deterministic seconds after which it gives up.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # it would take Ctrl-C for the end of its effort
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    return solver
