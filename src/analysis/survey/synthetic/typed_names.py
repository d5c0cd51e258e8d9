"""What stands in the field for the municipality, for every reaction."""

import numpy as np

from analysis.survey.synthetic.defects import Planting
from analysis.survey.synthetic.frame import Frame
from analysis.survey.synthetic.municipalities import Register
from analysis.survey.synthetic.names import type_name, type_partnership
from analysis.survey.synthetic.reactions import Reactions
from analysis.survey.synthetic.sources import Sources

COLUMN = "q01"
ANONYMOUS = ("", "anoniem", "Anoniem", "liever niet", "-", "wil ik niet zeggen", "n.v.t.")
TEST_NAMES = ("test", "Test", "TEST", "asdf", "testgemeente")
BETWEEN_NAMES = " | "  # in the list of planted defects


def type_names(
    sources: Sources, frame: Frame, reactions: Reactions, planting: Planting, random: np.random.Generator
) -> list[str]:
    """Type the name of the municipality, of all members of a partnership, or something else.

    Parameters
    ----------
    sources
        The register, and the habits of people who type.
    frame, reactions
        Who answers for which municipalities.
    planting
        Where untidy names are noted.
    random
        Source of the choice.
    """
    typed, register = [], sources.register
    groups = {row: number for number, row in enumerate(sorted(frame.members))}
    for row, (kind, place) in enumerate(
        zip(reactions.kind.tolist(), reactions.municipality.tolist(), strict=True)
    ):
        if place < 0:
            choice = {"usable": ANONYMOUS, "test_entry": TEST_NAMES}.get(kind, ("",))
            typed.append(choice[int(random.integers(0, len(choice)))])
            continue
        if row in groups:
            members = [full_name(register, member) for member in frame.members[row]]
            name, truth = type_partnership(members, groups[row]), BETWEEN_NAMES.join(members)
        else:
            municipality = register.municipalities[place % len(register)]
            name = type_name(municipality, register, sources.parameters.names, random)
            name = name.with_suffix(full_name(register, place).removeprefix(municipality.name))
            truth = full_name(register, place)
        typed.append(name.text)
        for defect in name.defects:
            planting.note(row, COLUMN, defect, name.text, truth)
    return typed


def full_name(register: Register, place: int) -> str:
    """Return the name of a municipality, with the number of its copy of the register from the second on.

    Parameters
    ----------
    register
        One copy of the municipalities.
    place
        Place in all copies, one after the other.
    """
    copy, base = divmod(place, len(register))
    return register.municipalities[base].name + (f" {copy + 1}" if copy else "")
