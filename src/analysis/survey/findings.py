"""What was found in an export and what was done about it: one row per finding, never an answer."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

COLUMNS = ("row", "column", "rule", "action", "n")


@dataclass(frozen=True)
class Rule:
    """A rule that a cell, row or file can break.

    Parameters
    ----------
    action
        What is done: ``kept``, ``normalised``, ``set_aside``, ``masked``, ``flagged``, ``dropped`` or
        ``recognised``.
    nl, action_nl
        The same for readers: what was found, and what was done about it.
    """

    action: str
    nl: str
    action_nl: str


RULES = {
    "file_format": Rule("recognised", "Manier waarop het bestand is gelezen", "Herkend of opgegeven"),
    "unknown_column": Rule("dropped", "Kolom die niet bij de vragenlijst hoort", "Niet gelezen"),
    "blank_row": Rule("dropped", "Lege rij", "Overgeslagen"),
    "spreadsheet_value": Rule("kept", "Getal of datum in plaats van tekst", "Als tekst gelezen"),
    "replacement_character": Rule("flagged", "Teken dat bij het opslaan verloren ging", "Zo gelaten"),
    "number_notation": Rule("normalised", "Heel getal met cijfers achter de komma", "Als heel getal gelezen"),
    "code_notation": Rule("normalised", "Code met spaties of hoofdletters", "Als de code gelezen"),
    "label_recoded": Rule("normalised", "Tekst van het antwoord in plaats van de code", "Vervangen door de code"),
    "missing_recoded": Rule("normalised", "Code voor een ontbrekend antwoord", "Als leeg gelezen"),
    "unknown_code": Rule("set_aside", "Code die de vragenlijst niet kent", "Opzij gezet: telt als niet ingevuld"),
    "unreadable_date": Rule("set_aside", "Datum die niet te lezen is", "Leeg gelaten"),
    "date_order": Rule("recognised", "Volgorde van dag en maand blijkt niet uit de data", "Dag eerst gelezen"),
    "correction": Rule("corrected", "Waarde die in corrections.yaml staat", "Vervangen"),
    "name_alias": Rule("recognised", "Andere naam voor een gemeente", "Herkend"),
    "name_former": Rule(
        "recognised", "Naam van een gemeente van voor een herindeling", "Als de nieuwe gemeente gelezen"
    ),
    "name_prefix": Rule("normalised", "Woord zoals 'gemeente' bij de naam", "Weggelaten"),
    "name_case": Rule("normalised", "Naam met andere hoofdletters", "Herkend"),
    "name_notation": Rule("normalised", "Naam met andere leestekens of accenten", "Herkend"),
    "name_misspelt": Rule("recognised", "Naam met een spelfout", "Herkend boven de drempel"),
    "name_doubtful": Rule("flagged", "Naam die niet zeker te herkennen is", "Niet gebruikt: ter beoordeling"),
    "several_names": Rule("recognised", "Meer gemeenten in één reactie", "Alle gemeenten geteld"),
    "partnership_name": Rule("recognised", "Naam van een samenwerkingsverband", "Vervangen door de leden"),
    "names_overlap": Rule("flagged", "Gemeente die in meer bruikbare reacties voorkomt", "Beide bewaard"),
    "size_class_differs": Rule("flagged", "Grootte wijkt af van het register", "Antwoord gevolgd"),
    "size_class_from_register": Rule("recognised", "Grootte niet ingevuld", "Uit het register genomen"),
    "size_class_from_answer": Rule(
        "recognised", "Grootte volgt niet uit het register", "Uit het antwoord genomen"
    ),
    "not_asked_answered": Rule("set_aside", "Antwoord op een vraag die niet gesteld is", "Opzij gezet"),
    "exclusive_conflict": Rule("flagged", "'Geen knelpunten' samen met een knelpunt", "Zo gelaten"),
    "cut_off": Rule("flagged", "Open antwoord dat lijkt te zijn afgekapt", "Zo gelaten: vraag de hele tekst op"),
    "line_break": Rule("normalised", "Nieuwe regel in een open antwoord", "Vervangen door een spatie"),
    "emoji": Rule("normalised", "Emoji in een open antwoord", "Als gewoon teken gelezen"),
    "html": Rule("normalised", "HTML in een open antwoord", "Opmaak verwijderd"),
    "formula": Rule("normalised", "Tekst die een rekenblad als formule uitvoert", "Onschadelijk gemaakt"),
    "email": Rule("masked", "E-mailadres in een open antwoord", "Afgeschermd"),
    "telephone": Rule("masked", "Telefoonnummer in een open antwoord", "Afgeschermd"),
    "address": Rule("masked", "Adres, postcode of internetadres in een open antwoord", "Afgeschermd"),
    "account": Rule("masked", "Naam van een account (@naam) in een open antwoord", "Afgeschermd"),
    "identity_number": Rule(
        "masked", "Burgerservicenummer, bankrekening of geboortedatum in een open antwoord", "Afgeschermd"
    ),
    "organisation_in_text": Rule(
        "masked", "Naam van een regionale organisatie in een open antwoord", "Afgeschermd"
    ),
    "person_name": Rule("masked", "Naam van een persoon in een open antwoord", "Afgeschermd"),
    "municipality_in_text": Rule("masked", "Naam van een gemeente in een open antwoord", "Afgeschermd"),
}


def findings_at(rows: Iterable, column: str | Iterable, rule: str, n: int | Iterable = 1) -> pd.DataFrame:
    """Make findings of one rule.

    Parameters
    ----------
    rows
        Row numbers in the file, from 1 for the header; missing for the file as a whole.
    column
        The column, or one for each row; empty for the row or the file as a whole.
    rule
        One of :data:`RULES`.
    n
        Cells concerned.

    Returns
    -------
    pandas.DataFrame
        Columns ``row, column, rule, action, n``.
    """
    table = pd.DataFrame({"row": pd.array(list(rows), dtype="Int64")})
    table["column"] = pd.Series(column, dtype="str").to_numpy() if not isinstance(column, str) else column
    table["column"] = table["column"].astype("str")
    table["rule"] = pd.Series(rule, index=table.index, dtype="str")
    table["action"] = pd.Series(RULES[rule].action, index=table.index, dtype="str")
    table["n"] = n
    return table.astype({"n": "int64"})


def combine(findings: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put findings together, sorted by row, column and rule.

    Parameters
    ----------
    findings
        Tables from :func:`findings_at`; none gives a table without rows.
    """
    tables = [table for table in findings if len(table)]
    table = pd.concat(tables, ignore_index=True) if tables else findings_at([], "", "blank_row")
    return table.sort_values(["row", "column", "rule"], na_position="first", kind="stable", ignore_index=True)


def summarise(findings: pd.DataFrame) -> pd.DataFrame:
    """Count findings per rule, in the words of a reader.

    Parameters
    ----------
    findings
        Table from :func:`combine`.

    Returns
    -------
    pandas.DataFrame
        Columns ``rule``, ``bevinding``, ``wat er is gedaan``, ``aantal`` (cells), in the order of :data:`RULES`.
    """
    counts = findings.groupby("rule", observed=True)["n"].sum()
    found = [rule for rule in RULES if rule in counts.index]
    return pd.DataFrame(
        {
            "rule": found,
            "bevinding": [RULES[rule].nl for rule in found],
            "wat er is gedaan": [RULES[rule].action_nl for rule in found],
            "aantal": [int(counts[rule]) for rule in found],
        }
    )
