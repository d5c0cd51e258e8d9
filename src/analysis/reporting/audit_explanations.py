"""One Dutch sentence for each statement of the audit: why its verdict is what it is."""

from collections.abc import Collection, Mapping

import pandas as pd

from analysis.reporting.audit_wording import EXACT, ROUNDING, UNTESTED, subject
from analysis.reporting.certain_places import ordinal
from analysis.reporting.dutch_numbers import p_value as write_p_value
from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.reading_notes import rounding_text
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import Claim

REASONS = {
    "written": "Dit gaat over open antwoorden, en het rapport geeft nergens hoeveel gemeenten dit schreven",
    "no_options": "De zin zegt niet welke antwoorden meetellen",
    "response": "Dit gaat over de respons, en geen ander cijfer in het rapport legt dit vast",
    "outside": "Dit staat niet in de vragenlijst, dus niets in dit onderzoek kan het beslissen",
    "earlier_wave": "Dit gaat over 2021, en van toen zijn alleen afgeronde cijfers bekend",
}


SAID_BY_ARITHMETIC = ("no_bound", "outside", "earlier_wave", "no_options", "no_answers")
BOTH = "samen op 100% afgerond"
SOURCES = {
    "answers": "in de antwoorden",
    "coded": "in de gecodeerde open antwoorden",
    "response": "in de gegevens over de respons",
}


def explanations(
    table: pd.DataFrame, published: Published, figures: Mapping[tuple[str, str], int] | None = None
) -> list[str]:
    """Return one sentence for each statement: why its verdict is what it is.

    Parameters
    ----------
    table
        Verdicts as :func:`analysis.statistics.audit.audit_claims` returns them.
    published
        The report.
    figures
        Percentage that the pages print, by question and option, see
        :func:`analysis.reporting.question.printed_percentages`; a share without one is rounded on its own.
    """
    printed = dict(zip(table["claim_id"], table["published"], strict=True))
    untested = set(table.loc[table["data_verdict"] == "not_tested", "claim_id"])
    sentences = []
    for row in table.to_dict("records"):
        claim = published.claims[str(row["claim_id"])]
        fallen, caution = _compared(row, published)
        data = _data(row, claim, _printed(row, claim, published, figures or {}))
        earlier = _earlier(row, claim, published, untested) if data else ""
        sentences.append(f"{_arithmetic(row, printed)}{fallen}{data}{earlier}.{caution}")
    return sentences


def rounding_note(table: pd.DataFrame, published: Published, figures: Mapping[tuple[str, str], int]) -> str:
    """Say which percentages in the sentences would be others if each were rounded alone; empty when none would.

    Parameters
    ----------
    table, published, figures
        As for :func:`explanations`.
    """
    rows = {}
    for row in table.to_dict("records"):
        claim = published.claims[str(row["claim_id"])]
        percent = _figure_percentage(row, claim, published, figures)
        if percent is not None:
            answer = (claim.question, claim.options)
            rows[answer] = (subject(claim, published), row["data_count"], row["data_n"], percent)
    said = rounding_text(pd.DataFrame(rows.values(), columns=["label", "count", "n", "printed_pct"]))
    return f"Percentages in de antwoorden{said.removeprefix('Percentages')}" if said else ""


def _figure_percentage(
    row: Mapping[str, object], claim: Claim, published: Published, figures: Mapping[tuple[str, str], int]
) -> int | None:
    """Return the percentage of the figure about the same answers of the same base, where there is one."""
    question = published.question(claim.question)
    own = question is not None and row["data_source"] == "answers" and claim.base == question.base
    percent = figures.get((str(claim.question), ";".join(claim.options))) if own else None
    # A statement that counts otherwise than the figure, such as a lowest rate, has another share.
    return None if percent is None or not abs(percent - 100 * row["data_share"]) < 1 else percent


def _printed(
    row: Mapping[str, object], claim: Claim, published: Published, figures: Mapping[tuple[str, str], int]
) -> str:
    """Return the share of the answers as a percentage: that of the figure, when the statement has its base."""
    if pd.isna(row["data_share"]):
        return ""
    alone = percentage(row["data_share"], 0)
    percent = _figure_percentage(row, claim, published, figures)
    if percent is None:
        return alone
    if row["reason"] == "rounding" and alone != f"{percent}%":
        return f"los afgerond {alone}, {BOTH} {percent}%"
    return f"{percent}%"


def _earlier(row: Mapping[str, object], claim: Claim, published: Published, untested: Collection[str]) -> str:
    """Return what the report says of the earlier wave, with which the statement compares."""
    if claim.kind != "relative" or not claim.reference or claim.reference not in published.claims:
        return ""
    reference = published.claims[claim.reference]
    if reference.evidence != "2021" or reference.kind != "exact_percent":
        return ""
    sure = " (niet te controleren)" if reference.claim_id in untested else ""
    return f", tegen {reference.value[0]}% in 2021 volgens het rapport{sure}"


def _arithmetic(row: Mapping[str, object], published: Mapping[str, str]) -> str:
    against = _named(str(row["against"]), published)
    reason = row["reason"]
    if reason in REASONS:
        return REASONS[reason]
    if reason == "no_bound":
        return (
            f"Wie ‘{row['published']}’ zegt, sluit geen enkel aandeel uit; cijfers kunnen dit dus niet beslissen"
        )
    if reason == "judgement":
        return _judgement(row)
    if reason == "rounding":
        fits = f"Past alleen als de percentages {ROUNDING[str(row['feasible'])]} zijn"
        return f"{fits}; anders kan het niet samen met {against}"
    if row["arithmetic_verdict"] == "contradicted":
        return _contradicted(row, against)
    if reason == "sums":
        return f"Past bij {against}"
    return f"Past bij de andere uitspraken{_range(row)}{_strict(row, published)}"


def _contradicted(row: Mapping[str, object], against: str) -> str:
    reason = row["reason"]
    if reason == "conflict":
        return (
            f"Kan niet samen met {against}{_implied(row)}" if against else "Past bij geen enkel aantal gemeenten"
        )
    if reason == "one_of":
        return f"Kan niet samen met {against}; welke van deze uitspraken fout is, is niet te zeggen"
    if reason == "term":
        return f"Gebruikt dezelfde woorden als {against}, maar telt daarbij andere antwoorden mee"
    return f"Noemt een ander aantal gemeenten als geheel ({row['n']}) dan {against or 'de andere uitspraken'}"


def _compared(row: Mapping[str, object], published: Published) -> tuple[str, str]:
    """Return the share of the earlier wave that a statement is in conflict with, and what that leaves open."""
    reference = published.claims[str(row["claim_id"])].reference
    if row["reason"] != "conflict" or reference not in published.facts:
        return "", ""
    share = percentage(float(published.facts[reference]))
    fallen = f", terwijl het in 2021 volgens de gepubliceerde cijfers {share} of meer was"
    return fallen, " Of het bij alle gemeenten daalde, staat niet vast."


def _judgement(row: Mapping[str, object]) -> str:
    if pd.isna(row["p_value"]):
        return "De aantallen voor een toets staan niet in het rapport"
    p_value = f"p = {write_p_value(row['p_value'])}".replace("= <", "<")
    verb = "wijst dit af" if row["arithmetic_verdict"] == "contradicted" else "wijst dit niet af"
    return f"De {EXACT} op de aantallen die het rapport zelf geeft, {verb} ({p_value})"


def _named(against: str, published: Mapping[str, str]) -> str:
    names = [name for name in against.split(";") if name]
    return enumerate_dutch([f"{name} ({published[name]})" if published.get(name) else name for name in names])


def _range(row: Mapping[str, object]) -> str:
    if pd.isna(row["low"]):
        return ""
    size = "" if pd.isna(row["n"]) else f" van de {row['n']}"
    if row["low"] == row["high"]:
        return f"; alleen {row['low']}{size} is mogelijk"
    return f"; mogelijk is {_span(row)}{size}"


def _implied(row: Mapping[str, object]) -> str:
    if pd.isna(row["low"]) or pd.isna(row["n"]):
        return ""
    if row["low"] != row["high"]:
        return f", want daaruit volgen {_span(row)} van de {row['n']}"
    share = percentage(row["low"] / row["n"], 0)
    return f", want daaruit {'volgt' if row['low'] == 1 else 'volgen'} {row['low']} van de {row['n']} ({share})"


def _span(row: Mapping[str, object]) -> str:
    joined = "of" if row["high"] == row["low"] + 1 else "tot en met"
    return f"{row['low']} {joined} {row['high']}"


def _strict(row: Mapping[str, object], published: Mapping[str, str]) -> str:
    if not row.get("strict_with"):
        return ""
    return f", maar streng gelezen is het met {_named(str(row['strict_with']), published)} meer dan het geheel"


def _data(row: Mapping[str, object], claim: Claim, printed: str) -> str:
    source, verdict = row["data_source"], row["data_verdict"]
    if verdict == "not_tested" and row["data_reason"] not in SAID_BY_ARITHMETIC:
        return f"; {_lower(UNTESTED[str(row['data_reason'])])}"
    number = "" if pd.isna(row["data_count"]) else f"{row['data_count']} van de {row['data_n']}"
    if source == "earlier":
        same = "geeft hetzelfde" if verdict == "confirmed" else f"geeft {percentage(row['data_share'], 0)}"
        return f"; een andere bron over dat jaar ({claim.reference}) {same}"
    if source == "rank":
        return _rank(row, claim.value[0], number)
    if source == "register":
        other = ", en met inwonertallen van een eerder jaar past dit getal" if verdict == "within_interval" else ""
        return f"; het register telt er {number} ({percentage(row['data_share'], 0)}){other}"
    if source == "response" and row["kind"] == "verdict":
        return f"; een toets op de respons zelf wijst dit {'af' if verdict == 'contradicted' else 'niet af'}"
    if pd.isna(source) or (pd.isna(row["data_share"]) and not number):
        return ""
    place = SOURCES[str(source)]
    if row["kind"] == "exact_count" and number:
        verb = "is" if row["data_count"] == 1 else "zijn"
        return f"; {place} {verb} het er {row['data_count'] if pd.isna(row['data_share']) else number}"
    said = f"is het {printed}{f' ({number})' if number else ''}"
    return f"; {place} {f'{number} ({printed})' if BOTH in printed else said}"


def _rank(row: Mapping[str, object], place: int, number: str) -> str:
    """Return the place among the codes of an open question, and whether the margins allow another one."""
    isnt = "" if row["data_verdict"] == "confirmed" else "niet "
    found = f"; als code staat het in de open antwoorden {isnt}op de {ordinal(place)} plaats ({number})"
    if row["data_verdict"] == "within_interval":
        return f"{found}, maar de marges laten die plaats toe"
    return f"{found}; zeker is die plaats niet" if row.get("data_certain") is False else found


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
