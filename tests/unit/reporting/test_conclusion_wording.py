"""The answers to the questions of the study say what the headline figures say, no more."""

from pathlib import Path

import pytest

from analysis.reporting.conclusion_wording import (
    NOT_ASKED,
    NOT_CODED,
    QUESTIONS,
    conclusion_sentences,
    key_figures,
    principle_sentence,
    theme_sentence,
)
from analysis.reporting.wording import read_wording

WORDING = read_wording(Path("data/raw/published/quantifiers.csv"))


STANDS = "van de 21 uitspraken van het rapport houden stand"
SINCE = "procentpunt sinds 2021 in het aandeel met een aanpak in gebruik, zonder afronding (marge +11 tot +29"
MADE_TO_FIT = ", die bij de gepubliceerde cijfers zijn gemaakt"


def share(question, option, label, count, n, percent, *, base="planning", subject="Onderwerp", overlaps=False):
    return {
        "question": question,
        "option": option,
        "label": label,
        "subject": subject,
        "base": base,
        "flag": "",
        "overlaps_next": overlaps,
    } | {
        "count": count,
        "n": n,
        "percent": percent,
        "share": count / n,
        "ci_low": count / n - 0.05,
        "ci_high": count / n + 0.05,
    }


def theme(label, count, reliability="reliable", n_content=115):
    numbers = {"n": 140, "count": count, "share": count / 140, "n_content": n_content}
    return (
        {"theme": label.lower(), "label": label}
        | numbers
        | {
            "ci_low": count / 140 - 0.06,
            "ci_high": count / 140 + 0.06,
            "overlaps_next": False,
            "reliability": reliability,
        }
    )


@pytest.fixture
def summary():
    shares = {
        "q04_a": share("q04", "a", "In gebruik", 42, 153, 28, base="all"),
        "q04_abc": share("q04", "a;b;c", "Werkt eraan", 114, 153, 75, base="all"),
        "q04_efgh": share("q04", "e;f;g;h", "Geen plannen", 13, 153, 8, base="all"),
        "q19": share("q19", "b", "Meer dan één beleidsmedewerker", 80, 140, 57),
        "q21": share("q21", "e", "Hulp van het lokale team", 102, 140, 73, overlaps=True),
        "q22": share("q22", "a", "Wijkteams", 124, 140, 89),
        "q23a": share("q23a", "soms", "Soms", 100, 140, 71, subject="Vertrouwen"),
        "q23c": share("q23c", "altijd", "Altijd", 87, 140, 62, subject="Taalgebruik"),
        "q23d": share("q23d", "altijd", "Altijd", 124, 140, 89, subject="Het kind staat voorop"),
        "q24": share("q24", "a", "Te weinig kennis", 32, 140, 23),
        "q24_d": share("q24", "d", "Geen", 33, 140, 24),
        "q24_e": share("q24", "e", "Anders", 67, 140, 48),
        "q25": share("q25", "d", "Niet te verplichten", 99, 140, 71),
        "q25_f": share("q25", "f", "Geen", 4, 140, 3),
    }
    change = {"share_2021_low": 0.07, "share_2021_high": 0.072, "share_2025": 42 / 153, "verdict": "changed"}
    change |= {"difference_low": 0.2024, "difference_high": 0.2049, "ci_low": 0.112, "ci_high": 0.288}
    return {
        "wave": "2025",
        "shares": shares,
        "comparison_2021": {"implemented": change},
        "themes": {"q26": {"1": theme("Geld", 45), "2": theme("Meetbaarheid", 35)}, "q27": {}, "q28": {}},
        "began_by_2021": {"began": 29, "in_use": 42, "n": 153},
        "conclusions_about": {"conclusion": 18, "response": 2, "change": 1},
        "conclusions": {"falls": 4, "depends": 2, "stands": 8, "open": 7},
        "synthetic": False,
        "response": {"eligible": 342, "reactions": 153, "rate_reactions": 153 / 342},
    }


def test_every_question_of_the_study_has_an_answer(summary, instrument):
    assert set(conclusion_sentences(summary, instrument, WORDING)) == set(QUESTIONS)


def test_where_municipalities_stand_is_said_with_margins_and_the_change(summary, instrument):
    assert conclusion_sentences(summary, instrument, WORDING)["status"] == (
        "Ruim een kwart van de gemeenten (28%; 42 van de 153; marge 22 tot 32%) heeft een aanpak in gebruik. "
        "Driekwart van de gemeenten (75%; 114 van de 153; marge 70 tot 80%) heeft een aanpak of werkt er een uit. "
        "Bijna een tiende van de gemeenten (8%; 13 van de 153; marge 3 tot 13%) heeft geen plannen. "
        "Het aandeel ‘aanpak in gebruik’ is gestegen van 7% in 2021 naar 28% in 2025. Zonder afronding is het "
        "verschil 20 procentpunt (95%-interval +11 tot +29). Dat oordeel geldt voor elk aantal gemeenten dat "
        "bij de gepubliceerde cijfers van 2021 past. Van de 42 gemeenten met een aanpak in gebruik begonnen er 29 "
        "al in of vóór 2021 (19% van de 153): de stijging kan kleiner zijn dan zij lijkt. Of gemeenten als geheel "
        "verder zijn, hangt ook af van wie in elk jaar meedeed."
    )


def test_known_answers_of_the_earlier_wave_are_no_reconstruction(summary, instrument):
    summary["comparison_2021"]["implemented"] |= {"share_2021_low": 0.07, "share_2021_high": 0.07}
    said = conclusion_sentences(summary, instrument, WORDING)["status"]
    assert "rust op de antwoorden van beide jaren" in said
    assert "gepubliceerde cijfers" not in said


def test_a_share_that_is_too_uncertain_says_so(summary, instrument):
    summary["shares"]["q21"]["flag"] = "few_respondents;extreme"
    assert "marge 68 tot 78%; onzeker)" in conclusion_sentences(summary, instrument, WORDING)["steps"]
    assert "onzeker" not in conclusion_sentences(summary, instrument, WORDING)["status"]


def test_what_goes_well_is_only_what_always_holds_most_often(summary, instrument):
    said = conclusion_sentences(summary, instrument, WORDING)["strengths"]
    assert said.startswith(
        "Dat is maar deels gevraagd. Het uitgangspunt ‘Het kind staat voorop’ geldt het vaakst "
    )
    assert "altijd: bij bijna negen op de tien gemeenten met een aanpak of plannen daarvoor (89%;" in said
    assert "Vertrouwen" not in said
    assert said.endswith(
        "Enkele van deze gemeenten (3%; 4 van de 140; marge −2 tot 8%) zien er geen in de uitvoering."
    )
    for name in ("q23c", "q23d"):
        summary["shares"][name]["option"] = "soms"
    said = conclusion_sentences(summary, instrument, WORDING)["strengths"]
    assert "uitgangspunt" not in said
    assert "van de gemeenten met een aanpak of plannen daarvoor (24%" in said


def test_another_bottleneck_does_not_hide_the_named_one(summary, instrument):
    said = conclusion_sentences(summary, instrument, WORDING)["bottlenecks"]
    assert (
        "Van de knelpunten met een naam kiezen zij in de samenwerking het vaakst ‘Te weinig kennis’: bijna" in said
    )
    assert "Bijna de helft van deze gemeenten (48%; 67 van de 140; marge 43 tot 53%) heeft daar een ander" in said
    assert said.endswith(
        "Van deze 140 gemeenten schreven er 115 iets met inhoud over knelpunten voor een landelijke oplossing. "
        "Het vaakst genoemd: ‘Geld’ (32% van de 140; marge 26 tot 38%) en ‘Meetbaarheid’ (25%; marge 19 tot 31%)."
    )


def test_an_uncoded_question_is_said_to_be_uncoded(summary, instrument):
    said = conclusion_sentences(summary, instrument, WORDING)["needs"]
    wanted = ("gewenste hulpmiddelen", "gewenste scholing")
    assert said == " ".join(NOT_CODED.format(what=what) for what in wanted)
    assert "nog niet allemaal gecodeerd" in said


def test_the_programme_was_not_asked_about(summary, instrument):
    assert conclusion_sentences(summary, instrument, WORDING)["programme"] == NOT_ASKED
    words = [one.nl.lower() for one in instrument.questions]
    words += [option.nl.lower() for one in instrument.questions for option in one.options]
    assert not [text for text in words if "programma" in text or "goed begin" in text]


def test_the_brief_answers_are_the_first_sentences_of_the_full_ones(summary, instrument):
    full = conclusion_sentences(summary, instrument, WORDING)
    brief = conclusion_sentences(summary, instrument, WORDING, brief=True)
    for question in QUESTIONS:
        if question != "status":
            assert full[question].startswith(brief[question])
    assert "geen plannen" not in brief["status"]
    assert brief["status"].endswith(full["status"][full["status"].index("Het aandeel") :])
    assert sum(map(len, brief.values())) < 0.7 * sum(map(len, full.values()))


def test_key_figures_have_their_margins(summary):
    assert key_figures(summary) == [
        ("45%", "respons: 153 bruikbare reacties, 342 gemeenten"),
        ("28%", "heeft een aanpak in gebruik (marge 22 tot 32%)"),
        ("+20", f"{SINCE})"),
        ("8", STANDS),
    ]


@pytest.mark.parametrize(
    ("invented", "since", "stands"),
    [
        (["2025"], "", f" in verzonnen antwoorden van 2025{MADE_TO_FIT}"),
        (["2021"], "; de antwoorden van 2021 zijn verzonnen", "; de antwoorden van 2021 zijn verzonnen"),
        (
            ["2021", "2025"],
            "; de antwoorden van 2021 en 2025 zijn verzonnen",
            f" in verzonnen antwoorden van 2021 en 2025{MADE_TO_FIT}",
        ),
    ],
)
def test_key_figures_say_of_which_year_the_answers_are_invented(summary, invented, since, stands):
    *_, change, conclusions = key_figures(summary, invented)
    assert change[1] == f"{SINCE}{since})"
    assert conclusions[1] == f"{STANDS}{stands}"


def test_an_order_within_the_margins_is_no_fact(summary, instrument):
    said = conclusion_sentences(summary, instrument, WORDING)
    steps, doubt = said["steps"], "Die eerste plaats is niet zeker."
    assert f"marge 68 tot 78%). {doubt} Samenwerken" in steps
    assert steps.count(doubt) == 1
    assert conclusion_sentences(summary, instrument, WORDING, brief=True)["steps"].endswith(doubt)
    assert doubt not in said["strengths"]
    assert doubt not in said["bottlenecks"]
    summary["shares"]["q23c"] |= {"ci_high": summary["shares"]["q23d"]["ci_low"]}
    summary["themes"]["q26"]["2"]["overlaps_next"] = True
    said = conclusion_sentences(summary, instrument, WORDING)
    assert doubt in said["strengths"]
    assert said["bottlenecks"].endswith(" De eerste plaats staat vast; de tweede is niet zeker.")
    summary["themes"]["q26"]["1"]["overlaps_next"] = True
    said = conclusion_sentences(summary, instrument, WORDING)
    assert said["bottlenecks"].endswith(" De volgorde is niet zeker.")


def test_a_principle_is_said_in_a_sentence(chapter):
    said = principle_sentence(chapter(7), "q23c")
    assert said.startswith(
        "Bij ruim drie vijfde van de gemeenten met een aanpak of plannen daarvoor (62%; 87 van de "
    )
    assert "geldt altijd: ‘bewust en positief taalgebruik’." in said


def test_a_theme_on_which_coders_differ_is_marked_after_its_margin(summary):
    weak = theme("Geld (niet betrouwbaar)", 45, "not_reliable"), theme("Meetbaarheid", 35, "unsure")
    said = theme_sentence(summary | {"themes": {"q26": {"1": weak[0], "2": weak[1]}}}, "q26", "deze {n} gemeenten")
    assert "‘Geld’ (32% van de 140; marge 26 tot 38%; codeurs te weinig eens)" in said
    assert "‘Meetbaarheid’ (25%; marge 19 tot 31%; codeurs misschien te weinig eens)" in said


def test_of_few_answers_no_percentage_is_given(summary):
    few = theme("Geen tijd", 3, "not_reliable", n_content=8), theme("Geen geld", 1, n_content=8)
    said = theme_sentence(summary | {"themes": {"q05": {"1": few[0], "2": few[1]}}}, "q05", "de {n} gemeenten")
    assert said == (
        "Van de 140 gemeenten schreven er 8 iets met inhoud over redenen om nog geen aanpak te hebben. Het vaakst "
        "genoemd: ‘Geen tijd’ (3 van de 140; codeurs te weinig eens) en ‘Geen geld’ (1)."
    )


def test_statements_are_counted_by_what_they_are_about(summary, instrument):
    assert conclusion_sentences(summary, instrument, WORDING)["report"].startswith(
        "Van de 21 uitspraken van het rapport (18 uit de conclusie, 2 over de respons en 1 over de verandering "
        "sinds 2021) houden er 8 stand, "
    )
