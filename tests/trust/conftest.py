"""What the checks counted, for ``docs/trust.md``: written when all of them ran (``make trust``)."""

import pytest

COUNTED = pytest.StashKey[dict]()


@pytest.fixture(scope="session")
def figure(request):
    """Return a function that notes what a check counted."""
    counted = request.config.stash.setdefault(COUNTED, {})

    def note(name, value):
        counted[name] = value

    return note
