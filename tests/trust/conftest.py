"""What the checks counted, for ``docs/trust.md``: each notes its figures, which are written when all passed.

``QUICKSCAN_TRUST=full`` (``make trust``) runs every check in full and writes the figures; ``record`` writes those
of the shorter form. The suite writes none.
"""

import datetime
import importlib.util
import os
from pathlib import Path

import pytest

COUNTED = pytest.StashKey[dict]()
FORMS = {"full": "in full", "record": "shorter"}
MODE = os.environ.get("QUICKSCAN_TRUST")


def _document():
    spec = importlib.util.spec_from_file_location("trust_document", Path(__file__).with_name("document.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def document():
    """Return the module that keeps the figures and writes the document."""
    return _document()


@pytest.fixture
def figure(request):
    """Return a function that notes what a check counted, and in which form it was run."""
    counted = request.config.stash.setdefault(COUNTED, {})

    def note(name, value):
        counted[name] = value
        counted[f"form_{request.path.stem.removeprefix('test_')}"] = FORMS.get(MODE, "")

    return note


def pytest_sessionfinish(session, exitstatus):
    """Write the figures and the document when all checks of this run passed; a worker hands its figures on."""
    counted = session.config.stash.get(COUNTED, {})
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["counted"] = counted
    elif MODE in FORMS and exitstatus == 0 and counted:
        _document().record(counted | {"checked_on": datetime.date.today().isoformat()})


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a worker counted."""
    counted = node.config.stash.setdefault(COUNTED, {})
    counted |= getattr(node, "workeroutput", {}).get("counted", {})
