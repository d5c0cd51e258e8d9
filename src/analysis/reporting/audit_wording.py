"""Dutch sentences about the audit: one explanation per statement, and what the page says about all of them."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import Claim

ARITHMETIC = {"contradicted": "klopt niet", "consistent": "kan kloppen", "undecidable": "niet te beslissen"}
DATA = {
    "contradicted": "spreekt tegen",
    "within_interval": "binnen de onzekerheid",
    "confirmed": "bevestigt",
    "not_tested": "niet getoetst",
}
ROUNDING = {
    "half_up": "elk percentage los afgerond",
    "largest_remainder": "samen op honderd procent afgerond",
}
HOLDS = {
    "percentages": "alleen de percentages van de figuur en de aantallen voor meer opties samen",
    "all": "alles wat samen kan",
}
REASONS = {
    "no_bound": "Dit woord sluit geen enkel aandeel uit, dus cijfers kunnen dit niet beslissen",
    "written": "Dit gaat over open antwoorden, en het rapport geeft nergens hoeveel gemeenten dit schreven",
    "no_options": "De zin zegt niet welke antwoorden meetellen",
    "response": "Dit gaat over de respons, en geen ander cijfer in het rapport legt dit vast",
    "outside": "Dit staat niet in de vragenlijst, dus niets in dit onderzoek kan het beslissen",
    "earlier_wave": "Dit gaat over 2021, en van toen zijn alleen afgeronde cijfers bekend",
}


def explanations(table: pd.DataFrame, published: Published) -> list[str]:
    """Return one sentence for each statement: why its verdict is what it is.

    Parameters
    ----------
    table
        Verdicts as :func:`analysis.statistics.audit.audit_claims` returns them.
    published
        The report.
    """
    printed = dict(zip(table["claim_id"], table["published"], strict=True))
    return [
        f"{_arithmetic(row, printed)}{_compared(row, published)}{_data(row)}." for row in table.to_dict("records")
    ]


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
    return f"Rekenen: {arithmetic}. Antwoorden: {DATA[str(row['data_verdict'])]}."


def counting_sentence(table: pd.DataFrame, *, has_answers: bool) -> str:
    """Return how many statements got which verdict.

    Parameters
    ----------
    table
        The verdicts.
    has_answers
        Whether there are answers of respondents.
    """
    counted = table["arithmetic_verdict"].value_counts()
    wrong, fits, open_ = (int(counted.get(name, 0)) for name in ("contradicted", "consistent", "undecidable"))
    first = (
        f"Van de {len(table)} uitspraken met een hoeveelheid kloppen er {wrong} niet met andere uitspraken of met "
        f"de rekenregels; {fits} kunnen kloppen, en {open_} zijn met rekenen niet te beslissen."
    )
    if not has_answers:
        return f"{first} Er zijn geen antwoorden van gemeenten, dus daaraan is niets getoetst."
    data = table["data_verdict"].value_counts()
    return (
        f"{first} De antwoorden bevestigen {int(data.get('confirmed', 0))} uitspraken en spreken er "
        f"{int(data.get('contradicted', 0))} tegen; bij {int(data.get('within_interval', 0))} uitspraken ligt het "
        f"binnen de onzekerheid, en {int(data.get('not_tested', 0))} zijn niet te toetsen."
    )


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
    return (
        f"Met strengere marges verandert het oordeel over hooguit {int(stricter['count'].max())} uitspraken, met "
        f"ruimere marges over hooguit {int(looser['count'].max())}."
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


def _arithmetic(row: Mapping[str, object], published: Mapping[str, str]) -> str:
    against = _named(str(row["against"]), published)
    reason = row["reason"]
    if reason in REASONS:
        return REASONS[reason]
    if reason == "conflict":
        return (
            f"Kan niet samen met {against}{_implied(row)}" if against else "Past bij geen enkel aantal gemeenten"
        )
    if reason == "one_of":
        return f"Kan niet samen met {against}; welke van deze uitspraken fout is, is niet te zeggen"
    if reason == "term":
        return f"Gebruikt dezelfde woorden als {against}, maar telt daarbij andere antwoorden mee"
    if reason == "wrong_base":
        return f"Noemt een ander aantal gemeenten als geheel ({row['n']}) dan {against or 'de andere uitspraken'}"
    if reason == "judgement":
        return _judgement(row)
    rounding = (
        f"Past alleen als de percentages {ROUNDING[str(row['feasible'])]} zijn" if reason == "rounding" else ""
    )
    if rounding:
        return f"{rounding}; anders kan het niet samen met {against}"
    return f"Past bij de andere uitspraken{_range(row)}{_strict(row, published)}"


def _compared(row: Mapping[str, object], published: Published) -> str:
    reference = published.claims[str(row["claim_id"])].reference
    if row["reason"] != "conflict" or reference not in published.facts:
        return ""
    return f", terwijl {reference} (eerder jaar) op {percentage(float(published.facts[reference]))} of meer ligt"


def _judgement(row: Mapping[str, object]) -> str:
    if pd.isna(row["p_value"]):
        return "De aantallen voor een toets staan niet in het rapport"
    p_value = f"p = {row['p_value']:.3f}".replace(".", ",")
    verb = "wijst dit af" if row["arithmetic_verdict"] == "contradicted" else "wijst dit niet af"
    return f"Een toets op de aantallen die het rapport zelf geeft, {verb} ({p_value})"


def _named(against: str, published: Mapping[str, str]) -> str:
    names = [name for name in against.split(";") if name]
    return enumerate_dutch([f"{name} ({published[name]})" if published.get(name) else name for name in names])


def _range(row: Mapping[str, object]) -> str:
    if pd.isna(row["low"]):
        return ""
    size = "" if pd.isna(row["n"]) else f" van de {row['n']}"
    if row["low"] == row["high"]:
        return f"; alleen {row['low']}{size} kan"
    return f"; {row['low']} tot en met {row['high']}{size} kan"


def _implied(row: Mapping[str, object]) -> str:
    if pd.isna(row["low"]) or pd.isna(row["n"]):
        return ""
    if row["low"] != row["high"]:
        return f", want daaruit volgen {row['low']} tot en met {row['high']} van de {row['n']}"
    share = percentage(row["low"] / row["n"], 0)
    return f", want daaruit {'volgt' if row['low'] == 1 else 'volgen'} {row['low']} van de {row['n']} ({share})"


def _strict(row: Mapping[str, object], published: Mapping[str, str]) -> str:
    if not row.get("strict_with"):
        return ""
    return f", maar streng gelezen is het met {_named(str(row['strict_with']), published)} meer dan het geheel"


def _data(row: Mapping[str, object]) -> str:
    if pd.isna(row["data_share"]):
        return ""
    share = percentage(row["data_share"], 0)
    number = "" if pd.isna(row["data_count"]) else f" ({row['data_count']} van de {row['data_n']})"
    return f"; in de antwoorden is het {share}{number}"
