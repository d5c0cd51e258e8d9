"""What the checks counted, for ``docs/trust.md``: each notes its figures, which are written when all passed.

``QUICKSCAN_TRUST=full`` (``make trust``) runs every check in full and writes the figures; the suite writes none.
"""

import datetime
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
    """Write the figures and the document when every check was run, in full, and passed; a worker hands them on."""
    counted = session.config.stash.get(COUNTED, {})
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["counted"] = counted
        return
    counted |= {"checked_on": datetime.date.today().isoformat()}
    document = _document()
    if os.environ.get("QUICKSCAN_TRUST") == "full" and exitstatus == 0 and document.names() <= set(counted):
        document.record(counted)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a worker counted."""
    counted = node.config.stash.setdefault(COUNTED, {})
    counted |= getattr(node, "workeroutput", {}).get("counted", {})
