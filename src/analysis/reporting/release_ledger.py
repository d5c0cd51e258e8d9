"""A table that may be published, and the ledger of what was held back from it and why."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.reporting.disclosure import Rules

LEDGER_COLUMNS = ("table", "question", "options", "rule", "n_hidden", "reason")
EVERY_QUESTION = "alle"


@dataclass(frozen=True)
class Release:
    """A table that may be published, and what was held back from it.

    Parameters
    ----------
    table
        The table.
    ledger
        Columns :data:`LEDGER_COLUMNS`: a row per question and rule, with the number of cells held back.
    """

    table: pd.DataFrame
    ledger: pd.DataFrame


def reasons(rules: Rules) -> dict[str, str]:
    """Return in Dutch, per rule, why a number is held back.

    Parameters
    ----------
    rules
        The thresholds, which the reasons name.
    """
    base, cell = rules.smallest_base, rules.smallest_cell
    return {
        "size_class_itself": "De vraag gaat over de grootteklasse zelf.",
        "small_group": f"Een grootteklasse telt minder dan {base} gemeenten.",
        "small_cell": f"In een grootteklasse gaven minder dan {cell} gemeenten dit antwoord of juist niet, of met "
        "dit getal is zo'n klein getal uit te rekenen.",
        "asked_base": "Hoeveel gemeenten van een grootteklasse de vraag kregen, verraadt wie geen plannen heeft.",
        "size_class_weights": "Uit een cijfer dat alleen naar grootte is gewogen, is uit te rekenen hoeveel "
        "gemeenten van elke grootteklasse het antwoord gaven.",
        "few_to_weight": f"Minder dan {base} gemeenten gaven dit antwoord, of gaven het niet: het gewogen cijfer "
        "zou verraden hoe groot zij zijn.",
        "test_of_hidden": "Uit de p-waarde van een toets is soms uit te rekenen hoeveel gemeenten van elke "
        "grootteklasse het antwoord gaven; alleen de uitkomst staat er.",
        "rare_combination": f"Minder dan {cell} gemeenten gaven deze combinatie van antwoorden.",
        "derivable_combination": "Uit deze combinatie en een landelijk totaal is uit te rekenen dat minder dan "
        f"{cell} gemeenten iets anders kozen.",
        "derivable_crossing": "Uit dit getal en een combinatie die er staat, is uit te rekenen dat minder dan "
        f"{cell} gemeenten iets anders kozen.",
        "number_of_answers": "Hoeveel gemeenten precies één, twee of meer antwoorden gaven, is soms een klein "
        "getal; het gemiddelde en het midden staan er wel.",
        "small_crossing": f"Minder dan {cell} gemeenten gaven beide antwoorden, een van beide, of geen van beide.",
    }


Note = tuple[str, str, str, int]
"""Question, options, rule, and the number of cells that were held back."""


def note(hidden: pd.DataFrame, rule: str) -> list[Note]:
    """Return a note for each question of which a rule held cells back.

    Parameters
    ----------
    hidden
        The rows that were held back, with ``question`` and ``option``.
    rule
        Name of the rule, one of :func:`reasons`.
    """
    return [
        (str(question), " ".join(option for option in dict.fromkeys(rows["option"]) if option), rule, len(rows))
        for question, rows in hidden.groupby("question", sort=False, observed=True)
    ]


def note_whole(hidden: pd.DataFrame, rule: str) -> list[Note]:
    """Return one note for a rule that holds for every question alike.

    Parameters
    ----------
    hidden, rule
        As for :func:`note`.
    """
    return [(EVERY_QUESTION, "", rule, len(hidden))] if len(hidden) else []


def make_ledger(table: str, notes: Iterable[list[Note]], rules: Rules) -> pd.DataFrame:
    """Return the rows of the ledger for a table.

    Parameters
    ----------
    table
        Name of the table.
    notes
        From :func:`note` and :func:`note_whole`.
    rules
        The thresholds.
    """
    texts = reasons(rules)
    rows = [(table, *row, texts[row[2]]) for noted in notes for row in noted]
    return pd.DataFrame(rows, columns=list(LEDGER_COLUMNS))
