"""Dutch sentences of the audit page about all statements together."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.dutch_numbers import count, percentage
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import Claim

ARITHMETIC = {"contradicted": "klopt niet", "consistent": "kan kloppen", "undecidable": "niet te beslissen"}
DATA = {
    "contradicted": "spreken dit tegen",
    "within_interval": "binnen de onzekerheid",
    "confirmed": "bevestigen dit",
    "not_tested": "niet te toetsen",
}
ROUNDING = {
    "half_up": "elk percentage los afgerond",
    "largest_remainder": "samen op honderd procent afgerond",
}
HOLDS = {
    "percentages": "alleen de percentages van de figuur en de aantallen voor meer opties samen",
    "all": "alles wat samen kan",
}
QUESTIONS = {
    "one answer": "één antwoord",
    "more answers": "meer antwoorden",
    "grid": "rooster",
    "open answers": "open antwoorden",
}
EXACT = "exacte toets van Fisher, Freeman en Halton"
NO_ERROR = "no error"
ERRORS = {
    NO_ERROR: "geen fout",
    "wrong percentage": "verkeerd percentage",
    "wrong base": "verkeerd aantal als geheel",
    "swapped labels": "twee percentages verwisseld",
    "wrong quantity word": "verkeerd woord voor een hoeveelheid",
    "wrong comparison": "verkeerde vergelijking",
    "sum over 100": "samen meer dan honderd procent",
    "wrong place": "verkeerde plaats in een rangorde",
}
MADE_TO_FIT = "**Let op:** deze antwoorden zijn gemaakt bij de gepubliceerde cijfers. "
CONFIRMS_NOTHING = (
    f"{MADE_TO_FIT}Dat zij een uitspraak bevestigen, bewijst dus niets. Alleen het rekenwerk zegt iets over het "
    "rapport zelf."
)
"""Where a page tests the report on synthetic answers."""
AGREES_BY_DESIGN = f"{MADE_TO_FIT}Waar zij daarmee overeenkomen, bewijst dat dus niets."
"""Where a page compares a number of synthetic answers with the report."""
UNTESTED = {
    "no_bound": "Het woord sluit geen enkel aandeel uit, zoals ‘een aantal’",
    "outside": "De vragenlijst gaat er niet over; het komt bijvoorbeeld uit gesprekken",
    "earlier_wave": "Het gaat over het eerdere onderzoek, en een andere bron daarover is er niet",
    "not_kept": "Welke gemeenten samen antwoordden, wordt met opzet niet bewaard",
    "not_coded": "De open antwoorden hierover zijn nog niet allemaal gecodeerd",
    "coders_disagree": "Over dit thema zijn codeurs het te weinig eens: trek hieruit geen conclusie",
    "no_options": "De zin zegt niet welke antwoorden meetellen",
    "no_data": "De gegevens zeggen hier niets over",
    "no_answers": "Er zijn geen antwoorden",
}


def subject(claim: Claim, published: Published) -> str:
    """Return what a statement is about, in the short labels of the questionnaire.

    Parameters
    ----------
    claim
        The statement.
    published
        The report.
    """
    question = published.question(claim.question)
    if question is None:
        return {"interviews": "gesprekken", "register": "alle gemeenten", "province": "provincies"}.get(
            claim.question or "", "respons en onderzoek" if claim.evidence != "open" else "open antwoorden"
        )
    name = question.nl
    parts = [item.nl for item in question.items if f"{question.name}{item.code}" == claim.question]
    options = [option.nl for option in question.options if option.code in claim.options]
    if len(options) == 1:
        parts += options
    elif 1 < len(options) < len(question.codes):
        parts.append(f"antwoorden {enumerate_dutch(claim.options)}")
    return f"{name}: {', '.join(parts)}" if parts else name


def verdict_words(row: Mapping[str, object]) -> str:
    """Return both verdicts on a statement in words.

    Parameters
    ----------
    row
        A row of the verdicts.
    """
    arithmetic = ARITHMETIC[str(row["arithmetic_verdict"])]
    if row["reason"] == "rounding" or row.get("strict_with"):
        arithmetic += ", bij één lezing"
    return f"Rekenen: {arithmetic}. Gegevens: {DATA[str(row['data_verdict'])]}."


def counting_sentence(table: pd.DataFrame, *, has_answers: bool) -> str:
    """Return how many statements got which verdict.

    Parameters
    ----------
    table
        The verdicts.
    has_answers
        Whether there are answers of respondents.
    """
    counted = table["arithmetic_verdict"].value_counts().reindex(list(ARITHMETIC), fill_value=0)
    wrong, fits, open_ = (int(counted[name]) for name in ARITHMETIC)
    first = (
        f"Uitspraken met een hoeveelheid: {len(table)}. Daarvan {_verb(wrong, 'klopt', 'kloppen')} er {wrong} "
        f"niet met andere uitspraken of met de rekenregels; {fits} {_verb(fits, 'kan', 'kunnen')} kloppen, en "
        f"{open_} {_verb(open_, 'is', 'zijn')} met rekenen niet te beslissen."
    )
    if not has_answers:
        return f"{first} Er zijn geen antwoorden, dus daaraan is niets getoetst."
    data = table["data_verdict"].value_counts().reindex(list(DATA), fill_value=0)
    inside, untested = data["within_interval"], data["not_tested"]
    return (
        f"{first} De antwoorden en andere gegevens bevestigen er {data['confirmed']} en spreken er "
        f"{data['contradicted']} tegen; {inside} {_verb(inside, 'uitspraak valt', 'uitspraken vallen')} binnen de "
        f"onzekerheid, en {untested} {_verb(untested, 'is', 'zijn')} niet te toetsen."
    )


def _verb(n: int, one: str, more: str) -> str:
    return one if n == 1 else more


def pinned_sentence(pinned: pd.DataFrame) -> str:
    """Return which figures give every count away.

    Parameters
    ----------
    pinned
        As :func:`analysis.statistics.audit.pinned_questions` returns it.
    """
    figures = list(dict.fromkeys(pinned["figure"]))
    if not figures:
        return "Bij geen enkele figuur liggen alle aantallen vast."
    noun = "figuur" if len(figures) == 1 else "de figuren"
    return (
        f"Bij {noun} {enumerate_dutch(figures)} past maar één verdeling. "
        "Wie alleen de tekst leest, kent daar dus toch elk aantal, ook waar het klein is."
    )


def sensitivity_sentence(counted: pd.DataFrame) -> str:
    """Return how many verdicts change with narrower and wider margins.

    Parameters
    ----------
    counted
        As :func:`analysis.statistics.convention_margins.changes_by_factor` returns it.
    """
    stricter, looser = counted[counted["factor"] < 1], counted[counted["factor"] > 1]
    n_strict, n_loose = int(stricter["count"].max()), int(looser["count"].max())
    return (
        "Bij de strengere marges die zijn geprobeerd, verandert het oordeel over hooguit "
        f"{n_strict} {_verb(n_strict, 'uitspraak', 'uitspraken')}. Bij de ruimere is dat hooguit {n_loose}."
    )


def sensitivity_description(counted: pd.DataFrame) -> str:
    """Return the text alternative of the figure about the margins.

    Parameters
    ----------
    counted
        As :func:`analysis.statistics.convention_margins.changes_by_factor` returns it.
    """
    parts = [f"{factor_label(row.factor)}: {row.count} uitspraken" for row in counted.itertuples(index=False)]
    return f"Aantal uitspraken waarvan het oordeel verandert. {'; '.join(parts)}."


def factor_label(factor: float) -> str:
    """Return a factor of the margins in words.

    Parameters
    ----------
    factor
        How many times as wide the margins are.
    """
    return f"marge {percentage(factor, 0)} van de afspraak"


def validation_sentence(study: pd.DataFrame) -> str:
    """Return how many generated reports the audit was tried on, and how often it cried wolf.

    Parameters
    ----------
    study
        The result of ``benchmarks/audit_validation.py``.
    """
    clean = study[study["error"] == NO_ERROR]
    false = int((clean["found"] / 100 * clean["reports"]).round().sum())
    planted = study[study["error"] != NO_ERROR]
    found = (planted["found"] * planted["reports"]).sum() / planted["reports"].sum()
    alarm = "geen enkele keer" if false == 0 else f"{false} keer"
    return (
        f"De controle is beproefd op {count(study['reports'].sum())} verzonnen rapporten. In de "
        f"{count(clean['reports'].sum())} zonder fout vond zij {alarm} een tegenspraak. Van de verstopte fouten "
        f"vond zij {percentage(found / 100, 0)}."
    )


def left_out_sentence(problems: Sequence[Exception]) -> str:
    """Return which rows of the file could not be audited.

    Parameters
    ----------
    problems
        One error for each row.
    """
    if not problems:
        return "Elke regel van het bestand kon worden beoordeeld."
    return "Deze regels zijn niet beoordeeld: " + "; ".join(f"`{problem}`" for problem in problems) + "."
