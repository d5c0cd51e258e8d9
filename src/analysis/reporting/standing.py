"""Which published conclusions stand, which depend on something, and which do not: one row for each."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.audit_wording import EXACT, subject
from analysis.reporting.comparison_wording import change_phrase
from analysis.reporting.dutch_numbers import p_value as write_p_value
from analysis.reporting.wording import capitalise, enumerate_dutch
from analysis.statistics.claim_blocks import Published
from analysis.statistics.comparison.robustness import MAIN_TEST

STANDINGS = {
    "falls": "Klopt niet",
    "depends": "Hangt ergens van af",
    "stands": "Houdt stand",
    "open": "Met deze gegevens niet te toetsen",
}
COLUMNS = ("statement", "place", "published", "standing", "explanation")
HEADINGS = {
    "statement": "Uitspraak",
    "place": "Plaats",
    "published": "Wat het rapport zegt",
    "explanation": "Waarom",
}
ONE_ROUNDING = ("half_up", "largest_remainder")
JUDGEMENTS = {"J01": ("size_class", "grootte"), "J02": ("province", "provincie")}
"""Statements about the response that the tests of its page decide, by the characteristic that they are about."""
RESPONSE = {"representative": "stands", "undecided": "depends", "not_representative": "falls"}
OTHER_UNIT = {
    "representative": "vinden de toetsen geen verschil",
    "undecided": "staat dit niet vast",
    "not_representative": "vindt ook elke toets een verschil",
}
RESPONSE_WORDS = {
    "representative": "De toetsen vinden geen verschil en sluiten een verschil van enige omvang uit",
    "undecided": "De toetsen vinden geen verschil, maar sluiten het ook niet uit, of spreken elkaar tegen",
    "not_representative": "Elke toets vindt een verschil",
}
SOURCES = {
    "conclusion": "uit de conclusie",
    "response": "over de respons",
    "change": "over de verandering sinds 2021",
}
"""What the statements are about, as their number is said."""
HEADLINE = "implemented"
CHANGE, CHANGE_SENTENCE = "V01", "Meer gemeenten dan in 2021 hebben een aanpak in gebruik"


def standing(arithmetic: str, data: str, feasible: str, *, is_coded: bool) -> str:
    """Return whether a statement stands, by its verdicts in the audit (D45).

    Parameters
    ----------
    arithmetic, data, feasible
        ``arithmetic_verdict``, ``data_verdict`` and ``feasible`` of ``audit_claims.csv``.
    is_coded
        Whether the statement is about open answers, so that coders decide.

    Returns
    -------
    str
        ``falls`` when arithmetic or the answers contradict it; ``depends`` when it holds under one rounding only,
        the answers do not give it but their interval reaches it, or it rests on coded answers; ``stands`` when
        the answers confirm it; else ``open``.

    Examples
    --------
    >>> standing("consistent", "confirmed", "both", is_coded=False)
    'stands'
    >>> standing("consistent", "confirmed", "largest_remainder", is_coded=False)
    'depends'
    """
    if "contradicted" in (arithmetic, data):
        return "falls"
    if data == "within_interval" or (data == "confirmed" and (is_coded or feasible in ONE_ROUNDING)):
        return "depends"
    return "stands" if data == "confirmed" else "open"


def statement_standings(
    audit: pd.DataFrame, published: Published, chapter: str, sentences: Mapping[str, str]
) -> pd.DataFrame:
    """Return the statements of the chapter that concludes, each with whether it stands.

    Parameters
    ----------
    audit
        The table ``audit_claims.csv``.
    published
        The report.
    chapter
        Number of the chapter.
    sentences
        What a statement says, in Dutch, by its identifier; without a sentence its subject and words are named.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`, in the order of the report; ``standing`` is a key of :data:`STANDINGS`.
    """
    by_name = audit.set_index("claim_id")
    rows = []
    for name, claim in published.claims.items():
        if str(claim.chapter) != chapter or name not in by_name.index:
            continue
        row = by_name.loc[name]
        is_coded = claim.evidence == "open"
        decided = standing(row["arithmetic_verdict"], row["data_verdict"], row["feasible"], is_coded=is_coded)
        reason = row["explanation"]
        if is_coded and decided == "depends":
            reason = f"{reason} Dat hangt af van hoe de open antwoorden zijn ingedeeld."
        said = sentences.get(name, f"{capitalise(subject(claim, published))}: ‘{row['published']}’")
        rows.append((name, f"§ {claim.section}", said, decided, reason))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def change_standing(comparison: pd.DataFrame, percent: int | None = None) -> pd.DataFrame:
    """Return whether the conclusion stands that more municipalities use an approach than in the earlier wave.

    Parameters
    ----------
    comparison
        The table ``comparison_2021.csv``.
    percent
        The whole percentage of the later wave that the other pages print.
    """
    main = comparison[comparison["test"] == MAIN_TEST].set_index("item").loc[HEADLINE]
    verdict, rose = str(main["verdict"]), main["difference_low"] > 0
    decided = {"changed": "stands" if rose else "falls"}.get(verdict, "depends")
    ending = {
        "changed": "Toeval alleen verklaart dat niet; wie in elk jaar meedeed, kan het wel verklaren.",
        "not_shown": "Dat kan toeval zijn.",
        "depends": "Of dat toeval kan zijn, hangt af van de aantallen van 2021.",
    }[verdict]
    went = change_phrase({**main, "percent_2025": percent})
    reason = f"Het aandeel ging {went} ({_p(main['p_adjusted_high'])} na Holm). {ending}"
    return pd.DataFrame([(CHANGE, "§ 13.1", CHANGE_SENTENCE, decided, reason)], columns=list(COLUMNS))


def response_standings(tests: pd.DataFrame, published: Published, sentences: Mapping[str, str]) -> pd.DataFrame:
    """Return whether the judgements of the report about its response stand (D33), with both units (D34).

    Parameters
    ----------
    tests
        The table ``response_tests.csv``: ``variable``, ``unit``, ``pearson``, ``exact``, ``verdict``.
    published, sentences
        As for :func:`statement_standings`.
    """
    by_reaction, by_municipality = (
        tests[tests["unit"] == unit].set_index("variable") for unit in ("reactions", "municipalities")
    )
    rows = []
    for name, (variable, label) in JUDGEMENTS.items():
        claim = published.claims.get(name)
        if claim is None or variable not in by_reaction.index:
            continue
        row = by_reaction.loc[variable]
        verdict = str(row["verdict"])
        reason = f"{RESPONSE_WORDS[verdict]} ({EXACT}: {_p(row['exact'])})."
        if variable in by_municipality.index:
            other = by_municipality.loc[variable]
            found = f"{OTHER_UNIT[str(other['verdict'])]} (dezelfde toets: {_p(other['exact'])})"
            reason = f"Op reacties geteld: {reason[0].lower()}{reason[1:]} Op vertegenwoordigde gemeenten {found}."
        said = sentences.get(name, f"Respons naar {label}: ‘{claim.quantifier}’")
        rows.append((name, f"§ {claim.section}", said, RESPONSE[verdict], reason))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def all_standings(
    audit: pd.DataFrame,
    published: Published,
    chapter: str,
    *,
    tests: pd.DataFrame,
    comparison: pd.DataFrame,
    sentences: Mapping[str, str],
    percent: int | None = None,
) -> pd.DataFrame:
    """Return all conclusions: the statements of the chapter that concludes, the change, and the response.

    Parameters
    ----------
    audit, published, chapter, sentences
        As for :func:`statement_standings`.
    tests
        As for :func:`response_standings`.
    comparison, percent
        As for :func:`change_standing`.
    """
    parts = [
        statement_standings(audit, published, chapter, sentences),
        change_standing(comparison, percent),
        response_standings(tests, published, sentences),
    ]
    return pd.concat(parts, ignore_index=True)


def check_standings(rows: pd.DataFrame, audit: pd.DataFrame, published: Published, chapter: str) -> str:
    """Check that every conclusion has one standing, and say in Dutch what was established.

    Parameters
    ----------
    rows
        From :func:`all_standings`.
    audit, published, chapter
        As for :func:`statement_standings`.

    Raises
    ------
    ValueError
        When an audited statement of the chapter is missing, one stands twice, or one that is contradicted stands.
    """
    own = {name for name, claim in published.claims.items() if str(claim.chapter) == chapter}
    audited = audit[audit["claim_id"].isin(list(own))]
    if set(audited["claim_id"]) - set(rows["statement"]) or rows["statement"].duplicated().any():
        raise ValueError("a conclusion of the report has no standing, or two")
    wrong = audited[(audited[["arithmetic_verdict", "data_verdict"]] == "contradicted").any(axis="columns")]
    if not set(wrong["claim_id"]) <= set(rows.loc[rows["standing"] == "falls", "statement"]):
        raise ValueError("a conclusion that is contradicted would stand")
    return f"{len(rows)} uitspraken, elk met één oordeel; elke uitspraak van hoofdstuk {chapter} staat erbij."


def standing_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many conclusions have each standing.

    Parameters
    ----------
    rows
        With a column ``standing``.
    """
    counted = rows["standing"].value_counts()
    return {name: int(counted.get(name, 0)) for name in STANDINGS}


def source_counts(rows: pd.DataFrame) -> dict[str, int]:
    """Return how many statements each part of :data:`SOURCES` has.

    Parameters
    ----------
    rows
        With a column ``statement``.
    """
    change, response = rows["statement"] == CHANGE, rows["statement"].isin(list(JUDGEMENTS))
    return {
        "conclusion": int((~change & ~response).sum()),
        "response": int(response.sum()),
        "change": int(change.sum()),
    }


def standing_sentence(counts: Mapping[str, int], sources: Mapping[str, int]) -> str:
    """Say how many published statements stand, depend on something, do not stand, and cannot be tested.

    Parameters
    ----------
    counts
        From :func:`standing_counts`.
    sources
        From :func:`source_counts`.

    Examples
    --------
    >>> counts = {"stands": 1, "depends": 0, "falls": 0, "open": 1}
    >>> standing_sentence(counts, {"conclusion": 1, "response": 0, "change": 1})[:80]
    'Van de 2 uitspraken van het rapport (1 uit de conclusie en 1 over de verandering'
    """
    few = {name: number < 2 for name, number in counts.items()}
    number = {name: count or "geen" for name, count in counts.items()}
    parts = [
        f"{'houdt' if few['stands'] else 'houden'} er {number['stands']} stand",
        f"{'hangt' if few['depends'] else 'hangen'} er {number['depends']} af van toeval, afronding of codering",
        # In Dutch a negation does not follow ‘geen’.
        f"{'klopt' if few['falls'] else 'kloppen'} er {counts['falls']} niet"
        if counts["falls"]
        else "is er geen fout",
        f"{'is' if few['open'] else 'zijn'} er {counts['open']} met deze gegevens niet te toetsen"
        if counts["open"]
        else "is er geen die met deze gegevens niet te toetsen is",
    ]
    named = enumerate_dutch(f"{sources[name]} {about}" for name, about in SOURCES.items() if sources[name])
    return f"Van de {sum(counts.values())} uitspraken van het rapport ({named}) {enumerate_dutch(parts)}."


def _p(value: float) -> str:
    return f"p = {write_p_value(value)}".replace("= <", "<")
