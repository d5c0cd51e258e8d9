"""A search can be interrupted, and the interruption is not taken for its end."""

import os
import signal
import threading

import pytest
from ortools.sat.python import cp_model

from analysis.statistics.solving import deterministic_solver


def test_ctrl_c_during_a_search_is_not_lost():
    model = cp_model.CpModel()
    pigeons = [[model.new_bool_var("") for _ in range(11)] for _ in range(12)]
    for pigeon in pigeons:
        model.add_bool_or(pigeon)
    for hole in zip(*pigeons, strict=True):
        model.add_linear_constraint(sum(hole), 0, 1)
    solver = deterministic_solver(2.0)
    solver.parameters.cp_model_presolve = False
    threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
    with pytest.raises(KeyboardInterrupt):
        for _ in range(100):
            solver.solve(model)
