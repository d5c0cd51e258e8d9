"""Plant the defects of a real export in reactions, and keep a list of them."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.routing import asked
from analysis.survey.synthetic.municipalities import SIZE_LIMITS

PERSONS = (
    "mevrouw Van Verzonnen",
    "Anneke Voorbeeldsma",
    "de heer Fictief",
    "Joris Proefstra",
    "Samira El Bedacht",
)
EMOJI = ("🙂", "🙏", "👍")
HTML = ("p", "b", "i")
FORMULAS = ('=HYPERLINK("https://www.example.org";"klik hier")', "=1+1", "+SOM(A1:A9)")
UNKNOWN_CODES = ("z", "9", "ja")
TEXT_DEFECTS = ("line_break", "emoji", "html", "email", "telephone", "person_name", "municipality_in_text")


@dataclass
class Planting:
    """Plants defects and notes them.

    Attributes
    ----------
    numbers
        How many of each defect are wanted.
    random
        Source of the choice.
    rows
        What was planted where: row, column, defect, planted, truth. For a code or a name ``planted`` is what was
        written and ``truth`` what would have been right; for a text ``planted`` is the piece that was added and
        ``truth`` the text without it.
    """

    numbers: dict[str, int]
    random: np.random.Generator
    rows: list[dict[str, object]] = field(default_factory=list)

    def note(self, row: int, column: str, defect: str, planted: str = "", truth: str = "") -> None:
        """Note one defect.

        Parameters
        ----------
        row
            The reaction.
        column
            Where it stands.
        defect
            Its name.
        planted, truth
            As in :attr:`rows`.
        """
        self.rows.append({"row": row, "column": column, "defect": defect, "planted": planted, "truth": truth})

    def shares(self, defect: str, places: int) -> list[int]:
        """Return how many of a defect fall to each of some places, as even as can be and more at the first.

        Parameters
        ----------
        defect
            Its name.
        places
            How many places there are.
        """
        whole, rest = divmod(self.numbers[defect], places)
        return [whole + (place < rest) for place in range(places)]

    def pick(self, candidates: np.ndarray, number: int) -> list[int]:
        """Return some of the candidates, in a random order and no more than there are.

        Parameters
        ----------
        candidates
            Reactions.
        number
            How many.
        """
        return candidates[np.argsort(self.random.random(len(candidates)), kind="stable")[:number]].tolist()


def plant_answers_not_asked(
    table: pd.DataFrame, instrument: Instrument, usable: np.ndarray, planting: Planting
) -> pd.DataFrame:
    """Let respondents answer single questions that the routing keeps from them.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    instrument
        The questionnaire.
    usable
        Usable reactions.
    planting
        How many, and where they are noted.
    """
    result, is_asked = table.copy(), asked(instrument, table)
    routed = [item for item in instrument.closed_questions if item.type == "single" and item.base != "all"]
    for question, number in zip(routed, planting.shares("not_asked_answered", len(routed)), strict=True):
        for row in planting.pick(usable[~is_asked[question.name].to_numpy()[usable]], number):
            code = question.codes[int(planting.random.integers(0, len(question.codes)))]
            result.at[row, question.name] = code
            planting.note(row, question.name, "not_asked_answered", code)
    return result


def plant_unknown_codes(
    table: pd.DataFrame, instrument: Instrument, usable: np.ndarray, broken_off: np.ndarray, planting: Planting
) -> pd.DataFrame:
    """Write codes outside the list.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    instrument
        The questionnaire.
    usable, broken_off
        Reactions. Usable ones get a wrong code in the last closed question only, of which the report counts
        nothing; break-offs in the question about size.
    planting
        How many, and where they are noted.
    """
    result = table.copy()
    last = [question for question in instrument.closed_questions if question.type == "single"][-1]
    places = ((last, usable), (instrument.question("q03"), broken_off))
    for (question, rows), number in zip(places, planting.shares("unknown_code", len(places)), strict=True):
        answered = rows[np.isin(result[question.name].to_numpy()[rows], question.codes)]
        for place, row in enumerate(planting.pick(answered, number)):
            code = UNKNOWN_CODES[place % len(UNKNOWN_CODES)]
            planting.note(row, question.name, "unknown_code", code, result.at[row, question.name])
            result.at[row, question.name] = code
    return result


def plant_exclusive_conflicts(
    table: pd.DataFrame, instrument: Instrument, usable: np.ndarray, planting: Planting
) -> pd.DataFrame:
    """Tick exclusive options together with others.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    instrument
        The questionnaire.
    usable
        Usable reactions.
    planting
        How many, and where they are noted.
    """
    result = table.copy()
    columns = [
        f"{question.name}_{code}" for question in instrument.closed_questions for code in question.exclusive_codes
    ]
    if not columns:
        return result
    for column, number in zip(columns, planting.shares("exclusive_conflict", len(columns)), strict=True):
        for row in planting.pick(usable[result[column].to_numpy()[usable] == "0"], number):
            result.at[row, column] = "1"
            planting.note(row, column, "exclusive_conflict", "1", "0")
    return result


def swap_size_classes(
    table: pd.DataFrame, candidates: np.ndarray, population: np.ndarray, planting: Planting
) -> pd.DataFrame:
    """Let respondents near the limit of the two smaller classes answer each other's class.

    Parameters
    ----------
    table
        One row per reaction; not changed.
    candidates
        Usable respondents who answer for one known municipality.
    population
        Inhabitants of those municipalities.
    planting
        How many answers differ (two at a time, so that the classes keep their numbers), and where they are noted.
    """
    result, answered = table.copy(), table["q03"].to_numpy()[candidates]
    [(above, limit), (below, _)] = SIZE_LIMITS[1:]
    for code, other in ((above, below), (below, above)):
        places = np.flatnonzero(answered == code)
        order = np.argsort(np.abs(population[places] - limit), kind="stable")
        for row in candidates[places[order]][: planting.numbers["size_class_differs"] // 2].tolist():
            planting.note(row, "q03", "size_class_differs", other, code)
            result.at[row, "q03"] = other
    return result


def plant_in_texts(table: pd.DataFrame, texts: pd.DataFrame, names: list[str], planting: Planting) -> pd.DataFrame:
    """Plant line breaks, emoji, HTML and personal data in open answers, each answer at most one.

    Parameters
    ----------
    table
        One row per reaction; not changed.
    texts
        Columns row and column: the open answers that may be changed.
    names
        Names of municipalities to mention.
    planting
        How many, and where they are noted.
    """
    result = table.copy()
    wanted = [(defect, number) for defect in TEXT_DEFECTS for number in range(planting.numbers[defect])]
    order = np.argsort(planting.random.random(len(texts)), kind="stable")[: len(wanted)]
    for (defect, number), place in zip(wanted, order.tolist(), strict=False):
        row, column = int(texts["row"].iloc[place]), texts["column"].iloc[place]
        text = result.at[row, column]
        piece, written = _change(defect, text, number, names, planting.random)
        result.at[row, column] = written
        planting.note(row, column, defect, piece, text)
    return result


def plant_formulas(table: pd.DataFrame, rows: np.ndarray, column: str, planting: Planting) -> pd.DataFrame:
    """Write formulas that a spreadsheet would run, where nothing else was written.

    Parameters
    ----------
    table
        One row per reaction; not changed.
    rows
        Usable reactions that are asked the question.
    column
        Column of an open question.
    planting
        How many, and where they are noted.
    """
    result = table.copy()
    blank = rows[result[column].to_numpy()[rows] == ""]
    for number, row in enumerate(planting.pick(blank, planting.numbers["formula"])):
        result.at[row, column] = FORMULAS[number % len(FORMULAS)]
        planting.note(row, column, "formula", FORMULAS[number % len(FORMULAS)])
    return result


def _change(defect: str, text: str, number: int, names: list[str], random: np.random.Generator) -> tuple[str, str]:
    """Return the planted piece and the text with it."""
    if defect == "line_break":
        middle = text.find(" ", len(text) // 2)
        return "\n", text[:middle] + "\n" + text[middle + 1 :] if middle > 0 else text + "\n"
    if defect == "html":
        tag = HTML[number % len(HTML)]
        return f"<{tag}>", f"<{tag}>{text}</{tag}>"
    piece, form = {
        "emoji": (EMOJI[number % len(EMOJI)], "{text} {piece}"),
        "email": (f"contact{int(random.integers(100, 1000))}@example.org", "{text} Mail gerust naar {piece}"),
        "telephone": (f"06-0000{int(random.integers(1000, 10000))}", "{text} Bellen kan: {piece}"),
        "person_name": (PERSONS[number % len(PERSONS)], "{text} Vraag het anders aan {piece}."),
        "municipality_in_text": (
            names[int(random.integers(0, len(names)))],
            "{text} Het gaat net als in {piece}.",
        ),
    }[defect]
    if defect != "emoji" and text and text[-1].isalnum():
        text += "."
    return piece, form.format(text=text, piece=piece)
