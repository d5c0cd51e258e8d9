"""One Dutch sentence for every verdict."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.audit_explanations import explanations, rounding_note
from analysis.reporting.audit_tables import contradictions, statement_rows, untested_rows, validation_rows
from analysis.reporting.audit_wording import counting_sentence, sensitivity_sentence, validation_sentence
from analysis.statistics.audit import audit_claims
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import read_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

FOLDER = Path("data/raw/published")


@pytest.fixture(scope="module")
def published():
    convention = read_quantifiers(FOLDER / "quantifiers.csv")
    facts = earlier_shares(read_earlier_facts(FOLDER / "figures_2021.csv"), convention)
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
        ("W08", "terwijl het in 2021 volgens de gepubliceerde cijfers 80% of meer was. Of het bij alle gemeenten"),
        ("F1401", "alleen 32 van de 42 is mogelijk"),
        ("F33", "mogelijk is 26 of 27 van de 140"),
        ("F41", "mogelijk is 63 tot en met 69 van de 140"),
        ("R18", "Wie ‘een groot aantal’ zegt, sluit geen enkel aandeel uit"),
        ("I01", "Dit staat niet in de vragenlijst"),
        ("J01", "De exacte toets van Fisher, Freeman en Halton op de aantallen die het rapport zelf geeft, wijst"),
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
    assert "Bij de ruimere is dat hooguit 4." in sensitivity_sentence(counted)


@pytest.mark.parametrize(
    ("claim", "address"),
    [
        ("R01", "02_response.html"),
        ("R09", "02_response.html#figuur-1"),
        ("T20", "03_representativeness.html#tabel-1"),
        ("J01", "03_representativeness.html#tabel-1"),
        ("W02", "13_comparison_2021.html"),
        ("O1101", "11_national_bottlenecks.html"),
        ("F1801", "10_bottlenecks.html#figuur-18"),
        ("I01", ""),
    ],
)
def test_every_number_leads_to_where_it_comes_from(table, published, claim, address):
    stems = [path.stem for path in sorted(Path("notebooks").glob("*.ipynb"))]
    rows = statement_rows(table, published, stems).set_index("claim")
    assert rows.loc[claim, "address"] == address


ROW = {"claim_id": "C06", "against": "", "reason": "response", "p_value": None, "kind": "exact_count"}


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"data_source": "response", "data_count": 233}, "in de gegevens over de respons zijn het er 233."),
        ({"data_source": "coded", "data_count": 1, "data_n": 42, "data_share": 1 / 42}, "is het er 1 van de 42."),
        (
            {"data_source": "register", "data_count": 246, "data_n": 342, "data_share": 246 / 342},
            "het register telt er 246 van de 342 (72%), en met inwonertallen van een eerder jaar past dit getal.",
        ),
        ({"data_verdict": "not_tested", "data_reason": "not_coded"}, "nog niet allemaal gecodeerd."),
        ({"data_verdict": "not_tested", "data_reason": "not_kept"}, "wordt met opzet niet bewaard."),
        ({"data_verdict": "not_tested", "data_reason": "no_bound"}, "legt dit vast."),
    ],
)
def test_the_sentence_ends_with_what_the_data_say(published, fields, text):
    empty = dict.fromkeys(("data_count", "data_n", "data_share", "data_source", "data_reason", "low", "high"))
    usual = {"arithmetic_verdict": "undecidable", "data_verdict": "within_interval", "published": "233", "n": None}
    table = pd.DataFrame([ROW | empty | usual | fields])
    assert explanations(table, published)[0].endswith(text)


def answered(claim, **fields):
    empty = dict.fromkeys(("data_reason", "low", "high", "n", "p_value"))
    usual = {
        "claim_id": claim,
        "against": "",
        "published": "x",
        "arithmetic_verdict": "consistent",
        "kind": "verbal",
    }
    usual |= {"reason": "", "feasible": "both", "data_source": "answers", "data_verdict": "confirmed"}
    return pd.DataFrame([empty | usual | {"data_count": 42, "data_n": 153, "data_share": 42 / 153} | fields])


@pytest.mark.parametrize(
    ("claim", "fields", "text"),
    [
        ("C16", {}, "in de antwoorden is het 28% (42 van de 153)."),
        (
            "C01",
            {"reason": "rounding", "feasible": "largest_remainder"},
            "in de antwoorden 42 van de 153 (los afgerond 27%, samen op 100% afgerond 28%).",
        ),
        ("C16", {"data_share": 0.3, "data_count": 46}, "is het 30% (46 van de 153)."),
    ],
)
def test_the_share_is_the_one_that_the_figures_print(published, claim, fields, text):
    assert explanations(answered(claim, **fields), published, {("q04", "a"): 28})[0].endswith(text)


def test_without_figures_a_share_is_rounded_on_its_own(published):
    assert explanations(answered("C16"), published)[0].endswith("is het 27% (42 van de 153).")


def test_a_percentage_that_differs_from_its_own_rounding_is_told_once(published):
    twice = pd.concat([answered("C16"), answered("C14")])
    start = "Percentages in de antwoorden zijn zo afgerond dat ze samen 100 zijn."
    assert rounding_note(twice, published, {("q04", "a"): 28}) == (
        f"{start} Los afgerond is ‘Stand van de aanpak: Aanpak in gebruik, borging loopt’ 27%."
    )
    assert rounding_note(twice, published, {("q04", "a"): 27}) == ""
    assert rounding_note(twice, published, {}) == ""


@pytest.mark.parametrize(("inside", "words"), [(1, "1 uitspraak valt"), (6, "6 uitspraken vallen")])
def test_what_lies_within_the_margins_is_counted_in_words_that_fit(inside, words):
    table = pd.DataFrame({"arithmetic_verdict": "consistent", "data_verdict": ["within_interval"] * inside})
    assert f"; {words} binnen de onzekerheid, en 0 zijn niet" in counting_sentence(table, has_answers=True)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"data_certain": True}, "op de tweede plaats (33 van de 140)."),
        ({"data_certain": False}, "op de tweede plaats (33 van de 140); zeker is die plaats niet."),
        (
            {"data_verdict": "within_interval"},
            "niet op de tweede plaats (33 van de 140), maar de marges laten die plaats toe.",
        ),
        ({"data_verdict": "contradicted"}, "niet op de tweede plaats (33 van de 140)."),
    ],
)
def test_a_place_is_that_of_a_code_and_no_surer_than_its_margins(published, fields, text):
    numbers = {"data_source": "rank", "data_count": 33, "data_n": 140, "data_share": 33 / 140}
    said = explanations(answered("O1102", reason="written", **numbers, **fields), published)[0]
    assert said.endswith(text)
    assert "; als code staat het in de open antwoorden " in said


@pytest.mark.parametrize(("verdict", "sure"), [("not_tested", " (niet te controleren)"), ("confirmed", "")])
def test_a_comparison_names_what_it_compares_with(published, verdict, sure):
    fields = {
        "kind": "relative",
        "data_source": "response",
        "data_share": 153 / 342,
        "data_count": 153,
        "data_n": 342,
    }
    earlier = {"data_source": "earlier", "data_verdict": verdict, "data_reason": "earlier_wave"}
    table = pd.concat([answered("W06", **fields), answered("W01", **earlier)])
    assert explanations(table, published)[0].endswith(
        f"is het 45% (153 van de 342), tegen 32% in 2021 volgens het rapport{sure}."
    )


def test_what_is_not_tested_stands_with_its_reason():
    table = pd.DataFrame({"claim_id": ["A", "B", "C"], "data_reason": ["not_coded", None, "not_coded"]})
    rows = untested_rows(table)
    assert rows[["Aantal", "Uitspraken"]].values.tolist() == [[2, "A en C"]]


def test_the_validation_stands_in_the_order_of_the_study():
    study = pd.DataFrame(
        [
            ("grid", "no error", 30, 60, 0.0),
            ("grid", "no error", 140, 60, 5.0),
            ("grid", "wrong base", 30, 60, 100.0),
            ("grid", "wrong base", 140, 60, 50.0),
        ],
        columns=["question", "error", "n", "reports", "found"],
    )
    assert validation_rows(study).values.tolist() == [
        ["geen fout", "rooster", "0%", "5%"],
        ["verkeerd aantal als geheel", "rooster", "100%", "50%"],
    ]
    assert "In de 120 zonder fout vond zij 3 keer" in validation_sentence(study)
    assert "Van de verstopte fouten vond zij 75%" in validation_sentence(study)
