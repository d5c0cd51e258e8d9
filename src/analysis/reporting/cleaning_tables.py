"""The tables of 01_cleaning, in the words of a reader: what was found in an export and what was done about it.

They count. None shows what somebody typed, which municipality answered, or a row of answers.
"""

import pandas as pd

from analysis.reporting.chapter import GROUPS
from analysis.survey.cleaning import CleaningResult
from analysis.survey.findings import RULES, summarise
from analysis.survey.instrument import Instrument
from analysis.survey.intake import Export
from analysis.survey.masking import LABELS

LEFT = {
    "empty": "reacties met antwoorden",
    "test": "reacties van respondenten",
    "break_off": "reacties tot voorbij de helft",
    "partial": "volledige reacties",
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
    """Return how the file was read: columns ``kenmerk`` and ``waarde``."""
    return pd.DataFrame({"kenmerk": list(export.read_as), "waarde": list(export.read_as.values())})


def findings_table(findings: pd.DataFrame, rules: list[str] | None = None) -> pd.DataFrame:
    """Count findings per rule: ``bevinding``, ``wat er is gedaan`` and ``aantal``.

    Parameters
    ----------
    findings
        Findings of an intake or a cleaning.
    rules
        The rules to count; all when left out.
    """
    kept = findings if rules is None else findings[findings["rule"].isin(rules)]
    return summarise(kept).drop(columns="rule")


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
    """Count duplicates by the reason why another reaction was kept: ``reden`` and ``aantal``."""
    counts = result.duplicates["reason"].value_counts()
    kept = [reason for reason in DUPLICATES if reason in counts.index]
    return pd.DataFrame({"reden": [DUPLICATES[r] for r in kept], "aantal": [int(counts[r]) for r in kept]})


def doubtful_table(result: CleaningResult) -> pd.DataFrame:
    """List the names that a person has to settle: ``rij``, ``waarom``, ``gelijkenis``, and never the name."""
    table = result.doubtful
    return pd.DataFrame(
        {"rij": table.index.astype("str"), "waarom": table["reason"].map(DOUBTS), "gelijkenis": table["score"]}
    ).reset_index(drop=True)


def size_table(result: CleaningResult) -> pd.DataFrame:
    """Count where answer and register differ: ``antwoord``, ``register``, ``bruikbaar`` and ``alle reacties``."""
    table = result.size_differences.join(result.reactions["disposition"])
    table["is_usable"] = table["disposition"] == "complete"
    groups = table.groupby(["answered", "register"], observed=True)["is_usable"].agg(["sum", "size"]).reset_index()
    register = groups["register"].str.split("|").map(lambda classes: " of ".join(GROUPS[size] for size in classes))
    return pd.DataFrame(
        {
            "antwoord": groups["answered"].map(GROUPS),
            "register": register,
            "bruikbaar": groups["sum"].astype("int64"),
            "alle reacties": groups["size"],
        }
    )


def violations_table(result: CleaningResult, instrument: Instrument) -> pd.DataFrame:
    """Count answers to questions that were not asked: ``vraag``, ``onderwerp`` and ``aantal``."""
    owner = {
        column: question
        for question in instrument.questions
        for column in (*question.columns, question.text_column)
        if column is not None
    }
    names = result.routing_violations["column"].map(lambda column: owner[column].name)
    counts = names.value_counts().reindex([q.name for q in instrument.questions], fill_value=0)
    counts = counts[counts > 0]
    subjects = [instrument.question(name).nl for name in counts.index]
    return pd.DataFrame({"vraag": counts.index, "onderwerp": subjects, "aantal": counts.to_numpy()})


def bases_table(result: CleaningResult, instrument: Instrument) -> pd.DataFrame:
    """Return of each closed question who was asked, how many that were, and how many answered."""
    closed = [question.name for question in instrument.closed_questions]
    table = result.bases[result.bases["question"].isin(closed)]
    return pd.DataFrame(
        {
            "vraag": table["question"],
            "onderwerp": [instrument.question(name).nl for name in table["question"]],
            "gevraagd aan": [instrument.base(name).nl for name in table["base"]],
            "gesteld": table["n_asked"],
            "beantwoord": table["n_answered"],
            "niet ingevuld": table["n_not_answered"],
        }
    ).reset_index(drop=True)


def corrections_table(result: CleaningResult) -> pd.DataFrame:
    """List the corrections that were applied: ``regel``, ``kolom``, ``reacties``, ``reden`` and ``bron``."""
    names = {"line": "regel", "column": "kolom", "n": "reacties", "reason": "reden", "source": "bron"}
    table = result.corrections.rename(columns=names)
    return table.assign(regel=table["regel"].astype("str"))


def score_table(score: pd.DataFrame) -> pd.DataFrame:
    """Return the score against planted defects: ``defect, geplant, gevonden, juist, precisie, volledigheid``.

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
    names = ["defect", "geplant", "gevonden", "juist", "precisie", "volledigheid"]
    return table.set_axis(names, axis="columns").sort_values("defect", ignore_index=True)


def masking_table(score: pd.DataFrame) -> pd.DataFrame:
    """Return how well personal data are masked: ``wat``, ``verstopt``, ``gevonden``, ``volledigheid`` and more.

    Parameters
    ----------
    score
        From :func:`analysis.survey.masking_score.score_masking`.
    """
    return pd.DataFrame(
        {
            "wat": score["case"].map(MASKING_CASES),
            "verstopt": score["planted"],
            "gevonden": score["found"],
            "volledigheid": score["recall"],
            "afgeschermd": score["masked"],
            "terecht": score["right"],
            "precisie": score["precision"],
        }
    )
