"""The questionnaire as typed objects: what was asked, of whom, with which answers."""

from functools import cached_property
from pathlib import Path
from string import ascii_lowercase
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

from analysis.errors import InputError
from analysis.survey.instrument_rules import first_violation
from analysis.yaml_file import error_at, read_yaml, validate

UNKNOWN = "?"
"""Number of a question of which only the subject is known."""
MISSING = ("not_asked", "not_answered", "do_not_know")

Code = Annotated[str, StringConstraints(pattern=r"^[a-z]+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
QuestionName = Annotated[str, StringConstraints(pattern=r"^q\d{2}[a-z]?$")]
Label = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Entry(BaseModel):
    """Part of the instrument; an unknown key is refused and nothing can be changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Labelled(Entry):
    """Something with a short label in Dutch and in English."""

    nl: Label
    en: Label


class MissingKind(Labelled):
    """A reason why an answer can be absent."""

    code: Literal["not_asked", "not_answered", "do_not_know"]


class Base(Labelled):
    """Who is asked: those whose earlier answers meet every condition; without conditions everyone."""

    name: Name
    when: dict[QuestionName, Annotated[tuple[Code, ...], Field(min_length=1)]] = {}


class Option(Labelled):
    """An answer that can be chosen; an exclusive one goes with no other option."""

    code: Code
    exclusive: StrictBool = False


class Item(Labelled):
    """A row of a grid, or a box of an open question with several boxes."""

    code: Code


class FreeText(Labelled):
    """Room for words: behind the option that it names, or about the whole question."""

    option: Code | None = None


class Question(Labelled):
    """One question of the questionnaire.

    ``number`` is the number as the annex prints it, such as ``7`` or ``7a``, and ``?`` when it is not known. After
    loading, ``options`` is filled from the scale where the question has one.
    """

    name: QuestionName
    number: Annotated[str, StringConstraints(pattern=r"^([1-9]\d*[a-z]?|\?)$")]
    type: Literal["open", "single", "multi", "grid"]
    chapter: StrictInt = Field(ge=1)
    figure: Annotated[str, StringConstraints(pattern=r"^(table)?[1-9]\d*$")] | None = None
    base: Name
    missing: tuple[Literal["not_asked", "not_answered", "do_not_know"], ...]
    disclosure: Literal["identifier", "quasi_identifier", "none", "free_text"]
    options: tuple[Option, ...] = ()
    scale: Name | None = None
    items: tuple[Item, ...] = ()
    text: FreeText | None = None

    @property
    def place(self) -> int | None:
        """The number without its letter, which puts questions in order; nothing when the number is not known."""
        return None if self.number == UNKNOWN else int(self.number.rstrip(ascii_lowercase))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the answers that can be chosen; empty for an open question."""
        return tuple(option.code for option in self.options)

    @property
    def exclusive_codes(self) -> tuple[str, ...]:
        """Codes of the answers that go with no other answer."""
        return tuple(option.code for option in self.options if option.exclusive)

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that hold the answers, without the free text behind an option."""
        if self.type == "multi":
            return tuple(f"{self.name}_{code}" for code in self.codes)
        if self.items:
            return tuple(f"{self.name}{item.code}" for item in self.items)
        return (self.name,)

    @property
    def text_column(self) -> str | None:
        """Column of the free text behind an option or about the question, if there is room for it."""
        return f"{self.name}_text" if self.text else None


class Instrument(Entry):
    """The whole questionnaire of one wave, in the order in which it is asked."""

    wave: Label
    missing: tuple[MissingKind, ...]
    bases: tuple[Base, ...]
    scales: dict[Name, tuple[Option, ...]] = {}
    questions: tuple[Question, ...]

    @cached_property
    def _questions_by_name(self) -> dict[str, Question]:
        return {question.name: question for question in self.questions}

    @property
    def closed_questions(self) -> tuple[Question, ...]:
        """Questions with answers to choose from: single, multi and grid."""
        return tuple(question for question in self.questions if question.type != "open")

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column in the order of the questionnaire; free text stands after its question."""
        return tuple(
            column
            for question in self.questions
            for column in (*question.columns, question.text_column)
            if column is not None
        )

    def question(self, name: str) -> Question:
        """Return the question with this name.

        Raises
        ------
        InputError
            If the instrument has no such question.
        """
        try:
            return self._questions_by_name[name]
        except KeyError:
            raise InputError(
                f"the instrument of {self.wave} has no question {name!r}",
                expected=f"one of {', '.join(self._questions_by_name)}",
                remedy="correct the name of the question",
            ) from None

    def base(self, name: str) -> Base:
        """Return the base with this name.

        Raises
        ------
        InputError
            If the instrument has no such base.
        """
        for base in self.bases:
            if base.name == name:
                return base
        raise InputError(
            f"the instrument of {self.wave} has no base {name!r}",
            expected=f"one of {', '.join(base.name for base in self.bases)}",
            remedy="correct the name of the base",
        )


def load_instrument(path: Path) -> Instrument:
    """Read a questionnaire and check that it holds together.

    Parameters
    ----------
    path
        YAML file with the keys ``wave``, ``missing``, ``bases``, ``scales`` and ``questions``.

    Raises
    ------
    InputError
        With the line and the reason: an unknown key, a code or figure used twice, a condition on a
        later question, and whatever else :mod:`analysis.survey.instrument_rules` refuses.
    """
    content = read_yaml(path)
    instrument = validate(Instrument, content, path)
    violation = first_violation(instrument)
    if violation is not None:
        raise error_at(
            content, path, violation.location, violation.problem, remedy="correct this line or the one it names"
        )
    questions = tuple(
        question.model_copy(update={"options": instrument.scales[question.scale]}) if question.scale else question
        for question in instrument.questions
    )
    return instrument.model_copy(update={"questions": questions})
