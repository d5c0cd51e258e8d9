"""The document about trust is what the checks wrote."""

import re


def test_the_document_is_what_the_checks_wrote(document):
    assert document.DOCUMENT.read_text(encoding="utf-8") == document.render(document.read_figures()), "make trust"


def test_every_figure_in_the_text_was_counted(document):
    named = set(re.findall(r"\{(\w+)\}", document.TEXT.read_text(encoding="utf-8")))
    assert named == set(document.read_figures())
