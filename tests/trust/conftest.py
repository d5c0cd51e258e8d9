"""What the checks counted, for ``docs/trust.md``: each notes its figures, which are written when all passed.

``QUICKSCAN_TRUST=full`` (``make trust``) runs every check in full and writes the figures; ``record`` writes them
after the shorter checks of the suite.
"""

import importlib.util
import os
from pathlib import Path

import pytest

COUNTED = pytest.StashKey[dict]()


def _document():
    spec = importlib.util.spec_from_file_location("trust_document", Path(__file__).with_name("document.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def document():
    """Return the module that keeps the figures and writes the document."""
    return _document()


@pytest.fixture(scope="session")
def figure(request):
    """Return a function that notes what a check counted."""
    counted = request.config.stash.setdefault(COUNTED, {})

    def note(name, value):
        counted[name] = value

    return note


def pytest_sessionfinish(session, exitstatus):
    """Write the figures and the document when every check passed."""
    counted = session.config.stash.get(COUNTED, {})
    form = os.environ.get("QUICKSCAN_TRUST")
    if form in ("full", "record") and exitstatus == 0 and counted:
        _document().record(counted | {"form": "full" if form == "full" else "shorter"})
