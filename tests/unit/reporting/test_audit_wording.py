"""One Dutch sentence for every verdict."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.audit_explanations import explanations
from analysis.reporting.audit_tables import contradictions, statement_rows
from analysis.reporting.audit_wording import sensitivity_sentence
from analysis.statistics.audit import audit_claims
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import read_claims
from analysis.survey.earlier_facts import read_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

FOLDER = Path("data/raw/published")


@pytest.fixture(scope="module")
def published():
    convention = read_quantifiers(FOLDER / "quantifiers.csv")
    facts = read_facts(FOLDER / "figures_2021.csv", convention)
    instrument = load_instrument(Path("data/raw/instrument_2025.yaml"))
    return Published(instrument, read_claims(FOLDER / "claims_2025.csv"), convention, facts)


@pytest.fixture(scope="module")
def table(published):
    found = audit_claims(published, conclusion="13").table
    return found.assign(explanation=explanations(found, published))


def test_every_statement_has_one_sentence(table):
    assert table["explanation"].str.fullmatch(r"[A-Z][^\n]*\.").all()
    assert not table["explanation"].str.contains("nan|None|<NA>", regex=True).any()


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("C08", "Kan niet samen met C02 (18%), want daaruit volgen 28 van de 153 (18%)."),
        ("C01", "Past alleen als de percentages samen op honderd procent afgerond zijn"),
        ("W08", "terwijl Y04 (eerder jaar) op 80% of meer ligt"),
        ("F1401", "alleen 32 van de 42 kan"),
        ("O601", "sluit geen enkel aandeel uit"),
    ],
)
def test_the_sentence_says_why(table, claim, text):
    assert text in table.set_index("claim_id").loc[claim, "explanation"]


def test_contradictions_come_first_and_link_to_their_figure(table, published):
    rows = statement_rows(contradictions(table), published, ["04_status", "09_implementing"])
    linked = rows.set_index("claim")["address"]
    assert linked["C08"] == "04_status.html#figuur-2"
    assert linked["F1601"] == "09_implementing.html#figuur-16"
    assert set(rows["claim"][-3:]) == {"C01", "F1401", "F1402"}


def test_numbers_of_changed_verdicts_stand_in_the_sentence():
    counted = pd.DataFrame({"factor": [0.5, 0.75, 2.0], "count": [9, 3, 4]})
    assert "hooguit 9 uitspraken" in sensitivity_sentence(counted)
    assert "over hooguit 4" in sensitivity_sentence(counted)
