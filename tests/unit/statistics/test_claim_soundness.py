"""Statements that no audit can read are named; of the others none stops the audit."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.statistics.arithmetic import check_arithmetic
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_soundness import sound_statements
from analysis.survey.claims import Claims, scan_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

PUBLISHED = Path("data/raw/published")
CONVENTION = read_quantifiers(PUBLISHED / "quantifiers.csv")
INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))
FACTS = earlier_shares(read_earlier_facts(PUBLISHED / "figures_2021.csv"), CONVENTION)
with (PUBLISHED / "claims_2025.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
COLUMNS = [name for name in ROWS[0] if name not in ("claim_id", "note", "section")]
VALUES = {name: sorted({row[name] for row in ROWS} | {""}) for name in COLUMNS}
VALUES["reference"] = ["", "Y04", *(row["claim_id"] for row in ROWS)]


def audited(rows, folder):
    path = folder / "claims.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, ROWS[0])
        writer.writeheader()
        writer.writerows(rows)
    claims, unread = scan_claims(path)
    published, problems = sound_statements(Published(INSTRUMENT, claims, CONVENTION, FACTS))
    return published, [*unread, *problems]


@pytest.mark.parametrize(
    ("claim", "fields", "problem"),
    [
        ("F67", {"base": "all"}, "its reference F52 has another base"),
        ("F74", {"reference": "C25"}, "counts nothing that can be compared"),
        ("F74", {"reference": "F82"}, "counts nothing that can be compared"),
        ("F74", {"reference": "W03"}, "gives no share to compare with"),
        ("F43", {"reference": "Y04"}, "a part needs a statement about its whole"),
        ("F65", {"quantifier": "iets groter"}, "compare with something, and no reference says with what"),
        ("C05", {"base": "planning"}, "the labels of question q04 belong to its base all"),
        ("C05", {"question": "q24", "options": "a;b;c", "base": "planning"}, "a question with one answer"),
        ("C05", {"options": "e;f"}, "labels need as many options or more"),
        ("F82", {"question": "q26"}, "a largest share is about words on the options of a closed question"),
        ("F83", {"question": "q26", "options": ""}, "an average is one of the options of a closed question"),
        ("T20", {"options": ""}, "of the register only counts and percentages of groups are read"),
        ("R09", {"kind": "verbal", "quantifier": "de helft"}, "a rate of response is a percentage"),
        ("F61", {"base": "everyone"}, "the questionnaire has no base everyone"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path, claim, fields, problem):
    _, problems = audited([row | (fields if row["claim_id"] == claim else {}) for row in ROWS], tmp_path)
    named = [str(one) for one in problems if f", {claim}:" in str(one)]
    assert len(named) == 1
    assert problem in named[0]


def test_the_report_itself_is_sound(tmp_path):
    published, problems = audited(ROWS, tmp_path)
    assert (len(published.claims), problems) == (len(ROWS), [])


def test_what_refers_to_a_statement_that_is_left_out_is_left_out_too(tmp_path):
    rows = [row | ({"options": "z"} if row["claim_id"] == "F1204" else {}) for row in ROWS]
    published, problems = audited(rows, tmp_path)
    assert {"F1204", "F1205"}.isdisjoint(published.claims)
    assert isinstance(published.claims, Claims)
    assert len(problems) == 2


CHANGES = st.lists(
    st.sampled_from(COLUMNS).flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name]))),
    min_size=6,
    max_size=6,
)


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(st.sampled_from(ROWS), min_size=12, max_size=12, unique_by=lambda row: row["claim_id"]),
    changes=CHANGES,
)
def test_no_row_whatever_stands_in_it_stops_the_audit(tmp_path_factory, rows, changes):
    changed = [row | dict([change]) for row, change in zip(rows, changes, strict=False)] + rows[len(changes) :]
    published, problems = audited(changed, tmp_path_factory.mktemp("claims"))
    table = check_arithmetic(published, conclusion="13").table
    assert len(table) + len(problems) == len(rows)
