"""Plant the defects of a real export in usable reactions, and keep a list of them."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.survey.instrument import Instrument
from analysis.survey.routing import asked
from analysis.survey.synthetic.register import SIZE_LIMITS, Register

PERSONS = (
    "mevrouw Van Verzonnen",
    "Anneke Voorbeeldsma",
    "de heer Fictief",
    "Joris Proefstra",
    "Samira El Bedacht",
)
EMOJI = ("🙂", "🙏", "👍")
HTML = ("<p>{}</p>", "{}<br>", "<b>{}</b>")
FORMULAS = ('=HYPERLINK("https://www.example.org";"klik hier")', "=1+1", "+SOM(A1:A9)")
UNKNOWN_CODES = ("z", "9", "ja")
TEXT_DEFECTS = (
    "line_break",
    "emoji",
    "html",
    "formula",
    "email",
    "telephone",
    "person_name",
    "municipality_in_text",
)


@dataclass
class DefectLog:
    """What was planted where: for a code or name the written and the right value, for a text the planted piece."""

    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, row: int, column: str, defect: str, planted: str = "", truth: str = "") -> None:
        """Note one defect.

        Parameters
        ----------
        row
            The reaction.
        column
            Where it stands.
        defect
            Its name.
        planted
            What was written, or the piece that was added to a text.
        truth
            What would have been right.
        """
        self.rows.append({"row": row, "column": column, "defect": defect, "planted": planted, "truth": truth})


def plant_codes(
    table: pd.DataFrame,
    instrument: Instrument,
    rows: dict[str, np.ndarray],
    numbers: dict[str, int],
    log: DefectLog,
    random: np.random.Generator,
) -> pd.DataFrame:
    """Plant routing violations, codes outside the list and exclusive options in conflict.

    Parameters
    ----------
    table
        One row per reaction, the columns of the instrument; not changed.
    instrument
        The questionnaire.
    rows
        Reactions by kind.
    numbers
        How many of each defect.
    log
        Where they are noted.
    random
        Source of the choice.

    Notes
    -----
    Codes outside the list stand in the last closed question of usable reactions, and in break-offs; nothing that the
    report counts is lost by them.
    """
    result = table.copy()
    usable = rows["usable"]
    is_asked = asked(instrument, result)
    for question in instrument.closed_questions:
        if question.type == "single" and instrument.base(question.base).when:
            is_asked[question.name] |= False
    routed = [
        question
        for question in instrument.closed_questions
        if question.type == "single" and question.base != "all"
    ]
    for number in range(numbers["not_asked_answered"]):
        question = routed[number % len(routed)]
        row = _pick(usable[~is_asked.loc[usable, question.name].to_numpy()], random)
        code = question.codes[int(random.integers(0, len(question.codes)))]
        if not result.at[row, question.name]:
            result.at[row, question.name] = code
            log.add(row, question.name, "not_asked_answered", code, "")
    last = [question for question in instrument.closed_questions if question.type == "single"][-1].name
    for number in range(numbers["unknown_code"]):
        column, candidates = (last, usable) if number % 2 == 0 else ("q03", rows["break_off"])
        candidates = candidates[result.loc[candidates, column].isin(instrument.question(column).codes).to_numpy()]
        row = _pick(candidates, random)
        code = UNKNOWN_CODES[number % len(UNKNOWN_CODES)]
        log.add(row, column, "unknown_code", code, result.at[row, column])
        result.at[row, column] = code
    exclusive = [(q, code) for q in instrument.closed_questions for code in q.exclusive_codes]
    for number in range(numbers["exclusive_conflict"] if exclusive else 0):
        question, code = exclusive[-1 - number % len(exclusive)]
        column = f"{question.name}_{code}"
        row = _pick(usable[(result.loc[usable, column] == "0").to_numpy()], random)
        result.at[row, column] = "1"
        log.add(row, column, "exclusive_conflict", "1", "0")
    return result


def swap_size_classes(
    table: pd.DataFrame,
    municipality: np.ndarray,
    register: Register,
    candidates: np.ndarray,
    number: int,
    log: DefectLog,
) -> pd.DataFrame:
    """Let respondents near a limit of two size classes answer each other's class.

    Parameters
    ----------
    table
        One row per reaction; not changed.
    municipality
        Place in the register of each reaction.
    register
        All municipalities, one copy.
    candidates
        Usable respondents who answer for one known municipality.
    number
        How many answers differ; an even number.
    log
        Where they are noted.
    """
    result = table.copy()
    population = np.array([item.population for item in register.municipalities])[
        municipality[candidates] % len(register)
    ]
    [(above, limit), (below, _)] = SIZE_LIMITS[1:]
    answered = result.loc[candidates, "q03"].to_numpy()
    for pair in range(number // 2):
        for code, other in ((above, below), (below, above)):
            places = np.flatnonzero(answered == code)
            nearest = places[np.argsort(np.abs(population[places] - limit), kind="stable")][pair]
            row = int(candidates[nearest])
            log.add(row, "q03", "size_class_differs", other, code)
            result.at[row, "q03"] = other
    return result


def plant_in_texts(
    texts: pd.DataFrame, names: list[str], numbers: dict[str, int], log: DefectLog, random: np.random.Generator
) -> pd.DataFrame:
    """Plant line breaks, emoji, HTML, formulas and personal data in open answers.

    Parameters
    ----------
    texts
        Columns row, column, text: open answers of usable reactions; each gets at most one defect.
    names
        Names of municipalities to mention.
    numbers
        How many of each defect.
    log
        Where they are noted.
    random
        Source of the choice.
    """
    result = texts.copy()
    free = np.argsort(random.random(len(result)), kind="stable").tolist()
    for defect in TEXT_DEFECTS:
        for number in range(numbers[defect]):
            if not free:
                return result
            place = free.pop()
            row, column, text = (result.at[place, name] for name in ("row", "column", "text"))
            planted, written = _change(defect, text, number, names, random)
            result.at[place, "text"] = written
            log.add(int(row), column, defect, planted, text)
    return result


def _change(defect: str, text: str, number: int, names: list[str], random: np.random.Generator) -> tuple[str, str]:
    """Return the planted piece and the text with it."""
    middle = text.find(" ", len(text) // 2)
    match defect:
        case "line_break":
            return "\n", text[:middle] + "\n" + text[middle + 1 :] if middle > 0 else text + "\n"
        case "emoji":
            piece = EMOJI[number % len(EMOJI)]
            return piece, f"{text} {piece}"
        case "html":
            written = HTML[number % len(HTML)].format(text)
            return HTML[number % len(HTML)].format(""), written
        case "formula":
            piece = FORMULAS[number % len(FORMULAS)]
            return piece, piece
        case "email":
            piece = f"contact{int(random.integers(100, 1000))}@example.org"
            return piece, f"{text} Mail gerust naar {piece}"
        case "telephone":
            piece = f"06-0000{int(random.integers(1000, 10000))}"
            return piece, f"{text} Bellen kan: {piece}"
        case "person_name":
            piece = PERSONS[number % len(PERSONS)]
            return piece, f"{text} Vraag het anders aan {piece}."
        case _:
            piece = names[int(random.integers(0, len(names)))]
            return piece, f"{text} Zo doet {piece} het ook."


def _pick(candidates: np.ndarray, random: np.random.Generator) -> int:
    return int(candidates[int(random.integers(0, len(candidates)))])
