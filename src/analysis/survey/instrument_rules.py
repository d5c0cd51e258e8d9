"""What makes a questionnaire hold together, beyond the types of its parts.

Each rule yields the places where it is broken. The rules see the instrument as it stands in the
file: a question with a scale has no options of its own yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from analysis.survey.instrument import Instrument, Question

Location = tuple[str | int, ...]


@dataclass(frozen=True)
class Violation:
    """A rule that is broken: where in the file, and why."""

    location: Location
    problem: str


def first_violation(instrument: Instrument) -> Violation | None:
    """Return the first broken rule, or nothing when the instrument holds together."""
    for rule in RULES:
        for violation in rule(instrument):
            return violation
    return None


def _repeated(values: Iterable[str | None], where: Callable[[int], Location], what: str) -> Iterator[Violation]:
    seen = set()
    for index, value in enumerate(values):
        if value is not None and value in seen:
            yield Violation(where(index), f"{what} {value!r} is used twice")
        seen.add(value)


def _codes_are_unique(instrument: Instrument) -> Iterator[Violation]:
    lists: list[tuple[Location, str, list[str]]] = [
        (("missing",), "code", [kind.code for kind in instrument.missing]),
        (("bases",), "name", [base.name for base in instrument.bases]),
        (("questions",), "name", [question.name for question in instrument.questions]),
    ]
    lists += [(("scales", name), "code", [o.code for o in scale]) for name, scale in instrument.scales.items()]
    for index, question in enumerate(instrument.questions):
        lists.append((("questions", index, "options"), "code", [option.code for option in question.options]))
        lists.append((("questions", index, "items"), "code", [item.code for item in question.items]))
    for location, key, values in lists:
        yield from _repeated(values, lambda index, at=location, key=key: (*at, index, key), key)


def _figures_are_unique(instrument: Instrument) -> Iterator[Violation]:
    figures = [question.figure for question in instrument.questions]
    yield from _repeated(figures, lambda index: ("questions", index, "figure"), "figure")


def _answers_fit_the_type(instrument: Instrument) -> Iterator[Violation]:
    for index, question in enumerate(instrument.questions):
        at: Location = ("questions", index)
        name, kind = question.name, question.type
        if question.scale is not None and question.scale not in instrument.scales:
            yield Violation((*at, "scale"), f"{name} uses the unknown scale {question.scale!r}")
        elif kind == "open" and (question.options or question.scale):
            key = "options" if question.options else "scale"
            yield Violation((*at, key), f"{name} is open and can have neither options nor a scale")
        elif kind != "open" and question.options and question.scale:
            yield Violation((*at, "scale"), f"{name} has both options and a scale")
        elif kind != "open" and not question.options and not question.scale:
            yield Violation((*at, "name"), f"{name} has neither options nor a scale")
        elif kind == "grid" and not question.items:
            yield Violation((*at, "name"), f"{name} is a grid and has no items")
        elif kind in ("single", "multi") and question.items:
            yield Violation((*at, "items"), f"{name} is {kind} and can have no items")
        elif kind == "open" and question.text:
            yield Violation((*at, "text"), f"{name} is open and needs no free text behind an option")


def _exclusive_options_are_multi(instrument: Instrument) -> Iterator[Violation]:
    for index, question in enumerate(instrument.questions):
        for position, option in enumerate(question.options):
            if option.exclusive and question.type != "multi":
                yield Violation(
                    ("questions", index, "options", position, "exclusive"),
                    f"option {option.code!r} of {question.name} is exclusive, but {question.name} is "
                    f"{question.type}: only a multi question can have an exclusive option",
                )
    for name, scale in instrument.scales.items():
        for position, option in enumerate(scale):
            if option.exclusive:
                yield Violation(
                    ("scales", name, position, "exclusive"), f"a scale has no exclusive option; {name} has one"
                )


def _codes(question: Question, instrument: Instrument) -> set[str]:
    options = instrument.scales[question.scale] if question.scale else question.options
    return {option.code for option in options}


def _texts_name_an_option(instrument: Instrument) -> Iterator[Violation]:
    for index, question in enumerate(instrument.questions):
        option = question.text.option if question.text else None
        if option is not None and option not in _codes(question, instrument):
            yield Violation(
                ("questions", index, "text", "option"), f"{question.name} has no option {option!r} to explain"
            )


def _bases_rest_on_answers(instrument: Instrument) -> Iterator[Violation]:
    questions = {question.name: question for question in instrument.questions}
    for index, base in enumerate(instrument.bases):
        for name, codes in base.when.items():
            at: Location = ("bases", index, "when", name)
            question = questions.get(name)
            if question is None:
                yield Violation(at, f"base {base.name!r} depends on {name}, which does not exist")
            elif question.type in ("open", "grid"):
                yield Violation(
                    at, f"base {base.name!r} depends on {name}, which is {question.type}: it has no single answer"
                )
            else:
                unknown = [code for code in codes if code not in _codes(question, instrument)]
                if unknown:
                    yield Violation(at, f"base {base.name!r} depends on {name}, which has no code {unknown[0]!r}")


def _routing_looks_back(instrument: Instrument) -> Iterator[Violation]:
    order = {question.name: index for index, question in enumerate(instrument.questions)}
    bases = {base.name: (index, base) for index, base in enumerate(instrument.bases)}
    for position, question in enumerate(instrument.questions):
        if question.base not in bases:
            yield Violation(
                ("questions", position, "base"), f"{question.name} has the unknown base {question.base!r}"
            )
            continue
        index, base = bases[question.base]
        for name in base.when:
            if order[name] >= position:
                later = "is that question itself" if name == question.name else "comes later"
                yield Violation(
                    ("bases", index, "when", name),
                    f"base {base.name!r} decides who is asked {question.name}, "
                    f"but depends on {name}, which {later}",
                )


def _missing_fits_the_base(instrument: Instrument) -> Iterator[Violation]:
    conditional = {base.name for base in instrument.bases if base.when}
    kinds = {kind.code for kind in instrument.missing}
    for index, question in enumerate(instrument.questions):
        at = ("questions", index, "missing")
        unknown = [kind for kind in question.missing if kind not in kinds]
        if unknown:
            yield Violation(at, f"{question.name} uses {unknown[0]!r}, which the list of missing kinds lacks")
        if len(set(question.missing)) < len(question.missing):
            yield Violation(at, f"{question.name} names a kind of missing twice")
        if "not_answered" not in question.missing:
            yield Violation(at, f"{question.name} can be left open, so missing must hold not_answered")
        if ("not_asked" in question.missing) != (question.base in conditional):
            must = "must" if question.base in conditional else "cannot"
            yield Violation(at, f"{question.name} has base {question.base!r}, so missing {must} hold not_asked")


def _columns_are_unique(instrument: Instrument) -> Iterator[Violation]:
    owner: dict[str, str] = {}
    for index, question in enumerate(instrument.questions):
        for column in (*question.columns, question.text_column):
            if column is None:
                continue
            if column in owner:
                yield Violation(
                    ("questions", index, "name"),
                    f"{question.name} and {owner[column]} would share the column {column!r}",
                )
            owner[column] = question.name


# Later rules rely on earlier ones: names are unique and exist before they are looked up.
RULES = (
    _codes_are_unique,
    _figures_are_unique,
    _answers_fit_the_type,
    _exclusive_options_are_multi,
    _texts_name_an_option,
    _bases_rest_on_answers,
    _routing_looks_back,
    _missing_fits_the_base,
    _columns_are_unique,
)
