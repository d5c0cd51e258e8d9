"""Make ``src/analysis/survey/masking_examples.yaml``: invented sentences with planted personal data.

Names, streets, telephone numbers and accounts are drawn from the lists of Faker (MIT licence), which the rules of
the masking do not use: ``pip install faker``, then ``python tests/reference/masking_examples.py``. Faker is no
dependency of the project; what it gave stands in the file.
"""

import random
import string
import sys
from importlib import import_module
from pathlib import Path

from faker import Faker

SEED = 20250303
TARGET = Path(__file__).resolve().parents[2] / "src/analysis/survey/masking_examples.yaml"
ELSEWHERE = ("tr_TR", "fr_DZ", "en_PK", "cs_CZ", "hr_HR", "hu_HU", "lv_LV", "ro_RO", "sw", "es_ES")
FULL = (
    "Sinds januari coördineert {} de aanpak voor de hele regio.",
    "Wij zijn blij met de inzet van {}, die ook buurgemeenten helpt.",
    "{} (wijkteam) en een collega van de GGZ voeren de gesprekken.",
    "Er was een casus waarin {} haar kinderen een jaar niet zag.",
    "- {}: drie uur per week",
    "Een training door {} zou elke professional moeten volgen.",
    "De lezing van vorige maand ({}) was heel nuttig.",
    "Kunnen jullie {} uitnodigen voor het overleg?",
    "Het begon toen {} wethouder werd.",
    "Bij complexe zaken schakelen we {} in, dat werkt goed.",
    "Ingevuld door {}, beleidsmedewerker jeugd",
    "De visie is gebaseerd op het werk van {} en haar team.",
)
FIRST = (
    "{} is er niet blij mee.",
    "{} en haar moeder wonen nu apart.",
    "Zo zagen we bij {} dat het te laat was.",
    "Dat heeft {} toen opgepakt.",
    "Een meisje, {} van acht, kwam klem te zitten.",
    "Groetjes, {}",
    "De jongste, {}, is zes.",
    "Omdat {} met verlof is ligt het stil.",
)
TITLED = (
    "Overleg met mevrouw {} van de rechtbank",
    "Dhr. {} neemt de telefoon niet op.",
    "Wethouder {} steunt dit.",
    "volgens mr. {} mag dit niet",
    "de familie {} is verhuisd",
)
CARELESS = (
    "dit doet {} er bij ons naast",
    "{} is aandachtsfunctionaris",
    "je kunt bellen met {} van jeugd",
)
ADDRESS = (
    "Zij zijn verhuisd naar {} en daar niet bekend.",
    "{} is de locatie van het omgangshuis.",
    "Wij zitten op {} (tweede verdieping).",
    "Stuur het op naar {} ter attentie van het team.",
    "het gezin aan de {} is bij ons bekend",
)
MASKED_BY_FORM = {
    "telephone": (
        "Vragen? {}",
        "U kunt ons bereiken op nummer {} tot vijf uur.",
        "Voor spoed: {} (dag en nacht)",
        "{}, vraag naar het loket",
    ),
    "email": ("Uitnodigingen graag naar {}.", "({})", "U kunt {} altijd een bericht sturen."),
    "bsn": ("Bij het dossier met {} gaat het mis.", "BSN = {}", "{} staat twee keer in het systeem."),
    "iban": (
        "Bijdragen kunnen naar {}, onder vermelding van scheiding.",
        "IBAN: {}",
        "Het geld staat op {} vast.",
    ),
    "account": ("Op instagram: {}", "Met dank aan {} voor de filmpjes.", "{} legt dit in een minuut uit"),
    "web_of_person": ("Zie {} voor haar lezingen.", "({})", "Wij gebruiken de filmpjes op {} in de training."),
}
ORDINARY = (
    "Er zijn te weinig mediators, en de wachttijd bij de Raad loopt op tot 30 weken.",
    "Jeugd en Gezin, de Wmo-consulent en het Sociaal Team werken langs elkaar heen.",
    "Wij gebruiken het Ouderschapsplan van Villa Pinedo en de KIES-training op 14 scholen.",
    "Van de 120 aanmeldingen in 2024 gingen er 45 over een scheiding.",
    "Betere afspraken met Veilig Thuis. Meer geld. Minder regels.",
    "ER IS TE WEINIG GELD EN TE WEINIG TIJD",
    "Dit onderwerp valt onder de Wmo EN onder de Jeugdwet, dat maakt het lastig.",
    "De gemeenteraad koos in november voor andere onderwerpen.",
    "In onze regio heet dat het Scheidingsteam Plus.",
    "Het budget is 1.250.000 euro, waarvan 12% voor preventie (150.000).",
    "Onderzoek van het Nederlands Jeugdinstituut uit 2019-2020 liet dit zien.",
    "Wij hebben geen zicht op Poolse of Turkse ouders.",
    "Elke maandag en woensdag is er spreekuur, van 9.00 tot 12.30 uur.",
    "Begeleide omgang is er niet; ouders gaan naar een andere gemeente.",
    "Vechtscheidingen, zoals de krant ze noemt, zijn er ongeveer 20 per jaar.",
    "Knelpunt is de AVG: gegevens delen mag niet zonder toestemming.",
    "Per 1 januari 2025 stopt de subsidie van ZonMw.",
    "Het lokale team kan doorverwijzen naar Buurtteam, POH-GGZ of Sterk Huis.",
    "Wat werkt: vroeg beginnen, samen optrekken en volhouden.",
    "Voor kinderen is er Brugproject, Zandkastelen en een maatje via Humanitas.",
    "Wij willen het liefst een Familierechter die in de wijk komt.",
    "Artikel 2.3 van de Jeugdwet biedt te weinig ruimte.",
    "Zie ons beleidsplan 2022-2026, hoofdstuk 4.",
    "De helft van de zaken loopt langer dan 18 maanden, soms 24.",
)


def people(locale: str) -> tuple[list[str], list[str]]:
    """Return first and last names of a locale."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    first = list(
        getattr(provider, "first_names", ()) or (*provider.first_names_male, *provider.first_names_female)
    )
    return sorted(map(str, first)), sorted(map(str, provider.last_names))


def careless_account(fake: Faker, rng: random.Random) -> str:
    """Return an IBAN as people write it."""
    number = fake.iban()
    return rng.choice((number, " ".join(number[at : at + 4] for at in range(0, len(number), 4)), number.lower()))


def by_form(kind: str, fake: Faker, rng: random.Random) -> str:
    """Return invented personal data of a kind."""
    user = f"{fake.first_name()}{rng.choice(('', '.', '_'))}{fake.last_name().split()[-1]}".lower()
    user = "".join(letter for letter in user if letter in string.ascii_lowercase + "._")
    if kind == "telephone":
        return fake.phone_number()
    if kind == "email":
        return rng.choice((fake.email(), fake.email().upper(), fake.email().replace("@", " (at) ")))
    if kind == "bsn":
        return fake.ssn()
    if kind == "iban":
        return careless_account(fake, rng)
    if kind == "account":
        return f"@{user}"
    sites = (
        "linkedin.com/in/{}",
        "https://www.facebook.com/{}",
        "instagram.com/{}",
        "{}.blogspot.com",
        "linktr.ee/{}",
    )
    return rng.choice((*sites, "linktr.ee/{}")).format(user)


def make() -> dict[str, list[str]]:
    """Return the sentences by case; planted data stand between braces."""
    rng = random.Random(SEED)
    Faker.seed(SEED)
    fake = Faker("nl_NL")
    dutch = people("nl_NL")
    cases: dict[str, list[str]] = {}

    def plant(case: str, sentences: tuple[str, ...], words: str) -> None:
        used = cases.setdefault(case, [])
        used.append(sentences[len(used) % len(sentences)].format(f"{{{words}}}"))

    for _ in range(36):
        plant("name_dutch", FULL, " ".join(map(rng.choice, dutch)))
    for number in range(60):
        plant("name_elsewhere", FULL, " ".join(map(rng.choice, people(ELSEWHERE[number % len(ELSEWHERE)]))))
    for number in range(36):
        names = dutch if number % 2 else people(ELSEWHERE[number % len(ELSEWHERE)])
        plant("name_in_capitals", FULL, " ".join(map(rng.choice, names)).upper())
    for _ in range(12):
        plant("name_with_initials", FULL, f"{rng.choice(string.ascii_uppercase)}. {rng.choice(dutch[1])}")
    for number in range(12):
        plant("name_titled", TITLED, rng.choice(dutch[1] if number % 2 else people("tr_TR")[1]))
    for number in range(36):
        plant("first_name_alone", FIRST, rng.choice(dutch[0] if number % 2 else people(rng.choice(ELSEWHERE))[0]))
    for _ in range(12):
        plant("name_in_small_letters", CARELESS, " ".join(map(rng.choice, dutch)).lower())
    for number in range(30):
        street = f"{fake.street_name()} {fake.building_number()}"
        where = f"{street}, {fake.postcode()}" if number % 3 == 0 else street
        plant("address", ADDRESS, where.lower() if number % 5 == 0 else where)
    for kind, sentences in MASKED_BY_FORM.items():
        for _ in range(18):
            plant(kind, sentences, by_form(kind, fake, rng))
    cases["nothing"] = list(ORDINARY)
    return cases


def main() -> int:
    """Write the file."""
    lines = [
        "# Invented sentences with planted personal data between braces, to measure the masking of open answers.",
        "# Made by tests/reference/masking_examples.py; the rules do not use its lists of names. Nobody is meant.",
    ]
    for case, texts in make().items():
        lines.append(f"{case}:")
        lines += ["  - '" + text.replace("'", "''") + "'" for text in texts]
    TARGET.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
