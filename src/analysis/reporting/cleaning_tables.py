"""The tables of 01_cleaning, in the words of a reader: what was found in an export and what was done about it.

They count. None shows what somebody typed, which municipality answered, or a row of answers.
"""

import pandas as pd

from analysis.reporting.chapter import GROUPS
from analysis.reporting.codebook_tables import question_number
from analysis.reporting.wording import capitalise
from analysis.survey.cleaning import CleaningResult
from analysis.survey.findings import RULES, summarise
from analysis.survey.instrument import Instrument, Question
from analysis.survey.intake import Export
from analysis.survey.masking import LABELS
from analysis.survey.size_class import SizeRule

LEFT = {
    "empty": "reacties met antwoorden",
    "test": "reacties van respondenten",
    "break_off": "volledige, gedeeltelijke en dubbele reacties",
    "partial": "volledige en dubbele reacties",
    "duplicate": "bruikbare reacties",
    "unknown_province": "bruikbare reacties met een bekende provincie",
}
DOUBTS = {
    "ambiguous": "Meer gemeenten met deze naam",
    "regional": "Naam van een regio of samenwerkingsverband",
    "below_threshold": "Lijkt te weinig op een naam uit het register",
    "close_call": "Lijkt op meer dan één gemeente",
}
DUPLICATES = {
    "less_complete": "Minder volledig dan de reactie die telt",
    "earlier": "Even volledig, maar eerder ingevuld",
    "later": "Even volledig, maar later ingevuld",
}
NAME_RULES = [rule for rule in RULES if rule.startswith("name") or rule in ("several_names", "partnership_name")]
MASKING_CASES = {
    "name_dutch": "Voornaam en achternaam, Nederlands",
    "name_elsewhere": "Voornaam en achternaam, van elders",
    "name_in_capitals": "Naam in hoofdletters",
    "name_with_initials": "Naam met voorletter",
    "name_titled": "Achternaam met aanspreekvorm of beroep",
    "first_name_alone": "Alleen een voornaam",
    "name_in_small_letters": "Naam in kleine letters",
    "address": "Straat en huisnummer, postcode",
    "telephone": "Telefoonnummer",
    "email": "E-mailadres",
    "bsn": "Burgerservicenummer",
    "iban": "Bankrekening",
    "account": "Account (@naam)",
    "web_of_person": "Internetadres van een persoon",
    "nothing": "Zinnen zonder persoonsgegevens",
    "all": "Alles samen",
}
TEXT_RULES = ["line_break", "emoji", "html", "formula", *LABELS]


def reading_table(export: Export) -> pd.DataFrame:
    """Return how the file was read: columns ``Kenmerk`` and ``Waarde``."""
    return pd.DataFrame({"Kenmerk": list(export.read_as), "Waarde": list(export.read_as.values())})


def findings_table(
    findings: pd.DataFrame, rules: list[str] | None = None, *, size_class: SizeRule = "answered"
) -> pd.DataFrame:
    """Count findings per rule: ``Bevinding``, ``Wat er is gedaan`` and ``Aantal``.

    Parameters
    ----------
    findings
        Findings of an intake or a cleaning.
    rules
        The rules to count; all when left out.
    size_class
        What gave the size class of a reaction, and so was followed where answer and register differ.
    """
    kept = findings if rules is None else findings[findings["rule"].isin(rules)]
    table = summarise(kept)
    if size_class == "register":
        table.loc[table["rule"] == "size_class_differs", "wat er is gedaan"] = "Register gevolgd"
    return table.drop(columns="rule").rename(columns=capitalise)


def flow_rows(flow: pd.DataFrame) -> pd.DataFrame:
    """Return the flow as a diagram wants it: ``label``, ``n`` and ``reason``; steps that lose nobody are left out.

    Parameters
    ----------
    flow
        ``step, n_before, n_after, reason``.
    """
    first = pd.DataFrame({"label": ["reacties ontvangen"], "n": [flow["n_before"].iloc[0]], "reason": [None]})
    steps = flow[flow["n_before"] != flow["n_after"]]
    reasons = steps["reason"].str[:1].str.lower() + steps["reason"].str[1:]
    rows = pd.DataFrame({"label": steps["step"].map(LEFT), "n": steps["n_after"], "reason": reasons})
    return pd.concat([first, rows], ignore_index=True)


def duplicates_table(result: CleaningResult) -> pd.DataFrame:
    """Count duplicates by the reason why another reaction was kept: ``Reden`` and ``Aantal``."""
    counts = result.duplicates["reason"].value_counts()
    kept = [reason for reason in DUPLICATES if reason in counts.index]
    return pd.DataFrame({"Reden": [DUPLICATES[r] for r in kept], "Aantal": [int(counts[r]) for r in kept]})


def doubtful_table(result: CleaningResult) -> pd.DataFrame:
    """List the names that a person has to settle: ``Rij``, ``Waarom``, ``Gelijkenis``, and never the name."""
    table = result.doubtful
    return pd.DataFrame(
        {"Rij": table.index.astype("str"), "Waarom": table["reason"].map(DOUBTS), "Gelijkenis": table["score"]}
    ).reset_index(drop=True)


def size_table(result: CleaningResult) -> pd.DataFrame:
    """Count where answer and register differ: ``Antwoord``, ``Register``, ``Bruikbaar`` and ``Alle reacties``."""
    table = result.size_differences.join(result.reactions["disposition"])
    table["is_usable"] = table["disposition"] == "complete"
    groups = table.groupby(["answered", "register"], observed=True)["is_usable"].agg(["sum", "size"]).reset_index()
    register = groups["register"].str.split("|").map(lambda classes: " of ".join(GROUPS[size] for size in classes))
    return pd.DataFrame(
        {
            "Antwoord": groups["answered"].map(GROUPS),
            "Register": register,
            "Bruikbaar": groups["sum"].astype("int64"),
            "Alle reacties": groups["size"],
        }
    )


def violations_table(result: CleaningResult, instrument: Instrument) -> pd.DataFrame:
    """Count answers to questions that were not asked: ``Vraag``, ``Onderwerp`` and ``Aantal``."""
    owner = _owners(instrument)
    names = result.routing_violations["column"].map(lambda column: owner[column].name)
    counts = names.value_counts().reindex([q.name for q in instrument.questions], fill_value=0)
    counts = counts[counts > 0]
    questions = [instrument.question(name) for name in counts.index]
    return pd.DataFrame(
        {
            "Vraag": [question_number(instrument, question) for question in questions],
            "Onderwerp": [question.nl for question in questions],
            "Aantal": counts.to_numpy(),
        }
    )


def cut_off_table(result: CleaningResult, instrument: Instrument) -> pd.DataFrame:
    """List the open questions with answers cut off: ``Vraag``, ``Onderwerp``, ``Antwoorden`` and ``Tekens``."""
    owner = _owners(instrument)
    questions = [owner[column] for column in result.cut_off["column"]]
    return pd.DataFrame(
        {
            "Vraag": [question_number(instrument, question) for question in questions],
            "Onderwerp": [question.nl for question in questions],
            "Antwoorden": result.cut_off["n"].to_numpy(),
            "Tekens": result.cut_off["length"].to_numpy(),
        }
    )


def bases_table(result: CleaningResult, instrument: Instrument) -> pd.DataFrame:
    """Return of each closed question who was asked, how many that were, and how many answered."""
    closed = [question.name for question in instrument.closed_questions]
    table = result.bases[result.bases["question"].isin(closed)]
    questions = [instrument.question(name) for name in table["question"]]
    return pd.DataFrame(
        {
            "Vraag": [question_number(instrument, question) for question in questions],
            "Onderwerp": [question.nl for question in questions],
            "Gevraagd aan": [instrument.base(name).nl for name in table["base"]],
            "Gesteld": table["n_asked"],
            "Beantwoord": table["n_answered"],
            "Niet ingevuld": table["n_not_answered"],
        }
    ).reset_index(drop=True)


def corrections_table(result: CleaningResult) -> pd.DataFrame:
    """List the corrections that were applied: ``Regel``, ``Kolom``, ``Reacties``, ``Reden`` and ``Bron``."""
    names = {"line": "Regel", "column": "Kolom", "n": "Reacties", "reason": "Reden", "source": "Bron"}
    table = result.corrections.rename(columns=names)
    return table.assign(Regel=table["Regel"].astype("str"))


def score_table(score: pd.DataFrame) -> pd.DataFrame:
    """Return the score against planted defects: ``Fout, Verstopt, Gevonden, Juist, Precisie, Volledigheid``.

    Parameters
    ----------
    score
        From :func:`analysis.survey.planted_defects.score_against_planted`.
    """
    kinds = {
        "break_off": "Afgebroken reactie",
        "empty": "Lege reactie",
        "test_entry": "Proefinvoer",
        "duplicate_incomplete": "Dubbele reactie, niet volledig",
        "duplicate_complete": "Dubbele reactie, volledig",
    }
    table = score.assign(kind=[kinds.get(kind) or RULES[kind].nl for kind in score["kind"]])
    names = ["Fout", "Verstopt", "Gevonden", "Juist", "Precisie", "Volledigheid"]
    return table.set_axis(names, axis="columns").sort_values("Fout", kind="stable", ignore_index=True)


def masking_table(score: pd.DataFrame) -> pd.DataFrame:
    """Return how well personal data are masked, one row per kind.

    Parameters
    ----------
    score
        From :func:`analysis.survey.masking_score.score_masking`.
    """
    return pd.DataFrame(
        {
            "Wat": score["case"].map(MASKING_CASES),
            "Verstopt": score["planted"],
            "Gevonden": score["found"],
            "Volledigheid": score["recall"],
            "Afgeschermd": score["masked"],
            "Terecht": score["right"],
            "Precisie": score["precision"],
        }
    )


def _owners(instrument: Instrument) -> dict[str, Question]:
    """Return the question of each column."""
    return {
        column: question
        for question in instrument.questions
        for column in (*question.columns, question.text_column)
        if column is not None
    }
