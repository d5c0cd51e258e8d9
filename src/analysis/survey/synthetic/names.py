"""Names of municipalities as people type them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz.distance import OSA

from analysis.survey.synthetic.municipalities import Municipality, Register
from analysis.survey.synthetic.parameters import Names

SEPARATORS = (", ", " / ", " & ", "; ", " - ", " en ")
PARTNERSHIPS = (
    "Samenwerking De Brug",
    "Regioteam Samen Ouder",
    "Bureau Lindeboom",
    "Uitvoeringsdienst De Vlinder",
)
FAR = 3  # edits between a misspelt name and any other municipality, at least


@dataclass(frozen=True)
class TypedName:
    """What somebody typed, and the kinds of untidiness in it."""

    text: str
    defects: tuple[str, ...] = ()

    def with_suffix(self, suffix: str) -> "TypedName":
        """Return the name with something behind it.

        Parameters
        ----------
        suffix
            Such as the number of a copy.
        """
        return TypedName(self.text + suffix, self.defects)


def type_name(
    municipality: Municipality, register: Register, habits: Names, random: np.random.Generator
) -> TypedName:
    """Type the name of one municipality, now and then untidily.

    Parameters
    ----------
    municipality
        The municipality.
    register
        All municipalities, so that a misspelt name does not become another one's.
    habits
        How often people do what.
    random
        Source of the choice.
    """
    name, draw, pick = municipality.name, random.random(), int(random.integers(0, 2**31))
    aliases = [alias for alias in municipality.aliases if _is_unique(alias, municipality, register)]
    if aliases and draw < habits.alias:
        return TypedName(aliases[pick % len(aliases)], ("name_alias",))
    for defect, share in (
        ("name_prefix", habits.prefix),
        ("name_case", habits.case),
        ("name_misspelt", habits.misspelt),
    ):
        if draw >= 1 - share:
            return _untidy(defect, name, register, pick)
        draw += share
    return TypedName(name)


def type_partnership(members: Sequence[str], number: int) -> TypedName:
    """Type the names of the members of a partnership in one field.

    Parameters
    ----------
    members
        Names of the municipalities.
    number
        Which partnership it is; separators differ, and every third one starts with its own name.
    """
    separator = SEPARATORS[number % len(SEPARATORS)]
    text = f"{separator.join(members[:-1])}{separator if number % 2 else ' en '}{members[-1]}"
    if number % 3 == 1:
        own = PARTNERSHIPS[number // 3 % len(PARTNERSHIPS)]
        return TypedName(f"{own}: {text}", ("several_names", "partnership_name"))
    return TypedName(text, ("several_names",))


def _untidy(defect: str, name: str, register: Register, pick: int) -> TypedName:
    if defect == "name_prefix":
        return TypedName(("gemeente ", "Gemeente ", "gem. ")[pick % 3] + name, (defect,))
    if defect == "name_case":
        return TypedName(name.upper() if pick % 2 else name.lower(), (defect,))
    for shift in range(len(name)):
        text = _misspell(name, pick + shift)
        if text != name and _is_far(text, name, register):
            return TypedName(text, (defect,))
    return TypedName(name)


def _misspell(name: str, pick: int) -> str:
    """Drop a letter, double one, or swap two, never the first or last."""
    letters = [place for place in range(1, len(name) - 2) if name[place].isalpha() and name[place + 1].isalpha()]
    if not letters:
        return name
    place = letters[pick % len(letters)]
    kind = pick // len(letters) % 3
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _is_far(text: str, name: str, register: Register) -> bool:
    return all(
        OSA.distance(text.lower(), other.lower(), score_cutoff=FAR) >= FAR
        for municipality in register.municipalities
        for other in (municipality.name, *municipality.aliases)
        if municipality.name != name
    )


def _is_unique(alias: str, municipality: Municipality, register: Register) -> bool:
    return not any(
        alias in (other.name, *other.aliases)
        for other in register.municipalities
        if other.code != municipality.code
    )
