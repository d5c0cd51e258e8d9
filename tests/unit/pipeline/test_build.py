"""What removes pages happens only while no other build runs."""

import os

import pytest

from analysis.errors import InputError
from analysis.pipeline import command_line
from analysis.pipeline.build import build
from analysis.pipeline.exclusive_use import LOCKS, is_held


def looks_at(root, seen):
    def check(*_):
        handle = os.open(root / LOCKS / "build", os.O_RDWR)
        seen.append(is_held(handle))
        os.close(handle)
        raise InputError("this is as far as it goes", file="params.yaml")

    return check


def test_a_build_checks_while_it_holds_the_lock_and_then_lets_go(tmp_path):
    seen = []
    for _ in range(2):
        with pytest.raises(InputError, match="as far as it goes"):
            build(tmp_path, check=looks_at(tmp_path, seen))
    assert seen == [True, True]
    handle = os.open(tmp_path / LOCKS / "build", os.O_RDWR)
    assert not is_held(handle)
    os.close(handle)


@pytest.mark.parametrize("command", ["build", "check"])
def test_both_commands_that_check_take_the_lock_of_a_build(tmp_path, monkeypatch, command):
    seen = []
    monkeypatch.setattr(command_line, "project_root", lambda: tmp_path)
    monkeypatch.setattr(command_line, "_check", looks_at(tmp_path, seen))
    assert command_line.main([command]) == 1
    assert seen == [True]
