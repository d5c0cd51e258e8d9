"""Which answers of an earlier wave stand beside which answers of this one, and how far they can be compared."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from analysis.errors import InputError
from analysis.survey.instrument import Instrument
from analysis.yaml_file import error_at, read_yaml, validate

REST = "rest"

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Entry(BaseModel):
    """Part of the crosswalk; an unknown key is refused and nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Entry):
    """The same text in Dutch and in English."""

    nl: Text
    en: Text


class EarlierQuestion(Entry):
    """A question of the earlier wave as far as its answers were published.

    ``cells`` are the groups of answers that the ``facts`` tell apart; ``variable_2021`` is its column in an
    export.
    """

    name: Name
    nl: Text
    en: Text
    variable_2021: Name
    cells: Annotated[tuple[tuple[Name, ...], ...], Field(min_length=1)]
    exhaustive: StrictBool
    facts: tuple[str, ...] = ()

    @property
    def all_cells(self) -> tuple[tuple[str, ...], ...]:
        """The cells, with one for all other answers where the published answers are not all answers."""
        return self.cells if self.exhaustive else (*self.cells, (REST,))


class Item(Entry):
    """One line of the comparison; a line that cannot be compared lacks the answers of a wave."""

    name: Name
    nl: Text
    en: Text
    question_2021: Name | None = None
    options_2021: tuple[Name, ...] = ()
    facts_2021: tuple[str, ...] = ()
    question_2025: Name | None = None
    options_2025: tuple[Name, ...] = ()
    comparability: Literal["same_wording", "simplified", "not_comparable"]
    reason: Words
    family: StrictBool

    @property
    def is_comparable(self) -> bool:
        """Whether both waves asked it."""
        return self.comparability != "not_comparable"


class Crosswalk(Entry):
    """All questions and items, in the order in which they are shown."""

    questions: tuple[EarlierQuestion, ...]
    items: tuple[Item, ...]

    @property
    def comparable_items(self) -> tuple[Item, ...]:
        """Items that both waves asked."""
        return tuple(item for item in self.items if item.is_comparable)

    @property
    def family(self) -> tuple[str, ...]:
        """Names of the items that are tested together."""
        return tuple(item.name for item in self.items if item.family)

    def question(self, name: str) -> EarlierQuestion:
        """Return the question of the earlier wave with this name.

        Raises
        ------
        InputError
            If there is none.
        """
        for question in self.questions:
            if question.name == name:
                return question
        raise InputError(
            f"the crosswalk has no question {name!r}",
            expected=f"one of {', '.join(question.name for question in self.questions)}",
            remedy="correct the name of the question",
        )

    def item(self, name: str) -> Item:
        """Return the item with this name.

        Raises
        ------
        InputError
            If there is none.
        """
        for item in self.items:
            if item.name == name:
                return item
        raise InputError(
            f"the crosswalk has no item {name!r}",
            expected=f"one of {', '.join(item.name for item in self.items)}",
            remedy="correct the name of the item",
        )


def load_crosswalk(path: Path, instrument: Instrument, fact_ids: Collection[str]) -> Crosswalk:
    """Read a crosswalk and check it against the later questionnaire and the published facts.

    Parameters
    ----------
    path
        YAML file with the keys ``questions`` and ``items``.
    instrument
        Questionnaire of the later wave.
    fact_ids
        Identifiers of the published facts of the earlier wave.

    Raises
    ------
    InputError
        With the line and the reason, for the first thing that does not fit.
    """
    content = read_yaml(path)
    crosswalk = validate(Crosswalk, content, path)
    for location, problem in _violations(crosswalk, instrument, fact_ids):
        raise error_at(content, path, location, problem)
    return crosswalk


def _violations(crosswalk: Crosswalk, instrument: Instrument, fact_ids: Collection[str]):
    for key, entries in (("questions", crosswalk.questions), ("items", crosswalk.items)):
        names = [entry.name for entry in entries]
        for index, entry in enumerate(entries):
            if entry.name in names[:index]:
                yield (key, index, "name"), f"the name {entry.name!r} is used twice"
            facts = entry.facts if key == "questions" else entry.facts_2021
            for fact in facts:
                if fact not in fact_ids:
                    yield (key, index), f"{entry.name} names the fact {fact!r}, which was not published"
    for index, question in enumerate(crosswalk.questions):
        options = [option for cell in question.all_cells for option in cell]
        if len(options) > len(set(options)):
            yield ("questions", index, "cells"), f"an answer of {question.name} stands in two cells"
    for index, item in enumerate(crosswalk.items):
        problem = _item_problem(item, crosswalk, instrument)
        if problem:
            yield ("items", index, "name"), f"{item.name} {problem}"


def _item_problem(item: Item, crosswalk: Crosswalk, instrument: Instrument) -> str | None:
    if item.family and not item.is_comparable:
        return "is not comparable and cannot be in the family"
    if item.is_comparable and not (item.options_2021 and item.options_2025):
        return "is comparable and needs answers of both waves"
    if item.options_2021 and item.question_2021 not in {question.name for question in crosswalk.questions}:
        return f"names {item.question_2021}, and no question of 2021 in the crosswalk is called so"
    if item.options_2025 and item.question_2025 not in {question.name for question in instrument.questions}:
        return f"names {item.question_2025}, and no question of 2025 is called so"
    if item.options_2021:
        cells = crosswalk.question(item.question_2021 or "").cells
        chosen = {option for cell in cells if set(cell) <= set(item.options_2021) for option in cell}
        if chosen != set(item.options_2021):
            return f"is no union of the cells of {item.question_2021}"
    if item.options_2025:
        unknown = set(item.options_2025) - set(instrument.question(item.question_2025 or "").codes)
        if unknown:
            return f"names answers that {item.question_2025} lacks: {sorted(unknown)}"
    return None
