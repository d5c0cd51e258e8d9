"""The document about trust is what the checks wrote."""

import os

import pytest

pytestmark = pytest.mark.skipif("QUICKSCAN_TRUST" in os.environ, reason="the document is being written")


def test_the_document_is_what_the_checks_wrote(document):
    assert document.DOCUMENT.read_text(encoding="utf-8") == document.render(document.read_figures()), "make trust"


def test_every_figure_in_the_text_was_counted(document):
    assert document.names() == set(document.read_figures())


def test_the_figures_are_no_smaller_than_promised(document):
    figures = document.read_figures()
    assert figures["kills_at_random"] >= 20
    assert figures["kills_before_a_write"] >= 20
    assert figures["builds_compared"] >= 3
    assert figures["damaged_inputs"] >= 150
    assert figures["canaries"] >= 10_000
    assert figures["connections"] == 0
