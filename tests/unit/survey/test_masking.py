"""Personal data in open answers are found, and ordinary text is left alone."""

import pandas as pd
import pytest

from analysis.survey.masking import LABELS, make_masker, mask_answers, mask_text


@pytest.fixture(scope="session")
def masker(register, instrument):
    return make_masker(register, instrument)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Mail naar j.jansen@zeist.nl graag.", "Mail naar [e-mail] graag."),
        ("Mail jan (at) zeist punt nl", "Mail [e-mail]"),
        ("Bel 06-12345678 of 030 - 286 12 34.", "Bel [telefoon] of [telefoon]."),
        ("Nummer: +31 (0)6 12 34 56 78", "Nummer: [telefoon]"),
        ("Wij zijn te bereiken op 14 030.", "Wij zijn te bereiken op [telefoon]."),
        ("Zie www.zeist.nl/jeugd voor meer", "Zie [adres] voor meer"),
        ("Ons adres is 3512 AB 12", "Ons adres is [adres]"),
        ("In Utrecht en in de Utrechtse wijken", "In [gemeente] en in de [gemeente] wijken"),
        ("de zwolse aanpak, net als almere", "de [gemeente] aanpak, net als [gemeente]"),
        ("samen met Amersfort en Roterdam", "samen met [gemeente] en [gemeente]"),
        ("de gemeente zeits doet mee", "de gemeente [gemeente] doet mee"),
        ("Met Bergen op Zoom en Den Haag; de Haagse route", "Met [gemeente] en [gemeente]; de [gemeente] route"),
        ("Overleg in Best en Buren", "Overleg in [gemeente] en [gemeente]"),
        ("Wij heetten Boxmeer, nu Land van Cuijk", "Wij heetten [gemeente], nu [gemeente]"),
        ("Mevrouw de Vries-Bakker regelt het", "Mevrouw [naam] regelt het"),
        ("mevr. jansen weet het", "mevr. [naam] weet het"),
        ("Neem contact op met Karin van den Berg.", "Neem contact op met [naam]."),
        ("Onze collega Anouk doet dit", "Onze collega [naam] doet dit"),
        ("Mijn naam is Mohammed el Amrani", "Mijn naam is [naam]"),
        ("Vraag naar dhr. A.B. van 't Hof", "Vraag naar dhr. [naam]"),
        ("Dank alvast.\nJ. Smit", "Dank alvast.\n[naam]"),
        ("Mvg. Karin", "Mvg. [naam]"),
        ("Wethouder Ter Haar is erbij", "Wethouder [naam] is erbij"),
        ("Met Jeugdbescherming Brabant en levvel samen", "Met [organisatie] en [organisatie] samen"),
        ("het team van Paweł Żółkiewski en Şükrü Yıldız", "het team van [naam] en [naam]"),
        ("overleg met MEVROUW DE VRIES en JAN JANSEN", "overleg met MEVROUW [naam] en [naam]"),
        ("Een meisje, Hana van acht, zat klem", "Een meisje, [naam] van acht, zat klem"),
    ],
)
def test_personal_data_are_masked(masker, text, masked):
    assert mask_text(text, masker)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "Wij werken samen met de Raad voor de Kinderbescherming, Veilig Thuis en het CJG.",
        "Dit kan leiden tot problemen; gezinnen kampen met schulden en het is best duur voor de buren.",
        "Sinds 01-01-2025 zijn er 1.000.000 euro en 12 uur per week, in 2018-2021 waren dat 8 uur.",
        "De Wmo en de Jeugdwet sluiten niet aan. Ouders en Kinderen staan centraal.",
        "Het duurt 3 tot 6 maanden; 40 procent van de zaken (van de 1200) loopt vast.",
        "Met name de wachttijden. Zie ook vraag 24, en de Jeugd GGZ via de huisarts.",
        "Betrek daar de Wmo bij. Eenzelfde aanbod is beter, voor iedereen. Landelijk dus.",
        "Samengevat: er is subsidie, en Wmo-geld voor het loket, Jeugdwet voor de rest.",
        "De heer heeft daar geen mening over, mevrouw is het ermee eens",
    ],
)
def test_ordinary_text_stays_as_it_is(masker, text):
    assert mask_text(text, masker) == (text, set())


def test_a_part_of_a_municipality_is_no_person(masker):
    assert mask_text("Zo doet Peel en Maas het", masker) == ("Zo doet [gemeente] het", {"municipality_in_text"})
    assert mask_text("collega Karin van Zeist", masker)[1] == {"municipality_in_text", "person_name"}


def test_every_name_of_the_register_is_found_in_a_sentence(masker, register):
    for name in register.names["name"]:
        place = name.split(" (")[0]
        masked, kinds = mask_text(f"Wij werken samen met {place} aan de aanpak.", masker)
        assert "municipality_in_text" in kinds, place
        assert masked.startswith("Wij werken samen met [gemeente]"), place


def test_a_word_that_others_write_in_small_letters_is_no_name(masker):
    answers = pd.Series(["het overleg loopt", "geen overleg", "meer overleg graag", "Samen met Overleg Anders"])
    masked, kinds = mask_answers(answers, masker)
    assert masked[3] == "Samen met Overleg [naam]"
    assert kinds["person_name"].tolist() == [3]


def test_masking_all_answers_is_masking_each(masker):
    texts = ["Bel Karin Bakker op 06-12345678", "de utrechtse aanpak", "niets", "Bergen op Zoom", "mevrouw jansen"]
    answers = pd.Series(texts * 2, index=range(10, 10 + 2 * len(texts)))
    masked, kinds = mask_answers(answers, masker)
    assert masked.tolist() == [mask_text(text, masker)[0] for text in texts] * 2
    for kind in LABELS:
        expected = [index for index, text in answers.items() if kind in mask_text(text, masker)[1]]
        assert kinds[kind].tolist() == expected


def test_masking_nothing_gives_nothing(masker):
    masked, kinds = mask_answers(pd.Series([], dtype="str"), masker)
    assert len(masked) == 0
    assert all(index.empty for index in kinds.values())
