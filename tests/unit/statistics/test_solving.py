"""A search can be interrupted, and the interruption is not taken for its end."""

import signal
import subprocess
import sys

SEARCH = """
from ortools.sat.python import cp_model
from analysis.statistics.solving import deterministic_solver

model = cp_model.CpModel()
pigeons = [[model.new_bool_var("") for _ in range(11)] for _ in range(12)]
for pigeon in pigeons:
    model.add_bool_or(pigeon)
for hole in zip(*pigeons, strict=True):
    model.add_linear_constraint(sum(hole), 0, 1)
solver = deterministic_solver(2.0)
solver.parameters.cp_model_presolve = False
print("begun", flush=True)
for _ in range(100):
    solver.solve(model)
"""


def test_ctrl_c_during_a_search_is_not_lost():
    command = [sys.executable, "-c", SEARCH]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as search:
        assert search.stdout.readline() == "begun\n"
        search.send_signal(signal.SIGINT)
        assert search.communicate(timeout=60)[1].rstrip().endswith("KeyboardInterrupt")
    assert search.returncode == -signal.SIGINT
