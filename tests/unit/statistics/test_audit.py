"""Verdicts on published statements: what the 2025 report is known to contain, and errors planted in it."""

import csv
from pathlib import Path

import pytest

from analysis.statistics.arithmetic import check_arithmetic
from analysis.statistics.audit import audit_claims, check_audit
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_soundness import sound_statements
from analysis.survey.claims import Claims, read_claims, scan_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.response_statements import read_response_statements

PUBLISHED = Path("data/raw/published")
CONVENTION = read_quantifiers(PUBLISHED / "quantifiers.csv")
INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))
FACTS = earlier_shares(read_earlier_facts(PUBLISHED / "figures_2021.csv"), CONVENTION)
RESPONSE = read_response_statements(PUBLISHED / "response_2025.csv")
TERMS = {"werkt aan een aanpak": ("C06", "C18", "W08", "C19", "C20")}


def report(claims):
    return Published(INSTRUMENT, claims, CONVENTION, FACTS, TERMS, RESPONSE)


def changed(tmp_path, **rows):
    path = tmp_path / "claims.csv"
    with (PUBLISHED / "claims_2025.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, table[0])
        writer.writeheader()
        writer.writerows(row | rows.get(row["claim_id"], {}) for row in table)
    return path


@pytest.fixture(scope="module")
def verdicts():
    table = audit_claims(report(read_claims(PUBLISHED / "claims_2025.csv")), conclusion="13").table
    return table.set_index("claim_id")


@pytest.mark.parametrize(
    ("claim", "against", "reason"),
    [
        ("C08", "C02", "conflict"),
        ("W08", "C06", "conflict"),
        ("C26", "F37", "conflict"),
        ("C19", "C06", "term"),
        ("C20", "C06", "term"),
        ("F1601", "F1602;F1603", "one_of"),
        ("F1602", "F1601;F1603", "one_of"),
        ("F1603", "F1601;F1602", "one_of"),
    ],
)
def test_known_contradictions_are_found(verdicts, claim, against, reason):
    row = verdicts.loc[claim]
    assert row["arithmetic_verdict"] == "contradicted"
    assert (row["against"], row["reason"]) == (against, reason)


def test_nothing_else_is_contradicted(verdicts):
    wrong = set(verdicts.index[verdicts["arithmetic_verdict"] == "contradicted"])
    assert wrong == {"C08", "W08", "C26", "C19", "C20", "F1601", "F1602", "F1603", "J01", "J03"}


def test_a_representative_response_is_tested_on_table_1(verdicts):
    assert verdicts.loc["J01", "p_value"] == pytest.approx(0.0015, abs=5e-5)


def test_a_percentage_that_needs_one_rounding_says_so(verdicts):
    row = verdicts.loc["C01"]
    assert (row["arithmetic_verdict"], row["feasible"], row["against"]) == (
        "consistent",
        "largest_remainder",
        "C14",
    )


def test_over_three_quarters_and_a_quarter_fit_one_split_and_exceed_the_whole_strictly(verdicts):
    assert list(verdicts.loc[["F1401", "F1402"], "counts"]) == ["32", "10"]
    assert list(verdicts.loc[["F1401", "F1402"], "strict_with"]) == ["F1402", "F1401"]


@pytest.mark.parametrize(
    ("claim", "reason"), [("C23", "outside"), ("O601", "no_bound"), ("W03", "earlier_wave"), ("P01", "written")]
)
def test_what_nothing_can_decide_is_said_to_be_so(verdicts, claim, reason):
    assert tuple(verdicts.loc[claim, ["arithmetic_verdict", "reason"]]) == ("undecidable", reason)


@pytest.mark.parametrize(
    ("claim", "fields"),
    [
        ("F61", {"value": "35"}),
        ("F52", {"n": "150"}),
        ("T12", {"value": "35"}),
        ("F66", {"quantifier": "bijna de helft"}),
        ("F32", {"value": "85"}),
        ("C15", {"value": "30"}),
    ],
)
def test_a_planted_error_is_found(tmp_path, verdicts, claim, fields):
    table = check_arithmetic(
        report(read_claims(changed(tmp_path, **{claim: fields}))), conclusion="13", with_ranges=False
    ).table
    wrong = set(table.loc[table["arithmetic_verdict"] == "contradicted", "claim_id"])
    new = wrong - set(verdicts.index[verdicts["arithmetic_verdict"] == "contradicted"])
    involved = set(";".join(table.loc[table["claim_id"].isin(new), "against"]).split(";")) | new
    assert claim in involved


def test_rows_that_cannot_be_audited_are_named_and_the_others_are_audited(tmp_path):
    path = changed(
        tmp_path,
        F42={"question": "q99"},
        F31={"value": "120"},
        F52={"quantifier": "zeg maar een kwart"},
        F61={"options": "z"},
        F67={"reference": "F67"},
        W06={"reference": "ZZ"},
    )
    claims, unread = scan_claims(path)
    published, problems = sound_statements(report(claims))
    messages = "\n".join(str(problem) for problem in (*unread, *problems))
    for claim in ("F42", "F31", "F52", "F61", "F67", "W06", "F43", "F44"):
        assert f", {claim}" in messages
    assert messages.count("line ") == 8
    table = check_arithmetic(published, conclusion="13", with_ranges=False).table
    assert len(table) == 234 - 8
    assert set(table.loc[table["claim_id"] == "C08", "arithmetic_verdict"]) == {"contradicted"}


def test_verdicts_without_an_explanation_are_refused(verdicts):
    table = verdicts.reset_index().assign(explanation="Past.")
    assert "234" in check_audit(table)
    with pytest.raises(ValueError, match="without an explanation"):
        check_audit(table.assign(explanation=""))


@pytest.mark.parametrize(
    ("claim", "value", "wrong"),
    [
        ("R07", "8", {"R02", "R06", "R07"}),
        ("R01", "150", {"R01", "R02"}),
        ("R05", "157", {"R02", "R04", "R05"}),
    ],
)
def test_counts_of_the_response_that_do_not_add_up_are_found(tmp_path, verdicts, claim, value, wrong):
    path = changed(tmp_path, **{claim: {"value": value}})
    table = check_arithmetic(report(read_claims(path)), conclusion="13", with_ranges=False).table
    table = table.set_index("claim_id")
    assert set(table.index[table["arithmetic_verdict"] == "contradicted"]) == wrong | set(
        verdicts.index[verdicts["arithmetic_verdict"] == "contradicted"]
    )
    assert set(table.loc[claim, "against"].split(";")) == wrong - {claim}


def test_counts_of_the_response_that_add_up_are_consistent(verdicts):
    assert set(verdicts.loc[["R01", "R02", "R04", "R05", "R06", "R07"], "arithmetic_verdict"]) == {"consistent"}


def test_a_contradiction_that_stands_there_twice_is_named_twice(tmp_path):
    claims = dict(read_claims(PUBLISHED / "claims_2025.csv"))
    first = {name: claims[name] for name in ("F1601", "F1602", "F1603", "C02", "C08")}
    again = {
        f"{name}x": claim.model_copy(
            update={"claim_id": f"{name}x", "reference": claim.reference and f"{claim.reference}x"}
        )
        for name, claim in first.items()
    }
    both = Claims(first | again, Path("twice.csv"))
    table = check_arithmetic(Published(INSTRUMENT, both, CONVENTION), conclusion="13", with_ranges=False).table
    wrong = set(table.loc[table["arithmetic_verdict"] == "contradicted", "claim_id"])
    assert wrong == {name for name in both if not name.startswith("C02")}


def test_many_statements_of_a_lower_level_do_not_outweigh_one_of_a_higher(tmp_path):
    claims = read_claims(PUBLISHED / "claims_2025.csv")
    words = {f"W{number}": claims["C08"].model_copy(update={"claim_id": f"W{number}"}) for number in range(80)}
    both = Claims({"C02": claims["C02"]} | words, Path("many.csv"))
    table = check_arithmetic(Published(INSTRUMENT, both, CONVENTION), with_ranges=False).table
    assert set(table.loc[table["arithmetic_verdict"] == "consistent", "claim_id"]) == {"C02"}
