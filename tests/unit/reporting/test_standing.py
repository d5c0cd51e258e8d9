"""A conclusion stands, depends, falls or cannot be tested, by what the earlier stages found."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.standing import (
    all_standings,
    change_standing,
    check_standings,
    response_standings,
    source_counts,
    standing,
    standing_counts,
    standing_sentence,
    statement_standings,
)
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import read_claims
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

FOLDER = Path("data/raw/published")
SENTENCES = pd.read_csv(FOLDER / "conclusions_2025.csv", dtype="str").set_index("claim_id")["nl"].to_dict()
CHAPTER = "13"


@pytest.fixture(scope="module")
def published():
    instrument = load_instrument(Path("data/raw/instrument_2025.yaml"))
    quantifiers = read_quantifiers(FOLDER / "quantifiers.csv")
    return Published(instrument, read_claims(FOLDER / "claims_2025.csv"), quantifiers)


def audited(published, **verdicts):
    """Return an audit in which every statement can be true and is confirmed, but for those that are given."""
    rows = [
        {"claim_id": name, "published": "x", "explanation": "Zo is het.", "feasible": "both"}
        | {"arithmetic_verdict": "consistent", "data_verdict": "confirmed"}
        | verdicts.get(name, {})
        for name in published.claims
    ]
    return pd.DataFrame(rows)


def compared(verdict="changed", difference=0.2):
    row = {"item": "implemented", "test": "boschloo", "verdict": verdict, "p_adjusted_high": 0.0002}
    row |= {"share_2021_low": 0.07, "share_2021_high": 0.072, "share_2025": 0.07 + difference}
    return pd.DataFrame([row | {"difference_low": difference, "difference_high": difference}])


def judged(size_class="not_representative", province="undecided"):
    rows = [
        ("size_class", "reactions", 0.0015, size_class),
        ("province", "reactions", 0.00001, province),
        ("size_class", "municipalities", 0.5, "representative"),
    ]
    return pd.DataFrame(rows, columns=["variable", "unit", "exact", "verdict"])


@pytest.mark.parametrize(
    ("arithmetic", "data", "feasible", "is_coded", "expected"),
    [
        ("consistent", "confirmed", "both", False, "stands"),
        ("undecidable", "confirmed", "", False, "stands"),
        ("consistent", "confirmed", "half_up", False, "depends"),
        ("consistent", "confirmed", "largest_remainder", False, "depends"),
        ("consistent", "within_interval", "both", False, "depends"),
        ("undecidable", "confirmed", "", True, "depends"),
        ("contradicted", "confirmed", "neither", False, "falls"),
        ("consistent", "contradicted", "both", False, "falls"),
        ("undecidable", "contradicted", "", True, "falls"),
        ("contradicted", "not_tested", "neither", False, "falls"),
        ("consistent", "not_tested", "both", False, "open"),
        ("undecidable", "not_tested", "", True, "open"),
    ],
)
def test_each_pair_of_verdicts_has_one_standing(arithmetic, data, feasible, is_coded, expected):
    assert standing(arithmetic, data, feasible, is_coded=is_coded) == expected


def test_every_statement_of_the_chapter_is_there_once_and_says_something(published):
    rows = statement_standings(audited(published), published, CHAPTER, SENTENCES)
    own = [name for name, claim in published.claims.items() if claim.chapter == CHAPTER]
    assert rows["statement"].tolist() == own
    assert rows["published"].tolist() == [SENTENCES[name] for name in own]
    by_name = rows.set_index("statement")
    assert by_name.loc["C16", "standing"] == "stands"
    assert by_name.loc["C24", "standing"] == "depends"
    assert by_name.loc["C24", "explanation"].endswith("hoe de open antwoorden zijn ingedeeld.")


def test_a_statement_without_a_sentence_is_named_by_its_subject(published):
    rows = statement_standings(audited(published), published, CHAPTER, {}).set_index("statement")
    assert rows.loc["C16", "published"] == "Stand van de aanpak: Aanpak in gebruik, borging loopt: ‘x’"


@pytest.mark.parametrize(
    ("verdict", "difference", "expected", "words"),
    [
        ("changed", 0.2, "stands", "van 7% in 2021 naar 27% in 2025 (p < 0,001 na Holm)"),
        ("changed", -0.05, "falls", "naar 2% in 2025"),
        ("not_shown", 0.02, "depends", "Dat kan toeval zijn."),
        ("depends", 0.1, "depends", "hangt af van de aantallen van 2021"),
    ],
)
def test_the_change_stands_when_more_than_chance_and_upwards(verdict, difference, expected, words):
    row = change_standing(compared(verdict, difference)).iloc[0]
    assert row["standing"] == expected
    assert words in row["explanation"]


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [("representative", "stands"), ("undecided", "depends"), ("not_representative", "falls")],
)
def test_judgements_about_the_response_follow_the_tests_on_reactions(published, verdict, expected):
    rows = response_standings(judged(size_class=verdict), published, SENTENCES).set_index("statement")
    assert rows.loc["J01", "standing"] == expected
    first, _, second = rows.loc["J01", "explanation"].partition(" Op vertegenwoordigde gemeenten ")
    assert first.startswith("Op reacties geteld: ")
    assert first.endswith("(exacte toets van Fisher, Freeman en Halton: p = 0,002).")
    assert second == "vinden de toetsen geen verschil (dezelfde toets: p = 0,500)."
    assert rows.loc["J02", "explanation"].endswith("(exacte toets van Fisher, Freeman en Halton: p < 0,001).")


def test_the_change_ends_at_the_percentage_of_the_other_pages():
    assert "van 7% in 2021 naar 28% in 2025" in change_standing(compared(), 28).iloc[0]["explanation"]


def test_all_conclusions_together_are_counted_and_told(published):
    audit = audited(
        published,
        W08={"arithmetic_verdict": "contradicted"},
        C25={"data_verdict": "within_interval"},
        C23={"data_verdict": "not_tested"},
    )
    rows = all_standings(audit, published, CHAPTER, tests=judged(), comparison=compared(), sentences=SENTENCES)
    counts = standing_counts(rows)
    coded = sum(claim.chapter == CHAPTER and claim.evidence == "open" for claim in published.claims.values())
    # W08 and the size classes fall; C25, the provinces and what is coded depend; C23 is open; the change stands.
    assert counts == {"falls": 2, "depends": 2 + coded, "stands": 21 - 5 - coded, "open": 1}
    own = sum(claim.chapter == CHAPTER for claim in published.claims.values())
    assert source_counts(rows) == {"conclusion": own, "response": 2, "change": 1}
    assert standing_sentence(counts, source_counts(rows)) == (
        f"Van de 21 uitspraken van het rapport ({own} uit de conclusie, 2 over de respons en 1 over de "
        f"verandering sinds 2021) houden er {counts['stands']} stand, hangen er {counts['depends']} af van "
        "toeval, afronding of codering, kloppen er 2 niet en is er 1 met deze gegevens niet te toetsen."
    )
    assert rows["statement"].str.fullmatch("[A-Z]+[0-9]+").all()
    assert not rows["statement"].duplicated().any()
    assert check_standings(rows, audit, published, CHAPTER).startswith("21 uitspraken")


def test_one_of_each_is_told_in_the_singular():
    counts = {"stands": 1, "depends": 1, "falls": 1, "open": 0}
    assert standing_sentence(counts, {"conclusion": 3, "response": 0, "change": 0}) == (
        "Van de 3 uitspraken van het rapport (3 uit de conclusie) houdt er 1 stand, hangt er 1 af van toeval, "
        "afronding of codering, klopt er 1 niet en is er geen die met deze gegevens niet te toetsen is."
    )


def test_none_is_told_without_a_number():
    counts = {"stands": 0, "depends": 0, "falls": 0, "open": 3}
    assert standing_sentence(counts, {"conclusion": 3, "response": 0, "change": 0}) == (
        "Van de 3 uitspraken van het rapport (3 uit de conclusie) houdt er geen stand, hangt er geen af van "
        "toeval, afronding of codering, is er geen fout en zijn er 3 met deze gegevens niet te toetsen."
    )


def test_a_conclusion_that_is_lost_or_stands_against_the_audit_is_refused(published):
    audit = audited(published, W08={"data_verdict": "contradicted"})
    rows = all_standings(audit, published, CHAPTER, tests=judged(), comparison=compared(), sentences=SENTENCES)
    with pytest.raises(ValueError, match="no standing, or two"):
        check_standings(rows[rows["statement"] != "C16"], audit, published, CHAPTER)
    wrong = rows.assign(standing=rows["standing"].mask(rows["statement"] == "W08", "stands"))
    with pytest.raises(ValueError, match="contradicted would stand"):
        check_standings(wrong, audit, published, CHAPTER)
