"""What was held back, and why, in sentences with the thresholds."""

from analysis.reporting.disclosure import Rules
from analysis.reporting.release_ledger import LEDGER_COLUMNS, make_ledger, reasons


def test_the_ledger_is_empty_but_whole_when_nothing_is_held_back():
    ledger = make_ledger("combinations", [], Rules(smallest_base=10, smallest_cell=5))
    assert list(ledger.columns) == list(LEDGER_COLUMNS)
    assert ledger.empty


def test_every_reason_is_a_dutch_sentence_with_the_thresholds():
    texts = reasons(Rules(smallest_base=12, smallest_cell=7))
    assert all(text.endswith(".") for text in texts.values())
    assert "12" in texts["small_group"]
    assert "7" in texts["small_cell"]
